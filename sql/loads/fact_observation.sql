-- Keys are computed, not looked up: no join here can lose a row. The check `orphans` finds the
-- key that meets no dimension.
insert into fact_observation by name
select
    place_key_of(observation.report_sha256, observation.char_start) as observation_key,
    key_of(observation.report_sha256) as report_key,
    coalesce(key_of(document.region_path), -1) as region_key,
    place_key_of(observation.report_sha256, observation.passage_no) as passage_key,
    key_of(
        coalesce('code:' || observation.canonical_code, 'text:' || observation.indicator)
    ) as indicator_key,
    coalesce(key_of(observation.subject), 0) as subject_key,
    period_key_of(observation.period_start, observation.period_end) as period_key,
    date_key_of(observation.period_end) as period_end_date_key,
    coalesce(key_of(observation.unit), -1) as unit_key,
    key_of(observation.theme) as theme_key,
    observation.indicator,
    observation.indicator_code,
    observation.value,
    observation.value_upper,
    observation.modifier,
    observation.measure,
    observation.basis,
    observation.scope,
    observation.status,
    observation.quote,
    observation.char_start,
    observation.char_end,
    observation.locator,
    observation.binding_rule,
    observation.doubt,
    observation.confidence,
    observation.wording,
    observation.commitment,
    observation.corrected
from stg_observation as observation
left join stg_document as document on observation.report_sha256 = document.report_sha256;

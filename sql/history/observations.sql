-- What the observations of a file say, in words. Keys are hashes of what they stand for, so equal
-- fingerprints say the same: the words of most rows need never be looked at.
select
    observation.observation_key,
    hash(
        observation.region_key,
        observation.indicator_key,
        observation.subject_key,
        observation.period_key,
        observation.unit_key,
        observation.theme_key,
        observation.indicator,
        observation.value,
        observation.value_upper,
        observation.modifier,
        observation.measure,
        observation.basis,
        observation.scope,
        observation.status,
        observation.quote,
        observation.doubt
    ) as fingerprint,
    observation.report_key,
    observation.char_start,
    observation.char_end,
    region.region_path,
    observation.value,
    observation.value_upper,
    unit.unit,
    observation.modifier,
    observation.measure,
    observation.basis,
    observation.indicator,
    indicator.indicator_code as canonical_code,
    subject.subject,
    observation.scope,
    period.period_start,
    period.period_end,
    observation.status,
    theme.theme,
    observation.quote,
    observation.doubt
from fact_observation as observation
left join dim_region as region on observation.region_key = region.region_key
left join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
left join dim_subject as subject on observation.subject_key = subject.subject_key
left join dim_period as period on observation.period_key = period.period_key
left join dim_unit as unit on observation.unit_key = unit.unit_key
left join dim_theme as theme on observation.theme_key = theme.theme_key

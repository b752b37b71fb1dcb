-- grain: an observation, flat, with the words of every dimension beside its figures.
create view mart_observation as
select
    observation.observation_key,
    report.file_name,
    report.title,
    report.report_kind,
    report.published_on,
    region.region,
    region.region_path,
    region.region_level,
    observation.indicator,
    observation.indicator_code,
    indicator.indicator_code as canonical_code,
    indicator.indicator_tier,
    indicator.indicator_zh,
    indicator.indicator_en,
    subject.subject,
    observation.measure,
    observation.basis,
    observation.scope,
    observation.modifier,
    observation.value,
    observation.value_upper,
    unit.unit,
    observation.quote,
    period.period_start,
    period.period_end,
    period.period_kind,
    period.period_label,
    period.period_year,
    observation.status,
    theme.theme,
    theme.theme_zh,
    theme.theme_en,
    passage.sentence,
    passage.section_path,
    observation.char_start,
    observation.char_end,
    observation.locator,
    observation.binding_rule,
    observation.doubt,
    observation.confidence,
    observation.corrected,
    observation.report_key
from fact_observation as observation
left join dim_report as report on observation.report_key = report.report_key
left join dim_region as region on observation.region_key = region.region_key
left join dim_indicator as indicator on observation.indicator_key = indicator.indicator_key
left join dim_subject as subject on observation.subject_key = subject.subject_key
left join dim_period as period on observation.period_key = period.period_key
left join dim_unit as unit on observation.unit_key = unit.unit_key
left join dim_theme as theme on observation.theme_key = theme.theme_key
left join dim_passage as passage on observation.passage_key = passage.passage_key;

-- grain: a report and a theme: how much of the report speaks of the theme.
create view mart_theme_profile as
with passages as (
    select
        report_key,
        theme_key,
        count(*) as passage_count
    from dim_passage
    where passage_key != -1
    group by report_key, theme_key
),

observations as (
    select
        report_key,
        theme_key,
        count(*) as observation_count,
        count(*) filter (where status = 'planned') as planned_count
    from fact_observation
    group by report_key, theme_key
),

profile as (
    select
        coalesce(passages.report_key, observations.report_key) as report_key,
        coalesce(passages.theme_key, observations.theme_key) as theme_key,
        coalesce(passages.passage_count, 0) as passage_count,
        coalesce(observations.observation_count, 0) as observation_count,
        coalesce(observations.planned_count, 0) as planned_count
    from passages
    full outer join observations
        on
            passages.report_key = observations.report_key
            and passages.theme_key = observations.theme_key
)

select
    profile.report_key,
    profile.theme_key,
    report.file_name,
    report.title,
    region.region_path,
    period.period_label,
    period.period_year,
    theme.theme,
    theme.theme_zh,
    theme.theme_en,
    cast(profile.passage_count as integer) as passage_count,
    cast(
        100.0 * profile.passage_count
        / nullif(sum(profile.passage_count) over (partition by profile.report_key), 0)
        as decimal(5, 2)
    ) as passage_percent,
    profile.observation_count,
    cast(
        100.0 * profile.observation_count
        / nullif(sum(profile.observation_count) over (partition by profile.report_key), 0)
        as decimal(5, 2)
    ) as observation_percent,
    profile.planned_count
from profile
inner join dim_report as report on profile.report_key = report.report_key
inner join dim_region as region on report.region_key = region.region_key
inner join dim_period as period on report.period_key = period.period_key
inner join dim_theme as theme on profile.theme_key = theme.theme_key;

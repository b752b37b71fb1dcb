-- grain: a word, a region, a year: how often the region's reports of the year use the word, and how
-- much it marks them. The year is the one in which the report's period ends; before is the year
-- before of which reports of the region are loaded. A word that all reports use marks none (idf 0).
-- Most regions have one report a year: its words are taken as they are, so that the first rows need
-- not wait for the sum of all. All is parted by the path, so that a filter by region reaches the
-- facts.
create view mart_term_trend as
with years as not materialized (
    select
        report.region_key,
        region.region,
        region.region_path,
        period.period_year,
        count(*) as report_count,
        any_value(report.report_key) as report_key,
        sum(report.word_count) as word_count,
        lag(period.period_year) over of_region as year_before,
        lead(period.period_year) over of_region as year_after
    from dim_report as report
    inner join dim_period as period on report.period_key = period.period_key
    inner join dim_region as region on report.region_key = region.region_key
    where report.report_key != -1 and period.period_year is not null
    group by report.region_key, region.region, region.region_path, period.period_year
    window of_region as (partition by region.region_path order by period.period_year)
),

counts as not materialized (
    select
        years.region_key,
        years.region,
        years.region_path,
        years.period_year,
        years.word_count,
        years.year_before,
        years.year_after,
        fact.term_key,
        cast(fact.term_count as bigint) as term_count,
        cast(fact.term_share as double) as term_share
    from fact_term as fact
    inner join years on fact.report_key = years.report_key
    where years.report_count = 1
    union all
    select
        years.region_key,
        years.region,
        years.region_path,
        years.period_year,
        years.word_count,
        years.year_before,
        years.year_after,
        fact.term_key,
        sum(fact.term_count) as term_count,
        sum(cast(fact.term_share as double)) / any_value(years.report_count) as term_share
    from fact_term as fact
    inner join dim_report as report on fact.report_key = report.report_key
    inner join dim_period as period on report.period_key = period.period_key
    inner join years
        on report.region_key = years.region_key and period.period_year = years.period_year
    where years.report_count > 1
    group by all
)

select
    counts.region_key,
    counts.term_key,
    counts.region,
    counts.region_path,
    counts.period_year,
    term.term,
    cast(counts.term_count as integer) as term_count,
    cast(100000.0 * counts.term_count / counts.word_count as decimal(18, 2)) as per_100000_words,
    cast(counts.term_share * cast(term.idf as double) as decimal(18, 8)) as tf_idf,
    counts.year_before,
    if(counts.year_before is null, null, coalesce(cast(earlier.term_count as integer), 0))
        as term_count_before
from counts
left join counts as earlier
    on
        counts.region_path = earlier.region_path
        and counts.period_year = earlier.year_after
        and counts.term_key = earlier.term_key
inner join dim_term as term on counts.term_key = term.term_key;

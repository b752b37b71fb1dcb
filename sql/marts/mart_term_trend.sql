-- grain: a word, a region, a year: how often the region's reports of the year use the word, and how
-- much it marks them. The year is the one in which the report's period ends; before is the year
-- before of which reports of the region are loaded. All is parted by the path, so that a filter by
-- region reaches the facts.
create view mart_term_trend as
with years as not materialized (
    select
        report.region_key,
        region.region,
        region.region_path,
        period.period_year,
        fact.term_key,
        sum(fact.term_count) as term_count,
        avg(fact.term_share) * any_value(term.idf) as tf_idf
    from fact_term as fact
    inner join dim_term as term on fact.term_key = term.term_key
    inner join dim_report as report on fact.report_key = report.report_key
    inner join dim_period as period on report.period_key = period.period_key
    inner join dim_region as region on report.region_key = region.region_key
    where period.period_year is not null
    group by
        report.region_key, region.region, region.region_path, period.period_year, fact.term_key
),

totals as (
    select
        region_path,
        period_year,
        sum(term_count) as word_count,
        lag(period_year) over (partition by region_path order by period_year) as year_before
    from years
    group by region_path, period_year
)

select
    years.region_key,
    years.term_key,
    years.region,
    years.region_path,
    years.period_year,
    term.term,
    cast(years.term_count as integer) as term_count,
    cast(100000.0 * years.term_count / totals.word_count as decimal(18, 2)) as per_100000_words,
    cast(years.tf_idf as decimal(18, 8)) as tf_idf,
    cast(
        row_number() over (
            partition by years.region_path, years.period_year
            order by years.tf_idf desc, term.term asc
        ) as integer
    ) as tf_idf_place,
    totals.year_before,
    if(totals.year_before is null, null, coalesce(cast(earlier.term_count as integer), 0))
        as term_count_before
from years
inner join totals
    on years.region_path = totals.region_path and years.period_year = totals.period_year
left join years as earlier
    on
        years.region_path = earlier.region_path
        and totals.year_before = earlier.period_year
        and years.term_key = earlier.term_key
inner join dim_term as term on years.term_key = term.term_key;

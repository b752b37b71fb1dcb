-- grain: a region, a year, a dictionary, a group of its words: how often the reports of the region
-- and year have them. Zero where they have none, so the panel is whole; groups of a dictionary can
-- be added up. The year is the one in which a report's period ends.
create view mart_keyword_panel as
with texts as (
    select
        report.region_key,
        period.period_year,
        cast(count(*) as integer) as reports_of_year,
        sum(report.text_char_count) as text_char_count,
        sum(report.word_count) as word_count
    from dim_report as report
    inner join dim_period as period on report.period_key = period.period_key
    where report.report_key != -1 and period.period_year is not null
    group by report.region_key, period.period_year
),

groups as (
    select distinct
        dictionary,
        keyword_group
    from dim_keyword
    where keyword_key != -1
),

counts as (
    select
        report.region_key,
        period.period_year,
        keyword.dictionary,
        keyword.keyword_group,
        sum(fact.keyword_count) as keyword_count,
        sum(fact.negated_count) as negated_count,
        sum(fact.keyword_count * keyword.keyword_weight) as weighted_count,
        count(distinct keyword.keyword) as distinct_keywords
    from fact_keyword as fact
    inner join dim_report as report on fact.report_key = report.report_key
    inner join dim_period as period on report.period_key = period.period_key
    inner join dim_keyword as keyword on fact.keyword_key = keyword.keyword_key
    group by report.region_key, period.period_year, keyword.dictionary, keyword.keyword_group
)

select
    texts.region_key,
    region.region,
    region.region_path,
    region.region_level,
    region.region_code,
    texts.period_year,
    groups.dictionary,
    groups.keyword_group,
    cast(coalesce(counts.keyword_count, 0) as integer) as keyword_count,
    cast(coalesce(counts.negated_count, 0) as integer) as negated_count,
    cast(coalesce(counts.weighted_count, 0) as decimal(18, 4)) as weighted_count,
    cast(coalesce(counts.distinct_keywords, 0) as integer) as distinct_keywords,
    texts.reports_of_year,
    cast(texts.text_char_count as integer) as text_char_count,
    cast(texts.word_count as integer) as word_count,
    cast(
        10000.0 * coalesce(counts.keyword_count, 0) / nullif(texts.text_char_count, 0)
        as decimal(18, 2)
    ) as per_10000_characters,
    cast(
        10000.0 * coalesce(counts.keyword_count, 0) / nullif(texts.word_count, 0)
        as decimal(18, 2)
    ) as per_10000_words
from texts
inner join dim_region as region on texts.region_key = region.region_key
cross join groups
left join counts
    on
        texts.region_key = counts.region_key
        and texts.period_year = counts.period_year
        and groups.dictionary = counts.dictionary
        and groups.keyword_group = counts.keyword_group;

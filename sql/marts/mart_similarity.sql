-- grain: a region, a year: how alike the words of its reports are to those of the year before of
-- which reports of the region are loaded, and to those of the other regions of its level and year.
-- Alike is the cosine of two vectors of TF-IDF: 1 where the same words are used in the same
-- proportions, 0 where no word is shared. How rare a word is goes by the reports of that level and
-- year, 1 + ln((1 + n) / (1 + those with the word)), so a report of another level or year changes
-- nothing here: a load renews the cells of the levels and years that it touches, and no others.
-- To the others it is the average of the cosines with each: the sum of all unit vectors, less one's
-- own, has it in one pass. Region and year have a number (year_no), the regions of a level and year
-- another (set_no): joins of millions of words by one number are quick.
create table mart_similarity as
with of_years as (
    select
        report.region_key,
        region.region_level,
        period.period_year,
        count(*) as report_count,
        any_value(report.report_key) as report_key
    from dim_report as report
    inner join dim_period as period on report.period_key = period.period_key
    inner join dim_region as region on report.region_key = region.region_key
    where report.region_key != -1 and period.period_year is not null
    group by report.region_key, region.region_level, period.period_year
),

numbered as (
    select
        *,
        row_number() over (order by region_key, period_year) as year_no,
        dense_rank() over (order by region_level, period_year) as set_no
    from of_years
),

years as materialized (
    select
        *,
        lag(period_year) over of_region as year_before,
        lag(year_no) over of_region as before_no
    from numbered
    window of_region as (partition by region_key order by period_year)
),

-- most regions have one report a year, whose words need no sum
words as materialized (
    select
        years.year_no,
        years.set_no,
        fact.term_key,
        cast(fact.term_share as double) as term_share
    from fact_term as fact
    inner join years on fact.report_key = years.report_key
    where years.report_count = 1
    union all
    select
        years.year_no,
        years.set_no,
        fact.term_key,
        cast(sum(fact.term_share) as double) as term_share
    from fact_term as fact
    inner join dim_report as report on fact.report_key = report.report_key
    inner join dim_period as period on report.period_key = period.period_key
    inner join years
        on report.region_key = years.region_key and period.period_year = years.period_year
    where years.report_count > 1
    group by years.year_no, years.set_no, fact.term_key
),

sizes as (
    select
        set_no,
        count(distinct year_no) as year_count
    from words
    group by set_no
),

rarities as materialized (
    select
        words.set_no,
        words.term_key,
        1 + ln((1 + any_value(sizes.year_count)) / (1 + count(*))) as idf
    from words
    inner join sizes on words.set_no = sizes.set_no
    group by words.set_no, words.term_key
),

weights as materialized (
    select
        words.year_no,
        words.set_no,
        words.term_key,
        words.term_share * rarities.idf as weight
    from words
    inner join rarities on words.set_no = rarities.set_no and words.term_key = rarities.term_key
),

norms as materialized (
    select
        year_no,
        sqrt(sum(weight * weight)) as norm
    from weights
    group by year_no
),

-- both vectors by what is rare in the later year
befores as (
    select
        years.year_no,
        sqrt(
            sum(power(words.term_share * coalesce(rarities.idf, 1 + ln(1 + sizes.year_count)), 2))
        ) as norm,
        sum(words.term_share * rarities.idf * weights.weight) as product
    from words
    inner join years on words.year_no = years.before_no
    inner join sizes on years.set_no = sizes.set_no
    left join rarities on years.set_no = rarities.set_no and words.term_key = rarities.term_key
    left join weights on years.year_no = weights.year_no and words.term_key = weights.term_key
    group by years.year_no
),

sums as (
    select
        weights.set_no,
        weights.term_key,
        sum(weights.weight / norms.norm) as weight
    from weights
    inner join norms on weights.year_no = norms.year_no
    group by weights.set_no, weights.term_key
),

peers as (
    select
        weights.year_no,
        sum(weights.weight * sums.weight) as product
    from weights
    inner join sums on weights.set_no = sums.set_no and weights.term_key = sums.term_key
    group by weights.year_no
),

beside as (
    select
        years.*,
        norms.norm,
        -- one without a word of its own is like none
        count(norms.norm) over (partition by years.set_no) - 1 as peer_count
    from years
    left join norms on years.year_no = norms.year_no
)

select
    beside.region_key,
    region.region,
    region.region_path,
    region.region_level,
    beside.period_year,
    cast(beside.report_count as integer) as reports_of_year,
    beside.year_before,
    cast(
        coalesce(befores.product, 0) / beside.norm / befores.norm as decimal(5, 4)
    ) as similarity_before,
    cast(if(beside.norm is null, null, beside.peer_count) as integer) as peer_count,
    cast(
        (peers.product / beside.norm - 1) / nullif(beside.peer_count, 0) as decimal(5, 4)
    ) as similarity_peers
from beside
inner join dim_region as region on beside.region_key = region.region_key
left join befores on beside.year_no = befores.year_no
left join peers on beside.year_no = peers.year_no;

-- grain: a region, a year: how alike the words of its reports are to those of the year before of
-- which reports of the region are loaded, and to those of the other regions of its level and year.
-- Alike is the cosine of the two vectors of TF-IDF: 1 where the same words are used in the same
-- proportions, 0 where no word is shared but those that all reports use. To the others it is the
-- average of the cosines with each: the sum of all unit vectors, less one's own, has it in one
-- pass. Region and year have a number (year_no), the regions of a level and year another (set_no):
-- joins of millions of words by one number are quick.
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
weights as materialized (
    select
        years.year_no,
        years.before_no,
        years.set_no,
        fact.term_key,
        cast(fact.term_share as double) * cast(term.idf as double) as weight
    from fact_term as fact
    inner join dim_term as term on fact.term_key = term.term_key
    inner join years on fact.report_key = years.report_key
    where years.report_count = 1 and term.idf > 0
    union all
    select
        years.year_no,
        years.before_no,
        years.set_no,
        fact.term_key,
        sum(cast(fact.term_share as double) * cast(term.idf as double)) as weight
    from fact_term as fact
    inner join dim_term as term on fact.term_key = term.term_key
    inner join dim_report as report on fact.report_key = report.report_key
    inner join dim_period as period on report.period_key = period.period_key
    inner join years
        on report.region_key = years.region_key and period.period_year = years.period_year
    where years.report_count > 1 and term.idf > 0
    group by years.year_no, years.before_no, years.set_no, fact.term_key
),

norms as materialized (
    select
        year_no,
        sqrt(sum(weight * weight)) as norm
    from weights
    group by year_no
),

befores as (
    select
        later.year_no,
        sum(later.weight * earlier.weight) as product
    from weights as later
    inner join weights as earlier
        on later.before_no = earlier.year_no and later.term_key = earlier.term_key
    group by later.year_no
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
        earlier.norm as norm_before,
        -- one without a word of its own is like none
        count(norms.norm) over (partition by years.set_no) - 1 as peer_count
    from years
    left join norms on years.year_no = norms.year_no
    left join norms as earlier on years.before_no = earlier.year_no
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
        if(
            beside.norm is null or beside.norm_before is null,
            null,
            coalesce(befores.product, 0) / beside.norm / beside.norm_before
        ) as decimal(5, 4)
    ) as similarity_before,
    cast(if(beside.norm is null, null, beside.peer_count) as integer) as peer_count,
    cast(
        (peers.product / beside.norm - 1) / nullif(beside.peer_count, 0) as decimal(5, 4)
    ) as similarity_peers
from beside
inner join dim_region as region on beside.region_key = region.region_key
left join befores on beside.year_no = befores.year_no
left join peers on beside.year_no = peers.year_no;

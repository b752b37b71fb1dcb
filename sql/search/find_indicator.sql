-- The indicators whose names are most like some words, canonical ones first where names are alike:
-- find_indicator('社零'), find_indicator('一般公共预算收人'). BM25 over the characters and pairs of
-- characters of all names (k1 0.5, b 0.4), times how much of the question a name covers.
create macro find_indicator(question, most := 10) as table
with names as (
    select
        indicator_key,
        lower(indicator_zh) as name
    from dim_indicator
    where indicator_key != -1
    union
    select
        indicator_key,
        lower(unnest(string_split(concat_ws('|', indicator_en, aliases, spoken_names), '|')))
            as name
    from dim_indicator
    where is_canonical
),

sizes as (
    select
        count(*) as name_count,
        avg(length(name)) as mean_length
    from names
),

hits as (
    select
        names.indicator_key,
        names.name,
        grams.gram,
        grams.weight,
        count(*) over (partition by grams.gram) as spread
    from names
    inner join question_grams(question) as grams on contains(names.name, grams.gram)
),

scored as (
    select
        hits.indicator_key,
        hits.name,
        sum(
            hits.weight * ln(1 + (sizes.name_count - hits.spread + 0.5) / (hits.spread + 0.5))
            * 1.5 / (1 + 0.5 * (0.6 + 0.4 * length(hits.name) / sizes.mean_length))
        )
        * (1 + if(hits.name = trim(question_text(question)), 1, 0)) as score
    from hits
    cross join sizes
    group by hits.indicator_key, hits.name
),

best as (
    select
        indicator_key,
        max_by(name, score) as matched_name,
        max(score) as score
    from scored
    group by indicator_key
),

counted as (
    select
        indicator_key,
        count(*) as observation_count
    from fact_observation
    group by indicator_key
)

select
    indicator.indicator_code,
    indicator.indicator_zh,
    indicator.indicator_en,
    best.matched_name,
    coalesce(counted.observation_count, 0) as observation_count,
    round(best.score * if(indicator.is_canonical, 1.2, 1.0), 2) as score
from best
inner join dim_indicator as indicator on best.indicator_key = indicator.indicator_key
left join counted on best.indicator_key = counted.indicator_key
order by score desc, observation_count desc, indicator.indicator_zh asc
limit most;

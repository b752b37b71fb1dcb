-- The figures that a question asks for, best first: search_figures('浙江2025年新能源汽车产量').
-- Regions and times in it narrow; words such as 增速, 目标 and 第几 prefer a kind of figure. The
-- rest is compared with the names of indicators by BM25 over characters and pairs of characters
-- (k1 0.5, b 0.4): with the words of the report, the names of its code, whom the figure is about
-- and, less, with the sentence. Where no time is named, newer figures go before older ones.
create macro search_figures(question, most := 20) as table
with asked as (
    select
        bool_or(asks = 'measure') as has_measure,
        bool_or(asks = 'status') as has_status,
        bool_or(asks = 'basis') as has_basis,
        bool_or(asks = 'level') as is_national,
        arg_max(answer, length(word)) filter (where asks = 'measure') as measure
    from mart_search_word
    where asks not in ('region', 'nothing') and contains(question, word)
),

grams as materialized (
    select
        gram,
        weight
    from question_grams(question)
),

places as materialized (
    select
        word,
        region_path
    from question_places(question)
),

spans as materialized (
    select
        first_day,
        last_day
    from question_spans(question)
),

regions as (
    select
        region.region_key,
        coalesce(bool_or(region.region_path = places.region_path), false)
        or (any_value(region.region_level) = 'country' and count(places.word) = 0) as is_named,
        coalesce(
            bool_or(
                region.region_path = places.region_path
                or starts_with(region.region_path, places.region_path || '/')
            ),
            true
        ) as is_inside
    from dim_region as region
    left join places on true
    group by region.region_key
),

subjects as (
    select
        subject.subject_key,
        subject.subject,
        coalesce(bool_or(contains(subject.subject, places.word)), false) as is_named
    from dim_subject as subject
    left join places on true
    group by subject.subject_key, subject.subject
),

periods as (
    select
        period.period_key,
        period.period_label,
        period.period_end,
        coalesce(
            (
                select
                    bool_or(
                        period.period_start = spans.first_day and period.period_end = spans.last_day
                    )
                from spans
            ),
            false
        ) as is_named
    from dim_period as period
    where
        not exists (from spans)
        or exists (
            select 1 from spans
            where
                period.period_end between spans.first_day and spans.last_day
                or (
                    period.period_start <= spans.first_day and period.period_end >= spans.last_day
                )
        )
),

narrowed as (
    select
        fact.observation_key,
        fact.indicator_key,
        lower(concat(if(fact.subject_key = 0, '', subjects.subject), fact.indicator)) as name,
        fact.measure,
        fact.basis,
        fact.status,
        fact.confidence,
        fact.passage_key,
        regions.is_named or subjects.is_named as of_region,
        periods.is_named as of_period,
        periods.period_end,
        year(max(periods.period_end) over ()) - year(periods.period_end) as years_ago
    from fact_observation as fact
    inner join regions on fact.region_key = regions.region_key
    inner join periods on fact.period_key = periods.period_key
    inner join subjects on fact.subject_key = subjects.subject_key
    where regions.is_inside or subjects.is_named
),

names as materialized (
    select distinct
        indicator_key,
        name,
        true as is_own
    from narrowed
    union all
    select
        indicator_key,
        lower(unnest(string_split(concat_ws('|', indicator_zh, aliases, spoken_names), '|')))
            as name,
        false as is_own
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
        names.is_own,
        grams.gram,
        grams.weight,
        count(*) over (partition by grams.gram) as spread
    from names
    inner join grams on contains(names.name, grams.gram)
),

weighed as materialized (
    select
        grams.gram,
        grams.weight
        * ln(1 + (any_value(sizes.name_count) - count(hits.gram) + 0.5) / (count(hits.gram) + 0.5))
            as weight
    from grams
    cross join sizes
    left join hits on grams.gram = hits.gram
    group by grams.gram, grams.weight
),

scored as (
    select
        hits.indicator_key,
        hits.name,
        hits.is_own,
        sum(weighed.weight)
        * 1.5 / (1 + 0.5 * (0.6 + 0.4 * length(hits.name) / any_value(sizes.mean_length)))
        * if(hits.name = trim(question_text(question)), 1.3, 1.0)
            as score
    from hits
    inner join weighed on hits.gram = weighed.gram
    cross join sizes
    group by hits.indicator_key, hits.name, hits.is_own
),

coded as (
    select
        indicator_key,
        max(score) as score
    from scored
    where not is_own
    group by indicator_key
),

total as (
    select sum(weight) as weight from weighed
),

candidates as (
    select
        narrowed.*,
        greatest(coalesce(scored.score, 0), 0.9 * coalesce(coded.score, 0))
        + 0.1 * least(coalesce(scored.score, 0), coalesce(coded.score, 0))
        + total.weight * (
            if(narrowed.of_region, 0.1, 0)
            + if(narrowed.of_period, 0.15, 0)
            + if(
                exists (from spans),
                0,
                0.1 * greatest(0, 1 - coalesce(narrowed.years_ago, 10) / 10)
            )
            + if(narrowed.measure = asked.measure, 0.3, 0)
            + if(
                not coalesce(asked.has_measure or asked.has_basis, false)
                and narrowed.measure in ('level', 'share', 'price'),
                0.2,
                0
            )
            + if(coalesce(asked.has_basis, false) and narrowed.basis = 'yearly', 0.4, 0)
            - if(not coalesce(asked.has_basis, false) and narrowed.basis = 'yearly', 0.1, 0)
            + if(coalesce(asked.has_status, false) = (narrowed.status = 'planned'), 0.2, 0)
            + 0.1 * narrowed.confidence
        ) as score
    from narrowed
    cross join asked
    cross join total
    left join scored
        on
            narrowed.indicator_key = scored.indicator_key
            and narrowed.name = scored.name
            and scored.is_own
    left join coded on narrowed.indicator_key = coded.indicator_key
    where scored.score is not null or coded.score is not null
    order by score desc, narrowed.observation_key asc
    limit 400
),

said as (
    select
        candidates.observation_key,
        sum(weighed.weight) as weight
    from candidates
    inner join dim_passage as passage on candidates.passage_key = passage.passage_key
    inner join weighed on contains(lower(passage.sentence), weighed.gram)
    group by candidates.observation_key
),

best as (
    select
        candidates.observation_key,
        candidates.period_end,
        candidates.score + 0.3 * coalesce(said.weight, 0) as score
    from candidates
    left join said on candidates.observation_key = said.observation_key
    order by score desc, candidates.period_end desc nulls last, candidates.observation_key asc
    limit most
)

select
    figure.region,
    figure.period_label,
    figure.indicator,
    figure.subject,
    figure.measure,
    figure.value,
    figure.unit,
    figure.status,
    figure.quote,
    figure.sentence,
    figure.file_name,
    figure.indicator_code,
    round(best.score, 2) as score,
    figure.observation_key
from best
inner join mart_observation as figure on best.observation_key = figure.observation_key
order by best.score desc, best.period_end desc nulls last, best.observation_key asc;

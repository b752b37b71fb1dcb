-- The sentences that are most like a question, best first; region and years narrow it to reports of
-- the region and of the year or the next. BM25 over pairs of characters (k1 1.2, b 0.75).
create macro search_sentences(question, most := 20) as table
with reports as (
    select
        report.report_key,
        report.file_name,
        report.title,
        region.region,
        period.period_year
    from dim_report as report
    inner join dim_region as region on report.region_key = region.region_key
    inner join dim_period as period on report.period_key = period.period_key
    where
        (
            not exists (from question_places(question))
            or exists (
                select 1 from question_places(question) as place
                where
                    region.region_path = place.region_path
                    or starts_with(region.region_path, place.region_path || '/')
            )
        )
        and (
            not exists (from question_spans(question))
            or exists (
                select 1 from question_spans(question) as span
                where
                    period.period_year between year(span.first_day) and year(span.last_day) + 1
            )
        )
),

texts as (
    select
        passage.passage_key,
        reports.file_name,
        reports.title,
        reports.region,
        reports.period_year,
        passage.sentence,
        passage.section_path,
        lower(passage.sentence) as lowered
    from dim_passage as passage
    inner join reports on passage.report_key = reports.report_key
    where length(passage.sentence) > 5
),

sizes as (
    select
        count(*) as text_count,
        avg(length(lowered)) as mean_length
    from texts
),

hits as (
    select
        texts.passage_key,
        length(texts.lowered) as text_length,
        grams.gram,
        (length(texts.lowered) - length(replace(texts.lowered, grams.gram, '')))
        / length(grams.gram) as found,
        count(*) over (partition by grams.gram) as spread
    from texts
    inner join question_grams(question) as grams on contains(texts.lowered, grams.gram)
    where length(grams.gram) = 2
),

scored as (
    select
        hits.passage_key,
        sum(
            ln(1 + (sizes.text_count - hits.spread + 0.5) / (hits.spread + 0.5))
            * hits.found * 2.2
            / (hits.found + 1.2 * (0.25 + 0.75 * hits.text_length / sizes.mean_length))
        ) as score
    from hits
    cross join sizes
    group by hits.passage_key
    order by score desc, hits.passage_key asc
    limit most
)

select
    texts.region,
    texts.period_year,
    texts.sentence,
    texts.section_path,
    texts.file_name,
    texts.title,
    round(scored.score, 2) as score,
    texts.passage_key
from scored
inner join texts on scored.passage_key = texts.passage_key
order by scored.score desc, texts.passage_key asc;

-- severity: blocking
-- about: dim_passage
-- asks: reports
-- A span is not empty, lies inside its report, and is as long as the words it holds.
-- No input breaks it: spans are those of the clean text, mapped to the raw one of which every clean
-- character is made; quotes are cut from it with them.
with spans as (
    select
        'dim_passage' as table_name,
        report_key,
        char_start,
        char_end,
        null as words
    from dim_passage
    where passage_key != -1
    union all
    select
        'fact_observation' as table_name,
        report_key,
        char_start,
        char_end,
        quote as words
    from fact_observation
    union all
    select
        'fact_numeral' as table_name,
        report_key,
        char_start,
        char_end,
        numeral_text as words
    from fact_numeral
)

select
    spans.table_name,
    report.file_name,
    spans.char_start,
    spans.char_end,
    spans.words
from spans
inner join dim_report as report on spans.report_key = report.report_key
where
    spans.char_start < 0
    or spans.char_start >= spans.char_end
    or spans.char_end > report.char_count
    or length(spans.words) != spans.char_end - spans.char_start;

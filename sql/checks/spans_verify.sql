-- severity: blocking
-- about: fact_observation
-- asks: reports
-- The promise of provenance: the characters at the span are the quote, in the raw text as read; an
-- observation's span and quote are those of its numeral.
-- It needs the staged texts, which the published file does not hold. A place in a text is counted
-- from its nearer end: from one end alone it takes half as long again.
-- No input breaks it: quotes are cut from the text that is staged, by the code point as here.
with numerals as (
    select
        report.file_name,
        numeral.char_start,
        numeral.char_end,
        numeral.numeral_text as stated,
        substr(
            document.raw_text,
            if(
                2 * numeral.char_start < report.char_count,
                numeral.char_start + 1,
                numeral.char_start - report.char_count
            ),
            numeral.char_end - numeral.char_start
        ) as found
    from fact_numeral as numeral
    inner join dim_report as report on numeral.report_key = report.report_key
    left join stg_document as document on report.report_sha256 = document.report_sha256
)

select
    'fact_numeral' as table_name,
    file_name,
    char_start,
    char_end,
    stated,
    found
from numerals
where found is distinct from stated
union all
select
    'fact_observation' as table_name,
    report.file_name,
    observation.char_start,
    observation.char_end,
    observation.quote as stated,
    numeral.numeral_text as found
from fact_observation as observation
inner join dim_report as report on observation.report_key = report.report_key
left join fact_numeral as numeral on observation.observation_key = numeral.observation_key
where
    observation.quote is distinct from numeral.numeral_text
    or observation.char_start is distinct from numeral.char_start
    or observation.char_end is distinct from numeral.char_end;

-- severity: warning
-- about: fact_numeral
-- A numeral that the ledger calls an observation has become one.
select
    report.file_name,
    numeral.numeral_text,
    numeral.char_start
from fact_numeral as numeral
inner join dim_report as report on numeral.report_key = report.report_key
where numeral.disposition = 'observation' and numeral.observation_key is null;

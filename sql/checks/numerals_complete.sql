-- severity: blocking
-- about: fact_observation
-- asks: reports
-- No lost numeral: every observation stands in the ledger, under its own disposition and report.
-- No input breaks it: one loop of the parser makes the observation and its line of the ledger.
select
    report.file_name,
    observation.quote,
    observation.char_start,
    numeral.disposition
from fact_observation as observation
left join dim_report as report on observation.report_key = report.report_key
left join fact_numeral as numeral
    on
        observation.observation_key = numeral.observation_key
        and observation.report_key = numeral.report_key
where numeral.disposition is distinct from 'observation'
union all
select
    report.file_name,
    numeral.numeral_text as quote,
    numeral.char_start,
    numeral.disposition
from fact_numeral as numeral
left join dim_report as report on numeral.report_key = report.report_key
where numeral.observation_key is not null and numeral.disposition != 'observation';

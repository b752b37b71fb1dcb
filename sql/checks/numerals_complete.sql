-- severity: blocking
-- No lost numeral: every observation stands in the ledger, under its own disposition and report.
select
    observation.observation_key,
    observation.quote,
    observation.char_start,
    numeral.disposition
from fact_observation as observation
left join fact_numeral as numeral
    on
        observation.observation_key = numeral.observation_key
        and observation.report_key = numeral.report_key
where numeral.disposition is distinct from 'observation'
union all
select
    numeral.observation_key,
    numeral.numeral_text as quote,
    numeral.char_start,
    numeral.disposition
from fact_numeral as numeral
where numeral.observation_key is not null and numeral.disposition != 'observation';

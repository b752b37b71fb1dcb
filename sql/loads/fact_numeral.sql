insert into fact_numeral by name
select
    key_of(numeral.report_sha256) as report_key,
    key_of(numeral.report_sha256 || '/' || numeral.passage_no) as passage_key,
    numeral.numeral_no,
    numeral.char_start,
    numeral.char_end,
    numeral.numeral_text,
    numeral.value,
    coalesce(key_of(numeral.unit), -1) as unit_key,
    numeral.disposition,
    case
        when numeral.observation_no is not null
            then coalesce(
                key_of(
                    observation.report_sha256
                    || '/' || observation.char_start
                    || '/' || observation.char_end
                ),
                -1
            )
    end as observation_key
from stg_numeral as numeral
left join stg_observation as observation
    on
        numeral.report_sha256 = observation.report_sha256
        and numeral.observation_no = observation.observation_no;

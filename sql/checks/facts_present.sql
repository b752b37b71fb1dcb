-- severity: warning
-- about: dim_report
-- A report in which nothing was found, or not one observation, deserves a look.
select
    report.file_name,
    report.char_count,
    (
        select count(*)
        from fact_numeral as numeral
        where numeral.report_key = report.report_key
    ) as numeral_count
from dim_report as report
anti join fact_observation as observation on report.report_key = observation.report_key
where report.report_key != -1;

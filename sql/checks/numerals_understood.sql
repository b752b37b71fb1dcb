-- severity: warning
-- about: fact_numeral
-- A report of whose numerals more than one in twenty was not understood.
select
    report.file_name,
    count(*) filter (where numeral.disposition = 'unknown') as unknown_count,
    count(*) as numeral_count
from fact_numeral as numeral
inner join dim_report as report on numeral.report_key = report.report_key
group by report.file_name
having 20 * count(*) filter (where numeral.disposition = 'unknown') > count(*);

-- The reports of a file.
select
    report_key,
    file_name
from dim_report
where report_key != -1

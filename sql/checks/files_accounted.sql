-- severity: blocking
-- about: etl_file
-- Every file of the folder was loaded, refused or left out by a rule, and every report of the
-- warehouse is a file of the folder. No file can break this: one that cannot be read is refused.
select
    file_name,
    disposition as problem
from etl_file
where disposition = 'lost'
union all
select
    report.file_name,
    'not listed' as problem
from dim_report as report
anti join etl_file on report.file_name = etl_file.file_name
where report.report_key != -1;

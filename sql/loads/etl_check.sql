-- Empty while the file is built; check_results are there when it has been checked.
insert into etl_check by name
select
    check_name,
    severity,
    offenders,
    example,
    check_words
from check_results;

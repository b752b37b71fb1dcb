insert into etl_reject by name
select
    file_name,
    reason,
    detail
from stg_reject;

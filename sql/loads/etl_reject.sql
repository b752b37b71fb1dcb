insert into etl_reject by name
select
    file_name,
    reason,
    detail,
    detail_zh
from stg_reject;

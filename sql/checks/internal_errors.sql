-- severity: warning
-- about: stg_reject
-- No report met a fault of this project; the log has the traceback of each that did.
select
    file_name,
    detail
from etl_reject
where reason = 'internal_error';

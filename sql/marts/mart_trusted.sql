-- grain: an observation whose confidence is not below the bound that was set when the file was
-- built (trusted_confidence of its load).
create view mart_trusted as
select *  -- noqa: AM04
from mart_observation
where
    confidence >= (
        select max_by(etl_load.trusted_confidence, etl_load.load_no)
        from etl_load
    );

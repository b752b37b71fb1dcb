-- grain: an observation whose confidence is not below the bound that was set when the file was
-- built (trusted_confidence of its load).
create view mart_trusted as
select *
from mart_observation
where
    confidence >= (
        select max_by(trusted_confidence, load_no)
        from etl_load
    );

-- grain: a field of an observation that a load changed, with the load that did and why.
-- An observation that was added or removed is one row, of its value. is_latest marks what changed
-- between the last two loads.
create view mart_load_changes as
select
    load_change.load_no,
    load_change.load_no = (select max(etl_load.load_no) from etl_load) as is_latest,
    this_load.loaded_at,
    this_load.code_version,
    this_load.seeds_hash,
    load_change.change_kind,
    load_change.change_reason,
    load_change.file_name,
    load_change.region_path,
    load_change.indicator,
    load_change.canonical_code,
    load_change.subject,
    load_change.measure,
    load_change.period_start,
    load_change.period_end,
    load_change.status,
    load_change.changed_field,
    load_change.old_text,
    load_change.new_text,
    if(
        load_change.changed_field in ('value', 'value_upper'),
        cast(load_change.old_text as decimal(38, 8)),
        null
    ) as old_value,
    if(
        load_change.changed_field in ('value', 'value_upper'),
        cast(load_change.new_text as decimal(38, 8)),
        null
    ) as new_value,
    load_change.quote,
    load_change.char_start,
    load_change.char_end
from fact_load_change as load_change
left join etl_load as this_load on load_change.load_no = this_load.load_no;

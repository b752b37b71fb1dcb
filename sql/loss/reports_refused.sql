-- Reports that were published and are still in the folder are not refused now, but for the part of
-- them that the settings allow.
with lost as (
    select
        was.file_name,
        refused.reason,
        refused.detail
    from published.dim_report as was
    inner join etl_reject as refused on was.file_name = refused.file_name
    anti join dim_report as same_name on was.file_name = same_name.file_name
    anti join dim_report as same_bytes on was.report_key = same_bytes.report_key
),

share as (
    select
        (select count(*) from lost) as lost_count,
        (select count(*) - 1 from published.dim_report) as published_count
)

select
    lost.file_name,
    lost.reason,
    lost.detail
from lost
cross join share
where share.lost_count > getvariable('loss_limit') * share.published_count;

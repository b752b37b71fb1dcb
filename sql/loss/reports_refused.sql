-- about: dim_report
-- Reports that were published and are still in the folder are not refused now, but for the part of
-- them that the settings allow. One or two are few, unless they are half of all or none may go:
-- of five reports a single one would be a fifth.
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
where
    share.lost_count > getvariable('loss_limit') * share.published_count
    and (
        share.lost_count >= 3
        or 2 * share.lost_count >= share.published_count
        or getvariable('loss_limit') = 0
    );

-- about: dim_report
-- Of the published reports, where ten or more are gone from the folder, half are still there: a
-- folder that is not mounted looks like one that was emptied. Other bytes in a file of the same
-- name, or the same bytes in a file of another, are no loss.
with gone as (
    select was.file_name
    from published.dim_report as was
    anti join dim_report as same_name on was.file_name = same_name.file_name
    anti join dim_report as same_bytes on was.report_key = same_bytes.report_key
    anti join etl_reject as refused on was.file_name = refused.file_name
),

share as (
    select
        (select count(*) from gone) as gone_count,
        (select count(*) - 1 from published.dim_report) as published_count
)

select gone.file_name
from gone
cross join share
where share.gone_count >= 10 and 2 * share.gone_count > share.published_count;

-- A report that is kept from an earlier load is loaded, although it has a line in stg_reject too.
with refused as (
    select
        file_name,
        min(reason) as reason
    from stg_reject
    group by file_name
)

insert into etl_file by name
select
    listed.file_name,
    case
        when listed.rule is not null then 'left_out'
        when document.file_name is not null then 'loaded'
        when refused.file_name is not null then 'refused'
        else 'lost'
    end as disposition,
    coalesce(listed.rule, refused.reason) as reason
from stg_file as listed
left join stg_document as document on listed.file_name = document.file_name
left join refused on listed.file_name = refused.file_name;

-- previous_… are the rows of the file that this one is to replace, current_… the same queries over
-- this one (sql/history/). Without a previous file, or with one of an older schema, nothing is
-- compared: everything would seem new.
-- An observation keeps its place while the bytes of its report are the same. In a corrected report
-- places move, so there a figure is known by what it is about, and the n-th such is the n-th.
insert into fact_load_change by name
with this_load as (
    select
        load_no,
        code_version,
        seeds_hash
    from etl_load
    where comparison = 'compared'
    qualify load_no = max(load_no) over ()
),

last_load as (
    select
        code_version,
        seeds_hash
    from previous_loads
    qualify load_no = max(load_no) over ()
),

context as (
    select
        this_load.load_no,
        case
            when
                this_load.code_version != last_load.code_version
                and this_load.seeds_hash != last_load.seeds_hash
                then 'extractor_and_seeds'
            when this_load.code_version != last_load.code_version then 'extractor'
            when this_load.seeds_hash != last_load.seeds_hash then 'seeds'
            else 'overrides'
        end as same_bytes_reason
    from this_load
    cross join last_load
),

left_reports as (
    select
        old_report.report_key,
        old_report.file_name
    from previous_reports as old_report
    anti join current_reports as new_report on old_report.report_key = new_report.report_key
),

new_reports as (
    select
        new_report.report_key,
        new_report.file_name
    from current_reports as new_report
    anti join previous_reports as old_report on new_report.report_key = old_report.report_key
),

-- Reports side by side: those of the same bytes, then those of the same name.
reports as (
    select
        old_report.report_key as old_key,
        new_report.report_key as new_key,
        new_report.file_name,
        null as reason
    from current_reports as new_report
    inner join previous_reports as old_report on new_report.report_key = old_report.report_key
    union all
    select
        left_reports.report_key as old_key,
        new_reports.report_key as new_key,
        coalesce(new_reports.file_name, left_reports.file_name) as file_name,
        case
            when left_reports.report_key is null then 'report_added'
            when new_reports.report_key is null then 'report_removed'
            else 'report_changed'
        end as reason
    from left_reports
    full join new_reports on left_reports.file_name = new_reports.file_name
),

-- Only what differs goes on, which as a rule is little.
gone as (
    select was.*
    from previous_observations as was
    anti join current_observations as is_now
        on
            was.observation_key = is_now.observation_key
            and was.fingerprint = is_now.fingerprint
    where exists (select 1 from context)
),

come as (
    select is_now.*
    from current_observations as is_now
    anti join previous_observations as was
        on
            is_now.observation_key = was.observation_key
            and is_now.fingerprint = was.fingerprint
    where exists (select 1 from context)
),

sides as (
    select
        'old' as side,
        coalesce(reports.new_key, reports.old_key) as pair_key,
        reports.file_name,
        reports.reason,
        gone.*
    from gone
    inner join reports on gone.report_key = reports.old_key
    union all
    select
        'new' as side,
        reports.new_key as pair_key,
        reports.file_name,
        reports.reason,
        come.*
    from come
    inner join reports on come.report_key = reports.new_key
),

anchored as (
    select
        *,
        if(
            reason is null,
            cast(char_start as varchar),
            concat_ws(
                chr(31),
                coalesce(canonical_code, indicator),
                coalesce(subject, ''),
                measure,
                coalesce(basis, ''),
                coalesce(scope, ''),
                coalesce(cast(period_start as varchar), ''),
                coalesce(cast(period_end as varchar), ''),
                status
            )
        ) as anchor
    from sides
),

figures as (
    select
        *,
        row_number() over (
            partition by pair_key, side, anchor
            order by char_start, char_end
        ) as place
    from anchored
),

texts as (
    select
        pair_key,
        anchor,
        place,
        side,
        unnest([
            'value',
            'value_upper',
            'unit',
            'modifier',
            'measure',
            'basis',
            'indicator',
            'canonical_code',
            'subject',
            'scope',
            'period_start',
            'period_end',
            'status',
            'region_path',
            'theme',
            'quote'
        ]) as changed_field,
        unnest([
            plain_number(value),
            plain_number(value_upper),
            unit,
            modifier,
            measure,
            basis,
            indicator,
            canonical_code,
            subject,
            scope,
            cast(period_start as varchar),
            cast(period_end as varchar),
            status,
            region_path,
            theme,
            quote
        ]) as field_text
    from figures
),

differences as (
    select
        pair_key,
        anchor,
        place,
        changed_field,
        max(field_text) filter (where side = 'old') as old_text,
        max(field_text) filter (where side = 'new') as new_text
    from texts
    group by pair_key, anchor, place, changed_field
),

-- A figure as it is now; as it was, where it is gone.
known as (
    select
        *,
        case
            when count(*) over (partition by pair_key, anchor, place) = 2 then 'changed'
            when side = 'new' then 'added'
            else 'removed'
        end as change_kind
    from figures
    qualify row_number() over (partition by pair_key, anchor, place order by side) = 1
)

select
    context.load_no,
    known.file_name,
    known.region_path,
    known.change_kind,
    coalesce(known.reason, context.same_bytes_reason) as change_reason,
    known.indicator,
    known.canonical_code,
    known.subject,
    known.measure,
    known.period_start,
    known.period_end,
    known.status,
    known.quote,
    known.char_start,
    known.char_end,
    differences.changed_field,
    differences.old_text,
    differences.new_text
from known
inner join differences
    on
        known.pair_key = differences.pair_key
        and known.anchor = differences.anchor
        and known.place = differences.place
cross join context
where
    differences.old_text is distinct from differences.new_text
    and (known.change_kind = 'changed' or differences.changed_field = 'value')
union all by name
select
    load_no,
    file_name,
    region_path,
    change_kind,
    change_reason,
    indicator,
    canonical_code,
    subject,
    measure,
    period_start,
    period_end,
    status,
    quote,
    char_start,
    char_end,
    changed_field,
    old_text,
    new_text
from previous_changes
order by load_no, file_name, char_start, char_end, changed_field;

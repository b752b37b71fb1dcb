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

-- Only what differs goes on, which as a rule is little: previous_observations holds no other.
gone as (
    select was.*
    from previous_observations as was
    where exists (select 1 from context)
),

come as (
    select is_now.*
    from current_observations as is_now
    where
        is_now.observation_key in (
            select differing.observation_key
            from current_fingerprints as differing
            anti join previous_fingerprints as was
                on
                    differing.observation_key = was.observation_key
                    and differing.fingerprint = was.fingerprint
        )
        and exists (select 1 from context)
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

old_figures as (
    select * from figures
    where side = 'old'
),

new_figures as (
    select * from figures
    where side = 'new'
),

-- A figure as it is now; as it was, where it is gone.
fields as (
    select
        if(is_now.place is null, was.file_name, is_now.file_name) as file_name,
        if(is_now.place is null, was.region_path, is_now.region_path) as region_path,
        if(is_now.place is null, was.indicator, is_now.indicator) as indicator,
        if(is_now.place is null, was.canonical_code, is_now.canonical_code) as canonical_code,
        if(is_now.place is null, was.subject, is_now.subject) as subject,
        if(is_now.place is null, was.measure, is_now.measure) as measure,
        if(is_now.place is null, was.period_start, is_now.period_start) as period_start,
        if(is_now.place is null, was.period_end, is_now.period_end) as period_end,
        if(is_now.place is null, was.status, is_now.status) as status,
        if(is_now.place is null, was.quote, is_now.quote) as quote,
        if(is_now.place is null, was.char_start, is_now.char_start) as char_start,
        if(is_now.place is null, was.char_end, is_now.char_end) as char_end,
        case
            when was.place is null then 'added'
            when is_now.place is null then 'removed'
            else 'changed'
        end as change_kind,
        coalesce(is_now.reason, was.reason) as reason,
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
            'quote',
            'doubt'
        ]) as changed_field,
        unnest([
            plain_number(was.value),
            plain_number(was.value_upper),
            was.unit,
            was.modifier,
            was.measure,
            was.basis,
            was.indicator,
            was.canonical_code,
            was.subject,
            was.scope,
            cast(was.period_start as varchar),
            cast(was.period_end as varchar),
            was.status,
            was.region_path,
            was.theme,
            was.quote,
            was.doubt
        ]) as old_text,
        unnest([
            plain_number(is_now.value),
            plain_number(is_now.value_upper),
            is_now.unit,
            is_now.modifier,
            is_now.measure,
            is_now.basis,
            is_now.indicator,
            is_now.canonical_code,
            is_now.subject,
            is_now.scope,
            cast(is_now.period_start as varchar),
            cast(is_now.period_end as varchar),
            is_now.status,
            is_now.region_path,
            is_now.theme,
            is_now.quote,
            is_now.doubt
        ]) as new_text
    from old_figures as was
    full join new_figures as is_now
        on
            was.pair_key = is_now.pair_key
            and was.anchor = is_now.anchor
            and was.place = is_now.place
)

select
    context.load_no,
    fields.file_name,
    fields.region_path,
    fields.change_kind,
    coalesce(fields.reason, context.same_bytes_reason) as change_reason,
    fields.indicator,
    fields.canonical_code,
    fields.subject,
    fields.measure,
    fields.period_start,
    fields.period_end,
    fields.status,
    fields.quote,
    fields.char_start,
    fields.char_end,
    fields.changed_field,
    fields.old_text,
    fields.new_text
from fields
cross join context
where
    fields.old_text is distinct from fields.new_text
    and (fields.change_kind = 'changed' or fields.changed_field = 'value')
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

-- grain: a field of an observation that a load changed; an observation that a load added or
-- removed is one row, of its value. source: this file beside the one that it replaced, and the
-- changes that that one told of. It holds words, not keys: what is gone has no key any more.
create table fact_load_change (
    load_no integer not null,
    file_name varchar not null,
    region_path varchar not null,
    change_kind varchar not null check (change_kind in ('added', 'removed', 'changed')),
    change_reason varchar not null check (
        change_reason in (
            'report_added',
            'report_removed',
            'report_changed',
            'extractor',
            'seeds',
            'extractor_and_seeds',
            'overrides'
        )
    ),
    indicator varchar not null,
    canonical_code varchar,
    subject varchar,
    measure varchar not null,
    period_start date,
    period_end date,
    status varchar not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    changed_field varchar not null,
    old_text varchar,
    new_text varchar
);

-- grain: a span of days. natural key: its two ends. source: stg_document, stg_observation.
create table dim_period (
    period_key bigint primary key,
    period_start date,
    period_end date,
    period_kind varchar not null check (
        period_kind in (
            'year', 'half', 'quarter', 'month', 'year_to_date', 'span', 'day', 'unknown'
        )
    ),
    period_label varchar not null,
    period_year integer,
    day_count integer
);

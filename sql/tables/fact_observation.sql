-- grain: one number said about one thing in one report. natural key: report, span.
-- source: stg_observation. A figure stated in two reports is two rows.
create table fact_observation (
    observation_key bigint not null,
    report_key bigint not null,
    region_key bigint not null,
    passage_key bigint not null,
    indicator_key bigint not null,
    subject_key bigint not null,
    period_key bigint not null,
    period_end_date_key integer not null,
    unit_key bigint not null,
    theme_key bigint not null,
    indicator varchar not null,
    indicator_code varchar,
    value decimal(38, 8) not null,
    value_upper decimal(38, 8),
    modifier varchar not null check (
        modifier in ('exact', 'about', 'nearly', 'over', 'within')
    ),
    measure varchar not null check (
        measure in (
            'level', 'change_rate', 'change_amount', 'share', 'completion', 'rank', 'price'
        )
    ),
    basis varchar check (
        basis in (
            'yoy',
            'mom',
            'yearly',
            'cumulative',
            'reached',
            'vs_year',
            'vs_year_start',
            'vs_plan',
            'vs_region',
            'level',
            'growth'
        )
    ),
    scope varchar,
    status varchar not null check (status in ('actual', 'planned')),
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    locator varchar not null,
    binding_rule varchar not null,
    doubt varchar check (
        doubt in (
            'unit_of_measure',
            'unit_of_indicator',
            'unit_missing',
            'period_after_publication',
            'period_after_report',
            'plan_before_report',
            'average_of_one_year',
            'period_too_long',
            'value_out_of_range',
            'two_values',
            'subject_of_country'
        )
    ),
    confidence decimal(4, 3) not null,
    wording varchar,
    commitment varchar check (commitment in ('plain', 'firm', 'stretch')),
    corrected varchar
);

-- grain: one number said about one thing in one report.
create table stg_observation (
    report_sha256 varchar not null,
    observation_no integer not null,
    passage_no integer not null,
    char_start integer not null,
    char_end integer not null,
    quote varchar not null,
    value decimal(38, 8) not null,
    value_upper decimal(38, 8),
    unit varchar,
    modifier varchar not null,
    measure varchar not null,
    basis varchar,
    indicator varchar not null,
    canonical_code varchar,
    subject varchar,
    scope varchar,
    period_start date,
    period_end date,
    status varchar not null,
    theme varchar not null,
    binding_rule varchar not null
);

-- grain: a numeral of a report (the ledger). observation_no is set where it became an observation.
create table stg_numeral (
    report_sha256 varchar not null,
    numeral_no integer not null,
    passage_no integer not null,
    char_start integer not null,
    char_end integer not null,
    numeral_text varchar not null,
    value decimal(38, 8),
    unit varchar,
    disposition varchar not null,
    unknown_reason varchar,
    observation_no integer
);

-- grain: a name that figures are said of. natural key: the name. source: stg_observation.
-- The member 0 is the jurisdiction that reports: which one it is, the report's region says. An
-- area is a word for a whole (全区, 全国), mostly wider than the jurisdiction.
create table dim_subject (
    subject_key bigint primary key,
    subject varchar,
    subject_kind varchar not null check (
        subject_kind in ('jurisdiction', 'area', 'region', 'other', 'unknown')
    )
);

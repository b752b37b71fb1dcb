-- grain: a check that this file passed, or that warned, before it was published.
-- source: sql/checks/ and sql/loss/, run over the finished file. A file that a blocking check held
-- back is not published, so none is read here with offenders.
create table etl_check (
    check_name varchar not null,
    severity varchar not null check (severity in ('blocking', 'warning')),
    offenders bigint not null,
    example varchar,
    check_words varchar not null
);

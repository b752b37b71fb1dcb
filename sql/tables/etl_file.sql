-- grain: a file of the reports folder: the ledger of files, as fact_numeral is that of numerals.
-- source: stg_file, and whether stg_document or stg_reject has it.
create table etl_file (
    file_name varchar not null,
    disposition varchar not null check (
        disposition in ('loaded', 'refused', 'left_out', 'lost')
    ),
    reason varchar
);

-- grain: a numeral of a report: the ledger. natural key: report, place in it. source: stg_numeral.
create table fact_numeral (
    report_key bigint not null,
    passage_key bigint not null,
    numeral_no integer not null,
    char_start integer not null,
    char_end integer not null,
    numeral_text varchar not null,
    value decimal(38, 8),
    unit_key bigint not null,
    disposition varchar not null check (
        disposition in (
            'observation',
            'date',
            'duration',
            'ordinal',
            'label',
            'name',
            'list_number',
            'address',
            'document_number',
            'model',
            'threshold',
            'rhetorical',
            'idiom',
            'footnote',
            'contact',
            'unknown'
        )
    ),
    unknown_reason varchar check (unknown_reason in ('damaged', 'table')),
    observation_key bigint
);

-- grain: a base unit that is a multiple of another. source: seeds/conversions.csv.
create table seed_conversions (
    unit varchar not null,
    to_unit varchar not null,
    factor varchar not null
);

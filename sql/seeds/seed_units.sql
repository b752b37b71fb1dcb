-- grain: a way to write a unit, and the base unit it folds into. source: seeds/units.csv.
create table seed_units (
    surface varchar not null,
    unit varchar not null,
    dimension varchar not null
);

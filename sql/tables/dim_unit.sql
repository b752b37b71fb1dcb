-- grain: a base unit. natural key: its name. source: seed_units, stg_observation, stg_numeral.
create table dim_unit (
    unit_key bigint primary key,
    unit varchar,
    dimension varchar not null,
    unit_names varchar
);

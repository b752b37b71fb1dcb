-- grain: a base unit. natural key: its name. source: seed_units, seed_conversions,
-- stg_observation, stg_numeral.
create table dim_unit (
    unit_key bigint primary key,
    unit varchar,
    dimension varchar not null,
    unit_names varchar,
    comparable_unit varchar,
    comparable_factor decimal(18, 8) not null
);

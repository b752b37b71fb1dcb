-- grain: an indicator, canonical (natural key: its code) or free (natural key: its words).
-- source: seed_indicators, stg_observation.
create table dim_indicator (
    indicator_key bigint primary key,
    indicator_code varchar,
    indicator_zh varchar not null,
    indicator_en varchar,
    theme_key bigint not null,
    unit_key bigint not null,
    is_canonical boolean not null,
    tier varchar check (tier in ('core', 'extended')),
    growth_prices varchar check (growth_prices in ('constant', 'current', 'mixed')),
    adds_up boolean,
    aliases varchar
);

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
    indicator_tier varchar check (indicator_tier in ('core', 'extended')),
    indicator_kind varchar check (indicator_kind in ('flow', 'stock', 'ratio')),
    broader_code varchar,
    growth_prices varchar check (growth_prices in ('constant', 'current', 'mixed')),
    adds_up boolean,
    aims_lower boolean,
    aliases varchar,
    spoken_names varchar
);

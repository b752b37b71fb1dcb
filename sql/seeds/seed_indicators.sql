-- grain: a canonical indicator. source: seeds/indicators.csv.
create table seed_indicators (
    code varchar not null,
    name_zh varchar not null,
    name_en varchar not null,
    unit varchar not null,
    theme varchar not null,
    tier varchar not null,
    kind varchar not null,
    broader varchar not null,
    part varchar not null,
    prices varchar not null,
    additive varchar not null,
    aim varchar not null,
    aliases varchar not null,
    spoken varchar not null
);

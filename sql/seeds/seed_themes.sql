-- grain: a theme. source: seeds/themes.csv.
create table seed_themes (
    code varchar not null,
    name_zh varchar not null,
    name_en varchar not null
);

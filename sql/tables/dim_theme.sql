-- grain: a theme. natural key: its code. source: seed_themes.
create table dim_theme (
    theme_key bigint primary key,
    theme varchar not null,
    theme_zh varchar not null,
    theme_en varchar not null
);

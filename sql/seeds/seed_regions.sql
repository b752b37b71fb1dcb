-- grain: an administrative division of China. source: seeds/regions.csv.
create table seed_regions (
    code varchar not null,
    name varchar not null,
    level varchar not null,
    parent_code varchar not null,
    valid_from varchar not null,
    valid_to varchar not null,
    successor varchar not null
);

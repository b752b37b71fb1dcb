-- grain: a province and the code by which maps know it. source: seeds/map_codes.csv.
create table seed_map_codes (
    code varchar not null,
    iso varchar not null
);

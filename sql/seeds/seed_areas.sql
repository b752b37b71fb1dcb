-- grain: a word for a whole area. source: seeds/lexicon/areas.txt.
create table seed_areas (
    name varchar not null,
    level varchar not null
);

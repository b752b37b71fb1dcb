-- grain: a word for a whole area. source: the list areas of seeds/lexicon/areas.tsv.
create table seed_areas (
    name varchar not null,
    level varchar not null
);

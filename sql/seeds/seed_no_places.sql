-- grain: a short name of a city that is a common word. source: the list no_places of
-- seeds/lexicon/areas.tsv.
create table seed_no_places (
    word varchar not null
);

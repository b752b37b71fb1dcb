-- grain: an ending of names of regions. source: the list region_suffixes of
-- seeds/lexicon/areas.tsv.
create table seed_region_suffixes (
    suffix varchar not null
);

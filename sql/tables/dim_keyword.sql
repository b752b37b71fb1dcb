-- grain: a word of a dictionary. natural key: dictionary, word. source: seed_keywords.
create table dim_keyword (
    keyword_key bigint primary key,
    dictionary varchar not null,
    keyword varchar not null,
    keyword_group varchar not null,
    keyword_weight decimal(18, 4) not null
);

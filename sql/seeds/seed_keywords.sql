-- grain: a word of a dictionary. source: the CSV files of the folder of dictionaries.
create table seed_keywords (
    keyword_name varchar not null,
    dictionary varchar not null,
    term varchar not null,
    term_group varchar not null,
    weight varchar not null
);

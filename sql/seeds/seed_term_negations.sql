-- grain: a word that denies the one behind it. source: the list term_negations of
-- seeds/lexicon/terms.tsv.
create table seed_term_negations (
    word varchar not null
);

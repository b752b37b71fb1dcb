-- grain: a word of a question. source: the list question_words of seeds/lexicon/search.tsv.
create table seed_question_words (
    word varchar not null,
    asks varchar not null,
    answer varchar not null
);

-- grain: a word of a dictionary in a report that has it. natural key: report, dictionary, word.
-- source: stg_sentence, seed_keywords.
create table fact_keyword (
    report_key bigint not null,
    keyword_key bigint not null,
    keyword_count integer not null,
    negated_count integer not null
);

-- A word is counted wherever its characters are, as in a plain search, but not inside a longer word
-- of its dictionary: those are cut out of the sentence first. One pattern of all words finds the
-- sentences that have any; only those are looked at word by word.
insert into fact_keyword by name
with words as (
    select
        key_of('keyword:' || word.keyword_name) as keyword_key,
        word.term,
        coalesce(
            list(longer.term order by length(longer.term) desc)
            filter (where longer.term is not null),
            []
        ) as longer_terms
    from seed_keywords as word
    left join seed_keywords as longer
        on
            word.dictionary = longer.dictionary
            and contains(longer.term, word.term)
            and length(longer.term) > length(word.term)
    group by word.keyword_name, word.term
),

denials as (
    select list(word) as denials from seed_term_negations
),

sentences as (
    select
        report_sha256,
        sentence_text
    from stg_sentence
    where regexp_matches(sentence_text, getvariable('keyword_pattern'))
),

cut as (
    select
        sentences.report_sha256,
        words.keyword_key,
        words.term,
        list_reduce( -- noqa: PRS, RF02
            list_prepend(sentences.sentence_text, words.longer_terms),
            lambda said, longer_term: replace(said, longer_term, '|')
        ) as said
    from sentences
    inner join words on contains(sentences.sentence_text, words.term)
),

counted as (
    select
        cut.report_sha256,
        cut.keyword_key,
        (length(cut.said) - length(replace(cut.said, cut.term, ''))) // length(cut.term) as found,
        list_sum(
            list_transform(
                denials.denials,
                lambda denial:
                (length(cut.said) - length(replace(cut.said, denial || cut.term, ''))) -- noqa: RF02
                // length(denial || cut.term) -- noqa: RF02
            )
        ) as negated
    from cut
    cross join denials
)

select
    key_of(report_sha256) as report_key,
    keyword_key,
    cast(sum(found) as integer) as keyword_count,
    cast(coalesce(sum(negated), 0) as integer) as negated_count
from counted
where found > 0
group by report_sha256, keyword_key;

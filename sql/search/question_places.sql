-- The regions that a question names. Of names that lie in each other the longest counts; a region
-- named beside the one above it (浙江上城区) stands for both.
create macro question_places(question) as table
with named as (
    select
        word,
        answer as region_path
    from mart_search_word
    where asks = 'region' and contains(question, word)
),

longest as (
    select * from named
    where
        not exists (
            select 1 from named as longer
            where contains(longer.word, named.word) and length(longer.word) > length(named.word)
        )
)

select *
from longest
where
    not exists (
        select 1 from longest as inner_one
        where
            starts_with(inner_one.region_path, longest.region_path || '/')
            and inner_one.word != longest.word
    );

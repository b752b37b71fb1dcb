-- The characters and pairs of characters of the thing that a question asks about. A pair weighs
-- more than a character; a character alone lets a name be found that is short or spelled wrong.
create macro question_grams(question) as table
with spelled as (
    select question_text(question) as words
),

places as (
    select
        words,
        unnest(range(1, length(words) + 1)) as place
    from spelled
)

select distinct
    substr(places.words, places.place, sizes.size) as gram,
    sizes.weight
from places
cross join (values (1, 0.4), (2, 1.0)) as sizes (size, weight)
where
    not contains(substr(places.words, places.place, sizes.size), ' ')
    and length(substr(places.words, places.place, sizes.size)) = sizes.size;

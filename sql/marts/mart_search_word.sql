-- grain: a word of a question and what it asks for. Names of regions narrow a search to the region
-- and what lies in it: in full (浙江省), and of provinces, cities and regions that have reports also
-- without the ending (浙江), unless that is a common word. The other words are those of
-- seeds/lexicon/search.tsv.
create table mart_search_word as
with places as (
    select
        region,
        region_path,
        region_level in ('province', 'city') or report_count > 0 as is_known_in_short
    from dim_region
    where region_key != -1 and region_level != 'country'
),

-- The longest ending that leaves two characters.
stems as (
    select
        places.region_path,
        left(places.region, length(places.region) - max(length(ending.suffix))) as word
    from places
    inner join seed_region_suffixes as ending
        on
            ends_with(places.region, ending.suffix)
            and length(places.region) - length(ending.suffix) >= 2
    where places.is_known_in_short
    group by places.region_path, places.region
)

select
    region as word,
    'region' as asks,
    region_path as answer
from places
union
select
    word,
    'region' as asks,
    region_path as answer
from stems
where word not in (select seed_no_places.word from seed_no_places)
union
select
    word,
    asks,
    answer
from seed_question_words;

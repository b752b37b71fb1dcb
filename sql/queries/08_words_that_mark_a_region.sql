-- 各地区各年份的报告最有代表性的词语是哪些,比上一年多了还是少了?
-- Which words are distinctive of each region and year, and are they used more than the year before?
select
    region,
    period_year,
    row_number() over (
        partition by region_path, period_year order by tf_idf desc, term asc
    ) as place,
    term,
    term_count,
    term_count_before
from mart_term_trend
qualify place <= 5
order by region_path, period_year, place;

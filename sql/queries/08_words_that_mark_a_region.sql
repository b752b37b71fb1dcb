-- 各地区各年份的报告最有代表性的词语是哪些,比上一年多了还是少了?
-- Which words are distinctive of each region and year, and are they used more than the year before?
select
    region,
    period_year,
    tf_idf_place,
    term,
    term_count,
    term_count_before
from mart_term_trend
where tf_idf_place <= 5
order by region_path, period_year, tf_idf_place;

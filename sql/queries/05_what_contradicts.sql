-- 哪些数值相互矛盾,分别出自哪句话?
-- Which figures contradict each other, and which sentences state them?
select
    kind,
    region_path,
    indicator_zh,
    period_label,
    first_value,
    second_value,
    first_file_name,
    first_sentence,
    second_file_name,
    second_sentence
from mart_consistency
order by kind, region_path, period_label, indicator_zh, first_value;

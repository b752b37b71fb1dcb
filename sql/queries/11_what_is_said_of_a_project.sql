-- 某个项目、园区、企业有哪些数值?
-- Which figures are stated of each project, park or company?
select
    subject,
    indicator,
    measure,
    value,
    unit,
    period_label,
    file_name
from mart_observation
where subject is not null
qualify count(*) over (partition by file_name, subject) > 1
order by file_name, subject, char_start;

-- grain: a report and a disposition: what became of every numeral of every report.
create view mart_coverage as
select
    report.report_key,
    report.file_name,
    report.title,
    region.region_path,
    numeral.disposition,
    count(*) as numeral_count,
    count(numeral.observation_key) as observation_count,
    cast(
        100.0 * count(*) / sum(count(*)) over (partition by report.report_key) as decimal(5, 2)
    ) as numeral_percent
from fact_numeral as numeral
left join dim_report as report on numeral.report_key = report.report_key
left join dim_region as region on report.region_key = region.region_key
group by
    report.report_key, report.file_name, report.title, region.region_path, numeral.disposition;

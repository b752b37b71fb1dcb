-- grain: an observation that cannot be right as it stands, with the reason and its sentence.
create view mart_doubt as
select
    observation_key,
    doubt,
    file_name,
    title,
    region_path,
    indicator,
    canonical_code,
    subject,
    measure,
    basis,
    value,
    value_upper,
    unit,
    quote,
    period_start,
    period_end,
    period_label,
    status,
    sentence,
    section_path,
    char_start,
    char_end,
    binding_rule,
    report_key
from mart_observation
where doubt is not null;

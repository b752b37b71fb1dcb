-- Other ways to write a unit may have a dimension of their own (翻番 folds into %): the unit's
-- own name decides. A unit that reports state and seed_units does not know is a counter.
insert into dim_unit by name
with folded as (
    select
        unit,
        coalesce(
            min(dimension) filter (where surface = unit), min(dimension)
        ) as dimension,
        string_agg(surface, '|' order by surface) as unit_names
    from seed_units
    where unit != ''
    group by unit
),

stated as (
    select unit from stg_observation
    union
    select unit from stg_numeral
    union
    select unit from seed_indicators
),

known as (
    select
        unit,
        dimension,
        unit_names
    from folded
    union all
    select
        stated.unit,
        'other' as dimension,
        null as unit_names
    from stated
    left join folded on stated.unit = folded.unit
    where stated.unit is not null and stated.unit != '' and folded.unit is null
)

select
    key_of(known.unit) as unit_key,
    known.unit,
    known.dimension,
    known.unit_names,
    coalesce(seed_conversions.to_unit, known.unit) as comparable_unit,
    coalesce(cast(seed_conversions.factor as decimal(18, 8)), 1) as comparable_factor
from known
left join seed_conversions on known.unit = seed_conversions.unit
union all
select
    -1 as unit_key,
    null as unit,
    'none' as dimension,
    null as unit_names,
    null as comparable_unit,
    1 as comparable_factor;

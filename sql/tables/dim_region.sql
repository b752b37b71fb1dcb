-- grain: an administrative region. natural key: its path. source: seed_regions, stg_document.
create table dim_region (
    region_key bigint primary key,
    region_path varchar not null,
    region varchar not null,
    region_level varchar not null check (
        region_level in ('country', 'province', 'city', 'county', 'township', 'unknown')
    ),
    parent_key bigint,
    region_code varchar,
    iso_code varchar,
    valid_from_year integer,
    valid_to_year integer,
    successor_code varchar,
    province varchar,
    city varchar,
    county varchar,
    township varchar,
    report_count integer not null
);

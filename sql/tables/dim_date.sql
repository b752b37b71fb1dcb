-- grain: a day. natural key: the day. source: every year that stg_document, stg_observation name.
create table dim_date (
    date_key integer primary key,
    calendar_date date,
    calendar_year integer,
    calendar_half integer,
    calendar_quarter integer,
    calendar_month integer,
    day_of_month integer,
    day_of_week integer,
    is_weekend boolean,
    date_label varchar not null
);

-- grain: a file of the reports folder. source: the folder as it was listed.
-- rule is null for what is read or refused.
create table stg_file (
    file_name varchar not null,
    rule varchar
);

insert into etl_version by name
select
    key_of(listed.report_sha256) as report_key,
    listed.version
from stg_version as listed
semi join stg_document as document on listed.report_sha256 = document.report_sha256;

-- An exact decimal as people write it: no zeros at the end, and no bare point.
create or replace temporary macro plain_number(number) as
rtrim(rtrim(cast(number as varchar), '0'), '.');

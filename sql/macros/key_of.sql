-- A surrogate key out of a natural key: the first 60 bits of its MD5, so always positive.
-- It depends on nothing but the natural key, so keys survive rebuilds and the order of loading.
-- Dimensions keep -1 for their unknown member, which no hash can be.
create or replace temporary macro key_of(natural_key) as
cast('0x' || substr(md5(natural_key), 1, 15) as bigint);

-- The key of a place in a report: the report's own key and how far on the place is. Reports stand
-- so far apart that their places do not meet (the check keys_unique), and adding is cheaper than
-- hashing millions of places.
create or replace temporary macro place_key_of(report_sha256, place) as
key_of(report_sha256) + place;

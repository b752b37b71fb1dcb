-- Half of the last digit of a quote, in the unit of its value: how far the value may be from what
-- was counted. Of a quote in Chinese numerals half of the last digit of its value that is not
-- zero, so 十亿九千万 is taken as said to ten millions.
create macro rounding_of(quote, value) as
coalesce(
    0.5 * abs(value)
    / nullif(try_cast(regexp_extract(
        replace(translate(quote, '０１２３４５６７８９．', '0123456789.'), ',', ''),
        '[0-9]+(\.[0-9]+)?'
    ) as double), 0)
    * pow(10, -length(regexp_extract(
        replace(translate(quote, '０１２３４５６７８９．', '0123456789.'), ',', ''),
        '^[^0-9]*[0-9]+\.([0-9]+)', 1
    ))),
    0.5 * if(
        contains(rtrim(rtrim(cast(abs(value) as varchar), '0'), '.'), '.'),
        pow(10, -length(regexp_extract(
            rtrim(rtrim(cast(abs(value) as varchar), '0'), '.'), '\.([0-9]+)', 1
        ))),
        pow(10, length(regexp_extract(
            rtrim(rtrim(cast(abs(value) as varchar), '0'), '.'), '0*$'
        )))
    )
);

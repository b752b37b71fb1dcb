-- What of a question is neither region nor time nor an idle word: the thing that it asks about.
-- Gaps are blanks.
create macro question_text(question) as
regexp_replace(
    regexp_replace(
        lower(translate(question, '０１２３４５６７８９', '0123456789')),
        '(?:19|20)[0-9]{2}|[^0-9a-z.\x{3400}-\x{9fff}]|年度?|' || coalesce((
            select string_agg(regexp_escape(lower(word)), '|' order by length(word) desc)
            from question_places(question)
        ), '年') || '|' || (
            select string_agg(regexp_escape(word), '|' order by length(word) desc)
            from mart_search_word
            where asks in ('nothing', 'level')
        ),
        ' ',
        'g'
    ),
    ' +', ' ', 'g'
);

"""Clean text to sentences, numerals and observations. Pure: no Polars, no Dagster, no files.

One room a question, and each uses only those before it:

    model       what passes between the rooms
    calendar    months, years, five-year plans
    headings    what the words of a title or heading say
    numbers/    numerals, units, modifiers, and why a number is no figure
    report/     whose report it is, and of when
    layout/     headings, paragraphs, sentences, clauses, and what each is about
    times/      times, and which figure they govern
    grammar/    words, their roles, and the phrases they make
    binding/    what each figure measures
    doubts      what makes a row doubtful
    parse       all of it put together
    explain     why each row is what it is

Nothing else belongs at this level: a rule of language goes into the room whose question it answers.
"""

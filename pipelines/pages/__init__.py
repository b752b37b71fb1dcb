"""Reports as pages for people: the text with its marks, in Chinese or English.

`marks` cuts a text into pieces, `labels` has the words of both languages, `annotated` is the page
that `zhibiao annotate` writes. What a report says is the business of `text`; how it is looked at
in a warehouse, of `explorer`.
"""

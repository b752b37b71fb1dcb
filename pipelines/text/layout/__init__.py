"""How the text is laid out: headings, paragraphs, sentences, clauses, and the theme of each.

What marks and line ends say belongs here. What words say of a figure does not.
"""

"""Whose report it is, and of when: title, region, kind, period.

What names or dates the whole report belongs here. The times and bodies of single figures do not:
see `times` and `binding`.
"""

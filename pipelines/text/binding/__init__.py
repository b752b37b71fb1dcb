"""What each figure measures: indicator, measure, subject, scope, code.

The rules that name a figure belong here, and their order. Its period and status do not: see
`times`.
"""

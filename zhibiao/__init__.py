"""Zhibiao (指标) under the name that it is installed by: `from zhibiao import parse_text`.

A thin alias: the code is in `pipelines`.
"""

from pipelines import (
    Explanation,
    Numeral,
    Observation,
    Parsed,
    Passage,
    Period,
    explain_text,
    parse_text,
)

__all__ = [
    "Explanation",
    "Numeral",
    "Observation",
    "Parsed",
    "Passage",
    "Period",
    "explain_text",
    "parse_text",
]

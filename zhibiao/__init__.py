"""Zhibiao (指标) under the name that it is installed by: `from zhibiao import parse_text`.

A thin alias: the code is in `pipelines`.
"""

from pipelines import Numeral, Observation, Parsed, Passage, Period, parse_text

__all__ = ["Numeral", "Observation", "Parsed", "Passage", "Period", "parse_text"]

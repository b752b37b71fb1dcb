"""Short ways from a sentence to what the binding steps make of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pipelines import parse_text
from pipelines.reading.clean import clean
from pipelines.text.grammar.tokens import Token, tokenize
from pipelines.text.layout.outline import outline
from pipelines.text.model import Observation, Period, Quantity
from pipelines.text.numbers.scan import scan
from pipelines.text.times.expressions import find_times

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))

Observe = Callable[[str], tuple[Observation, ...]]
Words = Callable[[str], list[Token]]
Numbered = Callable[[str], tuple[list[Token], list[Quantity]]]


def _numbered(text: str) -> tuple[list[Token], list[Quantity]]:
    text = clean(text).text
    times = find_times(text)
    (sentence,) = outline(text)
    own = [q for q in scan(text, times) if q.disposition == "observation"]
    return tokenize(text, sentence, own, times), own


@pytest.fixture(scope="session")
def observe() -> Observe:
    """Observations of a text, read as a district's report of the year 2024."""
    return lambda text: parse_text(text, region="浙江省/杭州市/上城区", period=YEAR).observations


@pytest.fixture(scope="session")
def numbered() -> Numbered:
    """Tokens and quantities of one sentence."""
    return _numbered


@pytest.fixture(scope="session")
def words() -> Words:
    """Tokens of one sentence."""
    return lambda text: _numbered(text)[0]

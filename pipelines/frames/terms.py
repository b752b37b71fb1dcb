"""Words of a report and how often they occur, for `fact_term`.

Which words count (the stop list, words kept whole) is said in seeds/; how a sentence is parsed is
the business of `text/`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from pipelines import lexicon, segmenters
from pipelines.text.grammar.tokens import known_names

# Two Han characters or more: single ones, numbers and marks say nothing of a report's matter.
_TERM = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
_FREQUENCY = 1_000_000  # high enough that jieba never splits the word


@cache
def _segmenter() -> segmenters.Segmenter:
    """jieba, with the project's words kept whole."""
    segmenter = segmenters.new()
    for word in sorted(known_names() | lexicon.words("terms")):
        segmenter.add_word(word, _FREQUENCY, "n")
    return segmenter


def count_terms(texts: Iterable[str]) -> Counter[str]:
    """How often each word occurs in the clean sentences `texts`, without stop words."""
    # All at once: no word runs over a line's end, and the words that do not count are few.
    counts = Counter(_segmenter().cut("\n".join(texts)))
    stop = lexicon.words("stopwords")
    for word in [word for word in counts if word in stop or not _TERM.fullmatch(word)]:
        del counts[word]
    return counts

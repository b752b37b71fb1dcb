"""jieba, and which of its two forms cuts the words: its own Python, or rjieba, compiled.

Both have the dictionary and the algorithm of jieba, so the rows of a report are the same with
either; rjieba is some twenty times as fast and is taken where it is installed. ZHIBIAO_SEGMENTER
chooses: `settings` describes and checks it, and it is read here, for the parser needs no settings.
Who cuts adds words of their own; what words mean is the business of `text/`.
"""

from __future__ import annotations

import os
import sys
import warnings
from enum import StrEnum
from functools import cache
from importlib import util
from importlib.machinery import PathFinder
from typing import Protocol, cast

from pipelines.bilingual import Both
from pipelines.errors import SettingsError

SWITCH = "ZHIBIAO_SEGMENTER"
_OTHER = "x"


class SegmenterName(StrEnum):
    """What ZHIBIAO_SEGMENTER may say."""

    auto = "auto"  # rjieba where it is installed, else jieba
    jieba = "jieba"
    rjieba = "rjieba"


class Segmenter(Protocol):
    """A dictionary that cuts text into words. rjieba has these methods as they are."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """The words of a text, one after the other; with `hmm` also words it does not know."""
        ...

    def tag(self, text: str, hmm: bool = True) -> list[tuple[str, str]]:
        """The same words, each with its part of speech: see `part_of_speech`."""
        ...

    def has_word(self, word: str) -> bool:
        """Whether the dictionary has the word."""
        ...

    def add_word(self, word: str, freq: int | None, tag: str | None) -> int:
        """Have a word in the dictionary this often; a tag that it has already stays."""
        ...


@cache
def chosen() -> SegmenterName:
    """The form of jieba that this process uses; never `auto`.

    Raises:
        SettingsError: ZHIBIAO_SEGMENTER names no form, or one that is not installed.
    """
    value = os.environ.get(SWITCH) or SegmenterName.auto
    if value not in list(SegmenterName):
        names = ", ".join(SegmenterName)
        raise SettingsError(SWITCH, value, Both(f"it is one of {names}", f"可为 {names}"))
    name = SegmenterName(value)
    has_rjieba = util.find_spec(SegmenterName.rjieba) is not None
    if name is SegmenterName.auto:
        return SegmenterName.rjieba if has_rjieba else SegmenterName.jieba
    if name is SegmenterName.rjieba and not has_rjieba:
        raise SettingsError(
            SWITCH,
            value,
            Both(
                "rjieba is not installed; run pip install 'zhibiao[fast]'",
                "没有安装 rjieba；请运行 pip install 'zhibiao[fast]'",
            ),
        )
    return name


def release() -> str:
    """Name and version of the segmenter in use, as the extractor's hash wants them."""
    from importlib import metadata  # noqa: PLC0415  (slow, and not wanted to parse)

    name = chosen()
    return f"{name} {metadata.version(name)}"


def new() -> Segmenter:
    """A segmenter with jieba's dictionary, to add words to."""
    return _Jieba() if chosen() is SegmenterName.jieba else _rjieba()


@cache
def plain() -> Segmenter:
    """The one segmenter of this process with jieba's dictionary as it is: add no word to it."""
    return new()


def _rjieba() -> Segmenter:
    """A segmenter of rjieba.

    Its class is in a module of its package; the package itself would read the dictionary once more
    when it is imported, which takes a tenth of a second.
    """
    name = f"{SegmenterName.rjieba}.{SegmenterName.rjieba}"
    module = sys.modules.get(name)
    if module is None:
        package = util.find_spec(SegmenterName.rjieba)
        places = package.submodule_search_locations if package else None
        spec = PathFinder.find_spec(name, places)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(name=name)
        module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[name] = module
    return cast("Segmenter", module.Jieba())


def part_of_speech(segmenter: Segmenter, word: str) -> str:
    """The tag (ICTCLAS) of a word that `segmenter` cut: m, eng or x where it does not know it.

    rjieba would guess from its characters what an unknown word is, jieba would not.
    """
    if segmenter.has_word(word):
        return segmenter.tag(word, hmm=False)[0][1]
    letters = [one for one in word if one.isascii() and one.isalnum()]
    if not letters:
        return _OTHER
    return "m" if all(one.isdigit() for one in letters) else "eng"


class _Jieba:
    """jieba behind the methods of rjieba.

    It reads the dictionary itself: jieba would keep a copy in the folder of temporary files, where
    anybody may replace it, and log that on standard error.
    """

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pkg_resources, which jieba tries first
            import jieba  # noqa: PLC0415  (slow, and not wanted beside rjieba)

        self._cutter = jieba.Tokenizer()
        with self._cutter.get_dict_file() as lines:
            self._cutter.FREQ, _ = self._cutter.gen_pfdict(lines)
        # jieba counts a word twice that stands in its dictionary twice (B超). The sum must be
        # rjieba's to the last bit: where two ways to cut are equally likely, rounding decides.
        self._cutter.total = sum(self._cutter.FREQ.values())
        self._cutter.initialized = True
        self._tags: dict[str, str] = {}
        with self._cutter.get_dict_file() as lines:
            for line in lines:
                word, _, tag = line.decode("utf-8").split()
                self._tags[word] = tag

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        words: list[str] = self._cutter.lcut(text, HMM=hmm)
        return words

    def tag(self, text: str, hmm: bool = True) -> list[tuple[str, str]]:
        return [(word, self._tags.get(word, _OTHER)) for word in self.cut(text, hmm)]

    def has_word(self, word: str) -> bool:
        return bool(self._cutter.FREQ.get(word))

    def add_word(self, word: str, freq: int | None, tag: str | None) -> int:
        old = self._cutter.FREQ.get(word, 0)
        often = self._cutter.suggest_freq(word) if freq is None else freq
        self._cutter.add_word(word, often)
        # jieba counts the word's old frequency too, by which all others would be less likely.
        self._cutter.total -= old
        if tag:
            self._tags.setdefault(word, tag)
        return int(often)

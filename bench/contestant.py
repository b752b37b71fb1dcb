"""One way to read a text, timed in a process of its own: `python -m bench.contestant NAME TEXTS`.

TEXTS is a JSON file of sets of [file name, text]. The process prints a line of JSON when it has
imported what it needs and read one sentence. For each name of a set that comes in, it reads that
set once and prints the CPU seconds and the number of results. When no more come, it prints its peak
memory. `bench.peers` starts it, one for each contestant, some of them by a Python of another
environment: that is why only the standard library is imported up here.
"""

from __future__ import annotations

import contextlib
import gc
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

# Reads a file name and a text, and returns how many results it found.
Reader = Callable[[str, str], int]

_SENTENCE = "上半年，全街道一般公共预算收入2.26亿元，同比增长8.33%。"
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:%|[万亿]?[\u4e00-\u9fff])?")


def zhibiao() -> Reader:
    """Text to observations."""
    from pipelines import parse_text  # noqa: PLC0415

    return lambda name, text: len(parse_text(text, file_name=name).observations)


def jieba_cut() -> Reader:
    """Text to words."""
    import jieba  # noqa: PLC0415

    jieba.setLogLevel("ERROR")
    return lambda _, text: len(list(jieba.cut(text)))


def jieba_posseg() -> Reader:
    """Text to words with their parts of speech."""
    import jieba  # noqa: PLC0415
    import jieba.posseg  # noqa: PLC0415

    jieba.setLogLevel("ERROR")
    return lambda _, text: len(list(jieba.posseg.cut(text)))


def number_regex() -> Reader:
    """Text to figures in digits, with the character behind: the floor."""
    return lambda _, text: len(_NUMBER.findall(text))


def jionlp_money() -> Reader:
    """Paragraphs to amounts of money."""
    import jionlp  # noqa: PLC0415

    return _by_line(lambda line: len(jionlp.ner.extract_money(line)))


def jionlp_time() -> Reader:
    """Paragraphs to time expressions."""
    import jionlp  # noqa: PLC0415

    return _by_line(lambda line: len(jionlp.ner.extract_time(line)))


def recognizers() -> Reader:
    """Paragraphs to the seven kinds of numbers that it knows."""
    import ms_recognizers_suite as suite  # noqa: PLC0415

    models = (
        suite.recognize_number,
        suite.recognize_ordinal,
        suite.recognize_percentage,
        suite.recognize_currency,
        suite.recognize_dimension,
        suite.recognize_age,
        suite.recognize_temperature,
    )
    chinese = suite.Culture.Chinese
    return _by_line(lambda line: sum(len(model(line, chinese)) for model in models))


def recognizers_time() -> Reader:
    """Paragraphs to time expressions."""
    import ms_recognizers_suite as suite  # noqa: PLC0415

    chinese = suite.Culture.Chinese
    return _by_line(lambda line: len(suite.recognize_datetime(line, chinese)))


# What can be asked for, with the distribution whose version stands for it.
READERS: dict[str, tuple[Callable[[], Reader], str]] = {
    "zhibiao": (zhibiao, "zhibiao"),
    "jieba.cut": (jieba_cut, "jieba"),
    "jieba.posseg": (jieba_posseg, "jieba"),
    "number regex": (number_regex, ""),
    "jionlp money": (jionlp_money, "jionlp"),
    "jionlp time": (jionlp_time, "jionlp"),
    "recognizers": (recognizers, "ms-recognizers-text-suite"),
    "recognizers time": (recognizers_time, "ms-recognizers-text-suite"),
}


def empty_caches() -> None:
    """Empty those caches of the parser whose content depends on the texts read before."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipelines."):
            for value in vars(module).values():
                bounds = (
                    None if isinstance(value, type) else getattr(value, "cache_parameters", None)
                )
                if bounds and bounds()["maxsize"] is not None:
                    value.cache_clear()


def peak_bytes() -> int:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.is_file():
        # On Linux ru_maxrss begins at the size of the process that started this one.
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))
        if peak:
            return int(peak[1]) * 1024
    peak_rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak_rss if sys.platform == "darwin" else peak_rss * 1024


def _by_line(read: Callable[[str], int]) -> Reader:
    """A reader that is given paragraphs, as the peers expect them."""
    return lambda _, text: sum(read(line) for line in text.splitlines() if line.strip())


def main(name: str, texts: Path) -> None:
    """Answer line by line until the input ends."""
    make, distribution = READERS[name]
    with contextlib.redirect_stdout(sys.stderr):  # a peer greets its user
        read = make()
        read("", _SENTENCE)
    ready = {"start_seconds": time.process_time()}
    _answer(ready | {"version": version(distribution) if distribution else ""})
    sets = json.loads(texts.read_text("utf-8"))
    for line in sys.stdin:
        some = sets[line.strip()]
        empty_caches()
        gc.collect()
        begun = time.process_time()
        found = sum(read(file_name, text) for file_name, text in some)
        _answer({"seconds": time.process_time() - begun, "results": found})
    _answer({"peak_bytes": peak_bytes()})


def _answer(figures: dict[str, float | str]) -> None:
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

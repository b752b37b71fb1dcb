"""Where the time of the parser goes: `python -m bench.hot_spots [--reports DIR] [--json]`.

cProfile sees Python functions alone, so it is the interpreted parser that is profiled, whatever is
compiled. It charges every call, which makes small functions look larger than they are.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
from pathlib import Path
from types import CodeType

from bench import tables
from bench.sample import CHARACTERS, REPORTS, ROOT, Texts, sample

os.environ["ZHIBIAO_COMPILED"] = "0"  # before the parser is imported

from pipelines import parse_text

_TOP = 15


def profile(texts: Texts) -> tables.Figures:
    """Profile the parser over texts.

    Args:
        texts: file names and texts.

    Returns:
        `modules` and `functions`: the first by the time spent in their Python code and in the C
        functions that it calls, each with calls and seconds; `seconds` of all.
    """
    parse_text(texts[0][1])  # what is loaded once is no part of it
    profiler = cProfile.Profile()
    with profiler:
        for name, text in texts:
            parse_text(text, file_name=name)
    functions: dict[str, list[float]] = {}
    modules: dict[str, list[float]] = {}
    for entry in profiler.getstats():
        if isinstance(entry.code, str):  # written in C: its time goes to who calls it
            continue
        called = (sub.inlinetime for sub in entry.calls or () if isinstance(sub.code, str))
        seconds = entry.inlinetime + sum(called)
        module = _module(entry.code)
        for rows, key in ((modules, module), (functions, f"{module} {entry.code.co_qualname}")):
            row = rows.setdefault(key, [0, 0.0])
            row[0] += entry.callcount
            row[1] += seconds
    return {
        "seconds": sum(seconds for _, seconds in modules.values()),
        "modules": _first(modules),
        "functions": _first(functions),
    }


def _first(rows: dict[str, list[float]]) -> list[tables.Figures]:
    ordered = sorted(rows.items(), key=lambda row: -row[1][1])[:_TOP]
    return [{"name": name, "calls": calls, "seconds": of} for name, (calls, of) in ordered]


def _module(code: CodeType) -> str:
    """`text/binding.py`; of a module that is not ours, its last name."""
    if code.co_filename == "<string>":
        return "made by dataclass and namedtuple:"
    path = Path(code.co_filename)
    ours = path.is_relative_to(ROOT / "pipelines")
    return path.relative_to(ROOT / "pipelines").as_posix() if ours else path.name


def main() -> None:
    """Profile and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=Path, default=REPORTS)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--json", action="store_true", help="print the bare figures")
    options = parser.parse_args()
    figures = profile(sample(options.reports, options.characters))
    if options.json:
        print(json.dumps(figures))
    else:
        tables.show(tables.hot_spots(figures))


if __name__ == "__main__":
    main()

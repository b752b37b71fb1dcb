"""How fast each stage of the parser is, against bare jieba over the same text in the same run.

    python -m bench.parse_speed [--reports DIR] [--rounds 5] [--characters 500000]

Reports are the text files of DIR: `../shared/corpus` where it is there, else `seeds/reports`,
repeated. Times are CPU time of one process on one core, the best of the rounds; between rounds the
caches that depend on the text are emptied. Machines differ and are shared, so compare ratios.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import cycle
from pathlib import Path

import jieba
import jieba.posseg
from rich.console import Console
from rich.table import Table

from pipelines import parse_text
from pipelines.reading.clean import CleanText, clean
from pipelines.text.codes import code_of
from pipelines.text.metadata import read_metadata
from pipelines.text.model import Metadata, Parsed, Quantity, Sentence, TimeExpression
from pipelines.text.periods import govern
from pipelines.text.quantities import scan
from pipelines.text.structure import outline
from pipelines.text.themes import theme_of
from pipelines.text.times import find_times

ROOT = Path(__file__).resolve().parents[1]
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:%|[万亿]?[\u4e00-\u9fff])?")
_TAGGED_SHARE = 10  # posseg reads one report in so many: it is slow, and its speed is steady
_JIEBA = "jieba.cut"
_WHOLE = "text → observations"
_REST = "tokens, bind, rows"  # what is left of the whole beside the stages measured by themselves


@dataclass(frozen=True, slots=True)
class _Report:
    """One report with what each stage hands to the next."""

    raw: str
    name: str
    source: CleanText
    metadata: Metadata
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    sentences: tuple[Sentence, ...]
    parsed: Parsed
    bound: tuple[Quantity, ...]  # the quantity of each observation

    @staticmethod
    def of(raw: str, name: str) -> _Report:
        source = clean(raw)
        metadata = read_metadata(source.text, name)
        times = find_times(source.text, metadata.period)
        quantities = scan(source.text, times)
        parsed = parse_text(raw, file_name=name)
        pairs = zip(parsed.numerals, quantities, strict=True)
        bound = tuple(quantity for numeral, quantity in pairs if numeral.observation is not None)
        return _Report(
            raw,
            name,
            source,
            metadata,
            times,
            quantities,
            outline(source.text),
            parsed,
            bound,
        )


def _codes(report: _Report) -> None:
    for observation, quantity in zip(report.parsed.observations, report.bound, strict=True):
        code_of(observation.indicator, quantity, observation.measure)


def _themes(report: _Report) -> None:
    text = report.source.text
    for sentence in report.sentences:
        theme_of(sentence.section, text[sentence.start : sentence.end])


def _govern(report: _Report) -> None:
    govern(
        report.source.text,
        report.sentences,
        report.times,
        report.quantities,
        report.metadata.period,
        report.metadata.report_kind,
    )


_STAGES: dict[str, Callable[[_Report], object]] = {
    "clean": lambda r: clean(r.raw),
    "metadata": lambda r: read_metadata(r.source.text, r.name),
    "times": lambda r: find_times(r.source.text, r.metadata.period),
    "scan": lambda r: scan(r.source.text, r.times),
    "outline": lambda r: outline(r.source.text),
    "govern": _govern,
    "themes": _themes,
    "codes": _codes,
    _WHOLE: lambda r: parse_text(r.raw, file_name=r.name),
    _JIEBA: lambda r: list(jieba.cut(r.raw)),
    "jieba.posseg.cut": lambda r: list(jieba.posseg.cut(r.raw)),
    "number regex": lambda r: _NUMBER.findall(r.raw),
}


def _bounded_caches() -> list[Callable[[], None]]:
    """What empties the caches whose content depends on the text read."""
    return [
        value.cache_clear
        for name, module in list(sys.modules.items())
        if name.startswith("pipelines.")
        for value in vars(module).values()
        if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None
    ]


def _reports(folder: Path, characters: int) -> list[_Report]:
    """Reports of a folder spread over its names, repeated if need be, with so many characters."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        sys.exit(f"no text files in {folder}")
    texts = [(path.read_text("utf-8"), path.name) for path in files]
    step = max(1, sum(len(text) for text, _ in texts) // characters)
    found: list[_Report] = []
    read = 0
    for text, name in cycle(texts[::step]):
        if read >= characters:
            return found
        found.append(_Report.of(text, name))
        read += len(text)
    return found


def _measure(reports: list[_Report], rounds: int) -> dict[str, float]:
    """Characters a second of each stage, the best of the rounds."""
    clear = _bounded_caches()
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, stage in _STAGES.items():
            some = reports[::_TAGGED_SHARE] if name == "jieba.posseg.cut" else reports
            for empty in clear:
                empty()
            gc.collect()
            start = time.process_time()
            for report in some:
                stage(report)
            seconds = time.process_time() - start
            speed = sum(len(report.raw) for report in some) / max(seconds, 1e-9)
            best[name] = max(speed, best.get(name, 0.0))
    parts = sum(1 / best[name] for name in list(_STAGES)[: list(_STAGES).index(_WHOLE)])
    best[_REST] = 1 / (1 / best[_WHOLE] - parts)
    return best


def _table(speeds: dict[str, float]) -> Table:
    table = Table("stage")
    for heading in ("M characters/s", "x jieba.cut", "% of the whole"):
        table.add_column(heading, justify="right")
    names = list(_STAGES)
    names.insert(names.index(_WHOLE), _REST)
    for name in names:
        speed = speeds[name]
        outside = name.startswith(("jieba", "number"))
        share = "" if outside else f"{speeds[_WHOLE] / speed:.1%}"
        table.add_row(name, f"{speed / 1e6:.2f}", f"{speed / speeds[_JIEBA]:.2f}", share)
        if name in (_REST, _WHOLE):
            table.add_section()
    return table


def _machine() -> str:
    """Processor and versions, to stand beside the figures."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    cpu = names[0] if names else platform.processor() or platform.machine()
    packages = ", ".join(f"{name} {version(name)}" for name in ("jieba", "rjieba", "opencc"))
    return f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}, {packages}"


def main() -> None:
    """Measure and print."""
    corpus = ROOT.parent / "shared" / "corpus"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--reports", type=Path, default=corpus if corpus.is_dir() else ROOT / "seeds" / "reports"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--characters", type=int, default=500_000)
    options = parser.parse_args()
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    reports = _reports(options.reports, options.characters)
    size = sum(len(report.raw) for report in reports)
    rows = sum(len(report.parsed.observations) for report in reports)
    speeds = _measure(reports, options.rounds)
    console = Console()
    console.print(_machine())
    console.print(f"{len(reports)} texts, {size:,} characters, {rows:,} observations")
    console.print(_table(speeds))
    cost = size / speeds[_WHOLE] / rows * 1e6
    console.print(f"{cost:.0f} µs an observation")


if __name__ == "__main__":
    main()

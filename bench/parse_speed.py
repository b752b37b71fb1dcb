"""How fast each stage of the parser is, against bare `jieba.cut` over the same text in one run.

    python -m bench.parse_speed [--reports DIR] [--rounds 5] [--characters 500000] [--densest]

Reports are the text files of DIR: `../shared/corpus` where it is there, else `seeds/reports`,
repeated. Times are CPU time of one process on one core, the best of the rounds; between rounds the
caches that depend on the text are emptied. Machines differ and are shared, so compare ratios.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import jieba

from bench import tables
from bench.contestant import empty_caches
from bench.sample import CHARACTERS, REPORTS, densest, sample
from pipelines import compiled, parse_text
from pipelines.reading.clean import CleanText, clean
from pipelines.text.layout.outline import outline
from pipelines.text.layout.themes import themes_of
from pipelines.text.model import Metadata, Quantity, Sentence, TimeExpression
from pipelines.text.numbers.scan import scan
from pipelines.text.report.metadata import read_metadata
from pipelines.text.times.expressions import find_times
from pipelines.text.times.timing import govern


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
    observations: int

    @staticmethod
    def of(name: str, raw: str) -> _Report:
        source = clean(raw)
        metadata = read_metadata(source.text, name)
        times = find_times(source.text)
        return _Report(
            raw,
            name,
            source,
            metadata,
            times,
            scan(source.text, times),
            outline(source.text),
            len(parse_text(raw, file_name=name).observations),
        )


def _govern(report: _Report) -> None:
    govern(
        report.source.text,
        report.sentences,
        report.times,
        report.quantities,
        report.metadata.period,
        report.metadata.report_kind,
    )


# What is measured by itself; the whole and jieba.cut come behind.
_STAGES: dict[str, Callable[[_Report], object]] = {
    "clean": lambda r: clean(r.raw),
    "metadata": lambda r: read_metadata(r.source.text, r.name),
    "times": lambda r: find_times(r.source.text),
    "scan": lambda r: scan(r.source.text, r.times),
    "outline": lambda r: outline(r.source.text),
    "govern": _govern,
    "themes": lambda r: themes_of(r.source.text, r.sentences),
    tables.WHOLE: lambda r: parse_text(r.raw, file_name=r.name),
    tables.JIEBA: lambda r: list(jieba.cut(r.raw)),
}


def measure(texts: Iterable[tuple[str, str]], rounds: int) -> tables.Figures:
    """CPU seconds of each stage over all texts, the best of the rounds.

    Args:
        texts: file names and texts.
        rounds: how often each stage reads them all.

    Returns:
        `seconds` by stage; `texts`, `characters`, `observations`; `mode`, compiled or interpreted.
    """
    reports = [_Report.of(name, raw) for name, raw in texts]
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, stage in _STAGES.items():
            empty_caches()
            gc.collect()
            begun = time.process_time()
            for report in reports:
                stage(report)
            seconds = time.process_time() - begun
            best[name] = min(seconds, best.get(name, seconds))
    return {
        "mode": "compiled" if compiled.in_use() else "interpreted",
        "texts": len(reports),
        "characters": sum(len(report.raw) for report in reports),
        "observations": sum(report.observations for report in reports),
        "seconds": best,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=Path, default=REPORTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--densest", action="store_true", help="the texts with the most figures")
    parser.add_argument("--json", action="store_true", help="print the bare figures")
    options = parser.parse_args()
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    texts = densest(options.reports) if options.densest else None
    figures = measure(texts or sample(options.reports, options.characters), options.rounds)
    if options.json:
        print(json.dumps(figures))
    else:
        tables.show([tables.stages(figures)])


if __name__ == "__main__":
    main()

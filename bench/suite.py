"""The whole benchmark, which `make bench` runs: `python -m bench.suite`.

    --json FILE   keep the figures
    --docs [FILE] write the tables of docs/performance.md (or of FILE)

Each part runs in a process of its own; this one only starts them, one after another, and prints.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import peers, tables
from bench.sample import CHARACTERS, REPORTS, ROOT, densest, density, sample
from bench.tables import Figures, Table

DOCUMENT = ROOT / "docs" / "performance.md"
_PACKAGES = ("jieba", "rjieba", "opencc", "duckdb")
_ASK = "import pipelines.compiled as c; print(c.in_use())"


def measure(options: argparse.Namespace) -> Figures:
    """Run every part; all figures, with what they were measured on."""
    reports = options.reports
    texts, dense = sample(reports, options.characters), densest(reports)
    found: Figures = {"machine": machine(), "load": [os.getloadavg()[0]]}
    found["modes"] = [mode for mode in peers.MODES if mode == "interpreted" or _compiled()]
    chosen = [f"--reports={reports}", f"--characters={options.characters}"]
    found["dense"] = [{"name": name, "density": density(text)} for name, text in dense]
    rows = peers.contestants(found["modes"], peers=options.peers)
    found["race"] = peers.race(rows, texts, dense, options.rounds)
    found["stages"] = [
        _part("parse_speed", mode, *chosen, f"--rounds={options.rounds}") for mode in found["modes"]
    ]
    found["hot_spots"] = _part("hot_spots", "interpreted", *chosen)
    found["star"] = _part("star_load", "compiled", f"--observations={options.observations}")
    found["load"].append(os.getloadavg()[0])
    return found


def machine() -> Figures:
    """Date, state of the code, processor and versions, to stand beside the figures."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    git = subprocess.run(
        ["git", "describe", "--always", "--dirty=, changed"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": git.stdout.strip() or "unknown",
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "versions": {"Python": platform.python_version()}
        | {name: version(name) for name in _PACKAGES},
    }


def report(figures: Figures) -> tuple[str, list[Table]]:
    """The figures for people: a paragraph on where they come from, and the tables."""
    of = figures["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in of["versions"].items())
    peer_versions = {
        f"{row['label'].partition(',')[0]} {row['version']}"
        for row in figures["race"]["rows"]
        if row.get("version") and row["label"].startswith(("JioNLP", "Recognizers"))
    }
    before, after = figures["load"]
    parser = " and ".join(figures["modes"])
    dense = ", ".join(f"{text['name']} {text['density']:.0f}" for text in figures["dense"])
    head = (
        f"Measured on {of['date']} at commit {of['commit']}: {of['processor']}, {of['cores']} "
        f"cores, load {before:.1f} before and {after:.1f} after; {versions}; "
        f"{', '.join([*sorted(peer_versions), 'parser ' + parser])}. The densest texts, with "
        f"their figures a thousand characters: {dense}."
    )
    return head, [
        *tables.speeds(figures["race"]),
        tables.costs(figures["race"]),
        *(tables.stages(stage) for stage in figures["stages"]),
        *tables.hot_spots(figures["hot_spots"]),
        tables.star(figures["star"]),
    ]


def _compiled() -> bool:
    """Whether a new process would run the compiled parser."""
    command = [sys.executable, "-c", _ASK]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return asked.stdout.strip() == "True"


def _part(module: str, mode: str, *arguments: str) -> Figures:
    """What `python -m bench.MODULE --json` prints."""
    part = subprocess.run(  # noqa: S603
        [sys.executable, "-m", f"bench.{module}", "--json", *arguments],
        cwd=ROOT,
        env=os.environ | peers.MODES[mode],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(part.stdout))


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=lambda path: Path(path).resolve(), default=REPORTS)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--observations", type=int, default=1_000_000, help="of the star")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="needs no network")
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--docs", type=Path, nargs="?", const=DOCUMENT, help="write its tables")
    options = parser.parse_args()
    if options.docs:  # rather told now than in some minutes
        tables.rewritten(options.docs.read_text("utf-8"), "", ())
    figures = measure(options)
    head, made = report(figures)
    print(head)
    tables.show(made)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    if options.docs:
        document = options.docs.read_text("utf-8")
        options.docs.write_text(tables.rewritten(document, head, made), "utf-8")


if __name__ == "__main__":
    main()

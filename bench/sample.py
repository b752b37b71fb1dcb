"""Which texts the benchmarks read. Nothing of the parser is imported here."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
# Without real reports invented ones, which `make bench` has `zhibiao synth` write.
REPORTS = CORPUS if CORPUS.is_dir() else ROOT / "warehouse" / "bench"
CHARACTERS = 500_000

_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")

Texts = list[tuple[str, str]]  # file name and text


def sample(folder: Path, characters: int = CHARACTERS) -> Texts:
    """Texts of a folder, spread over its names, repeated if need be, with so many characters."""
    texts = _all(folder)
    step = max(1, sum(len(text) for _, text in texts) // characters)
    found: Texts = []
    read = 0
    for name, text in cycle(texts[::step]):
        if read >= characters:
            break
        found.append((name, text))
        read += len(text)
    return found


def densest(folder: Path, count: int = 8) -> Texts:
    """The texts of a folder that hold the most figures in digits for their length: the slowest."""
    return sorted(_all(folder), key=lambda text: -density(text[1]))[:count]


def density(text: str) -> float:
    """Figures in digits a thousand characters."""
    return 1000 * len(_FIGURE.findall(text)) / max(len(text), 1)


def _all(folder: Path) -> Texts:
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(folder.rglob("*.txt"))]
    if not any(text for _, text in texts):
        raise SystemExit(f"no text files in {folder}: zhibiao synth 200 --out {folder} writes some")
    return texts

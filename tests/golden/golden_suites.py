"""The report suites with gold and how they are measured: shared by the tests and raise_floors.

A suite is a folder of reports with a folder of gold. `samples` travels with the project; the
others lie in a folder `shared` beside the checkout and are passed over where it is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines import parse_text
from pipelines.frames.folder import scan_folder
from pipelines.reading.decode import decode
from pipelines.scoring import Score, claims_of, read_gold, score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class Suite:
    """Reports and their gold."""

    reports: Path
    gold: Path


SUITES = {
    "samples": Suite(ROOT / "seeds" / "reports", HERE),
    "reports": Suite(SHARED / "reports", SHARED / "gold"),
    "excerpts": Suite(SHARED / "excerpts", SHARED / "excerpts" / "gold"),
    "authored": Suite(SHARED / "authored", SHARED / "authored" / "gold"),
}


@cache
def measure(name: str) -> Score:
    """Parse the reports of a suite and hold them against their gold."""
    suite = SUITES[name]
    said = {}
    for source in scan_folder(suite.reports).sources:
        raw = decode(source.path.read_bytes(), source.file_name).raw
        parsed = parse_text(
            raw,
            region=source.override.region,
            title=source.override.title,
            period=source.override.period,
            file_name=source.file_name,
        )
        said[source.path.stem] = claims_of(parsed.observations)
    return score(said, read_gold(suite.gold))


def figures(result: Score) -> dict[str, float]:
    """The figures that have a floor, rounded as floors.toml keeps them."""
    rates = {
        "detection_f1": result.detection.f1,
        "strict_f1": result.strict.f1,
        "panel_f1": result.panel.f1,
    }
    return {key: round(value, 4) for key, value in {**rates, **result.fields}.items()}

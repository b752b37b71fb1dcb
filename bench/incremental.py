"""What a run costs when nothing changed and when one report came, against reading all of them.

    python bench/incremental.py [--files 100000]

Only the extraction stage is measured, in one process. Reports are those of `../shared` where they
are there (79), else `seeds/reports`. Then many small files are looked through, of which none
changed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipelines.engines.local import LocalEngine
from pipelines.engines.staging import Staging, stage_folder
from pipelines.frames.digests import Digests
from pipelines.frames.folder import scan_folder

ROOT = Path(__file__).resolve().parents[1]
_BAR = 0.1
_MANY = 100_000


def real_reports() -> list[Path]:
    """The real reports beside the checkout, or the samples."""
    shared = ROOT.parent / "shared"
    found = [*(shared / "reports").glob("*.txt"), *(shared / "corpus").glob("*.txt")]
    return found or list((ROOT / "seeds" / "reports").glob("*.txt"))


def settle() -> None:
    """Files younger than a tick of the clock are hashed once more: let them grow older."""
    time.sleep(2.1)


def one_more(reports: list[Path], home: Path) -> dict[str, Staging]:
    """Stage all but one report, then the same again, then with that one."""
    folder, staging = home / "reports", home / "staging"
    folder.mkdir()
    for path in reports[1:]:
        shutil.copy(path, folder)
    settle()
    full = stage_folder(folder, staging, LocalEngine(1))
    same = stage_folder(folder, staging, LocalEngine(1))
    shutil.copy(reports[0], folder)
    return {"all": full, "none": same, "one": stage_folder(folder, staging, LocalEngine(1))}


def unchanged(home: Path, count: int) -> dict[str, float]:
    """Seconds to find out that none of `count` files changed, at the first look and later."""
    folder = home / "many"
    for number in range(count):
        path = folder / f"{number // 1000}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"第{number}份\n", "utf-8")
    settle()
    seconds = {}
    for look in ("first", "second"):
        begun = time.perf_counter()
        digests = Digests(home / "digests")
        scan_folder(folder, digests.of)
        digests.save()
        seconds[look] = time.perf_counter() - begun
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=_MANY, help="small files of the second part")
    options = parser.parse_args()
    reports = real_reports()
    with tempfile.TemporaryDirectory() as scratch:
        runs = one_more(reports, Path(scratch))
        looks = unchanged(Path(scratch), options.files)
    full = runs["all"].seconds
    for name, run in runs.items():
        print(
            f"{name:<5} {run.found} reports, {run.fresh} read: {run.seconds:.2f} s, "
            f"ratio {run.seconds / full:.3f}"
        )
    held = "held" if runs["one"].seconds < _BAR * full else "missed"
    print(f"one report more costs under {_BAR} of all: {held}")
    print(
        f"{options.files} small files: first look {looks['first']:.1f} s, "
        f"unchanged {looks['second']:.1f} s"
    )


if __name__ == "__main__":
    main()

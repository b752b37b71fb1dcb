"""Build warehouses from folders of hostile files, and hold each against what must be true.

    python tests/fuzz/fuzz.py --files 10000 --seed 1

A folder goes through `zhibiao build` as a user's does. It must publish; every file must be a
report or refused; no numeral may be missing from the ledger; every span must quote its text; and
the time must be in proportion to the length. What fails is made small and written to `--out`.
The same seed draws the same files; `--folder N` repeats one of them.

Ends with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fuzz_inputs import Draft, folder
from fuzz_judge import Fault, Tally, judge
from typer.testing import CliRunner

from pipelines.cli import app

Item = TypeVar("Item")

PER_FOLDER = 100
HANG_SECONDS = 600  # a folder that takes longer ends the run with all stacks
# Processor seconds: what a build costs by itself, and what a byte may cost. A report of the usual
# kind costs one microsecond a byte, a text of nothing but numerals 25.
BUILD_SECONDS, BYTE_SECONDS = 3.0, 60e-6
SHRINK_SECONDS = 60
PUBLISHED = (0, 3)  # exit codes
LEFT_OUT = (".yml", ".json")  # files that may lie beside reports
COMPANION = Draft(
    b"companion.txt", "东沙街道2023年工作总结\n全年走访企业15家。\n".encode(), ("companion",)
)


@dataclass(slots=True)
class Result:
    """What became of one folder."""

    tally: Tally
    seconds: float
    exit_code: int

    @property
    def faults(self) -> list[Fault]:
        return self.tally.faults


@dataclass(slots=True)
class Totals:
    """What became of all folders."""

    folders: int = 0
    files: int = 0
    published: int = 0
    bytes: int = 0
    seconds: float = 0.0
    tally: Tally = field(default_factory=Tally)
    kinds: Counter[str] = field(default_factory=Counter)
    failed_kinds: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def add(self, drafts: Sequence[Draft], result: Result) -> None:
        mine, its = self.tally, result.tally
        self.folders += 1
        self.files += len(drafts)
        self.published += result.exit_code in PUBLISHED
        self.seconds += result.seconds
        self.kinds.update(kind for draft in drafts for kind in set(draft.kinds))
        self.failed_kinds.update(fault.kind for fault in its.faults)
        mine.rejects += its.rejects
        mine.faults += its.faults
        for name in ("reports", "characters", "observations", "numerals", "unknown"):
            setattr(mine, name, getattr(mine, name) + getattr(its, name))
        size = sum(len(draft.data) for draft in drafts)
        self.bytes += size
        self.slowest = max(self.slowest, result.seconds / size * 1e6)

    def __str__(self) -> str:
        tally = self.tally
        rejects = ", ".join(f"{reason} {count:,}" for reason, count in tally.rejects.most_common())
        lines = [
            f"folders      {self.folders:,}, of which published {self.published:,}",
            f"files        {self.files:,}: reports {tally.reports:,}, refused "
            f"{tally.rejects.total():,} ({rejects or 'none'})",
            f"bytes        {self.bytes:,} in {self.seconds:.0f} processor seconds",
            f"slowest      {self.slowest:.1f} microseconds a byte, a folder with its build",
            f"numerals     {tally.numerals:,} in the ledger, not understood {tally.unknown:,}",
            f"observations {tally.observations:,}",
            "files with   "
            + ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.kinds.items())),
            f"failures     {sum(self.failed_kinds.values())} "
            + ", ".join(f"{kind} {count}" for kind, count in self.failed_kinds.items()),
        ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Built:
    """What one `zhibiao build` came to."""

    exit_code: int
    output: str
    crash: BaseException | None
    seconds: float  # of the processor


def build(reports: Path, warehouse: Path) -> Built:
    """Build a warehouse by the command line, in this process."""
    arguments = ["build", "--reports", reports, "--warehouse", warehouse, "--workers", 1]
    begin = time.process_time()
    built = CliRunner().invoke(app, [str(argument) for argument in arguments])
    seconds = time.process_time() - begin
    crash = None if isinstance(built.exception, SystemExit) else built.exception
    return Built(built.exit_code, built.output[-3000:], crash, seconds)


def run(drafts: Sequence[Draft], keep_warehouse: Path | None = None) -> Result:
    """Write the files and one good report beside them, build their warehouse, and judge it."""
    work = Path(tempfile.mkdtemp(prefix="zhibiao-fuzz-"))
    try:
        reports, warehouse = work / "reports", work / "out" / "w.duckdb"
        _write((COMPANION, *drafts), reports)
        built = build(reports, warehouse)
        if built.crash is not None:
            fault = Fault("crash", "", repr(built.crash)[:600])
            return Result(Tally(faults=[fault]), built.seconds, built.exit_code)
        if built.exit_code not in PUBLISHED or not warehouse.exists():
            detail = f"exit code {built.exit_code}: {built.output}"
            fault = Fault("not published", "", detail)
            return Result(Tally(faults=[fault]), built.seconds, built.exit_code)
        files = {os.fsdecode(draft.name): draft.data for draft in (COMPANION, *drafts)}
        tally = judge(
            warehouse,
            {n: d for n, d in files.items() if not n.endswith(LEFT_OUT) and n != "reports.csv"},
        )
        size = sum(len(draft.data) for draft in drafts)
        if built.seconds > BUILD_SECONDS + BYTE_SECONDS * size:
            detail = f"{built.seconds:.1f} s for {size:,} bytes"
            tally.faults.append(Fault("slow", "", detail))
        if keep_warehouse:
            shutil.copy(warehouse, keep_warehouse)
        return Result(tally, built.seconds, built.exit_code)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(drafts: Sequence[Draft], folder: Path) -> None:
    """By bytes: not every name is text."""
    for draft in drafts:
        path = os.path.join(os.fsencode(folder), draft.name)  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(draft.data)


def shrink(drafts: Sequence[Draft], fault: Fault) -> list[Draft]:
    """The files that show the fault, made as few and as small as a minute allows."""
    end = time.monotonic() + SHRINK_SECONDS

    def shows(some: Sequence[Draft]) -> bool:
        return any(found.kind == fault.kind for found in run(some).faults)

    named = [draft for draft in drafts if os.fsdecode(draft.name) == fault.file_name]
    kept = named if named and shows(named) else _fewer(list(drafts), shows, end)
    if len(kept) == 1:
        draft = kept[0]
        data = bytes(
            _fewer(
                list(draft.data),
                lambda some: shows([Draft(draft.name, bytes(some), draft.kinds)]),
                end,
            )
        )
        kept = [Draft(draft.name, data, draft.kinds)]
    return kept


def _fewer(items: list[Item], shows: Callable[[list[Item]], bool], end: float) -> list[Item]:
    """Take out ever smaller stretches as long as the rest still shows what it should."""
    size = len(items) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(items) and time.monotonic() < end:
            rest = items[:at] + items[at + size :]
            if rest and shows(rest):
                items = rest
            else:
                at += size
        size //= 2
    return items


def keep(out: Path, number: int, fault: Fault, drafts: Sequence[Draft]) -> Path:
    """Write what failed where it can be looked at."""
    place = out / f"{number}-{fault.kind.replace(' ', '-')}"
    _write(drafts, place)
    (place / "fault.log").write_text(
        f"{fault.kind}: {fault.file_name!r}\n{fault.detail}\n", "utf-8"
    )
    return place


def fuzz(files: int, seed: int, out: Path, *, only: int | None = None, rare: bool = True) -> Totals:
    """Run the folders of a seed.

    Args:
        files: how many files, in folders of a hundred.
        seed: what they are drawn from.
        out: where failing files are kept.
        only: one folder instead of all.
        rare: whether some files may be megabytes long.
    """
    totals = Totals()
    numbers = range(-(-files // PER_FOLDER)) if only is None else [only]
    seen: set[str] = set()
    for number in numbers:
        count = min(PER_FOLDER, files - number * PER_FOLDER) if only is None else PER_FOLDER
        drafts = folder(seed, number, count, rare=rare)
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
        result = run(drafts)
        faulthandler.cancel_dump_traceback_later()
        totals.add(drafts, result)
        for fault in result.faults:
            print(f"folder {number}: {fault.kind}: {fault.file_name!r}: {fault.detail}", flush=True)
            if fault.kind not in seen:  # one of a kind is made small: that takes a minute
                seen.add(fault.kind)
                print(f"  kept in {keep(out, number, fault, shrink(drafts, fault))}", flush=True)
    return totals


def main(arguments: Sequence[str]) -> int:
    """Read the command line, run, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--folder", type=int, help="repeat this folder of the seed alone")
    parser.add_argument("--out", type=Path, default=Path("warehouse/fuzz"))
    given = parser.parse_args(arguments)
    print(f"seed         {given.seed}", flush=True)
    totals = fuzz(given.files, given.seed, given.out, only=given.folder)
    print(totals)
    return 1 if totals.failed_kinds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

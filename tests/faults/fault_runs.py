"""What the trials share: small reports, builds in processes, what must hold of a warehouse."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.warehouse.connect import read_only

COMMAND = (sys.executable, str(Path(__file__).with_name("small_batches.py")))
DEADLINE = 600.0  # a machine may be busy
# They tell of the loads themselves, so they differ from run to run.
_OF_LOADS = {"etl_load", "fact_load_change"}

Rows = dict[str, list[tuple]]


def report(year: int, companies: int = 40) -> str:
    """A report of a street that is nowhere."""
    return f"""柳塘街道{year}年工作总结
一、经济发展
{year}年，街道财政总收入{year - 1990}.5亿元，比上年增长{year % 9 + 1}.2%。
全年走访企业{companies}家。
二、民生事业
新建口袋公园{year % 7 + 2}个，改造老旧小区{year % 5 + 3}个，惠及居民{year}户。
"""


def put_reports(folder: Path, years: Iterable[int], companies: int = 40) -> Path:
    """Write a report of each year."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        (folder / f"{year}.txt").write_text(report(year, companies), "utf-8")
    return folder


def start(reports: Path, warehouse: Path, workers: int = 1) -> subprocess.Popen[str]:
    """`zhibiao build` in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, *_arguments(reports, warehouse, workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def build(reports: Path, warehouse: Path) -> tuple[int, str]:
    """`zhibiao build` in this process. Returns the exit code and what was printed."""
    result = CliRunner().invoke(app, _arguments(reports, warehouse, 1))
    return result.exit_code, result.output


def _arguments(reports: Path, warehouse: Path, workers: int) -> list[str]:
    chosen = {"--reports": reports, "--warehouse": warehouse, "--workers": workers}
    return ["build", *(str(word) for pair in chosen.items() for word in pair)]


def rows(warehouse: Path) -> Rows:
    """All rows of all tables that tell of the reports; every byte of them is read."""
    with read_only(warehouse) as con:
        tables = [name for (name,) in con.sql("select table_name from duckdb_tables()").fetchall()]
        return {
            name: con.sql(f"select * from {name} order by all").fetchall()  # noqa: S608
            for name in sorted(set(tables) - _OF_LOADS)
        }


def build_kind(warehouse: Path) -> str:
    """How the last load built the file."""
    with read_only(warehouse) as con:
        found = con.sql("select arg_max(build_kind, load_no) from etl_load").fetchall()
    return str(found[0][0])


def litter(warehouse: Path) -> list[str]:
    """What stands in the folder of the warehouse and was not left there on purpose."""
    beside = {warehouse.name, f".{warehouse.name}.lock", f".{warehouse.name}.staging"}
    staging = warehouse.with_name(f".{warehouse.name}.staging")
    return [
        *(path.name for path in warehouse.parent.iterdir() if path.name not in beside),
        *(
            str(path.relative_to(staging))
            for path in staging.rglob("*")
            if path.name.startswith(".") or path.suffix == ".part"
        ),
    ]


def until(condition: Callable[[], object], what: str) -> None:
    """Wait for something that must come about.

    Raises:
        TimeoutError: it did not in time.
    """
    end = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.002)

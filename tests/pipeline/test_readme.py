"""What the READMEs show is what the commands answer."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import takewhile
from pathlib import Path
from statistics import mean

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.warehouse.connect import read_only
from pipelines.warehouse.relation import plain_decimal

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
# A command over one or more indented lines, then the table that it prints.
_SHOWN = re.compile(r'zhibiao query (\S+) "\n(.*?)"\n\n((?:\|[^\n]*\n)+)', re.DOTALL)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the reports in seeds/reports."""
    target = tmp_path_factory.mktemp("samples") / "w.duckdb"
    arguments = ["build", "--reports", str(ROOT / "seeds" / "reports"), "--warehouse", str(target)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return target


def cells(line: str, edge: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip(edge).split(edge)]


@pytest.mark.parametrize("readme", READMES)
def test_a_query_gives_the_table_that_is_shown(readme: str, samples: Path):
    shown = _SHOWN.findall((ROOT / readme).read_text("utf-8"))
    assert len(shown) == 3
    for _, sql, table in shown:
        head, _, *rows = (cells(line, "|") for line in table.splitlines())
        result = CliRunner().invoke(app, ["query", str(samples), sql], env={"COLUMNS": "300"})
        assert result.exit_code == 0, result.output
        got = [cells(line, "│") for line in result.output.splitlines() if line.startswith("│")]
        (names,) = (line for line in result.output.splitlines() if line.startswith("┃"))
        assert (cells(names, "┃"), got) == (head, rows)


@pytest.mark.parametrize("readme", READMES)
def test_the_lines_for_a_notebook_print_what_is_shown(readme: str):
    first = "    from pathlib import Path\n"
    _, _, rest = (ROOT / readme).read_text("utf-8").partition(first)
    imports, loop, shown, *_ = (first + rest).split("\n\n")
    code = re.sub(r"(?m)^    ", "", f"{imports}\n{loop}\n")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [line.strip() for line in shown.splitlines()]


def table_below(text: str, head: str) -> list[list[str]]:
    """The rows of the table whose heading begins so."""
    _, _, rest = text.partition(f"\n{head}")
    lines = rest.splitlines()[2:]
    return [cells(line, "|") for line in takewhile(lambda line: line.startswith("|"), lines)]


@pytest.mark.parametrize("readme", READMES)
def test_the_passage_becomes_the_rows_that_are_shown(readme: str, samples: Path):
    shown = table_below((ROOT / readme).read_text("utf-8"), "| indicator | measure |")
    sql = (
        "select indicator, measure, plain(value), unit, modifier, coalesce(scope, ''), "
        "period_label, status, quote, char_start || '–' || char_end from mart_observation "
        "where file_name = 'zhanongkou-2023h1.txt' and indicator = '财政总收入' "
        "order by char_start"
    ).replace("plain(value)", plain_decimal("value"))
    with read_only(samples) as con:
        found = [list(row) for row in con.sql(sql).fetchall()]
    assert len(shown) == 5
    assert [row for row in found if row in shown] == shown


FLOORS = tomllib.loads((ROOT / "tests" / "golden" / "floors.toml").read_text("utf-8"))
# The sets of the table, and what its columns are called where the floors are kept.
SETS = ("samples", "reports", "excerpts", "authored")
COLUMNS = (
    "detection_f1", "value", "measure", "period", "indicator", "subject", "strict_f1", "panel_f1",
)  # fmt: skip


@pytest.mark.parametrize("readme", READMES)
def test_no_more_accuracy_is_claimed_than_tests_keep(readme: str):
    """tests/golden/test_golden.py scores the sets and fails below these floors."""
    text = (ROOT / readme).read_text("utf-8")
    (shown,) = (
        rows
        for head in ("| reports | observations |", "| 报告 | 观测")
        if (rows := table_below(text, head))
    )
    assert len(shown) == len(SETS)
    for name, (_, _, *figures) in zip(SETS, shown, strict=True):
        for column, figure in zip(COLUMNS, figures, strict=True):
            assert float(figure) <= FLOORS[name][column] + 0.0006, f"{name}, {column}"


def test_what_unseen_reports_give_is_what_the_first_runs_gave():
    text = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
    runs = [row for row in table_below(text, "| set | observations |") if row[0][:5] == "fresh"]
    strict, panel = ([float(row[place]) for row in runs] for place in (3, 4))
    figures = (
        min(strict), max(strict), mean(strict), mean(strict[-3:]), min(panel), max(panel),
    )  # fmt: skip
    said = [f"{figure:.2f}" for figure in figures]
    number = {15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen"}[len(runs)]
    english, chinese = ((ROOT / readme).read_text("utf-8") for readme in READMES)
    for text, start in ((english, f"On {number} fresh sets"), (chinese, "各只运行一次")):
        _, _, rest = text.partition(start)
        assert re.findall(r"\d\.\d\d", rest)[: len(said)] == said

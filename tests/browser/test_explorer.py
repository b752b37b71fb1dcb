"""The explorer in Chromium: clicks, links, languages, a new file under it, hostile reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_server import Seen, build, chosen, click_row, serving
from playwright.sync_api import expect

STREET = (
    "东沙街道2023年工作总结\n一、经济运行情况\n"
    "2023年，街道实现财政总收入6.8亿元，同比增长7.1%，增速全区第五。走访企业86家。\n"
)
HOSTILE = (
    "西山街道2023年工作总结![x](https://evil.example/a.png)<b>\n"
    "<img src=https://evil.example/b.png onerror=\"document.title='broken'\">"
    "\u202e实现财政总收入3亿元:material/home:。\n" + "<i>甲" * 1_250_000 + "走访企业77家。\n"
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("explorer")
    return build(home / "r", {"street.txt": STREET, "hostile.txt": HOSTILE}, home / "w.duckdb")


@pytest.fixture(scope="module")
def address(file: Path) -> Iterator[str]:
    with serving(file) as at:
        yield at


def test_from_the_front_page_to_a_sentence_in_one_click(seen: Seen, address: str):
    page = seen.page
    page.goto(address)
    expect(page.get_by_text("Headline figures")).to_be_visible()
    page.get_by_label("Region, indicator or report contains").fill("东沙")
    page.keyboard.press("Enter")
    click_row(page, 0, 0)
    expect(chosen(page)).to_have_text("6.8亿元")
    expect(chosen(page)).to_be_in_viewport()
    expect(page.get_by_role("cell", name="财政总收入", exact=True)).to_be_visible()
    assert "/report?obs=" in page.url


def test_text_and_table_lead_to_each_other(seen: Seen, address: str):
    page = seen.page
    page.goto(f"{address}/report?lang=en")
    page.get_by_label("report").click()
    page.get_by_role("option", name="street.txt").click()
    page.locator(".text .m", has_text="7.1%").click()
    expect(page.get_by_role("heading", name="7.1%")).to_be_visible()
    expect(page.get_by_role("cell", name="growth")).to_be_visible()
    click_row(page, 0, 0)
    expect(chosen(page)).to_have_text("6.8亿元")
    page.locator(".text .m", has_text="一").first.click()
    expect(page.get_by_text("list number")).to_be_visible()
    mark = page.locator(".text .m", has_text="86家")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="86家")).to_be_visible()
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(chosen(page)).to_have_text("86家")


def test_a_mark_that_moves_under_the_pointer_is_picked(seen: Seen, address: str):
    page = seen.page
    page.goto(f"{address}/report?lang=en")
    page.get_by_label("report").click()
    page.get_by_role("option", name="street.txt").click()
    mark = page.locator(".text .m", has_text="7.1%")
    mark.hover()
    page.mouse.down()
    mark.evaluate("mark => { mark.closest('.text').style.paddingTop = '9em'; }")
    page.mouse.up()
    expect(page.get_by_role("heading", name="7.1%")).to_be_visible()
    page.locator(".text .m", has_text="第五").evaluate("mark => mark.click()")  # a screen reader
    expect(page.get_by_role("heading", name="第五")).to_be_visible()


def test_the_language_stays_from_page_to_page(seen: Seen, address: str):
    page = seen.page
    page.goto(address)
    expect(page.get_by_text("Headline figures")).to_be_visible()
    page.get_by_role("radio", name="中文").click()
    expect(page.get_by_role("heading", name="主要指标")).to_be_visible()
    page.get_by_role("link", name="质量").click()
    expect(page.get_by_role("heading", name="有多少数值是对的")).to_be_visible()


def test_a_mark_of_a_chart_leads_to_its_sentence(seen: Seen, address: str):
    page = seen.page
    page.goto(f"{address}/indicator?code=fiscal_revenue_total&lang=en")
    bars = page.locator("[data-testid=stVegaLiteChart]").nth(1).locator("path[aria-label]")
    bars.first.click()
    expect(chosen(page)).to_be_visible()
    assert "/report?obs=" in page.url


def test_a_hostile_report_is_text(seen: Seen, address: str):
    page = seen.page
    page.goto(f"{address}/report?lang=en")
    page.get_by_label("report").click()
    page.get_by_role("option", name="hostile.txt").click()
    mark = page.locator(".text .m", has_text="3亿元")
    expect(mark).to_be_visible()
    mark.click()
    expect(page.get_by_role("heading", name="3亿元")).to_be_visible()
    assert page.locator(".text img, .text i, .text b").count() == 0
    assert page.locator("img[src*=evil]").count() == 0
    assert "broken" not in page.title()
    assert "\u202e" not in page.content()


def test_a_file_that_is_published_is_shown_by_the_next_click(
    seen: Seen, address: str, file: Path, tmp_path: Path
):
    page = seen.page
    page.goto(f"{address}/?lang=en")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("2")
    more = {"a.txt": STREET, "b.txt": STREET.replace("2023", "2024"), "c.txt": STREET + "完。\n"}
    os.replace(build(tmp_path / "r", more, tmp_path / "new.duckdb"), file)  # noqa: PTH105
    page.get_by_role("link", name="Quality").click()
    expect(page.get_by_role("heading", name="How many figures are right")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("3")

"""The explorer in Chromium: clicks, links, languages, a new file under it, hostile reports."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from pipelines.cli import app

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "artifacts" / "explorer"
_PATIENCE = 60_000  # milliseconds: the machine may be busy
STREET = (
    "东沙街道2023年工作总结\n一、经济运行情况\n"
    "2023年，街道实现财政总收入6.8亿元，同比增长7.1%，增速全区第五。走访企业86家。\n"
)
HOSTILE = (
    "西山街道2023年工作总结![x](https://evil.example/a.png)<b>\n"
    "<img src=https://evil.example/b.png onerror=\"document.title='broken'\">"
    "\u202e实现财政总收入3亿元:material/home:。\n" + "<i>甲" * 1_250_000 + "走访企业77家。\n"
)
# Streamlit looks for its server below the address of a page before it looks where it is.
_EXPECTED = ("/_stcore/health", "/_stcore/host-config")


def build(folder: Path, reports: dict[str, str], target: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, "utf-8")
    arguments = ["build", "--reports", str(folder), "--warehouse", str(target), "--workers", "1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return target


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("explorer")
    return build(home / "r", {"street.txt": STREET, "hostile.txt": HOSTILE}, home / "w.duckdb")


@pytest.fixture(scope="module")
def address(file: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "zhibiao", "explore", str(file), "--no-browser"]
    with subprocess.Popen([*command, "--port", str(port)], cwd=ROOT) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(health: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if requests.get(health, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise TimeoutError(health)


class Seen:
    """What a page asked for, and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page, self.asked, self.said = page, [], []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message) -> None:
        if message.type == "error" and not message.location["url"].endswith(_EXPECTED):
            self.said.append(message.text)


@pytest.fixture
def seen(chromium: Browser, address: str) -> Iterator[Seen]:
    page = chromium.new_page(viewport={"width": 1400, "height": 1000}, locale="en-US")
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    seen = Seen(page)
    yield seen
    outside = [url for url in seen.asked if not url.startswith((address, f"blob:{address}"))]
    page.close()
    assert outside == []
    assert seen.said == []


def click_row(page: Page, table: int, row: int) -> None:
    """Click a row of a table that is drawn, below its head of one row."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    drawn = page.locator("[data-testid=stDataFrame] .dvn-scroller").nth(table)
    drawn.click(position={"x": 90, "y": 35 * row + 52})


def chosen(page: Page):
    return page.locator(".text .m[aria-current]")


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
    page.get_by_label("Report").click()
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
    page.get_by_label("Report").click()
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
    expect(page.get_by_role("heading", name="数字的去向")).to_be_visible()


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
    page.get_by_label("Report").click()
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
    expect(page.get_by_role("heading", name="Checks of this load")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("3")

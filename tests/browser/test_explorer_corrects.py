"""The explorer beside the folder of its reports: the map, and a correction that stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_server import Seen, build, chosen, click_row, pick, serving, settled
from playwright.sync_api import expect

PROVINCE = (
    "浙江省2024年政府工作报告\n一、2023年工作回顾\n"
    "2023年，全省生产总值81000亿元，同比增长6%。新增城镇就业116万人。\n"
)
OTHER = PROVINCE.replace("浙江", "山西").replace("81000", "26000")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("corrects")
    build(home / "reports", {"zj.txt": PROVINCE, "sx.txt": OTHER}, home / "w.duckdb")
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home / "w.duckdb", "--reports", str(home / "reports")) as at:
        yield at


def test_a_province_on_the_map_leads_to_its_sentence(seen: Seen, address: str):
    page = seen.page
    page.goto(f"{address}/indicator?code=gdp&lang=en")
    expect(page.get_by_role("heading", name="Map of provinces")).to_be_visible()
    province = page.locator("[data-testid=stVegaLiteChart] path[aria-label*='山西省']").last
    province.click()
    expect(chosen(page)).to_have_text("26000亿元")


def test_a_figure_that_is_corrected_stays_corrected_until_the_text_changes(
    seen: Seen, address: str, home: Path
):
    page = seen.page
    page.goto(f"{address}/search?q=浙江新增城镇就业&lang=en")
    click_row(page, 0, 0)
    expect(page.get_by_role("heading", name="116万人")).to_be_visible()
    settled(page)
    page.get_by_text("Correct this figure").click()
    pick(page, "field", "value")
    page.get_by_label("What it should say").fill("1180000")
    page.get_by_label("Why").fill("misprint")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_text("Kept. The next load applies it")).to_be_visible()

    build(home / "reports", {}, home / "w.duckdb")
    page.reload()
    expect(page.get_by_text("1,180,000 人")).to_be_visible()
    expect(page.get_by_text("1160000 → 1180000 (applied)")).to_be_visible()

    changed = PROVINCE.replace("116万人", "117万人")
    build(home / "reports", {"zj.txt": changed}, home / "w.duckdb")
    page.goto(f"{address}/quality?show=corrections&lang=en")
    expect(page.get_by_role("heading", name="Corrections")).to_be_visible()
    expect(page.get_by_text("1 of the corrections do not fit this load")).to_be_visible()

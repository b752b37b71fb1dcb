"""The bundle of docs/superset in Superset and in Chromium: `make superset-test`.

No lane of its own: Superset weighs 0.9 GB and takes a minute to set up. What is cheap to know of
the bundle is in tests/unit/tools/test_superset_bundle.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from superset_server import PASSWORD, ROOT, Superset, serving
from typer.testing import CliRunner

from pipelines.cli import app
from tools.superset_bundle import pack
from tools.superset_dashboard import CHARTS, TITLE

PICTURE = ROOT / "artifacts" / "superset.png"
_PATIENCE = 120_000  # milliseconds: the machine may be busy


def build(reports: Path, target: Path) -> Path:
    result = CliRunner().invoke(
        app, ["build", "--reports", str(reports), "--warehouse", str(target), "--accept-loss"]
    )
    assert result.exit_code == 0, result.output
    return target


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT / "seeds" / "reports", tmp_path_factory.mktemp("w") / "zhibiao.duckdb")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("superset")) as at:
        yield at


@pytest.fixture(scope="module")
def superset(address: str, warehouse: Path) -> Superset:
    """With the bundle brought in."""
    superset = Superset(address)
    bundle = warehouse.with_name("superset.zip")
    pack(bundle, warehouse)
    superset.bring_in(bundle)
    return superset


@pytest.fixture
def page(chromium: Browser, superset: Superset) -> Iterator[Page]:
    """The dashboard, drawn; in the end, no other host was reached and nothing had failed."""
    page = chromium.new_page(viewport={"width": 1600, "height": 2450}, locale="zh-CN")
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    reached: list[str] = []
    failed: list[str] = []

    def finished(request) -> None:
        if not request.url.startswith((superset.address, "data:", "blob:")):
            reached.append(request.url)

    def answered(response) -> None:
        if response.status >= 400:
            failed.append(f"{response.status} {response.url}")

    page.on("requestfinished", finished)
    # What the policy of superset_config.py stops was not sent.
    page.on("requestfailed", lambda one: None if one.failure == "csp" else finished(one))
    page.on("response", answered)
    page.on("pageerror", lambda error: failed.append(str(error)))
    # An answer that was under way when somebody signs in would sign them out: it sets the session.
    page.goto(f"{superset.address}/login/", wait_until="networkidle")
    page.locator("input[type=text]").fill("admin")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/welcome/**")
    page.goto(f"{superset.address}/superset/dashboard/zhibiao/")
    drawn(page)
    yield page
    page.close()
    assert reached == []
    assert failed == []


def drawn(page: Page) -> None:
    """Wait until every chart is drawn."""
    expect(page.locator("[data-test=slice-container]")).to_have_count(len(CHARTS))
    expect(page.locator(".loading, [data-test=loading-indicator]")).to_have_count(0)


def at_rest(page: Page) -> bytes:
    """A picture of the page when nothing moves on it any more: bars grow into their places."""
    before, now = None, page.screenshot()
    while now != before:
        page.wait_for_timeout(1000)
        before, now = now, page.screenshot()
    return now


def shown(page: Page, title: str):
    """A chart of the dashboard."""
    return page.locator(f'[data-test-chart-name="{title}"]')


def test_every_chart_has_rows(superset: Superset):
    charts = superset.charts()
    assert set(charts) == {chart.title for chart in CHARTS}
    rows = {title: superset.rows(number) for title, number in charts.items()}
    assert [title for title, found in rows.items() if not found] == []
    assert rows["报告"] == [{"报告数": 5}]
    level = {"地区时期": "采荷街道\n2024年", "指标": "财政总收入", "亿元": 15}
    assert level in rows["财政与税收（亿元）"]
    assert rows["增速排行（同比，%）"][0] == {
        "地区指标": "望江街道 税收收入 2017年1—9月",
        "增速": 57.97,
    }
    assert "力争突破9亿元" in {row["目标"] for row in rows["目标与结果"]}
    assert "单位与指标不符" in {row["原因"] for row in rows["存疑的数值"]}


def test_columns_say_in_chinese_what_they_are(superset: Superset):
    (number,) = (
        found["id"]
        for found in superset.get("dataset/?q=(page_size:100)")["result"]
        if found["table_name"] == "指标序列"
    )
    columns = superset.get(f"dataset/{number}")["result"]["columns"]
    words = {column["column_name"]: column["description"] for column in columns}
    assert words["日期"] == "时期末日"
    assert all(words.values())


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("create table x (i integer)", "DML"),
        ("insert into main.etl_load select * from main.etl_load", "DML"),
        ("select * from read_csv('/etc/passwd')", "disabled by configuration"),
        ("attach '/tmp/other.duckdb' as other", "disabled by configuration"),
        ("set enable_external_access = true", "the configuration has been locked"),
    ],
)
def test_nobody_writes_or_reads_other_files(superset: Superset, sql: str, reason: str):
    assert reason in superset.refusal(sql)


def test_the_dashboard_is_drawn_in_chinese(page: Page):
    expect(page.get_by_text(TITLE).first).to_be_visible()
    for chart in CHARTS:
        expect(shown(page, chart.title)).to_be_visible()
        if chart.kind == "echarts_timeseries_bar":
            expect(shown(page, chart.title).locator("canvas").first).to_be_visible()
    expect(shown(page, "观测值")).to_contain_text("313")
    expect(shown(page, "目标与结果").locator("th").first).to_contain_text("地区")
    expect(shown(page, "目标与结果").get_by_text("力争突破9亿元")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(at_rest(page))


def test_a_region_that_is_chosen_filters_every_chart(page: Page):
    page.get_by_role("combobox").first.click()
    page.get_by_title("浙江省/杭州市/上城区/采荷街道").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="应用过滤器").click()
    expect(shown(page, "报告")).to_contain_text("1份报告")
    drawn(page)
    targets = shown(page, "目标与结果").locator("tbody tr")
    expect(targets.first).to_contain_text("采荷街道")
    expect(targets.filter(has_text="下沙街道")).to_have_count(0)


def test_the_next_look_after_a_publish_sees_the_new_load(
    superset: Superset, warehouse: Path, tmp_path: Path
):
    (tmp_path / "a.txt").write_text(
        "东沙街道2023年工作总结\n2023年实现财政总收入6.8亿元。\n", "utf-8"
    )
    build(tmp_path, warehouse)
    assert superset.rows(superset.charts()["报告"]) == [{"报告数": 1}]

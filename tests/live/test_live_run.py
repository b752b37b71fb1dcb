"""A whole unattended installation: the sensor sees a file, a run loads it, the pages show it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests
from dagster_server import Dagster, dagster, until
from playwright.sync_api import Browser, Page, expect

from pipelines.warehouse import sqlfiles
from pipelines.warehouse.connect import read_only

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "reports"
_PATIENCE = 120_000  # milliseconds: the machine may be busy
ARTIFACTS = ROOT / "artifacts" / "dagster"
SMALL = "东沙街道2024年工作总结\n一、经济运行情况\n2024年，街道实现财政总收入7.4亿元。\n"


@dataclass
class Site:
    """The installation, and the folders that it works on."""

    folder: Path
    told: list[dict[str, str]] = field(default_factory=list)  # what the webhook was told

    def __post_init__(self) -> None:
        self.reports = self.folder / "reports"
        self.words = self.folder / "words"
        self.warehouse = self.folder / "out" / "zhibiao.duckdb"
        self.dagster = Dagster("")

    def published(self, warehouse: Path | None = None) -> set[str]:
        """The reports that the published file holds."""
        with read_only(warehouse or self.warehouse) as con:
            rows = con.sql("select distinct file_name from mart_observation").fetchall()
        return {name for (name,) in rows}

    def sensed(self, number: int) -> str:
        """How the run ends that the conditions ask for as their `number`th."""

        def look() -> str | None:
            runs = list(self.dagster.runs(sensor_name="reports_automation"))
            return runs[0] if len(runs) == number else None

        return self.dagster.ended(until(look, f"run {number} of automation"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Webserver and daemon over the samples but one; a webhook that listens."""
    site = Site(tmp_path_factory.mktemp("live"))
    shutil.copytree(SEEDS, site.reports, ignore=shutil.ignore_patterns("caihe*"))
    site.words.mkdir()
    (site.words / "words.csv").write_text("term\n企业\n", "utf-8")
    home = site.folder / "home"
    home.mkdir()
    ARTIFACTS.mkdir(parents=True, exist_ok=True)

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            site.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Hook) as hook:
        listening = threading.Thread(target=hook.serve_forever)
        listening.start()
        settings = {
            "ZHIBIAO_REPORTS": str(site.reports),
            "ZHIBIAO_WAREHOUSE": str(site.warehouse),
            "ZHIBIAO_ALLOWED_ROOTS": str(site.folder),
            "ZHIBIAO_DICTIONARIES": str(site.words),
            "ZHIBIAO_WORKERS": "1",
            "ZHIBIAO_WATCH_SECONDS": "1",
            "ZHIBIAO_WEBHOOK_URL": f"http://127.0.0.1:{hook.server_port}/",
        }
        try:
            with dagster(home, ARTIFACTS, settings) as site.dagster:
                yield site
        finally:
            hook.shutdown()
            listening.join()


@pytest.fixture(scope="module")
def failed(site: Site) -> str:
    """A run from the launchpad that has no folder to read, launched before all else."""
    until(lambda: site.dagster.ticks("failed_run"), "the first look for failed runs")
    return site.dagster.launch(reports=str(site.folder / "away"))


def test_another_site_cannot_launch_a_run(site: Site, failed: str):
    site.dagster.ended(failed)
    mutation = """mutation { launchRun(executionParams: {selector: {jobName: "load_reports",
        repositoryLocationName: "zhibiao", repositoryName: "__repository__"}, runConfigData: {}})
        { __typename } }"""
    forged = {"Host": "evil.example", "Origin": "http://evil.example"}
    for method in ("GET", "POST"):
        answer = requests.request(
            method,
            f"{site.dagster.address}/graphql",
            params={"query": mutation},
            headers=forged,
            timeout=30,
        )
        assert answer.status_code == 403
    assert site.dagster.runs().keys() == {failed}


@pytest.fixture(scope="module")
def loaded(site: Site, failed: str) -> Site:
    """Automation was switched on and found what lay there; then a file was dropped."""
    assert site.dagster.runs().keys() == {failed}
    assert not site.warehouse.exists()
    assert site.dagster.switch_on("reports_automation") == "RUNNING"
    assert site.sensed(1) == "SUCCESS"
    assert "caihe-2024.txt" not in site.published()
    shutil.copy(SEEDS / "caihe-2024.txt", site.reports)
    assert site.sensed(2) == "SUCCESS"
    return site


def test_a_dropped_report_is_read_alone_and_published(loaded: Site):
    assert "caihe-2024.txt" in loaded.published()
    assert len(loaded.published()) == 5
    newest, first = loaded.dagster.materialized("documents")
    assert (first["reports"], first["reports_read"]) == (4, 4)
    assert (newest["reports"], newest["reports_read"]) == (5, 1)


def test_a_tick_that_finds_no_change_starts_no_run(loaded: Site):
    before = loaded.dagster.ticks("reports_folder")[0]["tickId"]

    def look() -> dict[str, str] | None:
        newest = loaded.dagster.ticks("reports_folder")[0]
        over = newest["tickId"] != before and newest["status"] != "STARTED"
        return newest if over else None

    tick = until(look, "another tick")
    assert tick["status"] == "SKIPPED"
    assert "Nothing changed" in tick["skipReason"]
    assert len(loaded.dagster.runs(sensor_name="reports_automation")) == 2


@pytest.mark.smoke
def test_the_launchpad_opens_with_what_the_settings_say(page: Page, site: Site):
    page.goto(f"{site.dagster.address}/locations/zhibiao/jobs/load_reports/playground")
    expect(page.get_by_text("No errors")).to_be_visible()
    for line in (f"reports: {site.reports}", "engine: local", "workers: 1", "reread: false"):
        expect(page.get_by_text(line)).to_be_visible()
    picture(page, "launchpad", 240, 0, 1460, 620)


def test_the_webhook_is_told_of_the_failed_run(site: Site, failed: str):
    assert site.dagster.ended(failed) == "FAILURE"
    alert = until(lambda: site.told and site.told[0], "the webhook")
    assert (alert["event"], alert["run_id"]) == ("run_failed", failed)
    assert "away: the folder does not exist" in alert["error"]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    page = chromium.new_page(viewport={"width": 1700, "height": 1300})
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    return page


def picture(page: Page, name: str, x: float, y: float, width: float, height: float) -> None:
    """Keep a part of the page; a page that shows nothing makes a file of a few kilobytes."""
    path = ARTIFACTS / f"{name}.png"
    part = {"x": x, "y": y, "width": width, "height": height}
    page.screenshot(path=path, clip=part, animations="disabled")
    assert path.stat().st_size > 20_000


def test_the_page_of_the_asset_graph_shows_the_flow(loaded: Site, page: Page):
    groups = ("reports_sources", "reports_warehouse")
    expanded = ",".join(f"global@global:{group}" for group in groups)
    page.goto(f"{loaded.dagster.address}/asset-groups?expanded={expanded}")
    for asset in ("report_files", "vocabulary", "dictionaries", "warehouse_build"):
        expect(page.locator("foreignObject").get_by_text(asset, exact=True)).to_be_visible()
    for group in ("reports_staged", "reports_star", "reports_marts"):
        expect(page.locator("foreignObject").get_by_text(group, exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    picture(page, "asset-graph", 580, 390, 1090, 540)


def test_the_page_of_an_asset_plots_its_figures_over_the_runs(loaded: Site, page: Page):
    page.goto(f"{loaded.dagster.address}/assets/reports/warehouse_build")
    page.get_by_text("Plots", exact=True).click()
    for figure in ("unknown percent", "unbound percent", "observations", "seconds"):
        expect(page.get_by_text(figure, exact=True)).to_be_visible()
    page.wait_for_function(
        "() => { const all = [...document.querySelectorAll('canvas')];"
        " return all.length > 0 && all.every(one => one.toDataURL().length > 2000); }"
    )
    picture(page, "asset-plots", 240, 455, 1020, 845)


def test_the_page_of_the_checks_of_a_table_shows_that_all_passed(loaded: Site, page: Page):
    page.goto(f"{loaded.dagster.address}/assets/reports/fact_observation?view=checks")
    checks = [one for one in (*sqlfiles.checks(), *sqlfiles.losses())
              if one.about == "fact_observation"]  # fmt: skip
    expect(page.get_by_text(f"Checks ({len(checks)})")).to_be_visible()
    for check in checks:
        expect(page.get_by_text(check.name, exact=True).first).to_be_visible()
    expect(page.get_by_text("Passed", exact=True).first).to_be_visible()
    assert page.get_by_text("Failed").count() == 0
    picture(page, "asset-checks", 240, 0, 1460, 880)


def test_a_changed_word_list_makes_the_file_stale_until_it_is_loaded(loaded: Site):
    assert loaded.dagster.stale() == {}
    assert loaded.dagster.switch("reports_automation", on=False) == "STOPPED"
    (loaded.words / "words.csv").write_text("term\n企业\n走访\n", "utf-8")
    stale = until(loaded.dagster.stale, "a stale asset")
    assert stale == {"warehouse_build": {"dictionaries has a new data version"}}
    run = loaded.dagster.launch()
    assert loaded.dagster.ended(run) == "SUCCESS"
    assert loaded.dagster.stale() == {}


def test_the_page_of_a_failed_check_shows_its_offenders(loaded: Site, page: Page):
    (loaded.reports / "silent.txt").write_text("东沙街道2025年工作总结\n没有数字。\n", "utf-8")
    run = loaded.dagster.launch()
    assert loaded.dagster.ended(run) == "SUCCESS"
    query = "?view=checks&checkDetail=facts_present"
    page.goto(f"{loaded.dagster.address}/assets/reports/dim_report{query}")
    expect(page.get_by_text("sql/checks/facts_present.sql").first).to_be_visible()
    expect(page.get_by_text("offenders", exact=True)).to_be_visible()
    page.get_by_text("[Show Markdown]").first.click()
    expect(page.get_by_role("dialog").get_by_text("silent.txt")).to_be_visible()
    picture(page, "failed-check", 240, 0, 1460, 880)


def test_the_history_of_another_folder_is_loaded_from_the_launchpad(loaded: Site):
    history, warehouse = loaded.folder / "history", loaded.folder / "history.duckdb"
    history.mkdir()
    (history / "2024.txt").write_text(SMALL, "utf-8")
    run = loaded.dagster.launch(reports=str(history), warehouse=str(warehouse), reread=True)
    assert loaded.dagster.ended(run) == "SUCCESS"
    assert loaded.published(warehouse) == {"2024.txt"}
    assert len(loaded.published()) == 5

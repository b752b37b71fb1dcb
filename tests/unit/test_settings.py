"""Settings come from the environment, and a bad one is told by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipelines.errors import SettingsError
from pipelines.settings import Settings, load_settings, staging_of
from tools.settings_table import settings_table


def test_defaults_point_to_the_sample_reports():
    settings = load_settings()
    assert (settings.reports / "reports.csv").is_file()
    assert settings.workers >= 1


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIBIAO_REPORTS", "/somewhere")
    monkeypatch.setenv("ZHIBIAO_WORKERS", "3")
    assert load_settings().reports == Path("/somewhere")
    assert load_settings().workers == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHIBIAO_WORKERS", "many"),
        ("ZHIBIAO_WORKERS", "0"),
        ("ZHIBIAO_LOCK_WAIT", "-1"),
        ("ZHIBIAO_MEMORY_LIMIT", "lots"),
        ("ZHIBIAO_ENGINE", "spark"),
        ("ZHIBIAO_SEGMENTER", "lac"),
        ("ZHIBIAO_TIMEZONE", "Asia/Nowhere"),
        ("ZHIBIAO_WATCH_SECONDS", "0"),
        ("ZHIBIAO_WEBHOOK_URL", "hooks.example.org"),
    ],
)
def test_a_bad_value_is_told_by_its_variable(name, value, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} is {value}"):
        load_settings()


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        load_settings().workers = 9


def test_staging_lies_beside_the_warehouse_and_is_hidden():
    assert staging_of(Path("a/b.duckdb")) == Path("a/.b.duckdb.staging")


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIBIAO_WEBHOOK_URL", "")
    assert load_settings().webhook_url is None


def test_the_table_of_settings_is_the_written_one():
    written = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
    assert written == settings_table(), "run `make settings`"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described_in_both_languages(name: str):
    (line,) = [
        line for line in settings_table().splitlines() if f"`ZHIBIAO_{name.upper()}`" in line
    ]
    _, _, _, zh, en, _ = (cell.strip() for cell in line.split("|"))
    assert zh.endswith("。")
    assert en.endswith(".")

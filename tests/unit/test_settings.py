"""Settings come from the environment, and a bad one is told by its name."""

from __future__ import annotations

import traceback
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
    ],
)
def test_a_bad_value_is_told_by_its_variable(name, value, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} is {value}"):
        load_settings()


def test_names_of_columns_may_stand_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "columns.txt").write_text("text=报告内容\n\nregion = 所属地\n", "utf-8")
    monkeypatch.setenv("ZHIBIAO_COLUMNS", str(tmp_path / "columns.txt"))
    assert load_settings().columns == "text=报告内容,region = 所属地"
    monkeypatch.setenv("ZHIBIAO_COLUMNS", str(tmp_path / "none.txt"))
    with pytest.raises(SettingsError, match=r"ZHIBIAO_COLUMNS is .*none\.txt"):
        load_settings()


@pytest.mark.parametrize(
    "value",
    [
        "hooks.example.org/T0KEN",
        "htp://hooks.example.org/T0KEN",
        "https://[T0KEN",
        "https:///?T0KEN",
    ],
)
def test_a_secret_is_not_shown_even_where_it_cannot_be_used(
    value: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ZHIBIAO_WEBHOOK_URL", value)
    with pytest.raises(SettingsError, match=r"ZHIBIAO_WEBHOOK_URL cannot be used: .*URL") as raised:
        load_settings()
    assert "T0KEN" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None
    with pytest.raises(ValidationError) as raised:
        Settings()
    assert "T0KEN" not in str(raised.value)


def test_settings_do_not_show_the_webhook(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIBIAO_WEBHOOK_URL", "https://hooks.example.org/T0KEN")
    assert "T0KEN" not in repr(load_settings())


def test_lists_are_read_as_in_a_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("ZHIBIAO_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setenv("ZHIBIAO_WAREHOUSE", str(tmp_path / "out" / "w.duckdb"))
    monkeypatch.setenv("ZHIBIAO_ALLOWED_ROOTS", f"{tmp_path / 'a'}:{tmp_path / 'b'}:")
    monkeypatch.setenv("ZHIBIAO_PAGE_HOSTS", "Dagster.example.org, other.example.org")
    settings = load_settings()
    assert settings.page_hosts == ("dagster.example.org", "other.example.org")
    assert settings.roots == tuple(tmp_path / name for name in ("out", "reports", "a", "b"))


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

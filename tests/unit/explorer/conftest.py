"""A small warehouse, and the explorer over it without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from typer.testing import CliRunner

import pipelines.explorer
from pipelines.cli import app

REPORTS = {
    "2022.txt": (
        "东沙街道2022年工作总结\n一、经济运行情况\n"
        "2022年，街道实现财政总收入6.1亿元，同比增长5.2%，增速全区第七。\n"
        "二、2023年工作计划\n2023年，力争财政总收入突破6.5亿元。\n"
    ),
    "2023.txt": (
        "东沙街道2023年工作总结\n一、经济运行情况\n"
        "2023年，街道实现财政总收入６.8亿元，同比增长7.1%，增速全区第五。走访企业86家。\n"
        "户籍人口412户。\n"
    ),
    "hostile.txt": (
        "西山街道2023年工作总结![x](https://evil.example/a.png)\n"
        "<img src=https://evil.example/b.png onerror=alert(1)>\u202e实现财政总收入3亿元:smile:。\n"
    ),
    "damaged.txt": "",
}


def build(reports: dict[str, str], folder: Path, target: Path) -> Path:
    """Publish these reports."""
    folder.mkdir(exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, "utf-8")
    arguments = ["build", "--reports", str(folder), "--warehouse", str(target), "--workers", "1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (0, 3), result.output
    return target


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("explorer")
    return build(REPORTS, home / "reports", home / "w.duckdb")


@pytest.fixture
def explore(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page by its address; nothing on it may fail."""
    script = Path(pipelines.explorer.__file__).parent / "app.py"

    def run(page: str = "", file: Path = warehouse, **params: str) -> AppTest:
        monkeypatch.setenv("ZHIBIAO_WAREHOUSE", str(file))
        at = AppTest.from_file(str(script), default_timeout=60)
        if page:
            # `switch_page` finds pages that are files alone; this is what it does with them.
            at._page_hash = calc_hash(page)
        for name, value in params.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception, at.exception
        return at

    return run

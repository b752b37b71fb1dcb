"""A small warehouse, and the explorer over it without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from explorer_reports import REPORTS, build
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import pipelines.explorer


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

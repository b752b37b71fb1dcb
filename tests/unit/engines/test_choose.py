"""Which engine a name gives, and what is said where it cannot be had."""

from __future__ import annotations

import sys

import pytest

from pipelines.engines.choose import engine_of
from pipelines.engines.local import LocalEngine
from pipelines.errors import EngineMissingError
from pipelines.settings import EngineName


def test_local_is_a_pool_of_this_machine():
    assert engine_of(EngineName.local, 3, None, "1GB") == LocalEngine(3)


def test_dask_is_imported_only_when_chosen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "pipelines.engines.dask", raising=False)
    engine_of(EngineName.local, 1, None, "1GB")
    assert "pipelines.engines.dask" not in sys.modules


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "pipelines.engines.dask", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineMissingError, match=r"pip install 'zhibiao\[dask\]'"):
        engine_of(EngineName.dask, 1, None, "1GB")

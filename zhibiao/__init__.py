"""Zhibiao (指标) under the name that it is installed by: `from zhibiao import parse_text`.

A thin alias: the code is in `pipelines`, which says what is offered.
"""

from importlib.util import find_spec

from pipelines import *  # noqa: F403
from pipelines import __all__ as __all__


def __getattr__(name: str) -> object:
    """`zhibiao.ReportCorpus`, as Dagster knows the component: loaded when it is asked for."""
    if name == "ReportCorpus":
        from pipelines.components import ReportCorpus  # noqa: PLC0415  (most programs need none)

        return ReportCorpus
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """What there is; `dg list components` looks here."""
    return [*globals(), "ReportCorpus"] if find_spec("dagster") else [*globals()]

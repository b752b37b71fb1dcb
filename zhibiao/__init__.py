"""Zhibiao (指标) under the name that it is installed by: `from zhibiao import parse_text`.

A thin alias: the code is in `pipelines`, which says what is offered.
"""

from pipelines import *  # noqa: F403
from pipelines import __all__ as __all__

"""What readers need of the published file to correct it: a figure, the queue, gold of a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.bilingual import Both
from pipelines.errors import WarehouseError
from pipelines.warehouse.ask import ask

_FIGURE = """
select observation.*, report.report_sha256
from mart_observation as observation
inner join dim_report as report on observation.report_key = report.report_key
where observation.observation_key = ?
"""
_CONFIRMED = """
select distinct file_name from etl_correction
where correction_state = 'confirmed' order by file_name
"""
_GOLD = """
select
    char_start as "start", char_end as "end", quote, value, unit, modifier, measure, indicator,
    indicator_code as code, subject, scope, cast(period_start as varchar) as period_start,
    cast(period_end as varchar) as period_end, status, false as optional
from mart_observation where file_name = ? order by char_start
"""
_ALL = 1_000_000


def figure(path: Path, key: int) -> dict[str, object]:
    """An observation with the digest of its report.

    Raises:
        WarehouseError: the file cannot be read, or has no such observation.
    """
    found = ask(path, _FIGURE, [key]).rows.to_dicts()
    if not found:
        raise WarehouseError(
            path,
            Both(f"there is no observation {key}", f"没有观测 {key}"),
            Both(
                "Take observation_key of mart_observation.",
                "请用 mart_observation 的 observation_key。",
            ),
        )
    return found[0]


def gold(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each report that a reader confirmed, with its figures as gold files have them."""
    for name in ask(path, _CONFIRMED, rows=_ALL).rows["file_name"]:
        yield name, ask(path, _GOLD, [name], rows=_ALL).rows.to_dicts()

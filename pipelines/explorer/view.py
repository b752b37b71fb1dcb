"""What the pages share: safe words, tables whose rows lead to their sentence, the way there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from pipelines.errors import ZhibiaoError
from pipelines.explorer.words import lang, said, t
from pipelines.pages.labels import CORRECTION_STATES, DOUBTS, MEASURES, REFUSALS, STATUSES, label
from pipelines.pages.marks import shown

_DIGIT, _SHORT = 9, 6  # pixels of a digit; digits that fit into any column
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object) -> str:
    """Any text for a place that reads Markdown: nothing in it is markup, an image or a formula."""
    return _MARKDOWN.sub(r"\\\1", " ".join(shown(str(text)).split()))


def guarded(page: Callable[[], None]) -> Callable[[], None]:
    """The page; where the file cannot answer it, one line that says why and what to do."""

    def run() -> None:
        try:
            page()
        except ZhibiaoError as error:
            st.error(plain(said(error)), icon=":material/error:")

    run.__name__ = page.__module__.rpartition(".")[2]
    return run


def go_to(name: str, **params: str) -> None:
    """Leave for another page."""
    st.switch_page(st.session_state["pages"][name], query_params={**params, "lang": lang()})


def open_figure(key: str) -> None:
    """Leave for the sentence of an observation."""
    go_to("report", obs=key)


def nothing(frame: pl.DataFrame) -> bool:
    """Whether there is nothing to show; if so, the page says it."""
    if frame.is_empty():
        st.info(t("empty"))
    return frame.is_empty()


def table(frame: pl.DataFrame, heads: Mapping[str, str], name: str, *, leads: str = "key") -> None:
    """Rows for people; one that is selected leads to its sentence.

    Args:
        frame: the rows.
        heads: the columns to show, with their headings.
        name: tells the table from others of the page.
        leads: the column with the observation that a row leads to, as text.
    """
    if nothing(frame):
        return
    if leads not in frame.columns:
        _drawn(frame, heads, name)
    elif (row := choose(frame, heads, name)) is not None and (key := frame[leads][row]):
        open_figure(str(key))


def choose(
    frame: pl.DataFrame,
    heads: Mapping[str, str],
    name: str,
    *,
    chosen: int | None = None,
    pick: Callable[[int], None] | None = None,
) -> int | None:
    """Show rows; the number of the one that was clicked, if one was.

    Args:
        frame: the rows, one at least.
        heads: the columns to show, with their headings.
        name: tells the table from others of the page.
        chosen: the row that is chosen at first.
        pick: called with the row that is clicked, before the page is shown again.
    """
    key = f"table-{name}"

    def picked() -> None:
        row = _row(st.session_state[key], frame.height)
        if pick and row is not None:
            pick(row)

    drawn = options(frame, heads, name)
    rows = [] if chosen is None else [chosen]
    event = st.dataframe(
        **drawn,
        key=key,
        on_select=picked if pick else "rerun",
        selection_mode=["single-row", "single-cell"],
        selection_default={"selection": {"rows": rows}},
    )
    return None if pick else _row(event, frame.height)


def _row(event: Any, height: int) -> int | None:
    """The row that was clicked: by one of its cells, or by its box."""
    selection = event["selection"]
    rows = [row for row, _ in selection["cells"]] or selection["rows"]
    return rows[0] if rows and rows[0] < height else None


def _drawn(frame: pl.DataFrame, heads: Mapping[str, str], name: str) -> None:
    st.dataframe(**options(frame, heads, name))


def options(frame: pl.DataFrame, heads: Mapping[str, str], name: str) -> dict[str, Any]:
    """What a table is drawn with: the rows for people, and how its columns look.

    Args:
        frame: the rows.
        heads: the columns to show, with their headings.
        name: what it is, for those who do not see it.
    """
    view = for_people(frame, heads)
    numbers = [column for column, kind in view.schema.items() if kind.is_numeric()]
    config = {
        column: st.column_config.NumberColumn(format="localized", width=_width(view[column]))
        for column in numbers
    }
    return {
        "data": view,
        "hide_index": True,
        "column_config": config,
        "placeholder": "",
        "alt": name,
    }


def _width(numbers: pl.Series) -> int | None:
    """Pixels for the longest number, which would lose its first digits; None where all are short.

    Streamlit measures the first rows alone.
    """
    largest = numbers.abs().max()
    digits = len(f"{largest:,.0f}") if isinstance(largest, int | float) else 0
    return _DIGIT * (digits + 4) if digits > _SHORT else None


def for_people(frame: pl.DataFrame, heads: Mapping[str, str]) -> pl.DataFrame:
    """The columns of `heads` under their headings: numbers that sort, closed lists in words."""
    return frame.select(
        _for_people(name, frame.schema[name]).alias(head)
        for name, head in heads.items()
        if name in frame.columns
    )


_LABELS = {
    "measure": MEASURES,
    "status": STATUSES,
    "doubt": DOUBTS,
    "reason": REFUSALS,
    "correction_state": CORRECTION_STATES,
}


def _for_people(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Decimal):
        return column.cast(pl.Float64)
    if name in _LABELS:
        words = {key: label(_LABELS[name], key, lang()) for key in _LABELS[name]}
        return column.replace(words)
    return column

"""A console for SQL that only reads, with the worked questions of sql/queries/."""

from __future__ import annotations

import streamlit as st

from pipelines.bilingual import Lang
from pipelines.errors import QueryError
from pipelines.explorer.data import fit, warehouse
from pipelines.explorer.view import plain
from pipelines.explorer.words import lang, said, t
from pipelines.warehouse import sqlfiles
from pipelines.warehouse.ask import ROWS, SECONDS, ask
from pipelines.warehouse.spreadsheets import as_csv


def page() -> None:
    """Ask the file in SQL."""
    worked = {one.name: one.sql for one in sqlfiles.statements("queries")}
    names = {"": t("own"), **{name: _question(sql) for name, sql in worked.items()}}
    name = st.selectbox(
        t("query"),
        ["", *worked],
        format_func=names.__getitem__,
        key="worked",
    )
    text = st.text_area("SQL", value=worked.get(name, ""), height=260, key=f"sql-{name}")
    st.caption(plain(t("limits", f"{ROWS:,}", f"{SECONDS:g}")))
    if not st.button(t("run"), type="primary") or not text.strip():
        return
    try:
        answer = ask(warehouse(), text)
    except QueryError as error:
        st.code(said(error), language=None)
        return
    st.caption(plain(t("rows_n", f"{answer.rows.height:,}") + (" …" if answer.cut else "")))
    st.dataframe(fit(answer.rows), hide_index=True)
    st.download_button(t("download"), as_csv(answer.rows), "zhibiao.csv", "text/csv")


def _question(sql: str) -> str:
    """What a worked question asks, in the language of the session: its first or second line."""
    line = sql.splitlines()[0 if lang() == Lang.zh else 1]
    return line.removeprefix("--").strip()

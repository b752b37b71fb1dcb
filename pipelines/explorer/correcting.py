"""Correcting a figure on the page of its report: a line for corrections.csv beside the reports.

Only this module of the explorer writes anything, and only that file. Who may is for the file system
to say.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from pipelines.bilingual import system
from pipelines.errors import LineError
from pipelines.explorer.data import rows
from pipelines.explorer.view import plain
from pipelines.explorer.words import said, t
from pipelines.frames.corrections import FIELDS, FILE_NAME, Correction, append, text_of
from pipelines.settings import load_settings

_MADE = """
select corrected_field, was_text, becomes_text, corrected_by, correction_state, correction_reason
from etl_correction where observation_key = ? order by line_no
"""
_DIGEST = "select report_sha256 from dim_report where report_key = ?"


def correcting(figure: Mapping[str, Any]) -> None:
    """Show what was corrected in a figure, and a form to correct it, if the folder is there."""
    _made(rows(_MADE, int(figure["key"])))
    folder = load_settings().reports
    if not folder.is_dir():
        return
    with st.expander(t("correct")), st.form(f"correct-{figure['key']}"):
        field = st.selectbox(t("field"), list(FIELDS))
        becomes = st.text_input(t("becomes"))
        reason = st.text_input(t("why"))
        if st.form_submit_button(t("keep")):
            _keep(figure, field, becomes.strip(), reason.strip())
        st.caption(plain(t("corrections_at", folder / FILE_NAME)))


def _keep(figure: Mapping[str, Any], field: str, becomes: str, reason: str) -> None:
    digest = rows(_DIGEST, figure["report_key"])["report_sha256"][0]
    correction = Correction(
        line_no=0,
        report_sha256=digest,
        char_start=figure["char_start"],
        char_end=figure["char_end"],
        field=field,
        was=text_of(figure.get(field)),
        becomes=becomes,
        reason=reason,
        corrected_by=getpass.getuser(),
        corrected_on=datetime.now(UTC).date(),
    )
    try:
        append(load_settings().reports / FILE_NAME, correction)
    except LineError as error:
        st.error(plain(said(error)))
    except OSError as error:
        st.error(plain(said(system(error))))
    else:
        st.success(plain(t("kept")))


def _made(made: pl.DataFrame) -> None:
    """The corrections of the figure, with what it said before."""
    lines: Sequence[Mapping[str, Any]] = made.to_dicts()
    for one in lines:
        said = f"{one['was_text'] or '–'} → {one['becomes_text'] or '–'}"
        who = f"{one['corrected_by']}: {one['correction_reason']}"
        st.info(plain(f"{one['corrected_field']}: {said} ({one['correction_state']}) {who}"))

"""The script that Streamlit runs: language, navigation, and the page that was asked for."""

from __future__ import annotations

import streamlit as st

from pipelines.bilingual import Lang
from pipelines.explorer import indicator, quality, region, report, search, sql, start
from pipelines.explorer.view import guarded, plain
from pipelines.explorer.words import lang, t
from pipelines.settings import load_settings

# Without icons: Streamlit would fetch them from another host for the tab of the browser.
_PAGES = {
    "start": start.page,
    "report": report.page,
    "indicator": indicator.page,
    "region": region.page,
    "quality": quality.page,
    "search": search.page,
    "sql": sql.page,
}
# Pages whose title begins with a capital, and the heading of a column of that name does not.
_NAMED_ALIKE = {"report", "indicator", "region"}


def main() -> None:
    """Show the page of the address in the language of the session."""
    st.set_page_config(page_title="Zhibiao 指标", layout="wide")
    _language()
    pages = {
        name: st.Page(
            guarded(page),
            title=t(f"{name}_page" if name in _NAMED_ALIKE else name),
            url_path="" if name == "start" else name,
            default=name == "start",
        )
        for name, page in _PAGES.items()
    }
    st.session_state["pages"] = pages
    chosen = st.navigation(list(pages.values()))
    with st.sidebar:
        st.segmented_control(
            t("language"),
            [Lang.zh.value, Lang.en.value],
            format_func={"zh": "中文", "en": "English"}.__getitem__,
            default=lang(),
            key="language",
            on_change=_choose,
        )
        st.caption(plain(load_settings().warehouse.name))
    chosen.run()


def _language() -> None:
    """The language of the link, of the session, or else of the browser."""
    asked = st.query_params.get("lang")
    if asked in list(Lang):
        st.session_state["lang"] = asked
    elif "lang" not in st.session_state:
        own = st.context.locale or Lang.zh.value
        st.session_state["lang"] = Lang.zh.value if own.startswith("zh") else Lang.en.value


def _choose() -> None:
    if chosen := st.session_state["language"]:
        st.session_state["lang"] = chosen
        st.query_params["lang"] = chosen


main()

"""The marked text of a report as a part of a page that answers which mark was clicked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from pipelines.explorer.text import Block
from pipelines.explorer.words import lang
from pipelines.pages.marks import shown

_HERE = Path(__file__).parent


@cache
def _component() -> Any:
    return st.components.v2.component(
        "zhibiao_marked_text",
        html='<div class="text" tabindex="0" role="document"></div>',
        css=(_HERE / "marked.css").read_text("utf-8"),
        js=(_HERE / "marked.js").read_text("utf-8"),
    )


def marked_text(
    blocks: Sequence[Block],
    marks: Sequence[tuple[str, str]],
    chosen: int | None,
    pick: Callable[[int], None],
    name: str,
) -> None:
    """Show a text.

    Args:
        blocks: the paragraphs.
        marks: of each mark its classes and what it is, in words.
        chosen: the mark to stand at.
        pick: called with the index of a mark that is clicked, before the page is shown again.
        name: tells the text from others, so that a late click is not taken for one on another.
    """
    key = f"marked-{name}"

    def picked() -> None:
        mark = getattr(st.session_state[key], "picked", None)
        if isinstance(mark, int) and 0 <= mark < len(marks):
            pick(mark)

    data = {
        "blocks": [
            {
                "heading": block.is_heading,
                "pieces": [[shown(piece.text), piece.mark] for piece in block.pieces],
            }
            for block in blocks
        ],
        "marks": [list(mark) for mark in marks],
    }
    stamp = hashlib.sha256(json.dumps([data, lang()]).encode()).hexdigest()
    _component()(
        key=key,
        data={**data, "stamp": stamp, "chosen": -1 if chosen is None else chosen},
        on_picked_change=picked,
    )

"""Who made what is exported, under which licence, and how to cite it.

What belongs here: what `CITATION.cff` says, read once. Its forms in a data package or in a
Croissant description are the business of those.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_HERE = Path(__file__).resolve().parents[1]
# A wheel carries the file inside the package; a checkout has it beside the package.
_PACKAGED = _HERE / "_data" / "CITATION.cff"
_FILE = _PACKAGED if _PACKAGED.is_file() else _HERE.parent / "CITATION.cff"
_PAGE = "https://spdx.org/licenses/{}.html"


class Citation(NamedTuple):
    """What a reader has to know to cite."""

    title: str
    authors: tuple[str, ...]
    version: str
    year: str
    licence: str
    keywords: tuple[str, ...]

    @property
    def licence_page(self) -> str:
        """The address of the text of the licence."""
        return _PAGE.format(self.licence)

    @property
    def text(self) -> str:
        """As a list of references has it."""
        authors = ", ".join(self.authors)
        return f"{authors} ({self.year}). {self.title}, version {self.version}. {self.licence}."

    @property
    def bibtex(self) -> str:
        """As an entry of BibTeX."""
        fields = {
            "author": " and ".join(f"{{{name}}}" for name in self.authors),
            "title": f"{{{self.title}}}",
            "year": self.year,
            "version": self.version,
        }
        lines = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{zhibiao, {lines}}}"


@cache
def citation() -> Citation:
    """What `CITATION.cff` says."""
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return Citation(
        title=found["title"],
        authors=tuple(author["name"] for author in found["authors"]),
        version=str(found["version"]),
        year=str(found["date-released"])[:4],
        licence=found["license"],
        keywords=tuple(found["keywords"]),
    )

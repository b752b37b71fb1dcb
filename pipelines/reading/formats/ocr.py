"""Pages that are pictures: their characters recognized, where the extra `ocr` is installed.

Its model comes with the package: nothing is fetched. A digit that is not sure is a damaged place,
for a wrong figure is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import NamedTuple

from pipelines.reading.columns import Extent
from pipelines.reading.formats.aligned import Lined, Piece

_DOTS = 150  # an inch
_SURE = 0.85  # below it, digits are not taken
_HEIGHT = 0.75  # of a box: the height of its characters
_DIGITS = re.compile(r"\d+")


class Box(NamedTuple):
    """A piece of text in a picture; in points from the left and from the top."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    sure: float  # 0 to 1

    @property
    def middle(self) -> float:
        """Halfway down."""
        return (self.top + self.bottom) / 2


def is_there() -> bool:
    """Whether the extra is installed."""
    return all(map(find_spec, ("pypdfium2", "rapidocr_onnxruntime")))


def pages(data: bytes) -> Iterator[tuple[float, list[Lined]]]:
    """Yield the height of each page of a PDF file, and its lines."""
    import pypdfium2  # noqa: PLC0415  (400 MB, for the few files that need it)
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415

    reader = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    scale = 72 / _DOTS
    pdf = pypdfium2.PdfDocument(data)
    try:
        for page in pdf:
            picture = page.render(scale=1 / scale, grayscale=False).to_numpy()
            found, _ = reader(picture, use_cls=False)
            boxes = [
                Box(
                    text,
                    min(x for x, _ in corners) * scale,
                    max(x for x, _ in corners) * scale,
                    min(y for _, y in corners) * scale,
                    max(y for _, y in corners) * scale,
                    float(sure),
                )
                for corners, text, sure in found or ()
            ]
            yield float(page.get_height()), lines_of(boxes)
            page.close()
    finally:
        pdf.close()


def lines_of(boxes: list[Box]) -> list[Lined]:
    """The lines of a page: boxes that stand beside each other, from top to bottom."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: one.middle):
        row = rows[-1] if rows else None
        height = box.bottom - box.top
        if row and box.middle - row[0].middle < height / 2:
            row.append(box)
        else:
            rows.append([box])
    made: list[Lined] = []
    for row in rows:
        size = _HEIGHT * sorted(box.bottom - box.top for box in row)[len(row) // 2]
        pieces = tuple(
            Piece(_sure(box), Extent(box.left, box.right))
            for box in sorted(row, key=lambda one: one.left)
        )
        made.append(Lined(len(made), pieces, min(box.top for box in row), size))
    return made


def _sure(box: Box) -> str:
    if box.sure >= _SURE:
        return box.text
    return _DIGITS.sub(lambda match: "\ufffd" * len(match[0]), box.text)

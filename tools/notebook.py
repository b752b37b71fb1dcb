"""Run a Jupyter notebook and keep what its cells show: `python -m tools.notebook FILE`.

Without Jupyter: the cells run in this process, one after another, as a reader would run them. A
chart is kept as a picture, for pages that run no script, and as its specification.
"""

from __future__ import annotations

import ast
import io
import json
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

Output = dict[str, Any]


def run(notebook: Path, folder: Path) -> dict[str, Any]:
    """The notebook with what its cells show now.

    Args:
        notebook: the file.
        folder: where its cells run; paths in them are relative to it.

    Raises:
        Exception: whatever a cell raises.
    """
    content: dict[str, Any] = json.loads(notebook.read_text("utf-8"))
    known: dict[str, Any] = {"__name__": "__main__"}
    count = 0
    with chdir(folder):
        for cell in content["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                cell["execution_count"] = count
                cell["outputs"] = list(_outputs("".join(cell["source"]), known, count))
    return content


def _outputs(code: str, known: dict[str, Any], count: int) -> Iterator[Output]:
    printed = io.StringIO()
    with redirect_stdout(printed):
        value = _value(ast.parse(code), known)
    if printed.getvalue():
        lines = printed.getvalue().splitlines(keepends=True)
        yield {"name": "stdout", "output_type": "stream", "text": lines}
    if value is not None:
        yield {
            "data": _shown(value),
            "execution_count": count,
            "metadata": {},
            "output_type": "execute_result",
        }


def _value(tree: ast.Module, known: dict[str, Any]) -> object:
    """What the last line of a cell comes to, where it is an expression."""
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "cell", "exec"), known)  # noqa: S102  (our own cells)
        return None
    tree.body.pop()
    exec(compile(tree, "cell", "exec"), known)  # noqa: S102
    return eval(compile(ast.Expression(last.value), "cell", "eval"), known)  # noqa: S307


def _shown(value: object) -> Output:
    if isinstance(value, alt.TopLevelMixin):
        chart = value.to_dict()
        png = vl_convert.vegalite_to_png(chart)
        return {"image/png": b64encode(png).decode(), "application/vnd.vegalite.v6+json": chart}
    html = getattr(value, "_repr_html_", None)
    plain: Output = {"text/plain": repr(value).splitlines(keepends=True)}
    return {"text/html": html().splitlines(keepends=True), **plain} if html else plain


def main() -> None:
    """Write the notebook of the first argument anew."""
    path = Path(sys.argv[1])
    shown = run(path, path.parent)
    path.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

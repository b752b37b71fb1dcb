"""Small JSON files that say whether they are whole, for what is kept between runs.

A checksum stands in the first line. A file that was cut short or damaged, or that another version
wrote, is as good as none: who reads it does its work again and comes to the same end.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipelines.bilingual import system
from pipelines.errors import StagingError


def seal(path: Path, form: str, data: object) -> None:
    """Write `data` to `path`, whole or not at all.

    Args:
        path: the file; its folder exists.
        form: names the layout of `data`; whoever changes the layout changes the name.
        data: anything that JSON can hold.

    Raises:
        StagingError: the file cannot be written.
    """
    # Escaped: the path of a file may hold bytes that are no Unicode.
    body = json.dumps(data).encode()
    work = path.with_name(f"{path.name}.part")
    try:
        work.write_bytes(_head(form, body) + body)
        work.replace(path)
    except OSError as error:
        raise StagingError(path, system(error)) from error
    finally:
        work.unlink(missing_ok=True)


def unseal(path: Path, form: str) -> Any:
    """What `seal` wrote in that form, or None where there is nothing to be trusted."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, _, body = content.partition(b"\n")
    return json.loads(body) if head + b"\n" == _head(form, body) else None


def _head(form: str, body: bytes) -> bytes:
    return f"{form} {hashlib.sha256(body).hexdigest()}\n".encode()

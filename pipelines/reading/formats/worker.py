"""The process that reads foreign formats: `python -m pipelines.reading.formats.worker`.

It gets files on standard input and answers on standard output; it may die of any of them, and the
process that started it goes on. Here no library reaches the network, starts a program or changes a
file: each attempt is an error in that library. `apart` is the other end.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import struct
import sys
from typing import Any, BinaryIO

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading.document import Anchor, Cell, Document, Grid, Refused
from pipelines.reading.formats import registry
from pipelines.reading.formats.limits import Limits

_LENGTH = struct.Struct(">Q")
_DETAIL = 300  # characters of an error that a refusal quotes
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove",
    "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "os.chown", "shutil.",
)  # fmt: skip


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook of this process.

    Raises:
        PermissionError: a reader wants what no reader needs.
    """
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = (isinstance(mode, str) and bool(set(mode) & set("wax+"))) or bool(flags & _WRITING)
        if writes and arguments[0] != os.devnull:
            raise PermissionError("a reader of reports writes no file")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader of reports may not: {event}")


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while header := source.read(_LENGTH.size):
        request = source.read(_LENGTH.unpack(header)[0])
        data, file_name, limits, seconds, memory = pickle.loads(request)  # noqa: S301  (our parent)
        _allow(seconds, memory)
        answer = json.dumps(_answer(data, file_name, limits)).encode("utf-8", "surrogatepass")
        sink.write(_LENGTH.pack(len(answer)) + answer)
        sink.flush()


def _allow(seconds: float, memory: int) -> None:
    """So much more processor time, and so much memory, may this process take."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard)
    )
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _answer(data: bytes, file_name: str, limits: Limits) -> dict[str, Any]:
    found: list[Any] = []
    try:
        for one in registry.read(data, file_name, limits):
            found.append(pack(one))
    except DocumentError as error:
        return {"error": [error.reason, *_texts(error.detail)]}
    except MemoryError:
        return {"error": ["too_large", *_texts(_MEMORY)]}
    except RecursionError:
        return {"error": ["damaged", *_texts(_NESTED)]}
    except Exception as error:  # a library met what it was not made for: the file is not whole
        why = f"{type(error).__name__}: {error}"[:_DETAIL]
        detail = Both(f"it cannot be read ({why}).", f"无法读取（{why}）。")
        return {"error": ["damaged", *_texts(detail)]}
    return {"found": found}


_MEMORY = Both(
    "reading it takes more memory than ZHIBIAO_FORMAT_MEMORY allows. Split it, or raise that.",
    "读取所需内存超过 ZHIBIAO_FORMAT_MEMORY。请拆分，或调高该设置。",
)
_NESTED = Both("its parts are nested too deeply to be read.", "各部分嵌套过深，无法读取。")


def _texts(said: Both) -> list[str]:
    return [str(said), said.zh]


def pack(one: Document | Refused) -> dict[str, Any]:
    """A document as JSON takes it."""
    if isinstance(one, Refused):
        return {"refused": [one.part, one.reason, *_texts(one.detail)]}
    return {
        "raw": one.raw,
        "format": one.format,
        "encoding": one.encoding,
        "part": one.part,
        "anchors": one.anchors,
        "grids": one.grids,
        "damaged": one.damaged,
        "title": one.title,
        "region": one.region,
        "year": one.year,
        "published_on": one.published_on and one.published_on.isoformat(),
        "source_url": one.source_url,
        "named": one.named,
        "agency": one.agency,
    }


def unpack(one: dict[str, Any]) -> Document | Refused:
    """The document that `pack` made JSON of."""
    if "refused" in one:
        part, reason, *texts = one["refused"]
        return Refused(part, reason, Both(*texts))
    from datetime import date  # noqa: PLC0415

    day = one.pop("published_on")
    return Document(
        **{
            **one,
            "anchors": tuple(Anchor(*anchor) for anchor in one["anchors"]),
            "grids": tuple(
                Grid(start, end, tuple(Cell(*cell) for cell in cells))
                for start, end, cells in one["grids"]
            ),
        },
        published_on=date.fromisoformat(day) if day else None,
    )


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    sys.addaudithook(guard)
    main(sys.stdin.buffer, answers)

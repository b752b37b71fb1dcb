"""Files of any format read safely: foreign formats in a process of their own, which may die.

One such process serves the process that it belongs to, file after file, and is started again when
a file was its end. What it does is in `worker`.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from time import monotonic

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading.document import Document, Refused
from pipelines.reading.formats import legacy, registry
from pipelines.reading.formats.limits import Limits
from pipelines.reading.formats.worker import unpack
from pipelines.settings import Settings, load_settings

_LENGTH = struct.Struct(">Q")
# Times of the clock for one of the processor: a process that waits for nothing is never so slow.
_PATIENCE = 10


def read_file(data: bytes, file_name: str) -> Iterator[Document | Refused]:
    """Yield the reports of a file of any format.

    Args:
        data: the whole file.
        file_name: its name, for messages and for what the bytes leave open.

    Raises:
        DocumentError: nothing of it can be read.
    """
    form = registry.format_of(data, file_name)
    if form.name == "text":
        yield registry.read_text(data, file_name)
        return
    settings = load_settings()
    if not form.apart:
        yield from registry.read(data, file_name, limits_of(settings))
        return
    if form.name == "doc":
        data = legacy.to_docx(data, file_name, settings.format_seconds)
    for one in _READER.ask(data, file_name, settings):
        yield (
            replace(one, format="doc") if form.name == "doc" and isinstance(one, Document) else one
        )


def limits_of(settings: Settings) -> Limits:
    """How much one file may ask for."""
    return Limits(
        settings.max_unpacked_bytes,
        settings.max_pages,
        settings.max_members,
        columns=settings.columns or "",
    )


class _Reader:
    """The process that reads foreign formats, started when it is first asked."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0  # the process that started it: a fork of that one may not talk to it
        self._lock = threading.Lock()

    def ask(self, data: bytes, file_name: str, settings: Settings) -> list[Document | Refused]:
        """What the process reads in a file.

        Raises:
            DocumentError: it refuses the file, or dies of it.
        """
        seconds = settings.format_seconds
        request = pickle.dumps(
            (data, file_name, limits_of(settings), seconds, int(settings.format_memory))
        )
        with self._lock:
            process = self._running()
            try:
                answer = _exchange(process, request, monotonic() + seconds * _PATIENCE)
            except TimeoutError:
                self.close()
                raise _too_slow(file_name, seconds) from None
            except (EOFError, OSError):
                self.close()
                if process.returncode == -signal.SIGXCPU:
                    raise _too_slow(file_name, seconds) from None
                end = _end(process.returncode)
                raise DocumentError(
                    file_name,
                    "reader_died",
                    Both(
                        f"the program that reads such files died of it ({end}). "
                        "Save the file again, in another format if need be, and try again.",
                        f"读取此类文件的程序因它中断（{end.zh}）。"
                        "请重新保存，必要时换一种格式，再试一次。",
                    ),
                ) from None
        said = json.loads(answer.decode("utf-8", "surrogatepass"))
        if "error" in said:
            reason, *texts = said["error"]
            raise DocumentError(file_name, reason, Both(*texts))
        return [unpack(one) for one in said["found"]]

    def _running(self) -> subprocess.Popen[bytes]:
        process = self._process
        if process is None or process.poll() is not None or self._owner != os.getpid():
            process = subprocess.Popen(
                [sys.executable, "-m", "pipelines.reading.formats.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # Ctrl-C is the business of the process that it serves
            )
            self._process, self._owner = process, os.getpid()
        return process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with suppress(OSError):
            process.kill() if process.poll() is None else None
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


_READER = _Reader()
atexit.register(_READER.close)


def _exchange(process: subprocess.Popen[bytes], request: bytes, until: float) -> bytes:
    """Send a request and wait for its answer.

    Raises:
        EOFError: the process is gone.
        OSError: it does not take the request.
        TimeoutError: it does not answer in time.
    """
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(_LENGTH.pack(len(request)) + request)
    process.stdin.flush()
    handle = process.stdout.fileno()
    (length,) = _LENGTH.unpack(_bytes(process, handle, _LENGTH.size, until))
    return _bytes(process, handle, length, until)


def _bytes(process: subprocess.Popen[bytes], handle: int, count: int, until: float) -> bytes:
    parts = []
    while count:
        ready, _, _ = select.select([handle], [], [], max(until - monotonic(), 0))
        if not ready:
            raise TimeoutError
        part = os.read(handle, min(count, 1 << 20))
        if not part:
            process.wait()
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _too_slow(file_name: str, seconds: float) -> DocumentError:
    detail = Both(
        f"it was not read within {seconds:g} s of the processor. Split it, or raise "
        "ZHIBIAO_FORMAT_SECONDS.",
        f"用了 {seconds:g} 秒处理器时间仍未读完。请拆分，或调高 ZHIBIAO_FORMAT_SECONDS。",
    )
    return DocumentError(file_name, "too_slow", detail)


def _end(code: int | None) -> Both:
    if code is not None and code < 0:
        with suppress(ValueError):
            return Both.quoted(signal.Signals(-code).name)
    return Both(f"exit code {code}", f"退出码 {code}")

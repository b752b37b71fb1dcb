"""Old Word and WPS files (.doc, .wps): LibreOffice, where it is installed, turns them into .docx.

Macros are not run, and what a file links to is not fetched: its settings forbid both. It gets a
home of its own that is removed, and an end if it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from pipelines.bilingual import Both
from pipelines.errors import DocumentError
from pipelines.reading.formats import kinds
from pipelines.reading.formats.limits import damaged

# No macro runs, and what a file only links to is not fetched: all files count as not trusted.
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for name, value in (
            ("DisableMacrosExecution", "true"),
            ("BlockUntrustedRefererLinks", "true"),
            ("DisableActiveContent", "true"),
            ("MacroSecurityLevel", "3"),
        )
    )
    + "</oor:items>"
)
_PROGRAMS = ("soffice", "libreoffice")


def converter() -> str | None:
    """The path of LibreOffice, if it is installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def to_docx(data: bytes, file_name: str, seconds: float) -> bytes:
    """The same text as a .docx file.

    Args:
        data: the bytes of a .doc or .wps file.
        file_name: for messages.
        seconds: that the conversion may take, by the clock.

    Raises:
        DocumentError: reason `converter_missing`, `damaged` or `too_slow`.
    """
    program = converter()
    if program is None:
        raise DocumentError(
            file_name,
            "converter_missing",
            Both(
                "to read an old Word or WPS file, LibreOffice is needed. Install it (apt-get "
                "install libreoffice-writer), or save the file as .docx, and try again.",
                "读取旧版 Word 或 WPS 文件需要 LibreOffice。请安装（apt-get install "
                "libreoffice-writer），或将文件另存为 .docx，再试一次。",
            ),
        )
    with tempfile.TemporaryDirectory(prefix="zhibiao-") as home:
        source = Path(home) / "report.doc"
        source.write_bytes(data)
        settings = Path(home) / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        command = [
            program,
            f"-env:UserInstallation=file://{home}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            home,
            str(source),
        ]
        process = subprocess.Popen(  # noqa: S603  (a program of the system, a file of our own)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env={"PATH": os.environ.get("PATH", ""), "HOME": home, "LANG": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise DocumentError(
                file_name,
                "too_slow",
                Both(
                    f"LibreOffice did not convert it within {seconds:g} s. Save it as .docx.",
                    f"LibreOffice 在 {seconds:g} 秒内没有转换完。请另存为 .docx。",
                ),
            ) from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise damaged(
                file_name,
                kinds.OLD_WORD,
                Both("LibreOffice made nothing of it", "LibreOffice 没有转换出内容"),
            )
        return made.read_bytes()

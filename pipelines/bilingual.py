"""What the project says to people, in English and Chinese, and which of them is shown.

A message is written once, where it is made, with both texts side by side: `Both("…", "…")`. It is
a `str` of the English, so files, JSON, logs and Dagster always have that; the command line shows
the language that was chosen. Labels of closed lists are in `pages/labels.py`, columns in the
glossary of sql/.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Protocol

SWITCH: Final = "ZHIBIAO_LANG"
# What POSIX asks, in its order.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


class Lang(StrEnum):
    """The languages that people are spoken to in."""

    zh = "zh"
    en = "en"


class Said(Protocol):
    """What can be shown in both languages: `str` of it is the English."""

    @property
    def zh(self) -> str:
        """The Chinese."""
        ...


class Both(str):
    """An English text that has its Chinese with it."""

    zh: str

    def __new__(cls, en: str, zh: str) -> Both:
        """Both texts; each says the same, with the same facts in it."""
        self = super().__new__(cls, en)
        self.zh = zh
        return self

    def __reduce__(self) -> tuple[type[Both], tuple[str, str]]:
        """As workers send it."""
        return Both, (str(self), self.zh)

    @classmethod
    def quoted(cls, text: object) -> Both:
        """What others say, a library or the system: the same in both languages."""
        return cls(str(text), str(text))


# What the system says most often; the rest is quoted.
_SYSTEM: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许此操作",
    errno.EEXIST: "文件已存在",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "这不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过大小上限",
    errno.EROFS: "文件系统只读",
    errno.EMFILE: "打开的文件过多",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "符号链接层数过多",
    errno.EIO: "读写出错",
}


def system(error: OSError) -> Both:
    """What the system refused, without the number of the error."""
    en = error.strerror or str(error)
    if error.strerror is None and error.args and isinstance(error.args[0], Both):
        return error.args[0]
    return Both(en, _SYSTEM.get(error.errno or 0, en))


class _Choice:
    """The language of this process: English until another is chosen."""

    lang = Lang.en


def choose(lang: Lang | None, environment: Mapping[str, str]) -> None:
    """Choose the language of this process.

    Args:
        lang: the one that was asked for, or None for that of the locale.
        environment: of the process. A locale that is not Chinese means English.
    """
    if lang is None:
        locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
        lang = Lang.zh if locale.lower().startswith("zh") else Lang.en
    _Choice.lang = lang


def chosen() -> Lang:
    """The language of this process."""
    return _Choice.lang


def shown(text: Said) -> str:
    """A message in the language of this process."""
    return in_lang(text, _Choice.lang)


def in_lang(text: Said, lang: str) -> str:
    """A message in one language.

    Args:
        text: the message.
        lang: zh, or en for anything else.
    """
    return text.zh if lang == Lang.zh else str(text)

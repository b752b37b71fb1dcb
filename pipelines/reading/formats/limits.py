"""What the settings say of a file, and the refusals that all formats share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from pipelines.bilingual import Both
from pipelines.errors import DocumentError


class Limits(NamedTuple):
    """What one file may ask for, and how its columns are named."""

    unpacked_bytes: int = 200_000_000  # of all that a file holds, unpacked
    pages: int = 2_000
    members: int = 5_000  # files of an archive, rows of a table of reports
    depth: int = 3  # archives in archives
    columns: str = ""  # of tables of reports: text=报告内容,region=所属地


DEFAULT = Limits()

# What messages call a file of each format.
Kind = Literal[
    "text file",
    "web page",
    "saved page",
    "Markdown file",
    "Word file",
    "old Word file",
    "RTF file",
    "PDF file",
    "Excel file",
    "Parquet file",
    "table",
    "table of reports",
    "zip file",
]
CHINESE: Final[Mapping[Kind, str]] = {
    "text file": "文本文件",
    "web page": "网页",
    "saved page": "网页存档",
    "Markdown file": "Markdown 文件",
    "Word file": "Word 文件",
    "old Word file": "旧版 Word 文件",
    "RTF file": "RTF 文件",
    "PDF file": "PDF 文件",
    "Excel file": "Excel 文件",
    "Parquet file": "Parquet 文件",
    "table": "表格",
    "table of reports": "报告表",
    "zip file": "zip 文件",
}


def damaged(file_name: str, kind: Kind, error: Exception | Both) -> DocumentError:
    """The refusal of a file that is not what its first bytes promise.

    Args:
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        error: what the library says.
    """
    why = error
    if isinstance(why, Exception):
        why = Both.quoted(" ".join(str(why).split())[:200] or type(why).__name__)
    return DocumentError(
        file_name,
        "damaged",
        Both(
            f"the {kind} cannot be read ({why}). Save it again and try again.",
            f"{CHINESE[kind]}无法读取（{why.zh}）。请重新保存后再试。",
        ),
    )


def encrypted(file_name: str, kind: Kind) -> DocumentError:
    """The refusal of a file behind a password."""
    return DocumentError(
        file_name,
        "encrypted",
        Both(
            f"the {kind} asks for a password. Save it without one.",
            f"{CHINESE[kind]}设有密码。请另存为不加密的文件。",
        ),
    )


def no_text(file_name: str, kind: Kind) -> DocumentError:
    """The refusal of a file without a word."""
    detail = Both(f"there is no text in the {kind}.", f"{CHINESE[kind]}中没有文字。")
    return DocumentError(file_name, "blank", detail)


def too_large(file_name: str, what: Both, setting: str) -> DocumentError:
    """The refusal of a file that unpacks to more than the settings allow.

    Args:
        file_name: its name, for messages and titles.
        what: is too large, in words.
        setting: the variable that sets the limit.
    """
    detail = Both(
        f"{what}. Split the file, or raise {setting}.",
        f"{what.zh}。请拆分文件，或调高 {setting}。",
    )
    return DocumentError(file_name, "too_large", detail)


def missing(file_name: str, kind: Kind, package: str) -> DocumentError:
    """The refusal of a format whose library is not installed.

    Args:
        file_name: its name, for messages and titles.
        kind: what the file should be, in words.
        package: what to install.
    """
    return DocumentError(
        file_name,
        "format_missing",
        Both(
            f"to read a {kind}, {package} is needed. Run pip install 'zhibiao[formats]'.",
            f"读取{CHINESE[kind]}需要 {package}。请运行 pip install 'zhibiao[formats]'。",
        ),
    )

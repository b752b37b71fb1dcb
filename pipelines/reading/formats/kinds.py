"""What messages call a file of each format, in both languages."""

from __future__ import annotations

from typing import Final

from pipelines.bilingual import Both

PAGE: Final = Both("web page", "网页")
SAVED_PAGE: Final = Both("saved page", "网页存档")
MARKDOWN: Final = Both("Markdown file", "Markdown 文件")
WORD: Final = Both("Word file", "Word 文件")
OLD_WORD: Final = Both("old Word file", "旧版 Word 文件")
RTF: Final = Both("RTF file", "RTF 文件")
PDF: Final = Both("PDF file", "PDF 文件")
EXCEL: Final = Both("Excel file", "Excel 文件")
PARQUET: Final = Both("Parquet file", "Parquet 文件")
ZIP: Final = Both("zip file", "zip 文件")

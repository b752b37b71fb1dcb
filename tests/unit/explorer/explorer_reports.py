"""Small reports for the explorer, one of them hostile, one damaged; how they are published."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from pipelines.cli import app

REPORTS = {
    "2022.txt": (
        "东沙街道2022年工作总结\n一、经济运行情况\n"
        "2022年，街道实现财政总收入6.1亿元，同比增长5.2%，增速全区第七。\n"
        "二、2023年工作计划\n2023年，力争财政总收入突破6.5亿元。\n"
    ),
    "2023.txt": (
        "东沙街道2023年工作总结\n一、经济运行情况\n"
        "2023年，街道实现财政总收入６.8亿元，同比增长7.1%，增速全区第五。走访企业86家。\n"
        "户籍人口412户。\n"
    ),
    "hostile.txt": (
        "西山街道2023年工作总结![x](https://evil.example/a.png)\n"
        "<img src=https://evil.example/b.png onerror=alert(1)>\u202e实现财政总收入3亿元:smile:。\n"
    ),
    "damaged.txt": "",
}


def build(reports: dict[str, str], folder: Path, target: Path) -> Path:
    """Publish these reports."""
    folder.mkdir(exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, "utf-8")
    arguments = ["build", "--reports", str(folder), "--warehouse", str(target), "--workers", "1"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (0, 3), result.output
    return target

"""The words of pages in English and Chinese: closed lists, headings, buttons.

What a column of the warehouse is stands in the glossary of sql/; here are the short labels.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from pipelines.bilingual import Lang
from pipelines.text import ledger

MEASURES: Final = {
    "level": ("level", "总量"),
    "change_rate": ("growth", "增速"),
    "change_amount": ("change", "增减量"),
    "share": ("share", "占比"),
    "completion": ("completion", "完成率"),
    "rank": ("rank", "位次"),
    "price": ("price", "单价"),
}
STATUSES: Final = {"actual": ("actual", "实际"), "planned": ("planned", "计划")}
MODIFIERS: Final = {
    "exact": ("exact", "确数"),
    "about": ("about", "约"),
    "nearly": ("nearly", "近"),
    "over": ("over", "超过"),
    "within": ("within", "以内"),
}
DISPOSITIONS: Final[dict[str, tuple[str, str]]] = {
    code: (kind.en, kind.zh) for code, kind in ledger.DISPOSITIONS.items()
}
DOUBTS: Final = {
    "unit_of_measure": ("the unit does not fit the measure", "单位与度量类型不符"),
    "unit_of_indicator": ("the unit does not fit the indicator", "单位与指标不符"),
    "unit_missing": ("the unit is missing", "缺少单位"),
    "period_after_publication": ("the period begins after publication", "时期晚于发布日期"),
    "period_after_report": ("the period is after the report's", "时期晚于报告期"),
    "plan_before_report": ("a plan for a time before the report", "计划的时期早于报告期"),
    "average_of_one_year": ("a yearly average over one year", "一年之内的年均值"),
    "period_too_long": ("the period is longer than fifty years", "时期超过五十年"),
    "value_out_of_range": ("the value is out of range", "数值超出合理范围"),
    "two_values": ("the sentence says two values", "同一句有两个不同数值"),
    "subject_of_country": ("a figure of the whole country", "全国的数字"),
}
REFUSALS: Final = {
    "binary": ("no text", "不是文本"),
    "blank": ("blank", "空白"),
    "changed": ("changed while it was read", "读取时有变化"),
    "converter_missing": ("LibreOffice is missing", "缺少 LibreOffice"),
    "correction": ("corrections.csv", "更正表有误"),
    "damaged": ("damaged", "文件损坏"),
    "duplicate": ("duplicate", "重复"),
    "empty": ("empty", "空文件"),
    "encoding": ("encoding", "编码不明"),
    "encrypted": ("encrypted", "设有密码"),
    "format_missing": ("a library is missing", "缺少组件"),
    "internal_error": ("internal error", "内部错误"),
    "kept": ("the last reading is kept", "保留上次结果"),
    "link": ("a link that leads out", "链接指向外部"),
    "no_text_column": ("no column of text", "没有正文列"),
    "override": ("reports.csv", "报告表有误"),
    "reader_died": ("the reader died", "读取程序中断"),
    "scanned": ("scanned", "扫描件"),
    "too_large": ("too large", "过大"),
    "too_many_numerals": ("too many numerals", "数字过多"),
    "too_slow": ("too slow", "读取过久"),
    "unreadable": ("cannot be opened", "无法打开"),
    "unsupported_format": ("format is not read", "格式不支持"),
}
CORRECTION_STATES: Final = {
    "applied": ("applied", "已应用"),
    "agreed": ("says the same", "与结果一致"),
    "confirmed": ("confirmed", "已确认"),
    "stale": ("stale: the value has changed", "已过时：原值已变"),
    "gone": ("the figure is gone", "数值已不存在"),
    "unknown_report": ("no such report", "没有这份报告"),
    "impossible": ("not possible", "无法应用"),
}
PERIOD_KINDS: Final = {
    "year": ("year", "年"),
    "half": ("half year", "半年"),
    "quarter": ("quarter", "季度"),
    "month": ("month", "月"),
    "year_to_date": ("year to date", "年初至今"),
    "span": ("span", "一段时期"),
    "day": ("day", "日"),
    "unknown": ("unknown", "未知"),
}
LEVELS: Final = {
    "country": ("country", "全国"),
    "province": ("province", "省级"),
    "city": ("city", "地级"),
    "county": ("county", "县级"),
    "township": ("township", "乡级"),
    "unknown": ("unknown", "未知"),
}
WORDS: Final = {
    "annotated": ("Report with its figures marked", "标注了数字的报告"),
    "index": ("All reports", "全部报告"),
    "report_files": ("Reports with their figures marked", "标注了数字的报告"),
    "report": ("report", "报告"),
    "reports": ("reports", "份报告"),
    "file": ("file", "文件"),
    "unsure": ("unsure", "把握不大"),
    "fault": ("a fault of this program; please report it", "程序出错，请报告"),
    "text": ("Text", "正文"),
    "figures": ("Figures", "数字"),
    "others": ("Numerals that are no figure", "不作为数据的数字"),
    "legend": ("Legend", "图例"),
    "region": ("region", "地区"),
    "period": ("period", "时期"),
    "kind": ("kind", "类型"),
    "published": ("published", "发布日期"),
    "no": ("no.", "序号"),
    "quote": ("as written", "原文"),
    "indicator": ("indicator", "指标"),
    "value": ("value", "数值"),
    "measure": ("measure", "度量"),
    "status": ("status", "状态"),
    "subject": ("about", "主体"),
    "scope": ("compared with", "比较范围"),
    "code": ("code", "编码"),
    "confidence": ("confidence", "置信度"),
    "doubt": ("doubt", "存疑"),
    "rule": ("rule", "依据"),
    "reason": ("reason", "原因"),
    "where": ("in", "位置"),
    "none": ("none", "无"),
    "no_figures": ("No figure was found in this report.", "这份报告中没有发现数据。"),
    "to_text": ("to the text", "回到正文"),
    "refused": ("Parts that could not be read", "无法读取的部分"),
    "made_by": ("made by Zhibiao", "由 Zhibiao 指标 生成"),
    "to": ("to", "至"),
}


def label(table: dict[str, tuple[str, str]], key: str | None, lang: str) -> str:
    """The label of a member of a closed list; the member itself where it has none.

    Args:
        table: the labels of a list, Chinese and English.
        key: the member.
        lang: zh or en.
    """
    if key is None:
        return ""
    found = table.get(key)
    return key if found is None else found[lang == Lang.zh]


def word(key: str, lang: str) -> str:
    """A word of the pages."""
    return WORDS[key][lang == Lang.zh]


_STEPS: Final = {
    "page": "第 {} 页",
    "table": "表 {}",
    "row": "行 {}",
    "column": "列 {}",
    "paragraph": "第 {} 段",
    "line": "第 {} 行",
    "footnote": "脚注 {}",
    "endnote": "尾注 {}",
}
_STEP = re.compile(f"({'|'.join(_STEPS)}) ([0-9]+)")
_LOCATOR = re.compile(rf"{_STEP.pattern}(?: {_STEP.pattern})*(?: \([-0-9, ]+\))?")


def located(locator: str, lang: str) -> str:
    """Where in a file something is: `line 9`, 第 9 行; cells and CSS paths are the same in both."""
    if lang != Lang.zh or not _LOCATOR.fullmatch(locator):
        return locator
    return _STEP.sub(lambda step: _STEPS[step[1]].format(step[2]), locator)


_MAGNITUDES: Final = (
    (Decimal(10**12), "万亿"),
    (Decimal(10**8), "亿"),
    (Decimal(10**4), "万"),
)


def number(value: Decimal | None, lang: str) -> str:
    """A value as people write it: 4.55亿 in Chinese, 455,000,000 in English; never rounded."""
    if value is None:
        return ""
    sign = ""
    if lang == Lang.zh:
        for unit, mark in _MAGNITUDES:
            if abs(value) >= unit and value % (unit / 10**4) == 0:
                value, sign = value / unit, mark
                break
    text = f"{value:,f}" if lang == Lang.en else f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + sign

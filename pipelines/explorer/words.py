"""The words of the explorer in English and Chinese, and in which of them it speaks."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pipelines.bilingual import Lang, Said, in_lang
from pipelines.pages.labels import WORDS

EXPLORER: Final = {
    "start": ("Overview", "概览"),
    "report_page": ("Report", "报告"),
    "indicator_page": ("Indicator", "指标"),
    "region_page": ("Region", "地区"),
    "quality": ("Quality", "质量"),
    "search": ("Search", "检索"),
    "sql": ("SQL", "SQL"),
    "language": ("Language", "语言"),
    "reports": ("reports", "报告"),
    "figures_n": ("figures", "数值"),
    "regions": ("regions", "地区"),
    "sentences": ("sentences", "句子"),
    "loaded": ("last load", "最近装载"),
    "headlines": ("Headline figures", "主要指标"),
    "pick_row": (
        "Select a row to stand in the sentence that says it.",
        "选中一行，直达报告中的那一句。",
    ),
    "pick_mark": (
        "Click a mark to stand in the sentence that says it.",
        "点击图中的标记，直达报告中的那一句。",
    ),
    "filter": ("Region, indicator or report contains", "地区、指标或报告包含"),
    "empty": ("Nothing to show here.", "这里没有内容。"),
    "empty_file": (
        "There is no report in this file yet. Put reports into the folder and load them.",
        "文件里还没有报告。请把报告放进文件夹并装载。",
    ),
    "level": ("level", "总量"),
    "growth": ("growth, %", "增速 %"),
    "rank": ("rank", "位次"),
    "rank_in": ("ranked in", "排名范围"),
    "place": ("place among loaded", "已载入地区中的位次"),
    "unit": ("unit", "单位"),
    "year": ("year", "年份"),
    "choose": ("Click a figure in the text, or a row.", "点击正文中的数字，或选中一行。"),
    "no_such": (
        "There is no such figure in this load: {}. Reports or rules may have changed.",
        "本次装载中没有这个数值：{}。报告或规则可能已有变化。",
    ),
    "part": ("Part", "部分"),
    "numeral_none": ("No figure", "不作为数据"),
    "region_level": ("Level of regions", "地区层级"),
    "periods": ("Kind of period", "时期类型"),
    "lines": ("Over the years", "历年"),
    "ranking": ("Regions side by side", "地区对比"),
    "map": ("Map of provinces", "省级地图"),
    "map_note": (
        "A sketch for figures, after the outlines of Apache ECharts 4.9.0 (Apache-2.0): "
        "no map of boundaries. Grey: no figure.",
        "数据示意图，轮廓取自 Apache ECharts 4.9.0（Apache-2.0），不表示准确边界；灰色：没有数值。",
    ),
    "plans": ("Plan and outcome", "计划与完成"),
    "plan": ("plan", "计划"),
    "outcome": ("outcome", "完成"),
    "stated": ("stated", "报告所述"),
    "derived": ("derived from growth", "由增速推算"),
    "all_rows": ("All figures", "全部数值"),
    "themes": ("Themes", "主题"),
    "share_of_text": ("share of the sentences, %", "句子占比 %"),
    "ranks": ("Ranks", "位次"),
    "targets": ("Targets", "目标"),
    "unknown": ("not understood", "未能识别"),
    "unbound": ("without an indicator", "没有指标"),
    "doubts": ("Doubtful figures", "存疑数值"),
    "contradictions": ("Contradictions", "相互矛盾"),
    "coverage": ("What became of the numerals", "数字的去向"),
    "refusals": ("Refused files", "被拒收的文件"),
    "changes": ("What the last load changed", "最近一次装载的变化"),
    "checks": ("Checks of this load", "本次装载的检查"),
    "accuracy": ("How many figures are right", "有多少数值是对的"),
    "expected_right": ("expected to be right", "预计正确"),
    "expected_percent": ("expected to be right, %", "预计正确 %"),
    "trusted": ("at least {} (mart_trusted)", "不低于 {}（mart_trusted）"),
    "accuracy_note": (
        "Confidence is the chance that value, unit, measure, status, period and indicator are all "
        "right; its mean is the share to expect. It was learned on annotated texts: of the newest, "
        "read before any rule was mended on them, {} of {} figures were right ({}).",
        "置信度是数值、单位、度量、状态、时期、指标全部正确的概率，其平均数即预计的正确比例。"
        "它由人工标注的文本学得：最新一批文本首次读取时，{1} 个数值中 {0} 个正确（{2}）。",
    ),
    "look_at": ("Look at", "查看"),
    "corrections": ("Corrections", "更正"),
    "not_applied": (
        "{} of the corrections do not fit this load and were not applied.",
        "有 {} 条更正与本次装载不符，未应用。",
    ),
    "who": ("who", "何人"),
    "when": ("when", "何时"),
    "count": ("number", "数量"),
    "disposition": ("disposition", "去向"),
    "search_for": ("What is sought", "要找什么"),
    "search_hint": (
        "Ask for a figure, such as 浙江2025年粮食产量: the best answers come first.",
        "输入问题，如“浙江2025年粮食产量”，最相关的在前。",
    ),
    "found_cut": ("The first {} are shown.", "只显示前 {} 条。"),
    "query": ("Worked question", "示例问题"),
    "own": ("(your own)", "（自己写）"),
    "run": ("Run", "运行"),
    "rows_n": ("{} rows", "{} 行"),
    "limits": (
        "Read-only: this file and no other, at most {} rows and {} seconds.",
        "只读：只能查询本文件，至多 {} 行、{} 秒。",
    ),
    "file_name": ("file", "文件"),
    "title": ("title", "标题"),
    "sentence": ("sentence", "句子"),
    "first": ("one figure", "一处"),
    "second": ("the other", "另一处"),
    "kind": ("kind", "种类"),
    "detail": ("detail", "说明"),
    "section": ("section", "章节"),
    "old": ("before", "原值"),
    "new": ("now", "新值"),
    "field": ("field", "字段"),
    "theme": ("theme", "主题"),
    "correct": ("Correct this figure", "更正此数值"),
    "becomes": ("What it should say; empty for nothing", "应有的值；空表示无"),
    "why": ("Why", "理由"),
    "keep": ("Keep the correction", "保存更正"),
    "kept": (
        "Kept. The next load applies it, and every one after.",
        "已保存。下一次装载起应用。",
    ),
    "corrections_at": ("A line in {}", "写入 {} 的一行"),
    "review": ("Most worth a look", "最值得核对"),
    "weight": ("weight", "权重"),
    "download": ("Download CSV", "下载 CSV"),
    "link": ("Link to this figure", "本数值的链接"),
}


def lang() -> str:
    """The language in which this session is spoken to."""
    chosen = st.session_state.get("lang")
    return str(chosen) if chosen else Lang.zh.value


def said(text: Said) -> str:
    """A message in the language of this session."""
    return in_lang(text, lang())


def t(key: str, *cells: object) -> str:
    """A word or sentence, with `cells` in the place of its {}."""
    pair = EXPLORER.get(key) or WORDS[key]
    return pair[lang() == Lang.zh].format(*cells)

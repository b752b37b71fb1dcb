"""What the figures before say of a number: its population, its basis, its measure."""

from __future__ import annotations

import pytest

# sentence, measure, basis and scope of its last figure
CASES = [
    ("财政总收入6亿元,同比增长5%,税收占比89%", "share", None, "财政总收入"),
    ("工业投资7亿元,技改占到近四成", "share", None, "工业投资"),
    ("财政总收入6亿元,可再生能源装机占比56%", "share", None, None),
    ("财政总支出6亿元,教育支出占八成", "share", None, "财政总支出"),
    ("财政支出中民生支出占八成", "share", None, "财政支出"),
    ("税收占比89%", "share", None, None),
    ("固定资产投资增长9%,居全省第2", "rank", "growth", "全省"),
    ("固定资产投资增长9%,总量居全省第2", "rank", "level", "全省"),
    ("固定资产投资增长9%,从全省第6位升至第2位", "rank", "level", "全省"),
    ("固定资产投资90亿元,居全省第2", "rank", "level", "全省"),
    ("在全省国家级开发区中,我区出口增速排第5位,总量居第6位", "rank", "level", "全省国家级开发区"),
    ("出口总额稳居各省区第1位", "rank", "level", "各省区"),
    ("出口增速稳居全省榜首", "rank", "growth", "全省"),
    ("出口总额居全省第5位,比一季度前移1位", "change_amount", "vs_year", "全省"),
    (
        "出口总额增速低于星湖高新区3个百分点,税收收入增速高出其4个百分点",
        "change_amount",
        "vs_region",
        "星湖高新区",
    ),
    ("工业投资一季度下降6%,上半年转正为0.7%,前三季度回升到2.9%", "change_rate", None, None),
    ("污水处理率由92%提高到96%", "share", None, None),
    ("出口总额650亿元,比2020年的270亿元增长141%", "change_rate", "vs_year", None),
    ("出口总额650亿元,比预算数270亿元多380亿元", "change_amount", "vs_plan", None),
    ("出口总额650亿元,增长141%", "change_rate", None, None),
    ("2025年同2020年相比,出口总额增长40%,工业投资增长12%", "change_rate", "vs_year", None),
    ("与上年相比,出口总额增长40%,工业投资增长12%", "change_rate", "yoy", None),
    ("与2020年相比,出口总额增长40%;工业投资增长12%", "change_rate", None, None),
    ("2025年,出口总额比2020年增长40%,工业投资增长12%", "change_rate", "vs_year", None),
    ("2025年,出口总额比2020年增长40%;工业投资增长12%", "change_rate", None, None),
    ("出口总额比上一年增长40%", "change_rate", "yoy", None),
    ("60岁以上人口71人,占18%,其中65岁以上人口53人,占13%", "share", None, None),
    ("老年人口71人,其中独居老人53人,占75%", "share", None, "老年人口"),
    ("大桥工程完成投资8亿元,占总投资的70%", "completion", None, None),
    ("财政总收入6亿元,增长5%,其中税收占比78%", "share", None, "财政总收入"),
    ("固定资产投资增长8%,其中民间投资占67%", "share", None, "固定资产投资"),
    ("固定资产投资15亿元,其中工业投资6亿元,技改占四成", "share", None, "工业投资"),
    ("招聘教师185名,其中研究生占三分之一", "share", None, "招聘教师"),
    ("公共预算支出143亿元。其中民生支出116亿元,占比超过八成", "share", None, "公共预算支出"),
    ("民间投资8亿元,税收占总投资的7%", "share", None, "总投资"),
    ("开工项目16个,完成投资8亿元,分别占计划的88%和34%", "completion", None, None),
]


@pytest.mark.parametrize(
    ("text", "measure", "basis", "scope"), CASES, ids=[row[0] for row in CASES]
)
def test_what_the_figures_before_say(observe, text, measure, basis, scope):
    last = observe(text + "。")[-1]
    assert (last.measure, last.basis, last.scope) == (measure, basis, scope)

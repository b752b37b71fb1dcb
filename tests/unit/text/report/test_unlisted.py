"""Names of divisions that the table does not have."""

from __future__ import annotations

import pytest

from pipelines.text.report.regions import place_of


@pytest.mark.parametrize(
    ("text", "title", "place"),
    [
        ("", "砚川县2012年国民经济和社会发展统计公报", ("砚川县", "county")),
        ("", "潇岚区2021年政府工作报告(摘要)", ("潇岚区", "county")),
        ("", "渤湾经济技术开发区2023年前三季度经济运行分析", ("渤湾经济技术开发区", "county")),
        ("", "关于云岭市2020年预算执行情况的报告", ("云岭市", "city")),
        ("", "关于印发南屏县2024年重点任务分解方案的通知", ("南屏县", "county")),
        ("", "关于丰台乡2003年预算执行情况的报告", ("丰台乡", "township")),
        ("云岭县财政局。云岭县。", "云岭县财政局2020年工作总结", ("云岭县", "county")),
        ("", "岚山县财政局关于2022年1-9月预算执行情况的通报", ("岚山县", "county")),
        ("", "2020年岭南区国民经济和社会发展统计公报", ("岭南区", "county")),
        ("", "加快推进园区经济运行监测工作总结", None),
        ("在岚山县第十七届人民代表大会上", "政府工作报告", ("岚山县", "county")),
        ("", "各市县2020年工作总结", None),
        ("", "旅游景区2020年工作总结", None),
        ("", "我县2020年工作总结", None),
    ],
)
def test_a_name_that_the_table_does_not_have(
    text: str, title: str, place: tuple[str, str] | None
) -> None:
    found = place_of(text, title, "x")
    assert (found and (found.path, found.level)) == place


def test_the_author_may_stand_in_a_line_of_its_own() -> None:
    found = place_of("年度工作总结\n柳溪街道\n一年来,完成税收1亿元。", "年度工作总结", "x")
    assert found
    assert found.path.endswith("柳溪街道")
    assert place_of("年度工作总结\n一年来,柳溪很美。", "年度工作总结", "x") is None

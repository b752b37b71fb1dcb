"""Whose report it is: names in file, title and text, and where they lie."""

from __future__ import annotations

import pytest

from pipelines import lexicon
from pipelines.text.report.regions import Place, place_of, short_name


@pytest.mark.parametrize(
    ("text", "title", "stem", "path", "level"),
    [
        pytest.param("各位代表:", "", "2024-湖北省", "湖北省", "province", id="file-province"),
        pytest.param("各位代表:", "", "2024-国务院", "全国", "country", id="file-country"),
        pytest.param(
            "一、回顾。",
            "2023年浙江省杭州市上城区小营街道办事处工作总结",
            "a",
            "浙江省/杭州市/上城区/小营街道",
            "township",
            id="title-chain",
        ),
        pytest.param(
            "", "鹿泉区2022年工作总结", "", "河北省/石家庄市/鹿泉区", "county", id="title-county"
        ),
        pytest.param(
            "", "昆山市政府工作报告", "", "江苏省/苏州市/昆山市", "county", id="county-city"
        ),
        pytest.param("", "仙桃市政府工作报告", "", "湖北省/仙桃市", "county", id="under-province"),
        pytest.param(
            "南京的工作很好。江苏省领导来访。",
            "鼓楼区政府工作报告",
            "",
            "江苏省/南京市/鼓楼区",
            "county",
            id="ambiguous-county-by-city",
        ),
        pytest.param(
            "江干区工作有力。杭州市领导来访。",
            "江干区2018年工作总结",
            "",
            "浙江省/杭州市/江干区",
            "county",
            id="dissolved-county",
        ),
        pytest.param(
            "——2025年1月9日在绍兴市第九届人民代表大会第四次会议上",
            "政府工作报告",
            "x",
            "浙江省/绍兴市",
            "city",
            id="congress",
        ),
        pytest.param(
            "各位代表:我代表国务院作报告,上海市代表团到会。",
            "政府工作报告",
            "x",
            "全国",
            "country",
            id="address-of-the-state-council",
        ),
        pytest.param(
            "今年以来,白杨街道抓实各项工作。白杨街道税收增长。钱塘区第一,排杭州市前列。",
            "",
            "000_ab12",
            "浙江省/杭州市/钱塘区/白杨街道",
            "township",
            id="township-by-frequency",
        ),
        pytest.param(
            "今年,街道在区委领导下,推进街道建设。九堡街道很好,九堡街道领先,浙江省和上城区肯定。",
            "",
            "",
            "浙江省/杭州市/上城区/九堡街道",
            "township",
            id="common-noun-street-ignored",
        ),
        pytest.param(
            "全县上下奋进,安吉县财政增收,安吉县领先湖州市。",
            "",
            "",
            "浙江省/湖州市/安吉县",
            "county",
            id="by-level",
        ),
        pytest.param(
            "石门镇2023年总结", "石门镇2023年工作总结", "", "石门镇", "township", id="no-parent"
        ),
    ],
)
def test_place(text: str, title: str, stem: str, path: str, level: str) -> None:
    assert place_of(text, title, stem) == Place(path, level)


def test_a_common_noun_is_no_region() -> None:
    assert place_of("老城区改造提速,小镇和乡镇受益,新增城市公园3处。", "", "x") is None
    assert place_of("", "", "") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("浙江省", "浙江"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("阿里地区", "阿里"),
        ("赵县", "赵县"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_the_table_of_divisions_is_a_tree() -> None:
    rows = {row["code"]: row for row in lexicon.table("regions")}
    assert len(rows) == len(lexicon.table("regions"))
    above = {"country": (), "province": ("country",), "city": ("province",)}
    for row in rows.values():
        wanted = above.get(row["level"], ("city", "province"))
        parent = rows.get(row["parent_code"])
        assert (parent["level"] in wanted) if parent else row["level"] == "country", row
    assert sum(row["level"] == "province" for row in rows.values()) == 34
    paths = [(row["parent_code"], row["name"]) for row in rows.values()]
    assert len(set(paths)) == len(paths)
    assert rows["330102"]["name"] == "上城区"

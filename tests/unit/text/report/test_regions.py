"""Whose report it is: names in file, title and text, and where they lie."""

from __future__ import annotations

import pytest

from pipelines import lexicon
from pipelines.text.report.divisions import by_name, divisions, mentions, short_name
from pipelines.text.report.regions import Place, place_of


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


# Title, text, where the report belongs.
TITLED = {
    "prefecture": ("恩施州2023年政府工作报告", "", "湖北省/恩施土家族苗族自治州", "city"),
    "prefecture of two characters": (
        "2021年博州政府工作报告",
        "",
        "新疆维吾尔自治区/博尔塔拉蒙古自治州",
        "city",
    ),
    "prefecture with counties in its text": (
        "阿坝州2022年工作总结",
        "全州上下,指导松潘县和县级部门。",
        "四川省/阿坝藏族羌族自治州",
        "city",
    ),
    "autonomous county": ("丰宁县2020年工作总结", "", "河北省/承德市/丰宁满族自治县", "county"),
    "autonomous county, tail of a name": (
        "紫云县2020年工作总结",
        "",
        "贵州省/安顺市/紫云苗族布依族自治县",
        "county",
    ),
    "autonomous county of a province": (
        "白沙县2023年政府工作报告",
        "",
        "海南省/白沙黎族自治县",
        "county",
    ),
    "county of two characters": ("2023年和县政府工作报告", "", "安徽省/马鞍山市/和县", "county"),
    "former name": ("襄樊市2008年政府工作报告", "", "湖北省/襄阳市", "city"),
    "new area of a province": ("雄安新区2023年工作总结", "", "河北省/雄安新区", "city"),
    "corps": (
        "兵团2023年国民经济和社会发展统计公报",
        "",
        "新疆维吾尔自治区/新疆生产建设兵团",
        "city",
    ),
    "corps in full": (
        "新疆生产建设兵团2022年工作总结",
        "",
        "新疆维吾尔自治区/新疆生产建设兵团",
        "city",
    ),
    "high-tech zone": ("杭州高新区2023年工作总结", "", "浙江省/杭州市/杭州高新区", "county"),
    "industrial park": (
        "江苏省苏州工业园区2023年工作总结",
        "",
        "江苏省/苏州市/苏州工业园区",
        "county",
    ),
    "zone of a province": (
        "辽宁省渤湾经济技术开发区2023年总结",
        "",
        "辽宁省/渤湾经济技术开发区",
        "city",
    ),
    "zone of a county": (
        "昆山经济技术开发区2021年工作总结",
        "",
        "江苏省/苏州市/昆山市/昆山经济技术开发区",
        "township",
    ),
    "new area that is a district": (
        "上海市浦东新区2023年政府工作报告",
        "",
        "上海市/浦东新区",
        "county",
    ),
    "street of a zone": (
        "杭州经济技术开发区白杨街道2016年总结",
        "",
        "浙江省/杭州市/钱塘区/白杨街道",
        "township",
    ),
    "before the county moved": ("寿县2010年政府工作报告", "", "安徽省/六安市/寿县", "county"),
    "after the county moved": ("寿县2020年政府工作报告", "", "安徽省/淮南市/寿县", "county"),
    "moved, no year": ("寿县政府工作报告", "", "安徽省/淮南市/寿县", "county"),
    "ambiguous": ("朝阳区2023年政府工作报告", "全区经济向好。", "朝阳区", "county"),
    "ambiguous, by its city": (
        "朝阳区2023年政府工作报告",
        "落实长春市部署。",
        "吉林省/长春市/朝阳区",
        "county",
    ),
    "ambiguous, by its title": ("北京市朝阳区2023年总结", "", "北京市/朝阳区", "county"),
    "ambiguous, two cities alike": (
        "鼓楼区2023年工作总结",
        "考察团赴南京市和福州市学习。",
        "鼓楼区",
        "county",
    ),
    "common noun behind its city": ("乐山市市中区2023年总结", "", "四川省/乐山市/市中区", "county"),
    "common noun run into its city": ("乐山市中区2023年总结", "", "四川省/乐山市/市中区", "county"),
    "common noun alone": ("市中区2023年政府工作报告", "", "市中区", "county"),
    "street": ("闸弄口街道2023年工作总结", "", "浙江省/杭州市/上城区/闸弄口街道", "township"),
    "street of a city": (
        "杭州市闸弄口街道工作总结",
        "",
        "浙江省/杭州市/上城区/闸弄口街道",
        "township",
    ),
    "street of a dissolved district": (
        "闸弄口街道2018年工作总结",
        "在江干区的领导下前进。",
        "浙江省/杭州市/江干区/闸弄口街道",
        "township",
    ),
    "town of a city without districts": (
        "2023年虎门镇政府工作报告",
        "",
        "广东省/东莞市/虎门镇",
        "township",
    ),
    "town with the name of a city": ("朝阳镇2023年工作总结", "", "朝阳镇", "township"),
    "town with the name of a city, by its county": (
        "朝阳镇2023年工作总结",
        "全镇落实巫溪县部署。",
        "重庆市/巫溪县/朝阳镇",
        "township",
    ),
    "town that looks like a common noun": (
        "2023年西充县大全镇工作总结",
        "",
        "四川省/南充市/西充县/大全镇",
        "township",
    ),
    "ethnic township": (
        "卸甲坪土家族乡2023年工作总结",
        "",
        "湖北省/荆州市/松滋市/卸甲坪土家族乡",
        "township",
    ),
    "town of a county of two characters": (
        "纸坊镇2023年工作总结",
        "全镇落实成县部署。",
        "甘肃省/陇南市/成县/纸坊镇",
        "township",
    ),
    "no town in a word that begins like one": ("2023年乡村振兴工作总结", "", None, None),
    "town of many counties": ("城关镇2023年工作总结", "", "城关镇", "township"),
    "town of many counties, by its county": (
        "城关镇2023年工作总结",
        "全镇落实榆中县委部署。",
        "甘肃省/兰州市/榆中县/城关镇",
        "township",
    ),
}


@pytest.mark.parametrize(("title", "text", "path", "level"), TITLED.values(), ids=TITLED)
def test_the_place_of_a_title(title: str, text: str, path: str | None, level: str | None) -> None:
    assert place_of(text, title, "") == (Place(path, level) if path and level else None)


def test_honours_of_the_nation_do_not_make_a_report_national() -> None:
    honours = "荣获全国文明单位,获评全国先进集体,入选全国首批试点。"
    assert place_of(honours, "", "") is None
    assert place_of("粮食产量占全国的1%,低于全国平均水平。", "", "") is None


@pytest.mark.parametrize(
    "text",
    ["我国经济总量跃上新台阶。", "全国粮食丰收。全国参保人数增加,全国建成公路。"],
    ids=["own country", "said often"],
)
def test_a_text_of_the_whole_country(text: str) -> None:
    assert place_of(text, "", "") == Place("全国", "country")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("紫云县和镇康县,云县", ["紫云县", "镇康县", "云县"]),
        ("云南省云县", ["云南省", "云县"]),
        ("大理白族自治州", ["大理白族自治州"]),
        ("巴中市巴州区", ["巴中市", "巴州区"]),
    ],
)
def test_a_name_inside_a_longer_one_is_none(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end, _ in mentions(text)] == names


def test_every_autonomous_prefecture_has_its_short_name() -> None:
    prefectures = [one for one in divisions().values() if one.name.endswith("自治州")]
    assert len(prefectures) == 30
    for one in prefectures:
        assert place_of("", f"{one.aliases[0]}2023年工作总结", "") == Place(
            "/".join([divisions()[one.parent].name, one.name]), "city"
        )


def test_no_two_divisions_of_one_name_and_parent_city_are_there_at_a_time() -> None:
    for named in by_name().values():
        current = [one for one in named if one.is_current]
        assert len({one.parent for one in current}) == len(current), named


def test_a_dissolved_division_names_who_took_over() -> None:
    there = divisions()
    gone = [one for one in there.values() if not one.is_current]
    assert len(gone) > 400
    assert all(there[one.successor].is_current for one in gone if one.successor)
    # Forestry districts, and one that was shared out among several.
    left = {one.name for one in gone if not one.successor}
    assert left == {"松岭区", "新林区", "呼中区", "市郊区"}
    assert all(one.years[0] <= one.years[1] for one in there.values())


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

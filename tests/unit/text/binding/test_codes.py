"""Canonical codes of indicator phrases, and the seed they are read from."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pipelines import lexicon, parse_text
from pipelines.scoring import core_codes
from pipelines.text.binding import codes
from pipelines.text.grammar import tokens
from pipelines.text.model import Measure, Quantity
from pipelines.text.numbers.scan import scan


def quantity(text: str) -> Quantity:
    """The one number of a short text."""
    (found,) = (q for q in scan(text, ()) if q.disposition == "observation")
    return found


@pytest.mark.parametrize(
    ("phrase", "number", "measure", "code"),
    [
        pytest.param("地区生产总值", "12亿元", "level", "gdp", id="name"),
        pytest.param("生产总值", "4.1%", "change_rate", "gdp", id="alias"),
        pytest.param("地区生产总值(GDP)", "12亿元", "level", "gdp", id="two-names"),
        pytest.param("提出地区生产总值", "5%", "change_rate", "gdp", id="verb-of-planning"),
        pytest.param("全部工业增加值", "5%", "change_rate", "industrial_value_added", id="neutral"),
        pytest.param("社区税收收入总额", "3亿元", "level", "tax_revenue", id="neutral-both-sides"),
        pytest.param("上缴税收", "3亿元", "level", "tax_revenue", id="verb-of-paying"),
        pytest.param("粮食的年平均产量", "3万吨", "level", "grain_output", id="within-the-name"),
        pytest.param("粮食总产", "486亿斤", "level", "grain_output", id="clipped"),
        pytest.param("到位省外资金", "48亿元", "level", "domestic_capital", id="from-outside"),
        pytest.param("施工加装电梯", "5台", "level", None, id="not-done-yet"),
        pytest.param("外贸进出口", "5000亿元", "level", "foreign_trade", id="trade"),
        pytest.param("货物进出口总额", "30亿美元", "level", "foreign_trade", id="other-currency"),
        pytest.param("外贸进出口总额", "排名第3位", "rank", "foreign_trade", id="rank-has-no-unit"),
        pytest.param("城镇新增就业人数", "12万人", "level", "new_urban_jobs", id="tail"),
        pytest.param("农村居民人均可支配收入", "3万元", "level", "disposable_income", id="rural"),
        pytest.param(
            "农村常住居民人均可支配收入", "6%", "change_rate", "disposable_income", id="residents"
        ),
        pytest.param("出口", "8亿元", "level", "exports", id="short"),
        pytest.param(
            "固定资产投资(不含农户)", "3%", "change_rate", "fixed_asset_investment", id="aside"
        ),
        pytest.param("加装电梯", "6台", "level", "elevators_installed", id="verb-object"),
        pytest.param(
            "既有住宅加装(更新)电梯", "6部", "level", "elevators_installed", id="bracket-between"
        ),
        pytest.param("整改各类隐患问题", "90处", "level", "hazards_rectified", id="parts"),
        pytest.param("燃气安全隐患整改", "90处", "level", "hazards_rectified", id="parts-turned"),
        pytest.param(
            "化解邻里矛盾纠纷", "9件", "change_amount", "disputes_resolved", id="parts-amount"
        ),
        pytest.param(
            "新引进亿元以上项目", "3个", "level", "large_projects_introduced", id="parts-new"
        ),
        pytest.param("办理信访事项", "12%", "change_rate", "petitions_handled", id="parts-rate"),
        pytest.param(
            "改造老旧小区",
            "4万平方米",
            "level",
            "old_community_renovation_area",
            id="told-by-its-unit",
        ),
        pytest.param("城镇登记失业率", "3.2%", "share", "urban_unemployment_rate", id="rate"),
        pytest.param(
            "城镇登记失业率", "0.2个百分点", "change_amount", "urban_unemployment_rate", id="points"
        ),
        pytest.param(
            "发放低保金、临时救助金",
            "9万元",
            "level",
            "social_assistance_paid",
            id="more-of-the-kind",
        ),
        pytest.param("加装电梯投用", "6台", "level", "elevators_installed", id="put-to-use"),
        pytest.param(
            "新开工亿元以上项目", "8个", "level", "large_projects_introduced", id="work-begun"
        ),
        pytest.param("登记失业人员再就业", "90人", "level", "reemployment", id="registered"),
        pytest.param("规上工业总产值月均", "63亿元", "level", "industrial_output", id="by-month"),
        pytest.param("地区生产总值", "前移3位", "change_amount", "gdp", id="places-gained"),
        pytest.param("地区生产总值", "3户", "change_amount", None, id="no-places"),
        pytest.param("发放低保金家庭", "9户", "level", None, id="receivers-of-parts"),
        pytest.param("人均地区生产总值", "9万元", "level", None, id="per-head"),
        pytest.param("单位地区生产总值能耗", "3%", "change_rate", None, id="derived"),
        pytest.param("海洋生产总值", "9亿元", "level", None, id="part-of-the-whole"),
        pytest.param("引进金融类企业", "26家", "level", None, id="category"),
        pytest.param("第一产业固定资产投资", "3%", "change_rate", None, id="sector"),
        pytest.param("化解信访积案", "3件", "level", None, id="old-cases"),
        pytest.param("一般贸易出口", "3亿元", "level", None, id="kind-of-trade"),
        pytest.param("对东盟进出口", "3%", "change_rate", None, id="partner"),
        pytest.param("税收增收", "3%", "change_rate", None, id="other-head"),
        pytest.param("粮食总产值", "3亿元", "level", None, id="longer-word"),
        pytest.param("安全隐患整改率", "96%", "share", None, id="rate-of-the-work"),
        pytest.param("调解矛盾纠纷成功率", "98%", "share", None, id="rate-of-the-parts"),
        pytest.param("加装电梯楼道", "45个", "level", None, id="other-thing-counted"),
        pytest.param("救助金惠及家庭", "45户", "level", None, id="receivers"),
        pytest.param("引进企业", "3亿元", "level", None, id="money-for-a-count"),
        pytest.param("固定资产投资", "12个", "level", None, id="count-for-money"),
        pytest.param("一般公共预算收入", "87%", "level", None, id="percent-for-money"),
        pytest.param("改造老旧小区", "12个", "level", None, id="count-for-an-area"),
        pytest.param("改造老旧小区", "20%", "change_rate", None, id="growth-of-no-one-knows-what"),
        pytest.param("高新技术企业", "12家", "level", None, id="extended"),
        pytest.param("走访企业", "12家", "level", None, id="none"),
        pytest.param("", "12家", "level", None, id="nothing"),
    ],
)
def test_core_code(phrase: str, number: str, measure: Measure, code: str | None) -> None:
    found = codes.codes_of(phrase, quantity(number), measure).annotated
    assert (found if found in core_codes() else None) == code


@pytest.mark.parametrize(
    ("phrase", "number", "measure", "code"),
    [
        pytest.param("高新技术企业", "12家", "level", "high_tech_enterprises", id="name"),
        pytest.param("棉花年均产量", "12万吨", "level", "cotton_output", id="within-the-name"),
        pytest.param("农村居民人均纯收入", "9%", "change_rate", "rural_net_income", id="growth"),
        pytest.param("国家级专精特新“小巨人”企业", "9家", "level", "little_giants", id="quoted"),
        pytest.param("新建改造高标准农田", "9万亩", "level", "high_standard_farmland", id="parts"),
        pytest.param(
            "改造老旧小区", "12个", "level", "old_communities_renovated", id="core-unit-misfits"
        ),
        pytest.param("单位国内生产总值能耗", "3%", "change_rate", "energy_intensity", id="no-unit"),
        pytest.param(
            "新增高新技术企业", "3家", "level", "new_high_tech_enterprises", id="new-ones"
        ),
        pytest.param("地区生产总值", "5%", "change_rate", None, id="core-wins"),
        pytest.param("森林覆盖率", "12家", "level", None, id="unit"),
        pytest.param("制造业科技型中小企业", "12家", "level", None, id="part"),
    ],
)
def test_extended_code(phrase: str, number: str, measure: Measure, code: str | None) -> None:
    found = codes.codes_of(phrase, quantity(number), measure).annotated
    assert (None if found in core_codes() else found) == code


@pytest.mark.parametrize(
    ("phrase", "number", "measure", "annotated", "canonical"),
    [
        ("居民人均可支配收入", "4万元", "level", "disposable_income", "disposable_income"),
        (
            "城镇居民人均可支配收入",
            "4万元",
            "level",
            "disposable_income",
            "urban_disposable_income",
        ),
        ("农民人均可支配收入", "6%", "change_rate", "disposable_income", "rural_disposable_income"),
        ("城镇失业率", "5%", "share", "urban_unemployment_rate", "urban_unemployment_rate"),
        ("城镇调查失业率", "5%", "share", "urban_unemployment_rate", "surveyed_unemployment_rate"),
        ("登记失业率", "3%", "share", "urban_unemployment_rate", "registered_unemployment_rate"),
        ("工业总产值", "9亿元", "level", "industrial_output", "industrial_output"),
        ("规模以上工业总产值", "9亿元", "level", "industrial_output", "large_industrial_output"),
        (
            "规上工业增加值",
            "6%",
            "change_rate",
            "industrial_value_added",
            "large_industrial_value_added",
        ),
        ("限上社会消费品零售总额", "6%", "change_rate", "retail_sales", "large_retail_sales"),
        ("制造业投资", "6%", "change_rate", "industrial_investment", "manufacturing_investment"),
        ("养老床位", "900张", "level", "elderly_beds", "elderly_beds"),
        ("新增养老床位", "900张", "level", "elderly_beds", "new_elderly_beds"),
        ("高标准农田", "9万亩", "level", "high_standard_farmland", "high_standard_farmland"),
        (
            "新建高标准农田",
            "9万亩",
            "level",
            "high_standard_farmland",
            "new_high_standard_farmland",
        ),
        ("可再生能源装机", "90万千瓦", "level", "renewable_capacity", "renewable_capacity"),
        ("新增新能源装机", "90万千瓦", "level", "new_renewable_capacity", "new_renewable_capacity"),
        ("经济", "5%", "change_rate", None, "gdp"),
        ("经济总量", "9万亿元", "level", None, "gdp"),
        ("数字经济", "5%", "change_rate", None, None),
        ("经济", "5家", "level", None, None),
        (
            "每千人口3岁以下婴幼儿托位数",
            "5个",
            "level",
            "nursery_places_per_1000",
            "nursery_places_per_1000",
        ),
        (
            "城镇低保平均标准",
            "900元/月",
            "price",
            "urban_low_income_standard",
            "urban_low_income_standard",
        ),
        (
            "农村低保标准",
            "20元",
            "change_amount",
            "rural_low_income_standard",
            "rural_low_income_standard",
        ),
    ],
)
def test_figures_of_one_canonical_code_are_comparable(
    phrase: str, number: str, measure: Measure, annotated: str | None, canonical: str | None
) -> None:
    found = codes.codes_of(phrase, quantity(number), measure)
    assert (found.annotated, found.canonical) == (annotated, canonical)


ROWS = lexicon.table("indicators")


def test_codes_are_unique_words() -> None:
    assert [code for code, count in Counter(row["code"] for row in ROWS).items() if count > 1] == []
    assert [row["code"] for row in ROWS if not re.fullmatch(r"[a-z][a-z0-9_]*", row["code"])] == []


def test_every_indicator_is_named_and_placed() -> None:
    units = {row["unit"] for row in lexicon.table("units")} | {""}
    themes = {row["code"] for row in lexicon.table("themes")}
    assert {row["tier"] for row in ROWS} == set(codes.TIERS)
    assert [row["code"] for row in ROWS if row["unit"] not in units] == []
    assert [row["code"] for row in ROWS if row["theme"] not in themes] == []
    assert [row["code"] for row in ROWS if not row["name_zh"] or not row["name_en"].isascii()] == []


def test_a_part_is_measured_as_the_whole_and_is_one_of_a_kind() -> None:
    by_code = {row["code"]: row for row in ROWS}
    parts = [row for row in ROWS if row["broader"]]
    for row in parts:
        whole = by_code[row["broader"]]
        assert row["part"], row["code"]
        assert not whole["broader"], row["code"]
        same = ("unit", "theme", "tier") + (() if row["part"] == "new" else ("kind", "additive"))
        assert [row[column] for column in same] == [whole[column] for column in same], row["code"]
        assert row["part"] != "new" or (row["kind"], whole["kind"]) == ("flow", "stock")
    assert len({(row["broader"], row["part"]) for row in parts}) == len(parts)
    assert [row["code"] for row in ROWS if row["part"] and not row["broader"]] == []


def test_what_does_not_add_up_is_a_ratio() -> None:
    assert [
        row["code"] for row in ROWS if (row["kind"] == "ratio") != (row["additive"] == "no")
    ] == []


def test_a_name_belongs_to_one_indicator() -> None:
    written = (
        (row["name_zh"], *row["aliases"].split("|"), *row["spoken"].split("|")) for row in ROWS
    )
    names = [name for row in written for name in row if name]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_every_whole_name_bears_its_code(row: dict[str, str]) -> None:
    place = quantity("排名第3位")
    for name in (row["name_zh"], *row["aliases"].split("|")):
        if name and "+" not in name:
            assert codes.codes_of(name, place, "rank").canonical == row["code"], name


def test_only_core_names_are_kept_whole_as_tokens() -> None:
    assert {"地区生产总值", "生产总值"} <= tokens.known_names()
    assert tokens.known_names().isdisjoint({"棉花产量", "高新技术企业"})


@pytest.mark.parametrize("mark", ["[1]", "【2】", "〔3〕"])
def test_the_mark_of_a_note_is_no_part_of_a_name(mark: str) -> None:
    (row,) = parse_text(f"青禾县2023年统计公报\n2023年,地区生产总值{mark}38亿元。").observations
    assert (row.indicator, row.code) == ("地区生产总值", "gdp")

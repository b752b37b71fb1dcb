"""What a number says of its indicator: its measure, its sign, its basis and what it is held to."""

from __future__ import annotations

from decimal import Decimal

import pytest

# Every case is the last number of its text.
# text, rule, measure, value
CASES = [
    ("进出口总额居全省第7位", "rank", "rank", "7"),
    ("财政总收入增速全区第3", "rank", "rank", "3"),
    ("出口总额居全省首位", "rank", "rank", "1"),
    ("外贸依存度比全国低3个百分点", "versus", "change_amount", "-3"),
    ("居民收入增速高于全国平均水平0.7个百分点", "versus", "change_amount", "0.7"),
    ("满意率低于全省0.4个百分点", "versus", "change_amount", "-0.4"),
    ("完成投资3亿元,快于序时进度2.1个百分点", "versus", "change_amount", "2.1"),
    ("完成投资3亿元,落后于时序进度2.1个百分点", "versus", "change_amount", "-2.1"),
    ("税收收入超年初预算1200万元", "versus", "change_amount", "12000000"),
    ("税收收入比预算数少300万元", "versus", "change_amount", "-3000000"),
    ("债务余额26亿元,低于限额3亿元", "versus", "change_amount", "-300000000"),
    ("债务余额低于3亿元", "level", "level", "300000000"),
    ("税收收入超年度计划5%", "versus", "completion", "5"),
    ("总产值超过计划规定的增长8%", "change", "change_rate", "8"),
    ("投资额完成50亿元,超过第二个五年计划总投资额14%", "versus", "completion", "14"),
    ("总产值超过原定的年度计划4%", "versus", "completion", "4"),
    ("总产值超过了第二个五年计划所规定的指标1.2%", "versus", "completion", "1.2"),
    ("固定资产投资增长幅度由58%回落到27%", "proportion", "change_rate", "27"),
    ("工业总产值的增长速度,去年计划为6%", "growth told", "change_rate", "6"),
    ("工业总产值的比重,去年为6%", "proportion", "share", "6"),
    ("粮食产量的增长速度都在4.3%以上", "change", "change_rate", "4.3"),
    ("合格率都在98%以上", "proportion", "share", "98"),
    ("机构精简后为18个", "level", "level", "18"),
    ("机构精简18个", "change", "change_amount", "-18"),
    ("城镇化率超过62%", "proportion", "share", "62"),
    ("税收收入6亿元,比上年少增1200万元", "change", "change_amount", "-12000000"),
    ("税收收入6亿元,短收1200万元", "change", "change_amount", "-12000000"),
    ("减轻企业负担12亿元", "governed", "change_amount", "-1200000000"),
    ("综合考核全省排名提升4位", "change", "change_amount", "4"),
    ("综合考核指数较上年前进6个位次", "change", "change_amount", "6"),
    ("综合考核全省排名4位", "rank", "rank", "4"),
    ("教育支出7亿元,比上年增支1亿元", "change", "change_amount", "100000000"),
    ("本币汇率贬值1.8%", "change", "change_rate", "-1.8"),
    ("税收收入居全省第7位,比一季度前移2位", "change", "change_amount", "2"),
    ("规上工业总产值翻一番", "doubling", "change_rate", "100"),
    ("税收收入占全市的14%", "share", "share", "14"),
    ("服务业增加值占生产总值比重为58%", "share", "share", "58"),
    ("老人2.1万人,占总人口的23%", "share", "share", "23"),
    ("税收收入同比增长8.3%", "change", "change_rate", "8.3"),
    ("税收收入同比下降3.9%", "change", "change_rate", "-3.9"),
    ("进出口总额增长3.2倍", "change", "change_rate", "320"),
    ("用工人数减少380人", "change", "change_amount", "-380"),
    ("党员人数净增15人", "change", "change_amount", "15"),
    ("满意率提升4个百分点", "change", "change_amount", "4"),
    ("工业投资下降4%,降幅收窄2.6个百分点", "change", "change_amount", "2.6"),
    ("工业投资下降4%,降幅扩大2.6个百分点", "change", "change_amount", "-2.6"),
    ("出口总额增长8%,增幅回落1.5个百分点", "change", "change_amount", "-1.5"),
    ("农民增收320元", "change", "change_amount", "320"),
    ("粮食减产1200吨", "change", "change_amount", "-1200"),
    ("税收收入实现15%以上增长", "risen", "change_rate", "15"),
    ("工业产值38亿元、-4.2%", "growth told", "change_rate", "-4.2"),
    ("销售利润率-4.2%", "proportion", "share", "-4.2"),
    ("入库税款5亿元,减幅8.4%", "change", "change_rate", "-8.4"),
    ("投资完成45%,略低于序时进度0.7个百分点", "versus", "change_amount", "-0.7"),
    ("助学金每人每学年8000元", "price", "price", "8000"),
    ("税收收入有5%的增长", "risen", "change_rate", "5"),
    ("减少办公经费46万元", "governed", "change_amount", "-460000"),
    ("压减一般性支出8%", "governed", "change_rate", "-8"),
    ("增加就业岗位460个", "governed", "change_amount", "460"),
    ("用工人数减少到今年的380人", "to", "level", "380"),
    ("用工人数从2020年的460人减少到2023年的380人", "to", "level", "380"),
    ("出口总额是2019年的2.6倍", "equal", "share", "260"),
    ("出口总额相当于全市的三分之一", "equal", "share", "33.33"),
    ("出口总额是年度计划的120%", "equal", "completion", "120"),
    ("合格率差距为4个百分点", "point", "change_amount", "4"),
    ("合格率100%", "proportion", "share", "100"),
    ("科技计划项目中企业占比超过80%", "proportion", "share", "80"),
    ("垃圾分类覆盖率达98%", "proportion", "share", "98"),
    ("全市85%的企业参保", "proportion", "share", "85"),
    ("绿化工程完成85%", "completion", "completion", "85"),
    ("完成投资3亿元,完成年度计划的71%", "completion", "completion", "71"),
    ("护理费每月320元", "price", "price", "320"),
    ("停车费300元/月", "price", "price", "300"),
    ("停车费从300元/月提高到400元/月", "price", "price", "400"),
    ("每部电梯造价约46万元", "price", "price", "460000"),
    ("老人用餐每餐补贴3元", "price", "price", "3"),
    ("改造住房35户,户均补助4500元", "price", "price", "4500"),
    ("电价由每千瓦时0.62元涨至0.67元", "price", "price", "0.67"),
    ("产业资金173万元,户均3万元", "level", "level", "30000"),
    ("低保月人均补差由390元提高到430元", "price", "price", "430"),
    ("农民平均每人收入270元", "level", "level", "270"),
    ("每户增加收入2000元", "price", "price", "2000"),
    ("每个农民收入是446元", "level", "level", "446"),
    ("每年安排专项资金25亿元", "level", "level", "2500000000"),
    ("物业费每平方米2.5元", "price", "price", "2.5"),
    # what the rules leave alone
    ("用工人数减少到380人", "level", "level", "380"),
    ("用工人数从460人增加至510人", "level", "level", "510"),
    ("污水处理率提高到96%", "proportion", "share", "96"),
    ("投资总额为4亿元", "level", "level", "400000000"),
    ("护理费320元", "level", "level", "320"),
    ("人均可支配收入6万元", "level", "level", "60000"),
    ("新增停车位120个", "level", "level", "120"),
    ("不断增长的14个平台", "level", "level", "14"),
    ("用于增加岗位的支出4亿元", "level", "level", "400000000"),
    ("5%增长企业受益", "proportion", "share", "5"),
    ("占地面积4亩", "level", "level", "4"),
    ("耕地每亩补贴320元", "price", "price", "320"),
]


@pytest.mark.parametrize(("text", "rule", "measure", "value"), CASES)
def test_measure(observe, text, rule, measure, value):
    last = observe(text)[-1]
    assert (last.measure, last.value) == (measure, Decimal(value))
    assert last.rule.split(":")[0] == rule


BASES = [
    ("税收收入同比增长5%", "yoy"),
    ("税收收入比上年增长5%", "yoy"),
    ("税收收入与上年相比增长5%", "yoy"),
    ("税收收入较去年同期下降2.1%", "yoy"),
    ("出口总额环比增长5%", "mom"),
    ("出口总额比上月增长5%", "mom"),
    ("存款余额比年初增加5亿元", "vs_year_start"),
    ("出口总额比2019年增长5%", "vs_year"),
    ("失业率比全国低3个百分点", "vs_region"),
    ("出口总额增长5%", None),
    ("出口总额5亿元", None),
    ("出口总额居全市第3位", "level"),
    ("出口总额总量居全市第3位", "level"),
    ("出口总额增速居全市第3位", "growth"),
]


@pytest.mark.parametrize(("text", "basis"), BASES, ids=[row[0] for row in BASES])
def test_what_a_change_is_compared_with(observe, text, basis):
    (found,) = observe(text)
    assert found.basis == basis


SCOPES = [
    ("财政总收入增速全区第3", "全区"),
    ("进出口总额位居全省第7位", "全省"),
    ("进出口总额在全省排名第7位", "全省"),
    ("税收收入占全市的14%", "全市"),
    ("服务业增加值占生产总值比重为58%", "生产总值"),
    ("老年人口占总人口的30%", "总人口"),
    ("绿地面积占城镇标准的最低比例为30%", "城镇标准"),
    ("居民收入增速高于全国平均水平0.7个百分点", "全国"),
    ("失业率低于全省0.4个百分点", "全省"),
    ("出口总额相当于全市的三分之一", "全市"),
    ("合格率100%", None),
    ("出口总额5亿元", None),
    ("出口总额增长5%", None),
]


@pytest.mark.parametrize(("text", "scope"), SCOPES, ids=[row[0] for row in SCOPES])
def test_the_population_compared_with(observe, text, scope):
    (found,) = observe(text)
    assert found.scope == scope


# The word that says how a number changes is no part of what changes.
BASE = [
    ("税收收入同比增长8.3%", "税收收入"),
    ("税收收入较去年同期下降2.1%", "税收收入"),
    ("税收收入在前三季度增长2.1%", "税收收入"),
    ("税收收入实现15%以上增长", "税收收入"),
    ("财政总收入增速全区第3", "财政总收入"),
    ("减少办公经费46万元", "办公经费"),
    ("用工人数减少到380人", "用工人数"),
    ("粮食增产1200吨", "粮食产量"),
    ("绿化工程完成85%", "绿化工程"),
]


@pytest.mark.parametrize(("text", "indicator"), BASE, ids=[row[0] for row in BASE])
def test_the_base_indicator(observe, text, indicator):
    (found,) = observe(text)
    assert found.indicator == indicator


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("累计完成投资4亿元", "cumulative"),
        ("年均新增就业4万人", "yearly"),
        ("投资突破4亿元", None),
    ],
)
def test_what_a_level_sums(observe, text, basis):
    (found,) = observe(text)
    assert (found.measure, found.basis) == ("level", basis)

"""Quantities in running text: quote, value, unit and modifier of ANNOTATION.md."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.model import Quantity, TimeExpression
from pipelines.text.numbers.scan import scan

# text, quote, value (low~high for a range), unit, modifier
FORMS = [
    ("财政收入1,100.9亿元", "1,100.9亿元", "110090000000", "元", "exact"),
    ("面积3万4000平方米", "3万4000平方米", "34000", "平方米", "exact"),
    ("共有25万6千人", "25万6千人", "256000", "人", "exact"),
    ("总额达二十万亿元", "二十万亿元", "20000000000000", "元", "exact"),
    ("投资一万五千亿元", "一万五千亿元", "1500000000000", "元", "exact"),
    ("投资十亿3000万元", "十亿3000万元", "1030000000", "元", "exact"),
    ("增长百分之三十三点五", "百分之三十三点五", "33.5", "%", "exact"),
    ("占总数的三分之二", "三分之二", "66.67", "%", "exact"),
    ("下降千分之三", "千分之三", "0.3", "%", "exact"),
    ("覆盖率为七成五", "七成五", "75", "%", "exact"),
    ("完成率达七成以上", "七成", "70", "%", "over"),
    ("价格打八折", "八折", "80", "%", "exact"),
    ("收获一吨半", "一吨半", "1.5", "吨", "exact"),
    ("新增十余家企业", "十余家", "10", "家", "over"),
    ("走访数百户", "数百户", "100", "户", "over"),
    ("服务上万人", "万人", "10000", "人", "over"),
    ("接待近百人", "百人", "100", "人", "nearly"),
    ("收集百余条建议", "百余条", "100", "条", "over"),
    ("建成几十个站点", "几十个", "10", "个", "over"),
    ("引进十几家企业", "十几家", "10", "家", "over"),
    ("发放十来万元", "十来万元", "100000", "元", "about"),
    ("约三四十人参加", "三四十人", "30~40", "人", "about"),
    ("新建两三个站点", "两三个", "2~3", "个", "about"),
    ("培育5-10家企业", "5-10家", "5~10", "家", "about"),
    ("惠及100—300户", "100—300户", "100~300", "户", "about"),
    ("增长3%~5%", "3%~5%", "3~5", "%", "about"),
    ("增长3%左右", "3%", "3", "%", "about"),
    ("接待20万人次以上", "20万人次", "200000", "人次", "over"),
    ("超过了百分之零点九", "百分之零点九", "0.9", "%", "over"),
    ("装机一千瓦", "一千瓦", "1", "千瓦", "exact"),
    ("全长3千米", "3千米", "3", "公里", "exact"),
    ("增长3.2倍", "3.2倍", "320", "%", "exact"),
    ("总产值翻一番", "翻一番", "100", "%", "exact"),
    ("总产值翻两番", "翻两番", "300", "%", "exact"),
    ("占一半", "一半", "50", "%", "exact"),
    ("占比超过1/3", "1/3", "33.33", "%", "over"),
    ("出口120.5(不含退税)亿元", "120.5(不含退税)亿元", "12050000000", "元", "exact"),
    ("购置12台(套)", "12台", "12", "台", "exact"),
    ("1200多万纳税人受益", "1200多万", "12000000", "人", "over"),
    ("上百万家庭受益", "百万", "1000000", "户", "over"),
    ("产值上亿元", "亿元", "100000000", "元", "over"),
    ("募集资金1000万", "1000万", "10000000", "元", "exact"),
    ("建成四大幸福邻里坊", "四大", "4", "个", "exact"),
    ("售价12.5元/平方米", "12.5元/平方米", "12.5", "元/平方米", "exact"),
    ("补贴每人每月2400元", "2400元", "2400", "元/月", "exact"),
    ("租金每平方米2.5元", "2.5元", "2.5", "元/平方米", "exact"),
    ("建设用地1.48平方公里", "1.48平方公里", "1480000", "平方米", "exact"),
    ("占地面积20公顷", "20公顷", "200000", "平方米", "exact"),
    ("建筑面积28万方", "28万方", "280000", "平方米", "exact"),
    ("清运土方3万方", "3万方", "30000", "立方米", "exact"),
    ("清淤5000方淤泥", "5000方", "5000", "立方米", "exact"),
    ("旅客周转量12亿人公里", "12亿人公里", "1200000000", "人公里", "exact"),
    ("货运周转量五亿吨公里", "五亿吨公里", "500000000", "吨公里", "exact"),
    ("能耗20万吨标准煤", "20万吨标准煤", "200000", "吨标准煤", "exact"),
    ("发电3.5亿千瓦时", "3.5亿千瓦时", "350000000", "千瓦时", "exact"),
    ("发电量三千亿度", "三千亿度", "300000000000", "度", "exact"),
    ("装机一千九百五十万千瓦", "一千九百五十万千瓦", "19500000", "千瓦", "exact"),
    ("出口100000万美元", "100000万美元", "1000000000", "美元", "exact"),
    ("至少100个人", "100个", "100", "个", "over"),
    ("不少于50家", "50家", "50", "家", "over"),
    ("不超过3%", "3%", "3", "%", "within"),
    ("不到一半", "一半", "50", "%", "within"),
    ("控制在2%以内", "2%", "2", "%", "within"),
    ("14天内办结", "14天", "14", "天", "within"),
    ("人口自然增长率3.5‰", "3.5‰", "3.5", "‰", "exact"),
    ("下降0.5个百分点", "0.5个百分点", "0.5", "百分点", "exact"),
    ("提高一个百分点", "一个百分点", "1", "百分点", "exact"),
    ("利润总额-3.9亿元", "-3.9亿元", "-390000000", "元", "exact"),
    ("增速为-3.9%", "-3.9%", "-3.9", "%", "exact"),
    ("投资负增长3%", "3%", "-3", "%", "exact"),
    ("增速全区第6", "第6", "6", "名", "exact"),
    ("位居全市第二", "第二", "2", "名", "exact"),
    ("居全国第4位", "第4位", "4", "名", "exact"),
    ("居全省首位", "首位", "1", "名", "exact"),
    ("由5家增加到10家", "5家", "5", "家", "exact"),
    ("二百二十四万吨", "二百二十四万吨", "2240000", "吨", "exact"),
    ("五百八十六亿元", "五百八十六亿元", "58600000000", "元", "exact"),
    ("一万二千二百多台", "一万二千二百多台", "12200", "台", "over"),
    ("一亿零六百万吨", "一亿零六百万吨", "106000000", "吨", "exact"),
    ("廿五户", "廿五户", "25", "户", "exact"),
    ("共计十万零一千元", "十万零一千元", "101000", "元", "exact"),
    ("约500余元", "500余元", "500", "元", "over"),
    ("2.5万多亩", "2.5万多亩", "25000", "亩", "over"),
    ("2.5万亩多", "2.5万亩多", "25000", "亩", "over"),
    ("近20年", "20年", "20", "年", "nearly"),
    ("增长一倍半", "一倍半", "150", "%", "exact"),
    ("三成左右", "三成", "30", "%", "about"),
    ("占六成多", "六成多", "60", "%", "over"),
    ("5至8个百分点", "5至8个百分点", "5~8", "百分点", "about"),
    ("10万至15万人", "10万至15万人", "100000~150000", "人", "about"),
    ("5—10万吨", "5—10万吨", "50000~100000", "吨", "about"),
    ("百分之五到百分之六", "百分之五到百分之六", "5~6", "%", "about"),
    ("上千名群众", "千名", "1000", "名", "over"),
    ("好几千人", "几千人", "1000", "人", "over"),
    ("数十亿元", "数十亿元", "1000000000", "元", "over"),
    ("几百万元", "几百万元", "1000000", "元", "over"),
    ("二百几十人", "二百几十人", "210", "人", "over"),
    ("半数村庄", "半数", "50", "%", "exact"),
    ("每百户拥有汽车35.6辆", "35.6辆", "35.6", "辆", "exact"),
    ("零下12摄氏度", "12摄氏度", "-12", "摄氏度", "exact"),
    ("3个亿", "3个亿", "300000000", "元", "exact"),
    ("一个半小时", "一个半小时", "1.5", "小时", "exact"),
    ("三个多月", "三个多月", "3", "个月", "over"),
    ("1.5公斤", "1.5公斤", "1.5", "公斤", "exact"),
    ("粮食871.6亿斤", "871.6亿斤", "87160000000", "斤", "exact"),
    ("五成", "五成", "50", "%", "exact"),
    ("八点五折", "八点五折", "85", "%", "exact"),
    ("两成三", "两成三", "23", "%", "exact"),
    ("万分之五", "万分之五", "0.05", "%", "exact"),
    ("两千零八户", "两千零八户", "2008", "户", "exact"),
    ("一百五十多家", "一百五十多家", "150", "家", "over"),
    ("实现两位数增长", "两位数", "10", "%", "over"),
    ("壹佰万元", "壹佰万元", "1000000", "元", "exact"),
    ("七八百人", "七八百人", "700~800", "人", "about"),
    ("一二十户", "一二十户", "10~20", "户", "about"),
    ("十七八个", "十七八个", "17~18", "个", "about"),
    ("三五个", "三五个", "3~5", "个", "about"),
    ("2~3万元", "2~3万元", "20000~30000", "元", "about"),
    ("3.5%到4%", "3.5%到4%", "3.5~4", "%", "about"),
    ("四分之三强", "四分之三", "75", "%", "over"),
    ("300元/月", "300元/月", "300", "元/月", "exact"),
    ("日均处理3000吨", "3000吨", "3000", "吨", "exact"),
    ("12.5万户次", "12.5万户次", "125000", "户次", "exact"),
    ("接近十分之一", "十分之一", "10", "%", "nearly"),
    ("十万分之三", "十万分之三", "0.003", "%", "exact"),
    ("2亿3千万元", "2亿3千万元", "230000000", "元", "exact"),
    ("1亿2000多万人", "1亿2000多万人", "120000000", "人", "over"),
    ("3000余人次", "3000余人次", "3000", "人次", "over"),
    ("12.6万余人次", "12.6万余人次", "126000", "人次", "over"),
    ("约占四成", "四成", "40", "%", "about"),
    ("超五成", "五成", "50", "%", "over"),
    ("三千五百米", "三千五百米", "3500", "米", "exact"),
    ("一千克", "一千克", "1", "公斤", "exact"),
    ("两千克", "两千克", "2", "公斤", "exact"),
    ("300千克", "300千克", "300", "公斤", "exact"),
    ("50千伏安", "50千伏安", "50", "千伏安", "exact"),
    ("不足10%", "10%", "10", "%", "within"),
    ("低于5%", "5%", "5", "%", "within"),
    ("逾万人", "万人", "10000", "人", "over"),
    ("将近一倍", "一倍", "100", "%", "nearly"),
    ("增加两倍多", "两倍多", "200", "%", "over"),
    ("平均三十五元五角", "三十五元五角", "35.5", "元", "exact"),
    ("有机质达到27克/千克", "27克/千克", "27", "克/千克", "exact"),
    ("不低于补助标准的1.6倍", "1.6倍", "160", "%", "over"),
    ("单产5691公斤/公顷", "5691公斤/公顷", "5691", "公斤/公顷", "exact"),
    ("租金每平米30元", "30元", "30", "元/平方米", "exact"),
    ("全年增长19·5%", "19·5%", "19.5", "%", "exact"),
    ("捐款肆佰叁拾万元", "肆佰叁拾万元", "4300000", "元", "exact"),
]


def _quoted(text: str, quote: str) -> Quantity:
    found = [q for q in scan(text, ()) if text[q.start : q.end] == quote]
    assert found, [text[q.start : q.end] for q in scan(text, ())]
    return found[0]


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit", "modifier"), FORMS, ids=[form[0] for form in FORMS]
)
def test_a_quantity_says_what_its_characters_say(
    text: str, quote: str, value: str, unit: str, modifier: str
) -> None:
    low, _, high = value.partition("~")
    found = _quoted(text, quote)
    assert found.value == Decimal(low)
    assert found.upper == (Decimal(high) if high else None)
    assert (found.unit, found.modifier) == (unit, modifier)


def test_the_modifier_of_a_pair_holds_for_both() -> None:
    text = "甲、乙两栋楼税收分别近8000万元和5000万元"
    assert _quoted(text, "8000万元").modifier == "nearly"
    assert _quoted(text, "5000万元").modifier == "nearly"


def test_listed_numbers_share_the_last_unit() -> None:
    found = _quoted("比重分别提高15、22个百分点", "15")
    assert (found.value, found.unit) == (Decimal(15), "百分点")


def test_price_with_persons_runs_through_the_clause() -> None:
    text = "低保标准由每人每月163元提高到178元"
    assert _quoted(text, "163元").unit == "元/月"
    assert _quoted(text, "178元").unit == "元/月"


def test_lead_and_tail_take_in_the_modifiers() -> None:
    text = "共计约120人左右参加"
    found = _quoted(text, "120人")
    assert text[found.lead : found.tail] == "约120人左右"


def test_numerals_inside_time_expressions_are_dates() -> None:
    text = "2023年上半年新增5家"
    time = TimeExpression(0, 8, "point")
    found = scan(text, (time,))
    assert [(text[q.start : q.end], q.disposition) for q in found] == [
        ("2023", "date"),
        ("5家", "observation"),
    ]


@given(
    st.text(
        alphabet=(
            "零一二三十百千万亿两半几数余多来点分之第个家元%年月、,。“”()-—至到约近超以上内"
            "壹伍陆拾佰折成对翻番又角块负kw:∶×m平户$港币发金0123456789."
        ),
        max_size=40,
    )
)
def test_quantities_are_ordered_disjoint_and_lose_no_digit(text: str) -> None:
    found = scan(text, ())
    end = 0
    covered = set()
    for q in found:
        assert end <= q.start < q.end
        assert q.lead <= q.start
        assert q.tail >= q.end
        covered.update(range(q.start, q.end))
        end = q.end
    digits = {i for i, char in enumerate(text) if char in "0123456789零一二三十百千万亿两"}
    assert digits <= covered


def test_a_doubling_beyond_all_numbers_has_no_value():
    (found,) = scan("产值翻亿番", ())
    assert (found.value, found.disposition) == (None, "unknown")


@pytest.mark.parametrize("text", ["门票3对折价", "三对半成品", "2伍", "大陆十家"])
def test_signs_of_halves_and_notes_take_no_neighbour(text):
    spans = [(q.start, q.end) for q in scan(text, ())]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert any(start <= len(text) - 2 for start, _ in spans)


@given(st.text(max_size=60))
def test_any_text_scans(text: str) -> None:
    for q in scan(text, ()):
        assert 0 <= q.start < q.end <= len(text)

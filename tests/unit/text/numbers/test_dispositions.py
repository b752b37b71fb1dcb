"""What a numeral is when it is no quantity."""

from __future__ import annotations

import pytest

from pipelines import lexicon
from pipelines.text.numbers import chinese
from pipelines.text.numbers.chinese import WordRule
from pipelines.text.numbers.number import numeral_at
from pipelines.text.numbers.scan import _candidate, scan
from pipelines.text.rule import Rule

# text, numeral with what the scanner takes in, disposition
CASES = [
    ("全面做好“三农”工作", "三", "label"),
    ("三农工作持续向好", "三", "name"),
    ("推进经济社会一体发展", "一", "idiom"),
    ("进一步优化服务", "一", "idiom"),
    ("这是一项重要任务", "一项", "idiom"),
    ("一是抓好招商", "一", "list_number"),
    ("(三)民生改善", "三", "list_number"),
    ("二、下一步打算", "二", "list_number"),
    ("\n2.扩大投资", "2", "list_number"),
    ("迎接党的二十大召开", "二十大", "ordinal"),
    ("重温党的七大精神", "七大", "ordinal"),
    ("第六届运动会开幕", "第六", "ordinal"),
    ("开展第三轮督察", "第三", "ordinal"),
    ("第一产业稳步发展", "第一", "ordinal"),
    ("第二,深化改革", "第二", "ordinal"),
    ("小区二期改造", "二期", "ordinal"),
    ("二次供水工程", "二次", "ordinal"),
    ("打造“1138X”体系", "1138", "label"),
    ("推行“1+2+3”机制", "1", "label"),
    ("采用1+8+N模式", "8", "label"),
    ("《十项便民办法》出台", "十项", "label"),
    ("建成5G基站", "5", "model"),
    ("PM2.5浓度下降", "2.5", "model"),
    ("创建5A级景区", "5", "model"),
    ("系统升级2.0版", "2.0", "model"),
    ("新建750千伏变电站", "750千伏", "model"),
    ("濮家新村54-58幢改造", "54-58幢", "address"),
    ("位于解放路12号楼", "12号", "address"),
    ("印发〔2023〕12号文件", "2023", "document_number"),
    ("依据第5号令执行", "第5", "document_number"),
    ("引进亿元以上项目", "亿元", "threshold"),
    ("实到资金5000万元及以上企业", "5000万元", "threshold"),
    ("85岁以上老人", "85岁", "threshold"),
    ("打造千亿级产业", "千亿", "threshold"),
    ("20户以上自然村通车", "20户", "threshold"),
    ("做好五个方面工作", "五个", "rhetorical"),
    ("做到三个坚持", "三个", "rhetorical"),
    ("这两个时期", "两个", "rhetorical"),
    ("见附注[12]", "12", "footnote"),
    ("价格指数(上年=100)回落", "100", "label"),
    ("价格指数(2020年=100)回落", "100", "label"),
    ("接通12345热线", "12345", "contact"),
    ("连续三年增长", "三年", "duration"),
    ("千家万户受益", "千家", "name"),
    ("每万人拥有床位", "万人", "label"),
    ("用好10%留用地", "10%", "label"),
    ("世界500强企业", "500", "label"),
    ("把稳就业摆在首位", "首位", "idiom"),
    ("任务十分繁重", "十分", "idiom"),
    ("坚持抓两头带中间", "两头", "idiom"),
    ("区委三届五次全会部署", "五次", "ordinal"),
    ("万元产值能耗下降", "万元", "label"),
    ("深化两市合作", "两市", "name"),
    ("利用三里亭地块", "三里", "name"),
]
OBSERVED = [
    ("培育50%以上的村", "50%"),
    ("争取新增3个以上优秀组织", "3个"),
    ("建设三个项目", "三个"),
    ("平均受教育年限达到9.5年", "9.5年"),
    ("办理时间缩短3天", "3天"),
    ("覆盖超万人", "万人"),
    ("动员千名商户", "千名"),
    ("新增6台AED", "6台"),
    ("排名由369位上升到235位", "235位"),
    ("组建“6名专职安全巡防队员、30名平安志愿者”的队伍", "6名"),
]


@pytest.mark.parametrize(
    ("text", "numeral", "disposition"), CASES, ids=[f"{c[0].strip()}" for c in CASES]
)
def test_a_numeral_that_is_no_quantity(text: str, numeral: str, disposition: str) -> None:
    found = {text[q.start : q.end]: q.disposition for q in reversed(scan(text, ()))}
    assert found.get(numeral) == disposition, found


@pytest.mark.parametrize(("text", "quote"), OBSERVED, ids=[case[0] for case in OBSERVED])
def test_what_only_looks_like_a_label_is_a_quantity(text: str, quote: str) -> None:
    found = {text[q.start : q.end]: q.disposition for q in scan(text, ())}
    assert found.get(quote) == "observation", found


def test_a_denied_count_is_zero() -> None:
    (found,) = scan("全年未发生一起较大事故", ())
    assert (found.value, found.unit, found.disposition) == (0, "起", "observation")


def test_a_place_without_a_counter_is_a_rank() -> None:
    text = "增速全区第6;总量位列全市第四"
    ranks = [q for q in scan(text, ()) if q.dimension == "rank"]
    assert [(text[q.start : q.end], int(q.value or 0), q.unit) for q in ranks] == [
        ("第6", 6, "名"),
        ("第四", 4, "名"),
    ]


def decides(rule: Rule[WordRule], text: str) -> bool:
    """Whether the rule is the first that fits the last numeral of the text."""
    match, at = None, 0
    while at < len(text):
        numeral = numeral_at(text, at, len(text))
        match, at = numeral or match, numeral.end() if numeral else at + 1
    assert match is not None
    candidate = _candidate(text, match)
    seen = (text, candidate, candidate.unit, match[0])
    return rule is next((rule for rule in chinese.RULES if rule.find(*seen)), None)


@pytest.mark.parametrize("rule", chinese.RULES, ids=lambda rule: rule.id)
def test_a_rule_decides_its_example_alone(rule: Rule[WordRule]) -> None:
    (text, disposition), (other, what) = rule.example, rule.counter
    assert (decides(rule, text), scan(text, ())[-1].disposition) == (True, disposition)
    assert (decides(rule, other), scan(other, ())[-1].disposition) == (False, what)


@pytest.mark.parametrize("word", sorted(lexicon.words("session_words")))
def test_a_session_is_numbered(word):
    (numeral,) = scan(f"出席区人大五次{word}", ())
    assert numeral.disposition == "ordinal"


def test_what_a_congress_does_is_counted():
    (numeral,) = scan("组织区人大五次视察", ())
    assert numeral.disposition == "observation"


@pytest.mark.parametrize("word", sorted(lexicon.words("talk_attributes")))
def test_an_attribute_of_talk_does_not_make_it_countable(word):
    (numeral,) = scan(f"抓住三个{word}问题", ())
    assert numeral.disposition == "rhetorical"

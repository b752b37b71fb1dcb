"""Names from the words left of the number, filled up where they are elliptic."""

from __future__ import annotations

import pytest

from pipelines.text.binding.nouns import attributed, is_rate, known

# text, rule, indicator, subject; the last number of the text is meant
CASES = [
    ("居民服务保障1200人次", "left", "居民服务保障", None),
    ("处理纠纷85起,出动340车次", "own verb", "出动", None),
    ("处理纠纷85起,立案12起", "own verb", "立案", None),
    ("改造老旧管网9公里,惠及居民2300户", "effect", "老旧管网惠及居民", None),
    ("投入260万元,建成社区食堂", "spent", "社区食堂投入", None),
    ("改造公厕14座,投入资金95万元", "spent", "改造公厕投入资金", None),
    ("排查燃气隐患312处,整改298处", "bare verb", "整改燃气隐患", None),
    ("助餐、助浴、助洁等服务1200人次", "lead+verb", "助餐、助浴、助洁服务", None),
    ("上门理发,服务1200人次", "bare verb of topic", "上门理发服务", None),
    ("智能门锁安装有序推进,走访居民60户,安装48户", "bare verb of topic", "智能门锁安装", None),
    ("选举工作顺利完成,参选率96%", "rate of topic", "选举工作参选率", None),
    ("柳岸社区扎实推进改造,面积3万平方米", "attribute of body", "面积", "柳岸社区"),
    ("道路养护有序推进,养护12公里", "bare verb of topic", "道路养护", None),
    ("新建厂房6栋,面积3万平方米,总投资5亿元", "bare attribute", "新建厂房总投资", None),
    ("拆除违建46处,面积1.2万平方米", "bare attribute", "拆除违建面积", None),
    ("棚户改造有序推进,面积2.6万平方米", "attribute of topic", "棚户改造面积", None),
    ("棚户改造完成投资2亿元", "attribute of lead", "棚户改造投资", None),
    ("出口总额1亿元", "known", "出口总额", None),
    ("税收收入9亿元,其中星湖大厦2亿元", "part subject", "税收收入", "星湖大厦"),
    ("税收收入9亿元,其中星湖大厦2亿元,金源大厦1亿元", "part subject", "税收收入", "金源大厦"),
    ("红杉邻里坊面积3万平方米", "owned", "面积", "红杉邻里坊"),
    ("“邻里通”平台注册用户3200人", "named", "注册用户", "“邻里通”平台"),
    ("受理信访件156件,办结率97%", "rate", "信访件办结率", None),
    ("排查消防安全隐患78处,发现隐患75处", "short form", "发现消防安全隐患", None),
    ("小麦产量增长4%,玉米增长2%", "tail", "玉米产量", None),
    ("农产品产量方面,小麦增长5%", "tail", "小麦产量", None),
    ("小麦产量30万吨,玉米12万吨", "tail", "玉米产量", None),
    ("登记建筑物45个、住房830间", "verb before", "登记住房", None),
    ("走访困难家庭56户、老党员23人", "verb before", "走访老党员", None),
    ("居家养老护理1200人次", "left", "居家养老护理", None),
]


@pytest.mark.parametrize(("text", "rule", "indicator", "subject"), CASES, ids=[r[0] for r in CASES])
def test_rule(observe, text, rule, indicator, subject):
    last = observe(text)[-1]
    assert (last.indicator, last.subject) == (indicator, subject)
    assert last.rule.split(":")[1] == rule


# text, a rule that must not fit its last number, indicator
NOT = [
    ("出动巡逻车340车次", "own verb", "出动巡逻车"),
    ("惠及居民2300户", "effect", "惠及居民"),
    ("投入设备260台", "spent", "投入设备"),
    ("排查燃气隐患312处,整改线路298处", "bare verb", "整改线路"),
    ("拆除违建46处,绿化面积1.2万平方米", "bare attribute", "绿化面积"),
    ("税收收入9亿元,其中出口总额2亿元", "part subject", "出口总额"),
    ("各社区建筑面积3万平方米", "owned", "社区建筑面积"),
    ("各社区注册用户3200人", "named", "社区注册用户"),
    ("走访企业156家,群众满意率97%", "rate", "群众满意率"),
    ("排查消防安全隐患78处,新增消防车7台", "short form", "新增消防车"),
    ("小麦产量增长4%,玉米面积增长2%", "tail", "玉米面积"),
    ("小麦产量增长4%,新增企业2家", "tail", "新增企业"),
    ("登记建筑物45个、新增住房830间", "verb before", "新增住房"),
    ("登记建筑物45个,住房面积830平方米", "verb before", "住房面积"),
]


@pytest.mark.parametrize(("text", "rule", "indicator"), NOT, ids=[f"{r[1]}:{r[0]}" for r in NOT])
def test_rule_does_not_fit(observe, text, rule, indicator):
    last = observe(text)[-1]
    assert last.indicator == indicator
    assert last.rule.split(":")[1] != rule


def test_an_attribute_is_no_bare_thing(words):
    assert attributed(tuple(words("粮食产量")))
    assert not attributed(tuple(words("粮食")))
    assert not attributed(())


def test_a_canonical_name_is_known(words):
    assert known(tuple(words("本地社会消费品零售总额")))
    assert not known(tuple(words("走访居民")))


@pytest.mark.parametrize(("name", "rate"), [("办结率", True), ("办结", False), ("", False)])
def test_a_rate(name, rate):
    assert is_rate(name) is rate

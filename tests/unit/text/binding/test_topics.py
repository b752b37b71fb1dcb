"""What the clauses of a sentence are about, and for how long."""

from __future__ import annotations

import pytest

from pipelines import parse_text
from pipelines.text.binding.topics import topics

# text, what each clause is about
TOPICS = [
    ("柳岸社区组织巡查,走访居民36户;新增站点3处", ["柳岸社区", "柳岸社区", None]),
    ("柳岸社区组织巡查,松林社区走访居民,新增站点", ["柳岸社区", "松林社区", "松林社区"]),
    ("新增站点,柳岸社区组织巡查,走访居民", [None, "柳岸社区", "柳岸社区"]),
    ("各社区组织巡查,走访居民", [None, None]),
    ("柳岸社区、松林社区组织巡查,走访居民", ["柳岸社区、松林社区", "柳岸社区、松林社区"]),
    ("柳岸社区的居民组织巡查,走访居民", [None, None]),
    ("走访居民,新增站点", [None, None]),
    (
        "截至目前,社会治理指挥中心收集案卷80件,结案率97%",
        [None, "社会治理指挥中心", "社会治理指挥中心"],
    ),
    ("星湖医院达到6家,节省费用3亿元", [None, None]),
    ("渔湾村流转土地90亩,建成大棚6个", ["渔湾村", "渔湾村"]),
    # our region, or a theme of its own, takes over
    ("柳岸社区新增站点3处,全区新增站点90处", ["柳岸社区", None]),
    ("柳岸社区新增站点3处,我区财政收入增长5%", ["柳岸社区", None]),
    ("松林集团完成搬迁,群众服务水平提升,新增站点3处", ["松林集团", None, None]),
    ("柳岸社区走访居民36户,辖区面积3平方公里", ["柳岸社区", "柳岸社区"]),
    # in mid-sentence a clause may tell all of a thing
    ("道路新增2条,星湖大厦建成投用,新增企业8家", [None, "星湖大厦", None]),
    ("星湖大厦建成投用,入驻企业8家", ["星湖大厦", "星湖大厦"]),
]


@pytest.mark.parametrize(("text", "expected"), TOPICS, ids=[row[0] for row in TOPICS])
def test_what_a_clause_is_about(words, text, expected):
    said = topics(words(text)).values()
    assert [topic and topic.name for topic in said] == expected


# text, region, subject of the last figure
CARRIED = [
    ("柳岸社区新增站点3处,走访居民36户", "柳岸社区"),
    ("市第一医院新增床位90张,门诊量增长8%", "市第一医院"),
    ("市第一医院启用新楼,门诊量增长8%", "市第一医院"),
    ("松林集团实现营业收入12亿元、利润总额6亿元", "松林集团"),
    ("柳岸社区新增站点3处、松林社区新增站点2处", "松林社区"),
    ("开放格局不断完善,贸易额增长8%", None),
    ("柳岸社区新增站点3处,财政总收入增长8%", None),
    ("柳岸社区新增站点3处,居民收入增长8%", "柳岸社区"),
    ("推进总投资880万元的梅溪片区雨污分流工程,新铺管网7公里", "梅溪片区雨污分流工程"),
    ("总投资920万元的滨河路改造工程通车,全长1公里,路面宽24米", "滨河路改造工程"),
    ("星湖幼儿园主体封顶,9月投用后可新增学位270个", "星湖幼儿园"),
    ("渔湾村流转土地90亩", "渔湾村"),
    ("渔湾村、柳岸村流转土地分别达90亩、80亩", "柳岸村"),
    ("渔湾村、柳岸村分别流转土地90亩、80亩", "柳岸村"),
    ("星湖工业园入驻企业36家,其中规模以上企业11家", "星湖工业园"),
    ("柳岸社区走访居民36户,完成固定资产投资2亿元", "柳岸社区"),
    ("柳岸社区走访居民36户,累计服务老人90人次", "柳岸社区"),
    ("柳岸社区走访居民36户,为老人发放补贴2万元", "柳岸社区"),
    ("星湖机场旅客吞吐量达3万人次,松林机场突破2万人次", "松林机场"),
    ("法院受理案件90件,审结86件", "法院"),
    ("沿海港口货物吞吐量21亿吨", None),
    ("城镇住宅竣工面积6亿平方米", None),
    ("刑事、治安、电诈警情分别下降17%、9%、6%", None),
    ("贫困地区存款比85元的数目少", "贫困地区"),
    ("镇卫生院接诊6万人次", "镇卫生院"),
    ("镇卫生院改造6所", None),
    ("总投资3亿元的星湖大厦封顶,总投资5亿元的松林大厦完成80%", "松林大厦"),
    ("总投资3亿元的柳岸、松林安置房项目完成工程量的35%", "柳岸、松林安置房项目"),
]


@pytest.mark.parametrize(("text", "subject"), CARRIED, ids=[row[0] for row in CARRIED])
def test_a_figure_takes_what_its_clause_is_about(observe, text, subject):
    assert observe(text + "。")[-1].subject == subject


def test_all_attributes_before_a_thing_are_its_own(observe):
    found = observe("总投资2亿元、建筑面积5万平方米的星湖商贸城封顶,绿化率达30%。")
    assert [one.subject for one in found][:2] == ["星湖商贸城"] * 2


# text of a province's report, subject of each figure
PLACES = [
    ("怀化实现地区生产总值2000亿元、增长5%", ["怀化", "怀化"]),
    ("衡阳、邵阳税收收入分别增长7%、6%", ["衡阳", "邵阳"]),
    ("全国粮食产量1.4万亿斤,我省粮食产量620亿斤", ["全国", None]),
    ("全国文明城市达到13个,新增全国重点实验室3家", [None, None]),
    ("全国重点实验室数量翻番", [None]),
    ("农村居民收入增长7%,其中桃源县增长8%", [None, "桃源县"]),
    ("全国生猪出栏7亿头,我省生猪出栏6200万头", ["全国", None]),
    ("怀化、邵阳两个市,税收收入增长8%,粮食产量增长3%", ["怀化、邵阳"] * 3),
    ("岳阳税收收入增长8%,粮食产量增长3%,全省粮食产量增长2%", ["岳阳", "岳阳", None]),
    ("工业和手工业总产值增长8%", [None]),
    ("怀化粮食产量增长3%、蔬菜产量增长5%", ["怀化", "怀化"]),
    ("株洲获批试点城市,新增站点3处", [None]),
    ("在长沙等城市新建站点3处", [None]),
    ("长沙都市圈经济总量突破2万亿元", ["长沙都市圈"]),
]


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[row[0] for row in PLACES])
def test_a_place_inside_the_region_is_the_subject(text, expected):
    found = parse_text(text + "。", region="湖南省").observations
    assert [one.subject for one in found] == expected


WORKS = [
    # a works of our own, or with a proper name
    ("县酒厂全年实现利税70万元,增长9%", "利税", "县酒厂"),
    ("财政收入增长4%;市面粉厂产值8万元,实现利税6万元", "利税", "市面粉厂"),
    ("松林股份产值6亿元,柳岸股份产值5亿元、下降3%", "产值", "柳岸股份"),
    ("县造纸厂扭亏为盈,盈利15万元", "盈利", "县造纸厂"),
    # a class of works is none, however long its name; nor are shares, or all of a trade
    ("国营造纸厂产值6亿元", "国营造纸厂产值", None),
    ("制糖工业扭亏为盈,实现利润37万元", "制糖工业利润", None),
    ("企业股份转让收入6亿元", "企业股份转让收入", None),
]


@pytest.mark.parametrize(("text", "indicator", "subject"), WORKS, ids=[row[0] for row in WORKS])
def test_a_works_is_a_body_a_class_of_works_is_not(observe, text, indicator, subject):
    last = observe(text)[-1]
    assert (last.indicator, last.subject) == (indicator, subject)

"""Names of the figures of whole sentences: what a figure relates to, and what it does not.

One sentence for each way in which a name is shorter than what it means, from every kind of report.
"""

from __future__ import annotations

import pytest

# sentence, the indicators of its figures
NAMES = {
    # rates, attributes and effects relate to what was told, not to each other
    "受理居民诉求3821件,按期办结率99.1%、满意率96.5%": "受理居民诉求|居民诉求办结率|居民诉求满意率",
    "城乡居民医疗保险参保1.2万人,参保率98%,比全县平均水平高1.1个百分点": (
        "城乡居民医疗保险参保|城乡居民医疗保险参保率|城乡居民医疗保险参保率"
    ),
    "空气质量优良天数281天,优良率77%": "空气质量优良天数|空气质量优良率",
    "新能源装机达4091万千瓦、占比达44.7%": "新能源装机|新能源装机占比",
    "2个老旧小区改造推进,投入资金860万元,涉及楼栋31幢、建筑面积3万平方米,惠及居民720户": (
        "老旧小区改造|老旧小区改造投入资金|老旧小区改造涉及楼栋|老旧小区改造建筑面积|老旧小区改造惠及居民"
    ),
    "公共服务提档升级,免费午餐政策惠及儿童13万名": "免费午餐政策惠及儿童",
    "技改投资22亿元,完成率110%,排名全市第二": "技改投资|技改投资|技改投资",
    "落实产业奖补资金210万元,户均2500元": "产业奖补资金|户均产业奖补资金",
    "供应人才公寓320套,平均租金每平方米22元": "供应人才公寓|供应人才公寓租金",
    # a verb acts on what can be counted, in the sentence before, too
    "贫困发生率降至0.7%,脱贫46户": "贫困发生率|脱贫",
    "全年实施重点工程24个,总投资31亿元。截至9月底,开工21个": "重点工程|重点工程总投资|开工重点工程",
    "固定资产投资增长18%,招商引资增长25%": "固定资产投资|招商引资",
    # parts that are told by their class alone
    "走访企业90家,其中外资类26家,占比28.9%": "走访企业|走访外资类企业|外资类企业占比",
    "引进项目12个,其中投资亿元以上的3个": "引进项目|引进投资亿元以上项目",
    "社会消费品零售总额18.2亿元,增长6.1%,其中城镇14.5亿元、乡村3.7亿元": (
        "社会消费品零售总额|社会消费品零售总额|社会消费品零售总额|社会消费品零售总额"
    ),
    "辖区现有市场主体4.6万户,其中企业1.9万户": "市场主体|企业",
    "实施项目10个,其余3个按计划推进,另有5个正在公示": "项目|项目|公示项目",
    # among what: inside a phrase of place
    "群众满意度在全县18个乡镇中由第10名升至第4名": "乡镇|群众满意度|群众满意度",
    "市容测评得分92.1分,位居全市56个街道第7名": "市容测评得分|街道|市容测评得分",
    "外贸进出口在工业品出口下降超3成的情况下增长12%": "工业品出口|外贸进出口",
    "在统的23个行业中17个实现增长": "统行业|增长行业",
    "农业产值在工农业产值中的比重由56%下降到43%": "农业产值比重|农业产值比重",
    # how far a plan has come
    "工业投资增长6%,完成全年计划的70%,落后序时进度5个百分点": "工业投资|工业投资|工业投资",
    "新建托位520个,年度任务500个": "新建托位|新建托位",
    # a rank of the thing does not hide it
    "地区生产总值达到5.5万亿元、稳居全国前十强、增长4.8%": "地区生产总值|地区生产总值",
    # one number for each name of a row
    "教育、社会保障和就业、卫生健康支出分别为5亿元、3亿元和2亿元": (
        "教育支出|社会保障和就业支出|卫生健康支出"
    ),
    "三次产业增加值分别增长3.5%、6.1%和7.2%": "第一产业增加值|第二产业增加值|第三产业增加值",
    "接待游客、实现旅游总花费分别增长11.8%、11.5%": "接待游客|旅游总花费",
    # who is made to act
    "帮助26家科技企业落实贷款1800万元": "科技企业贷款|科技企业贷款",
    "帮助小微企业获得信贷支持6亿元": "小微企业信贷支持",
    "3.6万亩水稻亩产560公斤": "水稻|水稻亩产",
}


@pytest.mark.parametrize("sentence", NAMES)
def test_the_names_of_a_sentence(observe, sentence):
    assert "|".join(o.indicator for o in observe(sentence)) == NAMES[sentence]


# sentence, the scope of its last figure
AMONG = {
    "市容测评得分位居全市56个街道第7名": "全市",
    "地区生产总值增速居15个副省级城市第3位": "副省级城市",
    "利润、税收增速分别居全区第2、第3": "全区",
}


@pytest.mark.parametrize("sentence", AMONG)
def test_what_a_place_is_one_among(observe, sentence):
    assert observe(sentence)[-1].scope == AMONG[sentence]


def test_the_title_of_an_item_names_what_its_figures_leave_out(observe):
    text = "一、民生实事\n1.老旧小区改造。已完工7个,惠及居民2100户。\n2.经济稳中有进。已完工3个。"
    found = [o.indicator for o in observe(text)]
    assert found == ["老旧小区改造完工", "老旧小区改造惠及居民", "完工"]

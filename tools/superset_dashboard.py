"""What the dashboard for Superset shows: its datasets, charts, filters and rows.

Datasets and columns go by the names of marts and of columns in `sql/`; the bundle turns them into
the labels under which the schema `zh` has them. How Superset writes things down is the business of
`tools.superset_bundle`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from pipelines.pages.labels import DOUBTS, MEASURES

TITLE: Final = "指标总览"
SLUG: Final = "zhibiao"
ABOUT: Final = """\
### 指标总览 · 报告里的每一个数

数值均取自报告原文，单位为报告所述；表中的**原句**就是出处。标有“推算”的由数据仓库算出，其余均为报告自述。
左侧可按地区、年份、指标筛选；点击图中的地区或主题，其他图表随之筛选。
"""

# Indicators of the two charts of levels, by code of seeds/indicators.csv.
REVENUES: Final = (
    "fiscal_revenue_total",
    "general_public_budget_revenue",
    "local_fiscal_revenue",
    "tax_revenue",
)
OUTPUTS: Final = (
    "gdp",
    "large_industrial_output",
    "fixed_asset_investment",
    "retail_sales",
)


@dataclass(frozen=True, slots=True)
class Added:
    """A column that Superset works out: SQL over the labels of the view."""

    name: str
    sql: str
    about: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that charts show; `shown` is a format of d3."""

    name: str
    sql: str
    shown: str
    about: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A mart as charts read it."""

    mart: str
    metrics: tuple[Metric, ...]
    added: tuple[Added, ...] = ()


def _spelled(column: str, words: dict[str, tuple[str, str]]) -> str:
    """SQL that gives the Chinese word for each member of a closed list."""
    cases = " ".join(f"when '{code}' then '{zh}'" for code, (_, zh) in words.items())
    return f'case "{column}" {cases} else "{column}" end'


_COUNT = Metric("行数", "count(*)", ",d", "行数")
DATASETS: Final = (
    Dataset(
        "mart_observation",
        (
            Metric("观测值数", "count(*)", ",d", "报告中的数值个数"),
            Metric("报告数", 'count(distinct "文件名")', ",d", "报告文件数"),
            Metric("地区数", 'count(distinct "地区全路径")', ",d", "有观测值的地区数"),
            Metric("存疑数", 'count("存疑原因")', ",d", "自相矛盾或与报告相矛盾的观测值个数"),
        ),
    ),
    Dataset(
        "mart_series",
        (
            Metric("亿元", 'max("数值") / 100000000', ",.2f", "水平，以亿元计"),
            Metric("增速", 'max("数值")', ",.1f", "报告所述同比增速，%"),
            _COUNT,
        ),
        (
            # On two lines under the axis.
            Added("地区时期", '"地区" || chr(10) || "时期"', "地区与时期"),
            Added("地区指标", '"地区" || \' \' || "指标" || \' \' || "时期"', "地区、指标与时期"),
        ),
    ),
    Dataset(
        "mart_target",
        (_COUNT,),
        (
            Added("目标项目", _spelled("项目", MEASURES), "目标的项目：总量、增速等"),
            # 不低于…, 15% becomes 不低于15%.
            Added(
                "目标",
                'coalesce(replace("目标措辞", \'…\', "目标原文数字"), "目标原文数字")',
                "报告所述目标及其措辞",
            ),
            Added("结果", "coalesce(\"结果原文数字\", '—')", "其后的报告所述结果"),
            Added(
                "达成情况",
                "case \"是否达成(推算)\" when true then '达成' when false then '未达成' "
                "else '尚无结果' end",
                "其后的报告所述结果是否达到目标",
            ),
        ),
    ),
    Dataset(
        "mart_theme_profile",
        (
            Metric("观测值合计", 'sum("观测数")', ",d", "各主题的观测值个数"),
            Metric("语句合计", 'sum("语句数")', ",d", "各主题的语句数"),
        ),
        (
            Added(
                "报告",
                "split_part(\"地区全路径\", '/', -1) || ' ' || coalesce(\"时期\", '')",
                "地区与报告时期",
            ),
        ),
    ),
    Dataset(
        "mart_doubt",
        (_COUNT,),
        (Added("原因", _spelled("存疑原因", DOUBTS), "存疑原因"),),
    ),
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it asks of its dataset, and how it is drawn.

    `where` are conditions on columns of the view, by label; `form` what the form of Superset for
    this kind of chart has beyond them.
    """

    name: str
    title: str
    about: str
    mart: str
    kind: str
    width: int
    height: int
    metrics: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    where: tuple[tuple[str, str, Any], ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    rows: int = 1000
    form: dict[str, Any] = field(default_factory=dict)


def _number(name: str, title: str, metric: str, about: str) -> Chart:
    form = {
        "metric": metric,
        "subtitle": about,
        "header_font_size": 0.5,
        "subtitle_font_size": 0.2,
        "y_axis_format": ",d",
    }
    return Chart(
        name, title, about, "mart_observation", "big_number_total", 3, 18, (metric,), form=form
    )


_BARS: Final = {
    "color_scheme": "supersetColors",
    "legendOrientation": "top",
    "legendType": "scroll",
    "only_total": True,
    "rich_tooltip": True,
    "show_legend": True,
    "show_value": True,
    "sort_series_ascending": True,
    "sort_series_type": "name",
    "xAxisForceCategorical": True,
    "x_axis_sort_asc": True,
    "y_axis_title_position": "Top",
}
_LEVELS: Final = _BARS | {
    "orientation": "vertical",
    "y_axis_format": ",.2~f",
    "y_axis_title": "亿元",
    "y_axis_title_margin": 30,
    "xAxisLabelRotation": 0,
    "x_axis_sort": "地区时期",
}


# Not what a span of years came to, nor the mean of its years.
_ONE_TIME: Final = ("时间性质", "IN", ["year", "part_of_year"])


def _levels(name: str, title: str, codes: tuple[str, ...]) -> Chart:
    return Chart(
        name,
        title,
        "每个地区、每个时期一组；数值为报告所述，时期长短不同，不宜直接相比。",
        "mart_series",
        "echarts_timeseries_bar",
        6,
        52,
        ("亿元",),
        ("地区时期", "指标"),
        (("项目", "==", "level"), ("单位", "==", "元"), _ONE_TIME, ("指标代码", "IN", list(codes))),
        (("地区时期", True),),
        form=_LEVELS,
    )


def _widths(**pixels: int) -> dict[str, Any]:
    return {"column_config": {name: {"columnWidth": width} for name, width in pixels.items()}}


CHARTS: Final = (
    _number("reports", "报告", "报告数", "份报告已读入"),
    _number("regions", "地区", "地区数", "个地区有数值"),
    _number("observations", "观测值", "观测值数", "个数值，个个有出处"),
    _number("doubts", "存疑", "存疑数", "个数值与报告相矛盾，见文末"),
    _levels("revenues", "财政与税收（亿元）", REVENUES),
    _levels("outputs", "生产、投资与消费（亿元）", OUTPUTS),
    Chart(
        "growth",
        "增速排行（同比，%）",
        "报告所述同比增速，由高到低，最多二十项；选定一个指标即为各地区排行。",
        "mart_series",
        "echarts_timeseries_bar",
        6,
        62,
        ("增速",),
        ("地区指标",),
        (("项目", "==", "growth"), _ONE_TIME),
        (("增速", False),),
        20,
        _BARS
        | {
            "orientation": "horizontal",
            "show_legend": False,
            "x_axis_sort": "增速",
            "y_axis_format": ",.1f",
        },
    ),
    Chart(
        "themes",
        "报告谈什么（各主题的数值个数）",
        "每份报告的数值按所在段落的主题计数。",
        "mart_theme_profile",
        "echarts_timeseries_bar",
        6,
        62,
        ("观测值合计",),
        ("报告", "主题"),
        (("观测数", ">", 0),),
        (("报告", True),),
        form=_BARS
        | {
            "orientation": "horizontal",
            "legendOrientation": "right",
            "show_value": False,
            "stack": "Stack",
            "x_axis_sort": "报告",
            "y_axis_format": ",d",
        },
    ),
    Chart(
        "targets",
        "目标与结果",
        "报告提出的目标；其后的报告说明了结果的，一并列出。",
        "mart_target",
        "table",
        12,
        66,
        columns=(
            "地区",
            "指标",
            "目标项目",
            "时期",
            "目标",
            "结果",
            "达成情况",
            "目标原句",
        ),
        # those with an outcome first: 达成, 未达成, 尚无结果
        order=(("达成情况", False), ("地区", True), ("时期", True)),
        form=_widths(地区=100, 指标=130, 目标项目=80, 时期=110, 目标=130, 结果=90, 达成情况=90),
    ),
    Chart(
        "doubtful",
        "存疑的数值",
        "照原样发布、但不可能全对的数值，各有原因和原句，留待人工核对。",
        "mart_doubt",
        "table",
        12,
        54,
        columns=("原因", "文件名", "指标原文", "原文数字", "时期", "原句"),
        order=(("原因", True), ("文件名", True)),
        form=_widths(原因=130, 文件名=170, 指标原文=170, 原文数字=110, 时期=110),
    ),
)
# Rows of the dashboard below its text: the charts by name, from left to right.
ROWS: Final = (
    ("reports", "regions", "observations", "doubts"),
    ("revenues", "outputs"),
    ("growth", "themes"),
    ("targets",),
    ("doubtful",),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """A list to choose from beside the dashboard; `unknown_to` has no such column."""

    title: str
    mart: str
    column: str
    unknown_to: tuple[str, ...] = ()


FILTERS: Final = (
    Filter("地区", "mart_observation", "地区全路径"),
    Filter("年份", "mart_observation", "年份", ("doubtful",)),
    Filter(
        "指标",
        "mart_series",
        "指标",
        ("reports", "regions", "observations", "doubts", "themes", "doubtful"),
    ),
)

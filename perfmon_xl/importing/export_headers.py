"""How the columns of budget systems and official forms are called, and which entry of the workbook each one is."""

from __future__ import annotations

from dataclasses import dataclass

from perfmon_xl.domain.explaining import CAUSES, LIKELIHOODS
from perfmon_xl.domain.text_keys import header_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Column, NamedCell, Type


@dataclass(frozen=True, slots=True)
class Entry:
    """一个可以对上的项目：哪类记录的哪个属性、显示的名称、类型。"""

    record: str
    field: str
    label: str
    type: Type

    @property
    def money(self) -> bool:
        return self.type in (Type.WAN, Type.YUAN)


# 工作簿没有、外面的表常用的叫法。
_PROJECT = {
    "year": ("年度", "预算年份"),
    "department": ("主管部门及代码", "部门名称", "预算部门"),
    "unit": ("项目单位", "单位名称", "预算单位", "项目实施单位"),
    "start": ("开始日期", "项目开始时间", "起始日期"),
    "end": ("结束日期", "项目结束时间", "终止日期"),
    "cutoff": ("监控日期", "数据截止日期"),
    "scope": ("项目概况", "主要内容", "项目主要内容"),
}
_GOAL = ("年度总体目标", "总体目标", "年度目标", "绩效目标")
_INDICATOR = {
    "symbol": ("计算符号", "比较符", "运算符号", "指标性质"),
    "unit": ("计量单位", "度量单位", "指标单位"),
    "actual": ("执行情况", "完成情况", "实际值"),
    "likelihood": ("完成可能性分析", "完成目标可能性分析"),
    "cause": ("偏差原因分析",),
}
_FUNDING = {
    "initial": ("年初预算",),
    "adjusted": ("调整后预算", "调整后的预算"),
    "arrived": ("到位资金", "实际到位资金"),
    "spent": ("累计支出", "实际支出"),
}
_TICKS = {
    **{f"cause:{cause}": (cause,) for cause in CAUSES},
    **{f"likelihood:{word}": (word,) for word in LIKELIHOODS},
}
_MORE_TICKS = {f"cause:{CAUSES[3]}": ("硬件保障",), f"cause:{CAUSES[4]}": ("其他保障",)}
NOT_USED = "不用"


def _entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}

    def put(entry: Entry, *names: str) -> None:
        for name in names:
            found.setdefault(header_key(name), entry)

    def of(record: str, cell: Column | NamedCell, extra: tuple[str, ...] = ()) -> None:
        label = cell.header if isinstance(cell, Column) else cell.label
        also = cell.also if isinstance(cell, Column) else ()
        put(Entry(record, cell.field, label, cell.type), label, *also, *extra)

    for cell in layout.PROJECT.cells:
        of("project", cell, _PROJECT.get(cell.field, ()))
    put(Entry("goal", "text", layout.GOAL.cells[0].label, Type.LONG_TEXT), layout.GOAL.cells[0].label, *_GOAL)
    for column in layout.DECLARED.columns:
        if not column.computed:
            of("indicator", column)
    names = {"annual": "target"}
    for column in layout.COMPARED.columns:
        if not column.computed:
            field = names.get(column.field, column.field)
            declared = layout.DECLARED.by_field.get(field)
            own = Entry("indicator", field, column.header, column.type)
            entry = own if declared is None else found[header_key(declared.header)]
            put(entry, column.header, *column.also, *_INDICATOR.get(field, ()))
    put(Entry("indicator", "symbol", "比较符", Type.TEXT), *_INDICATOR["symbol"])
    put(Entry("indicator", "unit", "计量单位", Type.TEXT), *_INDICATOR["unit"])
    for column in layout.FUNDING.columns:
        if not column.computed:
            of("funding", column, _FUNDING.get(column.field, ()))
    for field, words in _TICKS.items():
        put(Entry("tick", field, words[0], Type.TEXT), *words, *_MORE_TICKS.get(field, ()))
    return found


ENTRIES: dict[str, Entry] = _entries()
REMARK = header_key("备注")
MEASURE = ENTRIES[header_key(layout.COMPARED.by_field["measure"].header)]


def entry(header: str) -> Entry | None:
    """一个表头是工作簿的哪一项；不认识的返回 None，不猜。

    >>> entry("1-7月执行数（万元）").label
    '支出数（万元）'
    """
    return ENTRIES.get(header_key(header)) if header.strip() else None

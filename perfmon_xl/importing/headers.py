"""Which table of ours a table of a report is: by its headers, in whatever order and wording they come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from perfmon_xl.domain.explaining import CAUSES, LIKELIHOODS
from perfmon_xl.domain.text_keys import header_key
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table

# Headers met in published reports and forms, beside those of the workbook and its `also`.
_SYNONYMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "declared": {
        "level1": ("一级目标", "指标类别", "一级"),
        "level2": ("二级目标", "指标类型", "二级"),
        "name": ("三级目标", "绩效指标", "指标", "三级", "指标内容"),
        "target": ("全年目标值", "年度目标值", "绩效目标值", "年初目标值", "全年指标值", "目标", "计划值"),
    },
    "goal_changes": {
        "subject": ("目标名称", "项目"),
        "original": ("原申报内容", "原目标", "原绩效目标", "调整前内容", "调整前", "原申报目标"),
        "changed": ("是否有调整", "是否变更"),
        "revised": ("调整后目标", "调整后", "调整后绩效目标", "确定后内容"),
    },
    "adjusted": {
        "level1": ("一级目标", "指标类别", "一级"),
        "level2": ("二级目标", "指标类型", "二级"),
        "name": ("三级目标", "绩效指标", "指标", "三级"),
        "target": ("全年目标值", "年度目标值", "原目标值", "原指标值", "申报目标值", "绩效目标值"),
        "change": ("调整情况", "调整类别", "变动类型", "调整方式", "调整"),
        "explanation": ("指标说明", "解释", "指标内容", "指标释义", "说明"),
        "tracked_target": (
            "跟踪值",
            "监控目标值",
            "调整后目标值",
            "调整后指标值",
            "确定目标值",
            "跟踪指标值",
        ),
        "tracked": ("是否监控", "是否纳入跟踪", "是否纳入监控", "跟踪"),
    },
    "compared": {
        "level1": ("指标类别", "一级"),
        "level2": ("指标类型", "二级"),
        "name": ("绩效指标", "指标", "三级", "指标内容"),
        "annual": (
            "全年目标值",
            "年度目标值",
            "年初目标值",
            "全年指标值",
            "全年绩效目标值",
            "年度绩效目标值",
            "指标目标值",
            "目标值",
            "指标值",
            "全年目标",
            "年度目标",
        ),
        "stage": (
            "阶段目标",
            "本阶段目标值",
            "阶段性目标值",
            "本阶段目标",
            "应完成值",
            "本阶段应完成值",
            "序时目标值",
            "本期目标值",
            "阶段指标值",
            "本阶段应完成目标值",
        ),
        "actual": (
            "执行情况",
            "实际完成情况",
            "完成情况",
            "实际完成",
            "完成值",
            "实际值",
            "实际完成绩效目标值",
            "本阶段实际完成值",
            "实际完成目标值",
            "截至目前完成情况",
            "本阶段完成值",
            "阶段实际完成值",
        ),
        "forecast": ("预计全年完成情况", "全年预计完成值", "预计完成值", "预计全年完成值"),
        "likelihood": ("完成可能性分析", "目标完成可能性"),
        "cause": ("偏差原因分析", "偏差类型"),
        "reason": (
            *("偏差说明", "偏差原因说明", "未完成原因", "偏差原因及说明", "偏差原因分析及改进措施"),
            *("偏差原因及改进措施", "未完成原因及改进措施", "未完成原因分析", "未完成原因分析及改进措施"),
        ),
        "measure": ("纠偏措施", "整改措施", "拟采取措施", "拟采取的措施"),
    },
    "funding": {
        "source": ("资金性质", "资金类别", "项目资金", "来源", "资金类型"),
        "initial": ("年初预算", "预算金额", "预算安排", "全年预算", "预算安排数", "预算资金", "计划投入资金"),
        "adjusted": ("调整后预算", "调整预算数", "调整后的预算", "调整后全年预算数"),
        "arrived": ("到位资金", "实际到位资金", "到位金额", "资金到位", "实际到位", "到位资金数"),
        "spent": (
            "实际支出",
            "累计支出",
            "支出金额",
            "已支出",
            "实际支出数",
            "支出",
            "累计执行数",
            "实际执行数",
            "全年执行数",
            "全年支出数",
            "预算执行数",
        ),
        "forecast": ("全年预计支出", "预计全年支出数", "全年预计执行"),
        "reason": ("原因", "偏差原因", "原因说明"),
    },
    "spending": {
        "item": ("支出项目", "支出用途", "用途", "支出事项", "费用项目", "项目", "内容"),
        "amount": ("金额", "支出数", "实际支出"),
        "note": ("说明",),
    },
}
# A table is this one only when these headers are there (any one of each group).
_NEEDED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "compared": (("name",), ("actual",)),
    "adjusted": (("name",), ("change", "tracked_target", "tracked")),
    "declared": (("name",), ("target",), ("level1", "level2")),
    "goal_changes": (("original",), ("revised", "changed")),
    "funding": (("initial", "adjusted", "arrived", "spent"),),
    "spending": (("item",), ("amount",)),
}
_TABLES = (
    layout.COMPARED,
    layout.ADJUSTED,
    layout.DECLARED,
    layout.GOAL_CHANGES,
    layout.FUNDING,
    layout.SPENDING,
)
_FIRST_UNNAMED = {"goal_changes": "subject", "funding": "source"}


def key_of(text: str) -> str:
    """表头的比较形式：全角半角、空白、单位、月份都不计。

    >>> key_of("1—7月 执行情况") == key_of("执行情况")
    True
    """
    plain = re.sub(r"[—–－~～至]", "-", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^截至?(止)?(\d{4}年)?(\d+月)?(\d+日|底|末)?", "", re.sub(r"\s+", "", plain))
    return header_key(plain)


@dataclass(frozen=True, slots=True)
class Header:
    """认出的表头：是哪张表，字段在第几列，字段的原样表头，没有对应栏目的各列。"""

    table: Table
    columns: Mapping[str, int]
    shown: Mapping[str, str]
    rest: Mapping[int, str] = field(default_factory=dict)


def _known() -> dict[str, dict[str, tuple[str, int]]]:
    """每张表：表头的比较形式 → 字段和等次；工作簿自己的叫法在前，越笼统的同义词越靠后。"""
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for table in _TABLES:
        names: dict[str, tuple[str, int]] = {}
        own = _SYNONYMS[table.record]
        for column in table.columns:
            if not column.computed:
                for rank, name in enumerate((column.header, *column.also, *own.get(column.field, ()))):
                    names.setdefault(key_of(name), (column.field, rank))
        found[table.record] = names
    return found


_KNOWN = _known()
_TICKED = frozenset((*CAUSES, *LIKELIHOODS, "硬件保障", "其他保障", "不可能"))


def recognised(row: Sequence[str]) -> Header | None:
    """一行是不是表头、是哪张表的；认得的栏目最多的那张。"""
    best: Header | None = None
    filled = [c for c in row if c.strip()]
    if len(filled) < 2 or any(len(c) > 40 for c in filled):
        return None
    for table in _TABLES:
        one = _matched(table, row)
        if one is not None and (best is None or len(one.columns) > len(best.columns)):
            best = one
    return best


def _matched(table: Table, row: Sequence[str]) -> Header | None:
    columns: dict[str, int] = {}
    ranks: dict[str, int] = {}
    for index, cell in enumerate(row):
        name, rank = _KNOWN[table.record].get(key_of(cell), ("", 0)) if cell.strip() else ("", 0)
        if name and rank < ranks.get(name, len(row) + 99):
            columns[name], ranks[name] = index, rank
    shown = {name: re.sub(r"\s+", "", row[at]) for name, at in columns.items()}
    rest = {
        index: re.sub(r"\s+", "", cell)
        for index, cell in enumerate(row)
        if cell.strip()
        and index not in columns.values()
        and key_of(cell) not in ("序号", *map(key_of, shown.values()))
    }
    if len(columns) < 2 or not all(any(f in columns for f in group) for group in _NEEDED[table.record]):
        return None
    first = _FIRST_UNNAMED.get(table.record)
    if first is not None and first not in columns:
        free = [i for i in range(min(columns.values())) if i not in columns.values()]
        if not free:
            return None
        columns[first], shown[first] = free[-1], rest.pop(free[-1], "") or table.column(first).header
    if table.record == "compared" and "measure" not in columns and "likelihood" in columns:
        # In the official form 备注 holds what will be done about it.
        remark = next((i for i, text in rest.items() if key_of(text) == "备注"), None)
        if remark is not None:
            columns["measure"], shown["measure"] = remark, rest.pop(remark)
    if table.record == "funding" and "adjusted" not in columns and "initial" in columns:
        # Beside 年初预算数 the 全年预算数 is what it was adjusted to; alone it is the budget.
        whole = next((i for i, text in rest.items() if key_of(text) in ("全年预算数", "全年预算")), None)
        if whole is not None:
            columns["adjusted"], shown["adjusted"] = whole, rest.pop(whole)
    return Header(table, columns, shown, rest)


def two_rows(first: Header, second: Header) -> Header:
    """表头分两行的：上一行的栏目加上这一行新认出的；打√的各格，名称在下面一行。"""
    columns = {**second.columns, **first.columns}
    shown = {**second.shown, **first.shown}
    rest = {i: second.rest.get(i, t) for i, t in {**first.rest, **second.rest}.items()}
    for name in ("cause", "likelihood"):
        if name in columns and second.rest.get(columns[name], "") in _TICKED:
            del columns[name]
    return Header(first.table, columns, shown, {i: t for i, t in rest.items() if i not in columns.values()})

"""Which columns of a header are those of an indicator table, or of changes to the overall goal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perfmon_xl.importing.form_lines import period_in
from perfmon_xl.importing.header import CHECKED, Head, Header
from perfmon_xl.importing.money_heads import with_money
from perfmon_xl.importing.project_heads import project_columns
from perfmon_xl.importing.vocabulary import (
    goal_change_field,
    indicator_field,
    tick_of,
    whole_year_only,
    words_of,
)


def indicator_header(
    heads: Sequence[Head], firsts: Sequence[int], above: Sequence[Sequence[str]] = ()
) -> Header | None:
    """above：表头上面几行各格的文字，并排的两张表哪一张是年度的要看它。"""
    fields: dict[int, str] = {}
    ticks: dict[int, str] = {}
    for column in firsts:
        head = heads[column]
        tick = tick_of(head.key)
        if tick and (not head.over or "可能" in head.over or "原因" in head.over or "偏差" in head.over):
            ticks[column] = tick
            continue
        name = indicator_field(head.key, head.over)
        if name:
            fields[column] = name
    _drop_lone_ticks(heads, ticks)
    leftmost = min((c for c, n in fields.items() if n in ("level1", "level2", "name3")), default=0)
    for column in [c for c in fields if c < leftmost and "名称" not in heads[c].key]:
        same = [c for c, n in fields.items() if c != column and n.rstrip("3") == fields[column].rstrip("3")]
        if same:
            del fields[column]  # 绩效指标, 年度绩效目标: a title that runs down the side
    for column in _other_half(heads, fields, above):
        del fields[column]
    levels = [c for c, n in fields.items() if n in ("level1", "level2")]
    if len(levels) == 1 and levels[0] + 1 < len(heads) and levels[0] + 1 not in firsts:
        wide = heads[levels[0] + 1]
        if wide.text and wide == heads[levels[0]]:  # 指标分类 over two columns: the upper and the lower level
            fields[levels[0]], fields[levels[0] + 1] = "level1", "level2"
    project = project_columns(heads, firsts, fields)
    places: dict[str, list[int]] = {}
    for column, name in fields.items():
        places.setdefault("name" if name == "name3" else name, []).append(column)
    if "name" not in places or len(fields) + len(ticks) + len(project) < 2:
        return None
    chosen, twice = _chosen(heads, fields, places)
    record = _table_of(chosen, ticks, bool(project))
    if record is None:
        return None
    columns = {
        n: c
        for n, c in chosen.items()
        if n not in (*CHECKED, "serial", "evidence", "light", "earlier", "remark")
    }
    checked = {n: c for n, c in chosen.items() if n in CHECKED}
    columns, money = with_money(heads, firsts, columns, project)
    if record == "adjusted":
        columns.setdefault("note", chosen["remark"]) if "remark" in chosen else None
        columns.pop("note", None)
    elif "remark" in chosen and "measure" not in columns and ("likelihood" in columns or ticks):
        columns["measure"] = chosen["remark"]  # in the official form 备注 holds what will be done about it
    side = {
        c
        for c in firsts
        if c < min(columns.values()) and c not in project.values() and c not in money.values()
    }
    used = {*columns.values(), *checked.values(), *ticks, *project.values(), *money.values()}
    serial = chosen.get("serial", -1)
    rest = {c: heads[c].shown for c in firsts if c not in used and c not in side and c != serial}
    rest.update({c: heads[c].shown for c in side if fields.get(c) not in (None, "name", "serial")})
    shown = {n: heads[c].shown for n, c in (*columns.items(), *checked.items(), *money.items())}
    return Header(
        record, 0, 1, {**columns, **{f"fund:{n}": c for n, c in money.items()}},
        {**shown, **{f"project:{n}": heads[c].shown for n, c in project.items()},
         **{f"fund:{n}": heads[c].shown for n, c in money.items()}},
        ticks, checked, rest, project, frozenset(side - {serial}), "", twice, serial,
        _single_months(heads, rest) if "actual" in columns else (),
    )  # fmt: skip


_SINGLE = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:完成|实际)?(?:数|值|情况)?$")


def _single_months(heads: Sequence[Head], rest: Mapping[int, str]) -> tuple[int, ...]:
    months = tuple(c for c in sorted(rest) if _SINGLE.match(heads[c].key))
    return months if len(months) > 1 else ()


_LONGER = re.compile(r"中期|实施期|长期|远期|[三五]年|总体目标$")
_YEARLY = re.compile(r"年度|当年|本年|全年")


def _other_half(
    heads: Sequence[Head], fields: Mapping[int, str], above: Sequence[Sequence[str]]
) -> list[int]:
    """“三级指标 | 指标值 | 三级指标 | 指标值”并排两张：几年的和年度的，取年度的。返回不取的各列。"""
    names = [c for c, n in sorted(fields.items()) if n in ("name", "name3")]
    targets = [c for c, n in sorted(fields.items()) if n == "target"]
    if len(names) != 2 or len(targets) != 2 or not names[0] < targets[0] < names[1] < targets[1]:
        return []
    edge = max(
        c
        for c in fields
        if c <= targets[0] or c < min(names[1], *_levels_between(fields, targets[0], names[1]))
    )
    halves = [[c for c in fields if c <= edge], [c for c in fields if c > edge]]

    def said(half: Sequence[int]) -> str:
        return "".join(heads[c].over for c in half) + "".join(
            line[c] for line in above for c in half if c < len(line)
        )

    told = [said(half) for half in halves]
    yearly = [bool(_YEARLY.search(t)) and not _LONGER.search(t) for t in told]
    longer = [bool(_LONGER.search(t)) for t in told]
    if yearly == [True, False] or longer == [False, True]:
        other = 1
    elif yearly == [False, True] or longer == [True, False]:
        other = 0
    else:
        return []
    kept = {fields[c] for c in halves[1 - other]}
    return [c for c in halves[other] if not (fields[c] == "level1" and "level1" not in kept)]


def _levels_between(fields: Mapping[int, str], first: int, last: int) -> list[int]:
    return [c for c, n in fields.items() if first < c < last and n in ("level1", "level2")]


def _drop_lone_ticks(heads: Sequence[Head], ticks: dict[int, str]) -> None:
    """“其他”“能”这样的常用词，成组出现、或者写在“完成目标可能性”下面的，才是打√的栏。"""
    for kind, fewest in (("cause", 3), ("likelihood", 2)):
        group = [c for c, word in ticks.items() if word.startswith(kind)]
        if len(group) < fewest and not all(heads[c].over for c in group):
            for column in group:
                del ticks[column]


_OFTEN = ("cause", "reason", "rate", "weight", "score", "unit", "level1", "level2")


def _month(head: Head) -> int:
    return period_in(head.over + head.text).month


def _chosen(
    heads: Sequence[Head], fields: Mapping[int, str], places: Mapping[str, Sequence[int]]
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """同一个字段有几栏的，取说得最准的一栏；分不出的记下来。"""
    chosen: dict[str, int] = {}
    twice: dict[str, tuple[int, ...]] = {}
    moved: list[int] = []
    actual = list(places.get("actual", ()))
    partly = [c for c in actual if not whole_year_only(heads[c].over + heads[c].key)]
    if partly and len(partly) < len(actual) and "forecast" not in places:
        moved = [c for c in actual if c not in partly]  # 1-7月执行情况 | 全年执行情况
    latest = max((_month(heads[c]) for c in actual if c not in moved), default=0)
    for name, columns in places.items():
        left = [c for c in columns if not (name == "actual" and c in moved)]
        whole = [c for c in left if re.search(r"累计|合计", heads[c].key)]
        if name in ("actual", "stage") and len(left) > len(whole) == 1:
            chosen[name] = whole[0]  # 1月 | 2月 | …… | 累计
            continue
        if name in ("actual", "stage") and len({_month(heads[c]) for c in left}) == len(left) > 1:
            # A column a month or a quarter: the latest of what was done, and the stage of the same month.
            same = [c for c in left if _month(heads[c]) == latest]
            twice[name] = tuple(left)
            if same:
                chosen[name] = same[0]
            continue
        ranked = sorted(left, key=lambda c: _rank(name, heads[c], fields[c]))
        best = [
            c
            for c in ranked
            if _rank(name, heads[c], fields[c]) == _rank(name, heads[ranked[0]], fields[ranked[0]])
        ]
        if len(best) > 1 and name not in _OFTEN:
            twice[name] = tuple(best)
            if name == "stage":
                continue  # which one is meant nobody knows
        chosen[name] = best[0]
    if moved:
        chosen["forecast"] = moved[0]
    if (
        "tracked_target" in chosen
        and not {"change", "tracked", "explanation"} & chosen.keys()
        and "target" in chosen
    ):
        if "actual" in chosen:  # 年初目标值 | 调整后目标值 | 完成值: what counts is the later one
            chosen["earlier"] = chosen["target"]
            chosen["target"] = chosen.pop("tracked_target")
    elif "tracked_target" in chosen and "target" not in chosen:
        chosen["target"] = chosen["tracked_target"]
        if not {"change", "tracked"} & chosen.keys():
            del chosen["tracked_target"]
    return chosen, twice


def _rank(name: str, head: Head, own: str) -> int:
    if own == "name3":
        return 0
    if name == "name":
        return 1 if "名称" in head.key else 2 if "指标" in head.key else 3
    if name == "actual":
        return (
            0 if "实际" in head.key else 1 if "累计" in head.key or words_of(head.over + head.key).part else 2
        )
    if name == "target":
        return 0 if words_of(head.over + head.key).whole else 1
    return 0


def _table_of(chosen: Mapping[str, int], ticks: Mapping[int, str], listed: bool) -> str | None:
    """表1、表3 还是表4。"""
    if {"change", "tracked"} & chosen.keys() or ("tracked_target" in chosen and "actual" not in chosen):
        return "adjusted"
    if {"actual", "forecast", "likelihood"} & chosen.keys() or ticks or "stage" in chosen:
        return "compared"
    if "target" in chosen or ("score" in chosen and "weight" in chosen) or listed:
        return "declared"
    return None


def goal_changes_header(heads: Sequence[Head], firsts: Sequence[int]) -> Header | None:
    columns: dict[str, int] = {}
    for column in firsts:
        name = goal_change_field(heads[column].key)
        if name and name not in columns:
            columns[name] = column
    if "original" not in columns or not {"revised", "changed"} & columns.keys():
        return None
    if any(indicator_field(heads[c].key) in ("name3", "level1", "actual") for c in firsts):
        return None
    if "subject" not in columns and min(columns.values()) > 0:
        columns["subject"] = min(columns.values()) - 1
    shown = {n: heads[c].shown for n, c in columns.items()}
    rest = {c: heads[c].shown for c in firsts if c not in columns.values()}
    return Header("goal_changes", 0, 1, columns, shown, rest=rest)

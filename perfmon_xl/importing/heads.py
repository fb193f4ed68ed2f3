"""Which rows of a grid are the header of which table: one, two or three rows, merged or left blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from perfmon_xl.importing.form_lines import period_in
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.vocabulary import (
    goal_change_field,
    indicator_field,
    key_of,
    label_head,
    label_of,
    money_field,
    plain,
    tick_of,
    unit_of,
    whole_year_only,
    words_of,
)

INDICATORS = ("declared", "adjusted", "compared")
MONEY = ("initial", "adjusted", "arrived", "spent", "forecast")
CHECKED = ("weight", "score", "rate")  # printed figures: held against the others, never stored
PROJECT = ("name", "department", "unit", "client", "monitor", "year", "start", "end", "cutoff", "scope")
_TALLEST = 3
_LONGEST = 40
_VALUE = re.compile(r"^[≥≤><=＝≧≦约]|^-?[\d,.]+[%％]?$|。|√|☑|□")
_SPECIFIC = ("name3", "symbol", "unit", "evidence", "likelihood")


@dataclass(frozen=True, slots=True)
class Head:
    """一栏的表头：上面盖着它的，和最下面的一行；都是原样的字。"""

    text: str
    above: str = ""

    @property
    def key(self) -> str:
        return key_of(self.text) if self.text else ""

    @property
    def over(self) -> str:
        return key_of(self.above) if self.above else ""

    @property
    def shown(self) -> str:
        text, above = re.sub(r"\s+", "", self.text), re.sub(r"\s+", "", self.above)
        return text if not above or above == text else f"{above}·{text}"


@dataclass(frozen=True, slots=True)
class Header:
    """认出的表头：是哪张表，字段在第几列（从 0 数），打√的各列，核对而不存的各列，没有对应栏目的各列。"""

    record: str
    row: int
    height: int
    columns: Mapping[str, int]
    shown: Mapping[str, str]
    ticks: Mapping[int, str] = field(default_factory=dict)
    checked: Mapping[str, int] = field(default_factory=dict)
    rest: Mapping[int, str] = field(default_factory=dict)
    project: Mapping[str, int] = field(default_factory=dict)
    sides: frozenset[int] = frozenset()
    title: str = ""
    twice: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    serial: int = -1

    @property
    def like(self) -> tuple[object, ...]:
        """两个表头是不是一样的：下一页重复的表头。"""
        return (self.record, tuple(sorted(self.columns.items())), tuple(sorted(self.shown.items())))


def header_at(grid: Grid, row: int) -> Header | None:
    """从第 row 行（从 0 数）起是不是表头；认得的栏目一样多时，取行数少的。"""
    own = [t for _, t in grid.own(row) if t]
    if len(own) < 2 or any(len(t) > _LONGEST or _VALUE.search(t) for t in own):
        return None
    stacks = _head_row(grid, row)
    best: Header | None = None
    for height in range(1, _TALLEST + 1):
        if height > 1 and not (stacks and _continues(grid, row, row + height - 1)):
            break
        heads = _composed(grid, row, height)
        found = _matched(grid, row, height, heads)
        if found is not None and (best is None or _known(found) > _known(best) or _refined(found, best)):
            best = found
    return best


def _known(header: Header) -> int:
    return len(header.columns) + len(header.ticks) + len(header.checked) + len(header.project)


def _refined(taller: Header, shorter: Header) -> bool:
    """同样多，但下面一行说得更细（打√的各栏、符号数值单位）。"""
    return _known(taller) == _known(shorter) and bool(taller.ticks) and not shorter.ticks


def _head_row(grid: Grid, row: int) -> bool:
    """这一行多半是表头的词：下面可以再有一行。"""
    own = [t for c, t in grid.own(row) if t and c > 0] or [t for _, t in grid.own(row) if t]
    return sum(_head_word(key_of(t), "") for t in own) * 10 >= len(own) * 7


def _continues(grid: Grid, first: int, row: int) -> bool:
    """这一行是不是表头的下一行：自己写的格都是表头的词，别的格是上面合并下来的，或者空着。"""
    if row >= len(grid.rows):
        return False
    own = [(c, t) for c, t in grid.own(row) if t]
    if not own or all(t == grid.texts[row - 1][c] for c, t in own):
        return False
    for column, text in own:
        above = _parent(grid, first, row, column)
        key = key_of(text)
        if _VALUE.search(text) or len(text) > 20 or not _head_word(key, key_of(above) if above else ""):
            return False
    return True


def _parent(grid: Grid, first: int, row: int, column: int) -> str:
    """上面盖着这一格的表头；没有合并、右边空着的，是左边最近的一个。"""
    for at in range(row - 1, first - 1, -1):
        left = column
        while left >= 0:
            if grid.texts[at][left]:
                return grid.texts[at][left]
            if left < column and grid.texts[row][left] == "":
                break
            left -= 1
    return ""


def _head_word(key: str, above: str) -> bool:
    words = words_of(key)
    return bool(
        indicator_field(key, above)
        or tick_of(key)
        or money_field(key, above)
        or label_head(key)
        or (not words.thing and (words.part or words.whole))
        or key in ("值", "数", "数值", "金额", "小计", "合计", "名称", "内容", "类型")
    )


def _composed(grid: Grid, row: int, height: int) -> list[Head]:
    found = []
    for column in range(grid.columns):
        stack: list[str] = []
        for at in range(row, row + height):
            text = grid.texts[at][column]
            if text and (not stack or stack[-1] != text):
                stack.append(text)
        if len(stack) == 1 and height > 1 and grid.is_own(row + height - 1, column):
            above = _parent(grid, row, row + height - 1, column)
            stack = [above, stack[0]] if above and above != stack[0] else stack
        found.append(Head(stack[-1], "".join(stack[:-1])) if stack else Head(""))
    return found


def _matched(grid: Grid, row: int, height: int, heads: Sequence[Head]) -> Header | None:
    firsts = [
        c
        for c, h in enumerate(heads)
        if h.text
        and not _continued(grid, row, height, c)
        and any(grid.is_own(at, c) for at in range(row, row + height))
    ]
    if len(firsts) < 2:
        return None
    found = [
        header
        for header in (
            _indicators(heads, firsts),
            _goal_changes(heads, firsts),
            _money(grid, row, height, heads, firsts),
        )
        if header is not None
    ]
    if not found:
        return None
    best = max(found, key=_known)
    return replace(best, row=row, height=height)


def _continued(grid: Grid, row: int, height: int, column: int) -> bool:
    """与左边一列是同一格（横着合并的）。"""
    return column > 0 and all(
        grid.rows[at][column].ref == grid.rows[at][column - 1].ref for at in range(row, row + height)
    )


# --- indicators -----------------------------------------------------------------------------------------


def _indicators(heads: Sequence[Head], firsts: Sequence[int]) -> Header | None:
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
    project = _project_columns(heads, firsts, fields)
    places: dict[str, list[int]] = {}
    for column, name in fields.items():
        places.setdefault("name" if name == "name3" else name, []).append(column)
    if "name" not in places or len(fields) + len(ticks) + len(project) < 2:
        return None
    chosen, twice = _chosen(heads, fields, places)
    record = _which(chosen, ticks, bool(project))
    if record is None:
        return None
    columns = {
        n: c
        for n, c in chosen.items()
        if n not in (*CHECKED, "serial", "evidence", "light", "earlier", "remark")
    }
    checked = {n: c for n, c in chosen.items() if n in CHECKED}
    columns, money = _with_money(heads, firsts, columns, project)
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
    )  # fmt: skip


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


def _which(chosen: Mapping[str, int], ticks: Mapping[int, str], listed: bool) -> str | None:
    """表1、表3 还是表4。"""
    if {"change", "tracked"} & chosen.keys() or ("tracked_target" in chosen and "actual" not in chosen):
        return "adjusted"
    if {"actual", "forecast", "likelihood"} & chosen.keys() or ticks or "stage" in chosen:
        return "compared"
    if "target" in chosen or ("score" in chosen and "weight" in chosen) or listed:
        return "declared"
    return None


# --- lists: a column a fact of the project -----------------------------------------------------------------


def _project_columns(
    heads: Sequence[Head], firsts: Sequence[int], taken: Mapping[int, str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in firsts:
        if column in taken and taken[column] not in ("name",):
            continue
        label = label_of(heads[column].text)
        label = "goal" if label == "goal" else label
        if label in (*PROJECT, "goal", "whole_department") and label not in found and not heads[column].over:
            found[label] = column
    if "name" not in found:
        return {"goal": found["goal"]} if "goal" in found and found["goal"] not in taken else {}
    return found


def _with_money(
    heads: Sequence[Head], firsts: Sequence[int], columns: Mapping[str, int], project: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """一行一个指标、又写着项目资金的清单：资金各栏。"""
    if not project.get("name", -1) >= 0 or "name" not in project:
        return dict(columns), {}
    used = {*columns.values(), *project.values()}
    money: dict[str, int] = {}
    for column in firsts:
        if column in used:
            continue
        name = _money_of(heads[column])
        if name in (*MONEY, "whole") and name not in money:
            money[name] = column
        elif label_head(heads[column].key) == "source" and "source" not in money:
            money["source"] = column
    return dict(columns), _settled(money)


def _settled(money: dict[str, int]) -> dict[str, int]:
    """“全年预算数”与“年初预算数”并列的，是调整后的；单独的就是预算。"""
    if "whole" in money:
        whole = money.pop("whole")
        money["adjusted" if "initial" in money and "adjusted" not in money else "initial"] = whole
    return money


# --- goals, money -------------------------------------------------------------------------------------------


def _goal_changes(heads: Sequence[Head], firsts: Sequence[int]) -> Header | None:
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


def _money(grid: Grid, row: int, height: int, heads: Sequence[Head], firsts: Sequence[int]) -> Header | None:
    project = _project_columns(heads, firsts, {})
    money: dict[str, int] = {}
    other: dict[int, str] = {}
    titles = [c for c in firsts if label_head(heads[c].key) in ("source", "item")]
    for column in firsts:
        name = _money_of(heads[column])
        if (
            not name
            or (column in titles and column < firsts[-1])
            or (not money and _is_title(grid, row + height, column, heads[column]))
        ):
            continue
        if name in money or name in ("rate", "weight", "score", "reason", "balance"):
            other[column] = name
        else:
            money[name] = column
    if not money:
        return None
    if "name" in project:
        return _money_list(heads, firsts, money, project)
    first = min(money.values())
    if any(
        c > first and c not in money.values() and c not in other and not _beside_money(heads[c].key)
        for c in firsts
    ):
        return None  # a cell that is no header: a line of the form, not its head
    _whole_year_spent(heads, firsts, money, other)
    left = [c for c in range(first) if not _continued(grid, row, height, c)]
    if not left:
        return None
    label = left[-1]
    record = label_head(heads[label].key)
    if not record:
        if len(money) < 2 and not (set(money) & {"initial", "spent"} and unit_of(heads[label].text)):
            return None
        record = "either"
    if "amount" in money and len(money) == 1 and record == "either" and not heads[label].text:
        return None
    title = "".join(dict.fromkeys(heads[c].text for c in left if heads[c].text))
    checked = {"rate": next(c for c, n in other.items() if n == "rate")} if "rate" in other.values() else {}
    columns = {**_settled(money), "label": label}
    for column, name in other.items():
        if name in ("weight", "score") and name not in checked:
            checked[name] = column
    for column in firsts:
        if heads[column].key in ("备注", "说明") and "note" not in columns:
            columns["note"] = column
        if other.get(column) == "reason" and "reason" not in columns:
            columns["reason"] = column
    shown = {n: heads[c].shown for n, c in columns.items()} | {n: heads[c].shown for n, c in checked.items()}
    rest = {
        c: heads[c].shown
        for c in firsts
        if c > label and c not in columns.values() and c not in checked.values()
    }
    return Header(f"money:{record}", 0, 1, columns, shown, checked=checked, rest=rest, title=title)


def _money_of(head: Head) -> str:
    """一栏金额；“预算主管部门”“用款单位”不是。"""
    return "" if label_of(head.text) in PROJECT else money_field(head.key, head.over)


def _is_title(grid: Grid, below: int, column: int, head: Head) -> bool:
    """“预算执行情况（万元）”：竖在左边的标题，不是一栏金额。"""
    if head.key.endswith("情况"):
        return True
    return below < len(grid.rows) and grid.rows[below][column].ref == grid.rows[below - 1][column].ref


def _whole_year_spent(
    heads: Sequence[Head], firsts: Sequence[int], money: dict[str, int], other: dict[int, str]
) -> None:
    """“1-7月执行数 | 全年执行数”：后一个是预计。"""
    for column, name in list(other.items()):
        if name == "spent" and "forecast" not in money:
            both = (money["spent"], column)
            whole = [c for c in both if whole_year_only(heads[c].over + heads[c].key)]
            if len(whole) == 1:
                money["forecast"] = whole[0]
                money["spent"] = next(c for c in both if c != whole[0])
                del other[column]


def _beside_money(key: str) -> bool:
    return not key or bool(re.match(r"备注|说明|单位|序号|占|依据|文号", key)) or bool(money_field(key))


def _money_list(
    heads: Sequence[Head], firsts: Sequence[int], money: dict[str, int], project: Mapping[str, int]
) -> Header | None:
    """一行一个项目的清单，只有资金。"""
    known = {*money.values(), *project.values()}
    source = next((c for c in firsts if c not in known and label_head(heads[c].key) == "source"), -1)
    if source >= 0:
        money["source"] = source
        known.add(source)
    if len(known) * 10 < len(firsts) * 6:
        return None
    settled = _settled({("initial" if n == "amount" else n): c for n, c in money.items()})
    shown = {f"fund:{n}": heads[c].shown for n, c in settled.items()}
    shown |= {f"project:{n}": heads[c].shown for n, c in project.items()}
    rest = {c: heads[c].shown for c in firsts if c not in known}
    return Header(
        "list", 0, 1, {f"fund:{n}": c for n, c in settled.items()}, shown, rest=rest, project=project
    )


def pages(grid: Grid) -> Iterator[int]:
    """每一行。"""
    yield from range(len(grid.rows))


__all__ = ["CHECKED", "INDICATORS", "MONEY", "PROJECT", "Head", "Header", "header_at", "plain"]

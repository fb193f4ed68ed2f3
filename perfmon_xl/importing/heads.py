"""Which rows of a grid are the header of which table: one, two or three rows, merged or left blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perfmon_xl.domain.text_keys import label_key
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import INDICATORS, Head, Header, continued
from perfmon_xl.importing.indicator_heads import goal_changes_header, indicator_header
from perfmon_xl.importing.money_heads import money_header
from perfmon_xl.importing.vocabulary import (
    goal_change_field,
    indicator_field,
    label_head,
    money_field,
    tick_of,
    words_of,
)

_TALLEST = 3
_LONGEST = 40
_VALUE = re.compile(
    r"^[≥≤><=＝≧≦约]|^[¥￥]?-?[\d,.]+(?:[%％]|[万亿千百]*元|[万亿])?$|。|√|☑|□|[:：]\s*[¥￥]?-?\d[\d,.]*(?:[万亿千]?元|万|%|％)?$"
)


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
        header = _matched(grid, row, height, heads)
        if header is not None and (
            best is None
            or _known_columns(header) > _known_columns(best)
            or _refined(header, best)
            or (_known_columns(header) == _known_columns(best) and _subdivides(grid, row, row + height - 1))
        ):
            best = header
    return best


def turned_table(grid: Grid, row: int) -> Grid | None:
    """从第 row 行起横过来的指标表（一列一个指标，头一列是表头）；返回行列对调以后的，不是的是 None。"""
    own = [(c, t) for c, t in grid.own(row) if t]
    if len(own) < 2:
        return None
    side = own[0][0]
    key = label_key(own[0][1])
    if not (indicator_field(key) or money_field(key) or goal_change_field(key) or label_head(key)):
        return None
    if (other := _turned_pairs(grid, row, side)) is not None:
        return other
    last, fields = row, set[str]()
    shape = [c for c, _ in own]
    while last < len(grid.rows):
        text = grid.texts[last][side]
        if len(shape) < 3 or (last > row and _apart(grid, last, shape) < 2):
            break
        name = indicator_field(label_key(text)) if text and grid.is_own(last, side) else ""
        if not name or name in fields:
            break
        fields.add(name)
        last += 1
    if not {"name3", "name"} & fields or not {"target", "actual"} & fields or len(fields) < 3:
        return None
    turned = Grid(grid.name, tuple(line[side:] for line in grid.rows[row:last]), grid.sheet).turned()
    header = header_at(turned, 0)
    return turned if header is not None and header.height == 1 and header.record in INDICATORS else None


def _turned_pairs(grid: Grid, row: int, side: int) -> Grid | None:
    """“项目 | 财政拨款”“年初预算数 | 360”……，“原申报内容 | ……”“是否调整 | 否”：横过来的资金表、总目标调整表。"""
    last, money, goals = row, set[str](), set[str]()
    while last < len(grid.rows):
        key = label_key(grid.texts[last][side]) if grid.texts[last][side] else ""
        found = money_field(key) if grid.is_own(last, side) else ""
        goal = goal_change_field(key)
        if goal in ("original", "changed", "revised") and goal not in goals and not money and len(key) <= 12:
            goals.add(goal)
        elif found and found not in money and not goals:
            money.add(found)
        elif not (last == row and label_head(key) in ("source", "either")):
            break
        last += 1
    key = label_key(grid.texts[row][side])
    beside = [[t for c, t in grid.own(at) if t and c > side] for at in range(row, last)]
    named = label_head(key) == "source" and bool(beside[0]) and not any(map(_VALUE.search, beside[0]))
    fewest = 1 if named and all(map(_VALUE.search, (t for line in beside[1:] for t in line))) else 3
    if not ({"original"} < goals or (len(money) >= fewest and not money_field(key))):
        return None
    turned = Grid(grid.name, tuple(line[side:] for line in grid.rows[row:last]), grid.sheet).turned()
    header = header_at(turned, 0)
    wanted = "goal_changes" if goals else "money:"
    return turned if header is not None and header.record.startswith(wanted) else None


def _apart(grid: Grid, row: int, columns: Sequence[int]) -> int:
    """这一行在这几列里有几个不同的格：一格横着盖住的只算一个。"""
    return len({grid.rows[row][c].ref for c in columns[1:]})


def _known_columns(header: Header) -> int:
    return len(header.columns) + len(header.ticks) + len(header.checked) + len(header.project)


def _refined(taller: Header, shorter: Header) -> bool:
    """同样多，但下面一行说得更细（打√的各栏、符号数值单位）。"""
    return _known_columns(taller) == _known_columns(shorter) and bool(taller.ticks) and not shorter.ticks


def _head_row(grid: Grid, row: int) -> bool:
    """这一行多半是表头的词：下面可以再有一行。"""
    own = [t for c, t in grid.own(row) if t and c > 0] or [t for _, t in grid.own(row) if t]
    return sum(_head_word(label_key(t), "") for t in own) * 10 >= len(own) * 7


def _continues(grid: Grid, first: int, row: int) -> bool:
    """这一行是不是表头的下一行：自己写的格都是表头的词，别的格是上面合并下来的，或者空着。"""
    if row >= len(grid.rows):
        return False
    own = [(c, t) for c, t in grid.own(row) if t]
    if not own or all(t == grid.texts[row - 1][c] for c, t in own):
        return False
    divides = _hangs_together(grid, row, own)
    for column, text in own:
        above = _parent(grid, first, row, column)
        key = label_key(text)
        if _VALUE.search(text) or len(text) > 20:
            return False
        if not (divides or _head_word(key, label_key(above) if above else "")):
            return False
    return any(_head_word(label_key(t), label_key(_parent(grid, first, row, c))) for c, t in own)


def _hangs_together(grid: Grid, row: int, own: Sequence[tuple[int, str]]) -> bool:
    """上一行有竖着合并下来的格，这一行自己的每一格都在上一行一个更宽的格下面：一个表头的两行，不论写的什么。"""
    above = grid.rows[row - 1]
    merged = any(
        cell.ref == up.ref and up.value is not None for cell, up in zip(grid.rows[row], above, strict=True)
    )

    def wider(column: int) -> bool:
        left = column
        while left > 0 and above[left].ref == above[left - 1].ref:
            left -= 1
        return grid.width(row - 1, left) > grid.width(row, column)

    return merged and all(wider(column) for column, _ in own)


def _subdivides(grid: Grid, first: int, row: int) -> bool:
    """这一行把上面一格宽的表头分成几栏：“各季度完成情况”下面的“1-3月 | 1-6月 | 1-9月”。"""
    over: dict[int, int] = {}
    for column, text in grid.own(row):
        if not text:
            continue
        left = column
        while left > 0 and grid.rows[row - 1][left].ref == grid.rows[row - 1][left - 1].ref:
            left -= 1
        if row - 1 < first or grid.width(row - 1, left) < 2:
            return False
        over[left] = over.get(left, 0) + 1
    return bool(over) and all(count > 1 for count in over.values())


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
    heads = []
    for column in range(grid.columns):
        stack: list[str] = []
        for at in range(row, row + height):
            text = grid.texts[at][column]
            if text and (not stack or stack[-1] != text):
                stack.append(text)
        if len(stack) == 1 and height > 1 and grid.is_own(row + height - 1, column):
            above = _parent(grid, row, row + height - 1, column)
            stack = [above, stack[0]] if above and above != stack[0] else stack
        heads.append(Head(stack[-1], "".join(stack[:-1])) if stack else Head(""))
    return heads


def _matched(grid: Grid, row: int, height: int, heads: Sequence[Head]) -> Header | None:
    firsts = [
        c
        for c, h in enumerate(heads)
        if h.text
        and not continued(grid, row, height, c)
        and any(grid.is_own(at, c) for at in range(row, row + height))
    ]
    if len(firsts) < 2:
        return None
    headers = [
        header
        for header in (
            indicator_header(heads, firsts, grid.texts[max(0, row - 3) : row]),
            goal_changes_header(heads, firsts),
            money_header(grid, row, height, heads, firsts),
        )
        if header is not None
    ]
    if not headers:
        return None
    best = max(headers, key=_known_columns)
    return replace(best, row=row, height=height)

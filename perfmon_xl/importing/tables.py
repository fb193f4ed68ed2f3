"""Tables and forms of other people as records: every row and cell placed, or named as not placed.

One walk over the blocks of a document or a sheet. A row is the header of a table, a row of the table that is open,
a line “标题 | 内容”, or a line of text; what is none of these is listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from perfmon_xl.domain import model
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.category import category, level1
from perfmon_xl.domain.misfit import Misfit
from perfmon_xl.domain.origin import Fault, ParagraphPlace, PartPlace, ReportPlace, TablePlace
from perfmon_xl.domain.target import TargetValue, read_target
from perfmon_xl.importing.amounts import squeezed
from perfmon_xl.importing.document import PICTURE, Block, Para
from perfmon_xl.importing.form_lines import (
    Pair,
    all_labelled,
    is_note,
    is_signature,
    pairs,
    period_in,
    segments,
)
from perfmon_xl.importing.found import Leftover, place_of
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.heads import INDICATORS, Header, header_at
from perfmon_xl.importing.indicator_rows import is_filler, is_total_row, row_texts
from perfmon_xl.importing.money_rows import MoneyRow, MoneyTable, money_row, settle
from perfmon_xl.importing.printed import GRADE, PrintedRow, PrintedTable, graded_sentence, misfits, number
from perfmon_xl.importing.vocabulary import (
    is_goal_aim,
    is_source,
    is_total,
    key_of,
    label_of,
    money_field,
    plain,
    unit_of,
)
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table, Type

_RECORDS: Mapping[str, tuple[type[Any], Table]] = {
    "declared": (model.Declared, layout.DECLARED),
    "goal_changes": (model.GoalChange, layout.GOAL_CHANGES),
    "adjusted": (model.Adjusted, layout.ADJUSTED),
    "compared": (model.Compared, layout.COMPARED),
}
_CAPTION = re.compile(r"^(?:续|附)?表\s*([0-9０-９一二三四五六七八九十]*)(?:\s*[-－—.]\s*\d+)?")
_UNIT_LINE = re.compile(r"[（(]?(金额)?单位[:：].{1,6}[）)]?")
_SILENT = re.compile(
    r"^(年度绩效目标分解|绩效指标.*|绩效目标|项目资金|年度总体目标|附件\d*|附表.*|续表.*|[（(]?无[）)]?)?$"
)
UNREAD = "认不出这张表的表头"
NO_PLACE = "工作簿里没有对应的栏目"
_FEW_ROWS = 3
_KEPT = ("name", "department", "unit", "client", "monitor", "year", "period", "start", "end", "cutoff", "report_date",
         "scope", "background", "basis", "whole_department")  # fmt: skip
_BELOW = ("conclusion", "problems", "measures", "person", "grade", "other", "goal_result")
_TEXTS = ("conclusion", "problems", "measures")
_NOTHING = re.compile(r"^(?:无|暂无|没有|/|—+|-+)[。.]?$")
_TOO_MUCH_WAN = 20_000  # a project of two hundred million is rare, one of 20,000 yuan is not
_NUMERIC = re.compile(r"^[¥￥]?-?\d[\d,，]*(?:\.\d+)?(?:亿元|百万元|万元|千元|元|万)?(?:整)?$")


def _is_class(word: str) -> bool:
    """认得的一级、二级指标。"""
    return bool(
        level1(word) is not None
        or category(word) is not None
        or word.endswith(("指标", "目标", "效益"))
        or re.search(r"[（(]\d+分", word)
    )


@dataclass(slots=True)
class Tables:
    """各张表的记录；报头里的项目信息；没有读入的行和栏目；对不上的印着的数；用掉的段（表题）。"""

    records: dict[str, list[Any]] = field(default_factory=dict)
    goal: model.Goal = field(default_factory=model.Goal)
    facts: dict[str, tuple[str, ReportPlace, str]] = field(default_factory=dict)
    texts: dict[str, tuple[str, ReportPlace]] = field(default_factory=dict)
    leftovers: list[Leftover] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    asides: list[tuple[str, ReportPlace]] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """读到一半的指标表、总目标表：接在后面的半张表没有表头时用它。"""

    header: Header
    title: str
    width: int
    row: int = 0
    above: dict[str, str] = field(default_factory=dict)
    unplaced: dict[str, list[str]] = field(default_factory=dict)
    printed: PrintedTable = field(default_factory=PrintedTable)


def tables_of(blocks: Sequence[Block], *, form: bool = False, unit: str = "") -> Tables:
    """全部表格；form：是一张表（不是报告），表外的各行也照“标签：内容”读；unit 是没有写单位的金额按什么算。"""
    reader = TableReader(unit)
    for index, block in enumerate(blocks):
        if isinstance(block, Para):
            reader.paragraph(index, block)
            if form and not block.contents and index not in reader.found.captions and block.text != PICTURE:
                reader.line(block.text, ParagraphPlace(number=index + 1))
                reader.found.lines.add(index)
        else:
            reader.grid(block)
    reader.close()
    return reader.found


class TableReader:
    """逐块读；open 是还没读完的表。"""

    def __init__(self, unit: str = "") -> None:
        self.found = Tables()
        self.given = unit
        self.open: _Open | None = None
        self.money: MoneyTable | None = None
        self.fund_points: tuple[Any, Any] = (None, None)
        self.caption, self.hint, self.unit = "", "", ""
        self.between, self.seen = False, 0

    # --- paragraphs -------------------------------------------------------------------------------------

    def paragraph(self, index: int, para: Para) -> None:
        text = para.text
        match = _CAPTION.match(text)
        titled = match and len(text) <= 45 and not text.endswith(("。", "；", "，")) and not para.contents
        if titled:
            self.caption = "" if text.startswith("续") or "续" in text[:12] else text
            self.found.captions.add(index)
        elif _UNIT_LINE.fullmatch(text):
            self.found.captions.add(index)
        elif not para.contents:
            self.between = True
        self.hint = text if not titled else self.hint
        stated = unit_of(text)
        if stated and (
            index in self.found.captions
            or len(text) < 40
            or text.rstrip("。：:）)").endswith(stated)
            or re.search(r"以.?万?元计", text)
        ):
            self.unit = stated

    # --- grids ------------------------------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        self.seen += 1
        numbered = _CAPTION.match(self.caption)
        title = f"表{squeezed(numbered[1])}" if numbered and numbered[1] else f"第{self.seen}张表"
        title = grid.name if grid.sheet else title
        joins = (
            self.open is not None
            and not self.between
            and not self.caption
            and self.open.width == grid.columns
        )
        if not joins:
            self._close_open()
        self._close_money()
        caption = self.caption
        self.caption, self.between = "", False
        self._rows(grid, title, caption)
        self._close_money()
        self.unit, self.hint = "", ""

    def _rows(self, grid: Grid, title: str, caption: str) -> None:
        unread: list[Leftover] = []
        row = 0
        while row < len(grid.rows):
            texts = grid.texts[row]
            if not any(texts):
                row += 1
                continue
            header = header_at(grid, row)
            if header is not None and header.record != "list":
                self._header(grid, row, header, title, caption)
                row += header.height
                continue
            taken = self._goal_heads(grid, row, title)
            if taken:
                row += taken
                continue
            if self._labels(grid, row, title) or self._line(grid, row, title):
                row += 1
                continue
            if self.money is not None and self.money.header.height and self._money(grid, row, title):
                row += 1
                continue
            if self.open is not None and (self.money is None or not self.money.header.height):
                self._close_money()
                self._row(grid, row, title)
            elif not self._loose_money(grid, row, title):
                unread.append(Leftover(_at(grid, row, title), _joined(texts), UNREAD))
            row += 1
        self.found.leftovers.extend(_together(unread))

    # --- headers ----------------------------------------------------------------------------------------

    def _header(self, grid: Grid, row: int, header: Header, title: str, caption: str) -> None:
        for at in range(row, row + header.height):
            for _, text in grid.own(at):
                self._period(text, PartPlace(name=f"{title}表头"), header=True)
        if header.record.startswith("money:"):
            self._close_money()
            stated = next(
                (u for at in range(row, row + header.height) for _, t in grid.own(at) if (u := unit_of(t))),
                "",
            )
            side = header.title
            unit = unit_of(side) or ("" if self._units_differ(header) else stated) or self.unit
            self.money = MoneyTable(
                header, plain(side) or plain(caption), title, unit or "", bool(unit), self.hint or caption
            )
            return
        self._close_money()
        current = self.open
        if (
            current is not None
            and current.header.record == header.record
            and (current.header.like == header.like or not caption)
        ):
            title = title if grid.sheet or caption else current.title
            at = current.row if title == current.title else 0
            self.open = _Open(
                header, title, grid.columns, at, current.above, current.unplaced, current.printed
            )
            return
        self._close_open()
        self.open = _Open(header, title, grid.columns)
        for name, columns in header.twice.items():
            heads = "、".join(
                f"“{t}”" for t in dict.fromkeys(grid.texts[row + header.height - 1][c] for c in columns)
            )
            kept = header.shown.get(name)
            self.found.leftovers.append(
                Leftover(
                    TablePlace(table=title),
                    heads,
                    f"几栏像是同一栏，{'取了“' + kept + '”' if kept else '都没有读入'}，请核对",
                )
            )

    def _units_differ(self, header: Header) -> bool:
        return len({unit_of(t) for n, t in header.shown.items() if n not in ("label", "rate")} - {""}) > 1

    def _period(self, text: str, where: ReportPlace, *, header: bool = False) -> None:
        """“1-7月执行情况”“（2024年度1-8月）”说的是截至哪个月。"""
        if header and not re.search(r"执行|完成|实际|支出|到位", text):
            return
        if (
            header
            and re.search(r"预计|目标|应完成|计划", text)
            and not re.search(r"完成(?:值|情况)|执行", text)
        ):
            return
        period = period_in(text)
        known = self.found.facts.get("month")
        later = known is not None and header and known[1] == where and period.month > int(known[0])
        if period.month and not re.search(r"上年|去年", text) and (known is None or later):
            self.found.facts["month"] = (str(period.month), where, text)
        if period.year and not header:
            self.found.facts.setdefault("title_year", (str(period.year), where, text))

    # --- lines ------------------------------------------------------------------------------------------

    def _own(self, grid: Grid, row: int) -> list[tuple[int, str]]:
        """一行自己的各格；竖着合并下来的标题（绩效指标）不算。"""
        return grid.own(row)

    def _goal_heads(self, grid: Grid, row: int, title: str) -> int:
        """“预期目标 | 实际完成情况”“实施期目标 | 年度目标”，内容在下一行。返回用掉几行。"""
        own = [(c, t) for c, t in grid.own(row) if t]
        heads = [(c, t) for c, t in own if label_of(t) in ("goal", "goal_result")]
        if len(heads) < 2 or row + 1 >= len(grid.rows) or header_at(grid, row + 1) is not None:
            return 0
        below = grid.texts[row + 1]
        while len(heads) > 1 and (_tall(grid, row, heads[0][0]) or not below[heads[0][0]]):
            heads = heads[1:]  # the title that runs down the side
        goals = [(c, t) for c, t in heads if label_of(t) == "goal"]
        if not goals or len(heads) < 2 or any(c not in dict(heads) and c > heads[0][0] for c, _ in own):
            return 0
        if any(below[c] == t or len(key_of(below[c])) < 4 for c, t in goals) or any(
            not grid.is_own(row + 1, c) for c, _ in heads
        ):
            return 0
        where = _at(grid, row + 1, title)
        main = next(
            (g for g in goals if is_goal_aim(g[1]) or re.search(r"年度|当年|本年|全年", g[1])), goals[0]
        )
        self._goal(below[main[0]], where, main[1])
        for column, text in heads:
            if label_of(text) == "goal_result":
                self._goal_result(below[column], where, text)
            elif (column, text) != main:
                self._goal(below[column], where, text)
        for column, text in grid.own(row + 1):
            if text and column not in dict(heads) and not label_of(text) and not _SILENT.match(plain(text)):
                self.found.leftovers.append(Leftover(where, text, NO_PLACE))
        return 2

    def _goal(self, text: str, where: ReportPlace, label: str) -> None:
        if not text:
            return
        if not self.found.goal.text:
            self.found.goal = model.Goal(
                text=text, place=place_of(where, {"text": label}, table="", raw={"text": text})
            )
        elif plain(self.found.goal.text) != plain(text):
            self.found.leftovers.append(
                Leftover(where, f"{label}：{text}", "总体目标已经读到一处，这一处没有读入")
            )

    def _goal_result(self, text: str, where: ReportPlace, label: str) -> None:
        if not text or _NOTHING.match(plain(text)):
            return
        self.found.leftovers.append(
            Leftover(where, f"总体目标完成情况：{text}", f"“{re.sub(chr(10), '', label)}”{NO_PLACE}")
        )
        goal = self.found.goal.text
        if goal and plain(goal) == plain(text):
            self.found.misfits.append(
                Misfit(
                    where,
                    label,
                    "总体目标的实际完成情况与预期目标一字不差，照抄了绩效目标，与“写实际完成了什么”的要求不符。",
                    "写到监控日或年底实际完成了什么、完成多少。",
                    {},
                )
            )

    def _labels(self, grid: Grid, row: int, title: str) -> bool:
        own = self._own(grid, row)
        filled = [(c, t) for c, t in own if t]
        if not filled or len(filled) > 14:
            return False
        first = filled[0][1]
        if level1(first) is not None or category(first) is not None:
            return False
        found = pairs(own) if not self._side_titled(grid, row, own) else None
        rest = own
        while found is None and rest:
            # a title that runs down the left side, its lines beside it
            column, text = rest[0]
            if text and not (label_of(text) or _tall(grid, row, column)):
                return False
            rest = rest[1:]
            if rest and any(t for _, t in rest):
                found = pairs(rest)
                if found is not None and text and not _tall(grid, row, column):
                    found = None
                    break
        if found is None:
            return False
        below = found[0].name in _BELOW and len(filled) <= 2
        if self.open is not None and self.money is None and not below and self._is_data(grid, row):
            return False
        if (
            self.money is not None
            and found
            and _NUMERIC.match(plain(found[0].text))
            and found[0].name not in ("year", "report_date")
        ):
            return False
        where = _at(grid, row, title)
        self._close_money_if(found)
        for pair in found:
            self._place(pair, where)
        return True

    def _side_titled(self, grid: Grid, row: int, own: Sequence[tuple[int, str]]) -> bool:
        """头一格竖着占几行、旁边一行一个标题：是侧面的标题，不是这一行的标签。"""
        filled = [(c, t) for c, t in own if t]
        column, text = filled[0]
        if not _tall(grid, row, column) or len(filled) < 3:
            return False
        return bool(label_of(filled[1][1])) and label_of(text) in ("", "goal", "scope", "other")

    def _is_data(self, grid: Grid, row: int) -> bool:
        """表里的一行：名称一栏、目标一栏各有自己的字。"""
        assert self.open is not None
        header = self.open.header
        cells = grid.texts[row]
        name, value = (
            header.columns.get("name", -1),
            header.columns.get("target", header.columns.get("actual", -1)),
        )
        if header.record == "goal_changes":
            return self.open.row == 0 or bool(cells[header.columns["original"]])
        if name < 0 or value < 0 or max(name, value) >= len(cells):
            return False
        apart = grid.rows[row][name].ref != grid.rows[row][value].ref
        return (
            apart
            and grid.is_own(row, value)
            and bool(cells[name] and cells[value])
            and not (
                grid.rows[row][name].ref.column <= min(header.columns.values()) + 1
                and name > min(header.columns.values())
            )
        )

    def _close_money_if(self, found: Sequence[Pair]) -> None:
        self._close_money()

    def _place(self, pair: Pair, where: ReportPlace) -> None:
        name, text = pair.name, pair.text
        if name == "goal":
            self._goal(text, where, pair.label)
        elif name == "goal_result":
            self._goal_result(text, where, pair.label)
        elif not text:
            return
        elif name in _TEXTS:
            self._text(name, text, where, pair.label)
        elif name == "monitored":
            self._period(text, where)
            self.found.facts.setdefault("monitored", (text, where, pair.label))
        elif name == "money_unit":
            self.unit = unit_of(f"单位：{text}") or self.unit
        elif name in _KEPT:
            if name == "name" and self.found.facts.get("name", (text,))[0] != text:
                self.found.leftovers.append(
                    Leftover(where, f"{pair.label}：{text}", "项目名称已经读到一个，这一个没有读入")
                )
            if (
                name in self.found.facts
                and plain(self.found.facts[name][0]) != plain(text)
                and name != "name"
            ):
                self.found.leftovers.append(
                    Leftover(where, f"{pair.label}：{text}", "与前面读到的不一样，没有读入")
                )
            self.found.facts.setdefault(name, (text, where, pair.label))
            if name == "name":
                self.found.names.append(text)
        elif _NUMERIC.match(plain(text)) and (is_source(pair.label) or is_total(pair.label)):
            self._one_amount(pair.label, text, where)
        else:
            label = f"{pair.label}：" if pair.label else ""
            self.found.asides.append((text, where.labelled(pair.label)))
            self.found.leftovers.append(Leftover(where, f"{label}{text}", NO_PLACE))

    def _text(self, name: str, text: str, where: ReportPlace, label: str) -> None:
        self.found.misfits.extend(graded_sentence(where, text))
        if _NOTHING.match(plain(text)):
            self.found.leftovers.append(Leftover(where, f"{label}：{text}", "写的是没有，没有读入"))
            return
        old = self.found.texts.get(name)
        self.found.texts[name] = (f"{old[0]}\n{text}", old[1]) if old else (text, where)

    def _line(self, grid: Grid, row: int, title: str) -> bool:
        """横贯整行的一段文字：表名、年度、单位、注、填表人。"""
        own = [(c, t) for c, t in self._own(grid, row) if t]
        if len(own) != 1:
            labelled = [s for _, t in own for s in all_labelled(t)]
            if own and labelled and all(all_labelled(t) for _, t in own):
                where = _at(grid, row, title)
                for one in labelled:
                    self._place(Pair(one.name, one.label, one.text, 0), where)
                return True
            return False
        column, text = own[0]
        if self.open is not None and self._in_row(grid, row, column):
            return False
        if (
            self.money is not None
            and self.money.header.height
            and column >= self.money.header.columns["label"]
        ):
            return False
        self.line(text, _at(grid, row, title))
        return True

    def _in_row(self, grid: Grid, row: int, column: int) -> bool:
        """表里只填了一格的行：印好的级别，或者只有名称。"""
        assert self.open is not None
        columns = self.open.header.columns
        if column not in columns.values():
            return False
        text = grid.texts[row][column]
        wide = grid.width(row, column)
        return wide == 1 and len(text) <= 60 and not is_note(text) and not is_signature(text)

    def line(self, text: str, where: ReportPlace) -> None:
        """一行文字：认得的各段收下，别的列出。"""
        self.found.checked.append(text)
        if _SILENT.match(plain(text)):
            return
        if is_note(text):
            if not _printed(text):
                self.found.leftovers.append(Leftover(where, text, "表下的注，没有读入"))
            return
        unit = unit_of(text)
        if unit:
            self.unit = unit
        known = list(segments(text))
        left: list[str] = []
        for one in known:
            if one.name in ("person", "other", "") or not one.label:
                self._period(one.text if not one.label else "", where)
                if one.label or not _title_like(one.text):
                    left.append(f"{one.label}：{one.text}" if one.label else one.text)
            else:
                self._place(Pair(one.name, one.label, one.text, 0), where)
        if left and not (len(left) == 1 and unit_of(left[0]) and len(plain(left[0])) < 12):
            why = "填表人、电话这类，没有对应的栏目" if is_signature(text) else "这一行不是指标，没有读入"
            self.found.leftovers.append(Leftover(where, "　".join(left), why))

    # --- money ------------------------------------------------------------------------------------------

    def _money(self, grid: Grid, row: int, title: str) -> bool:
        assert self.money is not None
        header = self.money.header
        cells = grid.texts[row]
        money = [
            at
            for n, at in header.columns.items()
            if n in ("initial", "adjusted", "arrived", "spent", "forecast", "amount")
        ]
        amounts = [cells[c] if c < len(cells) else "" for c in money]
        first = min(money)
        labels = [t for c, t in grid.own(row) if c < first and t]
        if not labels:
            labels = [
                cells[c] for c in range(header.columns["label"], first) if cells[c] and grid.is_own(row, c)
            ]
        filled = [a for a in amounts if a]
        if filled and not any(map(_amount_like, filled)):
            self._close_money()
            return False
        if not labels and not filled:
            return False
        named = bool(labels) and (is_source(labels[-1]) or is_total(labels[-1]))
        if (
            labels
            and not filled
            and not named
            and not self.money.rows
            and all(not t or t in labels for t in cells)
        ):
            return False
        where = _at(grid, row, title)
        label = labels[-1] if labels else ""
        self.money.rows.append(money_row(self.money, cells, where, label))
        used = {*header.columns.values(), *header.checked.values()}
        for column, text in grid.own(row):
            if text and column > first and column not in used and plain(text) not in ("-", "--", "—", "/"):
                head = header.rest.get(column, "")
                self.found.leftovers.append(Leftover(where, f"{head}：{text}" if head else text, NO_PLACE))
        weight = header.checked.get("weight")
        if weight is not None and self.fund_points == (None, None):
            score = header.checked.get("score", -1)
            points = (number(cells[weight]), number(cells[score]) if 0 <= score < len(cells) else None)
            if points[0] is not None:
                self.fund_points = points
        return True

    def _one_amount(self, label: str, text: str, where: ReportPlace) -> None:
        """“其中：财政拨款 | 480.00”：没有表头，一行一个数。"""
        if self.money is None or self.money.header.record != "money:lines":
            self._close_money()
            header = Header(
                "money:lines",
                0,
                0,
                {"initial": 1, "label": 0},
                {"initial": "年初预算数", "label": "资金来源"},
            )
            self.money = MoneyTable(
                header,
                "项目资金",
                where.table if isinstance(where, TablePlace) else where.cell,
                self.unit,
                bool(self.unit),
            )
        self.money.rows.append(money_row(self.money, [label, text], where, label))

    def _loose_money(self, grid: Grid, row: int, title: str) -> bool:
        """没有表头的一行：“项目资金（万元） | 其中：财政拨款 | 480.00”，或者竖过来的“年初预算数 | 100”。"""
        filled = [(c, t) for c, t in grid.own(row) if t]
        every = [t for t in dict.fromkeys(grid.texts[row]) if t]
        if len(filled) < 2 or not re.fullmatch(_NUMERIC.pattern[:-1] + "%?$", plain(filled[-1][1])):
            return False
        where = _at(grid, row, title)
        label = filled[-2][1]
        side = unit_of(every[0])
        if is_source(label) or is_total(label):
            if side:
                self.unit = side
            self._one_amount(label, filled[-1][1], where)
            return True
        name = money_field(key_of(label))
        if name in ("initial", "adjusted", "arrived", "spent", "forecast", "whole", "rate"):
            self._turned(name, label, filled[-1][1], where, unit_of(label) or side)
            return True
        return False

    def _turned(self, name: str, label: str, text: str, where: ReportPlace, unit: str) -> None:
        """“年初预算数 | 100”“执行数 | 50”：各是一行的，合成一项资金。"""
        if self.money is None or self.money.header.record != "money:turned":
            self._close_money()
            self.money = MoneyTable(
                Header("money:turned", 0, 0, {"label": 0}, {"label": "资金来源"}), "项目资金",
                where.table if isinstance(where, TablePlace) else where.cell, unit or self.unit, bool(unit or self.unit),
            )  # fmt: skip
        table = self.money
        known = table.rows[0].values if table.rows else {}
        if name == "whole":  # 全年预算数: beside 年初预算数 what it was adjusted to, alone the budget
            name = "adjusted" if "initial" in known else "initial"
        table.header = replace(
            table.header,
            columns={**table.header.columns, **({name: 1} if name != "rate" else {})},
            shown={**table.header.shown, name: label},
            checked={**table.header.checked, **({"rate": 1} if name == "rate" else {})},
        )
        if name == "rate":
            row = MoneyRow("", {}, where, {}, {}, printed={"rate": text})
        else:
            one = Header("money:turned", 0, 0, {name: 1, "label": 0}, {name: label, "label": "资金来源"})
            row = money_row(replace(table, header=one, unit=unit or table.unit), ["", text], where, "")
        if table.rows and name not in known:
            kept = table.rows[0]
            kept.values.update(row.values)
            kept.raw.update(row.raw)
            kept.faults.update(row.faults)
            kept.printed.update(row.printed)
        else:
            table.rows.append(row)

    def _close_money(self) -> None:
        if self.money is None:
            return
        table, self.money = self.money, None
        if not table.rows:
            return
        if not table.unit:
            self._guess_unit(table)
        for line in table.rows:
            if line.is_total or not line.values:
                self.found.checked += [line.label, *line.raw.values()]
            self.found.checked += line.printed.values()
        found = settle(table)
        self.found.leftovers += found.leftovers
        self.found.misfits += found.misfits
        record = "spending" if table.is_spending else "funding"
        totals = [t for t in found.totals if t.values]
        if totals and (found.misfits or table.header.record in ("money:lines",)):
            for one in totals:
                shown = " ".join(t for t in one.raw.values() if t)
                self.found.leftovers.append(
                    Leftover(one.where, f"{one.label or '合计'} {shown}", "合计由公式算，没有读入")
                )
        rates = {n: table.header.shown.get(n, n) for n in table.header.checked}
        rate = rates.pop("rate", "")
        if rate and (found.misfits or found.unchecked) and any(r.printed.get("rate") for r in table.rows):
            self.found.leftovers.append(
                Leftover(TablePlace(table=table.table), rate, "由公式算，核对以后没有读入")
            )
        told = [
            t for n, t in rates.items() if any(number(r.printed.get(n, "")) is not None for r in table.rows)
        ]
        if told:
            self.found.leftovers.append(
                Leftover(TablePlace(table=table.table), "、".join(told), "核对以后没有读入")
            )
        records = found.spending if record == "spending" else found.funding
        if records:
            self._add(record, records, table)

    def _add(self, record: str, records: Sequence[Any], table: MoneyTable) -> None:
        old = self.found.records.get(record, [])
        if not old:
            self.found.records[record] = list(records)
            return
        key = "item" if record == "spending" else "source"
        for one in records:
            twin = next((o for o in old if plain(getattr(o, key)) == plain(getattr(one, key))), None)
            if twin is None:
                old.append(one)
            elif record == "funding":
                place = one.place.otherwise or TablePlace(table=table.table)
                merged = _merged(twin, one)
                if merged is None:
                    self.found.leftovers.append(
                        Leftover(
                            place,
                            getattr(one, key),
                            "这项资金前面读到一次，数不一样，这里的没有读入",
                        )
                    )
                else:
                    old[old.index(twin)] = merged
            elif getattr(twin, "amount", None) != getattr(one, "amount", None):
                old.append(one)

    def _guess_unit(self, table: MoneyTable) -> None:
        """没有写单位的：给了的照给的；数大得不像万元的是元，别的是万元；怎么读的说出来。"""
        bare = [
            (r, n) for r in table.rows for n, t in r.raw.items() if n in r.values and not re.search(r"[元万亿]", t)
            and not unit_of(table.header.shown.get(n, ""))
        ]  # fmt: skip
        sizes = sorted(r.values[n].yuan / 10_000 for r, n in bare)
        table.unit = self.given or ("元" if sizes and sizes[len(sizes) // 2] >= _TOO_MUCH_WAN else "万元")
        if table.unit != "万元":
            scale = {"元": 1, "千元": 1000, "百万元": 1_000_000, "亿元": 100_000_000}[table.unit]
            for row, name in bare:
                row.values[name] = Amount(row.values[name].yuan / 10_000 * scale)
        if bare and not self.given:
            row, name = bare[0]
            self.found.notes.append(f"{table.table}没有写金额单位，按{table.unit}读入，请核对。")
            self.found.leftovers.append(
                Leftover(row.where, row.raw[name], f"没有写金额单位，按{table.unit}读入，请核对")
            )

    # --- rows of the open table ----------------------------------------------------------------------------

    def _row(self, grid: Grid, row: int, title: str) -> None:
        assert self.open is not None
        current, header = self.open, self.open.header
        cells = grid.texts[row]
        own = [(c, t) for c, t in self._own(grid, row) if t]
        current.row += 1
        where = grid.place(row) if grid.sheet else TablePlace(table=current.title, row=current.row)
        texts = [t for _, t in own]
        if not own or is_filler(texts):
            return
        if is_note(texts[0]) and len(own) <= 2:
            self.found.leftovers.append(Leftover(where, _joined(texts), "表下的注，没有读入"))
            return
        if header.record in INDICATORS and is_total_row(texts):
            self._total(header, grid, row, where)
            return
        if header.record in INDICATORS and self._not_a_row(grid, row, own):
            self.found.leftovers.append(Leftover(where, _joined(texts), "这一行不是指标，没有读入"))
            return
        found = row_texts(header, cells, current.above)
        for text, why in found.remarks:
            self.found.leftovers.append(Leftover(where, f"{found.texts.get('name', '')} {text}".strip(), why))
        for level, points in found.points.items():
            current.printed.points.setdefault(level, (points, where))
        values = {n: t for n, t in found.texts.items() if n not in ("level1", "level2")}
        if header.record in INDICATORS and not any(values.values()):
            levels = {header.columns.get("level1"), header.columns.get("level2")}
            left = [
                t
                for c, t in own
                if (c in levels and not _is_class(t))
                or (c not in header.columns.values() and c not in header.checked.values())
            ]
            if left:
                self.found.leftovers.append(Leftover(where, _joined(left), NO_PLACE))
            return  # a class printed in the form, without an indicator
        if header.record in INDICATORS and not found.texts.get("name"):
            self.found.leftovers.append(Leftover(where, _joined(texts), "没有指标名称，读入了，请补上名称"))
        self._unplaced(header, own, current)
        record = self._record(header, found.texts, where)
        self.found.records.setdefault(header.record, []).append(record)
        if header.record in INDICATORS:
            current.printed.rows.append(_printed_row(header, cells, found.texts, where))
            self.found.checked += [cells[c] for c in header.checked.values() if c < len(cells)]
            self.found.checked += [cells[c] for n, c in header.columns.items() if n in ("symbol", "unit")]

    def _not_a_row(self, grid: Grid, row: int, own: Sequence[tuple[int, str]]) -> bool:
        """一格横着盖住了级别和名称的，或者只有级别一栏有不认得的字的，不是指标。"""
        assert self.open is not None
        header = self.open.header
        name = header.columns["name"]
        first = min(c for n, c in header.columns.items() if n in ("level1", "level2", "name"))
        cell = grid.rows[row][name] if name < len(grid.rows[row]) else None
        if (
            cell is not None
            and first < name
            and cell.ref == grid.rows[row][first].ref
            and grid.is_own(row, first)
        ):
            return True
        texts = grid.texts[row]
        if (
            not texts[name]
            and own
            and own[0][0] in (header.columns.get("level1"), header.columns.get("level2"))
        ):
            return not _is_class(own[0][1])
        return False

    def _total(self, header: Header, grid: Grid, row: int, where: ReportPlace) -> None:
        assert self.open is not None
        cells = grid.texts[row]
        weight, score = (
            number(cells[at])
            if (at := header.checked.get(n, -1)) >= 0 and at < len(cells) and grid.is_own(row, at)
            else None
            for n in ("weight", "score")
        )
        if weight is None and score is None:
            numbers = [(c, n) for c, t in grid.own(row) if (n := number(t)) is not None]
            weight = numbers[0][1] if numbers and "weight" in header.checked else None
            score = (
                numbers[-1][1] if len(numbers) > 1 or ("weight" not in header.checked and numbers) else None
            )
        elif weight is None and "weight" in header.checked:
            before = [
                n
                for c, t in grid.own(row)
                if c < header.checked.get("score", 0) and (n := number(t)) is not None
            ]
            weight = before[0] if before else None
        grade = next((t for _, t in grid.own(row) if GRADE.search(plain(t))), "")
        self.open.printed.totals.append((where, weight, score, grade))
        self.found.leftovers.append(
            Leftover(where, _joined([t for _, t in grid.own(row)]), "合计或总分，没有读入")
        )

    def _unplaced(self, header: Header, own: Sequence[tuple[int, str]], current: _Open) -> None:
        used = {*header.columns.values(), *header.ticks, *header.checked.values(), header.serial}
        for column, text in own:
            if column in used or plain(text) in ("-", "--", "---", "—", "/"):
                continue
            head = header.rest.get(column)
            if head is None:
                if column in header.sides and (_SILENT.match(plain(text)) or label_of(text)):
                    continue
                head = "没有表头的一栏"
            if plain(text) != plain(head):
                current.unplaced.setdefault(head, []).append(text)

    def _record(self, header: Header, texts: Mapping[str, str], where: ReportPlace) -> Any:
        kind, table = _RECORDS[header.record]
        renamed = {"target": "annual"} if header.record == "compared" else {}
        values: dict[str, Any] = {}
        raw: dict[str, str] = {}
        labels: dict[str, str] = {}
        for name, text in texts.items():
            mine = renamed.get(name, name)
            if mine not in table.by_field or table.by_field[mine].computed:
                if text and name in (
                    "reason",
                    "measure",
                    "cause",
                    "likelihood",
                    "stage",
                    "actual",
                    "forecast",
                    "explanation",
                    "tracked_target",
                ):
                    self.found.leftovers.append(
                        Leftover(where, text, f"“{header.shown.get(name, name)}”{NO_PLACE}")
                    )
                continue
            column = table.by_field[mine]
            raw[mine] = text
            labels[mine] = header.shown.get(name) or column.header
            if column.type is Type.TARGET:
                values[mine] = read_target(re.sub(r"\s*\n\s*", "", text))
            elif column.type is Type.LONG_TEXT:
                values[mine] = text
            else:
                values[mine] = re.sub(r"\s*\n\s*", "", text)
        faults: dict[str, Fault] = {}
        assert self.open is not None
        place = place_of(where, labels, table=self.open.title, row=self.open.row, faults=faults, raw=raw)
        return kind(**values, place=place)

    # --- ends -------------------------------------------------------------------------------------------

    def _close_open(self) -> None:
        if self.open is None:
            return
        current, self.open = self.open, None
        for head, texts in current.unplaced.items():
            self.found.leftovers.append(
                Leftover(
                    TablePlace(table=current.title),
                    head,
                    f"{NO_PLACE}，{len(texts)} 行的内容没有读入",
                    tuple(texts),
                )
            )
        checked = [
            current.header.shown.get(n, n) for n in current.header.checked
            if any(getattr(r, n) not in (None, "") for r in current.printed.rows)
        ]  # fmt: skip
        if checked:
            self.found.leftovers.append(
                Leftover(
                    TablePlace(table=current.title),
                    "、".join(checked),
                    f"核对以后没有读入，{len(current.printed.rows)} 行",
                )
            )
        current.printed.fund = self.fund_points
        current.printed.label = current.header.shown.get("score", "得分")
        current.printed.rate_label = current.header.shown.get("rate", "完成率")
        self.found.misfits.extend(misfits(current.printed))

    def close(self) -> None:
        """读完了。"""
        self._close_money()
        self._close_open()


def _printed_row(
    header: Header, cells: Sequence[str], texts: Mapping[str, str], where: ReportPlace
) -> PrintedRow:
    def at(name: str) -> str:
        column = header.checked.get(name, -1)
        return cells[column] if 0 <= column < len(cells) else ""

    def value(name: str) -> TargetValue:
        return read_target(re.sub(r"\s*\n\s*", "", texts.get(name, "")))

    return PrintedRow(
        where, texts.get("name", ""), texts.get("level1", ""), texts.get("level2", ""), value("target"), value("stage"), value("actual"),
        any(texts.get(n, "").strip() for n in ("reason", "cause", "measure")), number(at("weight")), number(at("score")), at("rate"),
    )  # fmt: skip


def _merged(one: model.Funding, other: model.Funding) -> model.Funding | None:
    """同一项资金的两处：各写了几栏的合起来；同一栏写了两样的合不起来。"""
    changed: dict[str, Any] = {}
    for name in ("initial", "adjusted", "arrived", "spent", "forecast"):
        here, there = getattr(one, name), getattr(other, name)
        if here is not None and there is not None and here != there:
            return None
        if here is None and there is not None:
            changed[name] = there
    place = replace(
        one.place, cells={**other.place.cells, **one.place.cells}, raw={**other.place.raw, **one.place.raw}
    )
    return replace(one, place=place, **changed)


def _at(grid: Grid, row: int, title: str) -> TablePlace:
    """第几行：工作表照工作表数，Word 的表从表的头一行数。"""
    return grid.place(row) if grid.sheet else TablePlace(table=title, row=row + 1)


def _tall(grid: Grid, row: int, column: int) -> bool:
    """竖着占几行的一格。"""
    return row + 1 < len(grid.rows) and grid.rows[row + 1][column].ref == grid.rows[row][column].ref


def _amount_like(text: str) -> bool:
    return bool(_NUMERIC.match(plain(text))) or plain(text) in ("-", "--", "—", "——", "/", "无", "")


def _title_like(text: str) -> bool:
    """表名、年度、期间、单位：读过了，不用列出。"""
    flat = plain(text)
    return bool(
        re.search(
            r"(?:监控|自评|评价|申报|绩效目标|绩效|导出)[^，。]{0,14}(?:表|清单|导出|情况)(?:[（(].*[)）]|\d{4}年?度?)?$",
            flat,
        )
        or re.fullmatch(
            r"[（(]?\d{4}年?度?(?:(?:第?[一二三四1-4]-?[一二三四1-4]?季度|上半年|半年度?)|(?:\d{1,2}月?[-—–－~～至])?\d{1,2}月份?)?[）)]?",
            flat,
        )
        or re.fullmatch(r"[（(]?(?:\d{1,2}月?[-—–－~～至])?\d{1,2}月份?[）)]?", flat)
        or (unit_of(flat) and len(flat) <= 12)
        or re.fullmatch(r"(?:附件|附表|公开|表)\s*\d*表?", flat)
    )


def _printed(text: str) -> bool:
    """官方表上印好的填表说明。"""
    from perfmon_xl.domain.official_form import NOTES

    return any(plain(note) in plain(text) for note in NOTES)


def _joined(cells: Sequence[str]) -> str:
    return " | ".join(dict.fromkeys(c for c in cells if c))


def _together(unread: Sequence[Leftover]) -> Sequence[Leftover]:
    """认不出的一整张表说一次，一行一行地说没有人看。"""
    if len(unread) <= _FEW_ROWS:
        return unread
    first = unread[0]
    more = "；".join(one.text for one in unread)
    return [Leftover(first.place, more, f"{first.why}，这里起 {len(unread)} 行没有读入")]

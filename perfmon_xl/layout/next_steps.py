"""What is still missing on each sheet, and where to go first, as native formulas; the twin is workbook/progress.py.

“还差_…” on 填报说明 counts, “下一步_…” in row 2 of a sheet says it in words. A table counts its rows that are in use
and not done; the row is named by its own name, never by a number that moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfmon_xl.layout.remaining_formulas import DONE
from perfmon_xl.layout.schema import Form, NamedCell, Type

GUIDE = "填报说明"
MISSING, STEP = "还差_", "下一步_"
TOLD, STATE, LINK = (
    "提示_",
    "状态_",
    "去处_",
)  # the guide tells the step again and says whether it is done; a link beside it
FILLED, UNFILLED, GO = "✓ 填好了", "还没有填好", "去第一处"
_FAR = 1_000_000  # more than a table has rows


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRows:
    """一张表里还差的：看哪一栏（state），叫什么（name），什么样的是没有完的（open），一行也没有时说的话（none）。"""

    table: str
    name: str
    state: str = "本行还差"
    open: tuple[str, ...] = ()
    none: str = ""

    @property
    def _column(self) -> str:
        return f"{self.table}[{self.state}]"

    @property
    def _head(self) -> str:
        return f"{self.table}[[#Headers],[{self.state}]]"

    @property
    def _is_open(self) -> str:
        if self.open:
            # As numbers: SUMPRODUCT of Excel (and of Gnumeric) counts a truth value alone as nothing.
            return "(" + "+".join(f'({self._column}="{word}")*1' for word in self.open) + ")"
        return f'({self._column}<>"")*({self._column}<>"{DONE}")'

    @property
    def count(self) -> str:
        """没有完的有几行；一行也没有、又不该没有的算一行。"""
        found = f"SUMPRODUCT({self._is_open})"
        if not self.none:
            return found
        return f'IF(SUMPRODUCT(--({self._column}<>""))=0,1,{found})'

    @property
    def _first(self) -> str:
        """第一行没有完的是表里的第几行。"""
        return f"SUMPRODUCT(MIN(ROW({self._column})-ROW({self._head})+{_FAR}*(({self._is_open})=0)))"

    @property
    def words(self) -> str:
        """先补哪一行、补什么。"""
        name = f"INDEX({self.table}[{self.name}],{self._first})"
        what = f"INDEX({self._column},{self._first})"
        return f'IF(LEN(TRIM({name}))=0,"没有名称的一行","“"&TRIM({name})&"”")&"："&{what}'

    def place(self, sheet: str) -> str:
        """第一行没有完的在哪一格；一行也没有的，是表头下面一格。"""
        first = f"IF(SUMPRODUCT({self._is_open})=0,1,{self._first})"
        return f"\"'{sheet}'!\"&ADDRESS(ROW({self._head})+{first},COLUMN({self._head}))"


def _of_form(cells: Sequence[NamedCell]) -> tuple[str, str]:
    """表单里必填没填的有几格，第一格叫什么。"""
    required = [cell for cell in cells if cell.required]
    count = "+".join(f"AND({cell.required},LEN(TRIM({cell.name}))=0)*1" for cell in required)
    first = '""'
    for cell in reversed(required):
        first = f'IF(AND({cell.required},LEN(TRIM({cell.name}))=0),"{cell.name}",{first})'
    return count, first


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """一张工作表要填的：必填的格子、各张表；following 是填好以后去哪里。"""

    key: str
    sheet: str
    cells: tuple[NamedCell, ...] = ()
    lists: tuple[OpenRows, ...] = ()
    following: str = ""

    @property
    def count(self) -> str:
        parts = ([_of_form(self.cells)[0]] if self.cells else []) + [list_.count for list_ in self.lists]
        return "+".join(parts)

    @property
    def step(self) -> str:
        """下一步这句话。"""
        words = '""'
        for list_ in reversed(self.lists):
            said = f'"先补"&{list_.words}&"。"'
            if list_.none:
                said = f'IF(SUMPRODUCT(--({list_.table}[{list_.state}]<>""))=0,"{list_.none}",{said})'
            words = f"IF({list_.count}>0,{said},{words})"
        if self.cells:
            count, first = _of_form(self.cells)
            words = f'IF({count}>0,"先填“"&{first}&"”。",{words})'
        return f'IF({MISSING}{self.key}=0,"{self.done}","还差 "&{MISSING}{self.key}&" 处，"&{words})'

    @property
    def done(self) -> str:
        """都填好了说的话。"""
        return f"这张表填好了。下一张：{self.following}。"

    @property
    def place(self) -> str:
        """去第一处：公式，给出地址。"""
        *before, last = self.lists or (None,)
        found = last.place(self.sheet) if last is not None else '""'
        for open_rows in reversed(before):
            found = (
                f"IF({open_rows.count}>0,{open_rows.place(self.sheet)},{found})"
                if open_rows is not None
                else found
            )
        if self.cells:
            count, first = _of_form(self.cells)
            found = f"IF({count}>0,{first},{found})"
        return found

    @property
    def missing_cell(self) -> NamedCell:
        return NamedCell(
            field=f"missing_{self.key}",
            name=MISSING + self.key,
            label=self.sheet,
            type=Type.NUMBER,
            formula=self.count,
        )

    @property
    def step_cell(self) -> NamedCell:
        return NamedCell(
            field=f"step_{self.key}",
            name=STEP + self.key,
            label="下一步",
            type=Type.LONG_TEXT,
            formula=self.step,
        )

    @property
    def told_cell(self) -> NamedCell:
        """填报说明上再说一遍的下一步。"""
        return NamedCell(
            field=f"told_{self.key}",
            name=TOLD + self.key,
            label="下一步",
            type=Type.LONG_TEXT,
            formula=STEP + self.key,
        )

    @property
    def state_cell(self) -> NamedCell:
        """填报说明上怎样了。"""
        return NamedCell(
            field=f"state_{self.key}",
            name=STATE + self.key,
            label="怎样了",
            type=Type.TEXT,
            formula=f'IF({MISSING}{self.key}=0,"{FILLED}","{UNFILLED}")',
        )

    @property
    def link_cell(self) -> NamedCell:
        """表上去第一处的链接；填好了是空的。"""
        return NamedCell(
            field=f"link_{self.key}",
            name=LINK + self.key,
            label=GO,
            type=Type.TEXT,
            formula=f'IF({MISSING}{self.key}=0,"",HYPERLINK("#"&{self.place},"{GO}"))',
        )


def state_of(works: Sequence[Work]) -> Form:
    """填报说明上的进度。"""
    return Form(
        title="进度",
        record="",
        cells=tuple(cell for work in works for cell in (work.missing_cell, work.told_cell, work.state_cell)),
    )

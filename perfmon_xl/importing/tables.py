"""Tables and forms of other people as records: every row and cell placed, or named as not placed.

One walk over the blocks of a document or a sheet. A row is the header of a table, a row of the table that is open,
a line “标题 | 内容”, or a line of text; what is none of these is listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfmon_xl.domain.origin import ParagraphPlace, PartPlace, ReportPlace, TablePlace
from perfmon_xl.domain.text_keys import compact, label_text
from perfmon_xl.importing.calculations import calculation_misfits
from perfmon_xl.importing.document import PICTURE, Block, Para
from perfmon_xl.importing.form_reader import FormReader
from perfmon_xl.importing.found import Leftover
from perfmon_xl.importing.grid import Grid
from perfmon_xl.importing.header import Header
from perfmon_xl.importing.heads import header_at, turned_table
from perfmon_xl.importing.indicator_reader import IndicatorReader, OpenTable
from perfmon_xl.importing.money_reader import MoneyReader
from perfmon_xl.importing.money_rows import MoneyTable
from perfmon_xl.importing.table_result import UNREAD, Tables, joined, row_place, sentences_in
from perfmon_xl.importing.vocabulary import unit_of

_CAPTION = re.compile(r"^(?:续|附)?表\s*([0-9０-９一二三四五六七八九十]*)(?:\s*[-－—.]\s*\d+)?")
_UNIT_LINE = re.compile(r"[（(]?(金额)?单位[:：].{1,6}[）)]?")
_FEW_ROWS = 3


def tables_of(blocks: Sequence[Block], *, form: bool = False, unit: str = "") -> Tables:
    """全部表格；form：是一张表（不是报告），表外的各行也照“标签：内容”读；unit 是没有写单位的金额按什么算。"""
    reader = TableReader(unit, blocks, form=form)
    for index, block in enumerate(blocks):
        if isinstance(block, Para):
            reader.paragraph(index, block)
            if form and not block.contents and index not in reader.found.captions and block.text != PICTURE:
                reader.form.line(block.text, ParagraphPlace(number=index + 1))
                reader.found.lines.add(index)
        else:
            if not reader.money.unit:
                reader.money.unit = _unit_below(blocks[index + 1 : index + 2])
            reader.grid(block)
    reader.close()
    return reader.found


def _unit_below(after: Sequence[Block]) -> str:
    """表题写在表下面的，题里的金额单位；“支出明细如下（单位：元）：”是下一张表的。"""
    if not after or not isinstance(after[0], Para):
        return ""
    text = after[0].text
    return unit_of(text) if len(text) <= 40 and not text.endswith(("：", ":", "。", "；")) else ""


class TableReader:
    """逐块读；open 是还没读完的表。"""

    def __init__(self, unit: str = "", blocks: Sequence[Block] = (), *, form: bool = False) -> None:
        self.found = Tables()
        self.indicators = IndicatorReader(self.found)
        self.money = MoneyReader(self.found, unit, blocks, form=form)
        self.form = FormReader(self.found, self.indicators, self.money)
        self.caption, self.hint = "", ""
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
            self.found.checked.append(text)
            self.money.state(stated)

    # --- grids ------------------------------------------------------------------------------------------

    def grid(self, grid: Grid) -> None:
        self.seen += 1
        numbered = _CAPTION.match(self.caption)
        title = f"表{compact(numbered[1])}" if numbered and numbered[1] else f"第{self.seen}张表"
        title = grid.name if grid.sheet else title
        joins = (
            self.indicators.open is not None
            and not self.between
            and not self.caption
            and self.indicators.open.width == grid.columns
        )
        if not joins:
            self.indicators.close(self.money.fund_points)
        self.money.close()
        caption = self.caption
        self.caption, self.between = "", False
        self._rows(grid, title, caption)
        self.money.close()
        self.money.unit, self.hint = self.money.usual, ""

    def _rows(self, grid: Grid, title: str, caption: str) -> None:
        unread: list[Leftover] = []
        reckoned: list[tuple[Sequence[str], ReportPlace]] = []
        indicators, money = self.indicators, self.money
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
            turned = turned_table(grid, row)
            if turned is not None:
                self._rows(turned, title, caption)
                self.indicators.close(self.money.fund_points)
                row += turned.columns
                continue
            if indicators.level_row(grid, row):
                row += 1
                continue
            taken = self.form.goals.heads(grid, row, title)
            if taken:
                row += taken
                continue
            if self.form.labels(grid, row, title) or self.form.wide(grid, row, title):
                row += 1
                continue
            if money.table is not None and money.table.header.height and money.row(grid, row, title):
                row += 1
                continue
            if indicators.open is not None and (money.table is None or not money.table.header.height):
                money.close()
                indicators.row(grid, row, title)
            elif money.loose(grid, row, title):
                if reckoned:
                    reckoned.append((texts, row_place(grid, row, title)))  # the sum below a calculation
            elif not self.form.money_told(grid, row, title):
                where = row_place(grid, row, title)
                unread.append(Leftover(where, joined(texts), UNREAD))
                reckoned.append((texts, where))
                told = list(dict.fromkeys(t.strip() for t in texts if t.strip()))
                self.found.asides += sentences_in(texts, where)
                if len(told) == 2 and not re.search(r"\d", told[0]) and re.match(r"[\d≥≤约]", told[1]):
                    self.found.asides.append(
                        ("：".join(told), where)
                    )  # “已培训人数 | 351人” is said, if not kept
            row += 1
        self.found.leftovers.extend(_together(unread))
        self.found.misfits.extend(calculation_misfits(reckoned, self.money.unit or ""))

    # --- headers ----------------------------------------------------------------------------------------

    def _header(self, grid: Grid, row: int, header: Header, title: str, caption: str) -> None:
        for at in range(row, row + header.height):
            for _, text in grid.own(at):
                self.form.period(text, PartPlace(name=f"{title}表头"), header=True)
        if header.record.startswith("money:"):
            self.money.close()
            stated = next(
                (u for at in range(row, row + header.height) for _, t in grid.own(at) if (u := unit_of(t))),
                "",
            )
            side = header.title
            unit = unit_of(side) or ("" if self._units_differ(header) else stated) or self.money.unit
            self.money.table = MoneyTable(
                header,
                label_text(side) or label_text(caption),
                title,
                unit or "",
                bool(unit),
                self.hint or caption,
            )
            return
        self.money.close()
        current = self.indicators.open
        if (
            current is not None
            and current.header.record == header.record
            and (current.header.like == header.like or not caption)
        ):
            title = title if grid.sheet or caption else current.title
            at = current.row if title == current.title else 0
            self.indicators.open = OpenTable(
                header, title, grid.columns, at, current.above, current.unplaced, current.printed
            )
            return
        self.indicators.close(self.money.fund_points)
        self.indicators.open = OpenTable(header, title, grid.columns)
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

    def close(self) -> None:
        """读完了。"""
        self.money.close()
        self.indicators.close(self.money.fund_points)


def _together(unread: Sequence[Leftover]) -> Sequence[Leftover]:
    """认不出的一整张表说一次，一行一行地说没有人看。"""
    if len(unread) <= _FEW_ROWS:
        return unread
    first = unread[0]
    more = "；".join(one.text for one in unread)
    return [Leftover(first.place, more, f"{first.why}，这里起 {len(unread)} 行没有读入")]

"""One file of somebody else, whatever it is: a report, a form, several forms, a list of projects; one answer for all doors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.origin import WHOLE
from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.domain.text_keys import label_text
from perfmon_xl.domain.wording import MONEY_UNITS, NAME_COLUMNS
from perfmon_xl.importing.document import Block, Para, blocks_of, page_blocks
from perfmon_xl.importing.form_lines import pairs
from perfmon_xl.importing.found import Imported, Leftover
from perfmon_xl.importing.grid import Grid, csv_grid
from perfmon_xl.importing.heads import header_at
from perfmon_xl.importing.list_heads import list_header
from perfmon_xl.importing.listing import read_list
from perfmon_xl.importing.mapping import UNITS, ColumnMap, check_mapping, renamed
from perfmon_xl.importing.reading import is_form, read_blocks, with_remarks
from perfmon_xl.importing.several import split_reports

TABLES = ("declared", "goal_changes", "adjusted", "compared")
_IN_REPORTS = (*TABLES, "funding", "analyses", "problems", "overall")


@dataclass(frozen=True, slots=True)
class Foreign:
    """一份文件里读出来的：一个项目一份；preview 是怎么读的；listed 是一行一个指标或项目的清单。"""

    imported: tuple[Imported, ...]
    preview: tuple[Wordable, ...]
    listed: bool = False

    @property
    def projects(self) -> tuple[Monitoring, ...]:
        """各个项目的记录。"""
        return tuple(imported.monitoring for imported in self.imported)


def read_foreign(
    data: bytes, name: str, suffix: str, *, mapping: ColumnMap | None = None, money: str | None = None
) -> Foreign:
    """读一份别处来的文件；suffix 是 .docx、.xlsx、.csv、.txt。认不出的拒绝。"""
    given = mapping or ColumnMap()
    check_mapping(given)
    if money is not None and money not in UNITS:
        raise UserError(f"金额单位“{money}”不认识。", MONEY_UNITS)
    if suffix == ".docx":
        foreign = _read_document(blocks_of(data), name)
        return replace(foreign, imported=(with_remarks(foreign.imported[0], data), *foreign.imported[1:]))
    if suffix == ".xlsx":
        # A report does without all of workbook/file.
        from perfmon_xl.importing.sheets import grids_of

        return read_pages(grids_of(data), name, given, money or "")
    page, encoding = csv_grid(data, name)
    return read_pages((page,), f"{name}（{encoding} 编码）", given, money or "")


def _read_document(blocks: Sequence[Block], name: str) -> Foreign:
    form = is_form(blocks)
    parts = split_projects([blocks]) if form else split_reports(blocks)
    importeds = [read_blocks(part, form=form) for part in parts]
    kept = _kept(parts, importeds, _IN_REPORTS)
    if not kept:
        raise UserError(
            "这份文件不像绩效监控报告：没有认出指标表、资金情况，也没有问题和分析。",
            "请确认选对了文件；表格是图片的，要先录成文字。",
        )
    return Foreign(tuple(kept), tuple(_summary(name, imported) for imported in kept))


def read_pages(pages: Sequence[Grid], name: str, mapping: ColumnMap, money: str) -> Foreign:
    """各张工作表（.csv 是一张）：清单，或者一张、几张表。"""
    filled = [page for page in pages if any(any(line) for line in page.texts)]
    if not filled:
        raise UserError("文件里没有内容。", "请重新导出。")
    changed = [renamed(page, mapping) for page in filled]
    lists = [(n, header) for n, page in enumerate(changed) if (header := list_header(page)) is not None]
    if len(lists) > 1:
        names = "、".join(filled[n].name for n, _ in lists)
        raise UserError(f"有 {len(lists)} 张工作表都像：{names}。", "请只留下要读的一张，另存后再试。")
    if lists:
        number, header = lists[0]
        project_list = read_list(changed[number], filled[number], header, mapping, money)
        indicators = sum(len(p.declared) for p in project_list.projects)
        first = f"{name}，表头在第 {header.row + 1} 行；读到 {len(project_list.projects)} 个项目、{indicators} 个指标。"
        others = [page.name for n, page in enumerate(filled) if n != number]
        more = (f"没有读的工作表：{'、'.join(others)}。",) if others else ()
        blank = ReportText(lines=())
        imported = tuple(
            Imported(
                monitoring=p,
                leftovers=(),
                passages=told,
                text=blank,
                misfits=wrong,
                checked=project_list.above,
                asides=tuple(told),
            )
            for p, told, wrong in zip(
                project_list.projects, project_list.passages, project_list.misfits, strict=True
            )
        )
        return Foreign(imported, (first, *project_list.notes, *more), listed=True)
    parts = split_projects([list(page_blocks(page)) for page in changed])
    read = [read_blocks(part, form=True, unit=money) for part in parts]
    kept = _kept(parts, read, (*TABLES, "funding", "spending"))
    if not kept:
        raise UserError(
            f"{name} 不像监控表或自评表，也不像导出的清单：没有找到表头，没有认出指标，也没有认出资金。",
            "请确认选对了文件；栏目叫别的名称的，" + NAME_COLUMNS + "。",
        )
    return Foreign(tuple(kept), tuple(_summary(name, imported) for imported in kept))


def _kept(
    parts: Sequence[Sequence[Block]], importeds: Sequence[Imported], needed: Sequence[str]
) -> list[Imported]:
    """读出了东西的各份；一份里什么表也没有认出的不成项目，整份列在前面一份（没有的，后面一份）没有读的里面。"""
    kept: list[Imported] = []
    waiting: list[Leftover] = []
    for blocks, imported in zip(parts, importeds, strict=True):
        if any(getattr(imported.monitoring, n) for n in needed):
            kept.append(replace(imported, leftovers=(*waiting, *imported.leftovers)))
            waiting = []
            continue
        words = [w for b in blocks for w in ([b.text] if isinstance(b, Para) else b.words())]
        called = imported.monitoring.project.name or "这一份"
        left = Leftover(
            next((b.place(0) for b in blocks if isinstance(b, Grid)), WHOLE),
            f"{called}：{'；'.join(words)}",
            "没有认出指标表和资金表，整份没有读入",
        )
        if kept:
            kept[-1] = replace(kept[-1], leftovers=(*kept[-1].leftovers, left))
        else:
            waiting.append(left)
    return kept


def _summary(name: str, imported: Imported) -> str:
    monitoring = imported.monitoring
    called = f"“{monitoring.project.name}”：" if monitoring.project.name else ""
    counts = [
        f"{len(rows)} {what}"
        for rows, what in (
            (monitoring.compared or monitoring.declared or monitoring.adjusted, "个指标"),
            (monitoring.funding, "项资金来源"),
            (monitoring.spending, "笔支出"),
            (monitoring.problems, "个问题"),
        )
        if rows
    ]
    return f"{name}，{called}读到 {'、'.join(counts) or '项目信息'}。"


# --- several forms in one file --------------------------------------------------------------------------


@dataclass(slots=True)
class _ForeignPart:
    """一个项目的各块；name 是读到的项目名称，tables 是有了哪几种指标表。"""

    blocks: list[Block]
    name: str = ""
    tables: frozenset[str] = frozenset()


def split_projects(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """几张表写的是几个项目的，分开：项目名称不一样，或者同一种指标表又来一张。一页一页给。"""
    parts: list[_ForeignPart] = []
    for page in pages:
        for number, piece in enumerate(_pieces(page)):
            new = not parts
            if parts:
                last = parts[-1]
                other = bool(piece.name and last.name and label_text(piece.name) != label_text(last.name))
                again = (
                    bool(piece.tables & last.tables)
                    and (number == 0 or bool(piece.name))
                    and bool(piece.name or not last.name)
                )
                new = other or again
            if new:
                parts.append(piece)
            else:
                last = parts[-1]
                last.blocks += piece.blocks
                last.name = last.name or piece.name
                last.tables |= piece.tables
    return [part.blocks for part in parts]


def _pieces(page: Sequence[Block]) -> list[_ForeignPart]:
    """一页里的各段：表里又出现“项目名称”的地方断开。"""
    foreign_parts = [_ForeignPart([])]
    waiting: list[Block] = []
    for block in page:
        if isinstance(block, Para):
            waiting.append(block)
            continue
        cuts = _cuts(block)
        for first, last, name, tables in cuts:
            grid = block if (first, last) == (0, len(block.rows)) else block.part(first, last)
            if name and foreign_parts[-1].name and label_text(name) != label_text(foreign_parts[-1].name):
                foreign_parts.append(_ForeignPart([]))
            part = foreign_parts[-1]
            part.blocks += [*waiting, grid]
            waiting = []
            part.name = part.name or name
            part.tables |= tables
    foreign_parts[-1].blocks += waiting
    return foreign_parts


def _cuts(grid: Grid) -> list[tuple[int, int, str, frozenset[str]]]:
    """一张表里各段的头、尾、项目名称、有哪几种指标表。"""
    starts: list[int] = [0]
    names: list[str] = [""]
    tables: list[set[str]] = [set()]
    row = 0
    while row < len(grid.rows):
        header = header_at(grid, row)
        if header is not None:
            if header.record in ("declared", "compared"):
                tables[-1].add(header.record)
            row += header.height
            continue
        name = _project_name(grid, row)
        if name:
            other = label_text(name) != label_text(names[-1]) if names[-1] else _header_below(grid, row)
            if other and tables[-1]:
                first = row
                while first > starts[-1] + 1 and len({t for t in grid.texts[first - 1] if t}) <= 1:
                    first -= 1  # the titles above belong to what follows
                starts.append(first)
                names.append("")
                tables.append(set())
            names[-1] = names[-1] or name
        row += 1
    ends = [*starts[1:], len(grid.rows)]
    return [(a, b, n, frozenset(t)) for a, b, n, t in zip(starts, ends, names, tables, strict=True)]


def _header_below(grid: Grid, row: int) -> bool:
    """下面还有一张指标表：上面那张是另一个项目的，它的名称没有写。"""
    found = (header_at(grid, at) for at in range(row + 1, len(grid.rows)))
    return any(header is not None and header.record in ("declared", "compared") for header in found)


def _project_name(grid: Grid, row: int) -> str:
    own = [(c, t) for c, t in grid.own(row) if t]
    if not 1 <= len(own) <= 10:
        return ""
    found = pairs(own)
    return next((p.text for p in found or () if p.name in ("name", "whole_department") and p.text), "")

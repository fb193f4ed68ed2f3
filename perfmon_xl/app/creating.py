"""New workbooks, blank or from data, and a workbook's entries as data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from perfmon_xl import data
from perfmon_xl.app.common import Output, left_out, refuse_existing, refuse_gone, refuse_suffix, rules_of
from perfmon_xl.app.importing import ImportedBook, is_foreign, make_books, understand
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.wording import DATA_FILE, NAME_SOURCE, NEXT_PERIOD, ONLY_FOR_EXPORTS, SOURCE_MISSING
from perfmon_xl.system.files import read_text, save_atomically
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import Reading, read

_MOST_LISTED = 10


def new(
    out: Path,
    source: Path | None = None,
    *,
    period: str | None = None,
    mapping: Path | None = None,
    money: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Output:
    """新建工作簿：空白的，按数据填好的，接着上一期的，或者照预算系统导出的表（一个或许多项目）。"""
    from perfmon_xl.workbook.build.monitoring import build

    exported = source is not None and is_export(source)
    if source is None and (period or mapping or money):
        raise UserError(SOURCE_MISSING, NAME_SOURCE)
    if not exported and (mapping or money):
        raise UserError(
            f"{source.name if source else ''} 不用对栏目。",
            ONLY_FOR_EXPORTS,
        )
    if source is not None and exported:
        made = make_books(
            out, understand(source, mapping=mapping, money=money), period=period, progress=progress
        )
        return Output(made.path, (*made.preview, *_summary_lines(made)))
    refuse_existing(out)
    refuse_suffix(out, ".xlsx", "工作簿")
    monitoring, notes = (Monitoring(), ()) if source is None else _from(source, period)
    save_atomically(out, build(monitoring, rules_of(monitoring)))
    return Output(out, notes)


def _summary_lines(made: ImportedBook) -> tuple[Wordable, ...]:
    """建了几个工作簿；不多的，各在哪里；没有读进的、对不上的。"""
    books = [str(path) for path, _ in made.books]
    listed = books if len(books) <= _MOST_LISTED else ()
    left = [
        f"{'' if len(books) == 1 else imported.monitoring.project.name + '：'}{said}"
        for _, imported in made.books
        for said in (*map(str, imported.misfits), *map(str, imported.leftovers))
    ]
    return (
        f"建了 {len(books)} 个工作簿。",
        *(f"工作簿：{book}" for book in listed),
        *made.others,
        *((f"没有读进工作簿或要核对的，有 {len(left)} 处：", *left) if left else ()),
    )


def next_period(previous: Reading, out: Path, period: str) -> Output:
    """接着读出来的上一期做下一期的工作簿，写到 out；上一期的不动。"""
    from perfmon_xl.domain.rollover import Period, roll
    from perfmon_xl.workbook.build.monitoring import build

    refuse_existing(out)
    refuse_suffix(out, ".xlsx", "工作簿")
    refuse_gone(previous, "没有做下一期的")
    rolled = roll(previous.monitoring, Period.parse(period))
    save_atomically(out, build(rolled.monitoring, rules_of(rolled.monitoring)))
    return Output(out, (*left_out(previous), *rolled.notes))


def is_export(source: Path) -> bool:
    """是不是别处来的文件：.docx、.csv、.txt，或者不是监控工作簿的 .xlsx。"""
    return is_foreign(source)


def _from(source: Path, period: str | None) -> tuple[Monitoring, tuple[str, ...]]:
    """数据文件里的内容；是上一期工作簿的，或者写明了下一期的，接着往下做。"""
    from perfmon_xl.domain.rollover import Period, roll

    if source.suffix.lower() == ".xlsx":
        reading = read(PackageBook.open(source), kept=False)
        refuse_gone(reading, "没有做下一期的")
        previous, said = reading.monitoring, left_out(reading)
        if period is None:
            raise UserError(
                f"{source.name} 是填好的监控工作簿，不知道要做哪一期。",
                NEXT_PERIOD,
            )
    else:
        previous, said = load_data(source), ()
        if period is None:
            return previous, ()
    rolled = roll(previous, Period.parse(period))
    return rolled.monitoring, (*said, *rolled.notes)


def load_data(source: Path) -> Monitoring:
    """读一份数据文件（JSON）。"""
    if source.suffix.lower() != ".json":
        raise UserError(
            f"{source.name} 不是 .json 数据文件。",
            DATA_FILE,
        )
    return data.loads(read_text(source), source.name)


def write_data(out: Path, text: str) -> None:
    """取出来的数据存成 .json 文件；已有的文件（特别是工作簿自己）不盖掉。"""
    refuse_suffix(out, ".json", "数据")
    refuse_existing(out)
    save_atomically(out, text.encode("utf-8"))


def export(path: Path) -> str:
    """工作簿里填写的内容，JSON 文字。"""
    return exported(path)[0]


def exported(path: Path) -> tuple[str, tuple[str, ...]]:
    """工作簿里填写的内容，JSON 文字；和没有能取出来的各处。"""
    reading = read(PackageBook.open(path))
    return data.dumps(data.to_data(reading.monitoring, data.carried_fields(reading))), left_out(reading)

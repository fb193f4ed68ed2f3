"""The use cases: new, export, fill, report, demo. Files come in and go out here; the work is done below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perfmon_xl import data
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.policy import RuleSet
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.files import free_name, save_atomically
from perfmon_xl.policy import PolicyError, get
from perfmon_xl.resources import example_data
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.port import Workbook
from perfmon_xl.workbook.read import Reading, read

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """一次动作做成的文件和要告诉用户的话。"""

    path: Path
    notes: tuple[str, ...] = ()


def rules_of(monitoring: Monitoring) -> RuleSet:
    """项目信息里选的规则集。"""
    try:
        return get(monitoring.project.rule_set)
    except PolicyError as error:
        place = monitoring.project.place.at("rule_set")
        raise UserError(f"{place}：{error}", "请从下拉列表里选一套规则集。") from None


def fill_book(book: Workbook) -> tuple[str, ...]:
    """填充打开的工作簿；返回做了什么。做两遍和做一遍一样。"""
    from perfmon_xl.report.phrases import drafts
    from perfmon_xl.workbook import fill

    notes: list[str] = []
    reading = read(book)
    notes += [f"工作簿里少了{one}。" for one in reading.missing]
    plan = fill.carried(reading)
    plan.apply(book)
    notes += plan.notes
    reading = reading if plan.empty else read(book)
    plan = fill.drafted(reading, drafts(reading.monitoring, rules_of(reading.monitoring)))
    plan.apply(book)
    notes += plan.notes
    reading = reading if plan.empty else read(book)
    plan = fill.refreshed(reading, compute_book(reading.monitoring, rules_of(reading.monitoring)))
    plan.apply(book)
    return tuple(notes + plan.notes)


def fill(path: Path, out: Path | None = None) -> Made:
    """填充一个工作簿；没有 out 就地改，先写临时文件再改名。"""
    book = PackageBook.open(path)
    notes = fill_book(book)
    target = out or path
    _not_the_source(target, path, out)
    book.save(target)
    return Made(target, notes)


def _not_the_source(target: Path, path: Path, out: Path | None) -> None:
    if out is not None and out.exists() and out.resolve() != path.resolve():
        raise UserError(f"{out} 已经存在，没有覆盖。", "请换一个文件名，或先把旧文件移走。")


def new(out: Path, source: Path | None = None) -> Made:
    """新建工作簿：空白的，或按数据填好的。"""
    from perfmon_xl.workbook.build import build

    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖。", "请换一个文件名，或先把旧文件移走。")
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"{out} 不是 .xlsx 文件名。", "工作簿的文件名请以 .xlsx 结尾。")
    monitoring = Monitoring() if source is None else load_data(source)
    save_atomically(out, build(monitoring, rules_of(monitoring)))
    return Made(out)


def load_data(source: Path) -> Monitoring:
    """读一份数据文件（JSON）。"""
    if source.suffix.lower() != ".json":
        raise UserError(
            f"{source.name} 不是 .json 数据文件。",
            "数据的格式见 perfmon-xl schema；从已有工作簿取数用 perfmon-xl export。",
        )
    try:
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"找不到文件 {source}。", "请核对文件名和所在文件夹。") from None
    except UnicodeDecodeError:
        raise UserError(f"{source.name} 不是 UTF-8 编码。", "请用记事本另存为 UTF-8 编码。") from None
    except OSError as error:
        raise UserError(f"打不开文件 {source}：{error.strerror or error}。") from None
    return data.loads(text, source.name)


def export(path: Path) -> str:
    """工作簿里填写的内容，JSON 文字。"""
    return data.dumps(data.to_data(read(PackageBook.open(path)).monitoring))


def report(
    path: Path,
    out: Path | None = None,
    *,
    template: str = "monitoring_report",
    draft: bool = False,
    pdf: bool = False,
    pages: str = "auto",
) -> Made:
    """出 Word 报告；要 PDF 的再转一份。"""
    from perfmon_xl.report.office import to_pdf
    from perfmon_xl.report.render import write_report

    reading = read(PackageBook.open(path))
    refuse_unreadable(reading)
    monitoring = reading.monitoring
    document = write_report(monitoring, rules_of(monitoring), template=template, draft=draft, pages=pages)
    wanted = out or path.with_name(f"{path.stem}-绩效运行监控报告.docx")
    if wanted.suffix.lower() != ".docx":
        raise UserError(f"{wanted} 不是 .docx 文件名。", "报告的文件名请以 .docx 结尾。")
    target = free_name(wanted)
    notes = [] if target == wanted else [f"{wanted.name} 正开着，这次写到 {target.name}。"]
    save_atomically(target, document)
    if pdf:
        save_atomically(target.with_suffix(".pdf"), to_pdf(document))
        notes.append(f"PDF：{target.with_suffix('.pdf')}")
    return Made(target, tuple(notes))


def refuse_unreadable(reading: Reading) -> None:
    """错误值和没有算过的公式不能进报告：说出在哪几格。"""
    faults = [
        (record.place.at(field), fault)
        for record in _records(reading.monitoring)
        for field, fault in record.place.faults.items()
        if fault.kind != "读不懂"
    ]
    if faults:
        listed = "\n".join(f"  {origin}：{fault.kind} {fault.text}" for origin, fault in faults[:20])
        raise UserError(
            f"有 {len(faults)} 个填写的单元格没有可用的值：\n{listed}",
            "请改掉错误值；公式没有算过的，在 Excel 里打开工作簿、保存，再出报告。",
        )


def _records(monitoring: Monitoring) -> list[Any]:
    found: list[Any] = []
    for name in monitoring.__dataclass_fields__:
        value = getattr(monitoring, name)
        found += [r for r in (value if isinstance(value, tuple) else (value,)) if hasattr(r, "place")]
    return found


def remarks(reading: Reading) -> tuple[str, ...]:
    """随手能看出来的毛病：读不懂的值、没有数的实际值、判断不了和没有达成的指标。"""
    from perfmon_xl.domain.figures import fund_figures, indicator_figures

    monitoring = reading.monitoring
    rules = rules_of(monitoring)
    found = [
        f"{record.place.at(field)}：{fault.kind}“{fault.text}”。"
        for record in _records(monitoring)
        for field, fault in record.place.faults.items()
    ]
    for record in _records(monitoring):
        for field in record.__dataclass_fields__:
            value = getattr(record, field)
            if isinstance(value, TargetValue) and value.kind is Kind.UNREAD:
                found.append(f"{record.place.at(field)}：“{value.raw}”没有读懂，请换一种写法。")
    elapsed = fund_figures(monitoring, rules).pace
    for compared in monitoring.compared:
        figures = indicator_figures(compared, rules, elapsed)
        place = compared.place.at("actual")
        if figures.met is None:
            found.append(f"{place}：“{compared.name}”填的是“{compared.actual.raw}”，判断不了是否达成。")
        elif figures.met is False:
            found.append(f"{place}：“{compared.name}”未达到本阶段目标 {compared.stage.raw}。")
    return tuple(found)


def demo(folder: Path, *, pdf: bool = False, say: Say = print) -> Made:
    """示例项目走一遍：工作簿、填充、报告；说做了什么、看到什么、下一步。"""
    from perfmon_xl.workbook.build import build

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"建不了文件夹 {folder}：{error.strerror or error}。", "请换一个能写的位置。"
        ) from None
    monitoring = load_data(example_data())
    book = PackageBook.from_bytes(build(monitoring, rules_of(monitoring)))
    fill_book(book)
    path = folder / "示例项目.xlsx"
    book.save(path)
    say(f"工作簿：{path}")
    made = report(path, folder / "示例项目-绩效运行监控报告.docx", pdf=pdf)
    say(f"报告：　{made.path}")
    for note in made.notes:
        say(note)
    found = remarks(read(PackageBook.open(path)))
    say(f"示例照搬一份公开报告的数字，其中 {len(found)} 处值得看一看：")
    for one in found:
        say(f"  {one}")
    say("下一步：用 Excel 或 WPS 打开工作簿，改几个数，再运行")
    say(f'  perfmon-xl report "{path}"')
    say("自己的项目从空白开始：perfmon-xl new 我的项目.xlsx")
    return replace(made, path=folder)

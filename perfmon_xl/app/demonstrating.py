"""The example from start to end: workbook, fill, check, report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perfmon_xl.app.common import Made, Say, rules_of
from perfmon_xl.app.creating import load_data
from perfmon_xl.app.filling import fill_book
from perfmon_xl.app.reporting import report
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.target import Kind, TargetValue
from perfmon_xl.resources import example_data
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.read import Reading, read


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


def remarks(reading: Reading) -> tuple[str, ...]:
    """随手能看出来的毛病：读不懂的值、没有数的实际值、判断不了和没有达成的指标。"""
    from perfmon_xl.domain.figures import fund_figures, indicator_figures

    monitoring = reading.monitoring
    rules = rules_of(monitoring)
    found = [
        f"{record.place.at(field)}：{fault.kind}“{fault.text}”。"
        for record in monitoring.records()
        for field, fault in record.place.faults.items()
    ]
    for record in monitoring.records():
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

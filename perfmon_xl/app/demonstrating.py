"""The example from start to end: workbook, fill, check, report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perfmon_xl.app.checking import check_book
from perfmon_xl.app.common import Output, Say, rules_of, why_renamed
from perfmon_xl.app.creating import load_data
from perfmon_xl.app.filling import fill_book
from perfmon_xl.app.reporting import report
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import CHECK_AGAIN, CHECK_LISTS, NEW_BLANK
from perfmon_xl.system.files import free_name, save_atomically
from perfmon_xl.system.names import file_name_that_fits
from perfmon_xl.system.resources import example_data
from perfmon_xl.workbook.file.book import PackageBook


def demo(folder: Path, *, pdf: bool = False, say: Say = print) -> Output:
    """示例项目走一遍：工作簿、填充、报告；说做了什么、看到什么、下一步。"""
    from perfmon_xl.workbook.build.monitoring import build

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"建不了文件夹 {folder}：{system_reason(error)}。", "请换一个能写的位置。") from None
    monitoring = load_data(example_data())
    book = PackageBook.from_bytes(build(monitoring, rules_of(monitoring)))
    fill_book(book)
    checked = check_book(book)
    made_now = book.to_bytes()
    wanted = folder / "示例项目.xlsx"
    path = free_name(wanted, keep=lambda there: there.read_bytes() != made_now)
    save_atomically(path, made_now)
    say(f"工作簿：{path}")
    for note in why_renamed(wanted, path):
        say(note)
    draft = bool(checked.errors)
    made = report(
        path, folder / file_name_that_fits(path.stem, "-绩效运行监控报告.docx"), draft=draft, pdf=pdf
    )
    say(f"报告：　{made.path}" + ("（征求意见稿）" if draft else ""))
    for line in made.notes:
        say(line)
    say(
        f"示例照搬一份公开报告的数字，检查出 {len(checked.findings)} 处问题，归成 {len(checked.matters)} 个事项，"
        f"都写进了“检查结果”表。{checked.verdict}"
    )
    if draft:
        say(f"先改的一件：“{checked.matters[0].title}”。都列出来：" + CHECK_LISTS(path=path))
    say("下一步：用 Excel 或 WPS 打开工作簿，照“检查结果”改几处，" + CHECK_AGAIN(path=path))
    say("自己的项目从空白开始：" + NEW_BLANK)
    return replace(made, path=folder)

"""Sheet 填报说明: the steps, the colours, and every column explained, from the declaration."""

from __future__ import annotations

from typing import Any

from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table
from perfmon_xl.workbook.build.style import COMPUTED, ENTRY, LIGHTS, Formats
from perfmon_xl.workbook.file.row_heights import lines, points

SHEET = "填报说明"
STEPS = (
    "在“项目信息”填写名称、日期和规则集。带提示的单元格，选中就能看到怎么填。",
    "在“项目进展”逐项写清到监控截止日做了什么；没有完成的，状态选“尚未完成”。",
    "在“资金”填写各项资金来源（万元）和支出明细（元）；到位率、执行率、预警自动算出。",
    "在“表1”照申报表填写年度目标和指标；在“表2”“表3”填写核对、调整的结果。",
    "关掉工作簿，运行“填充”（命令 perfmon-xl fill 工作簿.xlsx；装了插件的点“填充”，不用关）：表1带入表3，跟踪的指标带入表4，空着的段落起草好。",
    "在“表4”填写本阶段应完成值和实际完成值；没有达到的，写明偏差原因和改进措施。填好再运行一次“填充”，草稿照新的数重写。",
    "逐段改好“指标分析”和“问题与措施”里的草稿，“资金使用合规性”“公平性分析”写上核查的结果；改过的段落不会再被覆盖。",
    "运行“检查”（命令 perfmon-xl check 工作簿.xlsx --write），照“检查结果”逐条改：错误改掉；警告改掉，或写明处理意见。"
    "改过数的，再“填充”一次。",
    "运行“报告”（命令 perfmon-xl report 工作簿.xlsx），得到 Word 报告。",
)
WAYS = (
    "指标值照官方写法填在一格里：≥70件、>=70 件、不低于90%、70-80件、约40%、提升。右边的“符号、数值、单位”是程序读出来的；"
    "写着“未识别”的，请换一种写法。",
    "实际完成值写数和单位（如 158件），不要照抄目标值的比较符；没有数据的空着，不要填目标值。",
    "一级、二级指标每行都填；同上一行一样的可以空着，运行“填充”会补上。",
    "没有的写“---”“/”或“无”，都按空白看待。以“=”开头的值（如 =158件）是文字，不会变成公式。",
    "表格里可以插行、移动栏目、排序；表格变长，公式和下拉列表跟着走。",
    "灰色单元格是公式，不要填；不小心盖掉了，运行“填充”就恢复。",
    "预警标准和执行率口径取自“规则参数”表，由“项目信息”里选的规则集决定；没有全国统一的标准，报告里会写明用的是哪一套。",
    "隐藏的栏目：目标值右边读值的中间步骤、段落的草稿原文。隐藏的工作表：“列表”，放下拉选项。",
)


def write_guide(workbook: Any, formats: Formats) -> None:
    """第一张表：照着做就行。"""
    page = workbook.add_worksheet(SHEET)
    for column, width in enumerate((22, 26, 62, 22)):
        page.set_column(column, column, width)
    page.hide_gridlines(2)
    page.write_string(0, 0, "绩效运行监控工作簿 填报说明", formats.title)
    page.set_row(0, 28)
    row = _list(page, formats, 2, "步骤", STEPS)
    row = _colours(page, formats, row + 1)
    row = _list(page, formats, row + 1, "怎么填", WAYS)
    row += 1
    page.write_string(row, 0, "各栏说明", formats.subtitle)
    row += 1
    head = row
    for column, text in enumerate(("工作表", "栏目", "说明", "示例")):
        page.write_string(row, column, text, formats.head)
    for sheet, label, note, example in _explained():
        row += 1
        for column, text in enumerate((sheet, label, note, example)):
            page.write_string(row, column, text, formats.text)
        page.set_row(row, points(max(lines(note, 62), lines(example, 22))))
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.repeat_rows(head)


def _list(page: Any, formats: Formats, row: int, title: str, items: tuple[str, ...]) -> int:
    page.write_string(row, 0, title, formats.subtitle)
    style = formats.make(text_wrap=True, valign="vcenter")
    for number, text in enumerate(items, 1):
        row += 1
        page.merge_range(row, 0, row, 3, f"{number}. {text}", style)
        page.set_row(row, points(lines(text, 128)))
    return row + 1


def _colours(page: Any, formats: Formats, row: int) -> int:
    page.write_string(row, 0, "颜色", formats.subtitle)
    named = [("填写", ENTRY, "人填写的单元格"), ("计算", COMPUTED, "公式，自动算出")]
    named += [
        (f"{word}灯", fill, note)
        for (word, (fill, _)), note in zip(
            LIGHTS.items(),
            ("严重偏离", "有偏离", "正常", "远超目标或序时进度，看目标是不是定低了"),
            strict=True,
        )
    ]
    for name, colour, note in named:
        row += 1
        page.write_string(row, 0, name, formats.make(bg_color=colour, border=1, align="center"))
        page.write_string(row, 1, note, formats.make(valign="vcenter"))
    return row + 1


def _explained() -> list[tuple[str, str, str, str]]:
    """每一栏：工作表、栏目、说明、示例；没有说明也没有示例的不列。"""
    rows = []
    for sheet in layout.SHEETS:
        for block in sheet.blocks:
            if isinstance(block, Table):
                found = [(c.header, c.note, c.example) for c in block.columns if not c.hidden]
            else:
                found = [(c.label, c.note, c.example) for c in block.cells]
            rows += [(sheet.name, *one) for one in found if one[1] or one[2]]
    return list(dict.fromkeys(rows))  # tables of one kind on one sheet say the same

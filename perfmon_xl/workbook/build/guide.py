"""Sheet 填报说明: the steps with links, how far one is, the colours, and every column explained."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout import palette
from perfmon_xl.layout.palette import Look
from perfmon_xl.layout.schema import Table
from perfmon_xl.workbook.build.style import HEAD_HEIGHT, SECTION_HEIGHT, TITLE_HEIGHT, Formats, web
from perfmon_xl.workbook.computed import Computed
from perfmon_xl.workbook.wrapping import lines, points

SHEET = layout.GUIDE_SHEET.name
_WIDTHS = (20.0, 25.0, 66.0, 24.0)
_TEXT = 2  # the wide column: one cell, so that its row fits itself
# 做什么，和去哪张表。
STEPS: tuple[tuple[str, str], ...] = (
    ("项目信息", "在“项目信息”填写名称、日期和规则集。带提示的单元格，选中就能看到怎么填。"),
    ("项目进展", "在“项目进展”逐项写清到监控截止日做了什么；没有完成的，状态选“尚未完成”。"),
    ("资金", "在“资金”填写各项资金来源（万元）和支出明细（元）；到位率、执行率、预警自动算出。"),
    ("表1 绩效目标申报表", "在“表1”照申报表填写年度目标和指标。"),
    (
        "表2 总目标调整表",
        "关掉工作簿，运行“填充”（命令 perfmon-xl fill 工作簿.xlsx；装了插件的点“填充”，不用关）：表1带入表2、表3，跟踪的指标带入表4，空着的段落起草好。",
    ),
    (
        "表3 分解目标调整表",
        "在“表2”“表3”选好、写好目标核对以后有没有调整、跟踪哪些指标。",
    ),
    (
        "表4 目标对比表",
        "在“表4”填写本阶段应完成值和实际完成值；没有达到的，写明偏差原因和改进措施。填好再运行一次“填充”，草稿照新的数重写。",
    ),
    (
        "指标分析",
        "逐段改好“指标分析”和“问题与措施”里的草稿，“资金使用合规性”“公平性分析”写上核查的结果；改过的段落不会再被覆盖。",
    ),
    (
        "检查结果",
        "运行“检查”（命令 perfmon-xl check 工作簿.xlsx --write；装了插件的点“检查”），照“检查结果”逐条改：错误改掉；警告改掉，或写明处理意见。"
        "改过数的，再运行一次“填充”，没有改过的草稿照新的数重写。",
    ),
    ("检查结果", "运行“报告”（命令 perfmon-xl report 工作簿.xlsx），得到 Word 报告。"),
)
WAYS = (
    "指标值照官方写法填在一格里：≥70件、>=70 件、不低于90%、70-80件、2024年12月底前。右边的“符号、数值、单位”是程序读出来的；"
    "写着“未识别”的，请换一种写法。“约40%”“提升”也读得懂，但是说不准、考不了，检查会请您写成准数，或在表3的指标解释里分档。",
    "实际完成值写数和单位（如 158件），不要照抄目标值的比较符；没有数据的空着，不要填目标值。",
    "一级、二级指标每行都填；同上一行一样的可以空着，运行“填充”会补上。",
    "没有的写“---”“/”或“无”，都按空白看待。以“=”开头的值（如 =158件）是文字，不会变成公式。",
    "表格里可以插行、移动栏目、排序；表格变长，公式和下拉列表跟着走。",
    "灰色单元格是公式，不要填；不小心盖掉了，运行“填充”就恢复。",
    "预警标准和执行率口径取自“规则参数”表，由“项目信息”里选的规则集决定；没有全国统一的标准，报告里会写明用的是哪一套。",
    "隐藏的栏目：目标值右边读值的中间步骤、段落的草稿原文。隐藏的工作表：“列表”，放下拉选项。",
)


def write_guide(workbook: Any, formats: Formats, computed: Computed) -> None:
    """第一张表：做到哪一步、照着做就行。"""
    page = workbook.add_worksheet(SHEET)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.hide_gridlines(2)
    page.write_string(0, 0, layout.GUIDE_SHEET.title, formats.title)
    page.set_row(0, TITLE_HEIGHT)
    row = _progress(workbook, page, formats, computed, 2)
    row = _steps(page, formats, row + 1)
    row = _colours(page, formats, row + 1)
    row = _ways(page, formats, row + 1)
    head = _columns(page, formats, row + 1)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.set_footer("&C第 &P 页，共 &N 页")
    page.repeat_rows(head)
    page.freeze_panes(1, 0)


def _heading(page: Any, formats: Formats, row: int, title: str, heads: tuple[str, ...] = ()) -> int:
    """小标题，和表头；返回下一行。"""
    page.write_string(row, 0, title, formats.subtitle)
    page.set_row(row, SECTION_HEIGHT)
    if not heads:
        return row + 1
    for column, text in enumerate(heads):
        page.write_string(row + 1, column, text, formats.head())
    page.set_row(row + 1, HEAD_HEIGHT)
    return row + 2


def _progress(workbook: Any, page: Any, formats: Formats, computed: Computed, row: int) -> int:
    """进度：每张表还差几处、下一步做什么，公式算的。"""
    row = _heading(page, formats, row, "做到哪一步", ("工作表", "还差几处", "下一步", "怎样了"))
    linked = formats.filled(palette.PLAIN, font_color=web(palette.LINK), underline=1)
    number = formats.filled(palette.COMPUTED, align="center")
    words = formats.filled(palette.COMPUTED, text_wrap=True)
    rows = [(work.sheet, work.missing_cell, work.told_cell, work.state_cell) for work in layout.WORKS]
    missing, told, state = layout.CHECK_STATE.cells
    rows.append((layout.SHEETS[-1].name, missing, told, state))
    for sheet, missing, told, state in rows:
        page.write_url(row, 0, f"internal:'{sheet}'!A1", linked, sheet)
        for column, cell, look in ((1, missing, number), (_TEXT, told, words), (3, state, number)):
            shown = computed.cells[cell.name]
            page.write_formula(
                row, column, "=" + cell.formula, look, float(shown) if isinstance(shown, Decimal) else shown
            )
            workbook.define_name(cell.name, f"='{SHEET}'!${'ABCD'[column]}${row + 1}")
        page.set_row(row, points(lines(str(computed.cells[told.name]), _WIDTHS[_TEXT])))
        row += 1
    return row


def _steps(page: Any, formats: Formats, row: int) -> int:
    row = _heading(page, formats, row, "步骤", ("第几步", "去哪张表", "做什么"))
    linked = formats.filled(palette.PLAIN, font_color=web(palette.LINK), underline=1, text_wrap=True)
    number = formats.filled(palette.PLAIN, align="center")
    for at, (sheet, text) in enumerate(STEPS, 1):
        page.write_string(row, 0, f"第 {at} 步", number)
        page.write_url(row, 1, f"internal:'{sheet}'!A1", linked, sheet)
        page.write_string(row, _TEXT, text, formats.text)
        page.set_row(row, points(lines(text, _WIDTHS[_TEXT])))
        row += 1
    return row


def _ways(page: Any, formats: Formats, row: int) -> int:
    row = _heading(page, formats, row, "怎么填")
    style = formats.make(text_wrap=True, valign="vcenter")
    for at, text in enumerate(WAYS, 1):
        page.write_string(row, 0, f"{at}.", formats.make(align="right", valign="vcenter"))
        page.merge_range(row, 1, row, 3, text, style)
        page.set_row(row, points(lines(text, sum(_WIDTHS[1:]))))
        row += 1
    return row


_LOOKS: tuple[tuple[str, Look, str], ...] = (
    ("填写", palette.ENTRY, "人填写的单元格"),
    (
        "带入/建议",
        palette.CARRIED,
        "还是程序的公式：从前面的表带入的，或者算出来供参考的；打字盖掉就是自己填的",
    ),
    ("必填没填", palette.MISSING, "用着的行里必须填、还空着的；表头带“＊”的栏必填"),
    ("公式", palette.COMPUTED, "自动算出，不要填"),
    ("表头", palette.HEAD, "栏目名称"),
    ("合计", palette.TOTAL, "合计行"),
    ("▼ 红", palette.LIGHTS["红"], "红灯：严重偏离"),
    ("◆ 黄", palette.LIGHTS["黄"], "黄灯：有偏离"),
    ("● 绿", palette.LIGHTS["绿"], "绿灯：正常"),
    ("▲ 蓝", palette.LIGHTS["蓝"], "蓝灯：远超目标或序时进度，看目标是不是定低了"),
    ("○ 未亮灯", palette.LIGHTS["未亮灯"], "缺数，或者规则集不预警"),
    ("✓ 达成", palette.PLAIN, "本阶段应完成的完成了"),
    ("✕ 未达成", palette.PLAIN, "没有完成"),
    ("？ 无法判断", palette.PLAIN, "资料不够，看不出来"),
    ("◷ 未到期", palette.PLAIN, "还不到该完成的时候"),
    ("✖ 错误", palette.FINDINGS["错误"], "检查查出的，改了才能出正式报告"),
    ("！ 警告", palette.FINDINGS["警告"], "改掉，或在“检查结果”写明处理意见"),
    ("？ 待核对", palette.FINDINGS["无法判断"], "缺资料判断不了，请核对；读不懂的值写“未识别”"),
    ("· 提示", palette.FINDINGS["提示"], "供参考"),
)


def _colours(page: Any, formats: Formats, row: int) -> int:
    row = _heading(page, formats, row, "颜色和符号")
    for name, look, note in _LOOKS:
        page.write_string(row, 0, name, formats.filled(look, align="center"))
        page.write_string(row, 1, note, formats.make(valign="vcenter"))
        row += 1
    return row


def _columns(page: Any, formats: Formats, row: int) -> int:
    """各栏说明；返回表头在第几行。"""
    row = _heading(page, formats, row, "各栏说明", ("工作表", "栏目", "说明", "示例"))
    head = row - 1
    for texts in _explained_columns():
        for column, text in enumerate(texts):
            page.write_string(row, column, text, formats.text)
        page.set_row(row, points(max(lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True))))
        row += 1
    return head


def _explained_columns() -> list[tuple[str, str, str, str]]:
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

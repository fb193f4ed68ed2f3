"""The command line's words, for somebody who has buttons: options become buttons, long lists are cut."""

from __future__ import annotations

_MOST_LINES = 24

# What messages say about commands and options, and what to click instead. In this order.
IN_EXCEL: tuple[tuple[str, str], ...] = (
    ("加 --draft 出征求意见稿", "点“草稿”出征求意见稿"),
    ("用 perfmon-xl new 新建一个工作簿", "点“新建”做一个工作簿"),
    ("接着它做下一期，请加 --period，如 --period 2024-10。", "打开它，点“结转到下一期”。"),
    ("--period 请写上一期之后的月份", "请写上一期之后的月份"),
    ("，或加 --month 写明月份", ""),
    ("；从已有工作簿取数用 perfmon-xl export", ""),
    ("数据的格式见 perfmon-xl schema", "数据的格式，运行 perfmon-xl schema 看"),
    ("，或用 -o 写到另一个文件", ""),
    ("请用 -o 另写一个文件夹", "请另选一个文件夹"),
    ("用 perfmon-xl import 读成工作簿再检查", "在命令行用 perfmon-xl import 读成工作簿再检查"),
    ("运行 perfmon-xl rules 看全部规则", "点“规则目录”看全部规则"),
    ("加 --money 元 或 --money 万元", "在命令行新建：perfmon-xl new 工作簿.xlsx --from 导出的表 --money 元（或万元）"),
    ("用 --mapping 写明", "在命令行用 perfmon-xl new 的 --mapping 写明"),
)  # fmt: skip


def in_excel(text: str) -> str:
    """命令行的说法换成按钮的说法。"""
    for command, button in IN_EXCEL:
        text = text.replace(command, button)
    return text


def fitted(text: str) -> str:
    """一个对话框放得下的：太长的中间略去，头一段和最后的“怎么办”留着。"""
    lines = text.splitlines()
    if len(lines) <= _MOST_LINES + 2:
        return text
    left = len(lines) - _MOST_LINES - 1
    return "\n".join([*lines[:_MOST_LINES], f"……还有 {left} 行没有列出。", lines[-1]])

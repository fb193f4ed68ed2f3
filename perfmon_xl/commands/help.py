"""argparse in Chinese: columns that line up though a Chinese character is two wide, and refusals as a colleague says them."""

from __future__ import annotations

import argparse
import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

# argparse counts characters; a filler after each wide one makes its count the width, and goes before printing.
_FILLER = "\0"
_STOPS = "，。；、：）》"  # each two wide; ” is not, and stays with the word before it


class ChineseHelp(argparse.HelpFormatter):
    """帮助：照显示的宽度对齐、折行。"""

    def __init__(self, prog: str, **more: object) -> None:
        super().__init__(prog, **({"max_help_position": 30, "width": 100} | more))  # type: ignore[arg-type]

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> object:  # type: ignore[override]
        made = super()._metavar_formatter(action, default_metavar)

        def formatted(size: int) -> tuple[str, ...]:
            return tuple(_widened(text) for text in made(size))

        return formatted

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _no_stop_first(super()._split_lines(_widened(text), width - 2))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(_no_stop_first(super()._fill_text(_widened(text), width - 2, indent).split("\n")))


def _no_stop_first(lines: list[str]) -> list[str]:
    """标点不放在一行的开头：挪到上一行的末尾。

    >>> [localise(line) for line in _no_stop_first([_widened("原件不动"), _widened("；中断了接着做。")])]
    ['原件不动；', '中断了接着做。']
    """
    kept = lines[:1]
    for line in lines[1:]:
        while line[:1] and line[0] in _STOPS:
            kept[-1], line = kept[-1] + line[:2], line[2:]
        kept += [line] if line else []
    return kept


def _widened(text: str) -> str:
    return "".join(c + _FILLER if unicodedata.east_asian_width(c) in "WF" else c for c in text)


def localise(text: str) -> str:
    """argparse 排好的帮助，换成中文的叫法和标点。"""
    text = text.replace(_FILLER, "").replace("usage: ", "用法：")
    text = re.sub(r"^(参数|选项|命令|动作):$", r"\1：", text, flags=re.MULTILINE)
    return re.sub(r"^(命令|动作)：\n  \1 *\n", r"\1：\n", text, flags=re.MULTILINE)


# What the buttons are called, and what people type for it.
_CHINESE = {
    "示例": "demo", "新建": "new", "填充": "fill", "检查": "check", "报告": "report", "草稿": "report",
    "正式报告": "report", "监控表": "form", "官方监控表": "form", "导入": "import", "读入": "import",
    "导出": "export", "核对": "audit", "批量": "batch", "批量处理": "batch", "规则": "rules", "网页": "serve",
}  # fmt: skip
_DASHES = re.compile("[-‐‑‒–—―−－﹣]+")
_OPTION = re.compile(r"([A-Za-z][A-Za-z-]*)(=.*)?", re.DOTALL)


def with_plain_dashes(words: Sequence[str]) -> list[str]:
    """用输入法打出来的“－－draft”“—draft”就是 --draft；别的字照旧。

    >>> with_plain_dashes(["report", "—草稿.xlsx", "－－draft", "—pdf", "－o", "x-1.xlsx"])
    ['report', '—草稿.xlsx', '--draft', '--pdf', '-o', 'x-1.xlsx']
    """
    made = []
    for word in words:
        dashes = _DASHES.match(word)
        rest = word[dashes.end() :] if dashes is not None else ""
        if dashes is not None and not dashes[0].isascii() and _OPTION.fullmatch(rest):
            word = ("-" if len(rest) == 1 else "--") + rest
        made.append(word)
    return made


_COMMAND = re.compile(r"argument (命令|动作): invalid choice: '(.*?)' (.*)", re.DOTALL)
_REFUSALS: Iterable[tuple[str, str]] = (
    (r"argument (\S+): invalid choice: '(.*?)' \(choose from (.*)\)", r"\1 不能写“\2”，可以写 \3"),
    (r"argument (\S+): invalid int value: '(.*?)'", r"\1 后面要写整数，写的是“\2”"),
    (r"argument (.*): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 和 \2 不能一起用"),
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: ([^-].*)", r"多出来的：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*?): (.*)", r"\1 \2"),
)


def near_options(words: str, known: Iterable[str]) -> str:
    """打错了的选项，最像的是哪一个；都不像的是空的。

    >>> near_options("--wirte", ("--write", "--all"))
    '，是不是 --write'
    >>> near_options("-d", ("--pdf", "--draft")), near_options("--PDF", ("--pdf", "--draft"))
    ('，是不是 --draft', '，是不是 --pdf')
    """
    wrong = [word for word in words.split() if word.startswith("-")]
    if not wrong:
        return ""
    word, options = wrong[0].lower(), list(known)
    near = [option for option in options if len(word) == 2 and option.startswith("-" + word)]
    near = near or difflib.get_close_matches(word, options, 1, 0.6)
    return f"，是不是 {near[0]}" if near else ""


def refusal(message: str) -> str:
    """argparse 拒绝的话，中文的。

    >>> refusal("argument 命令: invalid choice: 'foo' (choose from 'demo', 'new')")
    '没有“foo”这个命令'
    >>> refusal("argument --format: invalid choice: 'xml' (choose from 'text', 'json')")
    '--format 不能写“xml”，可以写 text、json'
    """
    message = message.replace(_FILLER, "")
    wrong = _COMMAND.fullmatch(message)
    if wrong is not None:
        word = unicodedata.normalize("NFKC", wrong[2]).strip('“”"').lower()
        if word.endswith((".xlsx", ".xlsm", ".docx")):
            return f"没有“{wrong[2]}”这个命令：先写做什么，再写文件，如 perfmon-xl check {wrong[2]}"
        known = re.findall(r"'(\w+)'", wrong[3])
        near = [_CHINESE[word]] if word in _CHINESE else difflib.get_close_matches(word, known, 1, 0.5)
        return f"没有“{wrong[2]}”这个{wrong[1]}" + (f"，是不是 {near[0]}" if near else "")
    for english, chinese in _REFUSALS:
        if re.fullmatch(english, message, re.DOTALL):
            message = re.sub(english, chinese, message, count=1, flags=re.DOTALL)
            return message.replace("', '", "、").replace("'", "").replace(", ", "、")
    return message

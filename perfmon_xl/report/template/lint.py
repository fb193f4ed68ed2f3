"""Everything that is wrong with a template, each with its place in Word and what to do about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from math import isfinite

from jinja2 import Environment, TemplateSyntaxError, nodes

from perfmon_xl.domain.errors import UserError
from perfmon_xl.report.template.content import INVISIBLE
from perfmon_xl.report.template.names import UnknownName, unknown_names
from perfmon_xl.report.wording.context import 报告

_SEEN_TAG = re.compile(r"\{\s*[{%#]|[}%#]\s*\}")
_MARKS = re.compile("[\ue000-\ue003\uf8f0-\uf8ff]")  # tracked.py, placing.py
_WORD_PARTS = re.compile(r"</(?:w:p|a:p|c:v)>")
_DELETED = "<w:delText"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_MARKUP = re.compile(r"<[^<>]+>")
_BRACES = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_MOST = 30
# of the parser and of Python's compiler: integers of thousands of digits, half characters, nesting
_TOO_MUCH = (ValueError, ArithmeticError, SyntaxError, RecursionError)
_SIMPLER = "请写短一些、少套几层。"
_EXACT = re.compile(r"\{[{%#]|[}%#]\}")
_PAIRS = "请核对 {% for %}、{% if %} 是否配对，{{ }} 是否完整。"


def unpaired_of(source: str) -> Iterator[UnknownName]:
    """还没有动过的部分：哪一段的括号是全角的、没有配成对。标签要在一段以内写完。"""
    for number, row in enumerate(source.split("\n"), 1):
        text = _MARKUP.sub("", row)
        if _MARKS.search(text):
            yield UnknownName(number, "文字里有程序自己用的记号字符。", "请删掉这一段，重新输入。")
        wrong = _lookalike(text)
        if wrong:
            yield UnknownName(
                number,
                f"“{wrong}”看着像标签的括号（全角的、隔开的都不算），不会被当作标签。",
                "请改成半角、连着写的 {{ }} 或 {% %}。",
            )
        elif any(brace in _TAG.sub("", text) for pair in _BRACES for brace in pair):
            yield UnknownName(number, "标签写法不对，花括号没有配成对。", _PAIRS)


def _lookalike(text: str) -> str:
    """看着像标签的开头、结尾而不是的：全角的、一半全角的、中间隔着空格或看不见的字符的。没有的是空。"""
    seen = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    real = len(_EXACT.findall(text))
    if len(_SEEN_TAG.findall(seen)) == real:
        return ""
    wide = re.search(
        r"[{｛﹛}％%#＃﹪]?[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[｛｝﹛﹜％＃{}]", _EXACT.sub("", text)
    )
    return (wide[0] if wide else text).strip()[:20]


def printed_literally(xml: str) -> str:
    """不套数据的部分里的第一个标签；没有的是空。"""
    for block in _WORD_PARTS.split(xml):
        match = _TAG.search(_MARKUP.sub("", block))
        if match is not None:
            return match[0]
    return ""


def problems_of(source: str, sandbox: Environment, root: type[object] = 报告) -> Iterator[UnknownName]:
    """一个部分里的全部毛病：放错地方的标签、写坏的标签、没有的名称。"""
    yield from _misplaced(source)
    try:
        tree = sandbox.parse(source)
    except TemplateSyntaxError as error:
        broken = list(_broken(source, sandbox))
        yield from broken or [UnknownName(error.lineno, "标签写法不对。", _PAIRS)]
        return
    except _TOO_MUCH:
        broken = list(_broken(source, sandbox))
        yield from broken or [UnknownName(1, "标签套得太深。", _SIMPLER)]
        return
    for one in tree.find_all(nodes.Const):
        if isinstance(one.value, float) and not isfinite(one.value):
            yield UnknownName(one.lineno, "标签里的数太大，印不出来。", "请写小一些的数。")
    yield from unknown_names(tree, root)


def refuse_problems(name: str, source: str, found: Sequence[UnknownName], headings: Collection[str]) -> None:
    """有毛病就一次说全。"""
    if not found:
        return
    told = [
        (f"{where(source, unknown_name.line, headings)}：{unknown_name.message}", unknown_name.hint)
        for unknown_name in found[:_MOST]
    ]
    if len(told) == 1:
        raise UserError(f"模板 {name} 的{told[0][0]}", told[0][1])
    more = f"\n  ……另有 {len(found) - _MOST} 处" if len(found) > _MOST else ""
    listed = "\n".join(f"  {number}. {text}{hint}" for number, (text, hint) in enumerate(told, 1))
    raise UserError(
        f"模板 {name} 有 {len(found)} 处要改：\n{listed}{more}",
        "改好后再出报告；能用的名称见 report_templates/README.md。",
    )


def _misplaced(source: str) -> Iterator[UnknownName]:
    """标签只能在文字里：写进属性（替代文字、链接、颜色）或域代码的，工作簿的内容会变成 Word 的指令。"""
    plain = _TAG.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), source)
    for tag in _TAG.finditer(source):
        before = plain[plain.rfind("<", 0, tag.start()) : tag.start()]
        line = source.count("\n", 0, tag.start()) + 1
        if before.startswith(_DELETED):
            yield UnknownName(
                line,
                f"标签 {tag[0]} 在修订删掉的文字里。",
                "请在 Word“审阅”里接受或拒绝全部修订，再另存。",
            )
            continue
        if not tag[0].startswith("{{") and ">" in before:
            continue
        if ">" not in before:
            yield UnknownName(
                line,
                f"标签 {tag[0]} 写在了替代文字、链接或格式里。",
                "请移到正文的文字里；合并单元格用 合并(…)。",
            )
        elif before.startswith(("<w:instrText", "<w:delInstrText")):
            yield UnknownName(line, f"标签 {tag[0]} 写在了域代码里。", "请按 Alt+F9 看到域代码，移到域以外。")
        elif not before.startswith(("<w:t>", "<w:t ")):
            yield UnknownName(
                line,
                f"标签 {tag[0]} 不在文字里（{{{{p、{{{{r 这样的写法不能用）。",
                "请写成 {{ 名称 }}，花括号后空一格。",
            )


def _broken(source: str, sandbox: Environment) -> Iterator[UnknownName]:
    """一个一个标签试，把写坏的都找出来。"""
    for tag in re.finditer(r"\{\{(.*?)\}\}", source, re.S):
        try:
            sandbox.parse(tag[0])
        except (TemplateSyntaxError, *_TOO_MUCH) as error:
            shown = _MARKUP.sub("", tag[0])
            shown = shown if len(shown) <= 60 else shown[:60] + "……"
            line = source.count("\n", 0, tag.start()) + 1
            if isinstance(error, TemplateSyntaxError):
                yield UnknownName(line, f"标签 {shown} 写法不对。", _PAIRS)
            else:
                yield UnknownName(line, f"标签 {shown} 太长或套得太深，程序不能读。", _SIMPLER)


def where(source: str, line: int, headings: Collection[str] = ("Heading1", "Heading2")) -> str:
    """第几行的标签在 Word 里的哪一段、哪一格。headings 是一、二级标题的样式编号。"""
    rows = source.split("\n")
    text = _MARKUP.sub("", rows[line - 1]).strip()[:40]
    before = "\n".join(rows[: line - 1])
    titled = re.compile(rf'<w:pStyle w:val="(?:{"|".join(map(re.escape, headings)) or "-"})"')
    section = next((_MARKUP.sub("", row).strip() for row in reversed(rows[:line]) if titled.search(row)), "")
    place = f"“{section}”一节" if section else "开头部分"
    if before.count("<w:tbl>") > before.count("</w:tbl>"):
        table = before[before.rfind("<w:tbl>") :]
        # docxtpl takes away the rows that hold only a {%tr %} tag; whoever edits the template still sees them.
        gone = re.sub(r"<w:tc>.*?(?:</w:tc>|$)", "", table, flags=re.S).count("{%")
        row = len(re.findall(r"<w:tr[ >]", table)) + gone
        cell = table[table.rfind("<w:tr") :].count("<w:tc>")
        return f"{place}第 {before.count('<w:tbl>')} 个表格第 {row} 行第 {cell} 格（{text}）"
    return f"{place}“{text}”一段"

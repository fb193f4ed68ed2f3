"""Help: the rules, the rule of one finding, what is wrong with the installation, about."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterable
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Message
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.registry import ButtonResult, button

_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:15px/1.7 "Microsoft YaHei",sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
pre{{font:inherit;white-space:pre-wrap;background:#f6f6f6;padding:.8em 1em}}</style>
<h1>{title}</h1>
{body}
"""


@button("help.rules")
def rules(context: ButtonContext) -> None:
    """全部规则的目录和说明，在浏览器里打开。"""
    from perfmon_xl import app

    pages = app.rule_pages()
    _show(context, "perfmon-xl-rules.html", f"检查规则（{len(pages)} 条）", pages)


def _show(context: ButtonContext, name: str, title: str, pages: Iterable[str]) -> None:
    """几条规则的说明写成网页，在浏览器里打开；说明有几十行，对话框放不下。"""
    parts = []
    for page in pages:
        head, _, rest = page.partition("\n")
        parts.append(f"<h2>{html.escape(head)}</h2><pre>{html.escape(rest.strip())}</pre>")
    path = Path(tempfile.gettempdir()) / name
    path.write_text(_PAGE.format(title=html.escape(title), body="\n".join(parts)), encoding="utf-8")
    context.dialogs.show(path)


@button("help.rule")
def rule(context: ButtonContext) -> None:
    """选中的那条问题依据的规则，在浏览器里打开。"""
    from perfmon_xl import app
    from perfmon_xl.workbook.open_findings import findings_at, open_findings
    from perfmon_xl.workbook.read import read

    rows = open_findings(read(context.watched()))
    listed_findings = findings_at(rows, context.book.selected())
    if not listed_findings:
        raise UserError(
            "选中的地方没有检查出来的问题。", "请在“检查结果”表里选中一条问题，或选中有记号的单元格。"
        )
    codes = dict.fromkeys(listed_finding.code for listed_finding in listed_findings)
    _show(context, "perfmon-xl-rule.html", "、".join(codes), [app.rule_page(code) for code in codes])


@button("help.doctor")
def doctor(context: ButtonContext) -> ButtonResult:
    """逐项诊断安装情况；不好的排在前面。"""
    from perfmon_xl import app

    context.step("正在诊断…")
    diagnoses = app.doctor()
    good = [diagnosis for diagnosis in diagnoses if diagnosis.state is app.CheckState.GOOD]
    rest = [diagnosis for diagnosis in diagnoses if diagnosis.state is not app.CheckState.GOOD]
    lines = [diagnosis.as_message() for diagnosis in (*rest, *good)]
    return ButtonResult(text=Message.join("\n", lines), warning=bool(rest))


@button("help.restart")
def restart(context: ButtonContext) -> ButtonResult:
    """VBA 已经停掉旧的 Python；能走到这里，新的就起来了。"""
    import platform

    return ButtonResult(text=f"Python {platform.python_version()} 已重新启动，可以接着用了。")


@button("help.about")
def about(context: ButtonContext) -> ButtonResult:
    """版本、位置、许可。"""
    import platform
    import sys

    from perfmon_xl import __version__

    return ButtonResult(
        text=f"绩效监控 perfmon-xl {__version__}\n"
        f"程序：{Path(__file__).resolve().parents[1]}\n"
        f"Python {platform.python_version()}：{sys.executable}\n"
        "许可：MIT。插件里的 xlwings：BSD-3-Clause，Copyright Zoomer Analytics LLC。"
    )

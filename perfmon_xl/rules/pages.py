"""The catalogue as people read it: one rule's page, the list, and README.md beside the rules."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.wording import RULE_LIST
from perfmon_xl.rules.defects import BEYOND, DEFECTS
from perfmon_xl.rules.registry import FAMILIES, Rule
from perfmon_xl.rules.severity import readme_section


def page(rules: Mapping[str, Rule], code: str) -> str:
    """一条规则的说明，或一类规则（ZJ）的目录；没有这个编号的，说出相近的。"""
    if code.lower() in FAMILIES:
        return listing({c: rule for c, rule in rules.items() if c[:2].lower() == code.lower()})
    rule = rules.get(code.upper())
    if rule is None:
        near = difflib.get_close_matches(code.upper(), list(rules), 3, 0.4)
        raise UserError(
            f"没有编号为“{code}”的规则。",
            f"相近的有：{'、'.join(near)}。" if near else RULE_LIST,
        )
    head = f"{rule.code}  {rule.title}（{rule.severity.chinese}，{rule.family}）"
    return f"{head}\n依据：{rule.basis}\n\n{rule.page}"


def listing(rules: Mapping[str, Rule]) -> str:
    """一行一条：编号、级别、题目。"""
    lines: list[str] = []
    for family, title in FAMILIES.items():
        own = [rule for rule in rules.values() if rule.code[:2].lower() == family]
        if own:
            lines += [f"{title}（{len(own)} 条）"]
            lines += [f"  {rule.code}  {rule.severity.chinese}  {rule.title}" for rule in own]
    return "\n".join([*lines, "", f"共 {len(rules)} 条。运行 perfmon-xl rules 编号，看一条的说明和例子。"])


def readme(rules: Mapping[str, Rule]) -> str:
    """perfmon_xl/rules/README.md 的内容：由规则自己生成，不手改。"""
    lines = [
        "# 检查规则",
        "",
        f"共 {len(rules)} 条，一条一个文件。本页由规则生成：`python xlsx_templates/refresh.py`。一条规则的说明和例子：",
        "`perfmon-xl rules 编号`。错误要改了才能出正式报告；警告可以在“检查结果”表的“处理意见”里写明理由；",
        "缺数、判断不了的写“无法判断”，不算通过。",
    ]
    lines += readme_section()
    for family, title in FAMILIES.items():
        own = [rule for rule in rules.values() if rule.code[:2].lower() == family]
        if own:
            lines += ["", f"## {title}", "", "| 编号 | 级别 | 错在哪 | 依据 |", "|---|---|---|---|"]
            lines += [f"| {r.code} | {r.severity.chinese} | {r.title} | {r.basis} |" for r in own]
    covered = {d: [r.code for r in rules.values() if d in r.covers] for d in DEFECTS}
    lines += ["", "## 见过的缺陷和对应的规则", "", "| 编号 | 缺陷 | 规则 |", "|---|---|---|"]
    lines += [f"| {d} | {DEFECTS[d]} | {'、'.join(codes)} |" for d, codes in covered.items() if codes]
    lines += ["", "## 机器判断不了的", "", "| 编号 | 缺陷 | 为什么 |", "|---|---|---|"]
    lines += [f"| {d} | {DEFECTS[d]} | {why} |" for d, why in BEYOND.items()]
    return "\n".join(lines) + "\n"

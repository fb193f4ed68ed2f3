"""BG102: numbers of one kind written in several ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.report_text import LineKind, ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.shared.text_marks import numbered, shape, style_of


@rule("BG102", title="同一级编号写法不一", severity=Severity.INFO, basis="通行做法", covers=("I04",))
def numbers_mixed(report: ReportText) -> Iterator[Problem]:
    """同一级的编号，全文（连同目录）用一种写法：“（一）”不写“(一)”，“1.”不写“1、”。

    为什么：公文的层次写法是固定的；写法一变，像是另一级，也看得出是几份材料拼起来的。

    不对：1.和1、混用
    报告正文
    一、主要问题
    1.进度偏慢
    完成不到一半。
    二、改进措施
    1、加快施工
    增加一个班组。

    不对：目录用半角括号
    报告正文
    (一)项目名称……1
    一、项目基本情况
    （一）项目名称
    2024年乡村道路维修项目。

    对：一种写法
    报告正文
    （一）项目名称……1
    一、主要问题
    （一）进度
    1.进度偏慢
    完成不到一半。
    2.资金结转
    结转三成。
    """
    found: dict[int, Counter[str]] = {}
    first: dict[str, Origin] = {}
    marks = [(one.style, one.line) for one in numbered(report)]
    marks += [(style_of(c.mark), c) for c in report.of(LineKind.CONTENTS)]
    for style, line in marks:
        if style:
            found.setdefault(style, Counter())[shape(line.mark)] += 1
            first.setdefault(shape(line.mark), line.origin)
    for shapes in found.values():
        if len(shapes) < 2:
            continue
        told = "、".join(f"“{s}”{n}处" for s, n in shapes.most_common())
        right = next(
            (s for s in ("一、", "（一）", "1.", "（1）") if s in shapes), shapes.most_common(1)[0][0]
        )
        wrong = next(s for s, _ in reversed(shapes.most_common()) if s != right)
        yield Problem(
            "",
            f"同一级编号有 {len(shapes)} 种写法：{told}。",
            f"全部改成“{right}”。",
            at=first[wrong],
            values={"写法": told},
        )

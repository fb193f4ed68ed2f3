"""BG111: one sum of money written in yuan here and in ten thousands there."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain.passage import Passage
from perfmon_xl.domain.prose import Mention, mentions
from perfmon_xl.domain.report_text import ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_FEWEST_DIGITS = 3  # 5万元和50000元谁都看得出；有零有整的才容易看错


@rule("BG111", title="同一笔钱用了两种单位", severity=Severity.INFO, basis="通行做法", covers=("B03",))
def money_in_two_units(report: ReportText, facts: Facts) -> Iterator[Problem]:
    """同一笔钱，一处写元、一处写万元，而且万元那一处四舍五入过的，改成一种单位、一样的位数。

    为什么：两处差一点，审核的人对不上数，也看不出是舍入还是写错。

    不对：一处元，一处万元
    报告正文
    一、资金使用情况
    截至7月底，实际支出438161.2元。
    二、预算执行率
    项目共支出43.82万元，预算执行率为73.03%。

    对：两种单位，一分不差；大约的数不算
    报告正文
    一、资金使用情况
    截至7月底，实际支出438200元，约占6成。
    二、预算执行率
    项目共支出43.82万元，预算执行率为73.03%。
    """
    money: list[tuple[Passage, Mention]] = [
        (p, m)
        for p in facts.passages
        for m in mentions(p.text)
        if m.unit == "元" and not m.approximation and not m.comparator
    ]
    wan = [(p, m) for p, m in money if "万元" in m.text]
    yuan = [(p, m) for p, m in money if "万" not in m.text and "亿" not in m.text]
    pairs = [
        (first, m, other)
        for p, m in wan
        for q, other in yuan
        if (first := p).origin != q.origin
        and m.agrees(other.number)
        and m.number != other.number
        and _detailed(m)
    ]
    if pairs:
        place, mention, other = pairs[0]
        yield Problem(
            "",
            f"同一笔钱，这里写“{mention.text}”，别处写“{other.text}”"
            + (f"；这样的有 {len(pairs)} 处。" if len(pairs) > 1 else "。"),
            "全文用一种单位，一般用万元，保留到能对上的位数。",
            at=place.origin,
            values={"这里": mention.text, "别处": other.text},
        )


def _detailed(mention: Mention) -> bool:
    digits = str(mention.number.normalize().as_tuple().digits)
    return len(digits.split(",")) >= _FEWEST_DIGITS

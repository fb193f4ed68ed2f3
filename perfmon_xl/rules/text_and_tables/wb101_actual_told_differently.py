"""WB101: the table gives one actual, the paragraph of the same indicator another."""

from __future__ import annotations

from collections.abc import Iterator

from perfmon_xl.domain import measures
from perfmon_xl.domain.model import Compared, Paragraph
from perfmon_xl.domain.prose import Role
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Indicator
from perfmon_xl.rules.shared.mentions import about, results, told


@rule(
    "WB101",
    title="实际完成值与指标分析里写的不一样",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("E07",),
)
def actual_told_differently(
    indicator: Indicator, *, compared: Compared, written: Paragraph
) -> Iterator[Problem]:
    """表4的实际完成值，应当与这个指标分析段里写的数相同。

    为什么：一个指标只有一个实际完成数；表和文字各写一个，读者不知道信哪个，完成率和偏差也跟着错。

    不对：表里120场，文字里108场
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训场次 | ≥100场 | 120场 |
    指标分析表
    | 事项 | 内容 |
    | 培训场次 | 年初计划培训100场，截至2024年7月31日已举办培训108场。 |

    不对：文字里两个数，没有一个与表4相同，也看不出哪个是
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训场次 | ≥100场 | 120场 |
    指标分析表
    | 事项 | 内容 |
    | 培训场次 | 已举办春训30场，已举办秋训50场。 |

    对：文字里分开写的两个数加起来等于表里的
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 培训场次 | ≥100场 | 120场 |
    指标分析表
    | 事项 | 内容 |
    | 培训场次 | 上半年已举办培训70场，7月至10月已举办50场。 |

    对：文字写得粗一些，合得上
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 服务人次 | ≥50000人次 | 56123人次 |
    指标分析表
    | 事项 | 内容 |
    | 服务人次 | 截至2024年7月31日，累计服务群众5.6万人次，其中：线上2万人次、线下3.6万人次。 |
    """
    actual, base = compared.actual, measures.measured(compared.actual)
    if base is None or not base[1]:
        return
    found = results(written.text, actual)
    value = base[0]
    if not found or any(m.agrees(value) for m in found):
        return
    if any(m.approximation and abs(m.number - value) <= m.number * 2 / 10 for m in found):
        return
    if sum(m.number for m in found) == value:
        return
    if any(m.agrees(value) for m in told(written.text, actual, [Role.DERIVED])):
        return
    numbers = dict.fromkeys(m.text for m in found)
    values = {"表4": actual.raw.strip(), "文字": "、".join(numbers)}
    alike = value / 10 < found[0].number < value * 10
    if len(numbers) == 1 and alike and about(found[0], indicator.name):
        yield Problem(
            "actual",
            f"表4实际完成值填的是“{actual.raw.strip()}”，指标分析里写的是“{found[0].text}”"
            f"（{found[0].said}）。",
            f"按原始台账核对“{indicator.name}”的实际数，把表4和文字改成同一个数。",
            of=compared,
            values=values,
        )
    else:
        yield unsure(
            "text",
            f"指标分析里有 {'、'.join(numbers)}，没有一个等于表4的“{actual.raw.strip()}”，"
            "也看不出哪一个是这个指标的实际数。",
            "在段里写明这个指标的实际完成数；另外的数是别的口径的，说明是什么。",
            of=written,
            values=values,
        )

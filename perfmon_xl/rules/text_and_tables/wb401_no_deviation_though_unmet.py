"""WB401: the conclusion sees no deviation, the table does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.verdicts import named, split

_CLEAR = re.compile(
    r"未(?:出现|发生|发现|产生)(?:较大|明显|重大|任何)?(?:的)?(?:偏离|偏差)"
    r"|(?:均|全部|都)(?:已)?(?:无偏差|达标|达到(?:预期|本阶段|年度|阶段性?)?(?:绩效)?目标|完成(?:预期|本阶段|年度)?(?:绩效)?目标)"
    r"|(?:不存在|没有)(?:较大|明显)?(?:偏离|偏差)"
    r"|(?:各项|全部|所有|各个|每项)(?:绩效|跟踪|监控)*(?:指标|目标)[^，。；未]{0,10}?(?:均|全部|都|全面|如期|按期)?(?:已)?(?:完成|达成|达标|实现|达到)"
    r"|(?:均|全部|都|全面)(?:已|如期|按期|顺利)*(?:达到|完成|实现)(?:了)?(?:预期|本阶段|年度|全年|阶段性?)?(?:绩效)?目标"
    r"|(?<!\d)\d{1,6}\s{0,4}[个项](?:[^，。；\d未]{0,6}指标)?(?:均|全部|都|全面)(?:已|如期|按期|顺利)*(?:完成|达成|达标|实现|达到)"
)


@rule(
    "WB401",
    title="结论说没有偏离，表4有未达成的指标",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H06", "G07"),
)
def no_deviation_though_unmet(facts: Facts) -> Iterator[Problem]:
    """结论和综合分析说“未出现较大偏离”“各项指标均已完成”的，表4里不应当有未达成的指标。

    为什么：结论要从表里来；表里有未达成的，结论却说没有偏离，主管部门会漏掉应当纠正的事。

    不对：满意度没有达到，结论说没有偏离
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥95% | ≥95% | 88% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目实施中未出现较大偏离，实施情况良好。 |

    不对：实际数是抄的目标值，有没有偏离无从判断
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥95% | ≥95% | ≥95% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目实施中未出现较大偏离，实施情况良好。 |

    对：都达到了
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥95% | ≥95% | 97% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 项目实施中未出现较大偏离，实施情况良好。 |

    对：结论说出了例外
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥95% | ≥95% | 88% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 除学生家长满意度外，各项指标均已完成。 |
    """
    met, unmet, unknown = split(facts)
    for passage in facts.passages:
        if passage.topic not in (Topic.OVERALL, Topic.CONCLUSION):
            continue
        found = _CLEAR.search(passage.text)
        if found is None or re.search(r"除[^。]{2,40}外|未达到|未完成|未达成", passage.text):
            continue
        if unmet:
            yield Problem(
                passage.field,
                f"写了“{found[0]}”，表4里 {len(unmet)} 个指标没有达到：{named(unmet)}。",
                "在结论里写明哪几个没有达到、差多少；确实可以接受的，说明理由。",
                at=passage.origin,
                values={"文字": found[0], "未达成": "、".join(r.name.strip() for r in unmet)},
            )
        elif unknown:
            names = "、".join(f"“{r.name.strip()}”" for r in unknown[:3])
            yield unsure(
                passage.field,
                f"写了“{found[0]}”，表4里有 {len(unknown)} 个指标判断不出达成没有（{names}），"
                f"达成的 {len(met)} 个。",
                "先补齐这些指标的实际数，再下结论。",
                at=passage.origin,
            )

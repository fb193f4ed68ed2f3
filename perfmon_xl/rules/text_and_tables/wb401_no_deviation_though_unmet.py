"""WB401: the conclusion sees no deviation, the table does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from perfmon_xl.domain.category import Level1
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.passage import Topic
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import name_key
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.verdicts import names_and_actuals, split

_CLEAR = re.compile(
    r"未(?:出现|发生|发现|产生)(?:较大|明显|重大|任何)?(?:的)?(?:偏离|偏差)"
    r"|(?:均|全部|都)(?:已)?(?:无偏差|达标|达到(?:预期|本阶段|年度|阶段性?)?(?:绩效)?目标|完成(?:预期|本阶段|年度)?(?:绩效)?目标)"
    r"|(?:不存在|没有)(?:较大|明显)?(?:偏离|偏差)"
    r"|(?:各项|全部|所有|各个|每项)(?:绩效|跟踪|监控|产出|成本|效益|满意度|和|、)*(?:指标|目标)[^，。；未]{0,10}?(?:均|全部|都|全面|如期|按期)?(?:已)?(?:完成|达成|达标|实现|达到|快于|超过|超额|好于|优于)"
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

    不对：说的是效益，效益没有达到
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 产出指标 | 数量指标 | 改造教室 | ≥60间 | ≥40间 | 42间 |
    | 效益指标 | 社会效益指标 | 受益学生覆盖率 | ≥95% | ≥95% | 88% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 各项效益指标均已实现。 |

    对：说的是效益，没有达到的是产出
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 产出指标 | 数量指标 | 改造教室 | ≥60间 | ≥40间 | 32间 |
    | 效益指标 | 社会效益指标 | 受益学生覆盖率 | ≥95% | ≥95% | 98% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 1项效益指标均已实现。 |

    对：列出的几个都达到了，没有说别的
    目标对比表
    | 一级目标 | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 产出指标 | 数量指标 | 改造教室 | ≥60间 | ≥40间 | 32间 |
    | 效益指标 | 社会效益指标 | 受益学生覆盖率 | ≥95% | ≥95% | 98% |
    综合分析表
    | 事项 | 内容 |
    | 效益性分析 | 受益学生覆盖率98%，改造的教室已经使用，均达到目标。 |

    对：结论说出了例外
    目标对比表
    | 二级目标 | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 | 实际完成的绩效目标值 |
    | 服务对象满意度指标 | 学生家长满意度 | ≥95% | ≥95% | 88% |
    结论表
    | 事项 | 内容 |
    | 总体结论 | 除学生家长满意度外，各项指标均已完成。 |
    """
    all_met, all_unmet, all_unknown = split(facts)
    for passage in facts.passages:
        if passage.topic not in (Topic.OVERALL, Topic.CONCLUSION):
            continue
        match = _CLEAR.search(passage.text)
        if match is None or re.search(r"除[^。]{2,40}外|(?:未|没有)(?:达到|完成|达成)", passage.text):
            continue
        sentence = _sentence(passage.text, match)
        if _of_those_named(sentence, match[0], (all_unmet, all_unknown), all_met):
            continue
        of = _kinds_told(sentence)
        met, unmet, unknown = ([r for r in some if of(r)] for some in (all_met, all_unmet, all_unknown))
        if unmet:
            yield Problem(
                passage.field,
                f"写了“{match[0]}”，表4里 {len(unmet)} 个指标没有达到：{names_and_actuals(unmet)}。",
                "在结论里写明哪几个没有达到、差多少；确实可以接受的，说明理由。",
                at=passage.origin,
                values={"文字": match[0], "未达成": "、".join(r.name.strip() for r in unmet)},
            )
        elif unknown and not _JUDGED.search(sentence):
            names = "、".join(f"“{r.name.strip()}”" for r in unknown[:3])
            yield unsure(
                passage.field,
                f"写了“{match[0]}”，表4里有 {len(unknown)} 个指标判断不出达成没有（{names}），"
                f"达成的 {len(met)} 个。",
                "先补齐这些指标的实际数，再下结论。",
                at=passage.origin,
            )


def _sentence(text: str, match: re.Match[str]) -> str:
    start = text.rfind("。", 0, match.start()) + 1
    end = text.find("。", match.end())
    return text[start : end if end >= 0 else len(text)]


def _kinds_told(sentence: str) -> Callable[[Compared], bool]:
    """“3项效益和满意度指标均已实现”只说效益和满意度，“产出和成本指标均……”只说产出和成本。"""
    kinds = {level for word, level in _LEVELS.items() if re.search(rf"{word}[^，。；]{{0,8}}指标", sentence)}
    return lambda record: not kinds or record.top_level in kinds or record.top_level is None


def _of_those_named(
    sentence: str, claim: str, others: Iterable[Sequence[Compared]], met: Sequence[Compared]
) -> bool:
    """“甲明显改善，乙94%，均达到目标”说的是前面列的几个，不是全部。"""
    if _EVERYTHING.search(sentence) or not claim.startswith(("均", "都")):
        return False
    led = re.split("[，。；]", sentence.partition(claim)[0])[-1]
    if "、" in led:  # “免费乘车、站亭改造、定制公交均达到”: those three, by their short names
        listed = pieces(led)
        return not any(
            len(pieces(r.name) & listed) * 2 > len(pieces(r.name)) for some in others for r in some
        )
    said = name_key(sentence)
    if any(name_key(r.name) in said for some in others for r in some):
        return False
    return any(name_key(r.name) in said for r in met)


_JUDGED = re.compile(r"(?:可以|已可|能够|已经)判断的|已到期的")  # says itself that the others are left open
_EVERYTHING = re.compile(r"各项|全部|所有|每项|各个|[个项]\S{0,6}指标|指标")
_LEVELS = {
    "产出": Level1.OUTPUT,
    "成本": Level1.COST,
    "效益": Level1.BENEFIT,
    "满意度": Level1.SATISFACTION,
}

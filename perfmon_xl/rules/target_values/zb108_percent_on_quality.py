"""ZB108: a percentage as the target of something that is not counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.text_keys import bare_name, indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_target

_COUNTED = re.compile(
    r"率|比|占|度|覆盖|达标|合格|百分|增幅|增长|减幅|降幅|%|数|量|额|面积|收入|产值|成本|费|价|(?:生产|供水|供电|供热|供气|处理|蓄水|排涝|灌溉|通行|运输|仓储|接待|发电|处置)能力"
)
_MISLEADING = re.compile(r"效率|程度|力度|制度|数据|数字|质量|年度|对比|角度|速度|进度|深度|广度")
_VERB = re.compile(
    r"^(有效|切实|进一步|持续|不断|全面|着力|积极)*(减轻|增进|带动|丰富|健全|提振|助力|维护|保障|保护|促进|改善|增强|推动|完善|加强|优化|缓解|推进|确保|营造|弘扬|巩固|满足)"
)
_CHANGE = re.compile(r"提升|提高|改善|增强|改进")
_ABSTRACT = re.compile(
    r"(水平|能力|意识|质量|素质|环境|形象|效率|氛围|权益|稳定|和谐|安全感?|条件|风貌|影响力?|压力|负担)$"
)
_FORMULA = re.compile(r"[÷/×*]|除以|占.{1,12}的|比例|百分比|比率")


@rule(
    "ZB108",
    title="定性指标用了百分数",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D07",),
    criticism=("目标设置", "比率指标写明分子、分母和数据来源；说不清的改为分级分档的定性目标"),
)
def percent_on_quality(facts: Facts) -> Iterator[Problem]:
    """“维护……权益”“提升……水平”这样的定性指标，目标值不用百分数；要用，指标解释里写清分子、分母。

    名称里有率、比、覆盖等词的，看得出怎么算的，不查；名称看不出是定性的，也不查。

    为什么：90% 是什么的 90%，没有算法和数据来源，到时候只能照抄目标值。

    不对：维护权益 ≥90%
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 维护农民工合法权益 | ≥90% |

    不对：名称里有“未成年人”，也说不出分母
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 保护未成年人合法权益 | ≥90% |

    不对：提升能力 ≥85%
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 基层防汛能力提升 | ≥85% |

    对：是比率；改变的是数得出来的；解释里有算法
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 效益指标 | 社会效益指标 | 保障农村供水覆盖面 | ≥90% | 原指标 | |
    | 效益指标 | 经济效益指标 | 提高粮食产量 | ≥5% | 原指标 | |
    | 效益指标 | 经济效益指标 | 粮食综合生产能力提升 | ≥10% | 原指标 | |
    | 效益指标 | 社会效益指标 | 改善学校就餐条件 | ≥90% | 原指标 | 改造后达标的食堂÷全部食堂 |
    """
    explained = {indicator_key(a.name) for a in facts.monitoring.adjusted if _FORMULA.search(a.explanation)}
    for line, also in each_target(facts):
        target = line.annual_target
        if target.number is None or target.unit != "%" or indicator_key(line.name) in explained:
            continue
        name = bare_name(line.name)
        plain = _MISLEADING.sub("", name)
        stem = re.sub(r"(有效|明显|显著|持续)?(提升|提高|改善|增强|改进|情况)$", "", name)
        abstract = _CHANGE.search(name) is not None and _ABSTRACT.search(stem) is not None
        if _COUNTED.search(plain) or not (_VERB.match(name) or abstract):
            continue
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”是定性指标，目标值却是“{target.raw}”{also}，没有分子、分母，看不出是什么的百分之几。",
            "改成能统计的比率（写明分子、分母和数据来源），或者改成定性目标，分好、一般、差几档。",
            of=line,
            values={"三级指标": line.name, "目标值": target.raw},
        )

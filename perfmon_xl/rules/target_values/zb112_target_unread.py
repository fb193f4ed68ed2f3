"""ZB112: a target nobody can read as a number, a date or a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.spelling import BARE_SIGNS
from perfmon_xl.domain.target import Kind, normalise
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import each_wording
from perfmon_xl.rules.shared.sentences import is_sentence


@rule("ZB112", title="目标值读不懂", severity=Severity.WARNING, basis="通行做法", covers=("D09", "D14"))
def target_unread(facts: Facts) -> Iterator[Problem]:
    """目标值要读得出是数、区间、日期还是定性；两个数写在一起的、只有符号没有数的，都读不懂。

    为什么：读不懂就没有完成率、偏差和预警，这个指标等于没有监控。

    不对：两种单位加在一起
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 防疫牲畜数量 | 5000只+800头 |

    不对：只有符号
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 质量指标 | 水质达标率 | ≥% |

    对：一个数
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 防疫羊只数量 | ≥5000只 |
    | 产出指标 | 数量指标 | 田间巡查次数 | 3-5次 |
    | 效益指标 | 社会效益指标 | 孕产妇死亡率 | ≤16/十万 |
    """
    for line, also in each_wording(facts):
        raw = line.annual_target.raw
        if line.annual_target.kind is not Kind.UNREAD or is_sentence(raw):
            continue
        numbers = re.findall(r"\d+(?:\.\d+)?", raw)
        if normalise(raw) in BARE_SIGNS:
            hint = "只有符号没有数，把数补上。"
        elif re.fullmatch(r"[≤≥<>=]?[\d.]+/1?0*[万千亿]?", normalise(raw)) and "/" in normalise(raw):
            yield unsure(
                line.target_field,
                f"{line.table}“{line.name}”的目标值“{raw.strip()}”是每多少的比率，程序算不了完成率{also}。",
                "请人工判断；要程序算的，分母写汉字，如“≤16/十万”“≤5/千”或“≤5‰”。",
                of=line,
                values={"目标值": raw.strip()},
            )
            continue
        elif len(numbers) > 1 and re.search(r"[+＋、;；/／,，和及]", raw):
            hint = "里面不止一个数，拆成几个指标，一个一行；单位不同的不要加在一起。"
        elif re.search(r"[$\\]", raw):
            hint = "里面有排版代码，去掉，只留比较符、数和单位。"
        else:
            hint = "写成比较符+数+单位，如“≥95%”“≤5万元”；说明的话放到指标解释里。"
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{raw.strip()}”读不出是数、日期还是定性{also}。",
            hint,
            of=line,
            values={"目标值": raw.strip()},
        )

"""ZB110: a qualitative target without grades."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.text_keys import bare_name, indicator_key, name_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.grades import GRADED
from perfmon_xl.rules.shared.rows import each_wording

_CHANGE = re.compile(
    r"提升|提高|改善|增强|促进|加强|推动|优化|完善|保障|改进|巩固|增加|减少|降低|缓解|带动|有效"
)


@rule("ZB110", title="定性目标没有分档", severity=Severity.INFO, basis="通行做法", covers=("D08",))
def no_grades(facts: Facts) -> Iterator[Problem]:
    """定性的目标值写“提升”“有效改善”这样的，要能分档：好、一般、差各是什么样，写在指标解释里。

    是或否、完成、通过、好、优这样一看就能判断的，不查；与名称重复的由 ZB109 报。

    为什么：没有档次，实际完成只能再写一遍“提升”，达成没达成说不清。

    不对：有效改善，没有分档
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 生态效益指标 | 流域水环境 | 有效改善 |

    对：解释里分了档；一看就能判断
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 效益指标 | 生态效益指标 | 流域水环境 | 有效改善 | 原指标 | 断面水质提高一类为好，不变为一般，变差为差。 |
    | 产出指标 | 质量指标 | 工程竣工验收 | 通过 | 原指标 | |
    """
    graded = {indicator_key(a.name) for a in facts.monitoring.adjusted if GRADED.search(a.explanation)}
    for line, also in each_wording(facts):
        value = name_key(line.annual_target.raw)
        if line.annual_target.kind is not Kind.WORDS or indicator_key(line.name) in graded:
            continue
        if (
            not _CHANGE.search(value)
            or GRADED.search(value)
            or "、" in value
            or "/" in value
            or len(value) > 12
            or value in bare_name(line.name)
        ):
            continue
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值“{line.annual_target.raw}”没有分档{also}，说不清做到什么程度算达成。",
            "在指标解释里写明好、一般、差各是什么样；有数可用的改成定量。",
            of=line,
            values={"目标值": line.annual_target.raw},
        )

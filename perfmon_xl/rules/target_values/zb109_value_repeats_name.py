"""ZB109: a qualitative target that only repeats the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.target import Kind
from perfmon_xl.domain.text_keys import bare_name, indicator_key, name_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.grades import GRADED
from perfmon_xl.rules.shared.rows import each_wording

_DEGREE = re.compile(r"^(有所|有效|明显|显著|持续|不断|逐步|进一步|得到|已|予以)+|(情况|程度)$")


@rule(
    "ZB109",
    title="定性目标值重复了名称",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("D08",),
    criticism=("目标设置", "定性指标按好、一般、差分档，写明每一档的标准"),
)
def value_repeats_name(facts: Facts) -> Iterator[Problem]:
    """定性的目标值不能只把名称里的“提升”“改善”再说一遍；要写提升到什么程度，分几档。

    为什么：名称是“……提升”，目标也是“提升”，做一点算提升，做很多也算，没法评。

    不对：提升、提升
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 乡镇卫生院服务能力提升 | 提升 |

    不对：整个名称抄一遍
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 生态效益指标 | 改善河道水环境 | 改善河道水环境 |

    对：解释里分了档
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 效益指标 | 社会效益指标 | 基层医疗条件改善 | 改善 | 原指标 | 分好、一般、差三档，按专家打分评定 |

    对：写程度；名称里没有这个词
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 乡镇卫生院服务能力提升 | 好 |
    | 效益指标 | 生态效益指标 | 河道水环境 | 改善 |
    """
    graded = {indicator_key(a.name) for a in facts.monitoring.adjusted if GRADED.search(a.explanation)}
    for line, also in each_wording(facts):
        if line.annual_target.kind is not Kind.WORDS or indicator_key(line.name) in graded:
            continue
        name, value = bare_name(line.name), name_key(line.annual_target.raw).rstrip("。；;，,")
        core = _DEGREE.sub("", value)
        if len(core) < 2 or not (core == name or name.endswith(core) or name.startswith(core)):
            continue
        if core != value and core != name:
            continue
        yield Problem(
            line.target_field,
            f"{line.table}“{line.name}”的目标值是“{line.annual_target.raw}”{also}，只是把名称又说了一遍。",
            "写成能判断的：有数的写数（如达标几个、提高几个百分点），没有数的分好、一般、差，写明各是什么样。",
            of=line,
            values={"三级指标": line.name, "目标值": line.annual_target.raw},
        )

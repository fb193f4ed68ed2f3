"""BG110: the indicator framework is described in the text otherwise than the tables have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from perfmon_xl.domain.category import Level1, level1
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.report_text import LineKind, ReportText
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_WORDS: Mapping[str, str] = {
    "成本": "成本", "产出": "产出", "效益": "效益", "效果": "效益", "满意度": "满意度",
    "投入": "投入", "管理": "管理", "过程": "过程", "决策": "决策", "影响": "影响", "影响力": "影响",
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_ONE = rf"[“\"]?(?:{_WORD})[”\"]?(?:指标|目标)?"
_LIST = re.compile(
    rf"({_ONE}(?:[、，,和及与]{_ONE})+)(?=(?:等|几|[一二三四五两]|方面|各)?(?:类|个|方面|部分|绩效|中|指标|目标|对比))"
)
_TAIL = re.compile(rf"({_ONE}(?:[、，,和及与]{_ONE})*(?:指标|目标)(?:[、，,和及与]{_ONE})+)")


_FRAMED = re.compile(r"(?:包含|包括|分为|分解为|分成|设置|设定|涵盖|由)了?$")


@rule("BG110", title="指标框架的说法与表不一致", severity=Severity.WARNING, basis="文表勾稽", covers=("C12",))
def framework_differs(report: ReportText, facts: Facts) -> Iterator[Problem]:
    """文字和表题说指标分哪几类的，应当与表里的一级指标一样。

    只看把三类以上并列着说的话，和“分为”“包含”后面的两类；投入、过程、管理、效果不是现在的一级指标名称。

    为什么：一处说三类、一处说四类，读者不知道框架是什么；多半照搬了别的报告的话。

    不对：表里是产出、效益、满意度，文字说投入、产出、效果
    报告正文
    一、绩效目标
    绩效目标包含投入和管理目标、产出目标、效果目标，具体见下表。
    表1 目标对比表
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 | 9公里 |
    | 效益指标 | 社会效益指标 | 受益人口 | ≥900人 | 900人 |
    | 满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 92% |

    对：一样
    报告正文
    一、绩效目标
    绩效目标分为产出、效益和满意度三类，具体见下表。
    表1 目标对比表
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |
    | 产出指标 | 数量指标 | 维修里程 | ≥12公里 | 9公里 |
    | 效益指标 | 社会效益指标 | 受益人口 | ≥900人 | 900人 |
    | 满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 92% |
    """
    monitoring = facts.monitoring
    rows = [a for a in monitoring.adjusted if not a.is_deleted] or monitoring.compared
    levels = {level1(r.level1) for r in rows}
    right = frozenset(_short(level) for level in levels if level is not None)
    if len(right) < 2:
        return
    told: dict[frozenset[str], tuple[str, Origin, bool]] = {}
    for line in report.of(LineKind.BODY, LineKind.CAPTION):
        for match in [*_LIST.finditer(line.text), *_TAIL.finditer(line.text)]:
            kinds = frozenset(_WORDS[w] for w in re.findall(_WORD, match[1]))
            whole = (
                len(kinds) > 2 or line.kind is LineKind.CAPTION or _FRAMED.search(line.text[: match.start()])
            )
            if len(kinds) > 1 and kinds != right and whole:
                told.setdefault(kinds, (match[1], line.origin, line.kind is LineKind.CAPTION))
    if all(caption for _, _, caption in told.values()):
        return  # a caption alone follows the form of the report
    listed = "；".join(f"“{said}”" for said, *_ in told.values())
    first = next(iter(told.values()))[1]
    yield Problem(
        "",
        f"文字和表题里的指标分类有 {len(told)} 种说法与表不同：{listed}；表里的一级指标是{'、'.join(sorted(right))}。",
        "各处都照表里的一级指标说；表里不规范的，先改表。",
        at=first,
        values={"说法": listed, "表": "、".join(sorted(right))},
    )


def _short(one: Level1) -> str:
    return one.value.removesuffix("指标")

"""JG109: a quantity no quality indicator belongs to, while the other quantities have one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_GENERIC = re.compile(
    r"全年|年度|本年|项目|工程|工作|任务|数量|人数|人次|次数|个数|件数|户数|面积|长度|总量|总数|"
    r"质量|竣工|交工|一次性|单位工程|单元|分部|分项|原材料|材料|混凝土|砂浆|验收|合格|达标|完成|完好|优良|规范|准确|标准|符合|通过|成功|有效|开展|组织|实施|建设|新建|"
    r"购置|采购|发放|服务|率|数|量|度|的|及|和|与|[、，（）()%]"
)

_MOST = 50  # 更多的率都有这两个字，分不出是哪一个的
_WHO_BENEFITS = re.compile(r"受益|惠及|服务(?:对象|人口)|覆盖|补助人数|补贴人数|资助|在岗|在册")
# “物资验收合格率” is the quality of whatever was bought
_GOODS_ACCEPTED = re.compile(
    r"^(?:采购|购置)?(?:物资|设备|货物|器材|装备|物品|用品|材料|设施)(?:采购|购置)?(?:质量)?(?:验收)?(?:合格|达标|完好)"
)
_BOUGHT = re.compile(r"采购|购置|储备|配备|配发|安装|更新|更换")


@rule(
    "JG109",
    title="数量指标没有对应的质量指标",
    severity=Severity.INFO,
    basis="通行做法",
    covers=("C03",),
    criticism=("目标设置", "每个主要的数量指标配上相应的质量指标"),
)
def quantity_unmatched(facts: Facts) -> Iterator[Problem]:
    """每个数量指标最好有一个讲同一件事的质量指标。

    只比名称和单位里的实词：各指标都有的词（多半是项目名称）不算。质量指标是通用的（如“验收合格率”），
    就当作都管；一个也对不上的，只说看不出来。

    为什么：几件事只有一件有质量要求，其余做得好不好没有人问。

    不对：咨询没有质量要求
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 孕产妇筛查人数 | ≥3000人 |
    | 产出指标 | 数量指标 | 健康讲座场次 | ≥40场 |
    | 产出指标 | 质量指标 | 筛查结果准确率 | ≥98% |

    对：各有各的
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 孕产妇筛查人数 | ≥3000人 |
    | 产出指标 | 数量指标 | 健康讲座场次 | ≥40场 |
    | 产出指标 | 质量指标 | 筛查结果准确率 | ≥98% |
    | 产出指标 | 质量指标 | 健康讲座内容合格率 | ≥98% |

    对：通用的质量指标
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 改造校舍面积 | ≥5000平方米 |
    | 产出指标 | 数量指标 | 更换课桌椅套数 | ≥800套 |
    | 产出指标 | 质量指标 | 项目验收合格率 | =100% |
    """
    rows = facts.monitoring.current_rows
    quantities = [r for r in rows if r.category is not None and r.category.name == "数量指标"]
    qualities = [r for r in rows if r.category is not None and r.category.name == "质量指标"]
    if len(quantities) < 2 or not qualities:
        return
    common = _common([r.name for r in (*quantities, *qualities)])
    wanted = [_content(r.name, common) for r in qualities]
    # A rate of the same matter (覆盖率) measures how well it was done, wherever it is filed.
    rates: dict[str, list[int]] = {}
    for n, row in enumerate(
        r
        for r in rows
        if r.annual_target.unit == "%" and (r.category is None or r.category.name != "质量指标")
    ):
        for piece in pieces(row.name):
            rates.setdefault(piece, []).append(n)
    if any(not words for words in wanted):
        return
    of_any = set[str]().union(*wanted)
    goods = any(_GOODS_ACCEPTED.search(bare_name(r.name)) for r in qualities)
    alone = [
        r
        for r in quantities
        if not _matched(r, of_any, common)
        and not _companion(r, rates)
        and not _WHO_BENEFITS.search(r.name)
        and not (goods and _BOUGHT.search(r.name))
    ]
    if not alone:
        return
    names = "、".join(f"“{r.name}”" for r in qualities)
    if len(alone) == len(quantities):
        yield unsure(
            "name",
            f"{len(quantities)} 个数量指标与质量指标{names}，名称上没有一个讲同一件事，看不出谁对应谁。",
            "人工看一遍：缺的补上，有的就不用改。",
            of=alone[0],
        )
        return
    for row in alone:
        yield Problem(
            "name",
            f"数量指标“{row.name}”与质量指标{names}，名称上没有一个讲同一件事，而别的数量指标有对应的。",
            f"给“{bare_name(row.name)}”补一个质量指标；已有的管着它，在指标解释里写明。",
            of=row,
            values={"数量指标": row.name, "质量指标": names},
        )


def _companion(row: IndicatorRow, rates: dict[str, list[int]]) -> bool:
    words = pieces(row.name)
    shared = Counter(n for piece in words for n in rates.get(piece, ())[:_MOST])
    return row.annual_target.unit == "%" or any(times >= 2 for times in shared.values())


def _common(names: list[str]) -> set[str]:
    """半数以上指标都有的两个字，说不出是哪件事。"""
    if len(names) <= 2:
        return set()
    told = Counter(
        p for text in map(bare_name, names) for p in {text[i : i + 2] for i in range(len(text) - 1)}
    )
    return {p for p, times in told.items() if times * 2 > len(names)}


def _content(name: str, common: set[str]) -> set[str]:
    text = bare_name(name)
    covered = {i + k for i in range(len(text) - 1) if text[i : i + 2] in common for k in (0, 1)}
    left = "".join(" " if i in covered else c for i, c in enumerate(text))
    return set(_GENERIC.sub("", left)) - {" "}


def _matched(row: IndicatorRow, of_any: set[str], common: set[str]) -> bool:
    words = _content(row.name, common)
    return not words or bool(words & of_any)

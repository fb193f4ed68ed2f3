"""JG201: an activity promised in the goal that no indicator measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfmon_xl.domain.model import Goal, GoalChange
from perfmon_xl.domain.prose import pieces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

# 各行业都有的、做了就数得出来的事；后面是指标里可以代替它的说法。
ACTIVITIES: dict[str, tuple[str, ...]] = {
    "宣传": ("宣讲", "普及", "知晓", "推广", "普法", "科普"),
    "培训": ("参训", "受训", "轮训", "学员", "研修"),
    "演练": (),
    "巡查": ("巡检", "巡护", "巡逻"),
    "监测": ("监控", "检测"),
    "检测": ("抽检", "化验", "监测", "送检", "筛查"),
    "体检": ("健康检查", "筛查"),
    "义诊": ("诊疗", "服务人次"),
    "购置": ("采购", "购买", "配备", "添置", "更新", "新增"),
    "普查": ("调查", "排查"),
    "慰问": ("走访",),
    "评选": ("评审", "表彰"),
    "绿化": ("造林", "种植", "植树", "补植"),
}
_NOT_PROMISED = re.compile(
    r"(宣传|培训|采购|监测|检测|编制)(部|中心|站|局|办|所|法|人员|机构|单位|工作者|制度)"
)


@rule(
    "JG201",
    title="目标里写的事没有指标来量",
    severity=Severity.WARNING,
    basis="通行做法",
    covers=("C10",),
    criticism=("目标设置", "年度目标里的每项任务都有对应的指标；不属于本项目的，从目标里去掉"),
)
def goal_activity_without_indicator(facts: Facts) -> Iterator[Problem]:
    """年度目标里写了要做宣传、培训、监测、购置这样数得出来的事，就要有一个指标量它。

    看调整后的目标；没有调整的，看申报的目标。项目名称就是这件事的，
    由各个指标分着量，不查。

    为什么：写进了目标又没有指标，到年底做没做、做了多少都没有人问。

    不对：目标里有培训，没有培训的指标
    年度绩效目标：完成渠道改造20公里，开展农户节水技术培训。
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 |
    | 数量指标 | 渠道改造长度 | ≥20公里 | 原指标 |
    | 质量指标 | 工程验收合格率 | 100% | 原指标 |

    不对：随访没有指标
    年度绩效目标：购置基层医疗设备，对重点人群开展健康随访。
    分解目标调整表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 产出指标 | 数量指标 | 医疗设备购置台数 | ≥11台 |

    对：有指标，或者换了一个说法；机构名称不算
    年度绩效目标：依托县培训中心开展节水技术宣传，购置计量设备。
    分解目标调整表
    | 二级指标 | 三级指标 | 指标目标值 | 调整类型 | 指标解释 |
    | 数量指标 | 入村推广场次 | ≥20场 | 原指标 | 节水技术推广 |
    | 数量指标 | 计量设备采购数量 | ≥80台 | 原指标 | |
    """
    monitoring = facts.monitoring
    kept = [a for a in monitoring.adjusted if not a.is_deleted]
    if kept:
        names = [f"{a.name}{a.explanation}" for a in kept]
    else:
        names = [r.name for r in monitoring.compared or monitoring.declared]
    measured = "".join(names)
    if not measured.strip():
        return
    change = next((c for c in monitoring.goal_changes if c.revised.strip()), None)
    record, field = (change, "revised") if change else (monitoring.goal, "text")
    text = _NOT_PROMISED.sub("", change.revised if change else monitoring.goal.text)
    told = False
    for word, others in ACTIVITIES.items():
        if word not in text or word in monitoring.project.name or any(w in measured for w in (word, *others)):
            continue
        clause = next(c for c in re.split(r"[，,。；;、\n]", text) if word in c).strip()
        yield Problem(
            field,
            f"年度目标里写了“{clause}”，{len(names)} 个指标里没有一个考核“{word}”的。",
            f"补一个“{word}”的数量指标；不是这个项目做的事，从目标里去掉。",
            of=record,
            values={"目标": clause, "没有的": word},
        )
        told = True
    if not told:
        yield from _others(facts, record, field, text, names)


_DOES = re.compile(
    r"(?:开展|组织|举办|新建|建设|建成|安装|配备|发放|编制|实施)(?:了|好)?(?:\d[\d,，.]*\s*[\u4e00-\u9fff]{1,2})?(?P<what>[\u4e00-\u9fff]{2,12})"
)
_VAGUE = re.compile(
    r"工作|项目|活动|服务|管理|任务|各项|相关|有关|体系|机制|制度|建设|运行|保障|能力|水平|等$|等各"
)


def _others(
    facts: Facts, record: Goal | GoalChange, field: str, text: str, names: Sequence[str]
) -> Iterator[Problem]:
    """动词后面写明了做什么，哪个指标的名称、解释里都没有这两个字的。"""
    known = pieces("，".join(names)) | pieces(facts.monitoring.project.name)
    for clause in re.split(r"[，,。；;、\n]|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", text):
        match = _DOES.search(clause)
        what = _VAGUE.sub("", match["what"]) if match is not None else ""
        if match is None or len(what) < 2 or pieces(match["what"]) & known:
            continue
        yield Problem(
            field,
            f"年度目标里写了“{clause.strip()}”，{len(names)} 个指标里没有一个考核“{what}”的。",
            f"补一个量“{what}”的指标；不是这个项目做的事，从目标里去掉。",
            of=record,
            values={"目标": clause.strip(), "没有的": what},
        )
        return

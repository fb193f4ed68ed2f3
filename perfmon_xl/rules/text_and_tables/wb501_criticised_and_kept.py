"""WB501: the report calls a target unreasonable, and keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted
from perfmon_xl.domain.target import normalise
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts, once_per_project

_CRITICISM = re.compile(
    r"设置不(?:合理|规范|科学|准确)|不(?:合理|可衡量|可量化|够?明确|够?具体|清晰)|难以(?:衡量|量化|考核)|无法(?:衡量|量化|考核|取得)"
    r"|(?:目标值|指标值|标准)(?:设置|设定)?(?:过|偏|较)[低高]|用百分[率比数]|不能(?:体现|反映)|应(?:当)?(?:设为|改为|调整为|归入|列入)"
)
_CUT = re.compile(r"[。；;\n]")


@rule(
    "WB501",
    title="问题里批评的指标，核对后原样保留",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H05",),
)
def criticised_and_kept(indicator: Indicator, facts: Facts, *, adjusted: Adjusted) -> Iterator[Problem]:
    """“问题与措施”里说某个指标设置不合理的，表3就应当调整它；不调整的，在指标解释里写明为什么。

    为什么：自己说不合理、又照旧跟踪，指标的实际数就没有意义，意见也落不了地。

    不对：说不合理，表3照旧
    目标申报表
    | 三级指标 | 指标目标值 |
    | 改善人居环境 | ≥90% |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 是否跟踪 |
    | 改善人居环境 | ≥90% | 原指标 | 考察人居环境改善情况。 | 是 |
    问题措施表
    | 问题 | 问题说明 | 措施 |
    | 指标不规范 | 社会效益指标“改善人居环境≥90%”是定性指标，用百分率作目标值，设置不合理。 | 规范指标 |

    对：表3改了
    目标申报表
    | 三级指标 | 指标目标值 |
    | 改善人居环境 | ≥90% |
    | 垃圾清运量 | ≥300吨 |
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 是否跟踪 |
    | 改善人居环境 | 达成 | 调整 | 改为分级评定。 | 是 |
    | 垃圾清运量 | ≥300吨 | 原指标 | 考察清运量。 | 是 |
    问题措施表
    | 问题 | 问题说明 | 措施 |
    | 指标不规范 | 社会效益指标“改善人居环境≥90%”是定性指标，用百分率作目标值，设置不合理；数量指标“垃圾清运量”完成较好。 | 规范指标 |
    """
    declared = indicator.declared
    if adjusted.change.strip() not in ("原指标", "") or not adjusted.is_tracked:
        return
    if declared is not None and normalise(declared.target.raw) != normalise(adjusted.target.raw):
        return
    moved = "应" if declared is not None and declared.level2.strip() != adjusted.level2.strip() else ""
    name = indicator_key(indicator.name)
    if len(name) < 4 or re.search("不(?:作|予)?调整|保留", adjusted.explanation):
        return
    for sentence, key in _sentences(facts).get(name[:2], ()):
        if name in key or name in sentence:
            match = _CRITICISM.search(sentence)
            if match is None or (moved and match[0].startswith(moved)):
                continue
            yield Problem(
                "change",
                f"问题里说“{indicator.name}”“{match[0]}”，表3仍是“{adjusted.change.strip() or '未改'}”，"
                f"目标值还是“{adjusted.target.raw.strip()}”。",
                "照问题里说的改名称、目标值或类别，调整类型选“调整”；不能改的，在指标解释里写明原因。",
                of=adjusted,
                values={"问题": match[0], "表3": adjusted.target.raw.strip()},
            )
            return


@once_per_project
def _sentences(facts: Facts) -> dict[str, list[tuple[str, str]]]:
    """问题里的各句和它对名称用的写法，按里面相邻的两个字。"""
    sentences: dict[str, list[tuple[str, str]]] = {}
    for problem in facts.monitoring.problems:
        for sentence in _CUT.split(problem.text):
            key = indicator_key(sentence)
            for pair in {both[i : i + 2] for both in (sentence, key) for i in range(len(both) - 1)}:
                sentences.setdefault(pair, []).append((sentence, key))
    return sentences

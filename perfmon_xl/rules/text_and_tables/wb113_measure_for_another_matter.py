"""WB113: a measure that only repeats its problem, or treats another matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from perfmon_xl.domain import model
from perfmon_xl.domain.prose import pieces
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import indicator_by_name
from perfmon_xl.rules.facts import Facts, once_per_project

_GENERIC = re.compile(
    r"加强|加快|进一步|严格|完善|落实|推进|提高|建议|单位|项目|管理|工作|及时|资金|绩效|目标|指标|进度|问题|措施|强化|增强|制度|监督|责任|"
    r"按照|要求|相关|有关|部门|实施|开展|组织|确保|力度|不够|不足|滞后|较慢|缓慢|没有|尚未|部分|原因|影响|完成|情况|计划|截至|监控|阶段|年度|全年|月底|"
    r"[\d年月日至到，。；：、（）“”%]"
)
_SHORTEST = 4
_MOST = 50


@rule("WB113", title="措施没有对着问题", severity=Severity.WARNING, basis="表内勾稽", covers=("H04",))
def measure_for_another_matter(problem: model.ProblemEntry, facts: Facts) -> Iterator[Problem]:
    """措施要对着它的问题：不能把问题抄一遍当措施，也不能说另一件事。

    为什么：问题写场地、措施写宣传，问题就没有人解决。说的是不是一件事机器看字面，措施里一个字也没有提到问题的事、
    又提到别的问题的，报警告；只是看不出的，报无法判断。

    不对：措施就是问题的原话
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 选址进度慢 | 两处场地没有落实。 | 选址 | 两处场地没有落实。 |

    不对：两条写反了
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 场地没有落实 | 两处书屋场地没有落实。 | 消防检查 | 联系消防机构对书库作消防检测。 |
    | 消防检测没有做 | 书库消防检测没有做。 | 落实场地 | 与街道协商腾退书屋场地。 |

    对：对着问题
    问题措施表
    | 问题 | 问题说明 | 措施 | 措施说明 |
    | 场地没有落实 | 两处书屋场地没有落实。 | 落实场地 | 与街道协商，10月底前腾退场地。 |
    """
    if problem.is_draft:
        return
    asked, done = f"{problem.title}{problem.text}", f"{problem.measure_title}{problem.measure}"
    if not done.strip() or not asked.strip():
        return
    field = "measure" if problem.measure.strip() else "measure_title"
    bare = re.sub(r"[\s，。；：、]", "", problem.measure)
    if len(bare) >= _SHORTEST and bare in re.sub(r"[\s，。；：、]", "", asked):
        yield Problem(
            "measure",
            f"措施“{problem.measure.strip()[:20]}”把问题又写了一遍，不是措施。",
            "写谁做什么、什么时候做完。",
            values={"问题": asked.strip()[:30], "措施": problem.measure.strip()[:30]},
        )
        return
    project = facts.monitoring.project
    common = pieces(
        project.name + project.unit + project.department
    )  # “放映”: in every sentence of this report
    matter, means = pieces(_GENERIC.sub(" ", asked)) - common, pieces(_GENERIC.sub(" ", done)) - common
    if not matter or not means or pieces(asked) & means or matter & pieces(done):
        return
    if any(words.search(asked) and words.search(done) for words in (_PAYING, _TIMELY)):
        return  # spending that is slow, paying faster: one matter in other words
    if problem.place.in_report and _answered_elsewhere(facts, problem, matter):
        return  # a report lists problems and measures apart: the order need not be the same
    other = next((p for p in _candidates(facts, means) if p is not problem), None)
    title = problem.title.strip() or problem.text.strip()[:16]
    indicator = indicator_by_name(facts).spoken_of(done)
    if indicator is not None and pieces(indicator.name) & matter:
        indicator = None
    if problem.place.in_report and other is None and indicator is None and "原因" in asked:
        return  # the measure may answer the cause that is given, in words of its own
    say = Problem if other is not None or indicator is not None else unsure
    say_more = f"，像是对着“{other.title.strip()}”的" if other is not None else ""
    named_as = (problem.measure_title.strip() or problem.measure.strip())[:20]
    yield say(
        field,
        f"问题“{title}”没有对应的措施：排在同一条的“{named_as}”没有提到这件事{say_more}。"
        if problem.place.in_report
        else f"问题“{title}”的措施“{named_as}”没有提到这件事，措施对不上问题{say_more}。",
        "换成解决这个问题的措施；本来就是的，写明怎么解决。",
        values={"问题": asked.strip()[:30], "措施": done.strip()[:30]},
    )


_PAYING = re.compile("支出|支付|拨付|付款|用款|执行率|到位|结算|结余|预算")
_TIMELY = re.compile("按时|按期|及时|逾期|超期|时间|时限|期限|周期|工期")
_ANSWERED = 2  # 相邻两个字相同的，至少几处


def _answered_elsewhere(facts: Facts, problem: model.ProblemEntry, matter: frozenset[str]) -> bool:
    """报告里另一条措施讲的是这个问题。"""
    return any(
        len(matter & pieces(_GENERIC.sub(" ", p.measure_title + p.measure))) >= _ANSWERED
        for p in facts.monitoring.problems[:_MOST]
        if p is not problem
    )


@once_per_project
def _matters(facts: Facts) -> dict[str, list[model.ProblemEntry]]:
    """各个问题，按讲的事里相邻的两个字。"""
    matters: dict[str, list[model.ProblemEntry]] = {}
    for problem in facts.monitoring.problems:
        for piece in pieces(_GENERIC.sub(" ", problem.title + problem.text)):
            matters.setdefault(piece, []).append(problem)
    return matters


def _candidates(facts: Facts, means: frozenset[str]) -> Iterator[model.ProblemEntry]:
    """措施里说到的、有两处以上字相同的问题。"""
    seen: Counter[int] = Counter()
    for piece in sorted(means):
        for problem_entry in _matters(facts).get(piece, ())[:_MOST]:
            seen[id(problem_entry)] += 1
            if seen[id(problem_entry)] == 2:
                yield problem_entry

"""WB522: the state of an item of progress and its own words say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.model import Progress
from perfmon_xl.domain.wording import PROGRESS_STATE
from perfmon_xl.rules import Problem, Severity, rule, unsure

_VERB = r"(?:完成|完工|竣工|到货|到位|交付|安装|投用|投入使用|启用|验收|上线|办结|发放|结束|建成|开工|实施|培训|整改)"
_ALL_DONE = re.compile(
    rf"(?:全部|均已|都已|全面|悉数)(?:按期|按时|如期|顺利|已|均){{0,3}}[^，,。；未没尚待]{{0,8}}?{_VERB}|(?:已|均|都){{1,3}}(?:全部|全面)[^，,。；未没尚待]{{0,8}}?{_VERB}"
    rf"|通过(?:了)?(?:竣工|最终|完工)验收|(?:已|均|都)(?:按期|按时|如期|顺利)?(?:完工|竣工|办结|投入使用|交付使用|建成投用)"
)
_OPEN = re.compile(
    r"(?:尚|还|仍)(?:未|没有|没|在|需|待|有|剩|差|缺)|未(?:全部|完全|能)?(?:完成|完工|竣工|开工|启动|开展|实施|验收|交付|到货|安装|投用|办理|签订|招标)"
    r"|没有(?:全部|完全)?(?:完成|完工|开工|启动|开展|验收|交付|到货|安装|投用)|正在|进行中|推进中|有待|待(?:验收|安装|调试|审批|交付|开工|建|定|签)|停工|暂停|缓建"
)
_REST = re.compile(
    r"(?:剩余|其余|余下|剩下|另有?|还有)[^，,。；]{0,24}(?:计划|预计|安排|拟|将|待|尚|未|没有|推迟|延至|继续)"
    r"|(?:计划|预计|安排在|拟于|拟|将于|推迟到|延至)[^，,。；]{0,16}(?:完成|完工|竣工|开工|启动|实施|验收|交付|到货|安装|投用|举办|开展|进行|拨付)"
)
_NEXT_YEARS = re.compile(r"明年|下一?年度|二期|质保期|结算|决算|审计|尾款")
_DONE_STATES = ("已完成", "完成", "已完工", "已办结")
_OPEN_STATES = ("尚未完成", "未完成", "未开始", "未开工", "未启动", "尚未开始")


@rule(
    "WB522",
    title="进展的状态与写的进展相反",
    severity=Severity.ERROR,
    basis="文表勾稽",
    covers=("H03",),
)
def state_against_text(progress: Progress, *, text: str, state: str) -> Iterator[Problem]:
    """进展里写“全部到货并投入使用”的，状态不会是尚未完成；写“尚未验收”“其余计划12月完工”的，状态不会是已完成。

    为什么：看板和问题都照状态走；状态与话相反，没有做完的看不见，做完的反而要写措施。

    不对：全部到货，状态是尚未完成
    进展表
    | 事项 | 进展情况 | 状态 |
    | 冷链设备 | 购置的12台冷链设备已全部到货并投入使用。 | 尚未完成 |

    不对：还有没做的，状态是已完成
    进展表
    | 事项 | 进展情况 | 状态 |
    | 泵站 | 6座泵站已完工4座，其余2座尚未开工。 | 已完成 |

    对：话和状态一样
    进展表
    | 事项 | 进展情况 | 状态 |
    | 冷链设备 | 购置的12台冷链设备已全部到货并投入使用。 | 已完成 |
    | 泵站 | 6座泵站已完工4座，其余2座尚未开工。 | 进行中 |
    | 培训 | 12期培训已全部办完，未发生安全事故。 | 已完成 |
    """
    state, clauses = state.strip(), re.split(r"[，,；;。\n]", text)
    undone = next((c for c in clauses if _is_open(c)), "")
    done = next((c for c in clauses if _ALL_DONE.search(c) and not _is_open(c)), "")
    if state in _OPEN_STATES and done and not undone and not re.search("除|外", text):
        yield _problem(done, state, "已经做完")
    elif state in _DONE_STATES and undone:
        yield _problem(undone, state, "还没有做完")
    elif state == "进行中" and done and not undone and len([c for c in clauses if c.strip()]) == 1:
        yield unsure(
            "state",
            f"写的是“{done.strip()}”，" + PROGRESS_STATE + "是“进行中”，看不出还有什么没有做。",
            "做完了的，把状态改成“已完成”；没有做完的，写明还差什么。",
        )


def _is_open(clause: str) -> bool:
    """这半句说还有没做完的。"""
    if _NEXT_YEARS.search(clause):
        return False
    return bool(_OPEN.search(clause) or _REST.search(clause)) and not re.search(
        r"未(?:发生|出现|发现|收到|造成)|没有(?:发生|出现)|(?:按照?|照|原|比|较|早于|先于)(?:原定)?计划",
        clause,
    )


def _problem(said: str, state: str, what: str) -> Problem:
    return Problem(
        "state",
        f"进展写的是“{said.strip()}”（{what}），" + PROGRESS_STATE + f"填的是“{state}”。",
        "核对做完没有，把状态和进展改成一致。",
        values={"进展": said.strip(), "状态": state},
    )

"""CL113: words meant for whoever fills in, left in what will be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

# the instructions that a form prints, in brackets or “请在此处填写”, are CL104's
_ASKS = re.compile(
    r"请根据[^，。；]{0,10}(?:填写|补充|核实)|(?<![（(【\[])请(?:补充|填写|填报)|(?<!在)此处(?:补充|填写)|(?<!请)在此(?:补充|填写)"
)
_MARKER = re.compile(r"【请补充[：:][^】]*】")
_WHERE = (Topic.FUND_NOTE, Topic.INDICATOR, Topic.OVERALL, Topic.CONCLUSION)


@rule("CL113", title="留给填写人的话没有去掉", severity=Severity.ERROR, basis="通行做法", covers=("A07",))
def left_for_the_writer(facts: Facts) -> Iterator[Problem]:
    """“请根据核查结果填写”是说给填写人听的，正式报告里不能有。

    为什么：合规、公平这些事表里没有数，程序起草不了，只能留话请人填；印进正式报告，等于说没有核查。

    不对：还没有填
    资金说明表
    | 事项 | 内容 |
    | 资金使用合规性 | 截至2024年7月31日，项目支出的审批手续和原始凭证，请根据核查结果填写。 |

    不对：程序留的记号，表里没有一格能填
    资金说明表
    | 事项 | 内容 | 草稿原文 |
    | 资金使用合规性 | 支出是否合规，以核查结果为准【请补充：抽查凭证份数】。 | 支出是否合规，以核查结果为准【请补充：抽查凭证份数】。 |

    对：还是草稿，缺的是一格没有填，由那一格说，正式报告里不印记号
    指标分析表
    | 事项 | 内容 | 草稿原文 |
    | 办理案件数 | 比应完成的少6件【请补充：原因】。 | 比应完成的少6件【请补充：原因】。 |

    不对：写的人给自己留的话
    综合分析表
    | 事项 | 内容 |
    | 公平性分析 | 项目受益对象……此处补充。 |

    对：写了核查结果
    资金说明表
    | 事项 | 内容 |
    | 资金使用合规性 | 抽查凭证20份，审批手续齐全，未发现挪用。 |

    对：请别人做的事，不是要人填写
    综合分析表
    | 事项 | 内容 |
    | 公平性分析 | 已提请村民代表核实受益名单，并补充公示。 |
    """
    for passage in facts.passages:
        if passage.topic not in _WHERE:
            continue
        match = _ASKS.search(passage.text) or _marker(passage)
        if match is not None:
            yield Problem(
                passage.field,
                f"“{passage.subject.strip()}”这一段还写着“{match[0]}”。",
                "查实以后写上结果；查不到的，写明没有查到什么；项目不涉及的，写明不涉及。",
                at=passage.origin,
                values={"事项": passage.subject.strip(), "文字": match[0]},
            )


def _marker(passage: Passage) -> re.Match[str] | None:
    """留的记号；草稿里缺的是一格没有填的，由那一格的规则说，不在这里再说一遍。"""
    match = _MARKER.search(passage.text)
    if match is None or not getattr(passage.record, "is_draft", False):
        return match
    by_person = passage.topic is Topic.OVERALL or "合规" in passage.subject
    return match if by_person else None

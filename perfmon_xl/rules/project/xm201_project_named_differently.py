"""XM201: the project under another name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from perfmon_xl.domain.text_keys import project_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_NAMED = re.compile(r"(?:(?:19|20)\d{2}年(?:度)?)?[“\"]?([\u4e00-\u9fffA-Za-z0-9（）()]{4,40}?)[”\"]?项目")
_BEFORE_A_NAME = re.compile(r"\d月|\d日|年底|月底|对|关于|围绕|针对|按照|根据")
_YEAR = re.compile(r"(?:19|20)\d{2}年(?:度)?")
_ALIKE = 0.7


@rule(
    "XM201",
    title="项目名称前后不一样",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("A04",),
)
def project_named_differently(facts: Facts) -> Iterator[Problem]:
    """文字里的项目名称与“项目名称”一致；省去年份、单位的简称可以，换了字的不可以。

    为什么：“运转经费”和“运行经费”是两个项目；名称换一个字，读者分不清说的是哪一个。

    不对：运转经费写成运行经费
    项目名称：2024年中小学运转经费项目
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 2024年中小学运行经费项目预算安排60万元。 |

    不对：封面名称换了字
    项目名称：2024年中小学运转经费项目
    封面项目名称：2024年中小学运作经费项目

    对：前面带着别的话，省去县名
    项目名称：云阳县农村学生校车运营补贴项目
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 受县财政局委托，2025年11月对农村学生校车运营补贴项目开展监控。 |

    对：年份写在中间，前面是谁实施的
    项目名称：永泉市2025年快递进村服务补贴项目
    结论表
    | 事项 | 内容 |
    | 总体结论 | 永泉市2025年快递进村服务补贴项目进展正常，邮政业发展中心实施的快递进村服务补贴项目已验收。 |

    对：省去年份和单位
    项目名称：2024年县教育局中小学运转经费项目
    资金说明表
    | 事项 | 内容 |
    | 资金投入情况 | 中小学运转经费项目预算安排60万元。 |
    """
    project = facts.monitoring.project
    core = project_key(project.name)
    if len(core) < 4:
        return
    seen: set[str] = set()
    places = [(p.origin, p.field, p.text) for p in facts.passages if p.field != "name" and "项目" in p.text]
    places.append((project.place.at("cover_name"), "cover_name", project.cover_name))
    for origin, field, text in places:
        for match in _NAMED.finditer(text):
            called = _YEAR.sub("", _BEFORE_A_NAME.split(match[1])[-1])
            other = _tail(called, core)
            if other in seen or core in match[1] or core.endswith((called, called.rpartition("的")[2])):
                continue
            if len(other) != len(core) or SequenceMatcher(None, core, other).ratio() < _ALIKE:
                continue
            seen.add(other)
            yield Problem(
                field,
                f"这里叫“{other}项目”，项目名称是“{project.name.strip()}”。",
                "改成同一个名称；确实是另一个项目的，写明与本项目的关系。",
                at=origin,
                values={"文字": f"{other}项目", "项目名称": project.name.strip()},
            )


def _tail(words: str, core: str) -> str:
    """与名称一样长的后半截：前面可能带着别的话。"""
    return words[-len(core) :]

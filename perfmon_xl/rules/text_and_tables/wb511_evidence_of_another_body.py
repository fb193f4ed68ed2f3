"""WB511: the indicator measures one kind of body, its paragraph tells of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import indicator_key
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts

_BODIES = [
    "工作站",
    "服务站",
    "工作室",
    "中心",
    "卫生院",
    "卫生室",
    "医院",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "敬老院",
    "养老院",
    "派出所",
    "图书馆",
    "文化馆",
    "博物馆",
    "体育馆",
    "文化站",
    "企业",
    "合作社",
    "水库",
    "水厂",
    "泵站",
    "灌区",
    "园区",
    "景区",
]
_ANY = re.compile("|".join(sorted(_BODIES, key=len, reverse=True)))
_MOSTLY = 0.6


@rule(
    "WB511",
    title="说的不是指标要考核的对象",
    severity=Severity.WARNING,
    basis="文表勾稽",
    covers=("H07", "E07"),
)
def evidence_of_another_body(indicator: Indicator, facts: Facts) -> Iterator[Problem]:
    """考核“工作站”的指标，分析里要讲工作站做得怎样；通篇讲“中心”的，说明不了。

    把指标名称又说一遍的那半句不算。同一件事换了叫法也可能，所以报“无法判断”。

    为什么：用甲的成绩证明乙，指标到底完成没有，读者看不出来。

    不对：考核卫生院，讲的是中心
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 乡镇卫生院标准化水平提升 | 较好 | 较好 |
    指标分析表
    | 事项 | 内容 |
    | 乡镇卫生院标准化水平提升 | 县疾控中心已完成升级改造，制度上墙、秩序井然，有效提升乡镇卫生院标准化水平。 |

    对：讲的是卫生院
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 实际完成的绩效目标值 |
    | 乡镇卫生院标准化水平提升 | 较好 | 较好 |
    指标分析表
    | 事项 | 内容 |
    | 乡镇卫生院标准化水平提升 | 县疾控中心派人指导，6家卫生院完成改造，5家通过验收。 |
    """
    paragraph = indicator.paragraph
    if indicator.compared is None or paragraph is None or paragraph.is_draft:
        return
    name = indicator_key(indicator.name)
    wanted = _ANY.search(name)
    clauses = re.split(r"[，。；：、\n]", paragraph.text)
    rest = "，".join(c for c in clauses if not _restates(c, name))
    if wanted is None or wanted[0] in rest:
        return
    others = [b for b in dict.fromkeys(_ANY.findall(rest)) if b not in name and b not in wanted[0]]
    if len(others) == 1:
        yield unsure(
            "text",
            f"“{indicator.name}”考核的是{wanted[0]}，分析里讲的是{others[0]}，看不出{wanted[0]}做得怎样。",
            f"写明{wanted[0]}有几个、达到要求的几个；{others[0]}的情况另写。",
            of=paragraph,
            values={"考核": wanted[0], "分析": others[0]},
        )


def _restates(clause: str, name: str) -> bool:
    own = pieces(clause)
    return bool(own) and len(own & pieces(name)) / len(own) >= _MOSTLY

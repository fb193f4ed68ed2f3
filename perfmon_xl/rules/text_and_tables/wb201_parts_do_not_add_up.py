"""WB201: a total and the parts named after “其中” that give another sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfmon_xl.domain.amount import plain
from perfmon_xl.domain.prose import Mention, breakdowns
from perfmon_xl.ledger.relations import Relation
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.claims import problems
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.mentions import without_names


@rule(
    "WB201",
    title="“其中”各部分加起来不等于合计",
    severity=Severity.ERROR,
    basis="文内勾稽",
    covers=("B01", "B16"),
)
def parts_do_not_add_up(facts: Facts) -> Iterator[Problem]:
    """“共120件，其中：甲60件、乙40件、丙20件”，各部分之和应当等于合计。

    为什么：加不起来，合计和分项至少有一个错；只举几项的，要让读者看得出没有举全。

    不对：三项加起来是110，多于合计
    进展表
    | 事项 | 进展情况 |
    | 设备更新 | 共更新设备100台，其中：县级50台、乡镇40台、村级20台。 |

    不对：加起来少5人，是没列全还是写错了，看不出来
    进展表
    | 事项 | 进展情况 |
    | 教师培训 | 共培训教师60人，其中：小学30人、初中25人。 |

    不对：按残疾的种类分，加起来多30人次
    进展表
    | 事项 | 进展情况 |
    | 器具培训 | 培训1,000人次，其中视力残疾320人次、肢体残疾530人次、听力残疾180人次。 |

    对：一人可以占两项
    进展表
    | 事项 | 进展情况 |
    | 教师培训 | 培训教师60人，其中女教师40人、党员30人。 |

    对：加得起来
    进展表
    | 事项 | 进展情况 |
    | 设备更新 | 共更新设备100台，其中：县级50台、乡镇30台、村级20台，惠及群众2000人。 |

    对：只举一项；按不同口径各举一项
    进展表
    | 事项 | 进展情况 |
    | 教师培训 | 共培训教师60人，其中小学30人；评出优秀学员10人，其中女性8人、党员6人。 |
    """
    found = list(problems(facts, Relation.PARTS, hint="核对合计和各分项；没有列全的，加上“其余”或“等”。"))
    told = {(p.at, p.values.get("合计", "")) for p in found}
    for passage in facts.passages:
        for breakdown in breakdowns(without_names(passage.text, facts)):
            if (passage.origin, breakdown.whole.text) in told:
                continue
            if (
                len(breakdown.parts) < 2
                or breakdown.whole.approximation
                or any(p.approximation for p in breakdown.parts)
            ):
                continue
            total, parts, unit = breakdown.whole.number, breakdown.sum, breakdown.whole.unit
            slack = sum(_rounding(m) for m in (breakdown.whole, *breakdown.parts))
            listed = "＋".join(p.text for p in breakdown.parts)
            values = {"合计": breakdown.whole.text, "分项之和": f"{plain(parts)}{unit}"}
            if parts - total > slack and not _may_overlap(breakdown.parts):
                yield Problem(
                    passage.field,
                    f"合计“{breakdown.whole.text}”，其中 {listed} = {plain(parts)}{unit}，"
                    f"多 {plain(parts - total)}{unit}。",
                    "核对合计和各分项；分项有重复计算的，说明口径。",
                    at=passage.origin,
                    values=values,
                )
            elif total - parts > slack:
                yield unsure(
                    passage.field,
                    f"合计“{breakdown.whole.text}”，其中 {listed} = {plain(parts)}{unit}，"
                    f"少 {plain(total - parts)}{unit}；是没有列全，还是写错了？",
                    "列全的改数；没有列全的，加上“其余”或“等”。",
                    at=passage.origin,
                    values=values,
                )
    yield from found


def _rounding(mention: Mention) -> Decimal:
    """写出来的数最多差多少：整件、整人没有误差，写到0.1万元的差0.05万元。"""
    return Decimal(0) if mention.step == 1 else mention.step / 2


_OVERLAPPING = re.compile("同时|重复|交叉|兼|分别")
_OF_SOME = ("女", "党员", "脱贫", "残疾", "少数民族", "高级", "优秀", "本科", "硕士", "不满", "低保")


def _may_overlap(parts: Sequence[Mention]) -> bool:
    """一个人可以既是女性又是党员：这样的分项加起来多于合计不算错。

    各项都写着的词（视力残疾、肢体残疾、听力残疾）、有男有女的，是分类，不重叠。
    """
    if _OVERLAPPING.search(parts[0].sentence):
        return True
    labels = [part.lead for part in parts]
    sexes = any("男" in label for label in labels)
    return any(
        any(word in label for label in labels) and not all(word in label for label in labels)
        for word in _OF_SOME
        if not (word == "女" and sexes)
    )

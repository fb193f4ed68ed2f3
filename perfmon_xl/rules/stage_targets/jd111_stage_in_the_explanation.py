"""JD111: the explanation of an indicator gives another stage value than table 4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.indicators import Indicator
from perfmon_xl.domain.model import Adjusted, Compared
from perfmon_xl.ledger.quantity import of_value
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.ledger.relations import comparable
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.claims import units_of, year_of
from perfmon_xl.rules.facts import Facts

_STAGE = re.compile(
    r"阶段性?(?:目标|应完成)?(?:值|数)?|本期(?:目标|应完成)值?|监控期(?:目标|应完成)?值?|截[至止]\uf000?[^，。；]{0,10}?应(?:完成|达到)|序时(?:目标|应完成)"
)
_SIGN = re.compile("[\ue000-\uf7ff]")
_OTHER = re.compile(r"少|差|低|高|多|超|每|比|÷|×")


@rule(
    "JD111",
    title="指标解释里的阶段值与表4不一样",
    severity=Severity.ERROR,
    basis="表间勾稽",
    covers=("D13",),
)
def stage_in_the_explanation(
    indicator: Indicator, facts: Facts, *, adjusted: Adjusted, compared: Compared
) -> Iterator[Problem]:
    """表3的指标解释里写了阶段值是多少的，应当就是表4的本阶段应完成值。

    为什么：阶段值怎么来的写在解释里，表4照着填；两处不一样，拿哪个比就说不清。

    不对：解释里是14000卷
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 跟踪目标值 | 是否跟踪 |
    | 整理档案卷数 | ≥24000卷 | 原指标 | 完成整理的卷数，阶段值取全年的一半，为14000卷。 | ≥12000卷 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 整理档案卷数 | ≥24000卷 | ≥12000卷 |

    对：一样
    分解目标调整表
    | 三级指标 | 指标目标值 | 调整类型 | 指标解释 | 跟踪目标值 | 是否跟踪 |
    | 整理档案卷数 | ≥24000卷 | 原指标 | 完成整理的卷数，阶段值取全年的一半，为12000卷。 | ≥12000卷 | 是 |
    目标对比表
    | 三级目标 | 项目完成时绩效目标值 | 本阶段应完成的绩效目标值 |
    | 整理档案卷数 | ≥24000卷 | ≥12000卷 |
    """
    stage = of_value(compared.stage, indicator.name)
    if stage is None or not adjusted.is_tracked:
        return
    annual = of_value(compared.annual, indicator.name)
    for sentence in sentences(adjusted.explanation, year_of(facts), units_of(facts)):
        said = _STAGE.search(sentence.skeleton)
        if said is None:
            continue
        numbers = [
            q
            for n, q in enumerate(sentence.quantities)
            if sentence.at[n] > said.end()
            and comparable(q, stage)
            and not _OTHER.search(_SIGN.sub("", sentence.before(n))[-4:])
        ]
        told = [q for q in numbers if annual is None or not q.agrees(annual)]
        if not told or any(q.agrees(stage) for q in numbers):
            continue
        yield Problem(
            "stage",
            f"表3“{indicator.name}”的指标解释里阶段值是 {told[-1].text}，表4本阶段应完成值是“{compared.stage.raw.strip()}”。",
            "照算阶段值的办法核对，两处改成一样。",
            of=compared,
            values={"指标解释": told[-1].plainly, "本阶段应完成": compared.stage.raw.strip()},
        )

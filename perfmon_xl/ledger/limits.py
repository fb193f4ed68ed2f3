"""A limit that the sentence names, and what is said to be within it: 核定编制62人，在职65人，控制在编制以内."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.ledger.reading import Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject

_NOUN = r"编制|限额|限价|控制价|控制数|控制线|上限|预算|定额|标准|指标|额度|核定数|批复数|计划数|合同价|合同额|最高限价|规模"
_WITHIN = re.compile(
    rf"(?:控制在|保持在|均?在|未超过|没有超过|不超过|未超出|没有超出|未突破|没有突破|低于|少于|不超)(?:了|核定|批复|规定|下达|合同|的)*(?P<noun>{_NOUN})(?:数|价|额|总额|范围)?(?P<in>以内|之内|范围内|内)?"
)
_BEYOND = re.compile(rf"(?:超过|超出|突破|高于|超)(?:了|核定|批复|规定|的)*(?P<noun>{_NOUN})")


def named_limits(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """话里先写了限额是多少、实际是多少，再说在限额以内（或者超过了限额）：两个数说了算。"""
    for pattern, within in ((_WITHIN, True), (_BEYOND, False)):
        for match in pattern.finditer(sentence.skeleton):
            if re.search(r"[未没不]$", sentence.skeleton[: match.start()]) and not within:
                continue
            if re.match(r"[^，,。]{0,2}[\ue000-\ue7ff]", sentence.skeleton[match.end() :]):
                continue  # the number of the limit follows: `comparing.directions` reads that
            limits = [
                n
                for n in range(len(sentence.quantities))
                if sentence.at[n] < match.start()
                and re.search(rf"{match['noun']}[^，,\ue000-\ue7ff]{{0,6}}$", sentence.before(n))
            ]
            if len(limits) != 1:
                continue
            limit = sentence.quantities[limits[0]]
            actual = [
                n
                for n in range(len(sentence.quantities))
                if sentence.at[n] < match.start()
                and n != limits[0]
                and sentence.quantities[n].kind == limit.kind
                and sentence.roles[n] is Role.ACTUAL
            ]
            if len(actual) != 1 or limit.about or sentence.quantities[actual[0]].about:
                continue
            own = sentence.quantities[actual[0]]
            if (own.low > limit.high) if within else (own.high < limit.low):
                yield Breach(
                    relation=Relation.DIRECTION,
                    quote=sentence.shown(max(0, match.start() - 24), match.end()),
                    fact=f"{own.text} {'大于' if within else '小于'} {limit.text}，不是“{match[0]}”",
                    values={match["noun"]: limit.plainly, "实际": own.plainly},
                )


__all__ = ["named_limits"]

"""Scores and the grade they are said to be: 84.60分 is 良, not 优."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject

_BANDS = (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(60)), ("差", Decimal(0)))
_SCORED = re.compile(
    rf"(?P<score>{Q})[^\ue000-\ue7ff。；]{{0,16}}?(?:等次|等级|级别|评级|评定|评价|结果|属于|评)(?:结果)?(?:评定|确定|定)?(?:为|是|属|：|:)?[“\"]?(?P<grade>优|良|中|差)(?!于|化|秀率|好率|先|势|期|央|心|等)"
)


def scores(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“自评得分84.60分，等次为优”：90分及以上为优，80至90为良，60至80为中，60以下为差。"""
    for match in _SCORED.finditer(sentence.skeleton):
        score = sentence.quantity(match["score"])
        n = ord(match["score"]) - 0xE000
        if score.unit != "分" or not re.search(
            r"得分|总分|评分|自评|综合|分值|得|评价|合计", sentence.before(n)
        ):
            continue
        right = next(name for name, least in _BANDS if score.number >= least or not least)
        if score.number <= 100 and right != match["grade"]:
            yield Breach(
                relation=Relation.DIRECTION,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{score.text} 是“{right}”，不是“{match['grade']}”",
                values={"得分": score.plainly, "等次": match["grade"]},
            )


__all__ = ["scores"]

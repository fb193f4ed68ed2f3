"""Amounts in sentences whose subject says whose they are: “中央资金到位60万元，支出30万元；县级资金……”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from perfmon_xl.domain.amount import plain as plain_number
from perfmon_xl.domain.amount import total
from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.importing.amounts import PrintedAmount, moneys
from perfmon_xl.importing.fund_sentences import Figure, ItemList, kind_before
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.vocabulary import is_source

_CHINESE = re.compile(
    r"(?<![一二两三四五六七八九十百千零〇])([一二两三四五六七八九十百千零〇]+)(?=(?:万|亿)?元)"
)
_VERB = r"(?:年初|全年|年度|调整后|预计|已|累计|实际|共|计划|均|各)*(?:的)?(?:预算|安排|下达|批复|到位|拨付|支出|支付|执行|使用|花费)"
_GOES_ON = re.compile(rf"^{_VERB}")
_SUBJECT = re.compile(rf"^[\s，、；和及与]*([\u4e00-\u9fff（）()]{{2,16}}?){_VERB}")
_SPENT_ITEM = re.compile(
    r"^[\s，、；和及与]*([\u4e00-\u9fff（）()]{2,16}?)(?:共|累计|已|实际)*(?:支出|花费|使用|支付)(?:资金|金额)?$"
)
_NOBODY = re.compile(
    r"^(?:项目|资金|财政|预算|专项|本项目|全年|年初|累计|实际|合计|其中|截至.*|各项|共|总|已|财政资金|项目资金|预算资金|专项资金|财政预算|县财政局|市财政局){1,8}$"
)


def in_digits(plain: str) -> str:
    """“预算一百二十万元” → “预算120万元”。

    >>> in_digits("预算一百二十万元，其中一期五万元")
    '预算120万元，其中一期5万元'
    """

    def shown(match: re.Match[str]) -> str:
        number = chinese_number(match[1])
        return plain_number(number) if number is not None else match[0]

    return _CHINESE.sub(shown, plain)


@dataclass(frozen=True, slots=True)
class _SubjectSentence:
    """一个数：谁的，哪一种钱，从第几字起（连同主语）。"""

    source: str
    kind: str
    money: PrintedAmount
    start: int


def several_subjects(paragraphs: Iterable[str]) -> bool:
    """各段里有几项来源各说各的：一段说一项的也算。"""
    return len({s.source for plain in paragraphs for s in _said(plain)}) > 1


def by_subject(plain: str, text: Text, sources: dict[str, dict[str, Figure]]) -> str:
    """各来源自己的话，记进 sources；返回剩下的话。全文只有一项来源这样说的，不用问（several_subjects）。"""
    said = list(_said(plain))
    for subject_sentence in reversed(said):
        plain = plain[: subject_sentence.start] + plain[subject_sentence.money.end :]
    for subject_sentence in said:
        sources.setdefault(subject_sentence.source, {}).setdefault(
            subject_sentence.kind, Figure(subject_sentence.money, text)
        )
    return plain


def _said(plain: str) -> Iterator[_SubjectSentence]:
    source, end = "", 0
    for money in moneys(plain):
        between = plain[end : money.start]
        if re.search(r"[。；]", between):
            source = ""
        clause = re.split(r"[。；，、]", between)[-1]
        start = money.start - len(clause)
        match = _SUBJECT.match(clause)
        kind = kind_before(clause)
        own = match is not None and is_source(match[1]) and not _NOBODY.match(match[1])
        if own and match is not None:
            source = match[1]
        elif re.search(r"合计|共|总", clause) or (match is not None and not _GOES_ON.match(clause)):
            source = ""
        if source and kind and (own or _GOES_ON.match(clause)):
            yield _SubjectSentence(source, kind, money, start)
        else:
            source = ""
        end = money.end


def items_by_subject(plain: str, text: Text) -> tuple[ItemList | None, str]:
    """“修路支出30万元，占60%；装灯支出20万元”：加起来正好是前面的支出数的，是支出明细；返回明细和剩下的话。"""
    every = list(moneys(plain))
    items: list[tuple[str, PrintedAmount, int]] = []
    end = 0
    for money in every:
        clause = re.split(r"[。；，、：（(]", plain[end : money.start])[-1]
        match = _SPENT_ITEM.match(clause)
        if match and not is_source(match[1]) and not _NOBODY.match(match[1]):
            items.append((match[1], money, money.start - len(clause)))
        end = money.end
    summed = total([m.amount for _, m, _ in items])
    heads = [m for m in every if all(m is not i[1] for i in items) and m.amount == summed]
    if len(items) < 2 or not heads:
        return None, plain
    for _, money, start in reversed(items):
        plain = plain[:start] + plain[money.end :]
    return ItemList("spent", Figure(heads[0], text), text, True, [(n, m, "") for n, m, _ in items]), plain

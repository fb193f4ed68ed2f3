"""Written sums: “22份＋18份＋10份＝50份”, “（500－470）÷500＝6%”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation

from perfmon_xl.ledger.quantity import Quantity
from perfmon_xl.ledger.reading import Q, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_OPERATORS = {"+": "+", "＋": "+", "加": "+", "加上": "+", "-": "-", "－": "-", "−": "-", "–": "-", "—": "-", "减": "-", "减去": "-",
    "×": "*", "x": "*", "X": "*", "*": "*", "＊": "*", "✕": "*", "╳": "*", "·": "*", "乘以": "*", "乘": "*",
    "÷": "/", "/": "/", "／": "/", "除以": "/", "(": "(", "（": "(", ")": ")", "）": ")",
}  # fmt: skip
_SIGN = re.compile("|".join(map(re.escape, sorted(_OPERATORS, key=len, reverse=True))))
_TERM = (
    rf"[(（]{{0,2}}{Q}[^\ue000-\uf7ff×xX＊*✕╳·÷/／+＋\-－−–—,，;；。、=＝()（）加减乘除]{{0,8}}[)）]{{0,2}}"
)
_WRITTEN = re.compile(
    rf"{_TERM}(?:(?:[+＋\-－−–—×xX*＊✕╳·÷/／]|加上?|减去?|乘以?|除以){_TERM}){{1,12}}"
    rf"(?P<equals>[=＝≈]|[，,]?(?:即|约|为|得|等于|结果为?|合计|共计?|是|平均|单位成本|单价|每[\u4e00-\u9fff]{{1,4}}))"
    rf"(?:[^\ue000-\uf7ff，,；;。+＋×÷]{{0,8}})(?P<c>{Q})"
)
_BRACKETED = re.compile(
    rf"(?P<c>{Q})[（(](?:即|＝|=)?(?P<a>{_TERM}(?:[+＋\-－−–—×xX*＊÷/／]{_TERM}){{1,12}})[)）]"
)
_TIMES_ALL = re.compile("[×xX*＊]100%?[)）]?$|[×xX*＊]1000‰?[)）]?$")
_A_RANGE = re.compile(rf"{Q}[\-–—]{Q}")
_SHARES = {"%": 100, "‰": 1000}


def formulas(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """写出来的算式，得数要对：加减乘除和括号都算；得数是百分数的按百分数比。"""
    if not _SIGN.search(sentence.skeleton):
        return
    for pattern in (_WRITTEN, _BRACKETED):
        for match in pattern.finditer(sentence.skeleton):
            result = sentence.quantity(match["c"])
            start = match.start() if pattern is _WRITTEN else match.start("a")
            end = match.start("equals") if pattern is _WRITTEN else match.end("a")
            written = sentence.skeleton[start:end]
            if _A_RANGE.search(written) and (pattern is _BRACKETED or match["equals"] not in "=＝≈"):
                continue  # “3—5天，为期……”
            value = _value(sentence, written, result)
            if value is None or result.about or _agrees(result, value, sentence):
                continue
            shown = sentence.shown(start, end)
            yield Breach(
                relation=_kind(written, result),
                quote=sentence.shown(match.start(), match.end()),
                fact=f"{shown} = {in_unit_of(value, result)}，写的是 {result.text}",
                values={"算出": in_unit_of(value, result), "写的": result.plainly},
            )


def _kind(written: str, result: Quantity) -> Relation:
    if result.unit in _SHARES:
        return Relation.SHARE
    signs = {_OPERATORS[s] for s in _SIGN.findall(written)} - {"(", ")"}
    return (
        Relation.PARTS if signs <= {"+"} else Relation.DIFFERENCE if signs <= {"+", "-"} else Relation.PRODUCT
    )


def _agrees(result: Quantity, value: Decimal, sentence: Sentence) -> bool:
    exponent = result.number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    half = max((result.high - result.low) / 2, Decimal(6).scaleb(-places - 1), abs(value) / 1000)
    return abs(value - result.number) <= half


def _value(sentence: Sentence, written: str, result: Quantity) -> Decimal | None:
    """算式的值，单位与得数的合得上才算；读不成算式的返回 None。"""
    share = result.unit in _SHARES
    if share:
        written = _plain_share(sentence, written)
    tokens, factors = _tokens(sentence, written)
    if tokens is None or len(factors) < 2 or any(q.about for q in factors):
        return None
    value = _Evaluation(tokens).value()
    units = {q.unit for q in factors if q.unit}
    money = [q for q in factors if q.unit == "元"]
    divides, times = "/" in tokens, "*" in tokens
    if share:
        if not divides or len(units) > 1 or "%" in units:
            return None
        return None if value is None else value * _SHARES[result.unit]
    if "%" in units or value is None:
        return None
    if not divides and not times and units and units != {result.unit}:
        return None  # apples and pears
    if result.unit == "元" and not money and units:
        return None
    if not units and result.unit and ("万" in result.text or (divides and len(factors) == 2)):
        return None  # in which unit the bare numbers are is not said; “3/4” is a share
    if divides and len(units) == 1 and not times and units != {result.unit} and len(factors) == 2:
        return None
    return value


def _plain_share(sentence: Sentence, written: str) -> str:
    """“182÷280×100%”：乘百分之百就是那个百分数。"""
    last = re.search(rf"[×xX*＊](?P<all>{Q})[)）]?$", written)
    if last is None:
        return written
    whole = sentence.quantity(last["all"])
    return written[: last.start()] if whole.number in (100, 1000) else written


def _tokens(sentence: Sentence, written: str) -> tuple[list[str | Decimal] | None, list[Quantity]]:
    tokens: list[str | Decimal] = []
    factors: list[Quantity] = []
    place = 0
    while place < len(written):
        if "\ue000" <= written[place] <= "\ue7ff":
            quantity = sentence.quantity(written[place])
            factors.append(quantity)
            tokens.append(quantity.number)
            place += 1
            if written[place : place + 1].isascii() and written[place : place + 1].isdigit():
                return None, factors
        elif sign := _SIGN.match(written, place):
            tokens.append(_OPERATORS[sign[0]])
            place = sign.end()
        else:
            place += 1  # a noun behind its number
    return tokens, factors


class _Evaluation:
    """先乘除后加减，括号里的先算。"""

    def __init__(self, tokens: list[str | Decimal]) -> None:
        self._tokens, self._at = tokens, 0

    def value(self) -> Decimal | None:
        try:
            result = self._sum()
        except (InvalidOperation, DivisionByZero, ZeroDivisionError, SyntaxError):
            return None
        return result if self._at == len(self._tokens) else None

    def _next(self) -> str | Decimal | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _sum(self) -> Decimal:
        total = self._product()
        while (sign := self._next()) in ("+", "-"):
            self._at += 1
            total = total + self._product() if sign == "+" else total - self._product()
        return total

    def _product(self) -> Decimal:
        total = self._term()
        while (sign := self._next()) in ("*", "/"):
            self._at += 1
            total = total * self._term() if sign == "*" else total / self._term()
        return total

    def _term(self) -> Decimal:
        token = self._next()
        self._at += 1
        if isinstance(token, Decimal):
            return token
        if token != "(":
            raise SyntaxError
        inside = self._sum()
        if self._next() != ")":
            raise SyntaxError
        self._at += 1
        return inside

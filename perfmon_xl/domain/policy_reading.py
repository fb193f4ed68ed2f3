"""From the plain data of a rule-set file to a RuleSet; every fault is named with its key and a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from perfmon_xl.domain.amount import plausible
from perfmon_xl.domain.category import category
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.policy import (
    ALL_CATEGORIES,
    DEFAULT_LIGHTS,
    Denominator,
    ExplainRules,
    FundMethod,
    FundRules,
    IndicatorMethod,
    IndicatorRules,
    Light,
    LightStyle,
    PaceBasis,
    RuleSet,
    VerdictRules,
)
from perfmon_xl.domain.target import normalise
from perfmon_xl.domain.text_keys import without_spaces

Word = TypeVar("Word", bound=StrEnum)


class PolicyError(UserError):
    """规则集文件写得不对：在哪个文件、哪一项、怎么改。"""


class _Section:
    """规则集文件的一节；取值时核对类型，取完后多出来的键就是写错的键。"""

    def __init__(self, data: object, place: str, name: str, keys: tuple[str, ...]) -> None:
        self.place = f"{place} 的 [{name}]" if name else place
        if not isinstance(data, Mapping):
            raise PolicyError(f"{self.place}：应当是一节，写成 [{name}]，下面一行一项。")
        self.data: Mapping[str, object] = {str(key): value for key, value in data.items()}
        for key in self.data:
            if key not in keys:
                raise PolicyError(f"{self.place}：不认识“{key}”这一项。{_nearest(key, keys)}")

    def fault(self, key: str, rule: str) -> PolicyError:
        return PolicyError(f"{self.place}：{key} {rule}，现在是 {self.data.get(key)!r}。")

    def section(self, key: str, keys: tuple[str, ...]) -> _Section:
        return _Section(self.data.get(key, {}), self.place, key, keys)

    def text(self, key: str, default: str = "") -> str:
        value = self.data.get(key, default)
        if not isinstance(value, str):
            raise self.fault(key, "应当是带引号的文字")
        return value.strip()

    def required(self, key: str) -> str:
        if not self.text(key):
            raise PolicyError(f"{self.place}：缺少 {key}，或者是空的。")
        return self.text(key)

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, "应当是 true 或 false")
        return value

    def number(self, key: str) -> Decimal | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.fault(key, "应当是数，不带引号和百分号")
        number = Decimal(value)
        if not number.is_finite() or number < 0:
            raise self.fault(key, "应当是不小于零的数")
        if not plausible(number):
            raise PolicyError(f"{self.place}：{key} 大得（或小得）不正常，请核对。")
        return number

    def percent(self, key: str) -> Decimal | None:
        number = self.number(key)
        return None if number is None else number / 100

    def words(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.fault(key, '应当是一组文字，如 ["红", "黄"]')
        words = tuple(without_spaces(word) for word in value)
        if any(not word or "、" in word for word in words):
            raise self.fault(key, "里的每个词不能是空的，也不能含顿号")
        return words

    def choice(self, key: str, kind: type[Word], default: Word) -> Word:
        return self._one(key, self.text(key, default.value), kind)

    def choices(self, key: str, kind: type[Word]) -> tuple[Word, ...]:
        return tuple(self._one(key, word, kind) for word in self.words(key))

    def _one(self, key: str, word: str, kind: type[Word]) -> Word:
        try:
            return kind(word)
        except ValueError:
            allowed = "、".join(member.value for member in kind)
            raise PolicyError(f"{self.place}：{key} 只能是 {allowed}，现在是“{word}”。") from None


def _nearest(key: str, keys: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
    return f"是不是“{close[0]}”？" if close else f"可以写的有：{'、'.join(keys)}。"


_TOP = (
    "code",
    "name",
    "date",
    "source",
    "basis",
    "note",
    "funds",
    "indicators",
    "explain",
    "verdict",
    "lights",
)
_FUNDS = ("denominator", "pace", "method", "red_below", "yellow_below", "monthly_floor", "floor_light")
_INDICATORS = ("method", "prorated", "red_below", "yellow_below", "blue_from", "reached", "partly", "missed")
_VERDICT = ("partly_above", "mostly_above")
_EXPLAIN = (
    "lights",
    "over_target_deviation",
    "over_equal",
    "over_ratio",
    "over_zero_target",
    "goal_funds_gap",
    "likelihood",
)


def rule_set_from(data: Mapping[str, object], place: str) -> RuleSet:
    """核对一份规则集的内容。place 是文件名，写在提示里；不对的地方抛出 PolicyError。"""
    top = _Section(data, place, "", _TOP)
    return RuleSet(
        code=top.required("code"),
        name=top.required("name"),
        date=top.text("date") or "未注明",
        source=top.required("source"),
        basis=top.text("basis"),
        note=top.text("note"),
        funds=_funds(top.section("funds", _FUNDS)),
        indicators=_indicators(top.section("indicators", _INDICATORS)),
        explain=_explain(top.section("explain", _EXPLAIN)),
        verdict=_verdict(top.section("verdict", _VERDICT)),
        lights=_lights(top),
    )


def _rising(section: _Section, *keys: str) -> list[Decimal]:
    """一组必填、从小到大的百分数门槛。"""
    numbers: list[Decimal] = []
    for key in keys:
        number = section.percent(key)
        if number is None:
            raise PolicyError(f"{section.place}：缺少 {key}（百分数，如 60）。")
        if numbers and number < numbers[-1]:
            raise section.fault(key, f"不应当小于 {keys[len(numbers) - 1]}")
        numbers.append(number)
    return numbers


def _funds(section: _Section) -> FundRules:
    method = section.choice("method", FundMethod, FundMethod.NONE)
    red: Decimal | None = None
    yellow: Decimal | None = None
    if method is FundMethod.PACE_RATIO:
        red, yellow = _rising(section, "red_below", "yellow_below")
    floors = _floors(section)
    if (method is FundMethod.MONTHLY_FLOOR) != bool(floors):
        raise PolicyError(
            f"{section.place}：method 写“{FundMethod.MONTHLY_FLOOR}”的，要有 [funds.monthly_floor]"
            "（一行一个月，如 6 = 40）；用别的办法的，不写这一节。"
        )
    return FundRules(
        denominator=section.choice("denominator", Denominator, Denominator.ADJUSTED),
        pace=section.choice("pace", PaceBasis, PaceBasis.MONTH),
        method=method,
        red_below=red,
        yellow_below=yellow,
        monthly_floor=floors,
        floor_light=section.choice("floor_light", Light, Light.YELLOW),
    )


def _floors(section: _Section) -> tuple[tuple[int, Decimal], ...]:
    months = section.section("monthly_floor", tuple(str(month) for month in range(1, 13)))
    found = ((int(key), months.percent(key)) for key in months.data)
    return tuple(sorted((month, rate) for month, rate in found if rate is not None))


def _prorated(section: _Section) -> tuple[str, ...] | None:
    if section.data.get("prorated", ALL_CATEGORIES) == ALL_CATEGORIES:
        return None
    names: list[str] = []
    for word in section.words("prorated"):
        known = category(word)
        if known is None:
            raise PolicyError(f"{section.place}：prorated 里的“{word}”不是二级指标的名称，如“数量指标”。")
        names.append(known.name)
    return tuple(names)


def _indicators(section: _Section) -> IndicatorRules:
    method = section.choice("method", IndicatorMethod, IndicatorMethod.NONE)
    limits: list[Decimal] | list[None] = [None, None, None]
    if method is not IndicatorMethod.NONE:
        limits = _rising(section, "red_below", "yellow_below", "blue_from")
    lists = {key: tuple(map(normalise, section.words(key))) for key in ("reached", "partly", "missed")}
    every = [word for words in lists.values() for word in words]
    twice = next((word for word in every if every.count(word) > 1), None)
    if twice is not None:
        raise PolicyError(
            f"{section.place}：“{twice}”在 reached、partly、missed 里出现了两次，只能属于一档。"
        )
    return IndicatorRules(
        method=method,
        prorated=_prorated(section),
        red_below=limits[0],
        yellow_below=limits[1],
        blue_from=limits[2],
        **lists,
    )


def _verdict(section: _Section) -> VerdictRules:
    default = VerdictRules()
    partly, mostly = section.percent("partly_above"), section.percent("mostly_above")
    return VerdictRules(
        partly_above=default.partly_above if partly is None else partly,
        mostly_above=default.mostly_above if mostly is None else mostly,
    )


def _explain(section: _Section) -> ExplainRules:
    return ExplainRules(
        lights=section.choices("lights", Light),
        over_target_deviation=section.percent("over_target_deviation"),
        over_equal=section.flag("over_equal"),
        over_ratio=section.percent("over_ratio"),
        over_zero_target=section.number("over_zero_target"),
        goal_funds_gap=section.percent("goal_funds_gap"),
        likelihood=section.words("likelihood"),
    )


def _lights(top: _Section) -> tuple[tuple[Light, LightStyle], ...]:
    given = top.section("lights", tuple(light.value for light in Light))
    return tuple((light, _style(given, light, style)) for light, style in DEFAULT_LIGHTS)


def _style(given: _Section, light: Light, default: LightStyle) -> LightStyle:
    section = given.section(light.value, ("name", "colour"))
    return LightStyle(name=section.text("name", default.name), recoloured=bool(section.text("colour", "")))

"""规则集：随程序的几套读得进、取值与来源一致；写错的说得清哪一项、怎么改。"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfmon_xl import app, policy
from perfmon_xl.cli import main
from perfmon_xl.domain.policy import FundMethod, Light, RuleSet
from perfmon_xl.domain.policy_reading import PolicyError, rule_set_from
from perfmon_xl.layout.parameters import PARAMETERS
from perfmon_xl.system.resources import policy_folder

NAMES = ("平台通用", "山西", "河北", "广西", "宁夏", "天津", "合肥", "四川2025")


def minimal(**changes: object) -> dict[str, object]:
    return {"code": "own", "name": "本市", "source": "本市文件", **changes}


def by_ratio(red: object, yellow: object) -> dict[str, object]:
    return {"method": "执行进度比", "red_below": red, "yellow_below": yellow}


def test_every_rule_set_is_there_and_the_default_comes_first() -> None:
    assert set(NAMES) <= set(policy.load_all())
    assert next(iter(policy.load_all())) == policy.DEFAULT
    assert policy.get("  ") is policy.get("通用")


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_set_says_where_it_comes_from(name: str) -> None:
    rules = policy.get(name)
    assert rules.source and rules.date and rules.note and rules.code.isascii()


def test_platform_default() -> None:
    rules = policy.get("平台通用")
    assert (rules.funds.red_below, rules.funds.yellow_below) == (Decimal("0.6"), Decimal("0.8"))
    indicators = rules.indicators
    assert (indicators.red_below, indicators.yellow_below, indicators.blue_from) == (
        Decimal("0.6"),
        Decimal("0.8"),
        Decimal("1.2"),
    )
    assert rules.explain.lights == (Light.RED, Light.YELLOW)


def test_what_places_demand() -> None:
    assert policy.get("河北").explain.over_target_deviation == Decimal("0.15")
    assert policy.get("河北").explain.over_equal
    assert policy.get("广西").explain.over_ratio == Decimal("1.3")
    assert policy.get("广西").explain.over_zero_target == 30
    assert policy.get("宁夏").explain.lights == (Light.RED,)
    assert policy.get("天津").explain.likelihood == ("有可能", "完全不可能")
    assert policy.get("合肥").funds.method is FundMethod.PLAN_GOAL
    assert policy.get("四川2025").explain.goal_funds_gap == Decimal("0.1")
    assert "质量指标" not in (policy.get("山西").indicators.prorated or ())


@pytest.mark.parametrize(
    ("month", "floor"),
    [(3, None), (4, "0.25"), (5, "0.25"), (6, "0.4"), (8, "0.6"), (9, "0.6"), (10, "0.8"), (12, "0.8")],
)
def test_a_month_without_a_floor_takes_the_latest(month: int, floor: str | None) -> None:
    assert policy.get("四川2025").funds.floor(month) == (None if floor is None else Decimal(floor))


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("达成", "达成"),
        (" 已 完成", "达成"),
        ("部分达成", "部分达成"),
        ("未达成", "未达成"),
        ("提升", ""),
        ("", ""),
        ("达成、已达成", ""),
    ],
)
def test_words_outside_the_list_are_not_graded(text: str, grade: str) -> None:
    assert policy.get().indicators.grade(text) == grade


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"code": "x", "source": "y"}, "缺少 name"),
        (minimal(fund={}), "是不是“funds”？"),
        (minimal(funds={"methd": "月度底线"}), "[funds]：不认识“methd”这一项。是不是“method”？"),
        (minimal(funds={"method": "按季"}), "method 只能是 执行进度比、月度底线、支出与目标、不预警"),
        (minimal(funds={"method": "执行进度比", "red_below": 60}), "缺少 yellow_below"),
        (minimal(funds=by_ratio(80, 60)), "不应当小于 red_below"),
        (minimal(funds=by_ratio("60%", 80)), "不带引号和百分号"),
        (minimal(funds={"method": "月度底线"}), "[funds.monthly_floor]"),
        (minimal(funds={"method": "月度底线", "monthly_floor": {"13": 80}}), "不认识“13”"),
        (minimal(indicators={"prorated": ["数量", "数目"]}), "“数目”不是二级指标的名称"),
        (minimal(indicators={"reached": ["完成"], "missed": ["完成"]}), "“完成”在 reached、partly、missed"),
        (minimal(indicators={"reached": ["好、较好"]}), "不能含顿号"),
        (minimal(explain={"lights": ["橙"]}), "lights 只能是 蓝、绿、黄、红"),
        (minimal(explain={"over_ratio": -1}), "不小于零"),
        (minimal(funds=3), "应当是一节"),
        (minimal(name=3), "带引号的文字"),
    ],
)
def test_a_wrong_file_is_told_what_to_change(data: dict[str, object], says: str) -> None:
    with pytest.raises(PolicyError, match=r"本市\.toml") as caught:
        rule_set_from(data, "本市.toml")
    assert says in str(caught.value)


def test_a_users_own_rule_set_joins_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲市.toml").write_text(
        'code = "own"\nname = "甲市"\nsource = "甲市文件"\n'
        '[funds]\nmethod = "执行进度比"\nred_below = 50.5\nyellow_below = 75\n',
        encoding="utf-8",
    )
    before = set(policy.load_all())
    monkeypatch.setenv("PERFMON_XL_RULE_SETS", str(tmp_path))
    assert policy.get("甲市").funds.red_below == Decimal("0.505")
    assert set(policy.load_all()) == {*before, "甲市"} != before


def test_an_unreadable_file_and_an_unknown_name_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "坏.toml"
    broken.write_text("code = ", encoding="utf-8")
    with pytest.raises(PolicyError, match="不合 TOML 的写法"):
        policy.load(broken)
    with pytest.raises(PolicyError, match="找不到文件"):
        policy.load(tmp_path / "没有.toml")
    with pytest.raises(PolicyError, match="没有叫“火星”的规则集"):
        policy.get("火星")


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_a_value_under_every_rule_set(name: str) -> None:
    values = {parameter.name: parameter.value(policy.get(name)) for parameter in PARAMETERS}
    assert len(values) == len(PARAMETERS)
    assert all(isinstance(value, str | Decimal) for value in values.values())
    assert values["参数_规则集名称"] == name


def test_a_users_own_rule_set_serves_a_whole_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (policy_folder() / "platform.toml").read_text(encoding="utf-8")
    own = own.replace('code = "platform"', 'code = "city"').replace('name = "平台通用"', 'name = "本市"')
    folder = tmp_path / "规则 集"
    folder.mkdir()
    (folder / "city.toml").write_text(own.replace("red_below = 60", "red_below = 50"), encoding="utf-8")
    monkeypatch.setenv("PERFMON_XL_RULE_SETS", str(folder))
    book, data = tmp_path / "新.xlsx", tmp_path / "数据.json"
    data.write_text('{"project": {"rule_set": "本市"}}', encoding="utf-8")
    app.new(book, data)
    assert app.check(book).rule_set.name == "本市"


def test_a_broken_rule_set_of_the_users_own_says_which_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "city.toml").write_text('code = "city"\nname = 3\n', encoding="utf-8")
    monkeypatch.setenv("PERFMON_XL_RULE_SETS", str(tmp_path))
    assert main(["new", str(tmp_path / "新.xlsx")]) == 2
    assert "city.toml" in capsys.readouterr().err
    assert not (tmp_path / "新.xlsx").exists()


def _given(**sections: object) -> RuleSet:
    return rule_set_from(minimal(**sections), "试行.toml")


def test_thresholds_may_be_equal_and_a_limit_may_be_zero() -> None:
    rules = _given(
        funds={"method": "执行进度比", "red_below": 60, "yellow_below": 60}, explain={"over_zero_target": 0}
    )
    assert rules.funds.red_below == rules.funds.yellow_below == Decimal("0.6")
    assert rules.explain.over_zero_target == 0


def test_a_date_that_is_not_given_is_said_so() -> None:
    assert (_given().date, _given(date="2024-05").date) == ("未注明", "2024-05")


@pytest.mark.parametrize("words", ["红", ["红", 1]])
def test_a_list_is_a_list_of_words(words: object) -> None:
    with pytest.raises(PolicyError, match="应当是一组文字"):
        _given(explain={"lights": words})


def test_a_colour_is_taken_and_not_used_and_said() -> None:
    made = rule_set_from(
        minimal(lights={"红": {"name": "红牌", "colour": "FF0000"}, "绿": {"colour": "随便"}}), "本市.toml"
    )
    assert made.styles[Light.RED].name == "红牌"
    assert "红、绿灯的颜色，没有用" in made.recoloured
    assert rule_set_from(minimal(lights={"红": {"name": "红牌"}}), "本市.toml").recoloured == ""


def test_fill_says_once_that_a_colour_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "本市.toml").write_text(
        'code = "own"\nname = "本市"\nsource = "本市文件"\n[lights."红"]\ncolour = "FF0000"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("PERFMON_XL_RULE_SETS", str(tmp_path))
    book = tmp_path / "项目.xlsx"
    (tmp_path / "数据.json").write_text(
        '{"project": {"name": "道路养护", "rule_set": "本市"}}', encoding="utf-8"
    )
    app.new(book, tmp_path / "数据.json")
    assert sum("灯的颜色，没有用" in str(note) for note in app.fill(book).notes) == 1

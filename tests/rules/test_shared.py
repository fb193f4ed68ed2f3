"""What the rules of a family share, at its boundaries: values compared, units, sentences, one indicator over the tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.drawn import facts

from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.indicators import Indicator, indicators_of
from perfmon_xl.domain.model import Adjusted, Compared, Declared, Monitoring, Paragraph
from perfmon_xl.domain.prose import mentions
from perfmon_xl.domain.target import read_target
from perfmon_xl.domain.text_keys import bare_name
from perfmon_xl.rules.shared.bounded import cannot_exceed
from perfmon_xl.rules.shared.comparing import display, equal, opposite, pair
from perfmon_xl.rules.shared.mentions import about
from perfmon_xl.rules.shared.money import claim, rounds_to
from perfmon_xl.rules.shared.rows import all_rows, once
from perfmon_xl.rules.shared.sentences import is_sentence
from perfmon_xl.rules.shared.targets import difference
from perfmon_xl.rules.shared.units import is_unit
from perfmon_xl.rules.shared.verdicts import names_and_actuals
from perfmon_xl.rules.shared.years import stated_years


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("≥1.2万元", "12000元", True),
        ("≥95%", "95", True),
        ("≥95%", "96", False),
        ("70件", "70人", False),
        ("70-80件", "70-80", True),
        ("70-80件", "70-90件", False),
        ("提升", "提升 ", True),
        ("提升", "改善", False),
        ("提升", "95%", False),
        ("", "95%", None),
        ("95%", "", None),
        ("1.2.3", "1.2.3", None),
    ],
)
def test_two_values_say_the_same_number(one: str, other: str, same: bool | None) -> None:
    assert equal(read_target(one), read_target(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        ("1.2万元", "5000元", (12000, 5000)),
        ("70件", "70人", None),
        ("70件", "提升", None),
        ("", "70件", None),
    ],
)
def test_a_pair_has_one_unit(one: str, other: str, numbers: tuple[int, int] | None) -> None:
    assert pair(read_target(one), read_target(other)) == numbers


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [("≥5", "≤5", True), (">5", "<5", True), ("≤5", "≥5", True), ("≥5", ">5", False), ("≤5", "5", False)],
)
def test_directions_are_opposite(one: str, other: str, against: bool) -> None:
    assert opposite(read_target(one), read_target(other)) is against


def test_a_blank_value_is_shown_as_blank() -> None:
    assert (display(read_target(" ≥70件 ")), display(read_target(" "))) == ("≥70件", "空")


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("≥300人", "≥300名", ""),
        ("≥300人", "≥300户", "单位"),
        ("≥300人", "≥301人", "数值"),
        ("≥300人", "≥300", ""),
        ("≥3万人", "≥3", ""),
        ("≥3万人", "≥30000", ""),
        ("≥3万人", "≥4", "数值"),
        ("≥300人", "=300人", "比较符"),
        ("≥300人", "300人", ""),
        ("提升", "改善", "文字"),
        ("提升", " 提升", ""),
        ("提升", "≥95%", "一个是定性、一个是定量"),
        ("", "≥95%", ""),
        ("≥95%", "", ""),
        ("1.2.3", "≥95%", ""),
    ],
)
def test_in_what_two_targets_differ(before: str, after: str, what: str) -> None:
    assert difference(read_target(before), read_target(after)) == what


def test_the_declared_target_counts_until_it_is_reviewed() -> None:
    first, gone = Declared(name="培训人数"), Adjusted(name="培训人数", change="删除")
    assert [t.table for t in Indicator(name="培训人数", declared=first).current_rows] == ["表1"]
    assert Indicator(name="培训人数", declared=first, removed=gone).current_rows == ()
    both = Indicator(name="培训人数", declared=first, compared=Compared(name="培训人数"))
    assert [t.table for t in both.current_rows] == ["表4"]


@pytest.mark.parametrize(
    ("text", "unit"), [("万人次", True), ("万", False), ("人", True), ("教师", False), ("万教师", False)]
)
def test_what_is_a_unit(text: str, unit: bool) -> None:
    assert is_unit(text) is unit


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("年底全部完工，", False),
        ("年底前，全部完", False),
        ("年底前，全部完工了", True),
        ("年底以前全部工程按期完工并验收合", False),
        ("年底以前全部工程按期完工并验收合格", True),
    ],
)
def test_what_is_a_sentence(text: str, sentence: bool) -> None:
    assert is_sentence(text) is sentence


@pytest.mark.parametrize(
    ("name", "most_hundred"), [("抽检合格率", True), ("合格率提高率", False), ("培训人数", False)]
)
def test_what_cannot_exceed_hundred(name: str, most_hundred: bool) -> None:
    assert cannot_exceed(name) is most_hundred


def test_one_fault_in_two_tables_is_told_once() -> None:
    drawn = facts("""
        目标申报表
        | 三级指标 |
        | 培训人数 |
        | 培训人数 |
        分解目标调整表
        | 三级指标 |
        | 培训人数 |
        """)
    assert [also for _, also in once(all_rows(drawn), lambda line: line.name)] == ["（表1也是这样）"]
    assert [also for _, also in once(drawn.monitoring.declared, lambda line: line.name)] == [""]
    assert (bare_name("培训人数 （人）"), bare_name("（人）")) == ("培训人数", "(人)")


def test_a_number_within_one_per_cent_is_near() -> None:
    (told,) = mentions("项目实际支出1万元")
    assert rounds_to(told, Amount(Decimal(10000)))
    assert not rounds_to(told, Amount(Decimal(9900)))
    (rough,) = mentions("项目实际支出100万元")
    assert rounds_to(rough, Amount(Decimal(1_000_000)))
    assert claim(rough) == "支"
    (part,) = mentions("其中项目实际支出100万元")
    assert claim(part) == ""
    (people,) = mentions("项目实际支出100人")
    assert claim(people) == ""


def test_what_a_number_is_about() -> None:
    first, second = mentions("培训人数300人，合格率98%")
    assert about(first, "培训人数") and not about(second, "培训人数") and about(second, "考核合格率")
    (late,) = mentions("已有300人参加培训")
    assert about(late, "培训人数")


def test_three_are_named_and_the_rest_counted() -> None:
    rows = [Compared(name=name) for name in ("巡河", "清淤", "管护", "保洁")]
    assert names_and_actuals(rows[:3]).endswith("）") and names_and_actuals(rows).endswith("等 4 个")


def test_the_year_keeps_the_word_before_it() -> None:
    assert list(stated_years("截至2023年底已完成")) == [(2023, "截至2023年底已完成")]
    assert list(stated_years("我县2023年已完成")) == [(2023, "2023年已完成")]


def test_one_indicator_over_the_tables() -> None:
    monitoring = Monitoring(
        declared=(Declared(name="培训业务骨干"), Declared(name="清淤长度")),
        adjusted=(Adjusted(name="培训业务骨干"), Adjusted(name="保洁人数", change="删除")),
        compared=(Compared(name="培训业务骨干人数"), Compared(name="清淤长度")),
        analyses=(
            Paragraph(subject="培训业务骨干", text="已培训。"),
            Paragraph(subject="清淤长度", text="已清淤。"),
        ),
    )
    first, second, third = indicators_of(monitoring)
    assert first.renamed and first.declared is monitoring.declared[0]
    assert first.paragraph is monitoring.analyses[0]
    assert second.paragraph is monitoring.analyses[1] and second.declared is monitoring.declared[1]
    assert third.removed is monitoring.adjusted[1]


@pytest.mark.parametrize(
    ("here", "there", "renamed"),
    [
        (["清淤长度"], ["河道清淤长度"], True),
        (["清淤长"], ["河道清淤长"], False),
        (["清淤长度"], ["河道清淤长度", "渠道清淤长度"], False),
        (["河道清淤长度", "渠道清淤长度"], ["清淤长度"], False),
    ],
)
def test_a_longer_name_is_the_same_when_there_is_one_way(
    here: list[str], there: list[str], renamed: bool
) -> None:
    monitoring = Monitoring(
        adjusted=tuple(Adjusted(name=n) for n in here), compared=tuple(Compared(name=n) for n in there)
    )
    assert any(i.renamed for i in indicators_of(monitoring)) is renamed

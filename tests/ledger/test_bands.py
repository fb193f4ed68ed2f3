"""Parts with numbers in their names, and the first of a list: each way of saying it right and wrong."""

from __future__ import annotations

import pytest

from perfmon_xl.ledger.bands import first_of_a_list, lists_over_their_whole, states_over_their_whole
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.ledger.relations import NO_SUBJECT


def told(relation, text: str) -> list[str]:
    return [
        breach.fact
        for sentence in sentences(text, 2025, frozenset())
        for breach in relation(sentence, NO_SUBJECT)
    ]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("补助婴幼儿900人，其中2至3岁{}人、1至2岁240人、1岁以下140人。", "520", "620"),
        ("运营线路{}条，其中30公里以上18条、10至30公里45条、10公里以下24条。", "87", "78"),
        ("运营线路{}条，其中30公里以上18条、10至30公里45条、10公里以下24条。", "87", "96"),
        ("集中教育{}场，法治教育12场、技能培训9场、公益劳动7场。", "28", "26"),
        ("共完成还田45,000亩，夏收后的占绝大部分：小麦田{}亩，油菜田8,400亩。", "36,600", "39,600"),
        ("全县共有水库{}座：大型2座、中型8座、小型106座。", "116", "106"),
        ("检测水样420份，包括出厂水{}份、管网水260份。", "160", "180"),
    ],
)
def test_parts_beyond_their_whole(text: str, right: str, wrong: str) -> None:
    assert told(lists_over_their_whole, text.format(right)) == []
    assert len(told(lists_over_their_whole, text.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "运营线路96条，其中30公里以上18条、10至30公里45条。",
        "发出问卷210份，收回206份，有效200份，190份满意。",
        "第一季度720人次，第二季度930人次，第三季度1,650人次。",
        "培训300人，其中女性180人、党员160人。",
        "服务老人520人，其中失能老人200人、独居老人410人。",
        "支出80万元，其中中央50万元、省级20万元。",
        "新建20公里：沥青路面15公里，水泥路面12公里。",  # two lanes may be counted twice: nothing says it is all
        "共检查120家，存在三类问题：台账不全80家，标识缺失60家。",
    ],
)
def test_what_may_overlap_or_need_not_be_all_is_left_alone(text: str) -> None:
    assert told(lists_over_their_whole, text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("11项指标中，8项达到阶段目标，{}项未达到，1项尚未到考核期。", "2", "3"),
        ("纳入改造的320户中，300户已经改完，{}户还没有开工。", "20", "30"),
        ("7个标段中5个完成主体，{}个未开工。", "2", "3"),
    ],
)
def test_done_and_not_done_beyond_all(text: str, right: str, wrong: str) -> None:
    assert told(states_over_their_whole, text.format(right)) == []
    assert len(told(states_over_their_whole, text.format(wrong))) == 1


def test_two_things_of_one_whole_are_no_parts() -> None:
    assert told(states_over_their_whole, "120人中，80人就业，60人参加社会保险。") == []
    assert told(states_over_their_whole, "120人中，有80人未就业，60人未参保。") == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("有效问卷400份，很满意250份，满意132份，一般18份，前两项合计{}份。", "382", "328"),
        ("优秀12个、良好20个、合格8个，前两档共{}个。", "32", "23"),
    ],
)
def test_the_first_of_a_list(text: str, right: str, wrong: str) -> None:
    assert told(first_of_a_list, text.format(right)) == []
    assert len(told(first_of_a_list, text.format(wrong))) == 1

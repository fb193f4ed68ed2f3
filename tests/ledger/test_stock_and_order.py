"""Stocks and flows, and the order of size that words tell: each way of saying it right and wrong."""

from __future__ import annotations

import pytest

from perfmon_xl.ledger.ranking import firsts, trends
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.ledger.relations import NO_SUBJECT
from perfmon_xl.ledger.stock import stocks


def told(relation, text: str) -> list[str]:
    return [
        breach.fact
        for sentence in sentences(text, 2025, frozenset({"辆", "张"}))
        for breach in relation(sentence, NO_SUBJECT)
    ]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("年初有公交车{}辆，新购6辆、报废4辆后，在用24辆。", "22", "32"),
        ("年初在册240人，上半年新入矫85人、解矫77人，6月末在册{}人。", "248", "258"),
        ("年初66万人，上半年净增9万人，期末{}万人。", "75", "85"),
        ("原有护理床位120张，新增30张，撤并8张，现有{}张。", "142", "152"),
        ("2024年底登记家庭320户，本年新认定45户、退出{}户，目前在册340户。", "25", "52"),
        ("年初库存物资1,200件，调入300件，出库{}件，期末库存900件。", "600", "500"),
        ("期初在校学生860人，转入12人，转出20人，期末在校{}人。", "852", "892"),
        ("现有线路{}条，比年初的78条新增6条。", "84", "86"),
    ],
)
def test_a_stock_and_what_moved(text: str, right: str, wrong: str) -> None:
    assert told(stocks, text.format(right)) == []
    assert len(told(stocks, text.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "年初计划购置20辆，新购6辆，年底前再购14辆，全年达到20辆。",
        "年初有公交车22辆，新购电动车6辆。",
        "新增床位30张，其中公办20张，目前床位142张。",
        "年初在册240人，上半年约新入80人，期末258人。",
        "年初有社工22人，新招6人，服务老人240人，目前在岗社工28人。",
        "年初预算300万元，追加50万元，目前支出120万元。",
    ],
)
def test_what_is_no_complete_account_of_a_stock_is_left_alone(text: str) -> None:
    assert told(stocks, text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("前三个季度分别回收2,850吨、3,150吨和3,450吨，逐季{}，累计9,450吨。", "增加", "减少"),
        ("4月、5月、6月分别受理86件、74件、61件，逐月{}。", "下降", "上升"),
        ("三年的投诉依次为120件、96件、80件，逐年{}。", "减少", "增加"),
        ("一至三季度抽检合格率为91%、93.5%、96%，逐季{}。", "提高", "降低"),
    ],
)
def test_a_row_of_numbers_and_its_trend(text: str, right: str, wrong: str) -> None:
    assert told(trends, text.format(right)) == []
    assert len(told(trends, text.format(wrong))) == 1


def test_a_row_that_turns_is_not_stepwise() -> None:
    assert told(trends, "前三个季度分别回收28吨、31吨和30吨，逐季增加。")
    assert told(trends, "服务人次逐月增加，6月为820人次，超过4月的610人次。") == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("上半年支出220.00万元，活动{}万元最多，媒体投放76.00万元次之，推介会40.00万元。", "86.00", "54.00"),
        ("受理咨询320件，其中劳动争议{}件最多，婚姻家庭88件，邻里纠纷60件。", "112", "72"),
        ("四个片区中，城东用水{}吨最少，城西240吨，城北300吨。", "180", "280"),
    ],
)
def test_who_is_first(text: str, right: str, wrong: str) -> None:
    assert told(firsts, text.format(right)) == []
    assert len(told(firsts, text.format(wrong))) == 1


def test_first_of_another_row_is_left_alone() -> None:
    assert told(firsts, "8月接待520人最多，比上年同期的610人少90人。") == []
    assert told(firsts, "单日54人次最多，全年累计9,600人次。") == []

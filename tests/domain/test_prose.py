"""Numbers in running text: which are quantities, of what, how exact, and what part they play."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfmon_xl.domain.origin import CellPlace
from perfmon_xl.domain.passage import Passage, Topic
from perfmon_xl.domain.prose import MentionRole, breakdowns, mentions, pieces
from perfmon_xl.domain.text_keys import prose_key

D = Decimal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共培训1,234人次", [("1234", "人次", "")]),
        ("投入4.38万元", [("43800.00", "元", "")]),
        ("服务5万余人次", [("50000", "人次", "余")]),
        ("服务70多件", [("70", "件", "余")]),
        ("近5000人", [("5000", "人", "近")]),
        ("约40％", [("40", "%", "约")]),
        ("超过80%", [("80", "%", "余")]),
        ("按《2022年第3批方案》、〔2022〕4号文，2023年6月30日完成", []),
        ("第3批、A12、（1）、10:30", []),
    ],
)
def test_what_is_a_quantity(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(str(m.number), m.unit, m.approximation) for m in mentions(text)] == found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("计划培训300人", MentionRole.TARGET),
        ("应完成≥300人", MentionRole.TARGET),
        ("计划培训，已培训300人", MentionRole.ACTUAL),
        ("计划培训并已完成300人", MentionRole.ACTUAL),
        ("比上年增加300人", MentionRole.DERIVED),
        ("提高3个百分点", MentionRole.DERIVED),
        ("培训300人", MentionRole.UNKNOWN),
    ],
)
def test_what_part_a_number_plays(text: str, role: MentionRole) -> None:
    assert [m.role for m in mentions(text)] == [role]


@pytest.mark.parametrize(
    ("text", "value", "agrees"),
    [
        ("70余件", "70", False),
        ("70余件", "71", True),
        ("70余件", "80", False),
        ("5000余人", "5999", True),
        ("5000余人", "6000", False),
        ("近5000人", "5000", True),
        ("近5000人", "4500", True),
        ("近5000人", "4499", False),
        ("近5000人", "5001", False),
        ("约40%", "42", True),
        ("约40%", "42.1", False),
        ("约3件", "3.5", True),
        ("4.38万元", "43850", True),
        ("4.38万元", "43851", False),
        ("0余件", "0.5", True),
    ],
)
def test_a_rough_number_agrees_within_what_it_says(text: str, value: str, agrees: bool) -> None:
    (mention,) = mentions(text)
    assert mention.agrees(D(value)) is agrees


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("共办理158件，其中：甲110件、乙46件、丙2件。", "158", ["110", "46", "2"]),
        ("共办理158件，其中甲110件和乙46件", "158", ["110", "46"]),
        ("实际支出243万元，执行率48.6%。其中：补助238万元、设备5万元。", "2430000", ["2380000", "50000"]),
        ("共办理158件（其中：甲110件（含急件）、乙48件）", "158", ["110", "48"]),
        ("共办理158件，其中：甲110件、乙48件，比上年增加20件。", "158", ["110", "48"]),
        ("共办理158件，其中：甲110件、乙48件，服务群众300人。", "158", ["110", "48"]),
        ("共办理158件，其中：甲110件，其中急件20件。", "158", ["110"]),
        ("共办理158件其中：甲110件、乙48件", "158", ["110", "48"]),
        ("共办理158件，其中110件是急件", "158", ["110"]),
        ("共办理158件，其中：县直机关和乡镇事业单位110件，乡镇48件", "158", ["110", "48"]),
    ],
)
def test_a_whole_and_its_parts(text: str, whole: str, parts: list[str]) -> None:
    first = breakdowns(text)[0]
    assert (first.whole.number, [p.number for p in first.parts]) == (D(whole), [D(p) for p in parts])


@pytest.mark.parametrize(
    "text",
    [
        "其中：甲110件",
        "共办理158件；其中：甲110件",
        "举办培训6期，其中骨干120人次",
        "共办理158件，其中比上年多20件",
    ],
)
def test_what_is_no_breakdown(text: str) -> None:
    assert breakdowns(text) == ()


def test_words_and_wording() -> None:
    assert pieces("培训（线上）人数") == {"培训", "训人", "人数"} and pieces("人") == frozenset()
    assert prose_key("稳步推进, 提高质量;") == "稳步推进，提高质量；"


def test_sentences_keep_their_marks() -> None:
    passage = Passage(
        origin=CellPlace("表", "A", 1, "内容"), topic=Topic.OTHER, text="已完成。未验收；\n 待付款"
    )
    assert passage.sentences == ("已完成。", "未验收；", " 待付款")


def test_a_sign_is_no_roughness() -> None:
    assert [(m.comparator, m.approximation) for m in mentions("≥300人，约40%")] == [("≥", ""), ("", "约")]

"""Texts and the claims read from them, side by side."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.numerals import plain
from perfmon_xl.ledger.quantity import quantities
from perfmon_xl.ledger.reading import nouns_in, sentences
from perfmon_xl.ledger.when import whens


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("享受营养改善计划学生人数（人）", "享受营养改善计划的学生21836人，高于目标", "实际"),
        ("千人计划引进人才数", "千人计划引进人才12人", "实际"),
        ("国土空间规划任务点位数", "规划任务点位到位60个", "实际"),
        ("补助资金拨付时限", "补助资金拨付时限为25个工作日，上限是20个工作日", "实际"),
        ("补助资金拨付率", "拨付时限为25个工作日", "目标"),
        ("引进人才数", "全年计划引进人才12人", "计划"),
        ("全年计划培训人数", "全年计划培训12人", "计划"),
    ],
)
def test_a_word_of_a_name_says_nothing_of_a_number(name: str, text: str, role: str) -> None:
    [sentence] = sentences(text, 2024, frozenset(), nouns_in([name]))
    assert sentence.roles[0].value == role
    assert sentence.shown(0, len(sentence.skeleton)) == text


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("延伸管网62公里，比阶段目标60公里多2公里", "62公里 实际｜60公里 阶段目标｜2公里 差数"),
        ("为全年目标的77.50%", "77.50% 占比"),
        ("合格率95.45%，高于90%的目标", "95.45% 实际｜90% 目标"),
        ("办证率88.5%，未达到90%的目标值", "88.5% 实际｜90% 目标"),
        ("每台补助7.37万元，低于8万元/台", "7.37万元 实际｜8万元/台 比较的数"),
        ("办证率86%，高于目标值90%", "86% 实际｜90% 目标"),
        ("完成阶段目标420人次", "420人次 阶段目标"),
        ("全年计划购置48台，实际购置37台", "48台 计划｜37台 实际"),
        ("尚未达到80公里的全年目标", "80公里 目标"),
        ("控制在每公里3.2万元以内", "3.2万元 比较的数"),
        ("上年同期为52公里，同比增加10公里", "52公里 以前的数｜10公里 差数"),
        ("预计10月底达到70公里", "70公里 计划"),
        ("补齐剩余50人次", "50人次 剩余"),
        ("县级资金尚有30万元没有到位", "30万元 剩余"),
        ("其余18所正在办理手续", "18所 剩余"),
        ("其中东片34公里、西片28公里", "34公里 部分｜28公里 部分"),
        ("低1.20个百分点", "1.20个百分点 差数"),
        ("执行率64.55%，同期序时进度58.33%", "64.55% 实际｜58.33% 实际"),
        ("上年同期完成52公里", "52公里 以前的数"),
        ("在1860万元的成本控制数以内", "1860万元 目标"),
        ("再就业培训120人，模拟训练300人次", "120人 实际｜300人次 实际"),
        ("再培训120人，拟组织300人次", "120人 计划｜300人次 计划"),
    ],
)
def test_what_each_number_is_said_to_be(text: str, claims: str) -> None:
    (sentence,) = sentences(text, 2025)
    told = [f"{q.text} {r.value}" for q, r in zip(sentence.quantities, sentence.roles, strict=True)]
    assert "｜".join(told) == claims


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("平均每公里3万元", "30000 元 每公里"),
        ("3.2万元/公里", "32000 元 每公里"),
        ("每人每月500元", "500 元 每人、月"),
        ("500元/人·月", "500 元 每人、月"),
        ("500元/人.月", "500 元 每人、月"),
        ("户均0.3万元", "3000 元 每户"),
        ("每台补助7.37万元", "73700 元 每台"),
        ("按每亩1000元发放", "1000 元 每亩"),
        ("单价330元", "330 元 每?"),
        ("共支出36万元", "360000 元"),
        ("三十九台", "39 台"),
        ("两千零五户", "2005 户"),
        ("百分之九十六点五", "96.5 %"),
        ("九成七", "97 %"),
        ("12,500人次", "12500 人次"),
    ],
)
def test_number_unit_and_what_it_is_counted_by(text: str, read: str) -> None:
    (one,) = quantities(text)
    per = f" 每{'、'.join(one.per)}" if one.per else ""
    assert f"{one.number:f}".rstrip("0").rstrip(".") if "." in f"{one.number:f}" else f"{one.number:f}"
    assert (one.number, f"{one.unit}{per}") == (type(one.number)(read.split()[0]), " ".join(read.split()[1:]))


@pytest.mark.parametrize(
    "text",
    [
        "一是加强管理",
        "第三批次",
        "三分之一",
        "统一部署",
        "十分重视",
        "一期工程推迟",
        "三年行动方案",
        "二级医院",
        "六一儿童节",
        "两癌筛查",
        "一网通办",
    ],
)
def test_words_are_no_numbers(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025年5月16日", "2025-05-16 2025-05-16"),
        ("5月26日", "2025-05-26 2025-05-26"),
        ("9月底", "2025-09-30 2025-09-30"),
        ("5月中旬", "2025-05-11 2025-05-20"),
        ("1-9月", "2025-01-01 2025-09-30"),
        ("7月至8月", "2025-07-01 2025-08-31"),
        ("上半年", "2025-01-01 2025-06-30"),
        ("三季度", "2025-07-01 2025-09-30"),
        ("第2季度末", "2025-06-30 2025-06-30"),
        ("2024年底", "2024-12-31 2024-12-31"),
        ("2025.6.30", "2025-06-30 2025-06-30"),
        ("十月至十一月", "2025-10-01 2025-11-30"),
    ],
)
def test_dates_and_periods(text: str, days: str) -> None:
    (one,) = whens(f"于{text}完成", 2025)
    assert f"{one.first} {one.last}" == days


@pytest.mark.parametrize("text", ["3个月", "13月", "2月30日完成", "历时9个月"])
def test_what_is_no_date(text: str) -> None:
    assert whens(text, 2025) == ()


_DIGIT = "零一二三四五六七八九"


def _chinese(n: int) -> str:
    """一到九千九百九十九的中文数词。"""
    out, zero = "", False
    for rank, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, rank)
        if digit:
            out += ("零" if zero and out else "") + _DIGIT[digit] + name
            zero = False
        else:
            zero = True
    return re.sub("^一十", "十", out)


@given(st.integers(10, 9999))
def test_a_chinese_numeral_and_back(number: int) -> None:
    assert chinese_number(_chinese(number)) == number
    assert plain(f"购置{_chinese(number)}台").text == f"购置{number}台"


@given(st.text(alphabet="一二三十百两零0123456789.，。台个%万元每/月年比多少其中", max_size=60))
def test_every_claim_lies_where_it_was_read(text: str) -> None:
    for sentence in sentences(text, 2025):
        assert len(sentence.roles) == len(sentence.quantities)
        for one in sentence.quantities:
            assert sentence.text[one.start : one.end].strip() == one.text or one.text in sentence.text
            assert one.low <= one.high

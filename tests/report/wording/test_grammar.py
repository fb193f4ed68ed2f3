"""The grammar of drafting: patterns, slots, parts that drop out, variation without chance."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfmon_xl.report.wording as package
from perfmon_xl.report.wording.grammar import FOLDER, Speaker, filled_pattern, situations, slots

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in (Path(package.__file__).parent, Path(package.__file__).parents[1] / "summary")
    for path in folder.glob("*.py")
)


def test_a_part_without_its_value_is_not_said() -> None:
    assert filled_pattern("已完成｛数｝[，多｛差｝]。", {"数": "6场", "差": "1场"}) == "已完成6场，多1场。"
    assert filled_pattern("已完成｛数｝[，多｛差｝]。", {"数": "6场"}) == "已完成6场。"


@pytest.mark.parametrize("key", sorted(situations()))
def test_every_pattern_can_be_read(key: str) -> None:
    for pattern in situations()[key].patterns:
        bare = re.sub(r"｛[^｛｝]+｝", "", pattern)
        assert not re.search(r"[｛｝{}（）]?[{}｛｝]", bare), f"{key}：{pattern} 的花括号没有配成对"
        assert bare.count("[") == bare.count("]"), f"{key}：{pattern} 的方括号没有配成对"
        assert not re.search(r"（未填）|尚未填[写报]|资料不足|限期整改|查明原因", pattern), pattern


def test_every_slot_is_one_that_the_program_fills() -> None:
    """说法里写了程序不填的值，改说法的人当场就知道。"""
    known = set(re.findall(r'"([\u4e00-\u9fff]+)":|([\u4e00-\u9fff]+)=', SOURCE))
    names = {a or b for a, b in known}
    for key, situation in situations().items():
        for pattern in situation.patterns:
            assert slots(pattern) <= names, f"{key}：{pattern} 里的 {slots(pattern) - names} 程序不填"


def test_patterns_of_one_situation_differ() -> None:
    for key, situation in situations().items():
        assert len(set(situation.patterns)) == len(situation.patterns), key


def test_every_file_of_sentences_is_read() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert len(re.findall(r"^- ", told, re.M)) == sum(len(s.patterns) for s in situations().values())


@given(st.lists(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=4), max_size=12))
def test_the_same_names_in_the_same_order_give_the_same_words(names: list[str]) -> None:
    values = {
        "动词": "完成",
        "实际": "6场",
        "阶段": "5场",
        "差": "1场",
        "率": "60.00%",
        "全年": "10场",
        "截至": "",
    }

    def told() -> list[str]:
        speaker = Speaker()
        found = []
        for name in names:
            speaker.begin()
            found.append(speaker.say("数量.达到", values, name))
        return found

    once = told()
    assert once == told()
    assert all(one != other for one, other in itertools.pairwise(once)), "连着两段一个样"

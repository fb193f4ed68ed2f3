"""Notes of a sheet: by the add-in's VBA in one call; without it, or where it left some out, one after the other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from perfmon_xl.workbook.live.native import ADD_NOTES, Excel
from perfmon_xl.workbook.port import AUTHOR

NOTES = {(4, 2): "第 1 项", (5, 1): "第 2 项"}


class Sheet:
    """一张表：批注在哪里、写着什么、谁的。"""

    def __init__(self) -> None:
        self.notes: dict[str, Any] = {}
        self.api = self
        self.CommentsThreaded: list[Any] = []

    @property
    def Comments(self) -> list[Any]:
        return [
            SimpleNamespace(
                Author="登录的人",
                Shape=shape,
                Text=lambda t=shape.text: t,
                Parent=SimpleNamespace(Address=at),
                Delete=None,
            )
            for at, shape in self.notes.items()
        ]

    def Range(self, address: str) -> Any:
        def add(text: str) -> Any:
            assert address.partition(":")[0] not in self.notes, "there is one already"
            address_ = address.partition(":")[0]
            self.notes[address_] = SimpleNamespace(text=text, AlternativeText="", Width=0, Height=0)
            return SimpleNamespace(Shape=self.notes[address_])

        return SimpleNamespace(AddComment=add)


def added(sheet: Sheet, **api: Any) -> None:
    Excel(SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(**api)))).add_notes(sheet, NOTES)


def run(sheet: Sheet, most: int) -> Any:
    """PerfmonRibbon.AddNotes，只加前 most 条。"""

    def do(
        macro: str,
        target: Any,
        places: list[str],
        texts: list[str],
        heights: list[float],
        width: float,
        author: str,
    ) -> int:
        assert macro == ADD_NOTES and target is sheet and len(heights) == len(texts)
        for place, text in list(zip(places, texts, strict=True))[:most]:
            target.Range(place).AddComment(text).Shape.AlternativeText = author
        return min(most, len(places))

    return do


@pytest.mark.parametrize("most", [2, 1, 0])
def test_all_of_them_whatever_the_macro_did(most: int) -> None:
    sheet = Sheet()
    added(sheet, Run=run(sheet, most))
    assert {at: one.text for at, one in sheet.notes.items()} == {"B4": "第 1 项", "A5": "第 2 项"}
    assert {one.AlternativeText for one in sheet.notes.values()} == {AUTHOR}


def test_without_the_addin_one_by_one() -> None:
    sheet = Sheet()
    added(sheet)
    assert len(sheet.notes) == 2 and all(one.Height > 10 for one in sheet.notes.values())

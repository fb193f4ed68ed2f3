"""Notes of a sheet: by the add-in's VBA in one call; without it, or where it left some out, one after the other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from perfmon_xl.workbook.live.native import ADD_NOTES, Excel, _few_heights
from perfmon_xl.workbook.port import AUTHOR

NOTES = {(4, 2): "第 1 项", (5, 1): "第 2 项"}


class Together:
    """ShapeRange：对它做的，对每一个都做；读到的不一样的，是“混合”。"""

    def __init__(self, shapes: list[Any]) -> None:
        self.__dict__["shapes"] = shapes

    def __setattr__(self, name: str, value: object) -> None:
        for one in self.shapes:
            setattr(one, name, value)

    def __getattr__(self, name: str) -> Any:
        found = {getattr(one, name) for one in self.shapes}
        return found.pop() if len(found) == 1 else -2


class Shapes:
    """表上的图形，新的在后；on_top：新的在前，没有哪个 Excel 这样，只看会不会认错。"""

    def __init__(self, *, on_top: bool = False) -> None:
        self.shapes = [SimpleNamespace(Type=13, AlternativeText="用户的图片")]
        self.on_top = on_top

    @property
    def Count(self) -> int:
        return len(self.shapes)

    def Range(self, numbers: list[int]) -> Together:
        return Together([self.shapes[n - 1] for n in numbers])

    def put(self, shape: Any) -> None:
        self.shapes.insert(0 if self.on_top else len(self.shapes), shape)


class Sheet:
    """一张表：批注在哪里、写着什么、谁的。"""

    def __init__(self, *, on_top: bool = False) -> None:
        self.Shapes = Shapes(on_top=on_top)
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
            self.notes[address_] = SimpleNamespace(Type=4, text=text, AlternativeText="", Width=0, Height=0)
            self.Shapes.put(self.notes[address_])
            return SimpleNamespace(Shape=self.notes[address_])

        there = self.notes.get(address.partition(":")[0])
        return SimpleNamespace(AddComment=add, Comment=there and SimpleNamespace(Shape=there))


def added(sheet: Sheet, notes: dict[tuple[int, int], str] = NOTES, **api: Any) -> None:
    Excel(SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(**api)))).add_notes(sheet, notes)


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


@pytest.mark.parametrize("on_top", [False, True])
@pytest.mark.parametrize("count", [4, 5, 30])
def test_many_without_the_addin_get_what_each_alone_would_get(count: int, on_top: bool) -> None:
    """一起做样子；认错了图形的（on_top）一条一条地做。用户的图片不动。"""
    texts = {(row, 2): "一句话。" * (1 + row % 4 * 20) for row in range(1, count + 1)}
    together, alone = Sheet(on_top=on_top), Sheet()
    added(together, texts)
    for at, text in texts.items():
        added(alone, {at: text})
    for address, one in alone.notes.items():
        note = together.notes[address]
        assert (note.text, note.AlternativeText, note.Width) == (one.text, AUTHOR, one.Width)
        assert note.Height == one.Height if on_top else note.Height >= one.Height
    assert len(together.notes) == count
    assert [s.AlternativeText for s in together.Shapes.shapes if s.Type == 13] == ["用户的图片"]


def test_a_macro_that_is_refused_is_asked_for_once() -> None:
    asked: list[object] = []

    def refuse(*given: object) -> int:
        asked.append(given)
        raise AttributeError

    backend = Excel(SimpleNamespace(app=SimpleNamespace(api=SimpleNamespace(Run=refuse))))
    for sheet in (Sheet(), Sheet()):
        backend.add_notes(sheet, NOTES)
        assert {at: one.text for at, one in sheet.notes.items()} == {"B4": "第 1 项", "A5": "第 2 项"}
    assert len(asked) == 1


def test_few_heights_are_never_too_low() -> None:
    heights = [30.0, 45.0, 60.0, 75.0, 90.0]
    assert set(_few_heights(heights, 5).items()) == {(h, h) for h in heights}
    assert _few_heights(heights, 2) == {30: 60, 45: 60, 60: 60, 75: 90, 90: 90}
    assert set(_few_heights(heights, 1).values()) == {90}

"""Cells gathered into rectangles: an open Excel is asked, and told, in whole blocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

Box = tuple[int, int, int, int]  # top, left, bottom, right


def rectangles(cells: Collection[tuple[int, int]]) -> list[Box]:
    """盖住这些单元格（行, 列）的矩形，不多盖一格：先连成横条，上下一样的再并起来。"""
    done: list[Box] = []
    growing: dict[tuple[int, int], Box] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in cells:
        by_row.setdefault(row, []).append(column)
    for row in sorted(by_row):
        next_growing: dict[tuple[int, int], Box] = {}
        for left, right in runs(by_row[row]):
            above = growing.pop((left, right), None)
            top = above[0] if above is not None and above[2] == row - 1 else row
            if above is not None and top == row:
                done.append(above)
            next_growing[left, right] = (top, left, row, right)
        done += growing.values()
        growing = next_growing
    return sorted([*done, *growing.values()])


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """连着的一段一段：1 2 3 5 → (1, 3) (5, 5)。"""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def halves(box: Box) -> list[Box]:
    """一个矩形对半分开，先分栏再分行；一格的分不了，是空的。"""
    top, left, bottom, right = box
    if left < right:
        middle = (left + right) // 2
        return [(top, left, bottom, middle), (top, middle + 1, bottom, right)]
    middle = (top + bottom) // 2
    return [] if top == bottom else [(top, left, middle, right), (middle + 1, left, bottom, right)]


def hull(boxes: Iterable[Box]) -> Box:
    """框住全部矩形的一个矩形。"""
    tops, lefts, bottoms, rights = zip(*boxes, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)

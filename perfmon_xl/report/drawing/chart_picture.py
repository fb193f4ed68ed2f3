"""A chart as a picture (EMF), for readers that know no charts: the same bars, names, figures and line, as vectors.

An enhanced metafile is a list of records of four-byte fields ([MS-EMF]); Word, WPS, LibreOffice and whatever reads
pictures of Office draw it, and nothing is needed to write it. Coordinates are twentieths of a millimetre.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from perfmon_xl.layout.palette import FRAME, GRID, INK
from perfmon_xl.report.drawing.charts import Chart, ChartPoint

_PER_MM = 20
_FONT, _SIZE = "宋体", 64  # nine points
_LABELS = 0.5  # of the width, at most, for names and figures
_EDGE, _AXIS = 40, 120  # beside and above the bars; below them, for the axis
_BAR = 0.62  # of a row
_NO_PEN, _RIGHT, _CENTRE = 0x80000008, 26, 30  # stock object; alignments, all on the base line
_HEADER, _END = 1, 14
_BACKGROUND, _ALIGN, _COLOUR, _MOVE, _LINE, _SELECT = 18, 22, 24, 27, 54, 37
_PEN, _BRUSH, _DELETE, _RECTANGLE, _NEW_FONT, _TEXT = 38, 39, 40, 43, 82, 84


def chart_picture(chart: Chart, width: float, height: float) -> bytes:
    """图画成 width×height 毫米的 EMF；同样的图得到同样的字节。"""
    across, down = int(width * _PER_MM), int(height * _PER_MM)
    records = [
        _record(_BACKGROUND, struct.pack("<I", 1)),
        _font(),
        _record(_SELECT, struct.pack("<I", 1)),
        _record(_COLOUR, struct.pack("<I", _colour(INK))),
        *_box(0, 0, across - 1, down - 1, "FFFFFF", GRID),
        *_drawn(chart, across, down),
        _record(_END, struct.pack("<III", 0, 16, 20)),
    ]
    body = b"".join(records)
    return _header(across, down, width, height, len(body), len(records)) + body


def _header(across: int, down: int, width: float, height: float, size: int, count: int) -> bytes:
    bounds = struct.pack("<4i", 0, 0, across, down)
    frame = struct.pack("<4i", 0, 0, int(width * 100), int(height * 100))
    what = struct.pack("<IIIIHH", 0x464D4520, 0x10000, 88 + size, count + 1, 4, 0)
    rest = struct.pack("<IIIiiii", 0, 0, 0, 210 * _PER_MM, 297 * _PER_MM, 210, 297)
    return struct.pack("<II", _HEADER, 88) + bounds + frame + what + rest


def _drawn(chart: Chart, across: int, down: int) -> Iterator[bytes]:
    """各条、类别的名称、基准线和数轴。"""
    named = max(map(_width, chart.categories), default=0) + 2 * _EDGE
    left, right = min(int(across * _LABELS), named), across - _EDGE
    top, bottom = _EDGE, down - _AXIS
    most = chart.highest or max((p.value for p in chart.points), default=Decimal(1)) or Decimal(1)
    colours = {chart_series.name: chart_series.colour for chart_series in chart.series}
    pitch = (bottom - top) / max(1, len(chart.categories))

    def at(value: Decimal) -> int:
        return left + round(float(min(max(value, Decimal(0)), most) / most) * (right - left))

    for row, name in enumerate(chart.categories):
        middle = top + pitch * (row + 0.5)
        yield from _words(
            _fitted(name, left - 2 * _EDGE), left - _EDGE // 2, round(middle + _SIZE * 0.36), _RIGHT
        )
        yield from _bars([p for p in chart.points if p.row == row], colours, chart, at, middle, pitch)
    for value in (Decimal(0), chart.base):
        if value is not None:
            yield from _line(at(value), top, bottom, wide=3)
            yield from _words(_axis_text(value, chart), at(value), bottom + _EDGE // 2 + _SIZE, _CENTRE)


def _bars(
    points: Sequence[ChartPoint],
    colours: Mapping[str, str],
    chart: Chart,
    at: Callable[[Decimal], int],
    middle: float,
    pitch: float,
) -> Iterator[bytes]:
    tall = pitch * _BAR / (1 if chart.overlaid else max(1, len(points)))
    first = middle - pitch * _BAR / 2
    for number, point in enumerate(points):
        upper = first if chart.overlaid else first + number * tall
        yield from _box(
            at(Decimal(0)), round(upper), at(point.value), round(upper + tall), colours[point.series], ""
        )


def _axis_text(value: Decimal, chart: Chart) -> str:
    if "%" not in chart.number_format:
        return f"{value.normalize():f}"
    return f"{(value * 100).quantize(Decimal('0.01')).normalize():f}%"


def _fitted(text: str, room: int) -> str:
    """排不下的截短。"""
    if _width(text) <= room:
        return text
    while text and _width(text + "…") > room:
        text = text[:-1]
    return text + "…"


def _width(text: str) -> int:
    return sum(_advance(c) for c in text)


def _advance(character: str) -> int:
    return _SIZE if ord(character) > 0x2E7F or character in "“”‘’…—≥≤" else _SIZE // 2


# --- records ----------------------------------------------------------------------------------------


def _record(kind: int, fields: bytes) -> bytes:
    return struct.pack("<II", kind, 8 + len(fields)) + fields


def _colour(text: str) -> int:
    red, green, blue = (int(text[i : i + 2], 16) for i in (0, 2, 4))
    return red | green << 8 | blue << 16


def _font() -> bytes:
    """第 1 个对象：字体。"""
    log = struct.pack("<5i8B", -_SIZE, 0, 0, 0, 400, 0, 0, 0, 134, 0, 0, 0, 0)
    face = _FONT.encode("utf-16-le").ljust(64, b"\0")
    return _record(_NEW_FONT, struct.pack("<I", 1) + (log + face).ljust(320, b"\0"))


def _box(left: int, top: int, right: int, bottom: int, fill: str, border: str) -> Iterator[bytes]:
    """一个长方形；没有边的 border 是空的。"""
    yield _record(_BRUSH, struct.pack("<IIII", 2, 0, _colour(fill), 0))
    yield _record(_SELECT, struct.pack("<I", 2))
    if border:
        yield _record(_PEN, struct.pack("<IIiiI", 3, 0, 2, 0, _colour(border)))
    yield _record(_SELECT, struct.pack("<I", 3 if border else _NO_PEN))
    yield _record(_RECTANGLE, struct.pack("<4i", left, top, right, bottom))
    yield _record(_SELECT, struct.pack("<I", _NO_PEN))
    if border:
        yield _record(_DELETE, struct.pack("<I", 3))
    yield _record(_SELECT, struct.pack("<I", 0x80000000))
    yield _record(_DELETE, struct.pack("<I", 2))


def _line(across: int, top: int, bottom: int, *, wide: int) -> Iterator[bytes]:
    yield _record(_PEN, struct.pack("<IIiiI", 3, 0, wide * 2, 0, _colour(FRAME)))
    yield _record(_SELECT, struct.pack("<I", 3))
    yield _record(_MOVE, struct.pack("<ii", across, top))
    yield _record(_LINE, struct.pack("<ii", across, bottom))
    yield _record(_SELECT, struct.pack("<I", _NO_PEN))
    yield _record(_DELETE, struct.pack("<I", 3))


def _words(text: str, across: int, down: int, align: int) -> Iterator[bytes]:
    """一串字，每个字有自己的宽：没有宋体的地方也排得下。"""
    data = text.encode("utf-16-le")
    count = len(data) // 2
    if not count:
        return
    padded = data.ljust(-(-len(data) // 4) * 4, b"\0")
    advances = [_advance(c) for c in text for _ in range(len(c.encode("utf-16-le")) // 2)]
    where = struct.pack("<iiIIIiiiiI", across, down, count, 76, 0, 0, 0, -1, -1, 76 + len(padded))
    yield _record(_ALIGN, struct.pack("<I", align))
    yield _record(
        _TEXT,
        struct.pack("<4iIff", 0, 0, -1, -1, 1, 0.0, 0.0)
        + where
        + padded
        + struct.pack(f"<{count}I", *advances),
    )

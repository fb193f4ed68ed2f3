"""Compound files (MS-CFB, version 3): storages and streams in 512-byte sectors, the same bytes every time."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, Union

Tree: TypeAlias = Mapping[str, Union[bytes, "Tree"]]

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_PER_SECTOR = _SECTOR // 4
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_IN_HEADER = 109  # FAT sectors the header can name; a VBA project never needs more


@dataclass(slots=True, kw_only=True)
class _DirectoryEntry:
    """One line of the directory. Siblings form a balanced tree, as readers search it by halving."""

    name: str
    kind: int
    data: bytes = b""
    children: list[_DirectoryEntry] = field(default_factory=list)
    number: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    color: int = _BLACK
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        if len(name) > 64:
            raise ValueError(f"名字太长，复合文件里放不下：{self.name}")
        links = struct.pack("<HBBIII", len(name), self.kind, self.color, self.left, self.right, self.child)
        place = 0 if self.kind == _STORAGE else self.start
        return name.ljust(64, b"\0") + links + bytes(16) + struct.pack("<IQQIQ", 0, 0, 0, place, self.size)


_UNUSED = bytes(64) + struct.pack("<HBBIII", 0, 0, 0, _NONE, _NONE, _NONE) + bytes(48)


class _Sectors:
    """The body of the file, and for each sector which one follows it."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.next: list[int] = []

    def put(self, data: bytes) -> int:
        """接在末尾；返回第一个扇区的号，没有内容的是 _END。"""
        if not data:
            return _END
        first = len(self.next)
        self.body += _padded(data, _SECTOR)
        count = len(self.body) // _SECTOR
        self.next += [*range(first + 1, count), _END]
        return first


def compound(tree: Tree) -> bytes:
    """名字 → 内容（或下一层）写成一个复合文件。"""
    root = _DirectoryEntry(name="Root Entry", kind=_ROOT)
    entries: list[_DirectoryEntry] = []
    _collect(root, tree, entries)
    for entry in entries:
        _link(entry)
    sectors = _Sectors()
    small = _place(entries, sectors)
    root.size = len(small.body)
    root.start = sectors.put(bytes(small.body))
    links = _numbers(small.next)
    small_start = sectors.put(links)
    directory = b"".join(e.packed() for e in entries)
    directory += _UNUSED * (-len(entries) % (_SECTOR // len(_UNUSED)))
    directory_start = sectors.put(directory)
    return _with_header(sectors, directory_start, small_start, len(links) // _SECTOR)


def _collect(parent: _DirectoryEntry, tree: Tree, entries: list[_DirectoryEntry]) -> None:
    parent.number = len(entries)
    entries.append(parent)
    for name, content in tree.items():
        is_stream = isinstance(content, bytes)
        entry = _DirectoryEntry(name=name, kind=_STREAM if is_stream else _STORAGE)
        parent.children.append(entry)
        if isinstance(content, bytes):
            entry.data, entry.number = content, len(entries)
            entries.append(entry)
        else:
            _collect(entry, content, entries)


def _link(parent: _DirectoryEntry) -> None:
    """按规定的次序（先比长度，再比大写）排成红黑树：最底下不满的一层是红的。"""
    ordered = sorted(parent.children, key=lambda e: (len(_utf16(e.name)), _utf16(e.name.upper())))
    complete = (len(ordered) + 1) & len(ordered) == 0
    deepest = -1 if complete else len(ordered).bit_length() - 1

    def halved(entries: Sequence[_DirectoryEntry], depth: int) -> int:
        if not entries:
            return _NONE
        middle = len(entries) // 2
        top = entries[middle]
        top.left, top.right = halved(entries[:middle], depth + 1), halved(entries[middle + 1 :], depth + 1)
        top.color = _RED if depth and depth == deepest else _BLACK
        return top.number

    parent.child = halved(ordered, 0)


def _place(entries: Sequence[_DirectoryEntry], sectors: _Sectors) -> _Sectors:
    """大的流各占扇区，小的流合放在 64 字节的小扇区里；返回小扇区。"""
    small = _Sectors()
    for entry in entries:
        entry.size = len(entry.data)
        if entry.size >= _CUTOFF:
            entry.start = sectors.put(entry.data)
        elif entry.size:
            entry.start = len(small.next)
            small.body += _padded(entry.data, _MINI)
            count = len(small.body) // _MINI
            small.next += [*range(entry.start + 1, count), _END]
    return small


def _with_header(sectors: _Sectors, directory: int, small: int, small_count: int) -> bytes:
    used = len(sectors.next)
    count = 1
    while count * _PER_SECTOR < used + count:
        count += 1
    if count > _IN_HEADER:
        raise ValueError("VBA 项目超过 6.8 MB，复合文件写不下。")
    table = _numbers([*sectors.next, *[_FAT] * count])
    header = (
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    header += struct.pack("<9I", 0, count, directory, 0, _CUTOFF, small, small_count, _END, 0)
    places = [used + i if i < count else _FREE for i in range(_IN_HEADER)]
    return header + struct.pack(f"<{_IN_HEADER}I", *places) + bytes(sectors.body) + table


def _numbers(values: Sequence[int]) -> bytes:
    padded = [*values, *[_FREE] * (-len(values) % _PER_SECTOR)]
    return struct.pack(f"<{len(padded)}I", *padded)


def _padded(data: bytes, unit: int) -> bytes:
    return data + bytes(-len(data) % unit)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be")

"""A strict reader of compound files: checks what lenient readers forgive, and gives the streams.

Order of siblings, the red-black rules, that every sector belongs to exactly one chain, and the header's counts.
"""

from __future__ import annotations

import struct

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class Strict:
    def __init__(self, data: bytes) -> None:
        self.data, self.taken = data, {}
        self.streams: dict[str, bytes] = {}
        assert data[:8].hex() == "d0cf11e0a1b11ae1" and len(data) % 512 == 0
        assert struct.unpack_from("<5H", data, 24) == (0x3E, 3, 0xFFFE, 9, 6)
        directories, fats, start, _, cutoff, small, smalls, difat, difats = struct.unpack_from(
            "<9I", data, 40
        )
        assert (directories, cutoff, difat, difats) == (0, 4096, END, 0)
        places = [p for p in struct.unpack_from("<109I", data, 76) if p != FREE]
        assert len(places) == fats
        self.fat = [n for p in places for n in struct.unpack("<128I", self.sector(p))]
        for place in places:
            assert self.fat[place] == FAT
            self.taken[place] = "FAT"
        listing = self.chain(start, "directory")
        self.entries = [listing[i : i + 128] for i in range(0, len(listing), 128)]
        root = self.entries[0]
        assert root[66] == 5 and self.name(root) == "Root Entry"
        place, size = struct.unpack_from("<IQ", root, 116)
        self.mini = self.chain(place, "mini") if size else b""
        table = self.chain(small, "mini FAT") if smalls else b""
        assert len(table) == smalls * 512
        self.mini_fat = struct.unpack(f"<{len(table) // 4}I", table)
        self.mini_taken: set[int] = set()
        self.seen = {0}
        child = struct.unpack_from("<I", root, 76)[0]
        assert child == FREE or self.entries[child][67] == 1, "the top of a tree is black"
        self.tree(child, None, None, False, "")
        assert all(i in self.seen or e[66] == 0 for i, e in enumerate(self.entries)), (
            "an entry nobody reaches"
        )
        for number in range(len(data) // 512 - 1):
            assert (self.fat[number] == FREE) != (number in self.taken), f"sector {number} is nobody's"

    def sector(self, number: int) -> bytes:
        return self.data[512 + number * 512 : 1024 + number * 512]

    def chain(self, place: int, owner: str) -> bytes:
        out = b""
        while place != END:
            assert place not in self.taken, (owner, self.taken.get(place))
            self.taken[place] = owner
            out += self.sector(place)
            place = self.fat[place]
        return out

    def name(self, entry: bytes) -> str:
        length = struct.unpack_from("<H", entry, 64)[0]
        assert entry[length - 2 : length] == b"\0\0" and not any(entry[length:64])
        return entry[: length - 2].decode("utf-16-le")

    def tree(self, number: int, low: str | None, high: str | None, under_red: bool, path: str) -> int:
        """The number of black entries on the way down, which must be the same on every way."""
        if number == FREE:
            return 1
        assert number not in self.seen
        self.seen.add(number)
        entry = self.entries[number]
        name, red = self.name(entry), entry[67] == 0
        left, right, child = struct.unpack_from("<3I", entry, 68)
        assert entry[66] in (1, 2) and not (red and under_red), "two reds in a row"
        assert low is None or _key(low) < _key(name), (low, name)
        assert high is None or _key(name) < _key(high), (name, high)
        blacks = self.tree(left, low, name, red, path)
        assert blacks == self.tree(right, name, high, red, path), "black heights differ"
        if entry[66] == 1:
            assert child == FREE or self.entries[child][67] == 1
            self.tree(child, None, None, False, f"{path}{name}/")
        else:
            self.streams[path + name] = self.content(entry, path + name)
        return blacks + (not red)

    def content(self, entry: bytes, owner: str) -> bytes:
        place, size = struct.unpack_from("<IQ", entry, 116)
        if size >= 4096:
            out = self.chain(place, owner)
        else:
            out = b""
            while place != END:
                assert place not in self.mini_taken
                self.mini_taken.add(place)
                out += self.mini[place * 64 : place * 64 + 64]
                place = self.mini_fat[place]
        assert 0 <= len(out) - size < 512
        return out[:size]


def _key(name: str) -> tuple[int, bytes]:
    return len(name), name.upper().encode("utf-16-be")


def streams(data: bytes) -> dict[str, bytes]:
    """名字 → 内容；不合规矩的，断言不过。"""
    return Strict(data).streams

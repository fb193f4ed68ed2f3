"""Rewrite some members of a zip and copy the others' compressed bytes untouched."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8 = 0x800
EMPTY = b"PK\5\6" + bytes(18)  # a zip with nothing in it, to build one from
_STAMP = 33  # 1980-01-01: the same input gives the same bytes


def deflated(data: bytes, level: int = 6) -> bytes:
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def _packed(source: bytes, info: zipfile.ZipInfo) -> memoryview:
    """一个成员压缩着的字节。"""
    start = info.header_offset
    if source[start : start + 4] != b"PK\3\4" or len(source) < start + _LOCAL.size:
        raise zipfile.BadZipFile(f"no local header for {info.filename}")
    header = _LOCAL.unpack_from(source, start)
    begin = start + _LOCAL.size + header[9] + header[10]
    return memoryview(source)[begin : begin + info.compress_size]


def rewritten(source: bytes, changed: Mapping[str, bytes], removed: frozenset[str] = frozenset()) -> bytes:
    """source 里 changed 的部分换成新内容（没有的加在末尾），removed 的去掉，其余压缩数据原样照抄。"""
    body, directory = bytearray(), bytearray()
    count = 0

    def put(name: str, method: int, crc: int, packed: bytes | memoryview, size: int) -> None:
        nonlocal count
        raw = name.encode("utf-8")
        offset = len(body)
        body.extend(_LOCAL.pack(b"PK\3\4", 20, _UTF8, method, 0, _STAMP, crc, len(packed), size, len(raw), 0))
        body.extend(raw)
        body.extend(packed)
        directory.extend(
            _CENTRAL.pack(
                b"PK\1\2",
                20,
                20,
                _UTF8,
                method,
                0,
                _STAMP,
                crc,
                len(packed),
                size,
                len(raw),
                0,
                0,
                0,
                0,
                0,
                offset,
            )
        )
        directory.extend(raw)
        count += 1

    with zipfile.ZipFile(io.BytesIO(source)) as package:
        known = set()
        for info in package.infolist():
            known.add(info.filename)
            if info.filename in removed:
                continue
            if info.filename in changed:
                data = changed[info.filename]
                put(info.filename, 8, zlib.crc32(data), deflated(data), len(data))
                continue
            put(info.filename, info.compress_type, info.CRC, _packed(source, info), info.file_size)
    for name, data in changed.items():
        if name not in known:
            put(name, 8, zlib.crc32(data), deflated(data), len(data))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)

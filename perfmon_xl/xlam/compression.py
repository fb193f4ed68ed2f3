"""The compression of VBA sources (MS-OVBA 2.4.1): chunks of 4096 bytes, copies of what came before."""

from __future__ import annotations

import struct

_CHUNK = 4096
_SHORTEST = 3  # a copy token takes two bytes


def compress(data: bytes) -> bytes:
    """压缩成 VBA 的容器。"""
    out = bytearray(b"\x01")
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        packed = _compress_chunk(chunk)
        flag = 0xB000
        if len(packed) > _CHUNK:
            # Text that does not compress: a raw chunk always holds 4096 bytes.
            packed, flag = chunk.ljust(_CHUNK, b"\0"), 0x3000
        out += struct.pack("<H", flag | (len(packed) - 1)) + packed
    return bytes(out)


def _compress_chunk(chunk: bytes) -> bytes:
    out = bytearray()
    seen: dict[bytes, list[int]] = {}
    position = 0
    while position < len(chunk):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if position >= len(chunk):
                break
            bits = _offset_bits(position)
            length, offset = _longest(chunk, position, seen, (0xFFFF >> bits) + _SHORTEST)
            if length:
                flags |= 1 << bit
                tokens += struct.pack("<H", ((offset - 1) << (16 - bits)) | (length - _SHORTEST))
            else:
                tokens.append(chunk[position])
            for passed in range(position, position + max(1, length)):
                seen.setdefault(chunk[passed : passed + _SHORTEST], []).append(passed)
            position += max(1, length)
        out.append(flags)
        out += tokens
    return bytes(out)


def _longest(chunk: bytes, position: int, seen: dict[bytes, list[int]], most: int) -> tuple[int, int]:
    """前面出现过的最长的一段：长度和往回的距离；没有的是 0。"""
    most = min(most, len(chunk) - position)
    best = (0, 0)
    if most < _SHORTEST:
        return best
    for candidate in reversed(seen.get(chunk[position : position + _SHORTEST], ())):
        length = _SHORTEST
        while length < most and chunk[candidate + length] == chunk[position + length]:
            length += 1
        if length > best[0]:
            best = (length, position - candidate)
        if length == most:
            break
    return best


def _offset_bits(position: int) -> int:
    """这个位置上，一个拷贝记号里有几位是距离。"""
    return max(4, (position - 1).bit_length() if position else 4)

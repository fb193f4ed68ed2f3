"""The compound file and the compression, against readers that are not ours."""

from __future__ import annotations

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.compound_reader import streams
from support.olevba import decompress_stream

from perfmon_xl.xlam.compound import compound
from perfmon_xl.xlam.compression import compress

NAMES = st.text("abcXYZ_09", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 500, 4095, 4096, 4097, 9000])


@given(st.dictionaries(NAMES, SIZES, max_size=40).filter(lambda d: len({n.upper() for n in d}) == len(d)))
def test_what_is_put_in_comes_out(sizes: dict[str, int]) -> None:
    stored = {name: (name.encode() * (size + 1))[:size] for name, size in sizes.items()}
    data = compound({"VBA": stored, "PROJECT": b"x" * 700, "PROJECTwm": b""})
    wanted = {**{f"VBA/{n}": c for n, c in stored.items()}, "PROJECT": b"x" * 700, "PROJECTwm": b""}
    assert streams(data) == wanted
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as other:
        assert {"/".join(p): other.openstream(p).read() for p in other.listdir()} == wanted


@pytest.mark.parametrize("harm", [68, 67 + 128, 64])
def test_the_strict_reader_is_strict(harm: int) -> None:
    """把目录里的一个字节改掉，严格的读法不放过。"""
    data = bytearray(compound({"a": b"1", "b": b"2", "cc": b"3"}))
    directory = 512 + 512 * int.from_bytes(data[48:52], "little")
    data[directory + 128 + harm] ^= 1
    with pytest.raises((AssertionError, IndexError, UnicodeDecodeError)):
        streams(bytes(data))


def test_a_name_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="太长"):
        compound({"x" * 32: b""})


LINES = st.lists(
    st.sampled_from(["Sub A()\r\n", "End Sub\r\n", "    Dim i As Long\r\n", "'~", "\t"]), max_size=900
)


@pytest.mark.slow
@given(LINES.map("".join) | st.text(st.characters(codec="ascii"), max_size=9000))
def test_compressed_sources_are_read_by_olevba(text: str) -> None:
    data = text.encode("ascii")
    assert bytes(decompress_stream(bytearray(compress(data)))) == data


def test_sources_become_smaller() -> None:
    text = b"    If Len(command) > 0 Then Exit Sub\r\n" * 300
    assert len(compress(text)) < len(text) / 5

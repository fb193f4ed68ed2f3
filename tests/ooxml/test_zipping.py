"""What is read of a zip without opening its members one by one."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.ooxml.zipping import beginning


def packed(data: bytes, method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr("前面的.xml", b"<a/>")
        package.writestr("xl/要看的.xml", data)
    return out.getvalue()


@given(
    st.binary(max_size=3000),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.integers(1, 4000),
)
def test_the_beginning_of_a_member_is_what_zipfile_reads(data: bytes, method: int, size: int) -> None:
    source = packed(data, method)
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        assert beginning(source, package.getinfo("xl/要看的.xml"), size) == data[:size]


@pytest.mark.parametrize("offset", [3, 10**6])
def test_a_member_that_is_not_where_the_directory_says(offset: int) -> None:
    source = packed(b"<b/>", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        info = package.getinfo("xl/要看的.xml")
    info.header_offset = offset
    with pytest.raises(zipfile.BadZipFile):
        beginning(source, info, 10)

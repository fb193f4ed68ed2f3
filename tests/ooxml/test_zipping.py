"""Parts of a zip rewritten, the rest copied; and members that are not where the directory says."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.safety import check_package
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.workbook.build.monitoring import blank

METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])


def packed(parts: dict[str, bytes], method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


NAMES = st.sampled_from(["a.xml", "xl/要看的.xml", "xl/b.xml", "media/c.png"])
PARTS = st.dictionaries(NAMES, st.binary(max_size=300))


@given(PARTS, PARTS, st.frozensets(NAMES), METHODS)
def test_what_is_changed_is_changed_and_the_rest_is_copied(
    parts: dict[str, bytes], changed: dict[str, bytes], removed: frozenset[str], method: int
) -> None:
    removed -= set(changed)
    source = packed(parts, method)
    made = rewritten(source, changed, removed)
    assert contents(made) == {n: d for n, d in {**parts, **changed}.items() if n not in removed}
    assert made == rewritten(source, changed, removed)


@pytest.mark.slow
@pytest.mark.parametrize("offset", [3, 10**6])
def test_a_member_that_is_not_where_the_directory_says_is_refused(offset: int) -> None:
    source = bytearray(blank())
    entry = source.rfind(b"PK\1\2")  # the last line of the directory: where its member begins
    source[entry + 42 : entry + 46] = offset.to_bytes(4, "little")
    with pytest.raises(UserError, match="损坏"):
        check_package(bytes(source), "坏.xlsx")

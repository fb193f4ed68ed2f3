"""The same as the standard library's, which is not used for what it imports."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring
from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from perfmon_xl.ooxml.escaping import escape, quoted, unescape

TEXTS = st.text("&<>\"'\n\r\tltgampquo;#10汉")


@given(TEXTS)
def test_as_the_standard_library(text: str) -> None:
    assert escape(text) == saxutils.escape(text)
    assert escape(text, {'"': "&quot;"}) == saxutils.escape(text, {'"': "&quot;"})
    assert unescape(text) == saxutils.unescape(text)
    assert unescape(text, {"&quot;": '"'}) == saxutils.unescape(text, {"&quot;": '"'})
    assert fromstring(f"<a b={quoted(text)}/>").get("b") == text
    assert unescape(escape(text)) == text

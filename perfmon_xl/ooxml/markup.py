"""The parts of an Office file and their XML, parsed strictly by one parser: nothing external is ever followed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.names import COMPATIBILITY, WORD

FALLBACK = f"{{{COMPATIBILITY}}}Fallback"


@lru_cache(maxsize=256)
def w(name: str) -> str:
    return f"{{{WORD}}}{name}"


_VAL = w("val")


def value(parent: etree._Element | None, name: str) -> str | None:
    """子元素 name 的 w:val；没有子元素是 None，没有值是空。"""
    element = child(parent, w(name))
    return None if element is None else element.get(_VAL) or ""


def child(parent: etree._Element | None, tag: str) -> etree._Element | None:
    """第一个这样的子元素；没有的是 None。"""
    if parent is not None:
        for element in parent:  # properties come first and are few; find() reads a path, five times as dear
            if element.tag == tag:
                return element
    return None


def attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    """各属性的名称（连同命名空间）和值。"""
    for key, told in element.attrib.items():
        yield str(key), str(told)


def number(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise


def part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """一个部分；没有的是 None，坏的、带外部定义的拒绝。"""
    data = read_part(package, name)
    return None if data is None else parsed(data, name)


def read_part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """一个部分的字节；没有的是 None，坏的拒绝。"""
    try:
        return package.read(name)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
        raise UserError(f"报告里的 {name} 已损坏。", "请在 Word 中打开修复后另存。") from None


@lru_cache(maxsize=8)
def _parser(huge: bool, blanks: bool, remarks: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
        remove_blank_text=not blanks,
        remove_comments=not remarks,
        remove_pis=not remarks,
    )


def tree(data: bytes, *, huge: bool = False, blanks: bool = True, remarks: bool = True) -> etree._Element:
    """XML 的树，一律严格解析：不展开实体，不上网，不读外部定义。

    huge：不限一段文字多长；blanks：排版用的空白留不留；remarks：注释和处理指令留不留，不留的，两边的字连着。

    Raises XMLSyntaxError.
    """
    return etree.fromstring(data, _parser(huge, blanks, remarks))


def parsed(
    data: bytes, name: str, whose: str = "报告", program: str = "Word", *, huge: bool = False
) -> etree._Element:
    """一个部分的内容；坏的、带外部定义的拒绝。"""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UserError(f"{whose}里的 {name} 带有外部定义，没有打开。", "请确认文件来源。")
    try:
        return tree(data, huge=huge)
    except etree.XMLSyntaxError:
        raise UserError(f"{whose}里的 {name} 已损坏。", f"请在 {program} 中打开修复后另存。") from None


def opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UserError("报告不完整或已损坏。", "请重新取得这个文件。") from None

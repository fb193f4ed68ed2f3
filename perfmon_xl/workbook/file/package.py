"""The parts of an .xlsx: which sheet is which part, its tables, shared strings, number formats and names."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from lxml import etree

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.printable import HALF_CHARACTER
from perfmon_xl.ooxml.markup import parsed
from perfmon_xl.ooxml.names import OFFICE_RELS, SPREADSHEET
from perfmon_xl.ooxml.safety import DAMAGED
from perfmon_xl.ooxml.zipping import rewritten

WORKBOOK = "xl/workbook.xml"
_ROOT = re.compile(rb"\s*(?:<\?xml[^<>]*\?>\s*)?<[A-Za-z][^<>/]*(?:/(?!>)[^<>/]*)*(?=/?>)")
_COLUMNS = re.compile(rb'<(?:\w+:)?tableColumns\b[^<>]*? count="([0-9]{1,6})"')
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS = frozenset({9, 10})
_FORMAT_NOISE = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.|_.|\*.')


def tag(name: str) -> str:
    return f"{{{SPREADSHEET}}}{name}"


def parse(data: bytes, part: str, whose: str = "文件") -> etree._Element:
    """严格解析一个部分；带 DTD 的、坏的，拒绝。"""
    return parsed(data, part, whose, "Excel", huge=True)


_DAMAGE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ArithmeticError,
    StopIteration,
    RecursionError,
    etree.LxmlError,
)


@contextmanager
def structure() -> Iterator[None]:
    """包里的结构坏了（缺属性、数字写成字……）有无数种样子；都是文件的毛病，说成一句话，详情留在原因里。"""
    try:
        yield
    except _DAMAGE as error:
        raise UserError(
            "工作簿的内部结构已损坏，读不了。", "请在 Excel 中打开修复后另存，或换一份完好的文件。"
        ) from error


class SheetEntry(Protocol):
    """打开的工作表：各行由它管着。"""

    def completed(self, around: bytes) -> bytes:
        """部分写成的样子，补上各行。"""
        ...


class Package:
    """一个 .xlsx 的各部分，按需解开；改过的记着，存的时候只换它们。"""

    def __init__(self, data: bytes, path: Path | None = None) -> None:
        self.source = data
        self.path = path
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = set(self._zip.namelist())
        self._by_lower = {n.lower(): n for n in self._names}  # names differ only by case between programs
        self._trees: dict[str, etree._Element] = {}
        self._around: dict[str, bytes] = {}  # of the parts whose rows an opened sheet holds
        self.opened: dict[str, SheetEntry] = {}  # by part; they hold the rows, the tree does not
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.touched: set[str] = set()
        self.removed: set[str] = set()

    @property
    def whose(self) -> str:
        return f"{self.path.name} " if self.path is not None else "文件"

    def _actual(self, part: str) -> str:
        """包里写的名称：各程序大小写不一样（ISO 29500-2 §6.2.2.3）。"""
        return part if part in self._names else self._by_lower.get(part.lower(), part)

    def raw(self, part: str) -> bytes:
        try:
            return self._zip.read(self._actual(part))
        except KeyError:
            raise UserError(f"{self.whose}缺少 {part}。", "请在 Excel 中打开修复后另存。") from None
        except DAMAGED:
            raise UserError(f"{self.whose}里的 {part} 已损坏。", "请重新取得这个文件。") from None

    def tree(self, part: str) -> etree._Element:
        part = self._actual(part)
        if part not in self._trees:
            data = self._around.get(part)
            self._trees[part] = parse(self.raw(part) if data is None else data, part, self.whose)
        return self._trees[part]

    def attributes(self, part: str) -> Mapping[str, str]:
        """一个部分的根元素的属性：只看开头，不必解析到底。"""
        part = self._actual(part)
        if part not in self._trees:
            found = _ROOT.match(self.raw(part))
            if found is not None:
                root = parse(found[0] + b"/>", part, self.whose)
                return {str(name): str(value) for name, value in root.attrib.items()}
        return {str(name): str(value) for name, value in self.tree(part).attrib.items()}

    def table_columns(self, part: str) -> int:
        """表格部分里写着有几栏；没有写的是 0。"""
        found = _COLUMNS.search(self.raw(part))
        return int(found[1]) if found else 0

    def mentions(self, part: str, word: str) -> bool:
        """工作表部分各行以外的地方，可不可能写着 word。"""
        data = self._around.get(part)
        return data is None or part in self._trees or word.encode() in data

    def parsed(self, part: str) -> bool:
        """解析过了没有；解析过的可能已经改了。"""
        return part in self._trees

    def set_raw(self, part: str, data: bytes) -> None:
        """这个部分只解析 data 这些，其余的由打开的工作表管着。"""
        self._around[part] = data

    def touch(self, part: str) -> etree._Element:
        """要改这个部分。"""
        part = self._actual(part)
        self.touched.add(part)
        if part.endswith(".rels"):
            self._relations.clear()
        return self.tree(part)

    def add(self, part: str, root: etree._Element) -> None:
        """加一个新的部分。"""
        self._names.add(part)
        self._trees[part] = root
        self.touched.add(part)
        if part.endswith(".rels"):
            self._relations.clear()

    def has(self, part: str) -> bool:
        return self._actual(part) in self._names

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """关系编号 → (类型末段, 目标部分)。"""
        known = self._relations.get(part)
        if known is None:
            known = self._relations[part] = self._read_relations(part)
        return known

    def _read_relations(self, part: str) -> dict[str, tuple[str, str]]:
        rels = self._actual(
            posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        )
        if rels not in self._names:
            return {}
        found = {}
        for relation in self.tree(rels):
            target = relation.get("Target") or ""
            full = (
                target[1:]
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
            )
            full = self._actual(full)
            if relation.get("TargetMode") != "External":
                found[relation.get("Id") or ""] = ((relation.get("Type") or "").rsplit("/", 1)[-1], full)
        return found

    @cached_property
    def sheets(self) -> dict[str, str]:
        """工作表名 → 部分。"""
        relations = self.relations(WORKBOOK)
        sheets: dict[str, str] = {}
        known: set[str] = set()
        for sheet in self.tree(WORKBOOK).iterfind(f"{tag('sheets')}/{tag('sheet')}"):
            kind, part = relations.get(sheet.get(f"{{{OFFICE_RELS}}}id") or "", ("", ""))
            if not kind or (kind == "worksheet" and part not in self._names):
                raise UserError(
                    f"{self.whose}里没有工作表“{sheet.get('name') or ''}”的内容（{part or '没有写在哪里'}），文件已损坏。",
                    "请在 Excel 中打开修复后另存，或换一份完好的文件。",
                )
            if kind == "worksheet":
                name = sheet.get("name") or ""
                if name.casefold() in known or part in sheets.values():
                    raise UserError(
                        f"{self.whose}里有两张工作表都叫“{name}”，或者两张是同一份内容，文件已损坏。",
                        "请在 Excel 中打开修复后另存，或换一份完好的文件。",
                    )
                sheets[name] = part
                known.add(name.casefold())
        return sheets

    @cached_property
    def date1904(self) -> bool:
        properties = self.tree(WORKBOOK).find(tag("workbookPr"))
        return properties is not None and properties.get("date1904") in ("1", "true")

    @cached_property
    def strings(self) -> list[str]:
        """共享字符串；富文本取全部文字，注音不取。"""
        part = next((p for kind, p in self.relations(WORKBOOK).values() if kind == "sharedStrings"), "")
        if not part:
            return []
        strings, plain = [], tag("t")
        for item in self.tree(part):
            if len(item) == 1 and item[0].tag == plain:
                strings.append(unescaped(item[0].text or ""))
                continue
            texts = [
                t.text or ""
                for r in item
                for t in ([r] if r.tag == tag("t") else r.iterfind(tag("t")))
                if r.tag in (tag("t"), tag("r"))
            ]
            strings.append(unescaped("".join(texts)))
        return strings

    @cached_property
    def wraps(self) -> frozenset[int]:
        """哪些样式自动换行。"""
        part = next((p for kind, p in self.relations(WORKBOOK).values() if kind == "styles"), "")
        if not part:
            return frozenset()
        elements = self.tree(part).iterfind(f"{tag('cellXfs')}/{tag('xf')}")
        return frozenset(
            number
            for number, xf in enumerate(elements)
            if (alignment := xf.find(tag("alignment"))) is not None
            and alignment.get("wrapText") in ("1", "true")
        )

    @cached_property
    def formats(self) -> list[str]:
        """每个样式是不是百分比（%）、日期（d）、都不是（空）。"""
        part = next((p for kind, p in self.relations(WORKBOOK).values() if kind == "styles"), "")
        if not part:
            return []
        styles = self.tree(part)
        try:
            custom = {
                int(f.get("numFmtId") or 0): f.get("formatCode") or ""
                for f in styles.iterfind(f"{tag('numFmts')}/{tag('numFmt')}")
            }
            return [
                _format_kind(int(xf.get("numFmtId") or 0), custom)
                for xf in styles.iterfind(f"{tag('cellXfs')}/{tag('xf')}")
            ]
        except ValueError:
            raise UserError(f"{self.whose}里的 {part} 已损坏。", "请在 Excel 中打开修复后另存。") from None

    def to_bytes(self) -> bytes:
        """改过的部分重新写出，其余压缩数据原样照抄。"""
        if not self.touched and not self.removed:
            return self.source
        self._refuse_damaged()
        changed = {part: self._written(part) for part in sorted(self.touched)}
        return rewritten(self.source, changed, frozenset(self.removed))

    def _refuse_damaged(self) -> None:
        """没有读过的部分也要是完好的 XML：坏了的不照抄，不然写出来的文件 Excel 打不开。图形（vml）不必是。"""
        for part in sorted(self._names - self.removed):
            if part.lower().endswith((".xml", ".rels")) and part not in self._trees:
                try:
                    expat.ParserCreate().Parse(self.raw(part), True)
                except (expat.ExpatError, ValueError, LookupError):
                    raise UserError(
                        f"{self.whose}里的 {part} 已损坏，没有写。",
                        "请在 Excel 中打开修复后另存，再做一遍。",
                    ) from None

    def _written(self, part: str) -> bytes:
        data = etree.tostring(self.tree(part), xml_declaration=True, encoding="UTF-8", standalone=True)
        sheet = self.opened.get(part)
        return data if sheet is None else sheet.completed(data)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Excel 把不能放进 XML 的字写成 _x000D_ 的样子；分成两半写的一个字合起来，只有一半的换成“�”。

    >>> unescaped("_xD83D__xDE00_"), unescaped("甲_xD800_")
    ('😀', '甲�')
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    if HALF_CHARACTER.search(plain):
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return plain


def _format_kind(number: int, custom: dict[int, str]) -> str:
    if number in _PERCENT_FORMATS:
        return "%"
    if number in custom:
        return format_kind(custom[number])
    return "d" if number in DATE_FORMATS else ""


def format_kind(code: str) -> str:
    """数字格式是百分比（%）、日期（d）、都不是（空）。"""
    code = _FORMAT_NOISE.sub("", code).lower()
    if "%" in code:
        return "%"
    return "d" if re.search(r"[ymd]", code) and "general" not in code else ""

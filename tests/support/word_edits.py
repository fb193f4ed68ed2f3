"""What a person does to a report in Word, done on its XML: typing, deleting, moving, with and without tracking."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from perfmon_xl.report.tracing.bookmarks import bookmark_name
from perfmon_xl.report.tracing.provenance import Record, RecordedValue

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = "word/document.xml"


def w(name: str) -> str:
    return f"{{{_W}}}{name}"


class Edited:
    """一份打开的报告：record 是它的来历，root 是正文。"""

    def __init__(self, data: bytes, record: Record) -> None:
        self.data, self.record = data, record
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts[DOCUMENT])

    def saved(self, path: Path) -> Path:
        self.parts[DOCUMENT] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self.parts.items():
                package.writestr(name, data)
        return path

    # --- finding ------------------------------------------------------------------------------------

    def value(self, identity: str, *, inside: str = "", nth: int = 0) -> RecordedValue:
        """身份是 identity 的第 nth 个值；inside 给出时，要套在那个值里的。"""
        by_id = {v.id: v for v in self.record.values}
        found = [
            v
            for v in self.record.values
            if v.source.identity == identity
            and (not inside or (v.inside and by_id[v.inside].source.identity == inside))
        ]
        assert found, (identity, inside)
        return found[nth]

    def start(self, value: RecordedValue) -> etree._Element:
        name = bookmark_name(value.id)
        return next(e for e in self.root.iter(w("bookmarkStart")) if e.get(w("name")) == name)

    def end(self, value: RecordedValue) -> etree._Element:
        number = self.start(value).get(w("id"))
        return next(e for e in self.root.iter(w("bookmarkEnd")) if e.get(w("id")) == number)

    def runs(self, value: RecordedValue) -> list[etree._Element]:
        start, end = self.start(value), self.end(value)
        found, one = [], start.getnext()
        while one is not None and one is not end:
            if one.tag == w("r"):
                found.append(one)
            one = one.getnext()
        return found

    def paragraph(self, value: RecordedValue) -> etree._Element:
        return next(a for a in self.start(value).iterancestors() if a.tag == w("p"))

    def paragraph_with(self, text: str) -> etree._Element:
        return next(
            p for p in self.root.iter(w("p")) if text in "".join(t.text or "" for t in p.iter(w("t")))
        )

    # --- doing --------------------------------------------------------------------------------------

    def type_inside(self, value: RecordedValue, text: str) -> None:
        """在值的中间打字：书签还在。"""
        first, *rest = self.runs(value)
        for t in list(first.iter(w("t")))[1:]:
            first.remove(t)
        first.find(w("t")).text = text
        for run in rest:
            run.getparent().remove(run)

    def type_over(self, value: RecordedValue, text: str) -> None:
        """选中整个值再打字：Word 把书签也删了。"""
        self.type_inside(value, text)
        for mark in (self.end(value), self.start(value)):
            mark.getparent().remove(mark)

    def empty(self, value: RecordedValue) -> None:
        """删掉值的字，书签缩成一个点。"""
        for run in self.runs(value):
            run.getparent().remove(run)

    def delete_tracked(self, value: RecordedValue) -> None:
        """打开修订后删去一个值。"""
        for run in self.runs(value):
            mark = etree.Element(
                w("del"), {w("id"): "7001", w("author"): "审稿人", w("date"): "2024-01-05T09:00:00Z"}
            )
            run.getparent().replace(run, mark)
            mark.append(run)
            for t in run.iter(w("t")):
                t.tag = w("delText")

    def insert_tracked(self, after: etree._Element, text: str) -> None:
        """打开修订后加字。"""
        mark = etree.Element(
            w("ins"), {w("id"): "7002", w("author"): "审稿人", w("date"): "2024-01-05T09:00:00Z"}
        )
        mark.append(run(text))
        after.addnext(mark)

    def retype(self, paragraph: etree._Element, text: str) -> None:
        """整段删掉重打：书签全没有了。"""
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        paragraph.append(run(text))

    def replace_text(self, old: str, new: str, *, within: etree._Element | None = None) -> None:
        """就地改几个字（在同一串文字里）。"""
        scope = self.root if within is None else within
        t = next(t for t in scope.iter(w("t")) if old in (t.text or ""))
        t.text = (t.text or "").replace(old, new, 1)

    def move(self, element: etree._Element, after: etree._Element) -> None:
        after.addnext(element)

    def row(self, value: RecordedValue) -> etree._Element:
        return next(a for a in self.start(value).iterancestors() if a.tag == w("tr"))


def run(text: str) -> etree._Element:
    made = etree.Element(w("r"))
    t = etree.SubElement(made, w("t"))
    t.text = text
    t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


Edit = Callable[[Edited], object]
__all__ = ["DOCUMENT", "Edit", "Edited", "run", "w"]

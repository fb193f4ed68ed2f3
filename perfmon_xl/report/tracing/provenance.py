"""The record that a report carries: every value written, its cell, and what everything was made from.

Stored as a custom XML part of the .docx (Word and LibreOffice keep it) and, when asked for, as a JSON file
beside it. Nothing here judges; perfmon_xl.audit does.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from perfmon_xl.domain.origin import CellPlace
from perfmon_xl.ooxml.escaping import escape
from perfmon_xl.ooxml.names import CONTENT_TYPES, DOCUMENT_RELS, HEAD, OFFICE_RELS, PACKAGE_RELS
from perfmon_xl.report.tracing.bookmarks import PrintedValue
from perfmon_xl.report.tracing.numbers import NumberInText
from perfmon_xl.report.tracing.sources import RecordedPoint, Source, SourceLookup, formula_of

NAMESPACE = "urn:perfmon-xl:provenance:1"
_GUID = "{6B0E7C52-3F0C-4E7B-9D61-2A8C5B1F4D37}"
_SPECIAL = re.compile(r"[&<>\"\r\n\t]")


class RecordedValue(NamedTuple):
    """写进报告的一个值：书签编号、写出的文字、套在哪个值里、来历。"""

    id: int
    text: str
    inside: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInfo:
    """报告由什么做成：程序版本、规则集的名称和指纹、模板、工作簿填写内容的指纹；document 是做成时正文的指纹。"""

    program: str = ""
    rule_set: str = ""
    rules: str = ""
    template: str = ""
    entries: str = ""
    draft: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """一份报告的来历：各个值、模板自己的数、图上的数。"""

    made: BuildInfo
    values: tuple[RecordedValue, ...] = ()
    fixed: tuple[NumberInText, ...] = ()
    points: tuple[RecordedPoint, ...] = ()


def record_of(
    made: BuildInfo,
    written: Iterable[PrintedValue],
    sources: SourceLookup,
    fixed: Iterable[NumberInText],
    points: Iterable[RecordedPoint] = (),
) -> Record:
    return Record(
        made=made,
        values=tuple(
            RecordedValue(id=w.id, text=w.text, inside=w.inside, source=sources.of(w.key)) for w in written
        ),
        fixed=tuple(fixed),
        points=tuple(points),
    )


# --- XML --------------------------------------------------------------------------------------------


def to_xml(record: Record) -> str:
    """自定义 XML 部件的内容。"""
    made = "".join(f' {name}="{_attribute(str(value))}"' for name, value in asdict(record.made).items())
    values = [
        f'<value id="{v.id}"{_inside(v.inside)}{_source(v.source)}>{_text(v.text)}</value>'
        for v in record.values
    ]
    fixed = [
        f'<fixed before="{_attribute(f.before)}" after="{_attribute(f.after)}">{_text(f.number)}</fixed>'
        for f in record.fixed
    ]
    points = [
        f'<point part="{_attribute(p.part)}" series="{_attribute(p.series)}" '
        f'category="{_attribute(p.category)}"{_source(p.source)}>{_text(p.value)}</point>'
        for p in record.points
    ]
    body = "".join([*values, *fixed, *points])
    return f'{HEAD}<provenance xmlns="{NAMESPACE}"{made}>{body}</provenance>'


def _inside(number: int) -> str:
    return f' inside="{number}"' if number else ""


def _source(source: Source) -> str:
    origin, identity = source.origin, source.identity
    sheet, cell, label = origin.sheet, origin.cell, origin.label
    if _SPECIAL.search(
        f"{sheet}{cell}{label}{identity}"
    ):  # one look for all: next to none has anything to escape
        sheet, cell, label, identity = map(_attribute, (sheet, cell, label, identity))
    place = f' sheet="{sheet}" cell="{cell}" field="{label}"'
    if not (sheet and cell and label):
        place = _attributes((("sheet", sheet), ("cell", cell), ("field", label)))
    how = _written_form(source.measure, source.form)
    return f'{place}{how} identity="{identity}"' if identity else place + how


@lru_cache(maxsize=256)
def _written_form(measure: str, form: str) -> str:
    """怎么算的、怎么写的；就那几种。"""
    told = (("measure", measure), ("formula", formula_of(measure)), ("form", form))
    return _attributes((name, _attribute(text)) for name, text in told)


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    """不空的各个属性；文字已经转义。"""
    return "".join([f' {name}="{text}"' for name, text in pairs if text])


def _text(text: str) -> str:
    return escape(text) if _SPECIAL.search(text) else text


def _attribute(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return escape(text, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def from_xml(data: bytes) -> Record | None:
    """读部件的内容；不是来历记录的，返回 None。"""
    if NAMESPACE.encode() not in data or b"<!DOCTYPE" in data:
        return None
    try:
        return _from_elements(_elements(data))
    except (ExpatError, KeyError, ValueError):
        return None


def _from_elements(elements: list[tuple[str, dict[str, str]]]) -> Record | None:
    (root, made), *entries = elements
    if root != f"{NAMESPACE} provenance":
        return None
    found: dict[str, list[dict[str, str]]] = {"value": [], "fixed": [], "point": []}
    for name, entry in entries:
        found.get(name.removeprefix(f"{NAMESPACE} "), []).append(entry)
    return _record(
        made,
        values=found["value"],
        fixed=({**f, "number": f["text"]} for f in found["fixed"]),
        points=({**p, "value": p["text"]} for p in found["point"]),
    )


def _elements(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """各元素的名称和属性，里面的文字放在 text。"""
    # A flat list of thousands: expat hands over the attributes ready, a tree would have to be asked for each.
    elements: list[tuple[str, dict[str, str]]] = []
    opened: list[dict[str, str]] = []
    texts: list[str] = []

    def start(name: str, entries: dict[str, str]) -> None:
        elements.append((name, entries))
        opened[:] = [entries]
        texts.clear()

    def end(_: str) -> None:
        if opened:
            opened.pop()["text"] = "".join(texts)

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = texts.append
    parser.Parse(data, True)
    return elements


def _record(
    made: dict[str, str],
    *,
    values: Iterable[dict[str, str]],
    fixed: Iterable[dict[str, str]],
    points: Iterable[dict[str, str]],
) -> Record:
    return Record(
        made=BuildInfo(
            **{
                n: made.get(n, "")
                for n in ("program", "rule_set", "rules", "template", "entries", "document")
            },
            draft=made.get("draft") == "True",
        ),
        values=tuple(
            [RecordedValue(int(v["id"]), v["text"], int(v.get("inside", 0)), _read_source(v)) for v in values]
        ),
        fixed=tuple(NumberInText(f["number"], f.get("before", ""), f.get("after", "")) for f in fixed),
        points=tuple(
            RecordedPoint(
                part=p["part"],
                series=p.get("series", ""),
                category=p.get("category", ""),
                value=p["value"],
                source=_read_source(p),
            )
            for p in points
        ),
    )


def _read_source(found: dict[str, str]) -> Source:
    get = found.get
    return Source(
        identity=get("identity", ""),
        origin=CellPlace.at(get("sheet", ""), get("cell", ""), get("field", "")),
        measure=get("measure", ""),
        form=get("form", ""),
    )


# --- JSON -------------------------------------------------------------------------------------------


def to_json(record: Record) -> str:
    """报告旁边的“来源.json”，内容与部件相同。"""
    data = {
        "made": asdict(record.made),
        "values": [
            {
                "id": v.id,
                "text": v.text,
                **({"inside": v.inside} if v.inside else {}),
                **_written_source(v.source),
            }
            for v in record.values
        ],
        "fixed": [asdict(f) for f in record.fixed],
        "points": [
            {
                "part": p.part,
                "series": p.series,
                "category": p.category,
                "value": p.value,
                **_written_source(p.source),
            }
            for p in record.points
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _written_source(source: Source) -> dict[str, str]:
    return {
        "sheet": source.origin.sheet,
        "cell": source.origin.cell,
        "field": source.origin.label,
        "measure": source.measure,
        "formula": formula_of(source.measure),
        "form": source.form,
        "identity": source.identity,
    }


def from_json(text: str) -> Record | None:
    """读“来源.json”；不是的，返回 None。"""
    try:
        data = json.loads(text)
        values, fixed, points = (map(_as_text, data[n]) for n in ("values", "fixed", "points"))
        return _record(_as_text(data["made"]), values=values, fixed=fixed, points=points)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _as_text(found: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in found.items()}


# --- 放进报告 ---------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _slot(package: bytes) -> tuple[int, bytes, bytes]:
    """模板里空着的部件号，和模板原来的关系、内容类型；模板不变就不重做。"""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = set(archive.namelist())
        number = next(n for n in range(1, 10_000) if f"customXml/item{n}.xml" not in names)
        return number, archive.read(DOCUMENT_RELS), archive.read(CONTENT_TYPES)


def attached(package: bytes, record: Record, others: Mapping[str, bytes]) -> dict[str, bytes]:
    """把来历放进一份报告要加、要换的部分；others 是别的改动（图），关系和内容类型接着它的加。"""
    number, rels, types = _slot(package)
    relation = (
        f'<Relationship Id="rIdPerfmonProvenance" Type="{OFFICE_RELS}/customXml" '
        f'Target="../customXml/item{number}.xml"/></Relationships>'
    )
    kind = (
        f'<Override PartName="/customXml/itemProps{number}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>'
    )
    properties = (
        f'{HEAD}<ds:datastoreItem ds:itemID="{_GUID}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    own = (
        f'{HEAD}<Relationships xmlns="{PACKAGE_RELS}"><Relationship Id="rId1" '
        f'Type="{OFFICE_RELS}/customXmlProps" Target="itemProps{number}.xml"/></Relationships>'
    )
    return {
        DOCUMENT_RELS: others.get(DOCUMENT_RELS, rels).replace(b"</Relationships>", relation.encode()),
        CONTENT_TYPES: others.get(CONTENT_TYPES, types).replace(b"</Types>", kind.encode()),
        f"customXml/itemProps{number}.xml": properties.encode(),
        f"customXml/_rels/item{number}.xml.rels": own.encode(),
        f"customXml/item{number}.xml": to_xml(record).encode("utf-8"),
    }


_ITEM = re.compile(r"customXml/item\d+\.xml$")


def record_in(data: bytes) -> Record | None:
    """一份报告里的来历记录；没有的是 None。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name) for name in sorted(package.namelist()) if _ITEM.match(name)]
    return next((record for record in map(from_xml, parts) if record is not None), None)

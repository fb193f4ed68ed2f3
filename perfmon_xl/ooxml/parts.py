"""What is in an Office package and what belongs to what: content types and relations, names compared without case.

Different programs write part names in different cases, and a file made to deceive puts parts where nobody looks
by path; Office itself goes by content type and relation, so whoever wants to know what it will find does, too.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from perfmon_xl.ooxml import markup
from perfmon_xl.ooxml.names import CONTENT_TYPES

_RELS = re.compile(r"(?:^|(.*)/)_rels/([^/]*)\.rels$", re.I)


class DamagedPartError(Exception):
    """A part that is no sound XML; `part` is its name."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relation: from which part (blank: the package), of which kind (last word of the type), to what; its id there.

    target: the part's full name in the package; of an external one, the address as written.
    """

    source: str
    kind: str
    target: str
    external: bool
    id: str = ""


@dataclass(frozen=True, slots=True)
class PackagePart:
    """name as in the zip; content_type in lower case, blank where none is declared."""

    name: str
    content_type: str

    @property
    def extension(self) -> str:
        return _extension(self.name)

    @property
    def is_relations(self) -> bool:
        """Where relations are looked for: _rels/NAME.rels beside the part."""
        return _RELS.match(self.name) is not None

    @property
    def is_xml(self) -> bool:
        kind = self.content_type
        return (
            kind.endswith(("+xml", "/xml"))
            or kind.endswith("vmldrawing")
            or self.extension in ("xml", "rels", "vml", "svg")
        )


class Parts:
    """The parts of a package with their types and relations. Raises DamagedPartError and what zipfile raises."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        names = self._zip.namelist()
        self._by_name = {name.lower(): name for name in names if not name.endswith("/")}
        for name in names:  # a program of Windows takes it for a folder, another for a letter
            if "\\" in name:
                raise DamagedPartError(name)
        types = self._by_name.get(CONTENT_TYPES.lower())
        if types is None:
            raise DamagedPartError(CONTENT_TYPES)
        overrides, defaults = _types(self.tree(types))
        self.parts: Mapping[str, PackagePart] = {
            lower: PackagePart(name, overrides.get("/" + lower) or defaults.get(_extension(lower), ""))
            for lower, name in self._by_name.items()
            if lower != CONTENT_TYPES.lower()
        }
        self.relations = tuple(
            relation for name in self._by_name.values() for relation in self._relations(name)
        )

    def data(self, name: str) -> bytes:
        return self._zip.read(name)

    def tree(self, name: str) -> etree._Element:
        """A part without its comments: what Office sees, with the text on both sides of a comment in one."""
        try:
            root = markup.tree(self._zip.read(name), huge=True, remarks=False)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            raise DamagedPartError(name) from None
        if root.getroottree().docinfo.internalDTD is not None:  # an entity could say what is not seen here
            raise DamagedPartError(name)
        return root

    def part(self, target: str) -> PackagePart | None:
        return self.parts.get(target.lower())

    def _relations(self, name: str) -> list[Relationship]:
        match = _RELS.match(name)
        if match is None:
            return []
        folder, source = match[1] or "", posixpath.join(match[1] or "", match[2]) if match[2] else ""
        relationships = []
        ids = [one.get("Id") for one in self.tree(name)]
        if len(set(ids)) < len(ids):  # each program takes another of the two
            raise DamagedPartError(name)
        for element in self.tree(name):
            kind = (element.get("Type") or "").rstrip("/").rpartition("/")[2]
            address = element.get("Target") or ""
            external = (element.get("TargetMode") or "").strip().lower() == "external"
            relationships.append(
                Relationship(
                    source,
                    kind,
                    address if external else full_name(folder, address),
                    external,
                    element.get("Id") or "",
                )
            )
        return relationships


def _extension(name: str) -> str:
    return name.lower().rpartition("/")[2].rpartition(".")[2]


def full_name(folder: str, target: str) -> str:
    """关系里写的目标，在包里的完整名称；带协议、共享路径的照原样，好让人认出来。

    >>> full_name("word", "media/a.png"), full_name("word", "/custom/h.xml"), full_name("word", "//evil/a.png")
    ('word/media/a.png', 'custom/h.xml', '//evil/a.png')
    """
    plain = unquote(target)
    if ":" in plain or "\\" in plain or plain.startswith("//"):
        return target
    if plain.startswith("/"):
        return posixpath.normpath(plain).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, plain))


def _types(root: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
    """The types of named parts and of extensions; of two answers each program takes another, so that is damage."""
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for element in root:
        kind = (element.get("ContentType") or "").strip().lower()
        for key, found in (("PartName", overrides), ("Extension", defaults)):
            name = element.get(key)
            if name and found.setdefault(name.lower(), kind) != kind:
                raise DamagedPartError(CONTENT_TYPES)
    return overrides, defaults

"""A package's main part renamed to its usual name: some web programs call it document2.xml or capitalise the folder.

ISO 29500-2 §6.2.2.3: part names are compared without regard to case, and the main part is found by its relation.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from perfmon_xl.ooxml.zipping import EMPTY, rewritten

_MAIN = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
_MOST_BYTES = 100 * 1024 * 1024
_OFFICE_DOCUMENT = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?/officeDocument\"[^>]*?>", re.S)
_TARGET = re.compile(rb'Target="([^"]+)"')


def canonical(data: bytes, kind: str) -> bytes:
    """主要部分改用通常的名称；本来就是的、认不出的，原样返回。"""
    wanted = _MAIN[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if wanted in names:
                return data
            if not _harmless(package):
                return data  # what is wrong with it the check of the package says
            lower = {n.lower(): n for n in names}
            relations = lower.get("_rels/.rels")
            found = _OFFICE_DOCUMENT.search(package.read(relations)) if relations else None
            target = _TARGET.search(found[0]) if found else None
            if relations is None or target is None:
                return data
            main = lower.get(target[1].decode("utf-8").lstrip("/").lower())
            if main is None or posixpath.dirname(main).lower() != posixpath.dirname(wanted):
                return data
            return _renamed(package, main, wanted, relations)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, KeyError, RuntimeError):
        return data


def _harmless(package: zipfile.ZipFile) -> bool:
    """解开来不会太大；这一步在检查文件之前。"""
    infos = package.infolist()
    return (
        len(infos) <= 1000
        and sum(i.file_size for i in infos) <= _MOST_BYTES
        and not any(i.flag_bits & 0x1 for i in infos)
    )


def _renamed(package: zipfile.ZipFile, main: str, wanted: str, relations: str) -> bytes:
    folder, name = posixpath.split(main)
    moved = {main: wanted, f"{folder}/_rels/{name}.rels": _rels(wanted), relations: "_rels/.rels"}
    changed: dict[str, bytes] = {}
    for one in package.namelist():
        new = moved.get(one, one)
        if new == one and one.startswith(folder + "/"):
            new = posixpath.dirname(wanted) + one[len(folder) :]  # WORD/styles.xml
        text = package.read(one)
        if one == relations or one.lower() == "[content_types].xml":
            new = "[Content_Types].xml" if one != relations else new
            text = re.sub(re.escape(main.encode()), wanted.encode(), text, flags=re.I)
            text = re.sub(
                re.escape(b"/" + folder.encode() + b"/"),
                b"/" + posixpath.dirname(wanted).encode() + b"/",
                text,
            )
        changed[new] = text
    return rewritten(EMPTY, changed)


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"

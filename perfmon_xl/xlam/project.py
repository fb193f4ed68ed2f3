"""vbaProject.bin (MS-OVBA): modules as compressed source, without compiled code, which Excel makes anew when it loads."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from perfmon_xl.xlam.compound import Tree, compound
from perfmon_xl.xlam.compression import compress


class ModuleKind(Enum):
    """标准模块；工作簿和工作表的模块；类。"""

    STANDARD = "Module={0}"
    DOCUMENT = "Document={0}/&H00000000"
    CLASS = "Class={0}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """一个 VBA 模块：名字、种类、代码（只用 ASCII）；文档模块还有它的基类。"""

    name: str
    kind: ModuleKind = ModuleKind.STANDARD
    code: str = ""
    base: str = ""

    def source(self) -> str:
        """存进去的全文：属性在前，CRLF 换行。"""
        lines = [f'Attribute VB_Name = "{self.name}"', *_attributes(self.kind, self.base)]
        body = [line for line in self.code.splitlines() if not line.startswith("Attribute VB_")]
        text = "".join(line + "\r\n" for line in [*lines, *body])
        if not text.isascii():
            raise ValueError(f"VBA 模块 {self.name} 里有 ASCII 以外的字符。")
        return text


WORKBOOK_BASE = "0{00020819-0000-0000-C000-000000000046}"
SHEET_BASE = "0{00020820-0000-0000-C000-000000000046}"
_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"


def _flags(base: str, *, predeclared: bool, exposed: bool) -> list[str]:
    return [
        f'Attribute VB_Base = "{base}"',
        "Attribute VB_GlobalNameSpace = False",
        "Attribute VB_Creatable = False",
        f"Attribute VB_PredeclaredId = {predeclared}",
        f"Attribute VB_Exposed = {exposed}",
        "Attribute VB_TemplateDerived = False",
        f"Attribute VB_Customizable = {predeclared}",
    ]


def _attributes(kind: ModuleKind, base: str) -> list[str]:
    if kind is ModuleKind.STANDARD:
        return []
    document = kind is ModuleKind.DOCUMENT
    return _flags(base if document else _CLASS_BASE, predeclared=document, exposed=document)


_CODE_PAGE = 1252  # the sources are ASCII; any code page would do
_LIBRARIES = (
    (
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
        r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """vbaProject.bin 的全部字节。"""
    project_id = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper() + "}"
    # _VBA_PROJECT with version 0xFFFF: no compiled code inside, so every Office compiles from the source.
    storage: dict[str, bytes | Tree] = {
        "dir": compress(_directory(name, modules)),
        "_VBA_PROJECT": bytes.fromhex("CC61FFFF000100"),
    }
    storage |= {module.name: compress(module.source().encode("ascii")) for module in modules}
    return compound(
        {
            "VBA": storage,
            "PROJECT": _project_text(name, project_id, modules).encode("ascii"),
            # Never compressed: Office drops the whole project otherwise.
            "PROJECTwm": b"".join(_ascii(m.name) + b"\0" + _wide(m.name) + b"\0\0" for m in modules)
            + b"\0\0",
        }
    )


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _number(number: int, value: int) -> bytes:
    return _record(number, struct.pack("<I", value))


def _short(number: int, value: int) -> bytes:
    return _record(number, struct.pack("<H", value))


def _both(number: int, wide_number: int, text: str) -> bytes:
    return _record(number, _ascii(text)) + _record(wide_number, _wide(text))


def _directory(name: str, modules: Sequence[Module]) -> bytes:
    """dir 流（MS-OVBA 2.3.4.2）：项目、引用的库、各模块。"""
    english = 0x409
    out = _number(0x01, 3) + _number(0x02, english) + _number(0x14, english) + _short(0x03, _CODE_PAGE)
    out += _record(0x04, _ascii(name)) + _both(0x05, 0x40, "") + _both(0x06, 0x3D, "")
    out += _number(0x07, 0) + _number(0x08, 0)
    out += struct.pack("<HIIH", 0x09, 4, 0x61EEF783, 3) + _both(0x0C, 0x3C, "")
    for title, library in _LIBRARIES:
        path = _ascii(library)
        out += _both(0x16, 0x3E, title) + _record(0x0D, struct.pack("<I", len(path)) + path + bytes(6))
    out += _short(0x0F, len(modules)) + _short(0x13, 0xFFFF)
    for module in modules:
        out += _both(0x19, 0x47, module.name) + _both(0x1A, 0x32, module.name) + _both(0x1C, 0x48, "")
        out += _number(0x31, 0) + _number(0x1E, 0) + _short(0x2C, 0xFFFF)
        out += _record(0x21 if module.kind is ModuleKind.STANDARD else 0x22) + _record(0x2B)
    return out + _record(0x10)


def _project_text(name: str, project_id: str, modules: Sequence[Module]) -> str:
    """PROJECT 流：不设密码、可以查看。"""
    lines = [f'ID="{project_id}"', *(m.kind.value.format(m.name) for m in modules)]
    lines += [
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_hidden(bytes(4), project_id)}"',
        f'DPB="{_hidden(bytes(1), project_id)}"',
        f'GC="{_hidden(bytes([0xFF]), project_id)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{m.name}=0, 0, 0, 0, C" for m in modules),
    ]
    return "".join(line + "\r\n" for line in lines)


def _hidden(data: bytes, project_id: str, seed: int = 0x1C) -> str:
    """保护状态照规定打乱（MS-OVBA 2.4.3）；种子固定，每次一样。"""
    key = sum(_ascii(project_id)) & 0xFF
    out = bytearray([seed, seed ^ 2, seed ^ key])
    plain, coded, before = key, out[2], out[1]
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        new = byte ^ ((before + plain) & 0xFF)
        out.append(new)
        before, coded, plain = coded, new, byte
    return out.hex().upper()


def _ascii(text: str) -> bytes:
    return text.encode("ascii")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")

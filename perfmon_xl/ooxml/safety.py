"""Office files from outside are hostile until proved otherwise: what is looked at before one is opened.

Every file that is read goes through `check_package`: bombs, paths, encryption, definitions in XML. Nothing in
it is ever followed, so a user's own workbook may keep its macros and links: its bytes are carried along, not
run. A template is handed on to whoever gets the report: report/template/package.py refuses much more there.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Wordable
from perfmon_xl.domain.wording import READ_REPORT_IN

MOST_FILE_BYTES = 200 * 1024 * 1024
MOST_ENTRIES = 4000
MOST_BYTES = 400 * 1024 * 1024
MOST_XML = 96 * 1024 * 1024  # pictures may be big; ten times this in memory is what reading costs
MOST_EMBEDDED = 16 * 1024 * 1024  # the workbook behind a chart holds a few columns
MOST_RATIO = 200
_RATIO_FROM = 10 * 1024 * 1024  # small parts compress enormously and harm nobody
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_PARTS = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
_STRICT = b"purl.oclc.org/ooxml"
_ENTRY, _DIRECTORY, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADS = (1024, 65_536)  # a prolog longer than the second is no prolog
# A DTD is written in ASCII in all of these; in any other encoding it could hide.
_PLAIN_ENCODINGS = re.compile(
    r"utf-?8|us-?ascii|ascii|utf-?16(le|be)?|gb2312|gbk|gb18030|big5|iso-8859-\d+|windows-125\d", re.I
)
_DECLARED = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)""")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


def check_embedded(package: zipfile.ZipFile, target: str) -> None:
    """图里面的工作簿：小到不用解开就知道的先看，再同别的文件一样过一遍门。"""
    if package.getinfo(target).file_size > MOST_EMBEDDED:
        raise UserError(f"图表的数据 {target} 大得不正常，没有打开。", "请确认文件来源。")
    check_package(package.read(target), f"图表的数据 {target}", most=MOST_EMBEDDED)


def check_package(data: bytes, name: str, kind: str = ".xlsx", *, most: int = MOST_BYTES) -> None:
    """看字节是不是可以放心打开的 Office 文件；不能的，说明白为什么、怎么办。most：解开来最多多少字节。"""
    if not data:
        raise UserError(f"{name} 是空文件。", "请换一份完整的文件。")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            program = "Word" if kind == ".docx" else "Excel"
            guard = "保护文档" if kind == ".docx" else "保护工作簿"
            raise UserError(
                f"{name} 设了打开密码，程序读不了。",
                f"请在 {program} 中取消密码（文件→信息→{guard}）后另存。",
            )
        raise UserError(f"{name} 是旧格式（.xls 或 .doc）。", f"请在 Office 或 WPS 中打开，另存为 {kind}。")
    if not data.startswith(b"PK"):
        if name.lower().endswith(kind):
            raise UserError(
                f"{name} 打不开：里面不是 {kind} 的内容，可能没有下载完整，或是别的文件改了扩展名。",
                f"请重新取得这个文件，或在 Office、WPS 中打开，另存为 {kind}。",
            )
        raise UserError(f"{name} 不是 {kind} 文件。", f"请在 Office 或 WPS 中打开，另存为 {kind}。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_entries(package, name, kind, most)
            for info in package.infolist():
                _check_member(package, info, name)
            _check_layout(data, package, name)
            if "[content_types].xml" not in {n.lower() for n in package.namelist()}:
                raise UserError(
                    f"{name} 缺少 [Content_Types].xml，不完整或已损坏。",
                    "请重新取得这个文件，或在 Office 里打开修复后另存。",
                )
    except DAMAGED:
        raise UserError(
            f"{name} 不完整或已损坏。", "请重新取得这个文件，或在 Excel 中打开修复后另存。"
        ) from None


def _check_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
    """每个部分都解得开、校验和对得上：坏了的部分，谁也不会照抄到新文件里去。开头没有外部定义。读一遍，两样都看。"""
    try:
        with package.open(info) as member:
            head = member.read(_HEADS[0])
            verdict = _prolog(head)
            if verdict == "未完" and len(head) == _HEADS[0]:
                head += member.read(_HEADS[1] - _HEADS[0])
                verdict = _prolog(head)
            if verdict == "未完" and len(head) < _HEADS[1]:
                verdict = "完"  # it ends there
            while member.read(1 << 20):
                pass
    except DAMAGED:
        raise UserError(
            f"{name} 里的 {info.filename} 已损坏。", "请重新取得这个文件，或在 Office 里打开修复后另存。"
        ) from None
    if verdict == "外部定义":
        raise UserError(
            f"{name} 里的 {info.filename} 带有外部定义，没有打开。",
            "请确认文件来源，或在 Office 里另存一份。",
        )
    if verdict != "完":
        raise UserError(f"{name} 里的 {info.filename} 开头不正常，没有打开。", "请确认文件来源。")


def _check_entries(package: zipfile.ZipFile, name: str, kind: str, most: int) -> None:
    infos = package.infolist()
    names = [i.filename for i in infos]
    xml = sum(i.file_size for i in infos if i.filename.lower().endswith((".xml", ".rels", ".vml")))
    if len(infos) > MOST_ENTRIES or sum(i.file_size for i in infos) > most or xml > MOST_XML:
        raise UserError(f"{name} 里的内容大得不正常，没有打开。", "请确认文件来源。")
    for info in infos:
        if info.flag_bits & 0x1:
            raise UserError(f"{name} 是加密的压缩包。", "请另存为不带密码的文件。")
        if info.file_size > _RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size):
            raise UserError(f"{name} 里的内容大得不正常，没有打开。", "请确认文件来源。")
        steps = info.filename.replace("\\", "/").split("/")
        if not steps[0] or ".." in steps or ":" in info.filename or "\0" in info.filename:
            raise UserError(f"{name} 里有不正常的路径 {info.filename}，没有打开。", "请确认文件来源。")
        if info.compress_type not in _METHODS:
            raise UserError(
                f"{name} 的压缩方式不是 Office 用的，没有打开。",
                f"请在 Office 或 WPS 中打开，另存为 {kind}。",
            )
    if len({n.lower() for n in names}) != len(names):
        raise UserError(f"{name} 里有重复的部分，没有打开。", "请在 Excel 中打开后另存一份。")
    if "xl/workbook.bin" in names:
        raise UserError(f"{name} 是二进制工作簿（.xlsb）。", "请在 Excel 中另存为 .xlsx。")
    if _MAIN_PARTS[kind] not in names:
        other = next((k for k, part in _MAIN_PARTS.items() if part in names), "")
        remedy: Wordable = f"请换成 {kind} 文件。"
        if (other, kind) == (".docx", ".xlsx"):
            remedy = "请换成工作簿；要做的是这份 Word 报告的，先" + READ_REPORT_IN + "。"
        raise UserError(f"{name} 不是 {kind} 文件" + (f"，里面是 {other}。" if other else "。"), remedy)
    with package.open(_MAIN_PARTS[kind]) as main:
        strict = _STRICT in main.read(4000)
    if strict:
        raise UserError(
            f"{name} 是“Strict Open XML”格式，程序读不了。",
            f"请在 Office 中另存为普通的 {kind}（不带 Strict 字样）。",
        )


def _check_layout(data: bytes, package: zipfile.ZipFile, name: str) -> None:
    """压缩包只有一种读法：从第一个字节起是第一个部分，各部分不重叠，末尾没有第二份目录，文件夹里没有内容。

    两个程序读出不同的内容，检查过的就不是打开的那一份。
    """
    infos = sorted(package.infolist(), key=lambda i: i.header_offset)
    end = 0
    for info in infos:
        head = data[info.header_offset : info.header_offset + 30]
        overlaps = info.header_offset < end or (not end and info.header_offset)
        if overlaps or len(head) < 30 or (info.is_dir() and info.file_size):
            raise _ambiguous(name)
        lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        end = info.header_offset + 30 + lengths + info.compress_size
    directory_end = data.rfind(_END, 0, len(data) - len(package.comment))
    if end > package.start_dir or any(
        mark in data[directory_end + 4 :] for mark in (_END, _ENTRY, _DIRECTORY)
    ):
        raise _ambiguous(name)


def _ambiguous(name: str) -> UserError:
    return UserError(
        f"{name} 的压缩包做得不正常（各部分重叠，或夹着别的内容），没有打开。",
        "请确认文件来源，或在 Office 里打开后另存一份。",
    )


# --- 外部定义 ---------------------------------------------------------------------------------------


def _prolog(head: bytes) -> str:
    """开头是“完”（到了正文，或者不是 XML）、“未完”（还要往下看）、“外部定义”，还是“怪”（看不懂的编码）。"""
    text = _decoded(head)
    if text is None:
        return "怪"
    declared = _DECLARED.match(text)
    if declared and not _PLAIN_ENCODINGS.fullmatch(declared[1]):
        return "怪"
    at = 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        closing = next((c for o, c in (("<?", "?>"), ("<!--", "-->")) if text.startswith(o, at)), None)
        if closing is None:
            break
        end = text.find(closing, at)
        if end < 0:
            return "未完"
        at = end + len(closing)
    if text.startswith("<!", at):
        return "外部定义" if len(text) > at + 3 else "未完"
    return "完" if at < len(text) else "未完"


def _decoded(head: bytes) -> str | None:
    """按 XML 的规矩认编码；Office 不用、又能把外部定义藏起来的编码返回 None。"""
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<", b"\x4c\x6f\xa7\x94")):
        return None
    if head.startswith((b"\xff\xfe", b"<\0")):
        return head.decode("utf-16-le", "replace").lstrip("\ufeff")
    if head.startswith((b"\xfe\xff", b"\0<")):
        return head.decode("utf-16-be", "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def properties_of(data: bytes) -> bytes | None:
    """文件属性那一部分（作者、修改时间）：Excel、WPS 每存一次盘就换一次；没有的、读不出的是 None。"""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.read("docProps/core.xml")
    except (*DAMAGED, KeyError, RuntimeError):  # RuntimeError: encrypted
        return None

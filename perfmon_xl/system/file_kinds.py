"""What a file really is, from its first bytes: another format under a familiar name is told what to do about it."""

from __future__ import annotations

import io
import re
import zipfile

from perfmon_xl.domain.errors import UserError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"^\s*(?:<!doctype\s+html|<html|<head|<table|<meta|<\?xml[^>]*\?>\s*<html)", re.I)
_XML_SHEET = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
_XML_WORD = re.compile(rb"schemas\.microsoft\.com/office/word/2003/wordml|pkg:package")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_FOLDERS = {".xlsx": "xl/", ".docx": "word/"}
_READ_IN = "请在 Office 或 WPS 中打开，另存为 {}，再读入。"
_FROM_DATA = "请先从数据新建一个工作簿，再用那个工作簿；扩展名不是 .json 的，先改成 .json。"
_SAVE = "请在 Office 或 WPS 中打开，另存为 {kind}，再试。"


def refuse_other_kind(data: bytes, name: str, kind: str) -> None:
    """里面不是 kind（.xlsx、.docx、.csv）的，说出它是什么、怎么办；说不出的放过，由后面的检查说。"""
    told = _what(data, kind)
    if told is not None:
        raise UserError(f"{name} {told[0]}", told[1])


def _what(data: bytes, kind: str) -> tuple[str, str] | None:
    save = _SAVE.format(kind=".xlsx" if kind == ".csv" else kind)
    head = data[:4096]
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            if kind in (".xlsx", ".docx"):
                return None  # a password: told elsewhere, with the program's own words
            return (
                "设了打开密码，程序读不了。",
                "请在 Office 或 WPS 中取消密码，另存为 .xlsx 或 .docx，再试。",
            )
        if "WordDocument".encode("utf-16-le") in data:
            return "是旧的文字格式（.doc 或 .wps）。", _READ_IN.format(".docx")
        if (
            any(n.encode("utf-16-le") in data for n in ("Workbook", "ETContents"))
            or b"\x09\x08\x10\x00" in data[:2048]
        ):
            return "是旧的表格格式（.xls 或 .et）。", _READ_IN.format(".xlsx")
        return "是旧格式（.xls、.doc、.wps 或 .et）。", save
    if data.startswith(b"%PDF"):
        return (
            "是 PDF，程序读不了里面的表格。",
            "请用 Word 打开它（会转成文档）或用 WPS 的“PDF 转 Word”“PDF 转 Excel”，核对后另存为 .docx 或 .xlsx 再试。",
        )
    if data.startswith(b"{\\rtf"):
        return "里面是 RTF 文档，不是 " + kind + "。", _READ_IN.format(".docx")
    if _HTML.match(head) or _HTML.match(
        head.decode("utf-16", "ignore").encode("utf-8") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else b""
    ):
        return (
            f"里面是网页（HTML），不是 {kind}：有的系统导出的“Excel”其实是网页。",
            "请在 Excel 或 WPS 中打开，另存为 .xlsx，再试。",
        )
    if _XML_SHEET.search(head):
        return f"里面是“XML 电子表格 2003”，不是 {kind}。", "请在 Excel 中打开，另存为 .xlsx，再试。"
    if _XML_WORD.search(head):
        return f"里面是“Word XML 文档”，不是 {kind}。", "请在 Word 中打开，另存为 .docx，再试。"
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return (
            "是图片，程序读不了图片里的字。",
            "请把内容录入表格，或用 WPS 的“图片转文字”“图片转表格”，核对后再试。",
        )
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "是压缩包。", "请先解压，再选里面的文件。"
    if data.startswith(b"PK"):
        return _zipped(data, kind)
    if re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"", head):
        return f"里面是数据（.json），不是 {kind}。", _FROM_DATA
    return None if kind == ".csv" else _text(data, kind)


def _zipped(data: bytes, kind: str) -> tuple[str, str] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [i.filename for i in package.infolist()]
            mime = package.read("mimetype")[:80] if "mimetype" in names else b""
    except Exception:  # whatever is wrong with it is told by the check of the package
        return None
    if "OFD.xml" in names:
        return "是 OFD 版式文件，程序读不了里面的表格。", "请用 WPS 打开它，转成 Word 或 Excel，核对后再试。"
    if b"opendocument" in mime:
        what = "表格（.ods）" if b"spreadsheet" in mime else "文档（.odt）"
        return f"是 OpenDocument {what}。", _SAVE.format(kind=kind)
    lower = {n.lower() for n in names}
    office = "[content_types].xml" in lower or any(n.startswith(("xl/", "word/")) for n in lower)
    if names and not office:
        return "是压缩包。", "请先解压，再选里面的文件。"
    inside = next((k for k, folder in _FOLDERS.items() if any(n.startswith(folder) for n in lower)), "")
    if inside and inside != kind and "[content_types].xml" in lower:
        return (
            f"不是 {kind} 文件，里面是 {inside}。",
            f"请换成 {kind} 文件；要读入这一份的，把扩展名改成 {inside} 再试。",
        )
    return None


def _text(data: bytes, kind: str) -> tuple[str, str] | None:
    """逗号、制表符分开的文本，改了扩展名。"""
    head = data[:4096]
    for encoding in ("utf-8-sig", "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        text = head.decode(encoding, "ignore")
        if (
            text
            and "\0" not in text
            and sum(c.isprintable() or c in "\r\n\t" for c in text) >= len(text) * 0.98
        ):
            break
    else:
        return None
    if text.lstrip()[:1] in ("{", "["):
        return f"里面是数据（.json），不是 {kind}。", _FROM_DATA
    lines = [line for line in text.splitlines() if line.strip()][:20]
    for mark in (",", "\t", ";"):
        if len(lines) > 1 and sum(mark in line for line in lines[:-1]) >= max(1, (len(lines) - 1) // 2):
            return (
                f"里面是文本（.csv），不是 {kind}：多半是系统导出时用错了扩展名。",
                "请把扩展名改成 .csv 再试，或在 Excel 中打开，另存为 .xlsx。",
            )
    return None

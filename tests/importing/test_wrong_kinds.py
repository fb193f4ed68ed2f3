"""Files that are something else, by their content, whatever they are called: what it is and what to do, in its own terms."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from perfmon_xl import app, cli

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
_FOREIGN = Path(__file__).parents[1] / "data" / "foreign"


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("_dot_", "."), content)
    return out.getvalue()


def _stream(name: str) -> bytes:
    return _OLE + name.encode("utf-16-le") + b"\0" * 200


# what it is → content, what is said, what is to be done
KINDS: dict[str, tuple[bytes, str, str]] = {
    "xls": (_stream("Workbook"), "旧的表格格式", "另存为 .xlsx"),
    "et": (_stream("ETContents"), "旧的表格格式", "另存为 .xlsx"),
    "doc": (_stream("WordDocument"), "旧的文字格式", "另存为 .docx"),
    "encrypted": (_stream("EncryptedPackage"), "打开密码", "取消密码"),
    "pdf": (b"%PDF-1.7\n", "是 PDF", "PDF 转 Word"),
    "ofd": (_zip(OFD_dot_xml=b"<x/>"), "OFD", "用 WPS 打开"),
    "rtf": (rb"{\rtf1\ansi", "RTF", "另存为 .docx"),
    "html": ("<html><table><tr><td>项目".encode(), "网页", "另存为 .xlsx"),
    "html in GBK": ("<!DOCTYPE html><table>项目".encode("gbk"), "网页", "另存为 .xlsx"),
    "xml of 2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003", "另存为 .xlsx"),
    "ods": (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument", "另存为"),
    "zip": (_zip(a_dot_xlsx=b"x"), "压缩包", "解压"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "压缩包", "解压"),
    "png": (b"\x89PNG\r\n\x1a\n", "图片", "录入"),
    "jpg": (b"\xff\xd8\xff\xe0", "图片", "录入"),
    "tif": (b"II*\x00", "图片", "录入"),
    "json": (b'{"project": {}}', "数据（.json）", "改成 .json"),
    "docx": ((_FOREIGN / "jk_annex_plain.docx").read_bytes(), "里面是 .docx", "改成 .docx"),
    "xlsx": ((_FOREIGN / "jk_half_year.xlsx").read_bytes(), "里面是 .xlsx", "改成 .xlsx"),
    "csv": ("项目名称,三级指标\n甲,里程\n乙,里程\n".encode(), "文本（.csv）", "改成 .csv"),
    "empty": (b"", "空文件", "完整的文件"),
}  # fmt: skip


@pytest.mark.parametrize("called", ["材料.xlsx", "材料.docx", "材料.csv", "材料.zip"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_what_it_is(
    kind: str, called: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, what, remedy = KINDS[kind]
    if Path(called).suffix == f".{kind}" or (kind, called) in (("empty", "材料.csv"), ("xlsx", "材料.zip")):
        return  # that is what it is; a text without text has words of its own
    path = tmp_path / called
    path.write_bytes(content)
    for command in (["import", str(path), "-o"], ["new", "--from", str(path)]):
        assert cli.main([*command, str(tmp_path / "项目.xlsx")]) == 2
        said = capsys.readouterr().err
        assert what in said and remedy in said and "Traceback" not in said, said
    assert [p.name for p in tmp_path.iterdir()] == [called] and path.read_bytes() == content


@pytest.mark.parametrize("name", ["jk_annex_plain.docx", "jk_half_year.xlsx", "export_many_projects.csv"])
def test_what_it_says_it_is_is_read(name: str) -> None:
    """反面：名副其实的照读。"""
    assert app.understand(_FOREIGN / name).projects

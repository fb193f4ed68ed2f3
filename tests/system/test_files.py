"""What is refused, and that a refused or failed write loses nothing."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.safety import properties_of
from perfmon_xl.system.files import free_name, lock_of, read_package, save_atomically
from perfmon_xl.workbook.build.monitoring import blank


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空文件"),
        (b"hello", "不是 .xlsx"),
        (b"PK\3\4broken", "不完整或已损坏"),
        (blank()[:5000], "不完整或已损坏"),
        (OLE + "Workbook".encode("utf-16-le"), "旧的表格格式"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (_zip(**{"xl/workbook.bin": b""}), "xlsb"),
        (_zip(**{"word/document.xml": b"<x/>"}), "里面是 .docx"),
        (
            _zip(**{"xl/workbook.xml": b'<w xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'}),
            "Strict",
        ),
        (_zip(**{"xl/workbook.xml": b"<x/>", "../evil": b""}), "不正常的路径"),
        (_zip(**{"xl/workbook.xml": b"<x/>", "big.xml": b"0" * 30_000_000}), "大得不正常"),
        (_zip(**{f"p{n}": b"" for n in range(4100)}, **{"xl/workbook.xml": b"<x/>"}), "大得不正常"),
        (_zip(**{"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "外部定义"),
        (_zip(**{"xl/workbook.xml": b"<a"}), "已损坏"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "坏文件.xlsx"
    path.write_bytes(data)
    with pytest.raises(UserError, match=says) as caught:
        app.fill(path)
    assert caught.value.hint
    assert path.read_bytes() == data


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "别的.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("表").write(0, 0, 1)
    with pytest.raises(UserError, match="不是绩效运行监控工作簿"):
        app.fill(path)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件"):
        read_package(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="是文件夹"):
        read_package(tmp_path)
    with pytest.raises(UserError, match="没有文件夹"):
        save_atomically(tmp_path / "没有" / "x.xlsx", b"x")


@pytest.mark.parametrize("lock", ["~$项目.xlsx", ".~lock.项目.xlsx#"])
def test_a_file_that_someone_has_open_is_not_written(lock: str, demo_book: Path) -> None:
    before = demo_book.read_bytes()
    (demo_book.parent / lock).write_bytes(b"")
    with pytest.raises(UserError, match="正在别的程序里打开"):
        app.fill(demo_book)
    assert demo_book.read_bytes() == before
    assert {p.name for p in demo_book.parent.iterdir()} == {demo_book.name, lock}


def test_a_report_open_in_word_gets_the_next_free_name(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    assert free_name(path) == path
    (tmp_path / "~$报告.docx").write_bytes(b"")
    assert free_name(path).name == "报告（2）.docx"


def test_the_lock_of_a_workbook_with_a_shorter_name_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "~$项目.xlsx").write_bytes(b"")  # somebody has 项目.xlsx open
    save_atomically(tmp_path / "甲乙项目.xlsx", b"old")
    save_atomically(tmp_path / "甲乙项目.xlsx", b"new")
    assert (tmp_path / "甲乙项目.xlsx").read_bytes() == b"new"
    assert lock_of(tmp_path / "项目.xlsx") is not None
    (tmp_path / "~$监控报告.docx").write_bytes(b"")  # Word writes over the first two characters
    assert lock_of(tmp_path / "项目监控报告.docx") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_a_new_file_has_the_users_mode_and_the_umask_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patched:
            # To ask for it is to set it: with two threads at it, it would stay at zero for good.
            patched.setattr(os, "umask", lambda _: pytest.fail("umask belongs to the whole process"))
            save_atomically(tmp_path / "x.xlsx", b"x")
        assert (tmp_path / "x.xlsx").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "共享").mkdir()
    (tmp_path / "共享/项目.xlsx").write_bytes(b"old")
    (tmp_path / "项目.xlsx").symlink_to(tmp_path / "共享/项目.xlsx")
    save_atomically(tmp_path / "项目.xlsx", b"new")
    assert (tmp_path / "共享/项目.xlsx").read_bytes() == b"new" and (tmp_path / "项目.xlsx").is_symlink()


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="磁盘满了。原来的文件没有动"):
        save_atomically(path, b"new")
    assert path.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["x.xlsx"]


def test_a_text_file_called_xlsx_is_told_apart_from_a_wrong_name(tmp_path: Path) -> None:
    (tmp_path / "坏的.xlsx").write_text("x")
    with pytest.raises(UserError, match="打不开：里面不是"):
        read_package(tmp_path / "坏的.xlsx")


@pytest.mark.slow
def test_properties_that_cannot_be_read_are_none() -> None:
    whole = blank()
    assert properties_of(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        start = package.getinfo("docProps/core.xml").header_offset + 30 + len("docProps/core.xml")
    torn = whole[:start] + b"\xff" * 40 + whole[start + 40 :]
    assert properties_of(torn) is None and properties_of(whole[:500]) is None and properties_of(b"") is None

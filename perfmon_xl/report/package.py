"""A Word package from outside, looked over before it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from perfmon_xl.domain.errors import UserError
from perfmon_xl.files import read_package

_DANGER = re.compile(r"vbaProject|/activeX/|/embeddings/.*\.bin$", re.I)
_EXTERNAL = re.compile(rb'TargetMode="External"')
_LINK = re.compile(rb"/hyperlink\"")


def checked_package(path: Path) -> bytes:
    """读一份 .docx 模板；带宏、带外部内容的不用。"""
    data = read_package(path, ".docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if _DANGER.search(name):
                raise UserError(f"模板 {path.name} 里带有宏或控件，没有使用。", "请另存为不带宏的 .docx。")
            if name.endswith(".rels"):
                for relation in re.findall(rb"<Relationship [^>]*>", package.read(name)):
                    if _EXTERNAL.search(relation) and not _LINK.search(relation):
                        raise UserError(
                            f"模板 {path.name} 引用了文件以外的内容，没有使用。",
                            "请在 Word 里断开外部链接后另存。",
                        )
            if name.endswith(".xml") and b"<!DOCTYPE" in package.read(name)[:2000]:
                raise UserError(f"模板 {path.name} 里有外部定义，没有使用。", "请在 Word 里另存一份。")
    return data

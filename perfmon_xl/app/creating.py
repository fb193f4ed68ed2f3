"""New workbooks, blank or from data, and a workbook's entries as data."""

from __future__ import annotations

from pathlib import Path

from perfmon_xl import data
from perfmon_xl.app.common import Made, refuse_existing, refuse_suffix, rules_of
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.files import save_atomically
from perfmon_xl.workbook.package_book import PackageBook
from perfmon_xl.workbook.read import read


def new(out: Path, source: Path | None = None) -> Made:
    """新建工作簿：空白的，或按数据填好的。"""
    from perfmon_xl.workbook.build import build

    refuse_existing(out)
    refuse_suffix(out, ".xlsx", "工作簿")
    monitoring = Monitoring() if source is None else load_data(source)
    save_atomically(out, build(monitoring, rules_of(monitoring)))
    return Made(out)


def load_data(source: Path) -> Monitoring:
    """读一份数据文件（JSON）。"""
    if source.suffix.lower() != ".json":
        raise UserError(
            f"{source.name} 不是 .json 数据文件。",
            "数据的格式见 perfmon-xl schema；从已有工作簿取数用 perfmon-xl export。",
        )
    try:
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"找不到文件 {source}。", "请核对文件名和所在文件夹。") from None
    except UnicodeDecodeError:
        raise UserError(f"{source.name} 不是 UTF-8 编码。", "请用记事本另存为 UTF-8 编码。") from None
    except OSError as error:
        raise UserError(f"打不开文件 {source}：{error.strerror or error}。") from None
    return data.loads(text, source.name)


def export(path: Path) -> str:
    """工作簿里填写的内容，JSON 文字。"""
    return data.dumps(data.to_data(read(PackageBook.open(path)).monitoring))

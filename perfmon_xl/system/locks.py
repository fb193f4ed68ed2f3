"""The lock files by which Excel, Word, WPS and LibreOffice say that somebody has a file open."""

from __future__ import annotations

from pathlib import Path


def lock_of(path: Path) -> Path | None:
    """谁开着这个文件：Excel、Word 留 ~$名，WPS 留 .~名，LibreOffice 留 .~lock.名#。没有人开着的是 None。

    名称长的，Word 和 WPS 会把头一两个字换成记号；那也可能是另一个名称短一两个字的文件的：那个文件在，就不是我们的。
    """
    name = path.name
    beside = [f"~${name}", f".~{name}", f".~lock.{name}#"]
    shortened = [2] if path.suffix.lower() == ".docx" else []
    # Excel never shortens: there ~$ and a shorter name is the lock of another workbook. WPS drops one or two.
    beside += [f"~${name[n:]}" for n in shortened]
    beside += [
        f".~{name[n:]}" for n in (1, 2) if len(path.stem) > n and not (path.parent / name[n:]).exists()
    ]
    return next((path.parent / one for one in beside if _exists(path.parent / one)), None)


def _exists(path: Path) -> bool:
    """名称太长、放不下的，当然没有。"""
    try:
        return path.exists()
    except OSError:
        return False


def lock_remedy(lock: Path) -> str:
    """文件被占着怎么办：关掉；没有人开着，是上次没有正常退出留下的，怎么看、删哪一个。"""
    return (
        "请先在 Excel、Word 或 WPS 里关掉它，再试一次。问过同事、自己也没有开着的，是上次没有正常退出留下的："
        f"删掉同一文件夹里的 {lock.name}（隐藏文件）再试；删不掉就是还有人开着。"
    )

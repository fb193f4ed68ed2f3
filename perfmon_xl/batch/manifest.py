"""The memory of a batch: one JSON line a workbook, appended as each is done; what a run after an interruption reads.

Each line ends with a seal, a checksum of what stands before it: a line that was changed by hand, by a sync program or a
bad disk is no line of ours and its workbook is done again. It keeps out accidents and edits, not somebody who can write
into the folder and reckon the checksum anew: who may write there may forge the outputs, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from perfmon_xl.batch.folder_lock import NAME as LOCK
from perfmon_xl.batch.folder_lock import FolderLock, cannot_open
from perfmon_xl.batch.outcome import Outcome, Status
from perfmon_xl.domain.errors import UserError, system_reason
from perfmon_xl.domain.wording import EMPTY_FOLDER
from perfmon_xl.system.files import refuse_links, save_atomically

NAME = "批量清单.jsonl"
_HEAD = {"perfmon-xl": "batch", "format": 1}
_SEAL = b',"seal":"'
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_MOST_LINE = 32 << 20  # bytes; a project has some thirty thousand
_SYNC_EVERY = 1.0  # seconds: a power cut costs at most this much work, done again with the same result


@dataclass(frozen=True, slots=True)
class Entry:
    """清单里的一行，只留以后用得着的：其余的在文件里 offset 处。"""

    key: str
    status: Status
    errors: bool
    draft: bool
    outputs: Mapping[str, str]
    reason: str
    hint: str
    offset: int


@dataclass(slots=True)
class Manifest:
    """打开着的清单。写一行就是一行；断电留下的半行，下次打开时不要。"""

    path: Path
    file: IO[bytes]
    lock: FolderLock
    entries: dict[str, Entry] = field(default_factory=dict)
    synced: float = 0.0

    def add(self, key: str, outcome: Outcome) -> None:
        """记下做完的一个。"""
        offset = self.file.seek(0, os.SEEK_END)
        self.file.write(sealed({"path": outcome.path, "key": key, "outcome": outcome.to_json()}))
        self.file.flush()
        self.entries[outcome.path] = _entry(key, outcome, offset)
        now = time.monotonic()
        if now - self.synced >= _SYNC_EVERY:
            os.fsync(self.file.fileno())
            self.synced = now

    def finish(self, paths: Iterable[str]) -> None:
        """全部做完：一个一行，按路径排好，重新写一遍；同样的输入，清单的字节也一样。"""
        offsets = [self.entries[path].offset for path in sorted(paths)]
        self.file.close()  # Windows renames nothing onto a file that is open; the lock is another file's
        refuse_links(self.path, self.path.parent)
        save_atomically(self.path, _lines(self.path, offsets))
        self.file = _open(self.path)
        self.entries = dict(_read(self.file))

    def close(self) -> None:
        if not self.file.closed:
            with contextlib.suppress(OSError):
                os.fsync(self.file.fileno())
            self.file.close()
        self.lock.release()


class Outcomes(Collection[Outcome]):
    """清单里的结果，可以反复遍历，用到哪个读哪个：十万个项目的问题不必都在内存里。"""

    def __init__(self, manifest: Manifest, paths: Iterable[str]) -> None:
        self._path = manifest.path
        self._offsets = {path: manifest.entries[path].offset for path in paths}

    def __iter__(self) -> Iterator[Outcome]:
        return self.some(self._offsets)

    def some(self, paths: Iterable[str]) -> Iterator[Outcome]:
        """这几个的结果。"""
        with self._path.open("rb") as file:
            for path in paths:
                file.seek(self._offsets[path])
                yield Outcome.from_json(json.loads(file.readline())["outcome"])

    def __len__(self) -> int:
        return len(self._offsets)

    def __contains__(self, item: object) -> bool:
        return isinstance(item, Outcome) and item.path in self._offsets


def open_manifest(out: Path) -> Manifest:
    """打开（没有就新建）输出文件夹里的清单。别的用途的文件夹不用，免得盖掉里面的东西。"""
    path = out / NAME
    try:
        out.mkdir(parents=True, exist_ok=True)
        used = any(out.iterdir())
    except OSError as error:
        raise UserError(
            f"输出文件夹 {out} 用不了：{system_reason(error)}。", "请换一个能写的文件夹。"
        ) from None
    if used and not path.is_file() and any(p.name != LOCK for p in out.iterdir()):
        raise UserError(f"输出文件夹 {out} 里已经有别的东西，没有做。", EMPTY_FOLDER + "。")
    lock = FolderLock.taken(out)
    try:
        file = _open(path)
    except BaseException:
        lock.release()
        raise
    try:
        return Manifest(path, file, lock, dict(_read(file)))
    except BaseException:
        file.close()
        lock.release()
        raise


def _lines(path: Path, offsets: Iterable[int]) -> Iterator[bytes]:
    yield _line(_HEAD)
    with path.open("rb") as old:
        for offset in offsets:
            old.seek(offset)
            yield old.readline()


def _open(path: Path) -> IO[bytes]:
    """打开清单；没有就新建。是链接的不打开：写下去的会在别处。"""
    try:
        file = os.fdopen(os.open(path, _FLAGS, 0o666), "r+b")
    except OSError as error:
        raise cannot_open(path, error) from None
    return file


def _read(file: IO[bytes]) -> Iterator[tuple[str, Entry]]:
    """同一个输入的后一行算数。最后半行截掉，读不懂的行不算；新的、头一行也没有写完的，写上头一行。"""
    file.seek(0)
    line, head = file.readline(_MOST_LINE), _line(_HEAD)
    if not line.endswith(b"\n") and head.startswith(line):
        file.seek(0)
        file.write(head)
        file.flush()
        return
    first = _parsed(line)
    if first is None or first.get("perfmon-xl") != "batch":
        raise UserError(f"{NAME} 不是批量处理的清单。", EMPTY_FOLDER + "。")
    while True:
        offset = file.tell()
        line = file.readline(_MOST_LINE)
        if not line:
            return
        if len(line) == _MOST_LINE and not line.endswith(b"\n"):
            while (more := file.readline(_MOST_LINE)) and not more.endswith(b"\n"):
                pass
            line = b"\n" if more else b""  # nothing of ours is that long
        if not line.endswith(b"\n"):
            file.truncate(offset)
            return
        plain = (_parsed(line) if _is_sealed(line) else None) or {}
        try:
            outcome = Outcome.from_json(plain["outcome"])
            yield outcome.path, _entry(plain["key"], outcome, offset)
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
            continue  # damaged: done again, with the same result


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def _entry(key: str, outcome: Outcome, offset: int) -> Entry:
    return Entry(
        key,
        outcome.status,
        outcome.has_errors,
        outcome.draft,
        outcome.outputs,
        outcome.reason,
        outcome.hint,
        offset,
    )


def sealed(plain: Mapping[str, Any]) -> bytes:
    """清单的一行，封好。"""
    text = _line(plain).removesuffix(b"}\n")
    return text + _SEAL + _seal_of(text) + b'"}\n'


def _is_sealed(line: bytes) -> bool:
    text, mark, seal = line.rpartition(_SEAL)
    return bool(mark) and seal == _seal_of(text) + b'"}\n'


def _seal_of(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:16].encode()


def _line(plain: Mapping[str, Any]) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n").encode(
        "utf-8", "surrogatepass"
    )

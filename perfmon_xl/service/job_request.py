"""What a job is asked to do, held against the description: an action that exists, its files, its options, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perfmon_xl.domain.message import Reader
from perfmon_xl.service.api import ACTIONS, BOOKS, SUFFIXES
from perfmon_xl.service.refusals import RequestError
from perfmon_xl.service.uploads import Uploads

_READERS = (Reader.PAGE, Reader.WPS)
_KNOWN = {"action", "options", "reader", *SUFFIXES}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequest:
    """看懂了的一件事。copy：做的是收下的一份（或者没有文件），不是本机的原文件。"""

    action: str
    files: Mapping[str, Any]
    options: Mapping[str, Any]
    reader: Reader
    copy: bool


def parse_request(asked: Mapping[str, Any], uploads: Uploads) -> JobRequest:
    """看懂一个请求；看不懂、少了文件、文件不对的拒绝。"""
    action = ACTIONS.get(str(asked.get("action")))
    if action is None or set(asked) - _KNOWN:
        raise RequestError(400, "没有这件事可做。")
    options = asked.get("options") or {}
    if not isinstance(options, dict) or any(
        name not in action.options or not isinstance(value, action.options[name])
        for name, value in options.items()
    ):
        raise RequestError(400, "选项看不懂。")
    if (reader := asked.get("reader", Reader.PAGE.value)) not in _READERS:
        raise RequestError(400, "不知道是谁在问。")
    files: dict[str, Any] = {}
    in_place = []
    for name in (*action.needs, *action.may):
        given = asked.get(name)
        if given is None and name in action.may:
            continue
        found = _books(given, uploads) if name == BOOKS else [_file_of(given, name, uploads)]
        files[name] = (
            [(folder, str(path)) for folder, path, _ in found] if name == BOOKS else str(found[0][1])
        )
        in_place += [here for _, _, here in found]
    if set(asked) & set(SUFFIXES) - set(action.needs) - set(action.may):
        raise RequestError(400, "给的文件这件事用不着。")
    return JobRequest(
        action=str(asked["action"]),
        files=files,
        options=options,
        reader=Reader(reader),
        copy=not any(in_place),
    )


def _books(given: object, uploads: Uploads) -> list[tuple[str, Path, bool]]:
    """收下的许多份，或者本机的一个文件夹。"""
    match given:
        case {"path": str(path)}:
            folder = Path(path)
            if not folder.is_absolute() or not folder.is_dir() or folder.is_relative_to(uploads.folder):
                raise RequestError(400, f"找不到文件夹 {path}。", "请重新选文件夹。")
            return [("", folder, True)]
        case list() if given:
            return [_file_of(each, BOOKS, uploads) for each in given]
    raise RequestError(400, "没有选工作簿。", "请先选几个工作簿，或一个文件夹。")


def _file_of(given: object, name: str, uploads: Uploads) -> tuple[str, Path, bool]:
    """一个文件：所在的文件夹、位置、是不是本机的原文件。"""
    kinds = SUFFIXES[name]
    match given:
        case {"upload": key} if (upload := uploads.find(key)) and upload.path.suffix.lower() in kinds:
            return upload.folder, upload.path, False
        case {"path": str(text)}:
            path = Path(text)
            if path.suffix.lower() not in kinds:
                raise RequestError(400, f"{path.name} 不是 {'、'.join(kinds)} 文件。", "请换一个文件。")
            if "\0" in text or not path.is_absolute() or not path.is_file():
                raise RequestError(
                    400, f"在这台电脑上找不到 {text}。", "请先把它存到本机的文件夹里（不是云文档），再试。"
                )
            if path.resolve().is_relative_to(uploads.folder.resolve()):
                raise RequestError(400, "这是服务自己的文件夹。", "请重新选文件。")
            return "", path, True
    raise RequestError(400, f"没有选{'工作簿' if '.xlsx' in kinds else '报告'}。", "请先选文件。")

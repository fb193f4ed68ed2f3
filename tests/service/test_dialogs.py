"""The system's own dialog: asked for what is wanted, a cancelled one is nothing, a desk without one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfmon_xl.service.dialogs import choose, has_dialogs
from perfmon_xl.service.refusals import RequestError


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """一台有显示器、没有 zenity 的 Linux。"""
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, name: str, answer: str, code: int = 0) -> None:
    path = folder / name
    path.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder}/asked"\necho "{answer}"\nexit {code}\n', encoding="utf-8"
    )
    path.chmod(0o755)


def test_a_desk_without_one_is_told(desk: Path) -> None:
    assert not has_dialogs()
    with pytest.raises(RequestError) as refused:
        choose("book")
    assert refused.value.status == 409 and "拖" in refused.value.hint


@pytest.mark.parametrize("name", ["zenity", "kdialog"])
def test_what_was_chosen_comes_back(desk: Path, name: str) -> None:
    program(desk, name, "/家/甲 乙.xlsx")
    assert has_dialogs() and choose("book") == Path("/家/甲 乙.xlsx")
    assert "*.xlsx" in (desk / "asked").read_text(encoding="utf-8")
    choose("folder")
    assert "director" in (desk / "asked").read_text(encoding="utf-8")


def test_a_cancelled_one_is_nothing(desk: Path) -> None:
    program(desk, "zenity", "", 1)
    assert choose("report") is None


def test_without_a_screen_there_is_none(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(desk, "zenity", "/x.xlsx")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_dialogs()

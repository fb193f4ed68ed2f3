"""The icon: where it is put, and that what it starts is the page."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from perfmon_xl import cli
from perfmon_xl.app.page_icon import desktop_entry


def test_the_icon_is_in_the_menu_and_on_the_desk(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_home / "桌面").mkdir(parents=True)
    for _ in range(2):
        assert cli.main(["serve", "--icon"]) == 0
    places = [own_home / ".local/share/applications/perfmon-xl.desktop", own_home / "桌面/perfmon-xl.desktop"]
    for path in places:
        assert path.stat().st_mode & 0o100
        assert str(path) in capsys.readouterr().out or path.exists()


def test_what_it_starts_is_the_page() -> None:
    line = next(one for one in desktop_entry(Path(sys.executable)).splitlines() if one.startswith("Exec="))
    command = shlex.split(line.removeprefix("Exec="))
    done = subprocess.run([*command, "--help"], capture_output=True, encoding="utf-8", check=True)
    assert "perfmon-xl serve" in done.stdout

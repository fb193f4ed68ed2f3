"""The zip for a Linux desk: what is in it, what its 安装.sh does, and what is refused. The Python is a made-up one."""

from __future__ import annotations

import os
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from perfmon_xl import cli
from perfmon_xl.app.linux_bundle import bundle_linux, requirements
from perfmon_xl.domain.errors import UserError


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """看起来像可以搬动的 Python：运行它，只记下说了什么。"""
    folder = tmp_path / "python"
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "python3.12"
    program.write_text('#!/bin/sh\necho "$@" >> "$HOME/started"\n', encoding="utf-8")
    program.chmod(0o755)
    (folder / "bin" / "old").symlink_to("nowhere")  # left by another program
    own = folder / "lib" / "python3.12" / "site-packages"
    own.mkdir(parents=True)
    (own / "builder.py").write_text("", encoding="utf-8")
    return folder


def fetched(version: str, machine: str, needs: Sequence[str], site: Path) -> None:
    (site / f"{version}-{machine}.txt").write_text("\n".join(needs), encoding="utf-8")


def test_the_zip_holds_python_the_program_and_what_it_needs(python: Path, tmp_path: Path) -> None:
    made = bundle_linux("linux-aarch64", python, tmp_path / "b.zip", fetch=fetched)
    with zipfile.ZipFile(made) as package:
        modes = {one.filename: one.external_attr >> 16 & 0o777 for one in package.infolist()}
        needs = package.read("perfmon-xl/python/lib/python3.12/site-packages/3.12-aarch64.txt").decode()
    site = "perfmon-xl/python/lib/python3.12/site-packages"
    assert modes["perfmon-xl/安装.sh"] == modes["perfmon-xl/python/bin/python3"] == 0o755
    for name in (
        "service/page/page.js",
        "_data/addin/wps/main.js",
        "_data/xlsx_templates/monitoring.xlsx",
        "example.json",
    ):
        assert f"{site}/perfmon_xl/{name}" in modes
    assert f"{site}/builder.py" not in modes and not any("__pycache__" in name for name in modes)
    assert "starlette" in needs and "lxml" in needs and "pytest" not in needs and "xlwings" not in needs
    assert needs.splitlines() == requirements()


@pytest.mark.slow
@pytest.mark.parametrize("arch", ["right", "wrong"])
def test_it_installs_for_this_user_and_refuses_another_processor(
    python: Path, tmp_path: Path, arch: str
) -> None:
    here = os.uname().machine
    other = {"x86_64": "aarch64"}.get(here, "x86_64")
    made = bundle_linux(
        f"linux-{here if arch == 'right' else other}", python, tmp_path / "b.zip", fetch=fetched
    )
    home = tmp_path / "家 里"
    home.mkdir()
    with zipfile.ZipFile(made) as package:
        for one in package.infolist():
            Path(package.extract(one, tmp_path / "out")).chmod(one.external_attr >> 16 & 0o777)
    script = tmp_path / "out" / "perfmon-xl" / "安装.sh"
    for _ in range(2):
        environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
        done = subprocess.run(
            ["sh", str(script)], env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == (0 if arch == "right" else 2), done.stderr
    if arch == "wrong":
        assert "怎么办" in done.stderr and list(home.iterdir()) == []
        return
    started = (home / "started").read_text(encoding="utf-8").splitlines()
    assert started == 2 * ["-P -m perfmon_xl serve --icon", "-P -m perfmon_xl addin install --wps"]
    subprocess.run(
        [home / ".local/bin/perfmon-xl", "check", "甲 乙.xlsx"],
        env={"HOME": str(home), "PATH": "/bin"},
        check=True,
    )
    assert (home / "started").read_text(encoding="utf-8").endswith("perfmon_xl check 甲 乙.xlsx\n")


def test_what_is_no_python_or_too_old_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "old"
    (old / "bin").mkdir(parents=True)
    (old / "lib" / "python3.8").mkdir(parents=True)
    (old / "bin" / "python3.8").touch()
    for folder in (tmp_path, old, tmp_path / "nowhere"):
        with pytest.raises(UserError, match="没有能用的 Python"):
            bundle_linux("linux-x86_64", folder, tmp_path / "b.zip", fetch=fetched)
    assert not (tmp_path / "b.zip").exists()


def test_nothing_is_written_over_and_nothing_half_is_left(python: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"mine")
    with pytest.raises(UserError, match="已经存在"):
        bundle_linux("linux-x86_64", python, tmp_path / "b.zip", fetch=fetched)
    assert (tmp_path / "b.zip").read_bytes() == b"mine"

    def broken(*_: object) -> None:
        raise UserError("没有网。")

    with pytest.raises(UserError, match="没有网"):
        bundle_linux("linux-x86_64", python, tmp_path / "c.zip", fetch=broken)
    assert not list(tmp_path.glob("*c.zip*"))


def test_loongarch_is_said_to_be_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["addin", "bundle", "--arch", "linux-loongarch64", "--python", "x"])
    assert "linux-aarch64" in capsys.readouterr().err

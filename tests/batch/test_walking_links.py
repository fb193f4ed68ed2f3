"""Folders that are links: not looked into, and said."""

from __future__ import annotations

from pathlib import Path

from perfmon_xl.batch.walking import linked_folders, walk


def test_linked_folders_are_named_and_not_walked(tmp_path: Path) -> None:
    folder, other = tmp_path / "in", tmp_path / "别处"
    for place in (folder / "区", other):
        place.mkdir(parents=True)
        (place / "甲.xlsx").write_bytes(b"PK")
    (folder / "区" / "链接").symlink_to(other, target_is_directory=True)
    (folder / "绕回").symlink_to(folder, target_is_directory=True)
    (folder / ".藏着").symlink_to(other, target_is_directory=True)
    assert linked_folders(folder) == ("区/链接", "绕回")
    assert [item.path for item in walk(folder, tmp_path / "out")] == ["区/甲.xlsx"]


def test_no_links_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "区").mkdir()
    assert linked_folders(tmp_path) == ()

"""Where what a batch makes goes: no two files in one place on any system, nothing over a file of the whole batch."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.many import projects

from perfmon_xl import batch
from perfmon_xl.batch.folder_lock import NAME as LOCK
from perfmon_xl.batch.manifest import NAME as MANIFEST
from perfmon_xl.batch.manifest import open_manifest, sealed
from perfmon_xl.batch.outcome import Outcome, Status
from perfmon_xl.batch.walking import planned, refuse_mixing, walk
from perfmon_xl.domain.errors import UserError
from perfmon_xl.system.files import save_atomically
from perfmon_xl.system.names import portable, readable

WHOLE = ("汇总.xlsx", "全区绩效监控汇总报告.docx", "批量清单.jsonl", "批量结果.csv")


def on_windows(path: str) -> str:
    """Two paths with one key are one file there: case, spelling of accents, blanks and dots at an end."""
    steps = (unicodedata.normalize("NFC", step.casefold()).rstrip(" .") for step in path.split("/"))
    return "/".join(steps)


def places(found: list[str]) -> list[str]:
    return [name for item in planned(found, WHOLE) for name in item.names.values()]


@pytest.mark.parametrize(
    "found",
    [
        ["甲a.xlsx", "甲A.xlsx", "区/x.xlsx", "区./x.xlsx", "区 /x.xlsx"],
        ["é.xlsx", "e\u0301.xlsx", "É.xlsx"],
        ["Sub/x.xlsx", "sub/x.xlsx", "SUB./x.xlsm"],
        ["甲.xlsx", "甲.xlsm", "甲.xlsx.xlsx", "甲-工作簿.xlsx", "甲（2）.xlsx"],
        ["甲.xlsx", "甲-绩效目标执行监控表.xlsx", "甲-绩效运行监控报告.docx/乙.xlsx"],
        ["汇总.xlsx", "汇总-工作簿.xlsx", "汇总.xlsx/丙.xlsx", "汇总.XLSX./丁.xlsx"],
        ["批量结果.csv/甲.xlsx", "批量清单.jsonl/甲.xlsx", "批量结果.csv（2）/甲.xlsx"],
        ["a:b.xlsx", "a_b.xlsx", "a?b.xlsx", "a\\b.xlsx", "a\nb.xlsx", "a\rb.xlsx"],
        ["CON.xlsx", "_CON.xlsx", "con.xlsm", "aux/甲.xlsx", "_aux/甲.xlsx", "Lpt¹.xlsx"],
        ["长" * 70 + "甲.xlsx", "长" * 70 + "乙.xlsx"],
        [
            "CONIN$.xlsx",
            "_CONIN$.xlsx",
            "conout$.xlsm",
            "Clock$/甲.xlsx",
            "_Clock$/甲.xlsx",
            "com1 .x.xlsx",
            "_com1 .x.xlsx",
        ],
        ["K.xlsx", "\u212a.xlsx", "k.xlsm", "ſ.xlsx", "S.xlsx", "ß.xlsx", "ss.xlsx", "ﬁ.xlsx", "fi.xlsx"],
        ["가.xlsx", unicodedata.normalize("NFD", "가.xlsx"), "\u00c5.xlsx", "\u212b.xlsx", "A\u030a.xlsm"],
        ["甲 .xlsx", "甲..xlsx", "甲. .xlsx", "甲.xlsx", "区 ./甲.xlsx", "区/甲 .xlsx", "区../甲.xlsx"],
        [
            "甲-检查结果.json/x.xlsx",
            "甲.xlsx",
            "甲-绩效运行监控报告.pdf/y.xlsx",
            "甲-绩效运行监控报告.DOCX ./z.xlsx",
        ],
        [
            "全区绩效监控汇总报告.docx/甲.xlsx",
            "全区绩效监控汇总报告.xlsx",
            "批量结果.xlsx",
            "批量清单.xlsx",
            "批量结果.CSV/甲.xlsx",
        ],
        ["甲\u200b.xlsx", "甲.xlsx", "甲\ufeff.xlsx", "甲\u202e.xlsx", "甲\u2028.xlsx", "甲\x85.xlsx"],
        ["a\udce9.xlsx", "a\udcc9.xlsx", "aé.xlsx", "a�.xlsx", "a\udcff.xlsx"],
        ["长" * 66 + "A.xlsx", "长" * 66 + "a.xlsx", "长" * 66 + "A.xlsm", "长" * 66 + "a-工作簿.xlsx"],
        ["😀" * 60 + ".xlsx", "😀" * 61 + ".xlsx", "😀" * 60 + ".xlsm"],
    ],
)
def test_no_two_files_in_one_place(found: list[str]) -> None:
    made = places(sorted(found))
    assert len({on_windows(name) for name in (*made, *WHOLE)}) == len(made) + len(WHOLE)
    folders = {
        on_windows("/".join(name.split("/")[:n])) for name in made for n in range(1, name.count("/") + 1)
    }
    assert not folders & {on_windows(name) for name in (*made, *WHOLE)}, "a folder where a file is"


NAMES = st.text("aA.·é -:_\u0301\n甲", min_size=1, max_size=4).filter(
    lambda t: t.strip(". \n") and t not in ("..",)
)


@given(
    st.sets(
        st.lists(NAMES, min_size=1, max_size=2).map(lambda steps: "/".join(steps) + ".xlsx"),
        min_size=1,
        max_size=6,
    )
)
def test_no_two_of_any_names(found: set[str]) -> None:
    made = places(sorted(found))
    assert len({on_windows(name) for name in made}) == len(made)
    for name in made:
        assert all(portable(step) == step for step in name.split("/")), "no system takes it otherwise"


def test_usual_names_are_mirrored() -> None:
    item = planned(["城东/甲 项目（一）.xlsx"], WHOLE)[0]
    assert item.names["book"] == "城东/甲 项目（一）.xlsx"
    assert item.names["report"] == "城东/甲 项目（一）-绩效运行监控报告.docx"


@pytest.mark.parametrize("name", ["甲\n乙", "甲\u202e乙", "甲\x1b[31m乙", "甲\u2028乙"])
def test_a_name_stays_on_its_line(name: str) -> None:
    assert readable(name) == "甲" + "�" + name.partition("甲")[2][1:]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["甲:乙.xlsx", "区./甲.xlsx", "aux/甲.xlsx", "批量结果.csv/甲.xlsx"])
def test_odd_names_are_done_once(name: str, tmp_path: Path) -> None:
    projects(tmp_path / "one", 1, sizes=(5,))
    target = tmp_path / "in" / name
    target.parent.mkdir(parents=True)
    shutil.copy(next((tmp_path / "one").rglob("*.xlsx")), target)
    assert batch.run(tmp_path / "in", tmp_path / "out", jobs=1).counts == {Status.DONE: 1}
    assert batch.run(tmp_path / "in", tmp_path / "out", jobs=1).unchanged == 1


@pytest.mark.parametrize(
    ("piece", "count", "ended"), [(b"\0", 40, False), (b"x", 33, True), (b"[", 70, True)]
)
def test_a_line_that_is_none_of_ours_is_passed_over(
    piece: bytes, count: int, ended: bool, tmp_path: Path
) -> None:
    open_manifest(tmp_path).close()
    first, second = (
        sealed({"key": "k", "outcome": Outcome(path=name, status=Status.FOREIGN).to_json()})
        for name in ("甲.xlsx", "乙.xlsx")
    )
    with (tmp_path / MANIFEST).open("ab") as file:
        file.write(first + piece * (count << 20) + (b"\n" + second if ended else b""))
    manifest = open_manifest(tmp_path)
    try:
        assert list(manifest.entries) == (["甲.xlsx", "乙.xlsx"] if ended else ["甲.xlsx"])
    finally:
        manifest.close()


@pytest.mark.parametrize("mounted", ["out", "out/区", "out/区/深"])
def test_the_output_is_known_by_what_it_is_and_not_by_its_name(
    mounted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """挂在另一处的、大小写不同的名称：输入就是输出（或在它里面），看名称看不出来。"""
    out, folder = tmp_path / "out", tmp_path / "IN/区/深"
    (tmp_path / mounted).mkdir(parents=True)
    folder.mkdir(parents=True)
    top = tmp_path / "IN" / Path(mounted).relative_to("out")  # IN is another name of out

    def same(one: Path, other: Path) -> bool:
        renamed = [str(p).replace(str(tmp_path / "IN"), str(out)) for p in (one, other)]
        return renamed[0] == renamed[1]

    monkeypatch.setattr(Path, "samefile", same)
    with pytest.raises(UserError, match="原件"):
        refuse_mixing(top, out)


def test_an_output_mounted_among_the_inputs_is_not_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("in/区", "in/结果", "out"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "甲.xlsx").write_bytes(b"PK")
    monkeypatch.setattr(Path, "samefile", lambda one, other: {one.name, other.name} == {"结果", "out"})
    assert [item.path for item in walk(tmp_path / "in", tmp_path / "out")] == ["区/甲.xlsx"]


@pytest.mark.parametrize("name", [MANIFEST, LOCK])
def test_a_link_in_the_place_of_our_own_files_is_called_so(name: str, tmp_path: Path) -> None:
    out, target = tmp_path / "out", tmp_path / "别人的.xlsx"
    open_manifest(out).close()
    (out / name).unlink(missing_ok=True)
    target.write_bytes(b"x")
    (out / name).symlink_to(target)
    with pytest.raises(UserError, match="是通向别处的链接"):
        open_manifest(out)
    assert target.read_bytes() == b"x"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [WHOLE[0], WHOLE[3], "甲.xlsx", "甲-检查结果.json", "甲-绩效运行监控报告.docx"]
)
@pytest.mark.parametrize("where", ["in/甲.xlsx", "out/乙.xlsx"])
@pytest.mark.long
def test_no_output_goes_through_a_link(name: str, where: str, tmp_path: Path) -> None:
    """输出里的链接通向原件、通向另一个输出：整批的文件也一样，不写，说是哪一个。"""
    folder, out = tmp_path / "in", tmp_path / "out"
    projects(tmp_path / "two", 2, sizes=(5,))
    folder.mkdir()
    for path, new in zip(sorted((tmp_path / "two").rglob("*.xlsx")), ("甲.xlsx", "乙.xlsx"), strict=True):
        shutil.copy(path, folder / new)
    batch.run(folder, out, jobs=1)
    before = {path: path.read_bytes() for path in (folder / "甲.xlsx", folder / "乙.xlsx", out / "乙.xlsx")}
    (out / name).unlink()
    (out / name).symlink_to(tmp_path / where)
    (out / MANIFEST).write_bytes((out / MANIFEST).read_bytes().partition(b"\n")[0] + b"\n")  # all again
    try:
        made = batch.run(folder, out, jobs=1)
        said = " ".join(made.failed.values())
    except UserError as error:
        said = str(error)
    assert f"{name} 是通向别处的链接" in said
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("name", ["报告.docx", "数据.json", "清单.csv"])
def test_a_link_to_another_kind_of_file_is_not_written_through(name: str, tmp_path: Path) -> None:
    book = tmp_path / "项目.xlsx"
    book.write_bytes(b"x")
    (tmp_path / name).symlink_to(book)
    with pytest.raises(UserError, match="是通向别处的链接"):
        save_atomically(tmp_path / name, b"y")
    assert book.read_bytes() == b"x"

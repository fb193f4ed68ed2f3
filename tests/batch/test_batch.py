"""A folder as an office keeps it, done in one go: what is made, what is left alone, what is said."""

from __future__ import annotations

import csv
import gc
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from support.many import OFFICES, Inline, projects, snapshot, text_of
from support.office import needs_office

from perfmon_xl import app, batch, cli
from perfmon_xl.batch import folder_lock, manifest, project
from perfmon_xl.batch.listing import write_listing
from perfmon_xl.batch.manifest import NAME as MANIFEST
from perfmon_xl.batch.progress import ProgressLine
from perfmon_xl.batch.summary_lines import summary_lines
from perfmon_xl.batch.walking import planned, walk
from perfmon_xl.data import from_data
from perfmon_xl.domain.errors import UserError
from perfmon_xl.workbook.build.monitoring import build
from perfmon_xl.workbook.file.book import PackageBook

DATA = Path(__file__).parents[1] / "data"

pytestmark = pytest.mark.slow  # whole batches

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(scope="session")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """十个项目，四个部门的文件夹。"""
    folder = tmp_path_factory.mktemp("十个 项目")
    projects(folder, 10)
    return folder


@pytest.fixture(scope="session")
def made(ten: Path, tmp_path_factory: pytest.TempPathFactory) -> batch.Batch:
    """十个项目做出来的。"""
    return batch.run(ten, tmp_path_factory.mktemp("输出") / "结果", jobs=2)


def few(folder: Path, count: int = 2) -> Path:
    projects(folder, count, sizes=(5,))
    return folder


def run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(["batch", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_tree_is_mirrored_and_the_inputs_stay(ten: Path, made: batch.Batch) -> None:
    names = {path.relative_to(made.out).as_posix() for path in made.out.rglob("*") if path.is_file()}
    for path in ten.rglob("*.xlsx"):
        stem = path.relative_to(ten).as_posix().removesuffix(".xlsx")
        assert {f"{stem}.xlsx", f"{stem}-绩效运行监控报告.docx", f"{stem}-检查结果.json"} <= names
    assert len(names) == 10 * 3 + 4  # the manifest, the listing, the summary and its report
    assert not list(ten.rglob("*-绩效运行监控报告.docx")) and len(list(ten.rglob("*"))) == 10 + 5


def test_each_is_what_fill_check_and_report_make(ten: Path, made: batch.Batch, tmp_path: Path) -> None:
    name = "教育局/项目 0005.xlsx"
    one = tmp_path / "一个.xlsx"
    one.write_bytes((ten / name).read_bytes())
    app.fill(one)
    checked, _ = app.check_and_write(one)
    assert one.read_bytes() == (made.out / name).read_bytes()
    listed = json.loads((made.out / "教育局/项目 0005-检查结果.json").read_text(encoding="utf-8"))
    assert listed["findings"] == checked.as_data(name)["findings"]
    report = app.report(one, draft=bool(checked.errors), pages="estimate").path
    assert report.read_bytes() == (made.out / "教育局/项目 0005-绩效运行监控报告.docx").read_bytes()


def test_the_outcomes_tell_the_figures(made: batch.Batch) -> None:
    outcomes = list(made.outcomes)
    assert [o.path for o in outcomes] == sorted(o.path for o in outcomes) and len(outcomes) == 10
    one = next(o for o in outcomes if o.path == "教育局/项目 0005.xlsx")
    assert (one.year, one.period, one.department) == ("2024", "1-7月份", "区住房和城乡建设局")
    assert one.figures["执行率"] == "0.6" and one.figures["指标个数"] == "8"
    assert one.counts["error"] == sum(
        f["severity"] == "error" and f["result"] == "fail" for f in one.findings
    )
    assert one.draft == one.has_errors
    assert {u["indicator"] for u in one.unexplained}
    assert batch.Outcome.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_everything_that_lies_around(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = few(tmp_path / "in")
    (folder / "~$项目 0001.xlsx").write_bytes(b"lock")
    (folder / "说明.docx").write_bytes(b"not looked at")
    (folder / "空.xlsx").write_bytes(b"")
    (folder / "断了的.xlsx").write_bytes((folder / "教育局/项目 0001.xlsx").read_bytes()[:9000])
    (folder / "有密码.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    (folder / "老.xls").write_bytes(OLE + "Workbook".encode("utf-16-le"))
    import xlsxwriter

    with xlsxwriter.Workbook(str(folder / "=通讯录.xlsx")) as book:
        book.add_worksheet("表").write(0, 0, 1)
    before = snapshot(folder)
    code, out, err = run(folder, "-o", tmp_path / "out", capsys=capsys)
    assert code == 1 and err == "" and snapshot(folder) == before
    assert "一共 7 个文件。做成 2 个" in out
    for name, why in (
        ("空.xlsx", "空文件"),
        ("断了的.xlsx", "不完整或已损坏"),
        ("有密码.xlsx", "密码"),
        ("老.xls", "旧格式"),
        ("=通讯录.xlsx", "不是绩效运行监控工作簿"),
    ):
        assert any(name in line and why in line for line in out.splitlines()), name
    assert re.search("有密码.xlsx：.*\n    怎么办：.*密码", out)
    assert out.count("perfmon-xl new --from") == 1
    assert "~$" not in out and "说明.docx" not in out
    listing = (tmp_path / "out/批量结果.csv").read_text(encoding="utf-8-sig")
    assert "'=通讯录.xlsx,不是监控工作簿" in listing and "\n=" not in listing
    made = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert len(made) == 2 * 3 + 4


def test_which_have_errors_and_what_to_do_first(tmp_path: Path) -> None:
    """哪几个有错误、各几处、先看哪里；都有的一种只说一遍；没有错误的不提。"""
    folder = few(tmp_path / "in", 2)
    made = batch.run(folder, tmp_path / "out", executor=Inline())
    assert made.with_errors == 2
    told = [str(text) for text in summary_lines(made)]
    at = told.index("有错误要改的 2 个：")
    assert told[at + 1].startswith("  都有的：") and "“" not in told[at + 1], "题目，不是一个项目的例子"
    for one, text in zip(made.error_books, told[at + 2 : at + 4], strict=True):
        assert text.startswith(f"  {one.path}：{len(one.mistakes)} 处，先看 ") and "!" in text
    assert "先做什么" in told[at + 4] and "检查结果" in told[at + 4]
    assert max(map(len, told[at : at + 4])) < 110
    assert not [t for t in summary_lines(replace(made, with_errors=0, error_books=())) if "错误" in str(t)]


def test_a_report_of_the_other_kind_is_told(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    data = json.loads((DATA / "clean.json").read_text(encoding="utf-8"))
    (folder / "甲.xlsx").write_bytes(build(from_data(data)))
    editions = (batch.Edition.DRAFT, batch.Edition.DRAFT, batch.Edition.AUTO, batch.Edition.DRAFT)
    runs = [batch.run(folder, out, executor=Inline(), edition=edition) for edition in editions]
    assert [one.exchanged for one in runs] == [{}, {}, {"甲.xlsx": True}, {"甲.xlsx": False}]
    told = ["".join(map(str, summary_lines(one))) for one in runs]
    assert "征求意见稿换成了正式报告：甲.xlsx。" in told[2] and "正式报告换成了征求意见稿" in told[3]
    assert "换成了" not in told[0] + told[1]


def test_the_area_is_seen_or_given_and_an_older_report_goes(tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    batch.run(folder, out, executor=Inline(), name="青禾县")
    assert (out / "青禾县绩效监控汇总报告.docx").is_file()
    batch.run(folder, out, executor=Inline())
    assert [p.name for p in out.glob("*汇总报告.docx")] == ["区住房和城乡建设局绩效监控汇总报告.docx"]


def test_twins_with_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    folder = few(tmp_path / "in", 1)
    book = folder / "教育局/项目 0001.xlsx"
    book.with_suffix(".xlsm").write_bytes(book.read_bytes())
    made = batch.run(folder, tmp_path / "out", executor=Inline())
    assert [o.outputs["report"] for o in made.outcomes] == [
        "教育局/项目 0001.xlsm-绩效运行监控报告.docx",
        "教育局/项目 0001.xlsx-绩效运行监控报告.docx",
    ]


def test_names_that_windows_takes_for_one_are_told_apart(tmp_path: Path) -> None:
    for name in ("Road.xlsx", "road.xlsm", "B.xlsx"):
        (tmp_path / name).write_bytes(b"")
    assert {item.names["report"] for item in walk(tmp_path, tmp_path / "out")} == {
        "B-绩效运行监控报告.docx",
        "Road.xlsx-绩效运行监控报告.docx",
        "road.xlsm-绩效运行监控报告.docx",
    }


@pytest.mark.parametrize("text", ["=1+1", "+86 10", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_others_wrote_is_no_formula_in_the_listing(text: str, tmp_path: Path) -> None:
    write_listing(tmp_path, [batch.Outcome(path="甲.xlsx", status=batch.Status.DONE, project=text)])
    with (tmp_path / "批量结果.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["项目名称"] == f"'{text}"


def test_a_workbook_called_like_the_summary_does_not_lose_its_copy(tmp_path: Path) -> None:
    folder = few(tmp_path / "in", 1)
    (folder / "教育局/项目 0001.xlsx").rename(folder / "汇总.xlsx")
    made = batch.run(folder, tmp_path / "out", executor=Inline())
    (one,) = made.outcomes
    assert one.outputs["book"] == "汇总-工作簿.xlsx"
    assert "表4" in " ".join(openpyxl.load_workbook(made.out / "汇总-工作簿.xlsx").sheetnames)
    assert "按主管部门" in openpyxl.load_workbook(made.out / "汇总.xlsx").sheetnames
    again = batch.run(folder, tmp_path / "out", executor=Inline())
    assert again.unchanged == 1


@pytest.mark.parametrize(
    ("edition", "reports", "word"),
    [(batch.Edition.DRAFT, 2, "征求意见稿"), (batch.Edition.FINAL, 0, "没有出正式报告")],
)
def test_draft_or_final(edition: batch.Edition, reports: int, word: str, tmp_path: Path) -> None:
    made = batch.run(few(tmp_path / "in"), tmp_path / "out", executor=Inline(), edition=edition)
    assert all(o.has_errors for o in made.outcomes)
    documents = list(made.out.rglob("*-绩效运行监控报告.docx"))
    assert len(documents) == reports
    said = [*(text_of(d) for d in documents), *(n for o in made.outcomes for n in o.notes)]
    assert sum(word in text for text in said) == 2


def test_a_report_that_cannot_be_made_is_a_failure_with_findings(tmp_path: Path) -> None:
    folder = few(tmp_path / "in", 1)
    path = folder / "教育局/项目 0001.xlsx"
    book = PackageBook.open(path)
    book.write({book.named()["项目名称"].ref: "私用\ue000字"})
    book.save(path)
    made = batch.run(folder, tmp_path / "out", executor=Inline())
    (one,) = made.outcomes
    assert one.status is batch.Status.FAILED and "印不出来" in one.reason and one.hint
    assert set(one.outputs) == {"book", "findings"} and (made.out / one.outputs["findings"]).is_file()


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("in", "原件会被盖掉"),
        (".", "在输出文件夹"),
        ("占用", "别的东西"),
        ("in/教育局/项目 0001.xlsx", "用不了"),
    ],
)
def test_an_output_that_could_harm_is_refused(
    out: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = few(tmp_path / "in", 1)
    (tmp_path / "占用").mkdir()
    (tmp_path / "占用" / "合同.docx").write_bytes(b"mine")
    before = snapshot(tmp_path)
    code, _, err = run(folder, "-o", tmp_path / out, capsys=capsys)
    assert code == 2 and says in err and "怎么办" in err and snapshot(tmp_path) == before


def test_an_output_inside_the_inputs_is_not_walked(tmp_path: Path) -> None:
    folder = few(tmp_path / "in", 1)
    first = batch.run(folder, folder / "结果", executor=Inline())
    again = batch.run(folder, folder / "结果", executor=Inline())
    assert len(first.outcomes) == len(again.outcomes) == again.unchanged == 1


def test_nothing_to_do_and_two_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有工作簿"):
        batch.run(tmp_path, tmp_path / "out")
    with pytest.raises(UserError, match="找不到文件夹"):
        batch.run(tmp_path / "没有", tmp_path / "out")
    from perfmon_xl.batch.manifest import open_manifest

    held = open_manifest(tmp_path / "out")
    few(tmp_path / "in", 1)
    with pytest.raises(UserError, match="另一个批量处理"):
        batch.run(tmp_path / "in", tmp_path / "out", executor=Inline())
    held.close()


def test_only_what_changed_is_done_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = few(tmp_path / "in", 4), tmp_path / "out"
    run(folder, "-o", out, "--jobs", 1, capsys=capsys)
    first = snapshot(out)
    kept = {path: path.stat().st_mtime_ns for path in out.rglob("项目*")}
    changed, gone = folder / "教育局/项目 0001.xlsx", folder / "交通局/项目 0004.xlsx"
    book = PackageBook.open(changed)
    book.write({book.named()["项目名称"].ref: "改了名的项目"})
    book.save(changed)
    gone.unlink()
    (out / "卫生 健康局/项目 0002-检查结果.json").unlink()
    _, said, _ = run(folder, "-o", out, "--jobs", 1, capsys=capsys)
    assert "一共 3 个文件，其中 1 个没有变" in said and "输入里没有了的，有 1 个" in said
    assert "交通局/项目 0004.xlsx" in said
    second = snapshot(out)
    differ = {name for name in first if first[name] != second.get(name)}
    assert {n for n in differ if "项目" in n} <= {n for n in first if n.startswith("教育局/项目 0001")}
    same = out / "住房和城乡建设局（二级）/园林中心/项目 0003.xlsx"
    assert same.stat().st_mtime_ns == kept[same]
    assert "交通局/项目 0004.xlsx" in second


def test_a_change_of_what_is_asked_does_all_again(tmp_path: Path) -> None:
    folder = few(tmp_path / "in", 2)
    batch.run(folder, tmp_path / "out", executor=Inline())
    assert batch.run(folder, tmp_path / "out", executor=Inline(), edition=batch.Edition.FINAL).unchanged == 0
    assert not list(
        (tmp_path / "out").rglob("*-绩效运行监控报告.docx")
    )  # a report from before would pass for a final one


def test_a_torn_manifest_line_costs_only_that_one(tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 2), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    whole = snapshot(out)
    text = (out / MANIFEST).read_bytes()
    (out / MANIFEST).write_bytes(text[:-700])
    assert batch.run(folder, out, executor=Inline()).unchanged == 1
    assert snapshot(out) == whole


@pytest.mark.parametrize("damage", [b"\0" * 40, b'{"path":"x"}', b'{"key":"k","outcome":[]}', b"[1]"])
def test_a_damaged_manifest_line_costs_only_that_one(damage: bytes, tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 2), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    whole = snapshot(out)
    head, _, last, *_ = (out / MANIFEST).read_bytes().split(b"\n")
    (out / MANIFEST).write_bytes(b"\n".join((head, damage, last, b"")))
    assert batch.run(folder, out, executor=Inline()).unchanged == 1
    assert snapshot(out) == whole


def test_a_manifest_killed_in_its_first_line_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_bytes(b'{"perfmon')
    assert len(batch.run(few(tmp_path / "in", 1), tmp_path / "out", executor=Inline()).outcomes) == 1
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / MANIFEST).write_bytes(b"something else\n")
    with pytest.raises(UserError, match="不是批量处理的清单"):
        batch.run(tmp_path / "in", tmp_path / "别的", executor=Inline())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_a_lock_taken_away_while_it_was_opened_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """前一批刚好做完、拿走了锁文件：占住的是没有名称的旧文件，等于没有占住。"""
    real, asked = folder_lock.locked, []

    def slow(descriptor: int, at: int) -> bool:
        if not asked:
            (tmp_path / folder_lock.NAME).unlink()
        asked.append(descriptor)
        return real(descriptor, at)

    monkeypatch.setattr(folder_lock, "locked", slow)
    lock = folder_lock.FolderLock.taken(tmp_path)
    assert len(asked) == 2 and os.path.samestat(os.fstat(lock.descriptor), lock.path.stat())
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_locked_while_the_manifest_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    real, tried = manifest.save_atomically, []

    def slow(path: Path, data: object) -> None:
        with pytest.raises(UserError, match="另一个批量处理正在往"):
            manifest.open_manifest(out)
        tried.append(path)
        real(path, data)  # type: ignore[arg-type]

    monkeypatch.setattr(manifest, "save_atomically", slow)
    batch.run(folder, out, executor=Inline())
    assert tried == [out / MANIFEST] and not (out / folder_lock.NAME).exists()


def lines_of(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / MANIFEST).read_text(encoding="utf-8").splitlines()]


def forge(out: Path, lines: list[dict[str, Any]]) -> None:
    """清单照 lines 重写，每行重新封好：改的人知道怎么算。"""
    for one in lines:
        one.pop("seal", None)
    head = json.dumps(lines[0]).encode() + b"\n"
    (out / MANIFEST).write_bytes(head + b"".join(manifest.sealed(one) for one in lines[1:]))


EDITS: list[tuple[bytes, bytes]] = [
    (b'"status":"done"', b'"status":"failed"'),
    (b'"status":"done"', b'"status":"skipped-foreign"'),
    (b'"error":', b'"error":9'),
    (b'"\xe6\x94\xaf\xe5\x87\xba":"', b'"\xe6\x94\xaf\xe5\x87\xba":"9'),  # 支出
    (b'"project":"', b'"project":"\xe5\x88\xab\xe7\x9a\x84'),  # 别的
    (b'"light":"', b'"light":"" ,"x":"'),
    (b',"seal":"', b',"seal":"0'),
    (b',"seal":"', b',"sea1":"'),
]


@pytest.mark.parametrize(("old", "new"), EDITS)
def test_a_line_edited_by_hand_is_done_again(old: bytes, new: bytes, tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    whole = snapshot(out)
    text = (out / MANIFEST).read_bytes()
    assert text.count(old)
    (out / MANIFEST).write_bytes(text.replace(old, new, 1))
    assert batch.run(folder, out, executor=Inline()).unchanged == 0
    assert snapshot(out) == whole


def test_lines_that_changed_places_with_their_keys_are_told_apart(tmp_path: Path) -> None:
    """两行的记号对调：哪一个都对不上自己的文件，都重做。"""
    folder, out = few(tmp_path / "in", 2), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    whole = snapshot(out)
    lines = lines_of(out)
    lines[1]["key"], lines[2]["key"] = lines[2]["key"], lines[1]["key"]
    forge(out, lines)
    assert batch.run(folder, out, executor=Inline()).unchanged == 0
    assert snapshot(out) == whole


@pytest.mark.parametrize("kind", ["book", "report", "findings"])
@pytest.mark.parametrize("how", ["empty", "folder", "gone"])
def test_an_output_that_is_not_whole_is_made_again(kind: str, how: str, tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    made = batch.run(folder, out, executor=Inline())
    whole = snapshot(out)
    (one,) = made.outcomes
    path = out / one.outputs[kind]
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how == "empty":
        path.write_bytes(b"")
    again = batch.run(folder, out, executor=Inline())
    assert again.unchanged == 0
    if how == "folder":
        assert "是文件夹" in next(iter(again.failed.values()))
    else:
        assert snapshot(out) == whole


BAD_OUTPUTS = [
    "{abs}",
    "../../重要.docx",
    "../in/教育局/项目 0001.xlsx",
    "..\\重要.docx",
    "C:\\重要.docx",
    "别人的.docx",
    "",
]


@pytest.mark.parametrize("name", BAD_OUTPUTS)
def test_a_manifest_edited_by_hand_deletes_nothing(name: str, tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    (original,) = folder.rglob("*.xlsx")
    keep = [tmp_path / "重要.docx", out / "别人的.docx", original]
    for path in keep[:2]:
        path.write_bytes(b"x")
    before = [path.read_bytes() for path in keep]
    lines = lines_of(out)
    lines[1]["outcome"]["outputs"]["old"] = name.format(abs=keep[0])
    lines[1]["key"] = "changed"
    forge(out, lines)
    assert batch.run(folder, out, executor=Inline()).unchanged == 0
    assert [path.read_bytes() for path in keep] == before


UNSOUND: dict[str, object] = {
    "findings": [{"code": "ZJ101", "severity": "error", "result": "problem", "message": "", "hint": "", "sheet": "甲"}], "figures": {"执行率": "NaN"}, "counts": {"error": "9"}, "outputs": {"book": 1},
    "lights": [], "notes": [1], "unexplained": [{}], "project": None, "draft": 1,
}  # fmt: skip


@pytest.mark.parametrize("key", UNSOUND)
def test_a_manifest_line_of_another_shape_is_done_again(key: str, tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    whole = snapshot(out)
    lines = lines_of(out)
    lines[1]["outcome"][key] = UNSOUND[key]
    forge(out, lines)
    assert batch.run(folder, out, executor=Inline()).unchanged == 0
    assert snapshot(out) == whole


def test_a_manifest_line_of_brackets_without_end_is_no_line(tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in", 1), tmp_path / "out"
    batch.run(folder, out, executor=Inline())
    with (out / MANIFEST).open("ab") as file:
        file.write(b"[" * 100_000 + b"\n")
    assert batch.run(folder, out, executor=Inline()).unchanged == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize("linked", ["file", "folder"])
def test_links_in_the_output_lead_to_no_original(linked: str, tmp_path: Path) -> None:
    folder, out = few(tmp_path / "in" / "区", 1).parent, tmp_path / "out"
    (original,) = folder.rglob("*.xlsx")
    before = original.read_bytes()
    batch.run(folder, out, executor=Inline())
    here = out / original.relative_to(folder)
    here.unlink()
    if linked == "file":
        here.symlink_to(original)
    else:
        shutil.rmtree(out / "区")
        (out / "区").symlink_to(folder / "区")
    again = batch.run(folder, out, executor=Inline())
    assert original.read_bytes() == before
    assert [p for p in folder.rglob("*") if p.is_file()] == [original]
    assert all("通向别处的链接" in reason for reason in again.failed.values()) and again.failed


def names_of(*found: str) -> dict[str, Mapping[str, str]]:
    return {item.path: item.names for item in planned(sorted(found), ("汇总.xlsx", "批量结果.csv"))}


def test_no_two_outputs_have_one_name() -> None:
    """撞名的几种：同名不同扩展名、名称本身像做出来的文件、与汇总同名、只差大小写、扩展名叠着写。"""
    found = [
        "甲.xlsx", "甲.xlsm", "甲.xlsx.xlsx", "甲-绩效目标执行监控表.xlsx", "汇总.xlsx", "汇总-工作簿.xlsx", "a.xlsx", "A.xlsm",
        "区/甲.xlsx", "甲（2）.xlsx", "甲.xlsx-绩效目标执行监控表.xlsx",
    ]  # fmt: skip
    names = names_of(*found)
    flat = [name.casefold() for one in names.values() for name in one.values()]
    assert len(flat) == len(set(flat)) == 5 * len(found) and "汇总.xlsx" not in flat
    assert names["甲-绩效目标执行监控表.xlsx"]["book"] == "甲-绩效目标执行监控表.xlsx"
    assert names["区/甲.xlsx"]["report"] == "区/甲-绩效运行监控报告.docx"


def test_names_of_another_encoding_and_long_names_are_planned() -> None:
    strange = "甲".encode("gbk").decode("utf-8", "surrogateescape") + ".xlsx"
    (one,) = planned([strange])
    assert (
        one.path == "甲.xlsx" and one.source == strange and one.names["report"] == "甲-绩效运行监控报告.docx"
    )
    both = planned(sorted([strange, "甲.xlsx"]))
    assert len({i.path for i in both}) == 2 and len({n for i in both for n in i.names.values()}) == 10
    (long,) = planned(["长" * 83 + ".xlsx"])
    assert all(len(name.encode()) <= 200 for name in long.names.values())


def test_two_runs_give_the_same_bytes(ten: Path, made: batch.Batch, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        batch.run(ten, tmp_path / "又一次", executor=executor, chunk=3)
    assert snapshot(tmp_path / "又一次") == snapshot(made.out)


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(on: bool, tmp_path: Path) -> None:
    folder = few(tmp_path / "in", 2)
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04")
    (gc.enable if on else gc.disable)()
    try:
        assert batch.run(folder, tmp_path / "out", executor=Inline()).failed
        assert gc.isenabled() is on
    finally:
        gc.enable()


def test_progress_is_told_on_a_terminal_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    line = ProgressLine(terminal, iter(range(100)).__next__)
    batch.run(few(tmp_path / "in", 3), tmp_path / "out", executor=Inline(), chunk=1, progress=line)
    assert "1/3，每秒 1 个，还要约 2 秒" in terminal.getvalue() and terminal.getvalue().endswith("\n")
    _, _, err = run(tmp_path / "in", "-o", tmp_path / "out", capsys=capsys)
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--jobs", "0"), "1 以上的整数"),
        (("--draft", "--final"), "--final"),
        (("--template", "没有"), "monitoring_report"),
        (("--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"), "不能一起用"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_made(
    arguments: tuple[str, ...], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few(tmp_path / "in", 1)
    try:
        code = cli.main(["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    assert code == 2 and says in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_a_pdf_that_fails_leaves_the_report_and_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(_: bytes) -> bytes:
        raise UserError("LibreOffice 没有转成 PDF。", "请先只出 Word 报告。")

    monkeypatch.setattr(project, "pdf_maker", lambda: SimpleNamespace(pdf=stuck))
    monkeypatch.setattr("perfmon_xl.system.office_programs.find_office", lambda: Path("soffice"))
    done = batch.run(few(tmp_path / "in", 1), tmp_path / "out", executor=Inline(), pdf=True, forms=True)
    (outcome,) = done.outcomes
    assert (outcome.status.value, outcome.reason) == ("failed", "没有出 PDF：LibreOffice 没有转成 PDF。")
    assert {"book", "findings", "report", "form"} == set(outcome.outputs)
    assert all((tmp_path / "out" / name).is_file() for name in outcome.outputs.values())


@needs_office
def test_pdf_beside_each_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(few(tmp_path / "in", 1), "-o", tmp_path / "out", "--pdf", "--jobs", 1, capsys=capsys)
    assert code == 1 and "做成 1 个" in said
    report = tmp_path / "out/教育局/项目 0001-绩效运行监控报告.docx"
    assert report.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_the_official_form_of_each_with_its_link_in_the_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = few(tmp_path / "in"), tmp_path / "out"
    dateless = PackageBook.open(folder / OFFICES[1] / "项目 0002.xlsx")
    dateless.write({dateless.named()["监控截止日期"].ref: None})
    (folder / OFFICES[1] / "项目 0002.xlsx").write_bytes(dateless.to_bytes())
    run(folder, "-o", out, "--forms", "--jobs", 1, capsys=capsys)
    (form,) = out.rglob("*-绩效目标执行监控表.xlsx")
    assert form.relative_to(out).as_posix() == f"{OFFICES[0]}/项目 0001-绩效目标执行监控表.xlsx"
    alone = app.form(folder / OFFICES[0] / "项目 0001.xlsx", tmp_path / "一份.xlsx")
    assert form.read_bytes() == alone.path.read_bytes()
    sheet = openpyxl.load_workbook(out / "汇总.xlsx")["汇总"]
    (column,) = [c.column for c in sheet[4] if c.value == "监控表"]
    links = [sheet.cell(row, column).hyperlink for row in (5, 6)]
    assert [link and link.target for link in links].count(None) == 1
    told = [json.loads(line) for line in (out / MANIFEST).read_text("utf-8").splitlines()[1:]]
    assert "没有出监控表" in "".join(n for one in told for n in one["outcome"]["notes"])
    assert not [p for p in run(folder, "-o", out, "--jobs", 1, capsys=capsys) if "没有做成的" in str(p)]
    assert not list(out.rglob("*-绩效目标执行监控表.xlsx"))  # not asked for any more: taken away

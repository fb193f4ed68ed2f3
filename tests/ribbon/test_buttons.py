"""Each button's function over a workbook on disk: what it changes, makes, and says."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from lxml import etree
from support.desk import FileBook, Person, desk, press

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout.letters import column_number
from perfmon_xl.ribbon.buttons.new import _next
from perfmon_xl.ribbon.context import ButtonContext
from perfmon_xl.ribbon.registry import BUTTONS, button, families, find
from perfmon_xl.ribbon.wording import text_that_fits
from perfmon_xl.system.resources import example_data, folder
from perfmon_xl.workbook.open_findings import open_findings
from perfmon_xl.workbook.port import CellRef
from perfmon_xl.workbook.read import read

TAGS = [b.get("tag") for b in etree.parse(folder("addin") / "customUI14.xml").iter("{*}button")]

pytestmark = pytest.mark.usefixtures("own_home")


def test_every_button_of_the_ribbon_has_a_function_and_no_more() -> None:
    for tag in TAGS:
        assert find(tag).__module__ == f"perfmon_xl.ribbon.buttons.{tag.partition('.')[0]}"
    assert sorted(BUTTONS) == sorted(TAGS)


def test_a_function_stands_in_the_module_of_its_tag() -> None:
    with pytest.raises(ValueError, match=r"check\.py"):
        button("check.more")(lambda desk: None)
    assert "check" in families() and "os" not in families()


@pytest.mark.parametrize(
    "tag", ["os.system", "check", "check.run.more", "desk.ButtonContext", "registry.find", ""]
)
def test_a_tag_that_is_no_button_is_told(demo_book: Path, tag: str) -> None:
    at, _, person = desk(FileBook(demo_book))
    press(at, tag)
    assert person.warned[0].startswith(f"程序里没有“{tag}”这个按钮。")


# --- 工作簿 -----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_new_blank_makes_and_opens_a_workbook(demo_book: Path, tmp_path: Path) -> None:
    out = tmp_path / "新的.xlsx"
    at, program, person = desk(FileBook(demo_book), saves=out)
    press(at, "new.blank")
    assert program.opened == [out] and "填报说明" in openpyxl.load_workbook(out).sheetnames
    assert person.last.startswith(f"已新建 {out}。")


def test_new_blank_never_over_a_file(demo_book: Path) -> None:
    before = demo_book.read_bytes()
    at, program, person = desk(FileBook(demo_book), saves=demo_book)
    press(at, "new.blank")
    assert person.warned == [f"{demo_book} 已经存在，没有覆盖。\n怎么办：请换一个文件名，或先把旧文件移走。"]
    assert demo_book.read_bytes() == before and program.opened == []


def test_new_from_data_makes_the_example(demo_book: Path, tmp_path: Path) -> None:
    out = tmp_path / "示例.xlsx"
    at, program, _ = desk(FileBook(demo_book), opens=example_data(), saves=out)
    press(at, "new.data")
    assert program.opened == [out]
    assert read(FileBook(out).port).monitoring.project.name == app.load_data(example_data()).project.name


@pytest.mark.slow
def test_new_from_an_export_of_two_projects_shows_how_it_was_read(demo_book: Path, tmp_path: Path) -> None:
    source = tmp_path / "导出.csv"
    source.write_text(
        "项目名称,一级指标,二级指标,三级指标,指标值\n"
        "甲,产出指标,数量指标,课程,≥3门\n乙,产出指标,数量指标,教材,≥2本\n",
        encoding="utf-8",
    )
    at, program, person = desk(FileBook(demo_book), opens=source, chooses=tmp_path)
    press(at, "new.data")
    assert "读到 2 个项目、2 个指标" in person.asked[1]
    assert len(list((tmp_path / "导出").glob("*.xlsx"))) == 2 and program.opened == []
    at, _, person = desk(FileBook(demo_book), opens=source, yes=False, chooses=tmp_path / "别处")
    press(at, "new.data")
    assert person.told == [] and not (tmp_path / "别处").exists()


def test_rollover_makes_the_next_period_and_leaves_this_one(demo_book: Path, tmp_path: Path) -> None:
    out, before = tmp_path / "下一期.xlsx", demo_book.read_bytes()
    at, program, person = desk(FileBook(demo_book), text="2025-03", saves=out)
    press(at, "new.rollover")
    assert program.opened == [out] and demo_book.read_bytes() == before
    assert "2025年3月" in person.asked[1]
    assert read(FileBook(out).port).monitoring.project.cutoff.isoformat() == "2025-03-31"


def test_rollover_that_cannot_be_says_why(demo_book: Path, tmp_path: Path) -> None:
    at, program, person = desk(FileBook(demo_book), text="下个月", saves=tmp_path / "x.xlsx")
    press(at, "new.rollover")
    assert person.warned[0].startswith("监控期“下个月”读不懂。") and program.opened == []


@pytest.mark.parametrize("tag", ["new.blank", "new.data", "new.rollover"])
def test_cancelling_a_dialog_does_nothing(demo_book: Path, tag: str) -> None:
    at, program, person = desk(FileBook(demo_book))
    press(at, tag)
    assert (person.told, program.opened) == ([], []) and program.said[-1] == ""


# --- 填报 -------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path) -> FileBook:
    """示例数据做的工作簿，没有填充过。"""
    return FileBook(app.new(tmp_path / "项目.xlsx", example_data()).path)


def test_fill_drafts_and_is_done_once(fresh: FileBook) -> None:
    at, program, person = desk(fresh)
    press(at, "fill.run")
    assert person.last.startswith("已填充。") and any("正在写" in text for text in program.said)
    assert program.said[-1] == ""
    analyses = read(fresh.port).monitoring.analyses
    assert analyses and all(a.text for a in analyses)


def test_check_writes_findings_and_tells_the_errors(fresh: FileBook) -> None:
    at, _, person = desk(fresh)
    press(at, "check.run")
    checked = app.check_reading(read(fresh.port))
    assert person.warned and person.last.splitlines()[0] == checked.verdict
    assert len(open_findings(read(fresh.port))) == len(checked.findings) > 10


@pytest.mark.slow
def test_next_goes_through_every_place_and_begins_again(fresh: FileBook) -> None:
    at, program, person = desk(fresh)
    press(at, "check.run")
    rows = open_findings(read(fresh.port))
    places = list(dict.fromkeys(r.cell for r in rows if r.cell))
    visited = []
    for _ in places:
        press(at, "check.next")
        visited.append(fresh.here)
    assert visited == places and len(person.told) == 1
    assert re.match(
        rf"第 {len(places)}/{len(places)} 处  【第 \d+ 项：.+】\S+ [A-Z]{{2}}\d+：", program.said[-1]
    )
    press(at, "check.next")
    assert fresh.here == places[0]


def test_next_from_a_row_of_the_list_goes_to_its_cell(fresh: FileBook) -> None:
    at, *_ = desk(fresh)
    press(at, "check.run")
    row = open_findings(read(fresh.port))[4]
    fresh.here = CellRef(row.row.sheet, row.row.row, 4)
    press(at, "check.next")
    assert fresh.here == row.cell


@pytest.mark.slow
def test_next_skips_what_was_answered(fresh: FileBook) -> None:
    at, *_ = desk(fresh)
    press(at, "check.run")
    rows = open_findings(read(fresh.port))
    warning = next(r for r in rows if r.level == "警告" and sum(o.cell == r.cell for o in rows) == 1)
    fresh.port.write({CellRef(warning.row.sheet, warning.row.row, warning.row.column - 2): "已经说明"})
    assert next(r for r in open_findings(read(fresh.port)) if r.row == warning.row).answer == "已经说明"
    visited = set()
    for _ in range(len(rows)):
        press(at, "check.next")
        visited.add(fresh.here)
    assert warning.cell not in visited and len(visited) > 10


def test_next_without_findings(tmp_path: Path) -> None:
    at, _, person = desk(FileBook(app.new(tmp_path / "空.xlsx").path))
    press(at, "check.next")
    assert person.last == "“检查结果”表是空的。先点“检查”。"


@pytest.mark.slow
def test_clear_takes_the_marks_away(fresh: FileBook) -> None:
    at, *_ = desk(fresh)
    before = fresh.port.to_bytes()
    press(at, "check.run")
    notes = notes_of(fresh)
    press(at, "check.clear")
    assert notes > 10 and notes_of(fresh) == 0 and before != fresh.port.to_bytes()


def notes_of(book: FileBook) -> int:
    book.save()
    sheets = openpyxl.load_workbook(book.file).worksheets
    return sum(
        cell.comment is not None and "怎么改" in cell.comment.text for s in sheets for r in s for cell in r
    )


def test_undo_takes_back_what_fill_wrote_and_names_what_changed_since(fresh: FileBook) -> None:
    at, _, person = desk(fresh)
    before = read(fresh.port).monitoring
    press(at, "fill.run")
    known = {a.text for a in before.analyses}
    drafted = [a.place for a in read(fresh.port).monitoring.analyses if a.text not in known]
    mine = CellRef(drafted[0].sheet, drafted[0].row, column_number(drafted[0].at("text").cell[0]))
    fresh.port.write({mine: "我后来改的"})
    press(at, "undo.last")
    after = [a.text for a in read(fresh.port).monitoring.analyses]
    assert drafted and set(after) == {*known, "我后来改的"}
    assert person.last.startswith("撤销了“填充”：") and "后来改成了“我后来改的”" in person.last
    press(at, "undo.last")
    assert person.last.startswith("没有可以撤销的动作。")


# --- 报告 -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_draft_opens_in_word(demo_book: Path) -> None:
    at, _, person = desk(FileBook(demo_book))
    press(at, "report.draft")
    report = demo_book.with_name("项目-绩效运行监控报告.docx")
    assert person.shown == [report] and person.last.startswith(f"草稿（征求意见稿）：{report}")
    assert any("绩效" in p.text for p in Document(str(report)).paragraphs)


@pytest.mark.slow
def test_a_report_open_in_word_gets_the_next_name(demo_book: Path) -> None:
    (demo_book.parent / "~$-绩效运行监控报告.docx").write_bytes(b"")
    at, _, person = desk(FileBook(demo_book))
    press(at, "report.draft")
    assert [p.name for p in person.shown] == ["项目-绩效运行监控报告（2）.docx"]
    assert "项目-绩效运行监控报告.docx 正开着，这次写到 项目-绩效运行监控报告（2）.docx。" in person.last


@pytest.mark.parametrize("tag", ["report.final", "report.pdf"])
def test_a_final_report_is_refused_while_errors_are_open(demo_book: Path, tag: str) -> None:
    at, _, person = desk(FileBook(demo_book))
    press(at, tag)
    assert person.warned[0].startswith("还有 ") and "点“草稿”出征求意见稿" in person.last
    assert person.shown == [] and list(demo_book.parent.glob("*.docx")) == []


@pytest.mark.slow
def test_a_clean_workbook_gets_its_final_report(tmp_path: Path) -> None:
    book = FileBook(clean_book(tmp_path))
    at, _, person = desk(book)
    press(at, "report.final")
    assert person.warned == [] and person.last.startswith("正式报告：") and person.shown[0].exists()


def clean_book(work: Path) -> Path:
    data = Path(__file__).parents[1] / "data" / "clean.json"
    path = app.new(work / "干净.xlsx", data).path
    app.fill(path)
    return path


def test_the_official_form_opens_in_excel(demo_book: Path) -> None:
    at, program, person = desk(FileBook(demo_book))
    press(at, "report.form")
    form = demo_book.with_name("项目-绩效目标执行监控表.xlsx")
    assert program.opened == [form] and form.exists() and person.last.startswith(f"监控表：{form}")


@pytest.mark.slow
def test_a_report_is_held_against_the_workbook(demo_book: Path) -> None:
    """没有存盘的先问；一致的说一致，工作簿改过的说出来。"""
    report = demo_book.with_name("项目-绩效运行监控报告.docx")
    at, *_ = desk(FileBook(demo_book))
    press(at, "report.draft")
    at, _, person = desk(FileBook(demo_book), opens=report)
    press(at, "report.audit")
    assert person.warned == [] and person.last.startswith("报告与工作簿一致：核对了 ")
    book = FileBook(demo_book, saved=False)
    named = next(cell.ref for name, cell in book.port.named().items() if name == "项目名称")
    book.port.write({named: "改了名的项目"})
    at, _, person = desk(book, opens=report)
    press(at, "report.audit")
    assert book.saves == 1 and "现在存盘吗" in person.asked[1]
    assert "处不同" in person.warned[0] and "改了名的项目" in person.last
    at, _, person = desk(FileBook(demo_book, online=True), opens=report)
    press(at, "report.audit")
    assert "不在本机的文件夹里" in person.warned[0]


@pytest.mark.slow
def test_a_workbook_that_is_only_online_asks_where_to(demo_book: Path, tmp_path: Path) -> None:
    out = tmp_path / "别处.docx"
    at, _, person = desk(FileBook(demo_book, online=True), saves=out)
    press(at, "report.draft")
    assert person.asked == ["存到哪里[项目-绩效运行监控报告.docx]"] and person.shown == [out] and out.exists()


@pytest.mark.slow
def test_batch_does_a_folder_and_shows_where(demo_book: Path, tmp_path: Path) -> None:
    work = tmp_path / "各单位"
    work.mkdir()
    shutil.copy(demo_book, work / "甲.xlsx")

    class Twice(Person):
        def folder(self, title: str) -> Path:
            return work if "哪个文件夹" in title and "要处理" in title else tmp_path / "结果"

    _, program, _ = desk(FileBook(demo_book))
    person = Twice()
    press(ButtonContext(program, person), "batch.run")
    assert person.shown == [tmp_path / "结果"] and (tmp_path / "结果" / "批量结果.csv").exists()
    assert person.last.startswith("一共 1 个文件。做成 1 个") and any("已做完 1/1" in s for s in program.said)


# --- 帮助 -------------------------------------------------------------------------------------------


def test_the_catalogue_opens_in_the_browser(demo_book: Path) -> None:
    at, _, person = desk(FileBook(demo_book))
    press(at, "help.rules")
    (page,) = person.shown
    text = page.read_text(encoding="utf-8")
    assert page.suffix == ".html" and "ZJ101" in text and text.count("<h2>") == len(app.rule_pages())


def test_the_rule_of_the_selected_finding(demo_book: Path) -> None:
    book = FileBook(demo_book)
    row = open_findings(read(book.port))[2]
    at, _, person = desk(book)
    for here in (CellRef(row.row.sheet, row.row.row, 1), row.cell):
        book.here = here
        press(at, "help.rule")
        text = person.shown[-1].read_text(encoding="utf-8")
        assert app.rule_page(row.code).splitlines()[0] in text
    book.here = CellRef("填报说明", 1, 1)
    press(at, "help.rule")
    assert person.warned == [
        "选中的地方没有检查出来的问题。\n怎么办：请在“检查结果”表里选中一条问题，或选中有记号的单元格。"
    ]


def test_about_and_restart_say_the_version(demo_book: Path) -> None:
    at, _, person = desk(FileBook(demo_book))
    press(at, "help.about")
    press(at, "help.restart")
    from perfmon_xl import __version__

    assert f"perfmon-xl {__version__}" in person.told[0] and "已重新启动" in person.told[1]


def test_doctor_where_there_is_no_excel_says_so(demo_book: Path) -> None:
    at, _, person = desk(FileBook(demo_book))
    press(at, "help.doctor")
    assert person.last.startswith("这台电脑不是 Windows")


# --- 拒绝、停止、说法 -------------------------------------------------------------------------------

WRITING = ["fill.run", "check.run", "check.clear", "undo.last"]
ON_A_BOOK = [
    *WRITING[:-1],
    "check.next",
    "new.rollover",
    "report.draft",
    "report.final",
    "report.form",
    "help.rule",
]


@pytest.mark.parametrize("tag", WRITING)
def test_a_read_only_workbook_is_not_written(demo_book: Path, tag: str) -> None:
    book = FileBook(demo_book, read_only=True)
    before = book.port.to_bytes()
    at, _, person = desk(book)
    press(at, tag)
    assert person.warned[0].startswith("“项目.xlsx”是以只读方式打开的，没有写入。")
    assert book.port.to_bytes() == before


@pytest.mark.slow
def test_a_read_only_workbook_still_gets_its_report(demo_book: Path) -> None:
    at, _, person = desk(FileBook(demo_book, read_only=True))
    press(at, "report.draft")
    assert person.warned == [] and person.shown[0].exists()


@pytest.mark.slow
@pytest.mark.parametrize("tag", ON_A_BOOK)
def test_a_foreign_workbook_is_left_alone_and_a_new_one_offered(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "工资表.xlsx"
    openpyxl.Workbook().save(path)
    book = FileBook(path)
    before = book.port.to_bytes()
    at, program, person = desk(book, saves=tmp_path / "新的.xlsx")
    press(at, tag)
    assert person.asked[0].startswith("“工资表.xlsx”不是绩效运行监控工作簿，没有动它。")
    assert program.opened == [tmp_path / "新的.xlsx"] and book.port.to_bytes() == before
    at, program, person = desk(book, yes=False)
    press(at, tag)
    assert (person.told, program.opened) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C touch pwned'!A0",
        "'); __import__('os').system('touch pwned'); ('",
        "{{ 7*7 }}{% raw %}",
        "<script>",
    ],
)
def test_text_meant_as_code_stays_text(demo_book: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """填在单元格里的代码：填充、检查、出草稿以后还是原来的文字，什么也没有跑。"""
    monkeypatch.chdir(demo_book.parent)
    book = FileBook(demo_book)
    place = next(cell.ref for name, cell in book.port.named().items() if name == "项目名称")
    book.port.write({place: text})
    at, _, person = desk(book)
    for tag in ("fill.run", "check.run", "report.draft"):
        press(at, tag)
    cell = book.port.cells([place])[place]
    assert (cell.value, cell.formula) == (text, None)
    assert not Path("pwned").exists()
    words = "".join(p.text for p in Document(str(person.shown[0])).paragraphs)
    assert text in words and "49" not in words.split(text)[0]


@pytest.mark.parametrize("tag", ON_A_BOOK)
def test_no_workbook_is_said_and_nothing_more(tag: str) -> None:
    def none() -> FileBook:
        raise UserError("没有打开的工作簿。", "先打开一个。")

    at, _, person = desk(none)
    press(at, tag)
    assert person.warned == ["没有打开的工作簿。\n怎么办：先打开一个。"]


@pytest.mark.slow
def test_esc_stops_between_steps(fresh: FileBook) -> None:
    at, program, person = desk(fresh)
    program.stop_after = 1
    before = fresh.port.to_bytes()
    press(at, "fill.run")
    assert person.warned == ["已停止。做完的留着，没有做的没有动。"] and program.said[-1] == ""
    assert fresh.port.to_bytes() == before


def test_an_esc_from_before_is_forgotten_when_a_button_is_pressed(
    fresh: FileBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """问之前先忘掉：取消上一个对话框的那一下 Esc，不停下这一个按钮。"""
    at, program, person = desk(fresh)
    asked: list[str] = []
    monkeypatch.setattr(program, "forget_stop", lambda: asked.append("forgotten"))
    monkeypatch.setattr(program, "stop_asked", lambda: bool(asked.append("asked")))
    press(at, "fill.run")
    assert asked[0] == "forgotten" and asked.count("forgotten") == 1 and "asked" in asked
    assert person.warned == []


def test_our_own_fault_leaves_the_status_bar_clean(demo_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at, program, _ = desk(FileBook(demo_book))
    monkeypatch.setattr(app, "fill_book", lambda book: book.tables() and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        press(at, "fill.run")
    assert program.said[-1] == ""


def test_long_messages_keep_their_beginning_and_their_remedy() -> None:
    text = "\n".join([*map(str, range(100)), "怎么办：改"])
    assert text_that_fits(text).splitlines()[:2] == ["0", "1"] and text_that_fits(text).endswith(
        "……还有 76 行没有列出。\n怎么办：改"
    )
    assert text_that_fits("短\n的") == "短\n的"


def test_a_person_sees_each_thing_once() -> None:
    person = Person()
    person.tell("好", warning=True)
    assert person.told == person.warned == ["好"]


def test_nothing_is_left_in_the_folder(demo_book: Path, tmp_path: Path) -> None:
    shutil.copy(demo_book, tmp_path / "另一个.xlsx")
    at, *_ = desk(FileBook(tmp_path / "另一个.xlsx"))
    for tag in ("fill.run", "check.run", "check.clear"):
        press(at, tag)
    assert not list(tmp_path.glob(".perfmon-*")) and not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize(
    ("cutoff", "suggested"),
    [
        (date(2024, 1, 31), "2024-03"),
        (date(2024, 2, 29), "2024-03"),
        (date(2024, 3, 31), "2024-06"),
        (date(2024, 7, 31), "2024-09"),
        (date(2024, 12, 31), "2025-03"),
        (None, ""),
    ],
)
def test_the_end_of_the_next_quarter_is_suggested(cutoff: date | None, suggested: str) -> None:
    assert _next(cutoff) == suggested

"""One file, three doors (`import`, `new --from`, the ribbon's 从数据新建): the same workbooks and the same words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.desk import FileBook, desk, press

from perfmon_xl import app, cli
from perfmon_xl.system.resources import example_data

pytestmark = pytest.mark.usefixtures("own_home")

_FOREIGN = Path(__file__).parents[1] / "data" / "foreign"
FILES = {
    "a form, .xlsx": _FOREIGN / "jk_half_year.xlsx",
    "a form, .docx": _FOREIGN / "zp_goal_and_result.docx",
    "a report, .docx": _FOREIGN / "daolu_bold_blank_cells.docx",
    "a list, .csv": _FOREIGN / "export_many_projects.csv",
    "a list, .xlsx": _FOREIGN / "export_many_sheets.xlsx",
    "two forms on two sheets": _FOREIGN / "jk_two_forms.xlsx",
    "a form, .csv": Path(),
    "several reports bound into one": Path(),
    "data, .json": example_data(),
}


def _file(kind: str, folder: Path) -> Path:
    source = FILES[kind]
    if kind == "a form, .csv":
        made = folder / "监控表.csv"
        made.write_text(
            "项目支出绩效运行监控表（2025年度1-8月）,,,,\n项目名称,河道管护,,实施单位,清溪县河道管理所\n"
            "资金来源,年初预算数（万元）,1-8月执行数（万元）,,\n县级财政资金,50,20,,\n"
            "一级指标,二级指标,三级指标,年度指标值,1-8月完成值\n产出指标,数量指标,巡河次数,≥96次,64次\n",
            encoding="utf-8",
        )
        return made
    if kind == "several reports bound into one":
        from docx import Document

        document = Document()
        for name in ("路灯更换", "渠道清淤"):
            document.add_paragraph(f"{name}项目绩效运行监控报告")
            document.add_paragraph("一、项目概况")
            document.add_paragraph(f"项目名称：{name}项目")
            table = document.add_table(2, 5)
            for row, texts in zip(
                table.rows,
                (
                    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
                    ("产出指标", "数量指标", f"{name}数量", "≥30处", "20处"),
                ),
                strict=True,
            ):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        document.save(str(folder / "合订.docx"))
        return folder / "合订.docx"
    return Path(shutil.copy(source, folder / source.name))


def _books(folder: Path) -> list[str]:
    """各个工作簿的内容，先后不论。"""
    return sorted(app.export(book) for book in folder.rglob("*.xlsx"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", FILES)
def test_one_answer_for_one_file(
    kind: str, demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "原件").mkdir()
    source = _file(kind, tmp_path / "原件")
    many = kind in (
        "a list, .csv",
        "a list, .xlsx",
        "two forms on two sheets",
        "several reports bound into one",
    )
    name = "结果" if many else "结果.xlsx"
    for door in ("import", "new", "ribbon"):
        (tmp_path / door).mkdir()
    assert cli.main(["import", str(source), "-o", str(tmp_path / "import" / name)]) == 0
    imported = capsys.readouterr().out
    assert cli.main(["new", str(tmp_path / "new" / name), "--from", str(source)]) == 0
    made = capsys.readouterr().out
    out = tmp_path / "ribbon"
    at, _, person = desk(FileBook(demo_book), opens=source, saves=out / "结果.xlsx", chooses=out)
    press(at, "new.data")
    books = _books(tmp_path / "import")
    assert len(books) == (1 if not many else 3 if kind.startswith("a list") else 2)
    assert _books(tmp_path / "new") == books
    assert _books(out) == books
    if kind != "data, .json":
        left = [str(one) for found in app.understand(source).imported for one in found.leftovers]
        for line in left:
            assert line in imported and line in made and (many or line in person.last)

"""Workbooks as DataFrames: what a frame shows is what the workbook shows; nothing unknown becomes zero."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.projects import project

from perfmon_xl import frames
from perfmon_xl.domain.errors import UserError
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.rules.registry import catalogue
from perfmon_xl.workbook.build.monitoring import build

README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """两个虚构项目的工作簿，一个 Excel 开着文件时留下的临时文件。"""
    made = tmp_path_factory.mktemp("区")
    for seed in (1, 2):
        (made / f"项目{seed}.xlsx").write_bytes(build(project(5 + seed, seed=seed)))
    (made / "~$项目1.xlsx").write_bytes(b"Excel")
    return made


def test_the_columns_are_those_of_the_layout(folder: Path) -> None:
    shown = [c for c in layout.COMPARED.columns if not c.hidden]
    assert list(frames.compared(folder).columns)[4:] == [c.header for c in shown]
    assert list(frames.compared(folder, english=True).columns)[4:] == [c.field for c in shown]


def test_every_workbook_of_a_folder_is_in_the_frame_and_says_which_it_is(folder: Path) -> None:
    frame = frames.compared(folder, english=True)
    assert frame.groupby("file").size().to_dict() == {"项目1.xlsx": 6, "项目2.xlsx": 7}
    assert set(frame["department"]) == {"区住房和城乡建设局"}
    assert frame["row"].tolist()[:2] == [4, 5]


def test_a_computed_measure_is_the_cell_of_the_example() -> None:
    book = frames.load(README.parent / "xlsx_templates" / "example.xlsx")
    row = frames.compared(book, english=True, exact=True).set_index("name").loc["成本控制数"]
    assert (row["annual"], row["actual"]) == ("≤5 万元", "4.3816 万元")
    assert (row["completion"], row["deviation_rate"]) == (Decimal("0.87632"), Decimal("0.0954"))
    assert (row["met"], row["light"]) == ("未达成", "绿")
    assert row["actual_number"] == Decimal("4.3816")


def test_exact_keeps_decimals_and_plain_gives_floats(folder: Path) -> None:
    exact = frames.funding(folder, english=True, exact=True)
    assert exact["spent"].dtype == "object" and isinstance(exact["spent"].sum(), Decimal)
    plain = frames.funding(folder, english=True)
    assert plain["spent"].dtype == "float64"
    assert plain["spent"].sum() == pytest.approx(float(exact["spent"].sum()))


@pytest.mark.slow
def test_what_is_not_filled_in_is_not_zero(folder: Path) -> None:
    frame = frames.funding(folder, english=True)
    assert frame["adjusted"].isna().all() and not frame["initial"].isna().any()
    exact = frames.funding(folder, english=True, exact=True)
    assert exact["adjusted"].tolist() == [None] * len(exact)


@pytest.mark.slow
def test_openpyxl_reads_the_same_frames(folder: Path) -> None:
    second = frames.load(folder, engine="openpyxl")
    for table in (frames.compared, frames.funding, frames.projects, frames.findings):
        assert table(second).equals(table(folder))
    with pytest.raises(UserError, match="没有叫“calamine”的读写方式"):
        frames.load(folder, engine="calamine")


def test_units_travel_with_the_frame(folder: Path) -> None:
    assert frames.spending(folder).attrs["units"] == {"金额（元）": "元"}
    assert frames.funding(folder, english=True).attrs["units"]["arrival_rate"] == "比率，1 是 100%"


def test_a_project_a_row(folder: Path) -> None:
    frame = frames.projects(folder, english=True)
    assert len(frame) == 2
    first = frame.iloc[0]
    assert first["cutoff"].date() == date(2024, 7, 31)
    assert math.isclose(first["pace"], 7 / 12) and math.isclose(first["execution_rate"], 0.6)
    assert first["board_count"] == 6
    found = frames.findings(folder, english=True)
    errors = found[(found["file"] == "项目1.xlsx") & (found["level"] == "错误")]
    assert first["board_level_1"] == len(errors)


def test_a_finding_has_its_rule_and_its_cell(folder: Path) -> None:
    frame = frames.findings(folder)
    rules = catalogue()
    assert all(rules[c].title == t for c, t in zip(frame["编号"], frame["规则"], strict=True))
    assert frame["单元格"].str.match(r"^[A-Z]+\d+$|^$").all() and len(frame) > 10
    assert frame["已说明"].dtype == "bool"


def test_findings_of_one_matter_have_its_number_and_name(folder: Path) -> None:
    frame = frames.findings(folder, english=True)
    for book in frames.load(folder):
        mine = frame[frame["file"] == book.path.name]
        counted = mine.groupby(["matter", "matter_name"]).size().to_dict()
        assert counted == {(m.number, m.name): len(m.findings) for m in book.checked.matters}
        assert max(counted.values()) > 1


def test_a_frame_without_rows_still_has_its_columns_and_dtypes(tmp_path: Path) -> None:
    frame = frames.compared([], english=True)
    assert frame.empty and frame["completion"].dtype == "float64" and "light" in frame


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(UserError, match=r"坏\.xlsx"):
        frames.compared(tmp_path)


@pytest.mark.slow
def test_without_pandas_a_sentence_says_so(folder: Path) -> None:
    script = (
        "import sys; sys.modules['pandas'] = None\n"
        "from perfmon_xl import frames\n"
        f"frames.compared({str(folder / '项目1.xlsx')!r})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "没有装 pandas" in done.stderr and "pip install pandas" in done.stderr


@pytest.mark.slow
def test_the_lines_in_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    code = README.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names: dict[str, object] = {}
    exec(code.replace('"项目"', repr(str(README.parent / "xlsx_templates"))), names)
    assert "example.xlsx" in capsys.readouterr().out

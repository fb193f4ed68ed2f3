"""The report: every figure of the tables, right merges and page numbers, hostile texts whole or refused."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support.office import convert, needs_office, needs_validator, validate
from support.projects import project

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Compared, Monitoring, Paragraph, ProblemEntry, Spending
from perfmon_xl.domain.printable import unprintable
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import write_report
from perfmon_xl.report.template.compiled import compile_template, load_template, w
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.system.resources import folder

TEMPLATE = folder("report_templates") / "monitoring_report.docx"


def document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def texts(root: etree._Element) -> list[str]:
    return [
        "".join("\n" if t.tag == w("br") else t.text or "" for t in p.iter(w("t"), w("br")))
        for p in root.iter(w("p"))
    ]


def heading_style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"))


def rendered(monitoring: Monitoring, **options: str) -> etree._Element:
    return document(write_report(figures_of(monitoring, get()), **{"pages": "none", **options}))


def rows(table: etree._Element) -> list[list[str]]:
    return [
        ["".join(t.text or "" for t in c.iter(w("t"))) for c in r.iter(w("tc"))] for r in table.iter(w("tr"))
    ]


def test_every_row_and_figure_of_the_tables_is_in_the_report(example: Monitoring) -> None:
    root = rendered(example)
    tables = [rows(t) for t in root.iter(w("tbl"))]
    assert [len(t) for t in tables] == [3 + 7, 1 + 1, 1 + 11, 1 + 10]
    for records, table, fields in (
        (example.declared, tables[0], ("target",)),
        (example.adjusted, tables[2], ("target", "tracked_target")),
        (example.compared, tables[3], ("annual", "stage", "actual")),
    ):
        for record in records:
            wanted = {record.name, *(getattr(record, f).raw.strip() for f in fields)}
            assert any(wanted <= set(row) for row in table), record.name
    whole = "\n".join(texts(root))
    for figure in ("43816.1元", "87.63%", "29616.1元", "1800元", "12400元", "5万元", "83.33%", "100.00%"):
        assert figure in whole, figure


def test_both_levels_are_merged_and_header_rows_repeat(example: Monitoring) -> None:
    table = list(rendered(example).iter(w("tbl")))[2]
    marks = [
        [(c.find(f"{w('tcPr')}/{w('vMerge')}").get(w("val"))) for c in list(r.iter(w("tc")))[:2]]
        for r in list(table.iter(w("tr")))[1:]
    ]
    said, begins = "", []
    for row, (mark, _) in zip(rows(table)[1:], marks, strict=True):
        again = mark == "restart" and row[0] == said  # on a new page the level is said again
        said = row[0] or said
        begins.append("continue" if again else mark)
    assert begins == [
        "restart",
        "continue",
        "restart",
        *["continue"] * 4,
        "restart",
        *["continue"] * 2,
        "restart",
    ]
    assert marks[4] == ["continue", "restart"]
    first = next(iter(table.iter(w("tr"))))
    assert first.find(f"{w('trPr')}/{w('tblHeader')}") is not None
    assert all(r.find(f"{w('trPr')}/{w('cantSplit')}") is not None for r in table.iter(w("tr")))


def test_every_tracked_indicator_has_its_paragraph(example: Monitoring) -> None:
    found = texts(rendered(example))
    for record in example.compared:
        at = next(i for i, t in enumerate(found) if re.fullmatch(rf"（\d+）{re.escape(record.name)}", t))
        assert len(found[at + 1]) > 15


def test_a_final_report_says_nothing_of_a_draft(example: Monitoring) -> None:
    assert "征求意见稿" not in "".join(texts(rendered(example)))
    assert "征求意见稿" in "".join(
        texts(document(write_report(figures_of(example, get()), pages="none", draft=True)))
    )


@pytest.mark.parametrize("count", [0, 1, 40])
@needs_validator
def test_any_number_of_everything(count: int, tmp_path: Path) -> None:
    monitoring = replace(
        project(count, funds=count),
        problems=tuple(ProblemEntry(title=f"问题{i}", text="甲\n乙", measure="办") for i in range(count)),
        spending=tuple(Spending(item=f"支出{i}", amount=None) for i in range(count)),
    )
    path = tmp_path / "report.docx"
    path.write_bytes(write_report(figures_of(monitoring, get()), pages="estimate"))
    assert validate(path) == []


@needs_validator
def test_the_demo_report_is_valid(demo_folder: Path) -> None:
    assert validate(demo_folder / "示例项目-绩效运行监控报告.docx") == []


@needs_office
def test_the_contents_page_shows_the_real_page_numbers(demo_folder: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = demo_folder / "示例项目-绩效运行监控报告.docx"
    root = document(path.read_bytes())
    styles = load_template(TEMPLATE).styles
    shown = [
        int("".join(t.text or "" for t in p.iter(w("t")))[len(title) :])
        for p, title in zip(
            (p for p in root.iter(w("p")) if p.find(w("hyperlink")) is not None),
            [
                "".join(t.text or "" for t in p.iter(w("t")))
                for p in root.iter(w("p"))
                if heading_style(p) in (styles["heading 1"], styles["heading 2"])
            ],
            strict=True,
        )
    ]
    reader = PdfReader(convert(path, "pdf", tmp_path))
    outline: list[tuple[str, int]] = []

    def walk(items: list[object], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            elif depth < 2:
                outline.append((item.title, reader.get_destination_page_number(item)))  # type: ignore[attr-defined]

    walk(reader.outline, 0)
    front = outline[0][1]
    assert len(shown) == 20  # the seed's nineteen, and the annex of the draft
    assert shown == [page - front + 1 for _, page in outline]


@needs_office
def test_the_estimate_is_never_off_by_more_than_a_page(example: Monitoring) -> None:
    def numbers(pages: str) -> list[int]:
        root = rendered(example, pages=pages)
        return [
            int(re.search(r"(\d+)$", "".join(t.text or "" for t in p.iter(w("t"))))[1])  # type: ignore[index]
            for p in root.iter(w("p"))
            if p.find(w("hyperlink")) is not None
        ]

    real, guessed = numbers("auto"), numbers("estimate")
    assert max(abs(a - b) for a, b in zip(real, guessed, strict=True)) <= 1
    assert sum(a == b for a, b in zip(real, guessed, strict=True)) >= 15


def test_word_is_asked_nothing_on_opening(demo_folder: Path) -> None:
    with zipfile.ZipFile(demo_folder / "示例项目-绩效运行监控报告.docx") as package:
        everything = b"".join(package.read(n) for n in package.namelist() if n.endswith(".xml"))
    assert b"updateFields" not in everything and b"w:dirty" not in everything


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Co", "Cc", "Cn"]), min_size=1, max_size=60)
_NASTY = st.sampled_from(
    [
        "A & B <公司>",
        "{{ 7*7 }}",
        "{% raw %}",
        "]]>",
        "</w:t></w:r>",
        "成本<100万元",
        "\"'&amp;",
        "😀𠮷",
        "{_{",
        "甲\n乙\t丙",
    ]
)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.one_of(_TEXT, _NASTY))
def test_text_in_is_text_out(text: str) -> None:
    monitoring = project(1)
    one = replace(monitoring.compared[0], name="名" + text + "称", actual=read_target(text + "x"))
    found = texts(rendered(replace(monitoring, compared=(one,))))
    shown = [f.replace("\t", "") for f in found]
    assert ("名" + text + "称").replace("\t", "").replace("\r", "\n") in shown


@pytest.mark.parametrize("bad", ["\x07", "\ud800", "\ue010", "\uffff"])
def test_what_word_cannot_hold_is_refused_with_its_cell(bad: str, demo_book: Path) -> None:
    from perfmon_xl.workbook.file.book import PackageBook
    from perfmon_xl.workbook.read import read

    monitoring = read(PackageBook.open(demo_book)).monitoring
    spoilt = replace(monitoring.compared[2], name=f"名称{bad}")
    assert unprintable(bad)
    with pytest.raises(UserError, match=r"表4 目标对比表!C6（三级目标） 里有一个印不出来的字符"):
        rendered(replace(monitoring, compared=(spoilt,)))


@pytest.mark.parametrize(
    ("old", "new", "says", "hint"),
    [
        (
            "{{ 项目.名称 }}。",
            "{{ 项目.名秤 }}。",
            "“（一）项目名称”一节“{{ 项目.名秤 }}。”一段",
            "项目.名称",
        ),
        ("{{ 行.是否跟踪 }}", "{{ 行.跟踪 }}", "第 3 个表格第 3 行第 8 格", "行.是否跟踪"),
        ("{{ 资金.投入 }}", "{{ 资产.投入 }}", "没有“资产”这个名称", "资金"),
        ("{{ 资金.投入 }}", "{{ 资金.投入 ", "标签写法不对", "配对"),
        ("{{ 资金.投入 }}", "｛｛ 资金.投入 ｝｝", "全角", "半角"),
    ],
)
def test_a_wrong_name_in_a_template_is_reported_with_its_place(
    old: str, new: str, says: str, hint: str
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            changed.writestr(name, data)
    with pytest.raises(UserError) as caught:
        compile_template("模板", out.getvalue())
    assert says in caught.value.message and hint in caught.value.hint


def test_a_template_cannot_reach_out_of_its_sandbox() -> None:
    from jinja2.exceptions import SecurityError, UndefinedError

    from perfmon_xl.report.template.compiled import environment

    for attack in ("{{ ''.__class__.__mro__ }}", "{{ 合并.__globals__ }}", "{{ cycler }}"):
        with pytest.raises((SecurityError, UndefinedError)):
            environment().from_string(attack).render()


def test_a_range_a_zero_and_a_copied_threshold_are_told_as_they_are() -> None:
    monitoring = project(3)
    first, second, third = monitoring.compared
    changed = (
        replace(
            first, annual=read_target("70-80场"), stage=read_target("40-50场"), actual=read_target("45场")
        ),
        replace(second, annual=read_target("≥0%"), stage=read_target("≥0%"), actual=read_target("0%")),
        replace(third, actual=read_target("≥98%")),
    )
    whole = "\n".join(texts(rendered(replace(monitoring, compared=changed))))
    assert "达到本阶段目标" in whole
    assert "填报的是“≥98%”这一要求" in whole or "“≥98%”是目标的要求" in whole
    assert "NaN" not in whole and "None" not in whole
    assert Decimal(0) == 0


def test_the_list_of_names_in_the_readme_is_fresh() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("names", TEMPLATE.with_name("names.py"))
    assert spec is not None and spec.loader is not None
    names = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(names)
    text = names.README.read_text(encoding="utf-8")
    assert names.refreshed(text) == text, "运行 python report_templates/names.py"
    assert "`项目.名称`" in text and "`一项.三级指标`" in text


@pytest.mark.slow
def test_the_committed_template_is_what_the_script_makes(tmp_path: Path) -> None:
    import subprocess
    import sys

    out = tmp_path / "t.docx"
    subprocess.run([sys.executable, str(TEMPLATE.with_name("build_template.py")), str(out)], check=True)
    assert document(out.read_bytes()) is not None
    assert texts(document(out.read_bytes())) == texts(document(TEMPLATE.read_bytes()))


@pytest.mark.parametrize("subject", ["培训人数（人）", "培训人数 (人)", " 培训人数（人） "])
def test_a_paragraph_that_was_written_is_printed_however_its_subject_is_spaced(subject: str) -> None:
    monitoring = Monitoring(
        compared=(Compared(level2="数量指标", name="培训人数（人）", annual=read_target("≥300人")),),
        analyses=(Paragraph(subject=subject, text="人写的一段。"),),
    )
    group = compose(figures_of(monitoring, get())).产出[0]
    assert [str(text) for text in group.指标[0].段落] == ["人写的一段。"]

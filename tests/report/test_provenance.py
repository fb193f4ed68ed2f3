"""Provenance: every value of the workbook in the report has its cell; nothing of it shows; any template gets it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support.office import needs_validator, validate
from support.projects import project

from perfmon_xl import app, cli
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.fingerprint import fingerprint
from perfmon_xl.domain.target import read_target
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import make_report
from perfmon_xl.report.render import render
from perfmon_xl.report.template.compiled import load_template, w
from perfmon_xl.report.tracing.bookmarks import bookmarked, split
from perfmon_xl.report.tracing.provenance import from_json, record_in, to_json
from perfmon_xl.report.tracing.references import ValueReference
from perfmon_xl.report.tracing.tracked import clean, marked, pieces, tracked, values_in
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.system.resources import folder
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

TEMPLATE = folder("report_templates") / "monitoring_report.docx"


def document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def shown(root: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]


def test_every_figure_of_the_tables_is_recorded_with_its_cell(demo_book: Path) -> None:
    monitoring = read(PackageBook.open(demo_book)).monitoring
    record = make_report(figures_of(monitoring, app.rules_of(monitoring)), pages="none").record
    known = {(str(v.source.origin), v.text) for v in record.values}
    for records, fields in (
        (monitoring.declared, ("name", "target")),
        (monitoring.adjusted, ("name", "target", "tracked_target", "explanation")),
        (monitoring.compared, ("name", "annual", "stage", "actual")),
    ):
        for one in records:
            for name in fields:
                value = getattr(one, name)
                assert (str(one.place.at(name)), getattr(value, "raw", value).strip()) in known
    rate = next(v for v in record.values if v.source.measure == "execution_rate")
    assert rate.text == "87.63%" and rate.source.form == "0.00%"
    assert str(rate.source.origin).startswith("资金!") and "支出数" in rate.source.formula
    assert record.made.entries == fingerprint(monitoring) and record.made.rule_set == "平台通用"
    assert {f.number for f in record.fixed} >= {"1", "2", "3", "4"}  # 表1 … 表4 of the template's own text


def test_nothing_shows_and_nothing_else_changes() -> None:
    monitoring = project(6)
    made = make_report(figures_of(monitoring, get()), pages="estimate")
    plain = render(load_template(TEMPLATE), compose(figures_of(monitoring, get())), pages="estimate")
    assert shown(document(made.data)) == shown(document(plain))
    root = document(made.data)
    names = [b.get(w("name")) for b in root.iter(w("bookmarkStart"))]
    assert sum(n.startswith("_pm_") for n in names) == len(made.record.values)
    assert all(n.startswith("_") for n in names), "a name without an underscore shows in Word's list"
    assert not list(root.iter(w("sdt"))) and len(set(names)) == len(names)
    assert re.search("[\ue000-\ue002]", etree.tostring(root, encoding="unicode")) is None


def test_each_bookmark_encloses_exactly_its_value() -> None:
    made = make_report(figures_of(project(4), get()), pages="none")
    opened: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for element in document(made.data).iter():
        if element.tag == w("bookmarkStart"):
            names[element.get(w("id"))] = element.get(w("name"))
            opened[element.get(w("id"))] = []
        elif element.tag == w("bookmarkEnd"):
            names[f"closed {element.get(w('id'))}"] = "".join(opened.pop(element.get(w("id"))))
        elif element.tag in (w("t"), w("br")):
            for text in opened.values():
                text.append("\n" if element.tag == w("br") else element.text or "")
    for value in made.record.values:
        number = next(i for i, n in names.items() if n == f"_pm_{value.id:05d}")
        assert names[f"closed {number}"] == value.text


@needs_validator
@pytest.mark.parametrize("annex", [False, True])
def test_a_report_with_its_sources_is_valid(annex: bool, tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(make_report(figures_of(project(12), get()), pages="estimate", annex=annex).data)
    assert validate(path) == []


@pytest.mark.slow
def test_the_annex_lists_the_figures_and_agrees_too(demo_book: Path, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    assert cli.main(["report", str(demo_book), "-o", str(out), "--draft", "--sources"]) == 0
    tables = list(document(out.read_bytes()).iter(w("tbl")))
    rows = [
        ["".join(t.text or "" for t in c.iter(w("t"))) for c in r.iter(w("tc"))]
        for r in tables[-1].iter(w("tr"))
    ]
    assert rows[0][:3] == ["报告里的数", "工作表", "单元格"]
    assert ["=170 件", "表4 目标对比表", "F5", "实际完成的绩效目标值", "照填写"] in rows
    assert any(r[0] == "87.63%" and "支出数" in r[4] for r in rows)
    assert app.audit(out, demo_book).differences == ()


@pytest.mark.slow
def test_the_side_file_says_the_same_and_serves_when_the_part_is_lost(
    demo_book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "报告.docx"
    assert cli.main(["report", str(demo_book), "-o", str(out), "--draft"]) == 0
    beside = tmp_path / "报告.来源.json"
    text = beside.read_text(encoding="utf-8")
    assert from_json(text) == record_in(out.read_bytes())
    assert json.loads(text)["values"][0]["sheet"] == "项目信息"
    with zipfile.ZipFile(out) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            if b"urn:perfmon-xl:provenance" not in data:
                package.writestr(name, data)
    assert app.audit(out, demo_book).differences == ()
    beside.unlink()
    assert app.audit(out, demo_book).recorded is False
    assert cli.main(["report", str(demo_book), "-o", str(out), "--draft", "--no-provenance-file"]) == 0
    assert not beside.exists()


@pytest.mark.slow
def test_a_template_may_compare_join_and_filter_tracked_names(tmp_path: Path) -> None:
    """模板里怎么用都行：比较看到的是干净的文字；拼起来的，作为模板自己的数记下。"""
    path = tmp_path / "t.docx"
    with zipfile.ZipFile(TEMPLATE) as package, zipfile.ZipFile(path, "w") as changed:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                tags = "{% if 项目.年度 == '2024' %}是{{ 项目.年度 }}年度，{{ 项目.年度 ~ '0' }}{% endif %}，完{{ 资金.支出 }}"
                data = data.replace("{{ 项目.名称 }}。".encode(), tags.encode())
            changed.writestr(name, data)
    made = make_report(figures_of(project(2), get()), template=str(path), pages="none")
    line = next(t for t in shown(document(made.data)) if t.startswith("是2024年度"))
    assert line.startswith("是2024年度，20240，完")
    assert any(f.number == "20240" for f in made.record.fixed)
    years = [v for v in made.record.values if v.source.identity == "project.year"]
    assert [v.text for v in years] == ["2024"]


def test_hostile_names_stay_whole() -> None:
    monitoring = project(2)
    first = replace(monitoring.compared[0], name='甲<b>&"乙\n丙', actual=read_target("5<6&7场"))
    made = make_report(
        figures_of(replace(monitoring, compared=(first, *monitoring.compared[1:])), get()), pages="none"
    )
    record = record_in(made.data)
    assert record == made.record == from_json(to_json(made.record))
    assert any(v.text == '甲<b>&"乙\n丙' for v in record.values)


def test_a_fingerprint_changes_with_any_entry_and_not_with_the_place() -> None:
    monitoring = project(3)
    assert fingerprint(monitoring) == fingerprint(project(3))
    other = replace(monitoring.compared[1], actual=read_target("1场"))
    changed = replace(monitoring, compared=(monitoring.compared[0], other, monitoring.compared[2]))
    assert fingerprint(changed) != fingerprint(monitoring)


# --- marks ------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs", "Co", "Cc"]), max_size=12)
A, C = (
    ValueReference("compared", 1, "actual", "数"),
    ValueReference("fund_notes", field="draft", subject="甲"),
)
parts = st.lists(st.tuples(texts, st.sampled_from([None, A, C])), max_size=6)
Told = list[tuple[str, ValueReference | None]]


@given(st.builds(ValueReference, texts, st.none() | st.integers(0, 999), texts, texts, texts))
def test_a_reference_comes_back_from_its_mark(value: ValueReference) -> None:
    assert ValueReference.of(value.key) == value


@given(parts)
def test_marks_come_off_and_say_what_stood_where(told: Told) -> None:
    text = "".join(marked(t, value) if value else t for t, value in told)
    whole = tracked(text, C)
    assert whole == "".join(t for t, _ in told) == clean(text)
    inner = values_in(text)
    assert [(whole[v.start : v.end], ValueReference.of(v.key)) for v in inner] == [
        (t, k) for t, k in told if k and t
    ]


@given(parts)
def test_lines_of_a_marked_text_are_the_lines_of_the_clean_one(told: Told) -> None:
    text = "\n".join(marked(t, value) if value else t for t, value in told)
    lines = list(pieces(text))
    assert [clean(line) for line in lines] == [p.strip() for p in clean(text).split("\n") if p.strip()]
    for line in lines:
        assert all(0 <= v.start < v.end <= len(clean(line)) for v in values_in(line))


@given(parts)
def test_bookmarks_keep_the_text_and_enclose_the_values(told: Told) -> None:
    from perfmon_xl.report.template.compiled import shown_text

    text = tracked("".join(marked(t, value) if value else t for t, value in told))
    head = f'<w:document xmlns:w="{w("x")[1:-2]}"><w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">前'
    xml = f"{head}{shown_text(text)}后</w:t></w:r></w:p></w:document>"
    made, written, _ = bookmarked(split(xml))
    root = etree.fromstring(made)
    assert "".join(t.text or "" for t in root.iter(w("t"))) == f"前{text}后"
    assert [v.text for v in written] == [t for t, k in told if k and t]
    assert all(r.find(f"{w('rPr')}/{w('b')}") is not None for r in root.iter(w("r")))

"""The summary report: its figures are those of the batch, its sentences follow what happened, nothing else."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from support.district import UNREAD, line, outcomes, summary_of
from support.office import needs_office, needs_validator, validate

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.outcome import Outcome
from perfmon_xl.report.make_report import write_summary_report
from perfmon_xl.report.pages.paginate import lines_of
from perfmon_xl.report.summary import advice, causes, funds, phrases
from perfmon_xl.report.summary.compose import compose_summary as compose
from perfmon_xl.report.summary.context import 汇总报告
from perfmon_xl.report.summary.drawing import department_chart
from perfmon_xl.report.template.compiled import compile_template, load_template, w
from perfmon_xl.system.resources import folder

TEMPLATE = folder("report_templates") / "summary_report.docx"


@pytest.fixture(scope="module")
def district() -> list[Outcome]:
    return outcomes(12)


def told(found: list[Outcome], name: str = "全区", pages: str = "none") -> list[str]:
    data = write_summary_report(summary_of(found), name=name, pages=pages)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]


@pytest.mark.slow
def test_the_figures_are_those_of_the_batch(district: list[Outcome]) -> None:
    made, text = summary_of(district), "\n".join(told(district))
    assert "纳入监控的项目12个，涉及6个主管部门，预算" in text and "本次收到文件14份，未能处理2份" in text
    whole = made.totals
    for amount in (whole.budget, whole.spent):
        assert phrases.money(amount) in text
    assert f"检查发现填报错误{whole.errors}处、警告{whole.warnings}处" in text
    assert text.index("序时进度（58.33%）") < text.index("检查发现填报错误"), "结果在前，填报在后"
    assert all(group.name in text for group in made.departments)
    assert re.search("河道清淤[^。]*没有填支出数，没有算进执行率。", text)
    assert "旧表.xls 是旧格式" in text and "附件：没有处理的文件" in text


@pytest.mark.slow
def test_the_totals_of_the_tables_are_their_columns(district: list[Outcome]) -> None:
    data = write_summary_report(summary_of(district), name="全区", pages="none")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    tables = [
        [["".join(t.text or "" for t in c.iter(w("t"))) for c in r.iter(w("tc"))] for r in x.iter(w("tr"))]
        for x in root.iter(w("tbl"))
    ]
    for table, columns in ((tables[0], (1,)), (tables[1], range(1, 12))):
        assert table[-1][0] == "合计"
        for column in columns:
            assert int(table[-1][column]) == sum(int(row[column]) for row in table[1:-1])
    for row in tables[1][1:]:
        numbers = list(map(int, row[1:]))
        assert numbers[0] == sum(numbers[1:5]) and numbers[5] == sum(numbers[6:]), "总数是各种情形相加"


def test_departments_behind_time_are_named_from_the_slowest_on() -> None:
    found = summary_of(
        [line("甲", "一局", "100", "40"), line("乙", "二局", "100", "10"), line("丙", "三局", "100", "90")]
    )
    text = "".join(funds.funds(found))
    assert "执行率低于序时进度（50.00%）的2个主管部门：二局10.00%，低40.00个百分点；一局40.00%，" in text
    assert "三局" not in text


def test_causes_are_carried_up_from_the_projects() -> None:
    def cause(group: str, text: str) -> dict[str, str]:
        return {"kind": "原因", "group": group, "text": text}

    one = replace(line("甲", "一局", "100", "1"), told=(cause("前期手续", "施工图没有审查"),))
    other = replace(
        line("乙", "二局", "50", "1"),
        told=(cause("前期手续", "合同没有签"), cause("标准和数据", "满意度尚无调查结果")),
    )
    first, second = causes.problems(summary_of([one, other]))
    assert first == (
        "（一）前期手续",
        ("2个项目的前期手续没有按时办好：甲（施工图没有审查）、乙（合同没有签）。涉及预算150万元。",),
    )
    assert second == (
        "（二）标准和数据",
        ("有的指标没有数据，或者没有判断的标准：乙（满意度尚无调查结果）。",),
    )


def test_who_overspent_and_who_has_not_spent_are_named() -> None:
    found = summary_of([line("甲", "一局", "100", "108"), line("乙", "二局", "80", "0")])
    text = "".join(phrases.overall(found) + funds.funds(found))
    assert "甲超预算8万元，乙尚未支出，需重点关注" in text
    assert "甲支出108万元，超预算8万元" in text
    (overspent,) = dict(advice.measures(found))["财政部门研究处理"]
    assert overspent.endswith("核定超支，确定追加、压减或其他处理：“甲”8万元。")


def test_advice_is_told_point_by_point() -> None:
    two = [line("甲", "一局", "100", "0", "100"), line("乙", "二局", "100", "108", "100")]
    title = "改好填报、补齐数据"
    wrong = [replace(one, counts={"error": 3}, unexplained=({"indicator": "人次"},)) for one in two]
    composed = next(m for m in compose(summary_of(wrong), name="全区").措施 if m.标题.endswith(title))
    assert [str(text)[:3] for text in composed.各条] == ["（1）", "（2）"]
    (one,) = [m for m in compose(summary_of(two), name="全区").措施 if m.标题.endswith("提请研究的事项")]
    assert str(one.各条[0]).endswith("收回到位的资金：“甲”（到位100万元）。")  # one alone is not numbered


@pytest.mark.slow
def test_paces_of_different_months_are_not_averaged() -> None:
    one = replace(line("甲", "一局", "100", "40"), cutoff="2024-06-30")
    other = replace(
        line("乙", "一局", "100", "40"), cutoff="2024-10-31", figures={**one.figures, "序时进度": "0.8333"}
    )
    text = "".join(told([one, other]))
    assert "不作平均" in text and "平均序时" not in text


def test_what_did_not_happen_is_not_told() -> None:
    good = line("甲", "一局", "100", "60", light="绿", lights={"绿": 2})
    text = "\n".join(told([good]))
    assert "各项目保持现有进度，本次没有另外的建议。" in text, text
    assert "检查没有发现填报错误和警告。" in text
    for word in ("红灯的", "附件", "征求意见稿", "没有处理", "执行率低于", "没有填"):
        assert word not in text


def test_projects_to_watch_and_why() -> None:
    red = {"light": "红", "lights": {"红": 2}, "counts": {"error": 3}}
    found = [line("甲", "一局", "100", "90", light="绿"), line("乙", "一局", "100", None), line("丙", "一局", "100", "5", **red)]  # fmt: skip
    watched = advice.attention(summary_of(found))
    assert [(x.name, why, what) for x, why, what in watched] == [
        ("丙", "支出严重滞后", "继续执行，按月调度支付"),
        ("乙", "没有填支出数", "补报数据后再定"),
    ]


@pytest.mark.slow
def test_a_list_longer_than_a_reader_takes_is_cut_and_says_where_the_rest_is() -> None:
    many = [line(f"项目{n}", "一局", "1", None) for n in range(103)]
    lost = [replace(UNREAD[0], path=f"旧表{n}.xls") for n in range(102)]
    text = told([*many, *lost])
    assert "项目99" in text and "项目100" not in text
    assert "另有3个，见汇总工作簿的“汇总”表，按“项目预警”筛选" in text
    assert "旧表99.xls" in text and "另有2个，见汇总工作簿的“未处理”表" in text
    hundred = told([*many[:100], *lost[:100]])
    assert "项目99" in hundred and not [one for one in hundred if one.startswith("另有")]


def test_different_periods_are_not_put_on_the_cover() -> None:
    one = replace(line("甲", "一局", "1", "1"), year="2024", period="1-7月份", cutoff="2024-07-31")
    other = replace(one, project="乙", period="1-8月份", cutoff="2024-08-31")
    assert "2024年1-7月份绩效运行监控汇总报告" in told([one])
    text = told([one, other])
    assert "绩效运行监控汇总报告" in text and "数据截至2024年7月31日至2024年8月31日" in text


def test_nothing_at_all_is_still_a_report() -> None:
    assert "本次没有可以汇总的数据。" in told([])
    assert "本次没有可以汇总的数据，2个文件未能处理，原因见附件。" in told(list(UNREAD))


@pytest.mark.slow
def test_the_texts_of_a_workbook_cannot_break_the_report() -> None:
    nasty = "甲<乙>&{{ 7*7 }}\x07\ue000\n第二行"
    text = "\n".join(told([line(nasty, nasty, "1", None)], name="A&B区"))
    assert "甲<乙>&{{ 7*7 }}□□ 第二行" in text and "A&B区" in text


def test_a_wrong_name_in_the_template_is_told_with_its_place() -> None:
    from docx import Document

    document = Document(str(TEMPLATE))
    document.add_paragraph("{{ 合计.预算数 }}")
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(UserError, match=r"没有“合计\.预算数”这个名称") as caught:
        compile_template("改过的", out.getvalue(), 汇总报告)
    assert "预算" in str(caught.value)


@pytest.mark.parametrize("name", ["", "  ", "a/b", "全区\n", "区" * 99])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="范围"):
        app.summarise(tmp_path, [], name=name)
    assert not list(tmp_path.iterdir())


def test_summarise_writes_both_files_and_again_over_them(district: list[Outcome], tmp_path: Path) -> None:
    for _ in range(2):
        made = app.summarise(tmp_path, district, name="青云谱区", pages="estimate")
    assert [m.path.name for m in made] == ["汇总.xlsx", "青云谱区绩效监控汇总报告.docx"]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(m.path.name for m in made)


@pytest.mark.parametrize("template", ["monitoring_report", "summary_report"])
def test_an_empty_table_says_so_across_its_whole_width(template: str) -> None:
    with zipfile.ZipFile(TEMPLATE.with_name(f"{template}.docx")) as package:
        tables = list(etree.fromstring(package.read("word/document.xml")).iter(w("tbl")))
    for table in tables:
        nothing = next(c for c in table.iter(w("tc")) if "".join(c.itertext()) == "（无）")
        assert nothing.find(f".//{w('gridSpan')}").get(w("val")) == str(len(list(table.iter(w("gridCol")))))


@needs_validator
@pytest.mark.parametrize("count", [0, 1, 12])
def test_the_report_is_valid(district: list[Outcome], tmp_path: Path, count: int) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(write_summary_report(summary_of(district[:count]), name="全区", pages="estimate"))
    assert validate(path) == []


@needs_office
def test_the_contents_page_has_the_pages(district: list[Outcome]) -> None:
    text = told(district, pages="auto")
    entries = [line for line in text if line.startswith(("一、", "六、")) and line[-1].isdigit()]
    assert len(entries) == 2 and entries[0].endswith("1")


@pytest.mark.slow
def test_the_committed_template_is_what_the_script_makes(tmp_path: Path) -> None:
    out = tmp_path / "summary.docx"
    subprocess.run([sys.executable, str(TEMPLATE.with_name("build_template.py")), str(out)], check=True)
    assert out.read_bytes() == TEMPLATE.read_bytes()
    assert load_template(TEMPLATE, 汇总报告).parts


@pytest.mark.parametrize("width", [5.0, 20.0, 33.0])
def test_the_estimate_of_a_narrow_cell_ends(width: float) -> None:
    """窄得连“（无）”都放不下一行的格子，也数得出几行。"""
    assert 1 <= lines_of("（无）", width, 10.5) <= 3


def test_whom_to_watch_the_worst_first() -> None:
    made = summary_of(
        [
            line("资金黄灯", "一局", "100", "40", light="黄"),
            line("一个红灯", "一局", "100", "40", lights={"红": 1}),
            line("三个红灯", "一局", "100", "40", lights={"红": 3}),
            line("资金红灯", "一局", "100", "40", light="红"),
            line("没有事", "一局", "100", "90", light="绿"),
        ]
    )
    assert [x.name for x, _, _ in advice.attention(made)] == ["资金红灯", "资金黄灯"]


def charts(found: list[Outcome]) -> list[tuple[str, list[str]]]:
    """汇总报告里的图：图题、各类。"""
    data = write_summary_report(summary_of(found), name="全区", pages="none")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = sorted(n for n in package.namelist() if n.startswith("word/charts/chart"))
        roots = [etree.fromstring(package.read(n)) for n in names]
        body = etree.fromstring(package.read("word/document.xml"))
    words = ["".join(t.text or "" for t in p.iter(w("t"))) for p in body.iter(w("p"))]
    titles = [found[1] for text in words if (found := re.match(r"图\d  ([^（]+)", text))]
    shown = [[v.text or "" for v in r.find(".//{*}cat").iter("{*}v")] for r in roots]  # type: ignore[union-attr]
    return list(zip(titles, shown, strict=True))


def test_the_charts_show_the_lights_and_the_departments_slow_ones_first() -> None:
    found = [
        line("甲", "一局", "100", "60"),
        replace(line("乙", "二局", "100", "20"), light="红"),
        replace(line("丙", "二局", "100", "20"), light="绿"),
    ]
    assert charts(found) == [
        ("各色灯的项目数", ["▼ 红灯 1个", "● 绿灯 1个", "○ 未亮灯 1个"]),
        ("各主管部门的预算执行率", ["二局 20.00%", "一局 60.00%", "序时进度 50.00%"]),
    ]


@pytest.mark.parametrize("pace", ["0.25", "0.75"])
def test_the_pace_is_a_line_or_a_bar_and_never_said_to_be_what_it_is_not(pace: str) -> None:
    """年初的序时进度画成线会重复画在各个倍数上：另画一条；画了线的才说“粗线”。"""
    found = [line("甲", "一局", "100", "60"), line("乙", "二局", "100", "20")]
    found = [replace(one, figures={**one.figures, "序时进度": pace}) for one in found]
    (chart,) = department_chart(summary_of(found))
    lined = pace == "0.75"
    assert (chart.base is not None) == lined == ("粗线" in chart.note)
    assert (chart.categories[-1] == "序时进度 25.00%") != lined


@pytest.mark.slow
def test_one_project_needs_no_chart_and_one_department_one_of_its_projects() -> None:
    assert charts([line("甲", "一局", "100", "60")]) == []
    assert charts([line("甲", "一局", "100", "60"), line("乙", "一局", "9", "1")])[1] == (
        "各项目的预算执行率",  # of one department its projects are compared
        ["乙 11.11%", "甲 60.00%", "序时进度 50.00%"],
    )

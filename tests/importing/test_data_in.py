"""Exports of budget systems and filled official forms: what is understood, what is asked, what is refused."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.projects import project

from perfmon_xl import app, cli, policy
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.message import Reader, worded
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.official_form import compose
from perfmon_xl.importing.foreign import Foreign
from perfmon_xl.workbook.build.official_form import write_form
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import read

TWO = """\
项目编码,项目名称,主管部门,年初预算数（万元）,累计支出（元）,一级指标,二级指标,三级指标,计算符号,指标值,度量单位,当前完成值
01,道路养护,住建局,120,865000.5,产出指标,数量指标,养护里程,≥,12,公里,7.5
01,道路养护,住建局,120,865000.5,产出指标,质量指标,合格率,大于等于,95,%,96
02,校舍维修,教育局,80.25,12,产出指标,数量指标,维修数,＝,3,处,
"""


def understood(text: str | bytes, folder: Path, *, mapping: str = "", money: str | None = None) -> Foreign:
    source = folder / "导出.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    given = None
    if mapping:
        given = folder / "对应.toml"
        given.write_text(mapping, encoding="utf-8")
    return app.understand(source, mapping=given, money=money)


def refused(text: str | bytes, folder: Path, **more: str) -> str:
    with pytest.raises(UserError) as caught:
        understood(text, folder, **more)
    return caught.value.worded(Reader.COMMAND_LINE)


def test_one_file_two_projects(tmp_path: Path) -> None:
    road, school = understood(TWO, tmp_path).projects
    assert (road.project.name, road.project.department) == ("道路养护", "住建局")
    assert (road.funding[0].initial, road.funding[0].spent) == (
        Amount(Decimal(1200000)), Amount(Decimal("865000.5")),
    )  # fmt: skip
    assert [(d.name, d.target.raw) for d in road.declared] == [("养护里程", "≥12公里"), ("合格率", "≥95%")]
    assert [(c.annual.raw, c.actual.raw) for c in road.compared] == [("≥12公里", "7.5公里"), ("≥95%", "96%")]
    assert [d.target.raw for d in school.declared] == ["=3处"] and school.compared == ()


def test_the_preview_says_what_was_understood_and_what_was_not(tmp_path: Path) -> None:
    text = "\n".join(worded(one, Reader.COMMAND_LINE) for one in understood(TWO, tmp_path).preview)
    assert "2 个项目、3 个指标" in text and "“累计支出（元）”→支出数（万元），按元" in text
    assert "没有用到的栏目：项目编码" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_reads_alike(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = TWO.replace(",", delimiter).replace("\n", "\r\n")
    assert understood(text.encode(encoding), tmp_path).projects == understood(TWO, tmp_path).projects


@pytest.mark.parametrize(
    ("header", "money", "yuan"),
    [
        ("年初预算数（元）", None, 50000),
        ("年初预算数（万元）", None, 500000000),
        ("年初预算数", "元", 50000),
        ("年初预算数", "万元", 500000000),
        ("年初预算数（元）", "万元", 50000),  # what the header says goes first
    ],
)
def test_the_unit_of_money(header: str, money: str | None, yuan: int, tmp_path: Path) -> None:
    found = understood(f"项目名称,{header}\n甲,50000\n", tmp_path, money=money)
    assert found.projects[0].funding[0].initial == Amount(Decimal(yuan))


def test_money_without_a_unit_is_asked_for(tmp_path: Path) -> None:
    said = refused("项目名称,年初预算数\n甲,50000\n", tmp_path)
    assert "“年初预算数”（导出.csv!B2）" in said and "--money" in said
    own = understood("项目名称,年初预算数\n甲,5万元\n", tmp_path)
    assert own.projects[0].funding[0].initial == Amount(Decimal(50000))
    above = understood("单位：万元,\n项目名称,年初预算数\n甲,5\n", tmp_path)
    assert above.projects[0].funding[0].initial == Amount(Decimal(50000))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("甲,乙\n1,2\n", "没有找到表头"),
        ("", "文件里没有内容"),
        ("项目名称,指标名称,三级指标\n甲,a,b\n", "不知道用哪一栏"),
        ("项目名称,三级指标,指标值,计算符号\n甲,a,5,1\n", "[symbols]"),
        ("项目名称,三级指标,指标值,计算符号\n甲,a,≤5,≥\n", "目标值里写的却是“≤5”"),
        ("项目名称,三级指标,指标值\n甲,,5\n", "没有指标名称"),
        ("项目名称,三级指标\n,a\n", "没有项目名称"),
        ("项目名称,年初预算数（元）\n甲,待定\n", "待定"),
        ("项目名称,年初预算数（美元）\n甲,5\n", "美元"),
        ("项目名称,年初预算数（元）,三级指标\n甲,5,a\n甲,6,b\n", "同一项目上面写的是"),
        ("项目名称,主管部门,三级指标\n甲,住建,a\n甲,教育,b\n", "同一项目上面写的是"),
        ("项目名称,项目开始日期\n甲,开春\n", "开春"),
        ('项目名称,三级指标\n甲,"a\n', "引号"),
        (b"\x81\x00\xff", "编码"),
        ("项目名称,三级指标,确定能,有可能,完全不可能\n甲,a,有点,,\n", "不知道选了没有"),
    ],
)
def test_what_is_not_clear_is_refused_with_its_place(text: str | bytes, says: str, tmp_path: Path) -> None:
    assert says in refused(text, tmp_path)


def test_a_mapping_names_what_is_called_otherwise(tmp_path: Path) -> None:
    text = "工程,考核点,考核值,符号,拨款,指标名称\n甲,里程,12,1,300,别的\n"
    mapping = (
        '[columns]\n"工程" = "项目名称"\n"考核点" = "三级指标"\n"考核值" = "指标值"\n"符号" = "计算符号"\n'
        '"拨款" = "年初预算数"\n"指标名称" = "不用"\n[money]\n"拨款" = "万元"\n[symbols]\n"1" = "≥"\n'
    )
    one = understood(text, tmp_path, mapping=mapping).projects[0]
    assert (one.project.name, one.declared[0].name, one.declared[0].target.raw) == ("甲", "里程", "≥12")
    assert one.funding[0].initial == Amount(Decimal(3000000))
    as_json = tmp_path / "对应.json"
    as_json.write_text(
        '{"columns": {"考核点": "三级指标", "工程": "项目名称", "指标名称": "不用", "符号": "不用"}}',
        encoding="utf-8",
    )
    assert app.understand(tmp_path / "导出.csv", mapping=as_json).projects[0].declared[0].name == "里程"


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ('[columns]\n"a" = "没有的栏"\n', "没有这一栏"),
        ('[money]\n"a" = "美元"\n', "元 或 万元"),
        ('[symbols]\n"1" = "大"\n', "≥ ≤"),
        ('[column]\n"a" = "b"\n', "内容不对"),
        ("项目 = ", "不合 TOML 的写法"),
    ],
)
def test_a_wrong_mapping_is_refused(mapping: str, says: str, tmp_path: Path) -> None:
    assert says in refused(TWO, tmp_path, mapping=mapping)


def test_sums_are_skipped_and_blank_names_are_carried_and_said(tmp_path: Path) -> None:
    found = understood(
        "项目名称,三级指标,指标值\n甲,a,≥1件\n,b,≥2件\n,c,≥3件\n合计,,6\n乙,d,≥4件\n", tmp_path
    )
    assert [[d.name for d in p.declared] for p in found.projects] == [["a", "b", "c"], ["d"]]
    assert any("第 3—4 行没有写项目名称" in str(note) for note in found.preview)
    assert "第 5 行是合计，没有读。" in found.preview


def test_funds_by_source(tmp_path: Path) -> None:
    text = "项目名称,资金来源,年初预算数（万元）,三级指标\n甲,财政拨款,10,a\n甲,自筹,5,b\n甲,财政拨款,10,c\n"
    one = understood(text, tmp_path).projects[0]
    assert [(f.source, f.initial) for f in one.funding] == [
        ("财政拨款", Amount(Decimal(100000))), ("自筹", Amount(Decimal(50000))),
    ]  # fmt: skip
    assert len(one.declared) == 3


def test_an_xlsx_with_merged_project_names_and_percent_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for line in (("绩效目标导出",), ("项目名称", "三级指标", "指标值", "当前完成值"),
                 ("甲", "合格率", 0.95, 0.9), (None, "数量", "≥5件", "3件"), ("乙", "丙", "提升", "提升")):  # fmt: skip
        page.append(line)
    page.merge_cells("A3:A4")
    page["C3"].number_format = page["D3"].number_format = "0%"
    book.create_sheet("说明").append(("随便写写",))
    book.save(tmp_path / "导出.xlsx")
    first, second = app.understand(tmp_path / "导出.xlsx").projects
    assert [(c.name, c.annual.raw, c.actual.raw) for c in first.compared] == [
        ("合格率", "95%", "90%"), ("数量", "≥5件", "3件"),
    ]  # fmt: skip
    assert second.declared[0].target.raw == "提升"


def _entries(monitoring: Monitoring) -> dict[str, tuple[str, ...]]:
    return {
        c.name: (c.annual.raw, c.actual.raw, c.forecast.raw, c.likelihood, c.cause, c.reason, c.measure)
        for c in monitoring.compared
    }


@pytest.mark.parametrize(
    ("heads", "yuan"),
    [
        (("资金（万元）", "年初预算数", "1-7月执行数"), (Decimal(500000), Decimal(200000))),
        (("资金", "年初预算数（万元）", "1-7月执行数（元）"), (Decimal(500000), Decimal(20))),
    ],
)
def test_funds_above_the_header_each_in_their_unit(
    heads: tuple[str, ...], yuan: tuple[Decimal, ...], tmp_path: Path
) -> None:
    text = f"项目名称,甲,\n{','.join(heads)}\n年度资金总额：,60,20\n其中：财政拨款,50,20\n\n三级指标,指标值,备注\na,≥1件,\n"
    found = understood(text, tmp_path)
    (fund,) = found.projects[0].funding
    assert (fund.source, fund.initial, fund.spent) == ("财政拨款", Amount(yuan[0]), Amount(yuan[1]))
    (misfit,) = [m for m in found.imported[0].misfits if "年初预算数" in m.label]
    assert "60" in misfit.message and "50" in misfit.message and "对不上" in misfit.message


@pytest.mark.parametrize("local", [False, True])
@pytest.mark.parametrize("which", ["example", "made"])
def test_the_official_form_read_back_gives_the_same_values(
    which: str, local: bool, example: Monitoring, tmp_path: Path
) -> None:
    old = example if which == "example" else project(14)
    path = tmp_path / "监控表.xlsx"
    path.write_bytes(write_form(compose(figures_of(old, policy.get()), 7), local=local))
    (new,) = app.understand(path).projects
    assert _entries(new) == _entries(old)
    assert new.goal.text == compose(figures_of(old, policy.get()), 7).goal
    assert (new.project.department, new.project.unit, new.project.year) == (
        old.project.department, old.project.unit, old.project.year,
    )  # fmt: skip
    for name in ("initial", "spent"):
        assert sum(getattr(f, name).yuan for f in new.funding) == sum(
            getattr(f, name).yuan for f in old.funding
        )


def test_the_command_makes_a_folder_of_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "导出.csv", tmp_path / "全区"
    source.write_text(TWO.replace("校舍维修", "校舍/维修:一期"), encoding="gb18030")
    assert cli.main(["new", str(out), "--from", str(source), "--preview"]) == 0
    assert "没有写文件" in capsys.readouterr().out and not out.exists()
    assert cli.main(["new", str(out), "--from", str(source), "--period", "2024-07"]) == 0
    assert "GB18030" in capsys.readouterr().out
    assert sorted(p.name for p in out.iterdir()) == ["校舍_维修_一期.xlsx", "道路养护.xlsx"]
    one = read(PackageBook.open(out / "道路养护.xlsx")).monitoring
    assert str(one.project.cutoff) == "2024-07-31" and len(one.compared) == 2
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    (out / "校舍_维修_一期.xlsx").unlink()
    assert cli.main(["new", str(out), "--from", str(source)]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {"道路养护.xlsx": before["道路养护.xlsx"]}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("x.xlsx", "--from", "{csv}"), "放不进一个工作簿"),
        (("x.xlsx", "--money", "元"), "要和 --from 一起用"),
        (("d", "--from", "{csv}", "--money", "角"), "元 或 万元"),
        (("d", "--from", "{csv}", "--mapping", "没有.toml"), "找不到文件"),
        (("d", "--from", "没有.csv"), "找不到文件"),
    ],
)
def test_refusals_leave_nothing(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "导出.csv").write_text(TWO, encoding="utf-8")
    assert cli.main(["new", *(a.replace("{csv}", "导出.csv") for a in arguments)]) == 2
    err = capsys.readouterr().err
    assert says in err and "Traceback" not in err
    assert [p.name for p in tmp_path.iterdir()] == ["导出.csv"]


WORDS = st.text('甲乙丙丁路桥校园（）·“”,;"', min_size=1, max_size=8).map(lambda s: "项" + s)


@given(st.dictionaries(WORDS, st.lists(WORDS, min_size=1, max_size=4, unique=True), min_size=1, max_size=4))
def test_names_survive_the_way_through_csv(projects: dict[str, list[str]]) -> None:
    from perfmon_xl.domain.text_keys import name_key
    from perfmon_xl.importing.foreign import read_foreign

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("项目名称", "三级指标", "指标值"))
    for name, indicators in projects.items():
        writer.writerows((name, one, "≥5件") for one in indicators)
    found = read_foreign(out.getvalue().encode("utf-8-sig"), "导出.csv", ".csv").projects
    want: dict[str, list[str]] = {}
    for name, indicators in projects.items():
        want.setdefault(name_key(name), []).extend(indicators)
    assert [[d.name for d in p.declared] for p in found] == list(want.values())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_words(data: bytes) -> None:
    from perfmon_xl.importing.foreign import read_foreign

    try:
        read_foreign("项目名称,三级指标\n".encode() + data, "导出.csv", ".csv")
    except UserError as error:
        assert error.hint


@pytest.mark.slow
def test_a_period_fills_what_the_export_leaves_open_and_changes_nothing_else(tmp_path: Path) -> None:
    source, out = tmp_path / "导出.csv", tmp_path / "建好的"
    source.write_text(
        "项目名称,预算年度,监控截止日期,三级指标,指标值\n甲,,,养护里程,12公里\n乙,2024年度,2024-06-30,维修数,3处\n",
        encoding="utf-8",
    )
    app.new(out, source, period="2024-07")
    made = {path.stem: read(PackageBook.open(path)).monitoring.project for path in out.iterdir()}
    assert {name: (p.year, str(p.cutoff)) for name, p in made.items()} == {
        "甲": ("2024", "2024-07-31"),
        "乙": ("2024", "2024-06-30"),
    }
    with pytest.raises(UserError, match="“乙”是2024年度的，要做的却是2025年7月"):
        app.new(tmp_path / "另一处", source, period="2025-07")
    assert not (tmp_path / "另一处").exists()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_titles_above_the_header_need_no_delimiters(delimiter: str, tmp_path: Path) -> None:
    title = "2024年度项目绩效监控导出\n导出时间：2024-07-31 09:30\n\n"
    table = TWO.replace("865000.5", "865000").replace(",", delimiter)
    road, school = understood(title + table, tmp_path).projects
    assert (road.project.name, school.project.name) == ("道路养护", "校舍维修")
    assert [d.target.raw for d in road.declared] == ["≥12公里", "≥95%"]


@pytest.mark.parametrize("total", ["合计", "合 计", "合　计：", "总计"])
def test_a_total_is_no_project_however_it_is_spaced(total: str, tmp_path: Path) -> None:
    text = f"项目名称,年初预算数（万元）,三级指标,指标值\n道路养护,120,养护里程,12公里\n{total},120,,\n"
    made = understood(text, tmp_path)
    assert [p.project.name for p in made.projects] == ["道路养护"]
    assert "第 3 行是合计，没有读。" in made.preview

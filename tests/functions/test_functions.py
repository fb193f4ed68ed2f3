"""The worksheet functions: the same figures as the workbook's own columns, and words where there is no figure."""

from __future__ import annotations

import inspect
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.spellings import SPELLINGS

from perfmon_xl import functions
from perfmon_xl.domain.category import CATEGORIES
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.functions import PM_CHECK, PM_DEVIATION, PM_LIGHT, PM_PARSE, PM_PROGRESS, PM_RATE
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.parsing import understood_values
from perfmon_xl.policy import get
from perfmon_xl.rules.registry import catalogue
from perfmon_xl.rules.single import OF_ONE_VALUE
from perfmon_xl.workbook.computed import compute_book
from perfmon_xl.xlam.wrappers import declared

CUTOFF = datetime(2024, 9, 30)


@pytest.mark.parametrize(
    ("target", "part", "shown"),
    [
        ("≥70件", None, ["≥", 70.0, "件"]),
        (">=70 件", "数值", 70.0),
        ("不低于90%", "符号", "≥"),
        ("70-80件", "单位", "件"),
        ("提升", None, ["定性", "", ""]),
        ("≥70件，含新增", "符号", "未识别"),
        (0.1, "数值", 0.1),
        (70, None, ["未写", 70.0, ""]),
        (None, None, ["", "", ""]),
        ("≥70件", "颜色", "没有“颜色”这一样，请写 符号、数值、单位。"),
        ("#DIV/0!", None, "引用的单元格是 #DIV/0!。"),
        ([[1.0, 2.0]], None, "请只选一个单元格。"),
    ],
)
def test_parse(target: Any, part: Any, shown: Any) -> None:
    assert PM_PARSE(target, part) == shown


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (lambda: PM_RATE("82件", "≥70件"), 82 / 70),
        (lambda: PM_RATE("4.3816万元", "50000元"), 0.87632),
        (lambda: PM_RATE(3, 4), 0.75),
        (lambda: PM_RATE("0件", "0件"), "—"),
        (lambda: PM_RATE(None, "≥70件"), ""),
        (lambda: PM_RATE("82人", "≥70件"), "单位不同：实际值是“人”，目标是“件”，不能比。"),
        (lambda: PM_RATE("≥82件", "≥70件"), "实际值“≥82件”带着比较符，不是数。"),
        (lambda: PM_RATE("较好", "≥70件"), "实际值“较好”不是一个数。"),
        (lambda: PM_RATE("82件", "提升"), "目标“提升”不是一个数。"),
        (lambda: PM_RATE("75件", "70-80件"), "“70-80件”是区间，没有这个比率。"),
        (lambda: PM_DEVIATION("60件", "≥80件"), -20.0),
        (lambda: PM_DEVIATION("60件", "≥80件", "偏差率"), -0.25),
        (lambda: PM_DEVIATION("75件", "70-80件"), 0.0),
        (lambda: PM_DEVIATION("5件", "=0件", "偏差率"), "—"),
        (lambda: PM_DEVIATION("60件", "≥80件", "差"), "没有“差”，请写 偏差 或 偏差率。"),
        (lambda: PM_PROGRESS(CUTOFF), 0.75),
        (lambda: PM_PROGRESS("2024-09-30"), 0.75),
        (lambda: PM_PROGRESS(45_565.0), 0.75),  # what Excel gives for a formula's date
        (lambda: PM_PROGRESS(None), ""),
        (lambda: PM_PROGRESS("九月底"), "“九月底”不是日期。"),
        (lambda: PM_PROGRESS(CUTOFF, "30件", "≥100件"), 0.4),
        (lambda: PM_PROGRESS(CUTOFF, "30件", None), ""),
        (lambda: PM_LIGHT("30件", "≥100件", CUTOFF, "数量指标"), "红"),
        (lambda: PM_LIGHT("75件", "≥100件", CUTOFF, "数量指标"), "绿"),
        (lambda: PM_LIGHT("75", "≥100件", CUTOFF, None, "平台通用"), "绿"),
        (lambda: PM_LIGHT("5月6日", "4月底前", CUTOFF, "时效指标"), "红"),
        (lambda: PM_LIGHT("未完成", "11月底前", CUTOFF, "时效指标"), "还没有到期。"),
        (lambda: PM_LIGHT(None, "≥100件", CUTOFF), ""),
        (lambda: PM_LIGHT("天气好", "提升", CUTOFF), "“天气好”不在规则集的词表里，判断不了。"),
        (lambda: PM_LIGHT("7人", "≥100件", CUTOFF), "单位不同：实际值是“人”，目标是“件”，不能比。"),
        (lambda: PM_LIGHT("30件", "≥100件", CUTOFF, "天气指标", "山西"), "二级指标没有写或不认识，不知道折算不折算。"),
    ],
)  # fmt: skip
def test_a_figure_or_a_word_for_why_not(call: Any, shown: Any) -> None:
    got = call()
    assert got == (pytest.approx(shown) if isinstance(shown, float) else shown)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("≥70件", "≥50件", "55件"), ""),
        (("≥70件", "≥80件", "82件"), "错误 JD101：“这个指标”本阶段应完成“≥80件”，高于全年目标“≥70件”。"),
        (("≥70件", "≤50件", "55件"), "错误 JD105："),
        (("≥80件", None, "≥70件"), "警告 SJ102："),
        (("≥70件", "≥70件", "≥70件"), "错误 SJ101："),
        (("≥70件", "≥50件", "55人"), "警告 SJ108："),
        (("70件", "50件", "55件"), "警告 ZB101："),
        (("提升", None, "82件"), "警告 SJ107："),
        # the cutoff is what SJ112 needs
        (("2024-09-30", None, "2024-10-30", "时效指标", CUTOFF), "错误 SJ112："),
        (("2024-11-30", None, "2024-10-30", "时效指标"), ""),
        # the rule set says which words are grades
        (("优", None, "较好", "质量指标", None, "河北"), "警告 SJ106：“这个指标”的实际完成值“较好”不在“河北”的分档里。"),
        # what is not filled in is not wrong yet, and nobody is told what cannot be shown here
        ((None, None, None), ""),
        (("≥70件", None, None), ""),
        (("≥70件", "≥50件", None), ""),
        (("≥70件", "≥60件", "30件", "数量指标", CUTOFF), ""),
        # Excel hands a cell that shows 95% over as 0.95
        (("≥95%", 0.95, 0.97), ""),
        (("≥95%", 0.95, 97.0), ""),
        (("≥95%", 0.95, "97人"), "警告 SJ108："),
        (("≥70件", "≥50件", "#REF!"), "引用的单元格是 #REF!。"),
        (("≥70件", "≥50件", "55件", None, "九月底"), "“九月底”不是日期。"),
    ],
)  # fmt: skip
def test_check_says_the_first_finding(arguments: tuple[Any, ...], shown: str) -> None:
    got = PM_CHECK(*arguments)
    assert got.startswith(shown) if shown else got == ""


@given(*[st.sampled_from([None, *SPELLINGS])] * 3, st.sampled_from([None, *(c.name for c in CATEGORIES)]))
def test_check_says_nothing_but_what_a_rule_says_of_these_values(
    target: str | None, stage: str | None, actual: str | None, level2: str | None
) -> None:
    """每一句都是一条规则的，规则的编号在前；说的是填了的值，不是没有给它的东西。"""
    said = PM_CHECK(target, stage, actual, level2, CUTOFF)
    if said:
        level, code, message = re.fullmatch(r"(\S+) ([A-Z]{2}\d{3})：(.+)", said, re.S).groups()  # type: ignore[union-attr]
        assert code in catalogue() and level in ("错误", "警告", "提示", "无法判断") and message
        assert code[:2].lower() in OF_ONE_VALUE
        assert not re.search("空着|没有写原因|没有说明", message)


def test_an_unknown_rule_set_lists_the_known_ones() -> None:
    assert str(PM_LIGHT("1件", "1件", CUTOFF, None, "火星")).startswith("没有叫“火星”的规则集。现有：通用、")


def test_the_example_gives_what_its_columns_show(example: Monitoring) -> None:
    """表4 每一行，函数和计算栏一样；计算栏空着的，函数空着或说为什么。"""
    rules = get(example.project.rule_set)
    rows = compute_book(figures_of(example, rules)).tables[layout.COMPARED.name]
    compared = 0
    for record, row in zip(example.compared, rows, strict=True):
        actual, annual, stage = record.actual.raw, record.annual.raw, record.stage.raw
        cutoff = datetime.combine(example.project.cutoff, datetime.min.time())
        calls = {
            "completion": PM_RATE(actual, annual),
            "deviation": PM_DEVIATION(actual, stage),
            "deviation_rate": PM_DEVIATION(actual, stage, "偏差率"),
            "light": PM_LIGHT(actual, annual, cutoff, record.level2, rules.name),
        }
        for field, got in calls.items():
            wanted = row[field]
            if isinstance(wanted, Decimal):
                assert got == float(wanted)
                compared += 1
            elif wanted != "":
                assert got == wanted
                compared += 1
            else:
                assert isinstance(got, str)
    assert compared > 20


@pytest.mark.parametrize("text", SPELLINGS)
def test_parse_is_what_the_columns_show(text: str) -> None:
    values = understood_values("v", functions.read_target(text))
    wanted = [values[f"v_{part}"] for part in ("sign", "number", "unit")]
    assert PM_PARSE(text) == [float(v) if isinstance(v, Decimal) else v for v in wanted]


def test_a_fault_of_ours_is_a_sentence_with_the_logs_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(functions, "read_target", lambda *_: 1 / 0)
    log = tmp_path / ".perfmon_xl" / "log" / "perfmon-xl-error.log"
    assert str(log) in PM_PARSE("≥70件")
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_the_wizard_explains_every_function_and_argument() -> None:
    found = {f.name: f for f in declared(inspect.getsource(functions))}
    assert list(found) == ["PM_PARSE", "PM_RATE", "PM_DEVIATION", "PM_PROGRESS", "PM_LIGHT", "PM_CHECK"]
    for one in found.values():
        signature = inspect.signature(getattr(functions, one.name))
        assert [a.name for a in one.arguments] == list(signature.parameters)
        texts = [one.help, *(a.help for a in one.arguments)]
        assert all(not text.isascii() and len(text) <= 255 for text in texts), one.name


def test_the_guide_says_how_without_dynamic_arrays() -> None:
    """一个函数给几格的，Excel 2019 和更早的要先选中那么多格，按 Ctrl+Shift+Enter；说明里每一个都写了。"""
    guide = (Path(__file__).parents[2] / "addin" / "README.md").read_text(encoding="utf-8")
    rows = {row.split("(")[0].strip("|` ="): row for row in guide.splitlines() if row.startswith("| `=PM_")}
    assert set(rows) == {name for name in dir(functions) if name.startswith("PM_")}
    several = {"PM_PARSE"}
    assert isinstance(PM_PARSE("≥70件"), list) and all("Ctrl+Shift+Enter" in rows[name] for name in several)

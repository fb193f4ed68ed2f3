"""DATA.json: a schema that the example meets, clear refusals, and a round trip through the workbook."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from perfmon_xl import app, data
from perfmon_xl.domain.amount import Amount
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.message import Reader
from perfmon_xl.domain.model import Funding, Monitoring
from perfmon_xl.system.resources import example_data


def test_the_example_meets_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(data.schema())
    jsonschema.validate(json.loads(example_data().read_text(encoding="utf-8")), data.schema())


def test_every_property_has_a_chinese_title() -> None:
    for block in data.schema()["properties"].values():
        fields = block.get("items", block)["properties"]
        assert all(one["title"] for one in fields.values())


@pytest.mark.slow
def test_a_workbook_made_from_its_own_export_is_equal(demo_book: Path, tmp_path: Path) -> None:
    first = app.export(demo_book)
    (tmp_path / "data.json").write_text(first, encoding="utf-8")
    app.new(tmp_path / "again.xlsx", tmp_path / "data.json")
    assert app.export(tmp_path / "again.xlsx") == first


def test_data_saved_by_notepad_is_read_and_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    text = '{"project": {"name": "道路养护"}}'
    (tmp_path / "记事本.json").write_bytes(text.encode("utf-8-sig"))  # Notepad puts a mark in front
    assert app.load_data(tmp_path / "记事本.json").project.name == "道路养护"
    (tmp_path / "旧.json").write_bytes(text.encode("gbk"))
    with pytest.raises(UserError, match="不是 UTF-8 编码"):
        app.load_data(tmp_path / "旧.json")


def test_money_is_exact(example: Monitoring) -> None:
    assert str(example.funding[0].spent) == "43816.1元"
    assert data.to_data(example)["funding"][0]["spent"] == 4.38161


def test_money_that_a_float_cannot_hold_is_written_as_text_and_read_back() -> None:
    long = Amount.wan(Decimal("123456789012.1234567"))
    made = data.to_data(Monitoring(funding=(Funding(source="财政拨款", initial=long),)))
    assert made["funding"][0]["initial"] == "123456789012.1234567"
    assert data.loads(data.dumps(made), "数据.json").funding[0].initial == long


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("{", "第 1 行", "引号"),
        ("[]", "最外层", "schema"),
        ('{"projekt": {}}', "projekt", "project"),
        ('{"project": {"nam": "x"}}', "nam", "name"),
        ('{"funding": {}}', "应当是一个列表", ""),
        ('{"funding": [{"spent": "待支付"}]}', "funding 第 1 项 的 spent", "万元"),
        ('{"project": {"cutoff": "去年"}}', "cutoff", "YYYY-MM-DD"),
        ('{"project": {"name": []}}', "应当是文字或数字", ""),
        ('{"funding": [{"spent": NaN}]}', "不是一个数", ""),
    ],
)
def test_wrong_data_is_refused_with_its_place(text: str, says: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        data.loads(text, "数据.json")
    assert says in caught.value.message and hint in caught.value.worded(Reader.COMMAND_LINE)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-07-31",
        "2024/7/31",
        "2024.7.31",
        "2024年7月31日",
        "20240731",
        "２０２４－７－３１",
        "2024 年 7 月 31 日",
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    made = data.from_data({"project": {"cutoff": typed}})
    assert made.project.cutoff == date(2024, 7, 31)


@pytest.mark.parametrize("typed", ["2024111", "2024-02-30", "2023-02-29", "7月31日", "2024-7"])
def test_a_day_that_may_be_another_is_not_guessed(typed: str) -> None:
    with pytest.raises(UserError, match="读不懂"):
        data.from_data({"project": {"cutoff": typed}})

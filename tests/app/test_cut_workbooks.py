"""Each sheet, table, column, header and named cell deleted, renamed, moved, protected or hidden in turn: told first, rightly,
by every command, with its exit code; nothing is written over, and nothing that was only moved about is missed."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from support import cut

from perfmon_xl import cli
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.layout.schema import Table

_HELPERS = ("填报说明", "规则参数", "列表")  # sheets that hold no entry


class Damage(NamedTuple):
    """What was done; what must be named because entries went with it; what else must be named; how the file is made."""

    title: str
    gone: tuple[str, ...]
    lost: tuple[str, ...]
    make: Callable[[bytes], bytes]


def _deleted_sheet(name: str) -> Damage:
    blocks = next((s.blocks for s in layout.SHEETS if s.name == name), ())
    gone = tuple(b.title for b in blocks if b.record)
    lost = tuple(b.title for b in blocks if isinstance(b, Table) and not b.record and not b.later)
    return Damage(f"{name} 删去", gone, lost, lambda data: cut.without_sheet(data, name))


def _sheets() -> Iterator[Damage]:
    for name in (*_HELPERS, *(s.name for s in layout.SHEETS)):
        yield _deleted_sheet(name)
        yield Damage(f"{name} 改名", (), (), lambda d, n=name: cut.renamed_sheet(d, n, f"我的{n[:9]}"))
        yield Damage(f"{name} 移到最前", (), (), lambda d, n=name: cut.moved_sheet(d, n, 0))
        yield Damage(f"{name} 保护", (), (), lambda d, n=name: cut.protected_sheet(d, n))
        yield Damage(f"{name} 隐藏", (), (), lambda d, n=name: cut.hidden_sheet(d, n))


def _tables() -> Iterator[Damage]:
    for _, table in layout.tables():
        name = table.name
        gone = (table.title,) if table.record else ()
        lost = (table.title,) if not table.record and not table.later else ()
        yield Damage(f"{name} 转成区域", gone, lost, lambda d, n=name: cut.without_table(d, n))
        # A table that only computes has nothing to know it by but its name.
        known = table.record or table.later or any(not c.computed for c in table.columns)
        unknown = () if known else (table.title,)
        yield Damage(f"{name} 表改名", (), unknown, lambda d, n=name: cut.renamed_table(d, n, f"我的{n}"))
        for column in table.columns:
            header = column.header
            entered = not column.computed and not column.later
            told = () if column.computed else (header,)
            gone, lost = (told, ()) if table.record and entered else ((), told)
            if not column.hidden or not column.computed:
                yield Damage(
                    f"{name}.{header} 删列",
                    gone,
                    lost,
                    lambda d, n=name, h=header: cut.without_column(d, n, h),
                )
                yield Damage(
                    f"{name}.{header} 改表头",
                    gone,
                    lost,
                    lambda d, n=name, h=header: cut.renamed_header(d, n, h, "我自己叫的"),
                )


def _names() -> Iterator[Damage]:
    for _, form in layout.forms():
        for cell in form.cells:
            told = () if cell.computed else (cell.label,)
            gone, lost = (told, ()) if form.record and not cell.later else ((), told)
            yield Damage(f"名称 {cell.name} 删去", gone, lost, lambda d, n=cell.name: cut.without_name(d, n))


EVERY = [*_sheets(), *_tables(), *_names()]
# One of each kind, for every day; the rest with --long.
DAILY = (
    "表4 目标对比表 删去", "项目信息 删去", "检查结果 删去", "看板 删去", "资金 改名", "表1 绩效目标申报表 移到最前", "指标分析 保护",
    "目标对比表 转成区域", "分解目标调整表 表改名", "目标对比表.实际完成的绩效目标值 改表头", "目标对比表.完成率 删列",
    "检查结果表.处理意见 改表头", "名称 实施单位 删去", "目标对比表.核定 删列",
)  # fmt: skip


def ran(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert "程序出" not in out + err and "Traceback" not in err, (arguments, out, err)
    return code, out, err


def counted(said: str) -> Counter[tuple[str, str]]:
    """Findings by code and values: where they stand may have changed."""
    found = json.loads(said)["findings"]
    return Counter((f["code"], json.dumps(f["values"], ensure_ascii=False, sort_keys=True)) for f in found)


def dangling(book: Path) -> set[str]:
    """Formulas that refer to a table or a column that the workbook does not have: Excel would not open it."""
    with zipfile.ZipFile(book) as package:
        texts = {n: package.read(n).decode() for n in package.namelist() if n.endswith(".xml")}
    headers: dict[str, set[str]] = {}
    for part, text in texts.items():
        if part.startswith("xl/tables/"):
            name = re.search(r'displayName="([^"]+)"', text)
            assert name is not None
            headers[name[1]] = set(re.findall(r'<tableColumn [^>]*?\bname="([^"]+)"', text))
    wrong = set()
    for part, text in texts.items():
        if not part.startswith("xl/worksheets/"):
            continue
        for formula in re.findall(r"<f[^>]*>([^<]+)</f>", text):
            for table, inner in re.findall(r"([^\W\d]\w*)\[((?:\[[^\]]*\],?)*[^\]\[]*)\]", formula):
                used = [h for h in re.findall(r"\[([^\[\]]+)\]", inner) or [inner] if not h.startswith("#")]
                if table not in headers or not set(used) <= headers[table]:
                    wrong.add(f"{table}[{inner}]")
    return wrong


@pytest.fixture(scope="module")
def whole(demo_folder: Path) -> bytes:
    return (demo_folder / "示例项目.xlsx").read_bytes()


@pytest.mark.parametrize(
    "damage",
    [pytest.param(d, id=d.title, marks=() if d.title in DAILY else pytest.mark.long) for d in EVERY],
)
def test_what_is_gone_is_told_first_and_what_is_there_is_kept(
    damage: Damage, whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "项目.xlsx"
    data = damage.make(whole)
    book.write_bytes(data)
    following, report = tmp_path / "下期.xlsx", tmp_path / "报告.docx"
    commands = {
        "fill": ("fill", book),
        "report": ("report", book, "--draft", "-o", report),
        "form": ("form", book, "-o", tmp_path / "表.xlsx"),
        "rollover": ("new", following, "--from", book, "--period", "2023-12"),
    }
    code, out, _ = ran(capsys, "check", book)
    assert code == 1
    if damage.gone:
        first, *others = re.findall(r"^第 \d+ 项", out, re.M)
        assert first and not others, out  # nothing is accused of what is not there
        assert all(name in out for name in damage.gone), out
        assert out.index("没有找到") < 100
        for command, arguments in {**commands, "write": ("check", book, "--write")}.items():
            code, out, err = ran(capsys, *arguments)
            assert code == 2 and not out, (command, out)
            assert err.startswith("工作簿里少了") and damage.gone[0] in err, (command, err)
            assert [p.name for p in tmp_path.iterdir()] == [book.name] and book.read_bytes() == data, command
        code, out, err = ran(capsys, "export", book)
        assert code == 1 and err.startswith("工作簿里少了") and json.loads(out)
        return

    code, out, _ = ran(capsys, "check", book, "--all")
    assert all(name in out for name in damage.lost), out
    code, out, err = ran(capsys, "export", book)
    assert code == (1 if damage.lost else 0) and all(name in err for name in damage.lost)
    assert code or not err
    kept = out
    for command, arguments in commands.items():
        code, out, err = ran(capsys, *arguments)
        assert code == 0, (command, out, err)
        assert all(name in out for name in damage.lost), (command, out)
    assert report.exists() and following.exists()
    assert not dangling(book)
    _, out, _ = ran(capsys, "export", book)
    for record, rows in json.loads(kept).items():  # what was there before is there after
        for row, now in zip(rows, json.loads(out)[record], strict=False) if isinstance(rows, list) else ():
            assert {
                k: v for k, v in row.items() if k not in ("text", "draft")
            }.items() <= now.items() or "带来" in str(now)
    if "检查结果" not in damage.title:
        code, out, err = ran(capsys, "check", book, "--write")
        assert code == 1 and "写进" in out, (out, err)
        assert not dangling(book)


@pytest.mark.parametrize(
    "damage", [d for d in EVERY if not d.gone and not d.lost and d.title in DAILY], ids=lambda d: d.title
)
def test_moved_about_it_is_judged_as_before(
    damage: Damage, whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, other = tmp_path / "项目.xlsx", tmp_path / "原样.xlsx"
    book.write_bytes(damage.make(whole))
    other.write_bytes(whole)
    _, now, _ = ran(capsys, "check", book, "--format", "json")
    _, before, _ = ran(capsys, "check", other, "--format", "json")
    assert counted(now) == counted(before)


def test_findings_without_their_sheet_are_not_said_to_be_written(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "项目.xlsx"
    for damaged in (
        cut.without_sheet(whole, "检查结果"),
        cut.renamed_header(whole, "检查结果表", "处理意见", "意见"),
        cut.without_table(whole, "检查结果表"),
    ):
        book.write_bytes(damaged)
        code, out, err = ran(capsys, "check", book, "--write")
        assert code == 2 and "没有地方写" in err and not out
        assert book.read_bytes() == damaged

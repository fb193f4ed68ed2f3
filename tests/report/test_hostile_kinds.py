"""The kinds of hostile template again, in other clothes: pictures that are none, two answers, links that hide, tracked codes.

Each line of a table is one attack; the door is the same for all. `tests/attacks/README.md` says which test keeps which kind.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report.test_safety import OFFICE, RELS, TEMPLATE, TYPES, part, related, with_body, with_text, zipped

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import make_report
from perfmon_xl.report.template.compiled import compile_template
from perfmon_xl.report.template.package import check_template, checked_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DDE = f'<w:hdr xmlns:w="{W}"><w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p></w:hdr>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))


def refusal(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "模板.docx"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        checked_package(path)
    assert (caught.value.hint and "没有使用" in str(caught.value)) or "损坏" in str(caught.value)
    return str(caught.value)


def typed(types: dict[str, str]) -> bytes:
    more = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in types.items())
    return part(TYPES).replace(b"</Types>", more.encode() + b"</Types>")


def with_part(name: str, data: bytes, kind: str, relation: str) -> bytes:
    """模板加上一个部分，和通向它的关系。"""
    one = f'<Relationship Id="rIdX" Type="{OFFICE}/{relation}" Target="/{name}"/></Relationships>'
    return rewritten(
        TEMPLATE,
        {
            TYPES: typed({"/" + name: kind}),
            RELS: part(RELS).replace(b"</Relationships>", one.encode()),
            name: data,
        },
    )


def picture(data: bytes, ending: str = "png", kind: str = "image/png", relation: str = "image") -> bytes:
    return with_part(f"word/media/a.{ending}", data, kind, relation)


def svg(inside: str, more: str = "") -> bytes:
    xml = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {more}>{inside}</svg>'
    return picture(xml.encode(), "svg", "image/svg+xml")


def runs(*pieces: str) -> bytes:
    return with_body(f"<w:p>{''.join(pieces)}</w:p>")


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def inserted(inside: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{inside}</w:ins>'


def deleted(inside: str) -> str:
    return f'<w:del w:id="1" w:author="a">{inside}</w:del>'


def alternative(choice: str, fallback: str) -> str:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="w14">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>'


@pytest.mark.parametrize(
    "data",
    [
        picture(b"MZ" + bytes(300)),
        picture(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Attribut VBA"),
        picture(b"<html><script>1</script></html>", "gif", "image/gif"),
        picture(b"PK\3\4" + bytes(40), "emf", "image/x-emf"),
        picture(DDE.encode(), relation="header"),
        picture(DDE.encode("utf-16"), "jpeg", "image/jpeg", "header"),
        picture(b""),
    ],
)  # fmt: skip
def test_a_picture_is_a_picture(data: bytes, tmp_path: Path) -> None:
    assert "不是图片" in refusal(data, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        picture(PNG),
        picture(b"\xff\xd8\xff\xe0", "jpg", "image/jpeg"),
        picture(b"GIF89a", "gif", "image/gif"),
        picture(b"\1\0\0\0" + bytes(36) + b" EMF", "emf", "image/x-emf"),
        picture(b"\xd7\xcd\xc6\x9a", "wmf", "image/x-wmf"),
        svg('<path d="M0 0"/><use xlink:href="#a"/><rect fill="url(#g)"/><image xlink:href="data:image/png;base64,AA"/>'),
    ],
)  # fmt: skip
def test_real_pictures_pass(data: bytes) -> None:
    check_template(data, "模板.docx")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (svg("<script>1</script>"), "脚本"),
        (svg("<a/>", 'onload="x()"'), "宏"),
        (svg('<set onbegin="x()"/>'), "宏"),
        (svg("<foreignObject/>"), "脚本"),
        (svg('<image xlink:href="http://e/a.png"/>'), "文件以外"),
        (svg('<use href="//e/a.svg#x"/>'), "文件以外"),
        (svg('<image href="data:text/html,x"/>'), "文件以外"),
        (svg("<style>@import 'http://e/a.css';</style>"), "文件以外"),
        (svg('<rect fill="url(http://e/a#x)"/>'), "文件以外"),
        (svg("<rect style=\"background:URL( '//e/a')\"/>"), "文件以外"),
        (svg("<g/>", 'xml:base="http://e/"'), "文件以外"),
    ],
)
def test_a_drawing_only_draws(data: bytes, says: str, tmp_path: Path) -> None:
    assert says in refusal(data, tmp_path)


@pytest.mark.parametrize(
    "target",
    [
        "http://bank.example@evil.example/",
        "http:///c:/x.exe",
        "https://\\\\e\\x.exe",
        "http://e@80/share/x.exe",
        "http:ms-msdt:/id",
        "mailto:a@b.c?attach=c:/x",
        "mailto:a@b.c?subject=x&amp;attachment=//e/x",
        "java&#9;script:x",
        "search-ms:query=x",
        "ms-word:ofe|u|http://e/x.docm",
        "\u200bfile:///c:/x",
        "calc.exe",
        "https://",
    ],
)
def test_a_link_names_a_host_and_no_more(target: str, tmp_path: Path) -> None:
    assert "链接" in refusal(related("hyperlink", target), tmp_path)


@pytest.mark.parametrize(
    "target",
    [
        "https://www.例子.cn/a?b=c#d", "HTTP://10.0.0.1:8080", "http://[::1]/", "http://主机/路径/文件.docx",
        "mailto:zhang@example.com?subject=监控&amp;cc=a@b.c", "http://e.example./", "https://a-b_c.example?x=\\y",
    ],
)  # fmt: skip
def test_links_to_pages_and_mailboxes_pass(target: str) -> None:
    check_template(related("hyperlink", target), "模板.docx")


@pytest.mark.parametrize(
    "data",
    [
        # accepted, it is another code than it seems
        runs(BEGIN, deleted("<w:r><w:delInstrText>PAGE </w:delInstrText></w:r>"), code("DDEAUTO cmd"), END),
        runs(BEGIN, inserted(code("PAGE ")), code("DDEAUTO cmd"), END),
        runs(BEGIN, code("PAGE"), inserted(SEPARATE), code("\\* x"), deleted(END), inserted(END), BEGIN, inserted(code("DATE ")), code("LINK x"), END),
        runs(deleted(BEGIN + code(" PAGE ") + SEPARATE), code("DDEAUTO cmd"), END),
        # one program takes the choice, another the fallback
        runs(BEGIN, alternative(code("PAGE "), ""), code("DDEAUTO cmd"), END),
        runs(BEGIN, alternative("", code("PAGE ")), code("INCLUDETEXT x"), END),
        runs(BEGIN, alternative(inserted(code("PAGE ")), code("PAGE ")), code("DDEAUTO cmd"), END),
        # text between the codes counts for one program and not for another
        runs(BEGIN, '<w:r><m:t xmlns:m="urn:m">PAGE </m:t></w:r>', code("DDEAUTO cmd"), END),
        runs(BEGIN, "<w:r><w:t>PAGE </w:t></w:r>", code("DDEAUTO cmd"), END),
    ],
)  # fmt: skip
def test_a_code_is_sound_in_every_reading(data: bytes, tmp_path: Path) -> None:
    assert "不能用的域" in refusal(data, tmp_path)


def test_a_tracked_page_number_passes() -> None:
    check_template(
        runs(
            inserted(BEGIN + code(" PAGE ") + SEPARATE + END), deleted("<w:r><w:delText>1</w:delText></w:r>")
        ),
        "模板.docx",
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (runs('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="X"/></w:ffData></w:fldChar></w:r>', code("FORMTEXT"), END), "宏"),
        (with_body('<w:p><a:hlinkClick xmlns:a="urn:a" action="ppaction://program"/></w:p>'), "宏"),
        (with_body('<w:p><x:webVideoPr xmlns:x="urn:x" embeddedHtml="&lt;iframe/&gt;"/></w:p>'), "联机视频"),
        (with_body('<w:p><v:imagedata xmlns:v="urn:v" src="beside.png"/></w:p>'), "文件以外"),
        (with_body('<w:p><w:hyperlink w:docLocation="file:///c:/x"/></w:p>'), "文件以外"),
        (with_body('<w:p><v:shape xmlns:v="urn:v" href="ｆile:///c:/x"/></w:p>'), "链接"),
        (with_part("word/webSettings9.xml", f'<w:webSettings xmlns:w="{W}"><w:frameset/></w:webSettings>'.encode(), WORD + "webSettings+xml", "webSettings"), "框架"),
        (rewritten(TEMPLATE, {"word/settings.xml": part("word/settings.xml").replace(b"</w:settings>", b"<w:saveThroughXslt/></w:settings>")}), "XSLT"),
        (rewritten(TEMPLATE, {"word/settings.xml": re.sub(rb"(<w:settings)", rb'<?xml-stylesheet href="http://e/x.xsl"?>\1', part("word/settings.xml"), count=1)}), "用不着"),
    ],
)  # fmt: skip
def test_what_runs_or_fetches_under_another_name(data: bytes, says: str, tmp_path: Path) -> None:
    assert says in refusal(data, tmp_path)


def _twice(name: str, one: str, other: str) -> bytes:
    types = typed({name: one}).replace(
        b"</Types>", f'<Override PartName="{name.upper()}" ContentType="{other}"/></Types>'.encode()
    )
    return rewritten(TEMPLATE, {TYPES: types, name[1:]: DDE.encode()})


@pytest.mark.parametrize(
    "data",
    [
        _twice("/word/x.xml", WORD + "header+xml", "image/png"),
        _twice("/word/y.xml", "application/xml", WORD + "header+xml"),
        rewritten(TEMPLATE, {TYPES: part(TYPES).replace(b"</Types>", b'<Default Extension="XML" ContentType="image/png"/></Types>')}),
        zipped(lambda z: z.writestr("word\\_rels\\settings.xml.rels", "<Relationships/>")),
        zipped(lambda z: z.writestr("word/_ｒels/settings.xml.rels", "<Relationships/>")),
        zipped(lambda z: z.writestr("word/settings.xml.rels", "<Relationships/>")),
    ],
)  # fmt: skip
def test_a_part_has_one_answer(data: bytes, tmp_path: Path) -> None:
    refusal(data, tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{# {{ 项目.名称 #} }}", "没有配成对"),
        ("{{ 项目.名称 {# }} #}", "没有配成对"),
        ("{% if 1 %}甲{% endif %} %}", "没有配成对"),
    ],
)
def test_a_brace_that_would_stay_is_told(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        compile_template("模板", with_text(text))


@pytest.mark.parametrize("text", ["{{ 1e400 }}", "{{ -1e999 }}", "{{ 1e400 ~ '' }}"])
@pytest.mark.parametrize("engine", [False, True])
@pytest.mark.slow
def test_a_number_without_end_is_told(text: str, engine: bool, tmp_path: Path, example: Monitoring) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(with_text(text))
    with pytest.raises(UserError, match="数太大"):
        make_report(figures_of(example, get("")), template=str(path), by_docxtpl=engine)

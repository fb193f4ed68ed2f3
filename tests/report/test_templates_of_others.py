"""Templates that clerks and other programs make: what they mean is done, or refused in words; never Python's writing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report.test_safety import DOCUMENT, TEMPLATE, part, with_body, with_text

from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.policy import get
from perfmon_xl.report.make_report import write_report
from perfmon_xl.report.pages.paginate import estimated_pages
from perfmon_xl.report.template.compiled import compile_template, shown_text

STYLES = "word/styles.xml"
NOTES = '<w:{0}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{1}</w:{0}s>'


def refused(data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        compile_template("模板", data)
    return caught.value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        # what is no text would be printed as Python writes it
        ("{{ 合并 }}", "合并 不是一个值"),
        ("{{ 合并|string }}", "合并 不是一个值"),
        ("{{ [合并]|join }}", "合并 不是一个值"),
        ("{{ loop }}", "loop 只能写在"),
        ("{% for 行 in 表4 %}{{ loop }}{% endfor %}", "loop 不是一个值"),
        ("{% for 行 in 表4 %}{{ loop.previtem }}{% endfor %}", "没有“loop.previtem”"),
        ("{% for 行 in 表4 %}{{ loop.first }}{% endfor %}", "“是不是”不能写出来"),
        ("{{ 项目|string }}", "“项目”是一组名称"),
        ("{{ 项目 ~ '' }}", "“项目”是一组名称"),
        ("{{ 无.甲|default(项目) }}", "没有“无”"),
        ("{{ 项目.名称|default(项目) }}", "“项目”是一组名称"),
        ("{{ '甲' if 项目.名称 else 资金 }}", "“资金”是一组名称"),
        ("{{ 项目.依据 or 表4 }}", "“表4”是多项"),
        ("{{ [表4] }}", "是多项"),
        ("{{ (表4, 表4) }}", "是多项"),
        ("{{ 表4|join('、') }}", "是一组名称"),
        ("{{ 项目.名称|list }}", "是多项"),
        ("{{ 项目.年度 == '2024' }}", "“是不是”不能写出来"),
        ("{{ none }}", "“是不是”不能写出来"),
        ("{{ 表4|join('、', '__class__') }}", "没有“__class__”这一栏"),
        ("{{ '\\ue000' }}", "不能放进文档"),
        ("\ue000甲\ue001", "记号字符"),
        ("{{ 表4|join('、', '没有的') }}", "没有“没有的”这一栏"),
        ("{{ 项目['名称'] }}", "不能用 ['名称']"),
        ("{% set 合并 = '甲' %}", "“合并”是程序用的"),
        # what the parser or Python itself chokes on
        ("{% autoescape true %}{{ 项目.名称 }}{% endautoescape %}", "模板里不能用"),
        ("{{ '\\ud800' }}", "不能放进文档"),
        ("{{ " + "9" * 5000 + " }}", "不能读"),
        ("{% if 1 %}" * 120 + "甲" + "{% endif %}" * 120, "套得太深"),
        ("{% for 甲 in 表4 %}" * 30 + "乙" + "{% endfor %}" * 30, "套得太深"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "太"),
        # braces that only look like a tag's
        ("{｛ 项目.名称 }｝", "看着像标签"),
        ("｛｛项目.名称｝｝", "看着像标签"),
        ("{ { 项目.名称 } }", "看着像标签"),
        ("{\u200b{ 项目.名称 }\u200b}", "看着像标签"),
        ("﹛﹛ 项目.名称 ﹜﹜", "看着像标签"),
        ("{％ if 1 ％}", "看着像标签"),
    ],
)
def test_refused_in_chinese_with_its_place(text: str, says: str) -> None:
    error = refused(with_text(text))
    assert says in error.message and error.hint
    assert "object" not in error.message and "function" not in error.message


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "{{ 表4|join('、', '三级指标') }}",
        "{% for 行 in 表4 %}{{ loop.index }}/{{ loop.length }}{% if not loop.last %}；{% endif %}{% endfor %}",
        "{{ '有' if 项目.依据 == '' else '无' }}",
        "{{ 项目.背景|join('；') }}{{ 项目.名称|upper }}{{ (项目.名称|list)|join('·') }}",
        "{{ 项目.名称|default('无') }}{{ 项目.名称 ~ '（试）' }}{{ 项目.名称|reverse }}",
        "占比（{50%）见附件 #）",
    ],
)
def test_what_is_text_is_printed(text: str, example: Monitoring, tmp_path: Path) -> None:
    path = tmp_path / "自己的.docx"
    path.write_bytes(with_text(text))
    assert write_report(figures_of(example, get()), template=str(path), pages="none").startswith(b"PK")


@pytest.mark.parametrize("value", [None, True, [], object(), len])
def test_whatever_gets_through_is_not_printed_either(value: object) -> None:
    with pytest.raises(TypeError):
        shown_text(value)


@pytest.mark.slow
def test_faults_while_rendering_are_told_in_chinese(example: Monitoring, tmp_path: Path) -> None:
    path = tmp_path / "自己的.docx"
    for text in ("{{ (1e308 + 1e308)|int }}", "{{ 'a' + 1 }}", "{{ 表4[999].三级指标 }}"):
        path.write_bytes(with_text(text))
        with pytest.raises(UserError) as caught:
            write_report(figures_of(example, get()), template=str(path), pages="none")
        assert "套不上数据" in caught.value.message
        assert not re.search(r"[a-z]{4,} [a-z]{2,}", caught.value.message), caught.value.message


# --- tags where nothing is filled in -----------------------------------------------------------------


@pytest.mark.parametrize(("kind", "called"), [("footnote", "脚注"), ("endnote", "尾注")])
def test_a_tag_in_a_note_is_refused(kind: str, called: str) -> None:
    note = NOTES.format(
        kind,
        f"<w:{kind}><w:p><w:r><w:t>见{{</w:t></w:r><w:r><w:t>{{ 项目.名称 }}}}</w:t></w:r></w:p></w:{kind}>",
    )
    error = refused(rewritten(TEMPLATE, {f"word/{kind}s.xml": note.encode()}))
    assert f"{called}里有标签 {{{{ 项目.名称 }}}}" in error.message


def test_a_tag_in_the_title_of_a_chart_or_in_a_header_elsewhere_is_refused() -> None:
    chart = '<c:c xmlns:c="urn:c" xmlns:a="urn:a"><a:p><a:r><a:t>{{ 项目.名称 }}</a:t></a:r></a:p></c:c>'
    assert "图表里有标签" in refused(rewritten(TEMPLATE, {"word/charts/chart9.xml": chart.encode()})).message
    header = NOTES.format("hdr", "<w:p><w:r><w:t>{% if 1 %}</w:t></w:r></w:p>")
    assert "里有标签" in refused(rewritten(TEMPLATE, {"word/custom/h.xml": header.encode()})).message


@pytest.mark.parametrize("tag", ["{{ 项目.名称 }}", "{% if 1 %}甲{% endif %}"])
def test_a_tag_in_a_tracked_deletion_is_refused(tag: str) -> None:
    deleted = f'<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>{tag}</w:delText></w:r></w:del></w:p>'
    assert "修订删掉的文字里" in refused(with_body(deleted)).message


# --- other programs' styles and content controls -----------------------------------------------------


def _without_default_name(data: bytes) -> bytes:
    return data.replace(b'w:val="Normal"', 'w:val="正文"'.encode())


def _without_paragraph_styles(data: bytes) -> bytes:
    return re.sub(rb"<w:style w:type.*?</w:style>", b"", data)


def _with_odd_numbers(data: bytes) -> bytes:
    return re.sub(rb'<w:sz w:val="\d+"/>', b'<w:sz w:val="auto"/>', data).replace(
        b'w:line="560"', b'w:line="1e999"'
    )


@pytest.mark.parametrize("change", [_without_default_name, _without_paragraph_styles, _with_odd_numbers])
def test_pages_are_estimated_without_a_style_named_normal(change: object) -> None:
    assert callable(change)
    data = rewritten(TEMPLATE, {STYLES: change(part(STYLES))})
    template = compile_template("模板", data)
    estimated_pages(template, part(DOCUMENT, data).decode().partition("?>")[2])


@pytest.mark.parametrize("prefix", ["w", "w15"])
def test_a_filled_content_control_is_no_longer_bound(prefix: str) -> None:
    control = (
        '<w:sdt xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w:sdtPr><w:showingPlcHdr/>'
        f'<{prefix}:dataBinding w:xpath="/a" w:storeItemID="{{{{1}}}}"/></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    filled = compile_template("模板", with_body(control.format("{{ 项目.名称 }}")))
    assert "dataBinding" not in filled.sources[DOCUMENT] and b"dataBinding" not in part(
        DOCUMENT, filled.package
    )
    assert "showingPlcHdr" not in filled.sources[DOCUMENT]
    left = compile_template("模板", with_body(control.format("报告编号")))
    assert "dataBinding" in left.sources[DOCUMENT]

"""Our compiled template against docxtpl's own render: the same text in the same structure, from the same template.

Where we differ on purpose, the last tests say so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree
from support.district import outcomes, summary_of

from perfmon_xl import app
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.report.docxtpl_render import render_by_docxtpl, without_charts
from perfmon_xl.report.make_report import DEFAULT_TEMPLATE, SUMMARY_TEMPLATE, find_template
from perfmon_xl.report.render import render
from perfmon_xl.report.summary.compose import compose_summary
from perfmon_xl.report.summary.context import 汇总报告
from perfmon_xl.report.template.compiled import compile_template, load_template, merged, top_names
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.report.wording.context import 报告

DOCUMENT, HEADER = "word/document.xml", "word/footer1.xml"
TEMPLATE = find_template(DEFAULT_TEMPLATE).read_bytes()
NAMESPACES = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def p(*runs: str, style: str = "") -> str:
    """一段；一截文字一个 run。"""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(map(r, runs))}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def tbl(*rows: tuple[str, ...]) -> str:
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    grid = '<w:gridCol w:w="2000"/>' * max(map(len, rows))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def box(inside: str) -> str:
    """文本框，旧的（VML）写法。"""
    return (
        f'<w:p><w:r><w:pict><v:shape {NAMESPACES} style="width:200pt;height:50pt"><v:textbox><w:txbxContent>'
        f"{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def drawn_box(inside: str) -> str:
    """文本框，新的（DrawingML）写法。"""
    return (
        f'<w:p><w:r><w:drawing><wp:inline {NAMESPACES}><wp:extent cx="100" cy="100"/><wp:docPr id="9" name="框"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def control(inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="控件"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


ROWS = tbl(
    (tc(p("指标")), tc(p("实际")), tc(p("预警"))),
    (tc(p("{%tr for 行 in 表4 %}")), tc(p("")), tc(p(""))),
    (
        tc(p("{{ 行.三级指标 }}")),
        tc(p("{{ 行.实际值 }}")),
        tc(p("{% if 行.预警 == '红' %}红灯{% else %}{{ 行.预警 or '—' }}{% endif %}")),
    ),
    (tc(p("{%tr endfor %}")), tc(p("")), tc(p(""))),
)
SHAPES: dict[str, str] = {
    "one tag": p("项目：{{ 项目.名称 }}"),
    "a tag split over runs": p("项目：{", "{ 项目", ".名", "称 }", "}。"),
    "runs of different looks": "<w:p>"
    + r("{{ 项目.年度 }}", "<w:rPr><w:b/></w:rPr>")
    + r("年 {{ 项目.")
    + r("期间 }}", "<w:rPr><w:i/></w:rPr>")
    + "</w:p>",
    "spelling marks between runs": '<w:p><w:proofErr w:type="spellStart"/>'
    + r("{{ 项目")
    + '<w:proofErr w:type="spellEnd"/>'
    + r(".名称 }}")
    + "</w:p>",
    "paragraphs in a loop": p("{%p for 项 in 进展 %}")
    + p("{{ 项.序号 }}{{ 项.事项 }}", style="Heading2")
    + p("{{ 项.情况 }}")
    + p("{%p endfor %}"),
    "rows in a loop": ROWS,
    "conditions in conditions": p("{%p if 表4 %}")
    + p("{%p if 进展 %}")
    + p(
        "{% if 项目.规则集 %}有{% else %}无{% endif %}规则集{% if 项目.年度 != '1999' and not 项目.征求意见稿 == '' %}，草稿{% endif %}"
    )
    + p("{%p else %}")
    + p("没有进展")
    + p("{%p endif %}")
    + p("{%p endif %}"),
    "a loop in a loop": p("{%p for 组 in 产出 %}")
    + p("{{ 组.标题 }}")
    + p("{%p for 段 in 组.指标 %}")
    + p("{{ loop.index }}．{{ 段.标题 }}：{{ 段.段落|join('／') }}")
    + p("{%p endfor %}")
    + p("{%p endfor %}"),
    "a text box": box(p("{{ 项目.主管部门 }}")),
    "a drawn text box": drawn_box(p("{", "{ 项目.实施单位 }}")),
    "a content control": control(p("{{ 项目.报告日期 }}")) + p(""),
    "a control within a line": "<w:p>"
    + r("截至")
    + control(r("{{ 项目.监控截止日期 }}"))
    + r("止。")
    + "</w:p>",
    "rows within a control": control(ROWS) + p(""),
    "a table in a cell": tbl((tc(ROWS, p("")), tc(p("{{ 资金.执行率 }}")))),
    "a cell in a merged column": tbl(
        (tc(p("{%tr for 行 in 表4 %}")), tc(p(""))),
        (tc(p("{{ 合并(行.一级指标, 行.一级合并) }}")), tc(p("{{ 行.三级指标 }}"))),
        (tc(p("{%tr endfor %}")), tc(p(""))),
    ),
    "columns side by side": tbl(
        (tc(p("{%tc for 项 in 进展 %}")), tc(p("{{ 项.事项 }}")), tc(p("{%tc endfor %}")))
    ),
    "typographic quotes": p("{{ ‘甲’ ~ “乙” }}{% if 项目.年度 == “2023” %}是{% else %}否{% endif %}"),
    "filters and set": p(
        "{% set 名 = 项目.名称 %}{{ 名|length }}字，{{ 名|replace('项目', '工程') }}，{{ 表4|length }}个"
    )
    + p("{{ 表4[0].三级指标 }}至{{ (表4|last).三级指标 }}"),
    "blanks taken away": p("甲 {%- if 表4 -%} 乙 {%- endif -%} 丙"),
    "a comment": p("前{# 给写模板的人看的 #}后"),
    "a list style and bold words": '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    + r("{{ 资金.使用 }}", "<w:rPr><w:b/></w:rPr>")
    + "</w:p>",
    "an inserted run": f'<w:p><w:ins w:id="5" w:author="某人">{r("{{ 项目.名称 }}")}</w:ins></w:p>',
    "a link": f'<w:p><w:hyperlink w:anchor="x">{r("见 {{ 项目.名称 }}")}</w:hyperlink></w:p>',
    "a bookmark in the tag": "<w:p>"
    + r("{{ 项目")
    + '<w:bookmarkStart w:id="7" w:name="b"/><w:bookmarkEnd w:id="7"/>'
    + r(".名称 }}")
    + "</w:p>",
}


def user_template(body: str, footer: str = "") -> bytes:
    """产品模板的壳，正文换成 body；footer 加进页脚。"""
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as package:
        document, page = package.read(DOCUMENT).decode(), package.read(HEADER).decode()
    head, _, rest = document.partition("<w:body>")
    section = rest[rest.rindex("<w:sectPr") :]
    parts = {DOCUMENT: f"{head}<w:body>{body}{section}".encode()}
    if footer:
        parts[HEADER] = re.sub(r"(</w:ftr>)", footer.replace("\\", "") + r"\1", page).encode()
    return rewritten(TEMPLATE, parts)


def by_docxtpl(package: bytes, context: 报告 | 汇总报告, *, autoescape: bool = True) -> bytes:
    """docxtpl 自己的 render，没有一样是我们的；合并(…) 是它的一个函数。"""
    document = DocxTemplate(io.BytesIO(package))
    jinja = Environment()
    jinja.globals["合并"] = merged
    document.render(dict(top_names(context)), jinja_env=jinja, autoescape=autoescape)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


Line = tuple[int, str, str]  # how deep, what, its text


def structure(docx: bytes) -> dict[str, list[Line]]:
    """每个部分：段落、表、行、格、控件、文本框的先后和套法，和里面的文字；同一段里接着的几截文字接起来。

    纵向合并不在内：合并(…) 在 docxtpl 那里只是一个函数。
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        names = [n for n in package.namelist() if re.match(r"word/(document|header\d*|footer\d*)\.xml", n)]
        return {name: _joined(_lines(etree.fromstring(package.read(name)), 0)) for name in sorted(names)}


_BLOCKS = {"p", "tbl", "tr", "tc", "sdt", "txbxContent", "hyperlink", "ins", "sectPr"}
_TEXTS = {"tab": "\t", "br": "\n"}


def _lines(element: etree._Element, depth: int) -> Iterator[Line]:
    name = etree.QName(element).localname
    if name in _BLOCKS:
        yield depth, name, ""
        depth += 1
    elif name == "t":
        yield depth, "text", element.text or ""
    elif (
        name in _TEXTS
        and (parent := element.getparent()) is not None
        and etree.QName(parent).localname == "r"
    ):
        yield depth, "text", _TEXTS[name]
    for child in element:
        yield from _lines(child, depth)


def _joined(lines: Iterator[Line]) -> list[Line]:
    out: list[Line] = []
    for depth, name, text in lines:
        if name == "text" and out and out[-1][:2] == (depth, "text"):
            out[-1] = depth, name, out[-1][2] + text
        else:
            out.append((depth, name, text))
    return [line for line in out if line[1:] != ("text", "")]


def text_of(docx: bytes) -> str:
    return "".join(text for lines in structure(docx).values() for _, _, text in lines)


@pytest.fixture(scope="module")
def context(example: Monitoring) -> 报告:
    """示例的名称，没有图；里面有 XML 的符号、换行和制表符。"""
    odd = replace(example, project=replace(example.project, department="农业 & 水利 <局> \"甲\" '乙'"))
    made = without_charts(compose(figures_of(odd, app.rules_of(odd)), draft=True))
    assert isinstance(made, 报告)
    return replace(made, 资金=replace(made.资金, 使用="一行\n二行\t制表 & < > 三行"))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_template_as_users_make_them(shape: str, context: 报告) -> None:
    package = user_template(shape)
    ours = render(compile_template("自己的", package), context, pages="none")
    theirs = by_docxtpl(package, context)
    assert structure(ours) == structure(theirs)
    assert "{{" not in text_of(ours) and "{%" not in text_of(ours)


def test_a_tag_in_the_footer(context: 报告) -> None:
    package = user_template(p("正文 {{ 项目.名称 }}"), p("页脚 {", "{ 项目.主管部门 }}"))
    ours, theirs = (
        render(compile_template("自己的", package), context, pages="none"),
        by_docxtpl(package, context),
    )
    assert structure(ours) == structure(theirs)
    assert "页脚 农业 & 水利 <局>" in text_of(ours)


def test_the_products_own_template(example: Monitoring) -> None:
    names = without_charts(compose(figures_of(example, app.rules_of(example)), draft=True))
    path = find_template(DEFAULT_TEMPLATE)
    ours = render(load_template(path), names, pages="estimate")
    assert structure(ours) == structure(render_by_docxtpl(load_template(path), names, pages="estimate"))


@pytest.mark.slow
def test_the_summarys_template(tmp_path: Path) -> None:
    names = without_charts(compose_summary(summary_of(outcomes(8)), name="全区"))
    template = load_template(find_template(SUMMARY_TEMPLATE), 汇总报告)
    ours = render(template, names, pages="estimate")
    assert structure(ours) == structure(render_by_docxtpl(template, names, pages="estimate"))


# --- where we differ on purpose ----------------------------------------------------------------------


def test_without_escaping_docxtpl_loses_text_and_we_cannot(context: 报告) -> None:
    package = user_template(p("{{ 项目.主管部门 }}"))
    assert "农业 & 水利 <局>" not in text_of(by_docxtpl(package, context, autoescape=False))
    assert "农业 & 水利 <局>" in text_of(render(compile_template("自己的", package), context, pages="none"))


def test_merged_cells_are_merged_by_our_word_not_by_vm(context: 报告) -> None:
    """{%vm%} 把合并写在规范不许的地方；我们认 合并(…)，写在规范要的地方。"""
    assert "<w:vMerge" in _document(render(compile_template("自己的", user_template(SHAPES["a cell in a merged column"])), context))  # fmt: skip
    table = tbl(
        (tc(p("{%tr for 行 in 表4 %}")),), (tc(p("{% vm %}{{ 行.一级指标 }}")),), (tc(p("{%tr endfor %}")),)
    )
    assert "<w:vMerge" in _document(by_docxtpl(user_template(table), context))


@pytest.mark.parametrize(
    "text", ["{{r 项目.名称 }}", "{{ 项目.没有的 }}", "{{ 项目.名称.upper() }}", "{% include 'x' %}"]
)
def test_what_docxtpl_would_take_we_refuse_in_words(text: str) -> None:
    with pytest.raises(UserError):
        compile_template("自己的", user_template(p(text)))


def _document(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(DOCUMENT).decode("utf-8")

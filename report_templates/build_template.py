"""Makes the two templates from nothing: styles after GB/T 9704-2012, outline, tables, tags.

The .docx is what counts: finance staff edit it in Word. This script is how the first ones were made, and
how they can be made again: `python report_templates/build_template.py`. The summary's text is in build_summary.py.
"""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

HERE = Path(__file__).resolve().parent
NAMES = ("monitoring_report.docx", "summary_report.docx")
TWIPS_PER_MM = 56.6929
CENTER, RIGHT, LEFT, BOTH = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
FANGSONG, KAITI, HEITI, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
STAND_INS = {FANGSONG: "仿宋", KAITI: "楷体", TITLE: "宋体"}


def main() -> None:
    """没有参数两份都做；有参数的做到那个文件，名字以 summary 开头的是汇总报告。"""
    from build_summary import body as summary_body
    from build_summary import cover as summary_cover

    for path in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else map(HERE.joinpath, NAMES):
        if path.name.startswith("summary"):
            path.write_bytes(template("绩效监控汇总报告", summary_cover, summary_body))
        else:
            path.write_bytes(template("绩效运行监控报告", _cover, _body))


def template(title: str, cover: Callable[[Any], None], body: Callable[[Any], None]) -> bytes:
    """一份模板：封面、目录、正文。"""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    cover(document)
    _contents(document)
    _body_section(document)
    body(document)
    out = io.BytesIO()
    document.core_properties.author = ""
    document.core_properties.title = title
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2024, 1, 1)
    document.save(out)
    return _stable(out.getvalue())


def _stable(data: bytes) -> bytes:
    """同样的内容得到同样的字节；字体表补上替代字体。"""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info.filename)
            if info.filename == "word/fontTable.xml":
                fonts = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                    for name, other in STAND_INS.items()
                )
                content = content.replace(b"</w:fonts>", fonts.encode("utf-8") + b"</w:fonts>")
            new.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- styles -----------------------------------------------------------------------------------------


def _fonts(owner: Any, east_asian: str, latin: str = "Times New Roman") -> None:
    properties = owner.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east_asian), ("cs", latin)):
        fonts.set(qn(f"w:{kind}"), name)


def _style(
    document: Any,
    name: str,
    font: str,
    size: float,
    *,
    align: Any = BOTH,
    pitch: float = 28,
    indent: int = 0,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Any:
    try:
        style = document.styles[name]
    except KeyError:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _fonts(style.element, font)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.alignment, form.widow_control = align, True
    form.first_line_indent = Pt(size * indent)
    if indent:
        style.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(indent * 100))
    return style


def _styles(document: Any) -> None:
    _style(document, "Normal", FANGSONG, 16)
    _style(document, "正文段", FANGSONG, 16, indent=2)
    for level, (font, bold) in enumerate(
        ((HEITI, False), (KAITI, False), (FANGSONG, True), (FANGSONG, False)), 1
    ):
        _style(document, f"Heading {level}", font, 16, indent=2, bold=bold, keep=True, align=LEFT)
    _style(document, "封面标题", TITLE, 22, align=CENTER, pitch=40)
    _style(document, "封面文字", FANGSONG, 16, align=CENTER)
    _style(document, "目录标题", HEITI, 16, align=CENTER, after=14)
    _style(document, "表题", HEITI, 12, align=CENTER, pitch=22, before=6, after=3, keep=True)
    _style(document, "图题", HEITI, 12, align=CENTER, pitch=22, before=3, after=9)
    _style(document, "表头", HEITI, 10.5, align=CENTER, pitch=16)
    _style(document, "表文", FANGSONG, 10.5, align=CENTER, pitch=16)
    _style(document, "表文左", FANGSONG, 10.5, align=LEFT, pitch=16)
    _style(document, "表后", FANGSONG, 6, pitch=8)
    _style(document, "落款", FANGSONG, 16, align=RIGHT, keep=True)
    for level in (1, 2):
        style = _style(document, f"toc {level}", FANGSONG, 14, pitch=26, align=LEFT)
        style.paragraph_format.left_indent = Pt(14 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(Mm(156), alignment=2, leader=1)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)


# --- building blocks --------------------------------------------------------------------------------


def _field(paragraph: Any, code: str, result: str) -> None:
    for kind in ("begin", "code", "separate", "result", "end"):
        run = OxmlElement("w:r")
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
        elif kind == "result":
            text = OxmlElement("w:t")
            text.text = result
        else:
            text = OxmlElement("w:fldChar")
            text.set(qn("w:fldCharType"), kind)
        run.append(text)
        paragraph._p.append(run)


def loop(document: Any, variable: str, source: str, *inside: tuple[str, str]) -> None:
    """{%p for %} … {%p endfor %}，中间各段是 (样式, 文字)。"""
    document.add_paragraph(f"{{%p for {variable} in {source} %}}", style="正文段")
    for style, text in inside:
        document.add_paragraph(text, style=style)
    document.add_paragraph("{%p endfor %}", style="正文段")


def table(
    document: Any,
    caption: str,
    heads: Sequence[str],
    widths: Sequence[float],
    source: str,
    cells: Sequence[str],
    *,
    left: Sequence[int] = (),
    above: Sequence[tuple[Sequence[str], Sequence[int]]] = (),
    below: Sequence[str] = (),
) -> None:
    """表题和一张表，source 的一项一行；above 是表头上面的行（文字，各占几栏），below 是最后的合计行。"""
    if caption:
        document.add_paragraph(caption, style="表题")
    made = document.add_table(rows=0, cols=len(widths))
    made.style, made.autofit, made.alignment = "Table Grid", False, 1
    properties = made._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        layout = OxmlElement("w:tblLayout")
        properties.append(layout)
    layout.set(qn("w:type"), "fixed")
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(sum(int(w * TWIPS_PER_MM) for w in widths)))
    for column, one in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(int(one * TWIPS_PER_MM)))
    for texts, spans in above:
        _row(document, made, texts, widths, spans=spans, left=(1,) if len(texts) > 1 else ())
    _row(document, made, heads, widths, header=not above, style="表头")
    blank = [""] * (len(widths) - 1)
    _row(document, made, [f"{{%tr for 行 in {source} %}}", *blank], widths)
    _row(document, made, cells, widths, left=left)
    # an empty table says so, lest someone thinks that it was forgotten
    _row(document, made, ["{%tr else %}", *blank], widths)
    _row(document, made, ["（无）"], widths, spans=(len(widths),))
    _row(document, made, ["{%tr endfor %}", *blank], widths)
    if below:
        _row(document, made, below, widths, left=left)
    document.add_paragraph("", style="表后")


def _row(
    document: Any,
    table: Any,
    texts: Sequence[str],
    widths: Sequence[float],
    *,
    header: bool = False,
    style: str = "表文",
    spans: Sequence[int] | None = None,
    left: Sequence[int] = (),
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    cells, start = row._tr.findall(qn("w:tc")), 0
    for index, text in enumerate(texts):
        span = spans[index] if spans else 1
        cell = cells[start]
        inside = cell.get_or_add_tcPr()
        size = inside.find(qn("w:tcW"))
        size.set(qn("w:w"), str(sum(int(w * TWIPS_PER_MM) for w in widths[start : start + span])))
        size.set(qn("w:type"), "dxa")
        if span > 1:
            grid = OxmlElement("w:gridSpan")
            grid.set(qn("w:val"), str(span))
            size.addnext(grid)
            for extra in cells[start + 1 : start + span]:
                row._tr.remove(extra)
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        inside.append(middle)
        paragraph = row.cells[start].paragraphs[0]
        paragraph.style = document.styles["表文左" if index in left else style]
        paragraph.add_run(text)
        start += span


# --- the report -------------------------------------------------------------------------------------


def _cover(document: Any) -> None:
    for _ in range(5):
        document.add_paragraph("", style="封面文字")
    document.add_paragraph("{{ 项目.封面名称 }}", style="封面标题")
    document.add_paragraph("{{ 项目.期间 }}绩效运行监控报告", style="封面标题")
    document.add_paragraph("{{ 项目.征求意见稿 }}", style="封面文字")
    for _ in range(8):
        document.add_paragraph("", style="封面文字")
    document.add_paragraph("{{ 项目.监控机构 }}", style="封面文字")
    document.add_paragraph("{{ 项目.报告日期 }}", style="封面文字")


def _contents(document: Any) -> None:
    heading = document.add_paragraph("目  录", style="目录标题")
    heading.paragraph_format.page_break_before = True
    _field(document.add_paragraph("", style="toc 1"), r'TOC \o "1-2" \h \z \u', "（目录）")


def _body_section(document: Any) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(number) if columns is not None else section._sectPr.append(number)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.add_run("— ")
        _field(paragraph, "PAGE", "1")
        paragraph.add_run(" —")
        for run in paragraph.runs:
            run.font.size = Pt(14)
            _fonts(run._r, "宋体", "宋体")


def _body(document: Any) -> None:
    def text(words: str) -> None:
        document.add_paragraph(words, style="正文段")

    def heading(level: int, words: str) -> None:
        document.add_paragraph(words, style=f"Heading {level}")

    document.add_paragraph("{{ 项目.名称 }}", style="封面标题")
    document.add_paragraph("{{ 项目.期间 }}绩效运行监控报告", style="封面标题")
    document.add_paragraph("", style="封面文字")
    text(
        "受{{ 项目.委托单位 }}{% if 项目.委托单位简称 != 项目.委托单位 %}（以下简称“{{ 项目.委托单位简称 }}”）{% endif %}委托，"
        "{{ 项目.监控机构 }}{% if 项目.监控机构简称 != 项目.监控机构 %}（以下简称“{{ 项目.监控机构简称 }}”）{% endif %}"
        "{% if 项目.依据 %}根据{{ 项目.依据 }}等文件要求，{% endif %}对{{ 项目.名称 }}开展了绩效运行监控。"
        "项目起止日期为{{ 项目.起始日期 }}至{{ 项目.结束日期 }}，监控截止日期为{{ 项目.监控截止日期 }}。"
        "监控工作经过资料收集、数据核对、对比分析，形成本报告。"
    )
    text("本报告的预警标准和预算执行率口径按“{{ 项目.规则集 }}”规则确定（{{ 项目.规则说明 }}）。")
    heading(1, "一、项目基本情况")
    heading(2, "（一）项目名称")
    text("{{ 项目.名称 }}。")
    heading(2, "（二）项目起止日期")
    text("{{ 项目.起始日期 }}至{{ 项目.结束日期 }}。")
    heading(2, "（三）项目主要内容、涉及范围")
    heading(3, "1. 项目背景")
    loop(document, "段", "项目.背景", ("正文段", "{{ 段 }}"))
    heading(3, "2. 项目内容")
    loop(document, "段", "项目.内容", ("正文段", "{{ 段 }}"))
    text("{%p if 进展 %}")
    text("截至{{ 项目.监控截止日期 }}，项目进展如下：")
    text("{%p endif %}")
    loop(
        document,
        "项",
        "进展",
        ("正文段", "{{ 项.序号 }}{% if 项.事项 %}{{ 项.事项 }}：{% endif %}{{ 项.情况 }}"),
    )
    heading(2, "（四）项目资金投入安排情况")
    heading(3, "1. 资金投入情况")
    text("{{ 资金.投入 }}")
    heading(3, "2. 资金使用情况")
    text("{{ 资金.使用 }}")
    heading(1, "二、绩效目标的核对和确定情况")
    heading(2, "（一）项目绩效目标设定情况")
    text("项目申请预算时填报了年度绩效目标和绩效指标，详见表1。")
    table(
        document,
        "表1  项目绩效目标申报表",
        ("一级指标", "二级指标", "三级指标", "指标目标值"),
        (30, 30, 60, 36),
        "表1",
        (
            "{{ 合并(行.一级指标, 行.一级合并) }}",
            "{{ 合并(行.二级指标, 行.二级合并) }}",
            "{{ 行.三级指标 }}",
            "{{ 行.目标值 }}",
        ),
        above=((("年度绩效目标", "{{ 年度目标 }}"), (1, 3)), (("年度绩效目标分解",), (4,))),
    )
    heading(2, "（二）项目绩效目标核对和确定情况")
    heading(3, "1. 年度绩效目标设定")
    text("对年度绩效总目标进行了核对，核对结果见表2。")
    table(
        document,
        "表2  项目总目标调整表",
        ("", "原申报表内容", "是否调整", "调整后内容"),
        (20, 56, 20, 60),
        "表2",
        ("{{ 行.目标 }}", "{{ 行.原内容 }}", "{{ 行.是否调整 }}", "{{ 行.调整后 }}"),
        left=(1, 3),
    )
    heading(3, "2. 年度分解目标核对、确定")
    text(
        "对年度分解目标逐项核对，确定跟踪的指标和跟踪目标值，见表3。{% if 指标构成 %}列入监控对比的指标有：{{ 指标构成 }}。{% endif %}"
    )
    table(
        document,
        "表3  年度绩效分解目标调整表",
        ("一级指标", "二级指标", "三级指标", "指标目标值", "调整类型", "指标解释", "跟踪目标值", "是否跟踪"),
        (15, 17, 27, 19, 16, 32, 18, 12),
        "表3",
        (
            "{{ 合并(行.一级指标, 行.一级合并) }}",
            "{{ 合并(行.二级指标, 行.二级合并) }}",
            "{{ 行.三级指标 }}",
            "{{ 行.目标值 }}",
            "{{ 行.调整类型 }}",
            "{{ 行.指标解释 }}",
            "{{ 行.跟踪目标值 }}",
            "{{ 行.是否跟踪 }}",
        ),
        left=(5,),
    )
    heading(1, "三、项目资金投入情况")
    heading(2, "（一）投入目标差异情况说明")
    heading(3, "1. 资金到位率")
    text("{{ 资金.到位率说明 }}")
    heading(3, "2. 预算执行率")
    text("{{ 资金.执行率说明 }}")
    text("{{ 图.资金 }}")
    heading(3, "3. 资金使用合规性")
    text("{{ 资金.合规性说明 }}")
    heading(1, "四、项目绩效情况")
    heading(2, "（一）项目绩效目标差异对比")
    text("项目各项目标本阶段应完成值和实际完成值的对比见表4。")
    table(
        document,
        "表4  项目产出目标、效果目标对比表",
        (
            "一级目标",
            "二级目标",
            "三级目标",
            "项目完成时绩效目标值",
            "本阶段应完成的绩效目标值",
            "实际完成的绩效目标值",
        ),
        (20, 22, 42, 24, 24, 24),
        "表4",
        (
            "{{ 合并(行.一级指标, 行.一级合并) }}",
            "{{ 合并(行.二级指标, 行.二级合并) }}",
            "{{ 行.三级指标 }}",
            "{{ 行.目标值 }}",
            "{{ 行.阶段目标值 }}",
            "{{ 行.实际值 }}",
        ),
    )
    text("{%p if 图.指标 %}")
    text("各指标的完成率（实际完成值÷全年目标值）与本阶段应完成的比率见{{ 图.指标.编号 }}。")
    text("{%p endif %}")
    text("{{ 图.指标 }}")
    for number, title, source in (
        ("（二）", "产出目标实现情况", "产出"),
        ("（三）", "效益目标实现情况", "效益"),
    ):
        heading(2, f"{number}{title}")
        text(f"{{%p if not {source} %}}")
        text("没有跟踪这类指标。")
        text("{%p endif %}")
        document.add_paragraph(f"{{%p for 组 in {source} %}}", style="正文段")
        heading(3, "{{ 组.标题 }}")
        document.add_paragraph("{%p for 指标 in 组.指标 %}", style="正文段")
        heading(4, "{{ 指标.标题 }}")
        loop(document, "段", "指标.段落", ("正文段", "{{ 段 }}"))
        text("{%p endfor %}")
        text("{%p endfor %}")
    heading(2, "（四）项目绩效情况分析")
    for number, title, source in (
        (1, "效率性分析", "效率性"),
        (2, "效益性分析", "效益性"),
        (3, "公平性分析", "公平性"),
    ):
        heading(3, f"{number}. {title}")
        loop(document, "段", source, ("正文段", "{{ 段 }}"))
    heading(1, "五、问题、纠偏措施和建议")
    heading(2, "（一）主要问题")
    text("{%p if not 问题 %}")
    text("本次监控没有列出需要整改的问题。")
    text("{%p endif %}")
    _problems(document, "{{ 项.问题 }}", "项.说明")
    heading(2, "（二）改进措施")
    text("{%p if not 问题 %}")
    text("没有需要列出的改进措施。")
    text("{%p endif %}")
    _problems(document, "{{ 项.措施 }}", "项.措施说明")
    heading(2, "（三）绩效跟踪结论")
    loop(document, "段", "结论", ("正文段", "{{ 段 }}"))
    loop(document, "段", "建议", ("正文段", "{{ 段 }}"))
    # The signature never stands alone on a page: the last paragraph goes with it.
    document.paragraphs[-2].paragraph_format.keep_with_next = True
    document.add_paragraph("", style="落款")
    document.add_paragraph("{{ 项目.监控机构 }}", style="落款")
    last = document.add_paragraph("{{ 项目.成文日期 }}", style="落款")
    last.paragraph_format.keep_with_next = False
    text("{%p if 检查 %}")
    heading(1, "附：检查发现、尚未解决的问题")
    document.paragraphs[-1].paragraph_format.page_break_before = True
    table(
        document,
        "",
        ("级别和编号", "位置", "问题和怎么改"),
        (18, 34, 104),
        "检查",
        (
            "{{ 行.级别 }} {{ 行.编号 }}",
            "{{ 行.位置 }}",
            "{{ 行.问题 }}{{ 行.怎么改 }}",
        ),
        left=(1, 2),
    )
    text("{%p endif %}")


def _problems(document: Any, title: str, source: str) -> None:
    document.add_paragraph("{%p for 项 in 问题 %}", style="正文段")
    document.add_paragraph(title, style="Heading 3")
    loop(document, "段", source, ("正文段", "{{ 段 }}"))
    document.add_paragraph("{%p endfor %}", style="正文段")


if __name__ == "__main__":
    main()

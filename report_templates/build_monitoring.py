"""The text of monitoring_report.docx: cover, five chapters, Tables 1 to 4, the annex of a draft."""

from __future__ import annotations

from typing import Any

from pieces import loop, table


def cover(document: Any) -> None:
    for _ in range(5):
        document.add_paragraph("", style="封面文字")
    document.add_paragraph("{{ 项目.封面名称 }}", style="封面标题")
    document.add_paragraph("{{ 项目.期间 }}绩效运行监控报告", style="封面标题")
    document.add_paragraph("{{ 项目.征求意见稿 }}", style="封面文字")
    for _ in range(8):
        document.add_paragraph("", style="封面文字")
    document.add_paragraph("{{ 项目.监控机构 }}", style="封面文字")
    document.add_paragraph("{{ 项目.报告日期 }}", style="封面文字")


def body(document: Any) -> None:
    def text(words: str) -> None:
        document.add_paragraph(words, style="正文段")

    def heading(level: int, words: str) -> None:
        document.add_paragraph(words, style=f"Heading {level}")

    document.add_paragraph("{{ 项目.名称 }}", style="封面标题")
    document.add_paragraph("{{ 项目.期间 }}绩效运行监控报告", style="封面标题")
    document.add_paragraph("", style="封面文字")
    loop(document, "段", "前言", ("正文段", "{{ 段 }}"))
    heading(1, "一、项目基本情况")
    heading(2, "（一）项目名称")
    text("{{ 项目.名称 }}。")
    heading(2, "（二）项目起止日期")
    text(
        "{% if 项目.起始日期 and 项目.结束日期 %}{{ 项目.起始日期 }}至{{ 项目.结束日期 }}。"
        "{% elif 项目.起始日期 %}自{{ 项目.起始日期 }}起。{% elif 项目.结束日期 %}至{{ 项目.结束日期 }}止。{% endif %}"
    )
    heading(2, "（三）项目主要内容、涉及范围")
    heading(3, "1. 项目背景")
    loop(document, "段", "项目.背景", ("正文段", "{{ 段 }}"))
    heading(3, "2. 项目内容")
    loop(document, "段", "项目.内容", ("正文段", "{{ 段 }}"))
    text("{%p if 进展 %}")
    text("{% if 项目.监控截止日期 %}截至{{ 项目.监控截止日期 }}，{% endif %}项目进展如下：")
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
    text("申请预算时填报了年度绩效目标和绩效指标，详见表1。")
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
        (15, 15, 29, 20, 15, 33, 20, 9),
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
        small=True,
    )
    heading(1, "三、项目资金投入情况")
    heading(2, "（一）投入目标差异情况说明")
    heading(3, "1. 资金到位率")
    text("{{ 资金.到位率说明 }}")
    heading(3, "2. 预算执行率")
    text("{{ 资金.执行率说明 }}{% if 图.资金 %}资金到位、支出与序时进度见{{ 图.资金.编号 }}。{% endif %}")
    text("{{ 图.资金 }}")
    heading(3, "3. 资金使用合规性")
    text("{{ 资金.合规性说明 }}")
    heading(1, "四、项目绩效情况")
    heading(2, "（一）项目绩效目标差异对比")
    text("各项目标本阶段应完成值和实际完成值的对比见表4。")
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
    text("各指标的达标程度见{{ 图.指标.编号 }}。")
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
        text("{%p if 组.概述 %}")
        text("{{ 组.概述 }}")
        text("{%p endif %}")
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
    text("本次监控未发现需要整改的问题。")
    text("{%p endif %}")
    _problems(document, "{{ 项.问题 }}", "项.说明")
    heading(2, "（二）改进措施")
    text("{%p if not 问题 %}")
    text("没有需要列出的改进措施。")
    text("{%p endif %}")
    _problems(document, "{{ 项.措施 }}", "项.措施说明")
    heading(2, "（三）绩效跟踪结论")
    # The signature never stands alone on a page: the last paragraph goes with it, and where that is short, one more.
    text("{%p if 建议 and 建议[-1]|length < 90 %}")
    loop(document, "段", "结论", ("正文段连", "{{ 段 }}"))
    text("{%p else %}")
    loop(document, "段", "结论", ("正文段", "{{ 段 }}"))
    text("{%p endif %}")
    loop(document, "段", "建议", ("正文段连", "{{ 段 }}"))
    document.add_paragraph("", style="落款")
    document.add_paragraph("{{ 项目.监控机构 }}", style="落款")
    last = document.add_paragraph("{{ 项目.成文日期 }}", style="落款")
    last.paragraph_format.keep_with_next = False
    text("{%p if 检查 %}")
    heading(1, "附：检查发现、要改或者说明的事项")
    document.paragraphs[-1].paragraph_format.page_break_before = True
    table(
        document,
        "",
        ("级别", "事项和位置", "问题和怎么改"),
        (15, 45, 96),
        "检查",
        (
            "{{ 行.级别 }}",
            "{{ 行.事项 }}（{{ 行.位置 }}）",
            "{{ 行.问题 }}{{ 行.怎么改 }}",
        ),
        left=(1, 2),
        small=True,
    )
    text("{%p endif %}")


def _problems(document: Any, title: str, source: str) -> None:
    name = title.strip("{} ")
    document.add_paragraph("{%p for 项 in 问题 %}", style="正文段")
    document.add_paragraph(f"{{%p if {name} %}}", style="正文段")
    document.add_paragraph(title, style="Heading 3")
    document.add_paragraph("{%p endif %}", style="正文段")
    loop(document, "段", source, ("正文段", "{{ 段 }}"))
    document.add_paragraph("{%p endfor %}", style="正文段")

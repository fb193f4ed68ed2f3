"""The text of summary_report.docx, with the building blocks of pieces.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pieces import loop, table


def cover(document: Any) -> None:
    """封面。"""
    for _ in range(6):
        document.add_paragraph("", style="封面文字")
    document.add_paragraph("{%p if 范围 %}", style="封面标题")
    document.add_paragraph("{{ 范围 }}", style="封面标题")
    document.add_paragraph("{%p endif %}", style="封面标题")
    document.add_paragraph("{{ 期间 }}绩效运行监控汇总报告", style="封面标题")
    for _ in range(9):
        document.add_paragraph("", style="封面文字")
    document.add_paragraph("{% if 截至 %}数据截至{{ 截至 }}{% endif %}", style="封面文字")


def body(document: Any) -> None:
    """正文：总体、资金、目标、问题、关注的项目、措施、附件。"""

    def text(words: str) -> None:
        document.add_paragraph(words, style="正文段")

    def heading(level: int, words: str) -> None:
        document.add_paragraph(words, style=f"Heading {level}")

    def paragraphs(source: str) -> None:
        loop(document, "段", source, ("正文段", "{{ 段 }}"))

    document.add_paragraph("{%p if 范围 or 期间 %}", style="封面标题")
    document.add_paragraph("{{ 范围 }}{{ 期间 }}", style="封面标题")
    document.add_paragraph("{%p endif %}", style="封面标题")
    document.add_paragraph("绩效运行监控汇总报告", style="封面标题")
    document.add_paragraph("", style="封面文字")
    text(
        "根据各单位报送的绩效运行监控工作簿，对{{ 对象 }}的资金执行和绩效目标完成情况作了汇总，报告如下。"
        "各项目的明细见汇总工作簿和各项目的监控报告。"
    )
    heading(1, "一、总体情况")
    paragraphs("总体")
    text("{%p if 图.灯 %}")
    text("各色灯的项目数见{{ 图.灯.编号 }}。")
    text("{%p endif %}")
    text("{{ 图.灯 }}")
    heading(1, "二、资金执行情况")
    paragraphs("资金")
    _money_tables(document, text)
    text("{%p if 图.部门 %}")
    text("各{{ 分组 }}的预算执行率见{{ 图.部门.编号 }}。")
    text("{%p endif %}")
    text("{{ 图.部门 }}")
    heading(1, "三、绩效目标完成情况")
    paragraphs("目标")
    _goal_tables(document, text)
    heading(1, "四、问题和原因")
    text("{%p if not 问题 %}")
    text("各项目没有需要归纳的问题。")
    text("{%p endif %}")
    document.add_paragraph("{%p for 类 in 问题 %}", style="正文段")
    heading(2, "{{ 类.标题 }}")
    paragraphs("类.段落")
    text("{%p endfor %}")
    heading(1, "五、关注名单")
    text("{%p if 关注 %}")
    text(
        "资金滞后、尚未支出、超预算、缺数，或者有指标严重偏离目标的项目列入{{ 关注表号 }}，重的在前；处置是建议，由财政部门会同主管部门商定。"
    )
    table(
        document,
        "{{ 关注表号 }}  需要关注的项目",
        ("序号", "项目名称", "主管部门", "预算数\n（万元）", "预算\n执行率", "关注的原因", "建议处置"),
        (12, 34, 22, 19, 16, 30, 23),
        "关注",
        (
            "{{ 行.序号 }}",
            "{{ 行.项目 }}",
            "{{ 行.部门 }}",
            "{{ 行.预算 }}",
            "{{ 行.执行率 }}",
            "{{ 行.原因 }}",
            "{{ 行.处置 }}",
        ),
        left=(1, 2, 5, 6),
        small=True,
    )
    text("{%p endif %}")
    text("{%p if not 关注 %}")
    text("没有需要特别关注的项目。")
    text("{%p endif %}")
    heading(1, "六、建议")
    text("{%p if not 措施 %}")
    text("各项目保持现有进度，本次没有另外的建议。")
    text("{%p endif %}")
    document.add_paragraph("{%p for 项 in 措施 %}", style="正文段")
    heading(2, "{{ 项.标题 }}")
    paragraphs("项.各条")
    text("{%p endfor %}")
    text("{%p if 填报 %}")
    heading(1, "附：填报质量")
    text("{%p endif %}")
    paragraphs("填报")
    text("{%p if 未处理 %}")
    heading(1, "附件：没有处理的文件")
    text("{%p endif %}")
    text("{%p if 未处理 %}")
    table(
        document,
        "没有处理的文件",
        ("文件", "原因", "怎么办"),
        (46, 58, 52),
        "未处理",
        ("{{ 行.文件 }}", "{{ 行.原因 }}", "{{ 行.怎么办 }}"),
        left=(0, 1, 2),
    )
    text("{%p endif %}")


def _shown(text: Callable[[str], None], source: str, write: Callable[[], None]) -> None:
    """有这些行的才有这张表。"""
    text(f"{{%p if {source} %}}")
    write()
    text("{%p endif %}")


def _money_tables(document: Any, text: Callable[[str], None]) -> None:
    """表1：各主管部门的资金；只有一个部门的，各项目的。"""
    fields = ("预算", "到位", "支出", "执行率", "序时进度", "差")
    headers = ("预算数", "到位数", "支出数", "预算\n执行率", "序时进度", "快慢\n百分点")

    def departments() -> None:
        text("各主管部门的资金执行情况见表1，慢的在前。")
        table(
            document,
            "表1  各主管部门资金执行情况（金额：万元）",
            ("主管部门", "项目数", *headers),
            (34, 14, 20, 20, 20, 17, 16, 15),
            "部门",
            tuple(f"{{{{ 行.{name} }}}}" for name in ("部门", "项目数", *fields)),
            left=(0,),
            below=tuple(f"{{{{ 合计.{name} }}}}" for name in ("部门", "项目数", *fields)),
            small=True,
        )

    def projects() -> None:
        text("各项目的资金执行情况见表1，慢的在前。")
        table(
            document,
            "表1  各项目资金执行情况（金额：万元）",
            ("项目名称", *headers),
            (48, 20, 20, 20, 17, 16, 15),
            "各项目",
            tuple(f"{{{{ 行.{name} }}}}" for name in ("项目", *fields)),
            left=(0,),
            below=tuple(f"{{{{ 合计.{name} }}}}" for name in ("部门", *fields)),
            small=True,
        )

    _shown(text, "部门", departments)
    _shown(text, "各项目", projects)


def _goal_tables(document: Any, text: Callable[[str], None]) -> None:
    """表2：各主管部门的指标和项目预警；只有一个部门的，各项目的。指标数是后面四栏相加，项目数是各色灯相加。"""
    fields = ("指标数", "已达成", "未达成", "无法判断", "未到期")
    lights = ("红灯", "黄灯", "绿灯", "蓝灯", "未亮灯")

    def departments() -> None:
        text("各主管部门的目标完成和项目预警情况见表2，次序与表1相同。")
        table(
            document,
            "表2  各主管部门目标完成（指标个数）和项目预警（项目个数）情况",
            ("主管部门", *fields, "项目数", *lights),
            (29, 12, 12, 12, 15, 12, 12, 10, 10, 10, 10, 12),
            "部门",
            tuple(f"{{{{ 行.{name} }}}}" for name in ("部门", *fields, "项目数", *lights)),
            left=(0,),
            below=tuple(f"{{{{ 合计.{name} }}}}" for name in ("部门", *fields, "项目数", *lights)),
            small=True,
        )

    def projects() -> None:
        text("各项目的目标完成和预警情况见表2，次序与表1相同。")
        table(
            document,
            "表2  各项目目标完成（指标个数）和预警情况",
            ("项目名称", *fields, "项目预警"),
            (63, 15, 15, 15, 18, 15, 15),
            "各项目",
            tuple(f"{{{{ 行.{name} }}}}" for name in ("项目", *fields, "预警")),
            left=(0,),
            below=(*tuple(f"{{{{ 合计.{name} }}}}" for name in ("部门", *fields)), ""),
            small=True,
        )

    _shown(text, "部门", departments)
    _shown(text, "各项目", projects)

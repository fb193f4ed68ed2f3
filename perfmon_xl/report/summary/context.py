"""Every name the summary report's template may use. Plain values, as in context.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfmon_xl.report.wording.context import _says, 图项


@dataclass(frozen=True, slots=True)
class 部门行:
    """一个主管部门的数；合计也是这样的一行。"""

    部门: str = field(metadata=_says("主管部门，合计行是“合计”"))
    项目数: str = field(metadata=_says("项目个数"))
    预算: str = field(metadata=_says("预算合计，万元，两位小数；没有的是“—”"))
    到位: str = field(metadata=_says("到位合计，万元"))
    支出: str = field(metadata=_says("支出合计，万元"))
    执行率: str = field(metadata=_says("支出合计÷预算合计，两位小数的百分数"))
    序时进度: str = field(metadata=_says("序时进度；监控日不同的是“—”，不作平均"))
    差: str = field(metadata=_says("执行率比序时进度多几个百分点，慢的是负数"))
    指标数: str = field(metadata=_says("跟踪的指标个数"))
    已达成: str = field(metadata=_says("达到本阶段目标的指标个数"))
    未达成: str = field(metadata=_says("未达到的指标个数"))
    无法判断: str = field(metadata=_says("资料不足、判断不了的指标个数"))
    未到期: str = field(metadata=_says("还没有到期的指标个数；指标数是已达成、未达成、无法判断、未到期相加"))
    红灯: str = field(metadata=_says("亮红灯的项目个数"))
    黄灯: str = field(metadata=_says("亮黄灯的项目个数"))
    绿灯: str = field(metadata=_says("亮绿灯的项目个数"))
    蓝灯: str = field(metadata=_says("亮蓝灯的项目个数"))
    未亮灯: str = field(metadata=_says("没有亮灯的项目个数"))


@dataclass(frozen=True, slots=True)
class 项目行:
    """只有一个主管部门时，一个项目的数。"""

    项目: str = field(metadata=_says("项目名称"))
    预算: str = field(metadata=_says("预算，万元，两位小数；没有的是“—”"))
    到位: str = field(metadata=_says("到位，万元"))
    支出: str = field(metadata=_says("支出，万元"))
    执行率: str = field(metadata=_says("预算执行率"))
    序时进度: str = field(metadata=_says("序时进度"))
    差: str = field(metadata=_says("执行率比序时进度多几个百分点，慢的是负数"))
    指标数: str = field(metadata=_says("跟踪的指标个数"))
    已达成: str = field(metadata=_says("达到本阶段目标的指标个数"))
    未达成: str = field(metadata=_says("未达到的指标个数"))
    无法判断: str = field(metadata=_says("判断不了的指标个数"))
    未到期: str = field(metadata=_says("还没有到期的指标个数"))
    预警: str = field(metadata=_says("红、黄、绿、蓝、未亮灯"))


@dataclass(frozen=True, slots=True)
class 问题类:
    """一类原因。"""

    标题: str = field(metadata=_says("（一）前期手续"))
    段落: tuple[str, ...] = field(metadata=_says("哪些项目、什么原因、涉及多少预算"))


@dataclass(frozen=True, slots=True)
class 关注项:
    """需要关注的一个项目。"""

    序号: str = field(metadata=_says("1、2……"))
    项目: str = field(metadata=_says("项目名称"))
    部门: str = field(metadata=_says("主管部门"))
    预算: str = field(metadata=_says("预算，万元"))
    执行率: str = field(metadata=_says("预算执行率"))
    预警: str = field(metadata=_says("红、黄、绿、蓝、未亮灯"))
    原因: str = field(metadata=_says("为什么要关注"))
    处置: str = field(default="", metadata=_says("建议怎么处置：继续执行、调整预算、暂缓拨款"))


@dataclass(frozen=True, slots=True)
class 措施项:
    """一条措施。"""

    标题: str = field(metadata=_says("（一）主管部门督促项目单位"))
    内容: str = field(metadata=_says("各条连成一段话"))
    各条: tuple[str, ...] = field(default=(), metadata=_says("一条一段；不止一条的编（1）（2）……"))


@dataclass(frozen=True, slots=True)
class 未处理项:
    """没有纳入汇总的一个文件。"""

    文件: str = field(metadata=_says("文件"))
    原因: str = field(metadata=_says("为什么没有处理"))
    怎么办: str = field(metadata=_says("怎么办"))


@dataclass(frozen=True, slots=True)
class 汇总图组:
    """可以放进汇总报告的图。"""

    灯: 图项 = field(metadata=_says("各色灯的项目数；只有一个项目的不画；单独占一段，图题自动写"))
    部门: 图项 = field(
        metadata=_says("各主管部门的预算执行率，粗线是序时进度；不到两个部门的不画；单独占一段")
    )


_NO_CHART = 图项.of("", ())


@dataclass(frozen=True, slots=True)
class 汇总报告:
    """汇总报告模板最外层的名称。"""

    范围: str = field(metadata=_says("这一批的范围，如 青禾县；看不出又没有写的是空的"))
    期间: str = field(metadata=_says("年度和监控期间，如 2024年1-7月份；各项目不一样的是空的"))
    截至: str = field(metadata=_says("数据截至哪一天，如 2024年7月31日；不一样的写从哪天到哪天"))
    总体: tuple[str, ...] = field(metadata=_says("总体情况，一段一项"))
    资金: tuple[str, ...] = field(metadata=_says("资金情况，一段一项"))
    目标: tuple[str, ...] = field(metadata=_says("目标完成情况，一段一项"))
    部门: tuple[部门行, ...] = field(metadata=_says("各主管部门，一个一行，慢的在前；只有一个部门的是空的"))
    合计: 部门行 = field(metadata=_says("各主管部门合计"))
    问题: tuple[问题类, ...] = field(metadata=_says("问题和原因，一类一项"))
    关注: tuple[关注项, ...] = field(metadata=_says("需要关注的项目，重的在前"))
    措施: tuple[措施项, ...] = field(metadata=_says("措施和建议"))
    未处理: tuple[未处理项, ...] = field(metadata=_says("没有处理的文件"))
    填报: tuple[str, ...] = field(default=(), metadata=_says("填报质量，一段一项"))
    对象: str = field(default="各项目", metadata=_says("汇总的是什么，如 青禾县7个项目"))
    各项目: tuple[项目行, ...] = field(
        default=(), metadata=_says("只有一个主管部门时的各项目，一个一行，慢的在前；别的是空的")
    )
    分组: str = field(default="主管部门", metadata=_says("图和表按什么分：主管部门，或者项目"))
    关注表号: str = field(default="表3", metadata=_says("关注名单是表几；只有一个项目的，前面没有表"))
    图: 汇总图组 = field(
        default=汇总图组(_NO_CHART, _NO_CHART), metadata=_says("图，在 Word 里可以改，右键“编辑数据”")
    )

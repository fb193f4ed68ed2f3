"""Every name a report template may use. Templates see these plain values and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfmon_xl.report.drawing.charts import Chart
from perfmon_xl.report.drawing.placing import END, NUMBER, PLACE


def _says(text: str) -> dict[str, str]:
    return {"说明": text}


@dataclass(frozen=True, slots=True)
class 项目信息:
    """项目和报告的名称、单位、日期。"""

    名称: str = field(metadata=_says("项目名称"))
    封面名称: str = field(metadata=_says("封面上的项目名称，没有另填的与项目名称相同"))
    年度: str = field(metadata=_says("预算年度，四位数字"))
    期间: str = field(metadata=_says("监控期间，如 1-10月份"))
    主管部门: str = field(metadata=_says("主管部门"))
    实施单位: str = field(metadata=_says("实施单位全称"))
    实施单位简称: str = field(metadata=_says("实施单位简称，没有填的是全称"))
    委托单位: str = field(metadata=_says("委托单位全称"))
    委托单位简称: str = field(metadata=_says("委托单位简称，没有填的是全称"))
    监控机构: str = field(metadata=_says("监控机构全称，封面和落款用"))
    监控机构简称: str = field(metadata=_says("监控机构简称，没有填的是全称"))
    起始日期: str = field(metadata=_says("项目开始日期，如 2023年1月1日"))
    结束日期: str = field(metadata=_says("项目结束日期"))
    监控截止日期: str = field(metadata=_says("监控截止日期"))
    报告日期: str = field(metadata=_says("报告日期，阿拉伯数字，封面用"))
    成文日期: str = field(metadata=_says("报告日期，汉字，落款用，如 二〇二三年十二月十日"))
    依据: str = field(metadata=_says("政策依据，几份文件用顿号连起来"))
    背景: tuple[str, ...] = field(metadata=_says("项目背景，一段一项"))
    内容: tuple[str, ...] = field(metadata=_says("项目主要内容，一段一项"))
    规则集: str = field(metadata=_says("预警和口径用的规则集的名称"))
    规则说明: str = field(metadata=_says("规则集的日期和来源"))
    征求意见稿: str = field(metadata=_says("草稿是“（征求意见稿）”，正式报告是空的"))


@dataclass(frozen=True, slots=True)
class 进展项:
    """一项进展。"""

    序号: str = field(metadata=_says("（1）、（2）……"))
    事项: str = field(metadata=_says("事项名称"))
    情况: str = field(metadata=_says("进展情况"))
    状态: str = field(metadata=_says("已完成、进行中、尚未完成"))


@dataclass(frozen=True, slots=True)
class 资金情况:
    """资金各段文字和主要的数。"""

    投入: str = field(metadata=_says("资金投入情况一段"))
    使用: str = field(metadata=_says("资金使用情况一段"))
    到位率说明: str = field(metadata=_says("资金到位率一段"))
    执行率说明: str = field(metadata=_says("预算执行率一段"))
    合规性说明: str = field(metadata=_says("资金使用合规性一段"))
    预算: str = field(metadata=_says("预算合计，带单位"))
    到位: str = field(metadata=_says("到位合计，带单位"))
    支出: str = field(metadata=_says("支出合计，带单位"))
    到位率: str = field(metadata=_says("资金到位率，两位小数的百分数"))
    执行率: str = field(metadata=_says("预算执行率，两位小数的百分数"))
    序时进度: str = field(metadata=_says("序时进度，两位小数的百分数"))


@dataclass(frozen=True, slots=True)
class 指标行:
    """表1、表3、表4的一行；三张表共用，没有的栏是空的。"""

    一级指标: str = field(metadata=_says("一级指标"))
    一级合并: str = field(metadata=_says("restart 或 continue：与上一行同属一个一级指标的是 continue"))
    二级指标: str = field(metadata=_says("二级指标"))
    二级合并: str = field(metadata=_says("restart 或 continue"))
    三级指标: str = field(metadata=_says("三级指标"))
    目标值: str = field(metadata=_says("指标目标值，照填写的样子"))
    调整类型: str = field(default="", metadata=_says("原指标、新增、删除、调整"))
    指标解释: str = field(default="", metadata=_says("指标解释"))
    跟踪目标值: str = field(default="", metadata=_says("跟踪目标值"))
    是否跟踪: str = field(default="", metadata=_says("是、否"))
    阶段目标值: str = field(default="", metadata=_says("本阶段应完成的绩效目标值"))
    实际值: str = field(default="", metadata=_says("实际完成的绩效目标值"))
    完成率: str = field(default="", metadata=_says("实际÷全年目标，百分数；没有的是“—”"))
    偏差率: str = field(default="", metadata=_says("偏差÷本阶段应完成，百分数；没有的是“—”"))
    是否达成: str = field(default="", metadata=_says("达成、未达成、无法判断"))
    预警: str = field(default="", metadata=_says("红、黄、绿、蓝，没有的是空"))


@dataclass(frozen=True, slots=True)
class 总目标行:
    """表2的一行。"""

    目标: str = field(metadata=_says("年度绩效目标"))
    原内容: str = field(metadata=_says("原申报表内容"))
    是否调整: str = field(metadata=_says("是、否"))
    调整后: str = field(metadata=_says("调整后内容"))


@dataclass(frozen=True, slots=True)
class 指标段:
    """一个指标的分析。"""

    标题: str = field(metadata=_says("（1）加三级指标名称"))
    段落: tuple[str, ...] = field(metadata=_says("分析的各段文字"))


@dataclass(frozen=True, slots=True)
class 指标组:
    """一个二级指标下的各个指标。"""

    标题: str = field(metadata=_says("序号加二级指标名称，如 1. 数量指标情况"))
    指标: tuple[指标段, ...] = field(metadata=_says("这一组的指标"))
    概述: str = field(default="", metadata=_says("这一组有三个以上指标的，一句总的情况；不到三个的是空的"))


@dataclass(frozen=True, slots=True)
class 问题项:
    """一个问题和它的措施。"""

    问题: str = field(metadata=_says("序号加问题标题"))
    说明: tuple[str, ...] = field(metadata=_says("问题说明，一段一项"))
    措施: str = field(metadata=_says("序号加措施标题"))
    措施说明: tuple[str, ...] = field(metadata=_says("措施说明，一段一项"))


@dataclass(frozen=True, slots=True)
class 图项:
    """一种图：写在哪一段，图就在那里；没有数可画的是“假”，什么也不印。"""

    编号: str = field(metadata=_says("正文里提到它时用，如 图1；没有数可画的是空的"))
    标题: str = field(metadata=_says("图题，不含编号"))
    charts: tuple[Chart, ...] = ()  # no 说明: not for templates

    @classmethod
    def of(cls, key: str, charts: tuple[Chart, ...]) -> 图项:
        return cls(f"{NUMBER}{key}{END}" if charts else "", charts[0].title if charts else "", charts)

    def __bool__(self) -> bool:
        return bool(self.charts)

    def __str__(self) -> str:
        """放图的记号；渲染以后换成图和图题。"""
        return f"{PLACE}{self.charts[0].key}{END}" if self.charts else PLACE + END


@dataclass(frozen=True, slots=True)
class 图组:
    """可以放进报告的图。"""

    资金: 图项 = field(
        metadata=_says("资金的图：到位、支出占预算的比例，粗线是序时进度；单独占一段，图题自动写")
    )
    指标: 图项 = field(
        metadata=_says("指标的图：各指标的达标程度，颜色照预警灯，粗线是达到本阶段目标；单独占一段")
    )


@dataclass(frozen=True, slots=True)
class 检查项:
    """检查发现的一个事项，征求意见稿的附件里列出；问题、怎么改是领头的一处的。"""

    序号: str = field(metadata=_says("（1）、（2）……"))
    级别: str = field(metadata=_says("错误、警告、提示、无法判断"))
    编号: str = field(metadata=_says("规则编号"))
    位置: str = field(metadata=_says("在工作簿的哪几格"))
    问题: str = field(metadata=_says("是什么问题"))
    怎么改: str = field(metadata=_says("怎么改，没有的是空的"))
    事项: str = field(metadata=_says("说的是什么、什么事由、共几处"))


@dataclass(frozen=True, slots=True)
class 报告:
    """模板最外层的名称。"""

    项目: 项目信息 = field(metadata=_says("项目和报告的基本信息"))
    前言: tuple[str, ...] = field(metadata=_says("前言，一段一项：谁监控什么、截至哪天、预警标准"))
    年度目标: str = field(metadata=_says("表1上方的年度绩效目标"))
    进展: tuple[进展项, ...] = field(metadata=_says("项目进展，一项一行"))
    资金: 资金情况 = field(metadata=_says("资金情况"))
    表1: tuple[指标行, ...] = field(metadata=_says("表1各行"))
    表2: tuple[总目标行, ...] = field(metadata=_says("表2各行"))
    表3: tuple[指标行, ...] = field(metadata=_says("表3各行"))
    表4: tuple[指标行, ...] = field(metadata=_says("表4各行"))
    指标构成: str = field(metadata=_says("跟踪了哪几类指标、各几个"))
    产出: tuple[指标组, ...] = field(metadata=_says("成本、产出各组"))
    效益: tuple[指标组, ...] = field(metadata=_says("效益、满意度各组"))
    效率性: tuple[str, ...] = field(metadata=_says("效率性分析，一段一项"))
    效益性: tuple[str, ...] = field(metadata=_says("效益性分析"))
    公平性: tuple[str, ...] = field(metadata=_says("公平性分析"))
    问题: tuple[问题项, ...] = field(metadata=_says("问题和措施"))
    结论: tuple[str, ...] = field(metadata=_says("总体结论"))
    建议: tuple[str, ...] = field(metadata=_says("下一步建议"))
    图: 图组 = field(metadata=_says("图，在 Word 里可以改，右键“编辑数据”"))
    检查: tuple[检查项, ...] = field(
        default=(), metadata=_says("征求意见稿里还没有解决的问题；正式报告是空的")
    )

"""JG112: cost control or satisfaction filed as a benefit of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.category import Level1
from perfmon_xl.domain.indicator_row import IndicatorRow
from perfmon_xl.domain.target import Comparator, base_unit
from perfmon_xl.domain.text_keys import bare_name, indicator_key
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.rows import all_rows, once

_CONTROL = re.compile(r"成本控制|费用控制|支出控制|控制成本|预算控制|预算执行率")
_MONEY = re.compile(r"成本|费用|经费|造价")
_PRICE = re.compile(
    r"(?:单[片台套座位户人亩个项次]|每[片台套座户人亩个公里米]|建设|采购|购置|改造|建造|施工|印制|亩均|平均)[\u4e00-\u9fff]{0,6}(?:成本|单价|造价|价格|费用)$|(?:单价|造价)$"
)
_SAVED = re.compile(r"降低|减少|节约|节省|下降|降本")


@rule("JG112", title="效益指标归错了类", severity=Severity.WARNING, basis="通行做法", covers=("C06",))
def benefit_class(facts: Facts) -> Iterator[Problem]:
    """成本控制不是效益，满意度不是社会效益，钱的节约不是生态效益。

    “降低企业用电成本”这样替服务对象省钱的，放在经济效益、社会效益里是对的。

    为什么：归错了类，看起来效益不缺，其实没有。

    不对：成本控制当成生态效益
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 生态效益指标 | 项目成本控制数 | ≤80万元 |

    不对：满意度当成社会效益
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 学生家长满意度 | ≥90% |

    不对：单位造价当成社会效益
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 社会效益指标 | 单座公厕建设成本 | ≤35万元/座 |

    对：各归各类
    目标申报表
    | 一级指标 | 二级指标 | 三级指标 | 指标目标值 |
    | 效益指标 | 经济效益指标 | 降低企业用电成本 | ≥200万元 |
    | 效益指标 | 经济效益指标 | 每亩减少施工成本 | ≥60元/亩 |
    | 效益指标 | 生态效益指标 | 减少化肥使用量 | ≥15吨 |
    """
    for line, also in once(all_rows(facts), lambda r: (indicator_key(r.name), r.category)):
        if line.category is None or line.category.level1 is not Level1.BENEFIT:
            continue
        name = bare_name(line.name)
        if "满意" in name:
            right, hint = "满意度", "移到满意度指标。"
        elif (
            _CONTROL.search(name)
            or (line.category.name == "生态效益指标" and _MONEY.search(name))
            or _is_price(line, name)
        ):
            right, hint = "成本", "移到成本指标；这一类效益另写真正的效果。"
        else:
            continue
        yield Problem(
            "level2",
            f"{line.table}“{line.name}”归在“{line.level2}”，说的是{right}，不是这一类效益{also}。",
            hint,
            of=line,
            values={"二级指标": line.level2, "三级指标": line.name},
        )


def _is_price(line: IndicatorRow, name: str) -> bool:
    """本项目花钱的单价、造价，写着上限；替服务对象省下的不是。"""
    target = line.annual_target
    capped = target.comparator in (Comparator.AT_MOST, Comparator.LESS, Comparator.EQUAL)
    money = base_unit(target.unit).startswith("元")
    return capped and money and _PRICE.search(name) is not None and _SAVED.search(name) is None

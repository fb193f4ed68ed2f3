"""CL104: the instruction of the form is left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_INSTRUCTION = re.compile(
    r"[（(【\[][^（）()【】\[\]]{0,20}(?:\d+\s*字(?:以内|左右|以上)|不超过\s*\d+\s*字|可另附页|可附页|请(?:填写|说明|简述|描述|注明)|选填|必填|参考模板|示例|样例|填写说明|下同删|删除此)[^（）()【】\[\]]{0,20}[)）】\]]"
    r"|(?:填表说明|填写要求|填报说明|写作要求)[：:]|(?:请在此|在此处)(?:填写|输入|补充)|(?:单击或)?[单点]击此处[^，。；\n]{0,12}"
)


@rule("CL104", title="表格的填写说明没有删", severity=Severity.ERROR, basis="通行做法", covers=("I01",))
def instruction_residue(facts: Facts) -> Iterator[Problem]:
    """“（100字以内）”“（请填写……）”是给填表人看的，填好以后要删去。

    为什么：印在报告里，像是没有填完。

    不对：字数要求还在
    年度绩效目标：（100字以内）完成农村公路养护200公里，路况优良率提高。

    对：删了；指标的字数不算
    年度绩效目标：完成农村公路养护200公里，路况优良率提高。
    """
    for passage in facts.passages:
        match = _INSTRUCTION.search(passage.text)
        if match is not None:
            yield Problem(
                passage.field,
                f"填写说明“{match[0]}”还在文字里。",
                "内容填好后删去它。",
                at=passage.origin,
                values={"残留": match[0]},
            )

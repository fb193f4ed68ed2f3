"""What 错误, 警告 and 提示 mean, once: the reasons for which a rule may say 错误, and which rule has which.

rules/README.md prints this; tests/rules/test_severity.py holds every rule to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

MEANINGS: Mapping[str, str] = {
    "错误": "两处说法不能都是真的，或者要签字的数是错的；留给填写人的字没有去掉，缺了就写不成正式报告的空格，也是错误。改好才能出正式报告。",
    "警告": "违反了这一行的规矩，或者缺了应当有的东西；用词（“良好”“基本完成”“没有较大偏离”）与数不合的也是。可以在“处理意见”里写明理由。",
    "提示": "写法和体例，供参考。",
    "无法判断": "缺数，或者有两种读法：说出缺什么，不算通过，也不算错。",
}
DECLARED = "表1要照申报的原样印，里面的毛病最重是警告；占位符例外，在工作簿里仍是错误，查报告时是警告。"


class Ground(StrEnum):
    """一条规则凭什么报错误。"""

    CONTRADICTION = "两处不能都是真的"
    FIGURE = "要签字的数是错的"
    LEFT = "留给填写人的字"
    BLANK = "缺了写不成正式报告"


_CODES: Mapping[Ground, str] = {
    Ground.CONTRADICTION: (
        "BG116 DB103 DB107 DB109 DB111 JD101 JD105 JD107 JD109 JD111 JG101 JG105 JG116 PC112 PC113 SJ112 SJ117 "
        "WB101 WB102 WB111 WB112 WB201 WB202 WB203 WB301 WB302 WB303 WB305 WB306 WB307 WB308 WB309 WB405 WB409 WB502 WB515 WB516 WB517 WB518 WB519 WB520 WB521 WB522 WB524 WB527 "
        "XM101 XM105 XM108 ZB201 ZB202 ZB205 ZJ101 ZJ104 ZJ107 ZJ111 ZJ116 ZJ122"
    ),
    Ground.FIGURE: "CL111 XM117 GS101 GS102 GS103 GS107 SJ101 SJ111 SJ115 ZB106 ZB212",
    Ground.LEFT: "CL104 CL106 CL113 XM109",
    Ground.BLANK: ("GS105 GS106 JG114 PC101 PC102 PC103 PC104 PC105 PC106 SJ104 WB109 XM103 ZB213"),
}
GROUNDS: Mapping[str, Ground] = {code: ground for ground, codes in _CODES.items() for code in codes.split()}
# What a placeholder is in table 1, it is anywhere.
ALSO_IN_DECLARED = ("XM109",)


def readme_section() -> list[str]:
    """README.md 里的一节。"""
    lines = ["", "## 轻重", "", "| 级别 | 是什么 |", "|---|---|"]
    lines += [f"| {level} | {meaning} |" for level, meaning in MEANINGS.items()]
    lines += ["", DECLARED, "", "| 错误的理由 | 规则 |", "|---|---|"]
    lines += [f"| {ground} | {'、'.join(codes.split())} |" for ground, codes in _CODES.items()]
    return lines

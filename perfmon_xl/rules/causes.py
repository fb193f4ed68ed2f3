"""What lies behind a finding, in the order in which one mends: the cause that each rule's findings are grouped by.

Findings with one cause and one subject are one matter (domain/matters.py). What repairs others comes first: a stage
target set right, and the explanation of its deviation may go. A rule may say its own cause in @rule(cause=…).
"""

from __future__ import annotations

from collections.abc import Mapping

from perfmon_xl.domain.matters import Cause

UNREAD = Cause("读不出、公式不对、缺栏目")
BLANK = Cause("还没有填完")
TABLES = Cause("各行、各表对不上", by_indicator=True)
STAGE = Cause("阶段目标值要核对", by_indicator=True)
ACTUAL = Cause("实际值、预计要核实", by_indicator=True)
UNEXPLAINED = Cause("原因和措施没有说清", by_indicator=True)
TARGET = Cause("目标值定得、写得不合适", by_indicator=True)
MONEY = Cause("资金的数对不上")
MONEY_TOLD = Cause("资金没有写清")
TIME = Cause("年份和时间")
STRUCTURE = Cause("指标缺项、放错类别、没有对应")
DRAFT = Cause("草稿照的是以前的数")
TEXT = Cause("文字与表、前后对不上")
FORM = Cause("名称、引文、标点、写法")
REPORT = Cause("报告的编号和格式")

ORDER = (
    UNREAD, BLANK, TABLES, STAGE, ACTUAL, UNEXPLAINED, TARGET, MONEY, MONEY_TOLD, TIME, STRUCTURE, DRAFT, TEXT, FORM,
    REPORT,
)  # fmt: skip

_CODES: Mapping[Cause, str] = {
    UNREAD: "GS101 GS102 GS103 GS104 GS105",
    BLANK: "GS106 XM119 WB106 SJ103 JD106 DB113 DB117 ZB213 XM103 XM109 XM118 CL104 CL106 CL113 JG114 JG118 ZJ112",
    TABLES: "DB107 DB108 DB109 DB111 DB112 DB116 WB107 ZB201 ZB202 ZB203 ZB205 ZB219 JG105 JG116",
    STAGE: "DB103 DB104 DB105 JD101 JD102 JD103 JD104 JD105 JD107 JD108 JD109 JD110 JD111 ZB114",
    ACTUAL: (
        "SJ101 SJ102 SJ104 SJ105 SJ106 SJ107 SJ108 SJ109 SJ110 SJ111 SJ112 SJ114 SJ115 SJ116 SJ117 SJ118 SJ119 SJ120 SJ121 WB101 WB102 "
        "WB103 WB105 WB111 WB112 WB404 WB410 WB405 WB408 WB409 WB503 WB507 WB511 WB512 WB514 WB523 PC110 PC112 PC113 PC117"
    ),
    UNEXPLAINED: (
        "PC101 PC102 PC103 PC104 PC105 PC106 PC107 PC108 PC109 PC111 PC114 PC115 PC116 PC118 PC119 PC120 PC121 DB115 WB108 "
        "WB109 WB110 WB113 WB526 WB508"
    ),
    TARGET: (
        "ZB101 ZB103 ZB104 ZB105 ZB106 ZB107 ZB108 ZB109 ZB110 ZB111 ZB112 ZB113 ZB115 ZB204 ZB206 ZB211 ZB212 ZB214 ZB215 "
        "ZB216 ZB217 ZB218 ZB220 ZB221 ZB222 WB501"
    ),
    MONEY: (
        "ZJ101 ZJ102 ZJ103 ZJ104 ZJ105 ZJ107 ZJ111 ZJ113 ZJ115 ZJ116 ZJ118 ZJ122 ZJ123 ZJ124 ZJ125 ZJ126 WB306 WB307 WB308 WB309 WB520 "
        "WB521 WB525 WB529 WB301 WB302 WB303 WB305 SJ113"
    ),
    MONEY_TOLD: "ZJ106 ZJ108 ZJ109 ZJ110 ZJ114 ZJ117 ZJ119 ZJ121 ZJ120 WB304 WB513 XM205",
    TIME: "XM101 XM102 XM104 XM105 XM106 XM107 XM108 XM110 XM111 XM112 XM113 XM114 XM117 XM115 XM116 WB519 CL111 BG109",
    STRUCTURE: (
        "JG101 JG102 JG103 JG104 JG106 JG107 JG108 JG109 JG110 JG111 JG112 JG113 JG115 JG117 JG119 JG120 JG201 JG202 JG203 "
        "JG204 JG205"
    ),
    DRAFT: "GS107",
    TEXT: (
        "JG121 WB104 WB115 WB116 WB201 WB202 WB203 WB401 WB402 WB403 WB406 WB502 WB505 WB506 WB509 WB510 WB515 WB516 WB517 WB518 "
        "WB522 WB524 WB527 WB528 BG110 BG111 BG112 BG116"
    ),
    FORM: (
        "DB106 DB110 WB504 XM201 XM202 XM203 XM204 ZB102 CL101 CL102 CL103 CL105 CL107 CL108 CL109 CL110 CL112 BG113 "
        "BG114 BG115"
    ),
    REPORT: "BG101 BG102 BG103 BG104 BG105 BG106 BG107 BG108 WB114",
}
CAUSES: Mapping[str, Cause] = {code: cause for cause, codes in _CODES.items() for code in codes.split()}
# About all indicators together although they point at one of them.
OF_THE_BOOK = frozenset(("SJ109", "JG102", "JG113"))

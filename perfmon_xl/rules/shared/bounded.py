"""Rates that cannot exceed 100%: the part is among the whole."""

from __future__ import annotations

import re

_BOUNDED = re.compile(
    r"(合格|合规|规范|达标|覆盖|满意|及时|准确|到位|完好|结案|办结|普及|参与|知晓|优良|验收|成活|入学|毕业|"
    r"保障|升学|就业|安置|治愈|在线|接通|响应|归档|送达|兑付|发放|足额|纳入|建档|开工|完工|竣工|入住|整改|销号|受理|办理|落实|"
    r"兑现|认可|支持|好评|成功|通达|供水|供热|供电|无害化|无害化处理|集中处理|收集|登记|采集|更新|巡查|监测|出勤|到岗|结业|取证|持证|"
    r"准点|正点|准时|按期|按时|免疫|检疫|防治|录入|处理|抽检|检测|"
    r"参保|通过|公开|处置|接种|签约|合理|有效|正确|上报|回访|巩固|供水保证|入户|反馈)(率|度)$"
)
_GROWING = re.compile(r"增长|增幅|提高|提升|超额|完成|执行|收益|利用|回报|负债|使用|增加|下降|降低")


def cannot_exceed(name: str) -> bool:
    """名称说的是占比，最多百分之百；增长率、完成率可以超过，说不准的不算。

    >>> cannot_exceed("设备验收合格率"), cannot_exceed("任务完成率"), cannot_exceed("粮食产量增长率")
    (True, False, False)
    """
    return _BOUNDED.search(name) is not None and _GROWING.search(name) is None

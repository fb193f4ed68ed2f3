"""Words of an indicator's sentence that hang on its name: its verb, its event, what is missing."""

from __future__ import annotations

from functools import lru_cache

from perfmon_xl.report.wording.grammar import words

REACHES = "达"


def missing_words(kind: str, text: str) -> dict[str, str]:
    """缺什么、要补什么，按名称和类别里的词。"""
    for row in words()[kind]:
        if not row["词"] or any(word in text for word in row["词"]):
            return {name: str(value) for name, value in row.items() if name != "词"}
    return {}


@lru_cache(maxsize=1024)
def verb_of(name: str, unit: str) -> str:
    """名称里的词对应的动词；没有的、接不了这个单位的是空。

    >>> verb_of("救护车购置数量", "台"), verb_of("服务器数量", "台"), verb_of("发放创业补贴人数", "人")
    ('购置', '', '补贴')
    """
    for word, found in words()["动词"]:
        at = name.find(word)
        if at >= 0 and not _is_attribute(name[at + len(word) :], str(found)) and _takes(str(found), unit):
            return str(found)
    return ""


def _is_attribute(after: str, found: str) -> bool:
    """“服务器”“培训基地”里的不是动词；“购置设备”里的是。"""
    attributive = any(found in row["动词"] and row.get("作定语", True) for row in words()["动词的单位"])
    return attributive and after.startswith(tuple(words()["定语后面的词"]))


def _takes(found: str, unit: str) -> bool:
    """这个动词后面能不能跟这个单位：钱是发放的，人是培训的，设备是购置的。"""
    known, one = words(), unit.strip()
    bare = one.lstrip("百千万亿") or one
    if one in ("元", "万元", "亿元"):
        return found in known["接金额的动词"]
    if bare in known["时间的单位"]:
        return found in known["接时间的动词"]
    if bare in ("人", "人次", "名") and found not in known["接人的动词"]:
        return False
    if bare in known["场次的单位"]:
        return True  # told with “举办” where it does not fit
    return all(
        bare in row["单位"] if "单位" in row else bare not in row["不接"]
        for row in known["动词的单位"]
        if found in row["动词"]
    )


def is_counted(unit: str) -> bool:
    """比多少的单位：所、户、亩、天；单价、系数、浓度、亩产比高低。"""
    one = unit.strip()
    return not ("/" in one or "每" in one or one in words()["比高低的单位"])


def verb(name: str, unit: str) -> str:
    """已｛动词｝｛数｝：按名称选；选不出的，人、户、台用“达”，其余用“完成”。

    场、期只能举办：“已招聘24场”“已培训6期”读不通。

    >>> verb("改造教室数量（间）", "间"), verb("夜间办证人数", "人"), verb("护岸长度", "公里"), verb("招聘会场次", "场")
    ('改造', '达', '完成', '举办')
    """
    found = verb_of(name, unit)
    sessions = unit in words()["场次的单位"]
    if found and not (sessions and found in words()["不论场次的动词"]):
        return found
    if sessions:
        return "举办"
    bare = unit.lstrip("万")
    return REACHES if bare in words()["人的单位"] or bare in words()["东西的单位"] else "完成"


def act_of_date(name: str) -> str:
    """时限说的是做什么：“开工时间”是开工。

    >>> act_of_date("项目开工时间"), act_of_date("救护车上牌完成时间")
    ('开工', '完成')
    """
    return next((word for word in words()["时限的事"] if word in name), "完成")


def joining(result: str) -> str:
    """名称和结果之间的词：“提升”前面加“有所”，“有效保障”前面加“得到”，“Ⅲ类”前面加“为”，“有所改善”不加。

    >>> [joining(word) for word in ("提升", "有效保障", "Ⅲ类", "有所改善", "较好")]
    ['有所', '得到', '为', '', '']
    """
    if result.startswith(tuple(words()["程度的词"])) and not result.endswith(tuple(words()["受事的词"])):
        return ""
    if result.endswith(tuple(words()["受事的词"])):
        return "得到" if not result.startswith(("得到", "有所")) else ""
    if result in words()["变化的词"]:
        return "有所"
    return "" if result.endswith((*words()["变化的词"], *words()["状态的词"])) else "为"


def remedy(kind: str, name: str) -> str:
    """质量、时效没有达到的怎样补救，按名称里的词；kind 是“整改”或“赶上”。

    >>> remedy("整改", "充电桩完好率"), remedy("赶上", "补贴资金拨付及时率")
    ('逐个修复有故障的设备和设施', '逐笔核对没有按时拨付的资金并补拨')
    """
    return str(
        next(row["做法"] for row in words()[kind] if not row["词"] or any(w in name for w in row["词"]))
    )


def measure_word(unit: str) -> str:
    """“与计划｛量｝一致”：场次、期数；没有的写“数量”。"""
    return next((str(said) for known, said in words()["量"] if known == unit), "数量")


def event_of(name: str) -> str:
    """零事件的名称去掉“起数”“发生率”一类的尾巴。

    >>> event_of("安全事故起数"), event_of("有责投诉件数")
    ('安全事故', '有责投诉')
    """
    for ending in words()["计数的尾巴"]:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def counts_events(name: str, unit: str) -> bool:
    """为零说的是没有发生一件事，还是一个数为零：起、件、次和“发生率”数的是事，人、户、个数的是数。

    >>> counts_events("安全事故起数", "起"), counts_events("漏检率", "%"), counts_events("因灾伤亡人数", "人")
    (True, True, False)
    """
    return unit in words()["事件的单位"] or (unit in ("%", "‰") and event_of(name) != name)


_ACTS = (
    "公示", "建立", "制定", "出台", "签订", "备案", "验收", "公开", "发布", "印发", "开展", "落实", "编制",
    "成立", "设立", "配备", "办理", "完成", "通过", "取得", "履行", "执行", "发放", "建成", "开通", "报送",
)  # fmt: skip


def yes_no_parts(name: str) -> tuple[str, str]:
    """“是否公示发放名单”拆成事和做法：（发放名单，公示）；拆不开的做法是空。

    >>> yes_no_parts("是否公示发放名单"), yes_no_parts("台账是否建立"), yes_no_parts("有无应急预案")
    (('发放名单', '公示'), ('台账', '建立'), ('应急预案', ''))
    """
    for mark in ("是否", "有无", "是不是", "能否"):
        before, found, after = name.partition(mark)
        if found:
            break
    else:
        before, after = "", name
    after = after.lstrip("已按时").strip() or after
    for act in _ACTS:
        if after.startswith(act):
            thing = after.removeprefix(act) or before
            return (thing, act) if thing else (name, "")
        if not before and after.endswith(act):
            return after.removesuffix(act), act
    return (before + after) or name, ""

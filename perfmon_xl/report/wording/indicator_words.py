"""Words of an indicator's sentence that hang on its name: its verb, its event, what is missing."""

from __future__ import annotations

from functools import lru_cache

from perfmon_xl.report.wording.grammar import words


def missing_words(kind: str, text: str) -> dict[str, str]:
    """缺什么、要补什么，按名称和类别里的词。"""
    for row in words()[kind]:
        if not row["词"] or any(word in text for word in row["词"]):
            return {name: str(value) for name, value in row.items() if name != "词"}
    return {}


@lru_cache(maxsize=1024)
def verb_of(name: str) -> str:
    """名称里的词对应的动词；没有的是空。"""
    for word, found in words()["动词"]:
        if word in name:
            return str(found)
    return ""


def verb(name: str, unit: str) -> str:
    """已｛动词｝｛数｝：按名称选；选不出的，人、户用“达”，其余用“完成”。

    场、期只能举办：“已招聘24场”“已培训6期”读不通。

    >>> verb("改造教室数量（间）", "间"), verb("夜间办证人数", "人"), verb("护岸长度", "公里"), verb("招聘会场次", "场")
    ('改造', '达', '完成', '举办')
    """
    found = verb_of(name)
    sessions = unit in words()["场次的单位"]
    if found and not (sessions and found in words()["不论场次的动词"]):
        return found
    if sessions:
        return "举办"
    return "达" if unit.lstrip("万") in words()["人的单位"] else "完成"


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

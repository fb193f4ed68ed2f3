"""Who did what in a report: the unit, its department, who asked for the monitoring and who did it, in their many wordings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfmon_xl.domain.text_keys import compact
from perfmon_xl.importing.outline import Text
from perfmon_xl.importing.vocabulary import label_of

# The last word of a body's name; 校车, 社区, 站点 are other words.
_TAIL = (
    r"(?:[局厅委]|院(?![落前内])|处(?![理置])|办(?![理公])|部(?![分门])|站(?!点)|所(?![有在])|馆(?!藏)|社(?![区会])"
    r"|队(?!伍)|厂(?!房)|校(?![车园舍])|委员会|中心|办公室|街道|大学|政府|公司|[协学]会|联合会|基金会|研究会)"
)
_ORG = rf"[\u4e00-\u9fff（）()·]{{1,28}}?{_TAIL}"
_SHORT = r"(?:[（(](?:以下)?(?:简称|统称)(?:为)?[：:]?[“\"「‘]?([^”\"」’）)]{1,20})[”\"」’]?[）)])?"
_DOES = r"(?:具体|负责|牵头|组织|直接|统一|全面|承担|共同)*(?:负责|组织|实施|承担|建设|执行|落实|承建)"
_PRONOUN = re.compile(r"^(?:你|贵|我|本|该|其|上述|于|按|依|对|由|项目)")
_UNIT_FORMS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"实施单位(?:为|是|系|[:：])({_ORG}){_SHORT}(?=[，,。；;、（(]|$)"),
    re.compile(rf"(?:^|[，,。；;、）)]|项目|具体)由({_ORG}){_SHORT}{_DOES}"),
    re.compile(
        rf"(?:^|[，,。；;、）)])({_ORG}){_SHORT}(?:(?:负责|组织|具体|牵头)*(?:实施|承担)(?:了)?(?:该|本|此)?(?:了)?(?:本|该)?项目"
        r"|(?:具体|负责|牵头|组织|承担)+(?:实施|承建|建设)(?=[，,。；;]|$))"
    ),
    re.compile(rf"(?<=[\u4e00-\u9fff”])由({_ORG}){_SHORT}(?:具体|负责|牵头)?(?:实施|承担|承建)(?=[，,。；;]|$)"),
    re.compile(rf"主管[，,、](?:并?由)?({_ORG}){_SHORT}{_DOES}"),
    re.compile(rf"对({_ORG}){_SHORT}(?:负责|组织|承担)*(?:实施|承担|执行)的"),
)  # fmt: skip
_DEPARTMENT_FORM = re.compile(
    rf"(?:主管(?:部门|单位)(?:为|是|系|[:：])?|(?:由|对|^|[，,。；;])(?={_ORG}(?:主管|归口管理)))({_ORG}){_SHORT}(?=(?:主管|归口管理)?(?:[，,。；;、（(]|$))"
)
_MONITORED_FORM = re.compile(
    rf"对({_ORG}){_SHORT}(?:的)?(?=[“\"]?\d{{4}}|[^，。]{{2,40}}(?:项目|资金|经费)[^，。]{{0,12}}(?:进行|开展|实施)了?[^，。]{{0,6}}(?:监控|跟踪|评价))"
)
_CLIENT = re.compile(
    rf"(?:受|接受|根据|应|按照|依据)(?:了)?([^，,。；（(《]{{2,40}}?){_SHORT}的?(?:委托|要求和委托|委托要求)"
)
_ENTRUSTED = re.compile(
    rf"(?:^|[，,。；;])([\u4e00-\u9fff（）()·]{{4,40}}?){_SHORT}(?:接受|受)(?:了)?[^，,。；（(]{{2,40}}?的?委托"
)
_ASKING = re.compile(
    rf"(?:^|[，,。；;])({_ORG})(?:特)?委托(?=[^，,。；;]{{2,40}}(?:公司|事务所|中心|机构|大学|院|所|协会|学会)(?:[（(][^（）()]{{2,8}}[）)])?)"
)
_MONITOR = re.compile(
    rf"委托[，,]?(?:由)?([\u4e00-\u9fff（）()·]{{4,40}}?){_SHORT}(?:[，,]?)(?:监控|实施|负责|承担|根据|依据|按照|依照|对|于|在|成立|组织|开展|派出|组成)"
)
_SALUTATION = re.compile(rf"^(?:尊敬的)?({_ORG})[:：]$")
_NAMED = re.compile(r"项目名称(?:为|是|[:：])[“\"《]?([^，,。；;”\"》（(]{2,60})")


@dataclass(frozen=True, slots=True)
class NamedBody:
    """报告里说到的一方：是什么（字段）、名称、简称、在哪一段。"""

    field: str
    name: str
    short: str
    text: Text


def bodies_of(texts: Sequence[Text]) -> Iterator[NamedBody]:
    """各方，说得最明确的在前；说的是“我局”“贵局”的，用落款、称呼里的全称。"""
    flat = [(text, compact(text.text)) for text in texts if not text.is_heading]
    addressed = next((m[1] for t, p in flat if not t.headings and (m := _SALUTATION.match(p))), "")
    for text, plain in flat:
        if match := _NAMED.search(plain):
            yield NamedBody("name", match[1], "", text)
        if match := _DEPARTMENT_FORM.search(plain):
            name = re.sub(r"^.*(?:对(?!外)|由)", "", match[1])  # “某事务所对甲局主管、乙站实施的项目”
            yield NamedBody("department", name, match[2] or "", text)
    units = [
        NamedBody("unit", match[1], match[2] or "", text)
        for form in _UNIT_FORMS
        for text, plain in flat
        for match in form.finditer(plain)
        if not _PRONOUN.match(match[1]) and _balanced(match[1])
    ]
    if units:  # “县农业农村局” in one place, “青禾县农业农村局” in another: the full name
        yield max((u for u in units if u.name.endswith(units[0].name)), key=lambda u: len(u.name))
    for text, plain in flat:
        if match := _CLIENT.search(plain):
            pronoun = _PRONOUN.match(match[1])
            name = addressed if pronoun else match[1]
            if name:
                yield NamedBody("client", name, "" if pronoun else match[2] or "", text)
        elif (asking := _ASKING.search(plain)) and not _PRONOUN.match(asking[1]):
            yield NamedBody("client", asking[1], "", text)
        for match in filter(None, (_ENTRUSTED.search(plain), _MONITOR.search(plain))):
            if not _PRONOUN.match(match[1]) and re.search(
                rf"{_TAIL}(?:[（(][^（）()]{{2,8}}[）)])?$", match[1]
            ):
                yield NamedBody("monitor", match[1], match[2] or "", text)
                break
    for text, plain in flat:
        match = _MONITORED_FORM.search(plain)
        if match and not _PRONOUN.match(match[1]) and _balanced(match[1]):
            yield NamedBody("monitored", match[1], match[2] or "", text)
            return


def own_report(texts: Sequence[Text]) -> Text | None:
    """“我局对……开展了绩效运行监控”：自己监控自己的；说这话的那一段。"""
    return next(
        (
            t
            for t in texts
            if not t.is_heading
            and re.search(r"(?:我|本)(?:局|厅|委|办|中心|单位|院|校|站|所|部|街道|镇|乡)", compact(t.text))
            and re.search(r"(?:监控|跟踪|自评)", t.text)
            and "委托" not in t.text
        ),
        None,
    )


def labelled_facts(texts: Sequence[Text]) -> Iterator[tuple[str, str, Text]]:
    """“实施单位：甲。主管部门：乙。”：一段里的各个“标题：内容”；整段都是的才算。"""
    for text in texts:
        if text.is_heading or len(text.text) > 200:
            continue
        found: list[tuple[str, str, Text]] = []
        for piece in re.split(r"[。；;\n]|\u3000{1,}", text.text):
            if not piece.strip():
                continue
            match = re.match(r"^\s*([^:：，,]{2,16})[:：]\s*([^:：]{1,60})$", piece)
            name = label_of(match[1]) if match else ""
            if match is None or not name:
                found = []
                break
            found.append((name, match[2].strip(), text))
        yield from found


def split_short(name: str) -> tuple[str, str]:
    """“柳湾区图书服务中心（以下简称“书屋中心”）” → 名称、简称。

    >>> split_short("柳湾区图书服务中心（以下简称“书屋中心”）")
    ('柳湾区图书服务中心', '书屋中心')
    """
    match = re.search(
        r"[（(](?:以下)?(?:简称|统称)[^“\"「）)]*[“\"「]?([^”\"」）)]{1,20})[”\"」]?[）)]", name
    )
    if match is None:
        return name, ""
    return name[: match.start()] + name[match.end() :], match[1]


def _balanced(text: str) -> bool:
    return len(re.findall(r"[（(]", text)) == len(re.findall(r"[）)]", text))

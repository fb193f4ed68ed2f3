"""XM202: one document under two titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from perfmon_xl.domain.passage import Passage
from perfmon_xl.domain.prose import pieces
from perfmon_xl.domain.text_keys import without_spaces
from perfmon_xl.rules import Problem, Severity, rule
from perfmon_xl.rules.facts import Facts

_TITLE = re.compile(
    r"《([^《》]{6,80}(?:〈[^〉]*〉[^《》]*)?)》\s*(?:[（(]([^（）()]*[〔\[]\d{4}[〕\]][^（）()]*号)[)）])?"
)
_GENERIC = re.compile(
    r"中共|党委|委员会|委(?=[、，员]|$)|人民政府|办公室|办公厅|财政[厅局部]|[省市区县、，\s]|关于"
)


@rule(
    "XM202",
    title="同一个文件前后名称不一样",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("A06",),
)
def policy_titled_differently(facts: Facts) -> Iterator[Problem]:
    """同一个文件，各处《》里的名称和文号一样。

    为什么：依据要能查得到；名称写两样，读者不知道是一个文件还是两个。

    不对：发文单位一处写了一处没写，标题略有不同
    政策依据：《中共青山县委、青山县人民政府关于加强农村供水管理的实施意见》
    项目背景：根据《青山县关于加强农村供水管理的实施意见》，实施本项目。

    不对：同一个文号，两个名称
    政策依据：《农村供水工程维修养护办法》（青水〔2023〕12号）
    项目背景：按《农村供水工程维护管理办法》（青水〔2023〕12号）执行。

    不对：同一个名称，两个文号
    政策依据：《农村供水工程维修养护办法》（青水〔2023〕12号）
    项目背景：按《农村供水工程维修养护办法》（青水〔2023〕21号）执行。

    对：名称一样；另有相近而不同的文件
    政策依据：《中共青山县委、青山县人民政府关于加强农村供水管理的实施意见》⏎《中共平江市委关于加强农村供水管理的实施意见》⏎《项目支出绩效评价管理办法》
    项目背景：根据《中共青山县委、青山县人民政府关于加强农村供水管理的实施意见》和《部门支出绩效评价管理办法》，实施本项目。
    """
    titles: dict[str, tuple[str, Passage]] = {}
    renumbered: set[str] = set()
    for passage in facts.passages:
        for match in _TITLE.finditer(passage.text):
            title = without_spaces(match[1])
            number = without_spaces(match[2] or "").replace("[", "〔").replace("]", "〕")
            known = titles.get(title, ("", passage))[0]
            if number and known and number != known and title not in renumbered:
                renumbered.add(title)
                yield Problem(
                    passage.field,
                    f"《{title}》这里的文号是{number}，另一处是{known}。",
                    "查原文，各处写同一个文号；确是两个文件的，名称写得分得开。",
                    at=passage.origin,
                    values={"这里": number, "另一处": known},
                )
            if title not in titles or (number and not titles[title][0]):
                titles[title] = (number, passage)
    for (one, (number, _)), (other, (other_number, passage)) in combinations(titles.items(), 2):
        same_number = bool(number) and number == other_number
        if number and other_number and not same_number:
            if _garbled(one, other, number, other_number):
                yield Problem(
                    passage.field,
                    f"这里写《{other}》（{other_number.strip('（）()')}），另一处写《{one}》（{number.strip('（）()')}），名称、文号都相近，像是同一个文件。",
                    "查原文，各处用同一个全称和文号；确是两个文件的，不用改。",
                    at=passage.origin,
                    values={"一处": one, "另一处": other},
                )
            continue
        if not same_number and not _same_document(one, other):
            continue
        yield Problem(
            passage.field,
            f"这里写《{other}》，另一处写《{one}》"
            + (f"，文号都是{number}。" if same_number else "，像是同一个文件。"),
            "查原文，各处用同一个全称；确是两个文件的，都写上文号。",
            at=passage.origin,
            values={"一处": one, "另一处": other},
        )


def _same_document(one: str, other: str) -> bool:
    """“关于”之后相同，发文地方一个含着另一个。"""
    (issuer, mark, rest), (issuer2, mark2, rest2) = one.partition("关于"), other.partition("关于")
    if not mark or not mark2 or rest != rest2:
        return False
    place, place2 = _GENERIC.sub("", issuer), _GENERIC.sub("", issuer2)
    if not place or not place2:
        return False
    short, long = sorted((place, place2), key=len)
    return short in long


def _garbled(one: str, other: str, number: str, other_number: str) -> bool:
    """名称的字大半相同，文号只差号码里数字的先后或一位：多半是同一个文件抄错了。"""
    mine, theirs = pieces(one), pieces(other)
    if len(mine & theirs) * 5 < min(len(mine), len(theirs)) * 3:
        return False
    head, tail = re.sub(r"\d+号.*$", "", number), re.sub(r"\d+号.*$", "", other_number)
    a, b = re.findall(r"(\d+)号", number)[-1:], re.findall(r"(\d+)号", other_number)[-1:]
    return (
        head == tail
        and bool(a and b)
        and (
            sorted(a[0]) == sorted(b[0])
            or (len(a[0]) == len(b[0]) > 1 and sum(x != y for x, y in zip(a[0], b[0], strict=True)) == 1)
        )
    )

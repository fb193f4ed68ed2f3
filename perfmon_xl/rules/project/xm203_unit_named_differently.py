"""XM203: the unit with one character different."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from perfmon_xl.domain.model import Project
from perfmon_xl.domain.passage import Topic
from perfmon_xl.rules import Problem, Severity, rule, unsure
from perfmon_xl.rules.facts import Facts
from perfmon_xl.rules.shared.bodies import bodies, body, foreign, lengthened, renamed, shortened

_FIELDS = (
    ("department", "主管部门"),
    ("unit", "实施单位"),
    ("client", "委托单位"),
    ("monitor", "监控机构"),
)
_SHORTEST = 6  # 字；短的名称差一个字多半是另一个单位

_TELLING = 5  # 字；这么长还一样的，就是那一个机构，不是另一个地方的同类
_LEVELS = "省市区县州旗盟镇乡街村厅局部科所站"


@rule(
    "XM203",
    title="单位名称前后不一样",
    severity=Severity.WARNING,
    basis="文内勾稽",
    covers=("A05",),
)
def unit_named_differently(project: Project, facts: Facts) -> Iterator[Problem]:
    """文字里的单位名称与项目信息里的一致；只差一个字的，请核对是不是写错。

    为什么：单位改过名、打错字，都会让读者以为是两个单位。差一个字也可能真是另一个单位，所以只提请核对。

    不对：水利写成水力
    实施单位：青山县水利工程建设管理站
    项目背景：青山县水力工程建设管理站负责组织实施。

    不对：管理站写成服务站；别处的水利局
    主管部门：青山县水利局
    实施单位：青山县水利工程建设管理站
    项目背景：青山县水利工程建设服务站负责组织实施，平江县水利局监督。
    共报 2 处

    不对：主管部门和实施单位不在一个县
    主管部门：青山县水利局
    实施单位：平江县水利工程建设管理站

    对：名称一致；级别不同的是另一个单位
    实施单位：青山县水利工程建设管理站
    项目背景：青山县水利工程建设管理站负责组织实施，青山县水利工程建设管理局监督。
    """
    names = {str(getattr(project, f)).strip(): label for f, label in _FIELDS}
    reported: set[str] = set()
    for name, label in names.items():
        if len(name) < _SHORTEST:
            continue
        for passage in facts.passages:
            for other in _alike(passage.text, name):
                wrong = [(a, b) for a, b in zip(name, other, strict=True) if a != b]
                if len(wrong) != 1 or other in names or other in reported:
                    continue
                (mine, theirs) = wrong[0]
                if mine in _LEVELS or theirs in _LEVELS or not _is_chinese(theirs):
                    continue
                here, there = body(other), body(name)
                if here is not None and there is not None and (foreign(here, there) or renamed(here, there)):
                    continue  # said below, and without doubt
                reported.add(other)
                yield unsure(
                    passage.field,
                    f"文字里写“{other}”，项目信息的{label}是“{name}”，差一个“{theirs}”字。",
                    "同一个单位的，改成一致；是另一个单位的，不用改。",
                    at=passage.origin,
                    values={"文字": other, label: name},
                )
    yield from _another_body(project, facts, reported)
    yield from _of_two_places(project)
    yield from _done_by_another(project, facts, reported)


def _another_body(project: Project, facts: Facts, reported: set[str]) -> Iterator[Problem]:
    """同一个机构换了名称，或者写成了别处的机构。"""
    known = [(b, label) for f, label in _FIELDS if (b := body(str(getattr(project, f)))) is not None]
    texts = "".join(p.text for p in facts.passages)
    abbreviated = set(_SHORT.findall(texts)) | {
        project.unit_short.strip(),
        project.client_short.strip(),
        project.monitor_short.strip(),
    }
    places = {b.place for b, _ in known}
    own_places = frozenset(p for p in places if len(p) > 1)
    for passage in facts.passages:
        for one in bodies(passage.text, own_places):
            if one.name in reported or one.name in abbreviated or any(one.name == b.name for b, _ in known):
                continue
            say: Callable[..., Problem] = Problem
            for other, label in known:
                elsewhere = one.place not in places or len(one.own) >= _TELLING
                if foreign(one, other) and elsewhere and not _VISITED.search(passage.text):
                    fact = f"文字里写“{one.name}”，项目信息的{label}是“{other.name}”，不是一个地方的。"
                    hint = "多半是从别处的材料抄来的，改成本地的单位；确实讲外地的，写明。"
                elif renamed(one, other) and not any(one.own == b.own for b, _ in known):
                    fact = (
                        f"文字里写“{one.name}”，项目信息的{label}是“{other.name}”，像是一个单位的两个名称。"
                    )
                    hint = "同一个单位的，各处用一个名称；改过名、是两个单位的，第一次出现时写明。"
                elif lengthened(one, other) and not any(one.own == b.own for b, _ in known):
                    say = unsure
                    fact = f"文字里写“{one.name}”，项目信息的{label}是“{other.name}”，像是一个单位改名前后的两个名称。"
                    hint = "同一个单位的，各处用一个名称；改过名、是两个单位的，第一次出现时写明。"
                else:
                    continue
                reported.add(one.name)
                yield say(
                    passage.field, fact, hint, at=passage.origin, values={"文字": one.name, label: other.name}
                )
                break


_CARRIES_OUT = re.compile(
    r"^(?:具体|负责|组织|牵头|共同)*(?:承担(?!的|了?部分)|实施(?!的|了)|承办|组织实施|负责实施|具体实施)(?:本项目|该项目|项目|放流|建设)?"
)


def _done_by_another(project: Project, facts: Facts, reported: set[str]) -> Iterator[Problem]:
    """背景说由另一个单位承担、实施，项目信息里没有它。"""
    own = [b for f, _ in _FIELDS if (b := body(str(getattr(project, f)).strip())) is not None]
    unit = body(project.unit.strip())
    if unit is None:
        return
    places = frozenset(b.place for b in own if len(b.place) > 1)
    for passage in facts.about(Topic.BACKGROUND):
        for sentence in passage.sentences:
            found = list(bodies(sentence, places))
            if any(one.own in (b.own for b in own) for one in found) or len(found) != 1:
                continue
            one = found[0]
            after = sentence[sentence.find(one.name) + len(one.name) :]
            doing = _CARRIES_OUT.match(after)
            short = project.unit_short.strip()
            if one.name in reported or doing is None or (short and short in sentence):
                continue
            if any(shortened(one.own, b.own) or shortened(b.own, one.own) for b in own):
                continue
            reported.add(one.name)
            yield Problem(
                passage.field,
                f"文字里说由“{one.name}”{doing[0]}，项目信息的实施单位是“{unit.name}”。",
                "核对是哪个单位实施；几个单位一起做的，在背景里写清各做什么。",
                at=passage.origin,
                values={"文字": one.name, "实施单位": unit.name},
            )
            return


def _of_two_places(project: Project) -> Iterator[Problem]:
    """主管部门、实施单位、委托单位是同一级的，却不在一个地方。"""
    known = [
        (f, label, b) for f, label in _FIELDS[:3] if (b := body(str(getattr(project, f)).strip())) is not None
    ]
    for (first, label, one), (_, other_label, other) in combinations(known, 2):
        apart = one.level == other.level and min(len(one.place), len(other.place)) > 1
        if not apart or one.place.endswith(other.place) or other.place.endswith(one.place):
            continue
        yield Problem(
            first,
            f"{label}是“{one.name}”，{other_label}是“{other.name}”，同是{one.level}一级，不是一个地方的。",
            "多半有一个是从别处抄来的，改成本地的单位；确实跨地方合办的，在项目背景里写明。",
            values={label: one.name, other_label: other.name},
        )
        return


_VISITED = re.compile(
    r"指导|帮助|考察|学习|借鉴|参观|交流|协助|联合|交界|毗邻|相邻|邻县|跨[县区市]|支援|对口|兄弟|其他[县区市]|另一"
)
_SHORT = re.compile(r"以下(?:简称|称)[“\"]?([^”\"）)，。]{2,12})")


def _alike(text: str, name: str) -> Iterator[str]:
    """文字里与名称一样长、头一个字相同的各处。"""
    start = text.find(name[0])
    while 0 <= start <= len(text) - len(name):
        yield text[start : start + len(name)]
        start = text.find(name[0], start + 1)


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"

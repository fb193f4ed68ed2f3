"""The steps of a piece of work with their days: notice, award, contract, start, completion, acceptance; one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfmon_xl.ledger.reading import Sentence, W
from perfmon_xl.ledger.when import When

# The first that a clause names: “与中标单位签订合同” signs a contract, “招标公告” is not yet the award.
_STEPS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (4, "签订合同", re.compile(r"签订[^，,。]{0,8}?(?:合同|协议)|(?:合同|协议)(?:已|于)?[^，,。]{0,4}?(?:签订|签署)|签约|签署[^，,。]{0,6}合同")),
    (1, "发布招标公告", re.compile(r"(?:招标|采购|磋商|比选|询价)(?:公告|文件)|发布[^，,。]{0,6}公告|挂网|公开招标(?!完成|结束)|启动[^，,。]{0,4}(?:招标|采购)")),
    (2, "开标", re.compile(r"开标|评标|评审会")),
    (3, "确定中标单位", re.compile(r"中标(?:公告|公示|通知书|结果)|定标|确定[^，,。]{0,6}(?:中标|供应商|施工单位|成交)|(?:招标|采购)[^，,。]{0,4}(?:完成|结束)|完成[^，,。]{0,8}(?:招标|采购)(?!公告|文件)|成交(?:公告|结果)")),
    (5, "开工", re.compile(r"开工(?!率)|动工|进场施工|开始施工|启动施工")),
    (5, "到货", re.compile(r"到货|运抵|交货")),
    (6, "安装调试", re.compile(r"安装(?:并)?(?:调试)?(?:完成|完毕|到位|完)|装[完好毕]|全部装上|完成(?:[^，,。]{0,6})?安装|调试(?:完成|完毕|合格)")),
    (6, "完工", re.compile(r"完工(?!率)|竣工(?!验收|率)|完成施工|施工完成")),
    (8, "投入使用", re.compile(r"投入使用|投用|启用|交付使用|上线运行|正式运行")),
    (7, "验收", re.compile(r"(?:通过|完成|组织)[^，,。]{0,6}验收|验收(?:通过|合格)|竣工验收")),
)  # fmt: skip
_NOT_YET = re.compile(
    r"计划|拟|预计|应当?|要求|约定|规定|原定|不迟于|争取|力争|将|目标|期限|截[至止]|目前|至$|到$"
)
_LIMIT = re.compile(r"(?:之|以)?前|的?(?:要求|期限|目标|规定|计划)")
_BESIDE = 4  # 字；“合同于6月3日签订”：日期在中间
_SEVERAL = re.compile(
    r"标段|[一二三四五六七八九十\d]期|[一二三四五六七八九十\d]批|首批|分别|另|各|续签|补充合同|补充协议|上年|往年|去年"
)
_ANOTHER_CONTRACT = re.compile(
    r"(?:安装|调试|监理|检测|设计|运维|维护|审计|补充|保险|租赁)[^，,。]{0,4}(?:合同|协议)"
)
_AGAIN = re.compile(r"重新|第[二三]次|流标|废标|二次")
_AROUND = re.compile(
    rf"(?P<before>[^，,。；{W[1:-1]}]{{0,24}})(?P<when>{W})(?P<after>[^，,。；{W[1:-1]}]{{0,24}})"
)


@dataclass(frozen=True, slots=True)
class Step:
    """做到了哪一步：第几步、怎么叫、哪一天，写的是什么。"""

    order: int
    name: str
    when: When
    quote: str


def steps(sentences: Sequence[Sentence]) -> tuple[Step, ...]:
    """一段话里一件事的各步；说了标段、几批的那一步不算，重新来过的一步也不算。"""
    if any(_AGAIN.search(sentence.skeleton) for sentence in sentences):
        return ()
    return tuple(step for sentence in sentences for step in _steps(sentence))


def _steps(sentence: Sentence) -> Iterator[Step]:
    if not sentence.whens:
        return
    for match in _AROUND.finditer(sentence.skeleton):
        before, after = match["before"], match["after"]
        if (
            _NOT_YET.search(before[-8:])
            or _LIMIT.match(after)
            or _SEVERAL.search(before + after)
            or _ANOTHER_CONTRACT.search(before + after)
        ):
            continue
        named = _named(after) or (_named(before + after) if len(after) <= _BESIDE else None)
        if named is not None:
            yield Step(*named, sentence.when(match["when"]), sentence.shown(match.start(), match.end()))


def _named(words: str) -> tuple[int, str] | None:
    return next(((order, name) for order, name, pattern in _STEPS if pattern.search(words)), None)


def out_of_order(told: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    """后一步的日子整个在前一步的日子之前的：前一步和后一步。"""
    for later in told:
        for earlier in told:
            if earlier.order < later.order and later.when.last < earlier.when.first:
                yield earlier, later
                return

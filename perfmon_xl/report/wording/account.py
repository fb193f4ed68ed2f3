"""What a person wrote of a deviation, told apart: why, what has been done, what will be done, what is expected.

People type all of it into one cell, in any order, numbered or not, in the first person; a report tells the cause as a
cause and the measure as a measure, in the third person, in one sentence each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perfmon_xl.domain.model import Compared, Monitoring
from perfmon_xl.report.wording.chinese import ordinal

_SENTENCE = re.compile(r"[。；;\n]+")
_CLAUSE = re.compile(r"[，,]")
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)|\d\.(?=\d{1,2}月|\d+\.\d)|[一二三四五六七八九十]{1,2}(?:、|是)|[①-⑩])\s*"
)
_CAUSE = re.compile(
    r"^(?:(?:主要|偏差|滞后|未完成|未达标)?(?:的)?原因(?:分析)?(?:主要)?(?:是|为|在于|：|:)|是因为|因为|由于|因(?=.))"
)
_MEASURE = re.compile(
    r"^(?:(?:拟采取|已采取|采取|整改|改进|应对|解决|后续|补救|下一?步)?(?:的)?(?:工作)?措施(?:是|为|：|:)"
    r"|(?:在?下一?(?:步|阶段)|接下来|后续|后期|今后)(?:的)?(?:工作|计划|打算|安排|中)?(?:是|为|：|:|，|,|将|拟)?)\s*"
)
_DATE = r"(?:(?:明年|年内|20\d\d年)?\d{1,2}月(?:\d{1,2}日|[底末初]|[上中下]旬)?|年[底末]|本?年内)"
_DUE = re.compile(rf"^(?:于|在|将于|计划于)?{_DATE}(?:之|以)?(?:前|内)")
_SURE = re.compile(
    r"^(?:拟|将(?:于|在|通过|组织|加|抓|进一步|继续|对|由|按|与|向|把)|计划(?:于|在|通过|\d)|力争|争取|确保|督促|催促|抓紧|报请|约谈|增派|抽调|加派"
    r"|(?:现|目前|均|都)?已(?:经)?(?:与|向|对|将|把)?[^，。]{0,12}?(?:督促|要求|约谈|更换|签订|协调|增派|增加|抽调|加派|组织|启动|申请|报请|调整|制定|建立|安排|委托|采取|落实|召开|发函|整改|加装|补充|责令|更正|纠正|解决|补发|补办|修复|恢复|退回|追回))"
)
_LIKELY = re.compile(
    r"^(?:加快|加大|加强|协调|增加|组织|安排|调整|优化|完善|改用|改为|改走|更换|委托|申请|要求|召开|建立|制定|开展|落实|扩大|重新|"
    r"增聘|增设|集中|逐[一项个户]|分批|倒排|对接|联系|通过|整改)(?![了过量])|^[^，]{0,6}已(?:经)?(?=.)"
)
_UNDERWAY = re.compile(r"^正(?:在)?(?:督促|协调|抓紧|组织|办理|整改|落实|补充|重新|加快)")
_EXPECTED = re.compile(r"^(?:预计|预期)")
_UNDONE = re.compile(
    r"未|无法|不[能足够力到满及齐清畅]|没有|困难|难以|难度|(?:量|力度|周期|时间)[大小长短少]|导致|造成|致使|耽误|影响了|滞后|耗时|推迟|延误|延期|延长|减少|停工|停产|偏[慢低高晚]|过[慢低高晚大多长]"
)
_LACKING = re.compile(r"未能|尚未|未[取完开到签获交通]|无法|不能|没有|难以")
_DONE = re.compile(r"^(?:现|目前|均|都)?已(?:经)?")
_TENSE = re.compile(
    r"^(?:(?:现|目前|均|都)?已(?:经)?|拟(?![定订稿制])|计划(?=[于在通对\d])|将(?=[于在通对由\d]))(?:于(?=\d))?"
)
_STILL = re.compile(rf"{_DATE}(?:之|以)?前|拟|将(?!近)|下一?步|计划|争取|力争")
_SAME = re.compile(
    r"^(?:原因)?(?:同上|同前|同第?[一二三四五六七八九十\d]{1,3}[项条行]|见上|(?:与|和)?上[述面]?(?:指标|原因)?(?:相同|一样|一致))$"
)
_BODY = "局|委|办|中心|校|院|站|所|馆|队|公司|单位|处|部|集团|会"
_OWN = re.compile(rf"(?:我(?:们)?(?:{_BODY})|本(?:{_BODY})|我们)(?!门|[内子])")
_PLACE = re.compile(r"我(省|市|县|区|州|旗|镇|乡|街道)(?!级)")
_SEVERAL = 3
_TRAILING = "。；;，,、： :"


class TypedPiece(NamedTuple):
    """填的一句：文字、出自哪一栏的第几句。"""

    text: str
    field: str
    number: int


@dataclass(frozen=True, slots=True)
class Account:
    """一个偏差，人写的：为什么、做了什么、还要做什么、估计怎样；same_as 是写“同上”的，说的是第几条的原因。"""

    causes: tuple[TypedPiece, ...] = ()
    done: tuple[TypedPiece, ...] = ()
    planned: tuple[TypedPiece, ...] = ()
    expected: tuple[TypedPiece, ...] = ()

    @property
    def cause(self) -> str:
        return together([cause.text for cause in self.causes])

    @property
    def plan(self) -> str:
        """要做的，建议人去做时的说法：“已督促厂家11月底前交货”说“督促厂家11月底前交货”。"""
        return "，".join(as_task(one.text) for one in self.planned)

    @property
    def past(self) -> str:
        return "，".join(one.text for one in self.done)


def as_task(text: str) -> str:
    """去掉开头的“已”“拟”：要人去做的事。"""
    return _TENSE.sub("", text)


def together(texts: Sequence[str]) -> str:
    """几句话并成一句；三句以上编号，一看就知道有几条。

    >>> together(["汛期停工", "班组不足"]), together(["甲", "乙", "丙"])
    ('汛期停工，班组不足', '一是甲，二是乙，三是丙')
    """
    if len(texts) < _SEVERAL:
        return "，".join(texts)
    return "，".join(f"{ordinal(n)}是{text}" for n, text in enumerate(texts, 1))


def third_person(text: str, body: str) -> str:
    """填写人说的“我局”“本单位”，报告里说是谁；“我县”说“该县”。

    >>> third_person("我局人手不足，我县财力紧张", "区住建局"), third_person("自我评价低", "区住建局")
    ('区住建局人手不足，该县财力紧张', '自我评价低')
    """
    return _PLACE.sub(r"该\1", _OWN.sub(body or "该单位", text))


def accounts(monitoring: Monitoring) -> tuple[Account, ...]:
    """表4各行人写的，先后照表；写“同上”的，是上面一行写了的原因。"""
    body = (monitoring.project.unit_short or monitoring.project.unit).strip()
    found: list[Account] = []
    before: tuple[TypedPiece, ...] = ()
    for record in monitoring.compared:
        own = account(record, body)
        if _SAME.match(record.reason.strip().rstrip(_TRAILING)):
            own = Account(before, own.done, own.planned, own.expected)
        found.append(own)
        before = own.causes or before
    return tuple(found)


def account(record: Compared, body: str = "") -> Account:
    """一行的原因说明和改进措施，一句一句归到该在的地方。"""
    kept: dict[str, list[TypedPiece]] = {"cause": [], "done": [], "planned": [], "expected": []}
    reason = "" if _SAME.match(record.reason.strip().rstrip(_TRAILING)) else record.reason
    measures = (
        measure for text in _sentences(record.measure) for measure in _of_measures(_MEASURE.sub("", text))
    )
    for field, parts in (("reason", told_apart(reason)), ("measure", measures)):
        for n, (kind, text) in enumerate(parts, 1):
            kept[kind].append(TypedPiece(_worded(text, body), field, n))
    causes, done, planned, expected = (
        tuple({typed_piece.text: typed_piece for typed_piece in some if typed_piece.text}.values())
        for some in kept.values()
    )
    return Account(causes, done, planned, expected)


def _worded(text: str, body: str) -> str:
    """开头的“我局”不说：前面自有主语；句子里的说是谁。"""
    own = _OWN.match(text)
    return third_person(text[own.end() :] if own else text, body).strip(_TRAILING)


def _sentences(text: str) -> Iterator[str]:
    for piece in _SENTENCE.split(text):
        bare = _NUMBERED.sub("", piece.strip()).strip(_TRAILING)
        if bare:
            yield bare


def told_apart(text: str) -> Iterator[tuple[str, str]]:
    """原因一格里的各句：“cause”是原因，“done”是做了的，“planned”是要做的，“expected”是估计。

    >>> list(told_apart("招标流标一次，拟9月重新招标"))
    [('cause', '招标流标一次'), ('planned', '拟9月重新招标')]
    >>> list(told_apart("一是汛期停工；二是已增派班组，10月底前补上"))
    [('cause', '汛期停工'), ('done', '已增派班组'), ('planned', '10月底前补上')]
    >>> list(told_apart("协调难度大；10月底前未取得批复"))
    [('cause', '协调难度大'), ('cause', '10月底前未取得批复')]
    """
    measures = False  # after “措施：” all that follows is measures
    for n, sentence in enumerate(_sentences(text)):
        labelled = _MEASURE.match(sentence)
        if labelled:
            measures = True
        if measures:
            yield from _of_measures(_MEASURE.sub("", sentence))
            continue
        bare = _CAUSE.sub("", sentence).strip(_TRAILING)
        yield from _of_sentence(bare, first=n == 0 or bare != sentence)


def _of_sentence(sentence: str, *, first: bool) -> Iterator[tuple[str, str]]:
    """一句话：前面是原因，从哪个分句起是措施。"""
    clauses = _CLAUSE.split(sentence)
    cut = len(clauses)
    for n, clause in enumerate(clauses):
        bare = _without_subject(clause)
        sure = _MEASURE.match(bare) or (_SURE.match(bare) and not _UNDONE.search(bare))
        due = _DUE.match(bare) and not _LACKING.search(bare)
        likely = not first and n == 0 and _LIKELY.match(bare) and not _UNDONE.search(sentence)
        underway = not (first and n == 0) and _UNDERWAY.match(bare)
        if sure or due or likely or underway or _EXPECTED.match(bare):
            cut = n
            break
    if cut < len(clauses) and all(_LIKELY.match(c) and not _UNDONE.search(c) for c in clauses[:cut]):
        cut = 0  # a measure from its first word: its date only follows
    if cut:
        yield "cause", "，".join(clauses[:cut])
    if cut < len(clauses):
        yield from _of_measures(_MEASURE.sub("", "，".join(clauses[cut:])))


def _of_measures(sentence: str) -> Iterator[tuple[str, str]]:
    """一句措施：做了的和要做的分开。"""
    clauses = [c for c in _CLAUSE.split(sentence.strip(_TRAILING)) if c.strip()]
    kinds = [_kind(c) for c in clauses]
    at = 0
    while at < len(clauses):
        kind, end = kinds[at] or "planned", at + 1
        while end < len(clauses) and kinds[end] in ("", kind):
            end += 1
        yield kind, "，".join(clauses[at:end])
        at = end


def _kind(clause: str) -> str:
    """一个分句自己说得出的：做了的、要做的、估计；说不出的是空，跟着前面的。"""
    bare = _without_subject(clause)
    if _EXPECTED.match(bare):
        return "expected"
    if _DONE.match(bare) and not _STILL.search(bare):
        return "done"
    return "planned" if _STILL.search(bare) else ""


def _without_subject(clause: str) -> str:
    own = _OWN.match(clause.strip())
    return clause.strip()[own.end() :] if own else clause.strip()


SentenceMaker = Callable[[TypedPiece], str]  # a piece → its text with its mark


def with_marks(pieces: Sequence[TypedPiece], mark: SentenceMaker, *, numbered: bool = False) -> str:
    """几句话并成一句，每句带着记号。"""
    told = [mark(piece) for piece in pieces]
    return together(told) if numbered else "，".join(told)

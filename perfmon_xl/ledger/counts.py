"""Lists of names against how many are said to be, and later steps against earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfmon_xl.domain.numerals import chinese_number
from perfmon_xl.ledger.reading import Q, Role, Sentence
from perfmon_xl.ledger.relations import Breach, Relation, Subject, in_unit_of

_WHOLE_VERB = re.compile(
    r"申请|申报|应[^，,]{0,6}|发放|发出|受理|接到|收到|检测|检验|抽查|抽检|培训|参加|参训|报名|立案|发生|完工|验收(?!合格|通过)|检查|排查|报修|交办|购置|采购|印制|编印|生产|到货|回访|邀请|通知|走访|动员|登记|建档|摸排|摸底|抽样|拨打|发送|推送"
)
_PART_VERB = re.compile(
    r"(?:合格|达标|通过|办结|收回|回收|有效|满意|修复|整改|按期|及时|解决|处理|结案|获批|核准|批准|录用|录取|入选|取得|成活|完好|返还|追回|收缴|已?发放|配发|安装|投放|领用|接通|完成问卷|答复|答题|应答|反馈|到场|到会|实到|签到|入住|返校)[^，,\ue000-\ue7ff]{0,10}$"
)
_GIVEN_OUT = re.compile(r"发放|配发|安装|投放|领用")
_LOANED = re.compile(r"累计|历年|上年|去年|结转|其他|往年")


def orders(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“培训110人次，考核合格115人次”“发放问卷380份，收回400份”：后一步的数不会比前一步多。"""
    if _LOANED.search(sentence.skeleton):
        return
    for n, part in enumerate(sentence.quantities):
        if (
            n == 0
            or part.unit in ("", "%", "元")
            or part.per
            or sentence.roles[n] not in (Role.ACTUAL, Role.PART)
        ):
            continue
        if not _PART_VERB.search(sentence.before(n)):
            continue
        for m in range(n - 1, -1, -1):
            whole = sentence.quantities[m]
            if whole.unit != part.unit or whole.per or sentence.roles[m] not in (Role.ACTUAL, Role.PLAN):
                continue
            if TAKEN_OUT.search(sentence.before(m)):
                continue  # “初审剔除27件，评审通过35件”: what went is not what the next step starts from
            if sentence.roles[m] is Role.PLAN and _GIVEN_OUT.search(sentence.before(n)):
                continue  # more than planned may be installed
            if _WHOLE_VERB.search(sentence.before(m)) and part.low > whole.high and not whole.about:
                yield Breach(
                    relation=Relation.ORDER,
                    quote=sentence.shown(sentence.at[m] - len(sentence.before(m)), sentence.at[n] + 1),
                    fact=f"{part.text} 比 {whole.text} 还多",
                    values={"全部": whole.plainly, "部分": part.plainly},
                )
            break


TAKEN_OUT = re.compile(r"(?:剔除|退回|淘汰|扣除|驳回|否决|撤回|作废|清退)(?:了|无效|不合格|不符合条件的?)*$")


def left_after_taking_out(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“收到62件，初审剔除27件，评审通过45件”：后面的不会比剩下的多。"""
    for n, out in enumerate(sentence.quantities):
        if not 0 < n < len(sentence.quantities) - 1 or not TAKEN_OUT.search(sentence.before(n)):
            continue
        if re.search("补充|补正|整改|重新|修改", sentence.after(n)):
            continue  # sent back to come again
        whole, part = sentence.quantities[n - 1], sentence.quantities[n + 1]
        if (
            not whole.kind == out.kind == part.kind
            or whole.unit in ("", "%")
            or any(q.about for q in (whole, out, part))
        ):
            continue
        left = whole.number - out.number
        if left < 0 or part.number <= left or part.number > whole.number:
            continue
        yield Breach(
            relation=Relation.ORDER,
            quote=sentence.shown(sentence.at[n - 1], sentence.at[n + 1] + 1),
            fact=f"{whole.text}－{out.text} 只剩 {in_unit_of(left, part)}，{part.text} 还多",
            values={"剩下": in_unit_of(left, part), "写的": part.plainly},
        )


_OUT_OF = re.compile(rf"(?P<w>{Q})[^，,。\ue000-\ue7ff]{{0,10}}中[，,]?(?:已?有|其中)?(?P<p>{Q})")


def out_of(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“参训的1200人中，1268人就业”：从里面数出来的，不会比它还多。"""
    for match in _OUT_OF.finditer(sentence.skeleton):
        whole, part = sentence.quantity(match["w"]), sentence.quantity(match["p"])
        if whole.kind != part.kind or whole.unit in ("", "%") or whole.about or part.low <= whole.high:
            continue
        yield Breach(
            relation=Relation.ORDER,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"{part.text} 比 {whole.text} 还多",
            values={"全部": whole.plainly, "部分": part.plainly},
        )


_NAME = r"[\u4e00-\u9fffA-Za-z“”·]{2,12}"
_LISTED = re.compile(
    rf"(?P<names>{_NAME}(?:、{_NAME}){{1,30}}(?:[和及与]{_NAME})?)(?:这|共计?|合计)?(?P<n>{Q})(?P<noun>[\u4e00-\u9fff]{{1,6}})"
)
_BRACKETED = re.compile(
    rf"(?P<n>{Q})(?P<noun>[\u4e00-\u9fff]{{0,8}}?)(?:[（(]|：|:|，?(?:分别(?:是|为)|即|包括))(?P<names>{_NAME}(?:、{_NAME}){{1,30}}(?:[和及与]{_NAME})?)(?P<end>[）)，,。；;]|$)"
)
# what is told after a colon or “为” is the list itself, whatever it is a list of
_TOLD = re.compile(
    rf"(?P<n>{Q})(?P<noun>[\u4e00-\u9fff]{{0,10}}?)(?P<mark>[：:]|，?(?:分别|依次|名单)?(?:为|是|即)[：:]?)"
    rf"(?P<names>{_NAME}(?:、{_NAME}){{1,30}}(?:[和及与]{_NAME})?)(?P<end>[）)，,。；;]|$)"
)
_TITLES = re.compile(
    rf"(?P<n>{Q})(?P<noun>[\u4e00-\u9fff]{{0,10}}?)(?:[（(]|[：:]|，?(?:分别|依次)?(?:为|是|即|包括)?)(?P<names>《[^》]{{1,40}}》(?:[、和及与]?《[^》]{{1,40}}》)+)(?P<end>等?)"
)
_COUNTED = {"个", "所", "家", "座", "名", "处", "人", "项", "条", "户", "站", "村"}
_PLACES = re.compile(
    r"^(?:乡|镇|街道|村|社区|学校|中学|小学|县|区|市|单位|部门|水库|水厂|站|园|医院|卫生院|科室|局|中心|公司|企业|机构|站点|片区|小区|书屋|敬老院|幼儿园|基地|项目区|乡镇)"
)


def lists(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“白沙、黄坪、龙口、石桥、云峰4个乡镇”：列出来的名称与个数不一样；有“等”的不比。"""
    spoken: set[int] = set()
    yield from _titles(sentence)
    for pattern in (_TOLD, _LISTED, _BRACKETED):
        for match in pattern.finditer(sentence.skeleton):
            count = sentence.quantity(match["n"])
            if ord(match["n"]) in spoken:
                continue
            names = re.split(r"[、]|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})", match["names"])
            if (
                count.unit not in _COUNTED
                or count.about
                or count.per
                or "等" in match["names"][-3:]
                or count.number > 30
            ):
                continue
            if pattern is _LISTED and (not _PLACES.match(match["noun"]) or "等" in match["names"]):
                continue
            if (
                pattern is _BRACKETED
                and not _PLACES.match(match["noun"])
                and "（" not in match[0]
                and "(" not in match[0]
            ):
                continue
            if (
                any(re.search(r"[完已经的了在按将]", name[1:]) for name in names[1:])
                or len(names) == count.number
            ):
                continue
            if abs(len(names) - count.number) > max(3, int(count.number) // 2):
                continue
            if pattern is _TOLD and any(len(name) > 10 or _A_SENTENCE.search(name) for name in names):
                continue
            spoken.add(ord(match["n"]))
            yield Breach(
                relation=Relation.LIST,
                quote=sentence.shown(match.start(), match.end()),
                fact=f"写的是 {count.text}，列出来的有 {len(names)}{count.unit}",
                values={"写的": count.plainly, "列举": f"{len(names)}{count.unit}"},
            )


_SHORT = r"[\u4e00-\u9fffA-Za-z“”·]{1,12}"
_KINDS = re.compile(
    rf"(?P<names>{_SHORT}(?:、{_SHORT}){{1,12}}?)(?:这|共计?|合计)?(?<![等第])(?P<n>[两二三四五六七八九]|(?<!\d)[2-9])(?P<unit>大?类|种|级|个?方面|个?环节|个?阶段|档)(?![^，,。；、]{{0,4}}[为是]?第)"
)
_OF_OTHERS = re.compile("[等每级类种共]|中(?=抽|选|有|取|随)|分为|抽|选取")  # 列的是另外的东西，或者没有列完
_ONE_NAME = re.compile("[和及与]|以及")


def kinds(sentence: Sentence, subject: Subject) -> Iterator[Breach]:
    """“离心泵、轴流泵、潜水泵四类”：前面列的与说的几类不一样；“和”可以是名称里的字，哪样数都行；有“等”的不比。"""
    if "、" not in sentence.text:
        return
    for match in _KINDS.finditer(sentence.with_numbers):
        names, told = match["names"], chinese_number(match["n"].replace("两", "二"))
        least = names.count("、") + 1
        most = least + len(_ONE_NAME.findall(names.rpartition("、")[2]))
        if told is None or least <= told <= most or abs(told - most) > _NEAR or _OF_OTHERS.search(names):
            continue
        said = match["n"] + match["unit"]
        yield Breach(
            relation=Relation.LIST,
            quote=match[0],
            fact=f"写的是 {said}，列出来的有 {most} 个",
            values={"写的": said, "列举": f"{most}{match['unit'].replace('大', '')}"},
        )


_NEAR = 2  # 差得更多的，前面列的是别的
_A_SENTENCE = re.compile(r"[是为使让给没未不]|建议|加强|进一步")


def _titles(sentence: Sentence) -> Iterator[Breach]:
    """“出台5项制度，分别为《财务管理办法》《采购管理办法》……”：书名号里的名称与个数不一样。"""
    for match in _TITLES.finditer(sentence.skeleton):
        count, names = sentence.quantity(match["n"]), re.findall(r"《[^》]{1,40}》", match["names"])
        if (
            count.unit not in {*_COUNTED, "部", "份", "册", "种", "本", "篇", "类"}
            or count.about
            or match["end"]
        ):
            continue
        if re.match(r"等|及|和", sentence.skeleton[match.end() :]) or len(names) == count.number:
            continue
        yield Breach(
            relation=Relation.LIST,
            quote=sentence.shown(match.start(), match.end()),
            fact=f"写的是 {count.text}，列出来的有 {len(names)}{count.unit}",
            values={"写的": count.plainly, "列举": f"{len(names)}{count.unit}"},
        )

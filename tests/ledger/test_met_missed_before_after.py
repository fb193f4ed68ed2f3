"""Those that met and missed of a whole; earlier, change and now; planned and real days; averages: text and claims side by side."""

from __future__ import annotations

import pytest

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import read_target
from perfmon_xl.ledger.among import among
from perfmon_xl.ledger.before_and_after import since_then
from perfmon_xl.ledger.days import planned_and_done
from perfmon_xl.ledger.formulas import formulas
from perfmon_xl.ledger.fractions import fractions, fractions_of_target
from perfmon_xl.ledger.means import listed
from perfmon_xl.ledger.met_and_missed import met_and_missed
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.ledger.relations import NO_SUBJECT, Subject
from perfmon_xl.ledger.stock import stocks
from perfmon_xl.ledger.subjects import measured
from perfmon_xl.ledger.sums import listed_sums

_RELATIONS = (met_and_missed, stocks, since_then, planned_and_done, listed, formulas, fractions)


def found(text: str, subject: Subject = NO_SUBJECT) -> list[str]:
    return [
        breach.fact
        for sentence in sentences(text, 2024)
        for relation in _RELATIONS
        for breach in relation(sentence, subject)
    ]


@pytest.mark.parametrize(
    ("wrong", "facts"),
    [
        ("应完工10个，9个按期，2个逾期，按期完工率90%。", ["9个＋2个 = 11个，不是 10个"]),
        ("400份中372份达标，31份未达标。", ["372份＋31份 = 403份，不是 400份"]),
        ("有效问卷180份，190份满意。", ["190份 比 180份 还多"]),
        ("考核100人，不合格5人，合格率98%。", ["（100人－5人）÷100人 = 95%，写的是 98%"]),
        ("全县60套监控中55套在线，在线率96.67%。", ["55套÷60套 = 91.67%，写的是 96.67%"]),
        ("建成135个，已验收120个，合格119个，合格率97.5%。", ["119个÷120个 = 99.17%，写的是 97.5%"]),
        ("栽植900株，成活820株，成活率94%。", ["820株÷900株 = 91.11%，写的是 94%"]),
        ("新装监控8套，连同原有的58套，全县共60套。", ["58套＋8套 = 66套，写的是 60套"]),
        ("原有护林员80人，新聘25人，现共100人。", ["80人＋25人 = 105人，写的是 100人"]),
        ("原计划4月10日开工，实际4月2日开工，提前9天。", ["4月10日到4月2日相差 8 天"]),
        ("合同约定6月30日交货，6月18日送达，早15天。", ["6月30日到6月18日相差 12 天"]),
        ("县级资金到位率69.55%（182.00÷280.00）。", ["182.00÷280.00 = 65%，写的是 69.55%"]),
        ("优良率13÷16=82.25%。", ["13÷16 = 81.25%，写的是 82.25%"]),
        ("建成13.5公里，占全县27公里的三分之一。", ["13.5公里÷27公里 = 50%，写的是三分之一"]),
        ("完成12公里，正好是全年27公里的一半。", ["12公里÷27公里 = 44.44%，写的是一半"]),
        ("两起分别用时38分钟、60分钟，平均46分钟。", ["2 个数平均是 49分钟，写的是 46分钟"]),
    ],
)
def test_what_does_not_hold_is_said(wrong: str, facts: list[str]) -> None:
    assert found(wrong) == facts


@pytest.mark.parametrize(
    "right",
    [
        "应完工10个，9个按期，1个逾期6天完工，按期完工率90%。",
        "400份中372份达标，28份未达标，达标率93%。",
        "抽检80个点，2个点不合格，已返工，首检合格率97.5%。",
        "参训300人，取证255人，取证率85%，就业180人，就业率60%。",
        "受理120件，办结114件，按期办结110件，按期办结率91.67%。",
        "检查72家，责令整改31家，整改完成29家，整改率93.55%。",
        "抽查120户，满意108户，基本满意9户，不满意3户，满意度97.5%。",
        "改造30公里，验收28公里，验收合格率100%。",
        "计划购置36台，实际购置并安装37台。",
        "已建成70公里，年底完成80公里。",
        "新装监控8套，连同原有的52套，全县共60套。",
        "11月22日通过竣工验收，比11月30日的期限提前8天。",
        "3月1日公示，4月1日开工，比原来的安排提前5天。",
        "最快5个工作日，最慢9个工作日，平均8个工作日。",
        "县级资金到位率65.00%（182.00÷280.00）。",
        "支出5.4万元，占总价21.6万元的四分之一。",
        "覆盖130户，超过200户的一半。",
        "农民工1008人，约占参训1250人的五分之四。",
        "三次测评92、95、98分，平均95分。",
    ],
)
def test_what_holds_or_cannot_be_told_is_left_alone(right: str) -> None:
    assert found(right) == []


def _of(name: str, actual: str) -> Subject:
    return measured(Compared(name=name, annual=read_target("≥1亩"), actual=read_target(actual))).subject


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("2024年同期为7900亩，今年多700亩。", []),
        ("去年同期为7900亩，今年多777亩。", ["现在是 8600亩，以前 7900亩，应当是多700亩"]),
        ("上年为9000亩，减少300亩。", ["现在是 8600亩，以前 9000亩，应当是少400亩"]),
        ("上年为9000亩，比目标少300亩。", []),
    ],
)
def test_what_is_now_is_the_indicators_own(text: str, facts: list[str]) -> None:
    assert found(text, _of("新建面积", "8600亩")) == facts


def test_a_mean_is_no_sum_of_its_parts() -> None:
    (sentence,) = sentences("平均88.6分，其中城区90.1分、乡村87.1分。", 2024)
    assert [b for relation in (listed_sums, among) for b in relation(sentence, NO_SUBJECT)] == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("扫描180万页，已过全年任务的一半。", ["180万页÷400万页 = 45%，写的是已过一半"]),
        ("扫描180万页，不到全年任务的一半。", []),
    ],
)
def test_a_fraction_of_the_target_is_the_indicators_own(text: str, facts: list[str]) -> None:
    record = Compared(name="扫描页数", annual=read_target("≥400万页"), actual=read_target("180万页"))
    (sentence,) = sentences(text, 2024)
    assert [b.fact for b in fractions_of_target(sentence, measured(record).subject)] == facts

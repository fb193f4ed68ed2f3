"""Sentences and what does not hold in them; right ones beside them stay silent."""

from __future__ import annotations

import pytest

from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.target import read_target
from perfmon_xl.ledger import (
    changes,
    counts,
    days,
    differences,
    directions,
    formulas,
    grades,
    limits,
    means,
    products,
    remaining,
    restated,
    share_lists,
    shares,
    shares_of_target,
    spans,
    sums,
)
from perfmon_xl.ledger.reading import sentences
from perfmon_xl.ledger.relations import NO_SUBJECT, Subject
from perfmon_xl.ledger.subjects import measured

_RELATIONS = (
    directions.directions, days.dates, changes.changes, differences.somewhat, differences.differences, remaining.remainders,
    products.products, shares.shares, counts.orders, sums.listed_sums, share_lists.share_lists, counts.lists, restated.restated,
)  # fmt: skip


def found(text: str, subject: Subject = NO_SUBJECT) -> list[str]:
    return [
        f"{breach.relation.name} {breach.fact}"
        for sentence in sentences(text, 2025)
        for relation in _RELATIONS
        for breach in relation(sentence, subject)
    ]


@pytest.mark.parametrize(
    ("wrong", "relation"),
    [
        ("办证率86%，高于目标值90%。", "DIRECTION"),
        ("合格率95.45%，低于90%的目标。", "DIRECTION"),
        ("工期92天，没有超过90天的期限。", "DIRECTION"),
        ("完工率85.7%，达到年度目标值90%。", "DIRECTION"),
        ("改造136户，已完成150户的阶段目标。", "DIRECTION"),
        ("招标于7月5日完成，早于6月30日的要求。", "DIRECTION"),
        ("投诉由3件降至5件。", "DIRECTION"),
        ("检测915批次，较阶段目标900批次多25批次。", "DIFFERENCE"),
        ("满意度由91.2%上升到93.5%，上升3.2个百分点。", "DIFFERENCE"),
        ("培训110人次，比上年的100人次增长15%。", "DIFFERENCE"),
        ("执行率73.80%，序时进度75.00%，慢2.2个百分点。", "DIFFERENCE"),
        ("5月16日完成，比5月20日的期限提前9天。", "DIFFERENCE"),
        ("修建书屋12座，每座3万元，共40万元。", "PRODUCT"),
        ("80名管水员，每人每月500元，9个月共发放40.5万元。", "PRODUCT"),
        ("改造62公里，支出186万元，平均每公里3.1万元。", "PRODUCT"),
        ("检测915批次，达标888批次，达标率98.50%。", "SHARE"),
        ("到位470万元，占调整后预算500万元的96%。", "SHARE"),
        ("培训110人次，考核合格115人次。", "ORDER"),
        ("发放问卷380份，收回400份。", "ORDER"),
        ("检测水源水210批次、出厂水360批次、末梢水335批次，合计915批次。", "PARTS"),
        ("共检测915批次，包括水源水210批次、出厂水360批次、末梢水355批次。", "PARTS"),
        ("上半年检测580批次，7月至9月检测325批次，累计检测915批次。", "PARTS"),
        ("涉及白沙、黄坪、龙口、石桥、云峰4个乡镇。", "LIST"),
        ("覆盖6个乡镇（白沙、黄坪、龙口、石桥、云峰）。", "LIST"),
        ("合同总价3,860,000元（368.00万元）。", "RESTATED"),
    ],
)
def test_a_relation_that_does_not_hold(wrong: str, relation: str) -> None:
    assert [line.split()[0] for line in found(wrong)] == [relation], found(wrong)


@pytest.mark.parametrize(
    "right",
    [
        "合格率95.45%，高于90%的目标。",
        "完工率85.7%，未达到90%的年度目标。",
        "每台补助7.37万元，低于8万元/台的标准。",
        "延伸管网62公里，超过阶段目标60公里，尚未达到80公里的全年目标。",
        "平均每公里3万元，控制在每公里3.2万元以内，节约成本0.2万元/公里。",
        "上年同期为52公里，今年62公里，同比增加10公里。",
        "检测915批次，比上年同期的850批次增长7.65%。",
        "预算执行率51.02%，序时进度58.33%，低7.31个百分点。",
        "9月检测102批次，1月至9月累计检测915批次。",
        "8月检测90批次，9月检测102批次，累计检测915批次。",
        "收回有效问卷400份，满意和基本满意374份，不满意26份，满意度93.5%。",
        "发放问卷420份，收回有效问卷400份，满意374份，满意度93.5%。",
        "培训110人次，考核合格率95.45%，比阶段目标120人次少10人次。",
        "完工62公里，抽查12公里，全部合格，合格率100%。",
        "新增受益3175户、1.27万人。",
        "22所村卫生室改造支出880,000.00元，平均4万元/所，低于4.2万元/所。",
        "700户支出210.00万元，户均0.3万元。",
        "维修大坝、溢洪道、闸门34处。",
        "涉及白沙、黄坪、龙口等5个乡镇。",
        "实际支出369万元（3,690,000元）。",
        "办理158件，其中刑事110件、民事46件。",
        "于5月16日全部完成，比5月20日的期限提前4天。",
        "县级资金到位150万元，占应到位的75%。",
        "为没有委托辩护人的被告人提供辩护59人次，派驻值班律师72人次，提供帮助146人次，参与案件255件。",
        "力争年底达到80公里，不低于全年目标80公里。",
    ],
)
def test_what_holds_stays_silent(right: str) -> None:
    assert found(right) == []


def subject(
    annual: str, stage: str, actual: str, level2: str = "数量指标", name: str = "管网延伸长度"
) -> Subject:
    row = Compared(
        name=name,
        level2=level2,
        annual=read_target(annual),
        stage=read_target(stage),
        actual=read_target(actual),
    )
    return measured(row).subject


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("距全年目标还差22公里。", ["REMAINDER"]),
        ("距全年目标还差18公里。", []),
        ("剩余18公里安排在11月前完成。", []),
        ("东片40公里已完成34公里，剩余6公里。", []),
        ("比阶段目标多3公里，已延伸62公里。", []),
        ("已延伸62公里，比阶段目标多3公里。", ["DIFFERENCE"]),
        ("已延伸62公里，比阶段目标多2公里。", []),
    ],
)
def test_held_against_the_target_and_actual_of_the_indicator(text: str, relations: list[str]) -> None:
    assert [line.split()[0] for line in found(text, subject("≥80公里", "≥60公里", "62公里"))] == relations


def test_better_depends_on_the_direction() -> None:
    text = "平均用时6天，优于5天的目标。"
    short = subject("≤5天", "≤5天", "6天", "时效指标", "平均用时")
    long = subject("≥5天", "≥5天", "6天", "数量指标", "开放天数")
    assert [line.split()[0] for line in found(text, short)] == ["DIRECTION"]
    assert found(text, long) == found(text) == []


_LATER_RELATIONS = (
    *_RELATIONS, differences.over_target, differences.growth_rates, days.ahead_of_due, formulas.formulas, means.listed,
    shares_of_target.shares_of_target, shares_of_target.shares_of_two_kinds, shares_of_target.rounded_over, counts.out_of, spans.durations, limits.named_limits,
    grades.scores,
)  # fmt: skip


def found_by_all(text: str, about: Subject = NO_SUBJECT) -> list[str]:
    return [
        f"{breach.relation.name} {breach.fact}"
        for sentence in sentences(text, 2025)
        for relation in _LATER_RELATIONS
        for breach in relation(sentence, about)
    ]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("查实4件，在3件的控制数以内。", "4件 大于 3件"),
        ("响应22分钟，未能控制在30分钟以内。", "22分钟 没有超过 30分钟"),
        ("检出率3.3%，已突破4%的控制线。", "3.3% 小于 4%"),
        ("与12家企业签约，较去年的15家有所增加。", "12家 比 15家 小"),
        ("编印2400册，其中一类书1000册、二类书900册、三类书400册。", "2300册"),
        ("24个系统中，三级系统7个、二级系统18个。", "25个"),
        ("总预算600万元，由中央360万元和市级260万元构成。", "620万元"),
        ("男性438人、女性562人，共培训1000人，女性占46.2%。", "56.2%"),
        ("失业人员占35%、农民工占40%、职工占30%。", "105%"),
        ("10月建2公里、11月2公里、12月1公里，补齐剩余的6公里。", "5公里"),
        ("1月至6月各月支出12、18、22、25、27、30万元，合计132万元。", "134万元"),
        ("980万元÷14公里，每公里72万元。", "70万元"),
        ("24期，培训1200人，平均每期60人。", "50人"),
        ("计划采购40台，已采购24台，尚有18台待采购。", "16台"),
        ("参训的1200人中，1268人就业。", "1268人 比 1200人"),
        ("出台5项制度，分别为《财务》《采购》《合同》《资产》。", "4项"),
        ("训练点所在乡镇共6个：城关镇、柳河镇、石桥乡、南坪乡、双河乡。", "5个"),
        ("3月12日开工，历时131天，6月21日完工。", "101 天"),
        ("核定编制62人，年末在职65人，控制在编制以内。", "65人 大于 62人"),
        ("自评得分84.60分，等次为“优”。", "“良”"),
        ("抽检250批次，5批次不合格，合格率98.8%。", "98%"),
        ("较上年同期880人增加120人，增长12.0%。", "13.64%"),
    ],
)
def test_more_that_does_not_hold(wrong: str, says: str) -> None:
    assert any(says in line for line in found_by_all(wrong)), found_by_all(wrong)


@pytest.mark.parametrize(
    "right",
    [
        "查实3件，在3件的控制数以内。",
        "响应22分钟，控制在30分钟以内。",
        "检出率4.1%，已突破4%的控制线。",
        "与17家企业签约，较去年的15家有所增加。",
        "编印2400册，其中一类书1000册、二类书900册、三类书500册。",
        "24个系统中，三级系统7个、二级系统17个。",
        "总预算600万元，由中央360万元和市级240万元构成。",
        "女性占52%、党员占30%、50岁以上占40%。",
        "1月至6月各月支出12、18、22、25、27、30万元，合计134万元。",
        "980万元÷14公里，每公里70万元。",
        "24期，培训1200人，平均每期50人。",
        "计划采购40台，已采购24台，尚有16台待采购。",
        "参训的1200人中，768人就业。",
        "出台5项制度，包括《财务》《采购》《合同》等。",
        "3月12日开工，历时101天，6月21日完工，早于6月30日的要求。",
        "核定编制62人，年末在职60人，控制在编制以内。",
        "自评得分84.60分，等次为“良”。",
        "抽检250批次，5批次不合格，合格率98%。",
        "1200名学员首次通过930人，补考通过42人，共972人取证。",
        "完成全年目标2000人的60%，培训1200人。",
        "走访50家企业，非常满意20家、满意24家、一般6家。",
    ],
)
def test_more_that_holds_stays_silent(right: str) -> None:
    assert found_by_all(right) == []

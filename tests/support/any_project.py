"""Invented projects of every kind: all kinds of indicators in all states, every turn that money can take."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

FIELDS = (
    ("校园食堂改造", "教育局", "食堂", "间"),
    ("村级卫生室提升", "卫生健康局", "卫生室", "个"),
    ("水库除险加固", "水利局", "坝体", "米"),
    ("智慧停车建设", "城市管理局", "车位", "个"),
    ("蔬菜基地扶持", "农业农村局", "大棚", "亩"),
    ("残疾人就业帮扶", "残疾人联合会", "帮扶对象", "人"),
    ("非遗保护传承", "文化和旅游局", "传习活动", "场"),
    ("道路交通设施养护", "交通运输局", "护栏", "公里"),
)
REASONS = (
    "设备到货推迟",
    "招标流标一次",
    "连续降雨停工",
    "人员没有招满",
    "场地移交滞后",
    "方案尚未批复",
    "供货商产能不足",
)
MIXED = (  # cause and measure typed into one cell, in the first person, with lines
    "设备到货推迟；下一步督促供货商{m}月底前补齐",
    "我局人手不足，图纸审查慢；\n居民意见不统一。",
    "1.连续降雨停工\n2.班组不足，已增派一个班组，{m}月底前追上",
    "招标流标一次，拟{m}月重新招标",
    "方案尚未批复。整改措施：{m}月15日前取得批复，{m}月底前开工。",
)
MEASURES = (
    "{m}月底前增派两个班组",
    "督促供货商{m}月底前补齐",
    "{m}月15日前完成招标",
    "调整施工次序，{m}月底前追上",
)
GRADES = (("明显改善", "明显改善"), ("提升", "提升"), ("有效保障", "有效保障"), ("达成预期指标", "部分达成"),
          ("达成预期指标", "未达成"), ("显著提升", "有所提升"), ("Ⅲ类", "Ⅲ类"))  # fmt: skip
Row = dict[str, str]


def any_project(seed: int) -> dict[str, Any]:
    """第 seed 个项目，一样的种子一样的项目。"""
    chance = random.Random(seed)
    work, body, thing, unit = chance.choice(FIELDS)
    month = chance.choice((3, 5, 6, 7, 9, 10, 12))
    rules = chance.choice(("平台通用", "平台通用", "四川2025", "合肥", "山西", "广西"))
    place = chance.choice(("青禾县", "临江区", "白石市"))
    compared = [make(chance, thing, unit, month) for make in _chosen(chance)]
    names: set[str] = set()
    compared = [row for row in compared if not (row["name"] in names or names.add(row["name"]))]
    for row in compared:
        _explained(chance, row, month)
    return {
        "project": {
            "name": f"2024年{place}{work}项目", "year": "2024", "department": f"{place}{body}",
            "unit": f"{place}{body}" if chance.random() < 0.3 else f"{place}{work[:2]}服务中心",
            "unit_short": chance.choice(("", f"{place[-1]}{work[:2]}中心")),
            "client": chance.choice(("", f"{place}财政局")), "client_short": f"{place[-1]}财政局",
            "monitor": chance.choice((f"{place}财政局", "衡信绩效咨询有限公司")),
            "start": "2024-01-01", "end": chance.choice(("2024-12-31", "2025-06-30")),
            "cutoff": f"2024-{month:02d}-{30 if month in (6, 9) else 31}",
            "report_date": f"2024-{month + 1:02d}-18" if month < 12 else "2025-01-18",
            "rule_set": rules, "background": f"{thing}不足。", "scope": f"{work}。",
        },
        "goal": {"text": f"完成{work}，改善服务。"},
        "progress": _progress(chance, thing, unit),
        "funding": _funding(chance),
        "spending": _spending(chance),
        "declared": [],
        "compared": compared,
    }  # fmt: skip


def _chosen(chance: random.Random) -> list[Callable[[random.Random, str, str, int], Row]]:
    makers = (
        _count,
        _count,
        _count,
        _rate,
        _rate,
        _rate,
        _cap,
        _cost,
        _equal,
        _range,
        _date,
        _words,
        _words,
        _yes_no,
        _zero,
        _level,
        _nobody,
        _held,
    )
    return [chance.choice(makers) for _ in range(chance.randint(3, 22))]


def _row(level1: str, level2: str, name: str, annual: str, stage: str, actual: str) -> Row:
    return {
        "level1": level1,
        "level2": level2,
        "name": name,
        "annual": annual,
        "stage": stage,
        "actual": actual,
    }


_WORKS = (
    "改造",
    "新建",
    "培训",
    "巡查",
    "安装",
    "购置",
    "清理",
    "接待",
    "检测",
    "宣传",
    "更新",
    "种植",
    "回访",
    "补植",
)


def _count(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    year = chance.randint(20, 3000)
    stage = max(1, year * month // 12)
    share = chance.choice((0, 0.2, 0.4, 0.55, 0.7, 0.9, 1, 1, 1.05, 1.15, 1.3, 2.8))
    actual = chance.choices(
        (f"{int(stage * share)}{unit}", "", f"≥{stage}{unit}", "基本完成"), (12, 1, 1, 1)
    )[0]
    name = f"{chance.choice(_WORKS)}{thing}{chance.choice('甲乙丙丁戊己')}数量（{unit}）"
    return _row("产出指标", "数量指标", name, f"≥{year}{unit}", f"≥{stage}{unit}", actual)


def _rate(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    level1, level2, word = chance.choice(
        (
            ("产出指标", "质量指标", "验收合格率"),
            ("产出指标", "时效指标", "按时完成率"),
            ("效益指标", "社会效益指标", "覆盖率"),
            ("满意度指标", "服务对象满意度指标", "使用者满意度"),
        )
    )
    goal = chance.choice((80, 85, 90, 95, 98, 100))
    actual = chance.choice((100, goal, max(goal - 7, 31), min(goal + 3, 100), goal - 2.5))
    told = chance.choices((f"{actual}%", "", f"≥{goal}%", "已完成"), (12, 2, 1, 1))[0]
    stage = chance.choice((f"≥{goal}%", f"≥{goal}%", ""))
    return _row(level1, level2, f"{thing}{chance.choice('甲乙丙丁戊')}{word}", f"≥{goal}%", stage, told)


def _cap(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    limit = chance.randint(2, 9)
    actual = chance.choice((limit - 1.5, limit, limit + 1.2))
    name, unit = chance.choice((("返修率", "%"), ("平均办结时间", "个工作日"), ("投诉占比", "%")))
    return _row(
        "产出指标", "质量指标", f"{thing}{name}", f"≤{limit}{unit}", f"≤{limit}{unit}", f"{actual}{unit}"
    )


def _cost(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    if chance.random() < 0.5:
        return _row("成本指标", "经济成本指标", f"{thing}单位成本", f"≤900元/{unit}", f"≤900元/{unit}",
                    f"{chance.choice((820, 900, 955.5))}元/{unit}")  # fmt: skip
    actual = chance.choice((180, 260, 320, 410))
    return _row("成本指标", "经济成本指标", "项目总成本", "≤400万元", "≤250万元", f"{actual}万元")


def _equal(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    year = chance.choice((2, 4, 6, 12))
    stage = max(1, year * month // 12)
    return _row("产出指标", "数量指标", f"{thing}现场会场次（场）", f"={year}场", f"={stage}场",
                f"{chance.choice((0, stage, year, year + 2, max(stage - 1, 0)))}场")  # fmt: skip


def _range(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    return _row("产出指标", "数量指标", f"{thing}配件安装量（套）", "300-400套", "150-200套",
                f"{chance.choice((120, 160, 240))}套")  # fmt: skip


def _date(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    due = chance.choice(("2024年3月31日前", "2024年6月30日前", "2024年9月30日前", "2024年12月20日前"))
    actual = chance.choice(("", "", "2024年2月20日", "2024年3月5日"))
    return _row("产出指标", "时效指标", f"{thing}{chance.choice('甲乙丙丁')}完成时间", due, "", actual)


def _words(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    goal, actual = chance.choice(GRADES)
    name = f"{thing}{chance.choice(('环境', '管理水平', '使用条件', '服务能力', '维护机制'))}"
    return _row("效益指标", "社会效益指标", name, goal, goal, chance.choice((actual, actual, actual, "")))


def _yes_no(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    name = chance.choice((f"是否公示{thing}名单", f"是否建立{thing}台账", f"{thing}档案是否建立"))
    return _row("效益指标", "社会效益指标", name, "是", "是", chance.choice(("是", "是", "否")))


def _level(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    """不累加的数：系数、平均数、补助标准。"""
    name, goal, seen = chance.choice(
        (
            ("利用系数", "≥0.65", ("0.67", "0.61", "0.65")),
            ("平均使用年限", "≥8年", ("9年", "6年", "8年")),
            ("补助标准", "=200元/人", ("200元/人", "220元/人", "180元/人")),
        )
    )
    level2 = "数量指标" if "标准" in name else "生态效益指标"
    level1 = "产出指标" if "标准" in name else "效益指标"
    return _row(level1, level2, f"{thing}{name}", goal, goal, chance.choice(seen))


def _nobody(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    name = chance.choice((f"{thing}伤亡人数", f"“零容忍”{thing}违规户数"))
    unit = "人" if name.endswith("人数") else "户"
    return _row(
        "效益指标", "社会效益指标", name, f"=0{unit}", f"=0{unit}", chance.choice((f"0{unit}", f"2{unit}"))
    )


def _held(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    """全年保持一样的数，写着千分位。"""
    goal = chance.randint(1_200, 8_000)
    seen = chance.choice((goal, goal + 130, goal - 210))
    name = f"在册{thing}{chance.choice('甲乙丙丁')}人数"
    return _row("产出指标", "数量指标", name, f"≥{goal:,}人", f"≥{goal:,}人", f"{seen:,}人")


def _zero(chance: random.Random, thing: str, unit: str, month: int) -> Row:
    return _row(
        "产出指标", "质量指标", f"{thing}安全事故起数", "=0起", "=0起", chance.choice(("0起", "0起", "1起"))
    )


def _explained(chance: random.Random, row: Row, month: int) -> None:
    if chance.random() < 0.5:
        row["reason"] = chance.choice(REASONS)
        if chance.random() < 0.25:
            row["reason"] = chance.choice(MIXED).format(m=min(month + 2, 12) if month < 12 else "2025年2")
        row["cause"] = chance.choice(("其他", "人员保障", "硬件条件保障", "经费保障"))
        if chance.random() < 0.6:
            row["measure"] = chance.choice(MEASURES).format(m=min(month + 2, 12) if month < 12 else "2025年2")
    if chance.random() < 0.3 and row["annual"].startswith("≥") and "%" not in row["annual"]:
        row["likelihood"] = chance.choice(("确定能", "有可能", "完全不可能"))
        number = int("".join(c for c in row["annual"] if c.isdigit()))
        unit = row["annual"].lstrip("≥0123456789")
        row["forecast"] = f"{number if row['likelihood'] != '完全不可能' else number * 3 // 4}{unit}"


def _progress(chance: random.Random, thing: str, unit: str) -> list[dict[str, str]]:
    found = [
        {"subject": f"{thing}改造", "text": f"已完成{chance.randint(2, 60)}{unit}的改造。", "state": "进行中"}
    ]
    if chance.random() < 0.5:
        found.append({"subject": f"{thing}配套工程", "text": "图纸尚未审定，没有开工。", "state": "尚未完成"})
    if chance.random() < 0.4:
        found.append(
            {
                "subject": f"{thing}管理办法",
                "text": "印发管理办法2项，明确管护责任人12名。",
                "state": "已完成",
            }
        )
    return found


def _funding(chance: random.Random) -> list[dict[str, Any]]:
    found = []
    small = chance.random() < 0.1
    for source in ("中央补助资金", "县级财政拨款", "单位自筹")[: chance.randint(1, 3)]:
        budget = round(chance.uniform(0.2, 0.3), 2) if small else round(chance.uniform(20, 900), 2)
        row: dict[str, Any] = {"source": source, "initial": budget}
        if chance.random() < 0.3:
            row["adjusted"] = round(budget * chance.choice((0.8, 1.1, 1.25)), 2)
            row["reason"] = chance.choice(
                ("", "追加配套设施经费", "上级下达数减少", "合同签订推迟；追加检测费")
            )
        whole = row.get("adjusted", budget)
        row["arrived"] = round(whole * chance.choice((0, 0.4, 0.75, 1, 1, 1.05)), 2)
        row["spent"] = round(whole * chance.choice((0, 0.1, 0.3, 0.45, 0.6, 0.85, 1, 1.03)), 2)
        if chance.random() < 0.7:
            row["forecast"] = round(whole * chance.choice((0.7, 1, 1, 1.1)), 2)
        for name in ("arrived", "spent"):
            if chance.random() < 0.05:
                del row[name]
        found.append(row)
    return found


def _spending(chance: random.Random) -> list[dict[str, Any]]:
    items = ("设备购置费", "工程款", "检测费", "培训费", "印刷费", "监理费")
    return [
        {
            "item": item,
            "amount": round(chance.uniform(800, 900_000), 2),
            "note": chance.choice(("", "", "12个点位")),
        }
        for item in items[: chance.randint(0, 6)]
    ]

"""How many findings and matters stand on sheet 检查结果: the Python twin of the formulas above that table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from perfmon_xl.layout.finding_sheet import (
    ANSWERED,
    COUNTED_NAME,
    GONE,
    GUIDE_MISSING,
    GUIDE_STATE,
    GUIDE_TOLD,
    PROGRESS_NAME,
    STATE_DONE,
    STATE_OPEN,
    STATE_UNCHECKED,
    TOLD_CLEAN,
    TOLD_REST,
    TOLD_UNCHECKED,
    WALK_CLEAN,
    WALK_ERRORS,
    WALK_NAME,
    WALK_REST,
    WALK_UNCHECKED,
)

MATTERS, PLACES, SAID, CHECKED = "事项", "处", "已说明的事项", "检查过"


def lead_key(level: str) -> str:
    """一个级别的事项有几个，记在哪个键下。"""
    return f"{MATTERS}:{level}"


def state_of_rows(rows: Iterable[Mapping[str, str]], *, checked: bool) -> Mapping[str, int]:
    """各行的 number、severity、state、code → 各级几条、几个事项、说明了几个、改好了几个。"""
    found: Counter[str] = Counter()
    for row in rows:
        found[row["severity"]] += bool(row["severity"])
        if row["code"] and row["severity"] != GONE:
            found[PLACES] += 1
        if row["number"]:
            found[MATTERS] += 1
            found[lead_key(row["severity"])] += 1
            found[SAID] += row["state"] == ANSWERED
    found[CHECKED] = int(checked)
    return found


def check_cells(state: Mapping[str, int]) -> dict[str, Decimal | str]:
    """“检查结果”上面几格、“填报说明”上检查那一行应有的值。"""

    def n(key: str) -> int:
        return state.get(key, 0)

    total, gone = n(MATTERS), n(GONE)
    counted = (
        f"{total} 个事项（{n(PLACES)} 处）：✖ 必须改 {n(lead_key('错误'))}　！改或说明 {n(lead_key('警告'))}"
        f"　？请核对 {n(lead_key('无法判断'))}　· 供参考 {n(lead_key('提示'))}"
        if total
        else ""
    )
    progress = f"进度：已改 {gone} · 已说明 {n(SAID)} · 共 {total + gone}" if total + gone else ""
    if not total + gone:
        walk = WALK_CLEAN if n(CHECKED) else WALK_UNCHECKED
    elif n(lead_key("错误")):
        walk = WALK_ERRORS
    else:
        walk = WALK_REST if total else WALK_CLEAN
    errors = n(lead_key("错误"))
    told = TOLD_REST if total else TOLD_CLEAN
    guide = (f"必须改 {errors} 个事项，从第 1 项改起。", STATE_OPEN) if errors else (told, STATE_DONE)
    if not n(CHECKED):
        guide = (TOLD_UNCHECKED, STATE_UNCHECKED)
    return {
        COUNTED_NAME: counted,
        PROGRESS_NAME: progress,
        WALK_NAME: walk,
        GUIDE_MISSING: Decimal(errors),
        GUIDE_TOLD: guide[0],
        GUIDE_STATE: guide[1],
    }

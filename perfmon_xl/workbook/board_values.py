"""The Python twin of sheet 看板: its rows, its bars, its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from perfmon_xl.domain.amount import half_up, percent, plain
from perfmon_xl.domain.measures import is_reverse
from perfmon_xl.domain.model import Compared
from perfmon_xl.domain.since_last import UNCHANGED, Trend
from perfmon_xl.layout.board import BAR_LIGHTS, BOARD_BARS, BOARD_INDICATORS
from perfmon_xl.layout.formulas import HIGHEST_BAR, LONGEST_NAME, LOWER_IS_BETTER
from perfmon_xl.workbook.check_state import CHECKED, lead_key

Value = Decimal | str
Row = Mapping[str, Value]
NO_TREND = Trend()
CHECK_NAME = "看板_检查情况"
_PARTS = (("达成数", "达成"), ("未达成数", "未达成"), ("无法判断数", "看不出来"), ("未到期数", "没到期"))


def board_rows(records: Sequence[Compared], rows: Sequence[Row]) -> dict[str, tuple[Row, ...]]:
    """看板指标表、看板画图表各行：有名称的指标一个一行。"""
    shown = [(record, row) for record, row in zip(records, rows, strict=True) if record.name.strip(" ")]
    listed: list[Row] = []
    for record, row in shown:
        bare = " ".join(part for part in record.name.split(" ") if part)  # as TRIM does
        if len(bare) > LONGEST_NAME:
            bare = bare[: LONGEST_NAME - 1] + "…"
        name = bare + (LOWER_IS_BETTER if is_reverse(record.annual) else "")
        listed.append(
            {"name": name, **{f: row[f] for f in ("attained", "met", "light", "since_last", "completion")}}
        )
    return {BOARD_INDICATORS.name: tuple(listed), BOARD_BARS.name: tuple(map(_bar, listed))}


def _bar(row: Row) -> Row:
    attained, met = row["attained"], row["met"]
    if isinstance(attained, Decimal):
        told = percent(attained, 0)
    else:
        told = {"无法判断": "没有数", "未到期": "没到期"}.get(str(met), "没有可比的数")
    bars: dict[str, Value] = {"bar": f"{row['name']}  {told}"}
    for field, light in BAR_LIGHTS.items():
        drawn = isinstance(attained, Decimal) and row["light"] == light
        bars[field] = min(attained, Decimal(HIGHEST_BAR)) if drawn and isinstance(attained, Decimal) else ""
    return bars


def board_texts(
    cells: Mapping[str, Value],
    *,
    cutoff: date | None,
    rule_set: str,
    levels: Mapping[str, int],
    since: Trend = NO_TREND,
) -> dict[str, str]:
    """看板上的几句话；cells 是别的命名单元格的值。"""
    pace, execution, arrival = (cells[n] for n in ("序时进度", "预算执行率", "资金到位率"))
    period = "还没有填监控截止日期"
    if cutoff is not None and isinstance(pace, Decimal):
        day = f"{cutoff.year}年{cutoff.month}月{cutoff.day}日"
        period = f"截至 {day}　序时进度 {percent(pace)}　规则：{rule_set}"
    count = cells["看板_指标数"]
    parts = [(cells[f"看板_{name}"], words) for name, words in _PARTS]
    told = "，".join(f"{plain(n)} 个{words}" for n, words in parts if isinstance(n, Decimal) and n > 0)
    message = "还没有指标"
    if isinstance(count, Decimal) and count:
        message = f"{plain(count)} 个指标：{told}{_trend(since)}"
    funds = "还没有算出执行率"
    if isinstance(execution, Decimal):
        funds = f"执行率 {percent(execution)}"
        if isinstance(pace, Decimal):
            points = half_up(execution, 4) - half_up(pace, 4)
            faster = "快" if points >= 0 else "慢"
            funds += f"，比序时{faster} {half_up(abs(points) * 100, 2):.2f} 个百分点"
    if isinstance(arrival, Decimal):
        funds += f"；到位率 {percent(arrival)}"
    lit = {light: cells[f"看板_{light}灯数"] for light in "红黄绿蓝"}
    dark = (count if isinstance(count, Decimal) else Decimal(0)) - sum(
        (n for n in lit.values() if isinstance(n, Decimal)), Decimal(0)
    )
    lights = "　".join(f"{symbol}{light} {lit[light]}" for symbol, light in zip("▼◆●▲", lit, strict=True))
    return {
        "看板_期间": period,
        "看板_一句话": message,
        "看板_资金情况": funds,
        "看板_灯的个数": f"{lights}　○不亮 {plain(dark)}",
        CHECK_NAME: check_text(levels),
    }


def _trend(since: Trend) -> str:
    parts = ((since.more, "增加"), (since.less, "减少"), (since.same, UNCHANGED))
    told = "，".join(f"{number} 个{words}" for number, words in parts if number)
    return f"；与上期相比，{told}" if told else ""


def check_text(levels: Mapping[str, int]) -> str:
    """检查出几个事项，一句话。"""
    if not levels.get(CHECKED):
        return "还没有检查"
    wrong, warned = (levels.get(lead_key(level), 0) for level in ("错误", "警告"))
    return f"必须改 {wrong} 个事项，要改或说明 {warned} 个"

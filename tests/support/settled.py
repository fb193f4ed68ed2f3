"""Invented projects filled in far enough for a final report: reasons and measures written, money that adds up."""

from __future__ import annotations

import random
from typing import Any

from support.any_project import any_project


def settled_project(seed: int) -> dict[str, Any]:
    """any_project，填得出正式报告：偏差写了原因和措施，支出不超过到位，明细加起来是支出。"""
    chance = random.Random(seed)
    entries = any_project(seed)
    # a sentence about the same works with a number of its own would contradict the table
    entries["progress"] = [p for p in entries["progress"] if p["state"] != "进行中"]
    for row in entries["compared"]:
        row.setdefault("cause", "其他")
        row.setdefault("reason", "设备到货推迟")
        row.setdefault("measure", "督促供货商年底前补齐")
        row.setdefault("likelihood", "有可能")
        if row["actual"] in ("基本完成", "已完成") or row["actual"].startswith("≥"):
            row["actual"] = ""
    for source in entries["funding"]:
        budget = source.get("adjusted", source["initial"])
        source["arrived"] = min(source.get("arrived", budget), budget)
        source["spent"] = round(min(source.get("spent", 0), source["arrived"]), 2)
        source["forecast"] = max(source.get("forecast", budget), source["spent"])
        if "adjusted" in source:
            source["reason"] = source.get("reason") or "追加配套设施经费"
    spent = round(sum(source["spent"] for source in entries["funding"]) * 10_000, 2)
    items = [line["item"] for line in entries["spending"]] or ["设备购置费"]
    amounts = [round(spent * chance.uniform(0.3, 0.9) / len(items), 2) for _ in items]
    amounts[-1] = round(spent - sum(amounts[:-1]), 2)
    entries["spending"] = [
        {"item": item, "amount": amount} for item, amount in zip(items, amounts, strict=True) if amount > 0
    ]
    return entries

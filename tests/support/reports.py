"""Reports of random make with known entries: headings, captions, sentences about money, tables that go on."""

from __future__ import annotations

import random
from decimal import Decimal

from perfmon_xl.importing.document import Block, Para
from support.layouts import Form, Rows, Truth, grid, truth_of

_NUMERALS = "一二三四五六七八九十"
_WORD_MONEY = {
    "initial": ("年初预算{}", "预算安排{}", "年初安排预算{}", "年度预算{}"),
    "arrived": ("实际到位{}", "资金到位{}", "已到位{}", "到位资金{}"),
    "spent": ("累计支出{}", "实际支出{}", "已支出{}", "累计使用{}"),
}
_LISTS = (
    "其中：{}", "其中{}", "主要用于：{}", "分别用于{}", "支出明细为：{}", "具体为：{}", "包括{}",
)  # fmt: skip
_OPENINGS = (
    "受{client}委托，{monitor}对{name}开展绩效运行监控，监控截止日期为2025年8月31日。",
    "{monitor}接受{client}委托，对“{name}”2025年1月至8月的运行情况进行了监控，数据截至2025年8月31日。",
    "根据{client}的委托，{monitor}组成工作组，于2025年9月对{name}实施绩效运行监控，监控时点为2025年8月31日。",
)
_UNITS = (
    "该项目由{department}主管，{unit}负责实施。",
    "主管部门：{department}。实施单位：{unit}。",
    "项目主管部门为{department}，实施单位为{unit}。",
    "项目由{unit}具体实施，主管部门为{department}。",
)


def report(seed: int) -> Form:
    """第 seed 份报告。"""
    chance = random.Random(seed)
    return _Writer(chance, truth_of(chance)).form()


class _Writer:
    def __init__(self, chance: random.Random, truth: Truth) -> None:
        self.chance, self.truth = chance, truth
        truth.facts.update(client="清溪县财政局", monitor="宁和正信绩效评价有限公司")
        self.shape: dict[str, str] = {}
        self.tables = self.chapters = 0

    def pick(self, what: str, *ways: str) -> str:
        self.shape[what] = self.chance.choice(ways)
        return self.shape[what]

    # --- the whole ----------------------------------------------------------------------------------

    def form(self) -> Form:
        truth, facts = self.truth, self.truth.facts
        self.pick("headings", "chinese", "parts", "digits")
        self.pick("captions", "above", "above", "below", "inside", "without number")
        self.pick("money in", "wan", "yuan", "wan")
        blocks: list[Block] = [Para(f"{facts['name']}绩效运行监控报告")]
        blocks.append(Para(self.chance.choice(_OPENINGS).format(**facts)))
        blocks += [self.heading("项目概况"), Para(f"项目名称：{facts['name']}")]
        blocks.append(Para(self.chance.choice(_UNITS).format(**facts)))
        blocks.append(Para(f"年度绩效目标：{truth.goal}"))
        blocks += [self.heading("资金情况"), *self.money()]
        blocks += [self.heading("绩效目标完成情况"), *self.indicators()]
        if truth.texts:
            blocks += [self.heading("监控结论"), Para(truth.texts["conclusion"])]
        return Form(truth, blocks, self.shape)

    def heading(self, title: str) -> Para:
        self.chapters += 1
        mark = {
            "chinese": f"{_NUMERALS[self.chapters - 1]}、",
            "parts": f"第{_NUMERALS[self.chapters - 1]}部分 ",
            "digits": f"{self.chapters}. ",
        }
        return Para(mark[self.shape["headings"]] + title, 1)

    # --- money --------------------------------------------------------------------------------------

    def amount(self, value: Decimal) -> str:
        if self.shape["money in"] == "yuan":
            return f"{(value * 10_000).quantize(Decimal(1)):,}元"
        return f"{value.quantize(Decimal('0.01'))}万元"

    def money(self) -> list[Block]:
        if self.pick("funds", "sentence", "by source", "table") == "table":
            return [*self.fund_table(), *self.spent_on()]
        truth = self.truth
        told = ("initial", "arrived", "spent")
        sums = {n: sum((v[n] for v in truth.funds.values()), Decimal(0)) for n in told}
        if self.shape["funds"] == "sentence" or len(truth.funds) == 1:
            self.shape["funds"] = "sentence"
            clauses = [self.chance.choice(_WORD_MONEY[n]).format(self.amount(sums[n])) for n in told]
            return [Para("，".join(clauses) + "。"), *self.spent_on()]
        sentences = []
        for name in told:
            whole = self.chance.choice(_WORD_MONEY[name]).format(self.amount(sums[name]))
            parts = "、".join(f"{s}{self.amount(v[name])}" for s, v in truth.funds.items())
            sentences.append(f"{whole}，其中：{parts}。")
        return [Para("".join(sentences)), *self.spent_on()]

    def spent_on(self) -> list[Block]:
        way = self.pick("spending", "list", "list", "table", "none")
        if way == "none":
            return []
        if way == "list":
            joined = self.chance.choice(("、", "，", "；")).join(
                f"{n}{self.amount(v)}" for n, v in self.truth.spending.items()
            )
            whole = self.amount(sum(self.truth.spending.values(), Decimal(0)))
            return [Para(f"截至8月底累计支出{whole}，{self.chance.choice(_LISTS).format(joined)}。")]
        rows = [["支出内容", "金额"], *([n, self.plain(v)] for n, v in self.truth.spending.items())]
        return self.captioned("支出明细表", rows, money=True)

    def plain(self, value: Decimal) -> str:
        return (
            f"{(value * 10_000).quantize(Decimal(1)):,}"
            if self.shape["money in"] == "yuan"
            else f"{value.quantize(Decimal('0.01'))}"
        )

    def fund_table(self) -> list[Block]:
        heads = ["资金来源", "年初预算数", "到位数", "支出数"]
        rows = [
            [s, *(self.plain(v[n]) for n in ("initial", "arrived", "spent"))]
            for s, v in self.truth.funds.items()
        ]
        whole = [
            "合计",
            *(
                self.plain(sum((v[n] for v in self.truth.funds.values()), Decimal(0)))
                for n in ("initial", "arrived", "spent")
            ),
        ]
        return self.captioned("资金情况表", [heads, *rows, whole], money=True)

    # --- tables -------------------------------------------------------------------------------------

    def captioned(self, title: str, rows: Rows, *, money: bool = False) -> list[Block]:
        self.tables += 1
        unit = {"yuan": "元", "wan": "万元"}[self.shape["money in"]] if money else ""
        where = self.shape["captions"]
        caption = f"表{self.tables} {title}" if where != "without number" else title
        stated = f"（单位：{unit}）" if unit else ""
        if where == "inside":
            return [grid([[caption + stated, *["<"] * (len(rows[0]) - 1)], *rows])]
        if where == "below":
            return [grid(rows), Para(caption + stated)]
        return [Para(caption + stated), grid(rows)]

    def indicators(self) -> list[Block]:
        stage = self.pick("stage", "yes", "no") == "yes"
        heads = [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            *(["本阶段应完成值"] if stage else []),
            "实际完成值",
        ]
        above = ("", "")
        rows: Rows = []
        blank = self.pick("levels", "merged", "repeated", "blank")
        for row in self.truth.rows:
            line = []
            for n, name in enumerate(("level1", "level2")):
                same = row["level1"] == above[0] and (n == 0 or row["level2"] == above[1])
                line.append({"merged": "^", "blank": "", "repeated": row[name]}[blank] if same else row[name])
            line += [row["name"], row["sign"] + row["target"] + row["unit"]]
            line += [row["sign"] + row["stage"] + row["unit"]] if stage else []
            rows.append([*line, row["actual"] + row["unit"]])
            above = (row["level1"], row["level2"])
        at = len(rows) // 2
        cut = self.pick("goes on", "no", "no", "with head", "without head")
        if cut == "no" or rows[at][0] in ("^", "") or rows[at][1] in ("^", ""):
            self.shape["goes on"] = "no"
            return self.captioned("绩效目标对比表", [heads, *rows])
        first = self.captioned("绩效目标对比表", [heads, *rows[:at]])
        if cut == "with head":
            return [*first, Para(f"续表{self.tables}"), grid([heads, *rows[at:]])]
        return [
            *first[: 1 + next(n for n, b in enumerate(first) if not isinstance(b, Para))],
            grid(rows[at:]),
        ]

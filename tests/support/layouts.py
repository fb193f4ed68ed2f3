"""Forms of random layout with known entries: header words × structure × units × order, the truth by construction.

A page is rows of texts; “<” goes on the cell to the left, “^” the one above (merged cells).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfmon_xl.importing.document import Block, Para
from perfmon_xl.importing.grid import Grid
from perfmon_xl.workbook.port import CellRef, RawCell

Rows = list[list[str]]
FUND = ("initial", "adjusted", "arrived", "spent", "forecast")
_CLASSES = (
    ("成本指标", "经济成本指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"),
    ("效益指标", "社会效益指标"), ("效益指标", "生态效益指标"), ("满意度指标", "服务对象满意度指标"),
)  # fmt: skip
_NAMES = {
    "经济成本指标": (("每公里管护成本", "≤", "万元/公里"), ("单台设备采购成本", "≤", "元/台")),
    "数量指标": (("新建充电桩数量", "≥", "个"), ("培训护林员人数", "≥", "人次"), ("修复驳岸长度", "≥", "米"), ("发放宣传册", "≥", "份"), ("巡查次数", "≥", "次")),
    "质量指标": (("工程验收合格率", "≥", "%"), ("设备完好率", "≥", "%")),
    "时效指标": (("任务按时完成率", "≥", "%"),),
    "社会效益指标": (("受益居民户数", "≥", "户"),),
    "生态效益指标": (("水面垃圾清理率", "≥", "%"),),
    "服务对象满意度指标": (("居民满意度", "≥", "%"), ("游客满意度", "≥", "%")),
}  # fmt: skip
_SOURCES = ("中央财政补助资金", "省级专项资金", "市级财政拨款", "县级配套资金", "单位自筹资金", "其他资金")
_ITEMS = ("设备购置费", "工程施工费", "监理费", "培训费", "宣传印刷费", "租车费")
_PROJECTS = ("河道驳岸修复", "公共充电设施建设", "山林防火巡护", "老旧小区绿化提升")
_DONE = (
    "8月完成值", "1-8月完成情况", "截至8月底完成值", "实际完成值", "累计完成值", "1—8月实际完成值", "监控期完成值",
)  # fmt: skip
_WORDS = {
    "level1": ("一级指标", "一级指标名称", "一级"),
    "level2": ("二级指标", "二级指标名称", "二级"),
    "name": ("三级指标", "三级指标名称", "指标名称", "三级"),
    "target": ("年度指标值", "年初目标值", "年度目标值", "全年目标值", "绩效目标值"),
    "stage": ("1-8月目标值", "截至8月底目标值", "阶段目标值", "本阶段应完成值", "序时目标值"),
    "actual": _DONE[1:],
    "forecast": ("全年预计完成值", "预计全年完成情况", "全年预计完成情况", "年底预计完成值"),
    "likelihood": ("完成目标可能性", "完成可能性", "能否完成"),
    "reason": ("偏差原因说明", "未完成原因", "偏差原因及分析"),
    "measure": ("改进措施", "整改措施", "下一步措施"),
}
_MONEY_WORDS = {
    "initial": ("年初预算数", "年初预算", "年初批复数", "预算安排数"),
    "adjusted": ("调整后预算数", "调整预算数", "调整后预算"),
    "arrived": ("到位数", "实际到位数", "已到位资金", "累计到位数"),
    "spent": ("执行数", "1-8月执行数", "支出数", "累计支出数", "实际支出数"),
    "forecast": ("全年预计执行数", "预计全年支出", "全年预计支出数"),
}
_FACT_WORDS = {
    "name": ("项目名称",),
    "department": ("主管部门", "主管单位", "预算主管部门"),
    "unit": ("实施单位", "项目实施单位", "项目单位", "用款单位"),
    "cutoff": ("监控截止日期", "监控日期", "数据截止日期", "截止日期"),
}
_LIKELIHOODS = ("确定能", "有可能", "完全不可能")


@dataclass(frozen=True, slots=True)
class Truth:
    """写进去的各项；金额是万元，指标值照写出来的样子（符号、数、单位合在一起）。"""

    facts: dict[str, str]
    goal: str
    funds: dict[str, dict[str, Decimal]]
    spending: dict[str, Decimal]
    rows: list[dict[str, str]]
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Form:
    """一份表：truth、各段（blocks）、选了哪些排法（shape）。"""

    truth: Truth
    blocks: list[Block]
    shape: dict[str, str]


def grid(rows: Rows, *, name: str = "", sheet: bool = False) -> Grid:
    """“<”“^”是合并的格。"""
    width = max(map(len, rows))
    found: list[list[RawCell]] = []
    for at, row in enumerate(rows, 1):
        line: list[RawCell] = []
        for column in range(width):
            text = row[column] if column < len(row) else ""
            if text == "<":
                line.append(line[-1])
            elif text == "^":
                line.append(found[-1][column])
            else:
                line.append(RawCell(CellRef(name, at, column + 1), text or None))
        found.append(line)
    return Grid(name, tuple(map(tuple, found)), sheet)


def form(seed: int) -> Form:
    """第 seed 份：内容和排法都由它定。"""
    chance = random.Random(seed)
    truth = truth_of(chance)
    return _Writer(chance, truth).form()


def truth_of(chance: random.Random) -> Truth:
    sources = chance.sample(_SOURCES, chance.randint(1, 3))
    funds: dict[str, dict[str, Decimal]] = {}
    for source in sources:
        initial = Decimal(chance.randint(20, 300))
        arrived = initial * chance.choice((Decimal("0.6"), Decimal("0.8"), 1))
        spent = (arrived * chance.choice((Decimal("0.3"), Decimal("0.55"), Decimal("0.9")))).quantize(
            Decimal("0.01")
        )
        adjusted = initial + chance.choice((0, 0, -5, 12))
        funds[source] = {
            "initial": initial, "adjusted": adjusted, "arrived": min(arrived, adjusted), "spent": min(spent, adjusted),
            "forecast": adjusted,
        }  # fmt: skip
    items = chance.sample(_ITEMS, chance.randint(2, 4))
    left = sum((f["spent"] for f in funds.values()), Decimal(0))
    spending: dict[str, Decimal] = {}
    for item in items[:-1]:
        spending[item] = (left * Decimal("0.4")).quantize(Decimal("0.01"))
        left -= spending[item]
    spending[items[-1]] = left
    rows = []
    for upper, lower in _CLASSES:
        if lower != "数量指标" and chance.random() < 0.25:
            continue
        names = _NAMES[lower]
        for name, sign, unit in chance.sample(names, chance.randint(1, min(3, len(names)))):
            percent = unit == "%"
            target = chance.choice((90, 95, 98)) if percent else chance.randint(20, 900)
            stage = target if percent or sign == "≤" else target * 2 // 3
            actual = target - chance.randint(-2, 3) if percent else max(1, stage + chance.randint(-9, 9))
            rows.append({
                "level1": upper, "level2": lower, "name": name, "sign": sign, "unit": unit, "target": str(target),
                "stage": str(stage), "actual": str(actual), "forecast": str(target),
                "likelihood": chance.choice(_LIKELIHOODS[:2]),
                "reason": chance.choice(("", "", "汛期施工推迟", "供货商延期交货")),
                "measure": chance.choice(("", "", "督促施工单位九月底前补齐")),
            })  # fmt: skip
    facts = {
        "name": chance.choice(_PROJECTS) + "项目", "department": "清溪县水利局", "unit": "清溪县河道管理所", "cutoff": "2025-08-31",
    }  # fmt: skip
    goal = "全年完成各项建设任务，改善群众生产生活条件，项目按期建成并投入使用。"
    texts = {"conclusion": "项目总体进展顺利，建议继续实施。"} if chance.random() < 0.5 else {}
    return Truth(facts, goal, funds, spending, rows, texts)


class _Writer:
    """照 truth 写一份表；选过的排法记在 shape。"""

    def __init__(self, chance: random.Random, truth: Truth) -> None:
        self.chance, self.truth = chance, truth
        self.shape: dict[str, str] = {}
        self.first_half = False
        self.unit = self.pick("unit", "万元", "元", "千元") if chance.random() < 0.4 else "万元"
        self.unit_at = self.pick("unit at", "title", "line", "header", "cells", "table line")

    def pick(self, what: str, *ways: str) -> str:
        self.shape[what] = self.chance.choice(ways)
        return self.shape[what]

    def word(self, words: Sequence[str]) -> str:
        return self.chance.choice(list(words))

    def money(self, amount: Decimal) -> str:
        scaled = amount * {"万元": 1, "千元": 10, "元": 10_000}[self.unit]
        text = (
            f"{scaled:,.2f}" if self.shape.get("commas") == "yes" else f"{scaled.quantize(Decimal('0.01'))}"
        )
        return text + (self.unit if self.unit_at == "cells" else "")

    def head_of(self, word: str) -> str:
        return f"{word}（{self.unit}）" if self.unit_at == "header" else word

    # --- the whole ----------------------------------------------------------------------------------

    def form(self) -> Form:
        self.pick("commas", "yes", "no")
        facts, funds, goal, indicators = self.facts(), self.funds(), self.goal(), self.indicators()
        spending = self.spending() if self.pick("spending", "none", "none", "table") == "table" else []
        signed = (
            [["填报人：陈立　　联系电话：0577-55550000"]] if self.pick("signed", "no", "yes") == "yes" else []
        )
        below = [["监控结论", self.truth.texts["conclusion"]]] if self.truth.texts else []
        order = (
            [funds, spending, goal]
            if self.pick("order", "funds first", "goal first") == "funds first"
            else [goal, funds, spending]
        )
        title = "项目支出绩效运行监控表"
        lines = [f"{title}（2025年度1-8月）" if self.pick("period", "title", "line") == "title" else title]
        if self.shape["period"] == "line":
            lines.append("（2025年1—8月）")
        if self.unit_at == "title":
            lines[-1] += f"　　　　单位：{self.unit}"
        if self.unit_at == "line":
            lines.append(f"金额单位：{self.unit}")
        parts = [p for p in (facts, *order, indicators, below, signed) if p]
        if self.pick("tables", "one", "one", "several") == "one":
            width = max(len(r) for p in parts for r in p)
            sheet = self.pick("file", "sheet", "word") == "sheet"
            rows = [self.widened(r, width) for p in parts for r in p]
            blocks: list[Block] = [
                *(Para(t) for t in lines),
                grid(rows, name="监控表" if sheet else "", sheet=sheet),
            ]
        else:
            blocks = [Para(t) for t in lines]
            for part in parts:
                width = max(map(len, part))
                blocks.append(grid([self.widened(r, width) for r in part]))
                blocks.append(Para(""))
            blocks = [b for b in blocks if not isinstance(b, Para) or b.text]
        return Form(self.truth, blocks, self.shape)

    def widened(self, row: list[str], width: int) -> list[str]:
        return (
            row + ["<"] * (width - len(row)) if self.shape.setdefault("ends", "merged") == "merged" else row
        )

    # --- parts --------------------------------------------------------------------------------------

    def facts(self) -> Rows:
        pairs = [
            (self.word(_FACT_WORDS[n]), self.day(v) if n == "cutoff" else v)
            for n, v in self.truth.facts.items()
        ]
        if self.pick("facts", "two a row", "one a row", "colons") == "two a row":
            return [
                [pairs[0][0], pairs[0][1], "<", pairs[1][0], pairs[1][1]],
                [pairs[2][0], pairs[2][1], "<", pairs[3][0], pairs[3][1]],
            ]
        if self.shape["facts"] == "one a row":
            return [[label, value] for label, value in pairs]
        return [[f"{label}：{value}"] for label, value in pairs]

    def day(self, iso: str) -> str:
        year, month, day = iso.split("-")
        return self.word(
            (
                f"{year}年{int(month)}月{int(day)}日",
                f"{year}-{month}-{day}",
                f"{year}.{int(month)}.{int(day)}",
            )
        )

    def goal(self) -> Rows:
        return [[self.word(("年度绩效目标", "年度总体目标", "项目年度目标")), self.truth.goal]]

    def funds(self) -> Rows:
        fields = [
            "initial",
            *(["adjusted"] if self.pick("adjusted", "yes", "no") == "yes" else []),
            *(["arrived"] if self.pick("arrived", "yes", "no") == "yes" else []),
            "spent",
            *(["forecast"] if self.pick("fund forecast", "yes", "no") == "yes" else []),
        ]
        heads = [self.head_of(self.word(_MONEY_WORDS[f])) for f in fields]
        sources = list(self.truth.funds.items())
        body = [[name, *(self.money(values[f]) for f in fields)] for name, values in sources]
        whole = ["", *(self.money(sum((v[f] for _, v in sources), Decimal(0))) for f in fields)]
        unit_row = [[f"单位：{self.unit}"]] if self.unit_at == "table line" else []
        way = self.pick("funds", "rows", "rows", "turned", "side", "of which", "two lines", "lines")
        if way == "lines":
            return self.fund_lines(fields, heads)
        if way == "turned":
            columns = [["资金来源", *heads], *body]
            if len(fields) < 2:
                return [*unit_row, ["资金来源", *heads], *body]
            return unit_row + [list(line) for line in zip(*columns, strict=True)]
        total_at = self.pick("total", "none", "above", "below")
        if way == "of which" and len(sources) > 1:
            body = [[f"其中：{r[0]}" if n == 0 else r[0], *r[1:]] for n, r in enumerate(body)]
            total_at = self.shape["total"] = "above"
        whole[0] = (
            self.word(("年度资金总额", "资金总额", "合计"))
            if total_at == "above"
            else self.word(("合计", "总计"))
        )
        listed = [whole, *body] if total_at == "above" else [*body, whole] if total_at == "below" else body
        if way == "two lines" and "adjusted" in fields:
            rest = len(fields) - 2
            first = ["资金来源", self.head_of("预算数"), "<", *heads[2:]]
            return [*unit_row, first, ["^", "年初", "调整后", *(["^"] * rest)], *listed]
        if way == "side":
            rows = [["项目资金", "资金来源", *heads], *(["^", *r] for r in listed)]
            return unit_row + rows
        return [*unit_row, ["资金来源", *heads], *listed]

    def fund_lines(self, fields: Sequence[str], heads: Sequence[str]) -> Rows:
        """没有表头，一项来源一行，各数写着名称。"""
        rows: Rows = []
        for number, (name, values) in enumerate(self.truth.funds.items()):
            label = f"项目资金（{self.unit}）" if number == 0 else "^"
            told = [
                x
                for f, head in zip(fields[1:], heads[1:], strict=True)
                for x in (head, self.money(values[f]))
            ]
            rows.append([label, name, self.money(values["initial"]), *told])
        return rows

    def spending(self) -> Rows:
        item, amount = (
            self.word(("支出内容", "支出项目", "费用名称")),
            self.word(("金额", "支出金额", "实际支出")),
        )
        rows = [[n, self.money(v)] for n, v in self.truth.spending.items()]
        total = [["合计", self.money(sum(self.truth.spending.values(), Decimal(0)))]]
        return [
            [item, self.head_of(amount)],
            *rows,
            *(total if self.pick("spending total", "yes", "no") == "yes" else []),
        ]

    # --- indicators ---------------------------------------------------------------------------------

    def indicators(self) -> Rows:
        value = self.pick("value", "joined", "joined", "three columns", "two columns", "unit column")
        fields = ["target", *(["stage"] if self.pick("stage", "yes", "no") == "yes" else []), "actual"]
        fields += ["forecast"] if self.pick("forecast", "yes", "no") == "yes" else []
        likely = self.pick("likelihood", "words", "ticks", "boxes", "none")
        said = [f for f in ("reason", "measure") if self.pick(f, "yes", "no") == "yes"]
        levels = self.pick("levels", "merged", "repeated", "blank", "class rows", "numbered rows", "merged")
        serial = self.pick("serial", "no", "no", "yes") == "yes"
        split = {
            "three columns": ("sign", "target", "unit"),
            "two columns": ("sign", "target+unit"),
            "unit column": ("target+sign", "unit"),
        }
        tall = value == "three columns" or likely == "ticks"
        columns: list[tuple[str, str, str]] = []  # field, upper head, lower head
        if serial:
            columns.append(("serial", "序号", ""))
        if levels not in ("class rows", "numbered rows"):
            columns += [(n, self.word(_WORDS[n]), "") for n in ("level1", "level2")]
        columns.append(("name", self.word(_WORDS["name"]), ""))
        for name in fields:
            head = self.word(_WORDS[name])
            if name == "target" and value in split:
                lower = {
                    "sign": self.word(("指标性质", "计算符号")),
                    "target": "指标值",
                    "unit": self.word(("计量单位", "度量单位")),
                    "target+unit": "指标值",
                    "target+sign": head,
                }
                for part in split[value]:
                    columns.append(
                        (
                            part,
                            head if tall and value == "three columns" else lower[part],
                            lower[part] if value == "three columns" else "",
                        )
                    )
            else:
                columns.append((name, head, ""))
        if likely in ("words", "boxes"):
            columns.append((likely, self.word(_WORDS["likelihood"]), ""))
        elif likely == "ticks":
            columns += [(f"tick:{w}", "完成目标可能性", w) for w in _LIKELIHOODS]
        columns += [(n, self.word(_WORDS[n]), "") for n in said]
        for name, head in (("weight", "分值"), ("evidence", "数据来源"), ("rate", "完成率")):
            if self.pick(name, "no", "no", "yes") == "yes":
                columns.append((name, head, ""))
        if self.pick("months", "no", "no", "no", "yes") == "yes" and value == "joined":
            at = next(n for n, c in enumerate(columns) if c[0] == "actual")
            columns[at : at + 1] = [
                ("month", "各月完成数", "1-4月"),
                ("month", "各月完成数", "5-8月"),
                ("actual", "累计完成值", ""),
            ]
            tall = True
        rows = self.heads(columns, tall)
        if self.pick("wrapped", "no", "no", "yes") == "yes":
            rows = [[t[:2] + "\n" + t[2:] if len(t) > 3 else t for t in r] for r in rows]
        shown = ""
        above = ("", "")
        for number, row in enumerate(self.truth.rows, 1):
            pair = (row["level1"], row["level2"])
            if levels in ("class rows", "numbered rows") and pair != above:
                numbered = levels == "numbered rows"
                if pair[0] != above[0]:
                    rows.append([("一、" if numbered else "") + pair[0], *["<"] * (len(columns) - 1)])
                rows.append([("（一）" if numbered else "") + pair[1], *["<"] * (len(columns) - 1)])
            line = []
            for n, (f, _, _) in enumerate(columns):
                self.first_half = f == "month" and columns[n + 1][0] == "month"
                line.append(self.cell(f, row, number, levels, above))
            rows.append(line)
            above, shown = pair, pair[0]
        if self.pick("filler", "no", "no", "yes") == "yes":
            rows.append(["", *["……"] * (len(columns) - 1)])
        if self.shape["weight"] == "yes" and len(columns) > 4:
            rows.append(["总分", *(["<"] * 2), *("100" if f == "weight" else "" for f, _, _ in columns[3:])])
        assert shown
        self.shape.update({"has " + f: "yes" for f, _, _ in columns})
        return rows

    def heads(self, columns: Sequence[tuple[str, str, str]], tall: bool) -> Rows:
        if not tall:
            return [[upper for _, upper, _ in columns]]
        first = [
            "<" if n and lower and columns[n - 1][1] == upper and columns[n - 1][2] else upper
            for n, (_, upper, lower) in enumerate(columns)
        ]
        return [first, [lower or "^" for _, _, lower in columns]]

    def cell(self, name: str, row: dict[str, str], number: int, levels: str, above: tuple[str, str]) -> str:
        unit_apart = self.shape["value"] in ("three columns", "unit column")
        if name in ("level1", "level2"):
            same = row[name] == above[name == "level2"] and (name == "level1" or row["level1"] == above[0])
            return (
                ("^" if levels == "merged" else "" if levels == "blank" else row[name]) if same else row[name]
            )
        if name == "serial":
            return str(number)
        if name == "weight":
            count = len(self.truth.rows)
            return str(100 // count if number < count else 100 - 100 // count * (count - 1))
        if name == "evidence":
            return "验收单、台账"
        if name == "rate":
            return f"{Decimal(row['actual']) / Decimal(row['target']) * 100:.2f}%"
        if name == "month":
            return "" if row["unit"] == "%" or self.first_half else row["actual"] + row["unit"]
        if name == "sign":
            return row["sign"]
        if name == "unit":
            return row["unit"]
        if name == "target":
            return (
                row["target"]
                if self.shape["value"] == "three columns"
                else row["sign"] + row["target"] + row["unit"]
            )
        if name == "target+unit":
            return row["target"] + row["unit"]
        if name == "target+sign":
            return row["sign"] + row["target"]
        if name == "stage":
            return row["sign"] + row["stage"] + ("" if unit_apart else row["unit"])
        if name in ("actual", "forecast"):
            return row[name] + ("" if unit_apart else row["unit"])
        if name == "words":
            return row["likelihood"]
        if name == "boxes":
            return " ".join(("☑" if w == row["likelihood"] else "□") + w for w in _LIKELIHOODS)
        if name.startswith("tick:"):
            return "√" if name[5:] == row["likelihood"] else ""
        return row[name]

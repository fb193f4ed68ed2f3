"""Conditional formats, notes and their shapes."""

from __future__ import annotations

from win32com.server.exception import COMException

from support.excel.cells import overlaps
from support.excel.com import SETTINGS, Com, Items, made


class FormatCondition(Com):
    KINDS = {"cellIs": 1, "expression": 2, "colorScale": 3, "dataBar": 4, "top10": 5, "iconSet": 6, "uniqueValues": 8, "duplicateValues": 8,
             "containsText": 9, "containsBlanks": 10, "timePeriod": 11, "aboveAverage": 12, "notContainsBlanks": 13}  # fmt: skip

    def __init__(self, sheet, boxes, rule=None, formula="") -> None:
        self.sheet, self.boxes, self.colour, self.stop = sheet, boxes, 0, True
        self.kind = 2 if rule is None else self.KINDS.get(rule.type, 2)
        self.formula = formula or ("=" + rule.formula[0] if rule is not None and rule.formula else "")
        fill = getattr(getattr(rule, "dxf", None), "fill", None)
        rgb = getattr(getattr(fill, "bgColor", None), "rgb", None)
        if isinstance(rgb, str):
            red, green, blue = bytes.fromhex(rgb[-6:])
            self.colour = red + (green << 8) + (blue << 16)

    def get_Type(self):
        return self.kind

    def get_Formula1(self):
        return self.formula

    def get_AppliesTo(self):
        return made("Range", self.sheet, self.boxes)

    def get_Font(self):
        return RuleFill(self)

    def get_Borders(self):
        return RuleFill(self)

    def get_Interior(self):
        return RuleFill(self)

    def get_StopIfTrue(self):
        return self.stop

    def put_StopIfTrue(self, value):
        self.stop = value

    def do_Delete(self):
        self.sheet.rules.remove(self)


class RuleFill(Com):
    def __init__(self, rule) -> None:
        self.rule, self.bold = rule, False

    def get_Color(self):
        return float(self.rule.colour)

    def put_Color(self, value):
        self.rule.colour = int(value)

    def get_Bold(self):
        return self.bold

    def put_Bold(self, value):
        self.bold = bool(value)


class FormatConditions(Items):
    def __init__(self, area) -> None:
        self.area = area

    def items(self):
        return [
            r for r in self.area.sheet.rules if any(overlaps(a, b) for a in r.boxes for b in self.area.boxes)
        ]

    def do_Add(
        self,
        Type,
        Operator=None,
        Formula1=None,
        Formula2=None,
        String=None,
        TextOperator=None,
        DateOperator=None,
        ScopeType=None,
    ):
        if int(Type) in (1, 2) and not Formula1:
            raise COMException(
                description="无效的过程调用或参数", source="Microsoft Excel", scode=-2147024809
            )  # E_INVALIDARG
        rule = FormatCondition(self.area.sheet, list(self.area.boxes), formula=Formula1 or "")
        rule.kind = int(Type)
        self.area.sheet.rules.append(rule)
        return rule


class Comments(Items):
    def __init__(self, sheet) -> None:
        self.sheet = sheet

    def items(self):
        return [self.sheet.cells[at].note for at in sorted(self.sheet.cells) if self.sheet.cells[at].note]


class Comment(Com):
    def __init__(self, sheet, row, column, text, author) -> None:
        self.sheet, self.at, self.text, self.author = sheet, (row, column), text, author
        self.shape = Shape()

    def get_Author(self):
        return self.author

    def get_Parent(self):
        return made("Range", self.sheet, [self.at * 2])

    def get_Shape(self):
        return self.shape

    def do_Text(self, Text=None, Start=None, Overwrite=None):
        if Text is not None:
            self.text = Text
        return self.text

    def do_Delete(self):
        self.sheet.cells[self.at].note = None


class Shapes(Items):
    """The boxes of notes, the newest last, as Excel stacks them; it draws nothing else."""

    def __init__(self, sheet) -> None:
        self.sheet = sheet

    def items(self):
        notes = [cell.note for cell in self.sheet.cells.values() if cell.note]
        return sorted((note.shape for note in notes), key=lambda shape: shape.number)

    def get_Range(self, Index):
        return ShapeRange(
            [self.get_Item(one) for one in (Index if isinstance(Index, list | tuple) else [Index])]
        )


class ShapeRange(Com):
    def __init__(self, shapes) -> None:
        self.shapes = shapes

    def get_Type(self):
        return 4  # msoComment

    def put_AlternativeText(self, value):
        for one in self.shapes:
            one.text = value

    def put_Width(self, value):
        for one in self.shapes:
            one.width = value

    def put_Height(self, value):
        for one in self.shapes:
            one.height = value


class Shape(Com):
    def __init__(self) -> None:
        self.text, self.width, self.height = "", 108.0, 59.25
        SETTINGS["shapes"] = self.number = SETTINGS.get("shapes", 0) + 1

    def get_AlternativeText(self):
        return self.text

    def put_AlternativeText(self, value):
        self.text = value

    def get_Width(self):
        return self.width

    def put_Width(self, value):
        self.width = value

    def get_Height(self):
        return self.height

    def put_Height(self, value):
        self.height = value


# --- cells ------------------------------------------------------------------------------------------------------

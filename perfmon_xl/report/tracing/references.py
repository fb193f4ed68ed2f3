"""Which value of the project a piece of the report is: a plain value, made where the value is put into words."""

from __future__ import annotations

from typing import NamedTuple

from perfmon_xl.report.tracing.tracked import key_of, parts_of

_new = tuple.__new__  # a report makes thousands: half the time of calling the class


class ValueReference(NamedTuple):
    """报告里的一个值是工作簿的哪个值。

    source：记录的名称（compared、project……），或者 funds、counts、benefits（全项目的数）、kinds（各类指标的个数）、
    rules（规则集）；row：第几条记录，从 0 数；field：哪一栏；form：写法（“数”“句中”“段2”），照原样的是空；
    subject：还没有记录的段落是哪个事项。

    >>> value = ValueReference("compared", 3, "actual", "数")
    >>> ValueReference.of(value.key) == value
    True
    """

    source: str
    row: int | None = None
    field: str = ""
    form: str = ""
    subject: str = ""

    @property
    def key(self) -> str:
        """记号里的写法；读回去用 of。"""
        source, row, field, form, subject = self
        return key_of((source, "" if row is None else str(row), field, form, subject))

    @classmethod
    def of(cls, key: str) -> ValueReference:
        source, row, field, form, subject = parts_of(key)
        return _new(cls, (source, int(row) if row else None, field, form, subject))

    def at(self, field: str, form: str = "") -> ValueReference:
        """同一条记录的另一栏。"""
        return _new(ValueReference, (self[0], self[1], field, form, self[4]))

    def written(self, form: str) -> ValueReference:
        """同一个值的另一种写法。"""
        return _new(ValueReference, (self[0], self[1], self[2], form, self[4]))

"""The use cases: files come in and go out here; the work is done below. One module a family of commands."""

from perfmon_xl.app.common import Made, Say, rules_of
from perfmon_xl.app.creating import export, load_data, new
from perfmon_xl.app.demonstrating import demo, remarks
from perfmon_xl.app.filling import fill, fill_book
from perfmon_xl.app.reporting import refuse_unreadable, report

__all__ = [
    "Made",
    "Say",
    "demo",
    "export",
    "fill",
    "fill_book",
    "load_data",
    "new",
    "refuse_unreadable",
    "remarks",
    "report",
    "rules_of",
]

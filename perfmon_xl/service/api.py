"""THE description of the service: its routes, and the actions a job may ask for. Routes, worker, page and add-in follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN_HEADER = "X-Perfmon-Token"
BOOK, REPORT, SOURCE, BOOKS = "book", "report", "source", "books"
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    BOOK: (".xlsx",),
    REPORT: (".docx",),
    SOURCE: (".json", ".csv", ".xlsx", ".docx"),
    BOOKS: (".xlsx",),
}
UPLOADED = tuple(dict.fromkeys(suffix for kinds in SUFFIXES.values() for suffix in kinds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """一件能做的事。needs：要哪些文件；may：可以有的；options：选项和它的类型；writes：改工作簿自己。"""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    options: Mapping[str, type] = field(default_factory=dict)
    writes: bool = False

    def as_data(self) -> dict[str, Any]:
        return {
            "needs": list(self.needs),
            "may": list(self.may),
            "options": {name: kind.__name__ for name, kind in self.options.items()},
            "writes": self.writes,
        }


ACTIONS: Mapping[str, Action] = {
    "new": Action(may=(SOURCE,)),
    "rollover": Action(needs=(BOOK,), options={"period": str}),
    "fill": Action(needs=(BOOK,), writes=True),
    "check": Action(needs=(BOOK,)),
    "mark": Action(needs=(BOOK,), writes=True),
    "clear": Action(needs=(BOOK,), writes=True),
    "undo": Action(needs=(BOOK,), writes=True),
    "next": Action(needs=(BOOK,), options={"sheet": str, "cell": str}),
    "rule": Action(needs=(BOOK,), options={"sheet": str, "cell": str}),
    "report": Action(needs=(BOOK,), options={"draft": bool, "pdf": bool}),
    "form": Action(needs=(BOOK,)),
    "audit": Action(needs=(REPORT,), may=(BOOK,)),
    "batch": Action(needs=(BOOKS,), options={"same": str}),
    "doctor": Action(),
}

# Method and path → what it does. Without “/api/”: open to whoever can reach the port, and holds nothing of anybody.
ROUTES: Mapping[tuple[str, str], str] = {
    ("GET", "/"): "the page",
    ("GET", "/page/{name}"): "its script and its style",
    ("GET", "/rules"): "the catalogue of rules",
    ("GET", "/rules/{code}"): "one rule",
    ("POST", "/api/session"): "a ticket, good once, for the key",
    ("POST", "/api/tickets"): "a ticket, to open the page with",
    ("GET", "/api/health"): "a sign of life, and whether work is going on",
    ("GET", "/api/description"): "this description",
    ("PUT", "/api/uploads"): "the bytes of one file; ?name=",
    ("POST", "/api/choose"): "the system's own dialog: a workbook, a report, or a folder",
    ("POST", "/api/jobs"): "starts a job: {action, book?, report?, source?, books?, options?, reader?}",
    ("GET", "/api/jobs/{job}"): "how far it is, and what came out",
    ("POST", "/api/jobs/{job}/cancel"): "ends it",
    ("POST", "/api/jobs/{job}/reopened"): "the workbook that was closed for it is open again",
    ("GET", "/api/jobs/{job}/files/{file}"): "a file that was made",
    ("POST", "/api/jobs/{job}/files/{file}/open"): "opens it in the system's program",
    ("POST", "/api/leave"): "ends the service",
}
WITHOUT_TOKEN = frozenset({"/api/session"})  # whoever has a ticket has no key yet


def description() -> dict[str, Any]:
    """给页面、插件和测试看的样子。"""
    return {
        "routes": [{"method": m, "path": p, "does": does} for (m, p), does in ROUTES.items()],
        "actions": {name: action.as_data() for name, action in ACTIONS.items()},
        "uploads": list(UPLOADED),
    }

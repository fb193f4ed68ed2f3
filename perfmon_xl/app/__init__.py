"""The use cases: files come in and go out here; the work is done below. One module a family of commands.

A module is imported when something of its is asked for: a command needs two or three of them, and all of them take
longer to import than most commands to do.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfmon_xl.app.auditing import AuditResult, audit, write_comments
    from perfmon_xl.app.auditing_alone import AuditedReport, audit_alone, audit_imported
    from perfmon_xl.app.checking import (
        CheckedBook,
        check,
        check_and_write,
        check_book,
        check_reading,
        clear_marks,
        rule_list,
        rule_page,
        rule_pages,
    )
    from perfmon_xl.app.common import Output, Say, rules_of
    from perfmon_xl.app.creating import export, exported, is_export, load_data, new, next_period, write_data
    from perfmon_xl.app.demonstrating import demo
    from perfmon_xl.app.diagnosing import doctor
    from perfmon_xl.app.diagnosis import CheckState, Diagnosis
    from perfmon_xl.app.facts_of_report import report_facts
    from perfmon_xl.app.filling import NOTHING_TO_CHANGE, fill, fill_and_read, fill_book
    from perfmon_xl.app.forms import form, form_content, form_of
    from perfmon_xl.app.importing import (
        ImportedBook,
        import_to_book,
        make_books,
        placed,
        read_report,
        understand,
    )
    from perfmon_xl.app.installing import (
        Installed,
        addin_bytes,
        build_addin,
        install_addin,
        uninstall_addin,
    )
    from perfmon_xl.app.reporting import (
        provenance_path,
        refuse_open_errors,
        refuse_unreadable,
        report,
        report_of,
    )
    from perfmon_xl.app.summarising import refuse_name, summarise
    from perfmon_xl.app.undoing import recorded, undo_last
    from perfmon_xl.app.wps_addin import WpsPlaces, install_wps, uninstall_wps
    from perfmon_xl.app.wps_diagnosing import doctor_wps

_HOME = {
    "auditing": ("AuditResult", "audit", "write_comments"),
    "auditing_alone": ("AuditedReport", "audit_alone", "audit_imported"),
    "checking": (
        "CheckedBook",
        "check",
        "check_and_write",
        "check_book",
        "check_reading",
        "clear_marks",
        "rule_list",
        "rule_page",
        "rule_pages",
    ),
    "common": ("Output", "Say", "rules_of"),
    "creating": ("export", "exported", "is_export", "load_data", "new", "next_period", "write_data"),
    "demonstrating": ("demo",),
    "diagnosing": ("doctor",),
    "diagnosis": ("CheckState", "Diagnosis"),
    "facts_of_report": ("report_facts",),
    "filling": ("NOTHING_TO_CHANGE", "fill", "fill_and_read", "fill_book"),
    "forms": ("form", "form_content", "form_of"),
    "importing": ("ImportedBook", "import_to_book", "make_books", "placed", "read_report", "understand"),
    "installing": ("Installed", "addin_bytes", "build_addin", "install_addin", "uninstall_addin"),
    "reporting": ("provenance_path", "refuse_open_errors", "refuse_unreadable", "report", "report_of"),
    "summarising": ("refuse_name", "summarise"),
    "undoing": ("recorded", "undo_last"),
    "wps_addin": ("WpsPlaces", "install_wps", "uninstall_wps"),
    "wps_diagnosing": ("doctor_wps",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "NOTHING_TO_CHANGE",
    "AuditResult",
    "AuditedReport",
    "CheckState",
    "CheckedBook",
    "Diagnosis",
    "ImportedBook",
    "Installed",
    "Output",
    "Say",
    "WpsPlaces",
    "addin_bytes",
    "audit",
    "audit_alone",
    "audit_imported",
    "build_addin",
    "check",
    "check_and_write",
    "check_book",
    "check_reading",
    "clear_marks",
    "demo",
    "doctor",
    "doctor_wps",
    "export",
    "exported",
    "fill",
    "fill_and_read",
    "fill_book",
    "form",
    "form_content",
    "form_of",
    "import_to_book",
    "install_addin",
    "install_wps",
    "is_export",
    "load_data",
    "make_books",
    "new",
    "next_period",
    "placed",
    "provenance_path",
    "read_report",
    "recorded",
    "refuse_name",
    "refuse_open_errors",
    "refuse_unreadable",
    "report",
    "report_facts",
    "report_of",
    "rule_list",
    "rule_page",
    "rule_pages",
    "rules_of",
    "summarise",
    "understand",
    "undo_last",
    "uninstall_addin",
    "uninstall_wps",
    "write_comments",
    "write_data",
]

"""The ribbon: what Excel would refuse without a word, and what people read."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from lxml import etree

from perfmon_xl.system.resources import folder

SPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
RIBBON = etree.parse(folder("addin") / "customUI14.xml").getroot()
BUTTONS = list(RIBBON.iter(SPACE + "button"))
GROUPS = list(RIBBON.iter(SPACE + "group"))

# Pictures that Excel 2013 and 2016 both have (Microsoft's lists of control names for Excel).
PICTURES = [
    "ClearFormats",
    "CompareAndMergeWorkbooks",
    "Consolidate",
    "ErrorChecking",
    "FileDocumentInspect",
    "FileNew",
    "FilePrintPreview",
    "FileProperties",
    "FileSaveAs",
    "FileSaveAsPdfOrXps",
    "FillDown",
    "FillRight",
    "FunctionsLookupReferenceInsertGallery",
    "GetExternalDataFromText",
    "Help",
    "RefreshAll",
    "ReviewNextComment",
    "TableInsertExcel",
    "Undo",
]

WANTED = {
    "工作簿": ["new.blank", "new.data", "new.rollover"],
    "填报": ["fill.run", "check.run", "check.next", "check.clear", "undo.last"],
    "报告": ["report.draft", "report.final", "report.audit", "report.form", "report.pdf"],
    "批量": ["batch.run"],
    "帮助": ["help.rules", "help.rule", "help.doctor", "help.restart", "help.about"],
}
# The attributes that the customUI14 schema gives these elements, as far as we use them.
ALLOWED = {
    "customUI": set(),
    "ribbon": set(),
    "tabs": set(),
    "tab": {"id", "label", "keytip", "insertAfterMso"},
    "group": {"id", "label"},
    "button": {"id", "tag", "label", "size", "imageMso", "onAction", "screentip", "supertip"},
}
PARENT = {"ribbon": "customUI", "tabs": "ribbon", "tab": "tabs", "group": "tab", "button": "group"}


def test_the_groups_hold_the_buttons() -> None:
    assert {g.get("label"): [b.get("tag") for b in g] for g in GROUPS} == WANTED


def test_ids_are_unique_names() -> None:
    ids = [e.get("id") for e in RIBBON.iter(etree.Element) if e.get("id")]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", i) for i in ids)


def test_elements_and_attributes_are_those_of_the_schema() -> None:
    for element in RIBBON.iter(etree.Element):
        name = element.tag.removeprefix(SPACE)
        assert set(element.keys()) <= ALLOWED[name], element.attrib
        parent = element.getparent()
        assert parent is None or parent.tag == SPACE + PARENT[name]


@pytest.mark.parametrize("button", BUTTONS, ids=lambda b: b.get("tag"))
def test_a_button_is_complete(button: etree._Element) -> None:
    assert button.get("size") in ("large", "normal")
    assert button.get("imageMso") in PICTURES
    for name, most in (("label", 12), ("screentip", 40), ("supertip", 200)):
        text = button.get(name)
        assert text and len(text) <= most and (text == "PDF" or re.search(r"[\u4e00-\u9fff]", text)), name
    assert button.get("supertip").endswith("。")


def test_callbacks_exist_in_the_vba() -> None:
    for button in BUTTONS:
        module, procedure = button.get("onAction").split(".")
        code = (folder("addin") / f"{module}.bas").read_text(encoding="ascii")
        assert f"Public Sub {procedure}(control As IRibbonControl)" in code


def test_the_tab_has_a_short_key_tip() -> None:
    (tab,) = RIBBON.iter(SPACE + "tab")
    assert tab.get("label") == "绩效监控" and re.fullmatch(r"[A-Z0-9]{1,3}", tab.get("keytip"))

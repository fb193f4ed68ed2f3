"""Templates that name a place outside in an attribute of settings or shapes, and parts with two answers; what only looks so passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from report.test_hostile_kinds import refusal
from report.test_safety import RELS, TEMPLATE, part, with_body

from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.report.template.package import check_template

SETTINGS = "word/settings.xml"
SCHEMAS = "http://schemas.openxmlformats.org/schemaLibrary/2006/main"


def settings(xml: str) -> bytes:
    return rewritten(
        TEMPLATE, {SETTINGS: part(SETTINGS).replace(b"</w:settings>", xml.encode() + b"</w:settings>")}
    )


def library(attribute: str) -> bytes:
    return settings(
        f'<sl:schemaLibrary xmlns:sl="{SCHEMAS}"><sl:schema sl:uri="urn:x" {attribute}/></sl:schemaLibrary>'
    )


def shape(inside: str, style: str = "") -> bytes:
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    return with_body(
        f'<w:p><w:r><w:pict {vml}><v:shape style="{style}">{inside}</v:shape></w:pict></w:r></w:p>'
    )


@pytest.mark.parametrize(
    "data",
    [
        library('sl:manifestLocation="http://outside.example/pack.xml"'),
        library('sl:schemaLocation="\\\\outside\\share\\s.xsd"'),
        library('sl:manifestLocation="file:///c:/pack.xml"'),
        shape('<o:signatureline sigprovurl="http://outside.example"/>'),
        settings('<w:smartTagType w:namespaceuri="urn:x" w:name="a" w:url="http://outside.example"/>'),
        shape("", "behavior:url(#default#time2)"),
        shape("", "-moz-binding : url(#x)"),
    ],
)
def test_an_attribute_that_leads_outside(data: bytes, tmp_path: Path) -> None:
    assert "引用了文件以外的内容" in refusal(data, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        library('sl:manifestLocation=""'),
        settings('<w:attachedSchema w:val="http://schemas.example/names/a/namespace"/>'),
        settings(
            '<w:docVars xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://a http://a/b.xsd"/>'
        ),
        shape("", "position:absolute;width:10pt"),
    ],
)
def test_the_name_of_a_vocabulary_is_no_place(data: bytes) -> None:
    check_template(data, "模板.docx")


@pytest.mark.parametrize(
    "more",
    [
        '<Relationship Id="rId1" Type="http://x/hyperlink" TargetMode="External" Target="https://a.example"/>',
        '<Relationship Id="q" Type="http://x/hyperlink" TargetMode="External" Target="https://a.example"/>'
        * 2,
    ],
)
def test_an_id_means_one_relation(more: str, tmp_path: Path) -> None:
    data = rewritten(
        TEMPLATE, {RELS: part(RELS).replace(b"</Relationships>", more.encode() + b"</Relationships>")}
    )
    assert RELS in refusal(data, tmp_path)

"""Eleven whole templates that carry something live past the door: `python tests/attacks/template_doors.py FOLDER [VALIDATOR]`.

Each should be refused. Prints REPORT MADE and what lives in the report where it is not; with VALIDATOR (Open XML SDK) also whether the
report is a valid document, that is, one that Word opens.
"""

import subprocess
import sys
import zipfile

from templates import (
    BOOK,
    CASES,
    DOC,
    OFFICE,
    RELS,
    TYPES,
    WORK,
    app,
    field,
    package,
    part,
)  # fmt: skip

from perfmon_xl.domain.errors import UserError

VALIDATOR = sys.argv[2] if len(sys.argv) > 2 else ""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DDE = f'<w:p xmlns:w="{W}"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\\\x cmd </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def with_header(where: str) -> bytes:
    """A header part that does not lie in word/ in lower case."""
    types = part(TYPES).replace(
        b"</Types>",
        f'<Override PartName="/{where}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>'.encode(),
    )
    rels = part(RELS).replace(
        b"</Relationships>",
        f'<Relationship Id="rIdH" Type="{OFFICE}/header" Target="/{where}"/></Relationships>'.encode(),
    )
    document = part(DOC).decode()
    at = document.rindex("<w:sectPr")
    end = document.index(">", at) + 1
    document = (
        document[:end]
        + f'<w:headerReference xmlns:r="{OFFICE}" w:type="default" r:id="rIdH"/>'
        + document[end:].replace('<w:headerReference w:type="default"', '<w:headerReference w:type="even"')
    )
    return package(
        {
            TYPES: types,
            RELS: rels,
            DOC: document.encode(),
            where: f'<?xml version="1.0"?><w:hdr xmlns:w="{W}">{DDE}</w:hdr>'.encode(),
        }
    )


def with_object() -> bytes:
    """A macro-enabled workbook embedded as an object, by a relationship of the kind that charts use."""
    types = (
        part(TYPES)
        .replace(
            b"</Types>",
            b'<Default Extension="xlsm" ContentType="application/vnd.ms-excel.sheet.macroEnabled.12"/></Types>',
        )
        .replace(b"macroEnabled.12", b"MacroEnabled.12")
    )
    rels = part(RELS).replace(
        b"</Relationships>",
        f'<Relationship Id="rIdO" Type="{OFFICE}/package" Target="embeddings/a.xlsm"/></Relationships>'.encode(),
    )
    xml = f'<w:p><w:r><w:object w:dxaOrig="100" w:dyaOrig="100"><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Excel.SheetMacroEnabled.12" ShapeID="s" DrawAspect="Icon" ObjectID="_1" r:id="rIdO" xmlns:r="{OFFICE}"/></w:object></w:r></w:p>'
    return package(
        {
            TYPES: types,
            RELS: rels,
            DOC: part(DOC).replace(b"<w:body>", b"<w:body>" + xml.encode(), 1),
            "word/embeddings/a.xlsm": b"PK\3\4",
        }
    )


LIVE = {
    "field code put together by a comment": field("{#", "#}DDEAUTO c:\\\\x cmd"),
    "the same in a simple field": field("D{# #}DEAUTO c:\\\\x cmd", simple=True),
    "HYPERLINK field to a program": field(' HYPERLINK "file:///c:/windows/system32/calc.exe" '),
    "HYPERLINK field to ms-msdt": field(' HYPERLINK "ms-msdt:/id x" '),
    "link of a VML shape to a program": CASES["vml href"](),
    "header in another folder": with_header("custom/h.xml"),
    "header in Word/": with_header("Word/header77.xml"),
    "macro workbook as an object": with_object(),
    "attachedTemplate in .RELS": CASES["rels in upper case"](),
    "task pane of a web extension": CASES["taskpane web extension"](),
    "deleted (tracked) DDE field": CASES["delInstrText"](),
}
made = 0
for label, data in LIVE.items():
    path, out = WORK / "模板.docx", WORK / "出.docx"
    path.write_bytes(data)
    out.unlink(missing_ok=True)
    try:
        app.report(BOOK, out, template=str(path), draft=True, pages="none")
    except UserError as error:
        print("refused    ", label, "|", str(error)[:100].replace("\n", " "))
        continue
    except Exception as error:
        print("FAULT      ", label, "|", type(error).__name__, str(error)[-100:])
        continue
    made += 1
    with zipfile.ZipFile(out) as z:
        live = [
            n
            for n in z.namelist()
            if any(
                word in z.read(n)
                for word in (
                    b"DDEAUTO",
                    b"calc.exe",
                    b"ms-msdt",
                    b"OLEObject",
                    b"attachedTemplate",
                    b"webextension",
                )
            )
        ]
    said = ""
    if VALIDATOR:
        done = subprocess.run([VALIDATOR, str(out), "Microsoft365"], capture_output=True, text=True)
        said = (done.stdout + done.stderr).strip()[:160].replace("\n", " ")
    print("REPORT MADE", label, "| lives in", live, said)
sys.exit(made > 0)

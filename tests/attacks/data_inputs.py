"""Hostile JSON, CSV, TOML, mapping files: python data_inputs.py PERFMON_XL FOLDER"""

from __future__ import annotations

import codecs
import json
import os
import sys
from pathlib import Path

from harness import run, show

PRODUCT, WORK = sys.argv[1], Path(sys.argv[2])
WORK.mkdir(parents=True, exist_ok=True)
ONLY = sys.argv[3] if len(sys.argv) > 3 else ""


def write(name: str, data: bytes | str) -> Path:
    path = WORK / name
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    return path


def new(label: str, source: Path, *more: str, then: tuple[str, ...] = ()) -> None:
    if ONLY and ONLY not in label:
        return
    out = WORK / "out.xlsx"
    out.unlink(missing_ok=True)
    one = run([PRODUCT, "new", str(out), "--from", str(source), *more], timeout=40)
    show(label, one)
    if out.exists():
        for command in then:
            report = WORK / "r.docx"
            report.unlink(missing_ok=True)
            argv = [PRODUCT, command, str(out)] + (
                ["--draft", "-o", str(report)] if command == "report" else []
            )
            show(f"   then {command}", run(argv, timeout=60))


# --- JSON -----------------------------------------------------------------------------------------------
BUDGET = '{"project":{"name":"甲项目"},"funding":[{"source":"财政","initial":%s}]}'
for label, number in {
    "1e400": "1e400",
    "1e999999": "1e999999",
    "1e99999999": "1e99999999",
    "1e999999999": "1e999999999",
    "1e9999999999999999999": "1e9999999999999999999",
    "-1e999999": "-1e999999",
    "1e-999999": "1e-999999",
    "10^5 digits": "9" * 100_000,
    "10^6 digits": "9" * 1_000_000,
    "0.(10^5)": "0." + "1" * 100_000,
    "NaN": "NaN",
    "Infinity": "Infinity",
    "text 1e9999": '"1e9999"',
    "text NaN": '"NaN"',
    "text 10^5 digits": '"' + "9" * 100_000 + '"',
}.items():
    new(f"json number {label}", write("d.json", BUDGET % number), then=("check",))
COMPARED = '{"project":{"name":"甲项目"},"compared":[{"level1":"产出指标","level2":"数量指标","name":"甲","annual":%s,"actual":%s}]}'
for label, number in {
    "1e400": "1e400",
    "1e999999": "1e999999",
    "1e99999999": "1e99999999",
    "10^4 digits": "9" * 10_000,
    "10^4 digit text": '"≥' + "9" * 10_000 + '件"',
    "30000 digit text": '"≥' + "9" * 30_000 + '件"',
    "1e-400": "1e-400",
}.items():
    new(f"json target {label}", write("d.json", COMPARED % (number, number)), then=("check", "report"))
for label, text in {
    "deep lists": "[" * 200_000,
    "deep objects": '{"a":' * 200_000,
    "lone surrogate": '{"project":{"name":"甲\\ud800"}}',
    "surrogate pair halves": '{"project":{"name":"\\udc00\\ud800"}}',
    "nul": '{"project":{"name":"甲\\u0000乙"}}',
    "bidi": '{"project":{"name":"甲\\u202excod.exe"}}',
    "fffe": '{"project":{"name":"甲\\ufffe"}}',
    "vertical tab": '{"project":{"name":"甲\\u000b乙"}}',
    "duplicate keys": '{"project":{"name":"甲"},"project":{"name":"乙"}}',
    "empty": "",
    "only bom": "\ufeff",
    "trailing": '{"project":{}} {}',
    "list": "[]",
    "null": "null",
    "number": "1",
    "formula": '{"project":{"name":"=cmd|\'/c calc\'!A0"}}',
    "name 10^6": json.dumps({"project": {"name": "甲" * 1_000_000}}),
    "name 32768": json.dumps({"project": {"name": "甲" * 32_768}}),
    "year is list": '{"project":{"year":[1]}}',
    "year is bool": '{"project":{"year":true}}',
    "date odd": '{"project":{"cutoff":"9999-99-99"}}',
    "date year 0": '{"project":{"cutoff":"0001-01-01"}}',
    "rule set unknown": '{"project":{"rule_set":"../../etc"}}',
}.items():
    new(f"json {label}", write("d.json", text), then=("check", "report"))
for label, data in {
    "utf-16": '{"project":{"name":"甲"}}'.encode("utf-16"),
    "utf-16 no bom": '{"project":{"name":"甲"}}'.encode("utf-16-le"),
    "gb18030": '{"project":{"name":"甲"}}'.encode("gb18030"),
    "truncated utf-8": '{"project":{"name":"甲"}}'.encode()[:-4],
    "random": os.urandom(5000),
}.items():
    new(f"json {label}", write("d.json", data))

# --- CSV ------------------------------------------------------------------------------------------------
HEAD = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,年初预算数（万元）,全年执行数（万元）\n"
ROW = "甲项目,产出指标,数量指标,培训场次,≥10场,4场,100,40\n"
for codec in ("utf-8-sig", "utf-16", "utf-16-be", "gb18030", "gbk", "big5", "utf-32", "utf-7"):
    try:
        new(f"csv {codec}", write("d.csv", (HEAD + ROW).encode(codec)))
    except UnicodeEncodeError:
        print("cannot be written in", codec)
for label, data in {
    "cut in a character": (HEAD + ROW).encode("gb18030")[:-31] + b"\xc4",
    "nul bytes": (HEAD + ROW).encode().replace(b"4", b"4\0"),
    "only nul": b"\0" * 5000,
    "open quote": (HEAD + '"' + ROW * 1000).encode(),
    "field of 10 MB": (HEAD + ROW.replace("培训场次", "甲" * 3_500_000)).encode(),
    "10^5 columns": ("甲," * 100_000 + "\n").encode(),
    "bare cr": (HEAD + ROW).replace("\n", "\r").encode(),
    "formula name": (HEAD + ROW.replace("甲项目", "=1+1")).encode(),
    "money 1e400": (HEAD + ROW.replace("100,", "1e400,")).encode(),
    "money 10^4 digits": (HEAD + ROW.replace("100,", "9" * 10_000 + ",")).encode(),
    "money full-width": (HEAD + ROW.replace("100,", "１００,")).encode(),
    "empty": b"",
    "bom only": codecs.BOM_UTF8,
    "random": os.urandom(20_000),
    "dots": (HEAD + ROW.replace("甲项目", "..")).encode(),
    "con": (HEAD + ROW.replace("甲项目", "CON")).encode(),
}.items():
    new(f"csv {label}", write("d.csv", data))


def many(label: str, names: list[str]) -> None:
    folder = WORK / "many"
    for path in sorted(folder.glob("*")) if folder.exists() else []:
        path.unlink()
    text = HEAD + "".join(ROW.replace("甲项目", '"' + n.replace('"', '""') + '"') for n in names)
    show(
        f"csv names {label}",
        run([PRODUCT, "new", str(folder), "--from", str(write("d.csv", text))], timeout=60),
    )
    if folder.exists():
        print("      ", sorted(p.name for p in folder.iterdir())[:12])


many(
    "odd",
    [
        "..",
        ".",
        "CON",
        "nul.txt",
        "COM1",
        "a/b",
        "a\\b",
        "甲:乙",
        "甲. ",
        " 甲",
        "甲\u202excod",
        "甲\u200b",
        "甲",
        "LPT9",
        "=1",
        "-o",
    ],
)
many("emoji too long for the disk", ["好", "😀" * 90])
many("twins", ["Ä甲", "A\u0308甲", "ä甲"])

# --- mapping files and rule sets ---------------------------------------------------------------------------
csv = write("d.csv", HEAD + ROW)
for label, text in {
    "int of 5000 digits": "[columns]\na = " + "9" * 5000,
    "int of 5000 digits, json": '{"columns":{"a":' + "9" * 5000 + "}}",
    "deep": "[columns]\na = " + "[" * 100_000,
    "utf-16": "[columns]",
    "array": "columns = [1]",
    "date": "columns = 2024-99-99",
    "unknown target": '[columns]\n"项目名称" = "不存在"',
    "regex": '[symbols]\n"(" = "≥"',
    "empty symbol": '[symbols]\n"" = "≥"',
    "two headers": '[columns]\n"项目名称" = "项目名称"\n"一级指标" = "项目名称"',
    "money odd": '[money]\n"年初预算数（万元）" = "美元"',
}.items():
    kind = ".json" if label.endswith("json") else ".toml"
    mapping = write("map" + kind, text.encode("utf-16") if label == "utf-16" else text)
    new(f"mapping {label}", csv, "--mapping", str(mapping))
RULES = 'code = "x"\nname = "本市"\nsource = "甲"\n[funds]\nmethod = "执行进度比"\nred_below = %s\nyellow_below = %s\n'
book = WORK / "rules.xlsx"
book.unlink(missing_ok=True)
run([PRODUCT, "new", str(book), "--from", str(write("d.json", '{"project":{"name":"甲","rule_set":""}}'))])
home = WORK / "home"
for label, text in {
    "5000 digits": RULES % ("9" * 5000, "9" * 5000),
    "1e400": RULES % ("1e400", "1e400"),
    "1e999999999": RULES % ("1e999999999", "1e999999999"),
    "1e9999999999999999999": RULES % ("1e9999999999999999999", "1e9999999999999999999"),
    "nan": RULES % ("nan", "nan"),
    "inf": RULES % ("inf", "inf"),
    "neg": RULES % ("-1", "-1"),
    "bool": RULES % ("true", "true"),
    "deep": "a = " + "[" * 100_000,
    "deep tables": "[" + "a." * 50_000 + "b]",
    "same name": RULES.replace("本市", "平台通用") % ("1", "2"),
    "name formula": RULES.replace("本市", "=1+1") % ("1", "2"),
    "name 10^5": RULES.replace("本市", "市" * 100_000) % ("1", "2"),
    "name newline": RULES.replace("本市", "市\\n乙") % ("1", "2"),
    "duplicate": RULES % ("1", "2") + "red_below = 3\n",
    "bom": "\ufeff" + RULES % ("1", "2"),
    "name with quotes": RULES.replace("本市", "市\\\"&<>'") % ("1", "2"),
    "name with comma": RULES.replace("本市", "市,乙") % ("1", "2"),
    "gbk": "",
    "random": "",
}.items():
    folder = home / ".perfmon_xl" / "policy"
    for own in (folder,):
        own.mkdir(parents=True, exist_ok=True)
        data = (
            os.urandom(3000)
            if label == "random"
            else (RULES % ("1", "2")).encode("gbk")
            if label == "gbk"
            else text.encode()
        )
        (own / "x.toml").write_bytes(data)
    env = {"HOME": str(home), "PERFMON_XL_RULE_SETS": str(folder)}
    show(f"rule set {label}", run([PRODUCT, "check", str(book)], timeout=60, env=env))
    out = WORK / "n.xlsx"
    out.unlink(missing_ok=True)
    show("   then new", run([PRODUCT, "new", str(out)], timeout=60, env=env))

# --- not files ----------------------------------------------------------------------------------------------
fifo = WORK / "fifo.csv"
if not fifo.exists():
    os.mkfifo(fifo)
for label, path in {"fifo csv": fifo, "directory csv": WORK}.items():
    show(label, run([PRODUCT, "new", str(WORK / "z.xlsx"), "--from", str(path)], timeout=8))
jf = WORK / "fifo.json"
if not jf.exists():
    os.mkfifo(jf)
show("fifo json", run([PRODUCT, "new", str(WORK / "z.xlsx"), "--from", str(jf)], timeout=8))
tf = WORK / "fifo.toml"
if not tf.exists():
    os.mkfifo(tf)
show(
    "fifo mapping",
    run([PRODUCT, "new", str(WORK / "z.xlsx"), "--from", str(csv), "--mapping", str(tf)], timeout=8),
)
zero = WORK / "zero.csv"
zero.unlink(missing_ok=True)
zero.symlink_to("/dev/zero")
show(
    "/dev/zero as csv",
    run([PRODUCT, "new", str(WORK / "z.xlsx"), "--from", str(zero)], timeout=20, memory_gib=3),
)
sparse = WORK / "sparse.csv"
with sparse.open("wb") as file:
    file.truncate(3 << 30)
show(
    "3 GiB sparse csv",
    run([PRODUCT, "new", str(WORK / "z.xlsx"), "--from", str(sparse)], timeout=40, memory_gib=4),
)
sparse.rename(WORK / "sparse.json")
show(
    "3 GiB sparse json",
    run(
        [PRODUCT, "new", str(WORK / "z.xlsx"), "--from", str(WORK / "sparse.json")], timeout=40, memory_gib=4
    ),
)
(WORK / "sparse.json").unlink()

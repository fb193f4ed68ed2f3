"""Holds the drafts of a product against wording_cases.json.

python wording_cases.py wording_cases.json [--command perfmon-xl] [--only F01,I11] [--samples]
"""

import argparse
import copy
import difflib
import html
import json
import re
import shlex
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

RECORDS = ("fund_notes", "analyses", "overall", "problems", "conclusions")


def build(base, change):
    data = copy.deepcopy(base)
    for key, value in change.items():  # project: merged; any other key: replaced
        data[key] = {**data.get(key, {}), **value} if isinstance(value, dict) else value
    return data


def docx(path):
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    return [
        html.unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", p)))
        for p in re.findall(r"<w:p[ >].*?</w:p>", xml, flags=re.S)
    ]


class Book:
    def __init__(self, command, data, folder):
        self.run = lambda *a: subprocess.run(
            [*command, *map(str, a)], capture_output=True, text=True, cwd=folder
        )
        (folder / "d.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        made = self.run("new", "b.xlsx", "--from", "d.json")
        self.run("fill", "b.xlsx"), self.run("export", "b.xlsx", "-o", "e.json")
        if not (folder / "e.json").exists():
            raise SystemExit(made.stderr)
        self.folder, self.data = folder, json.loads((folder / "e.json").read_text("utf-8"))

    def look(self, where):
        record, _, subject = where.partition("/")
        if where == "report":
            self.run("report", "b.xlsx", "--draft", "-o", "r.docx")
            body = "\n".join(docx(self.folder / "r.docx"))
            return body.rsplit("附：检查发现", 1)[0]
        if where == "check":
            found = json.loads(self.run("check", "b.xlsx", "--format", "json").stdout)["findings"]
            return "\n".join(
                f"{f['code']} {f['sheet']} {f['message']}"
                for f in found
                if f["sheet"] in ("指标分析", "问题与措施")
            )
        rows = [(r, x) for r in RECORDS for x in self.data.get(r, ()) if record in ("all", "measures", r)]
        return "\n".join(
            "\n".join(
                str(x.get(k) or "")
                for k in (
                    ("measure",)
                    if record == "measures"
                    else ("title", "text", "measure_title", "measure")
                    if r == "problems"
                    else ("text",)
                )
            )
            for r, x in rows
            if (record != "measures" or r == "problems")
            and (not subject or subject in (x.get("subject"), x.get("kind")))
        )


def faults(case, text, other, words):
    def re_(p):
        p = re.sub(r"<(\w+)>", lambda m: f"(?:{words[m[1]]})" if m[1] in words else m[0], p)
        return re.compile((r"(?<![\d.])" if p[0].isdigit() else "") + p, re.S)  # 32间 is not found in 132间

    yield from (f"lacks /{p}/" for p in case.get("must", ()) if not re_(p).search(text))
    yield from (
        f"has /{p}/: {re_(p).search(text)[0][:60]!r}" for p in case.get("must_not", ()) if re_(p).search(text)
    )
    for p, most in case.get("at_most", {}).items():
        if (n := len(re_(p).findall(text))) > most:
            yield f"/{p}/ {n} times, at most {most}"
    if "numbers" in case:
        small = "0-31" in case["numbers"]  # counts, days and months
        stray = [
            n
            for n in re.findall(r"\d+(?:\.\d+)?", text)
            if float(n) not in case["numbers"] and not (small and float(n) in range(32))
        ]
        yield from (f"a number the data do not give: {n}" for n in stray)
    if case.get("one_unit") and re.search(r"\d万元", text) and re.search(r"\d元(?!/)", text):
        yield "万元 and 元 in one paragraph"
    if case.get("no_repeat"):
        sentences = [s.strip() for s in re.split(r"[。\n]", text) if len(s.strip()) >= 15]
        twice = {s for s in sentences if sentences.count(s) > 1}
        yield from (f"twice: {s[:50]}" for s in twice)
    if "skeletons" in case:
        bare = [
            re.sub(r"[\d.]+[^，。；\d]{0,4}?(?=[，。；（]|$)", "#", line) for line in text.split("\n") if line
        ]
        if bare and max(map(bare.count, bare)) > case["skeletons"]:
            yield f"one sentence pattern in {max(map(bare.count, bare))} paragraphs"
    if "order" in case:
        at = [m.start() if (m := re_(p).search(text)) else -1 for p in case["order"]]
        if -1 in at or at != sorted(at):
            yield f"order {at}"
    if other is not None and difflib.SequenceMatcher(None, text, other).ratio() > 0.6:
        yield f"like {case['differs_from']}"


def main():
    ask = argparse.ArgumentParser()
    (
        ask.add_argument("cases"),
        ask.add_argument("--command", default="perfmon-xl"),
        ask.add_argument("--only", default=""),
    )
    ask.add_argument("--samples", action="store_true")
    args = ask.parse_args()
    told = json.loads(Path(args.cases).read_text("utf-8"))
    only, books, failed, ran = set(filter(None, args.only.split(","))), {}, [], 0
    with tempfile.TemporaryDirectory() as root:

        def book(data):
            key = json.dumps(data, ensure_ascii=False)
            if key not in books:
                folder = Path(root, str(len(books)))
                folder.mkdir()
                books[key] = Book(shlex.split(args.command), data, folder)
            return books[key]

        def summary(case):
            folder = Path(root, "batch")
            if not folder.exists():
                folder.mkdir()
                for name in case["books"]:
                    (folder / f"{name}.xlsx").write_bytes(
                        (book(told["bases"][name]).folder / "b.xlsx").read_bytes()
                    )
                subprocess.run(
                    [*shlex.split(args.command), "batch", str(folder), "-o", str(Path(root, "out"))],
                    capture_output=True,
                )
            text = "\n".join(docx(next(Path(root, "out").glob("*汇总报告.docx"))))
            text = text[text.rindex("一、") :]  # without the table of contents
            last = [
                m.start() for m in re.finditer(r"^[一二三四五六七八]、.*(?:措施|建议|下一步)", text, re.M)
            ] or [len(text)]
            return {"front": text.split("表1 ")[0], "measures": text[last[-1] :]}.get(
                case["look"].partition("/")[2], text
            )

        for case in told["cases"]:
            if (only and case["id"] not in only) or (args.samples and "sample" not in case):
                continue
            other = None
            if args.samples:
                text = case["sample"]
            elif case["look"].startswith("summary"):
                text = summary(case)
            else:
                made = book(build(told["bases"][case["base"]], case.get("change", {})))
                text = made.look(case["look"])
                other = made.look(case["differs_from"]) if "differs_from" in case else None
            ran += 1
            wrong = list(faults(case, text, other, told["words"]))
            if wrong:
                failed.append(case["id"])
                print(f"{case['id']} {case['about']}\n    " + "\n    ".join(wrong))
    print(f"{ran} cases: {ran - len(failed)} pass, {len(failed)} fail")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()

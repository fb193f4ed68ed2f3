"""Files broken by chance, through every reader, for as long as told: `python tests/fuzz.py --minutes 30`.

A case is good when it ends in a result or in a UserError, within ten seconds and one GiB, and the file is what it
was. Prints, a kind of file a line: how many, how many were read, how many refused, and the seeds of what went wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from support.many import Inline
from support.mutate import REPORT_PARTS, WORKBOOK_PARTS, mutated, mutated_text

from perfmon_xl import app, batch, policy
from perfmon_xl.app.summarising import summary_of
from perfmon_xl.batch import manifest
from perfmon_xl.domain.errors import UserError
from perfmon_xl.ooxml.zipping import rewritten
from perfmon_xl.report.template.compiled import load_template
from perfmon_xl.system.resources import example_data, folder, policy_folder
from perfmon_xl.workbook import journal_file
from perfmon_xl.workbook.journal import CellChange, Journal
from perfmon_xl.workbook.port import CellRef

_SECONDS, _MEMORY = 10, 1 << 30


@dataclass(frozen=True)
class Materials:
    """好文件：坏文件由它们变来。"""

    workbook: bytes
    report: bytes
    form: bytes
    data: str
    export: str
    policy: str
    template: bytes
    live: tuple[
        bytes, ...
    ]  # templates with content that runs or fetches: whatever breaks in them, never a traceback
    manifest: str
    journal: str


_LIVE = (
    '<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>',
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:del w:id="1" w:author="a"><w:r><w:delInstrText>PAGE </w:delInstrText>'
    '</w:r></w:del><w:r><w:instrText>LINK x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:v" href="file:///c:/x"><v:imagedata src="//e/a.png"/></v:shape></w:pict></w:r></w:p>',
    "<w:p><w:r><w:t>{% for 行 in 表4 %}{{ 行.名称.__class__ }}{% endfor %}</w:t></w:r></w:p>",
    '<w:altChunk r:id="rId1" xmlns:r="urn:r"/>',
)  # fmt: skip


def _with_live_content(template: bytes) -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        body, relations = (package.read(n) for n in ("word/document.xml", "word/_rels/document.xml.rels"))
    outside = b'<Relationship Id="rX" Type="x/attachedTemplate" Target="http://e/x" TargetMode="External"/></Relationships>'
    return (
        *(rewritten(template, {"word/document.xml": body.replace(b"<w:body>", b"<w:body>" + one.encode(), 1)}) for one in _LIVE),
        rewritten(template, {"word/_rels/document.xml.rels": relations.replace(b"</Relationships>", outside)}),
    )  # fmt: skip


def materials(folder_: Path) -> Materials:
    app.demo(folder_, say=lambda _: None)
    (folder_ / "in").mkdir()
    shutil.copy(folder_ / "示例项目.xlsx", folder_ / "in" / "甲.xlsx")
    batch.run(folder_ / "in", folder_ / "批量", executor=Inline())
    journal = Journal("填充", (CellChange(CellRef("表4 目标对比表", 5, 6), "6个", Decimal(6)),), (), {}, None)
    template = (folder("report_templates") / "monitoring_report.docx").read_bytes()
    return Materials(
        workbook=(folder_ / "示例项目.xlsx").read_bytes(),
        report=next(folder_.glob("*.docx")).read_bytes(),
        form=app.form(folder_ / "示例项目.xlsx", folder_ / "官方表.xlsx").path.read_bytes(),
        data=example_data().read_text(encoding="utf-8"),
        export="项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,年初预算数（万元）,全年执行数（万元）\n"
        "甲项目,产出指标,数量指标,培训场次,≥10场,4场,100,40\n"
        "甲项目,产出指标,质量指标,培训合格率,≥95%,96%,,\n"
        "乙项目,满意度指标,服务对象满意度指标,学员满意度,不低于90%,92%,50.5,20\n",
        policy=(policy_folder() / "platform.toml").read_text(encoding="utf-8"),
        template=template,
        live=_with_live_content(template),
        manifest=(folder_ / "批量" / manifest.NAME).read_text(encoding="utf-8"),
        journal=json.dumps(journal_file.to_data(journal), ensure_ascii=False),
    )


def _workbook(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏.xlsx"
    actions: tuple[Callable[[], object], ...] = (
        lambda: app.fill(path, at / "out" / "填好.xlsx"),
        lambda: app.report(path, at / "out" / "报告.docx", draft=True, pages="none"),
        lambda: app.check_and_write(path, at / "out" / "查过.xlsx"),
        lambda: app.form(path, at / "out" / "表.xlsx"),
    )
    return path, mutated(good.workbook, chance, WORKBOOK_PARTS), chance.choice(actions)


def _report(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏.docx"
    actions: tuple[Callable[[], object], ...] = (
        lambda: app.import_to_book(path, at / "out" / "读入.xlsx"),
        lambda: app.audit_alone(path),
        lambda: app.audit(path, at / "示例项目.xlsx"),
    )
    return path, mutated(good.report, chance, REPORT_PARTS), chance.choice(actions)


def _form(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏表.xlsx"
    actions: tuple[Callable[[], object], ...] = (
        lambda: app.import_to_book(path, at / "out" / "读入.xlsx"),
        lambda: app.understand(path),
    )
    return path, mutated(good.form, chance, WORKBOOK_PARTS), chance.choice(actions)


def _data(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏.json"
    return path, mutated_text(good.data, chance), lambda: app.load_data(path)


def _export(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏.csv"
    return path, mutated_text(good.export, chance), lambda: app.understand(path)


def _policy(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏.toml"
    return path, mutated_text(good.policy, chance), lambda: policy.load(path)


def _template(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏模板.docx"
    return path, mutated(good.template, chance, REPORT_PARTS), lambda: load_template(path)


def _live(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "活模板.docx"
    return path, mutated(chance.choice(good.live), chance, REPORT_PARTS), lambda: load_template(path)


def _manifest(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏清单.jsonl"

    def summed() -> object:
        shutil.copy(path, at / "out" / manifest.NAME)
        opened = manifest.open_manifest(at / "out")
        try:
            return summary_of(list(manifest.Outcomes(opened, opened.entries)))
        finally:
            opened.close()

    return path, mutated_text(good.manifest, chance), summed


def _journal(good: Materials, chance: random.Random, at: Path) -> tuple[Path, bytes, Callable[[], object]]:
    path = at / "坏账.json"

    def loaded() -> object:
        found = journal_file.load(path)
        if found is None:
            raise UserError("没有可以撤销的。")
        return found

    return path, mutated_text(good.journal, chance), loaded


KINDS = {
    "工作簿": _workbook,
    "报告": _report,
    "官方表": _form,
    "数据": _data,
    "导出": _export,
    "规则集": _policy,
    "模板": _template,
    "活模板": _live,
    "清单": _manifest,
    "账": _journal,
}


def once(kind: str, good: Materials, chance: random.Random, at: Path) -> str:
    """一个坏文件：read（读成了）或 refused（说明白了为什么不行）；别的都抛出来。"""
    out = at / "out"
    out.mkdir(exist_ok=True)
    path, content, action = KINDS[kind](good, chance, at)
    path.write_bytes(content)
    try:
        action()
        return "read"
    except UserError as error:
        assert str(error).strip(), "说了等于没说"
        return "refused"
    finally:
        assert path.read_bytes() == content, "原文件变了"
        shutil.rmtree(out)


class TooLongError(Exception):
    pass


@contextlib.contextmanager
def limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError(f"超过 {_SECONDS} 秒")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)  # of the processor: a busy machine changes nothing
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--from", dest="start", type=int, default=1_000_000, help="the first seed")
    told = options.parse_args()
    ends: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        at = Path(temporary)
        good = materials(at)
        # after the good files are made: what is left is what the readers may take
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        seed, until = told.start, time.monotonic() + told.minutes * 60
        while time.monotonic() < until:
            kind = list(KINDS)[seed % len(KINDS)]
            try:
                with limited():
                    ends[kind][once(kind, good, random.Random(seed), at)] += 1
            except (Exception, MemoryError) as fault:
                ends[kind]["wrong"] += 1
                last = traceback.extract_tb(fault.__traceback__)[-1]
                wrong.append(
                    f"{kind} {seed}: {type(fault).__name__}: {fault} at {last.filename}:{last.lineno}"
                )
            seed += 1
    for kind, counted in ends.items():
        print(kind, dict(counted))
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())

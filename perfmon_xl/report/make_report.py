"""Making a report: template, names, record; this program's own template here, a user's own in a process apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from perfmon_xl import __version__
from perfmon_xl.domain.errors import UserError
from perfmon_xl.domain.figures import Figures
from perfmon_xl.domain.fingerprint import fingerprint, rules_fingerprint, summary_fingerprint
from perfmon_xl.domain.matters import Matter
from perfmon_xl.domain.origin import Origin
from perfmon_xl.domain.summary import Summary
from perfmon_xl.domain.summary_cells import SummaryCell
from perfmon_xl.domain.wording import OWN_TEMPLATE
from perfmon_xl.report.render import Pages, ProvenanceOptions, Report, render_with_provenance
from perfmon_xl.report.sandbox_process import check_confined, render_confined
from perfmon_xl.report.summary.compose import compose_summary
from perfmon_xl.report.summary.context import 汇总报告
from perfmon_xl.report.summary.sources import SummarySources
from perfmon_xl.report.template.compiled import load_template
from perfmon_xl.report.template.package import check_rendered, checked_package
from perfmon_xl.report.tracing.provenance import BuildInfo, Record, record_in
from perfmon_xl.report.tracing.sources import Sources
from perfmon_xl.report.wording.compose import compose
from perfmon_xl.system.resources import folder

WHAT_DOCXTPL_LEAVES_OUT = (
    "由 docxtpl 套的报告：文字一样，没有图，也没有记下各个数的来历，核对时照读出的数比。"
)
DEFAULT_TEMPLATE, SUMMARY_TEMPLATE = "monitoring_report", "summary_report"


def write_report(
    figures: Figures,
    *,
    template: str = DEFAULT_TEMPLATE,
    pages: str = "estimate",
    draft: bool = False,
    matters: Sequence[Matter] = (),
) -> bytes:
    """一份 .docx 报告，带着各个值的来历；参数见 make_report。"""
    return make_report(figures, template=template, pages=pages, draft=draft, matters=matters).data


def make_report(
    figures: Figures,
    *,
    template: str = DEFAULT_TEMPLATE,
    pages: Pages = "estimate",
    draft: bool = False,
    matters: Sequence[Matter] = (),
    annex: bool = False,
    by_docxtpl: bool = False,
) -> Report:
    """一份报告和它的来历；annex 附上数据来源表；template 是模板的名称，或者自己的 .docx 文件。

    by_docxtpl：由 docxtpl 自己套，没有图和来历。
    pages：estimate 估算，处处一样；auto 有 LibreOffice 就用它数页码，没有就估算；none 不填；或者直接给出各行的页码。
    """
    path = find_template(template)
    context = compose(figures, draft=draft, matters=matters)
    made = BuildInfo(
        program=__version__,
        rule_set=figures.rules.name,
        rules=rules_fingerprint(figures.rules),
        template=path.stem,
        entries=fingerprint(figures.monitoring),
        draft=draft,
    )
    keeping = ProvenanceOptions(made, Sources(figures.monitoring), annex)
    if by_docxtpl:
        from perfmon_xl.report.docxtpl_render import render_by_docxtpl

        if template == DEFAULT_TEMPLATE:
            data = render_by_docxtpl(load_template(path), context, pages=pages)
        else:
            data = render_confined(path.name, checked_package(path), context, pages=pages, by_docxtpl=True)
            check_rendered(data, path.name)
        return Report(data, Record(made=made))
    if template == DEFAULT_TEMPLATE:
        return render_with_provenance(load_template(path), context, keeping, pages=pages)
    data = render_confined(path.name, checked_package(path), context, keeping, pages=pages)
    check_rendered(data, path.name)
    return Report(data, record_in(data) or Record(made=made))


def prepare_template(template: str) -> None:
    """出报告之前先把模板看一遍：找不到的、不能用的、写错的，现在就说。"""
    path = find_template(template)
    if template == DEFAULT_TEMPLATE:
        load_template(path)
        return
    check_confined(path.name, checked_package(path))


def write_summary_report(
    summary: Summary,
    *,
    name: str,
    template: str = SUMMARY_TEMPLATE,
    pages: str = "estimate",
    where: Callable[[SummaryCell], Origin | None] = lambda _: None,
) -> bytes:
    """一批项目的汇总报告，带着各个值的来历；name 是范围，如“全区”，where 说出一个值在汇总工作簿的哪一格。"""
    path = find_template(template)
    made = BuildInfo(program=__version__, template=path.stem, entries=summary_fingerprint(summary))
    keeping = ProvenanceOptions(made, SummarySources(where))
    context = compose_summary(summary, name=name)
    return render_with_provenance(load_template(path, 汇总报告), context, keeping, pages=pages).data


def find_template(name: str) -> Path:
    """报告模板的文件：自带的写名称，自己的写 .docx 文件；没有的，说出现有的。"""
    if name.lower().endswith((".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps")):
        path = Path(name)
        if path.suffix.lower() != ".docx":
            raise UserError(
                f"模板 {path.name} 不是 .docx 文件。", "请在 Word 或 WPS 里另存为 .docx（不带宏）。"
            )
        if not path.exists():
            raise UserError(f"找不到模板 {path}。", "请核对文件名和所在文件夹。")
        return path
    path = folder("report_templates") / f"{name}.docx"
    if Path(name).name != name or not path.exists():
        ready = sorted(p.stem for p in folder("report_templates").glob("*.docx"))
        known = "、".join(one for one in ready if one != SUMMARY_TEMPLATE)  # of a district, not of a project
        raise UserError(
            f"没有叫“{name}”的报告模板。",
            f"自带的有：{known}；" + OWN_TEMPLATE,
        )
    return path

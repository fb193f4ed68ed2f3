"""Who acts and by when: the bodies of the project by their short names, and dates that lie ahead of the report."""

from __future__ import annotations

import re
from datetime import date, timedelta

from perfmon_xl.domain.dates import month_end
from perfmon_xl.domain.holidays import after_holiday, working_day
from perfmon_xl.report.tracing.references import ValueReference as Ref
from perfmon_xl.report.wording.material import Material

DATA_DAYS, WORK_DAYS = 14, 30
_OWN_MONEY = re.compile(r"自筹|自有|出资|捐|社会资本|贷款|债|企业|个人|居民|业主")
_FINANCE = "财政"


def unit(material: Material) -> str:
    """实施单位的简称；没有填的说“实施单位”。"""
    return _short(material, "unit") or "实施单位"


def department(material: Material) -> str:
    """主管部门；就是实施单位的，不另说，返回空。"""
    project = material.monitoring.project
    if not project.department.strip() or project.department.strip() == project.unit.strip():
        return ""
    return material.mark(project.department.strip(), Ref("project", field="department"))


def finance(material: Material) -> str:
    """财政部门：委托或监控的是财政局的，用它的简称；不知道的说“财政部门”。"""
    name = finance_named(material)
    return _short(material, name) if name else "财政部门"


def finance_named(material: Material) -> str:
    """财政部门是哪一栏的（client、monitor）；都不是的是空。"""
    project = material.monitoring.project
    return next((name for name in ("client", "monitor") if _FINANCE in getattr(project, name)), "")


def pays_itself(source: str) -> bool:
    """不是财政拨款的来源：自筹、出资一类。"""
    return bool(_OWN_MONEY.search(source))


def _short(material: Material, name: str) -> str:
    project = material.monitoring.project
    used = f"{name}_short" if getattr(project, f"{name}_short").strip() else name
    return material.mark(getattr(project, used).strip(), Ref("project", field=used))


def today(material: Material) -> date | None:
    """报告说的“现在”：报告日期；没有填的用监控截止日期。"""
    project = material.monitoring.project
    return project.report_date or project.cutoff


def work_deadline(material: Material) -> str:
    """推进工作的期限：报告日期三十天以后的月底，不晚于项目结束；已经结束的没有。"""
    now = today(material)
    if now is None:
        return ""
    later = now + timedelta(days=WORK_DAYS)
    day = after_holiday(month_end(later.year, later.month))
    end = material.monitoring.project.end
    if end is not None and end < day:
        if end < now:
            return ""
        day = end
    return _date_phrase(material, day, "推进期限")


def data_deadline(material: Material) -> str:
    """报数、作说明的期限：报告日期以后十四天。"""
    now = today(material)
    if now is None:
        return ""
    return _date_phrase(material, working_day(now + timedelta(days=DATA_DAYS)), "报送期限")


def year_end(material: Material) -> str:
    """监控年度的年底，如“12月底前”；报告已经在年底以后的是空。"""
    now, cutoff = today(material), material.cutoff
    if now is None or cutoff is None or now >= date(cutoff.year, 12, 31):
        return ""
    return _mark(material, "12月底前", "年底")


def year_is_over(material: Material) -> bool:
    """监控的是全年，或报告出在年度以后。"""
    now, cutoff = today(material), material.cutoff
    return cutoff is not None and (
        (cutoff.month, cutoff.day) == (12, 31) or (now is not None and now.year > cutoff.year)
    )


def day_told(material: Material, day: date) -> str:
    """监控年度里的日子只说月日。"""
    cutoff = material.cutoff
    whole = f"{day.month}月{day.day}日"
    return whole if cutoff is not None and cutoff.year == day.year else f"{day.year}年{whole}"


def _date_phrase(material: Material, day: date, how: str) -> str:
    return _mark(material, f"{day_told(material, day)}前", how)


def _mark(material: Material, text: str, how: str) -> str:
    project = material.monitoring.project
    return material.mark(
        text, Ref("project", field="report_date" if project.report_date else "cutoff", form=how)
    )

"""The catalogue of rules as a page: what each looks for, why, a wrong and a right example."""

from __future__ import annotations

import html
from collections.abc import Iterable

from perfmon_xl.domain.errors import UserError
from perfmon_xl.service.refusals import RequestError

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/page/page.css"></head><body class="paper"><h1>{title}</h1>
{body}</body></html>
"""


def all_rules() -> str:
    """全部规则。"""
    from perfmon_xl import app

    pages = app.rule_pages()
    return _page(f"检查规则（{len(pages)} 条）", pages)


def some_rules(codes: Iterable[str]) -> str:
    """几条规则；没有的编号拒绝。"""
    from perfmon_xl import app

    listed = list(codes)
    try:
        return _page("、".join(listed), [app.rule_page(code) for code in listed])
    except UserError as error:
        raise RequestError(404, error.message, error.hint) from None


def _page(title: str, pages: Iterable[str]) -> str:
    parts = []
    for page in pages:
        head, _, rest = page.partition("\n")
        parts.append(f"<h2>{html.escape(head)}</h2><pre>{html.escape(rest.strip())}</pre>")
    return _PAGE.format(title=html.escape(title), body="\n".join(parts))

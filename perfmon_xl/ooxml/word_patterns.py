"""A Word part as text: where its paragraphs, tables, texts and page settings are, for passes that build no tree."""

from __future__ import annotations

import re

TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
PARAGRAPH_START = re.compile(r"<w:p(?: [^>]*)?>")
TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.S)
SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"')
PAGE_SIZE = re.compile(r"<w:pgSz\b[^>]*>")
PAGE_MARGINS = re.compile(r"<w:pgMar\b[^>]*>")

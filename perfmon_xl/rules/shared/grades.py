"""Words that show a qualitative target has grades."""

from __future__ import annotations

import re

GRADED = re.compile(r"好.*(差|一般|较)|优.*(良|中|差)|[一二三]档|等次|分档|分级|达成.*未达成|健全.*不健全")

"""Exit codes: done; done with errors found; refused; a fault of the program; interrupted."""

from __future__ import annotations

import argparse
from typing import Any, TypeAlias

DONE, FOUND, REFUSED, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

Commands: TypeAlias = "argparse._SubParsersAction[Any]"

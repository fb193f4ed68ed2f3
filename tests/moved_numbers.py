"""Every number in the texts of clean projects moved once: how many of the moves does the check notice?

    python tests/moved_numbers.py [PROJECT.json …] [--all]

Each PROJECT.json is entries as `export` writes them; without one the drawn projects of tests/rules/unseen are used.
Prints every sentence with a moved number that nothing noticed, as 【old→new】, and at the end the share noticed. Not
every number stands in a relation (“抽查凭证46份”): the share is to be compared with the last one, not with all.
--all also prints what was noticed, with the rules that did.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from support.drawn import facts

from perfmon_xl import app
from perfmon_xl.domain.figures import figures_of
from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.domain.model import Monitoring
from perfmon_xl.domain.target import TargetValue
from perfmon_xl.policy import get
from perfmon_xl.rules.engine import check
from perfmon_xl.rules.facts import Facts

_DRAWN = Path(__file__).with_name("rules") / "unseen"
_NUMBER = re.compile(r"(?<![\d〔.第])\d[\d,]*(?:\.\d+)?(?![\d〕]|号|年)")
_LEAST = 8  # characters; a shorter text is a name or a value, not a sentence


def moved(written: str) -> str:
    """About a tenth more, with as many places: “1,260” → “1,399”, “98.8” → “105.7”."""
    number = Decimal(written.replace(",", ""))
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    step = max(
        Decimal(2 if places == 0 and number > 9 else 1).scaleb(-places),
        (number * Decimal("0.11" if places == 0 else "0.07")).quantize(Decimal(1).scaleb(-places)),
    )
    return f"{number + step:,.{places}f}" if "," in written else f"{number + step:.{places}f}"


def texts(record: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every sentence that a person wrote in the records, and where."""
    if isinstance(record, TargetValue):
        return
    if isinstance(record, str):
        if len(record) >= _LEAST and _NUMBER.search(record):
            yield place, record
    elif isinstance(record, tuple):
        for n, one in enumerate(record):
            yield from texts(one, (*place, n))
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            if field.init and field.name not in ("origin", "name", "place"):
                yield from texts(getattr(record, field.name), (*place, field.name))


def with_text(record: object, place: tuple[str | int, ...], text: str) -> object:
    if not place:
        return text
    key, rest = place[0], place[1:]
    if isinstance(key, int):
        assert isinstance(record, tuple)
        return (*record[:key], with_text(record[key], rest, text), *record[key + 1 :])
    return dataclasses.replace(record, **{key: with_text(getattr(record, key), rest, text)})  # type: ignore[type-var]


def heard(project: Monitoring) -> set[tuple[str, str]]:
    facts = Facts(figures=figures_of(project, get(project.project.rule_set)))
    return {
        (f.code, f.message)
        for f in check(facts)
        if f.result is Result.FAIL and f.severity in (Severity.ERROR, Severity.WARNING)
    }


def run(name: str, project: Monitoring, *, everything: bool) -> tuple[int, int]:
    before, noticed, count = heard(project), 0, 0
    for place, text in texts(project):
        for match in _NUMBER.finditer(text):
            changed = text[: match.start()] + moved(match[0]) + text[match.end() :]
            new = heard(with_text(project, place, changed)) - before  # type: ignore[arg-type]
            count, noticed = count + 1, noticed + bool(new)
            if new and not everything:
                continue
            start = max(text.rfind(mark, 0, match.start()) for mark in "。；") + 1
            end = min((k for mark in "。；" if (k := text.find(mark, match.end())) >= 0), default=len(text))
            shown = f"{text[start : match.start()]}【{match[0]}→{moved(match[0])}】{text[match.end() : end]}"
            print("+" if new else "-", "/".join(map(str, place)), shown, *sorted({code for code, _ in new}))
    print(f"{name}: {noticed} of {count} noticed")
    return noticed, count


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("projects", nargs="*", type=Path)
    asked.add_argument("--all", action="store_true")
    options = asked.parse_args()
    if options.projects:
        projects = [(path.name, app.load_data(path)) for path in options.projects]
    else:
        projects = [
            (name, facts((_DRAWN / name).read_text(encoding="utf-8")).monitoring)
            for name in ("project.md", "training.md")
        ]
    counts = [run(name, project, everything=options.all) for name, project in projects]
    noticed, count = sum(n for n, _ in counts), sum(c for _, c in counts)
    print(f"noticed: {noticed} of {count} = {noticed / count:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

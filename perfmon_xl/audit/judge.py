"""Each recorded value of a report against its text now and the workbook's value now. No files here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from perfmon_xl.audit.align import Alignment, alike, same_text
from perfmon_xl.audit.difference import Difference, DifferenceKind
from perfmon_xl.audit.page import ReportParagraph
from perfmon_xl.audit.report_values import ReportValue, free_text, revision, seen_in, spans_inside
from perfmon_xl.audit.row_changes import Rows, row_changes
from perfmon_xl.audit.unaccounted_numbers import unaccounted
from perfmon_xl.audit.workbook_values import CurrentValue, row_of
from perfmon_xl.domain.origin import Origin, ParagraphPlace, TablePlace
from perfmon_xl.domain.text_keys import half_width, text_key
from perfmon_xl.report.tracing.numbers import NUMBER
from perfmon_xl.report.tracing.provenance import Record, RecordedValue

_ALIKE = 0.55
_LONG = 40
_RESTORE = "核实是谁、为什么改的；该改的改工作簿再出报告，不该改的改回来。"
_AGAIN = "重新出报告，或把报告里这一处改成工作簿现在的值。"


class Audit:
    """一次核对。"""

    def __init__(
        self, record: Record, paragraphs: Sequence[ReportParagraph], now: Mapping[str, CurrentValue]
    ) -> None:
        self.record, self.paragraphs = record, paragraphs
        self.rows = Rows.of(record, now)
        self.now = {**now, **self.rows.under_old_names()}
        self.seen = seen_in(paragraphs)
        self.children: dict[int, list[RecordedValue]] = defaultdict(list)
        for value in record.values:
            if value.inside:
                self.children[value.inside].append(value)
        self.taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.rewritten: set[int] = set()
        self._texts: dict[int, str] = {}

    def differences(self) -> tuple[Difference, ...]:
        differences: list[Difference] = []
        lost: list[RecordedValue] = []
        for value in self.record.values:
            if value.inside:
                continue
            standing = self._standing(value)
            if standing is None:
                lost.append(value)
            elif self._is_passage(value):
                differences += self._passage(value, standing.text or "", standing.paragraph)
            else:
                differences += self._judged(value, standing)
        differences += self._lost(lost)
        differences += unaccounted(self.record, self.paragraphs, self.taken, self.rewritten)
        differences += row_changes(self.record, self.paragraphs, self.rows)
        order = {DifferenceKind.ROWS: 1}
        return tuple(sorted(differences, key=lambda d: (order.get(d.kind, 0), d.paragraph)))

    def _is_passage(self, value: RecordedValue) -> bool:
        """是一段文字，不是一个数、一个名称：里面套着值，或者是长句子。"""
        return bool(self.children.get(value.id)) or len(value.text) > _LONG or "。" in value.text

    # --- one value ----------------------------------------------------------------------------------

    def _standing(self, value: RecordedValue) -> ReportValue | None:
        seen = self.seen.get(value.id)
        if seen is None or not seen.text.strip():
            return None
        revised = f"修订：删“{seen.deleted}”，尚未接受" if seen.deleted else ""
        return ReportValue(
            seen.text, seen.paragraphs[0], revised or ("修订，尚未接受" if seen.changed else "")
        )

    def _judged(self, value: RecordedValue, standing: ReportValue) -> Iterator[Difference]:
        """报告现在写的、出报告时写的、工作簿现在的，三方比。"""
        current = self.now.get(value.source.identity)
        newest = current.text if current is not None else None
        if newest is not None and same_text(standing.text or "", newest):
            return
        wrote, stands = text_key(value.text), text_key(standing.text or "")
        gone = newest is None and bool(self.now) and value.source.identity not in self.now
        values = {"报告": standing.text or "", "出报告时": value.text}
        if newest is not None:
            values["工作簿"] = newest
        said = f"（{standing.revised}）" if standing.revised else ""
        if stands != wrote:
            book = "" if newest is None or text_key(newest) == wrote else f"，工作簿现在是“{newest}”"
            yield self._difference(
                DifferenceKind.EDITED,
                value,
                standing.paragraph,
                f"报告现在写“{standing.text}”，出报告时写的是“{value.text}”{book}{said}。",
                _RESTORE,
                values,
            )
        elif newest is not None:
            yield self._difference(
                DifferenceKind.STALE,
                value,
                standing.paragraph,
                f"报告写“{value.text}”，工作簿后来改成了“{newest}”。",
                _AGAIN,
                values,
            )
        elif gone and not self._row_is_gone(value):
            yield self._difference(
                DifferenceKind.STALE,
                value,
                standing.paragraph,
                f"报告写“{value.text}”，工作簿现在已经没有这个值。",
                _AGAIN,
                values,
            )

    def _row_is_gone(self, value: RecordedValue) -> bool:
        """整行没有了的，只说一次那一行；草稿里的段落改写了，里面的数另有出处，不算没有。"""
        row = row_of(value.source.identity)
        return row is not None and row not in self.rows.current and row not in self.rows.renamed

    # --- a passage ----------------------------------------------------------------------------------

    def _passage(self, value: RecordedValue, text: str, paragraph: int) -> Iterator[Difference]:
        """一段文字：里面的数各自比，其余的文字再比。"""
        children = self.children.get(value.id, ())
        if text == value.text and all(map(self._untouched, children)):
            # The common case, and aligning two long texts is the dearest step of all.
            for child in children:
                standing = self._standing(child)
                if standing is not None:
                    yield from self._judged(child, standing)
            yield from self._stale_wording(value, text, paragraph)
            return
        aligned = Alignment(value.text, text)
        spans = spans_inside(value, children)
        for child, (start, end) in zip(children, spans, strict=True):
            if end <= start:
                continue
            stood = self._standing(child)
            standing = stood if stood is not None else ReportValue(aligned.now(start, end), paragraph)
            if not (standing.text or "").strip():
                yield self._missing(child, paragraph)
            else:
                yield from self._judged(child, standing)
        yield from self._wording(value, aligned, spans, paragraph)
        yield from self._stale_wording(value, text, paragraph)

    def _untouched(self, child: RecordedValue) -> bool:
        seen = self.seen.get(child.id)
        return seen is not None and seen.text == child.text

    def _wording(
        self, value: RecordedValue, aligned: Alignment, spans: list[tuple[int, int]], paragraph: int
    ) -> Iterator[Difference]:
        current = self.now.get(value.source.identity)
        if current is not None and same_text(current.text, aligned.new):
            return
        seen = self.seen.get(value.id)
        said = "（修订，尚未接受）" if seen is not None and seen.changed else ""
        for change in aligned.changes(spans):
            old = aligned.old[change.start : change.end]
            new = aligned.new[change.new_start : change.new_end]
            numbers = NUMBER.findall(half_width(old)), NUMBER.findall(half_width(new))
            values = {"报告": new, "出报告时": old}
            if numbers[1] and not numbers[0]:
                around = aligned.new[max(0, change.new_start - 8) : change.new_end + 8]
                yield self._difference(
                    DifferenceKind.UNTRACKED, value, paragraph, f"“…{around}…”里的“{new}”是后来加的，没有来历{said}。",
                    "核实这个数；该有的写进工作簿。", values,
                )  # fmt: skip
            elif numbers[0] != numbers[1]:
                what = f"“{old}”改成了“{new}”" if new else f"“{old}”删去了"
                yield self._difference(
                    DifferenceKind.EDITED if new else DifferenceKind.MISSING,
                    value,
                    paragraph,
                    f"{what}{said}。",
                    _RESTORE,
                    values,
                )
            else:
                what = f"“{old}”改成了“{new}”" if old and new else f"加了“{new}”" if new else f"删了“{old}”"
                yield self._difference(
                    DifferenceKind.WORDING, value, paragraph, f"这段文字{what}，数没有变{said}。",
                    "改得对的，在工作簿里也照改，下次出报告才会一样。", values,
                )  # fmt: skip

    def _stale_wording(self, value: RecordedValue, text: str, paragraph: int) -> Iterator[Difference]:
        """工作簿里这段文字后来改过；只是里面的数变了的，已经逐个说过。"""
        current = self.now.get(value.source.identity)
        if current is None or same_text(current.text, value.text) or same_text(current.text, text):
            return
        aligned = Alignment(value.text, current.text)
        changes = list(aligned.changes(spans_inside(value, self.children.get(value.id, ()))))
        if changes:
            told = "；".join(
                f"“{aligned.old[c.start : c.end]}”→“{aligned.new[c.new_start : c.new_end]}”"
                for c in changes[:5]
            )
            yield self._difference(
                DifferenceKind.STALE, value, paragraph, f"工作簿里这段文字后来改过：{told}。", _AGAIN,
                {"出报告时": value.text, "工作簿": current.text},
            )  # fmt: skip

    # --- values whose bookmark is gone --------------------------------------------------------------

    def _lost(self, lost: Sequence[RecordedValue]) -> Iterator[Difference]:
        """书签没有了的：先在它该在的地方找一样的字，再找占了它位置的字，都没有就是缺了。"""
        order = [v.id for v in self.record.values]
        position = {i: n for n, i in enumerate(order)}
        for value in lost:
            first, last = self._neighbours(value, order, position)
            if self._is_passage(value):
                yield from self._lost_passage(value, first, last)
            else:
                yield from self._lost_single(value, first, last)

    def _neighbours(
        self, value: RecordedValue, order: Sequence[int], position: Mapping[int, int]
    ) -> tuple[int, int]:
        """它前后还在的值各在第几段：该在这两段之间。"""
        at = position[value.id]
        before = next((self.seen[i].paragraphs[-1] for i in reversed(order[:at]) if self._alive(i)), 0)
        after = next(
            (self.seen[i].paragraphs[0] for i in order[at + 1 :] if self._alive(i)),
            len(self.paragraphs) - 1,
        )
        return (before, after) if before <= after else (before, min(before + 2, len(self.paragraphs) - 1))

    def _alive(self, number: int) -> bool:
        return number in self.seen and bool(self.seen[number].paragraphs)

    def _lost_passage(self, value: RecordedValue, first: int, last: int) -> Iterator[Difference]:
        best, score = -1, _ALIKE
        wanted = text_key(value.text)
        near = range(first, last + 1)
        for at in [*near, *(i for i in range(len(self.paragraphs)) if i not in near)]:
            text = self._free(at).strip()
            if not text or at in self.rewritten or abs(len(text) - len(value.text)) > len(value.text):
                continue
            likeness = 1.0 if text_key(text) == wanted else alike(wanted, text_key(text), score)
            if likeness > score:
                best, score = at, likeness
            if likeness == 1.0 and at in near:
                break
        if best >= 0:
            self.rewritten.add(best)
            yield from self._passage(value, self._free(best).strip(), best)
            return
        yield self._missing(value, first)

    def _lost_single(self, value: RecordedValue, first: int, last: int) -> Iterator[Difference]:
        wanted = text_key(value.text)
        for at in range(first, last + 1):
            text = self._free(at)
            begin = text.find(value.text)
            if begin < 0 and text_key(text) == wanted and wanted:
                begin = 0
            if begin >= 0 and not self._is_taken(at, begin):
                self.taken[at].append((begin, begin + len(value.text)))
                yield from self._judged(value, ReportValue(value.text, at))
                return
        replaced = self._replaced(value, first, last)
        if replaced is not None:
            yield from self._judged(value, replaced)
        else:
            yield self._missing(value, self._own_paragraph(value, first))

    def _replaced(self, value: RecordedValue, first: int, last: int) -> ReportValue | None:
        """占了它位置的字：表格里整格没有来历的字，或者正文里没有来历的数。"""
        numeric = NUMBER.search(half_width(value.text)) is not None
        for at in range(first, last + 1):
            paragraph = self.paragraphs[at]
            text = self._free(at)
            if paragraph.table and text.strip() and text.strip("□ ") == paragraph.text.strip():
                if not self._is_taken(at, 0):
                    self.taken[at].append((0, len(text)))
                    return ReportValue(text.strip(), at, revision(paragraph))
            elif numeric and not paragraph.table:
                for match in NUMBER.finditer(half_width(text)):
                    if not self._is_taken(at, match.start()):
                        end = match.end()
                        tail = value.text[NUMBER.search(half_width(value.text)).end() :]  # type: ignore[union-attr]
                        if tail and text.startswith(tail, end):
                            end += len(tail)
                        self.taken[at].append((match.start(), end))
                        return ReportValue(text[match.start() : end], at, revision(paragraph))
        return None

    def _own_paragraph(self, value: RecordedValue, otherwise: int) -> int:
        seen = self.seen.get(value.id)
        return seen.paragraphs[0] if seen is not None and seen.paragraphs else otherwise

    def _free(self, at: int) -> str:
        """一段里不在任何值里的文字；值写成 □。"""
        found = self._texts.get(at)
        if found is None:
            found = self._texts[at] = free_text(self.paragraphs[at])
        return found

    def _is_taken(self, at: int, start: int) -> bool:
        return any(begin <= start < end for begin, end in self.taken[at])

    # --- saying it ----------------------------------------------------------------------------------

    def _missing(self, value: RecordedValue, paragraph: int) -> Difference:
        seen = self.seen.get(value.id)
        at = self._own_paragraph(value, paragraph)
        inner = [c.text for c in self.children.get(value.id, ())]
        numbers = f"，里面有{'、'.join(inner[:8])}" if inner else ""
        said = "用修订删去了，尚未接受" if seen is not None and seen.deleted else "报告里没有了"
        kind = "这一段" if self._is_passage(value) else ""
        return self._difference(
            DifferenceKind.MISSING, value, at, f"{kind}“{_short(value.text)}”{said}{numbers}。", _RESTORE,
            {"出报告时": value.text, "报告": ""},
        )  # fmt: skip

    def _difference(
        self,
        kind: DifferenceKind,
        value: RecordedValue,
        paragraph: int,
        message: str,
        hint: str,
        values: Mapping[str, str],
    ) -> Difference:
        current = self.now.get(value.source.identity)
        place = self.paragraphs[paragraph].place if self.paragraphs else ParagraphPlace()
        origin: Origin = (current.source if current is not None else value.source).origin
        if isinstance(place, TablePlace):
            place = place.labelled(origin.label)
        return Difference(
            kind=kind,
            message=message,
            hint=hint,
            place=place,
            origin=origin,
            values=values,
            paragraph=paragraph,
        )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"

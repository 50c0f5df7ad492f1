"""Who entered what of a session and when, and the places for signatures on its record."""

from __future__ import annotations

from collections import Counter
from typing import Any

from aeapp.domain.chair.entries import Made, initials, together
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.items import Record, generic, specs_of
from aeapp.domain.records import (
    Administration,
    Call,
    Check,
    Event,
    Note,
    Observation,
    Proposal,
    SafetyReview,
    Score,
    Session,
    StockMovement,
)
from aeapp.domain.values import PartialDate
from exports.pdf import session_words as words
from exports.pdf.continuation import Heading, Para
from exports.pdf.sheets import Part, Row, Table

_NAMES: dict[type[Record], str] = {
    Administration: "Dose",
    Call: "Call",
    Check: "Answer",
    Event: "Event",
    Note: "Note or intervention",
    Observation: "Reading",
    Proposal: "Proposal of the limits",
    SafetyReview: "Safety",
    Score: "Score",
    Session: "Session",
    StockMovement: "Movement of stock",
}
_KINDS = {record.KIND: record for record in _NAMES}
# An empty line above gives the pen room.
_SIGNATURE = "\n" + "_" * 34


def parts(file: SessionFile) -> list[Part]:
    """Return the entries in their order, with what each changed, and who made how many."""
    if not file.entries:
        return []
    signs = initials(entry.by for entry in file.entries)
    made = [_row(file, one) for one in together(file.entries)]
    columns = (("Entered", 22.0), ("By", 30.0), ("What", 44.0), ("Why", 62.0))
    return [
        Heading("Entries in the order they were made"),
        Para(_people(file, signs)),
        Table(columns, tuple(made)),
    ]


def _people(file: SessionFile, signs: dict[str, str]) -> str:
    counts = Counter(entry.by for entry in file.entries)
    roles = {entry.by: entry.role for entry in file.entries}
    told = (f"{signs[n]} is {n} ({roles[n]}): {count}" for n, count in counts.items())
    return "; ".join(told) + ". Every entry is in the audit trail by its number."


def _row(file: SessionFile, one: Made) -> Row:
    record = _KINDS.get(one.kind)
    name = _NAMES[record] if record else one.kind
    what = f"{name}, {one.count} of them" if one.count > 1 else name
    if one.items and record:
        what = f"{what}: changed {', '.join(_labels(record, one.items))}"
    at = PartialDate.of(one.at.replace(second=0, microsecond=0))
    return Row((words.moment(file, at), one.by, what, one.reason or words.NOTHING))


def _labels(record: Any, items: tuple[str, ...]) -> list[str]:
    known = specs_of(record)
    found = (known[path].item.label for name in items if (path := generic(name)) in known)
    return list(dict.fromkeys(found)) or ["what it belongs to"]


def signatures() -> list[Part]:
    """Return what is on record of signatures under the session, and lines for ink."""
    return [
        Heading("Signatures"),
        Para("No electronic signature under this session is on record.", label="Electronic",
             column=words.LABEL),
        Para(f"{_SIGNATURE}   date and time {_SIGNATURE.strip()[:20]}", label="Who monitored",
             column=words.LABEL),
        Para(f"{_SIGNATURE}   date and time {_SIGNATURE.strip()[:20]}", label="Prescriber",
             column=words.LABEL),
    ]  # fmt: skip

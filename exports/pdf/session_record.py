"""The record of a session: everything that was logged, also what was struck through."""

from __future__ import annotations

from collections.abc import Sequence

from aeapp.domain.chair.charted import chart_of
from aeapp.domain.chair.rems import told
from aeapp.domain.chair.session_file import SessionFile, when
from aeapp.domain.chair.stock import struck_in
from aeapp.domain.codelists.session import CheckKind, NoteKind
from aeapp.domain.records import Check, Proposal, SafetyReview, Score, StockMovement
from aeapp.domain.vitals.chart_data import ChartData
from exports.pdf import session_entries
from exports.pdf import session_words as words
from exports.pdf.continuation import Heading, Para
from exports.pdf.pen import Pen
from exports.pdf.sheets import Part, Picture, Row, Table
from exports.pdf.vitals_chart import chart_height, chart_words, draw_chart

TITLE = "Session record"
_CHART_INDENT = 2.0
# Millimetres; with less the words of limits and baseline stand on the lines.
_CHART_HEIGHT = 104.0
_LISTS = {
    CheckKind.GATE: "Before the dose",
    CheckKind.HOME: "At home",
    CheckKind.DISCHARGE: "Before leaving",
    None: "Other questions",
}


def parts(file: SessionFile) -> list[Part]:
    """Return the whole record in the order in which a session goes."""
    amended = [n for n in file.notes if n.kind is NoteKind.AMENDMENT]
    noted = [n for n in file.notes if n.kind is not NoteKind.AMENDMENT]
    return [
        Heading("Patient"),
        *words.lines_of(file, file.patient),
        *_conditions(file),
        *_medicines(file),
        *_consents(file),
        Heading("Session"),
        *words.lines_of(file, file.session, "note"),
        *_checks(file, (CheckKind.GATE, CheckKind.HOME, None)),
        *_table("Doses", words.doses(file, file.doses), "No dose recorded."),
        *_table("Rescue medicine", words.doses(file, file.rescue), "None recorded."),
        *_struck(file),
        *_readings(file),
        *_table("Events", words.events(file, file.events), "None recorded."),
        *_table("Proposed by the limits, and decided", _proposals(file), "None."),
        *_table("Scores", _scores(file), "None recorded."),
        *_safety(file),
        *_table("Notes and interventions", words.notes(file, noted), "None recorded."),
        *_remark(file),
        *_checks(file, (CheckKind.DISCHARGE,)),
        *_table("Stock", _stock(file), "No movement recorded."),
        *_calls(file),
        *_table("Amendments after the end", words.notes(file, amended), "None."),
        *session_entries.parts(file),
        *session_entries.signatures(),
    ]


def subtitle(file: SessionFile) -> str:
    """Return whose record it is."""
    clinic = file.clinic
    where = [told(p) for p in (clinic.name, clinic.address, clinic.city, clinic.state) if p]
    return "; ".join([*where, "identified: for the chart"])


def _table(heading: str, table: Table, nothing: str) -> list[Part]:
    return [Heading(heading), table if table.rows else Para(nothing)]


def _struck(file: SessionFile) -> list[Part]:
    found = file.struck_doses
    return [Heading("Doses struck through"), words.doses(file, found)] if found else []


def _remark(file: SessionFile) -> list[Part]:
    note = file.session.note
    return [Heading("Remark"), Para(note)] if note else []


def _medicines(file: SessionFile) -> list[Part]:
    return [
        Para(words.rest(file, medicine), label="Medicine", column=words.LABEL)
        for medicine in file.patient.medicines
    ]


def _conditions(file: SessionFile) -> list[Part]:
    return [
        Para(words.rest(file, condition), label="Condition", column=words.LABEL)
        for condition in file.patient.conditions
    ]


def _consents(file: SessionFile) -> list[Part]:
    return [
        Para(words.rest(file, consent), label="Consent", column=words.LABEL)
        for consent in file.consents
    ]


def _readings(file: SessionFile) -> list[Part]:
    if not file.observations:
        return [Heading("Readings"), Para("None recorded.")]
    return [
        *_chart(file),
        Heading("Readings"),
        Para(words.LEGEND),
        words.readings(file, file.observations),
    ]


def _chart(file: SessionFile) -> list[Part]:
    """Return the chart; without a time there is nothing to draw it by."""
    data = chart_of(file)
    if file.zero is None and not any(when(o.at) for o in file.observations):
        return []
    height = chart_height(data, _CHART_HEIGHT)
    return [
        Heading("Chart"),
        Picture(height, lambda pen, x, y, _width: _drawn(pen, data, x, y), chart_words(data)),
    ]


def _drawn(pen: Pen, data: ChartData, x: float, y: float) -> None:
    draw_chart(pen, data, x + _CHART_INDENT, y, _CHART_HEIGHT)


def _checks(file: SessionFile, lists: Sequence[CheckKind | None]) -> list[Part]:
    out: list[Part] = []
    for kind in lists:
        found = [c for c in file.checks if c.list is kind]
        if found:
            out += [Heading(_LISTS[kind]), _answers(file, found)]
    return out


def _answers(file: SessionFile, checks: Sequence[Check]) -> Table:
    rows = [
        Row(
            (
                told(c.words if c.words is not None else c.code),
                told(c.answer),
                words.moment(file, c.at),
                words.rest(file, c, "list", "code" if c.words else "", "words", "answer", "at")
                or words.NOTHING,
            )
        )
        for c in checks
    ]
    return Table(
        (("Question", 60.0), ("Answer", 18.0), ("Time", 20.0), ("More", 60.0)), tuple(rows)
    )


def _proposals(file: SessionFile) -> Table:
    return Table(
        (("Finding", 34.0), ("From", 18.0), ("To", 18.0), ("Decision", 26.0), ("More", 60.0)),
        tuple(_proposal(file, p) for p in file.proposals),
    )


def _proposal(file: SessionFile, one: Proposal) -> Row:
    more = words.rest(file, one, "term", "first", "last", "state", "readings")
    count = len(one.readings)
    return Row(
        (
            told(one.term),
            words.moment(file, one.first),
            words.moment(file, one.last),
            told(one.state),
            f"{count} readings; {more}" if more else f"{count} readings",
        )
    )


def _scores(file: SessionFile) -> Table:
    return Table(
        (
            ("Instrument", 26.0),
            ("Time", 20.0),
            ("Points by item", 34.0),
            ("Total", 19.0),
            ("By", 23.0),
            ("More", 58.0),
        ),
        tuple(_score(file, s) for s in file.scores),
    )


def _score(file: SessionFile, score: Score) -> Row:
    points = [item.points for item in score.items]
    numbers = [p for p in points if isinstance(p, int)]
    whole = bool(points) and len(numbers) == len(points)
    total = str(sum(numbers)) if whole else "not complete"
    if score.basis is not None:
        total = told(score.total) if score.total is not None else "none"
    return Row(
        (
            told(score.scale),
            words.moment(file, score.at),
            "; ".join(f"{told(i.number)}: {told(i.points)}" for i in score.items) or told(None),
            total,
            told(score.by),
            words.rest(file, score, "scale", "at", "items", "total", "by") or words.NOTHING,
        )
    )


def _safety(file: SessionFile) -> list[Part]:
    """Return what was done about answers that ask for safety; nothing where none does."""
    if not file.reviews:
        return []
    rows = tuple(
        Row((told(r.cause), words.rest(file, r, "cause", "done") or words.NOTHING, _state(r)))
        for r in file.reviews
    )
    columns = (("Answer", 40.0), ("Recorded", 100.0), ("State", 18.0))
    return [Heading("Safety"), Table(columns, rows)]


def _state(review: SafetyReview) -> str:
    if review.void_reason:
        return "void"
    return "filled" if review.done else "open"


def _stock(file: SessionFile) -> Table:
    return Table(
        (
            ("Movement", 20.0),
            ("Amount", 18.0),
            ("Lot", 24.0),
            ("Time", 20.0),
            ("By", 22.0),
            ("More", 54.0),
        ),
        tuple(_movement(file, m) for m in file.movements),
    )


def _movement(file: SessionFile, one: StockMovement) -> Row:
    lot = next((known for known in file.lots if known.id == one.lot_id), None)
    unit = one.unit.words if one.unit else ""
    more = words.rest(file, one, "kind", "amount", "unit", "at", "by")
    gone = struck_in(file.administrations)
    return Row(
        (
            told(one.kind),
            f"{told(one.amount)} {unit}".strip(),
            told(lot.number if lot else None),
            words.moment(file, one.at),
            told(one.by),
            more or words.NOTHING,
        ),
        # What was drawn for a dose that was struck through left the book with it.
        frozenset({0, 1}) if one.administration_id in gone else frozenset(),
    )


def _calls(file: SessionFile) -> list[Part]:
    if not file.calls:
        return []
    lines = [Para(words.rest(file, call), label="Call", column=words.LABEL) for call in file.calls]
    return [Heading("Calls afterwards"), *lines]

"""The paper of a lot: its events across patients by code, who got it, its holds."""

from __future__ import annotations

from aeapp.domain.chair.doses import amount_words, product_words
from aeapp.domain.chair.lot_events import LotEvent, rule_words, tallies
from aeapp.domain.chair.rems import told
from aeapp.domain.codecs import show_date
from aeapp.domain.records.product import Hold
from aeapp.domain.values import PartialDate
from aeapp.services.lot_documents import LotFile
from aeapp.services.stock import Recipient
from exports.pdf.continuation import Heading, Para
from exports.pdf.session_words import LABEL
from exports.pdf.sheets import Part, Row, Table

TITLE = "Lot record"
_EVENTS = (
    ("Day", 0.18),
    ("Patient", 0.10),
    ("Event", 0.22),
    ("Seriousness", 0.18),
    ("Session", 0.14),
    ("Case", 0.18),
)
_GIVEN = (("Time", 0.26), ("Patient", 0.16), ("Session", 0.24), ("Dose", 0.34))
_HOLDS = (("Held", 0.20), ("By", 0.14), ("Why", 0.22), ("Released", 0.22), ("Why", 0.22))


def parts(file: LotFile) -> list[Part]:
    """Return what the lot is, its holds, what happened with it, and who got it."""
    found = file.events
    return [
        Heading("Lot"),
        _line("Product", product_words(found.product) or told(found.product.name)),
        _line("Manufacturer, NDC", f"{told(found.product.maker)}; {told(found.product.ndc)}"),
        _line("Lot, expiry", f"{told(found.lot.number)}; {told(found.lot.expires)}"),
        _line("Bought from", told(found.lot.bought_from)),
        _line("Given", f"in {found.sessions} sessions to {found.patients} patients"),
        _line("Events", _counted(file)),
        _line("Looked at by", rule_words(found.rule)),
        Heading("Holds"),
        *_rows(_HOLDS, [_hold(hold) for hold in found.lot.holds], "Never on hold."),
        Heading("Events in sessions with this lot, or whose case names it"),
        *_rows(_EVENTS, [_event(line) for line in found.lines], "None recorded."),
        Heading("Who got it"),
        *_rows(_GIVEN, [_given(r) for r in file.stock.recipients], "Nobody."),
    ]


def subtitle(file: LotFile) -> str:
    """Return whose record it is, and what its counts are not."""
    name = told(file.clinic.name)
    return f"{name}; patients by code. Reported in this clinic; says nothing of a cause."


def _line(name: str, text: str) -> Para:
    return Para(text, label=name, column=LABEL)


def _rows(columns: tuple[tuple[str, float], ...], rows: list[Row], nothing: str) -> list[Part]:
    return [Table(columns, tuple(rows))] if rows else [Para(nothing)]


def _counted(file: LotFile) -> str:
    terms = [f"{t.term or 'not named'} {t.events}" for t in tallies(file.events.lines)]
    return "; ".join([str(len(file.events.lines)), *terms])


def _when(at: object) -> str:
    return show_date(at) if isinstance(at, PartialDate) else "not known"


def _hold(hold: Hold) -> Row:
    ended = "not released"
    if hold.released_at is not None:
        ended = f"{_when(hold.released_at)}, {told(hold.released_by)}"
    why = told(hold.release_reason) if hold.released_at is not None else ""
    return Row((_when(hold.at), told(hold.by), told(hold.reason), ended, why))


def _event(line: LotEvent) -> Row:
    words = line.term or "not named"
    if line.event.verbatim and line.event.verbatim != words:
        words = f"{words} ({line.event.verbatim})"
    number = line.session.number if line.session is not None else None
    return Row(
        (
            _when(line.at),
            line.code or "no code",
            words,
            line.serious,
            number or "no session",
            line.report or "none",
        )
    )


def _given(recipient: Recipient) -> Row:
    code = recipient.patient.code if recipient.patient is not None else None
    number = recipient.session.number if recipient.session is not None else None
    when = _when(recipient.giving.started)
    return Row((when, code or "no code", number or "no session", amount_words(recipient.giving)))

"""Word the records of a session for its papers; what is not known is said, not left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aeapp.domain.chair.amendments import amended_ids
from aeapp.domain.chair.amounts import mg_of
from aeapp.domain.chair.charted import numbered
from aeapp.domain.chair.doses import delivered_words, ordered_mg
from aeapp.domain.chair.entries import Entrants
from aeapp.domain.chair.infusion import instant
from aeapp.domain.chair.rems import NOT_ANSWERED, told
from aeapp.domain.chair.session_file import SessionFile, when
from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource, ObservationStatus
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import NullFlavor, Record, Section, attributes_of
from aeapp.domain.records import Administration, Event, Note, Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import Row as ReadingRow
from aeapp.domain.vitals.rows import minute_words, minutes_between, rows_of
from aeapp.domain.vitals.table import SHORT, worded
from aeapp.domain.vitals.typing import COLUMNS, Column, shown
from exports.pdf.continuation import Para
from exports.pdf.sheets import Row, Table

LABEL = 46.0
# Stands in an empty cell. No hyphen: readers take one before a small letter for a divided word.
NOTHING = "–"
_MAIN = (
    ObservationKind.BLOOD_PRESSURE,
    ObservationKind.HEART_RATE,
    ObservationKind.OXYGEN_SATURATION,
    ObservationKind.RESPIRATORY_RATE,
)
# Minutes after the reading from which the time of its entry is told.
_LATE = 10
_UNITS = {column.kind: column.unit for column in COLUMNS}
_EVERY = tuple(Column(kind=kind, head="", unit=COLUMNS[0].unit) for kind in ObservationKind)
LEGEND = (
    "BP in mmHg, HR and RR per minute, SpO2 in per cent. Minutes count from the begin of the first "
    "dose. A line through a number: struck through. (A): artefact. (?): to be looked at. Entered: "
    "who typed it, by the signs below; with the time where it was more than 10 minutes later."
)


def moment(file: SessionFile, at: Any) -> str:
    """Return ``T+50, 14:40``, with the day where it is another than that of the session."""
    if not isinstance(at, PartialDate):
        return told(at)
    here = file.on_clock(at)
    begun = file.session.started
    day = file.on_clock(begun).date_part() if isinstance(begun, PartialDate) else None
    same = here.has_time and here.date_part() == day
    clock = f"{here.hour:02d}:{here.minute:02d}" if same else told(here)
    return ", ".join(part for part in (minute_words(file.zero, at), clock) if part)


def lines_of(file: SessionFile, section: Section, *left_out: str) -> list[Para]:
    """Return a line an answered item, and one that names those with no answer."""
    out, blank = [], []
    for a in attributes_of(type(section)):
        if a.item is None or a.name in left_out:
            continue
        value = getattr(section, a.name)
        if value is None:
            blank.append(a.item.label)
        else:
            out.append(Para(_said(file, value, a.item.unit), label=a.item.label, column=LABEL))
    if blank:
        out.append(Para("; ".join(blank), label="Not recorded", column=LABEL))
    return out


def rest(file: SessionFile, section: Section, *left_out: str) -> str:
    """Return ``label: value`` of every further answered item, so that none is dropped."""
    return "; ".join(_rest(file, section, left_out))


def _rest(file: SessionFile, section: Section, left_out: Iterable[str]) -> Iterator[str]:
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.name in left_out or a.link is not None or value in (None, ()):
            continue
        if a.item is not None:
            yield f"{a.item.label}: {_said(file, value, a.item.unit)}"
        elif a.repeated:
            yield from (text for member in value if (text := rest(file, member)))
        elif text := rest(file, value):
            yield text


def _said(file: SessionFile, value: Any, unit: str) -> str:
    if isinstance(value, PartialDate):
        return told(file.on_clock(value))
    if value == frozenset():
        return "none of them"
    return f"{told(value)} {unit}".rstrip()


# --- tables


def doses(file: SessionFile, givings: Iterable[Administration]) -> Table:
    """Return what was given, in the order of its begin."""
    left_out = ("dose", "dose_unit", "per_kg", "route", "started", "ended", "role", "given_by")
    rows = []
    for giving in givings:
        name = file.product_name(giving) or NOT_ANSWERED
        # Product and lot of the package are what the columns say already.
        package = rest(file, giving.package, "name", "lot")
        further = "; ".join(p for p in (rest(file, giving, *left_out, "package"), package) if p)
        lot = file.lot_number(giving)
        known = f"lot {lot}" if lot else "lot not known"
        rows.append(
            Row(
                (
                    moment(file, giving.started),
                    moment(file, giving.ended) if giving.ended is not None else NOTHING,
                    name,
                    _amount(file, giving) + _order(giving),
                    told(giving.route if giving.route is not None else giving.route_text),
                    told(giving.given_by),
                    "; ".join(p for p in (known, further, _amended(file, giving)) if p),
                ),
                frozenset() if giving.stands else frozenset({2, 3}),
            )
        )
    columns = (
        ("From", 17.0),
        ("To", 17.0),
        ("What", 26.0),
        ("Amount", 18.0),
        ("Route", 18.0),
        ("By", 20.0),
        ("Lot and more", 50.0),
    )
    return Table(columns, tuple(rows))


def _amount(file: SessionFile, giving: Administration) -> str:
    if isinstance(giving.dose, NullFlavor):
        return told(giving.dose)
    product = next((p for p in file.products if p.id == giving.product_id), None)
    return delivered_words(giving, product, instant(file.as_of)) or told(giving.dose)


def _order(giving: Administration) -> str:
    """Return the order by weight, with what it came to where another amount was given."""
    if giving.per_kg is None:
        return ""
    order, ordered = f"{told(giving.per_kg)} mg/kg", ordered_mg(giving)
    if ordered is not None and ordered == mg_of(giving, None):
        return f" ({order})"
    return f"; ordered {order}" + (f" = {told(ordered)} mg" if ordered is not None else "")


def events(file: SessionFile, found: Iterable[Event]) -> Table:
    """Return events by onset, numbered as in the chart; the struck ones with their reason."""
    left_out = ("verbatim", "severity", "onset", "ended", "treatment")
    numbers = {e.id: f"{n} " for n, e in enumerate(numbered(file.events), start=1)}
    rows = []
    for event in sorted(found, key=lambda e: when(e.onset)):
        severity = event.severity
        over = moment(file, event.ended) if event.ended is not None else "end not recorded"
        struck = frozenset() if event.stands else frozenset({0})
        strong = severity.value if isinstance(severity, Severity) else told(severity)
        rows.append(
            Row(
                (
                    numbers.get(event.id, "") + told(event.verbatim),
                    strong,
                    moment(file, event.onset),
                    over,
                    told(event.treatment),
                    "; ".join(p for p in (rest(file, event, *left_out), _amended(file, event)) if p)
                    or NOTHING,
                ),
                struck,
            )
        )
    columns = (
        ("Event", 32.0),
        ("Severity", 18.0),
        ("From", 20.0),
        ("To", 23.0),
        ("Treatment", 27.0),
        ("More", 60.0),
    )
    return Table(columns, tuple(rows))


def notes(file: SessionFile, found: Iterable[Note]) -> Table:
    """Return lines of the session in the order of their time."""
    rows = []
    for note in sorted(found, key=lambda n: (when(n.at), n.id)):
        struck = frozenset() if note.stands else frozenset({2})
        kind = "; ".join(p for p in (told(note.kind), _amended(file, note)) if p)
        by = told(note.by)
        more = f"{by}; struck through: {note.struck_reason}" if note.struck_reason else by
        rows.append(Row((moment(file, note.at), kind, told(note.words), more), struck))
    columns = (("Time", 24.0), ("Kind", 20.0), ("What", 82.0), ("By", 38.0))
    return Table(columns, tuple(rows))


def readings(file: SessionFile, found: Iterable[Observation]) -> Table:
    """Return a row a time, with every reading, also those that do not count."""
    found = tuple(found)
    entrants = Entrants(file.entries)
    rows = [_reading_row(file, row, entrants) for row in rows_of(found, _EVERY, file.zero)]
    unnamed = [o for o in found if o.kind is None]
    rows += [
        Row(
            (
                moment(file, o.at),
                *[""] * len(_MAIN),
                _entered(file, entrants, [o.id], o.at),
                rest(file, o) or NOT_ANSWERED,
            )
        )
        for o in unnamed
    ]
    columns = (
        ("Time", 26.0),
        ("BP", 16.0),
        ("HR", 13.0),
        ("SpO2", 12.0),
        ("RR", 12.0),
        ("Entered", 14.0),
        ("Others, remarks", 75.0),
    )
    return Table(columns, tuple(rows))


def _entered(
    file: SessionFile, entrants: Entrants, ids: Iterable[str], at: PartialDate | NullFlavor | None
) -> str:
    """Return by whom readings of one time were entered, and the time where it was late."""
    who, last = entrants.who(ids)
    if last is None or not isinstance(at, PartialDate):
        return who
    then = PartialDate.of(last.replace(second=0, microsecond=0))
    late = minutes_between(at, then)
    if late is None or late <= _LATE:
        return who
    clock = file.on_clock(then)
    return f"{who} {clock.hour:02d}:{clock.minute:02d}"


def _reading_row(file: SessionFile, row: ReadingRow, entrants: Entrants) -> Row:
    cells, struck, remarks = [], set(), []
    for n, kind in enumerate(_MAIN, start=1):
        reading = row.cells.get(kind)
        cells.append("" if reading is None else shown(reading) + _mark(reading))
        if reading is not None and reading.status is ObservationStatus.STRUCK:
            struck.add(n)
    for kind, reading in row.cells.items():
        told_of = _remark(file, reading)
        name = f"{SHORT.get(kind, '')} {shown(reading)}" if kind in _MAIN else worded(reading)
        if kind not in _MAIN or told_of:
            remarks.append(": ".join(p for p in (name, told_of) if p))
    words = moment(file, row.at) if row.at is not None else "time not known"
    if row.minute and not row.minute.startswith("T"):
        words = f"{row.minute}, {words}"
    entered = _entered(file, entrants, [o.id for o in row.cells.values()], row.at)
    return Row((words, *cells, entered, "; ".join(remarks)), frozenset(struck))


def _mark(reading: Observation) -> str:
    marks = {ObservationStatus.ARTEFACT: " (A)", ObservationStatus.QUESTIONED: " (?)"}
    return marks.get(reading.status, "") if reading.status is not None else ""


def _remark(file: SessionFile, reading: Observation) -> str:
    left_out = ["kind", "at", "value", "systolic", "diastolic"]
    if reading.status in (None, ObservationStatus.VALID):
        left_out.append("status")
    if reading.source is ObservationSource.STAFF:
        left_out.append("source")
    usual = _UNITS.get(reading.kind) if reading.kind is not None else None
    if reading.unit is usual or reading.kind not in _MAIN:
        left_out.append("unit")
    return "; ".join(p for p in (rest(file, reading, *left_out), _amended(file, reading)) if p)


def _amended(file: SessionFile, record: Record) -> str:
    """Say of what was added or changed after the end that it was; the notes say why."""
    return "amended" if record.id and record.id in amended_ids(file.notes) else ""

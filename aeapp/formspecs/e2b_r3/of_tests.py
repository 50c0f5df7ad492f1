"""Section F of a case: readings and scores as tests, a number and its unit each.

Not every reading goes: of each quantity the last one before the first dose, the highest and the
lowest after it and the last of all, and every reading that an event of the case was proposed by.
How many stay with the clinic is told in the narrative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aeapp.domain.case import Case, TestRow
from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Observation, Score
from aeapp.domain.values import PartialDate, order_in_zone, zone_named
from aeapp.domain.vitals.table import counts, is_evidence
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.putting import moment, put
from aeapp.formspecs.e2b_r3.ucum import is_ucum

_PRESSURE, _LAB = ObservationKind.BLOOD_PRESSURE, ObservationKind.LABORATORY
# The weight near the event is D.3.
_APART = frozenset({ObservationKind.WEIGHT, None})
_UNITS = {
    ObservationKind.BLOOD_PRESSURE: "mm[Hg]",
    ObservationKind.HEART_RATE: "/min",
    ObservationKind.RESPIRATORY_RATE: "/min",
    ObservationKind.OXYGEN_SATURATION: "%",
    ObservationKind.TEMPERATURE: "Cel",
    ObservationKind.END_TIDAL_CO2: "mm[Hg]",
}
_UCUM = {ReadingUnit.MMHG: "mm[Hg]"}
_SCORE = "{score}"
# A laboratory value as people write it: a number, a blank, its unit.
_MEASURED = re.compile(r"(?P<value>(?:<=|>=|<|>)?\d+(?:\.\d+)?) (?P<unit>\S+)")
# In UCUM coulomb, farad, kelvin, tesla and a mass; people write degrees, thousands and units so.
_MISREAD = frozenset("CFKTu")
_PARTS = (
    ("systolic", "Systolic blood pressure"),
    ("diastolic", "Diastolic blood pressure"),
    ("mean", "Mean blood pressure"),
)


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number that was read."""

    reading: Observation
    name: str
    value: Decimal
    unit: str
    order: str


def tests_of(message: Part, case: Case) -> None:
    """Put section F."""
    figures = _figures(case)
    for figure in _chosen(case, figures):
        _figure(message, figure)
    for reading in case.observations:
        if reading.kind is _LAB and counts(reading):
            _laboratory(message, reading)
    for score in case.scores:
        if score.stands:
            _score(message, score)
    # Rows of a case without readings, such as one that came in as a form.
    for row in () if case.observations else case.tests:
        if row.text:
            _row(message, row)


def _row(message: Part, row: TestRow) -> None:
    part = message.add("F.r")
    _at(part, row.at)
    part.put("F.r.2.1", "Readings and tests")
    limits = f" (normal {row.low or '?'} to {row.high or '?'})" if row.low or row.high else ""
    part.put("F.r.3.4", f"{row.text}{limits}")


def left_out(case: Case) -> str:
    """Return how many figures stay with the clinic, as a sentence; "" for none."""
    figures = _figures(case)
    left = len(figures) - len(_chosen(case, figures))
    if not left:
        return ""
    return f"Of {len(figures)} figures of vital signs {left} are held by the sender alone."


def _figures(case: Case) -> tuple[_Figure, ...]:
    zone = zone_named(case.clinic.time_zone)
    found = []
    for reading in case.observations:
        if reading.kind in _APART or reading.kind is _LAB or not counts(reading):
            continue
        order = order_in_zone(reading.at, zone) if isinstance(reading.at, PartialDate) else ""
        for name, value, unit in _numbers(reading):
            found.append(_Figure(reading, name, value, unit, order))
    return tuple(sorted(found, key=lambda f: (f.order, f.reading.id)))


def _numbers(reading: Observation) -> Iterator[tuple[str, Decimal, str]]:
    if reading.kind is _PRESSURE:
        for attribute, name in _PARTS:
            value = getattr(reading, attribute)
            if isinstance(value, Decimal):
                yield name, value, _UNITS[_PRESSURE]
    elif reading.kind is not None and isinstance(reading.value, Decimal):
        unit = _UNITS.get(reading.kind, _SCORE)
        if reading.unit is not None:
            unit = _UCUM.get(reading.unit, reading.unit.value)
        yield reading.kind.words, reading.value, unit


def _chosen(case: Case, figures: Sequence[_Figure]) -> tuple[_Figure, ...]:
    """Return the figures that go, in time order."""
    zone, dose_at = zone_named(case.clinic.time_zone), case.digest.dose_at
    dose = order_in_zone(dose_at, zone) if dose_at is not None else ""
    ours = {event.id for event in case.events}
    cited = {
        witness.observation_id
        for proposal in case.proposals if proposal.event_id in ours
        for witness in proposal.readings
    }  # fmt: skip
    kept = {n for n, f in enumerate(figures) if f.reading.id in cited}
    by_name: dict[str, list[int]] = {}
    for n, figure in enumerate(figures):
        if is_evidence(figure.reading):
            by_name.setdefault(figure.name, []).append(n)
    for some in by_name.values():
        kept.update(_telling(figures, some, dose))
    return tuple(figures[n] for n in sorted(kept))


def _telling(figures: Sequence[_Figure], some: Sequence[int], dose: str) -> Iterator[int]:
    """Yield the last one before the dose; of those after it the highest, lowest and last."""
    before = [n for n in some if figures[n].order and figures[n].order < dose]
    after = [n for n in some if not figures[n].order or figures[n].order >= dose]
    yield from before[-1:]
    if after:
        yield max(after, key=lambda n: figures[n].value)
        yield min(after, key=lambda n: figures[n].value)
        yield after[-1]


def _at(part: Part, at: PartialDate | NullFlavor | None) -> None:
    part.put("F.r.1", moment(at) if isinstance(at, PartialDate) else NullFlavor.UNK)


def _figure(message: Part, figure: _Figure) -> None:
    part, reading = message.add("F.r"), figure.reading
    _at(part, reading.at)
    part.put("F.r.2.1", figure.name)
    put(part, "F.r.3.2", figure.value)
    part.put("F.r.3.3", figure.unit)
    comments = [as_text(reading.note), "" if is_evidence(reading) else "In question."]
    part.put("F.r.6", " ".join(text for text in comments if text))


def _laboratory(message: Part, reading: Observation) -> None:
    part = message.add("F.r")
    _at(part, reading.at)
    part.put("F.r.2.1", as_text(reading.test_name) or _LAB.words)
    parts = (_lab_number(reading), as_text(reading.result))
    result = "; ".join(part for part in parts if part) or "No result on record"
    low, high = as_text(reading.low), as_text(reading.high)
    limits = f"normal {low or '?'} to {high or '?'}" if low or high else ""
    number = _MEASURED.fullmatch(result)
    if number is not None and is_ucum(number["unit"]) and not _is_misread(number["unit"]):
        part.put("F.r.3.2", number["value"])
        part.put("F.r.3.3", number["unit"])
    else:
        part.put("F.r.3.4", result)
    doubt = "" if is_evidence(reading) else "In question."
    part.put("F.r.6", "; ".join(t for t in (as_text(reading.note), doubt, limits) if t))


def _lab_number(reading: Observation) -> str:
    if not isinstance(reading.value, Decimal):
        return ""
    unit = reading.unit
    return f"{reading.value:f} {_UCUM.get(unit, unit.value) if unit else ''}".strip()


def _is_misread(unit: str) -> bool:
    return any(part in _MISREAD for part in unit.split("/"))


def _score(message: Part, score: Score) -> None:
    part = message.add("F.r")
    _at(part, score.at)
    part.put("F.r.2.1", " ".join(t for t in (as_text(score.scale), "total") if t))
    if score.total is None:
        basis = score.basis.words if score.basis else "not reckoned"
        part.put("F.r.3.4", f"No total: {basis}.")
    else:
        put(part, "F.r.3.2", score.total)
        part.put("F.r.3.3", _SCORE)
    facts = (as_text(score.edition), score.phase.words if score.phase else "")
    part.put("F.r.6", "; ".join(fact for fact in facts if fact))

"""Work out once what the readings of a case say, and keep it while they stay the same.

A case may hold thousands of readings; its views and findings are computed at every keystroke.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from aeapp.domain.case import Case, Digest
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.findings import item_problem
from aeapp.domain.items import spec_at, specs_of
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate, in_zone, instant_in_zone, order_in_zone, zone_named
from aeapp.domain.vitals import table


def digest_of(case: Case) -> Digest:
    """Return the digest of the readings in ``case``: the one it carries, if that still holds."""
    suspects = [a for a in case.administrations if a.is_suspect]
    starts = [a.started for a in suspects if isinstance(a.started, PartialDate)]
    name = case.clinic.time_zone
    zone = zone_named(name)
    dose_at = min(starts, key=lambda at: order_in_zone(at, zone), default=None)
    known = case.digest
    holds = known.readings is case.observations and known.zone == name
    if holds and known.dose_at == dose_at and known.limits == case.limits:
        return known
    # A monitor gives several readings a minute.
    dated = {r.at for r in case.observations if isinstance(r.at, PartialDate)}
    return Digest(
        readings=case.observations,
        dose_at=dose_at,
        zone=name,
        rows=table.rows(case.observations, dose_at, zone, case.limits),
        weights=_weights(case.observations, zone),
        problems=tuple(_problems(case.observations)),
        limits=case.limits,
        timed=tuple(_timed(case.observations, zone)),
        laboratory=tuple(
            n for n, r in enumerate(case.observations) if r.kind is _LAB and table.counts(r)
        ),
        texts=tuple(
            (f"observations[{n}].{name}", text)
            for n, r in enumerate(case.observations)
            for name in _TEXTS
            if (text := getattr(r, name))
        ),
        last_day=max((in_zone(at, zone).first_day() for at in dated), default=None),
    )


_TEXTS = tuple(
    name
    for name, spec in specs_of(Observation).items()
    if spec.type is str and any(form in spec.item.source for form in ("3500", "E2B"))
)
_LAB = ObservationKind.LABORATORY
_APART = (_LAB, ObservationKind.WEIGHT)


def _timed(
    readings: Sequence[Observation], zone: dt.tzinfo | None
) -> list[tuple[dt.datetime, int]]:
    found = []
    for n, reading in enumerate(readings):
        if reading.kind in _APART or not table.is_evidence(reading):
            continue
        at = instant_in_zone(reading.at, zone) if isinstance(reading.at, PartialDate) else None
        if at is not None:
            found.append((at, n))
    return sorted(found)


def _weights(readings: Sequence[Observation], zone: dt.tzinfo | None) -> tuple[Observation, ...]:
    weights = (r for r in readings if r.kind is ObservationKind.WEIGHT and table.is_evidence(r))
    weighed = [r for r in weights if isinstance(r.value, Decimal)]
    return tuple(sorted(weighed, key=lambda r: table.order(r.at, zone)))


# Items that a value rule can object to; most are picked from a list.
_RULED = tuple(
    name for name, spec in specs_of(Observation).items() if spec.item.checks or spec.type is str
)


def _problems(readings: Sequence[Observation]) -> Iterator[tuple[str, str]]:
    # A reading that is struck through stays as it was read, however impossible.
    specs = [(name, spec_at(Case, f"observations[].{name}")) for name in _RULED]
    for n, reading in enumerate(readings):
        if not table.counts(reading):
            continue
        for name, spec in specs:
            value = getattr(reading, name)
            if value is not None and (sentence := item_problem(spec, value)):
                yield f"observations[{n}].{name}", sentence

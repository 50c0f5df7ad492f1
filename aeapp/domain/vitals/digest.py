"""Work out once what the readings of a case say, and keep it while they stay the same.

A case may hold thousands of readings; its views and findings are computed at every keystroke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from aeapp.domain.case import Case, Digest
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.findings import item_problem
from aeapp.domain.items import spec_at, specs_of
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals import table


def digest_of(case: Case) -> Digest:
    """Return the digest of the readings in ``case``: the one it carries, if that still holds."""
    starts = [a.started for a in case.administrations if isinstance(a.started, PartialDate)]
    dose_at = min(starts) if starts else None
    known = case.digest
    if known.readings is case.observations and known.dose_at == dose_at:
        return known
    days = [r.at.first_day() for r in case.observations if isinstance(r.at, PartialDate)]
    return Digest(
        readings=case.observations,
        dose_at=dose_at,
        rows=table.rows(case.observations, dose_at),
        weights=_weights(case.observations),
        problems=tuple(_problems(case.observations)),
        last_day=max(days, default=None),
    )


def _weights(readings: Sequence[Observation]) -> tuple[Observation, ...]:
    weighed = [
        r
        for r in readings
        if r.kind is ObservationKind.WEIGHT and table.counts(r) and isinstance(r.value, Decimal)
    ]
    return tuple(
        sorted(weighed, key=lambda r: r.at.sort_key() if isinstance(r.at, PartialDate) else "")
    )


def _problems(readings: Sequence[Observation]) -> Iterator[tuple[str, str]]:
    # A reading that is struck through stays as it was read, however impossible.
    specs = [(name, spec_at(Case, f"observations[].{name}")) for name in specs_of(Observation)]
    for n, reading in enumerate(readings):
        if not table.counts(reading):
            continue
        for name, spec in specs:
            value = getattr(reading, name)
            if value is not None and (sentence := item_problem(spec, value)):
                yield f"observations[{n}].{name}", sentence

"""Which medicines of a patient were taken at the time of a case, and which ones before it.

Where nobody said, the dates do: what surely ended before the first suspect dose is of the past.
A person's own answer stands over the dates.

Source:
    ICH E2B(R3) D.8.r and G.k.1: what was taken before stands apart from what was taken then.
"""

from __future__ import annotations

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate


def past_medicines(case: Case) -> tuple[Medicine, ...]:
    """Return the medicines that were over before the case, in the order of the record."""
    starts = _first_doses(case)
    return tuple(m for m in case.patient.medicines if _is_past(m, starts))


def medicines_beside(case: Case) -> tuple[Medicine, ...]:
    """Return what was taken at the time, beside the suspects."""
    starts = _first_doses(case)
    return tuple(m for m in case.concomitants if not _is_past(m, starts))


def _first_doses(case: Case) -> tuple[PartialDate, ...]:
    starts = (g.started for g in case.administrations if g.is_suspect)
    return tuple(at for at in starts if isinstance(at, PartialDate))


def _is_past(medicine: Medicine, starts: tuple[PartialDate, ...]) -> bool:
    if medicine.role is not None:
        return medicine.role is MedicineRole.PAST
    ended = medicine.ended
    return (
        isinstance(ended, PartialDate)
        and bool(starts)
        and all(ended.surely_before(start) for start in starts)
    )

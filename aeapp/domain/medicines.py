"""Which medicines of a patient were taken at the time of a case, and which ones before it.

Where nobody said, the dates do: what surely ended before the first suspect dose is of the past.
A person's own answer stands over the dates.

Source:
    ICH E2B(R3) D.8.r and G.k.1: what was taken before stands apart from what was taken then.
    Form FDA 3500 F1; Form FDA 3500A C9: given at the same time as the event.
"""

from __future__ import annotations

from collections.abc import Iterator

from aeapp.domain.case import Case
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.items import as_text
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate


def past_medicines(case: Case) -> tuple[Medicine, ...]:
    """Return the medicines that were over before the case, in the order of the record."""
    starts = _first_doses(case)
    return tuple(m for m in case.patient.medicines if _is_past(m, starts))


def medicines_at_the_time(case: Case) -> Iterator[tuple[int, Medicine]]:
    """Yield what was taken at the time, with its place in the list of the patient."""
    starts = _first_doses(case)
    for n, medicine in enumerate(case.patient.medicines):
        treats = medicine.role is MedicineRole.EVENT_TREATMENT
        if not treats and not _is_past(medicine, starts):
            yield n, medicine


def past_words(case: Case) -> str:
    """Return ``Taken before: sertraline 50 mg (since 2019, until 03-Mar-2025)``; empty for none.

    No form has a list for them, and a dose that ended before may still matter.
    """
    told = (_words(medicine) for medicine in past_medicines(case))
    listed = "; ".join(words for words in told if words)
    return f"Taken before: {listed}" if listed else ""


def _words(medicine: Medicine) -> str:
    named = " ".join(t for t in (as_text(medicine.name), as_text(medicine.dose)) if t)
    if not named:
        return ""
    dates = (("since", medicine.started), ("until", medicine.ended))
    told = ", ".join(f"{w} {show_date(at)}" for w, at in dates if isinstance(at, PartialDate))
    return f"{named} ({told})" if told else named


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

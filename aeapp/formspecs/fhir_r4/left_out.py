"""What of a case a Bundle of R4 holds; everything else that is on record is listed, by its label.

A resource of ours has no extensions of our own: what R4 has no element for is told, not hidden in
a place that no other program reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.items import Section, attributes_of
from aeapp.kernel.i18n import _

# By class and item, as the modules beside this one write them.
HELD = frozenset(
    {
        *(f"Patient.{n}" for n in ("code", "name", "record_number", "phone", "address")),
        *(f"Patient.{n}" for n in ("birth_date", "age", "age_unit", "sex", "deceased_on")),
        *(f"Observation.{n}" for n in ("kind", "at", "value", "systolic", "diastolic", "mean")),
        *(f"Observation.{n}" for n in ("unit", "test_name", "result", "low", "high", "status")),
        "Observation.note",
        *(f"Administration.{n}" for n in ("dose", "dose_unit", "dose_text", "rate", "rate_unit")),
        *(f"Administration.{n}" for n in ("route", "route_text", "started", "ended", "ongoing")),
        *(f"Administration.{n}" for n in ("indication", "role")),
        *(f"Snapshot.{n}" for n in ("name", "ndc", "lot", "expires")),
        *("Product.name", "Product.ndc", "Lot.number", "Lot.expires"),
        *(f"Score.{n}" for n in ("scale", "edition", "at", "total")),
        *("ScoreItem.number", "ScoreItem.points"),
        *(f"Event.{n}" for n in ("verbatim", "onset", "seriousness", "severity", "outcome")),
        *(f"Coding.{n}" for n in ("terminology", "edition", "code", "term")),
        *("Assessment.category", "Assessment.method", "CaseFile.number", "CaseFile.types"),
    }
)


def left_out(case: Case) -> tuple[str, ...]:
    """Return each item on record that the Bundle has no place for, with how often it stands."""
    counts: Counter[str] = Counter()
    for name in BRANCHES:
        branch = getattr(case, name)
        for record in branch if isinstance(branch, tuple) else (branch,):
            counts.update(_unheld(record, type(record).__name__))
    return tuple(f"{name}: {number}" for name, number in counts.items())


def _unheld(section: Section, of: str) -> Iterator[str]:
    """Yield the labels of what is answered in a section and not held, links aside."""
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if a.item is not None:
            if value not in (None, "") and f"{type(section).__name__}.{a.name}" not in HELD:
                yield f"{of}, {_(a.item.label)}"
        elif a.is_section:
            for part in value if a.repeated else (value,):
                yield from _unheld(part, of)

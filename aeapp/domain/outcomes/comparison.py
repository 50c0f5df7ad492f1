"""The same page for each route, product, diagnosis, prescriber or quarter, side by side.

The groups were not made alike by anybody: who is in them differs, and the caution says so. A person
treated in two groups stands in both; a course counts where its first dose belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from aeapp.domain.outcomes.harm import Occurred
from aeapp.domain.outcomes.page import Asked, Facts, Gathered, OutcomesPage, page_of, within
from aeapp.domain.records.scale import Scale
from aeapp.kernel.i18n import N_, _

APART = N_(
    "Groups as they came: who is in them differs, so that a difference says nothing about the"
    " treatment. Somebody treated in two groups stands in both."
)
NOT_RECORDED = N_("not recorded")


class By(StrEnum):
    """What parts the groups."""

    ROUTE = "route"
    PRODUCT = "product"
    DIAGNOSIS = "diagnosis"
    PRESCRIBER = "prescriber"
    QUARTER = "quarter"

    @property
    def words(self) -> str:
        """Return it in words, in English; translate with ``_`` where shown."""
        return _WORDS[self]


_WORDS = {
    By.ROUTE: N_("Route"),
    By.PRODUCT: N_("Product"),
    By.DIAGNOSIS: N_("Diagnosis"),
    By.PRESCRIBER: N_("Prescriber"),
    By.QUARTER: N_("Quarter"),
}
_KEYS: dict[By, Callable[[Facts], str | None]] = {
    By.ROUTE: lambda facts: _(facts.route.words) if facts.route is not None else None,
    By.PRODUCT: lambda facts: facts.substance,
    By.DIAGNOSIS: lambda facts: facts.indication,
    By.PRESCRIBER: lambda facts: facts.prescriber,
}


@dataclass(frozen=True, slots=True)
class Group:
    """One of the groups.

    Attributes:
        name: What its doses have in common; in words where it is not recorded.
        page: Its page.
    """

    name: str
    page: OutcomesPage


def compare(asked: Asked, scale: Scale, found: Gathered, today: date, by: By) -> tuple[Group, ...]:
    """Return a page for each group that had a dose in the period, those not recorded last."""
    parts = _quarters(asked, found) if by is By.QUARTER else _kinds(asked, found, _KEYS[by])
    return tuple(
        Group(name, page_of(part, scale, _belonging(part, those), today))
        for name, part, those in parts
    )


_Part = tuple[str, Asked, Gathered]


def _kinds(asked: Asked, found: Gathered, key: Callable[[Facts], str | None]) -> Iterator[_Part]:
    names = {key(dose.facts) or "" for dose in within(asked, found.doses)}
    for name in sorted(names, key=lambda name: (not name, name.casefold())):
        doses = tuple(
            replace(dose, chosen=dose.chosen and (key(dose.facts) or "") == name)
            for dose in found.doses
        )
        yield name or _(NOT_RECORDED), asked, replace(found, doses=doses)


def _quarters(asked: Asked, found: Gathered) -> Iterator[_Part]:
    """Yield the quarters of the calendar in which something was given, cut to the period."""
    begun = {_quarter(dose.day) for dose in within(asked, found.doses) if dose.day is not None}
    for year, number in sorted(begun):
        first = date(year, 3 * number + 1, 1)
        after = date(year + number // 3, (3 * number + 3) % 12 + 1, 1)
        last = after - timedelta(days=1)
        part = replace(asked, first=max(first, asked.first), last=min(last, asked.last))
        yield f"{year} Q{number + 1}", part, found


def _quarter(day: date) -> tuple[int, int]:
    """Return the year and the quarter from 0."""
    return day.year, (day.month - 1) // 3


def _belonging(part: Asked, found: Gathered) -> Gathered:
    """Return what was found with the events of the people and sessions of this part alone."""
    treated = within(part, found.doses)
    people = {dose.patient_id for dose in treated}
    sessions = {dose.session_id for dose in treated} - {""}

    def belongs(event: Occurred) -> bool:
        if event.session_id:
            return event.session_id in sessions
        in_time = event.on is None or part.first <= event.on <= part.last
        return in_time and event.patient_id in people

    return replace(found, events=tuple(filter(belongs, found.events)))

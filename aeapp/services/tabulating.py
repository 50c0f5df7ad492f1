"""Count events and doses for tables, over the period and since the beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from aeapp.domain.chair import amounts
from aeapp.domain.chair.doses import substance_of
from aeapp.domain.codelists import CodeList
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.coding.terms import Place, places_of
from aeapp.domain.listing_specs import told_term
from aeapp.domain.outcomes.exposure_table import Given
from aeapp.domain.outcomes.tabulation import Tabulated
from aeapp.domain.records import Administration, Event, Product, TermBlock, Terminology
from aeapp.domain.records.administration import SUSPECT_ROLES
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

_CHUNK = 500
_DOSE = ("patient_id", "session_id", "product_id", "route", "dose", "dose_unit", "weight",
         "started", "role", "struck_reason")  # fmt: skip
_Release = tuple[TerminologyName | None, str | None]


def tabulated(uow: UnitOfWork, first: dt.date | None, last: dt.date) -> Iterator[Tabulated]:
    """Yield the events that stand and began by ``last``; those without a day are in the period."""
    places = _places(uow)
    ids = uow.records.ids("event")
    for start in range(0, len(ids), _CHUNK):
        for event in of_kind(Event, uow.records.many("event", ids[start : start + _CHUNK])):
            onset = event.onset if isinstance(event.onset, PartialDate) else None
            late = onset is not None and onset.first_day() > last
            if event.stands and not late:
                early = first is not None and onset is not None and onset.last_day() < first
                yield _of(event, places, within=not early)


def sessions_with_dose(uow: UnitOfWork, first: dt.date | None, last: dt.date) -> frozenset[str]:
    """Return the sessions in which a suspect product was given in the period."""
    cells = uow.records.cells("administration", ("session_id", "started", "role", "struck_reason"))
    return frozenset(
        session
        for _id, session, started, role, struck in cells
        if session and not struck and role in SUSPECT_ROLES and isinstance(started, PartialDate)
        and (first is None or started.last_day() >= first) and started.first_day() <= last
    )  # fmt: skip


def given(uow: UnitOfWork, first: dt.date | None, last: dt.date) -> Iterator[Given]:
    """Yield the suspect doses given by ``last``; those without a day are in the period."""
    products = {p.id: p for p in of_kind(Product, uow.records.query("product"))}
    for (
        _id,
        patient,
        session,
        product_id,
        route,
        *amount,
        started,
        role,
        struck,
    ) in uow.records.cells("administration", _DOSE):
        if struck or role not in SUSPECT_ROLES:
            continue
        day = started if isinstance(started, PartialDate) else None
        if day is not None and day.first_day() > last:
            continue
        dose, unit, weight = amount
        product = products.get(product_id)
        giving = Administration(dose=dose, dose_unit=unit, weight=weight)
        yield Given(
            product=substance_of(product),
            route=_(route.words) if isinstance(route, CodeList) else "",
            patient_id=patient,
            session_id=session,
            milligrams=amounts.mg_of(giving, product),
            within=not (first is not None and day is not None and day.last_day() < first),
        )


def _places(uow: UnitOfWork) -> dict[_Release, dict[str, Place]]:
    """Return where each code of each loaded release stands."""
    found: dict[_Release, dict[str, Place]] = {}
    for release in of_kind(Terminology, uow.records.query("terminology")):
        blocks = of_kind(TermBlock, uow.records.find("term_block", terminology_id=release.id))
        entries = (entry for block in blocks for entry in block.entries)
        found[release.name, release.edition] = places_of(entries)
    return found


def _of(event: Event, places: dict[_Release, dict[str, Place]], *, within: bool) -> Tabulated:
    place = next(
        (
            place
            for coding in event.codings
            if (
                place := places.get((coding.terminology, coding.edition), {}).get(coding.code or "")
            )
        ),
        None,
    )
    serious = event.seriousness
    return Tabulated(
        soc=place.soc if place else "",
        term=place.preferred if place else told_term(event) or "",
        session_id=event.session_id,
        grade=int(event.severity.value) if isinstance(event.severity, Severity) else None,
        serious=bool(serious) if isinstance(serious, frozenset) else None,
        within=within,
    )

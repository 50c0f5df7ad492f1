"""Gather what the outcomes page stands on: doses, scores and events, without making records."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from aeapp.domain.chair import amounts
from aeapp.domain.chair.doses import substance_of
from aeapp.domain.chair.palette import term_of
from aeapp.domain.chair.palette_terms import Term
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.safety import ActionTaken, Severity
from aeapp.domain.codelists.scales import Scoring
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.listing_specs import told_term
from aeapp.domain.outcomes.harm import Occurred
from aeapp.domain.outcomes.ladder import Measured
from aeapp.domain.outcomes.page import Asked, Dose, Facts, Gathered, LeftOut, span_of, within
from aeapp.domain.records import Administration, Event, Product, Scale
from aeapp.domain.records.administration import SUSPECT_ROLES
from aeapp.domain.scales.course import AFTER_DOSE
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.ports import UnitOfWork
from aeapp.services.scales import scales_in
from aeapp.services.sessions import of_kind

# Terms of the event palette that say the pressure was high.
PRESSURE_TERMS = frozenset({"bp-increased"})
_STEPS = 3
_DOSE = ("patient_id", "session_id", "product_id", "dose", "dose_unit", "weight", "started",
         "role", "struck_reason")  # fmt: skip


@dataclass(slots=True)
class _Counts:
    doses: int = 0
    scores: int = 0
    events: int = 0
    editions: int = 0


class _Score(NamedTuple):
    patient: str
    at: PartialDate
    day: date
    total: Decimal | None
    after_dose: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the records for one question.

    Attributes:
        parted: The doses are to be parted into groups, so that each says of which it is.
    """

    uow: UnitOfWork
    asked: Asked
    scale: Scale
    progress: Progress
    parted: bool = False
    _left: _Counts = field(default_factory=_Counts)

    def gathered(self) -> Gathered:
        """Return all of it."""
        self.progress.step(0, _STEPS, _("doses"))
        doses = tuple(self._doses())
        self.progress.step(1, _STEPS, _("scores"))
        scores, far = self._scores()
        self.progress.step(2, _STEPS, _("events"))
        treated = within(self.asked, doses)
        told = self._events(
            {dose.patient_id for dose in treated}, {dose.session_id for dose in treated} - {""}
        )
        events = tuple(map(_occurred, told))
        pressure = {event.session_id for event in told if _says_pressure(event)}
        left = LeftOut(self._left.doses, self._left.scores, self._left.events, self._left.editions)
        return Gathered(doses, scores, events, frozenset(pressure), left, far)

    # --- doses

    def _doses(self) -> Iterator[Dose]:
        products = {p.id: p for p in of_kind(Product, self.uow.records.query("product"))}
        sessions = self._sessions()
        for _id, patient, session, product_id, *given in self.uow.records.cells(
            "administration", _DOSE
        ):
            dose, unit, weight, started, role, struck = given
            if struck or role not in SUSPECT_ROLES:
                continue
            product = products.get(product_id)
            route, indication, prescriber = sessions.get(session, (None, None, None))
            facts = Facts(route, substance_of(product), indication, prescriber)
            day, chosen = _day(started), self.asked.takes(facts)
            self._left.doses += chosen and day is None
            giving = Administration(dose=dose, dose_unit=unit, weight=weight)
            yield Dose(patient, session, day, amounts.mg_of(giving, product), facts, chosen)

    def _sessions(self) -> dict[str, tuple[Any, ...]]:
        """Return route, diagnosis and prescriber by session, where that matters.

        A reason why one is not known is none of them.
        """
        asked = self.asked
        if not (self.parted or asked.routes or asked.indications or asked.prescribers):
            return {}
        cells = self.uow.records.cells("session", ("route", "indication", "prescriber"))
        return {
            session: tuple(None if isinstance(fact, NullFlavor) else fact for fact in facts)
            for session, *facts in cells
        }

    # --- scores

    def _scores(self) -> tuple[dict[str, list[Measured]], dict[str, int]]:
        """Return the scores that may tell a start or an outcome, and how many others there are."""
        found: dict[str, _Score] = {}
        far: dict[str, int] = {}
        first, last = span_of(self.asked)
        days = cache(_day)
        for score, patient, at, total, edition, phase, struck in self._score_cells():
            if struck:
                continue
            day = days(at)
            if edition != self.scale.edition:
                self._left.editions += 1
            elif day is None:
                self._left.scores += 1
            elif first <= day <= last:
                # The dates of very many scores are few: each of them is kept once.
                found[score] = _Score(patient, at, day, total, phase in AFTER_DOSE)
            else:
                far[patient] = far.get(patient, 0) + 1
        return _by_patient(found, self._ideation(found)), far

    def _score_cells(self) -> Iterator[tuple[Any, ...]]:
        asked = ("patient_id", "at", "total", "edition", "phase", "struck_reason")
        where = {"scale": self.scale.code}
        return self.uow.records.cells("score", asked, where=where, in_order=False)

    def _ideation(self, wanted: Container[str]) -> dict[str, int]:
        """Return the points of the item on suicidal thoughts, by score."""
        number = ideation_item(self.scale)
        if number is None:
            return {}
        answers = self.uow.records.cells(
            "score", ("points",), members="items", where={"number": number}, in_order=False
        )
        return {
            score: points
            for score, points in answers
            if isinstance(points, int) and score in wanted
        }

    # --- events

    def _events(self, patients: set[str], sessions: set[str]) -> tuple[Event, ...]:
        wanted = []
        for event, patient, session, onset, struck in self.uow.records.cells(
            "event", ("patient_id", "session_id", "onset", "struck_reason")
        ):
            if not struck and patient in patients and self._happened(session, sessions, onset):
                wanted.append(event)
        return of_kind(Event, self.uow.records.many("event", wanted))

    def _happened(self, session: str, sessions: set[str], onset: Any) -> bool:
        if session:
            return session in sessions
        day = _day(onset)
        self._left.events += day is None
        return day is not None and self.asked.first <= day <= self.asked.last


@dataclass(frozen=True, slots=True)
class Choices:
    """What sessions and products on record can be asked for, each in order.

    Attributes:
        scales: (code, name) of those in use that have a total.
    """

    scales: tuple[tuple[str, str], ...]
    routes: tuple[SessionRoute, ...]
    substances: tuple[str, ...]
    indications: tuple[str, ...]
    prescribers: tuple[str, ...]


def choices_of(uow: UnitOfWork) -> Choices:
    """Return what stands in the sessions and products on record."""
    routes, indications, prescribers = set(), set(), set()
    cells = uow.records.cells("session", ("route", "indication", "prescriber"))
    for _id, route, indication, prescriber in cells:
        routes.add(route)
        indications.add(indication)
        prescribers.add(prescriber)
    products = of_kind(Product, uow.records.query("product"))
    scales = [s for s in scales_in(uow) if s.active]
    return Choices(
        tuple((s.code or "", _(s.name or "")) for s in scales if s.scoring is not Scoring.NONE),
        tuple(route for route in SessionRoute if route in routes),
        _words({substance_of(product) for product in products}),
        _words(indications),
        _words(prescribers),
    )


def _words(found: set[Any]) -> tuple[str, ...]:
    return tuple(sorted(t for t in found if t and not isinstance(t, NullFlavor)))


def ideation_item(scale: Scale) -> int | None:
    """Return the number of the first item that asks for safety; None where none does."""
    return next((item.number for item in scale.items if item.alert_from is not None), None)


def _by_patient(
    found: Mapping[str, _Score], points: Mapping[str, int]
) -> dict[str, list[Measured]]:
    """Return the scores of each patient, the oldest first; of one moment by their ids."""
    ids: dict[str, list[str]] = {}
    for score, one in found.items():
        ids.setdefault(one.patient, []).append(score)
    moments = cache(PartialDate.sort_key)
    return {
        patient: [
            Measured(one.day, one.total, points.get(score), one.after_dose)
            for score in sorted(several, key=lambda score: (moments(found[score].at), score))
            for one in (found[score],)
        ]
        for patient, several in ids.items()
    }


def _day(at: Any) -> date | None:
    return at.first_day() if isinstance(at, PartialDate) and at.is_full_day else None


def _named(event: Event) -> tuple[Term, ...]:
    """Return the terms of the event list that the words as told, or a code of them, are."""
    words = (as_text(event.verbatim), *(as_text(coding.term) for coding in event.codings))
    return tuple(term for word in words if (term := term_of(word)) is not None)


def _says_pressure(event: Event) -> bool:
    """Tell whether one of them is a term of high pressure."""
    return any(term.code in PRESSURE_TERMS for term in _named(event))


def _occurred(event: Event) -> Occurred:
    grade = int(event.severity.value) if isinstance(event.severity, Severity) else None
    serious = event.seriousness
    return Occurred(
        event_id=event.id,
        patient_id=event.patient_id,
        session_id=event.session_id or None,
        term=told_term(event) or as_text(event.verbatim),
        grade=grade,
        serious=bool(serious) if isinstance(serious, frozenset) else None,
        stopped=event.action_taken is ActionTaken.WITHDRAWN,
        names=frozenset(term.words for term in _named(event)),
        on=_day(event.onset),
    )

"""Somebody at work in a clinic: saves units of every size through the real services, at random.

For the crash laboratory. What becomes of the units is not known here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.items import Record
from aeapp.domain.records import Event, Observation, Patient, Session
from aeapp.domain.records.patient import Medicine
from aeapp.editing.editor import Step
from aeapp.kernel.ids import new_id
from aeapp.services.app import App

DRAFT = "draft"


class Write(NamedTuple):
    """One record in a unit: its version before and after. Of a draft: its number of steps."""

    kind: str
    id: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What is saved all or none.

    Attributes:
        writes: As far as known beforehand; ids that a service makes itself are not.
        save: Does it through the services and returns what they said is stored.
    """

    writes: tuple[Write, ...]
    save: Callable[[], Iterable[Write]]


class Clerk:
    """Saves one unit after the other, at random, in an open clinic."""

    def __init__(self, app: App, rng: random.Random) -> None:
        self._app, self._rng = app, rng
        self._patients = app.patients.ids()[-5:]
        self._sessions = list(app.sessions.running()[-3:])
        self._reports = [
            (r.case_id, r.id) for r in app.cases.report_lines(app.cases.report_ids()[:3])
        ]
        self._events: list[Event] = []
        self._scope, self._typed = f"lab:{new_id()}", 0

    def units(self) -> Iterator[Unit]:
        """Yield work without end; each unit is to be saved before the next is asked for."""
        yield self.new_patient()
        yield self.new_session()
        kinds = (
            [self.new_patient, self.new_session, self.keep_drafts] * 2
            + [self.change_patient, self.log_readings, self.change_case] * 4
            + [self.catch_event, self.open_report]
        )
        while True:
            yield self._rng.choice(kinds)()

    def new_patient(self) -> Unit:
        """Enter a patient with lines of medicines."""
        patient = Patient(id=new_id(), code=self._words(), medicines=self._medicines())
        self._patients.append(patient.id)
        return Unit((_write(patient),), lambda: [_stored(self._app.patients.save(patient))])

    def change_patient(self) -> Unit:
        """Change a patient; lines are written anew."""
        old = self._app.patients.get(self._rng.choice(self._patients))
        new = replace(old, history=self._words(), medicines=self._medicines())
        return Unit((_write(new),), lambda: [_stored(self._app.patients.save(new))])

    def new_session(self) -> Unit:
        """Start a session; its number follows the highest."""

        def save() -> list[Write]:
            session = self._app.sessions.start(self._rng.choice(self._patients))
            self._sessions.append(session)
            return [_stored(session)]

        return Unit((), save)

    def log_readings(self) -> Unit:
        """Log one row of two to six readings."""
        kinds = self._rng.sample(list(ObservationKind), self._rng.randint(2, 6))
        session = self._session()
        row = [Observation(id=new_id(), kind=k, value=Decimal(self._number())) for k in kinds]

        def save() -> list[Write]:
            return [_stored(o) for o in self._app.sessions.log_readings(session, row)]

        return Unit(tuple(_write(o) for o in row), save)

    def catch_event(self) -> Unit:
        """Catch an event of a session."""

        def save() -> list[Write]:
            self._events.append(self._app.sessions.catch_event(self._session(), self._words()))
            return [_stored(self._events[-1])]

        return Unit((), save)

    def open_report(self) -> Unit:
        """Open the report of an event: five records that belong together, four with new ids."""
        if not self._events:
            return self.catch_event()
        event = self._events.pop()

        def save() -> list[Write]:
            report = self._app.cases.open_for_event(event)
            self._reports.append((report.case_id, report.id))
            return [_stored(report), _write(event)]

        return Unit((_write(event),), save)

    def change_case(self) -> Unit:
        """Change patient, case, event and reporter of one case in one unit."""
        if not self._reports:
            return self.open_report()
        old = self._app.cases.gather(*self._rng.choice(self._reports))
        new = replace(
            old,
            patient=replace(old.patient, allergies=self._words()),
            case=replace(old.case, title=self._words()),
            events=tuple(replace(e, verbatim=self._words()) for e in old.events),
            reporters=tuple(replace(r, city=self._words()) for r in old.reporters),
        )
        changed = (new.patient, new.case, *new.events, *new.reporters)

        def save() -> list[Write]:
            kept = self._app.cases.save(old, new)
            return [_stored(r) for r in (kept.patient, kept.case, *kept.events, *kept.reporters)]

        return Unit(tuple(_write(r) for r in changed), save)

    def keep_drafts(self) -> Unit:
        """Keep one to four steps of typing."""
        before, count = self._typed, self._rng.randint(1, 4)
        self._typed += count
        steps = [("enter", Step("case.narrative", None, self._words())) for _ in range(count)]
        write = Write(DRAFT, self._scope, before, before + count)

        def save() -> list[Write]:
            self._app.drafts.keep_all(self._scope, steps)
            return [write]

        return Unit((write,), save)

    def _session(self) -> Session:
        return self._rng.choice(self._sessions)

    def _number(self) -> int:
        return self._rng.randrange(10**6)

    def _words(self) -> str:
        return f"words {self._number()} " + "and more " * self._rng.choice((0, 1, 10, 100))

    def _medicines(self) -> tuple[Medicine, ...]:
        return tuple(Medicine(name=self._words()) for _ in range(self._rng.randrange(4)))


def _write(record: Record) -> Write:
    return Write(record.KIND, record.id, record.version, record.version + 1)


def _stored(record: Record) -> Write:
    return Write(record.KIND, record.id, record.version - 1, record.version)

"""What is done in one session: shown at once, stored on the thread of writes.

Holds the session's records as last stored, with what is on its way; knows nothing of widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from aeapp.domain.chair.amendments import amended_ids
from aeapp.domain.chair.exposure import Exposure
from aeapp.domain.chair.last_time import LastTime, last_time
from aeapp.domain.chair.phases import begun_at, is_planned
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codecs import show
from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import (
    Decision,
    Event,
    Lot,
    Observation,
    Product,
    Proposal,
    Report,
    SafetyReview,
    Scale,
    Score,
    Session,
    WatchRule,
)
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.domain.vitals.watch_rules import for_route
from aeapp.kernel.i18n import _
from aeapp.services.app import App
from aeapp.services.dosing import DoseOffer, NewDose
from aeapp.services.gate import Ask
from aeapp.services.sessions import SessionRoom
from forms.chair.amend_work import AmendWork
from forms.chair.course_work import CourseWork
from forms.chair.decision_work import DecisionWork
from forms.chair.dose_work import DoseWork
from forms.chair.end_work import EndWork
from forms.chair.list_work import ListWork
from forms.chair.watch_work import WatchWork
from forms.desk import Desk
from forms.models.vitals import time_words
from forms.new_case import begin_report
from forms.told_later import told_afterwards

# Readings as stored, and all that is proposed in the session by then.
_Logged = tuple[tuple[Observation, ...], tuple[Proposal, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Loaded:
    """One session with what its room offers: the library, and what was given last time.

    Attributes:
        ask: What its lists go by.
        before: What is to be known of the session before.
        prepared: The first dose, filled in before and not given yet.
        scales: By which filled scales are named.
    """

    room: SessionRoom
    products: tuple[Product, ...]
    lots: Mapping[str, tuple[Lot, ...]]
    offer: DoseOffer
    exposure: tuple[Exposure, ...]
    number: int
    rules: tuple[WatchRule, ...] = ()
    schedule: tuple[DueReading, ...] = ()
    draft: Mapping[str, str] = field(default_factory=dict)
    ask: Ask = field(default_factory=Ask)
    before: LastTime | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    prepared: NewDose | None = None
    scales: tuple[Scale, ...] = ()


def load(app: App, session_id: str) -> Loaded:
    """Read everything the room of a session shows; for a thread of reading."""
    room = app.sessions.room(session_id)
    sessions = app.sessions.of_patient(room.session.patient_id)
    # Ids sort by the time they were made.
    earlier = [s for s in sessions if s.id < session_id and not is_planned(s)]
    before = None
    if earlier:
        past = app.sessions.room(max(s.id for s in earlier))
        before = last_time(past.session, past.administrations, past.observations, past.events)
    products = app.sessions.products()
    lots = {p.id: app.sessions.lots(p.id) for p in products}
    return Loaded(
        room=room,
        products=products,
        lots=lots,
        offer=app.dosing.offer(room.session),
        exposure=app.patients.exposure(room.session.patient_id),
        number=len(earlier) + 1,
        rules=for_route(app.watching.rules(), room.session.route),
        schedule=app.watching.schedule(room.session),
        draft=app.drafts.row(session_id),
        prepared=_prepared(app, room),
        ask=app.gate.ask(room.session.patient_id),
        before=before,
        decisions=app.deciding.of_events([e.id for e in room.events]),
        scales=app.scales.scales(),
    )


def _prepared(app: App, room: SessionRoom) -> NewDose | None:
    begun = begun_at(room.administrations) is not None or room.session.ending is not None
    return None if begun else app.dose_drafts.prepared(room.session.id)


def _offered(loaded: Loaded) -> tuple[object, ...]:
    """Return what the room offers beside the session's own records."""
    return loaded.rules, loaded.schedule, loaded.products, loaded.lots, loaded.offer


def _as_known(room: SessionRoom, known: SessionRoom) -> SessionRoom:
    """Return a room with the readings that are known already as they were.

    A room with thousands of readings is compared, and worked out anew, by what is another object.
    """
    same = {(r.id, r.version): r for r in known.observations if r.version}
    readings = tuple(same.get((r.id, r.version), r) for r in room.observations)
    return replace(room, observations=readings)


class SessionWork(QObject):
    """One session under way.

    Signals:
        changed: The records are different now, or how they stand with the store.
        ended: The session is over and stored.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, loaded: Loaded, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.loaded = loaded
        self.room = loaded.room
        self.products = {p.id: p for p in loaded.products}
        self.failed: frozenset[int] = frozenset()
        self.watch = WatchWork(self, desk)
        self._again: dict[int, Callable[[], None]] = {}
        self.doses = DoseWork(self, desk)
        self.course = CourseWork(self, desk)
        self.lists = ListWork(self, desk, loaded.ask)
        self.closing = EndWork(self, desk)
        self.missed = AmendWork(self, desk)
        self.decisions = DecisionWork(self, desk, loaded.decisions)

    @property
    def zero(self) -> PartialDate | None:
        """Return the begin of the first dose."""
        return begun_at(self.room.administrations)

    @property
    def file(self) -> SessionFile:
        """Return the session as its papers read it, with what is on its way to the store."""
        room, loaded = self.room, self.loaded
        lots = {lot.id: lot for found in loaded.lots.values() for lot in found}
        lots |= {lot.id: lot for lot in room.lots}
        return SessionFile(
            clinic=self._desk.app.context.clinic,
            patient=room.patient,
            session=room.session,
            administrations=room.administrations,
            products=tuple(self.products.values()),
            lots=tuple(lots.values()),
            observations=room.observations,
            events=room.events,
            checks=room.checks,
            notes=room.notes,
            scores=room.scores,
            reviews=room.reviews,
            proposals=room.proposals,
            movements=room.movements,
            calls=room.calls,
            consents=self.lists.ask.consents,
            staff=self.lists.ask.staff,
            earlier=loaded.number - 1,
            as_of=self._desk.app.context.minute(),
        )

    @property
    def over(self) -> bool:
        """Tell whether the session has ended."""
        return self.room.session.ending is not None

    @property
    def told_afterwards(self) -> bool:
        """Tell whether its entries need the time that somebody tells."""
        return told_afterwards(self.room.session, self._desk.app.context.now())

    @property
    def amended(self) -> frozenset[str]:
        """Return the ids of what was added or changed after the end."""
        return amended_ids(self.room.notes)

    @property
    def unsaved(self) -> bool:
        """Tell whether something could not be stored."""
        return bool(self._again)

    def try_again(self) -> None:
        """Store again what could not be stored."""
        again, self._again = list(self._again.values()), {}
        for write in again:
            write()

    def renew(self, loaded: Loaded) -> None:
        """Show the session as it is stored by now."""
        loaded = replace(loaded, room=_as_known(loaded.room, self.room))
        before = (self.room, self.lists.ask, *_offered(self.loaded))
        same = (loaded.room, loaded.ask, *_offered(loaded)) == before
        if not same or loaded.decisions != self.decisions.made:
            self.loaded, self.room = loaded, loaded.room
            self.lists.ask = loaded.ask
            self.decisions.made = dict(loaded.decisions)
            if begun_at(self.room.administrations) is not None:
                self.lists.prepared = None
            self.products = {p.id: p for p in loaded.products}
            self.changed.emit()

    def reload(self) -> None:
        """Read again what is stored: more was written than what was shown."""
        app, session_id = self._desk.app, self.room.session.id
        self._desk.read(lambda: load(app, session_id), self.renew)

    # --- what a person does

    def log(self, readings: Sequence[Observation], at: PartialDate | NullFlavor) -> None:
        """Store a row of readings; its time may be one that nobody knows."""
        echo = tuple(replace(r, at=at) for r in readings)
        session, app = self.room.session, self._desk.app
        known = at if isinstance(at, PartialDate) else None
        words = _("Readings recorded, their time not known")
        if known is not None:
            words = _("Readings of {time} recorded").format(time=time_words(known) or show(known))

        def work() -> _Logged:
            stored = app.sessions.log_readings(session, echo, known)
            return stored, app.watching.of_session(session.id)

        self.capture("observations", echo, work, words, self.take_proposals)

    def mark(self, readings: Sequence[Observation], status: ObservationStatus, reason: str) -> None:
        """Strike readings, call them artefacts or let them count again; all with a reason."""
        app, session_id = self._desk.app, self.room.session.id
        self.put(
            "observations", [replace(r, status=status, status_reason=reason) for r in readings]
        )

        def work() -> _Logged:
            stored = app.sessions.set_statuses(readings, status, reason)
            return stored, app.watching.of_session(session_id)

        def done(made: _Logged) -> None:
            self.put("observations", self.take_proposals(made))
            self._desk.toast(_("Marked: {status}.").format(status=_(status.words).lower()))

        def failed(_error: BaseException) -> None:
            # What could not be stored must not look as if it were.
            self.put("observations", tuple(readings))

        self._desk.write(work, done, failed)

    def take_proposals(self, made: _Logged) -> tuple[Observation, ...]:
        """Show what the watch made of readings; return the readings as stored."""
        stored, proposals = made
        self.room = replace(self.room, proposals=proposals)
        return stored

    def catch(
        self, words: str, severity: Severity | None, onset: PartialDate | NullFlavor | None
    ) -> None:
        """Store an event; without an onset that somebody told it stays open."""
        session, sessions = self.room.session, self._desk.app.sessions
        echo = Event(verbatim=words, severity=severity, onset=onset)

        def work() -> tuple[Event, ...]:
            return (sessions.catch_event(session, words, severity, onset, told=True),)

        known = onset if isinstance(onset, PartialDate) else None
        at = minute_words(self.zero, known) or time_words(known) or show(known)
        said = _("{event} recorded at {time}").format(event=words, time=at)
        if known is None:
            said = _("{event} recorded, onset not known").format(event=words)
        self.capture("events", (echo,), work, said)

    def open_report(self, event: Event) -> None:
        """Make or find the report of an event, and go to it."""
        app, session_id = self._desk.app, self.room.session.id

        def done(report: Report) -> None:
            self._desk.show_report(report.id)
            self._desk.read(lambda: app.sessions.room(session_id).events, renewed)

        def renewed(events: tuple[Event, ...]) -> None:
            if self.room.session.id == session_id:
                self.room = replace(self.room, events=events)
                self.changed.emit()

        begin_report(self._desk, self, event.id, done)

    def take_score(self, score: Score, review: SafetyReview | None) -> None:
        """Show a scale that was filled and stored, with the safety strip it opened."""
        self.course.stays(_("Scale stored."))
        reviews = (*self.room.reviews, review) if review is not None else self.room.reviews
        self.room = replace(self.room, scores=(*self.room.scores, score), reviews=reviews)
        self.changed.emit()

    # --- how it is done

    def take_session(self, session: Session) -> None:
        """Show the session's own record as it is now."""
        self.room = replace(self.room, session=session)
        self.changed.emit()

    def capture(
        self,
        name: str,
        echo: tuple[Any, ...],
        work: Callable[[], Any],
        words: str,
        taken: Callable[[Any], tuple[Any, ...]] = tuple,
    ) -> None:
        """Show and store new records that Ctrl+Z takes back; ``words`` say what they are.

        ``taken`` returns the records out of what ``work`` returned, where there is more to it.
        """
        captured = self.course.captured(words, name, echo)

        def done(made: Any) -> None:
            stored = taken(made)
            self.swap(name, echo, stored)
            self.course.landed(captured, stored)

        self._show(name, echo)
        self.write(echo, work, done, _("{what}. Undo Ctrl+Z").format(what=words))

    def change(
        self,
        name: str,
        before: tuple[Record, ...],
        work: Callable[[], Any],
        toast: str,
        taken: Callable[[Any], Sequence[Record]] = tuple,
    ) -> None:
        """Store changed records; what could not be stored must not look as if it were.

        ``taken`` returns the records out of what ``work`` returned, where there is more to it.
        """

        def failed(_error: BaseException) -> None:
            self.put(name, before)

        def done(made: Any) -> None:
            self.put(name, taken(made))
            self._desk.toast(toast)
            if self.over:
                # An amendment has its own line among the notes.
                self.reload()

        self._desk.write(work, done, failed)

    def _show(self, name: str, echo: tuple[Any, ...]) -> None:
        self.hold(name, (*getattr(self.room, name), *echo))

    def swap(self, name: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        """Show records as stored in the place of those shown for them."""
        by_id = {id(o): n for o, n in zip(old, new, strict=True)}
        self.hold(name, tuple(by_id.get(id(r), r) for r in getattr(self.room, name)))

    def put(self, name: str, records: Sequence[Record]) -> None:
        """Show changed records in the place of those with their ids."""
        by_id = {r.id: r for r in records}
        self.hold(name, tuple(by_id.get(r.id, r) for r in getattr(self.room, name)))

    def hold(self, name: str, records: tuple[Any, ...]) -> None:
        """Show other records of one kind."""
        changes: dict[str, Any] = {name: records}
        self.room = replace(self.room, **changes)
        self.changed.emit()

    def write(
        self,
        echo: tuple[Any, ...],
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        toast: str,
    ) -> None:
        """Store something; what fails is marked and can be tried again."""
        ids = frozenset(id(r) for r in echo)
        key = id(work)

        def done(result: Any) -> None:
            self.failed -= ids
            self._again.pop(key, None)
            on_done(result)
            self._desk.toast(toast)
            if is_planned(self.room.session):
                # The first dose or reading has begun it.
                self.reload()

        def failed(_error: BaseException) -> None:
            self.failed |= ids
            self._again[key] = again
            self.changed.emit()

        def again() -> None:
            self._desk.write(work, done, failed)

        again()

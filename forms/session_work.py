"""What is done in one session: shown at once, stored on the thread of writes.

Holds the session's records as last stored, with what is on its way; knows nothing of widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from aeapp.domain.codelists.clinic import ObservationStatus, SessionEnd
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.items import Record
from aeapp.domain.records import Administration, Event, Lot, Observation, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import first_dose
from aeapp.kernel.i18n import _
from aeapp.services.app import App
from aeapp.services.sessions import SessionRoom
from forms.desk import Desk
from forms.dose_words import NewDose
from forms.models.vitals import time_words


@dataclass(frozen=True, slots=True, repr=False)
class Loaded:
    """One session with what its room offers: the library, and what was given last time."""

    room: SessionRoom
    products: tuple[Product, ...]
    lots: Mapping[str, tuple[Lot, ...]]
    last: Administration | None
    number: int


def load(app: App, session_id: str) -> Loaded:
    """Read everything the room of a session shows; for a thread of reading."""
    room = app.sessions.room(session_id)
    sessions = app.sessions.of_patient(room.session.patient_id)
    earlier = [s for s in sessions if s.id < session_id]
    last = None
    if earlier:
        last = next(iter(app.sessions.room(max(earlier, key=_id).id).administrations), None)
    products = app.sessions.products()
    lots = {p.id: app.sessions.lots(p.id) for p in products}
    return Loaded(room, products, lots, last, len(earlier) + 1)


def _id(session: Session) -> str:
    # Ids sort by the time they were made.
    return session.id


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
        self._again: dict[int, Callable[[], None]] = {}

    @property
    def zero(self) -> PartialDate | None:
        """Return the begin of the first dose."""
        return first_dose(self.room.administrations)

    @property
    def over(self) -> bool:
        """Tell whether the session has ended."""
        return self.room.session.ending is not None

    @property
    def unsaved(self) -> bool:
        """Tell whether something could not be stored."""
        return bool(self._again)

    def try_again(self) -> None:
        """Store again what could not be stored."""
        again, self._again = list(self._again.values()), {}
        for write in again:
            write()

    # --- what a person does

    def log(self, readings: Sequence[Observation], at: PartialDate) -> None:
        """Store a row of readings."""
        echo = tuple(replace(r, at=at) for r in readings)
        session, sessions = self.room.session, self._desk.app.sessions
        toast = _("Readings of {time} recorded.").format(time=time_words(at))
        self._add("observations", echo, lambda: sessions.log_readings(session, echo, at), toast)

    def mark(self, readings: Sequence[Observation], status: ObservationStatus, reason: str) -> None:
        """Strike readings, call them artefacts or let them count again; all with a reason."""
        sessions = self._desk.app.sessions
        self._put(
            "observations", [replace(r, status=status, status_reason=reason) for r in readings]
        )

        def work() -> tuple[Observation, ...]:
            return tuple(sessions.set_status(r, status, reason) for r in readings)

        toast = _("Marked: {status}.").format(status=_(status.words).lower())
        self._change("observations", tuple(readings), work, toast)

    def catch(self, words: str, severity: Severity | None, onset: PartialDate) -> None:
        """Store an event."""
        session, sessions = self.room.session, self._desk.app.sessions
        echo = Event(verbatim=words, severity=severity, onset=onset)

        def work() -> tuple[Event, ...]:
            return (sessions.catch_event(session, words, severity, onset),)

        self._add("events", (echo,), work, _("Event recorded."))

    def give(self, dose: NewDose) -> None:
        """Store a dose, and the product and lot where they are new."""
        session, sessions = self.room.session, self._desk.app.sessions
        echo = replace(dose.giving, product_id=dose.product.id)

        def work() -> tuple[Product, Administration]:
            product = dose.product if dose.product.id else sessions.save(dose.product)
            lot = dose.lot
            if lot is not None and not lot.id:
                lot = sessions.save(replace(lot, product_id=product.id))
            given = replace(dose.giving, product_id=product.id, lot_id=lot.id if lot else "")
            return product, sessions.give(session, given)

        def done(made: tuple[Product, Administration]) -> None:
            product, stored = made
            self.products = {**self.products, product.id: product}
            self._swap("administrations", (echo,), (stored,))

        self._show("administrations", (echo,))
        self._write((echo,), work, done, _("Dose recorded."))

    def stop(self, giving: Administration) -> None:
        """End a running infusion now."""
        ended = replace(giving, ended=self._desk.app.context.minute())
        self._put("administrations", [ended])

        def work() -> tuple[Administration, ...]:
            return (self._desk.app.sessions.save(ended),)

        self._change("administrations", (giving,), work, _("End of the infusion recorded."))

    def note(self, words: str) -> None:
        """Add a note with the time of now."""
        app, session_id = self._desk.app, self.room.session.id
        line = f"{app.context.now():%H:%M} {words}"

        def work() -> Session:
            # Read again: whatever else was saved meanwhile, a line is only added.
            session = app.sessions.room(session_id).session
            text = f"{session.note}\n{line}" if session.note else line
            return app.sessions.save(replace(session, note=text))

        self._write((), work, self._take_session, _("Note recorded."))

    def end(self, ending: SessionEnd, reason: str) -> None:
        """End the session now."""
        app, session_id = self._desk.app, self.room.session.id

        def work() -> Session:
            session = app.sessions.room(session_id).session
            return app.sessions.end(session, ending, reason or None)

        def done(session: Session) -> None:
            self._take_session(session)
            self.ended.emit()

        self._write((), work, done, _("Session ended."))

    def open_report(self, event: Event) -> None:
        """Make or find the report of an event, and go to it."""
        app, session_id = self._desk.app, self.room.session.id

        def work() -> tuple[str, tuple[Event, ...]]:
            report = app.cases.open_for_event(event)
            return report.id, app.sessions.room(session_id).events

        def done(made: tuple[str, tuple[Event, ...]]) -> None:
            report_id, events = made
            self.room = replace(self.room, events=events)
            self.changed.emit()
            self._desk.show_report(report_id)

        self._desk.write(work, done)

    # --- how it is done

    def _take_session(self, session: Session) -> None:
        self.room = replace(self.room, session=session)
        self.changed.emit()

    def _add(self, name: str, echo: tuple[Any, ...], work: Callable[[], Any], toast: str) -> None:
        """Show new records at once; what the store returns takes their place."""
        self._show(name, echo)
        self._write(echo, work, lambda done: self._swap(name, echo, done), toast)

    def _change(
        self, name: str, before: tuple[Record, ...], work: Callable[[], Any], toast: str
    ) -> None:
        """Store changed records; what could not be stored must not look as if it were."""

        def failed(_error: BaseException) -> None:
            self._put(name, before)

        def done(stored: Sequence[Record]) -> None:
            self._put(name, stored)
            self._desk.toast(toast)

        self._desk.write(work, done, failed)

    def _show(self, name: str, echo: tuple[Any, ...]) -> None:
        self._hold(name, (*getattr(self.room, name), *echo))

    def _swap(self, name: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> None:
        by_id = {id(o): n for o, n in zip(old, new, strict=True)}
        self._hold(name, tuple(by_id.get(id(r), r) for r in getattr(self.room, name)))

    def _put(self, name: str, records: Sequence[Record]) -> None:
        by_id = {r.id: r for r in records}
        self._hold(name, tuple(by_id.get(r.id, r) for r in getattr(self.room, name)))

    def _hold(self, name: str, records: tuple[Any, ...]) -> None:
        changes: dict[str, Any] = {name: records}
        self.room = replace(self.room, **changes)
        self.changed.emit()

    def _write(
        self,
        echo: tuple[Any, ...],
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        toast: str,
    ) -> None:
        ids = frozenset(id(r) for r in echo)
        key = id(work)

        def done(result: Any) -> None:
            self.failed -= ids
            self._again.pop(key, None)
            on_done(result)
            self._desk.toast(toast)

        def failed(_error: BaseException) -> None:
            self.failed |= ids
            self._again[key] = again
            self.changed.emit()

        def again() -> None:
            self._desk.write(work, done, failed)

        again()

"""How a session ends, and what is told of it then and later: shown at once, stored behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.codelists.session import MedicineClass
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Sending, Session
from aeapp.kernel.i18n import _
from aeapp.services.endings import Ems, Ending, Leaving
from forms.desk import Desk

if TYPE_CHECKING:
    from forms.session_work import SessionWork


class EndWork:
    """The end of one session: leaving, the ambulance, the REMS form, amendments."""

    def __init__(self, work: SessionWork, desk: Desk) -> None:
        self._work, self._desk = work, desk

    @property
    def session(self) -> Session:
        """Return the session as it is shown."""
        return self._work.room.session

    def discharge(self, leaving: Leaving) -> None:
        """Let the patient go home."""
        session, endings = self.session, self._desk.app.endings
        now = leaving.at or self._desk.app.context.minute()
        leaving = replace(leaving, at=now)
        echo = replace(
            session,
            ended=now,
            ending=SessionEnd.DISCHARGED,
            escort=leaving.escort,
            ready_minute=leaving.ready_minute,
            override_reason=leaving.override_reason,
        )
        self._end(echo, lambda: endings.discharge(session.id, leaving))

    def end(self, ending: Ending) -> None:
        """End the session in another way."""
        session, endings = self.session, self._desk.app.endings
        now = ending.at or session.ems_left or self._desk.app.context.minute()
        ending = replace(ending, at=now)
        echo = replace(
            session,
            ended=now,
            ending=ending.how,
            ending_reason=ending.why,
            transferred_to=ending.to or session.transferred_to,
            transferred_by=ending.by,
            transfer_unknown=ending.unknown,
        )
        self._end(echo, lambda: endings.end(session.id, ending))

    def _end(self, echo: Session, store: Callable[[], Session]) -> None:
        """Show the end at once; what could not be stored must not look as if it were."""
        before, work, sessions = self.session, self._work, self._desk.app.sessions

        def stored() -> tuple[Session, tuple[Administration, ...]]:
            session = store()
            return session, sessions.room(session.id).administrations

        def done(made: tuple[Session, tuple[Administration, ...]]) -> None:
            session, givings = made
            # What still ran was stopped with the end.
            work.hold("administrations", givings)
            work.take_session(
                replace(
                    session,
                    rems_completed=self.session.rems_completed,
                    rems_completed_by=self.session.rems_completed_by,
                )
            )
            work.ended.emit()
            self._desk.toast(_("Session ended."))

        work.take_session(echo)
        self._desk.write(stored, done, lambda _error: work.take_session(before))

    def ems(self, which: Ems) -> None:
        """Store a time of the ambulance, of this minute."""
        session, endings = self.session, self._desk.app.endings
        if getattr(session, which.value) is not None:
            return
        now = self._desk.app.context.minute()
        times: dict[str, Any] = {which.value: now}
        self._work.take_session(replace(session, **times))
        self._store_session(
            lambda: endings.ems(session.id, which, now), _("Time of the ambulance recorded.")
        )

    def complete_rems(self) -> None:
        """Store that the content of the REMS form is complete."""
        session, app = self.session, self._desk.app
        taken = session.medicine_classes
        self._work.take_session(
            replace(
                session,
                rems_completed=app.context.minute(),
                rems_completed_by=app.who.name,
                medicine_classes=NullFlavor.NASK if taken is None else taken,
            )
        )
        self._store_session(
            lambda: app.endings.complete_rems(session.id), _("REMS form completed.")
        )

    def state_classes(self, taken: frozenset[MedicineClass]) -> None:
        """Store which classes of medicines the patient takes at the time; none is an answer."""
        session, endings = self.session, self._desk.app.endings
        self._work.take_session(replace(session, medicine_classes=taken))
        self._store_session(
            lambda: endings.state_classes(session.id, taken), _("Classes of medicines recorded.")
        )

    def record_rems(self, line: Sending) -> None:
        """Store that the REMS form was sent, outside this program."""
        session_id, rems, work = self.session.id, self._desk.app.rems, self._work

        def done(stored: Sending) -> None:
            work.hold("sendings", (*work.room.sendings, stored))
            self._desk.toast(_("Sending of the REMS form recorded."))

        self._desk.write(lambda: rems.record(session_id, line), done)

    def amend(self, changed: Session, reason: str) -> None:
        """Change something of a session that has ended."""
        app = self._desk.app

        def done(session: Session) -> None:
            self._work.take_session(session)
            self._work.reload()

        self._work.write(
            (), lambda: app.endings.amend(changed, reason), done, _("Amendment recorded.")
        )

    def _store_session(self, store: Callable[[], Session], toast: str) -> None:
        self._work.write((), store, self._work.take_session, toast)

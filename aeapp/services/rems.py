"""The monitoring form of the REMS after its session: complete, then recorded as sent.

The program sends nothing. What a person recorded is a line of the log of sending that belongs to
the session; until there is one, the form waits in the worklist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from aeapp.domain.chair.rems import under_rems
from aeapp.domain.codelists.clinic import Channel, Destination, SessionRoute, Setting
from aeapp.domain.records import Sending, Session
from aeapp.domain.sending import Lack
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.closing import session_of
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sending import SendingIncompleteError, checked
from aeapp.services.sessions import of_kind


class RemsNotCompleteError(RefusedError):
    """A form was to be recorded as sent whose content nobody found complete."""

    code = "rems.not-complete"

    def __init__(self) -> None:
        super().__init__(
            N_("Nobody found the content of this REMS form complete, or its session has none."),
            remedy=N_("Open the form of the session, complete it with C, then record the sending."),
        )


class RemsService:
    """Record that monitoring forms were sent, and tell which were not."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def waiting(self) -> tuple[Session, ...]:
        """Return the sessions that ended and whose form is not recorded as sent, oldest first."""
        with self._context.new_uow() as uow:
            return waiting_in(uow)

    def record(self, session_id: str, sending: Sending) -> Sending:
        """Store that the form of a session was sent, outside this program.

        Raises:
            RemsNotCompleteError: Nobody found its content complete.
            SendingIncompleteError: Way, minute, or both person and number are missing; a call is
                no form that was sent.
            SentInFutureError: The time is still to come.
        """
        checked(sending, self._context.minute(), plain=True)
        if sending.channel is Channel.PHONE:
            raise SendingIncompleteError((Lack.CHANNEL,))
        with self._context.new_uow() as uow:
            uow.lock()
            session = session_of(uow, session_id)
            if session.rems_completed is None or not under_rems(session):
                raise RemsNotCompleteError
            line = replace(
                sending,
                session_id=session.id,
                destination=Destination.REMS,
                by=sending.by or self._context.who.name,
            )
            saved = uow.save(line, who=self._context.who)
            uow.commit()
        return saved


def waiting_in(uow: UnitOfWork) -> tuple[Session, ...]:
    """Return the sessions that ended and whose form is not recorded as sent, oldest first."""
    nasal = {"route": SessionRoute.NASAL, "setting": Setting.CLINIC}
    ids = uow.records.unlinked(Session.KIND, Sending.KIND, "session_id", where=nasal)
    found = of_kind(Session, uow.records.many(Session.KIND, ids))
    return tuple(s for s in found if s.ending is not None)


def sent_at(sendings: Iterable[Sending]) -> PartialDate | None:
    """Return when a form went out first."""
    times = [s.at for s in sendings if s.at is not None]
    return min(times, key=PartialDate.sort_key, default=None)


def sent_of(uow: UnitOfWork, session_ids: Sequence[str]) -> dict[str, PartialDate]:
    """Return when the form of each session went out, for those of which that is recorded."""
    if not session_ids:
        return {}
    lines = of_kind(Sending, uow.records.find(Sending.KIND, session_id=list(session_ids)))
    found = {i: sent_at(s for s in lines if s.session_id == i) for i in session_ids}
    return {i: at for i, at in found.items() if at is not None}

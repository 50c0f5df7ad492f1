"""Events after they were caught: corrected, ended, struck through; never erased."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aeapp.domain.access import Deed
from aeapp.domain.records import Event
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.closing import changed
from aeapp.services.context import WorkContext
from aeapp.services.roles import refuse_others
from aeapp.services.sessions import ReasonMissingError, of_kind


class EventReportedError(RefusedError):
    """An event with a report was to be struck through."""

    code = "event.reported"

    def __init__(self) -> None:
        super().__init__(
            N_("A report was opened for this event, so it cannot be struck through here."),
            remedy=N_("Open the report and say there what is not right."),
        )


class EventService:
    """Change events; each call is one saved unit, and in an ended session an amendment."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def by_id(self, event_id: str) -> Event:
        """Return the event that a person names by its id.

        Raises:
            NotFoundError: There is none.
        """
        with self._context.new_uow() as uow:
            (event,) = of_kind(Event, [uow.records.get("event", event_id)])
        return event

    def correct(self, event: Event, reason: str, **changes: Any) -> Event:
        """Store other severity, onset or end; the trail keeps what stood before, and why.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        return self._saved(event, reason.strip(), changes)

    def add(self, event: Event, **told: Any) -> Event:
        """Store what was not known before, such as the treatment; a first answer needs no why.

        Raises:
            AmendmentReasonError: The session has ended, so that there has to be a reason.
        """
        return self._saved(event, "", told)

    def resolved(self, event: Event, at: PartialDate | None = None) -> Event:
        """Store that the event is over, now unless ``at`` is given.

        The outcome is another question and stays as it was answered.

        Raises:
            AmendmentReasonError: The session has ended, so that there has to be a reason.
        """
        return self._saved(event, "", {"ended": at or self._context.minute()})

    def strike(self, event: Event, reason: str) -> Event:
        """Strike an event through: it stays on record and counts nowhere.

        Raises:
            ReasonMissingError: There is no reason.
            EventReportedError: It belongs to a case.
            DeedRoleError: It is for another role.
        """
        refuse_others(self._context, Deed.STRIKE_EVENT)
        if not reason.strip():
            raise ReasonMissingError
        with self._context.new_uow() as uow:
            uow.lock()
            stored = uow.records.get("event", event.id)
            if isinstance(stored, Event) and stored.case_id:
                raise EventReportedError
            struck = replace(event, struck_reason=reason.strip())
            done = changed(uow, self._context, struck, reason.strip())
            uow.commit()
        return done

    def _saved(self, event: Event, reason: str, changes: dict[str, Any]) -> Event:
        with self._context.new_uow() as uow:
            done = changed(uow, self._context, replace(event, **changes), reason)
            uow.commit()
        return done

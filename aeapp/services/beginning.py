"""What beginning a session stamps, whoever begins it: a person, or the first dose or reading.

A planned session in which something was given or read has begun, whether or not somebody said so.
"""

from __future__ import annotations

from dataclasses import replace

from aeapp.domain.chair.phases import is_planned
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.protocols import protocol_of


def begun(uow: UnitOfWork, context: WorkContext, session: Session) -> Session:
    """Return the session as it begins: its time, and the protocol of the day with its minimum."""
    protocol, who = protocol_of(uow, session), context.who
    return replace(
        session,
        started=session.started or context.minute(),
        protocol=protocol.name if protocol is not None else None,
        minimum_minutes=protocol.minimum_minutes if protocol is not None else None,
        # Whoever charts is on site.
        prescriber=who.name if who.role == Role.PRESCRIBER.value else session.prescriber,
    )


def begin_with(
    uow: UnitOfWork,
    context: WorkContext,
    session: Session,
    at: PartialDate | NullFlavor | None,
) -> Session:
    """Begin a planned session with what is stored in it at ``at``; others stay as they are."""
    if not is_planned(session):
        return session
    known = at if isinstance(at, PartialDate) and at.has_time else None
    return uow.save(begun(uow, context, replace(session, started=known)), who=context.who)

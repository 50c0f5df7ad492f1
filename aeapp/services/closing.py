"""A session that has ended is read-only: what refuses a write to it, and what amends it.

A later change is an amendment: the record changes with its reason, and a line of the session says
so for everybody who reads it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from aeapp.domain.chair.amendments import LINKED, added_words, changed_words
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.items import Record
from aeapp.domain.records import Note, Session
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork

R = TypeVar("R", bound=Record)

# Why something was struck through or answered as before: a person took it back at once.
UNDONE = "undone"
_MOST_WORDS = 2000


class SessionOverError(RefusedError):
    """The session has ended; it takes no more entries."""

    code = "session.over"

    def __init__(self) -> None:
        super().__init__(
            N_("This session has ended and takes no new entries."),
            remedy=N_("Enter it as an event of the patient, or amend the session."),
        )


class AmendmentReasonError(RefusedError):
    """Something of a closed session was to be changed without a reason."""

    code = "amendment.reason"

    def __init__(self) -> None:
        super().__init__(
            N_("A session that has ended is amended only with a reason."),
            remedy=N_("Say in a few words why it is changed now."),
        )


def session_of(uow: UnitOfWork, session_id: str) -> Session:
    """Return the session as it is stored now."""
    session = uow.records.get("session", session_id)
    assert isinstance(session, Session)  # noqa: S101 - the kind says so
    return session


def open_session(uow: UnitOfWork, session_id: str) -> Session:
    """Return the session as it is stored now; it stays open to the end of the unit.

    Raises:
        SessionOverError: It has ended.
    """
    # Behind the lock: else another workstation could end it between the look and the write.
    uow.lock()
    session = session_of(uow, session_id)
    if session.ending is not None:
        raise SessionOverError
    return session


def refuse_closed(uow: UnitOfWork, record: Record) -> None:
    """Refuse ``record`` where it belongs to a session that has ended.

    Raises:
        SessionOverError: It does.
    """
    if isinstance(record, Session):
        session_id = record.id if record.version else ""
    else:
        session_id = getattr(record, "session_id", "")
    if session_id:
        open_session(uow, session_id)


def changed(uow: UnitOfWork, context: WorkContext, record: R, reason: str) -> R:
    """Store a changed record; where its session has ended, as an amendment.

    Raises:
        AmendmentReasonError: The session has ended and there is no reason.
    """
    session_id: str = getattr(record, "session_id", "")
    if session_id:
        uow.lock()
    if session_id and session_of(uow, session_id).ending is not None:
        return amend(uow, context, record, reason)
    return uow.save(record, who=context.who, reason=reason)


def amend(uow: UnitOfWork, context: WorkContext, record: R, reason: str) -> R:
    """Store a new or changed record of a closed session, and the line that tells of it.

    Raises:
        AmendmentReasonError: There is no reason.
    """
    reason = reason.strip()
    if not reason:
        raise AmendmentReasonError
    is_session = isinstance(record, Session)
    session = session_of(uow, record.id if is_session else getattr(record, "session_id", ""))
    before = uow.records.get(record.KIND, record.id) if record.version else None
    stored = uow.save(record, who=context.who, reason=reason)
    if not _is_amendment(record):
        # A line that tells of an amendment shows itself what was corrected in it.
        what = added_words(record) if before is None else changed_words(before, record)
        line = _line(context, session, what, reason)
        links: dict[str, Any] = {}
        if isinstance(stored, LINKED):
            links[f"{stored.KIND}_id"] = stored.id
        uow.save(replace(line, **links), who=context.who, reason=reason)
    return stored


def tell(uow: UnitOfWork, context: WorkContext, session: Session, what: str, reason: str) -> None:
    """Store the line of a closed session that tells of an amendment: what, and why."""
    uow.save(_line(context, session, what, reason), who=context.who, reason=reason)


def _line(context: WorkContext, session: Session, what: str, reason: str) -> Note:
    return Note(
        patient_id=session.patient_id,
        session_id=session.id,
        kind=NoteKind.AMENDMENT,
        at=context.minute(),
        words=": ".join(part for part in (what, reason) if part)[:_MOST_WORDS],
        by=context.who.name,
    )


def _is_amendment(record: Record) -> bool:
    return isinstance(record, Note) and record.kind is NoteKind.AMENDMENT

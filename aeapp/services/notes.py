"""Lines in the course of a session: notes, interventions, equipment."""

from __future__ import annotations

from dataclasses import replace

from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.records import Note, Session
from aeapp.domain.values import PartialDate
from aeapp.services.closing import changed, open_session
from aeapp.services.context import WorkContext
from aeapp.services.sessions import ReasonMissingError, of_kind


class NoteService:
    """Write lines; a wrong one is struck through, never erased."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def add(
        self,
        session: Session,
        words: str,
        kind: NoteKind = NoteKind.NOTE,
        at: PartialDate | None = None,
    ) -> Note:
        """Store a line of a running session, with the time of now unless ``at`` is given.

        Raises:
            SessionOverError: The session has ended; what follows is an amendment.
        """
        with self._context.new_uow() as uow:
            open_session(uow, session.id)
            line = Note(
                patient_id=session.patient_id,
                session_id=session.id,
                kind=kind,
                at=at or self._context.minute(),
                words=words.strip(),
                by=self._context.who.name,
            )
            saved = uow.save(line, who=self._context.who)
            uow.commit()
        return saved

    def strike(self, note: Note, reason: str) -> Note:
        """Strike a line through.

        Raises:
            ReasonMissingError: There is no reason.
        """
        if not reason.strip():
            raise ReasonMissingError
        struck = replace(note, struck_reason=reason.strip())
        with self._context.new_uow() as uow:
            saved = changed(uow, self._context, struck, reason.strip())
            uow.commit()
        return saved

    def correct(self, note: Note, words: str, reason: str) -> Note:
        """Put other words in the place of a line, which stays on record, struck through.

        Raises:
            ReasonMissingError: There is no reason.
        """
        reason = reason.strip()
        if not reason or not words.strip():
            raise ReasonMissingError
        struck = replace(note, struck_reason=reason)
        new = replace(note, id="", version=0, words=words.strip(), by=self._context.who.name)
        with self._context.new_uow() as uow:
            changed(uow, self._context, struck, reason)
            saved = uow.save(new, who=self._context.who, reason=reason)
            uow.commit()
        return saved

    def of_session(self, session_id: str) -> tuple[Note, ...]:
        """Return the lines of a session, the oldest entry first, amendments among them."""
        with self._context.new_uow() as uow:
            return of_kind(Note, uow.records.find("note", session_id=session_id))

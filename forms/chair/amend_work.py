"""What is added to a session after its end, stored on the thread of writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _
from aeapp.services.dosing import NewDose
from forms.desk import Desk

if TYPE_CHECKING:
    from forms.session_work import SessionWork


class AmendWork:
    """The amendments of one session that add an entry."""

    def __init__(self, work: SessionWork, desk: Desk) -> None:
        self._work, self._desk = work, desk

    def add_readings(self, readings: Sequence[Observation], at: PartialDate, reason: str) -> None:
        """Store a missed row of readings."""
        amending, session_id = self._desk.app.amending, self._work.room.session.id
        self._store(lambda: amending.add_readings(session_id, readings, at, reason))

    def add_event(
        self,
        words: str,
        severity: Severity | None,
        onset: PartialDate | NullFlavor,
        reason: str,
    ) -> None:
        """Store a missed event."""
        amending, session_id = self._desk.app.amending, self._work.room.session.id
        self._store(lambda: amending.add_event(session_id, words, severity, onset, reason))

    def add_note(self, words: str, kind: NoteKind, at: PartialDate, reason: str) -> None:
        """Store a missed line."""
        amending, session_id = self._desk.app.amending, self._work.room.session.id
        self._store(lambda: amending.add_note(session_id, words, kind, at, reason))

    def add_dose(self, dose: NewDose, reason: str) -> None:
        """Store a missed dose."""
        amending, session_id = self._desk.app.amending, self._work.room.session.id
        self._store(lambda: amending.add_dose(session_id, dose, reason))

    def _store(self, work: Callable[[], Any]) -> None:
        def done(_stored: Any) -> None:
            self._desk.toast(_("Added as an amendment."))
            # Its line among the notes, and what the watch made of it, came with it.
            self._work.reload()

        self._desk.write(work, done)

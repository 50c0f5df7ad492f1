"""What is known of a patient when a session is to begin."""

from __future__ import annotations

from dataclasses import dataclass

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.records import Patient, Session
from aeapp.kernel.i18n import _


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """What is known of a patient when a session is to begin.

    Attributes:
        last: The session that was started last.
        planned: What is planned for today.
        running: What goes on already.
    """

    patient: Patient
    last: Session | None
    count: int
    planned: Session | None = None
    running: Session | None = None

    @property
    def route(self) -> SessionRoute | None:
        """Return the route as planned, else as last time."""
        known = (s.route for s in (self.planned, self.last) if s is not None)
        return next((r for r in known if isinstance(r, SessionRoute)), None)


def times_words(found: Found) -> str:
    """Return how often the patient was here, and what the fields are filled in from."""
    if found.planned is not None:
        return _("{count} sessions so far; filled in as planned").format(count=found.count)
    if found.last is not None:
        return _("{count} sessions so far; filled in as last time").format(count=found.count)
    return _("First session")

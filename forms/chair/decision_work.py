"""Decisions on the events of a session: shown when they are stored, for they are signed acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aeapp.domain.records import Decision
from aeapp.kernel.i18n import _
from forms.decision_row import Choice
from forms.desk import Desk

if TYPE_CHECKING:
    from forms.session_work import SessionWork


def store_choice(desk: Desk, choice: Choice) -> Decision:
    """Store what was decided; for the thread of writes."""
    deciding = desk.app.deciding
    if choice.obligation is None:
        return deciding.no_report(choice.event, choice.reason)
    return deciding.report(choice.event, choice.destinations, choice.obligation, choice.reason)


class DecisionWork:
    """The decisions of one session.

    Attributes:
        made: The decision that counts, by the id of its event.
    """

    def __init__(self, work: SessionWork, desk: Desk, made: Mapping[str, Decision]) -> None:
        self._work, self._desk = work, desk
        self.made = dict(made)

    def decide(self, choice: Choice) -> None:
        """Store a decision."""

        def done(decision: Decision) -> None:
            self.made[decision.event_id] = decision
            self._work.changed.emit()
            self._desk.toast(_("Decision recorded."))

        self._desk.write(lambda: store_choice(self._desk, choice), done)

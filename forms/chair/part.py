"""What the session room and its parts know of each other.

A part is a widget of one slot. It shows the session it is given and speaks by signals; what a
person does in it is wired to the session's work where the part is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from aeapp.kernel.i18n import N_
from forms.desk import Desk
from forms.session_work import SessionWork


class Slot(Enum):
    """Where in the room a part stands, from top to bottom."""

    CHART = "chart"
    SIDE = "side"
    STRIP = "strip"


class Tab(Enum):
    """The tab of a card, where the cards of the side are tabs; in their order."""

    STEPS = N_("Steps")
    EVENTS = N_("Events")
    DOSES = N_("Doses")
    NOTES = N_("Notes")


class Room(Protocol):
    """The session room as its parts see it."""

    @property
    def desk(self) -> Desk:
        """The services, the threads and the ways to speak to the window."""

    @property
    def work(self) -> SessionWork | None:
        """The session on the screen."""

    def work_of(self, session_id: str) -> SessionWork | None:
        """Return a session that is on the screen, or kept because something is on its way."""

    @property
    def parts(self) -> dict[str, Any]:
        """The parts by name."""

    def do(self, act: Callable[[SessionWork], None], *, back: bool = True) -> None:
        """Do something with the session on the screen, then put the cursor back into the row."""

    def go_to(self, name: str) -> None:
        """Bring a part into sight and put the focus into it, if it is shown."""

    def ask(self, name: str) -> None:
        """Show a part that comes only when it is asked for, and put the focus into it."""

    def to_grid(self) -> None:
        """Put the cursor into the row of readings."""

    def reveal(self, widget: QWidget) -> None:
        """Bring a part, or something in it, into sight: the tab it stands on comes to the top."""

    def show_reading(self, reading_id: str) -> None:
        """Go to a reading in the table of the rows taken."""


Key = tuple[str, Callable[[Room, Any], None]]


def _show(part: Any, work: SessionWork) -> None:
    part.show_work(work)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSpec:
    """One part of the room.

    Attributes:
        make: Make the widget and wire what is done in it; the room is its parent.
        show: Show the session as it is now; called after each change.
        opened: Called once when another session comes on the screen, before it is shown.
        focus: Put the focus into the part.
        keys: Shortcuts that work anywhere in the room.
        region: Whether F6 stops here.
        tab: Where a card of the side stands in a narrower window.
    """

    name: str
    slot: Slot
    make: Callable[[Room, QWidget], QWidget]
    show: Callable[[Any, SessionWork], None] = _show
    opened: Callable[[Any, SessionWork], None] | None = None
    focus: Callable[[Any], None] = QWidget.setFocus
    keys: tuple[Key, ...] = ()
    region: bool = True
    tab: Tab = Tab.STEPS

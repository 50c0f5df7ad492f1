"""The sessions that run, as tabs above the session room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from aeapp.domain.chair.board import BoardStatus, ChairLine, initials_of
from aeapp.domain.items import as_text
from aeapp.domain.records import Patient, Session
from aeapp.kernel.i18n import _
from aeapp.services.app import App
from forms.announce import announce
from forms.theme import Status
from forms.widgets.buttons import Pill


@dataclass(frozen=True, slots=True)
class Running:
    """The running sessions as they were read.

    Attributes:
        sessions: By when they began.
        people: {id of a patient: patient} of those who sit in no chair.
        news: The cards of the board, in the order of the chairs.
    """

    sessions: Sequence[Session]
    people: Mapping[str, Patient]
    news: Sequence[ChairLine]


def running(app: App) -> Running:
    """Read the running sessions, whose they are, and what is new of them."""
    sessions = app.sessions.running()
    named = (app.patients.get(s.patient_id) for s in sessions if not s.chair)
    people = {patient.id: patient for patient in named}
    # With one session there is no tab that could tell of it.
    return Running(sessions, people, app.board.chairs() if len(sessions) > 1 else ())


class Chairs(QTabBar):
    """One tab a running session; hidden while there is only the one on the screen.

    Signals:
        picked: Another session is to be shown; carries its id.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Running sessions"))
        self.setExpanding(False)
        self.setDrawBase(False)
        self._ids: tuple[str, ...] = ()
        self._told: dict[str, BoardStatus] = {}
        self.currentChanged.connect(self._on_current_changed)
        self.hide()

    def show_sessions(
        self,
        sessions: Sequence[Session],
        shown: str,
        people: Mapping[str, Patient] | None = None,
        news: Sequence[ChairLine] = (),
    ) -> None:
        """Show the running sessions; ``shown`` is the id of the one on the screen.

        Where a session has no chair its tab names the patient, of ``people`` by their ids: nobody
        knows a session by its number. A tab that is not shown says what is new of its session.
        """
        known = people or {}
        places = {line.session_id: n for n, line in enumerate(news)}
        # Places never move: in the order of the chairs, as on the board.
        sessions = sorted(sessions, key=lambda s: places.get(s.id, len(places)))
        told = {line.session_id: line for line in news if line.news and line.session_id != shown}
        with QSignalBlocker(self):
            while self.count():
                self.removeTab(0)
            self._ids = tuple(s.id for s in sessions)
            for session in sessions:
                tab = self.addTab(_words(session, known.get(session.patient_id)))
                if session.id in told:
                    self._mark(tab, told[session.id])
            if shown not in self._ids:
                # Qt has always a current tab: with none of ours it is one that nobody sees.
                self.setTabVisible(self.addTab(self.accessibleName()), False)
            self.setCurrentIndex(self._ids.index(shown) if shown in self._ids else len(self._ids))
        self.setVisible(len(self._ids) > 1 or (bool(self._ids) and shown not in self._ids))
        self._tell(told)

    def _mark(self, tab: int, line: ChairLine) -> None:
        """Put what is new on a tab: in a word, by shape and by colour."""
        pill = Pill(Status(line.status.value), line.news, self)
        pill.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTabButton(tab, QTabBar.ButtonPosition.LeftSide, pill)
        self.setAccessibleTabName(tab, f"{self.tabText(tab)}, {line.news}")

    def _tell(self, told: Mapping[str, ChairLine]) -> None:
        """Read out once what became late or beyond a limit at a chair that nobody looks at."""
        for line in told.values():
            if self._told.get(line.session_id) is not line.status:
                announce(self, f"{line.chair or line.name}, {line.news}")
        self._told = {session_id: line.status for session_id, line in told.items()}

    def walk(self, step: int) -> None:
        """Go to the next or the previous session."""
        here = self.currentIndex()
        if here >= len(self._ids) and step > 0:
            here = -1
        if self._ids:
            self.setCurrentIndex((here + step) % len(self._ids))

    def _on_current_changed(self, index: int) -> None:
        if 0 <= index < len(self._ids):
            self.picked.emit(self._ids[index])


def _words(session: Session, patient: Patient | None) -> str:
    """Return the chair, or ``A. S. P-0412`` of whom it is; else its number."""
    if session.chair:
        return session.chair
    if patient is None:
        return session.number or ""
    whom = " ".join(w for w in (initials_of(as_text(patient.name)), patient.code) if w)
    return whom or session.number or ""

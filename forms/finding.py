"""Patients, sessions, events and reports for the palette, looked for on a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from aeapp.domain.codelists import label as words_of
from aeapp.domain.codelists.finding import FoundKind
from aeapp.domain.finding.question import Hit
from aeapp.kernel.i18n import _
from aeapp.services.finding import Found
from forms.actions import Action
from forms.desk import Desk

# A pause in typing, so that not every letter is looked for.
PAUSE_MS = 60
_LEAST = 2
ICONS = {
    FoundKind.PATIENT: "patients",
    FoundKind.SESSION: "session",
    FoundKind.EVENT: "flag",
    FoundKind.REPORT: "reports",
}


def day_of(hit: Hit) -> str:
    """Return the day of a hit, or ""."""
    return hit.happened.iso()[:10] if hit.happened else ""


def open_hit(desk: Desk, hit: Hit) -> None:
    """Show what was found in its place."""
    ways = {
        FoundKind.PATIENT: desk.show_patient,
        FoundKind.SESSION: desk.show_session,
        FoundKind.REPORT: desk.show_report,
    }

    def done(way: tuple[FoundKind, str]) -> None:
        ways[way[0]](way[1])

    desk.find(lambda: desk.app.finding.way(hit), done)


class PlaceFinder(QObject):
    """Answers the palette for what is typed; what was typed before is never answered.

    Signals:
        answered: There is an answer for what was asked last.
    """

    answered = Signal()

    def __init__(
        self, desk: Desk, show_all: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._show_all = show_all
        self._typed = ""
        self._found = Found("", ())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)

    def lines(self, typed: str) -> Sequence[Action]:
        """Return what was found for ``typed``; where nothing was yet, look for it."""
        if len(typed) < _LEAST:
            self._typed = typed
            self._timer.stop()
            return ()
        if typed != self._typed:
            self._typed = typed
            self._timer.start()
        hits = self._found.hits if self._found.words == typed else ()
        return [*(self._line(hit) for hit in hits), self._all(typed)]

    def _ask(self) -> None:
        typed, finding = self._typed, self._desk.app.finding

        def done(found: Found) -> None:
            if found.words == self._typed:
                self._found = found
                self.answered.emit()

        self._desk.find(lambda: finding.few(typed), done)

    def forget(self) -> None:
        """Look again the next time: something may have been stored."""
        self._typed, self._found = "", Found("", ())

    def _line(self, hit: Hit) -> Action:
        kind = FoundKind(hit.kind)
        second = " · ".join(part for part in (hit.second, day_of(hit)) if part)
        return Action(
            title=hit.title or _("without a number"),
            run=partial(open_hit, self._desk, hit),
            group=words_of(kind),
            icon=ICONS[kind],
            second=second,
        )

    def _all(self, typed: str) -> Action:
        meant = ", ".join(used for _typed, used in self._found.instead)
        here = self._found.words == typed and meant
        second = _("nothing begins like that; shown for {words}").format(words=meant)
        return Action(
            title=_("Search everything for “{words}”").format(words=typed),
            run=partial(self._show_all, typed),
            group="Search",
            icon="find",
            second=second if here else "",
        )

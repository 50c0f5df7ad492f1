"""The places of one window, made when they are first shown, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from aeapp.kernel.i18n import N_, _
from forms.actions import Action
from forms.ask import Ask
from forms.bars import SaveState
from forms.changes import Changes
from forms.errors import Errors
from forms.jobs import Runners
from forms.shell import Shell

if TYPE_CHECKING:  # the first window needs no services
    from aeapp.services.app import App
    from forms.desk import Desk
    from forms.finding import PlaceFinder

# So long after the last news a place reads again; a row of readings is several records.
REFRESH_MS = 150


def _today(desk: Desk) -> QWidget:
    from forms.today import TodayPlace  # noqa: PLC0415 - after the first window

    return TodayPlace(desk)


def _session(desk: Desk) -> QWidget:
    from forms.session_room import SessionRoomPlace  # noqa: PLC0415 - after the first window

    return SessionRoomPlace(desk)


def _patients(desk: Desk) -> QWidget:
    from forms.patients import PatientsPlace  # noqa: PLC0415 - after the first window

    return PatientsPlace(desk)


def _reports(desk: Desk) -> QWidget:
    from forms.report_room import ReportRoom  # noqa: PLC0415 - after the first window

    return ReportRoom(desk)


def _outcomes(desk: Desk) -> QWidget:
    from forms.outcomes_place import OutcomesPlace  # noqa: PLC0415 - after the first window

    return OutcomesPlace(desk)


def _library(desk: Desk) -> QWidget:
    from forms.library_place import LibraryPlace  # noqa: PLC0415 - after the first window

    return LibraryPlace(desk)


def _clinic(desk: Desk) -> QWidget:
    from forms.clinic_place import ClinicPlace  # noqa: PLC0415 - after the first window

    return ClinicPlace(desk)


def _search(desk: Desk) -> QWidget:
    from forms.search_place import SearchPlace  # noqa: PLC0415 - after the first window

    return SearchPlace(desk)


class PlaceSpec(NamedTuple):
    """One place: its digit with Ctrl stays the same, whichever places there are."""

    key: str
    title: str
    digit: int
    make: Callable[[Desk], QWidget]


PLACES: tuple[PlaceSpec, ...] = (
    PlaceSpec("today", N_("Today"), 1, _today),
    PlaceSpec("session", N_("Session"), 2, _session),
    PlaceSpec("patients", N_("Patients"), 3, _patients),
    PlaceSpec("reports", N_("Reports"), 4, _reports),
    PlaceSpec("outcomes", N_("Outcomes"), 5, _outcomes),
    PlaceSpec("library", N_("Library"), 6, _library),
    PlaceSpec("clinic", N_("Clinic"), 7, _clinic),
    PlaceSpec("find", N_("Search"), 8, _search),
)


class Host(Protocol):
    """What the windows of the program share."""

    @property
    def app(self) -> App | None:
        """The services of the open clinic."""

    @property
    def runners(self) -> Runners:
        """The threads."""

    @property
    def errors(self) -> Errors:
        """Shows what failed."""

    @property
    def ask(self) -> Ask:
        """Asks questions."""

    @property
    def changes(self) -> Changes:
        """Tells what was stored."""

    def on_stored(self) -> None:
        """Something was stored in one of the windows."""


class WindowPlaces(QObject):
    """The places of one window.

    A place may have ``flush()``, which stores what was typed, ``refresh()``, which reads again
    what others may have changed, and ``unsaved``, which says that something could not be stored.
    """

    def __init__(self, shell: Shell, host: Host) -> None:
        super().__init__(shell)
        self.shell = shell
        self._host = host
        self._added = False
        self._desk: Desk | None = None
        self._finder: PlaceFinder | None = None
        self._stale: set[str] = set()
        self._alone = False
        self._before_alone = shell.windowState()
        known = [spec.key for spec in PLACES]
        before = shell.place_before
        self.last = before if before in known else known[0]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        shell.place_shown.connect(self._on_place_shown)
        host.changes.stored.connect(self._on_stored)

    # --- one open clinic

    def open(self) -> None:
        """Show the places of the clinic that was just opened."""
        self._desk = None
        self._finder = None
        self._add()
        self.shell.show_place(self.last)
        self.shell.show_work()

    def forget(self) -> None:
        """Throw the places away; a page that was alone on the screen goes with them."""
        self._end_alone()
        self.shell.forget_places()
        self._desk = None

    def flush(self) -> None:
        """Let places store what was typed."""
        for place in self._made():
            if hasattr(place, "flush"):
                place.flush()

    @property
    def unsaved(self) -> bool:
        """Tell whether something could not be stored."""
        return any(getattr(place, "unsaved", False) for place in self._made())

    def desk(self) -> Desk:
        """Return what every place of this window is given."""
        from forms.desk import Desk  # noqa: PLC0415 - after the first window

        app = self._host.app
        assert app is not None  # noqa: S101 - places are made in an open clinic
        if self._desk is None:
            self._desk = Desk(
                app=app,
                runners=self._host.runners,
                errors=self._host.errors,
                ask=self._host.ask,
                toast=self.shell.toast,
                show_saved=self._show_saved,
                show_report=self.show_report,
                show_session=self.show_session,
                start_session=self.start_session,
                show_patient=self.show_patient,
                call_patient=self.call_patient,
                open_lot=self.open_lot,
                show_place=self.show_place,
                show_alone=self.show_alone,
                show_instead=self.shell.show_gate,
                lock=self.shell.lock_asked.emit,
                changes=self._host.changes,
            )
        return self._desk

    # --- ways

    def show_report(self, report_id: str) -> None:
        """Show a report in its place."""
        place: Any = self.shell.show_place("reports")
        place.open_report(report_id)

    def show_session(self, session_id: str) -> None:
        """Show a session in the session room."""
        place: Any = self.shell.show_place("session")
        place.show_session(session_id)

    def show_patient(self, patient_id: str) -> None:
        """Show the chart of a patient."""
        place: Any = self.shell.show_place("patients")
        place.open_patient(patient_id)

    def call_patient(self, patient_id: str) -> None:
        """Show the chart of a patient with the call that is due."""
        place: Any = self.shell.show_place("patients")
        place.call_patient(patient_id)

    def open_lot(self, lot_id: str) -> None:
        """Show the page of a lot, with the question that waits for an answer."""
        place: Any = self.shell.show_place("library")
        place.open_lot(lot_id, asking=True)

    def take_over(self, path: Path) -> None:
        """Show what is in the ZIP of a clinic that is to be taken in."""
        place: Any = self.shell.show_place("clinic")
        place.take_over(path)

    def show_search(self, words: str) -> None:
        """Show everything that is found by ``words``."""
        place: Any = self.shell.show_place("find")
        place.look_for(words)

    def show_place(self, key: str) -> None:
        """Show a place, if the window has it."""
        if any(spec.key == key for spec in PLACES):
            self.shell.show_place(key)

    def show_alone(self, page: QWidget | None) -> None:
        """Show one page instead of the whole window; None shows the window again."""
        if page is not None:
            if not self._alone:
                self._before_alone = self.shell.windowState()
            self._alone = True
            self.shell.showFullScreen()
            self.shell.show_gate(page)
        elif self._host.app is not None:
            self._end_alone()
            self.shell.show_work()
            self._timer.start()

    def _end_alone(self) -> None:
        if self._alone:
            self._alone = False
            self.shell.setWindowState(self._before_alone)

    def start_session(self, patient_id: str = "") -> None:
        """Begin a session, for a patient or for one to be found."""
        place: Any = self.shell.show_place("session")
        place.start(patient_id)

    # --- how it is done

    def _made(self) -> list[Any]:
        if not self._added:
            return []
        found = (self.shell.place(spec.key) for spec in PLACES)
        return [place for place in found if place is not None]

    def _add(self) -> None:
        if self._added:
            return
        from forms.window_actions import (  # noqa: PLC0415 - it knows records, the first window none
            PLACE_WORDS,
            actions_of,
        )

        self._added = True
        shell = self.shell
        for spec in PLACES:
            shell.add_place(
                spec.key,
                _(spec.title),
                spec.key,
                self._maker(spec),
                digit=spec.digit,
                words=_(PLACE_WORDS[spec.key]),
            )
        shell.offers.add_source(self.found)
        for sequence in ("F2", "Ctrl+N"):
            shell.add_key(sequence, self._on_new_session)
        shell.add_actions(*actions_of(self))

    def start_anew(self, what: str) -> None:
        """Begin what an action names."""
        begin: dict[str, Callable[[], None]] = {
            "session": self._on_new_session,
            "patient": self._on_new_patient,
            "near miss": self._on_near_miss,
            "import": self._on_import,
            "check": self._on_check,
            "inspection": self._on_inspection,
        }
        begin[what]()

    def found(self, typed: str) -> Sequence[Action]:
        """Return patients, sessions, events and reports for the palette."""
        from forms.finding import PlaceFinder  # noqa: PLC0415 - after the first window

        if self._host.app is None:
            return ()
        if self._finder is None:
            self._finder = PlaceFinder(self.desk(), self.show_search, self)
            self._finder.answered.connect(self.shell.offers.refresh)
        return self._finder.lines(typed)

    def _maker(self, spec: PlaceSpec) -> Callable[[], QWidget]:
        return lambda: spec.make(self.desk())

    def _on_new_session(self) -> None:
        patients: Any = self.shell.place("patients")
        here = self.shell.current_place == "patients" and patients is not None
        self.start_session(patients.chosen if here else "")

    def _on_new_patient(self) -> None:
        place: Any = self.shell.show_place("patients")
        place.new_patient()

    def _on_near_miss(self) -> None:
        place: Any = self.shell.show_place("today")
        place.near_miss.begin()

    def _on_import(self) -> None:
        place: Any = self.shell.show_place("reports")
        place.importing.begin()

    def _on_check(self) -> None:
        place: Any = self.shell.show_place("reports")
        place.checking.begin()

    def _on_inspection(self) -> None:
        place: Any = self.shell.show_place("clinic")
        place.show_inspection()

    def _show_saved(self, state: SaveState, detail: str) -> None:
        if state is SaveState.SAVED:
            self._host.on_stored()
            if self.unsaved:
                # Something else still waits; nothing may look as if all were stored.
                waits = _("entries of a session wait. Press Ctrl+S in the session room")
                self.shell.set_save_state(SaveState.NOT_SAVED, waits)
                return
        self.shell.set_save_state(state, detail)

    def _on_place_shown(self, key: str) -> None:
        left: Any = self.shell.place(self.last) if self.last != key else None
        self.last = key
        if left is not None and hasattr(left, "flush"):
            left.flush()
        self._freshen(key)

    def _on_stored(self, desk: object) -> None:
        # What a place stored itself it shows already; the others of its window may not.
        del desk
        if self._host.app is not None:
            self._timer.start()
        if self._finder is not None:
            self._finder.forget()

    def _refresh(self) -> None:
        if self._host.app is None or self.shell.at_gate:
            return
        if self._host.runners.store.busy:
            self._timer.start()
            return
        # A place that nobody looks at reads again when it is shown.
        self._stale = {spec.key for spec in PLACES}
        self._freshen(self.shell.current_place)

    def _freshen(self, key: str) -> None:
        place: Any = self.shell.place(key) if key in self._stale else None
        self._stale.discard(key)
        if place is not None and hasattr(place, "refresh"):
            place.refresh()

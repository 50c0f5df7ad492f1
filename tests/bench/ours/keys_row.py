"""One key in the row of readings of a running session, or the Enter that makes it a row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from aeapp.domain.codelists.clinic import ObservationKind, SessionRoute
from aeapp.domain.records import Administration, Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from forms.errors import Errors
from forms.jobs import Runners
from forms.session_room import SessionRoomPlace
from tests.bench.child import Act
from tests.bench.ours.window import SIZE, application, settle
from tests.bench.stored import open_stored
from tests.bench.timing import taken_ms
from tests.helpers.clinic import StillClock
from tests.helpers.desk import Bench

ROWS = 24
TEXTS = ("142/88", "96", "97", "16")


def a_running_session(app: App, now: dt.datetime) -> Session:
    """Begin a session with a reading of four quantities every two minutes."""
    session = app.sessions.start(app.patients.ids()[0], route=SessionRoute.IV_INFUSION)
    begin = now - dt.timedelta(minutes=2 * ROWS)
    app.sessions.give(session, Administration(started=PartialDate.of(begin)))
    for n in range(ROWS):
        at = PartialDate.of(begin + dt.timedelta(minutes=2 * n))
        pressure = Observation(
            kind=ObservationKind.BLOOD_PRESSURE,
            systolic=Decimal(128 + n),
            diastolic=Decimal(80),
        )
        rate = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(72 + n))
        app.sessions.log_readings(session, (pressure, rate), at)
    return session


class Painted(QObject):
    """Counts how often a widget was painted: without it nobody would have seen anything."""

    def __init__(self, seen: QWidget) -> None:
        super().__init__(seen)
        self.times = 0
        seen.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.times += event.type() == QEvent.Type.Paint
        return False


class Nurse:
    """Somebody at the row being typed."""

    def __init__(self, qt: QApplication, bench: Bench, room: SessionRoomPlace) -> None:
        self._qt, self._bench, self._room = qt, bench, room
        self._cells = list(room.grid.entry.cells.values())
        self._cell = Painted(self._cells[0])
        self._table = Painted(room.grid.table.viewport())

    def rest(self) -> None:
        """Wait until everything is stored and drawn."""
        settle(self._qt)
        while self._bench.runners.busy:
            self._qt.processEvents()
        settle(self._qt)

    def key(self) -> float:
        """Type one digit; return how long it took until nothing was left to draw."""
        first = self._cells[0]
        if len(first.text()) >= len(TEXTS[0]):
            first.clear()
            settle(self._qt)

        def press() -> None:
            QTest.keyClick(first, "1")
            settle(self._qt)

        before = self._cell.times
        taken = taken_ms(press)
        assert self._cell.times > before, "the key was painted"
        return taken

    def enter(self) -> float:
        """Hand over a full row; return how long it took until it stood in the grid."""
        for cell, text in zip(self._cells, TEXTS, strict=False):
            cell.setText(text)
        settle(self._qt)
        before, painted = self._room.grid.model.rowCount(), self._table.times

        def press() -> None:
            QTest.keyClick(self._cells[0], Qt.Key.Key_Return)
            self._qt.processEvents()

        taken = taken_ms(press)
        assert self._table.times > painted, "the row was painted"
        assert self._room.grid.model.rowCount() == before + 1, "the row is on the screen"
        self.rest()
        return taken


def prepare(place: str, what: str) -> Act:
    """Open the room of a running session, the cursor in the row."""
    app = open_stored(Path(place))
    qt = application()
    bench = Bench(app, StillClock(), Runners(), Errors(None))
    session = a_running_session(app, app.context.now())
    room = SessionRoomPlace(bench.desk())
    room.resize(*SIZE)
    room.show()
    room.show_session(session.id)
    nurse = Nurse(qt, bench, room)
    while room.work is None:
        qt.processEvents()
    nurse.rest()
    room.to_grid()

    def end() -> None:
        room.close()
        nurse.rest()
        bench.close()

    facts = {"rows": room.grid.model.rowCount(), "due": len(room.work.watch.due())}
    return Act(run=nurse.key if what == "key" else nurse.enter, facts=facts, end=end)

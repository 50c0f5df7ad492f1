"""Eight hours with twelve chairs, by the real window and a clock that is moved by hand.

``python -m tests.bench.day PLACE HOURS`` tells, for the first hour and the last, how long a row of
readings took from its first key to the next cursor, and how much memory the program held; a line
for each hour goes to the error stream while it runs, with the processor's time of a row, which what
else runs on the machine does not lengthen.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Patient, Product, Session
from forms.application import Program
from forms.remembered import Remembered
from forms.theme import Theme
from tests.bench.child import say
from tests.bench.timing import taken_ms
from tests.helpers.asking import Answers
from tests.helpers.clinic import StillClock, cheap_clinics, new_clinic

CHAIRS, STAY_MINUTES, EVERY_MINUTES = 12, 120, 5
MEGA = 1024 * 1024


class Day:
    """One day in the life of a clinic's window."""

    def __init__(self, place: Path) -> None:
        self._qt = QApplication(["bench"])
        self._clock = StillClock()
        clinics = cheap_clinics(self._clock)
        theme = Theme(self._qt)
        self._program = Program(
            theme, clinics, Remembered(place / "window.ini"), home=place, ask=Answers()
        )
        self._program.shell.resize(1440, 900)
        self._program.shell.show()
        self._program.open_clinic(clinics.create(new_clinic(place)))
        self._settle()
        self._people = [
            self._app.patients.save(Patient(code=f"P-{n:04d}")).id for n in range(CHAIRS)
        ]
        self._product = self._app.sessions.save(Product(name="Ketamine")).id
        self._running: dict[int, tuple[Session, int]] = {}
        self._cpu: list[float] = []

    @property
    def _app(self) -> Any:
        return self._program.app

    def hour(self, number: int) -> dict[str, Any]:
        """Let an hour pass; return the time of each row and the memory at its end."""
        ms: list[float] = []
        self._cpu = []
        for minute in range(60):
            now = number * 60 + minute
            for chair in range(CHAIRS):
                self._seat(chair, now)
                if now % EVERY_MINUTES == chair % EVERY_MINUTES:
                    ms.append(self._log(chair))
            self._clock.pass_minutes(1)
        gc.collect()
        self._settle()
        mb = psutil.Process().memory_info().rss / MEGA
        cpu = statistics.median(self._cpu)
        told = f"hour {number + 1}: {mb:.1f} MB, a row {cpu:.1f} ms of the processor, "
        told += f"{statistics.median(ms):.1f} ms of the clock\n"
        sys.stderr.write(told)
        return {"ms": ms, "mb": mb, "cpu_ms": cpu}

    def end(self) -> None:
        """Close the window and the clinic."""
        self._program.shell.close()

    def _seat(self, chair: int, now: int) -> None:
        """Let a patient go after the stay, and bring the next one."""
        session, since = self._running.get(chair, (None, now))
        if session is not None and now - since >= STAY_MINUTES:
            current = self._app.sessions.room(session.id).session
            self._app.sessions.end(current, SessionEnd.DISCHARGED, "bench")
            session = None
        if session is None:
            session = self._app.sessions.start(
                self._people[chair], route=SessionRoute.IV_PUSH, chair=f"Chair {chair + 1}"
            )
            dose = Administration(
                product_id=self._product,
                dose=Decimal(38),
                dose_unit=DoseUnit.MG,
                started=self._app.context.minute(),
            )
            self._app.sessions.give(session, dose)
            self._running[chair] = (session, now)

    def _log(self, chair: int) -> float:
        """Open a chair and type a row; return how long the row took."""
        self._program.show_session(self._running[chair][0].id)
        self._settle()
        place: Any = self._program.shell.place("session")
        place.focus_first()
        cell = place.grid.entry.focusProxy()

        def row() -> None:
            QTest.keyClicks(cell, "128/78")
            QTest.keyClick(cell, Qt.Key.Key_Return)
            self._qt.processEvents()

        begin = time.process_time()
        ms = taken_ms(row)
        self._cpu.append((time.process_time() - begin) * 1000)
        self._settle()
        return ms

    def _settle(self) -> None:
        while self._program.runners.busy:
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        self._qt.processEvents()
        # The loop of the program takes away what was let go; here none runs.
        self._qt.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def main(place: str, hours: str) -> None:
    """Live through a day and tell of its first and its last hour."""
    # Passwords of no cost, as all benches have them; also where no test runner says so.
    os.environ.setdefault("AEAPP_TEST_KDF", "1")
    day = Day(Path(place))
    told = [day.hour(number) for number in range(int(hours))]
    day.end()
    memory = [hour["mb"] for hour in told]
    say(first=told[0], last=told[-1], memory=memory, hours=int(hours), chairs=CHAIRS)


if __name__ == "__main__":
    main(*sys.argv[1:])

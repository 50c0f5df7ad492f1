"""A desk for tests of places: real services and threads, and lists of what the window was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Patient
from aeapp.services.app import App
from forms.ask import Ask, Question
from forms.bars import SaveState
from forms.desk import Desk
from forms.errors import Errors
from forms.jobs import Runners
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.guards import SENTINEL


class SilentAsk:
    """Answers every question with yes and gives no files."""

    def confirm(self, question: Question, on_yes: object, on_look: object = None) -> None:
        on_yes()  # type: ignore[operator]

    def folder(self, caption: str, start: object, on_path: object) -> None: ...

    def open_file(self, caption: str, start: object, kinds: str, on_path: object) -> None: ...

    def save_file(self, caption: str, start: object, kinds: str, on_path: object) -> None: ...

    def printer(self, caption: str, pages: int, on_printer: object) -> None: ...


@dataclass
class Bench:
    """One open clinic with its threads, and what the window was told."""

    app: App
    clock: StillClock
    runners: Runners
    errors: Errors
    ask: Ask = field(default_factory=SilentAsk)  # type: ignore[assignment]
    toasts: list[str] = field(default_factory=list)
    saved: list[SaveState] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    lots: list[str] = field(default_factory=list)

    def desk(self, app: App | None = None) -> Desk:
        """Return what a place is given."""
        return Desk(
            app=app or self.app,
            runners=self.runners,
            errors=self.errors,
            ask=self.ask,
            toast=self.toasts.append,
            show_saved=lambda state, detail: self.saved.append(state),
            show_report=self.reports.append,
            show_session=self.sessions.append,
            start_session=self.starts.append,
            open_lot=self.lots.append,
        )

    def settle(self, qtbot: QtBot) -> None:
        """Wait until no thread has work, and what they answered has arrived."""
        qtbot.waitUntil(lambda: not self.runners.busy, timeout=10_000)

    def close(self) -> None:
        """End threads and clinic."""
        self.runners.close()
        self.app.close()


def open_bench(folder: Path, parent: QWidget | None = None, *, role: Role = Role.NURSE) -> Bench:
    """Return a bench over a fresh clinic in ``folder``."""
    clock = StillClock()
    return Bench(practice_app(folder, clock, role), clock, Runners(), Errors(parent))


def a_patient(app: App, code: str = "P-0412", name: str = f"Avery {SENTINEL}") -> Patient:
    """Store a patient and return the record."""
    return app.patients.save(Patient(code=code, name=name))


class Keyboard:
    """Presses keys one by one and counts them; a chord counts each of its keys."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, widget: QWidget, *keys: object) -> None:
        """Press keys or (modifier, key) pairs; a text is typed letter by letter."""
        for key in keys:
            target = widget.window().focusWidget() or widget
            if isinstance(key, str):
                for letter in key:
                    QTest.keyClick(widget.window().focusWidget() or widget, letter)
                self.count += len(key)
            elif isinstance(key, tuple):
                QTest.keyClick(target, key[1], key[0])
                self.count += 2
            else:
                QTest.keyClick(target, key)  # type: ignore[call-overload]
                self.count += 1

"""What could not be stored is neither lost by a look elsewhere nor shown as stored."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import ObservationStatus, SessionRoute
from aeapp.domain.records import Session
from aeapp.kernel.errors import KnownError
from aeapp.services.scales import Filled, Result, ScaleService
from aeapp.services.sessions import SessionService
from forms.application import Program
from forms.chair.scale_parts import ask_scales
from forms.session_room import SessionRoomPlace
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, a_patient, open_bench
from tests.helpers.program import log_in, settle
from tests.helpers.room import open_room


class DiskGoneError(KnownError):
    """The disk does not answer."""

    code = "store.gone"

    def __init__(self) -> None:
        super().__init__("The disk is gone.", remedy="Connect it.")


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the store fail until it is told to answer again."""
    real = SessionService.catch_event

    def fail(*_args: object, **_more: object) -> None:
        raise DiskGoneError

    monkeypatch.setattr(SessionService, "catch_event", fail)
    return lambda: monkeypatch.setattr(SessionService, "catch_event", real)


def a_session(bench: Bench, code: str) -> Session:
    patient = a_patient(bench.app, code)
    return bench.app.sessions.start(patient.id, route=SessionRoute.IV_PUSH, chair=code)


def catch(bench: Bench, qtbot: QtBot, place: SessionRoomPlace) -> None:
    assert place.work is not None
    place.work.catch("Apnoea", None, bench.app.context.minute())
    bench.settle(qtbot)
    close_dialogs()


def close_dialogs() -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.close()


def words(place: SessionRoomPlace) -> str:
    return " ".join(label.text() for label in place.findChildren(QLabel) if label.isVisible())


def test_what_could_not_be_stored_outlives_a_look_at_another_chair(
    qtbot: QtBot, bench: Bench, broken: Any
) -> None:
    first, second = a_session(bench, "P-1"), a_session(bench, "P-2")
    place = open_room(qtbot, bench, first.id)
    catch(bench, qtbot, place)
    place.show_session(second.id)
    bench.settle(qtbot)
    assert place.unsaved

    place.show_session(first.id)
    bench.settle(qtbot)
    assert "Apnoea" in words(place)
    assert "not stored; Ctrl+S tries again" in words(place)

    broken()
    place._on_save_again()  # noqa: SLF001 - Ctrl+S
    bench.settle(qtbot)
    assert not place.unsaved
    assert [e.verbatim for e in bench.app.sessions.room(first.id).events] == ["Apnoea"]


def test_it_is_stored_from_another_chair_too(qtbot: QtBot, bench: Bench, broken: Any) -> None:
    first, second = a_session(bench, "P-1"), a_session(bench, "P-2")
    place = open_room(qtbot, bench, first.id)
    catch(bench, qtbot, place)
    place.show_session(second.id)
    bench.settle(qtbot)

    broken()
    place._on_save_again()  # noqa: SLF001 - Ctrl+S
    bench.settle(qtbot)

    assert len(bench.app.sessions.room(first.id).events) == 1
    assert not place.unsaved


def test_what_fails_after_the_nurse_went_on_is_kept_too(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = a_session(bench, "P-1"), a_session(bench, "P-2")
    place = open_room(qtbot, bench, first.id)
    real, gone_on = SessionService.catch_event, threading.Event()

    def fail(*_args: object, **_more: object) -> None:
        # The store is slow, and fails once another chair is on the screen.
        assert gone_on.wait(20)
        raise DiskGoneError

    monkeypatch.setattr(SessionService, "catch_event", fail)
    assert place.work is not None
    place.work.catch("Apnoea", None, bench.app.context.minute())
    place.show_session(second.id)
    qtbot.waitUntil(lambda: place.work.room.session.id == second.id)
    gone_on.set()
    bench.settle(qtbot)
    close_dialogs()
    assert place.unsaved

    place.show_session(first.id)
    bench.settle(qtbot)
    assert "not stored; Ctrl+S tries again" in words(place)
    monkeypatch.setattr(SessionService, "catch_event", real)
    place._on_save_again()  # noqa: SLF001 - Ctrl+S
    bench.settle(qtbot)
    assert [e.verbatim for e in bench.app.sessions.room(first.id).events] == ["Apnoea"]


def test_a_lock_asks_before_it_loses_what_is_not_stored(
    qtbot: QtBot, program: Program, broken: Any
) -> None:
    log_in(qtbot, program)
    app, ask = program.app, program.ask
    assert app is not None
    assert isinstance(ask, Answers)
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IV_PUSH)
    program.show_session(session.id)
    settle(qtbot, program)
    place: Any = program.shell.place("session")
    place.work.catch("Apnoea", None, app.context.minute())
    settle(qtbot, program)
    close_dialogs()
    ask.yes = False

    program.shell.lock_asked.emit()

    assert program.app is app
    assert ask.asked[-1].keep == "Stay"
    ask.yes = True
    program.shell.lock_asked.emit()
    assert program.app is None


def test_several_readings_are_marked_all_or_none(bench: Bench) -> None:
    from aeapp.domain.codelists.clinic import ObservationKind  # noqa: PLC0415 - one use
    from aeapp.domain.records import Observation  # noqa: PLC0415 - one use
    from aeapp.services.ports import ChangedElsewhereError  # noqa: PLC0415 - one use

    session = a_session(bench, "P-1")
    service = bench.app.sessions
    pair = service.log_readings(
        session,
        [Observation(kind=ObservationKind.PAIN), Observation(kind=ObservationKind.NAUSEA)],
    )
    service.set_statuses((pair[1],), ObservationStatus.ARTEFACT, "moved")

    with pytest.raises(ChangedElsewhereError):
        service.set_statuses(pair, ObservationStatus.STRUCK, "slip")

    found = {o.kind: o.status for o in service.room(session.id).observations}
    assert set(found.values()) == {ObservationStatus.VALID, ObservationStatus.ARTEFACT}


def test_a_scale_stored_after_the_nurse_went_on_stands_in_its_own_session(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = a_session(bench, "P-1"), a_session(bench, "P-2")
    place = open_room(qtbot, bench, first.id)
    card, strip = place.parts["scales"], place.parts["safety"]
    real, gone_on = ScaleService.fill, threading.Event()

    def slow(service: ScaleService, filled: Filled) -> Result:
        assert gone_on.wait(20)
        return real(service, filled)

    monkeypatch.setattr(ScaleService, "fill", slow)
    ask_scales(place, card)
    bench.settle(qtbot)
    QTest.keyClicks(card.line, "211210111")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    place.show_session(second.id)
    qtbot.waitUntil(lambda: place.work.room.session.id == second.id)
    other = place.work
    gone_on.set()
    bench.settle(qtbot)
    assert place.work is other
    assert (other.room.scores, other.room.reviews) == ((), ())
    assert strip.isHidden()

    place.show_session(first.id)
    bench.settle(qtbot)
    assert place.work is not None
    assert [score.total for score in place.work.room.scores] == [10]
    assert len(place.work.room.reviews) == 1
    assert not strip.isHidden()


def test_a_scale_stored_late_stands_in_a_session_that_was_kept(
    qtbot: QtBot, bench: Bench, broken: Any
) -> None:
    first, second = a_session(bench, "P-1"), a_session(bench, "P-2")
    place = open_room(qtbot, bench, first.id)
    catch(bench, qtbot, place)
    card, scale = place.parts["scales"], bench.app.scales.named("phq-9")
    place.show_session(second.id)
    bench.settle(qtbot)
    filled = Filled(scale=scale, patient_id=first.patient_id, session_id=first.id, total=Decimal(9))
    card.filled.emit(bench.app.scales.fill(filled))
    place.show_session(first.id)
    bench.settle(qtbot)
    assert place.unsaved
    assert place.work is not None
    assert [score.total for score in place.work.room.scores] == [9]
    broken()
    place._on_save_again()  # noqa: SLF001 - Ctrl+S
    bench.settle(qtbot)

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from aeapp.kernel.errors import KnownError, RefusedError
from forms.errors import ErrorCard, ErrorDialog, Errors, shown_as
from forms.widgets.buttons import Button
from tests.helpers.accessibility import assert_accessible
from tests.helpers.guards import SENTINEL


class DriveGoneError(KnownError):
    code = "store.unreachable"

    def __init__(self) -> None:
        super().__init__("The drive stopped answering.", remedy="Reconnect it, then press Retry.")


class ClosedError(RefusedError):
    code = "report.closed"

    def __init__(self) -> None:
        super().__init__("The report is signed.", remedy="Make a new version.")


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_error_says_what_happened_what_to_do_and_its_code(qtbot) -> None:
    card = ErrorCard(DriveGoneError(), retry=True)
    qtbot.addWidget(card)
    assert words(card) == (
        "The drive stopped answering. Reconnect it, then press Retry. store.unreachable"
    )
    assert_accessible(card)


def test_a_bug_never_shows_its_own_words(qtbot, window) -> None:
    dialog = Errors(window).show(ValueError(f"cannot read {SENTINEL}"))
    assert dialog is not None
    assert SENTINEL not in words(dialog)
    assert "bug.ValueError" in words(dialog)
    dialog.close()


def test_retry_is_offered_for_the_surroundings_and_not_for_a_refusal(qtbot, window) -> None:
    again: list[str] = []
    errors = Errors(window)
    dialog = errors.show(DriveGoneError(), retry=lambda: again.append("tried"))
    assert dialog is not None
    retry = next(b for b in dialog.findChildren(Button) if b.text() == "Retry")
    retry.click()
    assert again == ["tried"]
    refusal = errors.show(ClosedError(), retry=lambda: again.append("tried"))
    assert refusal is not None
    assert [b.text() for b in refusal.findChildren(Button)] == ["Close"]
    refusal.close()


def test_errors_do_not_pile_up(qtbot, window) -> None:
    errors = Errors(window)
    first = errors.show(DriveGoneError())
    assert first is not None
    assert errors.show(DriveGoneError()) is None
    first.close()
    second = errors.show(DriveGoneError())
    assert second is not None
    second.close()


def test_a_bug_names_the_log_to_send_and_an_expected_error_does_not(
    qtbot, window, tmp_path
) -> None:
    errors = Errors(window, log_file=tmp_path / "log.txt")
    for error, named in ((ZeroDivisionError(), True), (DriveGoneError(), False)):
        dialog = errors.show(error)
        assert isinstance(dialog, ErrorDialog)
        assert ("log.txt" in words(dialog)) is named
        dialog.close()


def test_uncaught_errors_of_all_threads_are_shown(qtbot, window, monkeypatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    errors = Errors(window)
    errors.install()
    qInstallMessageHandler(None)

    def fail() -> None:
        raise LookupError(SENTINEL)

    with qtbot.waitSignal(errors.occurred) as caught:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert isinstance(caught.args[0], LookupError)
    (dialog,) = window.findChildren(ErrorDialog)
    dialog.close()


def test_an_expected_error_keeps_its_words() -> None:
    error = DriveGoneError()
    assert shown_as(error) is error

"""Whatever takes the keys in the session room shows that it has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.records import Administration
from forms.session_room import SessionRoomPlace
from forms.theme import DARK, LIGHT, Mode, Theme, Tokens
from tests.helpers.accessibility import described, widgets_of
from tests.helpers.desk import Bench, a_patient, open_bench
from tests.helpers.room import open_room

MARGIN = 4


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def stops(root: QWidget) -> list[QWidget]:
    """Return what can be reached by Tab."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        w
        for w in widgets_of(root)
        if w.focusPolicy() & tab == tab
        and w.focusProxy() is None
        and w.isVisibleTo(root)
        and w.isEnabled()
    ]


def ring(root: QWidget, widget: QWidget, color: QColor) -> int:
    """Return how many pixels in and around a widget have the colour of the ring."""
    around = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    picture = root.grab(around.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)).toImage()
    if picture.isNull():
        return 0  # scrolled out of sight, until it has the keys
    # Held, for its bytes go with it.
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return bytes(plain.constBits()).count(bytes((color.red(), color.green(), color.blue(), 255)))


def without_ring(root: QWidget, look: Tokens) -> list[str]:
    """Name what shows no more of the ring's colour with the keys than without them."""
    color, found = QColor(look.focus), []
    for widget in stops(root):
        QApplication.focusWidget().clearFocus() if QApplication.focusWidget() else None
        before = ring(root, widget, color)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if ring(root, widget, color) <= before:
            found.append(described(widget))
    return found


def test_every_stop_of_the_room_has_a_ring_in_both_themes(
    qtbot: QtBot, bench: Bench, theme: Theme
) -> None:
    app = bench.app
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IV_PUSH, chair="Chair 2")
    other = a_patient(app, "P-9")
    app.sessions.start(other.id, route=SessionRoute.IV_PUSH, chair="Chair 3")
    app.sessions.give(session, Administration(started=app.context.minute()))
    app.sessions.catch_event(session, "Nausea", Severity.MILD, app.context.minute())
    place: SessionRoomPlace = open_room(qtbot, bench, session.id)

    for mode, look in ((Mode.LIGHT, LIGHT), (Mode.DARK, DARK)):
        theme.set_mode(mode)
        assert without_ring(place, look) == []


def test_a_stop_without_a_ring_is_found(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    plain = QPushButton("", window)
    plain.setStyleSheet("border: none; outline: none")
    window.show()
    qtbot.waitActive(window).__enter__()

    assert len(without_ring(window, LIGHT)) == 1

"""A session room on the screen, for tests of its parts."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from forms.session_room import SessionRoomPlace
from tests.helpers.desk import Bench


def open_room(qtbot: QtBot, bench: Bench, session_id: str) -> SessionRoomPlace:
    """Show a session in a window that is in front, the cursor in the row of readings."""
    place = SessionRoomPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    place.show_session(session_id)
    bench.settle(qtbot)
    place.focus_first()
    return place

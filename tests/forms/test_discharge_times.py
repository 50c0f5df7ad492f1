"""When the patient leaves: told by the card, put right by Alt with an arrow, amended afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import CheckKind, NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.dosing import NewDose
from aeapp.services.endings import Ending
from aeapp.services.planning import Wanted
from forms.chair.moment_typed import moment_typed, moment_words, told_moment, told_words
from tests.helpers.chair import answer_all, past_the_gate
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.room import open_room

VIAL = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
ENTER = Qt.Key.Key_Return
END = (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_D)
EARLIER = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Up)
LATER = (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def ready_to_leave(bench: Bench, minutes: float, over: int) -> Session:
    """Return a session whose drip over so many minutes began some minutes ago."""
    app = bench.app
    session = app.planning.begin(a_patient(app).id, Wanted(route=SessionRoute.IV_INFUSION))
    past_the_gate(app, session)
    drip = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(over),
        started=app.context.minute(),
    )
    app.dosing.give(session, NewDose(product=VIAL, lot=None, giving=drip))
    bench.clock.pass_minutes(minutes)
    answer_all(app, session, CheckKind.DISCHARGE)
    return session


def test_a_running_infusion_is_told_before_the_patient_leaves_and_stopped_then(
    qtbot: QtBot, bench: Bench
) -> None:
    session = ready_to_leave(bench, minutes=100, over=200)
    place = open_room(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END, "22222", "JM", ENTER)
    bench.settle(qtbot)
    assert bench.app.sessions.room(session.id).session.ending is None
    assert card.note.text == "An infusion still runs. Stop it first, or go on: it is stopped then."
    keys.press(place, ENTER)
    bench.settle(qtbot)

    room = bench.app.sessions.room(session.id)
    assert room.session.ending is SessionEnd.DISCHARGED
    assert (room.administrations[0].dose, room.administrations[0].ended) == (
        Decimal(19),
        room.session.ended,
    )
    assert place.work is not None
    assert place.work.room.administrations == room.administrations


def test_alt_and_an_arrow_say_that_the_patient_left_earlier(qtbot: QtBot, bench: Bench) -> None:
    session = ready_to_leave(bench, minutes=130, over=40)
    place = open_room(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END)
    assert card.leaves.text() == "Leaves at 16:50"
    keys.press(place, EARLIER, EARLIER, EARLIER, LATER)
    assert card.leaves.text() == "Leaves at 16:48"
    keys.press(place, LATER, LATER, LATER, LATER)
    assert card.leaves.text() == "Leaves at 16:50"
    keys.press(place, EARLIER, EARLIER, "22222", "JM", ENTER)
    bench.settle(qtbot)

    ended = bench.app.sessions.room(session.id).session
    assert ended.ending is SessionEnd.DISCHARGED
    assert ended.ended is not None
    assert ended.ended.iso().startswith("2026-11-23T16:48")


def test_an_earlier_time_counts_against_the_minimum(qtbot: QtBot, bench: Bench) -> None:
    session = ready_to_leave(bench, minutes=0, over=40)
    minimum = session.minimum_minutes
    assert minimum is not None
    bench.clock.pass_minutes(minimum)
    place = open_room(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END, EARLIER, "22222", "JM", ENTER, ENTER)
    bench.settle(qtbot)

    assert bench.app.sessions.room(session.id).session.ending is None
    assert card.stay.text().startswith(f"{minimum - 1} of {minimum} min")


# --- words that go on behind a field that is full


def test_words_typed_on_behind_the_score_reach_neither_a_reason_nor_an_ending(
    qtbot: QtBot, bench: Bench
) -> None:
    session = ready_to_leave(bench, minutes=0, over=40)
    place = open_room(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END)
    card.escort.setText("JM")
    card.score.setFocus()
    keys.press(place, "22222", "Dana")
    bench.settle(qtbot)

    assert card.reason.isVisible()
    assert card.reason.text() == ""
    assert not card.form.isVisible()
    assert bench.app.sessions.room(session.id).session.ending is None


def test_enter_behind_the_last_fact_says_why_a_reason_is_asked(qtbot: QtBot, bench: Bench) -> None:
    session = ready_to_leave(bench, minutes=50, over=40)
    place = open_room(qtbot, bench, session.id)
    card = place.parts["discharge"]

    Keyboard().press(place, END, "22222", "JM", ENTER)

    assert card.reason.hasFocus()
    assert card.note.text == "The protocol asks for more. Say why the patient leaves now."


def test_the_name_of_a_hospital_may_be_begun_at_once(qtbot: QtBot, bench: Bench) -> None:
    session = ready_to_leave(bench, minutes=0, over=40)
    place = open_room(qtbot, bench, session.id)
    transfer = (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_T)

    Keyboard().press(place, transfer, "c")
    bench.settle(qtbot)
    called = bench.app.sessions.room(session.id).session.ems_called
    bench.clock.pass_minutes(2)
    Keyboard().press(place, "County Hospital")
    bench.settle(qtbot)

    card, stored = place.parts["transfer"], bench.app.sessions.room(session.id).session
    assert (card.to.text(), card.why.text()) == ("County Hospital", "")
    assert (stored.ems_called, stored.ems_arrived, stored.ems_left) == (called, None, None)


# --- after the end


def amend(bench: Bench, qtbot: QtBot, digit: str, value: str) -> Session:
    session = ready_to_leave(bench, minutes=100, over=40)
    ended = bench.app.sessions.end(session, SessionEnd.TRANSFERRED)
    place = open_room(qtbot, bench, session.id)
    keys = Keyboard()
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_U), digit)
    place.closed.value.clear()
    keys.press(place, value, ENTER, "clock of the monitor", ENTER)
    bench.settle(qtbot)
    now = bench.app.sessions.room(session.id).session
    if now == ended:
        assert place.closed.note.text == "Type a time that is past, such as 14:40."
    return now


@pytest.mark.parametrize(
    ("digit", "item"),
    [("6", "ended"), ("7", "ems_called"), ("8", "ems_arrived"), ("9", "ems_left")],
)
def test_times_are_amended_after_the_end(qtbot: QtBot, bench: Bench, digit: str, item: str) -> None:
    session = amend(bench, qtbot, digit, "16:05")
    assert getattr(session, item) == PartialDate(2026, 11, 23, 16, 5, None, -300)
    (note,) = bench.app.sessions.room(session.id).notes
    assert note.kind is NoteKind.AMENDMENT


@pytest.mark.parametrize("typed", ["16:21", "25:00", "soon", "2026-13-01 10:00", ""])
def test_a_time_that_is_not_past_or_none_at_all_amends_nothing(
    qtbot: QtBot, bench: Bench, typed: str
) -> None:
    assert amend(bench, qtbot, "9", typed).ems_left is None


def test_a_time_of_another_day_is_typed_with_its_day() -> None:
    now = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    ended = PartialDate(2026, 11, 23, 23, 50, None, -300)
    assert moment_typed("23:40", ended, now) == replace(ended, minute=40)
    assert moment_typed("2026-11-24 00:10", ended, now) == PartialDate(
        2026, 11, 24, 0, 10, None, -300
    )
    assert moment_typed("08:00", None, now) == PartialDate(2026, 11, 24, 8, 0, None, -300)
    assert moment_words(ended) == "2026-11-23 23:50"
    assert moment_words(None) == ""


STARTED = PartialDate(2026, 11, 23, 23, 0, None, -300)
EARLY = dt.datetime(2026, 11, 24, 0, 40, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-12", (24, 0, 28)),
        ("\N{MINUS SIGN} 45", (23, 23, 55)),
        ("-0", (24, 0, 40)),
        ("23:10", (23, 23, 10)),
        ("2310", (23, 23, 10)),
        ("00:30", (24, 0, 30)),
        ("22:50", (23, 22, 50)),
        ("2026-11-22 14:05", (22, 14, 5)),
    ],
)
def test_a_time_is_told_by_minutes_ago_by_the_clock_or_with_its_day(
    typed: str, told: tuple[int, int, int]
) -> None:
    assert told_moment(typed, STARTED, EARLY) == PartialDate(2026, 11, *told, None, -300)


def test_what_is_no_time_or_still_to_come_is_none_and_nobody_knowing_is_said() -> None:
    to_come = ("00:50", "2026-11-25", "2026-11-24 07:00")
    for typed in ("", "soon", "-", "25:00", "2026-13-01", *to_come):
        assert told_moment(typed, STARTED, EARLY) is None, typed
    assert told_moment("?", STARTED, EARLY) is NullFlavor.UNK
    assert told_moment("2026-11-23", STARTED, EARLY) == PartialDate(2026, 11, 23)
    assert told_moment("00:30", None, EARLY) == PartialDate(2026, 11, 24, 0, 30, None, -300)
    # Told a day later, a time before the begin stays on the day of the session.
    late = EARLY + dt.timedelta(days=1)
    begun = PartialDate(2026, 11, 23, 14, 0, None, -300)
    assert told_moment("13:50", begun, late) == replace(begun, hour=13, minute=50)


def test_a_told_time_is_shown_with_its_day_where_that_is_another_one() -> None:
    shown = [
        told_words(told_moment(typed, STARTED, EARLY), EARLY)
        for typed in ("-12", "23:10", "2026-11-23", "?", "soon")
    ]
    assert shown == ["00:28", "23-Nov-2026 23:10", "23-Nov-2026", "unknown", ""]


def test_nothing_is_undone_in_a_session_that_has_ended(qtbot: QtBot, bench: Bench) -> None:
    session = bench.app.sessions.start(a_patient(bench.app).id, route=SessionRoute.IM)
    place = open_room(qtbot, bench, session.id)
    assert place.work is not None
    place.work.catch("Nausea", None, bench.app.context.minute())
    bench.settle(qtbot)
    place.work.closing.end(Ending(how=SessionEnd.ABORTED, why="panic"))
    bench.settle(qtbot)

    Keyboard().press(place, (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z))
    bench.settle(qtbot)

    room = bench.app.sessions.room(session.id)
    assert [e.stands for e in room.events] == [True]
    assert room.notes == ()
    assert bench.toasts[-1] == "The session has ended: amend it, with a reason."

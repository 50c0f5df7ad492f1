"""Readings due and proposals in the session room: real services, real keys, keys counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.session import DueFrom, NotAnEvent, ProposalState
from aeapp.domain.records import Administration, Observation, Proposal, Protocol, Session
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from forms.chair.proposal_strip import ProposalStrip
from forms.session_room import SessionRoomPlace
from tests.forms.test_session_room import at, close_dialogs, open_place
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench
from tests.helpers.terminologies import ctcae_csv

BP, HR = ObservationKind.BLOOD_PRESSURE, ObservationKind.HEART_RATE
SPO2, RR = ObservationKind.OXYGEN_SATURATION, ObservationKind.RESPIRATORY_RATE
MOAAS, CADSS = ObservationKind.MOAA_S, ObservationKind.CADSS_6
TEMP, PAIN = ObservationKind.TEMPERATURE, ObservationKind.PAIN
TAB, ENTER, ESC, UP = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up
ALT = Qt.KeyboardModifier.AltModifier
ALT_A, ALT_M, ALT_N = (ALT, Qt.Key.Key_A), (ALT, Qt.Key.Key_M), (ALT, Qt.Key.Key_N)
FOUR = frozenset((BP, HR, SPO2, RR))


def row(minute: int, *kinds: ObservationKind) -> DueReading:
    return DueReading(minute=minute, kinds=frozenset(kinds) or FOUR)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def session(bench: Bench) -> Session:
    """Return a session whose drip began at 13:50; the clock stands at 14:40, T+50."""
    leaving = DueReading(counted_from=DueFrom.LEAVING, kinds=FOUR)
    bench.app.sessions.save(
        Protocol(
            name="IV",
            route=SessionRoute.IV_INFUSION,
            setting=Setting.CLINIC,
            due=(row(0), row(15), row(30), row(60), row(90, MOAAS, BP), leaving),
        )
    )
    session = bench.app.sessions.start(
        a_patient(bench.app).id, route=SessionRoute.IV_INFUSION, chair="Chair 2"
    )
    bench.app.sessions.give(session, Administration(started=at(13, 50)))
    log(bench, session, at(13, 45), 128)
    log(bench, session, at(14, 5), 132)
    log(bench, session, at(14, 21), 134)
    return session


def log(bench: Bench, session: Session, when: PartialDate, upper: int) -> None:
    pressure = Observation(kind=BP, systolic=Decimal(upper), diastolic=Decimal(86))
    rest = [Observation(kind=k, value=Decimal(v)) for k, v in ((HR, 80), (SPO2, 97), (RR, 14))]
    bench.app.sessions.log_readings(session, [pressure, *rest], when)


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, session: Session) -> SessionRoomPlace:
    return open_place(qtbot, bench, session.id)


def strip_of(place: SessionRoomPlace) -> ProposalStrip:
    strip: ProposalStrip = place.parts["proposal"]
    return strip


def proposals(bench: Bench, session: Session) -> list[Proposal]:
    return list(bench.app.sessions.room(session.id).proposals)


def pass_minutes(bench: Bench, place: SessionRoomPlace, minutes: int) -> None:
    bench.clock.pass_minutes(minutes)
    place.grid.tick(place.work.watch.due())


# --- rows due


def test_rows_still_due_stand_in_grey_under_the_row_being_typed(place: SessionRoomPlace) -> None:
    assert place.grid.due_list.lines == [
        ("T+60", "14:50", "scheduled"),
        ("T+90", "15:20", "scheduled"),
        ("Leaving", "", "with the discharge list"),
    ]
    assert place.grid.due_list.isVisible()
    assert place.grid.entry.filling is None
    assert place.grid.entry.caption.text() == "next T+60 in 10 min"
    assert "T+60 14:50 scheduled" in place.grid.due_list.accessibleDescription()


def test_a_row_taken_late_says_so_and_a_row_in_time_says_nothing(place: SessionRoomPlace) -> None:
    model = place.grid.model
    notes = [model.note_of(model.row(n)) for n in range(model.rowCount())]
    assert notes == ["", "", "due T+30, 1 min late"]


def test_a_due_row_is_filled_in_sixteen_keys_from_where_the_cursor_waits(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    pass_minutes(bench, place, 11)
    assert place.grid.entry.caption.text() == "due T+60, 1 min late"
    assert place.grid.due_list.lines[0][0] == "T+90"
    keys = Keyboard()
    keys.press(place, "142/88", TAB, "96", TAB, "97", TAB, "16", ENTER)
    bench.settle(qtbot)
    assert keys.count == 16
    taken = next(r for r in place.work.watch.due() if r.minute == 60)
    assert taken.taken is not None
    assert (taken.late, taken.missing) == (1, frozenset())


def test_two_more_keys_for_each_scale_that_is_due(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", TAB, "96", TAB, "97", TAB, "16", TAB, "4", TAB, "5", ENTER)
    bench.settle(qtbot)
    assert keys.count == 20
    stored = {r.kind: r.value for r in bench.app.sessions.room(session.id).observations}
    assert (stored[MOAAS], stored[CADSS]) == (Decimal(4), Decimal(5))


def test_the_cursor_waits_in_the_first_cell_that_is_asked(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    with bench.app.context.new_uow() as uow:
        (protocol,) = uow.records.query("protocol")
    bench.app.sessions.save(replace(protocol, due=(row(50, MOAAS), row(60, PAIN))))
    again = open_place(qtbot, bench, session.id)
    cells = again.grid.entry.cells
    assert cells[MOAAS].hasFocus()
    assert cells[PAIN].isVisible()
    assert not cells[TEMP].isVisible()
    pass_minutes(bench, again, 6)
    assert cells[MOAAS].hasFocus()
    Keyboard().press(again, "5", ENTER)
    bench.settle(qtbot)
    assert cells[PAIN].hasFocus()


def test_the_minute_shifts_to_the_row_that_was_missed(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    pass_minutes(bench, place, 41)
    assert place.grid.due_list.lines[0] == ("T+60", "14:50", "no reading")
    entry = place.grid.entry
    assert entry.caption.text() == "due T+90, 1 min late"
    keys = Keyboard()
    keys.press(place, "142/88", *[(ALT, UP)] * 29)
    assert entry.caption.text() == "due T+60, 2 min late"
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert next(r.late for r in place.work.watch.due() if r.minute == 60) == 2


def test_a_closed_session_asks_for_nothing(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    bench.app.sessions.end(place.work.room.session, SessionEnd.DISCHARGED)
    place.refresh()
    bench.settle(qtbot)
    assert not place.grid.due_list.isVisible()
    assert not place.grid.entry.isVisible()


@pytest.mark.parametrize("text", ["6", "4.5"])
def test_points_that_the_scale_does_not_have_are_doubted(
    text: str, qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    place.grid.entry.cells[MOAAS].setFocus()
    Keyboard().press(place, text, ENTER)
    assert place.grid.entry.note.text.startswith("MOAA/S: Expected")
    assert place.grid.entry.reason.isVisible()


# --- flags and repeats


def test_a_rise_over_the_own_baseline_is_a_flag_in_words(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "168/90", ENTER)
    bench.settle(qtbot)
    model = place.grid.model
    pill = model.pill_of(model.row(3))
    assert pill is not None
    assert pill[1] == "BP 31 % over baseline"


def test_an_abnormal_reading_counts_down_to_its_repeat(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    entry = place.grid.entry
    assert not entry.pill.isVisible()
    Keyboard().press(place, "182/106", ENTER)
    bench.settle(qtbot)
    assert entry.pill.isVisible()
    assert entry.pill.accessibleName() == "Repeat in 5 min"
    pass_minutes(bench, place, 1)
    assert entry.pill.accessibleName() == "Repeat in 4 min"
    pass_minutes(bench, place, 5)
    assert entry.pill.accessibleName() == "Repeat due now"
    Keyboard().press(place, "150/90", ENTER)
    bench.settle(qtbot)
    assert not entry.pill.isVisible()


def test_the_end_of_the_countdown_is_read_out_once(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("forms.entry_row.announce", lambda _widget, words: said.append(words))
    Keyboard().press(place, "182/106", ENTER)
    bench.settle(qtbot)
    for _minute in range(7):
        pass_minutes(bench, place, 1)
    assert said == ["Repeat due now"]


# --- W4


@pytest.fixture
def proposed(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> SessionRoomPlace:
    log(bench, session, at(14, 30), 181)
    place.refresh()
    bench.settle(qtbot)
    Keyboard().press(place, "182/106", ENTER)
    bench.settle(qtbot)
    assert strip_of(place).isVisible()
    return place


def test_in_a_low_window_the_pressures_stay_in_sight_beside_the_row_being_typed(
    qtbot: QtBot, proposed: SessionRoomPlace
) -> None:
    chart, entry = proposed.parts["chart"], proposed.grid.entry
    proposed.resize(1024, 720)
    qtbot.waitUntil(lambda: chart.height() < chart.easy_height)

    def whole(part: QWidget) -> bool:
        return part.visibleRegion().boundingRect().height() == part.height()

    qtbot.waitUntil(lambda: whole(chart) and whole(entry))
    # Where there is room again the lanes stand with ease.
    proposed.resize(1360, 1000)
    qtbot.waitUntil(lambda: chart.height() >= chart.easy_height)


def test_a_flag_becomes_an_event_in_ten_keys_and_only_by_a_person(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    log(bench, session, at(14, 30), 181)
    place.refresh()
    bench.settle(qtbot)
    strip = strip_of(place)
    assert not strip.isVisible()
    keys = Keyboard()
    keys.press(place, "182/106", ENTER)
    bench.settle(qtbot)
    assert strip.isVisible()
    assert place.grid.entry.cells[BP].hasFocus()
    assert bench.app.sessions.room(session.id).events == ()
    keys.press(place, ALT_A)
    assert not strip.isVisible()
    bench.settle(qtbot)
    assert keys.count == 10
    (event,) = bench.app.sessions.room(session.id).events
    assert (event.verbatim, event.onset, event.severity) == (
        "Blood pressure increased",
        at(14, 30),
        None,
    )
    (proposal,) = proposals(bench, session)
    assert (proposal.state, proposal.event_id) == (ProposalState.ACCEPTED, event.id)
    assert place.grid.entry.cells[BP].hasFocus()
    assert place.grid.entry.cells[BP].text() == ""
    assert place.work.room.events == (event,)


def test_undo_after_a_decision_strikes_nothing_older_and_says_so(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    log(bench, session, at(14, 30), 181)
    place.refresh()
    bench.settle(qtbot)
    keys = Keyboard()
    keys.press(place, "182/106", ENTER)
    bench.settle(qtbot)
    keys.press(place, ALT_A)
    bench.settle(qtbot)

    place.work.course.undo()
    place.work.course.undo()
    bench.settle(qtbot)

    assert bench.toasts[-1] == "Not undone: Event recorded. Mend it where it stands."
    room = bench.app.sessions.room(session.id)
    assert len(room.events) == 1
    assert all(o.status is ObservationStatus.VALID for o in room.observations)


def test_a_session_after_a_closed_one_shows_its_due_rows_again(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    grid = place.grid
    shown = len(grid.due_list.lines)
    assert shown
    grid.set_closed(closed=True)
    grid._show_due()  # noqa: SLF001 - as a tick of a closed session does
    assert not grid.due_list.lines

    grid.set_closed(closed=False)

    assert len(grid.due_list.lines) == shown
    assert grid.due_list.isVisible()


def test_the_strip_says_finding_course_and_basis(proposed: SessionRoomPlace) -> None:
    strip = strip_of(proposed)
    assert strip.finding.text() == "Proposed: Blood pressure increased"
    assert strip.course.text() == "from T+40, peak 182/106 at T+50, 2 readings 10 min apart"
    assert "Systolic over 180 mmHg or 30 % over baseline (clinic default" in strip.basis.text()
    assert "The grade is yours" in strip.basis.text()
    assert len({(b.property("kind"), b.isEnabled()) for b in strip.buttons[::2]}) == 1
    assert not strip.merge.isEnabled()
    assert_accessible(strip)


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        ("a", NotAnEvent.ARTEFACT),
        ("c", NotAnEvent.CUFF),
        ("w", NotAnEvent.WRONG_PATIENT),
        ("n", NotAnEvent.NO_CHANGE),
    ],
)
def test_not_an_event_takes_a_letter_and_stays_in_the_record(
    *,
    letter: str,
    reason: NotAnEvent,
    qtbot: QtBot,
    bench: Bench,
    session: Session,
    proposed: SessionRoomPlace,
) -> None:
    Keyboard().press(proposed, ALT_N, letter)
    bench.settle(qtbot)
    (proposal,) = proposals(bench, session)
    assert (proposal.state, proposal.reason) == (ProposalState.DISMISSED, reason)
    assert not strip_of(proposed).isVisible()
    assert proposed.grid.entry.cells[BP].hasFocus()


def test_merging_picks_one_of_the_sessions_events_by_digit(
    qtbot: QtBot, bench: Bench, session: Session, proposed: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(proposed, ALT_M)
    assert strip_of(proposed).course.isVisible()
    keys.press(proposed, Qt.Key.Key_F4, "n", ENTER)
    bench.settle(qtbot)
    keys.press(proposed, ALT_M, "1")
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    (proposal,) = proposals(bench, session)
    assert (proposal.state, proposal.event_id) == (ProposalState.MERGED, event.id)


def test_escape_leaves_a_proposal_open(
    qtbot: QtBot, bench: Bench, session: Session, proposed: SessionRoomPlace
) -> None:
    Keyboard().press(proposed, ALT_N, ESC)
    bench.settle(qtbot)
    strip = strip_of(proposed)
    assert strip.isVisible()
    assert strip.accept.isVisible()
    assert strip.course.isVisible()
    assert proposed.grid.entry.cells[BP].hasFocus()
    assert proposals(bench, session)[0].state is ProposalState.OPEN


def test_f12_goes_to_the_strip_where_single_letters_work(
    qtbot: QtBot, bench: Bench, session: Session, proposed: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(proposed, Qt.Key.Key_F12)
    assert strip_of(proposed).accept.hasFocus()
    keys.press(proposed, "a")
    bench.settle(qtbot)
    assert proposals(bench, session)[0].state is ProposalState.ACCEPTED
    assert proposed.grid.entry.cells[BP].hasFocus()


def test_the_worst_finding_comes_first_and_never_under_a_key_that_meant_another(
    qtbot: QtBot,
    bench: Bench,
    session: Session,
    proposed: SessionRoomPlace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proposed.grid.entry.cells[SPO2].setFocus()
    Keyboard().press(proposed, "88", ENTER)
    bench.settle(qtbot)
    strip = strip_of(proposed)
    assert strip.more.text() == "1 more waits: Blood pressure increased"
    assert strip.finding.text() == "Proposed: Oxygen saturation decreased"
    assert strip.course.text() == "from T+50, peak 88 at T+50, one reading"

    Keyboard().press(proposed, ALT_A)
    bench.settle(qtbot)
    assert strip.more.text() == "A worse finding came first; look again, then press the key."
    assert {p.state for p in proposals(bench, session)} == {ProposalState.OPEN}
    monkeypatch.setattr("forms.chair.proposal_strip.MEANT_ANOTHER_MS", 0)
    Keyboard().press(proposed, ALT_A)
    bench.settle(qtbot)
    assert strip.finding.text() == "Proposed: Blood pressure increased"
    assert not strip.more.isVisible()


def test_the_strip_shows_what_ctcae_says_once_it_is_loaded_and_sets_no_grade(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_bytes(ctcae_csv())
    plan = bench.app.terminologies.plan(TerminologyName.CTCAE, tmp_path / "c.csv")
    bench.app.terminologies.load(plan)
    for minute in (30, 35):
        log(bench, session, at(14, minute), 182)
    place.refresh()
    bench.settle(qtbot)
    strip = strip_of(place)

    told = "CTCAE 7.5, Hypertension: 1 Up a bit; 2 Up; 3 Far up; 4 Top"
    qtbot.waitUntil(lambda: strip.grades.text() == told)
    assert strip.grades.isVisible()
    assert "2 readings 5 min apart" in strip.course.text()
    Keyboard().press(place, ALT_A)
    bench.settle(qtbot)
    (event,) = bench.app.sessions.room(session.id).events
    assert (event.severity, event.codings) == (None, ())


def test_what_is_being_decided_on_stays_while_a_worse_finding_comes(
    qtbot: QtBot, bench: Bench, session: Session, proposed: SessionRoomPlace
) -> None:
    strip = strip_of(proposed)
    Keyboard().press(proposed, (ALT, Qt.Key.Key_N))
    low = Observation(kind=SPO2, value=Decimal(88))
    bench.app.sessions.log_readings(session, [low], at(14, 41))
    proposed.refresh()
    bench.settle(qtbot)
    assert len(proposed.work.watch.open()) == 2

    Keyboard().press(proposed, "c")
    bench.settle(qtbot)

    states = {p.term: p.state for p in proposals(bench, session)}
    assert states["Blood pressure increased"] is ProposalState.DISMISSED
    assert states["Oxygen saturation decreased"] is ProposalState.OPEN
    assert strip.finding.text() == "Proposed: Oxygen saturation decreased"


def test_the_strip_is_read_out_once(
    qtbot: QtBot,
    bench: Bench,
    session: Session,
    place: SessionRoomPlace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "forms.chair.proposal_strip.announce", lambda _widget, words: said.append(words)
    )
    log(bench, session, at(14, 30), 181)
    log(bench, session, at(14, 35), 182)
    place.refresh()
    bench.settle(qtbot)
    Keyboard().press(place, "184/90", ENTER)
    bench.settle(qtbot)
    assert said == [
        "Proposed: Blood pressure increased from T+40, peak 182/86 at T+45, 2 readings 5 min apart"
    ]
    assert "over 10 min" in strip_of(place).course.text()


def test_a_proposal_whose_reading_was_marked_says_so(
    qtbot: QtBot, bench: Bench, session: Session, proposed: SessionRoomPlace
) -> None:
    Keyboard().press(proposed, UP, "a1")
    bench.settle(qtbot)
    assert strip_of(proposed).course.text() == (
        "from T+40, peak 181/86 at T+40, one reading, 1 marked since"
    )


def test_a_decision_that_another_workstation_took_first_is_told(
    qtbot: QtBot, bench: Bench, session: Session, proposed: SessionRoomPlace
) -> None:
    (proposal,) = proposals(bench, session)
    bench.app.watching.dismiss(proposal, NotAnEvent.CUFF)
    Keyboard().press(proposed, ALT_A)
    bench.settle(qtbot)
    close_dialogs(qtbot, proposed)
    assert bench.app.sessions.room(session.id).events == ()
    assert proposals(bench, session)[0].state is ProposalState.DISMISSED


# --- what is typed is kept


def test_a_half_typed_row_is_there_again_in_another_window(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "142/88", TAB, "9", (ALT, UP))
    place.flush()
    bench.settle(qtbot)
    bench.clock.pass_minutes(7)
    again = open_place(qtbot, bench, session.id)
    cells = again.grid.entry.cells
    assert (cells[BP].text(), cells[HR].text()) == ("142/88", "9")
    assert cells[HR].hasFocus()
    assert again.grid.entry.at == at(14, 39)


def test_it_is_kept_half_a_second_after_the_last_key(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, "14")
    assert bench.app.drafts.row(session.id) == {}
    qtbot.waitUntil(lambda: bool(bench.app.drafts.row(session.id)), timeout=5000)
    assert bench.app.drafts.row(session.id)["bp"] == "14"


def test_saving_clears_what_was_kept_and_emptying_the_row_too(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88")
    place.flush()
    keys.press(place, ENTER)
    bench.settle(qtbot)
    assert bench.app.drafts.row(session.id) == {}
    assert not place.journal.waiting
    keys.press(place, "1")
    place.flush()
    bench.settle(qtbot)
    assert bench.app.drafts.row(session.id)["bp"] == "1"
    keys.press(place, Qt.Key.Key_Backspace)
    place.flush()
    bench.settle(qtbot)
    assert bench.app.drafts.row(session.id) == {}


def test_what_is_typed_stays_with_its_own_session(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    other = bench.app.sessions.start(a_patient(bench.app, "P-2").id, chair="Chair 1")
    Keyboard().press(place, "142")
    place.show_session(other.id)
    bench.settle(qtbot)
    assert place.grid.entry.cells[BP].text() == ""
    place.show_session(session.id)
    bench.settle(qtbot)
    assert place.grid.entry.cells[BP].text() == "142"


def test_a_struck_event_is_not_offered_to_merge_with(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    event = bench.app.sessions.catch_event(session, "Headache")
    bench.app.events.strike(event, "another patient's")
    log(bench, session, at(14, 30), 182)
    log(bench, session, at(14, 38), 184)
    place = open_place(qtbot, bench, session.id)
    assert strip_of(place).isVisible()
    assert not strip_of(place).merge.isEnabled()


def test_what_was_left_open_is_decided_on_after_the_session(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    log(bench, session, at(14, 30), 182)
    log(bench, session, at(14, 38), 184)
    bench.app.sessions.end(session, SessionEnd.ABORTED, "left")
    place = open_place(qtbot, bench, session.id)
    assert strip_of(place).isVisible()
    Keyboard().press(place, ALT_N, "c")
    bench.settle(qtbot)
    (proposal,) = proposals(bench, session)
    assert (proposal.state, proposal.reason) == (ProposalState.DISMISSED, NotAnEvent.CUFF)

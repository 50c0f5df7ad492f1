"""Events, notes and undo in the session room, with real services: keys in, records out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.chair.palette import Use
from aeapp.domain.chair.protocols import RIDE
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.safety import DrugRole, Severity
from aeapp.domain.codelists.session import Answer, NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Event, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.dosing import NewDose
from aeapp.services.gate import Answered
from forms.chair.chart_part import data_of
from forms.chair.event_tiles import share_words
from forms.chair.term_finder import choices_for
from forms.session_room import SessionRoomPlace
from forms.shortcuts import ShortcutKeeper
from tests.forms.test_session_room import at, open_place
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench

F4, F7 = Qt.Key.Key_F4, Qt.Key.Key_F7
ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
UNDO, EVENTS = (CTRL, Qt.Key.Key_Z), (ALT, Qt.Key.Key_E)
EARLIER = (ALT, Qt.Key.Key_Up)


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    made, keeper = open_bench(tmp_path), ShortcutKeeper()
    qapp.installEventFilter(keeper)
    yield made
    qapp.removeEventFilter(keeper)
    made.close()


@pytest.fixture
def session(bench: Bench) -> Session:
    patient = a_patient(bench.app)
    return bench.app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION, chair="Chair 2")


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, session: Session) -> SessionRoomPlace:
    return open_place(qtbot, bench, session.id)


def events(bench: Bench, session: Session) -> tuple[Event, ...]:
    return bench.app.sessions.room(session.id).events


def texts(place: SessionRoomPlace, part: str) -> list[str]:
    QApplication.processEvents()
    return [found.text() for found in place.parts[part].findChildren(QLabel) if found.isVisible()]


def caught(qtbot: QtBot, bench: Bench, place: SessionRoomPlace, letter: str = "n") -> None:
    Keyboard().press(place, F4, letter, "1", ENTER)
    bench.settle(qtbot)


# --- search


@pytest.mark.parametrize(
    ("typed", "keys", "words"),
    [
        ("vert", (ENTER,), "Vertigo"),
        ("threw up", (ENTER,), "threw up"),
        ("threw up", (DOWN, ENTER), "Vomiting"),
        ("hypretension", (ENTER,), "hypretension"),
        ("hypretension", (DOWN, ENTER), "Blood pressure increased"),
        ("vert", (Qt.Key.Key_Up, ENTER), "vert"),
        ("itchy nose of a kind", (ENTER,), "itchy nose of a kind"),
    ],
)
def test_enter_gives_what_was_typed_unless_it_completes_a_term(
    qtbot: QtBot,
    bench: Bench,
    session: Session,
    place: SessionRoomPlace,
    *,
    typed: str,
    keys: tuple[object, ...],
    words: str,
) -> None:
    Keyboard().press(place, F4, "/", typed, *keys, "2", ENTER)
    bench.settle(qtbot)
    assert [e.verbatim for e in events(bench, session)] == [words]


def test_a_term_typed_whole_is_offered_once() -> None:
    assert [c.words for c in choices_for("Vertigo", Use())] == ["Vertigo"]
    assert [c.words for c in choices_for("vertigo", Use())] == ["Vertigo", "vertigo"]
    assert choices_for("   ", Use()) == []


def test_escape_leaves_the_search_and_the_letters_work_again(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, F4, "/", "vom", ESC, "d", "1", ENTER)
    bench.settle(qtbot)
    assert [e.verbatim for e in events(bench, session)] == ["Dissociation"]


# --- shares


def past(bench: Bench, count: int) -> None:
    patient = a_patient(bench.app, "P-1")
    for n in range(count):
        begun = PartialDate(2026, 5, 1 + n, 9, 0, None, -300)
        session = bench.app.sessions.start(patient.id, started=begun)
        if n % 4 == 0:
            bench.app.sessions.catch_event(session, "Vomiting", onset=begun)
        bench.app.sessions.end(session, SessionEnd.DISCHARGED, at=begun)


def test_tiles_say_this_clinics_share_and_how_it_was_counted(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    past(bench, 20)
    panel = open_place(qtbot, bench, session.id).parts["palette"]
    vomiting = panel.tiles["V"]
    assert vomiting.share == "25\u00a0%"
    assert "5 of 20 sessions" in vomiting.toolTip()
    assert "9 % in the SPRAVATO label" in vomiting.toolTip()
    # Before the dose the palette is asked for; its tiles have no place until it is shown.
    panel.show()
    qtbot.waitUntil(
        lambda: vomiting.pos().y() == min(tile.pos().y() for tile in panel.tiles.values())
    )


def test_a_clinic_with_few_sessions_sees_no_share(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    past(bench, 19)
    panel = open_place(qtbot, bench, session.id).parts["palette"]
    assert {tile.share for tile in panel.tiles.values()} == {""}
    assert "sessions" not in panel.tiles["V"].toolTip()


def test_a_share_below_one_per_cent_is_not_nothing() -> None:
    use = Use(1000, {"nausea": 4, "vomiting": 15})
    assert share_words(use.share("nausea")) == "<1\u00a0%"
    assert share_words(use.share("vomiting")) == "2\u00a0%"
    assert share_words(use.share("panic")) == "0\u00a0%"


# --- undo


def test_undo_strikes_the_last_event_through_and_says_so(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place, "v")
    assert bench.toasts[-1] == "Vomiting recorded at 14:40. Undo Ctrl+Z"
    Keyboard().press(place, UNDO)
    bench.settle(qtbot)
    (event,) = events(bench, session)
    assert (event.verbatim, event.struck_reason) == ("Vomiting", "undone")
    assert bench.toasts[-1].startswith("Undone: Vomiting recorded at 14:40.")
    assert "struck through: undone" in texts(place, "events")


def test_undo_takes_back_a_row_a_note_and_an_event_one_after_the_other(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, "142/88", Qt.Key.Key_Tab, "96", ENTER)
    bench.settle(qtbot)
    caught(qtbot, bench, place)
    keys.press(place, F7, "5", ESC)
    bench.settle(qtbot)
    for _n in range(4):
        keys.press(place, UNDO)
        bench.settle(qtbot)
    room = bench.app.sessions.room(session.id)
    assert {r.status for r in room.observations} == {ObservationStatus.STRUCK}
    assert {r.status_reason for r in room.observations} == {"undone"}
    assert [n.struck_reason for n in room.notes] == ["undone"]
    assert [e.struck_reason for e in room.events] == ["undone"]
    assert bench.toasts[-1] == "Nothing to undo here."


def test_undo_before_the_store_has_answered_undoes_that_and_nothing_before_it(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place, "n")
    Keyboard().press(place, F4, "v", "1", ENTER, UNDO)
    bench.settle(qtbot)
    qtbot.waitUntil(lambda: not all(e.stands for e in events(bench, session)))
    bench.settle(qtbot)
    found = {e.verbatim: e.struck_reason for e in events(bench, session)}
    assert found == {"Nausea": None, "Vomiting": "undone"}


def test_undo_outlives_a_look_at_another_chair(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    other = bench.app.sessions.start(a_patient(bench.app, "P-9").id, chair="Chair 3")
    caught(qtbot, bench, place, "v")
    for shown in (other, session):
        place.show_session(shown.id)
        bench.settle(qtbot)
    Keyboard().press(place, UNDO)
    bench.settle(qtbot)
    assert [e.struck_reason for e in events(bench, session)] == ["undone"]


def test_undo_takes_nothing_back_in_another_chair(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    other = bench.app.sessions.start(a_patient(bench.app, "P-9").id, chair="Chair 3")
    caught(qtbot, bench, place, "v")
    place.show_session(other.id)
    bench.settle(qtbot)
    Keyboard().press(place, UNDO)
    bench.settle(qtbot)
    assert [e.stands for e in events(bench, session)] == [True]


def test_undo_in_a_cell_with_something_typed_is_the_cells_own(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, "142", UNDO)
    bench.settle(qtbot)
    assert [e.stands for e in events(bench, session)] == [True]
    assert place.grid.entry.cells[ObservationKind.BLOOD_PRESSURE].text() != "142"


def test_what_was_struck_by_hand_meanwhile_is_passed_over(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place, "n")
    caught(qtbot, bench, place, "v")
    Keyboard().press(place, EVENTS, "x", "1")
    bench.settle(qtbot)
    Keyboard().press(place, UNDO)
    bench.settle(qtbot)
    found = {e.verbatim: e.struck_reason for e in events(bench, session)}
    assert found == {"Nausea": "undone", "Vomiting": "Entered twice"}


# --- changing an event


def test_an_event_is_over_now_by_one_key(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    bench.clock.pass_minutes(6)
    Keyboard().press(place, EVENTS, "r")
    bench.settle(qtbot)
    assert events(bench, session)[0].ended == at(14, 46)
    assert "14:40 to 14:46" in texts(place, "events")


def test_another_severity_asks_why_and_keeps_the_reason(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, EVENTS, "3", ENTER)
    assert events(bench, session)[0].severity is Severity.MILD
    Keyboard().press(place, "2")
    bench.settle(qtbot)
    (event,) = events(bench, session)
    assert event.severity is Severity.SEVERE
    with bench.app.context.new_uow() as uow:
        assert uow.trail.of("event", event.id)[-1].content["reason"] == "Asked again"


def test_a_first_severity_is_stored_at_once(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, F4, "n", ENTER)
    bench.settle(qtbot)
    Keyboard().press(place, EVENTS, "2")
    bench.settle(qtbot)
    assert events(bench, session)[0].severity is Severity.MODERATE


def test_onset_and_end_are_moved_by_minutes(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, EVENTS, "r")
    bench.settle(qtbot)
    Keyboard().press(place, EARLIER, EARLIER, "e", (ALT, DOWN), ENTER, "3")
    bench.settle(qtbot)
    (event,) = events(bench, session)
    assert (event.onset, event.ended) == (at(14, 38), at(14, 41))


def test_an_end_that_is_not_known_is_not_moved(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, EVENTS, "e", EARLIER, ENTER)
    bench.settle(qtbot)
    assert events(bench, session)[0].ended is None


def test_escape_forgets_what_was_shifted_then_leaves(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, EVENTS, EARLIER, ESC, ENTER)
    bench.settle(qtbot)
    assert events(bench, session)[0].onset == at(14, 40)
    Keyboard().press(place, ESC)
    assert not place.parts["events"].editor.isVisible()
    assert place.parts["events"].hasFocus()


def test_escape_from_the_reason_leaves_the_event_as_it_is(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, EVENTS, "3", ENTER, ESC)
    bench.settle(qtbot)
    assert events(bench, session)[0].severity is Severity.MILD


def test_the_treatment_is_written_in_place(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, EVENTS, "t", "ondansetron 4 mg", ENTER)
    bench.settle(qtbot)
    assert events(bench, session)[0].treatment == "ondansetron 4 mg"
    assert "from 14:40, going on, ondansetron 4 mg" in texts(place, "events")


def test_arrows_walk_from_event_to_event(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place, "n")
    bench.clock.pass_minutes(1)
    caught(qtbot, bench, place, "v")
    Keyboard().press(place, EVENTS, Qt.Key.Key_Up, "r")
    bench.settle(qtbot)
    assert {e.verbatim for e in events(bench, session) if e.ended} == {"Nausea"}


def test_an_event_of_an_ended_session_is_not_changed_without_a_reason(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    bench.app.sessions.catch_event(session, "Nausea")
    bench.app.sessions.end(session, SessionEnd.DISCHARGED)
    place = open_place(qtbot, bench, session.id)
    Keyboard().press(place, EVENTS, "r")
    bench.settle(qtbot)
    assert events(bench, session)[0].ended is None
    assert place.parts["events"].editor.isVisible()


# --- notes


def test_a_note_has_its_time_and_the_newest_stands_first(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, F7, "Dr Okafor told", ENTER)
    bench.settle(qtbot)
    bench.clock.pass_minutes(2)
    keys.press(place, EARLIER, "stays", ENTER)
    bench.settle(qtbot)
    notes = bench.app.sessions.room(session.id).notes
    assert [(n.words, n.at, n.kind) for n in notes] == [
        ("Dr Okafor told", at(14, 40), NoteKind.NOTE),
        ("stays", at(14, 41), NoteKind.NOTE),
    ]
    shown = texts(place, "notes")
    assert shown.index("stays") < shown.index("Dr Okafor told")


def test_a_digit_writes_a_quick_line(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys = Keyboard()
    keys.press(place, F7, "4")
    assert keys.count == 2
    bench.settle(qtbot)
    (note,) = bench.app.sessions.room(session.id).notes
    assert (note.words, note.kind) == ("Physician at chair", NoteKind.INTERVENTION)


def test_a_quick_line_that_wants_more_waits_for_it(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    Keyboard().press(place, F7, "1", "2 L/min", ENTER, "plain", ENTER)
    bench.settle(qtbot)
    notes = bench.app.sessions.room(session.id).notes
    assert [(n.words, n.kind) for n in notes] == [
        ("Oxygen given 2 L/min", NoteKind.INTERVENTION),
        ("plain", NoteKind.NOTE),
    ]


def test_rescue_medicine_and_the_free_remark_stand_among_the_notes(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    app = bench.app
    product = app.sessions.save(Product(name="Ondansetron"))
    app.sessions.give(
        session,
        Administration(
            product_id=product.id,
            dose=Decimal(4),
            dose_unit=DoseUnit.MG,
            started=at(14, 33),
            role=DrugRole.TREATMENT,
        ),
    )
    app.sessions.save(replace(session, note="as the monitor told"))
    place.show_session(session.id)
    bench.settle(qtbot)
    shown = texts(place, "notes")
    assert "Ondansetron 4 mg" in shown
    assert "Remark: as the monitor told" in shown


def test_a_closed_session_shows_its_lines_and_amendments_and_takes_none(
    qtbot: QtBot, bench: Bench, session: Session
) -> None:
    app = bench.app
    app.notes.add(session, "Suction", NoteKind.INTERVENTION)
    closed = app.sessions.end(session, SessionEnd.DISCHARGED)
    app.endings.amend(closed, "typed by mistake")
    place = open_place(qtbot, bench, session.id)
    assert "Suction" in texts(place, "notes")
    assert any("typed by mistake" in text for text in texts(place, "notes"))
    assert not place.parts["notes"].line.isVisible()


# --- all of it


def test_all_parts_have_names_also_while_they_are_open(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    caught(qtbot, bench, place)
    Keyboard().press(place, F4, "/", "hyp")
    Keyboard().press(place, EVENTS)
    assert_accessible(place)
    Keyboard().press(place, (CTRL, Qt.Key.Key_P))
    bench.settle(qtbot)
    assert_accessible(place)


def test_undo_strikes_a_dose_through_and_takes_an_answer_back(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace, session: Session
) -> None:
    work = place.work
    assert work is not None
    keys = Keyboard()
    work.lists.answer(RIDE, Answered(answer=Answer.NO, reason="slip"))
    bench.settle(qtbot)
    dose = Administration(
        dose=Decimal(4), dose_unit=DoseUnit.MG, role=DrugRole.TREATMENT, started=at(14, 40)
    )
    work.lists.give(NewDose(product=Product(name="Ondansetron"), lot=None, giving=dose))
    bench.settle(qtbot)
    assert bench.toasts[-1] == "Dose recorded. Undo Ctrl+Z"

    keys.press(place, UNDO)
    bench.settle(qtbot)
    assert bench.toasts[-1] == "Undone: Dose recorded. It stays on record, struck through."
    assert any(text.endswith("struck through: undone") for text in texts(place, "dose"))
    keys.press(place, UNDO)
    bench.settle(qtbot)
    keys.press(place, UNDO)
    bench.settle(qtbot)

    room = bench.app.sessions.room(session.id)
    assert [g.struck_reason for g in room.administrations] == ["undone"]
    assert [c.answer for c in room.checks] == [None]
    assert bench.toasts[-1] == "Nothing to undo here."


def test_a_dose_that_waits_is_there_again_when_the_room_is_made_anew(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace, session: Session
) -> None:
    assert place.work is not None
    dose = Administration(dose=Decimal(38), dose_unit=DoseUnit.MG)
    waiting = NewDose(product=Product(name="Ketamine"), lot=None, giving=dose)
    place.work.lists.give(waiting)
    bench.settle(qtbot)

    again = open_place(qtbot, bench, session.id)
    assert again.work is not None
    assert again.work.lists.prepared == waiting
    assert "planned: Ketamine 38 mg" in [d.words for d in data_of(again.work, at(14, 40)).doses]

    again.work.lists.take_back()
    bench.settle(qtbot)
    assert bench.app.dose_drafts.prepared(session.id) is None


# --- filled scales


def test_a_score_stands_among_the_notes_and_is_struck_through_but_never_erased(
    qtbot: QtBot, bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    keys, app = Keyboard(), bench.app
    keys.press(place, Qt.Key.Key_F8)
    bench.settle(qtbot)
    keys.press(place, "222222221", ENTER)
    bench.settle(qtbot)
    assert "PHQ-9 17 of 27, moderately severe" in texts(place, "notes")
    assert place.parts["safety"].isVisible()

    # Nothing older is taken back in its place.
    keys.press(place, ESC, UNDO)
    assert bench.toasts[-1] == "Not undone: Scale stored. Mend it where it stands."

    lines = place.parts["notes"].lines
    lines.focus_first()
    assert lines.strike.isVisible()
    assert not lines.correct.isVisible()
    keys.press(place, "c", "x")
    assert lines.line.isHidden()
    keys.press(place, "2")
    bench.settle(qtbot)
    (score,) = app.sessions.room(session.id).scores
    assert (score.struck_reason, score.total) == ("another patient's paper", 17)
    assert any("struck through: another patient's paper" in text for text in texts(place, "notes"))
    assert not place.parts["safety"].isVisible()
    assert app.safety.open() == ()

    # It cannot be struck twice.
    lines.focus_first()
    assert not lines.acts.isVisible()

"""A session from the door to the door, by keys alone: each walk ends in records read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from aeapp.domain.chair.protocols import NASAL
from aeapp.domain.codelists.clinic import (
    ConsentKind,
    ObservationKind,
    ReadingUnit,
    Role,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.codelists.session import Answer, AnswerSource, CheckKind, NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import (
    Administration,
    Check,
    Consent,
    Lot,
    Observation,
    Patient,
    Product,
    Session,
    Staff,
)
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.planning import Wanted
from forms.chair.phase_steps import StepRow
from forms.session_room import SessionRoomPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.chair import answer_all, past_the_gate
from tests.helpers.desk import Bench, Keyboard, open_bench
from tests.helpers.guards import SENTINEL

TAB, ENTER, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
BASELINE = ("128/78", TAB, "72", TAB, "98", TAB, "14", ENTER)
END = (CTRL, Qt.Key.Key_D)
TRANSFER = (CTRL, Qt.Key.Key_T)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def stored(app: App, record: Record) -> Record:
    with app.context.new_uow() as uow:
        saved = uow.save(record, who=app.who)
        uow.commit()
    return saved


def a_patient(app: App, sex: Sex | None = Sex.FEMALE) -> Patient:
    return app.patients.save(Patient(code="P-0412", name=f"Avery {SENTINEL}", sex=sex))


def consents(app: App, patient: Patient, *kinds: ConsentKind) -> None:
    for kind in kinds:
        consent = Consent(
            patient_id=patient.id,
            kind=kind,
            given=True,
            on=PartialDate(2026, 10, 12),
            document="4",
        )
        stored(app, consent)


def a_last_time(app: App, patient: Patient, route: SessionRoute) -> None:
    """Let the patient have had a session by that route, with a product, a lot and a dose."""
    product = app.sessions.save(Product(name="Ketamine HCl"))
    lot = app.sessions.save(Lot(product_id=product.id, number="KT6B0417"))
    session = app.sessions.start(patient.id, route=route, chair="Chair 2")
    giving = Administration(
        product_id=product.id, lot_id=lot.id, dose=Decimal(38), dose_unit=DoseUnit.MG
    )
    if route is SessionRoute.IV_INFUSION:
        drip = FormRoute.INTRAVENOUS_DRIP
        giving = replace(giving, route=drip, over_minutes=Decimal(40))
    app.sessions.give(session, giving)
    app.sessions.end(session, SessionEnd.DISCHARGED)


def nasal_session(bench: Bench) -> Session:
    """Return a session whose two devices were given; it is minute 118 and all was read."""
    app, clock = bench.app, bench.clock
    patient = app.patients.save(
        Patient(
            code="P-0412",
            name=f"Avery {SENTINEL}",
            birth_date=PartialDate(1980, 4, 12),
            sex=Sex.FEMALE,
        )
    )
    session = app.planning.begin(patient.id, Wanted(route=SessionRoute.NASAL))
    past_the_gate(app, session)
    product = app.sessions.save(Product(name="Esketamine"))
    lot = app.sessions.save(Lot(product_id=product.id, number="ESK1"))
    for number in (1, 2):
        clock.pass_minutes(5 if number > 1 else 1)
        app.sessions.give(
            session,
            Administration(
                product_id=product.id,
                lot_id=lot.id,
                dose=Decimal(28),
                dose_unit=DoseUnit.MG,
                route=FormRoute.NASAL,
                device_number=number,
                started=app.context.minute(),
            ),
        )
    for minutes, upper in ((37, 146), (78, 131)):
        clock.pass_minutes(minutes)
        reading = Observation(
            kind=ObservationKind.BLOOD_PRESSURE,
            systolic=Decimal(upper),
            diastolic=Decimal(80),
            unit=ReadingUnit.MMHG,
        )
        app.sessions.log_readings(session, [reading])
    return session


def running(bench: Bench, route: SessionRoute = SessionRoute.IM, minutes: float = 90) -> Session:
    """Return a session whose dose was given so many minutes ago."""
    app = bench.app
    session = app.planning.begin(a_patient(app).id, Wanted(route=route))
    past_the_gate(app, session)
    app.sessions.give(session, Administration(started=app.context.minute()))
    bench.clock.pass_minutes(minutes)
    return session


def open_place(qtbot: QtBot, bench: Bench, session_id: str = "") -> SessionRoomPlace:
    place = SessionRoomPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    qtbot.waitActive(place).__enter__()
    if session_id:
        place.show_session(session_id)
        qtbot.waitUntil(lambda: place.work is not None)
    bench.settle(qtbot)
    return place


def session_of(bench: Bench, session: Session) -> Session:
    return bench.app.sessions.room(session.id).session


def checks(bench: Bench, session: Session, kind: CheckKind = CheckKind.GATE) -> dict[str, Check]:
    found = bench.app.sessions.room(session.id).checks
    return {c.code or "": c for c in found if c.list is kind}


# --- W1: start


def walk_to_the_clock(qtbot: QtBot, bench: Bench, gate: str) -> tuple[Keyboard, SessionRoomPlace]:
    """Press the keys of W1 up to the lot, from the empty place, as a nurse would."""
    place = open_place(qtbot, bench)
    keys = Keyboard()
    keys.count += 1  # F2 belongs to the window, which opens this page
    place.start()
    bench.settle(qtbot)
    keys.press(place, "ave", ENTER)
    qtbot.waitUntil(lambda: place.work is not None)
    bench.settle(qtbot)
    keys.press(place, *gate)
    return keys, place


def enter_dose_and_lot(place: SessionRoomPlace, keys: Keyboard) -> None:
    """Press Enter for the dose and for the lot, as both are filled in."""
    for _field in ("dose", "lot"):
        inside = QApplication.focusWidget()
        if place.work is not None and place.work.lists.prepared is None:
            assert inside is not None
            assert place.parts["dose"].isAncestorOf(inside)
            keys.press(place, ENTER)
    assert place.work is not None
    assert place.work.lists.prepared is not None


def test_w1_an_infusion_starts_within_thirty_two_keys_and_no_click(
    qtbot: QtBot, bench: Bench
) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.IV_INFUSION)
    consents(bench.app, patient, ConsentKind.TREATMENT)

    keys, place = walk_to_the_clock(qtbot, bench, "yyyy")
    enter_dose_and_lot(place, keys)
    keys.press(place, *BASELINE)
    assert place.parts["start"].go.hasFocus()
    keys.press(place, ENTER)
    bench.settle(qtbot)

    (session,) = bench.app.sessions.running()
    room = bench.app.sessions.room(session.id)
    (giving,) = room.administrations
    assert keys.count <= 32
    assert (giving.dose, giving.started) == (Decimal(38), bench.app.context.minute())
    assert (session.route, session.chair) == (SessionRoute.IV_INFUSION, "Chair 2")
    assert (session.protocol, session.minimum_minutes) == ("IV infusion", 90)
    answered = checks(bench, session)
    assert {code: c.source for code, c in answered.items()} == {
        "fasting": AnswerSource.ASKED,
        "ride": AnswerSource.ASKED,
        "consent": AnswerSource.CHART,
        "pregnancy": AnswerSource.ASKED,
        "sedatives": AnswerSource.ASKED,
        "pressure": AnswerSource.READING,
    }
    assert {c.answer for c in answered.values()} == {Answer.YES}
    assert answered["consent"].told == "12 Oct 2026, version 4"
    assert len(room.observations) == 4


def test_w1_nasal_esketamine_is_within_the_budget_too(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.NASAL)
    consents(bench.app, patient, ConsentKind.TREATMENT, ConsentKind.REMS)

    keys, place = walk_to_the_clock(qtbot, bench, "yyyyyyy")
    enter_dose_and_lot(place, keys)
    keys.press(place, *BASELINE, ENTER)
    bench.settle(qtbot)

    (session,) = bench.app.sessions.running()
    assert keys.count <= 32
    assert len(bench.app.sessions.room(session.id).administrations) == 1
    assert len(checks(bench, session)) == 10


def test_the_baseline_may_come_first_and_the_dose_last(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.IM)
    session = bench.app.planning.begin(patient.id, Wanted(route=SessionRoute.IM))
    past_the_gate(bench.app, session)
    place = open_place(qtbot, bench, session.id)

    Keyboard().press(place, (ALT, Qt.Key.Key_D), ENTER, ENTER)
    bench.settle(qtbot)

    (giving,) = bench.app.sessions.room(session.id).administrations
    assert giving.started == bench.app.context.minute()


def test_a_time_that_was_typed_for_the_dose_is_kept(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.IM)
    session = bench.app.planning.begin(patient.id, Wanted(route=SessionRoute.IM))
    past_the_gate(bench.app, session)
    bench.clock.pass_minutes(10)
    place = open_place(qtbot, bench, session.id)
    earlier = (ALT, Qt.Key.Key_Up)

    Keyboard().press(place, (ALT, Qt.Key.Key_D), earlier, earlier, earlier, ENTER, ENTER)
    bench.settle(qtbot)

    (giving,) = bench.app.sessions.room(session.id).administrations
    assert giving.started == PartialDate(2026, 11, 23, 14, 47, None, -300)


def test_a_dose_is_not_given_before_the_gate_is_open(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.IM)
    session = bench.app.planning.begin(patient.id, Wanted(route=SessionRoute.IM))
    place = open_place(qtbot, bench, session.id)
    start = place.parts["start"]

    Keyboard().press(place, (ALT, Qt.Key.Key_D), ENTER, ENTER)
    bench.settle(qtbot)

    assert bench.app.sessions.room(session.id).administrations == ()
    assert start.needs.text() == "Needs 5 answers, a pressure before the dose"
    start.go.click()
    assert place.parts["gate"].list.findChild(object, "question.fasting").yes.hasFocus()


def test_a_prepared_dose_is_taken_back_and_filled_in_anew(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.IM)
    session = bench.app.planning.begin(patient.id, Wanted(route=SessionRoute.IM))
    place = open_place(qtbot, bench, session.id)
    Keyboard().press(place, (ALT, Qt.Key.Key_D), ENTER, ENTER)
    assert place.work is not None
    assert place.work.lists.prepared is not None

    place.parts["start"].change.click()

    assert place.work.lists.prepared is None
    inside = QApplication.focusWidget()
    assert inside is not None
    assert place.parts["dose"].isAncestorOf(inside)


def test_several_patients_with_these_letters_are_shown_before_one_is_taken(
    qtbot: QtBot, bench: Bench
) -> None:
    first = a_patient(bench.app)
    a_last_time(bench.app, first, SessionRoute.IM)
    bench.app.patients.save(Patient(code="P-0500", name="Avery Other"))
    place = open_place(qtbot, bench)
    place.start()
    bench.settle(qtbot)

    Keyboard().press(place, "ave", ENTER)
    bench.settle(qtbot)

    assert bench.app.sessions.running() == ()
    assert place.start_card.list.isVisible()


def test_alt_enter_changes_something_before_it_begins(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    a_last_time(bench.app, patient, SessionRoute.IM)
    place = open_place(qtbot, bench)
    place.start()
    bench.settle(qtbot)

    Keyboard().press(place, "ave", (ALT, ENTER))
    qtbot.waitUntil(place.start_card.begin.hasFocus)
    assert bench.app.sessions.running() == ()
    place.start_card.chair.setText("Chair 5")
    Keyboard().press(place, ENTER)
    qtbot.waitUntil(lambda: place.work is not None)

    (session,) = bench.app.sessions.running()
    assert session.chair == "Chair 5"


def test_a_patient_whose_session_runs_is_not_started_twice(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=5)
    place = open_place(qtbot, bench)
    place.start()
    bench.settle(qtbot)

    Keyboard().press(place, "ave", ENTER)
    bench.settle(qtbot)

    assert bench.app.sessions.running() == (session_of(bench, session),)
    assert bench.toasts[-1] == f"Session {session.number} runs already."


def test_what_is_planned_for_today_starts(qtbot: QtBot, bench: Bench) -> None:
    patient = a_patient(bench.app)
    today = PartialDate.of(bench.app.context.today())
    planned = bench.app.planning.plan(
        patient.id, today, Wanted(route=SessionRoute.NASAL, chair="Chair 7")
    )
    place = open_place(qtbot, bench)
    place.start()
    bench.settle(qtbot)

    Keyboard().press(place, "ave", ENTER)
    qtbot.waitUntil(lambda: place.work is not None)

    (session,) = bench.app.sessions.running()
    assert (session.id, session.chair, session.minimum_minutes) == (planned.id, "Chair 7", 120)


# --- the gate


@pytest.fixture
def gate(qtbot: QtBot, bench: Bench) -> tuple[Session, SessionRoomPlace]:
    session = bench.app.planning.begin(a_patient(bench.app).id, Wanted(route=SessionRoute.NASAL))
    return session, open_place(qtbot, bench, session.id)


def test_a_no_asks_why_in_place_and_the_session_goes_on(
    qtbot: QtBot, bench: Bench, gate: tuple[Session, SessionRoomPlace]
) -> None:
    session, place = gate
    place.parts["gate"].list.go_to("ride")
    keys = Keyboard()
    keys.press(place, "n")
    assert place.parts["gate"].list.findChild(object, "question.ride").reason.hasFocus()
    bench.settle(qtbot)
    assert (checks(bench, session)["ride"].answer, checks(bench, session)["ride"].reason) == (
        Answer.NO,
        None,
    )
    keys.press(place, "no yellow cab, nurse drives", ENTER)
    bench.settle(qtbot)

    check = checks(bench, session)["ride"]
    assert (check.answer, check.reason) == (Answer.NO, "no yellow cab, nurse drives")
    assert place.parts["gate"].list.findChild(object, "question.pregnancy") is not None


def test_what_was_told_stands_beside_the_answer(
    qtbot: QtBot, bench: Bench, gate: tuple[Session, SessionRoomPlace]
) -> None:
    session, place = gate
    place.parts["gate"].list.go_to("fasting")

    Keyboard().press(place, "w", "last meal 06:30", ENTER)
    bench.settle(qtbot)

    check = checks(bench, session)["fasting"]
    assert (check.answer, check.told, check.reason) == (None, "last meal 06:30", None)
    row = place.parts["gate"].list.findChild(object, "question.fasting")
    shown = [part.text() for part in row.findChildren(QLabel) if part.isVisible()]
    assert "last meal 06:30" in shown
    assert row.yes.isVisible()
    Keyboard().press(place, "n", "two hours are enough", ENTER)
    bench.settle(qtbot)
    check = checks(bench, session)["fasting"]
    assert (check.answer, check.told) == (Answer.NO, "last meal 06:30")
    assert check.reason == "two hours are enough"


def test_unknown_is_an_answer_of_its_own(
    qtbot: QtBot, bench: Bench, gate: tuple[Session, SessionRoomPlace]
) -> None:
    session, place = gate
    place.parts["gate"].list.go_to("sedatives")

    Keyboard().press(place, "u", "asleep", ENTER)
    bench.settle(qtbot)

    check = checks(bench, session)["sedatives"]
    assert (check.answer, check.reason) == (NullFlavor.UNK, "asleep")


def test_a_stop_is_let_through_by_the_name_of_who_may(qtbot: QtBot, bench: Bench) -> None:
    stored(bench.app, Staff(user_name="i.okafor", name="I. Okafor, MD", role=Role.PRESCRIBER))
    session = bench.app.planning.begin(a_patient(bench.app).id, Wanted(route=SessionRoute.IM))
    place = open_place(qtbot, bench, session.id)
    place.parts["gate"].list.go_to("consent")

    Keyboard().press(place, "n", "signs today", ENTER)
    bench.settle(qtbot)
    assert not place.parts["gate"].list.sheet.complete
    Keyboard().press(place, "1")
    bench.settle(qtbot)

    check = checks(bench, session)["consent"]
    assert (check.reason, check.overridden_by) == ("signs today", "I. Okafor, MD")


def test_a_stop_that_nobody_may_override_says_so(
    qtbot: QtBot, bench: Bench, gate: tuple[Session, SessionRoomPlace]
) -> None:
    session, place = gate
    place.parts["gate"].list.go_to("rems")
    Keyboard().press(place, "n", "form is on its way", ENTER)
    bench.settle(qtbot)

    row = place.parts["gate"].list.findChild(object, "question.rems")
    assert row.stop.isVisible()
    assert "Nobody here may let it go on" in row.stop.text()
    # The keys are still heard here: the slip is put right by one.
    Keyboard().press(place, "y")
    bench.settle(qtbot)
    assert checks(bench, session)["rems"].answer is Answer.YES


def test_a_pressure_over_the_ceiling_asks_why_with_its_figures(
    qtbot: QtBot, bench: Bench, gate: tuple[Session, SessionRoomPlace]
) -> None:
    session, place = gate
    place.to_grid()
    Keyboard().press(place, "152/96", ENTER)
    bench.settle(qtbot)
    place.parts["gate"].list.go_to("pressure")
    row = place.parts["gate"].list.findChild(object, "question.pressure")
    assert row.reason.isVisible()
    Keyboard().press(place, "usual, Dr Okafor agrees", ENTER)
    bench.settle(qtbot)

    check = checks(bench, session)["pressure"]
    assert (check.answer, check.source) == (Answer.NO, AnswerSource.READING)
    assert check.told == "152/96 at 14:40"


def test_a_reason_for_one_pressure_is_asked_again_for_a_higher_one_and_for_a_yes(
    qtbot: QtBot, bench: Bench, gate: tuple[Session, SessionRoomPlace]
) -> None:
    session, place = gate
    place.to_grid()
    Keyboard().press(place, "152/96", ENTER)
    bench.settle(qtbot)
    place.parts["gate"].list.go_to("pressure")
    Keyboard().press(place, "usual, Dr Okafor agrees", ENTER)
    bench.settle(qtbot)
    place.to_grid()
    Keyboard().press(place, "214/128", ENTER)
    bench.settle(qtbot)
    questions = place.parts["gate"].list
    questions.go_to("pressure")
    row = questions.findChild(object, "question.pressure")
    shown = [part.text() for part in row.findChildren(QLabel) if part.isVisible()]
    assert row.reason.isVisible()
    newer = "No was answered to 152/96 at 14:40, before the newer reading 214/128 at 14:40"
    assert f"214/128 at 14:40, {newer}" in shown

    questions.setFocus()
    row.yes.click()
    bench.settle(qtbot)
    assert row.reason.isVisible()
    Keyboard().press(place, "cuff was loose", ENTER)
    bench.settle(qtbot)

    check = checks(bench, session)["pressure"]
    assert (check.answer, check.source) == (Answer.YES, AnswerSource.ASKED)
    assert (check.told, check.reason) == ("214/128 at 14:40", "cuff was loose")
    newest = max(bench.app.sessions.room(session.id).observations, key=lambda o: o.id)
    assert check.observation_id == newest.id


def test_a_session_without_a_route_asks_for_it_first(qtbot: QtBot, bench: Bench) -> None:
    session = bench.app.planning.begin(a_patient(bench.app).id, Wanted())
    place = open_place(qtbot, bench, session.id)
    place.go_to("gate")

    Keyboard().press(place, "4")
    bench.settle(qtbot)

    stored_now = session_of(bench, session)
    assert (stored_now.route, stored_now.minimum_minutes) == (SessionRoute.NASAL, 120)
    assert place.parts["gate"].list.findChild(object, "question.rems") is not None
    assert place.parts["gate"].list.isAncestorOf(place.focusWidget())


def test_a_key_leads_back_to_the_questions(qtbot: QtBot, bench: Bench) -> None:
    wanted = Wanted(route=SessionRoute.NASAL)
    session = bench.app.planning.begin(a_patient(bench.app).id, wanted)
    place = open_place(qtbot, bench, session.id)
    place.to_grid()

    Keyboard().press(place, (ALT, Qt.Key.Key_G))

    assert place.parts["gate"].list.isAncestorOf(place.focusWidget())


# --- W6: close


def test_w6_a_nasal_session_closes_within_eighteen_keys(qtbot: QtBot, bench: Bench) -> None:
    session = nasal_session(bench)
    bench.clock.pass_minutes(4)
    place = open_place(qtbot, bench, session.id)
    keys = Keyboard()

    keys.press(place, END, "yyyyyy", "JM", TAB, "110", TAB, ENTER)
    bench.settle(qtbot)
    ended = session_of(bench, session)
    rems = place.parts["rems"]
    assert rems.isVisible()
    assert rems.empty == ()
    words = {item.label: item.value for item in rems.items}
    assert words["From the first device to the end of monitoring"] == "124 minutes"
    assert words["Without the rule of two hours, ready to leave after"] == "110 minutes"
    assert words["Before the dose"] == "128/78 mmHg at minute −1"
    slot = "40 minutes after the first device; the nearest reading"
    assert words[slot] == "146/80 mmHg at minute 42"
    assert words["Before leaving; the last reading"] == "131/80 mmHg at minute 120"
    assert "Not asked: Benzodiazepines" in rems.note.text
    assert "acceptable before leaving" not in rems.note.text
    keys.press(place, "c")
    bench.settle(qtbot)
    keys.press(place, ENTER)
    bench.settle(qtbot)

    assert keys.count <= 18
    assert (ended.ending, ended.escort, ended.ready_minute) == (SessionEnd.DISCHARGED, "JM", 110)
    final = session_of(bench, session)
    assert final.medicine_classes is NullFlavor.NASK
    assert (final.rems_completed, final.rems_completed_by) == (ended.ended, "Dana Reyes")
    assert {c.answer for c in checks(bench, session, CheckKind.DISCHARGE).values()} == {Answer.YES}
    assert not rems.isVisible()
    assert place.closed.isVisible()


def test_w6_with_a_score_closes_within_eighteen_keys(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench)
    place = open_place(qtbot, bench, session.id)
    keys = Keyboard()

    keys.press(place, END, "yyyyyy", "22122", "JM", ENTER)
    bench.settle(qtbot)

    room = bench.app.sessions.room(session.id)
    (score,) = room.scores
    assert keys.count <= 18
    assert [item.points for item in score.items] == [2, 2, 1, 2, 2]
    assert (room.session.ending, room.session.escort) == (SessionEnd.DISCHARGED, "JM")
    assert not place.parts["rems"].isVisible()


def test_the_arithmetic_of_the_score_is_shown_and_a_low_one_asks_why(
    qtbot: QtBot, bench: Bench
) -> None:
    session = running(bench)
    place = open_place(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END, "yyyyyy", "2200")
    assert card.sum.text().startswith("Oxygen saturation: 0 under 90")
    keys.press(place, "2")
    bench.settle(qtbot)
    assert card.sum.text() == "2 + 2 + 0 + 0 + 2 = 6, least 9"
    keys.press(place, "JM", ENTER, ENTER)
    bench.settle(qtbot)
    assert session_of(bench, session).ending is None
    assert card.reason.hasFocus()
    # What was wrong is judged anew when the card is asked for again.
    place.ask("discharge")
    assert card.note.text == ""
    card.reason.setFocus()
    keys.press(place, "prescriber saw her", ENTER)
    bench.settle(qtbot)
    assert session_of(bench, session).override_reason == "prescriber saw her"


def test_leaving_before_the_minimum_says_when_and_takes_a_reason(
    qtbot: QtBot, bench: Bench
) -> None:
    session = running(bench, minutes=60)
    answer_all(bench.app, session, CheckKind.DISCHARGE)
    place = open_place(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END, "22222", "JM", ENTER, ENTER)
    bench.settle(qtbot)
    assert card.stay.text() == "60 of 90 min, may leave 16:10"
    assert session_of(bench, session).ending is None
    keys.press(place, "bus goes at four", ENTER)
    bench.settle(qtbot)

    ended = session_of(bench, session)
    assert (ended.ending, ended.override_reason) == (SessionEnd.DISCHARGED, "bus goes at four")


def test_an_open_question_keeps_the_door_shut(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench)
    place = open_place(qtbot, bench, session.id)
    card = place.parts["discharge"]

    Keyboard().press(place, END, "yy")
    card.go.click()
    bench.settle(qtbot)

    assert session_of(bench, session).ending is None
    assert card.note.text == "Answer what is open first."
    assert card.list.findChild(object, "question.gait").yes.hasFocus()


def test_nobody_needed_as_escort_is_not_nobody_asked(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench)
    answer_all(bench.app, session, CheckKind.DISCHARGE)
    place = open_place(qtbot, bench, session.id)
    card, keys = place.parts["discharge"], Keyboard()

    keys.press(place, END, "22222", ENTER)
    bench.settle(qtbot)
    assert session_of(bench, session).ending is None
    assert card.escort.hasFocus()
    keys.press(place, "-", ENTER, ENTER)
    bench.settle(qtbot)

    assert session_of(bench, session).escort is NullFlavor.NA


def test_could_have_left_is_never_after_leaving(qtbot: QtBot, bench: Bench) -> None:
    session = nasal_session(bench)
    bench.clock.pass_minutes(4)
    place = open_place(qtbot, bench, session.id)
    card = place.parts["discharge"]
    keys = Keyboard()

    keys.press(place, END, "yyyyyy", "JM", TAB, "200", TAB, ENTER)
    bench.settle(qtbot)

    assert card.note.text.startswith("Could have left is before leaving: at most minute 1")
    assert card.ready.hasFocus()
    assert session_of(bench, session).ending is None


def test_a_rems_page_with_gaps_is_not_completed(qtbot: QtBot, bench: Bench) -> None:
    session = nasal_session(bench)
    nameless = replace(bench.app.patients.get(session.patient_id), name=None)
    bench.app.patients.save(nameless)
    answer_all(bench.app, session, CheckKind.DISCHARGE)
    place = open_place(qtbot, bench, session.id)
    keys = Keyboard()

    keys.press(place, END, "JM", TAB, "110", TAB, ENTER)
    bench.settle(qtbot)
    keys.press(place, "c")
    bench.settle(qtbot)

    rems = place.parts["rems"]
    gaps = "Still empty: patient: name, as on record"
    assert rems.note.text == f"It is not complete. {gaps}. Enter closes the page."
    assert session_of(bench, session).rems_completed is None
    keys.press(place, ENTER)
    assert not rems.isVisible()
    place.closed.rems.click()
    assert rems.isVisible()


# --- other endings


def test_leaving_against_advice_is_a_letter_and_two_facts(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=20)
    place = open_place(qtbot, bench, session.id)

    Keyboard().press(place, END, "a", "has a flight", ENTER, "brother", ENTER)
    bench.settle(qtbot)

    ended = session_of(bench, session)
    assert (ended.ending, ended.ending_reason) == (SessionEnd.AGAINST_ADVICE, "has a flight")
    assert ended.escort == "brother"
    assert ended.ended == bench.app.context.minute()


def test_a_session_that_is_stopped_keeps_its_time_and_reason(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=20)
    place = open_place(qtbot, bench, session.id)
    keys, form = Keyboard(), place.parts["discharge"].form

    keys.press(place, END, "x", ENTER)
    assert form.note.text == "Say why in a few words."
    keys.press(place, "panic")
    form.second.setText("99:10")
    keys.press(place, ENTER)
    assert form.note.text == "Type a time of today that is past, such as 14:40."
    form.second.setText("14:55")
    keys.press(place, ENTER)
    bench.settle(qtbot)

    ended = session_of(bench, session)
    assert (ended.ending, ended.ending_reason) == (SessionEnd.ABORTED, "panic")
    assert ended.ended == PartialDate(2026, 11, 23, 14, 55, None, -300)
    assert _header(place)[-1] == "Aborted"


def test_a_death_is_a_letter_and_two_facts(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=20)
    place = open_place(qtbot, bench, session.id)

    Keyboard().press(place, END, "d", "arrest", ENTER)
    bench.settle(qtbot)

    assert session_of(bench, session).ending is SessionEnd.DIED
    patient = bench.app.patients.get(session.patient_id)
    assert patient.deceased_on == PartialDate(2026, 11, 23)


def test_escape_lets_the_session_go_on(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=20)
    place = open_place(qtbot, bench, session.id)
    keys, card = Keyboard(), place.parts["discharge"]

    keys.press(place, END, "a", ESC)
    assert not card.form.isVisible()
    keys.press(place, ESC)

    assert not card.isVisible()
    assert session_of(bench, session).ending is None


def test_a_session_at_home_asks_its_own_list_and_for_no_escort(qtbot: QtBot, bench: Bench) -> None:
    wanted = Wanted(route=SessionRoute.SUBLINGUAL, setting=Setting.HOME)
    session = bench.app.planning.begin(a_patient(bench.app).id, wanted)
    place = open_place(qtbot, bench, session.id)
    assert place.parts["gate"].list.findChild(object, "question.peer-monitor") is not None
    past_the_gate(bench.app, session)
    bench.app.sessions.give(session, Administration(started=bench.app.context.minute()))
    place.refresh()
    bench.settle(qtbot)

    Keyboard().press(place, END, ENTER)
    bench.settle(qtbot)

    assert session_of(bench, session).ending is SessionEnd.DISCHARGED


@pytest.mark.parametrize(
    ("typed", "ended"), [("13:10", None), ("16:05", (23, 16, 5)), ("2026-11-24 01:10", (24, 1, 10))]
)
def test_a_session_at_home_that_is_told_later_ended_when_it_did(
    qtbot: QtBot, bench: Bench, typed: str, ended: tuple[int, int, int] | None
) -> None:
    wanted = Wanted(route=SessionRoute.SUBLINGUAL, setting=Setting.HOME)
    session = bench.app.planning.begin(a_patient(bench.app).id, wanted)
    past_the_gate(bench.app, session)
    bench.app.sessions.give(session, Administration(started=bench.app.context.minute()))
    bench.clock.pass_minutes(60 * 24)
    place = open_place(qtbot, bench, session.id)
    card = place.parts["discharge"]

    Keyboard().press(place, END)
    card.end_time.setFocus()
    Keyboard().press(place, typed, ENTER)
    bench.settle(qtbot)

    stored = session_of(bench, session)
    if ended is None:
        assert stored.ending is None
        assert card.note.text == "Type a time that is past, after the session began."
    else:
        assert stored.ended == PartialDate(2026, 11, *ended, None, -300)


# --- W11: transfer


def test_w11_the_ambulance_is_called_in_three_keys_with_no_gate(qtbot: QtBot, bench: Bench) -> None:
    session = bench.app.planning.begin(a_patient(bench.app).id, Wanted(route=SessionRoute.IM))
    place = open_place(qtbot, bench, session.id)
    keys = Keyboard()

    keys.press(place, TRANSFER, "c")
    assert keys.count == 3
    bench.settle(qtbot)
    called = session_of(bench, session).ems_called
    bench.clock.pass_minutes(8)
    keys.press(place, "a")
    bench.clock.pass_minutes(6)
    keys.press(place, "l")
    bench.settle(qtbot)
    assert session_of(bench, session).ending is None
    bench.clock.pass_minutes(2)
    card = place.parts["transfer"]
    keys.press(place, "County ED", ENTER)
    assert card.note.text == "Taken by: say it, or type ? where nobody knows."
    keys.press(place, "?", ENTER, "chest pain", ENTER)
    bench.settle(qtbot)
    assert session_of(bench, session).ending is None
    assert card.note.text == "Say in a few words why it is not known."
    keys.press(place, "crew left at once", ENTER)
    bench.settle(qtbot)

    ended = session_of(bench, session)
    assert called == PartialDate(2026, 11, 23, 14, 40, None, -300)
    assert ended.ems_arrived == PartialDate(2026, 11, 23, 14, 48, None, -300)
    assert ended.ended == ended.ems_left == PartialDate(2026, 11, 23, 14, 54, None, -300)
    assert (ended.transferred_to, ended.ending_reason) == ("County ED", "chest pain")
    assert (ended.transferred_by, ended.transfer_unknown) == (
        NullFlavor.UNK,
        "crew left at once",
    )


def test_enter_on_a_time_of_the_ambulance_never_ends_the_session(
    qtbot: QtBot, bench: Bench
) -> None:
    session = running(bench, minutes=20)
    place = open_place(qtbot, bench, session.id)

    Keyboard().press(place, TRANSFER, ENTER)
    bench.settle(qtbot)

    stored_now = session_of(bench, session)
    assert stored_now.ems_called == bench.app.context.minute()
    assert stored_now.ending is None


def test_the_letter_t_of_the_endings_opens_the_transfer(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=20)
    place = open_place(qtbot, bench, session.id)

    Keyboard().press(place, END, "t")

    assert place.parts["transfer"].isVisible()
    assert not place.parts["discharge"].isVisible()


# --- closed


def test_a_closed_session_is_amended_with_a_reason(qtbot: QtBot, bench: Bench) -> None:
    session = running(bench, minutes=20)
    bench.app.sessions.end(session_of(bench, session), SessionEnd.ABORTED, "panic")
    place = open_place(qtbot, bench, session.id)
    keys, banner = Keyboard(), place.closed
    assert banner.words.text() == (
        "Aborted 15:00. The session is read-only; a later change is an amendment."
    )

    keys.press(place, (ALT, Qt.Key.Key_U), "1", "sister", ENTER, ENTER)
    assert banner.note.text == "Say in a few words why it is changed now."
    keys.press(place, "told by phone", ENTER)
    bench.settle(qtbot)

    room = bench.app.sessions.room(session.id)
    assert room.session.escort == "sister"
    assert [(n.kind, n.words) for n in room.notes] == [
        (NoteKind.AMENDMENT, "Escort (not told before): told by phone")
    ]


# --- the head


def _header(place: SessionRoomPlace) -> tuple[str, ...]:
    steps = place.header.phase.findChild(StepRow)
    assert steps is not None
    return steps.words


def test_the_head_shows_the_steps_and_from_when_the_patient_may_leave(
    qtbot: QtBot, bench: Bench
) -> None:
    session = bench.app.planning.begin(a_patient(bench.app).id, Wanted(route=SessionRoute.NASAL))
    place = open_place(qtbot, bench, session.id)
    assert _header(place) == ("Gate", "Dose", "Monitoring", "Recovery", "Discharge")
    assert not place.header.phase.leave.isVisible()

    past_the_gate(bench.app, session)
    for _device in (1, 2):
        bench.app.sessions.give(
            session, Administration(route=FormRoute.NASAL, started=bench.app.context.minute())
        )
    place.refresh()
    bench.settle(qtbot)

    assert _header(place) == ("✓ Gate", "✓ Dose", "Monitoring", "Recovery", "Discharge")
    assert place.header.phase.time.text() == "16:40"
    bench.clock.pass_minutes(120)
    place.header.tick()
    assert _header(place) == ("✓ Gate", "✓ Dose", "✓ Monitoring", "Recovery", "Discharge")


def test_every_card_of_the_lists_is_accessible(qtbot: QtBot, bench: Bench) -> None:
    bench.app.protocols.save(replace(NASAL, aldrete_least=9))
    session = nasal_session(bench)
    place = open_place(qtbot, bench, session.id)
    Keyboard().press(place, END)
    assert_accessible(place)
    Keyboard().press(place, ESC, TRANSFER)
    assert_accessible(place)

"""Doses in a real clinic: given, changed by two people, stopped, drawn and wasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.exposure import exposure_words
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    RateUnit,
    ReadingUnit,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import (
    AfterHold,
    Amount,
    InfusionChange,
    MovementKind,
    NoteKind,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Lot, Observation, Patient, Product, Session
from aeapp.domain.records.administration import Snapshot
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.closing import UNDONE
from aeapp.services.dose_errors import (
    DeviceGivenError,
    DeviceRuleError,
    ExpiredLotError,
    HoldOverError,
    InfusionOverError,
    InfusionRunsError,
    PauseError,
    RateUnitError,
)
from aeapp.services.dosing import Drawn, NewDose
from aeapp.services.drafts import dose_scope
from aeapp.services.planning import Wanted
from aeapp.services.sessions import HomeFacts, ReasonMissingError, SessionOverError
from aeapp.services.stock import WitnessMissingError
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics, practice_app

VIAL = Product(
    name="Ketamine HCl",
    strength="50",
    strength_unit=DoseUnit.MG_ML,
    maker="Maker",
    controlled=True,
)
LOT = Lot(number="KT6B0417", expires=PartialDate(2028, 3))
SPRAY = Product(name="Spravato", strength="28", strength_unit=DoseUnit.MG)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


@pytest.fixture
def session(app: App) -> Session:
    patient = app.patients.save(Patient(code="P-1"))
    return app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION)


def minute(app: App) -> PartialDate:
    return app.context.minute()


def drip(app: App, **changes: object) -> Administration:
    base = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=minute(app),
    )
    return replace(base, **changes)


def give(app: App, session: Session, giving: Administration, **more: object) -> Administration:
    facts: dict[str, object] = {"product": VIAL, "lot": LOT} | more
    return app.dosing.give(session, NewDose(giving=giving, **facts)).giving


def test_a_dose_keeps_the_package_as_it_was_that_day(app: App, session: Session) -> None:
    given = app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=drip(app)))
    assert given.giving.package == Snapshot(
        name="Ketamine HCl 50 mg/mL", maker="Maker", lot="KT6B0417", expires=PartialDate(2028, 3)
    )
    assert given.giving.given_by == "Dana Reyes"
    assert given.lot is not None
    app.stock.save(replace(given.lot, number="KT6B0418"), reason="misread")
    (stored,) = app.sessions.room(session.id).administrations
    assert stored.package.lot == "KT6B0417"
    assert app.sessions.room(session.id).lots[0].number == "KT6B0418"


def test_what_was_drawn_and_wasted_is_stored_with_the_dose(app: App, session: Session) -> None:
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG, wasted=Decimal(12), witness=" JK ")
    given = app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=drip(app), drawn=drawn))
    assert [(m.kind, m.amount, m.witness) for m in given.movements] == [
        (MovementKind.DRAWN, Decimal(50), None),
        (MovementKind.WASTED, Decimal(12), "JK"),
    ]
    assert {m.administration_id for m in given.movements} == {given.giving.id}
    assert {m.lot_id for m in given.movements} == {given.giving.lot_id}
    assert app.sessions.room(session.id).movements == given.movements


def test_waste_of_a_controlled_product_needs_a_witness_or_nothing_is_stored(
    app: App, session: Session
) -> None:
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG, wasted=Decimal(12), witness=" ")
    dose = NewDose(product=VIAL, lot=LOT, giving=drip(app), drawn=drawn)
    with pytest.raises(WitnessMissingError):
        app.dosing.give(session, dose)
    assert app.sessions.room(session.id).administrations == ()
    assert app.sessions.products() == ()
    plain = replace(VIAL, controlled=None)
    stored = app.dosing.give(session, replace(dose, product=plain))
    assert [m.witness for m in stored.movements] == [None, None]


def test_nothing_wasted_is_no_movement(app: App, session: Session) -> None:
    drawn = Drawn(amount=Decimal(38), unit=Amount.MG, wasted=Decimal(0))
    given = app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=drip(app), drawn=drawn))
    assert [m.kind for m in given.movements] == [MovementKind.DRAWN]


def test_a_lot_past_its_date_is_given_only_with_a_reason(app: App, session: Session) -> None:
    old = Lot(number="OLD", expires=PartialDate(2026, 10))
    with pytest.raises(ExpiredLotError):
        give(app, session, drip(app), lot=old)
    giving = give(app, session, drip(app, exception="no other in the house"), lot=old)
    assert giving.exception == "no other in the house"
    assert give(app, session, drip(app, started=None), lot=None).lot_id == ""
    with pytest.raises(ExpiredLotError):
        give(app, session, drip(app, started=None), lot=old)


def test_an_ended_session_takes_no_dose(app: App, session: Session) -> None:
    app.sessions.end(session, SessionEnd.DISCHARGED)
    with pytest.raises(SessionOverError):
        give(app, session, drip(app))


# --- an infusion


def test_rate_pause_resume_and_stop_are_kept_with_their_minutes(
    app: App, session: Session, clock: StillClock
) -> None:
    giving = give(app, session, drip(app))
    clock.pass_minutes(10)
    app.dosing.pause(giving.id, reason="nausea")
    clock.pass_minutes(5)
    app.dosing.resume(giving.id)
    app.dosing.change_rate(giving.id, Decimal("0.5"), RateUnit.MG_PER_MIN)
    clock.pass_minutes(10)
    stopped = app.dosing.stop(giving.id)
    assert [(c.change, c.rate, c.reason) for c in stopped.changes] == [
        (InfusionChange.PAUSE, None, "nausea"),
        (InfusionChange.RESUME, None, None),
        (InfusionChange.RATE, Decimal("0.5"), None),
    ]
    assert (stopped.dose, stopped.planned) == (Decimal("14.50"), Decimal(38))
    assert stopped.ended == minute(app)


def test_two_people_changing_one_infusion_never_undo_each_other(
    app: App, session: Session, tmp_path: Path, clock: StillClock
) -> None:
    giving = give(app, session, drip(app))
    # The second person's program, with the infusion on its screen as it was at the begin.
    other = cheap_clinics(clock).open(str(app.folder), USER, PASSWORD)
    try:
        clock.pass_minutes(10)
        app.dosing.change_rate(giving.id, Decimal("0.5"), RateUnit.MG_PER_MIN)
        other.dosing.pause(giving.id)
        with pytest.raises(PauseError):
            app.dosing.pause(giving.id)
        clock.pass_minutes(5)
        app.dosing.stop(giving.id)
        with pytest.raises(InfusionOverError):
            other.dosing.resume(giving.id)
    finally:
        other.close()
    (stored,) = app.sessions.room(session.id).administrations
    assert [c.change for c in stored.changes] == [InfusionChange.RATE, InfusionChange.PAUSE]
    assert stored.dose == Decimal("9.50")


def test_what_is_no_infusion_or_not_paused_is_not_changed(app: App, session: Session) -> None:
    shot = give(app, session, drip(app, route=FormRoute.INTRAMUSCULAR, over_minutes=None))
    with pytest.raises(InfusionOverError):
        app.dosing.stop(shot.id)
    running = give(app, session, drip(app))
    with pytest.raises(PauseError):
        app.dosing.resume(running.id)


def test_a_rate_in_another_unit_is_refused(app: App, session: Session) -> None:
    giving = give(app, session, drip(app, rate=Decimal(57), rate_unit=RateUnit.MG_PER_H))
    with pytest.raises(RateUnitError):
        app.dosing.change_rate(giving.id, Decimal(1), RateUnit.MG_PER_MIN)
    changed = app.dosing.change_rate(
        giving.id, Decimal(45), RateUnit.MG_PER_H, at=minute(app), reason="sleepy"
    )
    assert changed.changes[0].reason == "sleepy"


def test_a_person_corrects_the_amount_with_a_reason(
    app: App, session: Session, clock: StillClock
) -> None:
    giving = give(app, session, drip(app))
    clock.pass_minutes(10)
    app.dosing.stop(giving.id)
    read = app.dosing.correct(giving.id, Decimal("9.8"), "pump says")
    assert (read.dose, read.planned) == (Decimal("9.8"), Decimal(38))


def test_after_the_end_nothing_runs_on_and_a_correction_is_an_amendment(
    app: App, session: Session, clock: StillClock
) -> None:
    giving = give(app, session, drip(app))
    clock.pass_minutes(10)
    app.dosing.stop(giving.id)
    running = give(app, session, drip(app))
    app.sessions.end(session, SessionEnd.ABORTED, "line lost")
    with pytest.raises(SessionOverError):
        app.dosing.pause(running.id)
    read = app.dosing.correct(giving.id, Decimal("9.8"), "pump says")
    assert read.dose == Decimal("9.8")
    (note,) = app.sessions.room(session.id).notes
    words = "Ketamine HCl 50 mg/mL 9.50 mg, over 40 min, 23-Nov-2026 14:40: Dose 9.50 → 9.8"
    assert (note.kind, note.words) == (NoteKind.AMENDMENT, f"{words}: pump says")


def test_an_infusion_is_corrected_when_it_was_stopped_and_not_while_it_runs(
    app: App, session: Session, clock: StillClock
) -> None:
    giving = give(app, session, drip(app))
    clock.pass_minutes(10)
    with pytest.raises(InfusionRunsError):
        app.dosing.correct(giving.id, Decimal(12), "pump says")
    clock.pass_minutes(10)
    assert app.dosing.stop(giving.id).dose == Decimal(19)
    read = app.dosing.correct(giving.id, Decimal(21), "pump says")
    assert (read.dose, read.planned) == (Decimal(21), Decimal(38))


def test_what_nobody_stopped_ends_with_its_session_when_it_is_corrected(
    app: App, session: Session, clock: StillClock
) -> None:
    giving = give(app, session, drip(app))
    clock.pass_minutes(60)
    ended = app.sessions.end(session, SessionEnd.DISCHARGED)
    read = app.dosing.correct(giving.id, Decimal(36), "2 mg left in the line")
    assert (read.dose, read.planned, read.ended) == (Decimal(36), Decimal(38), ended.ended)


# --- devices and holds


def test_the_next_device_is_not_taken_from_a_lot_past_its_date_without_a_reason(
    app: App, session: Session, clock: StillClock
) -> None:
    first = Administration(
        dose=Decimal(28),
        dose_unit=DoseUnit.MG,
        planned=Decimal(56),
        route=FormRoute.NASAL,
        device_number=1,
        started=minute(app),
        exception="only lot left",
    )
    old = Lot(number="OLD", expires=PartialDate(2025, 1))
    give(app, session, first, product=SPRAY, lot=old)
    clock.pass_minutes(6)
    with pytest.raises(ExpiredLotError):
        app.dosing.next_device(session, 2)
    second = app.dosing.next_device(session, 2, exception="only lot left")
    assert second.exception == "only lot left"


def test_devices_follow_one_another_after_their_rest(
    app: App, session: Session, clock: StillClock
) -> None:
    first = Administration(
        dose=Decimal(28),
        dose_unit=DoseUnit.MG,
        planned=Decimal(56),
        route=FormRoute.NASAL,
        device_number=1,
        started=minute(app),
    )
    one = give(app, session, first, product=SPRAY, lot=Lot(number="SP1"))
    clock.pass_minutes(4)
    with pytest.raises(DeviceRuleError):
        app.dosing.next_device(session, 2)
    # A start is stored to the minute; the rest counts from the end of that minute.
    clock.pass_minutes(2)
    two = app.dosing.next_device(session, 2)
    assert (two.device_number, two.dose, two.lot_id) == (2, Decimal(28), one.lot_id)
    assert (two.package, two.started) == (one.package, minute(app))
    with pytest.raises(DeviceGivenError):
        app.dosing.next_device(session, 2)
    early = app.dosing.next_device(session, 3, exception="asked for by the prescriber")
    assert early.exception == "asked for by the prescriber"
    clock.pass_minutes(10)
    with pytest.raises(DeviceRuleError):
        app.dosing.next_device(session, 4)


def test_a_device_needs_one_before_it(app: App, session: Session) -> None:
    with pytest.raises(DeviceGivenError):
        app.dosing.next_device(session, 2)


def test_a_hold_ends_once_with_its_minutes(app: App, session: Session, clock: StillClock) -> None:
    held = give(app, session, drip(app, route=FormRoute.SUBLINGUAL, over_minutes=Decimal(10)))
    clock.pass_minutes(9.5)
    ended = app.dosing.end_hold(held.id, AfterHold.SPAT)
    assert (ended.held_minutes, ended.after_hold) == (Decimal(9), AfterHold.SPAT)
    with pytest.raises(HoldOverError):
        app.dosing.end_hold(held.id, AfterHold.SWALLOWED)
    with pytest.raises(HoldOverError):
        app.dosing.end_hold(held.id, AfterHold.SPAT, at=PartialDate(2026, 11, 23))


def test_a_hold_that_is_told_on_the_next_day_has_no_minutes(
    app: App, session: Session, clock: StillClock
) -> None:
    held = give(app, session, drip(app, route=FormRoute.SUBLINGUAL))
    clock.pass_minutes(18 * 60)
    told = app.dosing.end_hold(held.id, AfterHold.SWALLOWED)
    assert (told.held_minutes, told.ended) == (held.held_minutes, held.ended) == (None, None)
    assert told.after_hold is AfterHold.SWALLOWED


# --- what is offered


def test_the_first_dose_of_the_last_time_and_the_open_box_are_offered(
    app: App, session: Session, clock: StillClock
) -> None:
    assert app.dosing.offer(session).last is None
    given = app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=drip(app)))
    clock.pass_minutes(5)
    give(app, session, drip(app, dose=Decimal(10)), product=given.product, lot=given.lot)
    rescue = drip(app, dose=Decimal(4), role=DrugRole.TREATMENT)
    give(app, session, rescue, product=Product(name="Ondansetron"), lot=None)
    clock.pass_minutes(40)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    clock.pass_minutes(60 * 24)
    second = app.sessions.start(session.patient_id)
    offer = app.dosing.offer(second)
    assert offer.last is not None
    assert offer.last.dose == Decimal(38)
    assert offer.open_lots == {given.product.id: given.giving.lot_id}
    assert app.dosing.offer(session).last is None


def test_exposure_of_a_patient_is_by_substance(app: App, session: Session) -> None:
    assert app.patients.exposure(session.patient_id) == ()
    give(app, session, drip(app))
    give(app, session, drip(app, dose=Decimal(28)), product=SPRAY, lot=None)
    assert [exposure_words(e) for e in app.patients.exposure(session.patient_id)] == [
        "esketamine: 1 session, 28 mg on 1 day, 23-Nov-2026",
        "ketamine: 1 session, 38 mg on 1 day, 23-Nov-2026",
    ]


# --- at home


def test_a_session_at_home_keeps_who_was_there_and_whose_cuff_it_was(app: App) -> None:
    patient = app.patients.save(Patient(code="P-2"))
    home = HomeFacts(peer_monitor="JK", peer_phone_known=True, video=False, told_by="the patient")
    session = app.sessions.start(patient.id, setting=Setting.HOME, home=home)
    assert (session.peer_monitor, session.peer_phone_known, session.video, session.told_by) == (
        "JK",
        True,
        False,
        "the patient",
    )
    pressure = Observation(
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(142),
        diastolic=Decimal(88),
        unit=ReadingUnit.MMHG,
    )
    (stored,) = app.sessions.log_readings(session, [pressure])
    assert stored.source is ObservationSource.PATIENT
    told = Wanted(setting=Setting.HOME, started=PartialDate(2026, 11, 22), home=home)
    other = app.planning.begin(app.patients.save(Patient(code="P-3")).id, told)
    assert (other.peer_monitor, other.started) == ("JK", PartialDate(2026, 11, 22))
    tablets = drip(app, route=FormRoute.SUBLINGUAL, over_minutes=None, pieces=Decimal(3))
    assert give(app, session, tablets, product=Product(name="troche"), lot=None).given_by is None


# --- a dose that was a slip


def test_a_struck_dose_stays_on_record_and_counts_nowhere(app: App, session: Session) -> None:
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG, wasted=Decimal(12), witness="JK")
    given = give(app, session, drip(app), drawn=drawn)
    with pytest.raises(ReasonMissingError):
        app.dosing.strike(given.id, " ")

    app.dosing.strike(given.id, UNDONE)

    (stored,) = app.sessions.room(session.id).administrations
    assert (stored.struck_reason, stored.stands) == (UNDONE, False)
    assert app.patients.exposure(session.patient_id) == ()
    lot = app.stock.of_lot(given.lot_id)
    assert (lot.book.given, lot.book.wasted, lot.gaps, lot.recipients) == (0, 0, (), ())
    assert app.dosing.offer(session).open_lots == {}
    with pytest.raises(InfusionOverError):
        app.dosing.stop(given.id)


def test_a_struck_device_is_given_anew_under_its_number(
    app: App, session: Session, clock: StillClock
) -> None:
    first = replace(drip(app, route=FormRoute.NASAL, over_minutes=None), device_number=1)
    give(app, session, replace(first, dose=Decimal(28), planned=Decimal(56)), product=SPRAY)
    clock.pass_minutes(6)
    slip = app.dosing.next_device(session, 2)
    app.dosing.strike(slip.id, UNDONE)

    assert app.dosing.next_device(session, 2).device_number == 2


def test_a_dose_struck_after_the_end_is_an_amendment(app: App, session: Session) -> None:
    given = give(app, session, drip(app, ended=minute(app)))
    app.sessions.end(session, SessionEnd.DISCHARGED)
    app.dosing.strike(given.id, "another patient's")

    (note,) = app.sessions.room(session.id).notes
    assert note.kind is NoteKind.AMENDMENT


def test_a_dose_entered_after_the_readings_makes_the_watch_look(
    app: App, session: Session, clock: StillClock
) -> None:
    begin = minute(app)
    for _n in range(2):
        clock.pass_minutes(5)
        high = Observation(
            kind=ObservationKind.BLOOD_PRESSURE, systolic=Decimal(190), diastolic=Decimal(90)
        )
        app.sessions.log_readings(session, [high])
    assert app.watching.of_session(session.id) == ()

    app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=drip(app, started=begin)))

    (proposal,) = app.watching.of_session(session.id)
    assert len(proposal.readings) == 2


# --- a dose that waits


def test_a_dose_that_waits_comes_back_as_it_was_filled_in(app: App, session: Session) -> None:
    drawn = Drawn(amount=Decimal(50), unit=Amount.MG, wasted=Decimal(12), witness="JK", vial="1")
    dose = NewDose(product=VIAL, lot=LOT, giving=drip(app, started=None), drawn=drawn)
    assert app.dose_drafts.prepared(session.id) is None

    app.dose_drafts.keep(session.id, dose)
    assert app.dose_drafts.prepared(session.id) == dose

    product = app.stock.save(VIAL)
    lot = app.stock.save(replace(LOT, product_id=product.id))
    known = replace(dose, product=product, lot=lot, drawn=None)
    app.dose_drafts.keep(session.id, known)
    assert app.dose_drafts.prepared(session.id) == known
    app.dose_drafts.keep(session.id, replace(known, lot=None, drawn=replace(drawn, wasted=None)))
    again = app.dose_drafts.prepared(session.id)
    assert again is not None
    assert (again.lot, again.drawn) == (None, replace(drawn, wasted=None))
    app.dose_drafts.keep(session.id, None)
    assert app.drafts.scopes() == []


def test_a_dose_that_is_given_waits_no_more_and_a_rescue_medicine_leaves_it(
    app: App, session: Session
) -> None:
    dose = NewDose(product=VIAL, lot=None, giving=drip(app))
    app.dose_drafts.keep(session.id, dose)
    give(app, session, drip(app, role=DrugRole.TREATMENT))
    assert app.dose_drafts.prepared(session.id) == dose
    give(app, session, drip(app))
    assert app.dose_drafts.prepared(session.id) is None


@pytest.mark.parametrize(
    "payload",
    ["{", "[]", "{}", '{"product": {"id": "gone"}, "lot": null, "giving": {}, "drawn": null}'],
)
def test_a_dose_that_cannot_be_read_is_none(app: App, session: Session, payload: str) -> None:
    with app.context.new_uow() as uow:
        uow.drafts.append(app.who.user_id, dose_scope(session.id), "dose", payload)
        uow.commit()
    assert app.dose_drafts.prepared(session.id) is None

"""An infusion that still runs when its session ends is stopped with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.aldrete import score_of
from aeapp.domain.chair.discharge import Lack
from aeapp.domain.chair.exposure import exposure_words
from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.session import CheckKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Lot, Patient, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.dose_errors import AmountUntoldError
from aeapp.services.dosing import NewDose
from aeapp.services.endings import Ending, Leaving, NotReadyError
from aeapp.services.planning import Wanted
from aeapp.services.sessions import ReasonMissingError
from tests.helpers.chair import answer_all, past_the_gate
from tests.helpers.clinic import StillClock, practice_app

VIAL = Product(name="Ketamine HCl", strength="50", strength_unit=DoseUnit.MG_ML)
LOT = Lot(number="KT6B0417", expires=PartialDate(2028, 3))


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
    """Return a session in which 38 mg run in over 40 minutes from now."""
    patient = app.patients.save(Patient(code="P-1"))
    session = app.planning.begin(patient.id, Wanted(route=SessionRoute.IV_INFUSION))
    past_the_gate(app, session)
    app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=drip(app)))
    return session


def drip(app: App) -> Administration:
    """Return a dose that runs in over 40 minutes from now."""
    return Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        over_minutes=Decimal(40),
        started=app.context.minute(),
    )


def dose_of(app: App, session: Session) -> Administration:
    return app.sessions.room(session.id).administrations[0]


@pytest.mark.parametrize("how", [SessionEnd.ABORTED, SessionEnd.TRANSFERRED, SessionEnd.DIED])
def test_any_ending_keeps_what_was_delivered_by_then(
    app: App, session: Session, clock: StillClock, how: SessionEnd
) -> None:
    clock.pass_minutes(10)
    now = app.context.minute()
    ending = Ending(how=how, why="laryngospasm", to="County ED", by="Medic 7")
    app.endings.end(session.id, ending)
    clock.pass_minutes(60)

    giving = dose_of(app, session)

    assert (giving.dose, giving.planned, giving.ended) == (Decimal("9.5"), Decimal(38), now)
    (exposure,) = app.patients.exposure(session.patient_id)
    assert "9.5 mg" in exposure_words(exposure)


def test_a_discharge_stops_what_was_paused(app: App, session: Session, clock: StillClock) -> None:
    clock.pass_minutes(5)
    app.dosing.pause(dose_of(app, session).id)
    clock.pass_minutes(95)
    answer_all(app, session, CheckKind.DISCHARGE)
    app.endings.rate(session.id, score_of("22222").items)

    app.endings.discharge(session.id, Leaving(escort="JM", ready_minute=90))

    giving = dose_of(app, session)
    assert (giving.dose, giving.planned) == (Decimal("4.75"), Decimal(38))
    assert giving.ended == app.context.minute()


def test_the_end_of_a_session_stops_what_runs(
    app: App, session: Session, clock: StillClock
) -> None:
    clock.pass_minutes(20)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    assert dose_of(app, session).dose == Decimal(19)


def test_an_end_told_afterwards_counts_to_its_own_minute(
    app: App, session: Session, clock: StillClock
) -> None:
    clock.pass_minutes(10)
    then = app.context.minute()
    clock.pass_minutes(15)
    app.endings.end(session.id, Ending(how=SessionEnd.ABORTED, why="panic", at=then))
    assert (dose_of(app, session).dose, dose_of(app, session).ended) == (Decimal("9.5"), then)


def test_an_end_without_a_time_of_day_stops_it_now(
    app: App, session: Session, clock: StillClock
) -> None:
    clock.pass_minutes(10)
    day = PartialDate(2026, 11, 23)
    app.endings.end(session.id, Ending(how=SessionEnd.DIED, why="arrest", at=day))
    giving = dose_of(app, session)
    assert (giving.dose, giving.ended) == (Decimal("9.5"), app.context.minute())


def test_an_infusion_that_began_after_the_end_ends_with_its_begin(
    app: App, session: Session, clock: StillClock
) -> None:
    before = app.context.minute()
    clock.pass_minutes(10)
    second = app.dosing.give(session, NewDose(product=VIAL, lot=None, giving=drip(app))).giving
    app.endings.end(session.id, Ending(how=SessionEnd.ABORTED, why="panic", at=before))
    found = {g.id: g for g in app.sessions.room(session.id).administrations}[second.id]
    assert (found.dose, found.ended) == (Decimal(0), found.started)


def test_what_is_all_in_or_stopped_stays_as_it_is(
    app: App, session: Session, clock: StillClock
) -> None:
    clock.pass_minutes(30)
    stopped = app.dosing.stop(dose_of(app, session).id)
    other = app.dosing.give(session, NewDose(product=VIAL, lot=None, giving=drip(app))).giving
    clock.pass_minutes(50)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    assert app.sessions.room(session.id).administrations == (stopped, other)


def test_a_dose_whose_begin_nobody_knows_does_not_hinder_the_end(
    app: App, session: Session
) -> None:
    lost = replace(drip(app), started=NullFlavor.UNK)
    app.dosing.give(session, NewDose(product=VIAL, lot=None, giving=lost))
    app.sessions.end(session, SessionEnd.DISCHARGED)
    assert all(g.ended for g in app.sessions.room(session.id).administrations)


# --- nothing says what went in


def without_pace(app: App, session: Session) -> Administration:
    giving = replace(drip(app), over_minutes=None)
    return app.dosing.give(session, NewDose(product=VIAL, lot=LOT, giving=giving)).giving


def test_an_infusion_without_a_pace_stops_only_with_what_was_given(
    app: App, session: Session, clock: StillClock
) -> None:
    first, second = without_pace(app, session), without_pace(app, session)
    clock.pass_minutes(10)
    with pytest.raises(AmountUntoldError):
        app.dosing.stop(first.id)
    told = app.dosing.stop(first.id, told=Decimal(12))
    unknown = app.dosing.stop(second.id, told=NullFlavor.UNK)
    assert (told.dose, told.planned) == (Decimal(12), Decimal(38))
    assert (unknown.dose, unknown.planned) == (NullFlavor.UNK, Decimal(38))


def test_an_ending_takes_no_plan_as_given_and_a_discharge_asks_first(
    app: App, session: Session, clock: StillClock
) -> None:
    app.dosing.stop(dose_of(app, session).id)
    given = without_pace(app, session)
    clock.pass_minutes(130)
    answer_all(app, session, CheckKind.DISCHARGE)
    app.endings.rate(session.id, score_of("22222").items)
    with pytest.raises(NotReadyError) as refused:
        app.endings.discharge(session.id, Leaving(escort="JM", ready_minute=90))
    assert refused.value.lacks == (Lack.AMOUNT,)

    app.endings.end(session.id, Ending(how=SessionEnd.ABORTED, why="panic"))

    (stored,) = [g for g in app.sessions.room(session.id).administrations if g.id == given.id]
    assert (stored.dose, stored.planned) == (NullFlavor.UNK, Decimal(38))
    (exposure,) = app.patients.exposure(session.patient_id)
    assert "0 mg and 1 dose of unknown amount" in exposure_words(exposure)

    begun = stored.started
    assert isinstance(begun, PartialDate)
    with pytest.raises(ReasonMissingError):
        app.dosing.retime(given.id, begun, None, " ")
    timed = app.dosing.retime(given.id, begun, begun, "clamp seen late")
    read = app.dosing.correct(given.id, Decimal(20), "pump memory")
    assert (timed.ended, read.dose, read.planned) == (begun, Decimal(20), Decimal(38))
    words = [n.words or "" for n in app.sessions.room(session.id).notes]
    assert [w.rpartition(": ")[2] for w in words] == ["clamp seen late", "pump memory"]
    assert "Ended 23-Nov-2026 16:50 → 23-Nov-2026 14:40: clamp" in words[0]

"""Sessions before they run, and the protocols they run by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.protocols import DEFAULTS, NASAL
from aeapp.domain.codelists.clinic import ObservationKind, Role, SessionEnd, SessionRoute, Setting
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Observation, Patient, Product, Protocol, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.dosing import NewDose
from aeapp.services.planning import Wanted
from aeapp.services.protocols import NoDefaultError
from tests.helpers.clinic import StillClock, cheap_clinics, new_clinic, practice_app

TODAY = PartialDate(2026, 11, 23, 16, 0, None, -300)
TOMORROW = PartialDate(2026, 11, 24, 9, 0, None, -300)
NASALLY = Wanted(route=SessionRoute.NASAL, chair="Chair 2", indication="Depression")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, StillClock())
    yield app
    app.close()


@pytest.fixture
def patient(app: App) -> Patient:
    return app.patients.save(Patient(code="P-1"))


def test_a_planned_session_has_a_number_and_does_not_run(app: App, patient: Patient) -> None:
    later = app.planning.plan(patient.id, TOMORROW, NASALLY)
    sooner = app.planning.plan(patient.id, TODAY, Wanted())

    assert (later.number, later.started) == ("S-2026-000001", None)
    assert app.planning.planned() == (sooner, later)
    assert app.sessions.running() == ()


def test_a_session_with_its_end_but_not_how_it_ended_does_not_run(
    app: App, patient: Patient
) -> None:
    session = app.planning.begin(patient.id, NASALLY)
    with app.context.new_uow() as uow:
        uow.save(replace(session, ended=app.context.minute()), who=app.context.who)
        uow.commit()

    assert app.sessions.running() == ()


def test_a_session_keeps_the_protocol_and_the_minimum_of_the_day(
    app: App, patient: Patient
) -> None:
    session = app.planning.begin(patient.id, NASALLY)

    assert (session.protocol, session.minimum_minutes) == (NASAL.name, 120)
    assert (session.chair, session.indication) == ("Chair 2", "Depression")
    assert session.started == app.context.minute()
    assert app.sessions.running() == (session,)


def test_without_a_route_a_session_has_no_protocol(app: App, patient: Patient) -> None:
    session = app.planning.begin(patient.id, Wanted())

    assert (session.route, session.protocol, session.minimum_minutes) == (None, None, None)


def test_what_was_planned_for_today_is_what_starts(app: App, patient: Patient) -> None:
    planned = app.planning.plan(patient.id, TODAY, NASALLY)

    session = app.planning.begin(patient.id, Wanted(chair="Chair 4"))

    assert (session.id, session.number) == (planned.id, planned.number)
    assert (session.route, session.chair) == (SessionRoute.NASAL, "Chair 4")
    assert session.indication == "Depression"
    assert app.planning.planned() == ()


def test_what_was_planned_for_another_day_stays_planned(app: App, patient: Patient) -> None:
    planned = app.planning.plan(patient.id, TOMORROW, NASALLY)

    session = app.planning.begin(patient.id, NASALLY)

    assert session.id != planned.id
    assert app.planning.planned() == (planned,)


def test_an_indication_nobody_knows_gives_way_to_one_that_is_told(
    app: App, patient: Patient
) -> None:
    planned = app.planning.plan(patient.id, TODAY, Wanted())
    app.sessions.save(replace(planned, indication=NullFlavor.UNK, route=NullFlavor.UNK))

    session = app.planning.begin(patient.id, NASALLY)

    assert (session.indication, session.route) == ("Depression", SessionRoute.NASAL)


def test_a_reason_for_not_knowing_stays_until_something_is_told(app: App, patient: Patient) -> None:
    planned = app.planning.plan(patient.id, TODAY, NASALLY)
    app.sessions.save(
        replace(planned, indication=NullFlavor.UNK, route=NullFlavor.UNK, told_by=NullFlavor.NA)
    )

    session = app.planning.begin(patient.id, Wanted())

    assert (session.indication, session.route) == (NullFlavor.UNK, NullFlavor.UNK)
    assert session.told_by is NullFlavor.NA


@pytest.mark.parametrize(
    "told",
    [
        Wanted(setting=Setting.HOME, started=PartialDate(2026, 11, 21, 19, 0, None, -300)),
        Wanted(started=PartialDate(2026, 11, 21, 19, 0, None, -300)),
        Wanted(setting=Setting.HOME, started=PartialDate(2026, 11, 23, 8, 0, None, -300)),
        Wanted(started=NullFlavor.UNK),
        Wanted(setting=Setting.HOME),
    ],
)
def test_what_is_told_of_another_day_or_place_leaves_the_plan_of_today(
    app: App, patient: Patient, told: Wanted
) -> None:
    planned = app.planning.plan(patient.id, TODAY, NASALLY)

    session = app.planning.begin(patient.id, told)

    assert session.id != planned.id
    assert app.planning.planned() == (planned,)


@pytest.mark.parametrize("setting", list(Setting))
def test_what_is_told_of_today_and_this_place_is_what_was_planned(
    app: App, patient: Patient, setting: Setting
) -> None:
    planned = app.planning.plan(patient.id, TODAY, Wanted(setting=setting))
    earlier = PartialDate(2026, 11, 23, 8, 0, None, -300)

    session = app.planning.begin(patient.id, Wanted(setting=setting, started=earlier))

    assert (session.id, session.started) == (planned.id, earlier)


def test_a_planned_session_is_begun_as_it_was_planned_whatever_its_day(
    app: App, patient: Patient
) -> None:
    planned = app.planning.plan(patient.id, TOMORROW, replace(NASALLY, setting=Setting.HOME))

    session = app.planning.begin_planned(planned.id)

    assert (session.id, session.setting, session.route) == (
        planned.id,
        Setting.HOME,
        SessionRoute.NASAL,
    )
    assert session.started == app.context.minute()
    assert app.planning.begin_planned(planned.id) == session


def test_beside_a_session_that_runs_nothing_planned_is_begun(app: App, patient: Patient) -> None:
    running = app.planning.begin(patient.id, NASALLY)
    planned = app.planning.plan(patient.id, TODAY, NASALLY)

    assert app.planning.begin_planned(planned.id) == running
    assert app.planning.planned() == (planned,)


def _dosed(app: App, planned: Session, at: PartialDate) -> None:
    spray = Product(name="Spravato", strength="28", strength_unit=DoseUnit.MG)
    giving = Administration(dose=Decimal(28), dose_unit=DoseUnit.MG, started=at)
    app.dosing.give(planned, NewDose(product=spray, lot=None, giving=giving))


def _given(app: App, planned: Session, at: PartialDate) -> None:
    app.sessions.give(planned, Administration(started=at))


def _read(app: App, planned: Session, at: PartialDate) -> None:
    reading = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(80))
    app.sessions.log_readings(planned, [reading], at)


@pytest.mark.parametrize("store", [_dosed, _given, _read])
def test_the_first_dose_or_reading_begins_a_planned_session(
    app: App, patient: Patient, store: Callable[[App, Session, PartialDate], None]
) -> None:
    planned = app.planning.plan(patient.id, TODAY, NASALLY)
    at = PartialDate(2026, 11, 23, 14, 30, None, -300)

    store(app, planned, at)

    session = app.sessions.room(planned.id).session
    assert (session.started, session.protocol, session.minimum_minutes) == (at, NASAL.name, 120)
    assert app.planning.planned() == ()
    assert app.sessions.running() == (session,)
    assert len(app.board.day().chairs) == 1
    assert app.planning.begin(patient.id, NASALLY) == session


def test_a_dose_of_a_time_nobody_knows_begins_it_now(app: App, patient: Patient) -> None:
    planned = app.planning.plan(patient.id, TODAY, NASALLY)
    app.sessions.give(planned, Administration(started=NullFlavor.UNK))
    assert app.sessions.room(planned.id).session.started == app.context.minute()


def test_a_patient_whose_session_runs_goes_on_with_it(app: App, patient: Patient) -> None:
    first = app.planning.begin(patient.id, NASALLY)

    assert app.planning.begin(patient.id, NASALLY) == first
    app.sessions.end(first, SessionEnd.ABORTED, "panic")
    assert app.planning.begin(patient.id, NASALLY).id != first.id


def test_a_prescriber_who_charts_is_the_prescriber_on_site(tmp_path: Path) -> None:
    app = cheap_clinics(StillClock()).create(
        new_clinic(tmp_path, role=Role.PRESCRIBER, display_name="I. Okafor, MD")
    )
    patient = app.patients.save(Patient(code="P-1"))

    assert app.planning.begin(patient.id, NASALLY).prescriber == "I. Okafor, MD"
    app.close()


# --- protocols


def test_the_defaults_are_in_force_until_the_clinic_writes_its_own(app: App) -> None:
    lines = app.protocols.lines()

    assert tuple(line.protocol for line in lines) == DEFAULTS
    assert not any(line.own or line.changed for line in lines)


def test_the_clinics_own_protocol_runs_its_sessions(app: App, patient: Patient) -> None:
    own = app.protocols.save(replace(NASAL, name="Ours", minimum_minutes=150))

    session = app.planning.begin(patient.id, NASALLY)

    assert (session.protocol, session.minimum_minutes) == ("Ours", 150)
    line = next(x for x in app.protocols.lines() if x.protocol.id == own.id)
    assert (line.own, line.changed) == (True, True)


def test_there_is_one_own_protocol_for_a_route_and_setting(app: App) -> None:
    first = app.protocols.save(replace(NASAL, minimum_minutes=150))
    second = app.protocols.save(replace(NASAL, minimum_minutes=160))

    assert (second.id, second.version) == (first.id, 2)
    assert len(app.protocols.lines()) == len(DEFAULTS)


def test_a_reset_protocol_says_what_the_default_says(app: App) -> None:
    own = app.protocols.save(replace(NASAL, minimum_minutes=150))

    back = app.protocols.reset(own, reason="pilot is over")

    assert back == replace(NASAL, id=own.id, version=2)
    line = next(x for x in app.protocols.lines() if x.protocol.id == own.id)
    assert (line.own, line.changed) == (True, False)
    with app.context.new_uow() as uow:
        assert uow.trail.of("protocol", own.id)[-1].content["reason"] == "pilot is over"


def test_a_protocol_for_a_place_of_its_own_has_no_default(app: App) -> None:
    own = app.protocols.save(
        Protocol(name="Home nasal", route=SessionRoute.NASAL, setting=Setting.HOME)
    )

    assert app.protocols.lines()[-1].protocol == own
    with pytest.raises(NoDefaultError):
        app.protocols.reset(own, reason="none")

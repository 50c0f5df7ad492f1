"""The chart in the session room: what the work says, as the chart takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Observation, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import ChartData, DoseKind, DoseMark, DueMark, EventMark
from aeapp.domain.vitals.due import DueState
from forms.chair.chart_part import data_of as chart_data
from forms.session_room import SessionRoomPlace
from tests.forms.test_session_room import open_place
from tests.helpers.desk import Bench, Keyboard, a_patient, open_bench

BP = ObservationKind.BLOOD_PRESSURE
ZONE = "America/New_York"


def at(minute: int) -> PartialDate:
    return PartialDate(2026, 11, 23, 13 + (50 + minute) // 60, (50 + minute) % 60, None, -300)


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def log(bench: Bench, session: Session, minute: int, upper: int) -> Observation:
    reading = Observation(kind=BP, systolic=Decimal(upper), diastolic=Decimal(80))
    return bench.app.sessions.log_readings(session, [reading], at(minute))[0]


@pytest.fixture
def session(bench: Bench) -> Session:
    sessions = bench.app.sessions
    session = sessions.start(a_patient(bench.app).id, route=SessionRoute.IV_INFUSION)
    product = sessions.save(Product(name="Ketamine"))
    drip = Administration(
        product_id=product.id,
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        route=FormRoute.INTRAVENOUS_DRIP,
        started=at(0),
        ended=at(40),
    )
    for giving in (
        drip,
        replace(drip, route=FormRoute.NASAL, started=at(1), ended=None),
        replace(drip, route=FormRoute.INTRAMUSCULAR, started=at(2), ended=None),
        replace(drip, role=DrugRole.TREATMENT, started=at(43), ended=None),
        replace(drip, started=None),
    ):
        sessions.give(session, giving)
    log(bench, session, -5, 128)
    log(bench, session, 16, 140)
    struck = log(bench, session, 20, 240)
    sessions.set_statuses((struck,), ObservationStatus.STRUCK, "Typing slip")
    log(bench, session, 40, 168)
    log(bench, session, 45, 184)
    sessions.catch_event(session, "Nausea", onset=at(28))
    return session


@pytest.fixture
def place(qtbot: QtBot, bench: Bench, session: Session) -> SessionRoomPlace:
    return open_place(qtbot, bench, session.id)


def data_of(bench: Bench, place: SessionRoomPlace) -> ChartData:
    assert place.work is not None
    return chart_data(place.work, bench.app.context.minute())


def test_the_chart_is_given_minutes_words_and_kinds(bench: Bench, place: SessionRoomPlace) -> None:
    data = data_of(bench, place)
    words = "Ketamine 38 mg"
    assert data.doses == (
        DoseMark(0, 40, words, DoseKind.INFUSION),
        DoseMark(1, None, words, DoseKind.DEVICE),
        DoseMark(2, None, words, DoseKind.BOLUS),
        DoseMark(43, None, words, DoseKind.RESCUE),
    )
    assert data.events == (
        EventMark(1, "Nausea", 28, None, goes_on=True),
        EventMark(0, "Blood pressure increased", 40, None, proposed=True),
    )
    assert (data.zero, data.now, data.zone) == (at(0), at(50), ZONE)
    assert data.baseline is not None
    assert data.baseline.systolic == Decimal(128)


def test_what_is_due_stands_at_its_minute_and_what_was_taken_at_its_own(
    bench: Bench, place: SessionRoomPlace
) -> None:
    assert data_of(bench, place).due == (
        DueMark(-5, DueState.TAKEN),
        DueMark(16, DueState.TAKEN),
        DueMark(40, DueState.TAKEN),
        DueMark(45, DueState.TAKEN),
        DueMark(50, DueState.COMING),
        DueMark(60, DueState.COMING),
        DueMark(90, DueState.COMING),
    )


def test_flagged_is_what_the_rules_say_also_against_the_own_baseline(
    bench: Bench, session: Session, place: SessionRoomPlace
) -> None:
    data = data_of(bench, place)
    by_id = {r.id: r for r in data.readings}
    assert data.flagged is not None
    assert sorted(by_id[i].systolic for i in data.flagged) == [168, 184]


def test_a_session_that_is_over_has_no_now(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    assert place.work is not None
    bench.app.sessions.end(place.work.room.session, SessionEnd.DISCHARGED)
    place.refresh()
    bench.settle(qtbot)
    assert data_of(bench, place).now is None


def test_enter_on_the_chart_goes_to_the_reading_in_the_grid(
    qtbot: QtBot, bench: Bench, place: SessionRoomPlace
) -> None:
    chart = place.parts["chart"]
    chart.setFocus()
    Keyboard().press(place, Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert place.grid.table.hasFocus()
    reading = place.grid.model.reading(place.grid.table.currentIndex())
    assert reading is not None
    assert reading.kind is BP


def test_the_line_of_now_moves_with_the_minute(bench: Bench, place: SessionRoomPlace) -> None:
    chart = place.parts["chart"]
    before = chart.chart
    chart.tick()
    assert chart.chart is before
    bench.clock.pass_minutes(1)
    chart.tick()
    assert chart.chart is not before

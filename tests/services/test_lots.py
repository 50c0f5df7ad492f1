"""Lots across patients in a real clinic: events, the rule on Today, hold, release, reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.chair.lot_events import DEFAULT_RULE
from aeapp.domain.chair.needs import NeedKind
from aeapp.domain.codelists.clinic import PatientInvolvement, Role
from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.findings import blocks
from aeapp.domain.records import Lot, LotRule, Product
from aeapp.services.app import App
from aeapp.services.dose_errors import HeldLotError
from aeapp.services.lots import LotFreeError, LotHeldError, LotReasonMissingError
from aeapp.services.sessions import NoSuchNumberError
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.lots import MANY_DAYS, a_lot, a_session_with, a_troubled_lot, dose_of


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock, Role.PRESCRIBER)
    yield app
    app.close()


def test_events_of_a_lot_are_listed_across_patients_by_code(app: App) -> None:
    lot = a_troubled_lot(app)
    other = app.stock.save(Lot(product_id=lot.product_id, number="OTHER"))
    a_session_with(app, other, "P-9", "Headache")

    found = app.lots.of_lot(lot.id)

    assert (found.sessions, found.patients) == (3, 2)
    assert [(line.code, line.term) for line in found.lines] == [
        ("P-1", "Vomiting"),
        ("P-2", "Rash"),
        ("P-1", "Vomiting"),
    ]
    assert len(found.unreported) == 3
    assert found.lines[0].giving is not None


def test_what_was_struck_and_rescue_medicine_do_not_count(app: App) -> None:
    lot = a_lot(app)
    session = a_session_with(app, lot, "P-1", "Vomiting", end=False)
    (event,) = app.sessions.room(session.id).events
    app.events.strike(event, "wrong patient")
    assert app.lots.of_lot(lot.id).lines == ()


def test_a_lot_that_meets_the_rule_stands_on_today_with_the_rule(app: App) -> None:
    lot = a_troubled_lot(app)
    (need,) = app.board.stock()
    assert (need.kind, need.target, need.opens) == (NeedKind.LOT, lot.id, ("lot", lot.id))
    assert need.what == "Lot KT6B0417: 3 events in 2 patients"
    assert need.rule == "rule of the clinic: 3 events of any term in 2 patients, 30 days"
    assert app.board.stock() == (need,)


def test_the_rule_is_the_clinics_to_set(app: App) -> None:
    a_troubled_lot(app)
    assert app.lots.rule() is DEFAULT_RULE
    stored = app.lots.save_rule(replace(DEFAULT_RULE, events=4))
    assert app.board.stock() == ()
    again = app.lots.save_rule(LotRule(active=False), reason="too many lines")
    assert (again.id, again.version) == (stored.id, stored.version + 1)
    assert app.board.stock() == ()


def test_old_sessions_do_not_count(app: App, clock: StillClock) -> None:
    a_troubled_lot(app)
    clock.pass_minutes(MANY_DAYS)
    assert app.board.stock() == ()


def test_a_lot_is_held_and_released_with_a_reason_and_the_chair_asks(app: App) -> None:
    lot = a_troubled_lot(app)
    with pytest.raises(LotReasonMissingError):
        app.lots.hold(lot.id, " ")
    with pytest.raises(LotFreeError):
        app.lots.release(lot.id, "no cause found")
    held = app.lots.hold(lot.id, "three events")
    assert held.hold is not None
    assert (held.hold.by, held.hold.reason) == ("Dana Reyes", "three events")
    with pytest.raises(LotHeldError):
        app.lots.hold(lot.id, "again")
    assert app.board.stock() == ()

    session = a_session_with(app, None, "P-3", end=False)
    # As the chair chose it before it was held.
    with pytest.raises(HeldLotError):
        app.dosing.give(session, dose_of(app, lot))
    dose = dose_of(app, lot)
    told = replace(dose, giving=replace(dose.giving, exception="no other lot, J. Kim agreed"))
    assert app.dosing.give(session, told).giving.lot_id == lot.id

    with pytest.raises(LotReasonMissingError):
        app.lots.release(lot.id, "")
    free = app.lots.release(lot.id, "the maker found nothing")
    assert free.hold is None
    assert [(h.reason, h.release_reason) for h in free.holds] == [
        ("three events", "the maker found nothing")
    ]
    app.dosing.give(session, dose_of(app, lot))
    # What was looked at is no news; a second hold stands beside the first.
    assert app.board.stock() == ()
    assert len(app.lots.hold(lot.id, "one more").holds) == 2


def test_one_report_for_each_patient_each_naming_the_problem(app: App) -> None:
    lot = a_troubled_lot(app)
    reports = app.lots.open_reports(lot.id)
    assert len(reports) == 2
    cases = [app.cases.gather(r.case_id, r.id) for r in reports]
    assert [[e.verbatim for e in c.events] for c in cases] == [["Vomiting", "Vomiting"], ["Rash"]]
    both = frozenset({ReportType.ADVERSE_EVENT, ReportType.PRODUCT_PROBLEM})
    assert {c.case.types for c in cases} == {both}
    assert app.lots.open_reports(lot.id) == ()
    assert {line.report for line in app.lots.of_lot(lot.id).lines} == {c.case.number for c in cases}


def test_the_problem_of_a_product_is_reported_without_a_patient(app: App) -> None:
    lot = a_lot(app)
    report = app.lots.open_problem(lot.id, "White particles in the vial.")
    case = app.cases.gather(report.case_id, report.id)
    assert case.case.involvement is PatientInvolvement.NONE
    assert case.case.types == frozenset({ReportType.PRODUCT_PROBLEM})
    assert (case.subject.identifier, case.events) == ("none", ())
    assert case.suspects[0].lot.number == lot.number
    assert case.awareness[0].at == app.context.minute()
    findings = app.cases.check(case)
    assert not blocks(findings)
    assert not {f.item for f in findings} & {"A2", "A3", "A4", "B2", "D2", "D3", "D4"}
    # Nothing was given: the book of the lot knows nothing of it.
    stock = app.stock.of_lot(lot.id)
    assert (stock.book.entries, stock.recipients) == ((), ())


def test_a_lot_is_found_by_its_number_where_only_one_has_it(app: App) -> None:
    lot = a_lot(app)
    assert app.lots.by_number("KT6B0417") == lot
    with pytest.raises(NoSuchNumberError):
        app.lots.by_number("KT")
    other = app.stock.save(Product(name="Other"))
    app.stock.save(Lot(product_id=other.id, number="KT6B0417"))
    with pytest.raises(NoSuchNumberError):
        app.lots.by_number("KT6B0417")

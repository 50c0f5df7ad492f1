"""The compliance lead's journeys: the morning list, a decision, a call to FDA, a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aeapp.bootstrap import LocalClinics
from aeapp.domain.codelists.clinic import (
    Asker,
    Channel,
    Destination,
    Obligation,
    PatientInvolvement,
    ReportDecision,
    ReportState,
    RequestAnswer,
    Role,
    SessionRoute,
)
from aeapp.domain.codelists.lifecycle import NotThere, VersionNature
from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.records import Event, Report, Sending, Session
from aeapp.domain.values import PartialDate
from tests.helpers.clinic import StillClock, cheap_clinics, copied_clinic
from tests.helpers.cohort import keep, person, phq
from tests.helpers.desk import a_patient
from tests.helpers.lots import a_troubled_lot
from tests.helpers.report_case import a_serious_report
from tests.helpers.walked import Bar
from tests.journeys.test_chair import in_the_chair
from tests.journeys.test_reports import written
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]
DAY = 24 * 60


@pytest.fixture
def clinics(tmp_path: Path, clock: StillClock) -> LocalClinics:
    """Let a compliance lead log in."""
    copied_clinic(tmp_path, Role.COMPLIANCE)
    return cheap_clinics(clock)


def an_open_report(walker: Walker) -> tuple[Report, Any]:
    """Show a report with a serious event on the screen, the log of sending on top."""
    report = a_serious_report(walker.app)
    walker.program.show_report(report.id)
    walker.settle()
    walker.wait(lambda: walker.place("reports").page is not None)
    page = walker.place("reports").page
    page.show_log()
    walker.settle()
    return report, page


def a_caught_event(walker: Walker) -> tuple[Session, Event]:
    """Show a session with an assessed event, the focus on the row of its decision."""
    session = in_the_chair(walker)
    event = walker.app.sessions.catch_event(session, "Vomiting", None)
    walker.app.events.add(event, seriousness=frozenset())
    place = walker.place("session")
    place.work.reload()
    walker.settle()
    place.parts["events"].to_decision()
    walker.start_counting()
    return session, event


def test_w12_a_decision_to_report_in_the_session_room(walker: Walker, arrived: Arrived) -> None:
    _session, event = a_caught_event(walker)

    walker.press("r", "1", "c", "2", "Enter")
    walker.settle()

    made = walker.app.deciding.of_events([event.id])[event.id]
    assert (made.answer, made.obligation) == (ReportDecision.REPORT, Obligation.CHOICE)
    assert made.destinations == frozenset({Destination.FDA})
    assert (made.reason, made.decided_by) == ("Not listed in the label", walker.app.who.name)
    arrived("W12", "a decision to report, in the session", Bar(5))


def test_w12_a_decision_not_to_report(walker: Walker, arrived: Arrived) -> None:
    _session, event = a_caught_event(walker)

    walker.press("n", "2", "Enter")
    walker.settle()

    made = walker.app.deciding.of_events([event.id])[event.id]
    assert (made.answer, made.reason) == (ReportDecision.NO_REPORT, "Not serious, no duty")
    arrived("W12", "a decision not to report, in the session", Bar(5))


def test_w12_a_decision_in_the_report(walker: Walker, arrived: Arrived) -> None:
    report, page = an_open_report(walker)
    page.log.focus_first()
    walker.start_counting()

    walker.press("r", "2", "d", "1", "Enter")
    walker.settle()

    (made,) = walker.app.cases.gather(report.case_id).decisions
    assert (made.destinations, made.obligation) == (
        frozenset({Destination.MANUFACTURER}),
        Obligation.DUTY,
    )
    assert made.reason == "Serious"
    arrived("W12", "a decision to report, in the report", Bar(5))


def test_w13_a_first_report_by_telephone(walker: Walker, arrived: Arrived) -> None:
    report, page = an_open_report(walker)
    page.log.setFocus()
    walker.start_counting()

    walker.press("p")
    walker.type("M. Ortiz")
    walker.press("Tab")
    walker.type("FD4711")
    walker.press("Tab", "n", "Enter")
    walker.settle()

    (call,) = walker.app.sending.log_of(report.id).sendings
    assert (call.channel, call.person, call.reference) == (Channel.PHONE, "M. Ortiz", "FD4711")
    assert call.at == walker.app.context.minute()
    assert walker.app.cases.gather(report.case_id).report.state is ReportState.DRAFT
    arrived("W13", "a first report by telephone", Bar(20))


def test_w14_a_request_from_fda(walker: Walker, arrived: Arrived) -> None:
    report, _page = an_open_report(walker)
    walker.start_counting()

    walker.press("Ctrl+K")
    walker.type("req")
    walker.press("Enter")
    walker.type("FD4711")
    walker.press("Tab")
    walker.type("+7")
    walker.press("Tab")
    walker.press("f", "a", "n", "Enter")
    walker.settle()

    (request,) = walker.app.sending.log_of(report.id).requests
    assert (request.asker, request.number) == (Asker.FDA, "FD4711")
    assert request.wished == PartialDate(2026, 11, 30)
    assert [q.answer for q in request.questions] == [
        RequestAnswer.ANSWERED,
        RequestAnswer.NOT_AVAILABLE,
    ]
    arrived("W14", "a request with its date, answered", Bar(20))


def test_w8a_the_morning_list(walker: Walker, arrived: Arrived) -> None:
    app = walker.app
    for code in ("P-1", "P-2"):
        patient = a_patient(app, code)
        session = app.sessions.start(patient.id, route=SessionRoute.IM, chair=code)
        session = app.sessions.save(replace(session, prescriber="J. Kim"))
        app.sessions.catch_event(session, "Dizziness", None)
    walker.clock.pass_minutes(DAY)
    today = walker.program.shell.show_place("today")
    today.refresh()
    walker.settle()
    today.focus_first()
    walker.start_counting()

    walker.press("F6", "]", "]", "Down", "r")
    walker.settle()

    assert today.model.rowCount() == 2
    reminded = [need.reminded for need in app.worklist.needs() if need.reminded]
    assert reminded == [f"J. Kim was reminded by {app.who.name}, 24-Nov-2026 14:40"]
    assert "J. Kim was reminded" in today.model.index(1, 3).data()
    arrived("W8a", "the morning list: blocked, the second one, remind", Bar(6))


def test_w15_one_lot_several_patients(walker: Walker, arrived: Arrived) -> None:
    app = walker.app
    lot = a_troubled_lot(app)
    today = walker.program.shell.show_place("today")
    today.refresh()
    walker.settle()
    # Nobody is in a chair: the list has the focus, the lot is due before what has no day.
    today.focus_first()
    row = next(
        n for n in range(today.model.rowCount()) if "KT6B0417" in today.model.index(n, 1).data()
    )
    today.table.setCurrentIndex(today.model.index(row, 0))
    walker.start_counting()

    walker.press("Enter")
    walker.settle()
    events = walker.place("library").lot_page.events
    walker.wait(events.table.hasFocus)
    assert walker.place("library").lot_page.recipients.rowCount() == 3
    walker.press("h", "1")
    walker.settle()
    walker.wait(lambda: not events.holds.isHidden())
    walker.press("r", "1")
    walker.settle()
    walker.press("p", "1")
    walker.settle()

    found = app.lots.of_lot(lot.id)
    assert found.lot.hold is not None
    assert found.lot.hold.reason == "Several events"
    assert found.unreported == ()
    assert len({line.report for line in found.lines}) == 2
    assert len(app.cases.report_ids()) == 3
    page = walker.place("reports").page
    assert page is not None
    arrived("W15", "a lot looked at, held, reported for each patient", Bar(12))


def test_a_near_miss_without_a_patient(walker: Walker, arrived: Arrived) -> None:
    today = walker.program.shell.show_place("today")
    walker.settle()
    today.focus_first()
    walker.start_counting()

    walker.press("m", "2")
    walker.settle()

    (report_id,) = walker.app.cases.report_ids()
    (line,) = walker.app.cases.report_lines([report_id])
    case = walker.app.cases.gather(line.case_id)
    assert case.case.involvement is PatientInvolvement.NONE
    assert case.case.types == frozenset({ReportType.ERROR})
    assert case.case.narrative == "Wrong dose drawn up"
    assert (case.subject.identifier, case.events) == ("none", ())
    assert walker.place("reports").page is not None
    arrived("near", "a near miss, without a patient", Bar(12))


def test_w10_an_event_with_no_session_open(walker: Walker, arrived: Arrived) -> None:
    patient = a_patient(walker.app)
    walker.program.places.show_patient(patient.id)
    walker.settle()
    card = walker.place("patients").card
    card.focus_first()
    walker.start_counting()

    walker.press("F4")
    walker.type("hea")
    # Yesterday, its time not told; the second chip of who told it, who may be called.
    walker.press("Enter", "y", "Tab", "Tab", "2", "y", "Enter")
    walker.settle()

    (line,) = walker.app.telling.of_patient(patient.id)
    assert (line.event.verbatim, line.event.onset) == ("Headache", PartialDate(2026, 11, 22))
    assert (line.event.session_id, line.session) == ("", None)
    assert line.awareness is not None
    assert (line.awareness.at, line.awareness.teller) == (
        walker.app.context.minute(),
        "A relative or friend",
    )
    arrived("W10", "an event told by a relative, no session open", Bar(24))


def test_w8b_a_follow_up_after_sending_version_2_out(
    walker: Walker, arrived: Arrived, tmp_path: Path
) -> None:
    report, page = an_open_report(walker)
    app = walker.app
    line = Sending(
        channel=Channel.ONLINE,
        at=app.context.minute(),
        reference="ICSR-1",
        proof_lacks=NotThere.NONE_GIVEN,
    )
    app.sending.record(report.id, line, unsigned_because="signed on paper")
    place = walker.place("reports")
    place.open_report(report.id)
    walker.wait(lambda: place.page is not page and place.page is not None)
    walker.settle()
    walker.start_counting()

    # A further version, what it is and what is new.
    walker.press("Ctrl+K")
    walker.type("fol")
    walker.press("Enter", "1")
    walker.type("recovered")
    walker.press("Enter")
    walker.settle()
    page = place.page
    # One field changes; what differs is looked at.
    walker.press("Alt+N")
    walker.settle()
    walker.type("Well ")
    walker.press("Ctrl+S")
    walker.settle()
    walker.press("Ctrl+Tab", "Ctrl+Tab")
    walker.settle()
    # Recorded as sent, outside this program.
    walker.press("s", "Space", "Tab")
    walker.type("ICSR-2")
    # A number needs no reason why there is none; the proof is still to come.
    walker.press("Tab", "Tab", "n", "Tab", "Tab", "Tab", "Space", "Tab", "Space")
    walker.press("Enter")
    walker.settle()

    # And it goes out as a file: the very pages that were kept.
    out = tmp_path / "two.pdf"
    written(walker, out)

    first, second = app.versions.lines(report.id)
    assert out.read_bytes() == app.versions.document(report.id, 2)
    assert (second.version.nature, second.version.news) == (VersionNature.FOLLOW_UP, "recovered")
    (change,) = app.versions.compare(report.id, 1, 2).changes
    assert change.path == "case.narrative"
    assert app.versions.document(report.id, 1) == app.versions.drawn_again(report.id, 1)
    assert first.version.number == 1
    arrived("W8b", "a follow-up after sending, version 2 recorded and out", Bar(60))


def test_w8c_the_inspection_pack_of_a_quarter(
    walker: Walker, arrived: Arrived, tmp_path: Path
) -> None:
    a_serious_report(walker.app)
    walker.program.shell.show_place("today")
    out = tmp_path / "pack.pdf"
    walker.program.ask.path = out  # type: ignore[attr-defined] - the tests' own answers
    walker.start_counting()

    walker.press("Ctrl+K")
    walker.type("insp")
    walker.press("Enter")
    walker.settle()
    page = walker.place("clinic").inspection
    walker.wait(lambda: any(chip.hasFocus() for chip in page.bar.chips.buttons))
    walker.press("q", "Enter")
    walker.settle()

    assert walker.app.documents.known(out)
    assert "1 page" in page.strip.words.text()
    arrived("W8c", "the inspection pack of a quarter", Bar(20, 2))


def test_w8d_the_quarterly_description_of_outcomes(
    walker: Walker, arrived: Arrived, tmp_path: Path
) -> None:
    people = person(walker.app, [f"W{n:02}" for n in range(24)])
    keep(walker.app, [phq(patient, 0, 18, ninth=1) for patient, _session in people])
    keep(walker.app, [phq(patient, 20, 7, ninth=0) for patient, _session in people[:20]])
    walker.program.shell.show_place("today")
    out = tmp_path / "quarter.pdf"
    walker.program.ask.path = out  # type: ignore[attr-defined] - the tests' own answers
    walker.start_counting()

    walker.press("Ctrl+5")
    walker.settle()
    page = walker.place("outcomes")
    assert page.plot.rows[0].counts == "20 / 20"
    walker.press("Ctrl+P")
    walker.settle()
    walker.press("Enter")
    walker.settle()

    assert walker.app.register.lines()[0].what == "outcomes"
    assert out.read_bytes().startswith(b"%PDF-1.")
    assert "2 pages" in page.strip.words.text()
    arrived("W8d", "the quarter's outcomes and events as PDF", Bar(10))

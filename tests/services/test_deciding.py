"""Every event ends in a decision: to whom and why, or why not, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Destination, Obligation, ReportDecision, Role
from aeapp.domain.records import Event
from aeapp.domain.rules.fda3500 import decided
from aeapp.services.app import App
from aeapp.services.cases import EventStruckError
from aeapp.services.deciding import DecisionIncompleteError
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.report_case import a_report


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, StillClock(), Role.PRESCRIBER)
    yield app
    app.close()


def an_event(app: App) -> Event:
    return app.cases.gather(a_report(app).case_id).events[0]


def test_a_report_is_decided_with_recipient_duty_reason_name_and_time(app: App) -> None:
    event = an_event(app)

    made = app.deciding.report(event, [Destination.FDA], Obligation.CHOICE, " Serious ")

    assert (made.answer, made.destinations) == (
        ReportDecision.REPORT,
        frozenset({Destination.FDA}),
    )
    assert (made.obligation, made.reason) == (Obligation.CHOICE, "Serious")
    assert (made.decided_by, made.at) == (app.who.name, app.context.minute())
    assert (made.event_id, made.case_id) == (event.id, event.case_id)
    assert app.deciding.of_events([event.id]) == {event.id: made}


def test_no_report_has_its_reason_too(app: App) -> None:
    event = an_event(app)

    made = app.deciding.no_report(event, "Not serious, listed in the label")

    assert (made.answer, made.destinations) == (ReportDecision.NO_REPORT, None)
    assert made.reason == "Not serious, listed in the label"


@pytest.mark.parametrize("answer", [ReportDecision.REPORT, ReportDecision.NO_REPORT])
def test_a_decision_leaves_the_rule_nothing_to_ask(app: App, answer: ReportDecision) -> None:
    event = an_event(app)
    assert [f.code for f in decided(app.cases.gather(event.case_id))] == ["V25"]

    if answer is ReportDecision.REPORT:
        app.deciding.report(event, [Destination.FDA], Obligation.DUTY, "Serious")
    else:
        app.deciding.no_report(event, "Not serious")

    assert list(decided(app.cases.gather(event.case_id))) == []


def test_the_latest_decision_counts_and_the_earlier_stays(app: App) -> None:
    event = an_event(app)
    app.deciding.no_report(event, "Not serious")
    latest = app.deciding.report(event, [Destination.FDA], Obligation.CHOICE, "Turned serious")

    assert app.deciding.of_events([event.id])[event.id] == latest
    assert len(app.cases.gather(event.case_id).decisions) == 2


@pytest.mark.parametrize(
    ("destinations", "reason"),
    [([], "Serious"), ([Destination.FDA], "  ")],
    ids=["to nobody", "without a reason"],
)
def test_half_a_decision_is_refused(app: App, destinations: list[Destination], reason: str) -> None:
    event = an_event(app)

    with pytest.raises(DecisionIncompleteError):
        app.deciding.report(event, destinations, Obligation.CHOICE, reason)
    with pytest.raises(DecisionIncompleteError):
        app.deciding.no_report(event, " ")

    assert app.deciding.of_events([event.id]) == {}


def test_a_struck_event_takes_no_decision(app: App) -> None:
    patient = app.cases.gather(a_report(app).case_id).patient
    event = app.sessions.save(Event(patient_id=patient.id, verbatim="Headache"))
    app.events.strike(event, "Entered twice")

    with pytest.raises(EventStruckError):
        app.deciding.no_report(event, "Not serious")

"""The worklist is read from reports, events, requests, with clocks and owners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import aeapp.services.worklist as module
from aeapp.domain.case import write
from aeapp.domain.chair.needs import Authority, Need, NeedKind, clock_of, is_blocked, is_of
from aeapp.domain.codelists.clinic import (
    Asker,
    Channel,
    ClinicDuty,
    Destination,
    FacilityType,
    Obligation,
    Role,
    SessionRoute,
)
from aeapp.domain.codelists.lifecycle import NotThere
from aeapp.domain.codelists.safety import ActionTaken, Outcome, Seriousness, Severity
from aeapp.domain.records import (
    Awareness,
    Event,
    Report,
    Request,
    Sending,
    Session,
)
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.shelf import entered
from aeapp.services.worklist import NobodyToRemindError, NotToTakeError
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.desk import a_patient
from tests.helpers.life import UNSIGNED
from tests.helpers.report_case import a_report, a_serious_report

DAY = 24 * 60
NOW = PartialDate(2026, 11, 23, 14, 40, None, -300)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock, Role.PRESCRIBER)
    yield app
    app.close()


def lines(app: App, kind: NeedKind) -> list[Need]:
    return [need for need in app.worklist.needs() if need.kind is kind]


def prescribed(app: App) -> Session:
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IM)
    return app.sessions.save(replace(session, prescriber="J. Kim"))


def caught(app: App, session: Session, verbatim: str = "Dizziness") -> Event:
    return app.sessions.catch_event(session, verbatim, None, NOW)


def assess(app: App, event: Event, *criteria: Seriousness) -> Event:
    return app.events.add(
        event,
        seriousness=frozenset(criteria),
        outcome=Outcome.RECOVERED,
        action_taken=ActionTaken.UNCHANGED,
    )


# ------------------------------------------------------------------ events


def test_an_event_in_the_chair_waits_for_its_assessment_by_the_prescriber(app: App) -> None:
    session = prescribed(app)
    event = caught(app, session)

    (need,) = lines(app, NeedKind.DECISION)

    assert (need.target, need.opens) == (event.id, ("session", session.id))
    assert (need.owner, need.waits_for, need.patient) == ("J. Kim", "J. Kim", "P-0412")
    assert need.due == dt.date(2026, 12, 8)
    assert need.rule == (
        "Form FDA 3500 (voluntary), 15 calendar days, if serious, to FDA or the manufacturer"
    )
    assert is_blocked(need)
    assert need in app.board.day().needs


def test_a_decision_ends_the_line_of_an_event(app: App) -> None:
    event = assess(app, caught(app, prescribed(app)))
    (need,) = lines(app, NeedKind.DECISION)
    assert (need.next_step, need.due, need.waits_for) == ("Decide: report or not", None, "")

    app.deciding.no_report(event, "Not serious")

    assert lines(app, NeedKind.DECISION) == []


def test_an_event_without_a_session_opens_the_chart_of_its_patient(app: App) -> None:
    patient = a_patient(app)
    app.sessions.save(Event(patient_id=patient.id, verbatim="Headache"))

    (need,) = lines(app, NeedKind.DECISION)

    assert (need.opens, need.detail, need.owner) == (("patient", patient.id), "no session", "")


def test_a_struck_event_needs_no_decision(app: App) -> None:
    event = caught(app, prescribed(app))
    app.events.strike(event, "Entered twice")

    assert lines(app, NeedKind.DECISION) == []


def test_a_decided_report_is_to_be_opened_until_it_was(app: App) -> None:
    event = assess(app, caught(app, prescribed(app)), Seriousness.OTHER)
    app.deciding.report(event, [Destination.FDA], Obligation.CHOICE, "Serious")

    (need,) = lines(app, NeedKind.DECISION)
    assert (need.opens, need.due) == (("event", event.id), dt.date(2026, 12, 8))
    assert need.owner == app.who.name

    app.cases.open_for_event(event)

    assert lines(app, NeedKind.DECISION) == []
    assert [n.kind for n in app.worklist.needs()] == [NeedKind.REPORT]


def test_a_report_that_was_decided_against_later_is_not_to_be_opened(app: App) -> None:
    event = assess(app, caught(app, prescribed(app)), Seriousness.OTHER)
    app.deciding.report(event, [Destination.FDA], Obligation.CHOICE, "Serious")
    app.deciding.no_report(event, "Reported by the hospital")

    assert app.worklist.needs() == ()


def test_too_many_events_are_counted_and_not_dropped(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_UNDECIDED", 2)
    session = prescribed(app)
    newest = [caught(app, session, f"Event {n}").id for n in range(5)][-2:]

    older, *listed = lines(app, NeedKind.DECISION)

    assert older.what == "3 older events without a decision"
    assert [need.target for need in listed] == newest


# ------------------------------------------------------------------ reports


def test_a_report_shows_clock_next_step_and_whom_it_waits_for(app: App) -> None:
    report = a_serious_report(app)
    session = app.cases.gather(report.case_id).sessions[0]
    app.sessions.save(replace(session, prescriber="J. Kim"))

    (need,) = lines(app, NeedKind.REPORT)
    (decision,) = lines(app, NeedKind.DECISION)

    assert (need.target, need.what, need.patient) == (report.id, "Syncope after ketamine", "P-0398")
    assert (need.next_step, need.waits_for) == ("Needs outcome", "J. Kim")
    assert (need.due, need.authority) == (dt.date(2026, 12, 8), Authority.CLINIC)
    assert (decision.due, decision.opens) == (None, ("report", report.id))


def test_the_clock_of_an_event_that_came_with_many_begins_when_they_came(
    app: App, clock: StillClock
) -> None:
    patient = a_patient(app)
    with app.context.new_uow() as uow:
        wanted = [Event(patient_id=patient.id, verbatim="Nausea")]
        (event,) = uow.save_bulk(wanted, who=app.who, reason="import")
        uow.commit()
    came = app.context.minute()
    clock.pass_minutes(3 * DAY)
    app.sessions.save(replace(event, severity=Severity.MILD))

    with app.context.new_uow() as uow:
        found = entered(uow, [event], app.context.zone)

    assert found == {event.id: (came,)}


def test_awareness_starts_the_clock_and_another_one_moves_it(app: App) -> None:
    report = a_serious_report(app)
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "awareness[0].at", PartialDate(2026, 11, 10)))

    assert lines(app, NeedKind.REPORT)[0].due == dt.date(2026, 11, 25)


def test_an_open_report_close_to_its_day_that_is_blocked_is_at_risk_then_overdue(
    app: App, clock: StillClock
) -> None:
    a_serious_report(app)
    clock.pass_minutes(13 * DAY)

    (need,) = lines(app, NeedKind.REPORT)

    assert clock_of(need, app.context.today())[1] == "in 2 days, at risk"
    clock.pass_minutes(3 * DAY)
    assert clock_of(lines(app, NeedKind.REPORT)[0], app.context.today())[1] == "1 day over"


def test_a_call_leaves_the_written_report_open_and_writing_ends_it(app: App) -> None:
    report = a_serious_report(app)
    call = Sending(channel=Channel.PHONE, at=NOW, person="M. Ortiz")
    app.sending.record(report.id, call)

    (need,) = lines(app, NeedKind.REPORT)
    assert need.next_step.startswith("Send the written report")

    app.sending.record(
        report.id,
        replace(
            call,
            channel=Channel.FAX,
            reference_lacks=NotThere.AWAITED,
            proof_lacks=NotThere.NONE_GIVEN,
        ),
        unsigned_because=UNSIGNED,
    )

    assert lines(app, NeedKind.REPORT) == []


def test_a_report_that_is_not_serious_is_listed_without_a_date(app: App) -> None:
    report = a_report(app)
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "events[0].seriousness", frozenset()))

    (need,) = lines(app, NeedKind.REPORT)

    assert (need.due, need.next_step) == (None, "Needs outcome")


def test_news_after_sending_bring_a_sent_report_back_where_the_law_asks(
    app: App, clock: StillClock
) -> None:
    bind(app, ClinicDuty.SPONSOR_INVESTIGATOR)
    report = a_serious_report(app)
    app.sending.record(
        report.id,
        Sending(channel=Channel.FAX, at=NOW, reference="1", proof_lacks=NotThere.NONE_GIVEN),
        unsigned_because=UNSIGNED,
    )
    clock.pass_minutes(DAY)
    learn_more(app, report)

    clocks = app.worklist.clocks_of([report.case_id])[report.case_id]

    # Whether it is a study case nobody said, so that it runs on condition.
    assert [(c.rule.id, c.follow_up) for c in clocks] == [("ind-15", True)]
    assert lines(app, NeedKind.REPORT)[0].next_step == "Send a follow-up, then record it"


def bind(app: App, *duties: ClinicDuty) -> None:
    app.profile.save(replace(app.profile.clinic(), duties=frozenset(duties)), "asked again")


def learn_more(app: App, report: Report) -> None:
    with app.context.new_uow() as uow:
        uow.save(Awareness(case_id=report.case_id, at=app.context.minute()), who=app.who)
        uow.commit()


def test_the_profile_of_the_clinic_brings_clocks_without_a_new_login(app: App) -> None:
    report = a_serious_report(app)
    assert [c.rule.id for c in app.worklist.clocks_of([report.case_id])[report.case_id]] == [
        "voluntary"
    ]

    bind(app, ClinicDuty.IND_INVESTIGATOR)

    clocks = app.worklist.clocks_of([report.case_id])[report.case_id]
    assert [c.rule.id for c in clocks] == ["ind-investigator", "voluntary"]


# ------------------------------------------------------------------ requests


def test_a_request_is_a_line_until_each_question_has_its_answer(app: App) -> None:
    report = a_serious_report(app)
    asked = Request(asker=Asker.MAKER, number="M-1", wished=PartialDate(2026, 11, 30))
    app.sending.take(report.id, asked)

    (need,) = lines(app, NeedKind.REQUEST)

    assert (need.due, need.authority) == (dt.date(2026, 11, 30), Authority.WISH)
    assert (need.patient, need.opens) == ("P-0398", ("report", report.id))


# ------------------------------------------------------------------ doing


def test_a_reminder_stands_in_the_line_and_in_the_trail(app: App) -> None:
    caught(app, prescribed(app))
    (need,) = lines(app, NeedKind.DECISION)
    assert need.reminded == ""

    reminder = app.worklist.remind(need)

    assert (reminder.to, reminder.by, reminder.words) == (
        "J. Kim",
        app.who.name,
        "Needs seriousness, then decide",
    )
    assert lines(app, NeedKind.DECISION)[0].reminded == (
        f"J. Kim was reminded by {app.who.name}, 23-Nov-2026 14:40"
    )
    with app.context.new_uow() as uow:
        assert len(uow.trail.of("reminder", reminder.id)) == 1


def test_all_who_are_named_are_reminded_at_once(app: App) -> None:
    own = Need(
        kind=NeedKind.REPORT, target="x", what="", detail="", patient="", next_step="Send it",
        owner=app.who.name or "", due=None, authority=Authority.CLINIC, rule="",
    )  # fmt: skip
    theirs, nobody = replace(own, owner="J. Kim"), replace(own, owner="")
    waits = replace(own, waits_for="A. Reyes")

    done = app.worklist.remind_all([own, theirs, nobody, waits])

    assert [(r.to, r.words) for r in done] == [("J. Kim", "Send it"), ("A. Reyes", "Send it")]
    assert app.worklist.reminded([theirs])[0].reminded.startswith("A. Reyes was reminded")
    assert app.worklist.remind_all([]) == ()


def test_nobody_is_reminded_of_a_line_without_an_owner(app: App) -> None:
    app.sessions.save(Event(patient_id=a_patient(app).id, verbatim="Headache"))

    with pytest.raises(NobodyToRemindError):
        app.worklist.remind(lines(app, NeedKind.DECISION)[0])


def test_a_report_is_taken_over_and_then_mine(app: App) -> None:
    a_serious_report(app)
    (need,) = lines(app, NeedKind.REPORT)
    assert not is_of(need, app.who.name)

    app.worklist.take_over(need)

    (mine,) = lines(app, NeedKind.REPORT)
    assert is_of(mine, app.who.name)
    with pytest.raises(NotToTakeError):
        app.worklist.take_over(lines(app, NeedKind.DECISION)[0])


def test_an_unchanged_list_is_not_read_twice(app: App) -> None:
    a_serious_report(app)
    first = app.worklist.needs()

    assert app.worklist.needs() is first
    caught(app, prescribed(app))
    assert app.worklist.needs() != first


def test_a_user_facility_owes_an_annual_report_until_its_year_is_entered(app: App) -> None:
    app.profile.save(replace(app.profile.clinic(), facility=FacilityType.OUTPATIENT))
    report = a_serious_report(app)
    to_maker = Sending(
        case_id=report.case_id, report_id=report.id, destination=Destination.MANUFACTURER, at=NOW
    )
    app.sessions.save(to_maker)
    assert not lines(app, NeedKind.ANNUAL)  # no device was in it
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "case.device.brand", "Pump 9"))
    (need,) = lines(app, NeedKind.ANNUAL)
    assert (need.due, need.opens) == (dt.date(2027, 1, 1), ("place", "clinic"))
    app.profile.save(replace(app.profile.clinic(), annual_report_for=2026))
    assert not lines(app, NeedKind.ANNUAL)

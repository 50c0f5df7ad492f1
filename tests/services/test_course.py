"""Events and notes after they were caught: corrected, ended, struck through, never erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.archive import case_from
from aeapp.domain.chair.palette import Use
from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.records import Event, Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.cases import EventStruckError
from aeapp.services.events import EventReportedError
from aeapp.services.exporting import bundle_of
from aeapp.services.sessions import ReasonMissingError, SessionOverError
from tests.helpers.clinic import StillClock, practice_app


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
    return app.sessions.start(patient.id, route=SessionRoute.IM)


@pytest.fixture
def event(app: App, session: Session) -> Event:
    return app.sessions.catch_event(session, "Nausea", Severity.MILD)


def entries(app: App, record: Event) -> list[dict[str, object]]:
    with app.context.new_uow() as uow:
        return [dict(e.content) for e in uow.trail.of("event", record.id)]


# --- events


def test_an_event_is_corrected_with_its_reason_in_the_trail(app: App, event: Event) -> None:
    changed = app.events.correct(event, " read again ", severity=Severity.SEVERE)
    assert changed.severity is Severity.SEVERE
    assert entries(app, event)[-1]["reason"] == "read again"


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_corrected_or_struck_without_a_reason(
    app: App, event: Event, reason: str
) -> None:
    with pytest.raises(ReasonMissingError):
        app.events.correct(event, reason, severity=Severity.SEVERE)
    with pytest.raises(ReasonMissingError):
        app.events.strike(event, reason)


def test_a_first_answer_needs_no_reason(app: App, event: Event) -> None:
    told = app.events.add(event, treatment="Ondansetron 4 mg IV")
    assert told.treatment == "Ondansetron 4 mg IV"


def test_over_now_gives_the_end_and_leaves_the_outcome_open(
    app: App, clock: StillClock, event: Event
) -> None:
    clock.pass_minutes(7)
    over = app.events.resolved(event)
    assert over.ended == PartialDate(2026, 11, 23, 14, 47, None, -300)
    assert over.outcome is None
    earlier = PartialDate(2026, 11, 23, 14, 45, None, -300)
    assert app.events.resolved(over, earlier).ended == earlier


def test_a_struck_event_stays_on_record_and_gets_no_report(app: App, event: Event) -> None:
    struck = app.events.strike(event, "undone")
    assert struck.stands is False
    (stored,) = app.sessions.room(event.session_id).events
    assert (stored.verbatim, stored.struck_reason) == ("Nausea", "undone")
    with pytest.raises(EventStruckError):
        app.cases.open_for_event(event)


def test_an_event_with_a_report_is_not_struck_behind_its_back(app: App, event: Event) -> None:
    app.cases.open_for_event(event)
    with pytest.raises(EventReportedError):
        app.events.strike(event, "undone")


def test_a_struck_event_is_in_the_case_file_and_not_in_the_case(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    second = app.sessions.save(
        Event(
            patient_id=event.patient_id,
            session_id=event.session_id,
            case_id=report.case_id,
            verbatim="Headache",
            struck_reason="another patient",
        )
    )
    assert [e.verbatim for e in app.cases.gather(report.case_id).events] == ["Nausea"]
    with app.context.new_uow() as uow:
        bundle = bundle_of(uow, report.case_id)
    assert second.id in {e.id for e in bundle.events}
    assert [e.verbatim for e in case_from(bundle).events] == ["Nausea"]


# --- notes


def test_a_line_has_its_time_kind_and_person(app: App, session: Session) -> None:
    note = app.notes.add(session, " Suction ", NoteKind.INTERVENTION)
    assert (note.words, note.kind, note.by) == ("Suction", NoteKind.INTERVENTION, "Dana Reyes")
    assert note.at == PartialDate(2026, 11, 23, 14, 40, None, -300)
    assert app.notes.of_session(session.id) == (note,)


def test_a_line_is_struck_with_a_reason_and_stays(app: App, session: Session) -> None:
    note = app.notes.add(session, "Suction")
    with pytest.raises(ReasonMissingError):
        app.notes.strike(note, " ")
    struck = app.notes.strike(note, "wrong chair")
    assert struck.stands is False
    assert app.sessions.room(session.id).notes == (struck,)


def test_an_ended_session_takes_no_line(app: App, session: Session) -> None:
    app.sessions.end(session, SessionEnd.DISCHARGED)
    with pytest.raises(SessionOverError):
        app.notes.add(session, "Suction")


# --- use of the palette


def past(month: int, day: int = 3) -> PartialDate:
    return PartialDate(2026, month, day, 10, 0, None, -300)


def test_use_counts_sessions_of_the_months_before_and_no_struck_event(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    for month, words in ((2, "Nausea"), (3, "threw up"), (11, "Nausea")):
        session = app.sessions.start(patient.id, started=past(month))
        app.sessions.catch_event(session, words, onset=past(month))
        app.sessions.catch_event(session, words, onset=past(month))
    quiet = app.sessions.start(patient.id, started=past(4))
    app.events.strike(app.sessions.catch_event(quiet, "Nausea", onset=past(4)), "slip")
    app.sessions.start(patient.id, started=PartialDate(2025, 10, 31, 9, 0, None, -300))
    app.sessions.start(patient.id, started=PartialDate(2025))
    assert app.palette.use() == Use(3, {"nausea": 1, "vomiting": 1})


def test_use_stays_the_same_all_month_and_is_counted_anew_in_the_next(
    app: App, clock: StillClock
) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    assert app.palette.use() == Use()
    app.sessions.start(patient.id, started=past(10))
    assert app.palette.use() == Use()
    clock.pass_minutes(8 * 24 * 60)
    assert app.palette.use() == Use(1, {})


def test_use_is_counted_over_more_sessions_than_one_page(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    with app.context.new_uow() as uow:
        stored = uow.save_bulk(
            [Session(patient_id=patient.id, started=past(5)) for _n in range(1203)],
            who=app.who,
            reason="test",
        )
        events = [
            Event(patient_id=patient.id, session_id=s.id, verbatim="Panic") for s in stored[:700]
        ]
        uow.save_bulk(events, who=app.who, reason="test")
        uow.commit()
    assert app.palette.use() == Use(1203, {"panic": 700})

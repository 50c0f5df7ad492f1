from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.case import write
from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.safety import Occupation, Seriousness, Severity
from aeapp.domain.records import Event, Patient
from aeapp.editing.editor import Editor
from aeapp.services.app import App
from aeapp.services.drafts import report_scope
from aeapp.services.ports import ChangedElsewhereError
from aeapp.services.sessions import NoSuchNumberError
from tests.helpers.clinic import practice_app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def event(app: App) -> Event:
    patient = app.patients.save(Patient(code="P-1001"))
    session = app.sessions.start(patient.id, route=SessionRoute.NASAL)
    return app.sessions.catch_event(session, "Nausea", Severity.MILD)


def test_an_event_opens_one_case_with_one_report(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    case = app.cases.gather(report.case_id)

    assert report.number == "KC-2026-000001/3500/1"
    assert case.happening.onset == event.onset
    assert case.subject.identifier == "P-1001"
    assert app.cases.open_for_event(case.events[0]) == report


def test_who_is_logged_in_files_and_what_is_not_known_stays_open(app: App, event: Event) -> None:
    case = app.cases.gather(app.cases.open_for_event(event).case_id)

    assert (case.filer.first_name, case.filer.last_name) == ("Dana", "Reyes")
    assert case.filer.occupation is Occupation.NURSE
    assert case.awareness[0].who == "Dana Reyes"
    assert case.awareness[0].teller is None
    assert case.events[0].seriousness is None


def test_an_edit_of_a_view_is_stored_in_the_record_it_shows(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    before = app.cases.gather(report.case_id)
    after = write(before, "happening.seriousness", frozenset({Seriousness.OTHER}))

    stored = app.cases.save(before, after)

    assert stored.events[0].seriousness == frozenset({Seriousness.OTHER})
    assert stored.events[0].version == before.events[0].version + 1
    assert app.cases.gather(report.case_id) == stored


def test_saving_nothing_writes_nothing(app: App, event: Event) -> None:
    case = app.cases.gather(app.cases.open_for_event(event).case_id)
    head = app.head()

    assert app.cases.save(case, case) is case
    assert app.head() == head


def test_a_record_saved_meanwhile_refuses_the_whole_save(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    mine = app.cases.gather(report.case_id)
    theirs = app.cases.save(mine, write(mine, "case.narrative", "theirs"))
    changed = write(write(mine, "case.narrative", "mine"), "events[0].note", "mine")

    with pytest.raises(ChangedElsewhereError) as refused:
        app.cases.save(mine, changed)

    assert refused.value.paths == ("narrative",)
    assert app.cases.gather(report.case_id) == theirs


def test_reports_are_listed_and_found_by_the_number_people_say(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)

    (line,) = app.cases.report_lines(app.cases.report_ids())

    assert (line.number, line.title, line.patient) == (report.number, "Nausea", "P-1001")
    assert app.cases.report_by_number("KC-2026-000001/3500/1") == report
    assert app.cases.report_by_number("KC-2026-000001") == report
    with pytest.raises(NoSuchNumberError):
        app.cases.report_by_number("KC-2026-000002")


def test_a_draft_comes_back_with_its_undo(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    scope = report_scope(report.id)
    typing = Editor(app.cases.gather(report.case_id), write)
    typing.keep_journal(lambda kind, step: app.drafts.keep(scope, kind, step))
    typing.enter("case.narrative", "He felt sick.")
    typing.close_step()
    typing.set("events[0].seriousness", frozenset())

    later = Editor(app.cases.gather(report.case_id), write)
    applied = later.replay(app.drafts.steps(scope))

    assert applied == 2
    assert later.model == typing.model
    later.undo()
    assert later.model.events[0].seriousness is None
    later.undo()
    assert later.model == later.saved
    assert app.drafts.scopes() == [scope]
    app.drafts.clear(scope)
    assert app.drafts.scopes() == []

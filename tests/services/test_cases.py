from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from aeapp.domain.case import write
from aeapp.domain.case_parts import PARTS, SUSPECT, add_decision, answered_at
from aeapp.domain.codelists.clinic import Role, SessionRoute
from aeapp.domain.codelists.safety import Occupation, Seriousness, Severity
from aeapp.domain.records import Administration, CaseFile, Event, Lot, Patient, Product
from aeapp.domain.records.case import StatedValue
from aeapp.domain.values import PartialDate
from aeapp.editing.editor import Editor, Step
from aeapp.kernel.files import PlaceRefusedError
from aeapp.kernel.ids import new_id
from aeapp.services.app import App
from aeapp.services.drafts import report_scope
from aeapp.services.ports import ChangedElsewhereError
from aeapp.services.roles import DeedRoleError
from aeapp.services.sessions import NoSuchNumberError, of_kind
from tests.exports.reading import page_texts
from tests.helpers.clinic import StillClock, cheap_clinics, new_clinic, practice_app
from tests.helpers.desk import a_patient


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
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


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER])
def test_a_decision_of_the_report_is_stored_by_whose_it_is_alone(
    tmp_path: Path, role: Role
) -> None:
    app = practice_app(tmp_path / role, role=role)
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IM)
    event = app.sessions.catch_event(session, "Syncope", None)
    case = app.cases.gather(app.cases.open_for_event(event).case_id)
    decided = write(add_decision(case, event.id, new_id), "decisions[0].reason", "expected")
    if role is Role.NURSE:
        with pytest.raises(DeedRoleError):
            app.cases.save(case, decided)
    else:
        app.cases.save(case, decided)
    stored = app.cases.gather(case.case.id).decisions
    assert len(stored) == (role is Role.PRESCRIBER)
    app.close()


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


def test_the_clinic_learnt_of_an_event_when_it_was_entered(
    app: App, event: Event, clock: StillClock
) -> None:
    clock.pass_minutes(3 * 24 * 60)

    case = app.cases.gather(app.cases.open_for_event(event).case_id)

    assert case.awareness[0].at == event.onset
    assert case.report.reported_on == PartialDate(2026, 11, 26)


def test_undo_of_a_computed_item_leaves_nothing_stated(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    patient = app.patients.get(event.patient_id)
    app.patients.save(replace(patient, birth_date=PartialDate(1990, 1, 1)))
    editor = Editor(app.cases.gather(report.case_id), write, raw=answered_at)
    assert editor.text("subject.age") == "36"

    editor.enter("subject.age", "40")
    editor.undo()

    assert editor.model.case.stated == ()
    assert editor.text("subject.age") == "36"


def by_place(app: App, event: Event, place: str) -> str:
    """Store a case of two products whose file holds a statement by place; return its id."""
    report = app.cases.open_for_event(event)
    case = app.cases.gather(report.case_id)
    for name in ("ketamine", "esketamine"):
        ids = [new_id() for _ in range(3)]
        case = write(PARTS[SUSPECT].add(case, ids), f"products[{len(case.products)}].name", name)
    app.cases.save(app.cases.gather(report.case_id), case)
    stored = app.cases.gather(report.case_id).case
    app.sessions.save(replace(stored, stated=(StatedValue(path=place, value="x"),)))
    return report.case_id


def test_what_was_stored_by_place_is_bound_and_stored_so_with_the_next_save(
    app: App, event: Event
) -> None:
    case_id = by_place(app, event, "suspects[1].product.strength")
    before = app.cases.gather(case_id)
    key = f"suspects[@{before.products[1].id}/{before.lots[1].id}].product.strength"
    assert [s.path for s in before.case.stated] == [key]

    app.cases.save(before, write(before, "patient.code", "P-77"))

    with app.context.new_uow() as uow:
        (stored,) = of_kind(CaseFile, [uow.records.get("case", case_id)])
    assert [s.path for s in stored.stated] == [key]
    assert stored.version == before.case.version + 1
    again = app.cases.gather(case_id)
    app.cases.save(again, write(again, "patient.code", "P-78"))
    assert app.cases.gather(case_id).case.version == stored.version


def test_binding_refuses_no_save_for_what_somebody_else_changed(app: App, event: Event) -> None:
    case_id = by_place(app, event, "suspects[1].product.strength")
    mine = app.cases.gather(case_id)
    theirs = app.cases.gather(case_id)
    app.cases.save(theirs, write(theirs, "case.title", "Sick"))

    app.cases.save(mine, write(mine, "patient.code", "P-77"))

    assert app.cases.gather(case_id).patient.code == "P-77"


def test_undo_of_the_first_word_on_a_patient_stores_no_patient(app: App) -> None:
    file = app.sessions.save(CaseFile(title="Nobody yet"))
    editor = Editor(app.cases.gather(file.id), write, raw=answered_at)
    before = app.patients.ids("")
    editor.enter("patient.code", "P-0001")
    editor.close_step()
    editor.undo()

    app.cases.save(editor.saved, editor.model)

    assert app.patients.ids("") == before
    stored = app.cases.gather(file.id)
    assert (stored.case.patient_id, stored.case.version) == ("", file.version)


def test_a_save_forgets_its_draft_in_the_same_step(app: App, event: Event) -> None:
    report = app.cases.open_for_event(event)
    scope = report_scope(report.id)
    case = app.cases.gather(report.case_id)
    app.drafts.keep(scope, "edit", Step("case.narrative", None, "sick"))

    app.cases.save(case, write(case, "case.narrative", "sick"), draft=scope)

    assert app.drafts.steps(scope) == []


def test_a_draft_that_cannot_be_read_does_not_lock_the_report(app: App, event: Event) -> None:
    scope = report_scope(app.cases.open_for_event(event).id)
    app.drafts.keep(scope, "edit", Step("case.gone", None, "x"))
    app.drafts.keep(scope, "edit", Step("case.narrative", None, "sick"))

    assert [step.path for _, step in app.drafts.steps(scope)] == ["case.narrative"]


def test_who_files_has_a_name_without_the_degree(tmp_path: Path) -> None:
    app = cheap_clinics().create(
        new_clinic(tmp_path, display_name="Jane Doe, RN", role=Role.PRESCRIBER)
    )
    patient = app.patients.save(Patient(code="P-1"))
    event = app.sessions.catch_event(app.sessions.start(patient.id), "Nausea")

    case = app.cases.gather(app.cases.open_for_event(event).case_id)
    app.close()

    assert (case.filer.first_name, case.filer.last_name) == ("Jane", "Doe")
    assert case.filer.occupation is None
    assert case.filer.health_professional is True


def test_a_giving_brings_its_session_and_a_lot_its_product(app: App) -> None:
    patient = app.patients.save(Patient(code="P-2"))
    session = app.sessions.start(patient.id, indication="depression")
    product = app.sessions.save(Product(name="ketamine"))
    lot = app.sessions.save(Lot(product_id=product.id, number="K1"))
    case = app.sessions.save(CaseFile(number="KC-2026-000077", patient_id=patient.id))
    app.sessions.save(Administration(case_id=case.id, session_id=session.id, lot_id=lot.id))

    gathered = app.cases.gather(case.id)

    assert gathered.sessions == (session,)
    assert gathered.products == (product,)


def test_the_same_state_prints_the_same_bytes_and_another_one_names_another_entry(
    app: App, event: Event, tmp_path: Path
) -> None:
    report = app.cases.open_for_event(event)
    export = partial(app.documents.export, report.case_id, report.id)
    first = export(tmp_path / "1.pdf")
    again = export(tmp_path / "2.pdf")
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "case.narrative", "He felt sick."))
    second = export(tmp_path / "3.pdf")

    assert first.sha256 == again.sha256 != second.sha256
    pages = [page_texts((tmp_path / f"{n}.pdf").read_bytes())[0] for n in (1, 3)]
    assert all("version 1" in page for page in pages)
    assert pages[0].partition("trail entry")[2] != pages[1].partition("trail entry")[2]
    assert app.documents.known(tmp_path / "3.pdf")


def test_nothing_is_written_into_a_clinic(app: App, event: Event, tmp_path: Path) -> None:
    report = app.cases.open_for_event(event)
    inside = tmp_path / "larkspur.aeclinic" / "clinic.db"
    before = inside.read_bytes()

    with pytest.raises(PlaceRefusedError):
        app.documents.export(report.case_id, report.id, inside)

    assert inside.read_bytes() == before
    with pytest.raises(PlaceRefusedError):
        app.documents.export(report.case_id, report.id, tmp_path)

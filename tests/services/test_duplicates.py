"""Cases that look like the one at hand are told before it is made and when it is taken in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.codelists.safety import Sex
from aeapp.domain.duplicates import Field
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, CaseFile, Event, Lot, Patient, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.ports import UnitOfWork
from tests.helpers.clinic import practice_app

DAY = PartialDate.parse("2026-11-16T10:20-05:00")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def session(app: App) -> Session:
    """A session in which ketamine of one lot was given."""
    patient = Patient(code="P-0412", birth_date=PartialDate.parse("1980-02-03"), sex=Sex.FEMALE)
    with app.context.new_uow() as uow:
        product = uow.save(Product(name="Ketamine HCl"), who=app.who)
        lot = uow.save(Lot(product_id=product.id, number="KT6B0417"), who=app.who)
        person = uow.save(patient, who=app.who)
        session = uow.save(Session(patient_id=person.id, started=DAY), who=app.who)
        giving = Administration(
            session_id=session.id, patient_id=person.id, product_id=product.id, lot_id=lot.id
        )
        uow.save(giving, who=app.who)
        uow.commit()
    return session


def event(app: App, session: Session, words: str, onset: PartialDate | None = DAY) -> Event:
    made = Event(patient_id=session.patient_id, session_id=session.id, verbatim=words, onset=onset)
    with app.context.new_uow() as uow:
        stored = uow.save(made, who=app.who)
        uow.commit()
    return stored


def case_file(path: Path, **changes: Any) -> Path:
    tree = {
        "format": "aeapp-case/1",
        "patient": {"id": "p", "code": "X-9", "birth_date": "1980-02-03", "sex": "2"},
        "products": [{"id": "pr", "name": "Ketamine"}],
        "lots": [{"id": "l", "product_id": "pr", "number": "KT-6B0417"}],
        "case": {"id": "c", "patient_id": "p"},
        "events": [
            {"id": "e", "case_id": "c", "patient_id": "p", "verbatim": "detached",
             "onset": "2026-11-16"}
        ],
    }  # fmt: skip
    path.write_text(json.dumps(tree | changes))
    return path


def test_a_second_report_of_one_event_is_told_before_its_case_is_made(
    app: App, session: Session
) -> None:
    first = event(app, session, "Dissociation")
    assert app.duplicates.before_report(first.id) == ()
    report = app.cases.open_for_event(first)

    again = event(app, session, "floating")
    (found,) = app.duplicates.before_report(again.id)

    assert (found.case_id, found.report_id) == (report.case_id, report.id)
    assert app.duplicates.before_report(first.id) == ()
    assert found.likeness.is_likely
    assert {Field.PATIENT, Field.EVENT, Field.ONSET, Field.PRODUCT, Field.LOT} == set(
        found.likeness.matched
    )
    assert found.sentence() == (
        f"Is likely the same as {found.number}, score 89: same patient, event, day of onset, "
        "product, lot."
    )


def test_the_same_event_after_another_session_is_another_case(app: App, session: Session) -> None:
    app.cases.open_for_event(event(app, session, "Dissociation"))

    later = event(app, session, "Dissociation", PartialDate.parse("2026-11-23"))
    assert app.duplicates.before_report(later.id) == ()


def test_an_event_without_session_and_patient_is_like_no_other(app: App, session: Session) -> None:
    app.cases.open_for_event(event(app, session, "Dissociation"))

    with app.context.new_uow() as uow:
        fall = uow.save(Event(verbatim="Fall"), who=app.who)
        uow.commit()
    assert app.duplicates.before_report(fall.id) == ()


def test_a_case_is_not_told_as_like_itself(app: App, session: Session) -> None:
    told = event(app, session, "Dissociation")
    report = app.cases.open_for_event(told)
    again = app.cases.open_for_event(event(app, session, "Dissociation"))

    (found,) = app.duplicates.of_case(app.cases.gather(report.case_id))

    assert found.case_id == again.case_id


def test_an_import_says_which_case_it_may_be_and_merges_nothing(
    app: App, session: Session, tmp_path: Path
) -> None:
    app.cases.open_for_event(event(app, session, "Dissociation"))
    path = case_file(tmp_path / "case.json")

    planned = app.importing.import_case(path, apply=False)
    done = app.importing.import_case(path)

    notes = [note for note in done.notes if "same as" in note]
    assert notes == [note for note in planned.notes if "same as" in note]
    assert notes == [
        (
            "May be the same as KC-2026-000001, score 67: date of birth, sex, event, "
            "day of onset, product, lot, patient code differs."
        )
    ]
    assert done.case_number == "KC-2026-000002"
    assert len(app.cases.report_ids()) == 2
    assert not any("X-9" in note or "P-0412" in note for note in done.notes)


def test_an_import_of_something_else_says_nothing_of_it(
    app: App, session: Session, tmp_path: Path
) -> None:
    app.cases.open_for_event(event(app, session, "Dissociation"))
    other = {"id": "p", "code": "X-9", "birth_date": "1971-05-06", "sex": "2"}

    done = app.importing.import_case(case_file(tmp_path / "case.json", patient=other))

    assert not [note for note in done.notes if "same as" in note]


def test_a_known_patient_counts_as_the_same_person(
    app: App, session: Session, tmp_path: Path
) -> None:
    app.cases.open_for_event(event(app, session, "Dissociation"))
    known = {"id": "p", "code": "P-0412"}

    done = app.importing.import_case(
        case_file(tmp_path / "case.json", patient=known), patient="known"
    )

    (note,) = [note for note in done.notes if "same as" in note]
    assert note.startswith("Is likely the same as KC-2026-000001, score 89: same patient")


@pytest.mark.parametrize(
    ("onset", "found"),
    [
        ("2026-11-16T10:20-05:00", True),
        ("2026-11-18", True),
        ("2026-11", True),
        ("2026", True),
        (None, True),
        (NullFlavor.UNK, True),
        ("2026-11-20", False),
        ("2026-10", False),
    ],
)
def test_no_case_that_can_be_the_same_is_passed_over_by_its_onset(
    app: App, session: Session, onset: str | NullFlavor | None, *, found: bool
) -> None:
    plain = onset is None or isinstance(onset, NullFlavor)
    at = onset if plain else PartialDate.parse(str(onset))
    told = event(app, session, "Dissociation", at)  # type: ignore[arg-type] # a date or a reason
    report = app.cases.open_for_event(told)

    alike = app.duplicates.before_report(event(app, session, "Dissociation").id)

    assert [one.case_id for one in alike] == ([report.case_id] if found else [])


def test_a_case_without_an_event_is_found_by_its_patient_and_one_of_unknown_day_by_all(
    app: App, session: Session
) -> None:
    with app.context.new_uow() as uow:
        file = uow.save(CaseFile(patient_id=session.patient_id, number="K-1"), who=app.who)
        uow.save(
            Administration(
                case_id=file.id, product_id=_only(uow, "product"), lot_id=_only(uow, "lot")
            ),
            who=app.who,
        )
        uow.commit()
    told = event(app, session, "Dissociation")

    first = app.duplicates.before_report(told.id)
    with app.context.new_uow() as uow:
        uow.save(replace(told, onset=None), who=app.who)
        uow.commit()
    unknown = app.duplicates.before_report(told.id)

    assert [one.number for one in first] == [one.number for one in unknown]


def _only(uow: UnitOfWork, kind: str) -> str:
    (record,) = uow.records.query(kind)
    return record.id

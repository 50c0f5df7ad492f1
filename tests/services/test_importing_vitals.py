"""Readings of a monitor come in once, and the name of their file stays outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest

from aeapp.domain.records import Patient, Session
from aeapp.services.app import App
from aeapp.services.importing import ImportService
from aeapp.services.importing_vitals import OtherDayError
from aeapp.services.ports import UnitOfWork
from tests.helpers.clinic import practice_app
from tests.helpers.guards import SENTINEL

TABLE = "Time,HR\n2026-11-23 10:00:00,80\n2026-11-23 10:01:00,82\n"


class Overtaken:
    """A unit of work that finds the lock taken: somebody else commits before it has it."""

    def __init__(self, inner: UnitOfWork, other: Callable[[], object]) -> None:
        self._inner, self._other = inner, other

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(self, *failure: object) -> None:
        self._inner.__exit__(*failure)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def lock(self) -> None:
        self._other()
        self._inner.lock()

    def save_bulk(self, *records: Any, **words: Any) -> Any:
        self._other()
        return self._inner.save_bulk(*records, **words)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path)
    yield app
    app.close()


@pytest.fixture
def session(app: App) -> Session:
    return app.sessions.start(app.patients.save(Patient(code="P-1")).id)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / f"{SENTINEL} born 1990-03-14.csv"
    path.write_text(TABLE)
    return path


def test_the_name_of_the_file_is_kept_nowhere(app: App, session: Session, table: Path) -> None:
    app.importing.import_vitals(table, session, apply=True)

    with app.context.new_uow() as uow:
        entry = uow.trail.newest(1)[0]
    assert entry.content["reason"] == "import of monitor readings"
    assert SENTINEL not in entry.payload
    assert {o.device for o in app.sessions.room(session.id).observations} == {"monitor numerics"}


def test_an_import_that_was_overtaken_adds_nothing_twice(
    app: App, session: Session, table: Path
) -> None:
    def other() -> None:
        app.importing.import_vitals(table, session, apply=True)

    context = replace(
        app.context,
        new_uow=lambda: Overtaken(app.context.new_uow(), other),
    )

    done = ImportService(context).import_vitals(table, session, apply=True)

    assert done.already_here == 2
    assert len(app.sessions.room(session.id).observations) == 2


def test_a_plan_does_not_wait_for_others(app: App, session: Session, table: Path) -> None:
    with app.context.new_uow() as busy:
        busy.lock()
        planned = app.importing.import_vitals(table, session, apply=False)

    assert (planned.observations, planned.already_here, planned.applied) == (2, 0, False)
    assert app.sessions.room(session.id).observations == ()


def test_readings_of_another_day_are_a_question(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id)
    file = tmp_path / "monitor.csv"
    file.write_text("Time,HR\n2024-10-10 10:00:00,72\n")

    planned = app.importing.import_vitals(file, session, apply=False)
    with pytest.raises(OtherDayError):
        app.importing.import_vitals(file, session, apply=True)
    before = app.sessions.room(session.id).observations
    done = app.importing.import_vitals(file, session, apply=True, other_day=True)
    app.close()

    assert "other days" in planned.notes[0]
    assert before == ()
    assert done.kept == 1

"""Files of readings: planned, taken in whole and once; the name of a file stays outside."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pytest

from aeapp.domain.chair.last_time import last_time
from aeapp.domain.codelists.clinic import ObservationStatus, SessionEnd, SessionRoute
from aeapp.domain.codelists.session import CheckKind, NoteKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import ColumnMapping, Patient, Session
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.values import PartialDate
from aeapp.kernel.files import FileMissingError
from aeapp.services.app import App
from aeapp.services.importing import (
    ImportService,
    NoSuchMappingError,
    UnknownContentError,
    UnknownLayoutError,
    Whose,
    Wishes,
)
from aeapp.services.importing_vitals import (
    AmendmentError,
    OtherDayError,
    OtherPatientError,
)
from aeapp.services.ports import UnitOfWork
from exports.documents import PdfArchives
from tests.helpers.clinic import practice_app
from tests.helpers.guards import SENTINEL
from tests.helpers.readings import BEGUN, SAMPLES, Case, cases

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

    done = ImportService(context, PdfArchives()).import_vitals(table, session, apply=True)

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
    done = app.importing.import_vitals(file, session, apply=True, wishes=Wishes(other_day=True))
    app.close()

    assert planned.notes[0].startswith("The readings lie on other days")
    assert done.notes == ("The readings lie on other days than the session.",)
    assert before == ()
    assert done.kept == 1


# ------------------------------------------------------------------ every layout

FILES = [case for case in cases() if case.name not in ("vital, unpacked", "columns, the mapping")]
EACH = pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)


@pytest.fixture
def running(app: App) -> Session:
    """Return a session of the day of the samples, 14:30 in New York."""
    started = PartialDate(2026, 11, 23, 14, 30, None, -300)
    return app.sessions.start(app.patients.save(Patient(code="P-2")).id, started=started)


def wishes(case: Case, **changes: Any) -> Wishes:
    """Return what a person says about a sample; a mapping where it needs one."""
    columns = SAMPLES / "capnograph.columns.json" if case.name == "columns" else None
    return Wishes(start=BEGUN, columns=columns, **changes)


def on_disk(case: Case, folder: Path) -> Path:
    path = folder / "file"
    path.write_bytes(case.sample)
    return path


@EACH
def test_a_file_is_planned_taken_in_whole_and_not_twice(
    app: App, running: Session, tmp_path: Path, case: Case
) -> None:
    path = on_disk(case, tmp_path)
    asked = replace(wishes(case), same_patient=True)
    plan = app.importing.plan(path, running, asked)
    planned = plan.summary()
    assert app.sessions.room(running.id).observations == ()

    done = app.importing.apply(plan)
    again = app.importing.apply(app.importing.plan(path, running, asked))

    assert planned.layout == case.name.split(",", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    assert (planned.applied, done.applied) == (False, True)
    assert replace(planned, applied=True) == done
    assert planned.observations > 0
    assert (planned.already_here, again.already_here) == (0, planned.observations)
    stored = app.sessions.room(running.id).observations
    assert len(stored) == planned.observations
    assert {o.patient_id for o in stored} == {running.patient_id}
    asked = [o for o in stored if o.status is ObservationStatus.QUESTIONED]
    assert len(asked) == len(planned.questions)


@EACH
def test_a_layout_that_is_named_is_taken_at_its_name(
    app: App, running: Session, tmp_path: Path, case: Case
) -> None:
    path = on_disk(case, tmp_path)
    known = app.importing.plan(path, running, wishes(case))
    named = app.importing.plan(path, running, wishes(case, layout=known.layout))

    assert named.parsed.observations == known.parsed.observations
    assert known.layout in dict(app.importing.layouts())
    with pytest.raises(UnknownLayoutError):
        app.importing.plan(path, running, wishes(case, layout="quokka"))


def test_a_mapping_is_needed_where_columns_are_named(
    app: App, running: Session, table: Path
) -> None:
    with pytest.raises(UnknownContentError):
        app.importing.plan(table, running, Wishes(layout="columns"))
    with pytest.raises(UnknownLayoutError):
        app.importing.plan(table, running, Wishes(layout="numerics", columns=table))


def test_a_mapping_is_kept_once_for_its_header_and_reads_the_next_file(
    app: App, running: Session
) -> None:
    importing, file = app.importing, SAMPLES / "capnograph.tsv"
    text = (SAMPLES / "capnograph.columns.json").read_text()
    look, known = importing.look(file)
    assert (known, look.separator, look.header_line) == ("", "tab", 2)
    trial = importing.try_columns(file, running, Wishes(mapping=text))
    assert trial.readings == 7

    kept = importing.keep_mapping(look, text)
    assert importing.keep_mapping(look, text) == kept
    plan = importing.plan(file, running, Wishes(other_day=True))
    assert (plan.layout, len(plan.fresh)) == ("columns", 7)
    assert "the kept mapping Capnograph, room 2" in plan.why
    assert importing.plan(file, running, Wishes(layout="columns", other_day=True)).fresh
    assert importing.look(file)[1] == text
    # Another one for the same header takes its place; nobody's header is kept in words.
    other = text.replace("Capnograph, room 2", "Room 3")
    changed = importing.keep_mapping(look, other)
    assert (changed.id, changed.name, changed.version) == (kept.id, "Room 3", kept.version + 1)
    assert [one.name for one in importing.mappings()] == ["Room 3"]

    with pytest.raises(NoSuchMappingError):
        importing.drop_mapping("Capnograph, room 2")
    importing.drop_mapping("Room 3")
    with pytest.raises(UnknownContentError):
        importing.plan(file, running)
    assert importing.keep_columns(file, SAMPLES / "capnograph.columns.json").header == kept.header


def test_a_kept_mapping_that_cannot_be_read_is_told_and_stands_in_no_way(
    app: App, running: Session, table: Path
) -> None:
    broken = ColumnMapping(name="Room 9", header="0" * 64, mapping='{"format": "aeapp-columns/9"}')
    with app.context.new_uow() as uow:
        uow.save(broken, who=app.context.who)
        uow.commit()
    told = "The kept mapping Room 9 cannot be read here, so it was not tried."
    file = SAMPLES / "capnograph.tsv"

    with pytest.raises(UnknownContentError) as refusal:
        app.importing.plan(file, running)
    assert refusal.value.lines()[1:] == (told,)

    # The one that fits is found behind it, and the broken one is still told.
    look, kept = app.importing.look(file)
    assert kept == ""
    text = (SAMPLES / "capnograph.columns.json").read_text()
    app.importing.keep_mapping(look, text)
    plan = app.importing.plan(file, running, Wishes(other_day=True))
    assert (len(plan.fresh), plan.summary().notes[0]) == (7, told)
    # Whom no mapping concerns hears nothing of it.
    assert told not in app.importing.plan(table, running).summary().notes


def test_a_file_of_no_layout_is_refused_with_the_way_out(
    app: App, running: Session, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_text("DATE\tTIME\tEtCO2\n")

    with pytest.raises(ImportRejected) as refusal:
        app.importing.plan(path, running)
    assert "--columns" in refusal.value.option
    with pytest.raises(FileMissingError):
        app.importing.plan(tmp_path / "no", running)


def test_the_same_readings_of_two_layouts_are_one(
    app: App, running: Session, tmp_path: Path
) -> None:
    plain, tracks = tmp_path / "a.csv", tmp_path / "b.csv"
    plain.write_text("Time,PULSE,SpO2\n2026-11-23 14:40:00,71.0,98\n")
    tracks.write_text("Time,M/PLETH_HR,M/PLETH_SPO2\n2026-11-23T19:40:00Z,71,97\n")
    app.importing.apply(app.importing.plan(plain, running))

    done = app.importing.apply(app.importing.plan(tracks, running))

    assert (done.observations, done.already_here, done.differing) == (2, 1, 1)
    assert done.stored_between == 2


# ------------------------------------------------------------------ clock, zone, session


def test_an_offset_of_the_clock_stands_in_each_reading_and_in_the_trail(
    app: App, session: Session, table: Path
) -> None:
    plan = app.importing.plan(table, session, Wishes(shift=dt.timedelta(minutes=3, seconds=5)))
    app.importing.apply(plan)

    stored = app.sessions.room(session.id).observations
    assert {o.device for o in stored} == {"monitor numerics, clock offset +03:05"}
    assert [o.at.iso() for o in stored if isinstance(o.at, PartialDate)] == [
        "2026-11-23T10:03:05-05:00",
        "2026-11-23T10:04:05-05:00",
    ]
    with app.context.new_uow() as uow:
        reason = uow.trail.newest(1)[0].content["reason"]
    assert reason == "import of monitor readings, clock offset +03:05"


def test_the_zone_of_the_device_may_be_another_one(app: App, session: Session, table: Path) -> None:
    plan = app.importing.plan(table, session, Wishes(zone=zoneinfo.ZoneInfo("America/Chicago")))

    assert plan.summary().first == "2026-11-23T10:00:00-06:00"


def test_a_session_that_has_ended_is_amended_with_a_reason(
    app: App, running: Session, table: Path
) -> None:
    app.sessions.end(running, SessionEnd.DISCHARGED)
    plan = app.importing.plan(table, running)

    with pytest.raises(AmendmentError):
        app.importing.apply(plan, " ")
    before = app.sessions.room(running.id).observations
    done = app.importing.apply(plan, "the monitor was read out later")

    assert before == ()
    assert done.amends
    assert len(app.sessions.room(running.id).observations) == 2
    with app.context.new_uow() as uow:
        reason = uow.trail.newest(1)[0].content["reason"]
    assert reason == "import of monitor readings: the monitor was read out later"
    (note,) = app.sessions.room(running.id).notes
    count = len(app.sessions.room(running.id).observations)
    assert (note.kind, note.words) == (
        NoteKind.AMENDMENT,
        f"{count} readings imported: the monitor was read out later",
    )


def test_readings_outside_of_the_session_are_counted(
    app: App, running: Session, tmp_path: Path
) -> None:
    ended = app.sessions.end(
        running, SessionEnd.DISCHARGED, at=PartialDate(2026, 11, 23, 16, 0, None, -300)
    )
    path = tmp_path / "monitor.csv"
    minutes = ("14:00", "14:40", "15:00", "16:30", "16:31")
    path.write_text(
        "Time,HR\n" + "".join(f"2026-11-23 {m}:00,7{n}\n" for n, m in enumerate(minutes))
    )

    told = app.importing.plan(path, ended).summary()

    assert (told.before, told.within, told.after) == (1, 2, 2)
    assert (told.first, told.last) == ("2026-11-23T14:00:00-05:00", "2026-11-23T16:31:00-05:00")


def test_a_file_without_readings_has_no_first_and_no_last(
    app: App, running: Session, tmp_path: Path
) -> None:
    path = tmp_path / "monitor.csv"
    path.write_text("Time,HR\n2026-11-23 14:40:00,0\n")
    head = app.head()

    done = app.importing.apply(app.importing.plan(path, running))

    assert (done.first, done.last, done.skipped, done.stored_between) == ("", "", 1, 0)
    assert app.head() == head


def test_a_session_without_a_day_is_far_from_nothing(app: App, table: Path) -> None:
    session = app.sessions.start(
        app.patients.save(Patient(code="P-3")).id, started=PartialDate(2026)
    )

    assert not app.importing.plan(table, session).far


def test_a_file_that_is_refused_changes_nothing(app: App, running: Session, table: Path) -> None:
    table.write_text(TABLE + "2026-11-23 10:02:00,x\n")
    head = app.head()

    with pytest.raises(ImportRejected):
        app.importing.import_vitals(table, running, apply=True)

    assert app.head() == head
    assert app.sessions.room(running.id).observations == ()


def test_what_was_converted_keeps_its_raw_figure_in_the_store(
    app: App, running: Session, tmp_path: Path
) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes((SAMPLES / "apple-health.xml").read_bytes())
    app.importing.apply(app.importing.plan(path, running))

    raw = {o.raw_value: o.raw_unit for o in app.sessions.room(running.id).observations}
    assert raw == {None: None, "0.97": "%", "98.6": "degF", "154.3": "lb"}


@pytest.mark.parametrize(
    ("number", "name", "whose"),
    [
        ("T-100", "monitor.hl7", Whose.SAME),
        ("T-200", "monitor.hl7", Whose.OTHER),
        (None, "monitor.hl7", Whose.NOT_COMPARED),
        (NullFlavor.MSK, "monitor.hl7", Whose.NOT_COMPARED),
        ("T-200", "bundle.json", Whose.OTHER),
        ("T-200", "numerics.csv", Whose.NOTHING),
    ],
)
def test_a_file_that_may_be_of_another_patient_waits_until_somebody_looked(
    app: App, tmp_path: Path, number: str | NullFlavor | None, name: str, whose: Whose
) -> None:
    patient = app.patients.save(Patient(code="P-4", record_number=number))
    session = app.sessions.start(patient.id)
    path = tmp_path / "file"
    content = (SAMPLES / name).read_text()
    named = '"subject": {"identifier": {"value": "T-300"}}'
    path.write_text(content.replace('"subject": {"reference": "Patient/t"}', named))

    wishes = Wishes(other_day=True)
    plan = app.importing.plan(path, session, wishes)

    assert plan.whose is whose
    told = [n for n in plan.summary().notes if "make sure that it is the same person" in n]
    asks = whose in (Whose.OTHER, Whose.NOT_COMPARED)
    assert (bool(told), plan.asks_patient) == (asks, asks)
    if asks:
        with pytest.raises(OtherPatientError):
            app.importing.apply(plan, "found later")
        assert app.sessions.room(session.id).observations == ()
        plan = app.importing.plan(path, session, replace(wishes, same_patient=True))
    assert app.importing.apply(plan).applied
    assert app.sessions.room(session.id).observations


def test_readings_of_another_day_are_no_current_ones(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    file = tmp_path / "monitor.csv"
    file.write_text("Time,HR,NBPSys,NBPDias\n2024-10-10 10:00:00,88,192,111\n")

    app.importing.import_vitals(file, session, apply=True, wishes=Wishes(other_day=True))
    (chair,) = app.board.day().chairs
    sheet = app.gate.sheet(session.id, CheckKind.GATE)
    room = app.sessions.room(session.id)
    app.close()

    assert (chair.pressure, chair.pressure_note) == ("", "no pressure yet")
    assert "192" not in " ".join(row.told for row in sheet.rows)
    assert last_time(session, (), room.observations, ()).peak is None

"""Papers of a session from the store: what they are made of, and what the trail keeps."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain import lens
from aeapp.domain.archive import Bundle, loads
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    ReadingUnit,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import DrugRole, Severity
from aeapp.domain.copies import CopyKind
from aeapp.domain.items import specs_of
from aeapp.domain.records import Administration, Observation, Patient, Product, Session
from aeapp.domain.records.administration import Snapshot
from aeapp.domain.values import PartialDate
from aeapp.kernel.files import FileTroubleError
from aeapp.services.app import App
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import Copy, Known, What
from aeapp.services.dosing import NewDose
from aeapp.services.importing import SeveralCasesError
from aeapp.services.importing_cases import AlreadyHereError
from aeapp.services.planning import Wanted
from aeapp.services.session_documents import (
    NotUnderRemsError,
    Paper,
    file_name,
    session_file,
)
from exports.documents import PdfArchives
from exports.pdf.archive_reading import NotAnArchiveError
from tests.exports.reading import page_texts, squeezed
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.guards import SENTINEL
from tests.helpers.pdf_rules import faults
from tests.helpers.report_case import a_report


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
    patient = app.patients.save(Patient(code="P-1", name=f"Avery {SENTINEL}"))
    app.sessions.start(patient.id, started=PartialDate(2026, 11, 1))
    session = app.sessions.start(patient.id, route=SessionRoute.NASAL)
    app.sessions.catch_event(session, "Nausea", Severity.MILD)
    app.notes.add(session, "Suction")
    return session


@pytest.mark.parametrize("paper", list(Paper))
def test_a_paper_is_written_and_entered_in_the_trail(
    app: App, session: Session, tmp_path: Path, paper: Paper
) -> None:
    out = tmp_path / file_name(session, paper)
    done = app.papers.export(session.id, paper, out)
    assert SENTINEL in "".join(page_texts(out.read_bytes()))
    assert app.documents.known(out) == Known(What.EXPORT, done.head.seq)
    assert out.name == f"S-2026-000002-{paper.value}.pdf"


@pytest.mark.parametrize(
    ("route", "setting"),
    [(SessionRoute.IV_INFUSION, None), (SessionRoute.NASAL, Setting.HOME), (None, None)],
)
def test_the_rems_paper_is_refused_where_the_rems_does_not_ask(
    app: App, tmp_path: Path, route: SessionRoute | None, setting: Setting | None
) -> None:
    patient = app.patients.save(Patient(code="P-9"))
    session = app.sessions.start(patient.id, route=route)
    app.sessions.save(replace(session, setting=setting))
    out = tmp_path / "rems.pdf"
    with pytest.raises(NotUnderRemsError):
        app.papers.export(session.id, Paper.REMS, out)
    assert not out.exists()
    assert app.papers.render(session.id, Paper.SESSION).pages


def test_the_same_state_keeps_its_version_and_a_later_one_is_the_next(
    app: App, session: Session, tmp_path: Path
) -> None:
    def version(paper: Paper) -> str:
        out = tmp_path / "paper.pdf"
        app.papers.export(session.id, paper, out, overwrite=True)
        text = "".join(page_texts(out.read_bytes()))
        return text.split("S-2026-000002, version ")[1][0]

    assert [version(Paper.SESSION), version(Paper.SESSION)] == ["1", "1"]
    app.notes.add(session, "IV line moved")
    assert [version(Paper.SESSION), version(Paper.HANDOVER)] == ["2", "1"]


def test_every_page_says_by_a_hash_which_records_it_shows(app: App, session: Session) -> None:
    """The same for each paper of one state, another once something was written; not in copies."""

    def record(paper: Paper, wish: Wish = WHOLE) -> str:
        pages = page_texts(app.papers.render(session.id, paper, wish=wish).content)
        found = {
            match[1] for page in pages for match in re.finditer(r"record ([0-9a-f]{16})", page)
        }
        assert len(found) == (wish is WHOLE)
        return "".join(found)

    first = record(Paper.SESSION)
    assert len(first) == 16
    assert record(Paper.HANDOVER) == record(Paper.REMS) == first
    app.notes.add(session, "IV line moved")
    assert record(Paper.SESSION) not in ("", first)
    assert record(Paper.SESSION, Wish(copy=CopyKind.DEIDENTIFIED)) == ""


def test_looking_at_a_paper_writes_nothing(app: App, session: Session) -> None:
    before = app.head()
    document = app.papers.render(session.id, Paper.HANDOVER)
    assert document.pages == 1
    assert app.head() == before


def a_dose(app: App, session: Session, name: str, **facts: Any) -> None:
    found = [p for p in app.sessions.products() if p.name == name]
    product = found[0] if found else Product(name=name)
    giving = Administration(started=session.started, dose=Decimal(28), **facts)
    app.dosing.give(session, NewDose(product=product, lot=None, giving=giving))


def earlier(app: App, session: Session) -> int:
    with app.context.new_uow() as uow:
        return session_file(uow, session.id).earlier


def test_earlier_nasal_sessions_with_the_same_drug_are_counted(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))

    def begun(day: int, route: SessionRoute = SessionRoute.NASAL) -> Session:
        return app.sessions.start(patient.id, route=route, started=PartialDate(2026, 11, day))

    a_dose(app, begun(1, SessionRoute.IV_INFUSION), "Ketamine")
    a_dose(app, begun(2), "Ketamine")
    begun(3)
    a_dose(app, begun(4), "Ondansetron", role=DrugRole.TREATMENT)
    app.planning.plan(patient.id, PartialDate(2026, 12, 1), Wanted(route=SessionRoute.NASAL))
    first = begun(5)
    assert earlier(app, first) == 0
    a_dose(app, first, "Spravato")
    second = begun(6)
    assert (earlier(app, first), earlier(app, second)) == (0, 1)
    a_dose(app, second, "Esketamine nasal spray")
    assert (earlier(app, first), earlier(app, second)) == (0, 1)
    by_ketamine = begun(7)
    a_dose(app, by_ketamine, "Ketamine")
    assert earlier(app, by_ketamine) == 1


def test_a_session_is_nasal_by_its_dose_too_and_a_product_by_its_package(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    first = app.sessions.start(patient.id, started=PartialDate(2026, 11, 1))
    package = Snapshot(name="Spravato 28 mg")
    app.sessions.give(first, Administration(route=FormRoute.NASAL, package=package))
    second = app.sessions.start(patient.id, route=SessionRoute.NASAL)
    assert earlier(app, second) == 1


def test_a_paper_that_cannot_be_written_leaves_no_entry(
    app: App, session: Session, tmp_path: Path
) -> None:
    before = app.head()
    with pytest.raises(FileTroubleError):
        app.papers.export(session.id, Paper.SESSION, tmp_path / "no" / "folder" / "x.pdf")
    assert app.head() == before


def test_the_record_tells_who_entered_what_and_when_also_late_and_changed(
    app: App, session: Session, clock: StillClock, tmp_path: Path
) -> None:
    at = app.context.minute()
    rate = Observation(
        kind=ObservationKind.HEART_RATE, value=Decimal(72), unit=ReadingUnit.PER_MINUTE
    )
    clock.pass_minutes(25)
    (stored,) = app.sessions.log_readings(session, [rate], at)
    app.sessions.save(
        replace(stored, status=ObservationStatus.STRUCK, status_reason="typing slip"),
        reason="typing slip",
    )
    out = tmp_path / "record.pdf"
    app.papers.export(session.id, Paper.SESSION, out)
    text = squeezed("".join(page_texts(out.read_bytes())))
    for words in (
        "DR 15:05",
        "Reading: changed Status, Reason of the status",
        "DR is Dana Reyes (nurse):",
        "No electronic signature under this session is on record.",
    ):
        assert squeezed(words) in text, words


def test_a_deidentified_record_tells_neither_the_patient_nor_the_day(
    app: App, session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "copy.pdf"
    a_dose(app, session, "Spravato")
    app.papers.export(session.id, Paper.SESSION, out, wish=Wish(copy=CopyKind.DEIDENTIFIED))
    text = "".join(page_texts(out.read_bytes()))
    for words in (SENTINEL, "Avery", "Larkspur", "Dana", "23-Nov", "S-2026", "Suction"):
        assert words not in text, words
    assert "De-identified copy, Safe Harbor list removed; free texts withheld" in text
    assert "12:00" in text


def test_a_copy_for_the_archive_holds_every_case_of_the_session(app: App, tmp_path: Path) -> None:
    report = a_report(app)
    session = app.sessions.by_number("S-2026-000001")
    kept = app.papers.export(session.id, Paper.SESSION, tmp_path / "one.pdf", copy=Copy.ARCHIVE)
    content = kept.path.read_bytes()
    assert faults(content) == []
    assert app.register.lines()[0].what == "session-archive"
    again = app.papers.export(session.id, Paper.SESSION, tmp_path / "again.pdf", copy=Copy.ARCHIVE)
    assert again.sha256 == kept.sha256
    (inside,) = PdfArchives().case_files(content, 1_000_000)
    assert inside.decode() == app.importing.export_case(report.case_id)
    foot = squeezed(f"record {hashlib.sha256(inside).hexdigest()[:16]}")
    assert foot in squeezed(page_texts(content)[-1])
    with pytest.raises(AlreadyHereError):
        app.importing.import_case(kept.path)

    other = practice_app(tmp_path / "other")
    taken = other.importing.import_case(kept.path)
    there = other.importing.case_by_number(taken.case_number)
    assert there is not None
    before, after = loads(inside), loads(other.importing.export_case(there.id))
    assert [len(b.observations) for b in (before, after)] == [7, 7]
    assert _facts(before) == _facts(after)

    second = app.cases.open_for_event(app.sessions.catch_event(session, "Nausea", Severity.MILD))
    both = app.papers.export(session.id, Paper.SESSION, tmp_path / "two.pdf", copy=Copy.ARCHIVE)
    with pytest.raises(SeveralCasesError, match="KC-2026-000001, KC-2026-000002"):
        other.importing.import_case(both.path)
    assert other.importing.import_case(both.path, number="KC-2026-000002").case_number
    assert second.number
    other.close()


def _facts(bundle: Bundle) -> list[str]:
    """Return what a case tells, without ids and the clinic, which is another one there."""
    told = (specs_of(type(record)) for record in bundle.records())
    return sorted(
        f"{record.KIND} {path} {lens.get(record, path)}"
        for record, specs in zip(bundle.records(), told, strict=True)
        for path in specs
        if record.KIND != "clinic" and "[]" not in path
    )


def test_characters_that_no_typeface_has_are_told(
    app: App, session: Session, tmp_path: Path
) -> None:
    app.notes.add(session, "told ཀ and 𓀀")
    done = app.papers.export(session.id, Paper.SESSION, tmp_path / "paper.pdf")
    assert len(done.notes) == 1
    assert done.notes[0].endswith("printed: U+0F40, U+13000.")
    assert squeezed("told [U+0F40] and") in squeezed("".join(page_texts(done.path.read_bytes())))


def test_a_paper_without_a_case_is_made_to_last_all_the_same(
    app: App, session: Session, tmp_path: Path
) -> None:
    for paper in Paper:
        done = app.papers.export(session.id, paper, tmp_path / f"{paper}.pdf", copy=Copy.ARCHIVE)
        assert faults(done.path.read_bytes()) == []
        with pytest.raises(NotAnArchiveError):
            app.importing.import_case(done.path)

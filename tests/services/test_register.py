"""The register of exports, and many reports in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.codelists.lifecycle import CopyKind, Medium, Purpose
from aeapp.domain.numbers import safe_name
from aeapp.domain.records import Disclosure
from aeapp.kernel.progress import CancelledError
from aeapp.services.app import App
from aeapp.services.batch import Order, file_name
from aeapp.services.copying import Wish
from aeapp.services.pages import Copy
from aeapp.services.register import Given, NotInRegisterError, PurposeMissingError
from aeapp.services.session_documents import Paper
from aeapp.services.sessions import NoSuchNumberError
from exports.documents import PdfArchives
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.report_case import a_report

TO_FDA = Given(
    recipient=Destination.FDA,
    person="MedWatch",
    address="Silver Spring, MD",
    purpose=Purpose.PUBLIC_HEALTH,
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, StillClock())
    yield app
    app.close()


def test_every_export_is_in_the_register_and_says_later_to_whom_it_went(
    app: App, tmp_path: Path
) -> None:
    report = a_report(app)
    session = app.sessions.by_number("S-2026-000001")
    ids = (report.case_id, report.id)
    one = app.documents.export(*ids, tmp_path / "one.pdf")
    wish = Wish(copy=CopyKind.DEIDENTIFIED)
    two = app.documents.export(*ids, tmp_path / "two.pdf", wish=wish, given=TO_FDA)
    app.papers.export(session.id, Paper.HANDOVER, tmp_path / "three.pdf",
                      given=Given(purpose=Purpose.TREATMENT))  # fmt: skip

    paper, second, first = app.register.lines()
    assert (first.seq, first.sha256, first.number) == (one.head.seq, one.sha256, report.number)
    assert first.sha256 == hashlib.sha256((tmp_path / "one.pdf").read_bytes()).hexdigest()
    assert (first.is_open, first.is_accounted, first.by) == (True, False, "Dana Reyes")
    assert (second.copy, second.sha256, second.is_accounted) == (
        CopyKind.DEIDENTIFIED, two.sha256, False,
    )  # fmt: skip
    assert (paper.what, paper.session_id, paper.is_accounted) == ("handover", session.id, False)

    (told,) = app.register.tell([one.head.seq], TO_FDA)
    assert (told.person, told.address, told.is_accounted) == ("MedWatch", "Silver Spring, MD", True)
    again = app.register.tell([one.head.seq], Given(purpose=Purpose.LAW))
    assert again[0].person == "MedWatch"
    code = app.patients.get(session.patient_id).code or ""
    assert len(app.register.lines(code)) == 3
    with pytest.raises(NoSuchNumberError):
        app.register.lines("nobody")
    with pytest.raises(NotInRegisterError):
        app.register.tell([one.head.seq, 999_999], TO_FDA)
    with pytest.raises(PurposeMissingError):
        app.register.tell([one.head.seq], Given(person="M. Ortiz"))


@pytest.mark.parametrize(
    ("purpose", "copy", "accounted"),
    [
        (Purpose.PUBLIC_HEALTH, CopyKind.FULL, True),
        (Purpose.PUBLIC_HEALTH, CopyKind.MAKER, True),
        (Purpose.PUBLIC_HEALTH, CopyKind.DEIDENTIFIED, False),
        (Purpose.LAW, CopyKind.FULL, True),
        (Purpose.OTHER, None, True),
        (Purpose.TREATMENT, CopyKind.FULL, False),
        (Purpose.AUTHORIZED, CopyKind.FULL, False),
        (Purpose.OWN, CopyKind.FULL, False),
        (None, CopyKind.FULL, False),
    ],
)
def test_what_the_patient_may_ask_for(
    purpose: Purpose | None, copy: CopyKind | None, accounted: bool
) -> None:
    assert Disclosure(purpose=purpose, copy=copy).is_accounted is accounted


def test_many_reports_are_written_one_by_one_and_what_fails_stops_no_other(
    app: App, tmp_path: Path
) -> None:
    reports = [a_report(app, verbatim=word) for word in ("Nausea", "Syncope", "Headache")]
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / f"{safe_name(reports[1].number or '')}.pdf").write_bytes(b"there")

    done = app.batch.export([r.id for r in reports], folder)

    assert [bool(line.file) for line in done.lines] == [True, False, True]
    assert (done.written, done.stopped) == (2, False)
    assert "A file" in done.lines[1].why
    assert {f.name for f in folder.iterdir()} == {
        f"{safe_name(r.number or '')}.pdf" for r in reports
    }
    assert len(app.register.lines()) == 2
    again = app.batch.export([r.id for r in reports], folder, overwrite=True)
    assert again.written == 3
    kept = app.batch.export([r.id for r in reports], folder, order=Order(file=Copy.ARCHIVE))
    assert kept.written == 3
    for line in kept.lines:
        assert line.file.endswith("-archive.pdf")
        assert PdfArchives().case_files((folder / line.file).read_bytes(), 1_000_000)
    assert {line.what for line in app.register.lines()[:3]} == {"fda3500-2025-09-archive"}


def test_a_batch_can_be_stopped_and_keeps_what_was_written(app: App, tmp_path: Path) -> None:
    reports = [a_report(app, verbatim=word) for word in ("Nausea", "Syncope")]

    class Stopping:
        def step(self, done: int, _total: int, _note: str) -> None:
            if done == 1:
                raise CancelledError

    done = app.batch.export([r.id for r in reports], tmp_path, progress=Stopping())
    assert (done.written, done.stopped) == (1, True)
    assert len(list(tmp_path.glob("KC-*.pdf"))) == 1


def test_names_of_files_tell_nothing_of_the_patient() -> None:
    order = Order(wish=Wish(copy=CopyKind.DEIDENTIFIED))
    assert file_name("KC-2026-000031/3500/1", 7, order) == "copy-0007-deidentified.pdf"
    assert file_name("KC-2026-000031/3500/1", 7, Order(official=True)) == (
        "KC-2026-000031-3500-1-official.pdf"
    )
    assert file_name("R/1", 1, Order(file=Copy.ARCHIVE)) == "R-1-archive.pdf"
    assert file_name("", 1, Order(wish=Wish(copy=CopyKind.MAKER))) == "report-maker.pdf"


def test_a_print_has_its_line_with_the_copy_and_the_state_that_it_showed(app: App) -> None:
    report = a_report(app)
    case = app.cases.gather(report.case_id, report.id)
    drawn = app.documents.render(case, wish=Wish(copy=CopyKind.MAKER))
    app.documents.note_print(case, drawn, 2, given=TO_FDA)
    session = app.sessions.by_number("S-2026-000001")
    page = app.papers.render(session.id, Paper.HANDOVER)
    app.papers.note_print(session.id, Paper.HANDOVER, page, 1)

    paper, line = app.register.lines()
    digest = hashlib.sha256(drawn.content).hexdigest()
    assert (line.medium, line.copy, line.sha256, line.pages) == (
        Medium.PRINT, CopyKind.MAKER, digest, 2,
    )  # fmt: skip
    assert (line.number, line.is_accounted) == (report.number, True)
    assert (paper.what, paper.session_id, paper.is_open) == ("handover", session.id, True)
    with app.context.new_uow() as uow:
        first, second = (entry.content["data"] for entry in uow.trail.by_action("print"))
    assert drawn.stamp is not None
    assert page.stamp is not None
    assert first["kind"] == f"{report.form}-maker"
    assert (first["record"], first["version"]) == (drawn.stamp.record, 1)
    assert (second["copy"], second["head"]) == ("full", page.stamp.head.seq)


def test_what_was_printed_counts_as_a_version_of_the_paper(app: App, tmp_path: Path) -> None:
    a_report(app)
    session = app.sessions.by_number("S-2026-000001")
    page = app.papers.render(session.id, Paper.SESSION)
    app.papers.note_print(session.id, Paper.SESSION, page, page.pages)
    app.notes.add(session, "IV line moved")
    later = app.papers.render(session.id, Paper.SESSION)
    assert page.stamp is not None
    assert later.stamp is not None
    assert (page.stamp.version, later.stamp.version) == (1, 2)

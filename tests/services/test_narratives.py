"""A narrative in a real clinic: who wrote it, what an export waits for, and what a file carries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.case import Case, write
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.findings import Severity
from aeapp.domain.narrative import step
from aeapp.domain.narrative.keeping import confirmed, made_anew, narrative_of
from aeapp.domain.records import Report
from aeapp.services.app import App
from aeapp.services.documents import ExportWaitsError
from aeapp.services.lifecycle import StillBlockedError
from aeapp.services.sessions import ReasonMissingError
from tests.helpers.case_files import case_of, given_out, take_in
from tests.helpers.clinic import practice_app
from tests.helpers.guards import SENTINEL
from tests.helpers.life import ONLINE, UNSIGNED, a_life
from tests.helpers.report_case import a_report


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield app
    app.close()


@pytest.fixture
def report(app: App) -> Report:
    return a_report(app)


def narrated(app: App, report: Report) -> Case:
    before = app.cases.gather(report.case_id)
    after = step.STEP.done(before, step.argument_of(before, made_anew(before)))
    return app.cases.save(before, after)


def test_the_trail_and_the_piece_say_who_wrote_by_hand(app: App, report: Report) -> None:
    case = narrated(app, report)
    assert not any(piece.written_by for piece in case.case.sentences)
    typed = write(case, "case.narrative", (case.case.narrative or "") + " He was alone.")

    saved = app.cases.save(case, typed)

    (piece,) = [p for p in saved.case.sentences if p.is_by_hand]
    assert (piece.text, piece.written_by) == ("He was alone.", app.who.name)
    assert piece.written_at == app.context.minute()
    assert app.cases.gather(report.case_id) == saved


def test_an_export_waits_for_a_stale_sentence_and_writes_nothing(
    app: App, report: Report, tmp_path: Path
) -> None:
    case = narrated(app, report)
    out = tmp_path / "report.pdf"
    app.documents.export(report.case_id, report.id, out)
    case = app.cases.save(case, write(case, "administrations[0].dose", Decimal(40)))

    with pytest.raises(ExportWaitsError) as waits:
        app.documents.export(report.case_id, report.id, tmp_path / "second.pdf")

    assert "B5: Renew or keep what is stale in the narrative: sentence 4." in waits.value.message
    assert not (tmp_path / "second.pdf").exists()
    n = next(n for n, p in enumerate(narrative_of(case).pieces) if p.is_stale)
    kept = step.STEP.done(case, step.argument_of(case, confirmed(case, n)))
    app.cases.save(case, kept)
    assert app.documents.export(report.case_id, report.id, tmp_path / "second.pdf").pages


def test_an_export_waits_for_a_name_until_somebody_answers_for_it(
    app: App, report: Report, tmp_path: Path
) -> None:
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "case.narrative", f"{SENTINEL} Sample fell; Sample slept."))

    with pytest.raises(ExportWaitsError) as waits:
        app.documents.export(report.case_id, report.id, tmp_path / "report.pdf")

    assert SENTINEL not in str(waits.value)
    assert "at character 1," in waits.value.message
    with pytest.raises(ReasonMissingError):
        app.cases.leave_in(report.case_id, report.id, "  ")
    assert app.cases.leave_in(report.case_id, report.id, "The name is invented.") == 2
    stored = app.cases.gather(report.case_id)
    assert {a.by for a in stored.case.left_in} == {app.who.name}
    assert app.documents.export(report.case_id, report.id, tmp_path / "report.pdf").pages
    assert app.cases.leave_in(report.case_id, report.id, "again") == 0


def test_a_nullification_waits_for_no_stale_sentence_but_for_a_name(tmp_path: Path) -> None:
    life = a_life(tmp_path)
    app, report = life.app, life.report
    case = narrated(app, report)
    life.send()
    app.lifecycle.correct(report.id, VersionNature.NULLIFICATION, "wrong patient")
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "administrations[0].dose", Decimal(41)))
    assert codes(app, report, Severity.BLOCKS) == set()
    assert "NR1" in codes(app, report, Severity.INFORMS)
    name = app.cases.gather(report.case_id).patient.name
    life.edit("case.narrative", f"{name} fell.")
    assert codes(app, report, Severity.BLOCKS) == {"NR3"}
    with pytest.raises(StillBlockedError):
        life.approve()
    with pytest.raises(ExportWaitsError):
        app.documents.export(report.case_id, report.id, tmp_path / "report.pdf")

    app.cases.leave_in(report.case_id, report.id, "The name is invented.")

    life.approve()
    assert app.documents.export(report.case_id, report.id, tmp_path / "report.pdf").blocking == 0
    app.close()


def codes(app: App, report: Report, severity: Severity) -> set[str]:
    case = app.cases.gather(report.case_id, report.id)
    return {f.code for f in app.cases.check(case) if f.severity is severity}


def test_what_was_recorded_as_sent_is_held_back_no_more(
    app: App, report: Report, tmp_path: Path
) -> None:
    case = app.cases.gather(report.case_id)
    app.cases.save(case, write(case, "case.narrative", f"{SENTINEL} Sample fell."))
    app.sending.record(report.id, ONLINE, unsigned_because=UNSIGNED)

    done = app.documents.export(report.case_id, report.id, tmp_path / "report.pdf")

    assert done.sha256 == hashlib.sha256(app.versions.document(report.id, 1)).hexdigest()


def test_a_file_taken_in_has_sentences_of_the_records_here(
    app: App, report: Report, tmp_path: Path
) -> None:
    narrated(app, report)
    tree = given_out(app, (report.number or "").rpartition("/3500")[0])
    tree["case"].pop("number")
    for one in tree["reports"]:
        one.pop("number")

    case = case_of(app, take_in(app, tmp_path, tree).case_number)

    first = app.cases.gather(report.case_id)
    assert case.case.narrative == first.case.narrative
    assert narrative_of(case).stale == ()
    assert narrative_of(case).fresh == ()
    abouts = {p.about for p in case.case.sentences if p.template == "onset"}
    assert abouts == {case.events[0].id}
    assert abouts != {first.events[0].id}
    changed = write(case, "events[0].verbatim", "Faint")
    assert {p.piece.template for p in narrative_of(changed).stale} == {"onset", "severity"}


def test_saving_without_a_change_of_the_narrative_signs_nothing(app: App, report: Report) -> None:
    case = narrated(app, report)
    same = replace(case)
    assert app.cases.save(case, same) is same

"""What is sent: only as it was signed, as which document, with which files, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Destination, ReportState, Role
from aeapp.domain.codelists.lifecycle import FrozenKind, NotThere, SentAs, VersionNature
from aeapp.domain.lifecycle import Act
from aeapp.domain.records import Attachment, CaseFile
from aeapp.domain.values import PartialDate
from aeapp.formspecs import form
from aeapp.services.locking import ReportLockedError
from aeapp.services.sending import (
    NothingCameError,
    SentElsewhereError,
    SignatureOutdatedError,
    TimeDoubtedError,
)
from aeapp.services.versions import NotSentAsError
from tests.exports.official_blank import blank
from tests.helpers.case_files import given_out, take_in
from tests.helpers.clinic import StillClock, cheap_clinics, new_clinic
from tests.helpers.life import ONLINE, UNSIGNED, Life, a_life

OFFICIAL = replace(ONLINE, document=SentAs.OFFICIAL)
PDF = b"%PDF-1.7\n% invented\n%%EOF\n"


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    life = a_life(tmp_path)
    yield life
    life.app.close()


def attach(life: Life, content: bytes, name: str = "letter.pdf") -> Attachment:
    with life.app.context.new_uow() as uow:
        case = uow.records.get("case", life.report.case_id)
    assert isinstance(case, CaseFile)
    return life.app.attaching.add(case, name, content)


def test_what_changed_since_it_was_signed_is_signed_again_or_said_to_go_unsigned(
    life: Life,
) -> None:
    app, report = life.app, life.report
    life.approve()
    assert app.sending.before(report.id).outdated is False
    patient = app.cases.gather(report.case_id).patient
    app.patients.save(replace(patient, history="Told again."))

    standing = app.lifecycle.standing(report.id)
    assert (standing.words, standing.ways[0].act) == ("Changed since it was approved", Act.APPROVE)
    assert app.cases.report_lines([report.id])[0].state == "Changed since it was approved"
    assert app.sending.before(report.id).outdated
    with pytest.raises(SignatureOutdatedError):
        life.send()
    assert app.versions.lines(report.id) == ()
    assert life.stored().state is ReportState.READY

    life.approve()
    assert not app.lifecycle.standing(report.id).outdated
    app.patients.save(replace(app.cases.gather(report.case_id).patient, history="And again."))
    life.send(unsigned_because="It had been posted already.")

    (line,) = app.versions.lines(report.id)
    assert line.approval is None
    assert line.version.unsigned_because == "It had been posted already."
    with app.context.new_uow() as uow:
        assert (
            uow.trail.of("report", report.id)[-1].content["reason"] == "It had been posted already."
        )


def test_a_reason_is_kept_only_where_no_signature_stands(life: Life) -> None:
    life.approve()
    life.send(unsigned_because="no need")

    (line,) = life.app.versions.lines(life.report.id)
    assert (line.approval is None, line.version.unsigned_because) == (False, None)


def test_files_belong_to_what_is_signed_and_sent(life: Life) -> None:
    app, report = life.app, life.report
    first = attach(life, PDF)
    life.approve()
    with pytest.raises(ReportLockedError):
        attach(life, PDF + b"2")
    with pytest.raises(ReportLockedError):
        app.attaching.strike(first, "wrong patient")
    life.send()

    (line,) = app.versions.lines(report.id)
    (kept,) = [p for p in line.version.parts if p.what is FrozenKind.ATTACHMENT]
    assert (kept.name, kept.sha256, kept.size) == (
        f"{str(first.sha256)[:16]}.pdf",
        first.sha256,
        len(PDF),
    )
    assert line.approval is not None
    compared = app.versions.changed_since(report.id)
    assert compared is not None
    assert compared.changes == ()

    attach(life, PDF + b"2", "laboratory.pdf")
    app.attaching.strike(first, "wrong patient")

    compared = app.versions.changed_since(report.id)
    assert compared is not None
    parts = {(c.part, c.label, c.before, c.after) for c in compared.changes}
    assert ("Attachment 1", "Title", "", "laboratory") in parts
    assert ("Attachment 1", "Title", "letter", "") in parts
    assert not any("laboratory" in c.after for c in compared.paper)


def test_a_session_takes_files_while_a_report_is_approved_which_then_shows(life: Life) -> None:
    app = life.app
    session = app.cases.gather(life.report.case_id).sessions[0]
    life.approve()
    app.attaching.add(session, "strip.pdf", PDF)

    assert app.lifecycle.standing(life.report.id).outdated


def bring(life: Life, folder: Path, more: bytes = b"") -> None:
    file = folder / "blank.pdf"
    file.write_bytes(blank(form("fda3500")) + more)
    life.app.official_forms.add(file)


def test_the_official_file_that_went_out_is_kept_to_the_byte(life: Life, tmp_path: Path) -> None:
    app, report = life.app, life.report
    assert not app.sending.before(report.id).official
    bring(life, tmp_path)
    assert app.sending.before(report.id).official
    out = tmp_path / "official.pdf"
    done = app.documents.export(report.case_id, report.id, out, official=True)
    life.clock.pass_minutes(60 * 24)

    sent = life.send(OFFICIAL)

    (line,) = app.versions.lines(report.id)
    document = line.version.part(FrozenKind.DOCUMENT)
    assert (line.version.sent_as, document.name) == (
        SentAs.OFFICIAL,
        "fda3500-2025-09-official.pdf",
    )
    assert line.version.export_seq == done.head.seq
    assert sent.document_sha256 == document.sha256 == done.sha256
    # Another blank file does not change what was written on the one before.
    bring(life, tmp_path, b"\n% another\n")
    assert app.versions.drawn_again(report.id, 1) == out.read_bytes()
    assert app.versions.redraw(report.id, 1, tmp_path / "again.pdf")
    again = tmp_path / "second.pdf"
    app.documents.export(report.case_id, report.id, again, official=True)
    assert again.read_bytes() == out.read_bytes()

    with pytest.raises(NotSentAsError):
        app.versions.export(report.id, 1, tmp_path / "no.pdf", sent_as=SentAs.PAGES)
    copy = life.send(replace(ONLINE, destination=Destination.MANUFACTURER))
    assert copy.report_version_id == sent.report_version_id
    app.versions.export(report.id, 1, tmp_path / "pages.pdf", sent_as=SentAs.PAGES)
    pages = tmp_path / "exported.pdf"
    done = app.documents.export(report.case_id, report.id, pages)
    assert copy.document_sha256 == done.sha256 != sent.document_sha256
    assert pages.read_bytes() == (tmp_path / "pages.pdf").read_bytes()
    assert life.send(replace(OFFICIAL, person="Ann")).document_sha256 == sent.document_sha256


def test_what_another_clinic_sent_is_said_to_be_there_and_counts_as_a_version(
    life: Life, tmp_path: Path
) -> None:
    life.send()
    number = life.app.cases.gather(life.report.case_id).case.number or ""
    tree = given_out(life.app, number)
    there = cheap_clinics(StillClock()).create(new_clinic(tmp_path / "there", role=Role.PRESCRIBER))
    try:
        done = take_in(there, tmp_path, tree)
        assert any("sent by the clinic it comes from" in note for note in done.notes)
        report = there.cases.report_by_number(done.report_number)
        standing = there.lifecycle.standing(report.id)
        assert (standing.elsewhere, standing.versions) == (True, ())
        with pytest.raises(SentElsewhereError):
            there.sending.record(report.id, ONLINE)
        there.lifecycle.correct(report.id, VersionNature.FOLLOW_UP, "outcome known")
        assert Act.VOID not in {w.act for w in there.lifecycle.standing(report.id).ways}
        early = replace(ONLINE, at=PartialDate(2026, 11, 22, 9, 0, None, -300))
        with pytest.raises(TimeDoubtedError, match="before the first one"):
            there.sending.record(report.id, early, unsigned_because=UNSIGNED)
        there.sending.record(report.id, ONLINE, unsigned_because=UNSIGNED)
        (line,) = there.versions.lines(report.id)
        assert line.version.number == 2
    finally:
        there.close()


def test_a_version_before_the_one_before_it_is_asked_about(life: Life) -> None:
    life.send()
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    early = replace(ONLINE, at=PartialDate(2026, 11, 23, 14, 36, None, -300))

    with pytest.raises(TimeDoubtedError, match="before version 1, which was sent 23-Nov-2026"):
        life.send(early)
    life.send(replace(early, at_because="version 1 was typed in late"))

    kept = life.app.versions.lines(life.report.id)[1].sendings[0]
    assert kept.at_because == "version 1 was typed in late"
    # A copy of what stands as sent is held against the version before it, not against itself.
    life.send(replace(ONLINE, destination=Destination.MANUFACTURER))


def test_what_came_later_is_kept_once_and_the_trail_says_what_stood_before(
    life: Life, tmp_path: Path
) -> None:
    receive = life.app.sending.receive
    waits = replace(ONLINE, reference=None, reference_lacks=NotThere.AWAITED)
    sent = life.send(waits)
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("received")

    with pytest.raises(NothingCameError):
        receive(sent.id, " ")
    kept = receive(sent.id, "ICSR-9", proof=receipt)
    for again in ("ICSR-10", ""):
        with pytest.raises(NothingCameError):
            receive(sent.id, again, proof=receipt)

    assert (kept.reference, kept.reference_lacks) == ("ICSR-9", None)
    assert (kept.proof, kept.proof_lacks) == ("receipt.txt", None)
    assert life.app.versions.proof(kept) == b"received"
    with life.app.context.new_uow() as uow:
        entry = uow.trail.of("sending", sent.id)[-1].content
    assert entry["action"] == "receive"
    assert "awaited" in str(entry)

"""What was sent: kept to the byte, drawn again alike, compared, owed to those who had it before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp import __version__
from aeapp.domain.chair.needs import NeedKind
from aeapp.domain.codelists.clinic import (
    Channel,
    Destination,
    ObservationKind,
    ReadingUnit,
    ReportState,
)
from aeapp.domain.codelists.lifecycle import CopyKind, FrozenKind, VersionNature
from aeapp.domain.lifecycle import Act
from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.formspecs import form
from aeapp.services import versions
from aeapp.services.copying import CopyTellsError, NoMakerCopyError, Wish
from aeapp.services.sending import ProofRefusedError
from aeapp.services.versions import NoSuchVersionError
from tests.exports.official_blank import blank
from tests.exports.reading import page_texts
from tests.helpers.guards import SENTINEL
from tests.helpers.life import ONLINE, Life, a_life
from tests.helpers.report_case import at

MAKER = replace(ONLINE, destination=Destination.MANUFACTURER, person="M. Ortiz")


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    made = a_life(tmp_path)
    yield made
    made.app.close()


def follow_up(life: Life, narrative: str = "He has recovered.") -> None:
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    life.edit("case.narrative", narrative, "news")


def test_what_is_sent_is_kept_with_its_hashes_rules_and_edition(life: Life) -> None:
    life.approve()
    sending = life.send()

    (line,) = life.app.versions.lines(life.report.id)
    version = line.version
    assert (version.number, version.nature, version.form) == (
        1,
        VersionNature.INITIAL,
        "fda3500-2025-09",
    )
    assert (version.rules or "").startswith("fda3500, ")
    assert version.program == __version__
    assert [p.what for p in version.parts] == [
        FrozenKind.CASE,
        FrozenKind.STAMP,
        FrozenKind.DOCUMENT,
    ]
    document = life.app.versions.document(life.report.id, 1)
    assert hashlib.sha256(document).hexdigest() == version.part(FrozenKind.DOCUMENT).sha256
    assert line.sendings == (sending,)
    assert line.approval is not None
    assert life.stored().state is ReportState.RECORDED_SENT


def test_version_1_is_drawn_again_to_the_byte_a_year_later(life: Life) -> None:
    life.send()
    first = life.app.versions.document(life.report.id, 1)
    life.clock.pass_minutes(60 * 24 * 365)
    follow_up(life)
    life.approve()
    life.send()

    again = life.app.versions.drawn_again(life.report.id, 1)

    assert again == first
    assert life.app.versions.document(life.report.id, 1) == first
    assert life.app.versions.drawn_again(life.report.id, 2) != first


def test_what_was_exported_is_what_is_kept(life: Life, tmp_path: Path) -> None:
    life.approve()
    done = life.app.documents.export(life.report.case_id, life.report.id, tmp_path / "a.pdf")
    life.clock.pass_minutes(60 * 24 * 3)
    life.send()

    (line,) = life.app.versions.lines(life.report.id)
    assert line.version.part(FrozenKind.DOCUMENT).sha256 == done.sha256
    assert line.version.export_seq == done.head.seq


def test_an_export_on_the_official_file_is_not_taken_for_the_kept_pages(
    life: Life, tmp_path: Path
) -> None:
    blank_file = tmp_path / "blank.pdf"
    blank_file.write_bytes(blank(form("fda3500")))
    life.app.official_forms.add(blank_file)
    ids = (life.report.case_id, life.report.id)
    done = life.app.documents.export(*ids, tmp_path / "own.pdf")
    life.app.documents.export(*ids, tmp_path / "official.pdf", official=True)
    life.clock.pass_minutes(60 * 24 * 2)
    life.send()

    (line,) = life.app.versions.lines(life.report.id)
    assert line.version.part(FrozenKind.DOCUMENT).sha256 == done.sha256


def test_a_document_that_was_not_exported_before_says_so(life: Life) -> None:
    life.send()

    assert life.app.versions.lines(life.report.id)[0].version.export_seq is None


def test_exporting_a_report_that_was_sent_gives_what_was_sent(life: Life, tmp_path: Path) -> None:
    life.send()
    kept = life.app.versions.document(life.report.id, 1)
    life.clock.pass_minutes(60 * 24 * 3)
    life.app.documents.export(life.report.case_id, life.report.id, tmp_path / "a.pdf")
    life.app.versions.export(life.report.id, 1, tmp_path / "b.pdf")

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes() == kept
    assert life.app.documents.known(tmp_path / "b.pdf")


def test_sending_without_approval_is_kept_as_such(life: Life) -> None:
    life.approve()
    life.app.lifecycle.act(life.report.id, Act.UNLOCK, "a slip")
    life.edit("case.narrative", "He fainted.", "shorter")
    life.send()

    (line,) = life.app.versions.lines(life.report.id)
    assert line.approval is None


def test_a_later_change_never_alters_a_version_and_shows_as_changed_since(life: Life) -> None:
    life.send()
    kept = life.app.versions.document(life.report.id, 1)
    since = life.app.versions.changed_since(life.report.id)
    assert since is not None
    assert since.changes == ()

    case = life.app.cases.gather(life.report.case_id)
    life.app.patients.save(replace(case.patient, history="Hypertension."))
    session = case.sessions[0]
    _one_reading_more(life, session)

    since = life.app.versions.changed_since(life.report.id)
    assert since is not None
    said = {c.path: (c.part, c.after) for c in since.changes}
    assert said["patient.history"] == ("Patient", "Hypertension.")
    assert any(c.path.startswith("observations[") and not c.before for c in since.changes)
    assert "happening.history" in since.painted
    assert life.app.versions.document(life.report.id, 1) == kept
    assert life.app.versions.drawn_again(life.report.id, 1) == kept


def _one_reading_more(life: Life, session: Session) -> None:
    pulse = Observation(
        kind=ObservationKind.HEART_RATE, value=Decimal(71), unit=ReadingUnit.PER_MINUTE
    )
    life.app.sessions.log_readings(session, (pulse,), at("14:35"))


def test_nothing_has_changed_since_while_nothing_was_sent(life: Life) -> None:
    assert life.app.versions.changed_since(life.report.id) is None


def test_two_versions_are_compared_item_by_item(life: Life) -> None:
    life.send()
    follow_up(life)
    life.send()

    compared = life.app.versions.compare(life.report.id, 1, 2)

    (change,) = compared.changes
    assert (change.path, change.part) == ("case.narrative", "Case")
    assert change.after == "He has recovered."
    assert set(compared.painted) == {"case.narrative"}
    first, second = (line.version for line in life.app.versions.lines(life.report.id))
    assert (first.nature, second.nature) == (VersionNature.INITIAL, VersionNature.FOLLOW_UP)
    assert second.news == "outcome known"
    assert life.stored().nature is None
    with pytest.raises(NoSuchVersionError):
        life.app.versions.compare(life.report.id, 1, 3)


def test_the_difference_is_what_the_trail_says(life: Life) -> None:
    life.send()
    before = life.app.context.new_uow
    with before() as uow:
        head = uow.trail.head().seq
    follow_up(life)
    life.edit("patient.history", "Hypertension.", "asked again")

    since = life.app.versions.changed_since(life.report.id)
    assert since is not None
    with before() as uow:
        entries = [e.content for e in uow.trail.newest(50) if e.seq > head]
    said = {
        (e["entity"], p)
        for e in entries
        for p in e.get("after", {})
        # What the narrative was made from is in the trail and in no report.
        if e["entity"] != "report" and not p.startswith("sentences")
    }
    assert {tuple(c.path.split(".", 1)) for c in since.changes} == said


def test_the_cover_says_what_a_further_version_is(life: Life) -> None:
    life.send()
    follow_up(life)
    life.send()

    cover = page_texts(life.app.versions.document(life.report.id, 2))[0]

    assert "Follow-up: outcome known" in cover
    assert "version 2" in cover
    assert "Follow-up" not in page_texts(life.app.versions.document(life.report.id, 1))[0]


def test_the_cover_names_who_signed_exactly_what_it_shows(life: Life) -> None:
    life.approve()
    life.send()
    cover = " ".join(page_texts(line_document(life))[0].split())
    assert "Approved for sending by Dana Reyes, 23-Nov-2026 14:40" in cover
    assert line_document(life) == life.app.versions.drawn_again(life.report.id, 1)


def test_a_signature_is_not_printed_over_a_case_that_changed_since(life: Life) -> None:
    life.approve()
    case = life.app.cases.gather(life.report.case_id)
    life.app.patients.save(replace(case.patient, history="Told again."))
    life.send(unsigned_because="posted already")

    (line,) = life.app.versions.lines(life.report.id)
    assert line.approval is None
    assert "Approved for sending" not in page_texts(line_document(life))[0]


def line_document(life: Life) -> bytes:
    return life.app.versions.document(life.report.id, 1)


def test_a_further_line_of_what_was_sent_is_the_same_version(life: Life) -> None:
    first = life.send()
    copy = life.send(MAKER)

    assert first.report_version_id == copy.report_version_id != ""
    assert len(life.app.versions.lines(life.report.id)) == 1


def test_a_call_keeps_no_version(life: Life) -> None:
    call = life.send(replace(ONLINE, channel=Channel.PHONE))

    assert call.report_version_id == ""
    assert life.app.versions.lines(life.report.id) == ()
    assert life.stored().state is ReportState.DRAFT


def test_a_correction_is_offered_to_everybody_who_had_the_version_before(life: Life) -> None:
    life.send()
    life.send(MAKER)
    follow_up(life)
    assert [o.destination for o in life.app.versions.owed(life.report.id)] == []
    life.send()

    (owed,) = life.app.versions.owed(life.report.id)
    assert (owed.destination, owed.person, owed.version) == (
        Destination.MANUFACTURER,
        "M. Ortiz",
        1,
    )
    lines = [n for n in life.app.worklist.needs() if n.mark.startswith("copy")]
    assert [n.next_step for n in lines] == [
        "Send version 2 to Manufacturer or compounder, M. Ortiz too"
    ]

    life.send(MAKER)
    assert life.app.versions.owed(life.report.id) == ()


def test_closing_a_report_lets_go_of_those_who_are_owed(life: Life) -> None:
    life.send()
    life.send(MAKER)
    follow_up(life)
    life.send()
    life.app.lifecycle.act(life.report.id, Act.CLOSE, "nothing in it concerns them")

    assert [n for n in life.app.worklist.needs() if n.kind is NeedKind.REPORT and n.mark] == []


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 receipt", b"\x89PNG\r\n\x1a\nx", b"\xff\xd8\xff\xe0x", b"Received."]
)
def test_a_proof_is_kept_inside_the_clinic(life: Life, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "receipt"
    file.write_bytes(content)

    sending = life.send(proof=file)
    file.unlink()

    assert (sending.proof, life.app.versions.proof(sending)) == ("receipt", content)


@pytest.mark.parametrize("content", [b"", b"MZ\x00\x90", b"\xff\xfe\x00bad"])
def test_what_cannot_be_opened_later_is_no_proof(
    life: Life, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "receipt.exe"
    file.write_bytes(content)

    with pytest.raises(ProofRefusedError):
        life.send(proof=file)

    assert life.stored().state is ReportState.DRAFT


def test_a_proof_that_is_too_large_is_refused(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aeapp.services.proofs.LARGEST_PROOF", 10)
    file = tmp_path / "receipt.txt"
    file.write_text("longer than ten")
    with pytest.raises(ProofRefusedError):
        life.send(proof=file)


def test_differences_are_printed_whole(life: Life, tmp_path: Path) -> None:
    life.send()
    follow_up(life, "He has recovered. " * 300)
    life.edit("patient.history", None, "told again")
    compared = life.app.versions.compare(life.report.id, 1)

    digest = life.app.versions.print_changes(life.report.id, compared, tmp_path / "d.pdf").sha256

    content = (tmp_path / "d.pdf").read_bytes()
    text = " ".join(" ".join(page_texts(content)).split())
    assert hashlib.sha256(content).hexdigest() == digest
    assert "2 items differ" in text
    assert text.count("recovered.") == 300
    assert "Recurrent depressive disorder" in text
    assert life.app.documents.known(tmp_path / "d.pdf")


def test_a_deidentified_paper_of_differences_says_that_items_differ_and_not_whose(
    life: Life, tmp_path: Path
) -> None:
    life.send()
    follow_up(life, f"Avery {SENTINEL} went home on 24-Nov-2026 and is well.")
    life.edit("patient.phone", "+1 555 0142", "new")
    life.edit("events[0].ended", PartialDate(2026, 11, 24), "told")
    compared = life.app.versions.compare(life.report.id, 1)
    out = tmp_path / "d.pdf"

    def text(*, read: bool) -> str:
        wish = Wish(copy=CopyKind.DEIDENTIFIED, texts_read=read)
        life.app.versions.print_changes(life.report.id, compared, out, overwrite=True, wish=wish)
        return " ".join(" ".join(page_texts(out.read_bytes())).split())

    for read in (True, False):
        said = text(read=read)
        assert f"{len(compared.changes)} items differ" in said
        for words in (SENTINEL, "24-Nov", "0142", life.report.number or "?"):
            assert words not in said, words
        assert "De-identified copy" in said
        assert ("is well." in said) is read
    line = life.app.register.lines()[0]
    assert (line.what, line.copy) == ("difference", CopyKind.DEIDENTIFIED)
    with pytest.raises(NoMakerCopyError):
        life.app.versions.print_changes(
            life.report.id, compared, out, wish=Wish(copy=CopyKind.MAKER)
        )


def test_a_paper_of_differences_that_would_still_tell_who_is_refused(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    life.send()
    follow_up(life, f"Avery {SENTINEL} is well.")
    compared = life.app.versions.compare(life.report.id, 1)
    monkeypatch.setattr(versions, "deidentified_changes", lambda changes, *_known, **_how: changes)
    with pytest.raises(CopyTellsError):
        life.app.versions.print_changes(
            life.report.id,
            compared,
            tmp_path / "d.pdf",
            wish=Wish(copy=CopyKind.DEIDENTIFIED, texts_read=True),
        )
    assert not (tmp_path / "d.pdf").exists()


def test_a_paper_of_no_difference_says_so(life: Life, tmp_path: Path) -> None:
    life.send()
    compared = life.app.versions.compare(life.report.id, 1)
    life.app.versions.print_changes(life.report.id, compared, tmp_path / "d.pdf")

    assert "0 items differ" in page_texts((tmp_path / "d.pdf").read_bytes())[0]

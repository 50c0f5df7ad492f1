"""An electronic message is a document like any other: registered, hashed, frozen when sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from aeapp.domain.codelists.clinic import PregnancyOutcome
from aeapp.domain.codelists.lifecycle import FrozenKind, SentAs
from aeapp.domain.codelists.session import Answer
from aeapp.domain.records import CaseFile, Pregnancy, SentMessage
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.services.documents import ExportWaitsError
from aeapp.services.message_batch import BatchOrder
from aeapp.services.message_drawing import (
    MessageWish,
    NoReceiverError,
    NoSenderError,
)
from aeapp.services.messages import MessageHeldBackError
from aeapp.services.pages import Copy
from aeapp.services.sessions import of_kind
from tests.helpers.life import ONLINE, Life, a_life

DRAFT = MessageWish(draft=True)
MESSAGE = replace(ONLINE, document=SentAs.MESSAGE)
PDF = b"%PDF-1.7\n% invented\n%%EOF\n"


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    life = a_life(tmp_path)
    yield life
    life.app.close()


def say_who(life: Life) -> None:
    profile = life.app.profile
    profile.save(replace(profile.clinic(), sender_id="LARKSPUR", receiver_id="CENTRE"))


def test_nobody_sends_and_nobody_gets_what_no_record_says(life: Life, tmp_path: Path) -> None:
    report, out = life.report, tmp_path / "case.xml"

    with pytest.raises(NoSenderError):
        life.app.messages.export(report.case_id, out, DRAFT, report_id=report.id)
    with pytest.raises(NoReceiverError):
        life.app.messages.export(
            report.case_id, out, replace(DRAFT, sender="ME"), report_id=report.id
        )
    say_who(life)
    with pytest.raises(MessageHeldBackError, match=r"E\.i\.2\.1a"):
        life.app.messages.export(report.case_id, out, report_id=report.id)
    assert not out.exists()


def test_what_was_exported_is_registered_and_what_was_sent_is_kept_to_the_byte(
    life: Life, tmp_path: Path
) -> None:
    app, report, out = life.app, life.report, tmp_path / "case.xml"
    assert not app.sending.before(report.id).message
    say_who(life)
    assert app.sending.before(report.id).message
    life.approve()
    done, checked = app.messages.export(report.case_id, out, DRAFT, report_id=report.id)
    assert checked.refused
    assert done.notes[:2] == (
        "A draft: the receiver would refuse it.", "Not checked against the ICH schema.",
    )  # fmt: skip
    (line,) = app.register.lines()
    assert (line.what, line.sha256, line.report_id) == ("e2br3", done.sha256, report.id)
    with app.context.new_uow() as uow:
        told = uow.trail.of("report", report.id)[-1].content["data"]
    assert (told["schema"], told["profile"], told["receiver"]) == ("not checked", "ich", "CENTRE")

    life.clock.pass_minutes(60 * 24)
    sent = life.send(MESSAGE)

    (version,) = app.versions.lines(report.id)
    kept = version.version.part(FrozenKind.DOCUMENT)
    assert (version.version.sent_as, kept.name) == (SentAs.MESSAGE, "e2br3.xml")
    assert version.version.export_seq == done.head.seq
    assert sent.document_sha256 == kept.sha256 == done.sha256
    assert app.versions.drawn_again(report.id, 1) == out.read_bytes()
    again = tmp_path / "again.xml"
    app.messages.export(report.case_id, again, report_id=report.id)
    assert again.read_bytes() == out.read_bytes()
    app.versions.export(report.id, 1, tmp_path / "kept.xml")
    assert (tmp_path / "kept.xml").read_bytes() == out.read_bytes()


def test_a_version_that_went_out_on_paper_goes_out_as_a_message_later(
    life: Life, tmp_path: Path
) -> None:
    app, report = life.app, life.report
    say_who(life)
    life.approve()
    first = life.send()
    second = life.send(MESSAGE)

    assert second.report_version_id == first.report_version_id
    assert second.document_sha256 != first.document_sha256
    app.versions.export(report.id, 1, tmp_path / "kept.xml", sent_as=SentAs.MESSAGE)
    assert b"MCCI_IN200100UV01" in (tmp_path / "kept.xml").read_bytes()


def test_what_was_exported_of_a_version_on_paper_is_what_is_kept_as_sent(
    life: Life, tmp_path: Path
) -> None:
    app, report, out = life.app, life.report, tmp_path / "case.xml"
    say_who(life)
    life.approve()
    life.send()
    app.messages.export(report.case_id, out, DRAFT, report_id=report.id)
    life.clock.pass_minutes(60)
    life.send(MESSAGE)

    app.versions.export(report.id, 1, tmp_path / "kept.xml", sent_as=SentAs.MESSAGE)
    assert (tmp_path / "kept.xml").read_bytes() == out.read_bytes()


def test_a_message_that_was_never_exported_or_changed_since_is_made_when_it_is_sent(
    life: Life, tmp_path: Path
) -> None:
    app, report = life.app, life.report
    say_who(life)
    app.messages.export(report.case_id, tmp_path / "a.xml", DRAFT, report_id=report.id)
    with app.context.new_uow() as uow:
        case = uow.records.get("case", report.case_id)
    app.attaching.add(case, "letter.pdf", PDF)
    life.approve()
    life.send(MESSAGE)

    (version,) = app.versions.lines(report.id)
    assert version.version.export_seq is None
    out = tmp_path / "b.xml"
    app.messages.export(report.case_id, out, report_id=report.id)
    assert b"<title>" in out.read_bytes()


def test_a_file_goes_inside_only_where_it_is_asked_for(life: Life, tmp_path: Path) -> None:
    app, report, out = life.app, life.report, tmp_path / "case.xml"
    with app.context.new_uow() as uow:
        case = uow.records.get("case", report.case_id)
    app.attaching.add(case, "letter.pdf", PDF)
    wish = MessageWish(
        draft=True, sender="ME", with_files=True, profile=Profile.FDA_POSTMARKET
    )  # fmt: skip

    _done, checked = app.messages.export(report.case_id, out, wish, report_id=report.id)

    (message,) = checked.batch.messages
    (held,) = message.members("C.1.6.1.r")
    assert held.text("C.1.6.1.r.1").endswith(".pdf")
    assert held.text("C.1.6.1.r.2").startswith("JVBERi0")
    assert b"letter" not in out.read_bytes()
    assert checked.batch.values["N.1.4"] == "ZZFDA"
    assert message.text("N.2.r.3") == "CDER"
    _done, checked = app.messages.export(
        report.case_id, out, replace(wish, with_files=False), report_id=report.id, overwrite=True
    )
    assert "C.1.6.1.r.2" not in checked.batch.messages[0].members("C.1.6.1.r")[0].values


def test_a_copy_for_the_archive_holds_the_message_beside_the_case(
    life: Life, tmp_path: Path
) -> None:
    app, report = life.app, life.report
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    app.documents.export(report.case_id, report.id, before, copy=Copy.ARCHIVE)
    say_who(life)
    app.documents.export(report.case_id, report.id, after, copy=Copy.ARCHIVE)
    message = tmp_path / "case.xml"
    app.messages.export(report.case_id, message, DRAFT, report_id=report.id)
    life.approve()
    life.send(MESSAGE)
    kept = tmp_path / "kept.pdf"
    app.documents.export(report.case_id, report.id, kept, copy=Copy.ARCHIVE)

    def inside(file: Path) -> dict[str, bytes]:
        with pikepdf.open(file) as pdf:
            return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}

    assert inside(before).keys() == {"case.json"}
    assert inside(after).keys() == {"case.json", "e2br3.xml"}
    assert b"PORR_IN049016UV" in inside(after)["e2br3.xml"]
    assert inside(kept)["e2br3.xml"] == message.read_bytes()


def test_the_message_of_a_child_waits_while_it_tells_who_the_mother_is(
    life: Life, tmp_path: Path
) -> None:
    app, out = life.app, tmp_path / "child.xml"
    patient = app.cases.gather(life.report.case_id).patient
    told = replace(patient, name="Mrs. Larkwood", history="Larkwood smokes.")
    mother = app.sessions.save(told)
    born = app.pregnancies.save(
        Pregnancy(
            patient_id=mother.id, outcome=PregnancyOutcome.LIVE_BIRTH, child_affected=Answer.YES
        )
    )
    report = app.pregnancies.open_child_report(born.id, "Low birth weight")
    wish = replace(DRAFT, sender="LARKSPUR", receiver="CENTRE")
    with pytest.raises(ExportWaitsError, match="mother's history"):
        app.messages.export(report.case_id, out, wish, report_id=report.id)
    batch = BatchOrder(((report.case_id, report.id),), wish)
    with pytest.raises(ExportWaitsError, match="mother's history"):
        app.message_batches.export(batch, out)
    assert not out.exists()
    say_who(life)
    app.documents.export(report.case_id, report.id, tmp_path / "a.pdf", copy=Copy.ARCHIVE)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert list(pdf.attachments) == ["case.json"]

    app.sessions.save(replace(mother, history="Smokes."))
    child = app.cases.gather(report.case_id).case
    child = app.sessions.save(replace(child, narrative="Larkwood bore a small child."))
    with pytest.raises(ExportWaitsError, match="who the mother is"):
        app.messages.export(report.case_id, out, wish, report_id=report.id)
    app.sessions.save(replace(child, narrative="A small child."))
    app.messages.export(report.case_id, out, wish, report_id=report.id)
    assert b"Smokes." in out.read_bytes()
    assert b"Larkwood" not in out.read_bytes()


def test_a_linked_case_is_named_by_its_number_in_the_world(life: Life, tmp_path: Path) -> None:
    app, report = life.app, life.report
    with app.context.new_uow() as uow:
        (case,) = of_kind(CaseFile, [uow.records.get("case", report.case_id)])
        pregnancy = uow.save(Pregnancy(patient_id=case.patient_id), who=app.who)
        uow.save(replace(case, pregnancy_id=pregnancy.id), who=app.who)
        other = CaseFile(
            patient_id=case.patient_id, number="KC-9", worldwide_number="US-OTHER-7",
            pregnancy_id=pregnancy.id,
        )  # fmt: skip
        uow.save(other, who=app.who)
        uow.commit()
    wish = replace(DRAFT, sender="LARKSPUR", receiver="CENTRE")
    _done, checked = app.messages.export(
        report.case_id, tmp_path / "a.xml", wish, report_id=report.id
    )
    (linked,) = checked.batch.messages[0].members("C.1.10.r")
    assert linked.text("C.1.10.r") == "US-OTHER-7"


def test_a_case_keeps_the_number_it_was_sent_under(life: Life, tmp_path: Path) -> None:
    app, report = life.app, life.report
    say_who(life)

    def number(name: str) -> str:
        out = tmp_path / f"{name}.xml"
        _done, checked = app.messages.export(report.case_id, out, DRAFT, report_id=report.id)
        return checked.batch.messages[0].text("C.1.1")

    first = number("first")
    app.profile.save(replace(app.profile.clinic(), name="Larkspur House"))
    # A draft went nowhere.
    assert (renamed := number("second")) != first
    with app.context.new_uow() as uow:
        sent = SentMessage(case_id=report.case_id, number=first, draft=False)
        uow.save(sent, who=app.who)
        uow.commit()
    assert number("third") == first != renamed

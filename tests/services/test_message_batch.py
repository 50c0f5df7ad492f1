"""Many cases in one file: all of them or none, each checked, each in trail and register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists.lifecycle import SentAs
from aeapp.domain.destinations import DRUG
from aeapp.domain.records import CaseFile, Event
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.readers.e2b import read_nodes
from aeapp.services.message_batch import BatchOrder, MixedBatchError, NothingToSendError
from aeapp.services.message_drawing import MessageWish
from aeapp.services.messages import MessageHeldBackError
from aeapp.services.sessions import of_kind
from tests.helpers.life import ONLINE, Life, a_life

DRAFT = MessageWish(draft=True, sender="LARKSPUR", receiver="CENTRE")


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    life = a_life(tmp_path)
    yield life
    life.app.close()


def test_a_batch_holds_every_message_and_each_is_on_record(life: Life, tmp_path: Path) -> None:
    app, report, out = life.app, life.report, tmp_path / "batch.xml"
    one = (report.case_id, report.id)
    done = app.message_batches.export(BatchOrder((one, one, (report.case_id, "")), DRAFT), out)

    root = read_nodes(out.read_bytes())
    batch = read_batch(root)
    assert [m.text("C.1.1") for m in batch.messages] == [batch.messages[0].text("C.1.1")] * 3
    assert batch.values["N.1.3"] == "LARKSPUR"
    assert [child.name for child in root.children][-3:] == [
        "PORR_IN049016UV", "receiver", "sender",
    ]  # fmt: skip
    assert (done.messages, done.size, done.refused) == (3, out.stat().st_size, 3)
    assert {f.where[:1] for f in done.findings} == {"1", "2", "3"}
    assert {line.sha256 for line in app.register.lines()} == {done.sha256}
    assert len(app.register.lines()) == 3
    with app.context.new_uow() as uow:
        told = uow.trail.of("report", report.id)[-1].content["data"]
    assert (told["messages"], told["sha256"], told["schema"]) == (3, done.sha256, "not checked")

    # A message alone is written by the same pen.
    alone = tmp_path / "alone.xml"
    app.messages.export(report.case_id, alone, DRAFT, report_id=report.id)
    message = alone.read_bytes().partition(b"  <PORR")[2].partition(b"</PORR")[0]
    assert message in out.read_bytes()


def test_one_that_would_be_refused_leaves_no_file(life: Life, tmp_path: Path) -> None:
    app, report, out = life.app, life.report, tmp_path / "batch.xml"
    order = BatchOrder(((report.case_id, report.id),), replace(DRAFT, draft=False))

    with pytest.raises(MessageHeldBackError):
        app.message_batches.export(order, out)
    assert list(tmp_path.glob("*.xml")) == []
    assert app.register.lines() == ()
    with pytest.raises(NothingToSendError):
        app.message_batches.export(replace(order, reports=()), out)


def test_what_goes_by_other_rules_goes_in_no_batch_with_the_rest(
    life: Life, tmp_path: Path
) -> None:
    app, report, out = life.app, life.report, tmp_path / "batch.xml"
    patient = app.cases.gather(report.case_id).patient
    nausea = app.sessions.save(Event(patient_id=patient.id, verbatim="Nausea"))
    other = app.cases.open_for_event(nausea, destination=DRUG)
    reports = ((report.case_id, report.id), (other.case_id, other.id))

    with pytest.raises(MixedBatchError):
        app.message_batches.export(BatchOrder(reports, DRAFT), out)
    assert not out.exists()
    assert app.register.lines() == ()
    same = replace(DRAFT, profile=Profile.ICH)
    assert app.message_batches.export(BatchOrder(reports, same), out).messages == 2


def test_what_was_sent_stays_so_in_a_batch_and_is_kept_as_the_batch_has_it(
    life: Life, tmp_path: Path
) -> None:
    app, report, out = life.app, life.report, tmp_path / "batch.xml"
    profile = app.profile
    profile.save(replace(profile.clinic(), sender_id="LARKSPUR", receiver_id="CENTRE"))
    order = BatchOrder(((report.case_id, report.id),) * 2, DRAFT)
    app.message_batches.export(order, out)
    life.clock.pass_minutes(60)
    life.send(replace(ONLINE, document=SentAs.MESSAGE))

    kept = tmp_path / "kept.xml"
    app.versions.export(report.id, 1, kept)
    message = kept.read_bytes().partition(b"  <PORR")[2].partition(b"</PORR")[0]
    assert message in out.read_bytes()

    with app.context.new_uow() as uow:
        (case,) = of_kind(CaseFile, [uow.records.get("case", report.case_id)])
        uow.save(replace(case, narrative="Written after it was sent."), who=app.who)
        uow.commit()
    app.message_batches.export(order, out, overwrite=True)
    assert b"Written after" not in out.read_bytes()

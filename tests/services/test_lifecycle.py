"""The life of a report: who leads it where, what it asks, and when it cannot be edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.archive import dumps
from aeapp.domain.case import write
from aeapp.domain.codelists.clinic import ReportState as S
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.lifecycle import SignatureMeaning, VersionNature
from aeapp.domain.lifecycle import Act
from aeapp.services.app import App
from aeapp.services.exporting import bundle_of
from aeapp.services.lifecycle import (
    ApprovedMeanwhileError,
    NatureError,
    NotNowError,
    SigningRoleError,
    StepRoleError,
    StillBlockedError,
    WhyError,
)
from aeapp.services.locking import ReportLockedError
from aeapp.services.sending import VoidReportError
from aeapp.vault.errors import VaultLockedOutError, WrongPasswordError
from tests.helpers.clinic import PASSWORD, practice_app
from tests.helpers.life import Life, a_life


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    made = a_life(tmp_path)
    yield made
    made.app.close()


def acts(life: Life) -> list[Act]:
    return [way.act for way in life.app.lifecycle.standing(life.report.id).ways]


def actions(life: Life) -> list[str]:
    with life.app.context.new_uow() as uow:
        return [e.content["action"] for e in uow.trail.of("report", life.report.id)]


def test_each_step_is_an_entry_of_a_person_with_its_reason(life: Life) -> None:
    life.app.lifecycle.act(life.report.id, Act.REVIEW)
    life.app.lifecycle.act(life.report.id, Act.RETURN, "Outcome is missing.")

    with life.app.context.new_uow() as uow:
        last = uow.trail.of("report", life.report.id)[-1].content
    assert actions(life)[-2:] == ["review", "return"]
    assert (last["name"], last["reason"]) == ("Dana Reyes", "Outcome is missing.")
    assert life.stored().state is S.DRAFT


def test_approving_asks_for_the_password_and_keeps_name_time_and_meaning(life: Life) -> None:
    with pytest.raises(WrongPasswordError):
        life.approve("not the password of anybody")
    assert life.stored().state is S.DRAFT

    life.approve()

    (approval,) = life.app.lifecycle.standing(life.report.id).approvals
    assert life.stored().state is S.READY
    assert (approval.by, approval.meaning) == ("Dana Reyes", SignatureMeaning.APPROVED)
    assert approval.at == life.app.context.minute()
    with life.app.context.new_uow() as uow:
        entry = uow.trail.of("approval", approval.id)[0].content
    assert (entry["action"], entry["reason"]) == ("sign", "Approved for sending")


def test_a_signature_is_outdated_once_a_record_of_the_case_changes(life: Life) -> None:
    life.approve()
    assert not life.app.lifecycle.standing(life.report.id).outdated

    patient = life.app.cases.gather(life.report.case_id).patient
    life.app.patients.save(replace(patient, history="Hypertension."), reason="asked again")

    assert life.app.lifecycle.standing(life.report.id).outdated


def test_wrong_passwords_are_counted_like_those_of_a_login(life: Life) -> None:
    for _n in range(5):
        with pytest.raises(WrongPasswordError):
            life.approve("not the password of anybody")
    with pytest.raises(VaultLockedOutError):
        life.approve()
    assert life.app.lifecycle.standing(life.report.id).approvals == ()


def test_what_a_rule_blocks_is_not_called_ready(life: Life) -> None:
    life.edit("case.narrative", None, "to be written anew")

    with pytest.raises(StillBlockedError):
        life.approve()

    assert life.stored().state is S.DRAFT


@pytest.mark.parametrize(
    ("role", "meaning"),
    [(Role.NURSE, SignatureMeaning.APPROVED), (Role.COMPLIANCE, SignatureMeaning.MEDICAL)],
)
def test_who_may_not_sign_is_told_who_may(
    tmp_path: Path, role: Role, meaning: SignatureMeaning
) -> None:
    life = a_life(tmp_path, role)
    with pytest.raises(SigningRoleError):
        life.app.lifecycle.approve(life.report.id, PASSWORD, meaning)
    life.app.close()


def test_an_approved_report_is_locked_and_unlocking_it_needs_a_reason(life: Life) -> None:
    life.approve()
    with pytest.raises(ReportLockedError):
        life.edit("case.narrative", "He fainted.", "shorter")
    with pytest.raises(WhyError):
        life.app.lifecycle.act(life.report.id, Act.UNLOCK, " ")

    life.app.lifecycle.act(life.report.id, Act.UNLOCK, "wrong dose in the text")
    life.edit("case.narrative", "He fainted.", "shorter")

    assert life.stored().state is S.DRAFT


def test_a_lock_of_a_person_says_why_and_holds_the_other_steps(life: Life) -> None:
    life.app.lifecycle.act(life.report.id, Act.LOCK, "counsel reads it")

    with pytest.raises(ReportLockedError) as refused:
        life.edit("case.narrative", "He fainted.", "shorter")
    assert "counsel reads it" in refused.value.remedy
    with pytest.raises(NotNowError):
        life.app.lifecycle.act(life.report.id, Act.REVIEW)
    assert Act.SUBMIT in acts(life)

    life.app.lifecycle.act(life.report.id, Act.UNLOCK, "counsel is done")
    assert life.stored().locked is None
    life.app.lifecycle.act(life.report.id, Act.REVIEW)


def test_a_void_report_is_not_sent_and_can_be_taken_up_again(life: Life) -> None:
    with pytest.raises(WhyError):
        life.app.lifecycle.act(life.report.id, Act.VOID)
    life.app.lifecycle.act(life.report.id, Act.VOID, "entered twice")

    with pytest.raises(VoidReportError):
        life.send()
    assert life.app.worklist.needs() == () or all(
        n.target != life.report.id for n in life.app.worklist.needs()
    )

    life.app.lifecycle.act(life.report.id, Act.RESTORE, "it was not")
    assert life.stored().state is S.DRAFT


@pytest.mark.parametrize(
    ("act", "after"),
    [(Act.REVIEW, S.DRAFT), (Act.LOCK, S.DRAFT), (Act.VOID, S.DRAFT)],
)
def test_a_step_is_taken_back(life: Life, act: Act, after: S) -> None:
    life.app.lifecycle.act(life.report.id, act, "slip")

    life.app.lifecycle.take_back(life.report.id, act)

    assert (life.stored().state, life.stored().locked) == (after, None)


def test_a_further_version_begun_by_mistake_is_taken_back_while_nobody_approved_it(
    life: Life,
) -> None:
    lifecycle, report_id = life.app.lifecycle, life.report.id
    with pytest.raises(ApprovedMeanwhileError):
        lifecycle.act(report_id, Act.TAKE_BACK, "nothing was begun")
    life.send()
    lifecycle.act(report_id, Act.ACKNOWLEDGE, "letter")
    lifecycle.correct(report_id, VersionNature.FOLLOW_UP, "outcome known")
    lifecycle.act(report_id, Act.REVIEW)
    assert Act.TAKE_BACK in acts(life)
    with pytest.raises(WhyError):
        lifecycle.act(report_id, Act.TAKE_BACK)

    lifecycle.act(report_id, Act.TAKE_BACK, "begun on the wrong report")

    stored = life.stored()
    assert (stored.state, stored.nature, stored.news) == (S.ACKNOWLEDGED, None, None)
    with life.app.context.new_uow() as uow:
        last = uow.trail.of("report", report_id)[-1].content
    assert (last["action"], last["reason"]) == ("take-back", "begun on the wrong report")
    assert [line.version.number for line in life.app.versions.lines(report_id)] == [1]

    lifecycle.correct(report_id, VersionNature.AMENDMENT, "a typing error")
    lifecycle.take_back(report_id, Act.CORRECT)
    assert life.stored().state is S.ACKNOWLEDGED
    lifecycle.correct(report_id, VersionNature.AMENDMENT, "a typing error")
    life.approve()
    lifecycle.act(report_id, Act.UNLOCK, "one more")
    assert Act.TAKE_BACK not in acts(life)
    with pytest.raises(ApprovedMeanwhileError):
        lifecycle.act(report_id, Act.TAKE_BACK, "too late")


def test_what_is_no_step_of_a_role_is_neither_offered_nor_done(tmp_path: Path) -> None:
    life = a_life(tmp_path / "nurse", Role.NURSE)
    try:
        life.app.lifecycle.act(life.report.id, Act.REVIEW)
        standing = life.app.lifecycle.standing(life.report.id)
        assert (standing.ways, standing.meanings) == ((), ())
        assert {Act.APPROVE, Act.SUBMIT} <= {way.act for way in standing.others}
        with pytest.raises(StepRoleError) as refused:
            life.app.lifecycle.act(life.report.id, Act.VOID, "entered twice")
        assert "a prescriber or the compliance lead" in refused.value.remedy
        with pytest.raises(StepRoleError):
            life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "news")
        # What a nurse handed on by mistake comes back by the same hand.
        life.app.lifecycle.take_back(life.report.id, Act.REVIEW)
        assert life.stored().state is S.DRAFT
    finally:
        life.app.close()


def test_what_was_sent_is_never_undone(life: Life) -> None:
    life.send()

    with pytest.raises(NotNowError):
        life.app.lifecycle.take_back(life.report.id, Act.SUBMIT)
    for act in (Act.VOID, Act.UNLOCK, Act.REVIEW, Act.LOCK):
        with pytest.raises(NotNowError):
            life.app.lifecycle.act(life.report.id, act, "undo")
    assert life.stored().state is S.RECORDED_SENT
    with pytest.raises(ReportLockedError):
        life.edit("case.narrative", "He fainted.", "shorter")


def test_sending_acknowledgement_and_close_follow_each_other(life: Life) -> None:
    life.send()
    life.app.lifecycle.act(life.report.id, Act.ACKNOWLEDGE, "letter of 30 November")
    assert life.stored().state is S.ACKNOWLEDGED
    life.app.lifecycle.act(life.report.id, Act.CLOSE)
    assert life.stored().state is S.CLOSED
    assert acts(life) == [Act.CORRECT]


@pytest.mark.parametrize("act", [Act.APPROVE, Act.SUBMIT, Act.CORRECT])
def test_a_step_with_facts_of_its_own_is_not_done_without_them(life: Life, act: Act) -> None:
    with pytest.raises(NotNowError):
        life.app.lifecycle.act(life.report.id, act, "why")


def test_a_further_version_says_what_it_is_and_what_is_new(life: Life) -> None:
    with pytest.raises(NotNowError):
        life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    life.send()
    with pytest.raises(NatureError):
        life.app.lifecycle.correct(life.report.id, VersionNature.INITIAL, "outcome known")
    with pytest.raises(NatureError):
        life.app.lifecycle.correct(life.report.id, None, "outcome known")
    with pytest.raises(WhyError):
        life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, " ")

    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")

    assert (life.stored().state, life.stored().nature) == (S.DRAFT, VersionNature.FOLLOW_UP)
    assert life.stored().news == "outcome known"
    assert Act.VOID not in acts(life)


def test_after_a_nullification_only_an_amendment_follows(life: Life) -> None:
    life.send()
    life.app.lifecycle.correct(life.report.id, VersionNature.NULLIFICATION, "wrong patient")
    # What is taken back need not be complete.
    life.edit("case.narrative", None, "taken back")
    life.approve()
    life.send()

    with pytest.raises(NatureError):
        life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome known")
    life.app.lifecycle.correct(life.report.id, VersionNature.AMENDMENT, "it was right after all")


def test_a_report_has_an_owner_out_of_the_staff(life: Life) -> None:
    assert life.app.lifecycle.colleagues() == ("Dana Reyes",)
    life.app.lifecycle.assign(life.report.id, "Dana Reyes")
    assert life.stored().owner == "Dana Reyes"
    assert life.app.lifecycle.assign(life.report.id, " ").owner is None


def case_file(life: Life, file: Path) -> Path:
    with life.app.context.new_uow() as uow:
        file.write_text(dumps(bundle_of(uow, life.report.case_id)))
    return file


def test_a_case_file_carries_no_approval_and_no_proof(life: Life, tmp_path: Path) -> None:
    proof = tmp_path / "receipt.txt"
    proof.write_text("received")
    life.approve()
    ready = case_file(life, tmp_path / "ready.json")
    life.send(proof=proof)
    sent = case_file(life, tmp_path / "sent.json")

    notes = []
    for name, file in (("one", ready), ("two", sent)):
        other = practice_app(tmp_path / name)
        notes.append(other.importing.import_case(file).notes)
        assert other.lifecycle.standing(_only(other)).approvals == ()
        other.close()

    assert "A report of the file was approved elsewhere; here it is a draft." in notes[0]
    assert "A proof of sending stayed with the clinic that the file comes from." in notes[1]


def _only(app: App) -> str:
    (report_id,) = app.cases.report_ids()
    return report_id


def test_a_page_of_a_report_that_was_sent_is_what_was_sent(life: Life) -> None:
    life.send()
    case = life.app.cases.gather(life.report.case_id, life.report.id)
    later = write(case, "case.narrative", "Something else.")

    drawn = life.app.documents.render(later)

    assert drawn.content == life.app.versions.document(life.report.id, 1)

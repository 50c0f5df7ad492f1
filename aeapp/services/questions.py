"""Questions to colleagues about a report: asked with a day, tried again, answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aeapp.domain.chair.needs import Need
from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.lifecycle import state_of
from aeapp.domain.recipients import owed_in
from aeapp.domain.records import CaseFile, Patient, Question, Report, ReportVersion
from aeapp.domain.records.question import Try
from aeapp.domain.values import PartialDate
from aeapp.domain.worklines import copy_need, question_need
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.freezing import versions_of
from aeapp.services.lifecycle import report_in
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind
from aeapp.services.versions import sendings_of


class QuestionIncompleteError(RefusedError):
    """A question lacks its words or the person it is put to."""

    code = "question.incomplete"

    def __init__(self) -> None:
        super().__init__(
            N_("The question is not complete."),
            remedy=N_("Say what is asked, of whom, and by which day the answer is wished for."),
        )


class AnsweredError(RefusedError):
    """A question was to be answered that has its answer, or the answer is empty."""

    code = "question.answered"

    def __init__(self) -> None:
        super().__init__(
            N_("This question has an answer already, or none was given."),
            remedy=N_("Open the report again; it shows what was answered, when and by whom."),
        )


class QuestionService:
    """Keep questions."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def of(self, report_id: str) -> tuple[Question, ...]:
        """Return the questions about a report, the oldest first."""
        with self._context.new_uow() as uow:
            return of_kind(Question, uow.records.find("question", report_id=report_id))

    def open_ones(self) -> tuple[Question, ...]:
        """Return every question that waits for its answer, the oldest first."""
        with self._context.new_uow() as uow:
            return of_kind(Question, uow.records.find("question", answer=None))

    def ask(self, report_id: str, words: str, to: str, due: PartialDate | None) -> Question:
        """Put a question to a colleague.

        Raises:
            QuestionIncompleteError: Words, person or day are missing.
        """
        if not words.strip() or not to.strip() or due is None or not due.is_full_day:
            raise QuestionIncompleteError
        who = self._context.who
        with self._context.new_uow() as uow:
            report = report_in(uow, report_id)
            question = Question(
                case_id=report.case_id,
                report_id=report.id,
                words=words.strip(),
                to=to.strip(),
                due=due,
                asked_by=who.name,
                asked_on=self._context.minute(),
            )
            saved = uow.save(question, who=who)
            uow.commit()
        return saved

    def try_again(self, question_id: str, words: str = "") -> Question:
        """Write down one more try to get the answer.

        Raises:
            AnsweredError: It has an answer already.
        """
        with self._context.new_uow() as uow:
            question = self._open(uow, question_id)
            tried = Try(
                at=self._context.minute(), words=words.strip() or None, by=self._context.who.name
            )
            changed = replace(question, tries=(*question.tries, tried))
            saved = uow.save(changed, who=self._context.who)
            uow.commit()
        return saved

    def answer(self, question_id: str, words: str) -> Question:
        """Answer a question.

        Raises:
            AnsweredError: It has an answer already, or the words are empty.
        """
        if not words.strip():
            raise AnsweredError
        with self._context.new_uow() as uow:
            answered = replace(
                self._open(uow, question_id),
                answer=words.strip(),
                answered_by=self._context.who.name,
                answered_on=self._context.minute(),
            )
            saved = uow.save(answered, who=self._context.who)
            uow.commit()
        return saved

    def _open(self, uow: UnitOfWork, question_id: str) -> Question:
        uow.lock()
        (question,) = of_kind(Question, [uow.records.get("question", question_id)])
        if not question.is_open:
            raise AnsweredError
        return question


# ------------------------------------------------------------------ lines of the worklist


def following_needs(uow: UnitOfWork) -> Iterator[Need]:
    """Yield the open questions, and the recipients who wait for the newest version."""
    for question in of_kind(Question, uow.records.find("question", answer=None)):
        title, code = _title_of(uow, question.case_id)
        yield question_need(question, title, code)
    natures = [n for n in VersionNature if n is not VersionNature.INITIAL]
    later = of_kind(ReportVersion, uow.records.find("report_version", nature=natures))
    for report_id in dict.fromkeys(version.report_id for version in later):
        yield from _owed(uow, report_in(uow, report_id))


def _owed(uow: UnitOfWork, report: Report) -> Iterator[Need]:
    if state_of(report) is ReportState.CLOSED:
        # Somebody decided that nobody else is to get it.
        return
    title, code = _title_of(uow, report.case_id)
    versions = versions_of(uow, report.id)
    for owed in owed_in(versions, sendings_of(uow, report.id)):
        number = versions[-1].number or 0
        yield copy_need(report, owed.destination, owed.person, number, title=title, patient=code)


def _title_of(uow: UnitOfWork, case_id: str) -> tuple[str, str]:
    file = next(iter(of_kind(CaseFile, uow.records.many("case", [case_id]))), CaseFile())
    people = of_kind(Patient, uow.records.many("patient", [file.patient_id]))
    code = next((p.code or "" for p in people), "") if file.patient_id else ""
    return file.title or "", code


__all__ = ["AnsweredError", "QuestionIncompleteError", "QuestionService", "following_needs"]

"""Keep what receivers answer to electronic messages, each with the report it is about.

An answer moves no report: a person reads it and records what follows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aeapp.domain.codelists.lifecycle import BatchVerdict
from aeapp.domain.records import Acknowledgement, CaseFile, Report, SentMessage
from aeapp.formspecs.e2b_r3.acknowledging import BatchAnswer, CaseAnswer, answer_of, lines
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.message_check import LIMIT
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


class NoSubmissionError(RefusedError):
    """An acknowledgement fits no message that was written here."""

    code = "acknowledgement.no-submission"

    def __init__(self, batch: str) -> None:
        named = _("This acknowledgement of batch {batch} fits no message that was written here.")
        plain = _("This acknowledgement names no batch and no case that was written here.")
        super().__init__(
            named.format(batch=batch) if batch else plain,
            remedy=N_("Open the clinic that wrote the message. Nothing was kept."),
        )


class AlreadyKeptError(RefusedError):
    """An acknowledgement was read before."""

    code = "acknowledgement.kept"

    def __init__(self) -> None:
        super().__init__(
            N_("This acknowledgement is kept here already."),
            remedy=N_("It stands in the log of sending of its report."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """One answer that was kept.

    Attributes:
        case_number, report_number: What it is about.
        lines: What it says, in plain words; the verdict first.
    """

    record: Acknowledgement
    case_number: str
    report_number: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """What became of one acknowledgement.

    Attributes:
        kept: Answers about cases of this clinic.
        strange: Numbers of cases it answers about that were not written here.
    """

    kept: tuple[Kept, ...]
    strange: tuple[str, ...]


class AcknowledgementService:
    """Read acknowledgements, and list those of a report."""

    def __init__(self, context: WorkContext, read: Callable[[bytes], Node]) -> None:
        self._context, self._read = context, read

    def read(self, path: Path) -> Read:
        """Keep an acknowledgement with the reports it is about.

        Raises:
            FileTroubleError: It cannot be read.
            ImportRejected: It is no acknowledgement of E2B(R3), is broken, or names entities.
            NoSubmissionError: It fits no message that was written here; nothing is kept.
            AlreadyKeptError: It was read before.
        """
        content = read_whole(path, LIMIT)
        answer = answer_of(self._read(content))
        with self._context.new_uow() as uow:
            uow.lock()
            pairs, strange = _fitting(uow, answer)
            if not pairs:
                raise NoSubmissionError(answer.batch)
            key = uow.blobs.put(content)
            if uow.records.find("acknowledgement", sha256=key):
                raise AlreadyKeptError
            kept = tuple(self._keep(uow, answer, case, message, key) for case, message in pairs)
            uow.commit()
        return Read(kept, strange)

    def of_report(self, report_id: str) -> tuple[Kept, ...]:
        """Return the answers about a report, the oldest first."""
        with self._context.new_uow() as uow:
            found = of_kind(
                Acknowledgement, uow.records.find("acknowledgement", report_id=report_id)
            )
            return tuple(_told(uow, one) for one in found)

    def _keep(
        self,
        uow: UnitOfWork,
        answer: BatchAnswer,
        case: CaseAnswer,
        message: SentMessage,
        key: str,
    ) -> Kept:
        made = Acknowledgement(
            case_id=message.case_id, report_id=message.report_id, message_id=message.id,
            batch=answer.batch[:100] or None, number=case.number[:200] or None,
            batch_verdict=answer.verdict, verdict=case.verdict,
            batch_words=answer.words[:2000] or None, words=case.words or None,
            sender=answer.sender[:60] or None, their_number=case.their_number[:100] or None,
            at=answer.at, sha256=key, kept_at=self._context.minute(), by=self._context.who.name,
        )  # fmt: skip
        stored = uow.save(made, who=self._context.who, action="acknowledgement")
        return _told(uow, stored)


def _told(uow: UnitOfWork, one: Acknowledgement) -> Kept:
    (case,) = of_kind(CaseFile, [uow.records.get("case", one.case_id)])
    report = uow.records.get("report", one.report_id) if one.report_id else Report()
    number = report.number if isinstance(report, Report) else ""
    return Kept(one, case.number or "", number or "", tuple(lines(one)))


def _fitting(
    uow: UnitOfWork, answer: BatchAnswer
) -> tuple[list[tuple[CaseAnswer, SentMessage]], tuple[str, ...]]:
    """Return each answer with the message it is about, and the numbers nobody here wrote."""
    sent = of_kind(SentMessage, uow.records.find("message", batch=answer.batch))
    batch = list(sent) if answer.batch else []
    pairs: list[tuple[CaseAnswer, SentMessage]] = []
    strange = []
    for case in answer.cases:
        message = _message_of(uow, case, batch, alone=len(answer.cases) == 1)
        if message is not None:
            pairs.append((case, message))
        else:
            strange.append(case.number or "-")
    if not answer.cases or (answer.verdict is BatchVerdict.NONE and not pairs):
        # Nothing is said of single cases: it is about every one of the batch.
        pairs = [(CaseAnswer(), message) for message in batch]
        strange = []
    return pairs, tuple(strange)


def _message_of(
    uow: UnitOfWork, case: CaseAnswer, batch: list[SentMessage], *, alone: bool
) -> SentMessage | None:
    """Return the message that an answer names, one of its batch before any other.

    A rejected message may be named by nothing; of a batch of one it is that one.
    """
    for number in case.numbers:
        if number and (found := [one for one in batch if one.number == number]):
            return found[-1]
    if not case.number and alone and len(batch) == 1:
        return batch[0]
    if batch:
        return None
    # Of a batch that nobody here knows: the newest message with the number of the case.
    found = [
        one
        for number in case.numbers
        if number
        for one in of_kind(SentMessage, uow.records.find("message", number=number))
    ]
    return found[-1] if found else None


__all__ = [
    "AcknowledgementService",
    "AlreadyKeptError",
    "Kept",
    "NoSubmissionError",
    "Read",
]

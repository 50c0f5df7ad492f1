"""Many cases in one file of electronic messages: written one after the other, memory flat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aeapp.domain.lifecycle import SENT, state_of
from aeapp.formspecs.e2b_r3.checking import MessageFinding
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.of_case import Envelope, header_of, message_of
from aeapp.formspecs.e2b_r3.writing import batch_node, message_node
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import prepared
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.freezing import versions_of
from aeapp.services.gathering import gather
from aeapp.services.keeping_messages import Written, keep_sent
from aeapp.services.message_check import Checked, MessageFormat
from aeapp.services.message_drawing import (
    KIND,
    UNCHECKED,
    MessageDrawer,
    MessageWish,
    around,
    envelope_facts,
    envelope_of,
)
from aeapp.services.messages import MessageHeldBackError, MessageService, schema_facts, stamp_to_go
from aeapp.services.ports import UnitOfWork
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject, Wrote, enter
from aeapp.services.schema_sets import ChosenSet
from aeapp.services.thawing import thawed


class NothingToSendError(RefusedError):
    """A batch was asked for of no report."""

    code = "message.nothing"

    def __init__(self) -> None:
        super().__init__(
            N_("No report is named, and a batch without messages is refused."),
            remedy=N_("Name one report or several."),
        )


class MixedBatchError(RefusedError):
    """Reports of a batch go by different rules, or to different receivers."""

    code = "message.mixed"

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Report {number} goes by other rules or to another receiver than the first one.")
            .format(number=number or "-"),
            remedy=N_("Write a batch for each receiver. Nothing was written."),
            option=N_("--profile holds all of them to the same rules."),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """Which reports go: the case and the report of each, and who is told what of them."""

    reports: tuple[tuple[str, str], ...]
    wish: MessageWish
    given: Given = NOT_TOLD


@dataclass(frozen=True, slots=True)
class WrittenBatch:
    """What was written.

    Attributes:
        findings: Of each message, with its place in the batch.
        schema: Hash of the set each was checked against; empty where there was none.
        told: Of the set: that it was changed, or is not where it was. "" where nothing is.
        refused: How many of them a receiver would refuse.
    """

    path: Path
    messages: int
    size: int
    sha256: str
    findings: tuple[MessageFinding, ...]
    schema: str
    told: str
    refused: int


@dataclass(slots=True)
class _Run:
    """What is known of a batch while it is written; nothing of a message itself."""

    subjects: list[tuple[Subject, dict[str, Any]]] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    findings: list[MessageFinding] = field(default_factory=list)
    refused: int = 0
    schema: dict[str, str] = field(default_factory=dict)
    told: str = ""
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


class MessageBatchService:
    """Write batches."""

    def __init__(
        self,
        context: WorkContext,
        kinds: MessageFormat,
        drawer: MessageDrawer,
        messages: MessageService,
    ) -> None:
        self._context, self._kinds = context, kinds
        self._drawer, self._messages = drawer, messages

    def export(
        self,
        order: BatchOrder,
        out: Path,
        *,
        schemas: Path | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> WrittenBatch:
        """Write the messages of several reports into one file; all of them, or no file.

        Each message is read back and checked before the next one is made.

        Raises:
            NothingToSendError: No report is named.
            MixedBatchError: One goes by other rules than the first.
            ExportWaitsError: A sentence of one is stale, or a text tells who the patient is.
            MessageHeldBackError: One would be refused, and it is not said to be a draft.
            RefusedError: The schema set that was named is not there, or is not used.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        if not order.reports:
            raise NothingToSendError
        envelope = self._envelope(order)
        run, chosen = _Run(), self._messages.chosen(schemas)
        pieces = self._pieces(order, envelope, run, chosen, progress or NoProgress())
        with prepared(out, pieces, overwrite=overwrite) as file:
            sha256 = run.digest.hexdigest()
            with self._context.new_uow() as uow:
                self._enter(uow, order, run, sha256)
                keep_sent(
                    uow, self._context, header_of(envelope), run.written,
                    (sha256, bool(run.refused)),
                )  # fmt: skip
                uow.commit()
                file.finish()
        return WrittenBatch(
            out, len(run.subjects), run.size, sha256, tuple(run.findings),
            "" if chosen.place is None else run.schema["schema"], run.told, run.refused,
        )  # fmt: skip

    def _enter(self, uow: UnitOfWork, order: BatchOrder, run: _Run, sha256: str) -> None:
        """Enter each message in the trail and in the register of exports."""
        told = {
            "kind": KIND, "messages": len(run.subjects), "draft": bool(run.refused),
            **run.schema, "sha256": sha256, "size": run.size,
        }  # fmt: skip
        for subject, own in run.subjects:
            of = subject.report_id or subject.case_id
            noted = uow.trail.note(
                "export",
                who=self._context.who,
                entity="report" if subject.report_id else "case",
                entity_id=of,
                data={**own, **told},
            )
            line, wrote = RegisterLine(subject, order.given), Wrote(noted.seq, sha256, 0)
            enter(uow, self._context, line, wrote)

    def _envelope(self, order: BatchOrder) -> Envelope:
        """Return the envelope of the batch, by the first report."""
        case_id, report_id = order.reports[0]
        with self._context.new_uow() as uow:
            case = gather(uow, case_id, report_id)
        return envelope_of(case, order.wish, self._context.now())

    def _pieces(
        self,
        order: BatchOrder,
        envelope: Envelope,
        run: _Run,
        chosen: ChosenSet,
        progress: Progress,
    ) -> Iterator[bytes]:
        values, unchecked = header_of(envelope), chosen.place is None

        def messages() -> Iterator[Any]:
            total = len(order.reports)
            for n, (case_id, report_id) in enumerate(order.reports):
                progress.step(n, total, _("reports"))
                message = self._message((case_id, report_id), order.wish, envelope, run)
                one = self._drawer.content(Batch(values, [message], unchecked))
                checked = self._messages.checked(one, envelope.profile, chosen)
                self._note(run, checked, chosen, n + 1)
                if checked.refused and not order.wish.draft:
                    raise MessageHeldBackError(checked)
                yield message_node(message)
            progress.step(total, total, _("reports"))

        remark = UNCHECKED if unchecked else ""
        for piece in self._kinds.pieces(batch_node(Batch(values)), messages(), remark):
            run.digest.update(piece)
            run.size += len(piece)
            yield piece

    def _message(
        self, of: tuple[str, str], wish: MessageWish, envelope: Envelope, run: _Run
    ) -> Part:
        case_id, report_id = of
        with self._context.new_uow() as uow:
            case = gather(uow, case_id, report_id)
            # What was sent goes out as it was sent, whatever its records say by now.
            sent = versions_of(uow, case.report.id)[-1:] if state_of(case.report) in SENT else ()
            if sent:
                case = thawed(uow, sent[0]).case
            stamp = stamp_to_go(uow, case, self._context.now(), sent_before=bool(sent))
            beside = around(uow, case, with_files=envelope.with_files)
        number = case.report.number or case.case.number or ""
        own = envelope_of(case, wish, envelope.made_at)
        if replace(own, message_receiver=envelope.message_receiver) != envelope:
            raise MixedBatchError(number)
        subject = Subject(
            number=number, what=KIND, case_id=case_id, report_id=case.report.id,
            patient_id=case.patient.id,
        )  # fmt: skip
        facts = {"head": stamp.head.seq, "version": sent[0].number if sent else 0}
        run.subjects.append((subject, envelope_facts(own) | facts))
        message = message_of(case, own, beside)
        run.written.append(Written.of(message, case_id, case.report.id))
        return message

    @staticmethod
    def _note(run: _Run, checked: Checked, chosen: ChosenSet, place: int) -> None:
        run.refused += checked.refused
        run.schema, run.told = schema_facts(checked, chosen), checked.told
        for finding in checked.findings:
            where = finding.where
            # Each was checked alone, as the first of its batch.
            if where.startswith("1"):
                where = f"{place}{where[1:]}"
            run.findings.append(replace(finding, where=where))


__all__: Sequence[str] = (
    "BatchOrder",
    "MessageBatchService",
    "MixedBatchError",
    "NothingToSendError",
    "WrittenBatch",
)

"""Electronic messages: a case as E2B(R3), and a check of anybody's message."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aeapp.domain.case import Case
from aeapp.domain.codelists.lifecycle import SentAs
from aeapp.domain.findings import Severity
from aeapp.domain.lifecycle import SENT, state_of
from aeapp.domain.records import Report
from aeapp.domain.rules.narrative import holds_back
from aeapp.formspecs.e2b_r3.checking import (
    Profile,
)
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.context import WorkContext
from aeapp.services.documents import Export, ExportWaitsError
from aeapp.services.freezing import stamp_of, versions_of
from aeapp.services.gathering import gather
from aeapp.services.keeping_messages import Written, keep_sent
from aeapp.services.message_check import Checked, MessageCheck, MessageFormat
from aeapp.services.message_drawing import (
    KIND,
    PLAIN_WISH,
    MessageDrawer,
    MessageWish,
    envelope_facts,
    envelope_of,
    profile_of,
    tells_of_mother,
)
from aeapp.services.pages import PageStamp
from aeapp.services.ports import UnitOfWork
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject
from aeapp.services.schema_sets import NOT_CHECKED, ChosenSet, chosen_set
from aeapp.services.thawing import kept_document, thawed
from aeapp.services.writing_out import write_out

_MOST_TOLD = 5


class MessageHeldBackError(RefusedError):
    """A message was to be written that its receiver would refuse."""

    code = "message.held-back"

    def __init__(self, checked: Checked) -> None:
        blocking = [f for f in checked.findings if f.severity is Severity.BLOCKS]
        told = [f"{f.number}: {f.text}" for f in blocking[:_MOST_TOLD]]
        if len(blocking) > _MOST_TOLD:
            told.append(_("and {n} more").format(n=len(blocking) - _MOST_TOLD))
        sentence = _("Nothing was written: the receiver would refuse this message.")
        super().__init__(
            " ".join((sentence, *told)),
            remedy=N_("Answer the findings in the report and export it again, or export a draft."),
            option=N_("--draft writes it all the same, and says that it is a draft."),
        )


def stamp_to_go(uow: UnitOfWork, case: Case, at: dt.datetime, *, sent_before: bool) -> PageStamp:
    """Return what says where a case stands, for a message of it that may go out.

    What was sent goes out as it was sent, but for a mother whom it would name.

    Raises:
        ExportWaitsError: A sentence is stale, or a text tells who a person is.
    """
    stamp = stamp_of(uow, case, at)
    held = () if sent_before else holds_back(stamp.findings)
    if waits_for := (*held, *tells_of_mother(uow, case)):
        raise ExportWaitsError(waits_for)
    return stamp


@dataclass(frozen=True, slots=True, repr=False)
class _Made:
    """A message with what the trail says of it."""

    content: bytes
    profile: Profile
    report: Report
    number: str
    patient_id: str
    facts: dict[str, Any]
    is_out: bool = False

    def subject(self, case_id: str) -> Subject:
        """Return what the register of exports says of it."""
        return Subject(
            number=self.number, what=KIND, case_id=case_id, report_id=self.report.id,
            patient_id=self.patient_id,
        )  # fmt: skip


class MessageService:
    """Write and check messages."""

    def __init__(self, context: WorkContext, kinds: MessageFormat, drawer: MessageDrawer) -> None:
        self._context, self._kinds, self._drawer = context, kinds, drawer

    def check(
        self,
        path: Path,
        profile: Profile,
        schemas: Path | None = None,
        progress: Progress | None = None,
    ) -> Checked:
        """Return what is wrong with a file of anybody's; nothing is stored.

        One that is longer than what is read whole is checked message by message.

        Raises:
            CancelledError: The person stopped it.
            FileTroubleError: It cannot be read.
            ImportRejected: It is no E2B(R3) message, is broken, or names entities or other files.
            RefusedError: The set that was named is not there, or is not used.
        """
        return self._check(profile, self.chosen(schemas)).of_file(path, progress)

    def chosen(self, schemas: Path | None) -> ChosenSet:
        """Return the set that messages are held against; the clinic's where none is named."""
        with self._context.new_uow() as uow:
            return chosen_set(uow, schemas)

    def checked(self, content: bytes, profile: Profile, schemas: ChosenSet) -> Checked:
        """Return what is wrong with the bytes of a message."""
        return self._check(profile, schemas).of_content(content)

    def _check(self, profile: Profile, schemas: ChosenSet) -> MessageCheck:
        return MessageCheck(self._kinds, profile, schemas, self._context.today())

    def export(
        self,
        case_id: str,
        out: Path,
        wish: MessageWish = PLAIN_WISH,
        *,
        report_id: str = "",
        schemas: Path | None = None,
        given: Given = NOT_TOLD,
        overwrite: bool = False,
    ) -> tuple[Export, Checked]:
        """Write a report as a message, read back and checked before it is written.

        The entry of the trail says by which rules it was checked, and whether by the schemas. Of
        a report that was sent as a message it is what was sent, to the byte.

        Raises:
            ExportWaitsError: A sentence is stale, or a text tells who the patient is.
            MessageHeldBackError: Something would be refused, and it is not said to be a draft.
            NoSenderError: Nobody is its sender.
            NoReceiverError: Nobody gets it.
            RefusedError: The schema set that was named is not there, or is not used.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        chosen = self.chosen(schemas)
        made = self._made(case_id, report_id, wish, unchecked=chosen.place is None)
        checked = self.checked(made.content, made.profile, chosen)
        if checked.refused and not wish.draft and not made.is_out:
            raise MessageHeldBackError(checked)
        told = {**made.facts, "draft": checked.refused, "kind": KIND}
        told |= schema_facts(checked, chosen)
        of = ("report", made.report.id) if made.report.id else ("case", case_id)
        digest, head = write_out(
            self._context, made.content, out, of, told, overwrite=overwrite,
            line=RegisterLine(made.subject(case_id), given),
            also=lambda uow: self._keep(uow, made, checked, (case_id, made.report.id)),
        )  # fmt: skip
        notes = notes_of(checked)
        return Export(out, 0, len(made.content), digest, head, 0, notes), checked

    def _keep(self, uow: UnitOfWork, made: _Made, checked: Checked, of: tuple[str, str]) -> None:
        """Remember the message; what is no draft whole, for the answer may name its lines."""
        draft = checked.refused
        sha256 = hashlib.sha256(made.content).hexdigest() if draft else uow.blobs.put(made.content)
        written = [Written.of(message, *of) for message in checked.batch.messages]
        keep_sent(uow, self._context, checked.batch.values, written, (sha256, draft))

    def _made(self, case_id: str, report_id: str, wish: MessageWish, *, unchecked: bool) -> _Made:
        with self._context.new_uow() as uow:
            case = gather(uow, case_id, report_id)
            report, patient_id = case.report, case.patient.id
            number = report.number or case.case.number or ""
            sent = versions_of(uow, report.id)[-1:] if state_of(report) in SENT else ()
            facts: dict[str, Any] = {"version": sent[0].number if sent else 0}
            if sent and (key := kept_document(uow, sent[0], SentAs.MESSAGE)):
                old = thawed(uow, sent[0])
                profile = wish.profile or profile_of(old.case.report)
                kept = uow.blobs.proven(key)
                return _Made(kept, profile, report, number, patient_id, facts, is_out=True)
            if sent:
                case = thawed(uow, sent[0]).case
            stamp = stamp_to_go(uow, case, self._context.now(), sent_before=bool(sent))
            envelope = envelope_of(case, wish, self._context.now())
            drawn = self._drawer.values(uow, case, envelope)
            values = replace(drawn, unchecked=unchecked)
        facts |= envelope_facts(envelope) | {"head": stamp.head.seq}
        content = self._drawer.content(values)
        return _Made(content, envelope.profile, report, number, patient_id, facts)


def schema_facts(checked: Checked, chosen: ChosenSet) -> dict[str, str]:
    """Return what the trail says of the schema set: its hash, and the registered one if changed."""
    if checked.schema is None:
        return {"schema": NOT_CHECKED}
    known = chosen.registered
    changed = {"schema_registered": known.sha256 or ""} if known and checked.told else {}
    return {"schema": checked.schema.sha256, **changed}


def notes_of(checked: Checked) -> tuple[str, ...]:
    """Return what a person is told of a message that was written: findings, and the schemas."""
    told = [f"{f.number}: {f.text}" for f in checked.findings]
    if checked.schema is None:
        told.insert(0, _("Not checked against the ICH schema."))
    elif checked.schema.errors:
        told.insert(
            0, _("Not valid by the ICH schema: {why}").format(why=checked.schema.errors[0][1])
        )
    else:
        told.insert(0, _("Valid by the ICH schema."))
    if checked.told:
        told.insert(1, checked.told)
    if checked.refused:
        told.insert(0, _("A draft: the receiver would refuse it."))
    return tuple(told)

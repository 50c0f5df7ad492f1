"""Draw a case as an electronic message: who sends to whom, and what stands around the case."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain.case import Case
from aeapp.domain.codelists.attaching import OF_MESSAGES
from aeapp.domain.destinations import DRUG, IND
from aeapp.domain.findings import Finding
from aeapp.domain.items import as_text
from aeapp.domain.narrative.identifiers import find
from aeapp.domain.narrative.scan import identifiers_of, met_in
from aeapp.domain.records import CaseFile, Patient, Pregnancy, Report, SentMessage
from aeapp.domain.rules.entering import BLOCKS, finding
from aeapp.domain.rules.entering import number_of as item_number_of
from aeapp.domain.rules.narrative import IDENTIFIER
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Batch
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.of_case import Around, Envelope, batch_of, number_of
from aeapp.formspecs.e2b_r3.putting import HeldFile
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.attaching import neutral_name
from aeapp.services.exporting import standing_attachments
from aeapp.services.ports import UnitOfWork
from aeapp.services.report_forms import rules_for
from aeapp.services.sessions import of_kind

# What trail and register call a message.
KIND = "e2br3"
# What a file says that was never held against a schema set.
UNCHECKED = "Not checked against the ICH schema"
_PROFILES = {DRUG: Profile.FDA_POSTMARKET, IND: Profile.FDA_PREMARKET}
_BATCH = {Profile.FDA_POSTMARKET: "ZZFDA", Profile.FDA_PREMARKET: "ZZFDA_PREMKT"}
_CENTER, _OF_IND, _OF_NO_IND = "CDER", "CDER_IND", "CDER_IND_EXEMPT_BA_BE"


class NoSenderError(RefusedError):
    """A message was to be made and nobody is its sender."""

    code = "message.no-sender"

    def __init__(self) -> None:
        super().__init__(
            N_("The clinic has no identifier as a sender of electronic messages."),
            remedy=N_("Enter it in the clinic's settings, under Duties."),
            option=N_("--sender ID names it for this message."),
        )


class NoReceiverError(RefusedError):
    """A message was to be made that does not go to FDA, and nobody gets it."""

    code = "message.no-receiver"

    def __init__(self) -> None:
        super().__init__(
            N_("Nobody is named to whom electronic messages go that are not for FDA."),
            remedy=N_("Enter the receiver in the clinic's settings, under Duties."),
            option=N_("--receiver ID names it for this message."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWish:
    """What a person says of a message; what is empty the records say.

    Attributes:
        profile: By whose rules; those of the report's form where None.
        with_files: Attached files go inside.
        draft: It is written whatever was found.
    """

    profile: Profile | None = None
    sender: str = ""
    receiver: str = ""
    message_receiver: str = ""
    with_files: bool = False
    draft: bool = False


PLAIN_WISH = MessageWish()


def profile_of(report: Report) -> Profile:
    """Return by whose rules a message of a report goes: FDA's where its form is owed to FDA."""
    return _PROFILES.get(rules_for(report), Profile.ICH) if report.form else Profile.ICH


def envelope_of(case: Case, wish: MessageWish, at: dt.datetime) -> Envelope:
    """Return who sends the message of a case to whom.

    Raises:
        NoSenderError: Neither the wish nor the clinic says who sends.
        NoReceiverError: Neither says who gets what is not for FDA.
    """
    profile = wish.profile or profile_of(case.report)
    sender = wish.sender or case.clinic.sender_id or ""
    receiver = wish.receiver or _BATCH.get(profile) or case.clinic.receiver_id or ""
    if not sender:
        raise NoSenderError
    if not receiver:
        raise NoReceiverError
    return Envelope(
        sender=sender,
        receiver=receiver,
        message_receiver=wish.message_receiver or _center(case, profile),
        made_at=at.replace(microsecond=0),
        profile=profile,
        with_files=wish.with_files,
    )


def _center(case: Case, profile: Profile) -> str:
    if profile is Profile.ICH:
        return ""
    if profile is Profile.FDA_POSTMARKET:
        return _CENTER
    without_ind = any(study.pre_anda and not study.ind for study in case.studies)
    return _OF_NO_IND if without_ind else _OF_IND


def envelope_facts(envelope: Envelope) -> dict[str, Any]:
    """Return an envelope as the trail keeps it."""
    return {
        "sender": envelope.sender,
        "receiver": envelope.receiver,
        "message_receiver": envelope.message_receiver,
        "made_at": envelope.made_at.isoformat(),
        "profile": envelope.profile.value,
        "with_files": envelope.with_files,
    }


def envelope_from(facts: dict[str, Any]) -> Envelope:
    """Return the envelope of which the trail kept the facts."""
    return Envelope(
        sender=facts["sender"],
        receiver=facts["receiver"],
        message_receiver=facts["message_receiver"],
        made_at=dt.datetime.fromisoformat(facts["made_at"]),
        profile=Profile(facts["profile"]),
        with_files=facts["with_files"],
    )


def around(uow: UnitOfWork, case: Case, *, with_files: bool) -> Around:
    """Return what the message of a case says beyond it: files, reports linked, the mother."""
    pregnancy_id = case.case.pregnancy_id
    found = of_kind(Pregnancy, uow.records.many("pregnancy", [i for i in (pregnancy_id,) if i]))
    pregnancy = next(iter(found), None)
    mothers: tuple[Patient, ...] = ()
    if pregnancy is not None and pregnancy.patient_id != case.patient.id:
        mothers = of_kind(Patient, uow.records.many("patient", [pregnancy.patient_id]))
    files = uow.records.find("case", pregnancy_id=pregnancy_id) if pregnancy_id else []
    return Around(
        number=_number_before(uow, case.case.id),
        files=_files(uow, case, with_files=with_files),
        linked=tuple(
            as_text(file.worldwide_number)
            or _number_before(uow, file.id)
            or number_of(replace(case, case=file))
            for file in of_kind(CaseFile, files)
            if file.id != case.case.id
        ),
        pregnancy=pregnancy,
        mother=next(iter(mothers), None),
    )


def _number_before(uow: UnitOfWork, case_id: str) -> str:
    """Return the number a case was first sent under: it stays, whatever the clinic is named now."""
    written = of_kind(SentMessage, uow.records.find("message", case_id=case_id))
    return next((one.number or "" for one in written if not one.draft), "")


def tells_of_mother(uow: UnitOfWork, case: Case) -> tuple[Finding, ...]:
    """Return what an export waits for: the message of a child tells who its mother is."""
    mother = around(uow, case, with_files=False).mother
    if mother is None:
        return ()
    of_her = identifiers_of(Case(patient=mother))
    history = find(as_text(mother.history), (*identifiers_of(case), *of_her))
    told = _("Take out {what} at character {n} of the mother's history.")
    found = [("D.10.7.2", "patient.history", one, told) for one in history]
    # Her name is none of the identifiers of the child's own record.
    hers = _("Take out {what} at character {n}: it tells who the mother is.")
    found += [
        (item_number_of(met.path), met.path, met.found, hers)
        for met in (met_in(case, of_her) if of_her else ())
        if met.answer is None
    ]
    return tuple(
        finding(
            IDENTIFIER, BLOCKS, number, path, words.format(what=_(one.what), n=one.begin + 1)
        )
        for number, path, one, words in found
        if one.sure
    )  # fmt: skip


def _files(uow: UnitOfWork, case: Case, *, with_files: bool) -> tuple[HeldFile, ...]:
    held = []
    for file in standing_attachments(uow, case):
        if file.media in OF_MESSAGES:
            continue
        key = file.sha256 or ""
        inside = with_files and uow.blobs.holds(key)
        content = base64.b64encode(uow.blobs.proven(key)).decode() if inside else ""
        held.append(HeldFile(neutral_name(file), content, key))
    return tuple(held)


class MessageDrawer:
    """Draws messages; who exports one or freezes one asks it."""

    def __init__(self, write: Callable[[Node, str], bytes]) -> None:
        self._write = write

    def values(self, uow: UnitOfWork, case: Case, envelope: Envelope) -> Batch:
        """Return the values of a message."""
        return batch_of([case], envelope, around(uow, case, with_files=envelope.with_files))

    def content(self, batch: Batch) -> bytes:
        """Return the file of a batch; the same values give the same bytes."""
        return self._write(batch_node(batch), UNCHECKED if batch.unchecked else "")

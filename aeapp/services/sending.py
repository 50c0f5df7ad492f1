"""The log of sending of a report, and the requests that come in about it.

Sending is the clinic's act outside this program; here a person records what was sent or said.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aeapp.domain.codelists.clinic import Channel, ReportState, RequestAnswer
from aeapp.domain.codelists.lifecycle import SentAs
from aeapp.domain.findings import Finding
from aeapp.domain.lifecycle import SENT, Act, is_mine, state_of, transition
from aeapp.domain.records import Awareness, Report, ReportVersion, Request, Sending
from aeapp.domain.records.request import AskedFor
from aeapp.domain.rules.narrative import holds_back
from aeapp.domain.sending import Earlier, lacks_of
from aeapp.domain.values import PartialDate
from aeapp.services.context import WorkContext
from aeapp.services.freezing import (
    Freezer,
    Prepared,
    is_outdated,
    stamp_of,
    versions_of,
)
from aeapp.services.gathering import gather
from aeapp.services.official_forms import blank_of, brought
from aeapp.services.ports import ChangedElsewhereError, UnitOfWork
from aeapp.services.profile import clinic_of
from aeapp.services.proofs import proof_bytes
from aeapp.services.sending_refusals import (
    NothingCameError,
    ProofRefusedError,
    QuestionAnsweredError,
    RequestIncompleteError,
    SendingIncompleteError,
    SendingRoleError,
    SentElsewhereError,
    SentInFutureError,
    SignatureOutdatedError,
    TimeDoubtedError,
    UnsignedError,
    VoidReportError,
)
from aeapp.services.sessions import of_kind
from aeapp.services.thawing import kept_document, thawed

_NOT_SIGNED = frozenset({ReportState.DRAFT, ReportState.IN_REVIEW})
# How often a version is made anew while others write.
_PATIENCE = 3


class _ChangedMeanwhileError(Exception):
    """Somebody wrote between making a version and keeping it."""


@dataclass(frozen=True, slots=True, repr=False)
class SendingLog:
    """What went out for a report and what was asked about it, the oldest first."""

    sendings: tuple[Sending, ...] = ()
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeSending:
    """What a person is told before something written is recorded as sent.

    Attributes:
        held: What an export would wait for.
        outdated: The records changed since it was approved; it is approved again, or the line says
            why it went out all the same.
        official: The clinic has brought the official form, so that it may be what went out.
        unsigned: Nobody has approved it; the line says why it went out all the same.
        earlier: What it was hardly sent before.
        message: The clinic sends electronic messages, so that one may be what went out.
    """

    held: tuple[Finding, ...] = ()
    outdated: bool = False
    official: bool = False
    unsigned: bool = False
    earlier: Earlier = field(default_factory=Earlier)
    message: bool = False


class SendingService:
    """Keep the log."""

    def __init__(self, context: WorkContext, freezer: Freezer) -> None:
        self._context, self._freezer = context, freezer

    def log_of(self, report_id: str) -> SendingLog:
        """Return the lines of a report and the requests about it."""
        with self._context.new_uow() as uow:
            return SendingLog(
                of_kind(Sending, uow.records.find("sending", report_id=report_id)),
                of_kind(Request, uow.records.find("request", report_id=report_id)),
            )

    def before(self, report_id: str) -> BeforeSending:
        """Return what a person is told before something written is recorded as sent."""
        with self._context.new_uow() as uow:
            report = _report(uow, report_id)
            official = brought(uow, report.form or "") is not None
            earlier = _earlier(uow, report)
            message = bool(clinic_of(uow).sender_id)
            if _as_sent(uow, report):
                return BeforeSending(official=official, earlier=earlier, message=message)
            case = gather(uow, report.case_id, report_id)
            found = stamp_of(uow, case, self._context.now()).findings
            return BeforeSending(
                holds_back(found),
                is_outdated(uow, report),
                official,
                state_of(report) in _NOT_SIGNED,
                earlier,
                message,
            )

    @property
    def may_record(self) -> bool:
        """Tell whether this person records what was sent in writing; a call anybody does."""
        return is_mine(transition(Act.SUBMIT), self._context.who.role)

    def record(
        self,
        report_id: str,
        sending: Sending,
        *,
        proof: Path | None = None,
        unsigned_because: str = "",
    ) -> Sending:
        """Store what was sent or said.

        A call is the first entry; the written report follows it, and the report stays open. What
        went out in writing freezes a version of the report, with the document that went out. A
        report that was sent stays as it was sent: a further line is that version, gone to somebody
        else.

        Args:
            report_id: The report.
            sending: What was sent or said.
            proof: A file that proves it, such as a receipt; it is kept inside the clinic.
            unsigned_because: Why it went out although nobody had approved it as it was.

        Raises:
            SendingIncompleteError: Something is missing that would prove it.
            SendingRoleError: The person's role does not record what was sent in writing.
            SentInFutureError: The time is still to come.
            TimeDoubtedError: It is before the version before was sent, or before the clinic knew,
                and nobody says why.
            UnsignedError: Nobody approved it, and nobody says why it went out all the same.
            SignatureOutdatedError: Its records changed since it was approved, and nobody says why
                it went out all the same.
            SentElsewhereError: Another clinic sent it, and no version of ours was begun.
            VoidReportError: The report is void.
            ProofRefusedError: The proof is no document or picture.
        """
        checked(sending, self._context.minute(), proven=proof is not None)
        if sending.channel is not Channel.PHONE and not self.may_record:
            raise SendingRoleError
        kept = None if proof is None else (proof.name, proof_bytes(proof))
        sending = _plain(sending, proven=proof is not None)
        for _n in range(_PATIENCE):
            prepared = self._prepared(report_id, sending)
            with suppress(_ChangedMeanwhileError):
                return self._keep(report_id, sending, kept, prepared, unsigned_because.strip())
        raise ChangedElsewhereError("report", paths=(), who="", at="")

    def _prepared(self, report_id: str, sending: Sending) -> Prepared | bytes | None:
        """Return what would be frozen, made before anybody waits; None where nothing would be.

        Of a version that is frozen it is the document, where that did not go out before.
        """
        if sending.document is None:
            return None
        with self._context.new_uow() as uow:
            report = _report(uow, report_id)
            if report.state is ReportState.VOID:
                return None
            newest = _as_sent(uow, report)
            if newest is None and state_of(report) in SENT:
                raise SentElsewhereError
            if newest and kept_document(uow, newest, sending.document):
                return None
            if newest:
                old, blank = thawed(uow, newest), _blank(uow, report, sending.document)
                as_message = sending.document is SentAs.MESSAGE
        if newest is None:
            return self._freezer.prepared(report.case_id, report_id, sending.document)
        if as_message:
            return self._freezer.message_of(old)
        return self._freezer.drawn(old.case, old.form, old.stamp, blank=blank).content

    def _keep(
        self,
        report_id: str,
        sending: Sending,
        proof: tuple[str, bytes] | None,
        prepared: Prepared | bytes | None,
        why: str,
    ) -> Sending:
        who = self._context.who
        with self._context.new_uow() as uow:
            uow.lock()
            report = _report(uow, report_id)
            sending = _timed(sending, _earlier(uow, report))
            changes: dict[str, Any] = {}
            if sending.document is not None:
                version = self._version(uow, report, prepared, why)
                document = kept_document(uow, version, sending.document)
                if not document:
                    if not isinstance(prepared, bytes):
                        raise _ChangedMeanwhileError
                    document = uow.blobs.put(prepared)
                changes = {"report_version_id": version.id, "document_sha256": document}
            if proof is not None:
                changes |= {"proof": proof[0], "proof_sha256": uow.blobs.put(proof[1])}
            line = replace(
                sending,
                case_id=report.case_id,
                report_id=report.id,
                destination=sending.destination or report.destination,
                by=sending.by or who.name,
                **changes,
            )
            saved = uow.save(line, who=who)
            uow.commit()
        return saved

    def _version(
        self, uow: UnitOfWork, report: Report, prepared: Prepared | bytes | None, why: str
    ) -> ReportVersion:
        """Return the version that was sent: the newest one, or one that is frozen now."""
        if report.state is ReportState.VOID:
            raise VoidReportError
        if newest := _as_sent(uow, report):
            return newest
        if not isinstance(prepared, Prepared) or not self._freezer.is_current(uow, prepared):
            raise _ChangedMeanwhileError
        if is_outdated(uow, report) and not why:
            raise SignatureOutdatedError
        if state_of(report) in _NOT_SIGNED and not why:
            raise UnsignedError
        version = self._freezer.kept(uow, prepared, why)
        plain: dict[str, Any] = dict.fromkeys(("locked", "lock_reason", "nature", "news"))
        sent = replace(report, state=ReportState.RECORDED_SENT, **plain)
        reason = version.unsigned_because or ""
        uow.save(sent, who=self._context.who, action="submit", reason=reason)
        return version

    def receive(
        self, sending_id: str, reference: str = "", *, proof: Path | None = None
    ) -> Sending:
        """Keep the number or the proof of a line that came after it was recorded.

        What the line said until then stands in the trail.

        Raises:
            NothingCameError: Nothing is given, or the line has it already.
            ProofRefusedError: The proof is no document or picture.
        """
        content = b"" if proof is None else proof_bytes(proof)
        with self._context.new_uow() as uow:
            uow.lock()
            (line,) = of_kind(Sending, [uow.records.get("sending", sending_id)])
            number = reference.strip()
            twice = bool((number and line.reference) or (proof and line.proof_sha256))
            if twice or not (number or proof):
                raise NothingCameError
            if number:
                line = replace(line, reference=number, reference_lacks=None)
            if proof:
                key = uow.blobs.put(content)
                line = replace(line, proof=proof.name, proof_sha256=key, proof_lacks=None)
            saved = uow.save(line, who=self._context.who, action="receive")
            uow.commit()
        return saved

    def take(self, report_id: str, request: Request) -> Request:
        """Store a request about a report; it was received now unless it says otherwise.

        Raises:
            RequestIncompleteError: It does not say who asks.
        """
        if request.asker is None:
            raise RequestIncompleteError
        with self._context.new_uow() as uow:
            report = _report(uow, report_id)
            saved = uow.save(
                replace(
                    request,
                    case_id=report.case_id,
                    report_id=report.id,
                    received=request.received or self._context.minute(),
                    questions=tuple(self._signed(q) for q in request.questions),
                    by=request.by or self._context.who.name,
                ),
                who=self._context.who,
            )
            uow.commit()
        return saved

    def answer(self, request: Request, n: int, answer: RequestAnswer, words: str = "") -> Request:
        """Answer question ``n`` of a request, counted from 0.

        Raises:
            QuestionAnsweredError: It has an answer, or there is no such question.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            (stored,) = of_kind(Request, [uow.records.get("request", request.id)])
            if n >= len(stored.questions) or stored.questions[n].answer is not None:
                raise QuestionAnsweredError
            asked = list(stored.questions)
            asked[n] = self._signed(replace(asked[n], answer=answer, words=words.strip() or None))
            saved = uow.save(replace(stored, questions=tuple(asked)), who=self._context.who)
            uow.commit()
        return saved

    def _signed(self, question: AskedFor) -> AskedFor:
        if question.answer is None:
            return question
        by = question.by or self._context.who.name
        return replace(question, at=question.at or self._context.minute(), by=by)


def checked(
    sending: Sending, now: PartialDate, *, proven: bool = False, plain: bool = False
) -> Sending:
    """Return a line that says enough to be found again, and does not lie in the future.

    Args:
        sending: The line.
        now: The minute.
        proven: A file that proves it is at hand.
        plain: It is no report: the person or the number is enough, and nothing proves it.

    Raises:
        SendingIncompleteError: Something is missing that would prove it.
        SentInFutureError: The time is still to come.
    """
    if lacks := lacks_of(sending, proven=proven, plain=plain):
        raise SendingIncompleteError(lacks)
    if sending.at is not None and now.surely_before(sending.at):
        raise SentInFutureError
    return sending


def _as_sent(uow: UnitOfWork, report: Report) -> ReportVersion | None:
    """Return the newest version of a report that stands as it was sent."""
    newest = versions_of(uow, report.id)[-1:]
    return newest[0] if newest and state_of(report) in SENT else None


def _earlier(uow: UnitOfWork, report: Report) -> Earlier:
    """Return what the version that is recorded as sent next, or again, was hardly sent before."""
    versions = versions_of(uow, report.id)
    before = versions[:-1] if state_of(report) in SENT else versions
    # What came in with a case file went out before anything from here.
    last = before[-1].id if before else ""
    lines = of_kind(Sending, uow.records.find("sending", report_id=report.id))
    went = [s.at for s in lines if s.channel is not Channel.PHONE and s.report_version_id == last]
    facts = of_kind(Awareness, uow.records.find("awareness", case_id=report.case_id))
    learnt = [fact.at for fact in facts if isinstance(fact.at, PartialDate)]
    return Earlier(
        learnt=min(learnt, default=None),
        sent=min((at for at in went if at is not None), default=None),
        version=before[-1].number or 0 if before else 0,
    )


def _timed(sending: Sending, earlier: Earlier) -> Sending:
    """Return a line whose time needs no reason, or has one.

    Raises:
        TimeDoubtedError: It needs one and has none.
    """
    doubts = earlier.doubts(sending.at)
    why = (sending.at_because or "").strip()
    if doubts and not why:
        raise TimeDoubtedError(doubts)
    return replace(sending, at_because=why if doubts else None)


def _blank(uow: UnitOfWork, report: Report, sent_as: SentAs) -> bytes:
    return blank_of(uow, report.form or "") if sent_as is SentAs.OFFICIAL else b""


def _plain(sending: Sending, *, proven: bool) -> Sending:
    """Return a line with nothing in it that only its keeping tells, or that its facts answer."""
    written = sending.channel is not Channel.PHONE
    reference = (sending.reference or "").strip() or None
    return replace(
        sending,
        report_version_id="",
        reference=reference,
        reference_lacks=sending.reference_lacks if written and reference is None else None,
        proof=None,
        proof_sha256=None,
        proof_lacks=sending.proof_lacks if written and not proven else None,
        document=sending.document or SentAs.PAGES if written else None,
        document_sha256=None,
    )


def _report(uow: UnitOfWork, report_id: str) -> Report:
    (report,) = of_kind(Report, [uow.records.get("report", report_id)])
    return report


__all__ = [
    "BeforeSending",
    "NothingCameError",
    "ProofRefusedError",
    "QuestionAnsweredError",
    "RequestIncompleteError",
    "SendingIncompleteError",
    "SendingLog",
    "SendingRoleError",
    "SendingService",
    "SentElsewhereError",
    "SentInFutureError",
    "SignatureOutdatedError",
    "TimeDoubtedError",
    "UnsignedError",
    "VoidReportError",
    "checked",
]

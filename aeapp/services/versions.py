"""Versions of a report that were sent: read, drawn again, compared, owed to recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from aeapp.domain.archive import Bundle, case_from
from aeapp.domain.case import Case
from aeapp.domain.codelists.lifecycle import CopyKind, FrozenKind, SentAs
from aeapp.domain.copies import known_of
from aeapp.domain.differences import Change, differences, painted
from aeapp.domain.findings import Finding
from aeapp.domain.narrative.identifiers import find
from aeapp.domain.recipients import Owed, owed_in
from aeapp.domain.records import Approval, CaseFile, Report, ReportVersion, Sending
from aeapp.domain.unnamed import deidentified_changes, unnamed
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.copying import WHOLE, CopyTellsError, NoMakerCopyError, Wish
from aeapp.services.copying import unnamed as unnamed_stamp
from aeapp.services.documents import Export
from aeapp.services.exporting import case_as_sent
from aeapp.services.freezing import (
    Freezer,
    approvals_of,
    stamp_of,
    versions_of,
)
from aeapp.services.gathering import gather
from aeapp.services.lifecycle import report_in
from aeapp.services.pages import Document, PageStamp
from aeapp.services.ports import UnitOfWork
from aeapp.services.printing import note_print
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject
from aeapp.services.sessions import of_kind
from aeapp.services.thawing import held_in, kept_document, thawed
from aeapp.services.writing_out import write_out


class NoSuchVersionError(RefusedError):
    """A version was named that was not sent."""

    code = "version.unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("This report has no such version."),
            remedy=N_("'report versions' lists those that were recorded as sent."),
        )


class NotSentAsError(RefusedError):
    """A document of a version was asked for that did not go out."""

    code = "version.not-sent-as"

    def __init__(self) -> None:
        super().__init__(
            N_("This version did not go out as that document."),
            remedy=N_("'report versions' says which document went to whom."),
        )


@dataclass(frozen=True, slots=True, repr=False)
class VersionLine:
    """One version with what belongs to it.

    Attributes:
        held: What an export would have waited for when it was sent all the same.
    """

    version: ReportVersion
    approval: Approval | None
    sendings: tuple[Sending, ...]
    held: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """What differs between two states of a report.

    Attributes:
        painted: By path of the newer case, what each item that differs was before.
        paper: The changes as they may leave the clinic: nothing tells who the patient is.
    """

    older: int
    newer: int | None
    changes: tuple[Change, ...]
    painted: dict[str, str]
    paper: tuple[Change, ...]

    @property
    def hidden(self) -> int:
        """Return how many items of the paper do not show all that changed."""
        return sum(one != other for one, other in zip(self.changes, self.paper, strict=True))


# What the register and the trail call the paper of differences.
DIFFERENCE = "difference"


class DifferencePrinter(Protocol):
    """Draws what differs as a paper."""

    def draw(self, compared: Comparison, stamp: PageStamp) -> Document:
        """Return the paper."""


class VersionService:
    """Read versions."""

    def __init__(self, context: WorkContext, freezer: Freezer, printer: DifferencePrinter) -> None:
        self._context, self._freezer, self._printer = context, freezer, printer

    def lines(self, report_id: str) -> tuple[VersionLine, ...]:
        """Return the versions of a report, the first one first."""
        with self._context.new_uow() as uow:
            sendings = sendings_of(uow, report_id)
            approvals = {a.id: a for a in approvals_of(uow, report_id)}
            return tuple(
                VersionLine(
                    version=version,
                    approval=approvals.get(version.approval_id),
                    sendings=tuple(s for s in sendings if s.report_version_id == version.id),
                    held=held_in(uow, version),
                )
                for version in versions_of(uow, report_id)
            )

    def document(self, report_id: str, number: int) -> bytes:
        """Return the document of a version, byte for byte as it was sent."""
        with self._context.new_uow() as uow:
            version = _numbered(uow, report_id, number)
            return uow.blobs.proven(version.part(FrozenKind.DOCUMENT).sha256 or "")

    def drawn_again(self, report_id: str, number: int) -> bytes:
        """Return the document that this program makes of what was kept of a version."""
        with self._context.new_uow() as uow:
            old = thawed(uow, _numbered(uow, report_id, number))
        return self._freezer.drawn_again(old).content

    def export(
        self,
        report_id: str,
        number: int,
        out: Path,
        *,
        overwrite: bool = False,
        sent_as: SentAs | None = None,
    ) -> str:
        """Write a document of a version as it was sent; return its hash.

        Args:
            report_id: The report.
            number: Of the version.
            out: Where it is to stand.
            overwrite: A file of that name may be replaced.
            sent_as: Which document; the one that was frozen with the version where None.

        Raises:
            NoSuchVersionError: It was not sent.
            NotSentAsError: It was sent, but not as this document.
        """
        with self._context.new_uow() as uow:
            version = _numbered(uow, report_id, number)
            key = kept_document(uow, version, sent_as or version.sent_as)
            if not key:
                raise NotSentAsError
            content = uow.blobs.proven(key)
        return self._written(report_id, content, out, {"version": number}, overwrite=overwrite)

    def redraw(self, report_id: str, number: int, out: Path, *, overwrite: bool = False) -> bool:
        """Write the document anew out of what was kept; tell whether it is the one that was sent.

        Raises:
            NoSuchVersionError: It was not sent.
        """
        content = self.drawn_again(report_id, number)
        data = {"kind": "redrawn", "version": number}
        self._written(report_id, content, out, data, overwrite=overwrite)
        return content == self.document(report_id, number)

    def _written(
        self, report_id: str, content: bytes, out: Path, data: dict[str, Any], *, overwrite: bool
    ) -> str:
        subject = self._subject(report_id, _what(data))
        if not subject.what:
            with self._context.new_uow() as uow:
                form = report_in(uow, report_id).form
            subject = replace(subject, what=f"{form}, version {data['version']}")
        of, line = (Report.KIND, report_id), RegisterLine(subject)
        return write_out(self._context, content, out, of, data, overwrite=overwrite, line=line)[0]

    def _subject(self, report_id: str, what: str, copy: CopyKind = CopyKind.FULL) -> Subject:
        with self._context.new_uow() as uow:
            report = report_in(uow, report_id)
            (case,) = of_kind(CaseFile, [uow.records.get("case", report.case_id)])
        return Subject(
            number=report.number or "",
            what=what,
            patient_id=case.patient_id,
            case_id=report.case_id,
            copy=copy,
            report_id=report_id,
        )

    def proof(self, sending: Sending) -> bytes:
        """Return the file that proves a sending."""
        with self._context.new_uow() as uow:
            return uow.blobs.proven(sending.proof_sha256 or "")

    # --- comparing

    def compare(self, report_id: str, older: int, newer: int | None = None) -> Comparison:
        """Return what differs between two versions, or a version and the records as they are now.

        Raises:
            NoSuchVersionError: One of them was not sent.
            FrozenAlteredError: What was kept is not what was sent.
        """
        with self._context.new_uow() as uow:
            old = thawed(uow, _numbered(uow, report_id, older))
            if newer is None:
                bundle, case = _now(uow, report_id)
            else:
                new = thawed(uow, _numbered(uow, report_id, newer))
                bundle, case = new.bundle, new.case
        changes = differences(old.bundle, bundle)
        return Comparison(
            older,
            newer,
            changes,
            painted(old.case, case) if changes else {},
            unnamed(changes, old.case, case),
        )

    def print_changes(
        self,
        report_id: str,
        compared: Comparison,
        out: Path,
        *,
        overwrite: bool = False,
        wish: Wish = WHOLE,
        given: Given = NOT_TOLD,
    ) -> Export:
        """Write what differs as a paper; enter it in trail and register.

        The paper tells nobody who the patient is; a de-identified copy tells nothing of the Safe
        Harbor list.

        Raises:
            CopyTellsError: A de-identified copy would still tell who the patient is.
            NoMakerCopyError: A copy for a manufacturer was wished for.
        """
        document = self.draw_changes(report_id, compared, wish)
        subject = self._subject(report_id, DIFFERENCE, wish.copy)
        data = {"kind": subject.kind, "pages": document.pages}
        digest, head = write_out(
            self._context, document.content, out, (Report.KIND, report_id), data,
            overwrite=overwrite, line=RegisterLine(subject, given),
        )  # fmt: skip
        return Export(out, document.pages, len(document.content), digest, head)

    def draw_changes(self, report_id: str, compared: Comparison, wish: Wish = WHOLE) -> Document:
        """Return what differs as a paper, in the copy that is wished for.

        Raises:
            CopyTellsError: A de-identified copy would still tell who the patient is.
            NoMakerCopyError: A copy for a manufacturer was wished for.
        """
        with self._context.new_uow() as uow:
            report = report_in(uow, report_id)
            case = gather(uow, report.case_id, report_id)
            stamp = stamp_of(uow, case, self._context.now())
            sent = {compared.older, compared.newer} - {None}
            found = versions_of(uow, report_id)
            cases = [case, *(thawed(uow, v).case for v in found if v.number in sent)]
        told, made = copied_changes(compared, cases, stamp, wish, self._context.who.name)
        return replace(self._printer.draw(told, made), stamp=stamp, copy=wish.copy)

    def note_changes_print(
        self, report_id: str, document: Document, pages: int, given: Given = NOT_TOLD
    ) -> None:
        """Note in trail and register that a paper of differences goes to a printer."""
        subject = self._subject(report_id, DIFFERENCE, document.copy)
        of = (Report.KIND, report_id)
        note_print(self._context, subject, of, document, pages, given=given)

    def changed_since(self, report_id: str) -> Comparison | None:
        """Return what changed since the newest version; None where nothing was sent."""
        with self._context.new_uow() as uow:
            sent = versions_of(uow, report_id)
        return self.compare(report_id, sent[-1].number or 0) if sent else None

    # --- recipients

    def owed(self, report_id: str) -> tuple[Owed, ...]:
        """Return who got the version before and has not got the newest one."""
        with self._context.new_uow() as uow:
            return owed_in(versions_of(uow, report_id), sendings_of(uow, report_id))


def _what(data: dict[str, Any]) -> str:
    """Return what the register calls a document; which copy of it is a fact of its own there."""
    return str(data.get("kind", "")).partition("-")[0]


def copied_changes(
    compared: Comparison, cases: Sequence[Case], stamp: PageStamp, wish: Wish, who: str
) -> tuple[Comparison, PageStamp]:
    """Return the copy of a paper of differences that is wished for, and what its pages say.

    Raises:
        CopyTellsError: A de-identified copy would still tell who the patient is.
        NoMakerCopyError: A copy for a manufacturer was wished for.
    """
    if wish.copy is CopyKind.FULL:
        return compared, stamp
    if wish.copy is CopyKind.MAKER:
        raise NoMakerCopyError
    known = tuple(dict.fromkeys(one for case in cases for one in known_of(case)))
    paper = deidentified_changes(compared.changes, known, texts_read=wish.texts_read)
    own = [one for one in known if one.of_patient]
    said = (text for change in paper for text in (change.label, change.before, change.after))
    if told := {one.what for text in said for one in find(text, own) if one.sure}:
        raise CopyTellsError(tuple(sorted(told)))
    made = replace(compared, paper=paper)
    return made, unnamed_stamp(stamp, cases[0].report.id, wish, who)


def _numbered(uow: UnitOfWork, report_id: str, number: int) -> ReportVersion:
    found = next((v for v in versions_of(uow, report_id) if v.number == number), None)
    if found is None:
        raise NoSuchVersionError
    return found


def _now(uow: UnitOfWork, report_id: str) -> tuple[Bundle, Case]:
    report = report_in(uow, report_id)
    bundle = case_as_sent(uow, gather(uow, report.case_id, report_id))
    return bundle, case_from(bundle)


def sendings_of(uow: UnitOfWork, report_id: str) -> tuple[Sending, ...]:
    """Return what went out for a report, the oldest first."""
    return of_kind(Sending, uow.records.find("sending", report_id=report_id))


__all__ = [
    "Comparison",
    "NoSuchVersionError",
    "NotSentAsError",
    "VersionLine",
    "VersionService",
    "sendings_of",
]

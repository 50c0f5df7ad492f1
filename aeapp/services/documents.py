"""Documents of a case: made from one snapshot, written whole, remembered in the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from aeapp.domain.case import Case
from aeapp.domain.codelists.lifecycle import CopyKind, FrozenKind, SentAs
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.lifecycle import SENT, state_of
from aeapp.domain.records import Attachment, Event, Report, ReportVersion, Sending
from aeapp.domain.rules.narrative import IDENTIFIER, holds_back
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.kernel.progress import Progress
from aeapp.services.context import WorkContext
from aeapp.services.copying import WHOLE, Wish, copied
from aeapp.services.freezing import (
    OFFICIAL_SUFFIX,
    Freezer,
    case_bytes,
    kind_of,
    stamp_of,
    versions_of,
)
from aeapp.services.gathering import gather
from aeapp.services.official_forms import blank_of
from aeapp.services.pages import Copy, Document, Inside, PageStamp, Place, Renderer
from aeapp.services.ports import UnitOfWork
from aeapp.services.printing import note_print
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject
from aeapp.services.sessions import of_kind
from aeapp.services.thawing import kept_document, thawed
from aeapp.services.writing_out import write_out
from aeapp.trail.chain import Head

LARGEST = 500 * 1024 * 1024
# What the trail calls a copy for the archive: another file than the one that is sent.
ARCHIVE_SUFFIX = "-archive"


class ExportWaitsError(RefusedError):
    """A document was to be written while a person still has to look at a text of it."""

    code = "export.waits"

    def __init__(self, waits_for: Sequence[Finding]) -> None:
        several = {f"{f.item or '-'}: {_(f.text)}" for f in waits_for}
        super().__init__(
            _("Nothing was written. {findings}").format(findings=" ".join(sorted(several))),
            remedy=N_("Open the report and settle this at the narrative; then export again."),
        )


class Pages(Protocol):
    """Turns pages of a finished document into pictures."""

    def count(self, content: bytes) -> int:
        """Return the number of pages."""

    def picture(self, content: bytes, page: int, dpi: int) -> bytes:
        """Return page ``page``, from 0, as PNG."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was written, for the person and the trail."""

    path: Path
    pages: int
    size: int
    sha256: str
    head: Head
    blocking: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class _Made:
    """A document with what its pages would say as a whole, and what was left out or moved."""

    document: Document
    stamp: PageStamp
    what: str
    patient_id: str
    copy: CopyKind = CopyKind.FULL
    notes: tuple[str, ...] = ()

    def subject(self, case_id: str, report_id: str) -> Subject:
        """Return what the register says of it."""
        return Subject(
            number=self.stamp.report_number,
            what=self.what,
            copy=self.copy,
            patient_id=self.patient_id,
            case_id=case_id,
            report_id=report_id,
        )

    def facts(self, subject: Subject) -> dict[str, Any]:
        """Return what the entry of the trail says of it."""
        return {
            "head": self.stamp.head.seq,
            "kind": subject.kind,
            "pages": self.document.pages,
            "version": self.stamp.version,
        }

    @property
    def blocking(self) -> int:
        """Return how many findings keep the report from being sent."""
        return sum(f.severity is Severity.BLOCKS for f in self.stamp.findings)


class What(StrEnum):
    """What a file is to a clinic."""

    EXPORT = "export"
    ATTACHMENT = "attachment"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Known:
    """A file that this clinic knows by its bytes: it is unchanged.

    Attributes:
        entry: Of the trail, under which it was exported.
        of: Number of the case, session or report it belongs to.
        struck: It was attached and does not count any more.
    """

    what: What
    entry: int | None = None
    of: str = ""
    struck: bool = False


class DocumentService:
    """Make documents of reports."""

    def __init__(self, context: WorkContext, freezer: Freezer, pages: Pages) -> None:
        self._context, self._freezer = context, freezer
        self.pages = pages

    def render(
        self, case: Case, progress: Progress | None = None, *, wish: Wish = WHOLE
    ) -> Document:
        """Return the document of ``case`` as it stands, saved or not; writes nothing.

        Of a report that was sent it is what was sent, whatever its records say by now.
        """
        with self._context.new_uow() as uow:
            case, form, stamp = self._source(uow, case)
        case, told, _left = copied(case, stamp, wish, self._context.who.name)
        drawn = self._freezer.drawn(case, form, told, progress)
        return replace(drawn, stamp=stamp, copy=wish.copy)

    def _source(self, uow: UnitOfWork, case: Case) -> tuple[Case, str, PageStamp]:
        sent = versions_of(uow, case.report.id)[-1:] if state_of(case.report) in SENT else ()
        if sent:
            old = thawed(uow, sent[0])
            return old.case, old.form, old.stamp
        return case, case.report.form or "", stamp_of(uow, case, self._context.now())

    def _made(
        self,
        case_id: str,
        report_id: str,
        sent_as: SentAs,
        wish: Wish,
        progress: Progress | None,
    ) -> _Made:
        with self._context.new_uow() as uow:
            # One transaction, so that the entry a page names is the one that wrote what it shows.
            case, form, before = self._source(uow, gather(uow, case_id, report_id))
            whole = wish.copy is CopyKind.FULL
            kept = _kept(uow, report_id, before.version, sent_as) if whole else b""
            blank = blank_of(uow, form) if sent_as is SentAs.OFFICIAL else b""
        patient_id = case.patient.id
        case, stamp, left = copied(case, before, wish, self._context.who.name)
        document = self._freezer.drawn(case, form, stamp, progress, blank=blank)
        # What was sent goes out again as it was, whatever this program would draw by now.
        done = replace(document, content=kept) if kept else document
        notes = document.notes if sent_as is SentAs.OFFICIAL else ()
        what = kind_of(form, sent_as)
        if found := ", ".join(left.lines()):
            notes = (*notes, _("Left out: {found}").format(found=found))
        return _Made(done, before, what, patient_id, wish.copy, notes)

    def _archived(self, case_id: str, report_id: str, progress: Progress | None) -> _Made:
        with self._context.new_uow() as uow:
            case, form, stamp = self._source(uow, gather(uow, case_id, report_id))
            sent = _version(uow, report_id, stamp.version)
            key = sent.part(FrozenKind.CASE).sha256 if sent else None
            inside = uow.blobs.proven(key) if key else case_bytes(uow, case)
            kept = kept_document(uow, sent, SentAs.MESSAGE) if sent else ""
            message = uow.blobs.proven(kept) if kept else b""
            message = message or self._freezer.message_beside(uow, case, stamp)
        document = self._freezer.archived(case, form, stamp, Inside(inside, message), progress)
        return _Made(document, stamp, f"{form}{ARCHIVE_SUFFIX}", case.patient.id)

    def export(
        self,
        case_id: str,
        report_id: str,
        out: Path,
        *,
        progress: Progress | None = None,
        overwrite: bool = False,
        official: bool = False,
        copy: Copy = Copy.REGULATOR,
        wish: Wish = WHOLE,
        given: Given = NOT_TOLD,
    ) -> Export:
        """Write the document of a report to ``out``; enter it in the trail and in the register.

        ``official`` is for the official file that the clinic brought, not for pages of our own;
        of that there is no copy for the archive. ``wish`` is for a copy that leaves something out,
        ``given`` says to whom it goes.

        Raises:
            ExportWaitsError: A sentence is stale, or a text tells who the patient is.
            CopyTellsError: A de-identified copy would still tell who the patient is.
            FormNotBroughtError: The clinic has no blank file of the edition.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        if copy is Copy.ARCHIVE and not official:
            made = self._archived(case_id, report_id, progress)
        else:
            sent_as = SentAs.OFFICIAL if official else SentAs.PAGES
            made = self._made(case_id, report_id, sent_as, wish, progress)
        if not self._is_out(report_id) and (waits_for := _waits_for(made.stamp, wish)):
            raise ExportWaitsError(waits_for)
        subject, content = made.subject(case_id, report_id), made.document.content
        of, line = (Report.KIND, report_id), RegisterLine(subject, given)
        digest, head = write_out(
            self._context, content, out, of, made.facts(subject), overwrite=overwrite, line=line
        )
        pages, blocking = made.document.pages, made.blocking
        return Export(out, pages, len(content), digest, head, blocking, made.notes)

    def note_print(
        self, case: Case, document: Document, pages: int, given: Given = NOT_TOLD
    ) -> None:
        """Note in trail and register that the pages of a report go to a printer.

        Raises:
            ExportWaitsError: A sentence is stale, or a text tells who the patient is.
        """
        with self._context.new_uow() as uow:
            source, form, stamp = self._source(uow, case)
        report, wish = case.report, Wish(copy=document.copy)
        if not self._is_out(report.id) and (waits_for := _waits_for(stamp, wish)):
            raise ExportWaitsError(waits_for)
        made = _Made(document, stamp, form, source.patient.id, document.copy)
        subject = made.subject(case.case.id, report.id)
        note_print(self._context, subject, ("report", report.id), document, pages, given=given)

    def _is_out(self, report_id: str) -> bool:
        """Tell whether a report was sent: what went out cannot be held back any more."""
        with self._context.new_uow() as uow:
            found = of_kind(Report, [uow.records.get("report", report_id)])
        return state_of(found[0]) in SENT

    def known(self, path: Path) -> Known | None:
        """Return what a file is to this clinic, by its bytes; None where it is nothing of it.

        Raises:
            FileTroubleError: The file cannot be read.
        """
        digest = hashlib.sha256(read_whole(path, LARGEST)).hexdigest()
        with self._context.new_uow() as uow:
            exports = uow.trail.by_action("export")
            found = (e.seq for e in exports if e.content.get("data", {}).get("sha256") == digest)
            if seq := next(found, None):
                return Known(What.EXPORT, entry=seq)
            attached = of_kind(Attachment, uow.records.find("attachment", sha256=digest))
            if attached:
                # One that counts says more than one that was struck through.
                one = min(attached, key=lambda a: (not a.stands, a.id))
                return Known(What.ATTACHMENT, of=_owner(uow, one), struck=not one.stands)
            proves = of_kind(Sending, uow.records.find("sending", proof_sha256=digest))
            return Known(What.PROOF, of=_report(uow, proves[0])) if proves else None


def _owner(uow: UnitOfWork, attachment: Attachment) -> str:
    """Return the number of the case or the session that a file is attached to."""
    case_id, session_id = attachment.case_id, attachment.session_id
    if attachment.event_id:
        (event,) = of_kind(Event, [uow.records.get("event", attachment.event_id)])
        case_id, session_id = event.case_id, event.session_id
    kind = "case" if case_id else "session"
    found = uow.records.many(kind, [i for i in (case_id or session_id,) if i])
    return next((str(getattr(r, "number", "") or "") for r in found), "")


def _report(uow: UnitOfWork, sending: Sending) -> str:
    found = of_kind(Report, uow.records.many("report", [sending.report_id]))
    return next((r.number or "" for r in found), "")


def _waits_for(stamp: PageStamp, wish: Wish) -> tuple[Finding, ...]:
    """Return what an export waits for; what identifies is taken out of a de-identified copy."""
    found = holds_back(stamp.findings)
    if wish.copy is CopyKind.DEIDENTIFIED:
        return tuple(f for f in found if f.code != IDENTIFIER)
    return found


def _kept(uow: UnitOfWork, report_id: str, number: int, sent_as: SentAs) -> bytes:
    """Return the document that was kept of a version; nothing where it did not go out as that."""
    found = _version(uow, report_id, number)
    key = kept_document(uow, found, sent_as) if found else ""
    return uow.blobs.proven(key) if key else b""


def _version(uow: UnitOfWork, report_id: str, number: int) -> ReportVersion | None:
    return next((v for v in versions_of(uow, report_id) if v.number == number), None)


__all__ = [
    "OFFICIAL_SUFFIX",
    "Copy",
    "Document",
    "DocumentService",
    "Export",
    "Known",
    "PageStamp",
    "Pages",
    "Place",
    "Renderer",
    "What",
]

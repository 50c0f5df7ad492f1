"""Freeze what is sent: the case, what its pages say of themselves, and the pages, by their hashes.

The case is kept in the open case format; with the stamp it makes the very same pages again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aeapp import __version__
from aeapp.domain.archive import dumps
from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.clinic import Channel, ReportState
from aeapp.domain.codelists.lifecycle import (
    FrozenKind,
    SentAs,
    SignatureMeaning,
    VersionNature,
)
from aeapp.domain.findings import Context, find_problems
from aeapp.domain.lifecycle import state_of
from aeapp.domain.records import Approval, Attachment, Report, ReportVersion, Sending
from aeapp.domain.records.report_version import FrozenPart
from aeapp.domain.rules import rule_set
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.message import Batch, batch_bytes
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.attaching import neutral_name
from aeapp.services.context import WorkContext
from aeapp.services.exporting import case_as_sent, standing_attachments
from aeapp.services.gathering import gather
from aeapp.services.message_drawing import (
    KIND as MESSAGE,
)
from aeapp.services.message_drawing import (
    PLAIN_WISH,
    MessageDrawer,
    NoReceiverError,
    NoSenderError,
    envelope_from,
    envelope_of,
    tells_of_mother,
)
from aeapp.services.official_forms import blank_of
from aeapp.services.pages import Document, Inside, OfficialFiller, PageStamp, Renderer
from aeapp.services.ports import UnitOfWork
from aeapp.services.report_forms import rules_for
from aeapp.services.schema_sets import NOT_CHECKED
from aeapp.services.sessions import of_kind
from aeapp.services.thawing import Thawed, stamp_bytes
from aeapp.trail.chain import Head

OFFICIAL_SUFFIX = "-official"


def versions_of(uow: UnitOfWork, report_id: str) -> tuple[ReportVersion, ...]:
    """Return the versions of a report that were sent, the first one first."""
    found = of_kind(ReportVersion, uow.records.find("report_version", report_id=report_id))
    return tuple(sorted(found, key=lambda v: v.number or 0))


def sent_elsewhere(uow: UnitOfWork, report_id: str) -> bool:
    """Tell whether a report was sent in writing by a clinic whose case file came in here.

    What went out then is not kept here; it counts as a version all the same.
    """
    lines = of_kind(Sending, uow.records.find("sending", report_id=report_id))
    return any(s.channel is not Channel.PHONE and not s.report_version_id for s in lines)


def was_sent(uow: UnitOfWork, report_id: str) -> bool:
    """Tell whether a version of a report went out, from here or from elsewhere."""
    return bool(versions_of(uow, report_id)) or sent_elsewhere(uow, report_id)


def case_bytes(uow: UnitOfWork, case: Case) -> bytes:
    """Return the content of a report in the open case format, equal for equal content."""
    return dumps(case_as_sent(uow, case)).encode()


def correction_words(report: Report) -> str:
    """Return what the cover says of a version that follows another one; "" for the first."""
    if report.nature in (None, VersionNature.INITIAL):
        return ""
    return f"{report.nature.words}: {report.news or 'no reason given'}"


# ------------------------------------------------------------------ what pages say of themselves


def stamp_of(uow: UnitOfWork, case: Case, at: dt.datetime, rules: str = "") -> PageStamp:
    """Return what the pages of ``case`` say of themselves when they are made at ``at``.

    ``rules`` is the destination whose findings they tell, that of the report where empty.
    """
    report = case.report
    record = hashlib.sha256(case_bytes(uow, case)).hexdigest()
    return PageStamp(
        report_number=report.number or case.case.number or "",
        version=len(versions_of(uow, report.id)) + sent_elsewhere(uow, report.id) + 1,
        head=uow.trail.head_of(stored_of(case)),
        exported_on=PartialDate.of(at.date()),
        time_zone=str(at.tzinfo),
        practice=bool(case.clinic.practice),
        findings=find_problems(case, rules or rules_for(report), Context(today=at.date(), now=at)),
        program=__version__,
        correction=correction_words(report),
        signed=_signed(uow, case, record),
        record=record,
    )


def _signed(uow: UnitOfWork, case: Case, record: str) -> str:
    """Return what the cover says of the signature; "" while nobody signed exactly this case.

    Source:
        21 CFR 11.50(b): name, time and meaning are part of what is printed.
    """
    if state_of(case.report) is not ReportState.READY:
        return ""
    approval = standing_approval(uow, case.report.id, record)
    if approval is None or approval.meaning is None or approval.at is None:
        return ""
    return f"{approval.meaning.words} by {approval.by}, {show_date(approval.at)}"


def stored_of(case: Case) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of every stored record the case shows."""
    found: list[tuple[str, str]] = []
    for name, kind in BRANCHES.items():
        branch = getattr(case, name)
        records = branch if isinstance(branch, tuple) else (branch,)
        found += [(kind.KIND, record.id) for record in records if record.version]
    return tuple(found)


# ------------------------------------------------------------------ freezing


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    """Everything a version will keep, made before anybody else has to wait.

    Attributes:
        head: The newest entry behind it; another one means that it is made anew.
        export_seq: Entry under which exactly this document was exported; 0 where it never was.
        blank: The official file it was written on; nothing for pages of our own.
        values: Of an electronic message, from which its file is made; nothing for pages.
    """

    case: Case
    stamp: PageStamp
    case_json: bytes
    stamp_json: bytes
    document: bytes
    export_seq: int
    blank: bytes = b""
    attachments: tuple[Attachment, ...] = ()
    values: bytes = b""

    @property
    def sent_as(self) -> SentAs:
        """Return which document it is."""
        if self.values:
            return SentAs.MESSAGE
        return SentAs.OFFICIAL if self.blank else SentAs.PAGES

    @property
    def head(self) -> Head:
        """Return the newest entry that wrote what is kept."""
        return self.stamp.head


class Freezer:
    """Makes and keeps versions; who records a sending asks it."""

    def __init__(
        self,
        context: WorkContext,
        renderer: Renderer,
        filler: OfficialFiller,
        drawer: MessageDrawer,
    ) -> None:
        self._context, self._renderer, self._filler = context, renderer, filler
        self._drawer = drawer

    def prepared(self, case_id: str, report_id: str, sent_as: SentAs = SentAs.PAGES) -> Prepared:
        """Return what would be kept of a report now.

        Where the same state was exported before, the document is that of the export, to the byte.

        Raises:
            FormNotBroughtError: It goes out on an official form that the clinic has not brought.
            NoSenderError: It goes out as a message and nobody is its sender.
        """
        if sent_as is SentAs.MESSAGE:
            return self._prepared_message(case_id, report_id)
        with self._context.new_uow() as uow:
            case = gather(uow, case_id, report_id)
            form = case.report.form or ""
            now = stamp_of(uow, case, self._context.now())
            before = _last_export(uow, case.report, now.head, kind_of(form, sent_as))
            then = stamp_of(uow, case, before.at.astimezone(self._context.zone)) if before else now
            blank = blank_of(uow, form) if sent_as is SentAs.OFFICIAL else b""
            kept, files = case_bytes(uow, case), standing_attachments(uow, case)
        document = self.drawn(case, form, then, blank=blank).content
        same = before is not None and hashlib.sha256(document).hexdigest() == before.sha256
        stamp = then if same else now
        if not same and then != now:
            document = self.drawn(case, form, now, blank=blank).content
        return Prepared(
            case=case,
            stamp=stamp,
            case_json=kept,
            stamp_json=stamp_bytes(stamp, case),
            document=document,
            export_seq=before.seq if before is not None and same else 0,
            blank=blank,
            attachments=files,
        )

    def _prepared_message(self, case_id: str, report_id: str) -> Prepared:
        """Return what would be kept of a report that goes out as an electronic message."""
        with self._context.new_uow() as uow:
            case = gather(uow, case_id, report_id)
            stamp = stamp_of(uow, case, self._context.now())
            before = _last_export(uow, case.report, stamp.head, MESSAGE)
            values, content, same = self._message_as(uow, case, before)
            kept, files = case_bytes(uow, case), standing_attachments(uow, case)
        return Prepared(
            case=case,
            stamp=stamp,
            case_json=kept,
            stamp_json=stamp_bytes(stamp, case),
            document=content,
            export_seq=before.seq if before and same else 0,
            attachments=files,
            values=batch_bytes(values),
        )

    def _message_as(
        self, uow: UnitOfWork, case: Case, before: _Exported | None
    ) -> tuple[Batch, bytes, bool]:
        """Return a message as it was exported before, and whether that is the same to the byte."""
        if before is None:
            return (*self._message(uow, case), False)
        values, content = self._message(uow, case, before.data)
        same = hashlib.sha256(content).hexdigest() == before.sha256
        # In a batch it went with others: what is kept is its message, alone.
        if same or "messages" in before.data:
            return values, content, same
        return (*self._message(uow, case), False)

    def _message(
        self, uow: UnitOfWork, case: Case, facts: dict[str, Any] | None = None
    ) -> tuple[Batch, bytes]:
        now = self._context.now()
        envelope = envelope_from(facts) if facts else envelope_of(case, PLAIN_WISH, now)
        drawn = self._drawer.values(uow, case, envelope)
        # What was never exported was never checked.
        unchecked = (facts or {}).get("schema", NOT_CHECKED) == NOT_CHECKED
        values = replace(drawn, unchecked=unchecked)
        return values, self._drawer.content(values)

    def message_of(self, old: Thawed) -> bytes:
        """Return the message of a version that went out as another document."""
        number = old.version.number
        with self._context.new_uow() as uow:
            found = _exports(uow, old.case.report, MESSAGE)
            before = next((e for e in found if number and e.data.get("version") == number), None)
            return self._message_as(uow, old.case, before)[1]

    def drawn(
        self,
        case: Case,
        form: str,
        stamp: PageStamp,
        progress: Progress | None = None,
        *,
        blank: bytes = b"",
    ) -> Document:
        """Return the document of a case: on pages of our own, or on an official file."""
        if blank:
            return self._filler.fill(blank, case, form, stamp, progress or NoProgress())
        return self._renderer.render(case, form, stamp, progress or NoProgress())

    def drawn_again(self, old: Thawed) -> Document:
        """Return the document that this program makes of what was kept of a version."""
        if old.values is not None:
            return Document(self._drawer.content(old.values), 0, ())
        return self.drawn(old.case, old.form, old.stamp, blank=old.blank)

    def archived(
        self,
        case: Case,
        form: str,
        stamp: PageStamp,
        inside: Inside,
        progress: Progress | None = None,
    ) -> Document:
        """Return the same document as a copy for the archive, case file and message inside."""
        return self._renderer.archive(case, form, stamp, inside, progress or NoProgress())

    def message_beside(self, uow: UnitOfWork, case: Case, stamp: PageStamp) -> bytes:
        """Return the message that lies in a copy for the archive; nothing without a sender.

        Nor is there any where the history of a child's mother tells who she is.

        It is made at the beginning of the day of the copy, so that equal copies are equal.
        """
        day = dt.datetime.combine(stamp.exported_on.first_day(), dt.time(), self._context.zone)
        try:
            envelope = envelope_of(case, PLAIN_WISH, day)
        except (NoSenderError, NoReceiverError):
            return b""
        if tells_of_mother(uow, case):
            return b""
        values = self._drawer.values(uow, case, envelope)
        return self._drawer.content(replace(values, unchecked=True))

    def is_current(self, uow: UnitOfWork, prepared: Prepared) -> bool:
        """Tell whether nothing was written since that a version would keep."""
        report = prepared.case.report
        again = gather(uow, report.case_id, report.id)
        same = again == prepared.case and case_bytes(uow, again) == prepared.case_json
        return same and uow.trail.head_of(stored_of(again)) == prepared.head

    def kept(self, uow: UnitOfWork, prepared: Prepared, unsigned_because: str) -> ReportVersion:
        """Keep a version inside the transaction of ``uow``, and return its record."""
        report, who = prepared.case.report, self._context.who
        parts = _parts(uow, prepared)
        approval = standing_approval(uow, report.id, parts[0].sha256 or "")
        version = ReportVersion(
            case_id=report.case_id,
            report_id=report.id,
            approval_id=approval.id if approval else "",
            number=prepared.stamp.version,
            nature=report.nature or VersionNature.INITIAL,
            news=report.news,
            form=report.form,
            rules=rule_set(rules_for(report)),
            program=__version__,
            export_seq=prepared.export_seq or None,
            unsigned_because=None if approval else unsigned_because or None,
            frozen_on=self._context.minute(),
            by=who.name,
            parts=parts,
        )
        return uow.save(version, who=who, action="freeze")


def _parts(uow: UnitOfWork, prepared: Prepared) -> tuple[FrozenPart, ...]:
    """Keep the files of a version, and return what names them."""
    form = prepared.case.report.form or ""
    sent_as = prepared.sent_as
    ending = "xml" if sent_as is SentAs.MESSAGE else "pdf"
    files = {
        FrozenKind.CASE: ("case.json", prepared.case_json),
        FrozenKind.STAMP: ("stamp.json", prepared.stamp_json),
        FrozenKind.DOCUMENT: (f"{kind_of(form, sent_as)}.{ending}", prepared.document),
    }
    if prepared.blank:
        files[FrozenKind.BLANK] = (f"{form}-blank.pdf", prepared.blank)
    if prepared.values:
        files[FrozenKind.VALUES] = ("values.json", prepared.values)
    made = [
        FrozenPart(what=what, name=name, sha256=uow.blobs.put(content), size=len(content))
        for what, (name, content) in files.items()
    ]
    # Their contents are here by their hashes, but for those of a case that came in as a file.
    made += [
        FrozenPart(what=FrozenKind.ATTACHMENT, name=neutral_name(a), sha256=a.sha256, size=a.size)
        for a in prepared.attachments
        if uow.blobs.holds(a.sha256 or "")
    ]
    return tuple(made)


def kind_of(form: str, sent_as: SentAs) -> str:
    """Return how the trail calls a document, such as ``fda3500-official``."""
    if sent_as is SentAs.MESSAGE:
        return MESSAGE
    return f"{form}{OFFICIAL_SUFFIX}" if sent_as is SentAs.OFFICIAL else form


@dataclass(frozen=True, slots=True)
class _Exported:
    seq: int
    at: dt.datetime
    sha256: str
    data: dict[str, Any]


def _exports(uow: UnitOfWork, report: Report, kind: str) -> Iterator[_Exported]:
    """Yield the exports of a report as this kind of document, the latest first."""
    for entry in reversed(uow.trail.by_action("export")):
        content = entry.content
        data = content.get("data", {})
        if data.get("kind") == kind and content.get("entity_id") == report.id:
            at = dt.datetime.fromisoformat(content["at"])
            yield _Exported(entry.seq, at, data["sha256"], data)


def _last_export(uow: UnitOfWork, report: Report, head: Head, kind: str) -> _Exported | None:
    """Return the latest export of exactly this state of a report as this kind of document."""
    found = _exports(uow, report, kind)
    return next((one for one in found if one.data.get("head") == head.seq), None)


def approvals_of(uow: UnitOfWork, report_id: str) -> tuple[Approval, ...]:
    """Return the signatures under a report, the oldest first."""
    return of_kind(Approval, uow.records.find("approval", report_id=report_id))


def standing_approval(uow: UnitOfWork, report_id: str, case_sha256: str) -> Approval | None:
    """Return the latest signature, if it is under exactly this case; a change ends it."""
    last = approvals_of(uow, report_id)[-1:]
    return last[0] if last and last[0].case_sha256 == case_sha256 else None


def is_outdated(uow: UnitOfWork, report: Report) -> bool:
    """Tell whether a report was approved and its records or files have changed since.

    Source:
        21 CFR 11.70: a signature stays with the record under which it was given.
    """
    if state_of(report) is not ReportState.READY:
        return False
    now = case_bytes(uow, gather(uow, report.case_id, report.id))
    return standing_approval(uow, report.id, hashlib.sha256(now).hexdigest()) is None


def meaning_words(approval: Approval) -> str:
    """Return what a signature says: meaning and printed name."""
    meaning = approval.meaning or SignatureMeaning.APPROVED
    return _("{meaning} by {name}").format(meaning=_(meaning.words), name=approval.by or "")

"""Documents of a case: made from one snapshot, written whole, remembered in the trail."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aeapp.domain.case import BRANCHES, Case
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.values import PartialDate
from aeapp.kernel.files import prepared, read_whole
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.cases import CaseService
from aeapp.services.context import WorkContext
from aeapp.services.gathering import gather
from aeapp.services.ports import UnitOfWork
from aeapp.trail.chain import Head

LARGEST = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStamp:
    """What a page says of itself; passed in, so that equal input gives equal bytes.

    Attributes:
        head: Entry of the trail that wrote the printed version.
        exported_on: Day of the export, for the cover.
        findings: What the rules found, worded, for the cover.
    """

    report_number: str
    version: int
    head: Head
    exported_on: PartialDate
    time_zone: str
    practice: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A finished document.

    Attributes:
        notes: What a cell could not hold and where it went; no patient data beyond the case's.
    """

    content: bytes
    pages: int
    notes: tuple[str, ...]


class Renderer(Protocol):
    """Draws a case on a form."""

    def render(self, case: Case, form: str, stamp: PageStamp, progress: Progress) -> Document:
        """Return the document of ``case`` on the form edition of key ``form``."""


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


class DocumentService:
    """Make documents of reports."""

    def __init__(
        self, context: WorkContext, cases: CaseService, renderer: Renderer, pages: Pages
    ) -> None:
        self._context = context
        self._cases = cases
        self._renderer = renderer
        self.pages = pages

    def render(self, case: Case, progress: Progress | None = None) -> Document:
        """Return the document of ``case`` as it stands, saved or not; writes nothing."""
        with self._context.new_uow() as uow:
            stamp = self._stamp(uow, case)
        return self._drawn(case, stamp, progress)

    def _drawn(self, case: Case, stamp: PageStamp, progress: Progress | None) -> Document:
        form = case.report.form or ""
        return self._renderer.render(case, form, stamp, progress or NoProgress())

    def _stamp(self, uow: UnitOfWork, case: Case) -> PageStamp:
        head = uow.trail.head_of(_stored(case))
        return PageStamp(
            report_number=case.report.number or case.case.number or "",
            version=_version(uow, case.report.id, head),
            head=head,
            exported_on=PartialDate.of(self._context.today()),
            time_zone=str(self._context.zone),
            practice=bool(case.clinic.practice),
            findings=self._cases.check(case),
        )

    def export(
        self,
        case_id: str,
        report_id: str,
        out: Path,
        *,
        progress: Progress | None = None,
    ) -> Export:
        """Write the document of a report to ``out`` and enter it in the trail.

        Raises:
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        with self._context.new_uow() as uow:
            # One transaction, so that the entry a page names is the one that wrote what it shows.
            case = gather(uow, case_id, report_id)
            stamp = self._stamp(uow, case)
        document = self._drawn(case, stamp, progress)
        digest = hashlib.sha256(document.content).hexdigest()
        data = {
            "head": stamp.head.seq,
            "kind": case.report.form or "",
            "pages": document.pages,
            "sha256": digest,
            "size": len(document.content),
            "version": stamp.version,
        }
        with prepared(out, document.content) as file, self._context.new_uow() as uow:
            head = uow.trail.note(
                "export", who=self._context.who, entity="report", entity_id=report_id, data=data
            )
            uow.commit()
            file.finish()
        blocking = sum(f.severity is Severity.BLOCKS for f in stamp.findings)
        return Export(out, document.pages, len(document.content), digest, head, blocking)

    def find_export(self, path: Path) -> int | None:
        """Return the entry of the trail under which exactly this file was exported, or None.

        Raises:
            FileTroubleError: The file cannot be read.
        """
        digest = hashlib.sha256(read_whole(path, LARGEST)).hexdigest()
        with self._context.new_uow() as uow:
            exports = uow.trail.by_action("export")
        found = (e.seq for e in exports if e.content.get("data", {}).get("sha256") == digest)
        return next(found, None)


def _version(uow: UnitOfWork, report_id: str, head: Head) -> int:
    """Return the version of a printed state: one more than the earlier states exported.

    The same state prints the same version for ever, however often it is exported.
    """
    exports = [e.content for e in uow.trail.by_action("export")]
    heads = {e["data"].get("head", 0) for e in exports if e.get("entity_id") == report_id}
    return 1 + len({seq for seq in heads if seq < head.seq})


def _stored(case: Case) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of every stored record the case shows."""
    found: list[tuple[str, str]] = []
    for name, kind in BRANCHES.items():
        branch = getattr(case, name)
        records = branch if isinstance(branch, tuple) else (branch,)
        found += [(kind.KIND, record.id) for record in records if record.version]
    return tuple(found)

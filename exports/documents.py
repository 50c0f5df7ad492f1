"""What the services ask of this package: documents of a case, and pictures of their pages.

Drawing libraries are loaded at the first document, not when a clinic is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from aeapp import __version__, formspecs
from aeapp.domain.case import Case
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codecs import show_date
from aeapp.domain.findings import Finding, blocks, place_of
from aeapp.formspecs.official import OfficialFile
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.course_documents import CourseFile
from aeapp.services.documents import Document, PageStamp
from aeapp.services.inspection import InspectionFile
from aeapp.services.lot_documents import LotFile
from aeapp.services.outcomes import OutcomesFile
from aeapp.services.pages import Inside
from aeapp.services.session_documents import Paper
from aeapp.services.versions import Comparison

if TYPE_CHECKING:
    from exports.pdf.cover import Stamp
    from exports.pdf.facsimile import Rendered
    from exports.pdf.sheets import Part
    from exports.pdf.tagging import Tags


class SheetPage(Protocol):
    """A module that words one paper of running text."""

    TITLE: str

    def parts(self, file: Any, /) -> list[Part]:
        """Return what the paper says."""

    def subtitle(self, file: Any, /) -> str:
        """Return the line under its title."""


class PdfRenderer:
    """Draws a case on its form as PDF."""

    def render(self, case: Case, form: str, stamp: PageStamp, progress: Progress) -> Document:
        """Return the document of ``case`` on the form edition of key ``form``."""
        from exports.pdf.facsimile import render  # noqa: PLC0415 - not before needed

        return _document(render(case, formspecs.form(form), _words(stamp), progress))

    def archive(
        self, case: Case, form: str, stamp: PageStamp, inside: Inside, progress: Progress
    ) -> Document:
        """Return the same pages tagged, made to last, with case file and message inside."""
        from exports.pdf.facsimile import render  # noqa: PLC0415 - not before needed
        from exports.pdf.tagging import Tags  # noqa: PLC0415 - not before needed

        tags = Tags()
        done = render(case, formspecs.form(form), _words(stamp), progress, tags)
        return replace(
            _document(done), content=_lasting(done.pdf, tags, (inside.case_file,), inside.message)
        )


def _lasting(drawn: bytes, tags: Tags, case_files: Sequence[bytes], message: bytes = b"") -> bytes:
    """Return drawn pages made to last, the cases inside that they were made from."""
    from exports.pdf.archival import (  # noqa: PLC0415 - as above
        MESSAGE_FILE,
        Attached,
        case_name,
        finished,
    )

    words = "A case these pages were made from, in the open case format of AEApp"
    files = [Attached(case_name(n), words, case) for n, case in enumerate(case_files, start=1)]
    if message:
        said = "The same report as an electronic message, ICH E2B(R3)"
        files.append(Attached(MESSAGE_FILE, said, message, "text/xml", "Alternative"))
    return finished(drawn, tags, *files)


def _sheet(
    page: SheetPage,
    file: Any,
    stamp: PageStamp,
    progress: Progress,
    case_files: Sequence[bytes] | None = None,
) -> Document:
    """Return a paper of running text; made to last where it is told which cases go inside."""
    from exports.pdf.sheets import Frame, render, unshown  # noqa: PLC0415 - as above
    from exports.pdf.tagging import Tags  # noqa: PLC0415 - not before needed

    tags = None if case_files is None else Tags()
    frame = Frame(page.TITLE, page.subtitle(file), _words(stamp))
    parts = page.parts(file)
    content, pages = render(parts, frame, progress, tags)
    if tags is not None:
        content = _lasting(content, tags, case_files or ())
    numbers = ", ".join(f"U+{ord(char):04X}" for char in unshown(parts))
    words = _("No typeface has these characters; their numbers are printed: {numbers}.")
    return Document(content, pages, (words.format(numbers=numbers),) if numbers else ())


def _document(done: Rendered) -> Document:
    notes = tuple(f"{n.number} {n.text}" for n in done.notes)
    return Document(done.pdf, done.pages, notes, done.places)


class PdfArchives:
    """Finds the cases in a copy for the archive."""

    def case_files(self, content: bytes, limit: int) -> tuple[bytes, ...]:
        """Return the case files that a PDF holds, at most ``limit`` bytes."""
        from exports.pdf.archive_reading import case_files  # noqa: PLC0415 - not before needed

        return case_files(content, limit)


def _words(stamp: PageStamp) -> Stamp:
    from exports.pdf.cover import Stamp  # noqa: PLC0415 - not before needed

    return Stamp(
        report_number=stamp.report_number,
        version=stamp.version,
        head_seq=stamp.head.seq,
        head_hash=stamp.head.h.hex(),
        exported_on=show_date(stamp.exported_on),
        time_zone=stamp.time_zone,
        program_version=stamp.program or __version__,
        practice=stamp.practice,
        correction=stamp.correction,
        copy=stamp.copy,
        signed=stamp.signed,
        record=stamp.record,
        draft=blocks(stamp.findings),
        findings=tuple(_worded(f) for f in stamp.findings),
    )


def _worded(finding: Finding) -> str:
    place = ", ".join(part for part in (finding.item, place_of(finding)) if part)
    where = f"{place}: " if place else ""
    return f"{finding.severity.value} ({finding.code}) {where}{_(finding.text)}"


class PdfOfficialFiller:
    """Fills official files."""

    def edition_of(self, content: bytes) -> OfficialFile:
        """Return the edition of a blank file; one that is not known is refused."""
        from exports.pdf.official import edition_of  # noqa: PLC0415 - not before needed

        return edition_of(content)

    def fill(
        self, blank: bytes, case: Case, form: str, stamp: PageStamp, progress: Progress
    ) -> Document:
        """Return ``blank`` filled with ``case`` and proven."""
        from exports.pdf.official import fill_official  # noqa: PLC0415 - not before needed
        from exports.pdf.official_plan import TOLD  # noqa: PLC0415 - not before needed

        done = fill_official(blank, case, formspecs.form(form), _words(stamp), progress)
        notes = (f"{d.number} {d.caption}: {_(TOLD[d.what])}." for d in done.did)
        return Document(done.pdf, done.pages, tuple(notes))


class PdfSessionRenderer:
    """Draws the papers of a session as PDF."""

    def render(
        self, paper: Paper, file: SessionFile, stamp: PageStamp, progress: Progress
    ) -> Document:
        """Return the paper; nothing has to be answered before."""
        return _sheet(self._page(paper), file, stamp, progress)

    def archive(
        self,
        paper: Paper,
        file: SessionFile,
        stamp: PageStamp,
        case_files: Sequence[bytes],
        progress: Progress,
    ) -> Document:
        """Return the same pages tagged, made to last, with the session's cases inside."""
        return _sheet(self._page(paper), file, stamp, progress, case_files)

    def _page(self, paper: Paper) -> SheetPage:
        from exports.pdf import handover, rems_content, session_record  # noqa: PLC0415 - as above

        pages: dict[Paper, SheetPage] = {
            Paper.HANDOVER: handover,
            Paper.REMS: rems_content,
            Paper.SESSION: session_record,
        }
        return pages[paper]


class PdfLotRenderer:
    """Draws the paper of a lot as PDF."""

    def render(self, file: LotFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper."""
        from exports.pdf import lot_record  # noqa: PLC0415 - not before needed

        return _sheet(lot_record, file, stamp, progress)

    def archive(self, file: LotFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the same pages tagged and made to last; a lot is no case, so none is inside."""
        from exports.pdf import lot_record  # noqa: PLC0415 - not before needed

        return _sheet(lot_record, file, stamp, progress, ())


class PdfOutcomesRenderer:
    """Draws the outcomes page as PDF."""

    def render(self, file: OutcomesFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper."""
        from exports.pdf import outcomes_paper  # noqa: PLC0415 - not before needed
        from exports.pdf.sheets import Frame, render  # noqa: PLC0415 - not before needed

        frame = Frame(outcomes_paper.TITLE, outcomes_paper.subtitle(file), _words(stamp))
        content, pages = render(outcomes_paper.parts(file), frame, progress)
        return Document(content, pages, ())


class PdfCourseRenderer:
    """Draws the course of a patient on a scale as PDF."""

    def render(self, file: CourseFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper."""
        from exports.pdf import scale_course  # noqa: PLC0415 - not before needed
        from exports.pdf.sheets import Frame, render  # noqa: PLC0415 - not before needed

        frame = Frame(scale_course.TITLE, scale_course.subtitle(file), _words(stamp))
        content, pages = render(scale_course.parts(file), frame, progress)
        return Document(content, pages, ())


class PdfInspectionRenderer:
    """Draws the inspection pack as PDF."""

    def render(self, file: InspectionFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper."""
        from exports.pdf import inspection_pack  # noqa: PLC0415 - not before needed

        return _sheet(inspection_pack, file, stamp, progress)


class PdfDifferencePrinter:
    """Draws what differs between two versions as PDF."""

    def draw(self, compared: Comparison, stamp: PageStamp) -> Document:
        """Return the paper."""
        from exports.pdf import difference  # noqa: PLC0415 - not before needed

        return _sheet(difference, compared, stamp, NoProgress())


class PdfPages:
    """Turns pages of a PDF into pictures."""

    def count(self, content: bytes) -> int:
        """Return the number of pages."""
        from exports.preview import page_count  # noqa: PLC0415 - not before needed

        return page_count(content)

    def picture(self, content: bytes, page: int, dpi: int) -> bytes:
        """Return page ``page``, from 0, as PNG."""
        from exports.preview import page_png  # noqa: PLC0415 - not before needed

        return page_png(content, page, dpi)

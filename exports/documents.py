"""What the services ask of this package: documents of a case, and pictures of their pages.

Drawing libraries are loaded at the first document, not when a clinic is opened.
"""

from __future__ import annotations

from aeapp import __version__, formspecs
from aeapp.domain.case import Case
from aeapp.domain.codecs import show_date
from aeapp.domain.findings import Finding, blocks, place_of
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, PageStamp


class PdfRenderer:
    """Draws a case on its form as PDF."""

    def render(self, case: Case, form: str, stamp: PageStamp, progress: Progress) -> Document:
        """Return the document of ``case`` on the form edition of key ``form``."""
        from exports.pdf.cover import Stamp  # noqa: PLC0415 - not before needed
        from exports.pdf.facsimile import render  # noqa: PLC0415 - not before needed

        words = Stamp(
            report_number=stamp.report_number,
            version=stamp.version,
            head_seq=stamp.head.seq,
            head_hash=stamp.head.h.hex(),
            exported_on=show_date(stamp.exported_on),
            time_zone=stamp.time_zone,
            program_version=__version__,
            practice=stamp.practice,
            draft=blocks(stamp.findings),
            findings=tuple(_worded(f) for f in stamp.findings),
        )
        done = render(case, formspecs.form(form), words, progress)
        return Document(done.pdf, done.pages, tuple(f"{n.number} {n.text}" for n in done.notes))


def _worded(finding: Finding) -> str:
    place = ", ".join(part for part in (finding.item, place_of(finding)) if part)
    where = f"{place}: " if place else ""
    return f"{finding.severity.value} ({finding.code}) {where}{_(finding.text)}"


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

"""What the services ask of this package: documents of a case, and pictures of their pages.

Drawing libraries are loaded at the first document, not when a clinic is opened.
"""

from __future__ import annotations

from aeapp.domain.case import Case
from aeapp.kernel.progress import Progress
from aeapp.services.documents import Document, PageStamp


class PdfRenderer:
    """Draws a case on its form as PDF."""

    def render(self, case: Case, form: str, stamp: PageStamp, progress: Progress) -> Document:
        """Return the document of ``case`` on the form edition of key ``form``."""
        from exports.pdf.facsimile import render  # noqa: PLC0415 - not before needed

        return render(case, form, stamp, progress)


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

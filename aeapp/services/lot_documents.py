"""The paper of a lot: its events by code, who got it, its holds; written whole, in the trail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.fingerprints import fingerprint
from aeapp.domain.items import as_text
from aeapp.domain.records import Clinic
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import ARCHIVE_SUFFIX, Copy, Document, Export, PageStamp
from aeapp.services.lot_copies import LotFile, copied_lot
from aeapp.services.lots import LotEvents, events_of
from aeapp.services.paper_files import PaperOf, version_of, write_paper
from aeapp.services.printing import note_print
from aeapp.services.profile import clinic_of
from aeapp.services.register import NOT_TOLD, Given, Subject
from aeapp.services.stock import LotStock, StockService

KIND = "lot"


class LotRenderer(Protocol):
    """Draws the paper of a lot."""

    def render(self, file: LotFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper; the same file and stamp give the same bytes."""

    def archive(self, file: LotFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the same pages as a copy for the archive."""


class LotDocumentService:
    """Make papers of lots."""

    def __init__(self, context: WorkContext, stock: StockService, renderer: LotRenderer) -> None:
        self._context, self._stock, self._renderer = context, stock, renderer

    def render(
        self, lot_id: str, progress: Progress | None = None, *, wish: Wish = WHOLE
    ) -> Document:
        """Return the paper of a lot as stored; writes nothing."""
        return self._drawn(lot_id, progress, wish, Copy.REGULATOR)[0]

    def export(
        self,
        lot_id: str,
        out: Path,
        *,
        progress: Progress | None = None,
        overwrite: bool = False,
        copy: Copy = Copy.REGULATOR,
        wish: Wish = WHOLE,
        given: Given = NOT_TOLD,
    ) -> Export:
        """Write the paper to ``out`` and enter it in the trail.

        Raises:
            CopyTellsError: A de-identified copy would still tell who a patient is.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        document, stamp = self._drawn(lot_id, progress, wish, copy)
        suffix = ARCHIVE_SUFFIX if copy is Copy.ARCHIVE else ""
        subject = _subject(stamp, wish.copy, suffix)
        paper = PaperOf(subject.kind, "lot", lot_id, stamp.head, stamp.version, subject, given)
        return write_paper(self._context, document, paper, out, overwrite=overwrite)

    def note_print(
        self, lot_id: str, document: Document, pages: int, given: Given = NOT_TOLD
    ) -> None:
        """Note in trail and register that the paper of a lot goes to a printer."""
        assert document.stamp is not None  # noqa: S101 - what ``render`` returns has one
        subject = _subject(document.stamp, document.copy)
        note_print(self._context, subject, ("lot", lot_id), document, pages, given=given)

    def _drawn(
        self, lot_id: str, progress: Progress | None, wish: Wish, copy: Copy
    ) -> tuple[Document, PageStamp]:
        stock = self._stock.of_lot(lot_id)
        with self._context.new_uow() as uow:
            events, clinic = events_of(uow, lot_id), clinic_of(uow)
            head = uow.trail.head_of(_stored(clinic, events, stock))
            version = version_of(uow, lot_id, KIND, head)
        file = LotFile(clinic, events, stock, self._context.minute())
        stamp = PageStamp(
            report_number=f"Lot {as_text(events.lot.number)}".strip(),
            version=version,
            head=head,
            exported_on=self._context.minute(),
            time_zone=str(self._context.zone),
            practice=bool(clinic.practice),
            record=fingerprint(clinic, events, stock),
        )
        made, told, _left = copied_lot(file, stamp, wish, self._context.who.name)
        draw = self._renderer.archive if copy is Copy.ARCHIVE else self._renderer.render
        drawn = draw(made, told, progress or NoProgress())
        return replace(drawn, stamp=stamp, copy=wish.copy), stamp


def _subject(stamp: PageStamp, copy: CopyKind, suffix: str = "") -> Subject:
    return Subject(number=stamp.report_number, what=f"{KIND}{suffix}", copy=copy)


def _stored(clinic: Clinic, events: LotEvents, stock: LotStock) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of every stored record that the paper shows."""
    shown = [clinic, events.lot, events.product, *(line.event for line in events.lines)]
    shown += [r.giving for r in stock.recipients]
    return tuple((record.KIND, record.id) for record in shown if record.version)


__all__ = ["KIND", "LotDocumentService", "LotFile", "LotRenderer"]

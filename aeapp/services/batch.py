"""Write many reports as files in one go: one after the other, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.numbers import safe_name
from aeapp.kernel.errors import AppError
from aeapp.kernel.files import make_folder
from aeapp.kernel.i18n import _
from aeapp.kernel.progress import CancelledError, NoProgress, Progress
from aeapp.services.cases import CaseService, ReportLine
from aeapp.services.copying import WHOLE, Wish
from aeapp.services.documents import DocumentService
from aeapp.services.pages import Copy
from aeapp.services.register import NOT_TOLD, Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be written of each report.

    Attributes:
        official: On the official file that the clinic brought, not on pages of our own.
        file: The plain one, or that for the archive, which is made of pages of our own alone.
        wish: Which copy.
        given: To whom it goes and what for, as far as that is known now.
    """

    official: bool = False
    file: Copy = Copy.REGULATOR
    wish: Wish = WHOLE
    given: Given = NOT_TOLD


AS_IT_IS = Order()


@dataclass(frozen=True, slots=True)
class BatchLine:
    """What became of one report.

    Attributes:
        file: Name of its file; empty where none was written.
        why: Why none was.
    """

    number: str
    file: str = ""
    pages: int = 0
    sha256: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of all of them.

    Attributes:
        stopped: The person stopped it; what was written before stays.
    """

    folder: Path
    lines: tuple[BatchLine, ...]
    stopped: bool = False

    @property
    def written(self) -> int:
        """Return how many files there are."""
        return sum(1 for line in self.lines if line.file)


class _Within:
    """Progress of one document inside that of the batch: only stopping is passed on."""

    def __init__(self, outer: Progress, done: int, total: int) -> None:
        self._outer, self._done, self._total = outer, done, total

    def step(self, _done: int, _total: int, _note: str) -> None:
        """Ask whether to stop."""
        self._outer.step(self._done, self._total, _("reports"))


class BatchService:
    """Exports of many reports."""

    def __init__(self, cases: CaseService, documents: DocumentService) -> None:
        self._cases, self._documents = cases, documents

    def export(
        self,
        report_ids: Sequence[str],
        folder: Path,
        *,
        order: Order = AS_IT_IS,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> Batch:
        """Write each report to a file of its own in ``folder``; tell which could not be written.

        One that waits for a person, or whose file is there already, stops no other. The folder is
        made where there is none.

        Raises:
            FileTroubleError: The folder cannot be made, or is none.
        """
        progress = progress or NoProgress()
        make_folder(folder)
        lines: list[BatchLine] = []
        found = self._cases.report_lines(report_ids)
        try:
            for n, one in enumerate(found):
                progress.step(n, len(found), _("reports"))
                out = folder / file_name(one.number, n + 1, order)
                within = _Within(progress, n, len(found))
                lines.append(self._one(one, out, order, within, overwrite=overwrite))
            progress.step(len(found), len(found), _("reports"))
        except CancelledError:
            return Batch(folder, tuple(lines), stopped=True)
        return Batch(folder, tuple(lines))

    def _one(
        self, one: ReportLine, out: Path, order: Order, within: Progress, *, overwrite: bool
    ) -> BatchLine:
        """Write one report; what keeps it back is told of it alone."""
        try:
            done = self._documents.export(
                one.case_id,
                one.id,
                out,
                official=order.official,
                copy=order.file,
                wish=order.wish,
                given=order.given,
                overwrite=overwrite,
                progress=within,
            )
        except CancelledError:
            raise
        except AppError as error:
            return BatchLine(one.number, why=f"{error.message} {error.remedy}")
        return BatchLine(one.number, out.name, done.pages, done.sha256)


def file_name(number: str, place: int, order: Order) -> str:
    """Return a name that tells nothing of the patient; a de-identified copy has no number."""
    copy = order.wish.copy
    stem = f"copy-{place:04d}" if copy is CopyKind.DEIDENTIFIED else safe_name(number)
    kind = "" if copy is CopyKind.FULL else copy.value
    if order.file is Copy.ARCHIVE and not order.official:
        kind = order.file.value
    parts = (stem, kind, "official" if order.official else "")
    return "-".join(part for part in parts if part) + ".pdf"

"""The outcomes page: computed from the records when somebody asks, and written as PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.fingerprints import fingerprint
from aeapp.domain.outcomes.comparison import By, Group, compare
from aeapp.domain.outcomes.page import Asked, OutcomesPage, page_of
from aeapp.domain.records import Clinic, Scale
from aeapp.domain.scales.catalogue import scale_named
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.documents import Document, Export, PageStamp
from aeapp.services.outcome_rows import Choices, Reading, choices_of
from aeapp.services.paper_files import PaperOf, write_paper
from aeapp.services.ports import UnitOfWork
from aeapp.services.printed import version_by_record
from aeapp.services.profile import clinic_of
from aeapp.services.register import NOT_TOLD, Given, Subject
from aeapp.services.scales import UnknownScaleError, scales_in

KIND = "outcomes"
# Digits of the hash that tells a narrowed question from others.
_SHORT = 12


@dataclass(frozen=True, slots=True, repr=False)
class OutcomesFile:
    """What the paper shows.

    Attributes:
        shared: Whether it leaves the clinic: groups of one to four people are not told.
    """

    clinic: Clinic
    page: OutcomesPage
    shared: bool
    as_of: PartialDate


class OutcomesRenderer(Protocol):
    """Draws the outcomes page."""

    def render(self, file: OutcomesFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper; the same file and stamp give the same bytes."""


class NoPeriodError(BadInputError):
    """The period ends before it begins."""

    code = "outcomes.period"

    def __init__(self) -> None:
        super().__init__(
            N_("The period ends before it begins."), remedy=N_("Give the first day first.")
        )


class OutcomeService:
    """Compute the outcomes page; every figure comes from records, none is typed."""

    def __init__(self, context: WorkContext, renderer: OutcomesRenderer) -> None:
        self._context, self._renderer = context, renderer

    def page(self, asked: Asked, progress: Progress | None = None) -> OutcomesPage:
        """Return the page as the records stand now.

        Raises:
            UnknownScaleError: No scale of that name is in use.
            NoPeriodError: The period ends before it begins.
            CancelledError: The person stopped the work.
        """
        with self._context.new_uow() as uow:
            return self._page(uow, asked, progress or NoProgress())

    def compared(self, asked: Asked, by: By, progress: Progress | None = None) -> tuple[Group, ...]:
        """Return the page for each group of those who were asked for.

        Raises:
            UnknownScaleError: No scale of that name is in use.
            NoPeriodError: The period ends before it begins.
            CancelledError: The person stopped the work.
        """
        with self._context.new_uow() as uow:
            scale = _scale_of(uow, asked)
            found = Reading(uow, asked, scale, progress or NoProgress(), parted=True).gathered()
        return compare(asked, scale, found, self._context.today(), by)

    def choices(self) -> Choices:
        """Return what can be asked for: what stands in the sessions and products on record."""
        with self._context.new_uow() as uow:
            return choices_of(uow)

    def export(
        self,
        asked: Asked,
        out: Path,
        *,
        shared: bool = True,
        given: Given = NOT_TOLD,
        progress: Progress | None = None,
        overwrite: bool = False,
    ) -> Export:
        """Write the page to ``out`` and enter it in the trail and the register.

        Args:
            asked: The question.
            out: The PDF.
            shared: It leaves the clinic: groups of one to four people are not told.
            given: To whom it goes and what for, as far as that is known.
            progress: Told how far it is.
            overwrite: A file of that name may be replaced.

        Raises:
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        document, stamp, clinic = self._drawn(asked, progress, shared=shared)
        copy = CopyKind.DEIDENTIFIED if shared else CopyKind.FULL
        kind = _question(asked) if copy is CopyKind.FULL else f"{_question(asked)}-{copy.value}"
        paper = PaperOf(
            kind, "clinic", clinic.id, stamp.head, stamp.version,
            subject=Subject(number="", what=KIND, copy=copy), given=given, record=stamp.record,
        )  # fmt: skip
        return write_paper(self._context, document, paper, out, overwrite=overwrite)

    def render(
        self, asked: Asked, *, shared: bool = True, progress: Progress | None = None
    ) -> Document:
        """Return the paper of the page; writes nothing."""
        return self._drawn(asked, progress, shared=shared)[0]

    def _drawn(
        self, asked: Asked, progress: Progress | None, *, shared: bool
    ) -> tuple[Document, PageStamp, Clinic]:
        progress = progress or NoProgress()
        with self._context.new_uow() as uow:
            page, clinic, head = self._page(uow, asked, progress), clinic_of(uow), uow.trail.head()
            record = fingerprint(clinic, page)
            version = version_by_record(uow, clinic.id, _question(asked), record)
        file = OutcomesFile(clinic, page, shared, self._context.minute())
        stamp = PageStamp(
            report_number=f"{asked.first} to {asked.last}",
            version=version,
            head=head,
            exported_on=self._context.minute(),
            time_zone=str(self._context.zone),
            practice=bool(clinic.practice),
            record=record,
        )
        # As in other copies that leave: a hash of what is held back would let it be tried out.
        told = replace(stamp, record="") if shared else stamp
        return self._renderer.render(file, told, progress), stamp, clinic

    def _page(self, uow: UnitOfWork, asked: Asked, progress: Progress) -> OutcomesPage:
        scale = _scale_of(uow, asked)
        found = Reading(uow, asked, scale, progress).gathered()
        return page_of(asked, scale, found, self._context.today())


def _scale_of(uow: UnitOfWork, asked: Asked) -> Scale:
    if asked.last < asked.first:
        raise NoPeriodError
    scale = scale_named(scales_in(uow), asked.scale)
    if scale is None:
        raise UnknownScaleError
    return scale


def _question(asked: Asked) -> str:
    """Return what the trail calls the paper: the versions of each question are counted apart."""
    kind = f"{KIND} {asked.first} {asked.last} {asked.scale}"
    plain = Asked(first=asked.first, last=asked.last, scale=asked.scale)
    return kind if asked == plain else f"{kind} {fingerprint(asked)[:_SHORT]}"

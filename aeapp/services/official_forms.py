"""Blank official forms that the clinic brought, and reports written on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from aeapp.domain.records import OfficialForm
from aeapp.formspecs.official import OFFICIAL, OfficialFile
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_
from aeapp.services.context import WorkContext
from aeapp.services.pages import OfficialFiller
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

LARGEST = 50 * 1024 * 1024


class FormNotBroughtError(RefusedError):
    """A report is to be written on an official form that the clinic has not brought."""

    code: ClassVar[str] = "official.not-brought"

    def __init__(self) -> None:
        super().__init__(
            N_("The blank official form of this edition is not in the clinic yet."),
            remedy=N_("Get the PDF from FDA's site once and add it: form add FILE.pdf."),
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition that the program can fill.

    Attributes:
        brought: The blank file of the clinic; None where there is none.
    """

    file: OfficialFile
    brought: OfficialForm | None


def brought(uow: UnitOfWork, form: str) -> OfficialForm | None:
    """Return the newest blank file of an edition."""
    found = of_kind(OfficialForm, uow.records.find("official_form", form=form))
    return max(found, key=lambda one: one.id, default=None)


def blank_of(uow: UnitOfWork, form: str) -> bytes:
    """Return the bytes of the blank file of an edition.

    Raises:
        FormNotBroughtError: The clinic has none.
        FrozenAlteredError: It is not what it was.
    """
    found = brought(uow, form)
    if found is None:
        raise FormNotBroughtError
    return uow.blobs.proven(found.sha256 or "")


class OfficialFormService:
    """The editions, and the blank files of the clinic."""

    def __init__(self, context: WorkContext, filler: OfficialFiller) -> None:
        self._context, self._filler = context, filler

    def editions(self) -> tuple[Edition, ...]:
        """Return every edition that can be filled, with the clinic's file where there is one."""
        with self._context.new_uow() as uow:
            return tuple(Edition(file, brought(uow, file.form)) for file in OFFICIAL)

    def add(self, path: Path) -> Edition:
        """Keep a blank official form; the same file twice is kept once.

        Raises:
            NotAFormError: It is no edition known here; says what differs.
            FileTroubleError: The file cannot be read.
        """
        content = read_whole(path, LARGEST)
        file = self._filler.edition_of(content)
        with self._context.new_uow() as uow:
            digest = uow.blobs.put(content)
            there = brought(uow, file.form)
            if there is not None and there.sha256 == digest:
                return Edition(file, there)
            new = OfficialForm(
                form=file.form,
                sha256=digest,
                size=len(content),
                brought_on=self._context.minute(),
                by=self._context.who.name,
            )
            stored = uow.save(new, who=self._context.who)
            uow.commit()
        return Edition(file, stored)

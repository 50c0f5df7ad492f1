"""Give a case out as a FHIR R4 Bundle: de-identified, unless a person asks for the whole of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from aeapp.domain.case import Case
from aeapp.domain.codelists.lifecycle import CopyKind
from aeapp.domain.copies import deidentified, since
from aeapp.domain.values import PartialDate
from aeapp.formspecs.fhir_r4.of_case import Written, bundle_of
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.copying import proven
from aeapp.services.gathering import gather
from aeapp.services.register import NOT_TOLD, Given, RegisterLine, Subject
from aeapp.services.writing_out import write_out
from aeapp.trail.chain import Head

KIND = "fhir"
_MOVED = N_("Times count from the first dose, which is put at 12:00 on the first of January")


@dataclass(frozen=True, slots=True, kw_only=True)
class FhirFile:
    """A Bundle that was written.

    Attributes:
        size: Of the file, in bytes.
        sha256: Its hash.
        head: Its entry in the trail.
        counts: How many resources of each type it has.
        left_out: What of the case is not in it.
    """

    size: int
    sha256: str
    head: Head
    counts: dict[str, int]
    left_out: tuple[str, ...]


class FhirService:
    """Cases as FHIR R4."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def export(
        self,
        case_id: str,
        out: Path,
        *,
        identified: bool = False,
        texts_read: bool = False,
        given: Given = NOT_TOLD,
        overwrite: bool = False,
    ) -> FhirFile:
        """Write a case as a Bundle; enter it in the trail and the register.

        Args:
            case_id: The case.
            out: The file.
            identified: With what names the patient; else the Safe Harbor list is taken out.
            texts_read: The person who asks has read every free text; else they are withheld.
            given: To whom it goes.
            overwrite: Replace a file that is there.

        Raises:
            CopyTellsError: A de-identified copy would still tell who the patient is.
            FileThereError: A file has that name, and it is not to be replaced.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        with self._context.new_uow() as uow:
            case = gather(uow, case_id)
        written = _whole(case) if identified else _without_identifiers(case, texts_read=texts_read)
        content, subject = written.text.encode(), _subject(case, identified=identified)
        digest, head = write_out(
            self._context, content, out, ("case", case_id),
            {"kind": subject.kind, "texts_read": texts_read},
            overwrite=overwrite, line=RegisterLine(subject, given),
        )  # fmt: skip
        size, counts = len(content), written.counts
        return FhirFile(
            size=size, sha256=digest, head=head, counts=counts, left_out=written.left_out
        )


def _subject(case: Case, *, identified: bool) -> Subject:
    """Return what the register says of the file."""
    return Subject(
        number=case.case.number or "",
        what=KIND,
        copy=CopyKind.FULL if identified else CopyKind.DEIDENTIFIED,
        case_id=case.case.id,
        patient_id=case.case.patient_id,
    )


def _whole(case: Case) -> Written:
    return bundle_of(case, _key(case))


def _without_identifiers(case: Case, *, texts_read: bool) -> Written:
    zero = first_dose(case)
    copy, left = deidentified(case, texts_read=texts_read, move=since(zero))
    proven(case, copy)
    lost = [f"{_(N_('Left out of a de-identified copy'))}, {line}" for line in left.lines()]
    return bundle_of(copy, _key(case), tuple([*lost, _(_MOVED)] if zero else lost))


def _key(case: Case) -> str:
    """Return what names the entries of a case; made of its random id, which no one can work out."""
    return hashlib.sha256(f"fhir {case.case.id}".encode()).hexdigest()


def first_dose(case: Case) -> PartialDate | None:
    """Return the time of the first dose whose instant is known."""
    times = (g.started for g in case.administrations)
    known = [at for at in times if isinstance(at, PartialDate) and at.utc() is not None]
    return min(known, default=None)

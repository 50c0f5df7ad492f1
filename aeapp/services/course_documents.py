"""The paper of a patient's course on a scale: the trend, the scores and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aeapp.domain.fingerprints import fingerprint
from aeapp.domain.records import Clinic, Scale
from aeapp.domain.scales.catalogue import scale_named
from aeapp.domain.scales.trend import TrendData, trend_of
from aeapp.domain.values import PartialDate
from aeapp.kernel.progress import NoProgress, Progress
from aeapp.services.context import WorkContext
from aeapp.services.documents import Document, Export, PageStamp
from aeapp.services.paper_files import PaperOf, version_of, write_paper
from aeapp.services.profile import clinic_of
from aeapp.services.register import Subject
from aeapp.services.scales import PatientScales, Result, UnknownScaleError, patient_scales

KIND = "course"


@dataclass(frozen=True, slots=True, repr=False)
class CourseFile:
    """What the paper of a course shows.

    Attributes:
        results: The scores that count, in the order of time.
    """

    clinic: Clinic
    known: PatientScales
    scale: Scale
    results: tuple[Result, ...]
    trend: TrendData
    as_of: PartialDate


class CourseRenderer(Protocol):
    """Draws the paper of a course."""

    def render(self, file: CourseFile, stamp: PageStamp, progress: Progress) -> Document:
        """Return the paper; the same file and stamp give the same bytes."""


class CourseDocumentService:
    """Make papers of the course of a patient on a scale."""

    def __init__(self, context: WorkContext, renderer: CourseRenderer) -> None:
        self._context, self._renderer = context, renderer

    def render(self, patient_id: str, code: str, progress: Progress | None = None) -> Document:
        """Return the paper as stored; writes nothing.

        Raises:
            UnknownScaleError: No scale of that code is in use.
        """
        return self._drawn(patient_id, code, progress)[0]

    def export(
        self,
        patient_id: str,
        code: str,
        out: Path,
        *,
        progress: Progress | None = None,
        overwrite: bool = False,
    ) -> Export:
        """Write the paper to ``out`` and enter it in the trail and the register.

        Raises:
            UnknownScaleError: No scale of that code is in use.
            FileThereError: A file has that name, and ``overwrite`` does not say to replace it.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        document, stamp, scale = self._drawn(patient_id, code, progress)
        kind = _kind(scale)
        subject = Subject(number="", what=kind, patient_id=patient_id)
        paper = PaperOf(kind, "patient", patient_id, stamp.head, stamp.version, subject)
        return write_paper(self._context, document, paper, out, overwrite=overwrite)

    def _drawn(
        self, patient_id: str, code: str, progress: Progress | None
    ) -> tuple[Document, PageStamp, Scale]:
        with self._context.new_uow() as uow:
            known, clinic = patient_scales(uow, patient_id), clinic_of(uow)
            scale = scale_named(known.scales, code)
            if scale is None:
                raise UnknownScaleError
            head = uow.trail.head_of(_stored(clinic, known))
            version = version_of(uow, patient_id, _kind(scale), head)
        zone = self._context.zone
        file = CourseFile(
            clinic=clinic,
            known=known,
            scale=scale,
            results=known.results(code),
            trend=trend_of(
                scale,
                known.scores,
                known.sessions,
                known.events,
                first_dose=known.first_dose,
                zone=zone,
            ),
            as_of=self._context.minute(),
        )
        stamp = PageStamp(
            report_number=f"{scale.name or code} {known.patient.code or ''}".strip(),
            version=version,
            head=head,
            exported_on=self._context.minute(),
            time_zone=str(zone),
            practice=bool(clinic.practice),
            record=fingerprint(clinic, known, scale),
        )
        return self._renderer.render(file, stamp, progress or NoProgress()), stamp, scale


def _kind(scale: Scale) -> str:
    """Return what the paper is called; the versions of each scale are counted by themselves."""
    return f"{KIND} {scale.code}"


def _stored(clinic: Clinic, known: PatientScales) -> tuple[tuple[str, str], ...]:
    """Return (kind, id) of every stored record that the paper shows."""
    shown = [clinic, known.patient, *known.scores, *known.reviews, *known.sessions, *known.events]
    return tuple((record.KIND, record.id) for record in shown if record.version)


__all__ = ["KIND", "CourseDocumentService", "CourseFile", "CourseRenderer"]

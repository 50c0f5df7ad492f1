"""Take in files: planned first, then done whole or not at all, and nothing guessed. Give cases out.

What is done with the records is in ``importing_cases``, ``importing_vitals`` and ``exporting``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from aeapp.domain.archive import dumps, loads
from aeapp.domain.records import CaseFile, Session
from aeapp.kernel.files import prepared, read_whole
from aeapp.services.context import WorkContext
from aeapp.services.exporting import bundle_of
from aeapp.services.importing_cases import AlreadyHereError, CaseIntake, ImportedCase
from aeapp.services.importing_patients import PatientConflictError, SeveralPatientsError
from aeapp.services.importing_vitals import LIMIT, ImportedVitals, take_vitals
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


class ImportService:
    """Import and export of files."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def import_case(self, path: Path, *, patient: str = "", apply: bool = True) -> ImportedCase:
        """Take in a case file whole, or refuse it naming every problem.

        Args:
            path: A file in the open case format.
            patient: Answer to a known patient code: ``known`` keeps our facts, ``file`` takes
                what the file answers, ``new`` stores another person; empty refuses where the
                file does not show that it is the same person with the same facts.
            apply: False plans only; the database is as before.
        """
        bundle = loads(read_whole(path, LIMIT))
        with self._context.new_uow() as uow:
            done = CaseIntake(uow, self._context).store(bundle, patient)
            if apply:
                uow.commit()
        return done

    def export_case(self, case_id: str, out: Path | None = None) -> str:
        """Return the case in the open format, as text, and enter its bytes in the trail.

        Args:
            case_id: The case.
            out: Where to write it, whole or not at all; None leaves the text to the caller.

        Raises:
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            text = dumps(bundle_of(uow, case_id))
            self._note_export(uow, case_id, text.encode())
            if out is None:
                uow.commit()
                return text
            with prepared(out, text.encode()) as file:
                uow.commit()
                file.finish()
        return text

    def _note_export(self, uow: UnitOfWork, case_id: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        data = {"kind": "case", "sha256": digest, "size": len(content)}
        uow.trail.note("export", who=self._context.who, entity="case", entity_id=case_id, data=data)

    def case_by_number(self, number: str) -> CaseFile | None:
        """Return the case a person names, or None."""
        with self._context.new_uow() as uow:
            found = of_kind(CaseFile, uow.records.find("case", number=number))
        return found[0] if found else None

    def import_vitals(
        self, path: Path, session: Session, *, apply: bool, other_day: bool = False
    ) -> ImportedVitals:
        """Take in a monitor's file as observations of ``session``, all rows or none.

        A reading that is in the session already, same quantity, source, time and value, is
        counted and left alone, so that importing a file twice changes nothing.
        """
        return take_vitals(self._context, path, session, apply=apply, other_day=other_day)


__all__ = [
    "AlreadyHereError",
    "ImportService",
    "ImportedCase",
    "ImportedVitals",
    "PatientConflictError",
    "SeveralPatientsError",
]

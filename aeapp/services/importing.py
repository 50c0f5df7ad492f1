"""Take in files: planned first, then done whole or not at all, and nothing guessed. Give cases out.

What is done with the records is in ``importing_cases``, ``importing_vitals`` and ``exporting``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from aeapp.domain.archive import TAKEN, TAKEN_ELSEWHERE, Bundle, dumps, loads
from aeapp.domain.records import CaseFile, ColumnMapping, Session
from aeapp.domain.rejection import rejected, text_of
from aeapp.domain.vitals.intake.column_map import column_map
from aeapp.domain.vitals.intake.mapping_draft import draft_of
from aeapp.domain.vitals.intake.mapping_trial import Trial, try_mapped
from aeapp.domain.vitals.intake.table_look import TableLook, look_at
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import prepared, read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.services.choosing_layout import (
    LIMIT,
    LONGEST_MAP,
    PLAIN,
    UnknownContentError,
    UnknownLayoutError,
    Wishes,
    vitals_layouts,
)
from aeapp.services.column_mappings import (
    NoSuchMappingError,
    all_mappings,
    drop_mapping,
    keep_mapping,
    kept_mappings,
    look_of,
)
from aeapp.services.context import WorkContext
from aeapp.services.exporting import bundle_of
from aeapp.services.importing_cases import (
    FOLLOW_UP,
    NEW_CASE,
    AlreadyHereError,
    CaseIntake,
    ImportedCase,
)
from aeapp.services.importing_news import NewsIntake
from aeapp.services.importing_patients import PatientConflictError, SeveralPatientsError
from aeapp.services.importing_vitals import (
    ImportedVitals,
    VitalsPlan,
    Whose,
    apply_vitals,
    plan_vitals,
    terms_for,
)
from aeapp.services.numbers import named
from aeapp.services.pages import ArchiveReader
from aeapp.services.ports import UnitOfWork, VitalsReader
from aeapp.services.register import RegisterLine, Subject, Wrote, enter
from aeapp.services.sessions import of_kind

PDF = b"%PDF-"


class SeveralCasesError(RefusedError):
    """A copy for the archive holds several cases, and nobody said which is meant."""

    code = "import.several-cases"

    def __init__(self, numbers: Iterable[str]) -> None:
        super().__init__(
            _("This copy holds the cases {numbers}; nothing was taken in.").format(
                numbers=", ".join(numbers)
            ),
            remedy=N_("Take in one after the other, each by its number."),
            option=N_("--number NUMBER names it."),
        )


class ImportService:
    """Import and export of files."""

    def __init__(
        self, context: WorkContext, archives: ArchiveReader, readers: Sequence[VitalsReader] = ()
    ) -> None:
        self._context, self._archives = context, archives
        self._readers = readers

    def import_case(
        self,
        path: Path,
        *,
        patient: str = "",
        case: str = "",
        number: str = "",
        apply: bool = True,
    ) -> ImportedCase:
        """Take in a case file whole, or refuse it naming every problem.

        Args:
            path: A file in the open case format, or a copy for the archive that holds one.
            patient: Answer to a known patient code: ``known`` keeps our facts, ``file`` takes
                what the file answers, ``new`` stores another person; empty refuses where the
                file does not show that it is the same person with the same facts.
            case: Answer to a known case number: ``follow-up`` adds what is new to that case,
                ``new`` stores another case under a new number; empty refuses.
            number: Which case, of a copy for the archive that holds those of a whole session.
            apply: False plans only; the database is as before.

        Raises:
            SeveralCasesError: It holds several, and ``number`` names none of them.
        """
        bundle = self._bundle(read_whole(path, LIMIT), number)
        with self._context.new_uow() as uow:
            if case == FOLLOW_UP:
                done = NewsIntake(uow, self._context).store_news(bundle, patient)
            else:
                intake = CaseIntake(uow, self._context)
                done = intake.store(bundle, patient, as_new=case == NEW_CASE)
            if apply:
                uow.commit()
        return done

    def _bundle(self, content: bytes, number: str) -> Bundle:
        if content[:5] != PDF:
            return _case_file(content)
        found = [loads(one) for one in self._archives.case_files(content, LIMIT)]
        wanted = [one for one in found if one.case.number == number] if number else found
        if len(wanted) != 1:
            raise SeveralCasesError(one.case.number or "-" for one in found)
        return wanted[0]

    def export_case(self, case_id: str, out: Path | None = None, *, overwrite: bool = False) -> str:
        """Return the case in the open format, as text; enter it in the trail and the register.

        Args:
            case_id: The case.
            out: Where to write it, whole or not at all; None leaves the text to the caller.
            overwrite: Replace a file that is there.

        Raises:
            FileThereError: A file has that name, and it is not to be replaced.
            FileTroubleError: The file could not be written; nothing stands under its name.
        """
        with self._context.new_uow() as uow:
            uow.lock()
            text = dumps(bundle_of(uow, case_id))
            self._note_export(uow, case_id, text.encode())
            if out is None:
                uow.commit()
                return text
            with prepared(out, text.encode(), overwrite=overwrite) as file:
                uow.commit()
                file.finish()
        return text

    def _note_export(self, uow: UnitOfWork, case_id: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        data = {"kind": "case", "sha256": digest, "size": len(content)}
        who = self._context.who
        head = uow.trail.note("export", who=who, entity="case", entity_id=case_id, data=data)
        # A case tells the most of a patient, so an accounting of disclosures asks about it, too.
        (case,) = of_kind(CaseFile, [uow.records.get("case", case_id)])
        subject = Subject(
            number=case.number or "", what="case", patient_id=case.patient_id, case_id=case_id
        )
        enter(uow, self._context, RegisterLine(subject), Wrote(head.seq, digest, 0))

    def case_by_number(self, number: str) -> CaseFile | None:
        """Return the case a person names, or None."""
        with self._context.new_uow() as uow:
            found = of_kind(CaseFile, named(uow, "case", number))
        return found[0] if found else None

    def layouts(self) -> tuple[tuple[str, str], ...]:
        """Return name and title of each layout of readings."""
        return vitals_layouts(self._readers)

    def look(self, path: Path) -> tuple[TableLook, str]:
        """Return what a table looks like, and the mapping kept for its header; empty for none.

        Raises:
            ImportRejected: It is no table.
        """
        with self._context.new_uow() as uow:
            kept = kept_mappings(uow)
        return look_of(read_whole(path, LIMIT), kept)

    def look_again(self, path: Path, separator: str, header_line: int) -> TableLook:
        """Return what a table looks like with another separator or another line of names.

        Raises:
            ImportRejected: It is no table so.
        """
        return look_at(read_whole(path, LIMIT), separator, header_line)

    def try_columns(self, path: Path, session: Session, wishes: Wishes) -> Trial:
        """Return what the first rows of a file give by the mapping of ``wishes``.

        Raises:
            ImportRejected: The mapping is none, or a column of it is not there.
        """
        terms = terms_for(self._context, session, wishes)
        return try_mapped(read_whole(path, LIMIT), terms, column_map(wishes.mapping))

    def mappings(self) -> tuple[ColumnMapping, ...]:
        """Return the mappings of columns that the clinic keeps, by name."""
        with self._context.new_uow() as uow:
            return all_mappings(uow)

    def keep_mapping(self, look: TableLook, text: str) -> ColumnMapping:
        """Keep a mapping for every file with the header of ``look``."""
        return keep_mapping(self._context, look, text)

    def keep_columns(self, path: Path, columns: Path) -> ColumnMapping:
        """Keep the mapping of a file for every table with the header of ``path``.

        Raises:
            ImportRejected: One of the two is not what it should be.
        """
        text = text_of(read_whole(columns, LONGEST_MAP))
        draft = draft_of(text)
        return self.keep_mapping(self.look_again(path, draft.separator, draft.header_line), text)

    def drop_mapping(self, name: str) -> None:
        """Use a kept mapping no more.

        Raises:
            NoSuchMappingError: There is none of that name.
        """
        drop_mapping(self._context, name)

    def plan(self, path: Path, session: Session, wishes: Wishes = PLAIN) -> VitalsPlan:
        """Read a file of readings for ``session`` and say what would become of each row.

        Nothing is changed and nobody is kept waiting.

        Raises:
            ImportRejected: The file cannot be read; every problem has its place.
        """
        return plan_vitals(self._context, self._readers, path, session, wishes)

    def apply(self, plan: VitalsPlan, reason: str = "") -> ImportedVitals:
        """Store the readings of a plan, all or none; those in the session already stay.

        Args:
            plan: What was read.
            reason: Why a session that has ended is amended; else it may stay empty.

        Raises:
            OtherPatientError: The file names a patient, and nobody said that it is this one.
            OtherDayError: They lie on other days than the session, and nobody said it is right.
            AmendmentError: The session has ended and there is no reason.
        """
        return apply_vitals(self._context, plan, reason)

    def import_vitals(
        self, path: Path, session: Session, *, apply: bool, wishes: Wishes = PLAIN
    ) -> ImportedVitals:
        """Plan and apply in one step, with the layout known by the file's content.

        A reading that is in the session already, same quantity, source, time and value, is
        counted and left alone, so that importing a file twice changes nothing.
        """
        plan = self.plan(path, session, wishes)
        return self.apply(plan) if apply else plan.summary()


def _case_file(content: bytes) -> Bundle:
    """Read a case file; whoever chose a file of another kind is told which ones are taken."""
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        sentence = N_("{path} is no case file, no message and no copy for the archive.")
        raise rejected(_("The file"), sentence, remedy=TAKEN, option=TAKEN_ELSEWHERE)
    return loads(content)


__all__ = [
    "AlreadyHereError",
    "ImportService",
    "ImportedCase",
    "ImportedVitals",
    "NoSuchMappingError",
    "PatientConflictError",
    "SeveralPatientsError",
    "UnknownContentError",
    "UnknownLayoutError",
    "VitalsPlan",
    "Whose",
    "Wishes",
]

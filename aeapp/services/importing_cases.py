"""Store the records of one case file: linked anew, numbered, nothing of it twice or merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aeapp.domain import lens
from aeapp.domain.archive import Bundle
from aeapp.domain.items import NullFlavor, Record, attributes_of
from aeapp.domain.records import Report, Session
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.cases import FDA3500
from aeapp.services.context import WorkContext
from aeapp.services.importing_patients import whose
from aeapp.services.numbers import CASE, SESSION, looks_ours, may_stay, next_number
from aeapp.services.ports import UnitOfWork

# What must be told for two records to be of one thing.
_IDENTITY = {"product": ("name", "maker"), "lot": ("product_id", "number")}


class AlreadyHereError(RefusedError):
    """The case of the file is in this clinic already."""

    code = "import.case-known"

    def __init__(self) -> None:
        super().__init__(
            N_("A case with the number of this file is already in this clinic."),
            remedy=N_("Open that case, or delete the number in the file to import a second one."),
        )


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """What an import did, or would do.

    Attributes:
        notes: Sentences on what could not be kept as the file has it; no values.
    """

    case_number: str
    report_number: str
    counts: tuple[tuple[str, int], ...]
    patient: str
    notes: tuple[str, ...] = ()


class CaseIntake:
    """Stores one file inside a unit of work."""

    def __init__(self, uow: UnitOfWork, context: WorkContext) -> None:
        self._uow, self._context = uow, context
        self._ids: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._notes: list[str] = []
        # Stored records that stand for one of the file's; each for one only.
        self._taken: set[str] = set()

    def store(self, bundle: Bundle, answer: str) -> ImportedCase:
        """Store every record of ``bundle`` and enter the import in the trail.

        Raises:
            AlreadyHereError: A case of this number is here.
            PatientConflictError: A person has to say who the patient is.
            SeveralPatientsError: The patient's code does not say who it is.
        """
        self._uow.lock()
        bundle = bundle.completed()
        case = bundle.case
        if bundle.clinic is not None and bundle.clinic.practice:
            self._note(N_("The file comes from a practice clinic: its people are invented."))
        if case.number and self._uow.records.find("case", number=case.number):
            raise AlreadyHereError
        patient = self._patient(bundle, answer)
        for record in (*bundle.products, *bundle.lots):
            self._once(record)
        # Those with a number first, so that no other one is given it.
        for session in sorted(bundle.sessions, key=lambda s: not s.number):
            self._save(self._numbered(session))
        number = self._case_number(case.number or "")
        self._save(replace(case, number=number))
        for record in _parts(bundle):
            self._save(record)
        reports = bundle.reports or (Report(case_id=case.id),)
        numbers = [self._report(r, case.number or "", number) for r in reports]
        self._uow.trail.note(
            "import",
            who=self._context.who,
            entity="case",
            entity_id=self._ids[case.id],
            data=self._counts,
        )
        return ImportedCase(
            number, numbers[0], tuple(self._counts.items()), patient, tuple(self._notes)
        )

    def _patient(self, bundle: Bundle, answer: str) -> str:
        theirs = bundle.patient
        if theirs is None:
            return ""
        person = whose(self._uow, bundle, theirs, answer, self._context.clinic)
        if not person.record.version:
            self._save(theirs)
        else:
            if person.changed:
                self._uow.save(
                    person.record,
                    who=self._context.who,
                    reason="import: facts of the file taken",
                )
            self._ids[theirs.id] = person.record.id
        return person.word

    def _once(self, record: Record) -> None:
        """Store a product or lot unless the very same one, fact for fact, was here before."""
        linked = self._relinked(record)
        same = self._same(linked)
        if same is None:
            self._save(record)
            return
        self._ids[record.id] = same.id
        self._taken.add(same.id)

    def _same(self, linked: Record) -> Record | None:
        identity = {name: getattr(linked, name) for name in _IDENTITY[linked.KIND]}
        # Two packages without a readable number are two packages.
        if not all(_is_text(value) for value in identity.values()):
            return None
        for ours in self._uow.records.find(linked.KIND, **identity):
            like_ours = replace(linked, id=ours.id, version=ours.version)
            if ours.id not in self._taken and not lens.diff(ours, like_ours):
                return ours
        return None

    def _numbered(self, session: Session) -> Session:
        given = session.number or ""
        if given and not may_stay(SESSION, given):
            self._note(N_("A session number of the file is malformed; the session has a new one."))
        elif given and self._uow.records.find("session", number=given):
            self._note(N_("A session number of the file is in use; the session has a new one."))
        elif given:
            return session
        return replace(session, number=next_number(self._uow, SESSION, self._context.today()))

    def _case_number(self, given: str) -> str:
        if given and may_stay(CASE, given):
            return given
        if given:
            self._note(N_("The case number of the file is malformed; the case has a new one."))
        return next_number(self._uow, CASE, self._context.today())

    def _report(self, report: Report, given: str, case_number: str) -> str:
        """Store one report and return its number."""
        number = report.number or ""
        if not self._may_keep(number, given, case_number):
            if number:
                self._note(
                    N_("A report number of the file was not kept; the report has a new one.")
                )
            number = self._free_report_number(case_number)
        self._save(replace(report, number=number, form=report.form or FDA3500))
        return number

    def _may_keep(self, number: str, given: str, case_number: str) -> bool:
        if not number or given != case_number or self._report_known(number):
            return False
        # A number of one of our cases belongs to that case's reports.
        return number.startswith(f"{case_number}/") or not looks_ours(CASE, number)

    def _free_report_number(self, case_number: str) -> str:
        n = 1
        while self._report_known(number := f"{case_number}/3500/{n}"):
            n += 1
        return number

    def _report_known(self, number: str) -> bool:
        return bool(self._uow.records.find("report", number=number))

    def _save(self, record: Record) -> None:
        new = replace(self._relinked(record), id="", version=0)
        stored = self._uow.save(new, who=self._context.who)
        if record.id:
            self._ids[record.id] = stored.id
        self._taken.add(stored.id)
        self._counts[record.KIND] = self._counts.get(record.KIND, 0) + 1

    def _relinked(self, record: Record) -> Record:
        links: dict[str, Any] = {
            a.name: self._ids.get(getattr(record, a.name), "")
            for a in attributes_of(type(record))
            if a.link
        }
        return replace(record, **links)

    def _note(self, sentence: str) -> None:
        if sentence not in self._notes:
            self._notes.append(sentence)


def _parts(bundle: Bundle) -> Sequence[Record]:
    return (
        *bundle.administrations,
        *bundle.observations,
        *bundle.events,
        *bundle.reporters,
        *bundle.awareness,
        *bundle.consents,
        *bundle.decisions,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, NullFlavor) and bool(value.strip())

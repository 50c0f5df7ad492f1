"""Take in files: planned first, then done whole or not at all, and nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from aeapp.domain import lens
from aeapp.domain.archive import Bundle, dumps, loads
from aeapp.domain.case import Case
from aeapp.domain.items import Record, attributes_of
from aeapp.domain.records import CaseFile, Consent, Observation, Patient, Report, Session
from aeapp.domain.vitals.csv_numerics import Parsed, parse
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.files import read_whole
from aeapp.kernel.i18n import N_
from aeapp.services.cases import FDA3500
from aeapp.services.context import WorkContext
from aeapp.services.gathering import gather
from aeapp.services.numbers import CASE, SESSION, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

LIMIT = 25 * 1024 * 1024


class PatientConflictError(RefusedError):
    """The file's patient code is known here with other facts.

    Attributes:
        items: Paths of the patient's items that differ; no values.
    """

    code: ClassVar[str] = "import.patient-conflict"

    def __init__(self, items: tuple[str, ...]) -> None:
        super().__init__(
            "The patient code of this file is known here with other facts: "
            + ", ".join(items)
            + ".",
            remedy=N_(
                "Answer with --patient known (keep ours) or --patient file (take the file's), "
                "or give the patient another code in the file."
            ),
        )
        self.items = items


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
    """What an import did, or would do."""

    case_number: str
    report_number: str
    counts: tuple[tuple[str, int], ...]
    patient: str


@dataclass(frozen=True, slots=True)
class ImportedVitals:
    """What an import of readings did, or would do."""

    rows: int
    observations: int
    kept: int
    skipped: int
    questioned: int
    already_here: int
    notes: tuple[str, ...]
    applied: bool


class ImportService:
    """Import and export of files."""

    def __init__(self, context: WorkContext) -> None:
        self._context = context

    def import_case(self, path: Path, *, patient: str = "", apply: bool = True) -> ImportedCase:
        """Take in a case file whole, or refuse it naming every problem.

        Args:
            path: A file in the open case format.
            patient: Answer to a known patient code: ``known`` keeps our facts, ``file`` takes
                the file's; empty refuses when they differ.
            apply: False plans only; the database is as before.
        """
        bundle = loads(read_whole(path, LIMIT))
        with self._context.new_uow() as uow:
            done = self._store(uow, bundle, patient)
            if apply:
                uow.commit()
        return done

    def _store(self, uow: UnitOfWork, bundle: Bundle, answer: str) -> ImportedCase:
        case = bundle.case
        if case.number and uow.records.find("case", number=case.number):
            raise AlreadyHereError
        ids: dict[str, str] = {}
        counts: dict[str, int] = {}
        patient = self._patient(uow, bundle, answer, ids, counts)
        for record in (*bundle.products, *bundle.lots):
            self._once(uow, record, ids, counts)
        sessions = [self._numbered(uow, s) for s in bundle.sessions]
        self._save_all(uow, sessions, ids, counts)
        number = case.number or next_number(uow, CASE, self._context.today())
        self._save_all(uow, [replace(case, number=number)], ids, counts)
        groups: tuple[Sequence[Record], ...] = (
            bundle.administrations,
            bundle.observations,
            bundle.events,
            bundle.reporters,
            bundle.awareness,
            bundle.consents,
            bundle.decisions,
        )
        for group in groups:
            self._save_all(uow, group, ids, counts)
        reports = bundle.reports or (Report(id="report", case_id=case.id),)
        named = [_report(r, number, n) for n, r in enumerate(reports, 1)]
        self._save_all(uow, named, ids, counts)
        uow.trail.note(
            "import", who=self._context.who, entity="case", entity_id=ids[case.id], data=counts
        )
        return ImportedCase(number, named[0].number or "", tuple(counts.items()), patient)

    def _patient(
        self,
        uow: UnitOfWork,
        bundle: Bundle,
        answer: str,
        ids: dict[str, str],
        counts: dict[str, int],
    ) -> str:
        patient = bundle.patient
        if patient is None:
            return ""
        known = (
            of_kind(Patient, uow.records.find("patient", code=patient.code)) if patient.code else ()
        )
        if not known:
            self._save_all(uow, [patient], ids, counts)
            return "new"
        ours = known[0]
        differing = tuple(path for path in lens.diff(ours, patient) if _asked(patient, path))
        if differing and answer not in ("known", "file"):
            raise PatientConflictError(differing)
        if differing and answer == "file":
            merged = replace(patient, id=ours.id, version=ours.version)
            uow.save(merged, who=self._context.who, reason="import: facts of the file taken")
        ids[patient.id] = ours.id
        return "known" if not differing else f"known, answered {answer}"

    def _numbered(self, uow: UnitOfWork, session: Session) -> Session:
        taken = session.number and uow.records.find("session", number=session.number)
        if session.number and not taken:
            return session
        return replace(session, number=next_number(uow, SESSION, self._context.today()))

    def _once(
        self, uow: UnitOfWork, record: Record, ids: dict[str, str], counts: dict[str, int]
    ) -> None:
        """Store a product or lot unless the same one, fact for fact, is here already."""
        local = record.id
        linked = _relinked(record, ids)
        for ours in uow.records.find(record.KIND, **_identity(linked)):
            if not lens.diff(ours, replace(linked, id=ours.id, version=ours.version)):
                ids[local] = ours.id
                return
        self._save_all(uow, [record], ids, counts)

    def _save_all(
        self,
        uow: UnitOfWork,
        records: Sequence[Record],
        ids: dict[str, str],
        counts: dict[str, int],
    ) -> None:
        for record in records:
            stored = uow.save(
                replace(_relinked(record, ids), id="", version=0), who=self._context.who
            )
            ids[record.id] = stored.id
            counts[record.KIND] = counts.get(record.KIND, 0) + 1

    def export_case(self, case_id: str) -> str:
        """Return the case in the open format, as text."""
        with self._context.new_uow() as uow:
            case = gather(uow, case_id)
            consents = uow.records.find("consent", patient_id=case.case.patient_id)
            reports = uow.records.find("report", case_id=case_id)
        return dumps(_bundle(case, of_kind(Consent, consents), of_kind(Report, reports)))

    def case_by_number(self, number: str) -> CaseFile | None:
        """Return the case a person names, or None."""
        with self._context.new_uow() as uow:
            found = of_kind(CaseFile, uow.records.find("case", number=number))
        return found[0] if found else None

    def import_vitals(self, path: Path, session: Session, *, apply: bool) -> ImportedVitals:
        """Take in a monitor's file as observations of ``session``, all rows or none.

        A reading that is in the session already, same quantity, source, time and value, is
        counted and left alone, so that importing a file twice changes nothing.
        """
        parsed = parse(
            read_whole(path, LIMIT),
            zone=self._context.zone,
            session_id=session.id,
            patient_id=session.patient_id,
            device=path.name,
        )
        with self._context.new_uow() as uow:
            uow.records.get("session", session.id)
            ours = of_kind(Observation, uow.records.find("observation", session_id=session.id))
            known = {_reading_key(o) for o in ours}
            fresh = [o for o in parsed.observations if _reading_key(o) not in known]
            if apply and fresh:
                uow.save_bulk(fresh, who=self._context.who, reason=f"import of {path.name}")
                uow.commit()
        return _vitals_result(parsed, len(parsed.observations) - len(fresh), applied=apply)


def _bundle(case: Case, consents: tuple[Consent, ...], reports: tuple[Report, ...]) -> Bundle:
    return Bundle(
        clinic=case.clinic if case.clinic.version else None,
        patient=case.patient if case.patient.version else None,
        products=case.products,
        lots=case.lots,
        sessions=case.sessions,
        administrations=case.administrations,
        observations=case.observations,
        case=case.case,
        events=case.events,
        reporters=case.reporters,
        awareness=case.awareness,
        consents=consents,
        decisions=case.decisions,
        reports=reports,
    )


def _vitals_result(parsed: Parsed, already: int, *, applied: bool) -> ImportedVitals:
    return ImportedVitals(
        rows=parsed.rows,
        observations=len(parsed.observations),
        kept=parsed.kept,
        skipped=parsed.skipped,
        questioned=parsed.questioned,
        already_here=already,
        notes=tuple(parsed.notes),
        applied=applied,
    )


def _reading_key(reading: Observation) -> tuple[Any, ...]:
    return (
        reading.kind,
        reading.source,
        reading.at,
        reading.value,
        reading.systolic,
        reading.diastolic,
    )


def _asked(patient: Patient, path: str) -> bool:
    # What the file does not answer is no contradiction.
    return lens.get(patient, path) is not None if "[" not in path else True


def _relinked(record: Record, ids: dict[str, str]) -> Record:
    kind = type(record)
    links: dict[str, Any] = {
        a.name: ids.get(getattr(record, a.name), "") for a in attributes_of(kind) if a.link
    }
    return replace(record, **links)


def _identity(record: Record) -> dict[str, Any]:
    names = ("name", "maker") if record.KIND == "product" else ("product_id", "number")
    return {name: getattr(record, name) for name in names}


def _report(report: Report, case_number: str, n: int) -> Report:
    return replace(
        report,
        number=report.number or f"{case_number}/3500/{n}",
        form=report.form or FDA3500,
    )

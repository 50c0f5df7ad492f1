"""Store the records of one case file: linked anew, numbered, nothing of it twice or merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aeapp.domain import lens
from aeapp.domain.archive import Bundle, case_from
from aeapp.domain.codelists.clinic import ReportState
from aeapp.domain.destinations import FDA3500, FORMS
from aeapp.domain.duplicates import traits_of
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.lifecycle import SENT, state_of
from aeapp.domain.links import relinked
from aeapp.domain.narrative.step import renamed
from aeapp.domain.records import Lot, Patient, Report, Sending, Session
from aeapp.domain.records.case import Aside, StatedValue
from aeapp.domain.stating import with_ids
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.kernel.ids import new_id
from aeapp.services.context import WorkContext
from aeapp.services.duplicates import alike
from aeapp.services.importing_patients import whose
from aeapp.services.numbers import CASE, SESSION, looks_ours, may_stay, next_number
from aeapp.services.ports import UnitOfWork
from aeapp.services.report_forms import refuse_facility_number

# What must be told for two records to be of one thing.
_IDENTITY = {
    "study": ("protocol",),
    "product": ("name", "maker"),
    "lot": ("product_id", "number"),
    "label_list": ("product_id", "name"),
}


# What a person says of a case number that is known here.
FOLLOW_UP, NEW_CASE = "follow-up", "new"
CASE_ANSWERS = (FOLLOW_UP, NEW_CASE)


class AlreadyHereError(RefusedError):
    """The case of the file is in this clinic already, or is not where news of it came."""

    code = "import.case-known"

    def __init__(self, *, here: bool = True) -> None:
        if here:
            message = N_("A case with the number of this file is already in this clinic.")
            remedy = N_(
                "Say whether it is news of that case, or another case. Nothing was changed."
            )
            option = N_(
                "--case follow-up adds what is new to that case, --case new makes another one "
                "under a new number; --dry-run shows first what it would do."
            )
        else:
            message = N_("No case with the number of this file is in this clinic.")
            remedy = N_("Take it in as a case of its own.")
            option = N_("Leave out --case.")
        super().__init__(message, remedy=remedy, option=option)


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """What an import did, or would do.

    Attributes:
        notes: Sentences on what could not be kept as the file has it; no values.
        session_numbers: Those that readings of a monitor are taken in under.
        news: Of a follow-up, what it changes, item by item with values: for who imports, no log.
        left: Of a message, what no record holds, element by element with values: no log either.
    """

    case_number: str
    report_number: str
    counts: tuple[tuple[str, int], ...]
    patient: str
    notes: tuple[str, ...] = ()
    session_numbers: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class CaseIntake:
    """Stores one file inside a unit of work."""

    def __init__(self, uow: UnitOfWork, context: WorkContext) -> None:
        self._uow, self._context = uow, context
        self._ids: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._notes: list[str] = []
        # Stored records that stand for one of the file's; each for one only.
        self._taken: set[str] = set()
        # Ids of the file whose records here have theirs before they are stored.
        self._given: set[str] = set()

    def store(self, bundle: Bundle, answer: str, *, as_new: bool = False) -> ImportedCase:
        """Store every record of ``bundle`` and enter the import in the trail.

        Args:
            bundle: The file.
            answer: What was said of its patient.
            as_new: A person says that it is another case than the one of its number here.

        Raises:
            AlreadyHereError: A case of this number is here, and nobody said so.
            FacilityNumberError: A report of it has the facility number of another one.
            PatientConflictError: A person has to say who the patient is.
            SeveralPatientsError: The patient's code does not say who it is.
        """
        self._uow.lock()
        bundle = self._numbered_here(bundle.completed(), as_new=as_new)
        case = bundle.case
        self._note_what_stays_behind(bundle)
        patient = self._patient(bundle, answer)
        self._note_alike(bundle)
        for record in (*bundle.studies, *bundle.products, *bundle.lots, *bundle.labels):
            self._once(record)
        sessions = self._sessions(bundle.sessions)
        number, report_number = self._of_the_case(bundle)
        self._uow.trail.note(
            "import",
            who=self._context.who,
            entity="case",
            entity_id=self._ids[case.id],
            data=self._counts,
        )
        return ImportedCase(
            number,
            report_number,
            tuple(self._counts.items()),
            patient,
            tuple(self._notes),
            sessions,
        )

    def _of_the_case(self, bundle: Bundle) -> tuple[str, str]:
        """Store the case with all that is its own; return its number and that of its report."""
        case = bundle.case
        number = self._case_number(case.number or "")
        stated, asides = self._stated(bundle), self._asides(bundle)
        told = renamed(case, self._ids)
        self._save(replace(told, number=number, stated=stated, asides=asides))
        for record in _parts(bundle):
            self._save(record)
        reports = bundle.reports or (Report(case_id=case.id),)
        numbers = [self._report(r, case.number or "", number) for r in reports]
        for sending in bundle.sendings:
            self._save(self._unproven(sending))
        for record in (*bundle.requests, *bundle.questions):
            self._save(record)
        return number, numbers[0]

    def _numbered_here(self, bundle: Bundle, *, as_new: bool) -> Bundle:
        """Return the file without the number of its case where another case here has it."""
        number = bundle.case.number
        if not number or not self._uow.records.find("case", number=number):
            return bundle
        if not as_new:
            raise AlreadyHereError
        self._note(N_("The case number of the file is in use; the case has a new one."))
        return replace(bundle, case=replace(bundle.case, number=None))

    def _note_what_stays_behind(self, bundle: Bundle) -> None:
        if bundle.clinic is not None and bundle.clinic.practice:
            self._note(N_("The file comes from a practice clinic: its people are invented."))
        if bundle.attachments:
            self._note(N_("The file names attachments; what is in them does not come with it."))

    def _note_alike(self, bundle: Bundle) -> None:
        """Say which stored cases may be this one; none is merged and none keeps it out."""
        theirs = replace(bundle.patient or Patient(), id="")
        # Of a patient who is known here, the record stands for the file's facts.
        known = self._ids.get(bundle.patient.id, "") if bundle.patient else ""
        wanted = traits_of(theirs, bundle.events, bundle.products, bundle.lots, bundle.reporters)
        for found in alike(self._uow, replace(wanted, patient_id=known)):
            self._note(found.sentence())

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

    def _stated(self, bundle: Bundle) -> tuple[StatedValue, ...]:
        """Return what is stated in the file, bound to the records that will stand for its own."""
        # These are stored after the case, which names them; their ids are given before, in order.
        self._ids |= {record.id: new_id() for record in _parts(bundle)}
        self._given |= {record.id for record in _parts(bundle)}
        return tuple(
            replace(s, path=s.path and with_ids(s.path, self._ids))
            for s in case_from(bundle).case.stated
        )

    def _asides(self, bundle: Bundle) -> tuple[Aside, ...]:
        """Return the warnings that were set aside, about the records that will stand here."""
        return tuple(
            replace(a, path=a.path and with_ids(a.path, self._ids)) for a in bundle.case.asides
        )

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
            if isinstance(ours, Lot) and isinstance(like_ours, Lot):
                # A hold is this clinic's own: a file must not bring the lot back without it.
                like_ours = replace(like_ours, holds=ours.holds)
            if ours.id not in self._taken and not lens.diff(ours, like_ours):
                return ours
        return None

    def _sessions(self, sessions: Sequence[Session]) -> tuple[str, ...]:
        """Store the sessions and return their numbers."""
        numbers = []
        # Those with a number first, so that no other one is given it.
        for session in sorted(sessions, key=lambda s: not s.number):
            numbered = self._numbered(session)
            self._save(numbered)
            numbers.append(numbered.number or "")
        return tuple(numbers)

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
        refuse_facility_number(self._uow, replace(report, id=""))
        self._save(
            replace(self._unsigned(report), number=number, form=report.form or FORMS[FDA3500])
        )
        return number

    def _unproven(self, sending: Sending) -> Sending:
        # A file of a case carries no other files.
        if sending.proof_sha256 is not None:
            self._note(N_("A proof of sending stayed with the clinic that the file comes from."))
        return replace(sending, proof_sha256=None, document_sha256=None)

    def _unsigned(self, report: Report) -> Report:
        # Who approved it elsewhere did not sign here, and a file carries no signature.
        if state_of(report) in SENT:
            self._note(
                N_("A report of the file was sent by the clinic it comes from: what went out is "
                   "not kept here, and a further version counts on from it.")
            )  # fmt: skip
        if report.state is not ReportState.READY:
            return report
        self._note(N_("A report of the file was approved elsewhere; here it is a draft."))
        return replace(report, state=ReportState.DRAFT)

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
        given = self._ids.get(record.id, "") if record.id in self._given else ""
        new = replace(self._relinked(record), id=given, version=0)
        stored = self._uow.save(new, who=self._context.who)
        if record.id:
            self._ids[record.id] = stored.id
        self._taken.add(stored.id)
        self._counts[record.KIND] = self._counts.get(record.KIND, 0) + 1

    def _relinked(self, record: Record) -> Record:
        return relinked(record, lambda _kind, target: self._ids.get(target, ""))

    def _note(self, sentence: str) -> None:
        if sentence not in self._notes:
            self._notes.append(sentence)


def _parts(bundle: Bundle) -> Sequence[Record]:
    return (
        *bundle.administrations,
        *bundle.observations,
        *bundle.events,
        *bundle.checks,
        *bundle.notes,
        *bundle.scores,
        *bundle.safety,
        *bundle.proposals,
        *bundle.calls,
        *bundle.reporters,
        *bundle.awareness,
        *bundle.consents,
        *bundle.decisions,
        *bundle.assessments,
        *bundle.attachments,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, NullFlavor) and bool(value.strip())

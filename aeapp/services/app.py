"""The program as one login sees it: the services, handed to windows and commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.records import Clinic
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.kernel.progress import Progress
from aeapp.services.acknowledging import AcknowledgementService
from aeapp.services.amending import AmendingService
from aeapp.services.assessing import AssessingService
from aeapp.services.attaching import AttachingService
from aeapp.services.batch import BatchService
from aeapp.services.board import BoardService
from aeapp.services.calls import CallService
from aeapp.services.cases import CaseService
from aeapp.services.clinic_archive import ClinicFile
from aeapp.services.clinic_copy import ClinicCopyService
from aeapp.services.coding import CodingService
from aeapp.services.context import WorkContext
from aeapp.services.course_documents import CourseDocumentService
from aeapp.services.deciding import DecidingService
from aeapp.services.documents import DocumentService
from aeapp.services.dose_drafts import DoseDrafts
from aeapp.services.dosing import DosingService
from aeapp.services.drafts import DraftService
from aeapp.services.duplicates import DuplicateService
from aeapp.services.endings import EndingService
from aeapp.services.events import EventService
from aeapp.services.fhir import FhirService
from aeapp.services.filters import FilterService
from aeapp.services.finding import FindingService
from aeapp.services.gate import GateService
from aeapp.services.importing import ImportService
from aeapp.services.importing_messages import MessageImportService
from aeapp.services.importing_scores import ScoreTableService
from aeapp.services.importing_tables import TableImportService
from aeapp.services.inspection import InspectionService
from aeapp.services.inspection_bundle import Packing
from aeapp.services.lifecycle import LifecycleService
from aeapp.services.listings import ListingService
from aeapp.services.lot_documents import LotDocumentService
from aeapp.services.lots import LotService
from aeapp.services.message_batch import MessageBatchService
from aeapp.services.message_check import Checked
from aeapp.services.messages import MessageService
from aeapp.services.notes import NoteService
from aeapp.services.official_forms import OfficialFormService
from aeapp.services.outcomes import OutcomeService
from aeapp.services.palette import PaletteService
from aeapp.services.past_recodings import PastRecodings
from aeapp.services.patients import PatientService
from aeapp.services.planning import PlanService
from aeapp.services.pregnancies import PregnancyService
from aeapp.services.profile import ProfileService
from aeapp.services.protocols import ProtocolService
from aeapp.services.questions import QuestionService
from aeapp.services.register import RegisterService
from aeapp.services.rems import RemsService
from aeapp.services.report_forms import ReportForms
from aeapp.services.safety import SafetyService
from aeapp.services.scale_files import ScaleFileService
from aeapp.services.scale_schedules import ScheduleService
from aeapp.services.scales import ScaleService
from aeapp.services.schema_sets import SchemaSetService
from aeapp.services.sending import SendingService
from aeapp.services.session_documents import SessionDocumentService
from aeapp.services.session_list import SessionListService
from aeapp.services.sessions import SessionService
from aeapp.services.signals import SignalService
from aeapp.services.stock import StockService
from aeapp.services.studies import StudyService
from aeapp.services.table_mapping import TableMappingService
from aeapp.services.telling import TellingService
from aeapp.services.terminologies import TerminologyService
from aeapp.services.versions import VersionService
from aeapp.services.watching import WatchService
from aeapp.services.worklist import WorklistService
from aeapp.trail.chain import Head
from aeapp.trail.entry import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongTries:
    """Times of wrong logins before this one, as far as they were kept: the newest twenty each.

    Attributes:
        own: Under the name of this person.
        unknown: Under names that nobody has.
    """

    own: tuple[dt.datetime, ...] = ()
    unknown: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class App:
    """The services of one open clinic.

    Attributes:
        close: Sign an anchor, close the files, wipe the keys.
        head: The newest entry of the trail.
        check_file: Read the whole file once, after opening and on a thread; a damaged one raises
            and takes nothing more.
        tries: Wrong logins before this one.
        keep_anchored: Remember the head outside where it has waited long enough; for a timer.
    """

    context: WorkContext
    patients: PatientService
    sessions: SessionService
    session_list: SessionListService
    board: BoardService
    planning: PlanService
    gate: GateService
    endings: EndingService
    amending: AmendingService
    rems: RemsService
    protocols: ProtocolService
    dosing: DosingService
    stock: StockService
    lots: LotService
    lot_papers: LotDocumentService
    watching: WatchService
    cases: CaseService
    report_forms: ReportForms
    assessing: AssessingService
    documents: DocumentService
    batch: BatchService
    register: RegisterService
    official_forms: OfficialFormService
    schema_sets: SchemaSetService
    events: EventService
    telling: TellingService
    pregnancies: PregnancyService
    studies: StudyService
    notes: NoteService
    palette: PaletteService
    scales: ScaleService
    course_papers: CourseDocumentService
    scale_files: ScaleFileService
    schedules: ScheduleService
    safety: SafetyService
    coding: CodingService
    recodings: PastRecodings
    terminologies: TerminologyService
    duplicates: DuplicateService
    calls: CallService
    papers: SessionDocumentService
    drafts: DraftService
    dose_drafts: DoseDrafts
    importing: ImportService
    deciding: DecidingService
    sending: SendingService
    lifecycle: LifecycleService
    versions: VersionService
    questions: QuestionService
    inspection: InspectionService
    listings: ListingService
    outcomes: OutcomeService
    signals: SignalService
    messages: MessageService
    message_import: MessageImportService
    acknowledgements: AcknowledgementService
    message_batches: MessageBatchService
    fhir: FhirService
    clinic_copy: ClinicCopyService
    tables: TableImportService
    table_mappings: TableMappingService
    score_tables: ScoreTableService
    packing: Packing
    worklist: WorklistService
    filters: FilterService
    profile: ProfileService
    finding: FindingService
    attaching: AttachingService
    close: Callable[[], None]
    head: Callable[[], Head]
    check_file: Callable[[], None]
    keep_anchored: Callable[[], None]
    folder: Path | None = None
    tries: WrongTries = WrongTries()

    @property
    def who(self) -> Actor:
        """Return the person who is logged in."""
        return self.context.who

    @property
    def clinic(self) -> Clinic:
        """Return the clinic as it was at login."""
        return self.context.clinic


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewClinic:
    """What making a clinic asks: the clinic, its first person, and that person's password."""

    target: Path
    clinic: Clinic
    user_name: str
    display_name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One result of ``doctor``: what was looked at, whether it is good, and the figure."""

    name: str
    good: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Health:
    """What ``doctor`` found."""

    lines: tuple[HealthLine, ...] = field(default_factory=tuple)

    @property
    def good(self) -> bool:
        """Tell whether every line is good."""
        return all(line.good for line in self.lines)


class Clinics(Protocol):
    """Makes and opens clinics; bootstrap fulfils it."""

    def load(self) -> None:
        """Load ahead of time what making or opening a clinic needs; on a thread."""

    def create(self, new: NewClinic) -> App:
        """Make an empty clinic and log its first person in."""

    def open(self, target: str, user_name: str, password: str) -> App:
        """Open a clinic folder, or a PostgreSQL server by its URL, as ``user_name``."""

    def look_into(self, path: Path, progress: Progress) -> ClinicFile:
        """Say what is in a ZIP of a whole clinic; none has to be open."""

    def check_message(self, path: Path, profile: Profile, schemas: Path | None = None) -> Checked:
        """Say what is wrong with an electronic message of anybody's; no clinic has to be open."""

    def health(self, app: App) -> Health:
        """Check settings, integrity, schema and trail of the open clinic."""

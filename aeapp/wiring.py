"""Make the services of an open clinic, group by group; nothing heavy is loaded before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aeapp.domain.listings import TableFormat
from aeapp.readers.late import LateTerminologies, vitals_readers
from aeapp.services.acknowledging import AcknowledgementService
from aeapp.services.amending import AmendingService
from aeapp.services.assessing import AssessingService
from aeapp.services.batch import BatchService
from aeapp.services.board import BoardService
from aeapp.services.calls import CallService
from aeapp.services.cases import CaseService
from aeapp.services.clinic_archive import ClinicFormat
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
from aeapp.services.freezing import Freezer
from aeapp.services.gate import GateService
from aeapp.services.importing import ImportService
from aeapp.services.importing_messages import MessageImportService
from aeapp.services.importing_scores import ScoreTableService
from aeapp.services.importing_tables import RecordFiles, TableImportService
from aeapp.services.inspection import InspectionService
from aeapp.services.lifecycle import LifecycleService
from aeapp.services.listings import ListingService
from aeapp.services.lot_documents import LotDocumentService
from aeapp.services.lots import LotService
from aeapp.services.message_batch import MessageBatchService
from aeapp.services.message_check import MessageFormat
from aeapp.services.message_drawing import MessageDrawer
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
from aeapp.services.table_mapping import TableMappingService
from aeapp.services.telling import TellingService
from aeapp.services.terminologies import TerminologyService
from aeapp.services.versions import VersionService
from aeapp.services.watching import WatchService
from aeapp.services.worklist import WorklistService

if TYPE_CHECKING:
    from aeapp.vault.opened import OpenVault
    from exports.documents import PdfOfficialFiller


def services_of(
    context: WorkContext,
    freezer: Freezer,
    filler: PdfOfficialFiller,
    drawer: MessageDrawer,
    vault: OpenVault,
) -> dict[str, Any]:
    """Return the services of an open clinic, by the names that the program has for them."""
    reports = _reports(context, freezer, filler)
    return {
        **reports,
        **_room(context),
        **_stock(context, reports["cases"]),
        **_course(context),
        **_scales(context, vault),
        **_coding(context),
        **_sent(context, freezer, vault),
        **_told(context, drawer),
        **_at_hand(context),
    }


def _reports(context: WorkContext, freezer: Freezer, filler: PdfOfficialFiller) -> dict[str, Any]:
    """Return the services that make cases and what is written of them."""
    from exports.documents import PdfArchives, PdfPages  # noqa: PLC0415 - not before needed

    cases = CaseService(context)
    documents = DocumentService(context, freezer, PdfPages())
    return {
        "cases": cases,
        "documents": documents,
        "batch": BatchService(cases, documents),
        "register": RegisterService(context),
        "report_forms": ReportForms(context),
        "official_forms": OfficialFormService(context, filler),
        "assessing": AssessingService(context),
        "pregnancies": PregnancyService(context, cases),
        "importing": ImportService(context, PdfArchives(), vitals_readers()),
        "deciding": DecidingService(context),
    }


def _at_hand(context: WorkContext) -> dict[str, Any]:
    """Return the services of what lies before a person: drafts, worklist, searches, the clinic."""
    return {
        "drafts": DraftService(context),
        "dose_drafts": DoseDrafts(context),
        "worklist": WorklistService(context),
        "filters": FilterService(context),
        "profile": ProfileService(context),
        "finding": FindingService(context),
    }


def _room(context: WorkContext) -> dict[str, Any]:
    """Return the services of patients and of sessions."""
    dosing = DosingService(context)
    return {
        "patients": PatientService(context),
        "sessions": SessionService(context),
        "session_list": SessionListService(context),
        "board": BoardService(context),
        "planning": PlanService(context),
        "gate": GateService(context),
        "endings": EndingService(context),
        "rems": RemsService(context),
        "protocols": ProtocolService(context),
        "dosing": dosing,
        "amending": AmendingService(context, dosing),
        "watching": WatchService(context),
    }


def _course(context: WorkContext) -> dict[str, Any]:
    """Return the services for what happens in the course of a session and after it."""
    from exports.documents import PdfSessionRenderer  # noqa: PLC0415 - not before needed

    return {
        "events": EventService(context),
        "telling": TellingService(context),
        "notes": NoteService(context),
        "palette": PaletteService(context),
        "calls": CallService(context),
        "papers": SessionDocumentService(context, PdfSessionRenderer()),
    }


def _scales(context: WorkContext, vault: OpenVault) -> dict[str, Any]:
    """Return the services for symptom scales and for what their answers ask."""
    from exports.documents import PdfCourseRenderer  # noqa: PLC0415 - not before needed

    scale_files = ScaleFileService(context)
    return {
        **_tables(context, scale_files),
        "course_papers": CourseDocumentService(context, PdfCourseRenderer()),
        "scales": ScaleService(context, vault.check_password),
        "scale_files": scale_files,
        "schedules": ScheduleService(context),
        "safety": SafetyService(context),
    }


def _tables(context: WorkContext, scale_files: ScaleFileService) -> dict[str, Any]:
    """Return the services that take in tables of records."""
    from aeapp.readers.tables import table_text  # noqa: PLC0415 - not before needed
    from exports.tables.mending import mending_of  # noqa: PLC0415 - as above

    files = RecordFiles(table_text, mending_of)
    tables = TableImportService(context, files)
    return {
        "tables": tables,
        "table_mappings": TableMappingService(context, files),
        "score_tables": ScoreTableService(context, files, tables, scale_files),
    }


def _sent(context: WorkContext, freezer: Freezer, vault: OpenVault) -> dict[str, Any]:
    """Return the services for the life of a report: steps, what was sent, questions about it."""
    from exports.documents import (  # noqa: PLC0415 - not before needed
        PdfDifferencePrinter,
        PdfInspectionRenderer,
    )

    return {
        "sending": SendingService(context, freezer),
        "lifecycle": LifecycleService(context, vault.check_password),
        "versions": VersionService(context, freezer, PdfDifferencePrinter()),
        "questions": QuestionService(context),
        "inspection": InspectionService(context, PdfInspectionRenderer()),
    }


def message_format() -> MessageFormat:
    """Return how electronic messages become files and back."""
    from aeapp.readers.e2b import read_nodes, stream_nodes  # noqa: PLC0415 - not before needed
    from aeapp.readers.schema_sets import check_long, check_schema  # noqa: PLC0415 - as above
    from exports.e2b.xml_file import pieces_of, xml_of  # noqa: PLC0415 - as above

    return MessageFormat(xml_of, read_nodes, check_schema, pieces_of, stream_nodes, check_long)


def _told(context: WorkContext, drawer: MessageDrawer) -> dict[str, Any]:
    """Return the services for what is told of many records at once."""
    from aeapp.readers.clinic_zip import opened  # noqa: PLC0415 - not before needed
    from aeapp.readers.e2b import read_acknowledgement  # noqa: PLC0415 - not before needed
    from aeapp.readers.schema_sets import probe_schemas  # noqa: PLC0415 - not before needed
    from exports.clinic_zip import ClinicZip  # noqa: PLC0415 - not before needed
    from exports.documents import PdfOutcomesRenderer  # noqa: PLC0415 - not before needed
    from exports.tables.csv_file import csv_of  # noqa: PLC0415 - not before needed
    from exports.tables.xlsx_file import xlsx_of  # noqa: PLC0415 - as above

    kinds = message_format()
    messages = MessageService(context, kinds, drawer)
    writers = {TableFormat.CSV: csv_of, TableFormat.XLSX: xlsx_of}
    return {
        "listings": ListingService(context, writers),
        "outcomes": OutcomeService(context, PdfOutcomesRenderer()),
        "signals": SignalService(context),
        "messages": messages,
        "message_batches": MessageBatchService(context, kinds, drawer, messages),
        "schema_sets": SchemaSetService(context, probe_schemas),
        "message_import": MessageImportService(context, kinds),
        "acknowledgements": AcknowledgementService(context, read_acknowledgement),
        "fhir": FhirService(context),
        "clinic_copy": ClinicCopyService(context, ClinicFormat(ClinicZip, opened)),
    }


def _stock(context: WorkContext, cases: CaseService) -> dict[str, Any]:
    """Return the services for products and lots."""
    from exports.documents import PdfLotRenderer  # noqa: PLC0415 - not before needed

    stock = StockService(context)
    return {
        "stock": stock,
        "lots": LotService(context, cases),
        "lot_papers": LotDocumentService(context, stock, PdfLotRenderer()),
    }


def _coding(context: WorkContext) -> dict[str, Any]:
    """Return the services for what events are called, and whether they were told before."""
    return {
        "coding": CodingService(context),
        "recodings": PastRecodings(context),
        "duplicates": DuplicateService(context),
        "terminologies": TerminologyService(context, LateTerminologies()),
    }

"""One module a record: what the clinic writes down, each fact typed once.

``ALL_RECORDS`` lists every record class, those first to which others link.
"""

from __future__ import annotations

from aeapp.domain.items import Record
from aeapp.domain.records.acknowledgement import Acknowledgement
from aeapp.domain.records.administration import Administration
from aeapp.domain.records.approval import Approval
from aeapp.domain.records.assessment import Assessment
from aeapp.domain.records.attachment import Attachment
from aeapp.domain.records.awareness import Awareness
from aeapp.domain.records.call import Call
from aeapp.domain.records.case import CaseFile
from aeapp.domain.records.check import Check
from aeapp.domain.records.clinic import Clinic
from aeapp.domain.records.column_mapping import ColumnMapping
from aeapp.domain.records.consent import Consent
from aeapp.domain.records.decision import Decision
from aeapp.domain.records.disclosure import Disclosure
from aeapp.domain.records.event import Event
from aeapp.domain.records.label_list import LabelList
from aeapp.domain.records.lot_rule import LotRule
from aeapp.domain.records.movement import StockMovement
from aeapp.domain.records.note import Note
from aeapp.domain.records.observation import Observation
from aeapp.domain.records.official_form import OfficialForm
from aeapp.domain.records.patient import Patient
from aeapp.domain.records.pregnancy import Pregnancy
from aeapp.domain.records.product import Lot, Product
from aeapp.domain.records.proposal import Proposal
from aeapp.domain.records.protocol import Protocol
from aeapp.domain.records.question import Question
from aeapp.domain.records.reminder import Reminder
from aeapp.domain.records.report import Report
from aeapp.domain.records.report_version import ReportVersion
from aeapp.domain.records.reporter import Reporter
from aeapp.domain.records.request import Request
from aeapp.domain.records.safety_review import SafetyReview
from aeapp.domain.records.saved_filter import SavedFilter
from aeapp.domain.records.saved_search import SavedSearch
from aeapp.domain.records.scale import Scale
from aeapp.domain.records.scale_schedule import ScaleSchedule
from aeapp.domain.records.scale_wording import ScaleWording
from aeapp.domain.records.schema_set import SchemaSet
from aeapp.domain.records.score import Score
from aeapp.domain.records.sending import Sending
from aeapp.domain.records.sent_message import SentMessage
from aeapp.domain.records.session import Session
from aeapp.domain.records.staff import Staff
from aeapp.domain.records.study import Study, Unblinding
from aeapp.domain.records.terminology import TermBlock, Terminology
from aeapp.domain.records.watch_rule import WatchRule

ALL_RECORDS: tuple[type[Record], ...] = (
    Clinic,
    Staff,
    Patient,
    Study,
    Product,
    Lot,
    Session,
    Administration,
    Observation,
    Pregnancy,
    CaseFile,
    Event,
    Check,
    Note,
    Scale,
    ScaleWording,
    ScaleSchedule,
    Score,
    SafetyReview,
    Proposal,
    StockMovement,
    Call,
    Protocol,
    WatchRule,
    LotRule,
    Terminology,
    TermBlock,
    OfficialForm,
    SchemaSet,
    Reporter,
    Awareness,
    Consent,
    Decision,
    LabelList,
    Assessment,
    Report,
    Approval,
    ReportVersion,
    Sending,
    Request,
    Question,
    Reminder,
    Unblinding,
    SavedSearch,
    SavedFilter,
    ColumnMapping,
    Attachment,
    Disclosure,
    SentMessage,
    Acknowledgement,
)

BY_KIND: dict[str, type[Record]] = {cls.KIND: cls for cls in ALL_RECORDS}

__all__ = [
    "ALL_RECORDS",
    "BY_KIND",
    "Acknowledgement",
    "Administration",
    "Approval",
    "Assessment",
    "Attachment",
    "Awareness",
    "Call",
    "CaseFile",
    "Check",
    "Clinic",
    "ColumnMapping",
    "Consent",
    "Decision",
    "Disclosure",
    "Event",
    "LabelList",
    "Lot",
    "LotRule",
    "Note",
    "Observation",
    "OfficialForm",
    "Patient",
    "Pregnancy",
    "Product",
    "Proposal",
    "Protocol",
    "Question",
    "Reminder",
    "Report",
    "ReportVersion",
    "Reporter",
    "Request",
    "SafetyReview",
    "SavedFilter",
    "SavedSearch",
    "Scale",
    "ScaleSchedule",
    "ScaleWording",
    "SchemaSet",
    "Score",
    "Sending",
    "SentMessage",
    "Session",
    "Staff",
    "StockMovement",
    "Study",
    "TermBlock",
    "Terminology",
    "Unblinding",
    "WatchRule",
]

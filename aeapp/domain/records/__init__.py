"""One module a record: what the clinic writes down, each fact typed once.

``ALL_RECORDS`` lists every record class, those first to which others link.
"""

from __future__ import annotations

from aeapp.domain.items import Record
from aeapp.domain.records.administration import Administration
from aeapp.domain.records.awareness import Awareness
from aeapp.domain.records.case import CaseFile
from aeapp.domain.records.clinic import Clinic
from aeapp.domain.records.consent import Consent
from aeapp.domain.records.decision import Decision
from aeapp.domain.records.event import Event
from aeapp.domain.records.observation import Observation
from aeapp.domain.records.patient import Patient
from aeapp.domain.records.product import Lot, Product
from aeapp.domain.records.report import Report
from aeapp.domain.records.reporter import Reporter
from aeapp.domain.records.session import Session
from aeapp.domain.records.staff import Staff

ALL_RECORDS: tuple[type[Record], ...] = (
    Clinic,
    Staff,
    Patient,
    Product,
    Lot,
    Session,
    Administration,
    Observation,
    CaseFile,
    Event,
    Reporter,
    Awareness,
    Consent,
    Decision,
    Report,
)

BY_KIND: dict[str, type[Record]] = {cls.KIND: cls for cls in ALL_RECORDS}

__all__ = [
    "ALL_RECORDS",
    "BY_KIND",
    "Administration",
    "Awareness",
    "CaseFile",
    "Clinic",
    "Consent",
    "Decision",
    "Event",
    "Lot",
    "Observation",
    "Patient",
    "Product",
    "Report",
    "Reporter",
    "Session",
    "Staff",
]

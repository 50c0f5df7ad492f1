"""Lists of the form for mandatory reporters (Form FDA 3500A, 09/2025), as it prints them."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class Capacity(CodeList):
    """As what the clinic owes a report; decides which of sections F and G it fills."""

    USER_FACILITY = "user-facility", N_("Device user facility (section F)")
    OUTSOURCING = "outsourcing", N_("Outsourcing facility (section G)")
    SPONSOR = "sponsor", N_("Sponsor-investigator (section G)")
    INVESTIGATOR = "investigator", N_("Investigator (the sponsor fills section G)")


class FacilityRole(CodeList):
    """Who fills section F (3500A F1); a clinic imports no devices."""

    USER_FACILITY = "user-facility", "User Facility"
    IMPORTER = "importer", "Importer"


class Round(CodeList):
    """First report or a later one (3500A F7 and G6)."""

    INITIAL = "initial", "Initial"
    FOLLOW_UP = "follow-up", "Follow-up #"


class EventPlace(CodeList):
    """Location where the event occurred (3500A F11)."""

    AMBULATORY_SURGERY = "ambulatory-surgery", "Ambulatory Surgical Facility"
    HOME = "home", "Home"
    HOSPITAL = "hospital", "Hospital"
    OUTPATIENT_TREATMENT = "outpatient-treatment", "Outpatient Treatment Facility"
    OUTPATIENT_DIAGNOSTIC = "outpatient-diagnostic", "Outpatient Diagnostic Facility"
    NURSING_HOME = "nursing-home", "Nursing Home"
    OTHER = "other", "Other (Specify)"


class ReportSource(CodeList):
    """Where the report came from (3500A G2)."""

    FOREIGN = "foreign", "Foreign"
    STUDY = "study", "Study"
    LITERATURE = "literature", "Literature"
    CONSUMER = "consumer", "Consumer"
    HEALTH_PROFESSIONAL = "professional", "Health Professional"
    USER_FACILITY = "user-facility", "User Facility"
    COMPANY = "company", "Company Representative"
    DISTRIBUTOR = "distributor", "Distributor/Importer"
    OTHER = "other", "Other (Please list)"


class MarketStatus(CodeList):
    """How a product comes to patients (3500A G4, boxes)."""

    COMBINATION = "combination", "Combination product"
    PRE_ANDA = "pre-anda", "Pre-ANDA"
    PRE_1938 = "pre-1938", "Pre-1938"
    OTC = "otc", "OTC"
    COMPOUNDED = "compounded", "Compounded Product"


class TimeLimit(CodeList):
    """Which report it is by its time limit (3500A G6)."""

    FIVE_DAYS = "5-day", "5-day"
    SEVEN_DAYS = "7-day", "7-day"
    FIFTEEN_DAYS = "15-day", "15-day"
    THIRTY_DAYS = "30-day", "30-day"
    PERIODIC = "periodic", "Non-expedited (periodic)"

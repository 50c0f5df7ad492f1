"""Lists of the clinic's own work: settings, routes of the chair, readings, people."""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class Role(CodeList):
    """What an account may do (roles of the access matrix)."""

    NURSE = "nurse", N_("Nurse")
    PRESCRIBER = "prescriber", N_("Prescriber")
    COMPLIANCE = "compliance", N_("Compliance lead")
    ADMIN = "admin", N_("Administrator")
    AUDITOR = "auditor", N_("Auditor")


class FacilityType(CodeList):
    """What the clinic is to a regulator; decides which duties can apply."""

    PHYSICIAN_OFFICE = "office", N_("Physician office")
    OUTPATIENT = "outpatient", N_("Outpatient treatment facility (a device user facility)")
    USER_FACILITY = "user-facility", N_("Device user facility (hospital, surgery center)")
    OUTSOURCING = "outsourcing", N_("Outsourcing facility (503B)")
    UNSURE = "unsure", N_("Not sure whether a device user facility")


class ClinicDuty(CodeList):
    """What the clinic is besides its kind of facility; each brings reporting duties of its own."""

    IND_INVESTIGATOR = "ind-investigator", N_("Investigator of a study under an IND")
    SPONSOR_INVESTIGATOR = "sponsor-investigator", N_("Sponsor-investigator (holds the IND)")
    EXEMPT_STUDY = "exempt-study", N_("Runs an IND-exempt BA/BE study")
    IDE_INVESTIGATOR = "ide-investigator", N_("Investigator of a device study (IDE)")
    REMS_SITE = "rems-site", N_("Certified under a REMS")
    DEA_REGISTRANT = "dea-registrant", N_("DEA registrant")
    COVERED_ENTITY = "covered-entity", N_("Covered entity under HIPAA")
    PARTNER = "partner", N_("Bound by a study protocol or safety contract with a time")
    STATE = "state", N_("Bound by a state rule on transfers to hospital and deaths")


class Setting(CodeList):
    """Where a treatment session takes place."""

    CLINIC = "clinic", N_("Clinic")
    HOME = "home", N_("Home")


class SessionRoute(CodeList):
    """How the dose is given, as a clinic says it."""

    IV_INFUSION = "iv-infusion", N_("IV infusion")
    IV_PUSH = "iv-push", N_("IV push")
    IM = "im", N_("Intramuscular")
    NASAL = "nasal", N_("Nasal")
    SUBLINGUAL = "sublingual", N_("Sublingual")
    ORAL = "oral", N_("Oral")


class SessionEnd(CodeList):
    """How a session ended."""

    DISCHARGED = "discharged", N_("Discharged")
    AGAINST_ADVICE = "against-advice", N_("Left against advice")
    TRANSFERRED = "transferred", N_("Transferred")
    ABORTED = "aborted", N_("Aborted")
    DIED = "died", N_("Died")


class ObservationKind(CodeList):
    """What was measured."""

    BLOOD_PRESSURE = "bp", N_("Blood pressure")
    HEART_RATE = "hr", N_("Heart rate")
    OXYGEN_SATURATION = "spo2", N_("Oxygen saturation")
    RESPIRATORY_RATE = "rr", N_("Respiratory rate")
    TEMPERATURE = "temperature", N_("Temperature")
    END_TIDAL_CO2 = "etco2", N_("End-tidal CO2")
    WEIGHT = "weight", N_("Weight")
    MOAA_S = "moaas", N_("MOAA/S")
    CADSS_6 = "cadss6", N_("CADSS-6")
    PAIN = "pain", N_("Pain")
    NAUSEA = "nausea", N_("Nausea")
    LABORATORY = "lab", N_("Laboratory or other test")


class ObservationSource(CodeList):
    """Where a reading comes from."""

    STAFF = "staff", N_("Read by staff")
    CUFF = "cuff", N_("Cuff monitor")
    ARTERIAL = "arterial", N_("Arterial line")
    ECG = "ecg", N_("ECG monitor")
    OXIMETER = "oximeter", N_("Oximeter")
    MONITOR = "monitor", N_("Monitor")
    PATIENT = "patient", N_("Told by the patient")
    OUTSIDE = "outside", N_("Outside record")


class ObservationStatus(CodeList):
    """Whether a reading counts; the reading itself is never erased."""

    VALID = "valid", N_("Valid")
    QUESTIONED = "questioned", N_("To be looked at")
    ARTEFACT = "artefact", N_("Artefact")
    STRUCK = "struck", N_("Struck through")


class ReadingUnit(CodeList):
    """Units a reading may carry, one list for all kinds."""

    MMHG = "mmHg", "mmHg"
    PER_MINUTE = "/min", "/min"
    PERCENT = "%", "%"
    CELSIUS = "Cel", "°C"
    FAHRENHEIT = "[degF]", "°F"
    KILOGRAM = "kg", "kg"
    POUND = "[lb_av]", "lb"
    SCORE = "{score}", N_("points")


class RateUnit(CodeList):
    """Units of an infusion rate."""

    MG_PER_MIN = "mg/min", "mg/min"
    MG_PER_H = "mg/h", "mg/h"
    MG_PER_KG_H = "mg/kg/h", "mg/kg/h"
    ML_PER_H = "mL/h", "mL/h"


class TimeUnit(CodeList):
    """Units of how long an event lasted (E2B(R3) E.i.6b)."""

    SECOND = "s", N_("second(s)")
    MINUTE = "min", N_("minute(s)")
    HOUR = "h", N_("hour(s)")
    DAY = "d", N_("day(s)")
    WEEK = "wk", N_("week(s)")
    MONTH = "mo", N_("month(s)")
    YEAR = "a", N_("year(s)")


class GestationUnit(CodeList):
    """Units of how far a pregnancy was (E2B(R3) G.k.6b)."""

    DAY = "d", N_("day(s)")
    WEEK = "wk", N_("week(s)")
    MONTH = "mo", N_("month(s)")
    TRIMESTER = "{trimester}", N_("trimester")


class DurationUnit(CodeList):
    """Units of a duration (item D3)."""

    MINUTE = "min", "Minute(s)"
    HOUR = "h", "Hour(s)"
    DAY = "d", "Day(s)"
    WEEK = "wk", "Week(s)"
    MONTH = "mo", "Month(s)"
    YEAR = "a", "Year(s)"


class Relation(CodeList):
    """Who a reporter is to the patient."""

    STAFF = "staff", N_("Staff of this clinic")
    OUTSIDE_PROFESSIONAL = "professional", N_("Health professional elsewhere")
    PATIENT = "patient", N_("The patient")
    RELATIVE = "relative", N_("Relative or friend")
    LAWYER = "lawyer", N_("A lawyer")
    OTHER = "other", N_("Somebody else")


class ReportDecision(CodeList):
    """What was decided about an event."""

    REPORT = "report", N_("Report")
    NO_REPORT = "no-report", N_("No report")


class Destination(CodeList):
    """Where a report goes."""

    FDA = "fda", N_("FDA MedWatch")
    MANUFACTURER = "manufacturer", N_("Manufacturer or compounder")
    REMS = "rems", N_("REMS")
    SPONSOR = "sponsor", N_("Sponsor or IRB")
    OTHER = "other", N_("Other recipient")


class Obligation(CodeList):
    """Whether a report is owed or offered."""

    DUTY = "duty", N_("Duty")
    CHOICE = "choice", N_("Choice")


class ReportState(CodeList):
    """Where a report stands; sending is recorded apart from it."""

    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in-review", N_("In review")
    READY = "ready", N_("Ready")
    RECORDED_SENT = "recorded-sent", N_("Recorded as sent")
    ACKNOWLEDGED = "acknowledged", N_("Acknowledged")
    CLOSED = "closed", N_("Closed")
    VOID = "void", N_("Void")


class Channel(CodeList):
    """How a report or an answer went out."""

    PHONE = "phone", N_("By telephone")
    ONLINE = "online", N_("Web form or portal")
    FAX = "fax", N_("By fax")
    MAIL = "mail", N_("By mail")
    GATEWAY = "gateway", N_("Electronic gateway")
    HAND = "hand", N_("By hand")


class Asker(CodeList):
    """Who asks the clinic about a report."""

    FDA = "fda", N_("FDA")
    MAKER = "maker", N_("Manufacturer or compounder")
    BOARD = "board", N_("IRB or board")


class RequestAnswer(CodeList):
    """How a question of a request was answered; without an answer it is open."""

    ANSWERED = "answered", N_("Answered")
    NOT_AVAILABLE = "not-available", N_("Not available")


class PatientInvolvement(CodeList):
    """Whether a patient was reached at all."""

    PATIENT = "patient", N_("A patient")
    NONE = "none", N_("No patient was reached")
    UNIDENTIFIED = "unidentified", N_("A patient we cannot identify")


class ConsentKind(CodeList):
    """What a consent covers."""

    TREATMENT = "treatment", N_("Treatment")
    DISCLOSURE = "disclosure", N_("Disclosure of records")
    REMS = "rems", N_("REMS enrolment")


class MedicineRole(CodeList):
    """Why a medicine is in the list."""

    CONCOMITANT = "concomitant", N_("Taken at the time")
    EVENT_TREATMENT = "treatment", N_("Given to treat the event")
    PAST = "past", N_("Taken in the past")


class PregnancyOutcome(CodeList):
    """How a pregnancy ended; none of them says whether the child is well."""

    LIVE_BIRTH = "live-birth", N_("Live birth")
    MISCARRIAGE = "miscarriage", N_("Miscarriage")
    STILLBIRTH = "stillbirth", N_("Stillbirth")
    TERMINATED = "terminated", N_("Ended on purpose")
    ECTOPIC = "ectopic", N_("Ectopic pregnancy")
    LOST = "lost", N_("Lost to follow-up")


class DeathSource(CodeList):
    """How the date of a death is known."""

    SEEN = "seen", N_("Seen by the clinic")
    TOLD = "told", N_("Told by somebody")
    CERTIFICATE = "certificate", N_("Death certificate")
    EXAMINER = "examiner", N_("Report of an autopsy or a medical examiner")

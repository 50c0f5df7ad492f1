"""Lists of the safety world: what FDA's forms and ICH E2B(R3) offer as answers.

Words of official captions stay as printed and are not translated.
"""

from __future__ import annotations

from aeapp.domain.codelists import CodeList
from aeapp.kernel.i18n import N_


class Sex(CodeList):
    """Sex had or assigned at birth (3500 A3; E2B(R3) D.5)."""

    MALE = "1", "Male"
    FEMALE = "2", "Female"


class AgeUnit(CodeList):
    """Units of age (3500 A2; E2B(R3) D.2.2b in UCUM)."""

    YEAR = "a", "Year(s)"
    MONTH = "mo", "Month(s)"
    WEEK = "wk", "Week(s)"
    DAY = "d", "Day(s)"


class AgeGroup(CodeList):
    """About how old, as a reporter says it (E2B(R3) D.2.3)."""

    FOETUS = "0", N_("Foetus")
    NEONATE = "1", N_("Newborn")
    INFANT = "2", N_("Infant")
    CHILD = "3", N_("Child")
    ADOLESCENT = "4", N_("Adolescent")
    ADULT = "5", N_("Adult")
    ELDERLY = "6", N_("Elderly")


class WeightUnit(CodeList):
    """Units of weight on the form (3500 A4)."""

    LB = "lb", "lb"
    KG = "kg", "kg"


class Race(CodeList):
    """Race and/or ethnicity, one combined question (3500 A5; codes by NCI thesaurus)."""

    AMERICAN_INDIAN = "C41259", "American Indian or Alaska Native"
    ASIAN = "C41260", "Asian"
    BLACK = "C16352", "Black or African American"
    HISPANIC = "C17459", "Hispanic or Latino"
    MIDDLE_EASTERN = "C77820", "Middle Eastern or North African"
    PACIFIC = "C41219", "Native Hawaiian or Pacific Islander"
    WHITE = "C41261", "White"


class ReportType(CodeList):
    """Type of report (3500 B1)."""

    ADVERSE_EVENT = "ae", "Adverse Event"
    ERROR = "error", "Product Use/Medication Error"
    PRODUCT_PROBLEM = "problem", "Product Problem (e.g., defects/malfunctions)"
    DIFFERENT_MANUFACTURER = "maker", "Problem with Different Manufacturer of Same Medicine"


class Seriousness(CodeList):
    """Outcome attributed to the adverse event (3500 B2; E2B(R3) E.i.3.2)."""

    DEATH = "death", "Death"
    HOSPITALIZATION = "hospitalization", "Hospitalization (Initial or prolonged)"
    LIFE_THREATENING = "life-threatening", "Life-threatening"
    DISABILITY = "disability", "Disability or Permanent Damage"
    INTERVENTION = (
        "intervention",
        "Required Intervention to Prevent Permanent Impairment/Damage",
    )
    CONGENITAL = "congenital", "Congenital Anomaly/Birth Defects"
    OTHER = "other", "Other Serious or Important Medical Events"


class Severity(CodeList):
    """How strong an event was; never how serious. 5 comes only with the outcome."""

    MILD = "1", N_("1 Mild")
    MODERATE = "2", N_("2 Moderate")
    SEVERE = "3", N_("3 Severe")
    LIFE_THREATENING = "4", N_("4 Life-threatening consequences")
    DEATH = "5", N_("5 Death")


class Outcome(CodeList):
    """Outcome of the event at the last observation (E2B(R3) E.i.7)."""

    RECOVERED = "1", N_("Recovered")
    RECOVERING = "2", N_("Recovering")
    NOT_RECOVERED = "3", N_("Not recovered")
    SEQUELAE = "4", N_("Recovered with sequelae")
    FATAL = "5", N_("Fatal")


class ActionTaken(CodeList):
    """Action taken with the suspect product (E2B(R3) G.k.8)."""

    WITHDRAWN = "1", N_("Stopped")
    REDUCED = "2", N_("Dose reduced")
    INCREASED = "3", N_("Dose increased")
    UNCHANGED = "4", N_("Dose not changed")


class Challenge(CodeList):
    """Answer about stopping or giving again (3500 D7 and D8)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "na", "Doesn’t apply"


class Availability(CodeList):
    """Product available for evaluation (3500 C1)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    RETURNED = "returned", "Returned to Manufacturer on"


class ProductType(CodeList):
    """Product type (3500 D5)."""

    BRAND = "brand", "Brand"
    GENERIC = "generic", "Generic or Biosimilar"
    OTC = "otc", "Over-the-Counter (OTC)"
    COMPOUNDED = "compounded", "Compounded product"
    COSMETIC_PROFESSIONAL = "cosmetic-pro", "Cosmetics for professional use only"
    COSMETIC_RETAIL = "cosmetic-retail", "Cosmetics sold on a retail basis"
    CANNABINOID = "cannabinoid", "Cannabinoid hemp products"
    OTHER = "other", "Other"


class Frequency(CodeList):
    """Frequency of use (3500 D2)."""

    BID = "BID", "BID"
    DAILY = "Daily", "Daily"
    HS = "HS", "HS"
    PRN = "PRN", "PRN"
    QID = "QID", "QID"
    TID = "TID", "TID"
    OTHER = "Other", "Other"


class DrugRole(CodeList):
    """What part a product plays in the case (E2B(R3) G.k.1; the form's sections D and F)."""

    SUSPECT = "1", N_("Suspect")
    CONCOMITANT = "2", N_("Taken at the time")
    TREATMENT = "treatment", N_("Given to treat the event")
    INTERACTING = "3", N_("Interacting with another product")
    NOT_GIVEN = "4", N_("Not given")


class DrugInformation(CodeList):
    """What else is known of a suspect product (E2B(R3) G.k.10.r)."""

    COUNTERFEIT = "1", N_("Counterfeit")
    OVERDOSE = "2", N_("Overdose")
    FATHER = "3", N_("Taken by the father")
    EXPIRED = "4", N_("Taken beyond its expiry date")
    WITHIN = "5", N_("Lot tested and found within specifications")
    OUTSIDE = "6", N_("Lot tested and found outside of specifications")
    ERROR = "7", N_("Medication error")
    MISUSE = "8", N_("Misuse")
    ABUSE = "9", N_("Abuse")
    OCCUPATIONAL = "10", N_("Occupational exposure")
    OFF_LABEL = "11", N_("Off-label use")


class FdaDrugInformation(CodeList):
    """What else FDA asks of a product (FDA.G.k.10a)."""

    TEST = "1", N_("Test product of a bioequivalence study")
    REFERENCE = "2", N_("Reference product of a bioequivalence study")
    BULK = "3", N_("Bulk ingredient")
    COMPOUNDING = "4", N_("Bulk ingredient for compounding for people")
    PRIVATE_LABEL = "5", N_("Unapproved product of a private label")


class CombinationCategory(CodeList):
    """Kinds of combination products (FDA.G.k.10.1)."""

    KIT = "C102834", N_("Type 1, convenience kit or co-package")
    PREFILLED_DRUG = "C102835", N_("Type 2, prefilled drug delivery device or system")
    PREFILLED_BIOLOGIC = "C102836", N_("Type 3, prefilled biologic delivery device or system")
    COATED_DRUG = "C102837", N_("Type 4, device coated or combined with a drug")
    COATED_BIOLOGIC = "C102838", N_("Type 5, device coated or combined with a biologic")
    DRUG_BIOLOGIC = "C102839", N_("Type 6, drug and biologic")
    CROSS_LABELED = "C102840", N_("Type 7, separate products that name each other")
    MAYBE_CROSS_LABELED = "C102841", N_("Type 8, perhaps by labels that name each other")
    OTHER = "C102842", N_("Type 9, other combination product")


class RemedialAction(CodeList):
    """What was done about a device that failed (FDA.G.k.12.r.11.r; 3500A H7)."""

    RECALL = "1", N_("Recall")
    REPAIR = "2", N_("Repair")
    REPLACEMENT = "3", N_("Replacement")
    RELABELING = "4", N_("Relabeling")
    NOTIFICATION = "5", N_("Notification")
    INSPECTION = "6", N_("Inspection")
    MONITORING = "7", N_("Patient monitoring")
    MODIFICATION = "8", N_("Modification or adjustment")
    OTHER = "9", N_("Other")


class DeviceUsage(CodeList):
    """Whether a device was used before (FDA.G.k.12.r.8; 3500A H8)."""

    INITIAL = "1", N_("Initial use")
    REUSE = "2", N_("Reuse")
    UNKNOWN = "3", N_("Unknown")


class DeviceFollowUp(CodeList):
    """What is new of a device in a follow-up (FDA.G.k.12.r.2.r; 3500A H2)."""

    CORRECTION = "1", N_("Correction")
    ADDITIONAL = "2", N_("Additional information")
    RESPONSE = "3", N_("Response to a request of FDA")
    EVALUATION = "4", N_("Evaluation of the device")


class Highlighting(CodeList):
    """Whether the reporter named an event as a main concern (E2B(R3) E.i.3.1)."""

    NOT_SERIOUS = "1", N_("Highlighted, not serious")
    PLAIN_NOT_SERIOUS = "2", N_("Not highlighted, not serious")
    SERIOUS = "3", N_("Highlighted, serious")
    PLAIN_SERIOUS = "4", N_("Not highlighted, serious")


class StudyType(CodeList):
    """Type of study in which an event was observed (E2B(R3) C.5.4)."""

    TRIAL = "1", N_("Clinical trial")
    INDIVIDUAL_USE = "2", N_("Individual patient use")
    OTHER = "3", N_("Other study")


class DeviceOperator(CodeList):
    """Operator of device (3500 E5)."""

    PROFESSIONAL = "professional", "Health Professional"
    PATIENT = "patient", "Patient/Consumer"
    OTHER = "other", "Other"


class YesNoUnknown(CodeList):
    """Yes, no or unknown as boxes of a form (3500 E8)."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Unknown"


class Occupation(CodeList):
    """Occupation of the reporter (3500 G3)."""

    ADMINISTRATOR = "administrator", "Administrator/Supervisor"
    BIOMEDICAL_ENGINEER = "biomedical-engineer", "Biomedical Engineer"
    DENTIST = "dentist", "Dentist"
    NON_PROFESSIONAL = "non-professional", "Non-Health Professional"
    NURSE = "nurse", "Nurse"
    NURSE_PRACTITIONER = "nurse-practitioner", "Nurse Practitioner"
    OTHER_PROFESSIONAL = "other-professional", "Other Health Professional"
    PHARMACIST = "pharmacist", "Pharmacist"
    PHYSICIAN = "physician", "Physician"
    PHYSICIAN_ASSISTANT = "physician-assistant", "Physician Assistant"
    RISK_MANAGER = "risk-manager", "Risk Manager"
    SERVICER = "servicer", "Third Party Servicer"


class AlsoReportedTo(CodeList):
    """Also reported to (3500 G4)."""

    MANUFACTURER = "manufacturer", "Manufacturer/Compounder"
    USER_FACILITY = "user-facility", "User Facility"
    DISTRIBUTOR = "distributor", "Distributor/Importer"
    PACKER = "packer", "Packer"

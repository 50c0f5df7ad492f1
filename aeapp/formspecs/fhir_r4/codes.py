"""Codes of FHIR R4, LOINC and UCUM for the members of our lists, as data.

A member without a code here goes out in words: nothing is coded that the terminology does not say.

Source:
    FHIR R4 (4.0.1) code systems adverse-event-outcome, adverse-event-seriousness,
    adverse-event-severity, adverse-event-category, adverse-event-causality-assess,
    adverse-event-causality-method; LOINC; UCUM.
"""

from __future__ import annotations

from aeapp.domain.codelists.assessment import Causality, CausalityMethod
from aeapp.domain.codelists.clinic import ObservationKind, ReadingUnit
from aeapp.domain.codelists.safety import Outcome, ReportType, Seriousness, Severity, Sex
from aeapp.domain.codelists.units import DoseUnit

_Kind = ObservationKind
SYSTEMS = "http://terminology.hl7.org/CodeSystem/"
OUTCOMES = SYSTEMS + "adverse-event-outcome"
SERIOUSNESS = SYSTEMS + "adverse-event-seriousness"
SEVERITY = SYSTEMS + "adverse-event-severity"
CATEGORY = SYSTEMS + "adverse-event-category"
CAUSALITY = SYSTEMS + "adverse-event-causality-assess"
METHOD = SYSTEMS + "adverse-event-causality-method"
OBSERVATION_CATEGORY = SYSTEMS + "observation-category"
NDC = "http://hl7.org/fhir/sid/ndc"
MEDDRA = "https://www.meddra.org"

# Code and LOINC's name; a saturation read by an oximeter has the code of the profile and its own.
READINGS: dict[ObservationKind, tuple[tuple[str, str], ...]] = {
    _Kind.BLOOD_PRESSURE: (("85354-9", "Blood pressure panel with all children optional"),),
    _Kind.HEART_RATE: (("8867-4", "Heart rate"),),
    _Kind.RESPIRATORY_RATE: (("9279-1", "Respiratory rate"),),
    _Kind.TEMPERATURE: (("8310-5", "Body temperature"),),
    _Kind.OXYGEN_SATURATION: (("2708-6", "Oxygen saturation in Arterial blood"),),
    _Kind.END_TIDAL_CO2: (
        ("19891-1", "Carbon dioxide [Partial pressure] in Exhaled gas --at end expiration"),
    ),
    _Kind.WEIGHT: (("29463-7", "Body weight"),),
    _Kind.PAIN: (("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"),),
}
OXIMETRY = ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry")
PARTS = {
    "systolic": ("8480-6", "Systolic blood pressure"),
    "diastolic": ("8462-4", "Diastolic blood pressure"),
    "mean": ("8478-0", "Mean blood pressure"),
}
AGE = ("30525-0", "Age")
READING_UNITS: dict[ReadingUnit, str] = {
    unit: "mm[Hg]" if unit is ReadingUnit.MMHG else unit.value for unit in ReadingUnit
}
DOSE_UNITS: dict[DoseUnit, str] = {
    DoseUnit.GM: "g",
    DoseUnit.KG: "kg",
    DoseUnit.L: "L",
    DoseUnit.UGM: "ug",
    DoseUnit.UGM_KG: "ug/kg",
    DoseUnit.UL: "uL",
    DoseUnit.UMOLE: "umol",
    DoseUnit.MEQ: "meq",
    DoseUnit.MG: "mg",
    DoseUnit.MG_KG: "mg/kg",
    DoseUnit.MG_ML: "mg/mL",
    DoseUnit.ML: "mL",
    DoseUnit.MMOLE: "mmol",
    DoseUnit.MOLE: "mol",
    DoseUnit.NGM: "ng",
    DoseUnit.PERCENT: "%",
    DoseUnit.PGM: "pg",
    DoseUnit.IU: "[iU]",
}
GENDERS: dict[Sex, str] = {Sex.MALE: "male", Sex.FEMALE: "female"}
OUTCOME_CODES: dict[Outcome, str] = {
    Outcome.RECOVERED: "resolved",
    Outcome.RECOVERING: "recovering",
    Outcome.NOT_RECOVERED: "ongoing",
    Outcome.SEQUELAE: "resolvedWithSequelae",
    Outcome.FATAL: "fatal",
}
NON_SERIOUS = "Non-serious"
# What has no code of its own is serious all the same: the words say by which criterion.
SERIOUS = "Serious"
SERIOUSNESS_CODES: dict[Seriousness, str] = {
    Seriousness.DEATH: "SeriousResultsInDeath",
    Seriousness.HOSPITALIZATION: "SeriousResultsInHospitalization",
    Seriousness.LIFE_THREATENING: "SeriousIsLifeThreatening",
    Seriousness.DISABILITY: "SeriousResultsInDisability",
    Seriousness.INTERVENTION: "SeriousRequiresPreventImpairment",
    Seriousness.CONGENITAL: "SeriousIsBirthDefect",
}
# R4 has three; a grade of 4 or 5 goes out in words.
SEVERITY_CODES: dict[Severity, str] = {
    Severity.MILD: "mild",
    Severity.MODERATE: "moderate",
    Severity.SEVERE: "severe",
}
CATEGORY_CODES: dict[ReportType, str] = {
    ReportType.ERROR: "product-use-error",
    ReportType.PRODUCT_PROBLEM: "product-problem",
    ReportType.DIFFERENT_MANUFACTURER: "problem-different-manufacturer",
}
CAUSALITY_CODES: dict[Causality, str] = {
    Causality.CERTAIN: "Certain",
    Causality.PROBABLE: "Probably-Likely",
    Causality.POSSIBLE: "Possible",
    Causality.UNLIKELY: "Unlikely",
    Causality.CONDITIONAL: "Conditional-Classified",
    Causality.UNASSESSABLE: "Unassessable-Unclassifiable",
}
METHOD_CODES: dict[CausalityMethod, str] = {CausalityMethod.NARANJO: "ProbabilityScale"}

"""Section D of a case: the patient masked with the age beside, death, the mother of a child."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from aeapp.domain.case import Case
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.safety import Race, Sex, WeightUnit
from aeapp.domain.items import NullFlavor, as_text
from aeapp.domain.records import Patient, Pregnancy
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.of_death import death_of
from aeapp.formspecs.e2b_r3.of_history import history_of
from aeapp.formspecs.e2b_r3.putting import Around, put

_POUND_KG = Decimal("0.45359237")


def patient_of(message: Part, case: Case, around: Around) -> None:
    """Put section D."""
    patient, subject = case.patient, case.subject
    # The code is ours; what identifies stays here (privacy default, with the age beside it).
    nobody = case.case.involvement is PatientInvolvement.NONE
    message.put("D.1", NullFlavor.NA if nobody else NullFlavor.MSK)
    message.put("D.1.1.4", as_text(case.case.subject_number) if case.studies else None)
    # Masked is what is known and stays here; that nobody knows it is no such answer.
    if isinstance(patient.birth_date, PartialDate) or patient.birth_date is NullFlavor.MSK:
        message.put("D.2.1", NullFlavor.MSK)
    age, unit = subject.age, subject.age_unit
    if age is None:
        # Told, where the days of birth and reaction are not known well enough to reckon it.
        age, unit = patient.age, patient.age_unit
    if isinstance(age, Decimal) and unit is not None:
        message.put("D.2.2a", format(age, "f"))
        message.put("D.2.2b", unit.value)
    elif not isinstance(patient.birth_date, PartialDate):
        # Said where nothing more exact is.
        put(message, "D.2.3", patient.age_group)
    message.put("D.3", _kilograms(case))
    put(message, "D.5", patient.sex)
    put(message, "D.4", None if patient.height is None else str(patient.height))
    history_of(message, case)
    death_of(message, case)
    _race(message, NullFlavor.NA if nobody else patient.race)
    if around.mother is not None:
        _parent(message, around.mother, around.pregnancy)
    elif around.pregnancy is not None:
        put(message, "D.6", around.pregnancy.last_period)


def _race(message: Part, race: frozenset[Race] | NullFlavor | None) -> None:
    """Put races and ethnicity, which the form asks for in one question."""
    if isinstance(race, NullFlavor):
        put(message.add("FDA.D.11.r"), "FDA.D.11.r.1", race)
        put(message, "FDA.D.12", race)
        return
    answers = race or frozenset()
    # What the form's list has and the message's has not is told in H.1.
    told = sorted(answers - {Race.HISPANIC, Race.MIDDLE_EASTERN})
    for one in told:
        message.add("FDA.D.11.r").put("FDA.D.11.r.1", one.value)
    if answers and not told:
        # FDA wants a race, or why there is none, beside the ethnicity.
        message.add("FDA.D.11.r").put("FDA.D.11.r.1", NullFlavor.UNK)
    if Race.HISPANIC in answers:
        message.put("FDA.D.12", Race.HISPANIC.value)
    elif answers:
        # The form asks both in one question: what was not ticked there was not denied.
        message.put("FDA.D.12", NullFlavor.NI)


def _kilograms(case: Case) -> str | None:
    weight = case.subject.weight
    if weight is None or case.subject.weight_unit is None:
        return None
    if case.subject.weight_unit is WeightUnit.LB:
        weight = (weight * _POUND_KG).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return format(weight, "f")


def _parent(message: Part, mother: Patient, pregnancy: Pregnancy | None) -> None:
    """Put section D.10, the mother of the child the report is of; masked like a patient."""
    message.put("D.10.1", NullFlavor.MSK)
    if isinstance(mother.birth_date, PartialDate) or mother.birth_date is NullFlavor.MSK:
        message.put("D.10.2.1", NullFlavor.MSK)
    if isinstance(mother.age, Decimal) and mother.age_unit is not None:
        put(message, "D.10.2.2a", mother.age)
        put(message, "D.10.2.2b", mother.age_unit)
    if pregnancy is not None:
        put(message, "D.10.3", pregnancy.last_period)
    put(message, "D.10.6", Sex.FEMALE if mother.sex is None else mother.sex)
    message.put("D.10.7.2", as_text(mother.history))

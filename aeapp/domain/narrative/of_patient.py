"""Sentences on who the patient is and what was known of the patient before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import AgeUnit
from aeapp.domain.conditions import condition_words
from aeapp.domain.items import NullFlavor
from aeapp.domain.narrative.reading import Reader
from aeapp.domain.narrative.template import ZONE, Template, reads
from aeapp.domain.narrative.words import on, one_line, reason_of, sentence, small
from aeapp.domain.records.patient import Condition
from aeapp.domain.values import PartialDate

_UNITS = {
    AgeUnit.YEAR: "year",
    AgeUnit.MONTH: "month",
    AgeUnit.WEEK: "week",
    AgeUnit.DAY: "day",
}
# A longer history has an item of its own on every form, and the narrative points to it.
LONGEST_HISTORY = 300
_OF_CONDITION = (
    *("name", "icd10cm", "meddra_code", "meddra_edition", "started", "ended", "ongoing"),
    *("family", "comment"),
)


def _age(reader: Reader) -> tuple[str, str]:
    """Return the age in words, and why there is none."""
    age, unit = reader.get("subject.age"), reader.get("subject.age_unit")
    if isinstance(age, Decimal) and unit in _UNITS:
        plural = "" if age == 1 else "s"
        return f"{age:f} {_UNITS[unit]}{plural} old", ""
    return "", reason_of(age)


def person(reader: Reader, _head: str) -> str | None:
    """Tell age and sex; each that has a reason instead is told with it."""
    age, why = _age(reader)
    sex = reader.get("patient.sex")
    known = [age] if age else []
    gaps = [f"age {why}"] if why else []
    if sex is not None and not isinstance(sex, NullFlavor):
        known.append(small(sex))
    elif reason_of(sex):
        gaps.append(f"sex {reason_of(sex)}")
    if not known:
        return sentence("Of the patient: " + "; ".join(gaps)) if gaps else None
    return sentence("; ".join(["The patient is " + " and ".join(known), *gaps]))


def _told(name: str, values: tuple[Any, ...], item: str) -> str | None:
    text = "; ".join(t for t in map(one_line, values) if t)
    if len(text) > LONGEST_HISTORY:
        return sentence(f"{name}: see item {item}")
    why = text or next((w for w in map(reason_of, values) if w), "")
    return sentence(f"{name}: {why}") if why else None


def history(reader: Reader, _head: str) -> str | None:
    """Tell the history in its own words."""
    values = (reader.get("patient.history"), reader.get("case.more_history"))
    return _told("Relevant history", values, "B7")


def conditions(reader: Reader, _head: str) -> str | None:
    """Tell the conditions of the history that are listed one by one, with the codes typed."""
    told = [_condition(reader, f"patient.conditions[{n}]") for n in _places(reader)]
    listed = "; ".join(t for t in told if t)
    if len(listed) > LONGEST_HISTORY:
        listed = "see item B7"
    return sentence(f"Conditions in the history: {listed}") if listed else None


def _places(reader: Reader) -> range:
    return range(len(reader.case.patient.conditions))


def _condition(reader: Reader, head: str) -> str:
    read = {name: reader.get(f"{head}.{name}") for name in _OF_CONDITION}
    return one_line(condition_words(Condition(**read)))


def allergies(reader: Reader, _head: str) -> str | None:
    """Tell allergies in their own words."""
    return _told("Allergies", (reader.get("patient.allergies"),), "B7")


def medicines(reader: Reader, _head: str) -> str | None:
    """Tell what else was taken at the time of the event."""
    told = [_medicine(reader, f"concomitants[{n}]") for n in range(len(reader.case.concomitants))]
    listed = "; ".join(t for t in told if t)
    return sentence(f"Taken at the time: {listed}") if listed else None


def treated_with(reader: Reader, _head: str) -> str | None:
    """Tell which medicines of the patient's list were given to treat the event.

    The lists of the forms leave them out (3500 F1; 3500A C9), so that only this tells of them.
    """
    told = [
        _medicine(reader, f"patient.medicines[{n}]")
        for n in range(len(reader.case.patient.medicines))
        if reader.get(f"patient.medicines[{n}].role") is MedicineRole.EVENT_TREATMENT
    ]
    listed = "; ".join(t for t in told if t)
    return sentence(f"Given to treat the event: {listed}") if listed else None


def _medicine(reader: Reader, head: str) -> str:
    name, dose = reader.get(f"{head}.name"), reader.get(f"{head}.dose")
    begun, ended = reader.moment(f"{head}.started"), reader.moment(f"{head}.ended")
    dates = [
        f"{word} {on(at).partition(' ')[2]}"
        for word, at in (("since", begun), ("until", ended))
        if isinstance(at, PartialDate)
    ]
    words = " ".join(t for t in (one_line(name), one_line(dose)) if t)
    return f"{words} ({', '.join(dates)})" if words and dates else words


PERSON = Template("person", frozenset({"subject.age", "subject.age_unit", "patient.sex"}), person)
HISTORY = Template("history", frozenset({"patient.history", "case.more_history"}), history)
CONDITIONS = Template("conditions", reads("patient.conditions[]", *_OF_CONDITION), conditions)
ALLERGIES = Template("allergies", frozenset({"patient.allergies"}), allergies)
_OF_MEDICINE = ("name", "dose", "started", "ended")
MEDICINES = Template("medicines", reads("concomitants[]", *_OF_MEDICINE) | {ZONE}, medicines)
TREATED_WITH = Template(
    "treated_with",
    reads("patient.medicines[]", "role", *_OF_MEDICINE) | {ZONE},
    treated_with,
)

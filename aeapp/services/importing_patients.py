"""Whose file it is: a patient of ours, somebody new, or a question for a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from aeapp.domain.archive import Bundle
from aeapp.domain.items import NullFlavor, attributes_of
from aeapp.domain.lens import differs
from aeapp.domain.records import Clinic, Patient
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind

KNOWN, FILE, NEW = "known", "file", "new"
ANSWERS = (KNOWN, FILE, NEW)
# Told one by one: what the file does not name of them is no contradiction.
_LISTS = ("medicines", "conditions", "causes")
# An age means nothing without its unit and its day.
_TOGETHER = ("age", "age_unit", "age_on")
_IDENTIFYING = ("name", "record_number", "birth_date")
_ANSWER = N_(
    "Say whether it is the same person, whose facts are kept or taken from the file, or another."
)


class PatientConflictError(RefusedError):
    """The file's patient code is known here, and only a person can tell whether it is the same.

    Attributes:
        items: The patient's items that differ; no values.
    """

    code: ClassVar[str] = "import.patient-conflict"

    def __init__(self, items: tuple[str, ...]) -> None:
        message = N_(
            "The patient code of this file is known here, and nothing in the file shows that it "
            "is the same person."
        )
        if items:
            told = "The patient code of this file is known here with other facts: "
            message = told + ", ".join(items) + "."
        super().__init__(
            message,
            remedy=_ANSWER,
            option=N_(
                "--patient known keeps our facts, --patient file takes the file's, --patient new "
                "stores another person."
            ),
        )
        self.items = items


class SeveralPatientsError(RefusedError):
    """Several patients of the clinic have the file's patient code."""

    code = "import.patients-alike"

    def __init__(self) -> None:
        super().__init__(
            N_("Several patients here have the patient code of this file."),
            remedy=N_(
                "Give each of them a code of their own first, or say that it is another person."
            ),
            option=N_("--patient new stores another person."),
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Person:
    """What becomes of the file's patient.

    Attributes:
        record: What stands for the patient here; stored already where ``changed`` is False.
        word: What was decided, for the person who imports.
    """

    record: Patient
    changed: bool
    word: str


def whose(uow: UnitOfWork, bundle: Bundle, patient: Patient, answer: str, clinic: Clinic) -> Person:
    """Return who the file's patient is here.

    A code is only as unique as the clinic that gave it, so that a file from elsewhere needs a
    person's answer even where nothing contradicts.

    ``answer`` is one of ``ANSWERS``, or empty where nobody was asked.

    Raises:
        PatientConflictError: The code is known here and there is no answer.
        SeveralPatientsError: It is known several times.
    """
    known = of_kind(Patient, uow.records.find("patient", code=patient.code)) if patient.code else ()
    if not known or answer == NEW:
        return Person(record=patient, changed=True, word=NEW)
    if len(known) > 1:
        raise SeveralPatientsError
    ours = known[0]
    other = differing(ours, patient)
    if not answer and (other or not _same_person(ours, patient, bundle, clinic)):
        raise PatientConflictError(other)
    if answer == FILE:
        return Person(record=merged(ours, patient), changed=True, word="known, answered file")
    word = "known, answered known" if answer else KNOWN
    return Person(record=ours, changed=False, word=word)


def differing(ours: Patient, theirs: Patient) -> tuple[str, ...]:
    """Return the names of what the file answers otherwise; silence is no contradiction."""
    items = tuple(
        name
        for name in _answered(theirs)
        if name not in _LISTS and differs(getattr(ours, name), getattr(theirs, name))
    )
    strange = (
        name
        for name in _LISTS
        if any(one not in getattr(ours, name) for one in getattr(theirs, name))
    )
    return (*items, *strange)


def _answered(patient: Patient) -> list[str]:
    names = (a.name for a in attributes_of(Patient))
    return [name for name in names if getattr(patient, name) not in (None, ())]


def _same_person(ours: Patient, theirs: Patient, bundle: Bundle, clinic: Clinic) -> bool:
    if bundle.clinic and bundle.clinic.name and bundle.clinic.name == clinic.name:
        return True
    return any(
        _tells(value) and value == getattr(ours, name)
        for name in _IDENTIFYING
        if (value := getattr(theirs, name)) is not None
    )


def _tells(value: object) -> bool:
    # A year of birth is shared by many; a reason for having no name by everybody.
    if isinstance(value, PartialDate):
        return value.day is not None
    return not isinstance(value, NullFlavor)


def merged(ours: Patient, theirs: Patient) -> Patient:
    """Return our patient with what the file answers; the rest of the chart stays."""
    names = _answered(theirs)
    if any(name in _TOGETHER for name in names):
        names = list(dict.fromkeys([*names, *_TOGETHER]))
    taken: dict[str, Any] = {name: getattr(theirs, name) for name in names}
    return replace(ours, **taken)

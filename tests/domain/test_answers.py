"""What a person answered at an item, as undo must bring it back."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.case import Case, settle, write
from aeapp.domain.case_parts import answered_at
from aeapp.domain.records import Patient, Reporter
from aeapp.domain.values import PartialDate


def aged() -> Case:
    case = Case(patient=Patient(id="p", birth_date=PartialDate(1990, 1, 1)))
    return settle(write(case, "case.occurred_on", PartialDate(2026, 11, 23)))


def test_a_computed_age_is_nobodys_answer() -> None:
    case = aged()

    assert case.subject.age == Decimal(36)
    assert answered_at(case, "subject.age") is None


def test_a_stated_age_is_an_answer() -> None:
    case = write(aged(), "subject.age", Decimal(40))

    assert answered_at(case, "subject.age") == Decimal(40)


def test_an_item_of_a_record_answers_for_itself() -> None:
    case = write(aged(), "patient.history", "none")

    assert answered_at(case, "patient.history") == "none"


def test_a_reporter_who_is_not_there_yet_answered_nothing() -> None:
    case = settle(Case(reporters=(Reporter(id="r", last_name="Sample"),)))

    assert answered_at(case, "filer.last_name") is None

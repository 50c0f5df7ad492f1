"""What the pages of a form say of themselves, without a window."""

from __future__ import annotations

import pytest

from aeapp import formspecs
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.destinations import DESTINATIONS, FDA3500
from aeapp.domain.records import CaseFile, Patient
from aeapp.domain.rules.completeness import is_asked_of_nobody, questions
from forms.form_parts import Page
from forms.form_plan import plan
from forms.form_state import Count, count, count_words


def page_a(case: Case) -> Page:
    return next(page for page in plan(formspecs.form("fda3500"), case) if page.key == "A")


def case_of(involvement: PatientInvolvement | None) -> Case:
    patient = Patient(id="p", code="P-1", sex=Sex.FEMALE)
    return settle(Case(case=CaseFile(involvement=involvement, patient_id="p"), patient=patient))


@pytest.mark.parametrize(
    ("involvement", "words"),
    [
        (PatientInvolvement.NONE, "no patient"),
        (PatientInvolvement.PATIENT, "2 of 6"),
        (PatientInvolvement.UNIDENTIFIED, "2 of 6"),
        (None, "2 of 6"),
    ],
)
def test_the_patient_section_counts_where_there_is_a_patient(involvement, words) -> None:
    case = case_of(involvement)
    page = page_a(case)
    counted = count(case, page)
    assert count_words(case, page, counted) == words
    assert (counted == Count(0, 0)) is (involvement is PatientInvolvement.NONE)


def test_a_report_without_a_patient_asks_for_nothing_of_one() -> None:
    near, told = case_of(PatientInvolvement.NONE), case_of(PatientInvolvement.PATIENT)
    of_one = ("patient.sex", "subject.weight", "happening.history")
    assert [is_asked_of_nobody(near, path) for path in of_one] == [True] * 3
    assert not is_asked_of_nobody(near, "case.narrative")
    assert not any(is_asked_of_nobody(told, path) for path in of_one)
    to = DESTINATIONS[FDA3500]
    assert questions(told, to) - questions(near, to) == 5

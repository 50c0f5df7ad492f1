"""A case's reports on further forms: opened once, numbered, checked by their own rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import ClinicDuty, Destination, FacilityType
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.mandatory import Capacity
from aeapp.domain.destinations import CIOMS, DRUG, FACILITY, FDA3500, IND
from aeapp.domain.records import Clinic, Report
from aeapp.services.report_forms import (
    FDA3500A,
    NoReportThereError,
    capacity_for,
    rules_for,
)
from tests.helpers.life import Life, a_life


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    made = a_life(tmp_path)
    yield made
    made.app.close()


def say_of_clinic(life: Life, **items: object) -> None:
    app = life.app
    with app.context.new_uow() as uow:
        (clinic,) = uow.records.query("clinic", limit=1)
        uow.save(replace(clinic, **items), who=app.context.who)  # type: ignore[arg-type]
        uow.commit()


def test_a_report_is_opened_once_for_a_destination_with_a_number_of_its_own(life: Life) -> None:
    say_of_clinic(life, cms_number="123456")
    forms, case_id = life.app.report_forms, life.report.case_id
    assert forms.to(case_id, FACILITY) is None
    report = forms.open(case_id, FACILITY)
    assert forms.open(case_id, FACILITY) == report == forms.to(case_id, FACILITY)
    assert (report.form, report.capacity) == (FDA3500A, Capacity.USER_FACILITY)
    assert report.number == f"{life.report.number}".replace("/3500/1", "/3500A/2")
    assert report.facility_number == "1234560000-2026-0001"
    assert forms.to(case_id, FDA3500) == life.report
    drug = forms.open(case_id, DRUG)
    assert (drug.facility_number, drug.capacity) == (None, Capacity.OUTSOURCING)
    assert forms.open(case_id, IND).destination is Destination.SPONSOR


def test_numbers_of_a_facility_go_on_and_begin_with_zeros_without_a_cms_number(life: Life) -> None:
    first = life.app.report_forms.open(life.report.case_id, FACILITY)
    assert first.facility_number == "0000000000-2026-0001"
    app = life.app
    with app.context.new_uow() as uow:
        uow.save(replace(first, facility_number="0000000000-2026-0041"), who=app.context.who)
        other = uow.save(replace(uow.records.get("case", first.case_id), id="", version=0,
                                 number="KC-2026-000099"), who=app.context.who)  # fmt: skip
        uow.commit()
    assert app.report_forms.open(other.id, FACILITY).facility_number == "0000000000-2026-0042"


def test_the_report_on_a_form_is_found_from_any_report_of_the_case(life: Life) -> None:
    forms = life.app.report_forms
    assert forms.on(life.report, "fda3500") == life.report
    with pytest.raises(NoReportThereError):
        forms.on(life.report, "fda3500a")
    report = forms.open(life.report.case_id, DRUG)
    assert forms.on(life.report, "fda3500a") == forms.on(report, "fda3500a") == report


def test_a_follow_up_of_the_mandatory_form_is_counted(life: Life) -> None:
    report = life.app.report_forms.open(life.report.case_id, DRUG)
    owed = Life(life.app, report, life.clock)
    owed.send()
    corrected = life.app.lifecycle.correct(report.id, VersionNature.FOLLOW_UP, "Recovered.")
    assert corrected.follow_up == 1
    life.send()
    voluntary = life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "Recovered.")
    assert voluntary.follow_up is None


@pytest.mark.parametrize(
    ("capacity", "rules"),
    [
        (Capacity.USER_FACILITY, FACILITY),
        (Capacity.OUTSOURCING, DRUG),
        (Capacity.SPONSOR, IND),
        (Capacity.INVESTIGATOR, IND),
        (None, DRUG),
    ],
)
def test_a_report_is_checked_by_the_rules_of_its_capacity(
    capacity: Capacity | None, rules: str
) -> None:
    assert rules_for(Report(form=FDA3500A, capacity=capacity)) == rules
    assert rules_for(Report(form="fda3500-2025-09", capacity=capacity)) == FDA3500


def test_who_holds_the_ind_is_its_sponsor() -> None:
    holder = Clinic(duties=frozenset({ClinicDuty.SPONSOR_INVESTIGATOR}))
    assert capacity_for(IND, holder) is Capacity.SPONSOR
    assert capacity_for(IND, Clinic()) is Capacity.INVESTIGATOR
    assert capacity_for(CIOMS, holder, of_a_study=True) is Capacity.SPONSOR
    assert capacity_for(CIOMS, holder) is None
    assert capacity_for(CIOMS, Clinic(), of_a_study=True) is None
    assert capacity_for(FDA3500, Clinic(facility=FacilityType.OUTSOURCING)) is None

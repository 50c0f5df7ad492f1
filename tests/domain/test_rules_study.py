"""V29: a blinded drug stays blinded, and the sponsor is who is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.case import Case, settle
from aeapp.domain.clock_facts import ClockFacts, bound
from aeapp.domain.clock_rules import BY_ID, Binds
from aeapp.domain.clocks import clocks_of, span_of
from aeapp.domain.codelists.clinic import ClinicDuty, Destination, Obligation
from aeapp.domain.codelists.safety import DrugRole, Seriousness
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Clinic,
    Decision,
    Event,
    Product,
    Study,
)
from aeapp.domain.rules.study import blinded, sponsor, study_of_case
from aeapp.domain.values import PartialDate

STUDY = Study(id="study", title="K-101", blinded=True, protocol_hours=24)
DRUG = Product(id="drug", study_id="study", name="Study drug K-101, blinded")
KETAMINE = Product(id="ketamine", name="Ketamine")


def case_of(*products: Product, study: Study = STUDY, named: bool = True) -> Case:
    givings = tuple(
        Administration(id=f"g{n}", product_id=p.id, role=DrugRole.SUSPECT)
        for n, p in enumerate(products)
    )
    return settle(
        Case(
            case=CaseFile(id="case", study_id="study" if named else ""),
            studies=(study,),
            products=products,
            administrations=givings,
        )
    )


def test_the_study_of_a_case_is_the_one_it_names_or_that_of_its_product() -> None:
    assert study_of_case(case_of(KETAMINE)) is STUDY
    assert study_of_case(case_of(DRUG, named=False)) is STUDY
    assert study_of_case(case_of(KETAMINE, named=False)) is None


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (case_of(DRUG), []),
        (case_of(KETAMINE, named=False), []),
        (case_of(KETAMINE, study=replace(STUDY, blinded=False)), []),
        (case_of(), ["suspects[0].product.name"]),
        # Entered because it was likely.
        (case_of(KETAMINE), ["suspects[0].product.name"]),
        (case_of(DRUG, KETAMINE), ["suspects[1].product.name"]),
    ],
)
def test_a_blinded_drug_is_not_named_as_what_it_probably_was(case: Case, found: list[str]) -> None:
    assert [f.path for f in blinded(case)] == found


def decided(*to: Destination, owed: Obligation | None = Obligation.DUTY) -> Decision:
    return Decision(destinations=frozenset(to) or None, obligation=owed)


@pytest.mark.parametrize(
    ("decision", "duty", "paths"),
    [
        (decided(), None, []),
        (decided(Destination.SPONSOR), None, []),
        (decided(Destination.FDA), None, ["decisions[0].destinations"]),
        (decided(Destination.FDA, Destination.SPONSOR), None, ["decisions[0].obligation"]),
        (
            decided(Destination.FDA, Destination.SPONSOR, owed=Obligation.CHOICE),
            ClinicDuty.IND_INVESTIGATOR,
            [],
        ),
        (decided(Destination.FDA), ClinicDuty.SPONSOR_INVESTIGATOR, []),
    ],
)
def test_the_sponsor_is_told_and_fda_is_no_duty(
    decision: Decision, duty: ClinicDuty | None, paths: list[str]
) -> None:
    case = replace(case_of(DRUG, study=replace(STUDY, duty=duty)), decisions=(decision,))
    assert [f.path for f in sponsor(case)] == paths
    other = replace(case_of(KETAMINE, named=False), decisions=(decision,))
    assert list(sponsor(other)) == []


# --- clocks


def test_a_study_brings_its_clocks_whatever_the_profile_of_the_clinic() -> None:
    serious = Event(seriousness=frozenset({Seriousness.HOSPITALIZATION}))
    learnt = (PartialDate.parse("2026-11-23T14:40+00:00"),)
    facts = ClockFacts(clinic=Clinic(), event=serious, protocol=STUDY, awareness=learnt)
    assert facts.of_study is True
    assert bound(facts, Binds.PARTNER) is True
    assert bound(facts, Binds.IND_INVESTIGATOR) is False
    (clock,) = clocks_of(facts)
    assert clock.rule.id == "protocol"
    assert clock.counted is not None
    assert clock.counted.at == PartialDate.parse("2026-11-24T14:40+00:00")

    investigator = replace(facts, protocol=replace(STUDY, duty=ClinicDuty.IND_INVESTIGATOR))
    assert {c.rule.id for c in clocks_of(investigator)} == {"protocol", "ind-investigator"}
    nobody = replace(facts, protocol=None)
    assert bound(nobody, Binds.PARTNER) is False
    assert {c.rule.id for c in clocks_of(nobody)} == {"voluntary"}


def test_the_hours_of_the_protocol_come_before_those_of_the_clinic() -> None:
    rule = BY_ID["protocol"]
    clinic = Clinic(protocol_hours=72)
    hours = [
        span.count if (span := span_of(rule, clinic, study)) else None
        for study in (STUDY, replace(STUDY, protocol_hours=None), None)
    ]
    assert hours == [24, 72, 72]

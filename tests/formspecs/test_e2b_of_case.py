"""A case as a message: facts from the records, the patient masked, nothing for what nobody said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.archive import case_from, loads
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.assessment import Causality, CausalityMethod
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.codelists.safety import (
    ActionTaken,
    AgeUnit,
    Challenge,
    DrugRole,
    Occupation,
    Race,
    Seriousness,
    WeightUnit,
)
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Assessment, Reporter, Study
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.model import elements
from aeapp.formspecs.e2b_r3.of_case import Envelope, batch_of, key_of, message_of, moment
from tests.helpers.guards import SENTINEL

CASES = sorted((Path(__file__).parent.parent / "data" / "cases").glob("*.json"))
WHEN = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
ENVELOPE = Envelope(
    sender="LARKSPUR", receiver="ZZFDA", message_receiver="CDER", made_at=WHEN,
    profile=Profile.FDA_POSTMARKET,
)  # fmt: skip


def case_of(name: str) -> Case:
    file = next(f for f in CASES if f.stem == name)
    return settle(case_from(loads(file.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("P1")


def made(case: Case) -> Part:
    return message_of(case, ENVELOPE)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_case_has_its_events_products_and_story(file: Path) -> None:
    case = case_of(file.stem)
    case = settle(replace(case, patient=replace(case.patient, name=SENTINEL)))
    message = made(case)

    assert len(message.members("E.i")) == len(case.events)
    assert len(message.members("G.k")) >= bool(case.suspects)
    assert message.text("H.1").startswith(case.case.narrative or "")
    nobody = case.case.involvement is PatientInvolvement.NONE
    assert message.values["D.1"] is (NullFlavor.NA if nobody else NullFlavor.MSK)
    everything = "\n".join(str(value) for _w, _n, value in message.everything())
    assert SENTINEL not in everything


def test_the_envelope_says_who_sends_to_whom_and_when(case: Case) -> None:
    batch = batch_of([case], ENVELOPE)

    assert batch.values["N.1.4"] == "ZZFDA"
    assert batch.values["N.1.5"] == "20261127090000-0500"
    assert batch.messages[0].text("N.2.r.3") == "CDER"
    assert batch.messages[0].text("C.1.8.1") == batch.messages[0].text("C.1.1")
    assert made(case).text("C.1.1").count("-") == 2


@pytest.mark.parametrize(
    ("iso", "written"),
    [("2026", "2026"), ("2026-11", "202611"), ("2026-11-23", "20261123"),
     ("2026-11-23T14:05-05:00", "202611231405-0500"),
     ("2026-11-23T14:05:09+05:30", "20261123140509+0530"),
     ("2026-11-23T14:05", "202611231405")],
)  # fmt: skip
def test_a_date_keeps_its_precision(iso: str, written: str) -> None:
    assert moment(PartialDate.from_iso(iso)) == written


def test_seriousness_is_true_or_no_information(case: Case) -> None:
    event = replace(case.events[0], seriousness=frozenset({Seriousness.DEATH}))
    (reaction,) = made(replace(case, events=(event,))).members("E.i")

    assert reaction.text("E.i.3.2a") == "true"
    assert reaction.values["E.i.3.2b"] is NullFlavor.NI


@pytest.mark.parametrize(
    ("coding", "code"),
    [(Coding(terminology=TerminologyName.MEDDRA, edition="28.1", code="10028813"),
      ("28.1", "10028813")),
     (Coding(terminology=TerminologyName.CTCAE, edition="6.0", meddra_edition="28.0",
             code="10028813"), ("28.0", "10028813")),
     (Coding(terminology=TerminologyName.CTCAE, edition="6.0", code="10028813"), ("", "")),
     (Coding(terminology=TerminologyName.OWN, edition="1", code="nausea"), ("", ""))],
)  # fmt: skip
def test_only_a_meddra_code_is_sent(case: Case, coding: Coding, code: tuple[str, str]) -> None:
    event = replace(case.events[0], codings=(coding,), outcome=None)
    (reaction,) = made(replace(case, events=(event,))).members("E.i")

    assert (reaction.text("E.i.2.1a"), reaction.text("E.i.2.1b")) == code
    assert reaction.text("E.i.7") == "0"


def test_a_death_a_weight_in_pounds_and_the_races(case: Case) -> None:
    patient = replace(
        case.patient, deceased_on=PartialDate(2026, 11, 24), death_cause="unknown",
        race=frozenset({Race.WHITE, Race.HISPANIC}), sex=NullFlavor.ASKU,
    )  # fmt: skip
    subject = replace(case.subject, weight=Decimal(165), weight_unit=WeightUnit.LB)
    message = made(replace(case, patient=patient, subject=subject))

    assert message.text("D.9.1") == "20261124"
    assert message.members("D.9.2.r")[0].text("D.9.2.r.2") == "unknown"
    assert message.values["D.9.3"] is NullFlavor.NASK
    assert message.text("D.3") == "74.8"
    assert message.text("FDA.D.12") == Race.HISPANIC.value
    assert [m.text("FDA.D.11.r.1") for m in message.members("FDA.D.11.r")] == [Race.WHITE.value]
    assert message.values["D.5"] is NullFlavor.ASKU


@pytest.mark.parametrize("reason", [NullFlavor.UNK, NullFlavor.ASKU, NullFlavor.MSK])
def test_a_birth_date_that_nobody_knows_is_not_masked(case: Case, reason: NullFlavor) -> None:
    patient = replace(case.patient, birth_date=reason)
    masked = reason is NullFlavor.MSK
    found = made(settle(replace(case, patient=patient))).values.get("D.2.1")
    assert found is (NullFlavor.MSK if masked else None)


def test_an_age_that_was_told_goes_where_none_can_be_reckoned(case: Case) -> None:
    told = replace(
        case.patient, birth_date=PartialDate(1985), age=Decimal(41), age_unit=AgeUnit.YEAR
    )
    message = made(settle(replace(case, patient=told)))
    assert (message.text("D.2.2a"), message.text("D.2.2b")) == ("41", "a")
    assert message.values["D.2.1"] is NullFlavor.MSK


def test_causality_as_stated_is_told_once(case: Case) -> None:
    event = replace(case.events[0], stated_causality="ketamine: Maker; Suspected")
    stated = replace(case, events=(event,))
    words = f"Causality of {event.verbatim} as stated: ketamine: Maker; Suspected."
    assert words in made(stated).text("H.1")
    drafted = replace(case.case, narrative="As stated: ketamine: Maker; Suspected.")
    assert words not in made(replace(stated, case=drafted)).text("H.1")


def test_without_an_age_the_masked_birth_date_stands(case: Case) -> None:
    subject = replace(case.subject, age=None)
    patient = replace(case.patient, birth_date=PartialDate(1985, 6, 1), race=None, sex=None)
    message = made(replace(case, subject=subject, patient=patient))

    assert message.values["D.2.1"] is NullFlavor.MSK
    assert "D.5" not in message.values


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"occupation": Occupation.PHYSICIAN}, "1"), ({"occupation": Occupation.NURSE}, "3"),
     ({"occupation": Occupation.RISK_MANAGER, "health_professional": False}, "5"),
     ({"health_professional": True}, "3"), ({"health_professional": False}, "5"),
     ({}, NullFlavor.UNK)],
)  # fmt: skip
def test_what_a_reporter_is(case: Case, facts: dict, code: object) -> None:
    reporter = Reporter(last_name="Doe", first_name="Jo", withhold_identity=True, **facts)
    (source,) = made(replace(case, reporters=(reporter,))).members("C.2.r")

    assert source.values["C.2.r.4"] == code
    assert source.values["C.2.r.1.4"] is NullFlavor.MSK
    assert source.text("C.2.r.5") == "1"


@pytest.mark.parametrize(
    ("nature", "code"),
    [(VersionNature.NULLIFICATION, "1"), (VersionNature.AMENDMENT, "2"),
     (VersionNature.FOLLOW_UP, "")],
)  # fmt: skip
def test_a_version_says_what_it_is_to_the_one_before(
    case: Case, nature: VersionNature, code: str
) -> None:
    report = replace(case.report, nature=nature, news="entered twice")
    message = made(replace(case, report=report))

    assert message.text("C.1.11.1") == code
    assert message.text("C.1.11.2") == ("entered twice" if code else "")


def test_a_study_and_opinions_and_what_came_again(case: Case) -> None:
    event = replace(case.events[0], rechallenge=Challenge.YES)
    product = case.suspects[0].product
    opinion = Assessment(
        event_id=event.id, product_id=product.id, category=Causality.PROBABLE,
        method=CausalityMethod.WHO_UMC,
    )  # fmt: skip
    message = made(
        replace(case, events=(event,), assessments=(opinion,), studies=(Study(title="Trial"),))
    )

    assert (message.text("C.1.3"), message.text("C.5.2")) == ("2", "Trial")
    (pair,) = message.members("G.k")[0].members("G.k.9.i")
    assert pair.text("G.k.9.i.1") == key_of(event.id)
    assert pair.text("G.k.9.i.4") == "1"
    assert pair.members("G.k.9.i.2.r")[0].text("G.k.9.i.2.r.3") == "Probable"


@pytest.mark.parametrize(
    ("facts", "number", "value"),
    [({"last_name": NullFlavor.UNK, "withhold_identity": False}, "C.2.r.1.4", None),
     ({"last_name": NullFlavor.ASKU, "withhold_identity": False}, "C.2.r.1.4", NullFlavor.ASKU),
     ({"last_name": "Doe", "withhold_identity": False}, "C.2.r.1.4", "Doe"),
     ({"last_name": "Doe"}, "C.2.r.1.4", NullFlavor.MSK),
     ({"country": NullFlavor.NA}, "C.2.r.3", NullFlavor.UNK),
     ({"country": NullFlavor.MSK}, "C.2.r.3", NullFlavor.MSK)],
)  # fmt: skip
def test_a_reason_is_never_written_as_a_name_or_a_country(
    case: Case, facts: dict, number: str, value: object
) -> None:
    (source,) = made(replace(case, reporters=(Reporter(**facts),))).members("C.2.r")
    assert source.values.get(number) == value


def test_a_reason_stands_only_where_its_element_takes_it(case: Case) -> None:
    patient = replace(case.patient, sex=NullFlavor.NI, race=NullFlavor.ASKU)
    suspect = replace(case.suspects[0], indication=NullFlavor.ASKU)
    message = made(replace(case, patient=patient, suspects=(suspect,)))

    assert message.values["D.5"] is NullFlavor.UNK
    assert message.members("FDA.D.11.r")[0].values["FDA.D.11.r.1"] is NullFlavor.UNK
    (why,) = message.members("G.k")[0].members("G.k.7.r")
    assert why.values["G.k.7.r.1"] is NullFlavor.ASKU
    for _where, number, value in message.everything():
        assert not isinstance(value, NullFlavor) or value in elements()[number].nulls | {
            NullFlavor.NI
        }


@pytest.mark.parametrize(
    ("facts", "number", "code"),
    [({"action_taken": NullFlavor.NA}, "G.k.8", "9"),
     ({"action_taken": NullFlavor.UNK}, "G.k.8", "0"),
     ({"action_taken": ActionTaken.REDUCED}, "G.k.8", "2")],
)  # fmt: skip
def test_what_was_done_about_a_product(case: Case, facts: dict, number: str, code: str) -> None:
    event = replace(case.events[0], **facts)
    assert made(replace(case, events=(event,))).members("G.k")[0].text(number) == code


def test_actions_that_differ_are_told_at_the_end_of_the_narrative(case: Case) -> None:
    one = replace(case.events[0], action_taken=ActionTaken.REDUCED)
    other = replace(one, id="other", verbatim="vertigo", action_taken=ActionTaken.WITHDRAWN)
    message = made(replace(case, events=(one, other)))

    assert "G.k.8" not in message.members("G.k")[0].values
    assert "Action taken for vertigo: Stopped." in message.text("H.1")


def test_what_does_not_apply_is_told_as_such(case: Case) -> None:
    event = replace(case.events[0], rechallenge=Challenge.NOT_APPLICABLE)
    (pair,) = made(replace(case, events=(event,))).members("G.k")[0].members("G.k.9.i")
    assert pair.text("G.k.9.i.4") == "4"


def test_a_text_longer_than_its_element_is_whole_in_the_narrative(case: Case) -> None:
    words = "floating " * 40
    event = replace(case.events[0], verbatim=words.strip())
    message = made(replace(case, events=(event,)))

    (reaction,) = message.members("E.i")
    assert len(reaction.text("E.i.1.1a")) == 250
    assert words.strip() in message.text("H.1")


def test_an_amount_without_a_unit_of_ucum_is_a_text_and_limits_stay_with_a_test(
    case: Case,
) -> None:
    suspect = case.suspects[0]
    giving = replace(
        suspect.giving, dose=Decimal(3), dose_unit=DoseUnit.DF, dose_text="under the tongue"
    )
    product = replace(suspect.product, strength="50-60", strength_unit=DoseUnit.MG_ML, ndc="1-2")
    row = replace(case.tests[0], low="3", high="5")
    told = replace(suspect, giving=giving, product=product)
    message = made(replace(case, suspects=(told,), tests=(row,), observations=()))

    (dose,) = message.members("G.k")[0].members("G.k.4.r")
    assert dose.text("G.k.4.r.8").startswith("3 dosage form; under")
    assert "G.k.4.r.1a" not in dose.values
    assert "strength 50-60 mg/mL; NDC 1-2." in message.text("H.1")
    assert message.members("F.r")[0].text("F.r.3.4").endswith("(normal 3 to 5)")


def test_a_premedication_that_was_over_before_the_dose_stands_in_the_message(case: Case) -> None:
    first = next(g for g in case.administrations if g.is_suspect)
    over = PartialDate(2020, 1, 1)
    before = replace(first, id="premedication", role=DrugRole.CONCOMITANT, started=over, ended=over)
    given = settle(replace(case, administrations=(*case.administrations, before)))

    beside = [m for m in made(given).members("G.k") if m.text("G.k.1") == "2"]

    [dose] = beside[-1].members("G.k.4.r")
    assert str(dose.values["G.k.4.r.5"]).startswith("2020")
    assert len(beside) == len([m for m in made(case).members("G.k") if m.text("G.k.1") == "2"]) + 1

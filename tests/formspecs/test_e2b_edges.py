"""Values at the edge of what an element takes: fitted, or told in words, and never lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import DurationUnit
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import Challenge, Occupation, Race
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Study
from aeapp.domain.records.case import Device
from aeapp.domain.records.coding import Coding
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.nodes import as_url, of_url
from aeapp.formspecs.e2b_r3.of_case import Envelope, message_of
from aeapp.formspecs.e2b_r3.reading import read_message
from aeapp.formspecs.e2b_r3.to_case import told_by
from aeapp.formspecs.e2b_r3.unread import unread
from aeapp.formspecs.e2b_r3.writing import message_node
from tests.factories import complete_case

FDA = Profile.FDA_PREMARKET


def made(case: Case, profile: Profile = Profile.ICH) -> Part:
    return message_of(settle(case), Envelope(sender="A", receiver="B", profile=profile))


@pytest.mark.parametrize(
    ("text", "url"),
    [("+1 555 0100", "+1 555 0100"), ("12 #3 [x] 5%", "12 %233 %5Bx%5D 5%25"),
     ("//a:b", "%2F/a:b"), ("", ""), ("a%20b", "a%2520b")],
)  # fmt: skip
def test_a_number_is_a_url_and_comes_back(text: str, url: str) -> None:
    assert as_url(text) == url
    assert of_url(url) == text


def test_what_was_encoded_otherwise_is_read_as_people_write_it() -> None:
    assert (of_url("+1%20555"), of_url("5%FF"), of_url("100%")) == ("+1 555", "5%FF", "100%")
    message = made(complete_case())
    message.put("C.3.4.6", "555 1")
    node = message_node(message)
    phone = next(n for n in node.walk() if n.attributes.get("value") == "tel:555 1")
    phone.attributes["value"] = "tel:555%201"
    back = read_message(node)

    assert back.text("C.3.4.6") == "555 1"
    assert "555" not in str(unread(node, back))


def test_a_number_too_long_for_its_element_is_told_in_words() -> None:
    case = complete_case()
    giving = replace(
        case.administrations[0], duration=Decimal("0.000123"), duration_unit=DurationUnit.DAY,
        dose=Decimal("40.00000000"),
    )  # fmt: skip
    message = made(replace(case, administrations=(giving,)))
    (dose,) = message.members("G.k")[0].members("G.k.4.r")

    assert dose.text("G.k.4.r.1a") == "40"
    assert not {"G.k.4.r.6a", "G.k.4.r.6b"} & dose.values.keys()
    assert "(G.k.4.r.6a) in full: 0.000123 d" in message.text("H.1")


def test_a_place_without_a_code_of_iso_is_told_in_words() -> None:
    case = complete_case()
    reporter = replace(case.reporters[0], country=Country.AKROTIRI)
    clinic = replace(case.clinic, country=Country.DHEKELIA)
    message = made(replace(case, reporters=(reporter,), clinic=clinic))

    assert message.members("C.2.r")[0].values["C.2.r.3"] is NullFlavor.UNK
    assert "C.3.4.5" not in message.values
    for country in ("AKROTIRI", "DHEKELIA"):
        assert f"Country without a code: {country}." in message.text("H.1")
    unknown = replace(reporter, country=Country.UNKNOWN)
    assert "Country without" not in made(replace(case, reporters=(unknown,))).text("H.1")


def test_what_stands_in_the_narrative_is_not_told_twice() -> None:
    case = complete_case()
    event = replace(case.events[0], dechallenge=Challenge.YES)
    message = made(replace(case, events=(event,)))
    again = replace(case, events=(event,), case=replace(case.case, narrative=message.text("H.1")))

    assert "dizziness abated after stop or reduction: Yes." in message.text("H.1")
    assert made(again).text("H.1") == message.text("H.1")


def test_a_reaction_that_is_only_coded_has_no_words_of_its_own() -> None:
    case = complete_case()
    coding = Coding(terminology=TerminologyName.MEDDRA, edition="28.1", code="10013573")
    event = replace(case.events[0], verbatim=None, codings=(coding,), dechallenge=Challenge.NO)
    first = made(replace(case, events=(event,)))
    (told,) = told_by(first).bundle.events
    again = made(replace(case, events=(told,)))

    assert told.verbatim == "MedDRA 10013573 (28.1)"
    for message in (first, again):
        assert not {"E.i.1.1a", "E.i.1.1b"} & message.members("E.i")[0].values.keys()
    assert "MedDRA 10013573 (28.1) abated after stop" in first.text("H.1")


def test_a_cause_of_death_is_sent_without_its_day() -> None:
    case = complete_case()
    patient = replace(case.patient, death_cause="drowned", deceased_on=NullFlavor.UNK)

    causes = made(replace(case, patient=patient)).members("D.9.2.r")
    assert [one.text("D.9.2.r.2") for one in causes] == ["drowned"]


def test_an_ingredient_has_a_name_and_a_code_of_a_device_three_letters() -> None:
    case = complete_case()
    product = replace(case.products[0], name=None, combination=True)
    device = Device(brand="Sprayer", procode="a b")
    message = made(replace(case, products=(product,), case=replace(case.case, device=device)), FDA)
    (part,) = message.members("G.k")

    assert part.members("G.k.2.3.r") == []
    assert "FDA.G.k.12.r.6" not in part.members("FDA.G.k.12.r")[0].values
    for words in ("strength 50", "Product code of the device: a b."):
        assert words in message.text("H.1")


@pytest.mark.parametrize(
    ("race", "back"),
    [(frozenset({Race.HISPANIC}), frozenset({Race.HISPANIC})), (NullFlavor.NI, NullFlavor.NI),
     (NullFlavor.UNK, NullFlavor.UNK), (NullFlavor.MSK, NullFlavor.MSK)],
)  # fmt: skip
def test_race_and_ethnicity_come_back_from_their_two_elements(race: object, back: object) -> None:
    case = complete_case()
    patient = replace(case.patient, race=race)  # type: ignore[arg-type]
    bundle = told_by(made(replace(case, patient=patient), FDA)).bundle

    assert bundle.patient
    assert bundle.patient.race == back


def test_an_ind_without_a_digit_is_no_number() -> None:
    case = complete_case()
    study = Study(id="study", ind="none", title="T")
    file = replace(case.case, study_id="study")
    assert made(replace(case, studies=(study,), case=file), FDA).members("FDA.C.5.6.r") == []


def test_a_reaction_is_confirmed_by_whoever_is_told_as_a_professional() -> None:
    case = complete_case()
    lay = replace(
        case.reporters[0], occupation=Occupation.NON_PROFESSIONAL, health_professional=None
    )
    nurse = replace(lay, id="2", files=None, occupation=Occupation.NURSE)
    filing = replace(nurse, files=True)

    for some, said in (
        ((lay, nurse), "true"), ((lay,), None),
        ((filing, replace(lay, files=None)), None), ((), None),
    ):  # fmt: skip
        events = made(replace(case, reporters=some)).members("E.i")
        assert [one.values.get("E.i.8") for one in events] == [said]

"""A message becomes records: each value where an item holds it, every other one left and told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.archive import dumps
from aeapp.domain.codelists.assessment import Causality, CausalityMethod, SpecialSituation
from aeapp.domain.codelists.clinic import ObservationStatus
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    ActionTaken,
    Challenge,
    DeviceOperator,
    DrugRole,
    Frequency,
    Occupation,
    Outcome,
    Race,
    ReportType,
    Seriousness,
)
from aeapp.domain.items import NullFlavor
from aeapp.domain.records.literature import Paper
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.message import Part
from aeapp.formspecs.e2b_r3.nodes import Node
from aeapp.formspecs.e2b_r3.taking import moment_of
from aeapp.formspecs.e2b_r3.to_case import Told, told_by
from aeapp.formspecs.e2b_r3.unread import unread
from aeapp.formspecs.e2b_r3.writing import message_node

REACTION, PRODUCT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def message(**groups: Any) -> Part:
    """A message with a reaction and a suspect product; ``groups`` holds values by group."""
    whole = Part({"C.1.1": "US-THEM-1", "H.1": "Told."})
    event = whole.add("E.i", REACTION)
    event.put("E.i.1.1a", "nausea")
    product = whole.add("G.k", PRODUCT)
    product.put("G.k.1", "1")
    product.put("G.k.2.2", "ketamine")
    dose = product.add("G.k.4.r")
    parts = {"": whole, "E_i": event, "G_k": product, "G_k_4_r": dose}
    for group, values in groups.items():
        part = parts.get(group) or whole.add(group.replace("_", "."))
        for number, value in values.items():
            part.put(number, value)
    return whole


def told(whole: Part) -> Told:
    found = told_by(whole, "US")
    # Whatever came, it is a file that can be kept.
    dumps(found.bundle)
    return found


def left(found: Told) -> list[str]:
    return [one.number for one in found.left]


@pytest.mark.parametrize(
    ("group", "values", "where", "expected"),
    [
        ("patient", {"D.1": "A.B."}, "name", "A.B."),
        ("patient", {"D.1": NullFlavor.MSK}, "name", NullFlavor.MSK),
        ("patient", {"D.1.1.3": "H-1"}, "record_number", "H-1"),
        ("patient", {"D.5": "2"}, "sex", "2"),
        ("patient", {"D.2.1": "19850601"}, "birth_date", PartialDate(1985, 6, 1)),
        ("patient", {"D.2.2a": "48", "D.2.2b": "a"}, "age", Decimal(48)),
        ("patient", {"D.9.1": "202611"}, "deceased_on", PartialDate(2026, 11)),
        ("patient", {"FDA.D.12": "C17459"}, "race", frozenset({Race.HISPANIC})),
        ("case", {"D.1.1.4": "S-7"}, "subject_number", "S-7"),
        ("case", {"C.1.8.1": "US-FIRST-1"}, "worldwide_number", "US-FIRST-1"),
        ("case", {}, "worldwide_number", "US-THEM-1"),
        ("case", {}, "sender_number", "US-THEM-1"),
    ],
)
def test_a_value_of_the_case_stands_in_its_item(
    group: str, values: dict[str, Any], where: str, expected: object
) -> None:
    found = told(message(**{"": values}))

    assert getattr(getattr(found.bundle, group), where) == expected
    assert not left(found)


@pytest.mark.parametrize(
    ("values", "where", "expected"),
    [
        ({"E.i.7": "1"}, "outcome", Outcome.RECOVERED),
        ({"E.i.7": "0"}, "outcome", NullFlavor.UNK),
        ({"E.i.4": "202611231405-0500"}, "onset", PartialDate(2026, 11, 23, 14, 5, offset=-300)),
        ({"E.i.3.2a": NullFlavor.NI, "E.i.3.2b": NullFlavor.NI}, "seriousness", None),
        ({"E.i.3.2a": "true"}, "seriousness", frozenset({Seriousness.DEATH})),
        ({f"E.i.3.2{letter}": "false" for letter in "abcdef"}, "seriousness", frozenset()),
        ({"FDA.E.i.3.2h": "true"}, "seriousness", frozenset({Seriousness.INTERVENTION})),
        ({"E.i.1.1b": "eng", "E.i.9": "US"}, "verbatim", "nausea"),
    ],
)
def test_a_value_of_a_reaction_stands_in_its_item(
    values: dict[str, Any], where: str, expected: object
) -> None:
    found = told(message(E_i=values))

    assert getattr(found.bundle.events[0], where) == expected
    assert not left(found)


def test_a_no_to_one_criterion_is_none_to_the_others() -> None:
    values = {f"E.i.3.2{letter}": NullFlavor.NI for letter in "bcdef"}
    found = told(message(E_i={"E.i.3.2a": "false", **values}))

    assert found.bundle.events[0].seriousness is None
    assert [one.number for one in found.left] == ["E.i.3.2a"]


@pytest.mark.parametrize(
    ("values", "where", "expected"),
    [
        ({"G.k.4.r.1a": "0.5", "G.k.4.r.1b": "mg/kg"}, "dose", Decimal("0.5")),
        ({"G.k.4.r.1a": "2", "G.k.4.r.1b": "10.a"}, "dose_text", "2 10.a"),
        ({"G.k.4.r.8": "twice a week"}, "dose_text", "twice a week"),
        ({"G.k.4.r.2": "1", "G.k.4.r.3": "d"}, "frequency", Frequency.DAILY),
        ({"G.k.4.r.2": "2", "G.k.4.r.3": "wk"}, "frequency_text", "every 2 wk"),
        ({"G.k.4.r.10.1": "nasal"}, "route", FormRoute.NASAL),
        ({"G.k.4.r.10.1": "by a tube"}, "route_text", "by a tube"),
        ({"G.k.4.r.10.1": NullFlavor.UNK}, "route", NullFlavor.UNK),
        ({"G.k.4.r.10.2b": "C14:048", "G.k.4.r.10.2a": "1"}, "route", FormRoute.ORAL),
        ({"G.k.4.r.6a": "4", "G.k.4.r.6b": "wk"}, "duration", Decimal(4)),
        ({"G.k.4.r.5": NullFlavor.ASKU}, "ended", NullFlavor.ASKU),
    ],
)
def test_a_value_of_a_dose_stands_in_its_item(
    values: dict[str, Any], where: str, expected: object
) -> None:
    found = told(message(G_k_4_r=values))

    assert getattr(found.bundle.administrations[0], where) == expected
    assert not left(found)


def test_the_version_of_an_ndc_is_left_beside_it() -> None:
    found = told(message(G_k={"G.k.2.1.1a": "2014", "G.k.2.1.1b": "0143-9508-01"}))

    assert found.bundle.products[0].ndc == "0143-9508-01"
    assert left(found) == ["G.k.2.1.1a"]


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("", {"FDA.C.1.12": "yes"}), ("G_k", {"G.k.3.1": "EU/1", "G.k.3.2": "FR"}),
        ("", {"C.1.3": "3"}), ("", {"C.1.7": "true"}), ("", {"C.3.1": "1"}),
        ("", {"D.2.2a": "4", "D.2.2b": "10.a"}), ("", {"D.4": "180.5"}), ("", {"D.3": "heavy"}),
        ("", {"D.5": "9"}), ("", {"D.2.3": "9"}), ("", {"C.1.4": "never"}),
        ("", {"D.2.1": "20261332"}), ("", {"FDA.D.12": "C41222"}), ("", {"C.1.11.1": "1"}),
        ("E_i", {"E.i.1.1b": "FR"}), ("E_i", {"E.i.9": "XX"}), ("E_i", {"E.i.6a": "3"}),
        ("E_i", {"E.i.4": "2026112314"}), ("E_i", {"E.i.4": "20261123140530.5"}),
        ("G_k", {"G.k.2.1.1b": "2189"}), ("G_k", {"G.k.8": "7"}), ("G_k", {"G.k.11": "x" * 2001}),
        ("G_k_4_r", {"G.k.4.r.2": "3"}), ("G_k_4_r", {"G.k.4.r.6a": "3"}),
        ("G_k_4_r", {"G.k.4.r.7": "L" * 60}), ("G_k_4_r", {"G.k.4.r.8": "x" * 3000}),
        ("G_k_4_r", {"G.k.4.r.10.1": "r" * 90}), ("G_k_4_r", {"G.k.4.r.10.1": NullFlavor.NA}),
        ("FDA.D.11.r", {"FDA.D.11.r.1": "C99999"}), ("D.9.2.r", {"D.9.2.r.1b": "1000"}),
        ("D.7.1.r", {"D.7.1.r.6": "true"}), ("D.8.r", {"D.8.r.2b": "59762"}),
        ("C.2.r", {"C.2.r.1.1": "D" * 51}), ("C.2.r", {"C.2.r.4": "9"}),
        ("C.2.r", {"C.2.r.5": "2"}), ("F.r", {"F.r.7": "true"}),
    ],
)  # fmt: skip
def test_what_no_record_holds_is_left_with_its_value(group: str, values: dict[str, Any]) -> None:
    found = told(message(**{group: values}))

    assert left(found) == list(values)
    assert [one.value for one in found.left] == [str(value) for value in values.values()]
    assert all(one.name and one.value in one.sentence() for one in found.left)


def test_the_weight_is_stated_and_the_primary_source_files() -> None:
    whole = message(**{"": {"D.3": "61.5", "C.1.4": "20261023", "C.1.5": "20261030",
                            "C.3.2": "Them"}})  # fmt: skip
    whole.add("C.2.r").values |= {"C.2.r.1.4": "Second", "C.2.r.4": "5"}
    whole.add("C.2.r").values |= {"C.2.r.1.4": "First", "C.2.r.4": "1", "C.2.r.5": "1"}
    whole.add("C.2.r").values |= {"C.2.r.4": NullFlavor.UNK}
    found = told(whole)

    assert [(s.path, s.value) for s in found.bundle.case.stated] == [
        ("subject.weight", "61.5"), ("subject.weight_unit", "kg"),
    ]  # fmt: skip
    second, first, third = found.bundle.reporters
    assert (first.last_name, first.occupation) == ("First", Occupation.PHYSICIAN)
    assert (second.last_name, second.health_professional) == ("Second", False)
    assert third.occupation is NullFlavor.UNK
    assert [one.files for one in found.bundle.reporters] == [None, True, None]
    assert [a.at for a in found.bundle.awareness] == [
        PartialDate(2026, 10, 23), PartialDate(2026, 10, 30),
    ]  # fmt: skip
    assert {a.who for a in found.bundle.awareness} == {"Them"}
    assert not left(found)


def test_history_death_race_and_study_become_records() -> None:
    whole = message(**{"": {"C.1.3": "2", "C.5.3": "PROT-1", "C.5.4": "1"}})
    whole.add("D.7.1.r").values |= {"D.7.1.r.1a": "27.0", "D.7.1.r.1b": "10012345",
                                    "D.7.1.r.5": "since school", "D.7.1.r.3": "true"}  # fmt: skip
    whole.add("D.7.1.r").values |= {"D.7.1.r.5": "migraine", "D.7.1.r.6": "false"}
    whole.add("D.7.1.r").values |= {"D.7.1.r.1b": "10012346", "D.7.1.r.5": "x" * 400}
    whole.add("D.8.r").values |= {"D.8.r.1": "sertraline", "D.8.r.4": "2025"}
    whole.add("D.9.2.r").values |= {"D.9.2.r.2": "Sepsis"}
    whole.add("FDA.D.11.r").values |= {"FDA.D.11.r.1": "C41261"}
    found = told(whole)
    patient = found.bundle.patient
    assert patient is not None

    assert [(c.name, c.meddra_code, c.comment) for c in patient.conditions] == [
        (None, "10012345", "since school"), ("migraine", None, None),
        (None, "10012346", "x" * 400),
    ]  # fmt: skip
    assert patient.conditions[0].ongoing is True
    assert [m.name for m in patient.medicines] == ["sertraline"]
    assert patient.death_cause == "Sepsis"
    assert patient.race == frozenset({Race.WHITE})
    assert found.bundle.studies[0].protocol == "PROT-1"
    assert found.bundle.case.study_id == "study"
    assert not left(found)


def test_a_reason_for_no_race_is_kept() -> None:
    whole = message(**{"": {"FDA.D.12": NullFlavor.UNK}})
    whole.add("FDA.D.11.r").values |= {"FDA.D.11.r.1": NullFlavor.UNK}
    found = told(whole)

    assert found.bundle.patient
    assert found.bundle.patient.race is NullFlavor.UNK
    assert not left(found)


def test_a_reaction_without_words_has_its_code_or_translation() -> None:
    whole = Part({"C.1.1": "X-1"})
    whole.add("E.i", REACTION).values |= {"E.i.2.1a": "28.1", "E.i.2.1b": "10028813"}
    whole.add("E.i", PRODUCT).values |= {"E.i.1.2": "dizziness"}
    whole.add("E.i").values |= {"E.i.2.1b": "10028814"}
    found = told(whole)

    words = [event.verbatim for event in found.bundle.events]
    assert words == ["MedDRA 10028813 (28.1)", "dizziness", "MedDRA 10028814 (-)"]
    assert found.bundle.events[0].codings[0].code == "10028813"
    assert found.bundle.case.title == "; ".join(words)  # type: ignore[arg-type]
    assert not left(found)


@pytest.mark.parametrize(
    ("values", "name", "result"),
    [
        ({"F.r.2.1": "Glucose", "F.r.3.2": "<10", "F.r.3.3": "mg/dL"}, "Glucose", "<10 mg/dL"),
        ({"F.r.2.2a": "15", "F.r.2.2b": "10006824", "F.r.3.1": "1", "F.r.3.4": "weakly"},
         "MedDRA 10006824 (15)", "Positive; weakly"),
        ({"F.r.3.4": "normal", "F.r.4": "1", "F.r.5": "2", "F.r.6": "late"}, None, "normal"),
    ],
)  # fmt: skip
def test_a_test_is_a_reading_with_its_result_as_told(
    values: dict[str, Any], name: str | None, result: str
) -> None:
    found = told(message(**{"F.r": values}))

    (reading,) = found.bundle.observations
    assert (reading.test_name, reading.result) == (name, result)
    assert not left(found)


def test_products_lots_and_medicines() -> None:
    whole = message(G_k={"G.k.2.1.1b": "0143-9508-01", "G.k.3.3": "Maker", "G.k.8": "1"},
                    G_k_4_r={"G.k.4.r.7": "L1"})  # fmt: skip
    suspect = whole.members("G.k")[0]
    suspect.add("G.k.4.r").values |= {"G.k.4.r.7": "L1"}
    suspect.add("G.k.4.r").values |= {"G.k.4.r.7": "L2"}
    suspect.add("G.k.2.3.r").values |= {"G.k.2.3.r.3a": "50", "G.k.2.3.r.3b": "mg/mL"}
    suspect.add("G.k.7.r").values |= {"G.k.7.r.1": "depression"}
    suspect.add("G.k.7.r").values |= {"G.k.7.r.1": "pain"}
    second = whole.add("G.k")
    second.values |= {"G.k.1": "3", "G.k.8": "1"}
    second.add("G.k.2.3.r").values |= {"G.k.2.3.r.1": "midazolam"}
    second.add("G.k.7.r").values |= {"G.k.7.r.1": NullFlavor.UNK}
    third = whole.add("G.k")
    third.values |= {"G.k.8": "1"}
    third.add("G.k.7.r").values |= {"G.k.7.r.2a": "27.0", "G.k.7.r.2b": "10001"}
    other = whole.add("G.k")
    other.values |= {"G.k.1": "2", "G.k.2.2": "lisinopril"}
    other.add("G.k.4.r").values |= {"G.k.4.r.1a": "10", "G.k.4.r.1b": "mg", "G.k.4.r.4": "2025"}
    found = told(whole)
    bundle = found.bundle

    assert [p.name for p in bundle.products] == ["ketamine", "midazolam", None]
    assert (bundle.products[0].ndc, bundle.products[0].strength) == ("0143-9508-01", "50")
    assert [lot.number for lot in bundle.lots] == ["L1", "L2"]
    assert [g.lot_id for g in bundle.administrations[:3]] == [
        "product-1-lot-1", "product-1-lot-1", "product-1-lot-2",
    ]  # fmt: skip
    indications = [g.indication for g in bundle.administrations]
    assert indications == [*["depression; pain"] * 3, NullFlavor.UNK, "MedDRA 10001 (27.0)"]
    assert [g.role is None for g in bundle.administrations] == [False] * 4 + [True]
    assert bundle.patient
    assert [(m.name, m.dose) for m in bundle.patient.medicines] == [("lisinopril", "10 mg")]
    assert bundle.events[0].action_taken is ActionTaken.WITHDRAWN
    assert bundle.administrations[3].role is DrugRole.INTERACTING
    assert not left(found)


def test_what_the_message_of_fda_says_beside() -> None:
    whole = message(**{"": {"FDA.C.1.12": "true", "D.9.3": "true", "C.5.3": "P-1", "C.5.4": "2",
                            "FDA.C.5.5b": "123"}},
                    G_k={"G.k.3.1": "NDA012345", "G.k.3.2": "US"})  # fmt: skip
    whole.add("C.5.1.r").values |= {"C.5.1.r.1": "NCT01", "C.5.1.r.2": "US"}
    whole.add("FDA.C.5.6.r").put("FDA.C.5.6.r", "222222")
    whole.add("FDA.C.5.6.r").put("FDA.C.5.6.r", "333333")
    whole.add("FDA.C.5.6.r").put("FDA.C.5.6.r", NullFlavor.NA)
    whole.add("C.4.r").put("C.4.r.1", "A paper,\nof 2025")
    product = whole.members("G.k")[0]
    product.add("G.k.10.r").put("G.k.10.r", "11")
    part = product.add("FDA.G.k.12.r")
    part.values |= {"FDA.G.k.12.r.1": "true", "FDA.G.k.12.r.4": "Sprayer",
                    "FDA.G.k.12.r.10": "2"}  # fmt: skip
    part.add("FDA.G.k.12.r.3.r").put("FDA.G.k.12.r.3.r", "C62834")
    found = told(whole)
    bundle = found.bundle

    study = bundle.studies[0]
    assert (study.registration, study.pre_anda, study.cross_inds) == (
        "NCT01", "123", "222222, 333333",
    )  # fmt: skip
    assert bundle.case.literature == (Paper(reference="A paper, of 2025"),)
    assert bundle.case.device.brand == "Sprayer"
    assert bundle.case.device.problem_code == "C62834"
    assert bundle.case.device.operator is DeviceOperator.PATIENT
    assert bundle.case.types == frozenset({ReportType.ADVERSE_EVENT, ReportType.PRODUCT_PROBLEM})
    assert (bundle.products[0].application, bundle.products[0].combination) == ("NDA012345", True)
    assert bundle.events[0].situations == frozenset({SpecialSituation.OFF_LABEL})
    assert bundle.patient
    assert bundle.patient.autopsy is True
    # With two products, it is the one that has a device part; without any, nobody knows.
    whole.add("G.k").values |= {"G.k.1": "1", "G.k.2.2": "midazolam"}
    assert not left(told(whole))
    assert [p.combination for p in told(whole).bundle.products] == [True, None]
    product.groups.pop("FDA.G.k.12.r")
    assert left(told(whole)) == ["FDA.C.1.12"]
    assert not left(found)


def test_a_comment_longer_than_a_note_is_left_though_the_reading_is_in_question() -> None:
    whole = message()
    whole.add("F.r").values |= {
        "F.r.1": "20261123", "F.r.2.1": "Heart rate", "F.r.3.2": "48", "F.r.3.3": "/min",
        "F.r.6": f"{'x' * 600} In question.",
    }  # fmt: skip
    found = told(whole)
    (reading,) = found.bundle.observations
    assert (reading.status, reading.note) == (ObservationStatus.QUESTIONED, None)
    assert left(found) == ["F.r.6"]


def test_vital_signs_are_readings_and_a_pressure_is_one_of_two_numbers() -> None:
    whole = message()
    for name, value, unit, at, comment in (
        ("Systolic blood pressure", "118", "mm[Hg]", "202611231400", ""),
        ("Diastolic blood pressure", "74", "mm[Hg]", "202611231400", ""),
        ("Systolic blood pressure", "84", "mm[Hg]", "202611231400", ""),
        ("Diastolic blood pressure", "52", "mm[Hg]", "202611231410", ""),
        ("Heart rate", "48", "/min", "202611231410", "lying In question."),
        ("CADSS-6", "9", "{score}", "202611231410", "first"),
        ("Heart rate", "fast", "/min", "202611231410", ""),
        ("Heart rate", "50", "1/h", "202611231410", ""),
        ("Readings and tests", "", "", "202611231410", ""),
    ):  # fmt: skip
        one = whole.add("F.r")
        for number, text in zip(("2.1", "3.2", "3.3", "1", "6"), (name, value, unit, at, comment),
                                strict=True):  # fmt: skip
            one.put(f"F.r.{number}", text)
    found = told(whole)

    seen = [(o.systolic, o.diastolic, o.value, o.test_name) for o in found.bundle.observations]
    assert seen == [
        (Decimal(118), Decimal(74), None, None), (Decimal(84), None, None, None),
        (None, Decimal(52), None, None), (None, None, Decimal(48), None),
        (None, None, Decimal(9), None), (None, None, None, "Heart rate"),
        (None, None, None, "Heart rate"), (None, None, None, None),
    ]  # fmt: skip
    assert found.bundle.observations[3].status is ObservationStatus.QUESTIONED
    assert [o.note for o in found.bundle.observations[3:5]] == ["lying", "first"]
    assert [o.result for o in found.bundle.observations[5:]] == ["fast /min", "50 1/h", None]
    assert not left(found)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("normal 0.6 to 1.1", ("0.6", "1.1", None)), ("late; normal ? to 5", (None, "5", "late")),
        ("normal for age", (None, None, "normal for age")),
        (f"normal {'9' * 60} to 5", (None, None, f"normal {'9' * 60} to 5")),
    ],
)  # fmt: skip
def test_limits_that_stand_in_the_comment_are_limits(comment: str, expected: object) -> None:
    found = told(message(**{"F.r": {"F.r.2.1": "Creatinine", "F.r.6": comment}}))

    (reading,) = found.bundle.observations
    assert (reading.low, reading.high, reading.note) == expected
    assert not left(found)


def test_opinions_and_recurrence_belong_to_a_pair() -> None:
    whole = message()
    pair = whole.members("G.k")[0].add("G.k.9.i")
    pair.values |= {"G.k.9.i.1": REACTION, "G.k.9.i.4": "1"}
    for source, method, result in (
        ("Reporter", "WHO-UMC", "Probable"), ("Maker", "Own scale", "possible"),
        ("Sponsor", "FDA", "Suspected"), ("Long", "", "y" * 600),
    ):  # fmt: skip
        said = pair.add("G.k.9.i.2.r")
        for n, words in enumerate((source, method, result), start=1):
            said.put(f"G.k.9.i.2.r.{n}", words)
    whole.members("G.k")[0].add("G.k.9.i").values |= {"G.k.9.i.1": "nobody", "G.k.9.i.4": "2"}
    found = told(whole)

    first, second = found.bundle.assessments
    assert (first.category, first.method) == (Causality.PROBABLE, CausalityMethod.WHO_UMC)
    assert (first.assessor, first.comment) == (None, None)
    assert (second.category, second.assessor) == (Causality.POSSIBLE, "Maker")
    assert second.comment == "Method: Own scale"
    (event,) = found.bundle.events
    assert event.rechallenge is Challenge.YES
    assert event.stated_causality == "ketamine: Sponsor; FDA; Suspected"
    assert left(found) == ["G.k.9.i.2.r.1", "G.k.9.i.2.r.3", "G.k.9.i.1", "G.k.9.i.4"]


def test_products_that_differ_in_what_was_done_are_left() -> None:
    whole = message(G_k={"G.k.8": "1"})
    pair = whole.members("G.k")[0].add("G.k.9.i")
    pair.values |= {"G.k.9.i.1": REACTION, "G.k.9.i.4": "1"}
    other = whole.add("G.k")
    other.values |= {"G.k.1": "1", "G.k.2.2": "midazolam", "G.k.8": "4"}
    other.add("G.k.9.i").values |= {"G.k.9.i.1": REACTION, "G.k.9.i.4": "2"}
    found = told(whole)

    assert found.bundle.events[0].action_taken is None
    assert found.bundle.events[0].rechallenge is None
    assert left(found) == ["G.k.8", "G.k.9.i.4", "G.k.8", "G.k.9.i.4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", (PartialDate(2026), True)), ("202611", (PartialDate(2026, 11), True)),
        ("20261123140530+0100", (PartialDate(2026, 11, 23, 14, 5, 30, 60), True)),
        ("202611231405+09", (PartialDate(2026, 11, 23, 14, 5, offset=540), True)),
        ("2026112314", (PartialDate(2026, 11, 23), False)),
        ("20261123140530.25", (PartialDate(2026, 11, 23, 14, 5, 30), False)),
        ("20261323", (None, False)), ("0000", (None, False)), ("", (None, False)),
        ("today", (None, False)), ("202611231405+9900", (None, False)),
    ],
)  # fmt: skip
def test_dates_are_held_as_exactly_as_they_are_known(text: str, expected: object) -> None:
    assert moment_of(text) == expected


def test_what_stands_at_no_elements_place_is_found() -> None:
    whole = message()
    node = message_node(whole)
    assert unread(node, whole) == ()
    event = node.first("controlActProcess", "subject", "investigationEvent")
    assert event is not None
    event.children.append(Node("note", {"value": "extra"}, "Words."))

    found = unread(node, whole)
    assert [(one.name, one.value) for one in found] == [
        ("controlActProcess/subject/investigationEvent/note value", "extra"),
        ("controlActProcess/subject/investigationEvent/note", "Words."),
    ]

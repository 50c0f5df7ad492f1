"""What a message says beyond the forms: readings, device, study, mother and child, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.case import Case, TestRow, settle
from aeapp.domain.codelists.assessment import Causality, SpecialSituation
from aeapp.domain.codelists.clinic import (
    DurationUnit,
    ObservationKind,
    ObservationStatus,
    PatientInvolvement,
    RateUnit,
    ReadingUnit,
)
from aeapp.domain.codelists.mandatory import TimeLimit
from aeapp.domain.codelists.safety import (
    AgeUnit,
    Challenge,
    DeviceOperator,
    Frequency,
    Race,
    ReportType,
    Seriousness,
    StudyType,
)
from aeapp.domain.codelists.scales import ScorePhase, TotalBasis
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Assessment,
    Observation,
    Patient,
    Pregnancy,
    Proposal,
    Reporter,
    Score,
    Study,
)
from aeapp.domain.records.device import Device
from aeapp.domain.records.literature import Paper
from aeapp.domain.records.proposal import Witness
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.checking import Profile, check
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.of_case import Around, Envelope, header_of, message_of
from aeapp.formspecs.e2b_r3.putting import HeldFile, put
from aeapp.formspecs.e2b_r3.reading import read_batch
from aeapp.formspecs.e2b_r3.writing import batch_node
from aeapp.readers.e2b import read_nodes
from exports.e2b.xml_file import xml_of
from tests.formspecs.test_e2b_of_case import case_of

AT = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
ICH = Envelope(sender="LARKSPUR", receiver="CENTRE", made_at=AT)
POST = Envelope(
    sender="LARKSPUR", receiver="ZZFDA", message_receiver="CDER", made_at=AT,
    profile=Profile.FDA_POSTMARKET,
)  # fmt: skip
PRE = replace(
    POST, receiver="ZZFDA_PREMKT", message_receiver="CDER_IND", profile=Profile.FDA_PREMARKET
)


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("P1")


def made(case: Case, envelope: Envelope = POST, around: Around = Around()) -> Part:  # noqa: B008
    """Return the message as it comes back out of its bytes."""
    message = message_of(case, envelope, around)
    content = xml_of(batch_node(Batch(header_of(envelope), [message])))
    (back,) = read_batch(read_nodes(content)).messages
    told = sorted((w, n, str(v)) for w, n, v in message.everything())
    assert sorted((w, n, str(v)) for w, n, v in back.everything()) == told
    return back


def reading(name: str, minute: int, number: int | None, /, **facts: Any) -> Observation:
    given: dict[str, Any] = {
        "id": name, "kind": ObservationKind.HEART_RATE, "unit": ReadingUnit.PER_MINUTE,
        "at": PartialDate.from_iso(f"2026-09-03T10:{minute:02d}-04:00"),
        "value": None if number is None else Decimal(number),
    } | facts  # fmt: skip
    return Observation(**given)


def found_in(case: Case, *readings: Observation, **facts: Any) -> list[Mapping[str, Any]]:
    event = replace(case.events[0], id="event")
    dosed = tuple(
        replace(g, started=PartialDate.from_iso("2026-09-03T10:10-04:00"))
        for g in case.administrations
    )
    told = settle(
        replace(
            case, observations=readings, administrations=dosed, events=(event,), scores=(), **facts
        )
    )
    return [part.values for part in made(told).members("F.r")]


def test_of_each_quantity_the_telling_readings_go_and_those_an_event_was_proposed_by(
    case: Case,
) -> None:
    rates = [reading(f"r{n}", n, value) for n, value in enumerate((70, 72, 75))]
    rates += [
        reading(f"s{n}", 20 + n, value) for n, value in enumerate((90, 80, 120, 85, 60, 77, 79))
    ]
    cited = Proposal(event_id="event", readings=(Witness(observation_id="s3"),))
    others = Proposal(event_id="other", readings=(Witness(observation_id="s5"),))

    found = found_in(case, *rates, proposals=(cited, others))

    assert [part["F.r.3.2"] for part in found] == ["75", "120", "85", "60", "79"]
    assert {part["F.r.2.1"] for part in found} == {"Heart rate"}
    assert {part["F.r.3.3"] for part in found} == {"/min"}
    told = made(settle(replace(case, observations=tuple(rates), tests=())))
    assert "figures of vital signs" in told.text("H.1")


@pytest.mark.parametrize(
    ("facts", "values"),
    [({"kind": ObservationKind.BLOOD_PRESSURE, "systolic": Decimal(150), "diastolic": Decimal(95),
       "mean": Decimal(113), "unit": ReadingUnit.MMHG},
      [("Systolic blood pressure", "150", "mm[Hg]"), ("Diastolic blood pressure", "95", "mm[Hg]"),
       ("Mean blood pressure", "113", "mm[Hg]")]),
     ({"kind": ObservationKind.BLOOD_PRESSURE, "systolic": Decimal(150)},
      [("Systolic blood pressure", "150", "mm[Hg]")]),
     ({"kind": ObservationKind.TEMPERATURE, "value": Decimal("98.6"),
       "unit": ReadingUnit.FAHRENHEIT}, [("Temperature", "98.6", "[degF]")]),
     ({"kind": ObservationKind.CADSS_6, "value": Decimal(9), "unit": None},
      [("CADSS-6", "9", "{score}")]),
     ({"kind": ObservationKind.WEIGHT, "value": Decimal(80)}, []),
     ({"value": NullFlavor.UNK}, []),
     ({"value": Decimal(99), "status": ObservationStatus.ARTEFACT}, [])],
)  # fmt: skip
def test_a_reading_is_a_test_with_a_number_and_a_unit_of_ucum(
    case: Case, facts: dict[str, Any], values: list[tuple[str, str, str]]
) -> None:
    found = found_in(case, reading("one", 30, None, **facts))

    assert [(p["F.r.2.1"], p["F.r.3.2"], p["F.r.3.3"]) for p in found] == values


def test_a_reading_in_question_goes_only_where_an_event_rests_on_it_and_says_so(case: Case) -> None:
    doubted = reading("d", 30, 200, status=ObservationStatus.QUESTIONED, note="cuff slipped")
    undated = reading("u", 31, 66, at=NullFlavor.UNK)
    cited = Proposal(event_id="event", readings=(Witness(observation_id="d"),))

    assert [p["F.r.3.2"] for p in found_in(case, doubted, undated)] == ["66"]
    unknown, told = found_in(case, doubted, undated, proposals=(cited,))
    assert unknown["F.r.1"] is NullFlavor.UNK
    assert told["F.r.6"] == "cuff slipped In question."


def test_laboratory_values_and_scores_are_tests(case: Case) -> None:
    lab = ObservationKind.LABORATORY
    labs = (
        reading("a", 30, None, kind=lab, test_name="Potassium", result="5.9 mmol/L", high="5.1"),
        reading("b", 31, 3, kind=lab),
        reading("c", 32, None, kind=lab, test_name="ECG"),
    )
    scores = (
        Score(scale="cadss", total=Decimal(34), edition="23", phase=ScorePhase.DURING),
        Score(scale="moaas", basis=TotalBasis.UNSCORED),
        Score(scale="phq-9"),
        Score(scale="phq-9", total=Decimal(9), struck_reason="another patient"),
    )
    told = made(settle(replace(case, observations=labs, scores=scores, tests=())))

    found = [p.values for p in told.members("F.r")]
    assert [p.get("F.r.3.4") or p.get("F.r.3.2") for p in found] == [
        "5.9", "3", "No result on record",
        "34", "No total: The scale has no total.", "No total: not reckoned.",
    ]  # fmt: skip
    assert (found[0]["F.r.3.3"], found[0]["F.r.6"]) == ("mmol/L", "normal ? to 5.1")
    assert (found[3]["F.r.2.1"], found[3]["F.r.3.3"]) == ("cadss total", "{score}")
    assert found[3]["F.r.6"] == "23; After the dose, in the room"


def test_rows_without_readings_behind_them_go_as_text(case: Case) -> None:
    rows = (TestRow(text="BP 150/95"), TestRow())
    found = made(replace(case, observations=(), tests=rows)).members("F.r")

    assert [p.text("F.r.3.4") for p in found if p.text("F.r.3.4")] == ["BP 150/95"]


# --- whom it is of


def test_a_child_has_its_mother_beside_it_and_the_other_report_is_named(case: Case) -> None:
    mother = Patient(
        id="mother", age=Decimal(31), age_unit=AgeUnit.YEAR, birth_date=PartialDate(1995, 2, 3),
        history="Depression.",
    )  # fmt: skip
    pregnancy = Pregnancy(id="p", patient_id="mother", last_period=PartialDate(2026, 7, 9))
    around = Around(linked=("US-LARKSPUR-1",), pregnancy=pregnancy, mother=mother)
    message = made(case, ICH, around)

    assert message.values["D.10.1"] is NullFlavor.MSK
    assert message.values["D.10.2.1"] is NullFlavor.MSK
    assert (message.text("D.10.2.2a"), message.text("D.10.2.2b")) == ("31", "a")
    assert (message.text("D.10.3"), message.text("D.10.6")) == ("20260709", "2")
    assert message.text("D.10.7.2") == "Depression."
    assert "D.6" not in message.values
    assert [m.text("C.1.10.r") for m in message.members("C.1.10.r")] == ["US-LARKSPUR-1"]
    product = message.members("G.k")[0]
    assert (product.text("G.k.6a"), product.text("G.k.6b")) == ("8", "wk")
    dose = product.members("G.k.4.r")[0]
    assert dose.text("G.k.4.r.11.1")
    assert "G.k.4.r.10.1" not in dose.values
    assert not any(f.number.startswith("D.10") for f in check_of(message))


def test_of_a_mother_nobody_is_made_up(case: Case) -> None:
    message = made(case, ICH, Around(mother=Patient(sex=NullFlavor.UNK)))

    told = {n: v for n, v in message.values.items() if n.startswith("D.10")}
    assert told == {"D.10.1": NullFlavor.MSK, "D.10.6": NullFlavor.UNK}


def check_of(message: Part) -> list[Any]:
    return list(check(Batch({}, [message]), Profile.ICH, dt.date(2026, 11, 27)))


@pytest.mark.parametrize(
    ("period", "weeks"),
    [(PartialDate(2026, 7, 9), "8"), (PartialDate(2026, 7), ""), (PartialDate(2026, 12, 1), ""),
     (NullFlavor.UNK, "")],
)  # fmt: skip
def test_weeks_at_exposure_are_told_only_where_both_days_are_known(
    case: Case, period: object, weeks: str
) -> None:
    around = Around(pregnancy=Pregnancy(patient_id=case.patient.id, last_period=period))  # type: ignore[arg-type]
    message = made(case, ICH, around)

    assert message.members("G.k")[0].text("G.k.6a") == weeks
    assert ("D.6" in message.values) == isinstance(period, PartialDate)


def test_without_a_day_of_the_dose_no_weeks_are_told(case: Case) -> None:
    around = Around(pregnancy=Pregnancy(last_period=PartialDate(2026, 7, 9)))
    undated = tuple(replace(g, started=NullFlavor.UNK) for g in case.administrations)
    message = made(settle(replace(case, administrations=undated)), ICH, around)

    assert "G.k.6a" not in message.members("G.k")[0].values


@pytest.mark.parametrize(
    ("autopsy", "value"),
    [(True, "true"), (False, "false"), (NullFlavor.UNK, NullFlavor.UNK), (None, NullFlavor.NASK)],
)
def test_an_autopsy_is_told_beside_the_date_of_a_death(
    case: Case, autopsy: object, value: object
) -> None:
    patient = replace(case.patient, deceased_on=PartialDate(2026, 11, 24), autopsy=autopsy)
    assert made(replace(case, patient=patient)).values["D.9.3"] == value


@pytest.mark.parametrize(
    ("race", "ethnicity"),
    [(frozenset({Race.WHITE}), NullFlavor.NI), (frozenset({Race.HISPANIC}), "C17459"),
     (frozenset[Race](), None), (None, None)],
)  # fmt: skip
def test_what_was_not_ticked_of_a_race_was_not_denied(
    case: Case, race: object, ethnicity: object
) -> None:
    patient = replace(case.patient, race=race)
    assert made(replace(case, patient=patient)).values.get("FDA.D.12") == ethnicity


def test_a_race_that_the_message_has_not_is_told_in_words(case: Case) -> None:
    patient = replace(case.patient, race=frozenset({Race.MIDDLE_EASTERN}))
    message = made(replace(case, patient=patient))

    assert "Middle Eastern or North African" in message.text("H.1")
    assert [one.values for one in message.members("FDA.D.11.r")] == [
        {"FDA.D.11.r.1": NullFlavor.UNK}
    ]


# --- documents, study, sender


def test_files_and_papers(case: Case) -> None:
    key = "7" * 64
    papers = (
        Paper(reference="A. Author. Journal 2026;1:2."),
        Paper(),
        Paper(reference=NullFlavor.ASKU, sha256=key),
        Paper(reference="Not here.", sha256="8" * 64),
    )
    held = (
        HeldFile("0123.pdf", "JVBERi0xLjc="),
        HeldFile("4567.png"),
        HeldFile("7.pdf", "QQ==", key),
    )
    told = replace(case, case=replace(case.case, literature=papers, test_comments="hemolysed"))
    message = made(told, ICH, Around(files=held))

    assert message.text("C.1.6.1") == "true"
    assert [m.text("C.1.6.1.r.1") for m in message.members("C.1.6.1.r")] == ["0123.pdf", "4567.png"]
    assert [m.text("C.1.6.1.r.2") for m in message.members("C.1.6.1.r")] == ["JVBERi0xLjc=", ""]
    # What is said of a paper, with its file where that goes along; a row left empty is none.
    assert [m.values for m in message.members("C.4.r")] == [
        {"C.4.r.1": "A. Author. Journal 2026;1:2."},
        {"C.4.r.1": NullFlavor.ASKU, "C.4.r.2": "QQ=="},
        {"C.4.r.1": "Not here."},
    ]
    assert "Comments on tests: hemolysed" in message.text("H.1")


STUDY = Study(
    id="s", title="Trial", protocol="K-1", ind="IND 123456", cross_inds="234567, , 345678",
    registration="NCT1", study_type=StudyType.OTHER,
)  # fmt: skip


def test_a_study_has_its_numbers_before_approval_only(case: Case) -> None:
    told = replace(case, studies=(STUDY,), case=replace(case.case, subject_number="07"))
    before, after = made(told, PRE), made(told, POST)

    assert before.text("FDA.C.5.5a") == "123456"
    others = [m.text("FDA.C.5.6.r") for m in before.members("FDA.C.5.6.r")]
    assert others == ["234567", "345678"]
    assert (after.text("C.5.4"), after.text("D.1.1.4")) == ("3", "07")
    assert after.members("C.5.1.r")[0].text("C.5.1.r.1") == "NCT1"
    assert "FDA.C.5.5a" not in after.values
    alone = made(replace(told, studies=(replace(STUDY, cross_inds=None),)), PRE)
    assert alone.members("FDA.C.5.6.r")[0].values["FDA.C.5.6.r"] is NullFlavor.NA
    equivalence = replace(STUDY, ind=None, cross_inds=None, pre_anda="234567")
    bare = made(replace(told, studies=(equivalence,)), PRE)
    assert (bare.text("FDA.C.5.5b"), bare.members("FDA.C.5.6.r")) == ("234567", [])
    assert bare.members("G.k")[0].values["FDA.G.k.10a"] is NullFlavor.NA


def test_a_blinded_drug_of_a_study_says_so(case: Case) -> None:
    suspect = case.suspects[0]
    product = replace(suspect.product, study_id="s")
    told = replace(
        case, studies=(replace(STUDY, blinded=True),), suspects=(replace(suspect, product=product),)
    )
    assert made(told).members("G.k")[0].text("G.k.2.5") == "true"
    opened = replace(told, studies=(replace(STUDY, blinded=False),))
    assert "G.k.2.5" not in made(opened).members("G.k")[0].values


@pytest.mark.parametrize(
    ("limits", "urgent", "kind"),
    [({TimeLimit.FIFTEEN_DAYS}, "true", "1"), ({TimeLimit.SEVEN_DAYS}, "true", "6"),
     ({TimeLimit.FIVE_DAYS, TimeLimit.PERIODIC}, "true", "4"),
     ({TimeLimit.THIRTY_DAYS}, "false", "5"), ({TimeLimit.PERIODIC}, "false", "2"),
     (set(), NullFlavor.NI, None)],
)  # fmt: skip
def test_how_urgent_it_is_by_the_kind_of_report(
    case: Case, limits: set[TimeLimit], urgent: object, kind: str | None
) -> None:
    message = made(replace(case, report=replace(case.report, time_limit=frozenset(limits))))

    assert message.values["C.1.7"] == urgent
    assert message.values.get("FDA.C.1.7.1") == kind


def test_the_sender_has_every_part_that_fda_asks_for(case: Case) -> None:
    clinic = replace(
        case.clinic, department="Safety", contact_title="Dr", contact_first_name="Ann",
        contact_last_name="Lee", fax="555 0198", contact="Ann Lee", email="a@example.org",
    )  # fmt: skip
    message = made(replace(case, clinic=clinic))

    told = [message.text(f"C.3.3.{n}") for n in (1, 2, 3, 5)]
    assert told == ["Safety", "Dr", "Ann", "Lee"]
    assert message.text("C.3.4.7") == "555 0198"
    whole = replace(clinic, contact_last_name=None)
    assert made(replace(case, clinic=whole)).text("C.3.3.5") == "Ann Lee"


def test_who_files_is_the_primary_source_and_another_may_confirm(case: Case) -> None:
    told = (
        Reporter(last_name="A", health_professional=True),
        Reporter(last_name="B", files=True, health_professional=False),
    )
    message = made(replace(case, reporters=told))

    assert [m.text("C.2.r.5") for m in message.members("C.2.r")] == ["1", ""]
    assert [m.text("C.2.r.4") for m in message.members("C.2.r")] == ["5", "3"]
    assert {m.text("E.i.8") for m in message.members("E.i")} == {"true"}
    alone = made(replace(case, reporters=told[1:]))
    assert {m.text("E.i.8") for m in alone.members("E.i")} == {""}
    assert made(replace(case, reporters=())).members("C.2.r") == []


# --- products


def of_product(case: Case, envelope: Envelope = POST, **facts: Any) -> Part:
    suspect = case.suspects[0]
    product = replace(suspect.product, **facts)
    told = replace(case, suspects=(replace(suspect, product=product),))
    return made(told, envelope).members("G.k")[0]


def test_a_product_has_its_code_for_fda_its_strength_and_its_application(case: Case) -> None:
    facts = {"ndc": "0409-2051-05", "strength": "50", "strength_unit": DoseUnit.MG_ML,
             "application": "NDA016812", "name": "Ketamine HCl"}  # fmt: skip
    product = of_product(case, **facts)

    assert product.text("G.k.2.1.1b") == "0409-2051-05"
    (inside,) = product.members("G.k.2.3.r")
    told = [inside.text(f"G.k.2.3.r.{n}") for n in ("1", "3a", "3b")]
    assert told == ["Ketamine", "50", "mg/mL"]
    assert (product.text("G.k.3.1"), product.text("G.k.3.2")) == ("NDA016812", "US")
    assert "G.k.2.1.1b" not in of_product(case, ICH, **facts).values
    assert "G.k.2.1.1b" not in of_product(case, ndc="UDI-1").values


DEVICE = Device(
    brand="Pump", common_name="infusion pump", procode="FRN", maker="Maker", lot="L1",
    operator=DeviceOperator.PATIENT, problem_code="C63093, 1234, odd one",
)  # fmt: skip


ALONE = "Suspect device: Pump; infusion pump; maker Maker; lot L1; problem C63093, 1234, odd one."


def test_the_device_of_a_combination_product(case: Case) -> None:
    suspect = case.suspects[0]
    both = replace(suspect, product=replace(suspect.product, combination=True))
    file = replace(
        case.case, device=replace(DEVICE, model="M-7"),
        types=frozenset({ReportType.PRODUCT_PROBLEM}),
    )  # fmt: skip
    message = made(replace(case, case=file, suspects=(both,)))

    assert message.text("FDA.C.1.12") == "true"
    (part,) = message.members("G.k")[0].members("FDA.G.k.12.r")
    told = [part.text(f"FDA.G.k.12.r.{n}") for n in ("1", "4", "5", "6", "7.1a", "9", "10")]
    assert told == ["true", "Pump", "infusion pump", "FRN", "Maker", "L1", "2"]
    codes = [m.text("FDA.G.k.12.r.3.r") for m in part.members("FDA.G.k.12.r.3.r")]
    assert codes == ["C63093", "1234"]
    assert "Device problem as coded by the sender: odd one." in message.text("H.1")
    assert "Model of the device: M-7." in message.text("H.1")
    unknown = replace(file, device=Device(lot="L1"), types=None)
    (bare,) = (
        made(replace(case, case=unknown, suspects=(both,)))
        .members("G.k")[0]
        .members("FDA.G.k.12.r")
    )
    assert bare.values["FDA.G.k.12.r.4"] is NullFlavor.NI
    assert "FDA.G.k.12.r.1" not in bare.values
    plain = replace(suspect, product=replace(suspect.product, combination=False))
    assert made(replace(case, case=file, suspects=(plain,))).text("FDA.C.1.12") == "false"


@pytest.mark.parametrize(
    ("combination", "envelope", "told"),
    [
        (True, POST, []),
        (False, POST, [
            ALONE,
            "Suspect device: Second pump; lot L2.",
        ]),
        (True, ICH, [
            ALONE,
            "Suspect device: Second pump; lot L2.",
        ]),
    ],
)  # fmt: skip
def test_a_suspect_device_without_a_place_is_told_in_words(
    case: Case, combination: bool, envelope: Envelope, told: list[str]
) -> None:
    suspect = case.suspects[0]
    product = replace(suspect.product, combination=combination)
    further = (Device(brand="Second pump", lot="L2"), Device())
    file = replace(case.case, device=DEVICE, further_devices=further)
    both = replace(case, case=file, suspects=(replace(suspect, product=product),))

    lines = message_of(both, envelope).text("H.1").splitlines()

    assert [line for line in lines if line.startswith("Suspect device")] == told
    bare = replace(both, case=replace(file, device=Device(serial="S1"), further_devices=()))
    plain = replace(bare, suspects=(replace(suspect, product=replace(product, combination=None)),))
    assert "Suspect device: not named." in message_of(plain, envelope).text("H.1")


def test_what_only_fda_knows_is_in_no_message_of_ich(case: Case) -> None:
    message = made(case, ICH)

    assert not any(n.startswith("FDA.") for _w, n, _v in message.everything())
    assert any(n.startswith("FDA.") for _w, n, _v in made(case, POST).everything())


def test_an_intervention_is_told_in_words_where_no_element_takes_it(case: Case) -> None:
    event = replace(case.events[0], seriousness=frozenset({Seriousness.INTERVENTION}))
    told = replace(case, events=(event,))

    assert made(told, POST).members("E.i")[0].text("FDA.E.i.3.2h") == "true"
    before = made(told, PRE)
    assert before.members("E.i")[0].values["FDA.E.i.3.2h"] is NullFlavor.NI
    assert "Required Intervention" in before.text("H.1")


def test_special_situations_a_rate_and_a_duration(case: Case) -> None:
    said = {SpecialSituation.OFF_LABEL, SpecialSituation.WRONG_ROUTE, SpecialSituation.PREGNANCY}
    event = replace(case.events[0], situations=frozenset(said))
    suspect = case.suspects[0]
    giving = replace(
        suspect.giving, rate=Decimal(60), rate_unit=RateUnit.ML_PER_H, per_kg=Decimal("0.5"),
        duration=Decimal(40), duration_unit=DurationUnit.MINUTE,
    )  # fmt: skip
    told = replace(case, events=(event,), suspects=(replace(suspect, giving=giving),))
    product = made(told).members("G.k")[0]

    assert [m.text("G.k.10.r") for m in product.members("G.k.10.r")] == ["7", "11"]
    dose = product.members("G.k.4.r")[0]
    assert dose.text("G.k.4.r.8").endswith("rate 60 mL/h; 0.5 mg/kg")
    assert (dose.text("G.k.4.r.6a"), dose.text("G.k.4.r.6b")) == ("40", "min")


@pytest.mark.parametrize(
    ("category", "result"),
    [(Causality.PROBABLE, "Suspected"), (Causality.UNLIKELY, "Not Suspected"),
     (Causality.UNASSESSABLE, "")],
)  # fmt: skip
def test_an_ind_study_has_the_answer_that_its_clock_goes_by(
    case: Case, category: Causality, result: str
) -> None:
    product_id, event = case.suspects[0].product.id, case.events[0]
    opinion = Assessment(event_id=event.id, product_id=product_id, category=category)
    told = replace(case, events=(event,), assessments=(opinion,), studies=(STUDY,))

    (pair,) = made(told, PRE).members("G.k")[0].members("G.k.9.i")
    opinions = pair.members("G.k.9.i.2.r")
    sponsor = [o.text("G.k.9.i.2.r.3") for o in opinions if o.text("G.k.9.i.2.r.1") == "Sponsor"]
    assert sponsor == ([result] if result else [])


@pytest.mark.parametrize(
    ("assessor", "source"),
    [("Sponsor", "Sponsor"), ("Dana Reyes", "Reporter"), (None, "Reporter")],
)
def test_an_opinion_stays_that_of_who_holds_it_and_has_no_method_nobody_named(
    case: Case, assessor: str | None, source: str
) -> None:
    suspect = case.suspects[0].product.id
    opinion = Assessment(
        event_id=case.events[0].id, product_id=suspect, category=Causality.POSSIBLE,
        assessor=assessor,
    )  # fmt: skip
    message = made(replace(case, assessments=(opinion,)), ICH)
    (said,) = message.members("G.k")[0].members("G.k.9.i")[0].members("G.k.9.i.2.r")
    assert said.values == {"G.k.9.i.2.r.1": source, "G.k.9.i.2.r.3": "Possible"}


def given(case: Case, starts: tuple[str, ...], onset: str, **facts: Any) -> Part:
    """The suspect's part of a message; its doses are of one lot."""
    doses = tuple(
        replace(
            case.administrations[0], id=f"dose-{n}",
            started=PartialDate.from_iso(f"2026-09-{start}-04:00") if start else None, **facts,
        )
        for n, start in enumerate(starts)
    )  # fmt: skip
    event = replace(case.events[0], onset=PartialDate.from_iso(f"2026-09-{onset}-04:00"))
    again = settle(replace(case, administrations=doses, events=(event,)))
    return made(again).members("G.k")[0]


@pytest.mark.parametrize(
    ("starts", "onset", "expected"),
    [
        (("03T10:05", "03T10:25"), "03T10:45", ["40", "min", "20", "min"]),
        # Of three sessions from one lot the last dose is that of the third.
        (("01T10:00", "03T10:00"), "03T10:45", ["2925", "min", "45", "min"]),
        (("03T10:45",), "03T10:45", ["0", "min", "0", "min"]),
        # One of an unknown day may have been the first, or the last.
        (("03T10:05", ""), "03T10:45", []),
        (("03T10:05",), "03T10:00", []),
    ],
)
def test_the_time_from_the_doses_to_the_reaction_is_told_to_the_minute(
    case: Case, starts: tuple[str, ...], onset: str, expected: list[str]
) -> None:
    pairs = given(case, starts, onset).members("G.k.9.i")
    told = [p.text(f"G.k.9.i.3.{n}") for p in pairs for n in ("1a", "1b", "2a", "2b")]
    assert told == expected


@pytest.mark.parametrize(
    ("facts", "interval", "words"),
    [
        ({"frequency": Frequency.DAILY}, ("1", "d"), ""),
        ({"frequency": Frequency.TID}, ("", ""), "frequency TID"),
        ({"frequency": Frequency.OTHER, "frequency_text": "twice a week"}, ("", ""),
         "frequency twice a week"),
        ({"frequency": Frequency.OTHER, "frequency_text": "single session"}, ("", ""), ""),
        ({"frequency": None}, ("", ""), ""),
    ],
)  # fmt: skip
def test_how_often_it_was_given_is_told(
    case: Case, facts: dict[str, Any], interval: tuple[str, str], words: str
) -> None:
    (dose,) = given(case, ("03T10:05",), "03T10:45", **facts).members("G.k.4.r")
    assert (dose.text("G.k.4.r.2"), dose.text("G.k.4.r.3")) == interval
    assert ("frequency" in dose.text("G.k.4.r.8")) is bool(words)
    assert words in dose.text("G.k.4.r.8")


def test_a_weight_has_no_unit_that_nobody_said_and_history_its_reason(case: Case) -> None:
    subject = replace(case.subject, weight=Decimal(150), weight_unit=None)
    bare = replace(case.patient, history=NullFlavor.NASK, conditions=(), allergies=None)
    event = replace(case.events[0], dechallenge=Challenge.YES)
    case = settle(
        replace(case, patient=bare, case=replace(case.case, more_history=None), events=(event,))
    )
    message = made(replace(case, subject=subject))

    assert "D.3" not in message.values
    assert "Weight without a unit: 150." in message.text("H.1")
    assert f"{event.verbatim} abated after stop or reduction: Yes." in message.text("H.1")
    assert message.values["D.7.2"] is NullFlavor.NASK


@pytest.mark.parametrize(
    ("result", "number", "text"),
    [
        ("38.5 C", "", "38.5 C"), ("250 K/uL", "", "250 K/uL"), ("4.5 T/L", "", "4.5 T/L"),
        ("35 u/L", "", "35 u/L"), ("35 U/L", "35", ""), ("38.5 Cel", "38.5", ""),
    ],
)  # fmt: skip
def test_a_unit_that_means_another_thing_in_ucum_stays_words(
    case: Case, result: str, number: str, text: str
) -> None:
    lab = reading("a", 30, None, kind=ObservationKind.LABORATORY, test_name="X", result=result)
    (told,) = made(settle(replace(case, observations=(lab,), scores=()))).members("F.r")
    assert (told.text("F.r.3.2"), told.text("F.r.3.4")) == (number, text)


def test_a_laboratory_value_goes_with_its_unit_its_words_and_its_doubt(case: Case) -> None:
    facts: dict[str, Any] = {"kind": ObservationKind.LABORATORY, "unit": ReadingUnit.PERCENT}
    labs = (
        reading("a", 30, 6, **facts, note="hemolyzed", status=ObservationStatus.QUESTIONED),
        reading("b", 31, 7, **facts, result="high"),
    )
    first, second = made(settle(replace(case, observations=labs, scores=()))).members("F.r")
    assert (first.text("F.r.3.2"), first.text("F.r.3.3")) == ("6", "%")
    assert first.text("F.r.6") == "hemolyzed; In question."
    assert second.text("F.r.3.4") == "7 %; high"


def test_where_there_is_no_patient_nobody_is_masked(case: Case) -> None:
    alone = replace(case.case, involvement=PatientInvolvement.NONE)
    message = made(settle(replace(case, case=alone, patient=Patient())))
    assert message.values["D.1"] is NullFlavor.NA
    assert message.values["FDA.D.12"] is NullFlavor.NA
    assert message.members("FDA.D.11.r")[0].values["FDA.D.11.r.1"] is NullFlavor.NA


@pytest.mark.parametrize("practice", [True, False])
def test_a_message_of_a_practice_clinic_says_that_it_is_one(case: Case, *, practice: bool) -> None:
    clinic = replace(case.clinic, practice=practice)
    message = made(replace(case, clinic=clinic))
    assert ("practice clinic" in message.text("H.1")) is practice


def test_a_value_of_no_known_kind_is_no_value() -> None:
    part = Part()
    put(part, "D.3", 3.5)
    assert part.values == {}

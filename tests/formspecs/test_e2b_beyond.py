"""History, earlier medicines, numbers of others, comments, names: there and back without loss."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.archive import case_from
from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.clinic import MedicineRole, Relation
from aeapp.domain.codelists.countries import Country
from aeapp.domain.codelists.safety import AgeGroup, AgeUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Clinic, Patient, Reporter, Study
from aeapp.domain.records.beyond_forms import Beyond, Diagnosis, OtherNumber, Summary
from aeapp.domain.records.case import StatedValue
from aeapp.domain.records.death import CauseOfDeath
from aeapp.domain.records.literature import Paper
from aeapp.domain.records.patient import Condition, Medicine
from aeapp.domain.records.study import Registration
from aeapp.domain.values import PartialDate
from aeapp.formspecs.e2b_r3.checking import check
from aeapp.formspecs.e2b_r3.message import Batch, Part
from aeapp.formspecs.e2b_r3.of_case import Around, header_of, message_of
from aeapp.formspecs.e2b_r3.putting import HeldFile
from aeapp.formspecs.e2b_r3.to_case import told_by
from tests.formspecs.test_e2b_of_case import case_of
from tests.formspecs.test_e2b_round_trip import ENVELOPE, differing, sent
from tests.formspecs.test_e2b_to_case import left, message, told

CODE, OTHER_CODE, VERSION = "10027599", "10012174", "28.1"
CODED = {"meddra_code": CODE, "meddra_edition": VERSION}
TODAY = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of("P1")


def with_patient(case: Case, **facts: Any) -> Case:
    return settle(replace(case, patient=replace(case.patient, **facts)))


def with_file(case: Case, **facts: Any) -> Case:
    return settle(replace(case, case=replace(case.case, **facts)))


def back(case: Case) -> tuple[Case, Part]:
    """The case that is read out of the message of a case, and that message."""
    message = sent(case)
    bundle = told_by(message, "US").bundle
    mine = replace(bundle.case, number=case.case.number)
    return case_from(replace(bundle, clinic=case.clinic, case=mine)), message


@pytest.mark.parametrize(
    "condition",
    [
        Condition(name="migraine", **CODED),
        Condition(name="migraine", icd10cm="G43.1", comment="with aura\nsince school", **CODED),
        Condition(icd10cm="G43.1", ongoing=True, **CODED),
        Condition(comment="nobody named it", **CODED),
        Condition(name="asthma (of childhood)", started=PartialDate(1990), ongoing=False,
                  ended=PartialDate(2004, 5), family=True, **CODED),
        Condition(started=NullFlavor.ASKU, ongoing=NullFlavor.UNK, **CODED),
        Condition(name="migraine", meddra_code=CODE),
    ],
)  # fmt: skip
def test_a_coded_condition_is_a_row_and_comes_back(case: Case, condition: Condition) -> None:
    again, message = back(with_patient(case, conditions=(condition,)))

    assert again.patient.conditions == (condition,)
    (row,) = message.members("D.7.1.r")
    assert row.text("D.7.1.r.1b") == CODE
    assert "migraine" not in message.text("D.7.2")


def test_what_has_no_code_stays_in_words(case: Case) -> None:
    some = (Condition(name="gout", meddra_edition=VERSION), Condition(name="migraine", **CODED))
    message = sent(with_patient(case, conditions=some, history="Depression."))

    assert message.text("D.7.2").splitlines()[:2] == ["Depression.", "gout"]
    assert len(message.members("D.7.1.r")) == 1


@pytest.mark.parametrize(
    ("conditions", "history", "expected"),
    [
        ((), None, NullFlavor.UNK),
        ((Condition(name="migraine", **CODED),), None, None),
        ((Condition(name="migraine", **CODED),), NullFlavor.NASK, NullFlavor.NASK),
    ],
)
def test_without_words_the_history_has_a_reason_or_rows(
    case: Case, conditions: tuple[Condition, ...], history: Any, expected: Any
) -> None:
    bare = replace(case, patient=Patient(id="p", conditions=conditions, history=history))
    message = sent(with_file(bare, more_history=None))

    assert message.values.get("D.7.2") == expected


def test_a_history_that_somebody_stated_goes_as_it_was_stated(case: Case) -> None:
    stated = StatedValue(path="happening.history", value="As told on the phone.", reason="Newer.")
    known = with_patient(case, conditions=(Condition(name="migraine", **CODED),))
    message = sent(with_file(known, stated=(stated,)))

    assert message.text("D.7.2") == "As told on the phone."
    assert message.members("D.7.1.r")


@pytest.mark.parametrize(
    ("values", "expected", "rest"),
    [
        ({"D.7.1.r.1a": VERSION, "D.7.1.r.1b": CODE, "D.7.1.r.5": "As reported: x (ICD-10-CM ?)"},
         Condition(name="x (ICD-10-CM ?)", **CODED), []),
        ({"D.7.1.r.1b": CODE, "D.7.1.r.5": "As reported: x (ICD-10-CM 1.1)"},
         Condition(meddra_code=CODE), ["D.7.1.r.5"]),
        ({"D.7.1.r.1a": "28", "D.7.1.r.1b": CODE}, Condition(meddra_code=CODE), ["D.7.1.r.1a"]),
        ({"D.7.1.r.1a": VERSION, "D.7.1.r.1b": "1002", "D.7.1.r.5": "gout"},
         Condition(name="gout"), ["D.7.1.r.1a", "D.7.1.r.1b"]),
        ({"D.7.1.r.2": "2019"}, None, ["D.7.1.r.2"]),
        ({"D.7.1.r.5": "x" * 300}, None, ["D.7.1.r.5"]),
    ],
)  # fmt: skip
def test_a_row_of_anybody_is_taken_as_far_as_items_hold_it(
    values: dict[str, str], expected: Condition | None, rest: list[str]
) -> None:
    found = told(message(**{"D.7.1.r": values}))

    assert found.bundle.patient is not None
    assert found.bundle.patient.conditions == ((expected,) if expected else ())
    assert left(found) == rest


PAST = Medicine(name="sertraline", role=MedicineRole.PAST)


@pytest.mark.parametrize(
    "medicine",
    [
        PAST,
        replace(PAST, name=None),
        replace(PAST, started=PartialDate(2024), ended=PartialDate(2025, 6)),
        replace(PAST, indication_code=CODE, meddra_edition=VERSION),
        replace(PAST, indication_code=CODE, reaction_code=OTHER_CODE, meddra_edition=VERSION),
        replace(PAST, reaction_code=OTHER_CODE),
    ],
)
def test_a_medicine_of_the_past_comes_back_once(case: Case, medicine: Medicine) -> None:
    again, message = back(with_patient(case, medicines=(medicine,)))

    assert again.patient.medicines == (medicine,)
    assert len(message.members("D.8.r")) == 1
    assert [one.text("G.k.1") for one in message.members("G.k")].count("2") == 0


@pytest.mark.parametrize(
    ("medicine", "past"),
    [
        (Medicine(name="m", ended=PartialDate(2020)), True),
        (Medicine(name="m", ended=PartialDate(2026)), False),
        (Medicine(name="m", ended=NullFlavor.UNK), False),
        (Medicine(name="m", ended=PartialDate(2020), role=MedicineRole.CONCOMITANT), False),
    ],
)
def test_where_nobody_said_the_dates_tell_what_is_past(
    case: Case, medicine: Medicine, past: bool
) -> None:
    message = sent(with_patient(case, medicines=(medicine,)))

    assert len(message.members("D.8.r")) == past
    assert [one.text("G.k.1") for one in message.members("G.k")].count("2") == 1 - past


def test_without_a_dated_dose_nothing_is_past_by_its_dates(case: Case) -> None:
    undated = tuple(replace(g, started=None) for g in case.administrations)
    medicine = Medicine(name="m", ended=PartialDate(2020))
    known = with_patient(replace(case, administrations=undated), medicines=(medicine,))

    assert not sent(known).members("D.8.r")


def test_the_dose_of_a_medicine_of_the_past_is_told_in_words(case: Case) -> None:
    some = (replace(PAST, dose="50 mg a day"), Medicine(role=MedicineRole.PAST, dose="one"))
    story = sent(with_patient(case, medicines=some)).text("H.1")

    assert "Taken in the past, sertraline: 50 mg a day." in story
    assert "Taken in the past, not named: one." in story


@pytest.mark.parametrize(
    ("values", "rest"),
    [
        ({"D.8.r.1": "m", "D.8.r.6a": "28.0", "D.8.r.6b": CODE, "D.8.r.7a": "27.1",
          "D.8.r.7b": CODE}, ["D.8.r.7a", "D.8.r.7b"]),
        ({"D.8.r.1": "m", "D.8.r.6a": "new", "D.8.r.6b": CODE}, ["D.8.r.6a", "D.8.r.6b"]),
        ({"D.8.r.1": "m", "D.8.r.6a": "28.0", "D.8.r.6b": "7"}, ["D.8.r.6a", "D.8.r.6b"]),
        ({"D.8.r.1": NullFlavor.NA}, ["D.8.r.1"]),
    ],
)  # fmt: skip
def test_of_an_earlier_medicine_what_no_item_holds_is_left(
    values: dict[str, Any], rest: list[str]
) -> None:
    assert left(told(message(**{"D.8.r": values}))) == rest


WHOLE: dict[str, Any] = {
    "beyond": Beyond(
        sender_comment="Most likely <dissociation>.", reporter_comment="It was the drug.",
        other_therapies=True, documents="Record of the ambulance\nECG strip",
    ),
    "literature": (Paper(reference="Doe J. Ketamine. 2025."),),
    "other_numbers": (
        OtherNumber(source="Ketafarm", number="US-KF-7"),
        OtherNumber(source="Regulator", number="R-9"),
    ),
    "diagnoses": (Diagnosis(code=OTHER_CODE, edition=VERSION),),
    "summaries": (Summary(text="Se desmayó.", language="spa"), Summary(text="Ohnmacht.")),
}  # fmt: skip


def test_what_is_said_beside_the_forms_comes_back_and_goes_on_unchanged(case: Case) -> None:
    again, message = back(with_file(case, **WHOLE))

    assert {name: getattr(again.case, name) for name in WHOLE} == WHOLE
    assert (message.text("C.1.9.1"), message.text("C.1.6.1")) == ("true", "true")
    assert differing(message, sent(again)) <= {"G.k.9.i.3.2a"}


def test_without_any_of_it_the_message_says_no_more_than_it_has_to(case: Case) -> None:
    blank = {"other_numbers": (OtherNumber(),), "diagnoses": (Diagnosis(),)}
    message = sent(with_file(case, beyond=Beyond(other_therapies=False), **blank))

    assert message.values["C.1.9.1"] is NullFlavor.NI
    assert message.text("C.1.6.1") == "false"
    assert not {"D.7.3", "D.4", "H.2", "H.4"} & message.values.keys()
    assert not message.groups.keys() & {"C.1.9.1.r", "C.1.6.1.r", "H.3.r", "H.5.r"}


@pytest.mark.parametrize(
    ("group", "values"),
    [
        ("C.1.9.1.r", {"C.1.9.1.r.1": "x" * 101, "C.1.9.1.r.2": "US-1"}),
        ("H.3.r", {"H.3.r.1a": VERSION, "H.3.r.1b": "12"}),
        ("H.5.r", {"H.5.r.1a": "Se desmayó.", "H.5.r.1b": "es"}),
        ("C.1.6.1.r", {"C.1.6.1.r.1": "file.bin", "C.1.6.1.r.2": "AAAA"}),
        ("C.5.1.r", {"C.5.1.r.1": "N" * 51, "C.5.1.r.2": "US"}),
        ("", {"C.1.9.1": "true"}), ("", {"H.4": "x" * 20_001}),
    ],
)  # fmt: skip
def test_what_an_item_would_cut_is_left_whole(group: str, values: dict[str, str]) -> None:
    assert left(told(message(**{group: values}))) == list(values)


def test_files_and_what_is_only_said_to_be_held_stand_side_by_side(case: Case) -> None:
    known = with_file(case, beyond=Beyond(documents="Paper chart"))
    around = Around(files=(HeldFile("3f0a", "JVBERi0xLjc="),))
    rows = message_of(known, ENVELOPE, around).members("C.1.6.1.r")

    assert [row.text("C.1.6.1.r.1") for row in rows] == ["3f0a", "Paper chart"]
    assert [row.text("C.1.6.1.r.2") for row in rows] == ["JVBERi0xLjc=", ""]


def test_a_reporter_has_every_part_of_the_name_and_may_be_a_lawyer(case: Case) -> None:
    named = {
        "title": "Dr", "first_name": "Jo", "middle_name": "M.", "last_name": "Doe",
        "organisation": "Larkspur", "department": "Day unit",
    }  # fmt: skip
    reporters = (
        Reporter(id="one", files=True, withhold_identity=False, **named),
        Reporter(id="two", relation=Relation.LAWYER, title="Ms"),
    )
    again, message = back(replace(case, reporters=reporters))

    first, second = again.reporters
    assert {name: getattr(first, name) for name in named} == named
    assert second.relation is Relation.LAWYER
    # Who was not asked is not named.
    assert second.title is NullFlavor.MSK
    assert message.members("C.2.r")[1].text("C.2.r.4") == "4"


def test_a_study_has_every_number_of_its_registers_and_the_patient_a_height(case: Case) -> None:
    study = Study(
        id="s", title="Trial", registration="NCT1", registration_country=Country("US"),
        further_registrations=(Registration(number="2026-1", country=Country("DE")),
                               Registration(), Registration(number="X-3")),
    )  # fmt: skip
    file = replace(case.case, study_id="s")
    again, message = back(with_patient(replace(case, studies=(study,), case=file), height=171))

    numbers = [one.text("C.5.1.r.1") for one in message.members("C.5.1.r")]
    assert numbers == ["NCT1", "2026-1", "X-3"]
    (found,) = again.studies
    assert (found.registration, found.registration_country) == ("NCT1", Country("US"))
    assert [r.country for r in found.further_registrations] == [Country("DE"), None]
    assert again.patient.height == 171


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"other_numbers": (OtherNumber(source="Ketafarm", number="7"),)}, set()),
        ({"other_numbers": (OtherNumber(source="Ketafarm"),)}, {"C.1.9.1.r.2"}),
        ({"other_numbers": (OtherNumber(number="7"),)}, {"C.1.9.1.r.1"}),
        ({"diagnoses": (Diagnosis(code=OTHER_CODE, edition=VERSION),)}, set()),
        ({"diagnoses": (Diagnosis(code=OTHER_CODE),)}, {"H.3.r.1b"}),
        ({"summaries": (Summary(text="x", language="spa"),)}, set()),
        ({"summaries": (Summary(text="x"),)}, {"H.5.r.1a"}),
    ],
)
def test_the_check_names_the_half_that_is_missing(
    case: Case, facts: dict[str, Any], found: set[str]
) -> None:
    def said(known: Case) -> set[str]:
        made = message_of(known, ENVELOPE)
        batch = Batch(header_of(ENVELOPE), [made])
        return {one.number for one in check(batch, ENVELOPE.profile, TODAY)}

    assert said(with_file(case, **facts)) - said(case) == found


def test_what_another_sender_wrote_goes_on_as_it_came() -> None:
    whole = message(**{
        "": {"C.1.9.1": "true", "C.1.6.1": "true", "D.4": "180", "D.7.3": "true", "H.2": "His.",
             "H.4": "Hers."},
        "C.1.9.1.r": {"C.1.9.1.r.1": "Them", "C.1.9.1.r.2": "T-1"},
        "C.1.6.1.r": {"C.1.6.1.r.1": "Chart"},
        "D.7.1.r": {"D.7.1.r.1a": VERSION, "D.7.1.r.1b": CODE, "D.7.1.r.2": "2019",
                    "D.7.1.r.3": "true", "D.7.1.r.5": "with aura", "D.7.1.r.6": "true"},
        "D.8.r": {"D.8.r.1": "sertraline", "D.8.r.4": "2024", "D.8.r.5": "2025",
                  "D.8.r.6a": VERSION, "D.8.r.6b": CODE, "D.8.r.7a": VERSION, "D.8.r.7b": CODE},
        "H.3.r": {"H.3.r.1a": VERSION, "H.3.r.1b": CODE},
        "H.5.r": {"H.5.r.1a": "Se desmayó.", "H.5.r.1b": "spa"},
    })  # fmt: skip
    found = told(whole)
    assert not left(found)

    clinic = Clinic(name="Larkspur", country=Country("US"))
    again = sent(case_from(replace(found.bundle, clinic=clinic)))
    mine = {number for _where, number, _value in whole.everything()}
    # The words of the envelope are those of who sends it now.
    assert not differing(whole, again) & (mine - {"C.1.1", "G.k.9.i.1"})


CAUSE = CauseOfDeath(words="Sepsis", meddra_code="10040047", meddra_edition=VERSION)


@pytest.mark.parametrize(
    ("words", "causes"),
    [
        ("Sepsis", (CAUSE,)),
        ("Shock; Sepsis; fall", (CAUSE,)),
        (None, (replace(CAUSE, words=None),)),
        ("Shock", (replace(CAUSE, by_autopsy=True),)),
        ("Shock; trauma", (CauseOfDeath(words="Embolism", by_autopsy=True),)),
    ],
)
def test_causes_of_death_come_back_by_words_and_by_code(
    case: Case, words: str | None, causes: tuple[CauseOfDeath, ...]
) -> None:
    dead = with_patient(
        case, deceased_on=PartialDate(2026, 11, 24), death_cause=words, causes=causes
    )
    again, message = back(dead)

    assert (again.patient.death_cause, again.patient.causes) == (words, causes)
    assert not differing(message, sent(again)) - {"G.k.9.i.3.2a"}


def test_a_cause_with_a_code_that_no_words_tell_stands_behind_them(case: Case) -> None:
    causes = (replace(CAUSE, words=None), CAUSE, CauseOfDeath())
    dead = with_patient(
        case, deceased_on=PartialDate(2026, 11, 24), death_cause="Shock", causes=causes
    )
    rows = sent(dead).members("D.9.2.r")

    told = [(row.text("D.9.2.r.2"), row.text("D.9.2.r.1b")) for row in rows]
    assert told == [("Shock", ""), ("", "10040047"), ("Sepsis", "10040047")]


@pytest.mark.parametrize(
    ("group", "values", "rest"),
    [
        ("D.9.2.r", {"D.9.2.r.1a": VERSION, "D.9.2.r.1b": "12", "D.9.2.r.2": "Shock"},
         ["D.9.2.r.1a", "D.9.2.r.1b"]),
        ("D.9.4.r", {"D.9.4.r.1a": VERSION, "D.9.4.r.1b": "12"}, ["D.9.4.r.1a", "D.9.4.r.1b"]),
    ],
)  # fmt: skip
def test_of_a_cause_of_death_what_no_item_holds_is_left(
    group: str, values: dict[str, str], rest: list[str]
) -> None:
    assert left(told(message(**{group: values}))) == rest


def test_an_age_group_goes_where_nothing_more_exact_is_known(case: Case) -> None:
    facts: dict[str, Any] = {"age_group": AgeGroup.ELDERLY, "age": None, "age_unit": None}
    known = with_patient(case, birth_date=None, **facts)
    again, message = back(replace(known, subject=replace(known.subject, age=None)))
    assert message.text("D.2.3") == "6"
    assert again.patient.age_group is AgeGroup.ELDERLY

    for more in ({"birth_date": PartialDate(1950)}, {"age": Decimal(70), "age_unit": AgeUnit.YEAR}):
        told = with_patient(case, **{**facts, "birth_date": None, **more})
        assert "D.2.3" not in sent(told).values

"""The scan finds who the patient is however it is written, and lets alone what only looks so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aeapp.domain.case import Case, settle, write
from aeapp.domain.codelists.clinic import ObservationKind
from aeapp.domain.findings import Context, Finding, Severity, find_problems
from aeapp.domain.items import NullFlavor
from aeapp.domain.narrative import step
from aeapp.domain.narrative.identifiers import find, identifiers_in
from aeapp.domain.narrative.scan import left_in, met_in
from aeapp.domain.records import Lot, Observation, Patient, Reporter, Session
from aeapp.domain.records.patient import Medicine
from aeapp.domain.rules.narrative import holds_back
from aeapp.domain.values import PartialDate
from tests.factories import TODAY, complete_case, day
from tests.helpers.guards import SENTINEL

NAME = "Mrs. Zoë Mary-Ann Larkwood"
OF_PATIENT = {
    "name": NAME,
    "birth_date": day("1990-03-04"),
    "phone": "+1 (312) 555-0147",
    "address": "12B Ümber Street, Apt 4, Springfield",
    "record_number": "MRN-0042-17",
}
KNOWN = identifiers_in(("patient", item, value) for item, value in OF_PATIENT.items())

TOLD = [
    ("Zoë Mary-Ann Larkwood fell.", "Zoë Mary-Ann Larkwood"),
    ("ZOE LARKWOOD fell.", "ZOE LARKWOOD"),
    ("Larkwood, Zoe, fell.", "Larkwood, Zoe"),
    ("larkwood  zoe mary ann fell", "larkwood  zoe mary ann"),
    ("MaryAnn fell", "MaryAnn"),
    ("Ms. Larkwood’s husband", "Larkwood"),
    ("We told ZOË.", "ZOË"),
    ("We told Zoe\u0308.", "Zoe\u0308"),
    ("born 1990-03-04", "1990-03-04"),
    ("born 4 March 1990", "4 March 1990"),
    ("born on the 4th of March, 1990", "4th of March, 1990"),
    ("born Mar 4, 90", "Mar 4, 90"),
    ("DOB 03/04/1990", "03/04/1990"),
    ("DOB 4.3.90", "4.3.90"),
    ("DOB 19900304.", "19900304"),
    ("call 312-555-0147", "312-555-0147"),
    ("call (312) 555 0147 today", "312) 555 0147"),
    ("call +1.312.555.0147", "+1.312.555.0147"),
    ("call 3125550147", "3125550147"),
    ("call 555 0147", "555 0147"),
    ("lives at 12b Umber Str.", "12b Umber"),
    ("lives at 12B, ÜMBER street apt 4 Springfield", "12B, ÜMBER street apt 4 Springfield"),
    ("chart MRN 0042 17", "MRN 0042 17"),
    ("chart mrn004217", "mrn004217"),
]
QUIET = [
    "The larkwoods are a family of trees.",
    "zoecial",
    "Mary fell ill; Ann did not.",
    "on 2026-03-04 at 10:00",
    "on 4 March 2026",
    "in March 1990",
    "BP 142/88, HR 96, SpO2 97",
    "lot 3125550",
    "call 312-555-0148",
    "NDC 0312-5550-147",
    "45550147",
    "12 umbrellas on Umber Street",
    "MRN-0042-18",
    "A004217",
    "Mrs. Somebody",
]


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_it_is_found_however_it_is_written(text: str, words: str) -> None:
    found = list(find(text, KNOWN))
    assert words in [text[f.begin : f.end] for f in found]


@pytest.mark.parametrize("text", QUIET)
def test_what_only_looks_so_is_let_alone(text: str) -> None:
    assert [text[f.begin : f.end] for f in find(text, KNOWN)] == []


def test_each_place_is_told_once_by_what_says_most() -> None:
    text = "Zoë Mary-Ann Larkwood, 4 Mar 1990; Larkwood."
    found = list(find(text, KNOWN))
    assert [(f.what, f.begin) for f in sorted(found, key=lambda f: f.begin)] == [
        ("the name of the patient", 0),
        ("the date of birth", 23),
        ("a part of the patient’s name", 35),
    ]


def test_a_name_that_is_a_word_is_only_asked_about_in_small_letters() -> None:
    known = identifiers_in([("patient", "name", "Avery Sample")])
    assert [f.sure for f in find("A blood sample was sent.", known)] == [False]
    assert [f.sure for f in find("Sample fell.", known)] == [True]


@pytest.mark.parametrize(
    ("branch", "item", "value", "text", "sure"),
    [
        ("reporters", "last_name", "Quill", "Dr Quill saw him", [False]),
        ("sessions", "escort", "husband", "The husband came", []),
        ("sessions", "escort", "Husband Tom", "The Husband came; tom too", [False]),
        ("sessions", "peer_monitor", "AB", "AB was there", []),
        ("reporters", "email", "q.uill@example.org", "write q.uill@EXAMPLE.org", [False]),
        ("reporters", "city", "Springfield", "in Springfield", []),
        ("patient", "name", NullFlavor.ASKU, "ASKU", []),
        ("patient", "name", "Li", "Li", []),
        ("patient", "name", "Li Wu", "Wu Li", [True]),
        ("patient", "name", "李 小龙", "李小龙 fell", [True]),
        ("patient", "phone", "911", "call 911", []),
        ("patient", "phone", "555 0147", "call 5550147", [True]),
        ("patient", "record_number", "42", "42", []),
        ("patient", "birth_date", PartialDate(1990, 3), "March 1990", []),
        ("patient", "address", "Larkspur", "Larkspur", []),
        ("sessions", "other", "abc", "abc", []),
        ("sessions", "other", "plate 7Q-KLM", "Plate 7Q KLM", [False]),
    ],
)
def test_other_people_and_short_things(
    branch: str, item: str, value: Any, text: str, sure: list[bool]
) -> None:
    assert [f.sure for f in find(text, identifiers_in([(branch, item, value)]))] == sure


# --- in a case


def a_case() -> Case:
    case = complete_case()
    patient = replace(
        case.patient,
        name=f"{SENTINEL} Larkwood",
        birth_date=day("1986-03-04"),
        age=None,
        age_unit=None,
    )
    return settle(replace(case, patient=patient))


def found_in(case: Case) -> list[Finding]:
    findings = find_problems(case, "fda3500", Context(today=TODAY))
    return [f for f in findings if f.code == "NR3"]


def test_a_clean_case_has_no_finding() -> None:
    assert found_in(a_case()) == []
    assert found_in(complete_case()) == []
    assert met_in(Case(patient=Patient())) == ()


@pytest.mark.parametrize(
    ("path", "item"),
    [
        ("case.narrative", "B5"),
        ("patient.history", "B7"),
        ("events[0].note", "B5"),
        ("lots[0].number", "D6"),
        ("case.device.model", "E4"),
    ],
)
def test_every_text_that_goes_out_is_looked_at(path: str, item: str) -> None:
    (found,) = found_in(write(a_case(), path, "x Larkwood"))
    assert (found.path, found.severity) == (path, Severity.BLOCKS)
    assert (
        found.text == "Take out a part of the patient’s name at character 3, or say why it stays."
    )
    assert "arkwood" not in repr(found)


def test_repeats_readings_and_stated_values_are_looked_at_too() -> None:
    case = a_case()
    patient = replace(case.patient, medicines=(Medicine(name="Larkwood drops"),))
    readings = (*case.observations, Observation(id="x", result="by Larkwood"))
    case = settle(replace(case, patient=patient, observations=readings))
    case = write(case, "happening.history", "Larkwood was ill.")
    assert {f.path for f in found_in(case)} == {
        "patient.medicines[0].name",
        "observations[1].result",
        "case.stated[0].value",
    }


def test_people_around_the_patient_are_warned_of() -> None:
    case = settle(
        replace(
            a_case(),
            sessions=(Session(id="s", escort="Tom Quill"),),
            reporters=(Reporter(id="r", last_name="Quill", files=True),),
        )
    )
    (found,) = found_in(write(case, "case.narrative", "Quill drove."))
    assert found.severity is Severity.WARNS
    assert holds_back([found]) == ()


def test_an_export_waits_until_somebody_says_why_it_stays() -> None:
    case = write(a_case(), "case.narrative", "Fell in Larkwood Park. Then Larkwood slept.")
    assert len(holds_back(found_in(case))) == 2
    answers = left_in(met_in(case), "A park", "N. Kim")
    after = step.STEP.done(case, step.leaving_in(case, answers))
    assert found_in(after) == []
    assert tuple(met.answer for met in met_in(after)) == answers
    assert found_in(write(after, "patient.history", "Larkwood")) != []
    assert found_in(write(after, "case.narrative", f"{SENTINEL} fell.")) != []
    assert step.STEP.undone(after, step.leaving_in(case, answers)) == case


def test_an_answer_is_about_the_places_that_were_seen() -> None:
    text = "Fell in Larkwood Park. Slept."
    case = write(a_case(), "case.narrative", text)
    after = step.STEP.done(case, step.leaving_in(case, left_in(met_in(case), "A park", "N. Kim")))
    told = {
        f"Slept well. {text}": 0,
        text.replace("Slept", "Slept long"): 0,
        f"{text} Larkwood spoke.": 1,
        f"{text} Fell in Larkwood Park.": 1,
        text.replace("Park", "Street"): 1,
        "Larkwood": 1,
    }
    for narrative, count in told.items():
        assert len(found_in(write(after, "case.narrative", narrative))) == count, narrative


def test_the_lot_of_a_case_is_named_by_its_record() -> None:
    case = settle(replace(a_case(), lots=(Lot(id="lot", number="Larkwood 7"),)))
    assert [met.item for met in met_in(case)] == ["lots[@lot].number"]


def test_a_note_to_a_reading_goes_out_and_is_looked_through() -> None:
    reading = Observation(
        id="alt", kind=ObservationKind.LABORATORY, result="88", note="as Larkwood"
    )
    case = settle(replace(a_case(), observations=(reading,)))
    assert "as Larkwood" in case.tests[0].text
    assert [met.item for met in met_in(case)] == ["observations[@alt].note"]

"""Each template says what its records say, in words, and reads no other item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from aeapp.domain.case import Case, settle
from aeapp.domain.codelists.assessment import Causality, CausalityMethod, Expectedness
from aeapp.domain.codelists.clinic import (
    MedicineRole,
    ObservationKind,
    ReadingUnit,
    Role,
    SessionRoute,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    ActionTaken,
    AgeUnit,
    Challenge,
    DrugRole,
    Outcome,
    Seriousness,
    Severity,
    Sex,
)
from aeapp.domain.codelists.session import InfusionChange, NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor, spec_at, specs_of
from aeapp.domain.narrative.drafting import TEMPLATES, drafts_of
from aeapp.domain.narrative.reading import Reader, Reading, name_of, path_of
from aeapp.domain.records import (
    Administration,
    Assessment,
    Clinic,
    Event,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Session,
)
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.records.patient import Medicine
from tests.factories import cases, complete_case, day

UNK, ASKU, NASK, NA, NI = (NullFlavor(c) for c in ("UNK", "ASKU", "NASK", "NA", "NI"))
ZONED = Clinic(id="clinic", time_zone="America/Chicago")
TOLD = Event(id="e", verbatim="Syncope", onset=day("2026-11-16T10:44-06:00"))
GIVEN = Administration(
    id="a",
    product_id="p",
    lot_id="l",
    dose=Decimal(38),
    dose_unit=DoseUnit.MG,
    started=day("2026-11-16T10:02-06:00"),
)
KETAMINE = Product(id="p", name="Ketamine", strength="50", strength_unit=DoseUnit.MG)


def told(template: str, **parts: Any) -> list[str]:
    """Return what one template says of a case made of these parts."""
    case = settle(Case(clinic=ZONED, **parts))
    return [d.text for d in drafts_of(case) if d.key[0] == template]


def of_event(template: str, **items: Any) -> list[str]:
    return told(template, events=(replace(TOLD, **items),))


def of_dose(template: str = "dose", **items: Any) -> list[str]:
    parts = {"products": (KETAMINE,), "lots": (Lot(id="l", number="KT1"),)}
    return told(template, administrations=(replace(GIVEN, **items),), **parts)


PATIENTS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"sex": NA}, []),
    ({"sex": Sex.MALE}, ["The patient is male."]),
    (
        {"sex": Sex.FEMALE, "age": Decimal(1), "age_unit": AgeUnit.YEAR},
        ["The patient is 1 year old and female."],
    ),
    ({"sex": Sex.MALE, "age": UNK}, ["The patient is male; age unknown."]),
    (
        {"sex": ASKU, "age": Decimal(34), "age_unit": AgeUnit.YEAR},
        ["The patient is 34 years old; sex not known: asked, but not told."],
    ),
    ({"sex": NASK, "age": NI}, ["Of the patient: age not known yet; sex not known: not asked."]),
]


@pytest.mark.parametrize(("items", "sentences"), PATIENTS)
def test_who_the_patient_is(items: dict[str, Any], sentences: list[str]) -> None:
    assert told("person", patient=Patient(id="x", **items)) == sentences


@pytest.mark.parametrize(
    ("value", "sentences"),
    [
        (None, []),
        (NASK, ["Relevant history: not known: not asked."]),
        ("Depression;\n treated.", ["Relevant history: Depression; treated."]),
        ("x" * 400, ["Relevant history: see item B7."]),
    ],
)
def test_the_history_in_its_own_words(value: Any, sentences: list[str]) -> None:
    assert told("history", patient=Patient(id="x", history=value)) == sentences


def test_allergies_and_medicines() -> None:
    patient = Patient(
        id="x",
        allergies="Penicillin: rash",
        medicines=(
            Medicine(name="Escitalopram", dose="20 mg", started=day("2024-05"), ended=day("2026")),
            Medicine(name="Earlier", role=MedicineRole.PAST),
            Medicine(started=day("2024")),
            Medicine(name="Lisinopril", started=UNK),
        ),
    )
    assert told("allergies", patient=patient) == ["Allergies: Penicillin: rash."]
    assert told("medicines", patient=patient) == [
        "Taken at the time: Escitalopram 20 mg (since May-2024, until 2026); Lisinopril."
    ]
    assert told("medicines", patient=Patient(id="x")) == []


def test_what_treated_the_event_is_told_since_no_list_of_a_form_shows_it() -> None:
    treats = MedicineRole.EVENT_TREATMENT
    patient = Patient(
        id="x",
        medicines=(
            Medicine(name="Lisinopril"),
            Medicine(name="Clonidine", dose="0.1 mg", role=treats, started=day("2026-11-16")),
            Medicine(role=treats),
        ),
    )
    assert told("treated_with", patient=patient) == [
        "Given to treat the event: Clonidine 0.1 mg (since 16-Nov-2026)."
    ]
    assert told("medicines", patient=patient) == ["Taken at the time: Lisinopril."]
    assert told("treated_with", patient=Patient(id="x")) == []


DOSES: list[tuple[dict[str, Any], str]] = [
    ({}, "Ketamine 50 mg: 38 mg was given on 16-Nov-2026 at 10:02, lot KT1."),
    (
        {
            "per_kg": Decimal("0.5"),
            "route": FormRoute.INTRAVENOUS_DRIP,
            "over_minutes": Decimal(40),
            "ended": day("2026-11-16T10:42-06:00"),
        },
        (
            "Ketamine 50 mg: 38 mg (0.5 mg/kg) was given on 16-Nov-2026 at 10:02, route intravenous"
            " drip, over 40 min, ended at 10:42, lot KT1."
        ),
    ),
    (
        {"dose": UNK, "started": UNK, "route": ASKU, "lot_id": ""},
        (
            "Ketamine 50 mg: an amount that is unknown was given at a time that is unknown, route"
            " not known: asked, but not told."
        ),
    ),
    (
        {"dose": NullFlavor.NA, "started": None, "route": NA, "route_text": "by spray"},
        "Ketamine 50 mg: an amount that is not told was given, lot KT1.",
    ),
    (
        {"dose": UNK, "dose_text": "28 to 56 mg", "product_id": "", "ended": day("2026-11-17")},
        (
            "A product that is not named: 28 to 56 mg was given on 16-Nov-2026 at 10:02, ended on"
            " 17-Nov-2026, lot KT1."
        ),
    ),
    (
        {"dose": None, "started": day("2026-11"), "route_text": "By spray"},
        "Ketamine 50 mg: an amount was given in Nov-2026, route By spray, lot KT1.",
    ),
]


@pytest.mark.parametrize(("items", "text"), DOSES)
def test_a_dose_with_exact_digits(items: dict[str, Any], text: str) -> None:
    assert of_dose(**items) == [text]


def test_a_nameless_product_and_a_lot_without_a_number() -> None:
    parts = {"products": (Product(id="p", name=UNK),), "lots": (Lot(id="l", number=UNK),)}
    texts = told("dose", administrations=(GIVEN,), **parts)
    assert texts == [
        "A product that is not named: 38 mg was given on 16-Nov-2026 at 10:02, lot unknown."
    ]
    parts = {"products": (Product(id="p", name="Ketamine"),), "lots": (Lot(id="l"),)}
    assert told("dose", administrations=(GIVEN,), **parts) == [
        "Ketamine: 38 mg was given on 16-Nov-2026 at 10:02."
    ]


def test_what_was_struck_through_is_not_told() -> None:
    assert of_dose(struck_reason="wrong patient") == []
    assert of_event("onset", struck_reason="slip") == []


def test_doses_stand_in_time_order() -> None:
    earlier = replace(GIVEN, id="b", started=day("2026-11-09"), dose=Decimal(30))
    undated = replace(GIVEN, id="c", started=None, dose=Decimal(20))
    texts = told("dose", administrations=(undated, GIVEN, earlier), products=(KETAMINE,))
    assert [text.split(": ")[1][:5] for text in texts] == ["30 mg", "38 mg", "20 mg"]


def test_the_route_may_be_that_of_the_session() -> None:
    session = Session(id="s", route=SessionRoute.NASAL)
    texts = told(
        "dose",
        sessions=(session,),
        products=(KETAMINE,),
        lots=(Lot(id="l"),),
        administrations=(replace(GIVEN, session_id="s"),),
    )
    assert texts == ["Ketamine 50 mg: 38 mg was given on 16-Nov-2026 at 10:02, route nasal."]


def test_what_was_given_to_treat_the_event() -> None:
    assert of_dose("rescue", role=DrugRole.TREATMENT) == [
        "To treat the event, Ketamine 50 mg 38 mg was given on 16-Nov-2026 at 10:02."
    ]
    assert of_dose("rescue") == []
    assert of_dose("dose", role=DrugRole.TREATMENT) == []


def test_what_was_changed_while_it_ran() -> None:
    changes = (
        DoseChange(at=day("2026-11-16T10:20-06:00"), change=InfusionChange.PAUSE, reason="Nausea"),
        DoseChange(at=None, change=InfusionChange.RATE, rate=Decimal("0.5")),
        DoseChange(at=day("2026-11-16T10:30-06:00")),
    )
    assert of_dose("changes", changes=changes) == [
        "While it ran, at 10:20 it was paused (Nausea); the rate was changed to 0.5."
    ]
    assert of_dose("changes") == []


def test_what_it_was_given_for() -> None:
    assert of_dose("indication", indication="depression") == ["Ketamine was given for depression."]
    assert of_dose("indication", indication=UNK) == [
        "The diagnosis for use of Ketamine is unknown."
    ]
    assert of_dose("indication") == []
    assert of_dose("indication", product_id="", indication="pain") == [
        "A product that is not named was given for pain."
    ]


EVENTS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("onset", {"onset": None}, ["The event reported is “Syncope”."]),
    ("onset", {"onset": UNK}, ["The onset of “Syncope” is unknown."]),
    (
        "onset",
        {"verbatim": None, "onset": day("2026")},
        ["An event that is not named began in 2026."],
    ),
    ("onset", {}, ["“Syncope” began on 16-Nov-2026 at 10:44."]),
    ("severity", {}, []),
    ("severity", {"severity": UNK}, ["The severity of “Syncope” was recorded as unknown."]),
    (
        "severity",
        {"severity": Severity.SEVERE},
        ["The severity of “Syncope” was recorded as severe."],
    ),
    ("seriousness", {}, []),
    ("seriousness", {"seriousness": frozenset()}, []),
    (
        "seriousness",
        {"seriousness": frozenset({Seriousness.DISABILITY})},
        ["Seriousness criteria recorded for “Syncope”: Disability or Permanent Damage."],
    ),
    (
        "seriousness",
        {"seriousness": NI},
        ["Seriousness criteria recorded for “Syncope”: not known yet."],
    ),
    ("course", {"note": "He fell!"}, ["Course of “Syncope”: He fell!"]),
    ("course", {}, []),
    ("treatment", {"treatment": NA}, []),
    ("treatment", {"treatment": NASK}, ["Treatment of “Syncope”: not known: not asked."]),
    ("action", {}, []),
    ("action", {"action_taken": NA}, []),
    ("action", {"action_taken": UNK}, ["Action taken after “Syncope”: unknown."]),
    (
        "action",
        {"action_taken": ActionTaken.WITHDRAWN},
        ["Action taken after “Syncope”: the product was stopped."],
    ),
    ("outcome", {}, []),
    ("outcome", {"outcome": UNK}, ["Outcome of “Syncope” at the last observation: unknown."]),
    (
        "outcome",
        {"ended": day("2026-11-16T11:00-06:00")},
        ["“Syncope” was over on 16-Nov-2026 at 11:00 (16 min after onset)."],
    ),
    (
        "outcome",
        {"outcome": Outcome.RECOVERED, "ended": day("2026-11-16T11:00-06:00")},
        [
            (
                "Outcome of “Syncope” at the last observation: recovered, on 16-Nov-2026 at 11:00"
                " (16 min after onset)."
            )
        ],
    ),
    (
        "outcome",
        {"outcome": Outcome.RECOVERED, "ended": day("2026-11-17")},
        ["Outcome of “Syncope” at the last observation: recovered, on 17-Nov-2026."],
    ),
    (
        "outcome",
        {"outcome": Outcome.RECOVERED, "ended": day("2026-11-17"), "onset": UNK},
        ["Outcome of “Syncope” at the last observation: recovered, on 17-Nov-2026."],
    ),
    (
        "outcome",
        {"outcome": Outcome.FATAL},
        ["Outcome of “Syncope” at the last observation: fatal."],
    ),
    ("dechallenge", {}, []),
    ("dechallenge", {"dechallenge": NA}, []),
    ("dechallenge", {"dechallenge": Challenge.NOT_APPLICABLE}, []),
    (
        "dechallenge",
        {"dechallenge": Challenge.YES},
        ["“Syncope” abated after the product was stopped or its dose reduced."],
    ),
    (
        "rechallenge",
        {"rechallenge": UNK},
        ["Whether “Syncope” reappeared when the product was given again is unknown."],
    ),
    ("stated", {"stated_causality": "likely"}, ["Cause as stated for “Syncope”: likely."]),
]


@pytest.mark.parametrize(("template", "items", "sentences"), EVENTS)
def test_what_is_said_of_an_event(
    template: str, items: dict[str, Any], sentences: list[str]
) -> None:
    assert of_event(template, **items) == sentences


def test_death_has_its_day() -> None:
    dead = Patient(id="x", deceased_on=day("2026-11-17"))
    texts = told("outcome", patient=dead, events=(replace(TOLD, outcome=Outcome.FATAL),))
    assert texts == ["Outcome of “Syncope” at the last observation: fatal, death on 17-Nov-2026."]


ONSETS: list[tuple[tuple[str | None, ...], str]] = [
    (("2026-11-16T10:02-06:00",), ", 42 min after the start of the dose."),
    (("2026-11-16",), ", the same day as the start of the dose."),
    (("2026-11-14",), ", 2 days after the start of the dose."),
    (
        ("2026-11-15T10:44-06:00", "2026-11-16T10:02-06:00"),
        ", 42 min after the start of the last dose and 1 day after that of the first.",
    ),
    (("2026-11-16T10:02-06:00", None), "."),
    (("2026-11-17",), "."),
]


@pytest.mark.parametrize(("starts", "end"), ONSETS)
def test_time_to_onset(starts: tuple[str | None, ...], end: str) -> None:
    givings = tuple(
        replace(GIVEN, id=f"a{n}", started=at and day(at)) for n, at in enumerate(starts)
    )
    treated = replace(GIVEN, id="r", role=DrugRole.TREATMENT)
    (text,) = told("onset", events=(TOLD,), administrations=(*givings, treated))
    assert text == "“Syncope” began on 16-Nov-2026 at 10:44" + end


def reading(n: int, clock: str | None, value: int, **items: Any) -> Observation:
    made = {"kind": ObservationKind.HEART_RATE, "unit": ReadingUnit.PER_MINUTE, **items}
    at = clock and day(f"2026-11-{clock}-06:00")
    return Observation(id=f"o{n}", at=at, value=Decimal(value), **made)


def test_readings_around_the_event() -> None:
    readings = (
        reading(0, "09T09:00", 60),
        reading(1, "16T09:55", 71),
        reading(2, "16T10:30", 72),
        reading(3, "16T10:50", 48),
        reading(4, "16T10:50", 50, kind=ObservationKind.PAIN, unit=None),
        reading(5, "16T12:30", 75),
        reading(6, None, 99),
    )
    (text,) = told("readings", events=(TOLD,), administrations=(GIVEN,), observations=readings)
    assert text == (
        "Readings: at 09:55 (T−7) HR 71 /min; at 10:30 (T+28) HR 72 /min;"
        " at 10:50 (T+48) HR 48 /min, Pain 50."
    )


def test_many_readings_are_told_to_be_elsewhere_and_none_are_not_told() -> None:
    readings = tuple(reading(n, f"16T10:{44 + n}", 70 + n) for n in range(9))
    (text,) = told("readings", events=(TOLD,), observations=readings)
    assert text.endswith("at 10:49 HR 75 /min; further readings: see item B6.")
    assert told("readings", events=(TOLD,)) == []
    assert told("readings", events=(replace(TOLD, onset=day("2026-11-16")),)) == []
    until = replace(TOLD, ended=day("2026-11-16T10:45-06:00"))
    (text,) = told("readings", events=(until,), observations=readings)
    assert text == "Readings: at 10:44 HR 70 /min; at 10:45 HR 71 /min."


def test_measures_ambulance_and_tests() -> None:
    notes = (
        Note(
            id="1", kind=NoteKind.INTERVENTION, words="Laid flat", at=day("2026-11-16T10:46-06:00")
        ),
        Note(id="2", kind=NoteKind.INTERVENTION, words="Fluid", at=UNK),
        Note(id="3", kind=NoteKind.NOTE, words="Music"),
        Note(id="4", kind=NoteKind.INTERVENTION),
    )
    assert told("measure", notes=notes) == [
        "On 16-Nov-2026 at 10:46: Laid flat.",
        "Measure: Fluid.",
    ]
    called = Session(
        id="s",
        ems_called=day("2026-11-16T10:50-06:00"),
        ems_left=day("2026-11-16T11:05-06:00"),
        transferred_to="A hospital",
    )
    assert told("ambulance", sessions=(called, Session(id="t"))) == [
        "An ambulance was called on 16-Nov-2026 at 10:50, it left with the patient at 11:05."
    ]
    lab = ObservationKind.LABORATORY
    tests = (
        Observation(id="1", kind=lab, test_name="Potassium", value=Decimal("4.1"), low="3.5"),
        Observation(id="2", kind=lab),
        Observation(
            id="3", kind=lab, test_name="Troponin", result="negative", at=day("2026-11-16")
        ),
    )
    assert told("test", observations=tests) == [
        "Test on 16-Nov-2026: Troponin negative.",
        "Test: Potassium 4.1 (range 3.5 to ?).",
    ]


OPINION = Assessment(id="o", event_id="e", product_id="p", category=Causality.PROBABLE)


def of_opinion(template: str, **items: Any) -> list[str]:
    return told(
        template, events=(TOLD,), products=(KETAMINE,), assessments=(replace(OPINION, **items),)
    )


def test_an_opinion_is_told_as_one() -> None:
    assert of_opinion("causality", category=None) == []
    assert of_opinion("causality", event_id="") == [
        (
            "In the opinion of the assessor, the relation of an event that is not named to"
            " Ketamine 50 mg is probable."
        )
    ]
    (text,) = of_opinion(
        "causality",
        method=CausalityMethod.WHO_UMC,
        assessor="Dr Somebody",
        assessor_role=Role.PRESCRIBER,
        comment="Close in time",
    )
    assert text == (
        "In the opinion of the assessor (prescriber), the relation of “Syncope” to Ketamine 50 mg"
        " is probable by WHO-UMC; grounds: Close in time."
    )


def test_what_a_label_lists() -> None:
    label = "Ketalar, 2022"
    listed = {"expectedness": Expectedness.LISTED, "label": label}
    assert of_opinion("listing", **listed) == ["The label “Ketalar, 2022” lists “Syncope”."]
    assert of_opinion("listing", expectedness=Expectedness.NO_LABEL, label=label) == []
    assert of_opinion("listing", expectedness=Expectedness.LISTED) == []


def test_a_template_reads_nothing_that_it_does_not_name() -> None:
    known = specs_of(Case)
    for template in TEMPLATES.values():
        for path in template.reads:
            assert path in known, f"{template.id} reads {path}"
    reader = Reader(Reading(complete_case()), TEMPLATES["course"].reads)
    with pytest.raises(KeyError):
        reader.get("patient.name")


def test_no_template_reads_what_identifies_a_person() -> None:
    for template in TEMPLATES.values():
        for path in template.reads:
            assert spec_at(Case, path).item.phi == "clinical", f"{template.id} reads {path}"


def test_a_source_is_found_wherever_its_record_stands() -> None:
    case = settle(Case(events=(TOLD, replace(TOLD, id="f")), administrations=(GIVEN,)))
    turned = settle(replace(case, events=case.events[::-1]))
    assert name_of(case, "events[1].onset") == "events[@f].onset"
    assert path_of(turned, "events[@f].onset") == "events[0].onset"
    assert path_of(turned, "events[@g].onset") is None
    assert name_of(case, "suspects[0].indication") == "suspects[@p/l].indication"
    assert path_of(case, "suspects[@p/l].indication") == "suspects[0].indication"
    assert path_of(case, "patient.sex") == name_of(case, "patient.sex") == "patient.sex"
    assert name_of(settle(Case(events=(Event(),))), "events[0].onset") == "events[0].onset"


def test_a_value_of_several_lines_stands_in_one_sentence_of_one_line() -> None:
    giving = replace(GIVEN, dose=None, dose_unit=None, dose_text="tab\tand\nline")
    texts = [draft.text for draft in drafts_of(settle(Case(administrations=(giving,))))]
    assert any("tab and line" in text for text in texts)
    assert not any("\n" in text or "\t" in text for text in texts)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_any_case_gives_sentences_and_the_same_ones_again(case: Case) -> None:
    drafts = drafts_of(case)
    assert drafts == drafts_of(case)
    keys = [d.key for d in drafts if d.key[1]]
    assert len(keys) == len(set(keys))
    for draft in drafts:
        assert draft.text == draft.text.strip()
        assert "\n" not in draft.text

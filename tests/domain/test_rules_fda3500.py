"""Each rule of Form FDA 3500 has a case that passes and cases that fail, and says where."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from aeapp.domain import lens
from aeapp.domain.case import Case, settle, write
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    PatientInvolvement,
    ReadingUnit,
    ReportDecision,
)
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import (
    AgeUnit,
    Availability,
    Challenge,
    Frequency,
    ReportType,
    Seriousness,
)
from aeapp.domain.findings import Context, Finding, Severity, blocks, find_problems
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Lot, Observation, Product, Reporter
from aeapp.domain.records.device import Device
from aeapp.domain.records.patient import Medicine
from aeapp.domain.rules import ALL_RULES, fda3500, fda3500_dates
from aeapp.domain.rules.entering import number_of
from aeapp.domain.values import PartialDate
from tests.factories import TODAY, cases, complete_case, day

WHOLE = complete_case()
Changes = dict[str, Any]


def changed(changes: Changes) -> Case:
    """Return the whole case with these items of its records changed."""
    case = WHOLE
    for path, value in changes.items():
        case = lens.put(case, path, value)
    return settle(case)


def said(code: str, case: Case) -> list[tuple[str, str, str]]:
    """Return (severity, item, path) of each finding with this code."""
    found = find_problems(case, "fda3500", Context(today=TODAY))
    return [(f.severity.value, f.item, f.path) for f in found if f.code == code]


def test_a_complete_case_has_no_findings() -> None:
    assert find_problems(WHOLE, "fda3500", Context(today=TODAY)) == ()


GONE: Changes = {"events": (), "decisions": ()}
DEAD = {"events[0].seriousness": frozenset({Seriousness.DEATH})}

FAILING: list[tuple[str, Changes, list[tuple[str, str, str]]]] = [
    ("V1", {"case.types": None}, [("blocks", "B1", "case.types")]),
    ("V1", {"case.types": frozenset()}, [("blocks", "B1", "case.types")]),
    ("V2", {"case.narrative": None}, [("blocks", "B5", "case.narrative")]),
    ("V3", {"products[0].name": None}, [("blocks", "D1", "suspects[0].product.name")]),
    ("V3", {"products[0].name": NullFlavor.UNK}, [("blocks", "D1", "suspects[0].product.name")]),
    ("V3", {"administrations": ()}, [("blocks", "D1", "case.device.brand")]),
    (
        "V3",
        {"administrations": (), "case.device": Device(brand=NullFlavor.UNK, model="M")},
        [("blocks", "D1", "case.device.brand")],
    ),
    ("V4", {"reporters[0].last_name": None}, [("blocks", "G1", "filer.last_name")]),
    ("V4", {"reporters[0].last_name": NullFlavor.MSK}, [("blocks", "G1", "filer.last_name")]),
    ("V4", {"reporters[0].phone": None}, [("warns", "G1", "filer.phone")]),
    ("V4", {"reporters[0].phone": NullFlavor.UNK}, [("warns", "G1", "filer.phone")]),
    (
        "V4",
        {"reporters": (Reporter(id="r", files=False, last_name="Other", phone="1"),)},
        [("blocks", "G1", "filer.last_name"), ("warns", "G1", "filer.phone")],
    ),
    ("V5", {"patient.code": None}, [("blocks", "A1", "subject.identifier")]),
    (
        "V5",
        {"patient.code": None, "case.involvement": PatientInvolvement.UNIDENTIFIED},
        [("warns", "A1", "subject.identifier")],
    ),
    ("V5", {"patient.code": "123-45-6789"}, [("blocks", "A1", "subject.identifier")]),
    ("V5", {"patient.code": "jo@example.org"}, [("blocks", "A1", "subject.identifier")]),
    ("V5", {"patient.code": "(555) 010-0123 9"}, [("blocks", "A1", "subject.identifier")]),
    ("V5", {"patient.code": "born 1980-02-03"}, [("blocks", "A1", "subject.identifier")]),
    ("V5", {"patient.code": "3/2/1980"}, [("blocks", "A1", "subject.identifier")]),
    ("V5", {"patient.code": "03-Feb-1980"}, [("blocks", "A1", "subject.identifier")]),
    (
        "V5",
        {"patient.code": "zyx-1", "patient.name": "Quokka Zyx"},
        [("blocks", "A1", "subject.identifier")],
    ),
    (
        "V5",
        {"patient.code": "case MRN-77", "patient.record_number": "mrn-77"},
        [("blocks", "A1", "subject.identifier")],
    ),
    ("V6", {"patient.age_unit": None}, [("blocks", "A2", "subject.age_unit")]),
    ("V6", {"patient.birth_date": PartialDate(2027)}, [("blocks", "A2", "patient.birth_date")]),
    ("V7", {"patient.age": Decimal("40.5")}, [("warns", "A2", "subject.age")]),
    ("V7", {"patient.age": Decimal(1000)}, [("warns", "A2", "subject.age")]),
    ("V7", {"observations[0].value": Decimal("70.5")}, [("warns", "A4", "subject.weight")]),
    (
        "V7",
        {"administrations[0].dose": Decimal("0.5")},
        [("warns", "D2", "suspects[0].giving.dose")],
    ),
    (
        "V7",
        {"administrations[0].duration": Decimal(100_000), "administrations[0].duration_unit": "h"},
        [("warns", "D3", "suspects[0].giving.duration")],
    ),
    ("V8", DEAD, [("blocks", "B2", "patient.deceased_on")]),
    (
        "V8",
        {**DEAD, "patient.deceased_on": day("2026-11-15")},
        [("blocks", "B2", "patient.deceased_on")],
    ),
    (
        "V8",
        {**DEAD, "patient.deceased_on": day("2026-10")},
        [("blocks", "B2", "patient.deceased_on")],
    ),
    ("V9", {"report.reported_on": day("2026-11-24")}, [("blocks", "B4", "report.reported_on")]),
    ("V9", {"report.reported_on": day("2026-11-15")}, [("blocks", "B4", "report.reported_on")]),
    (
        "V9",
        {"events[0].onset": day("2026-12")},
        [
            ("blocks", "B3", "events[0].onset"),
            ("blocks", "B4", "report.reported_on"),
        ],
    ),
    ("V9", {"events[0].ended": day("2027")}, [("blocks", "", "events[0].ended")]),
    ("V9", {"observations[0].at": day("2026-11-24")}, [("blocks", "B6", "observations[0].at")]),
    ("V9", {"patient.deceased_on": day("2026-11-24")}, [("blocks", "B2", "patient.deceased_on")]),
    (
        "V9",
        {"administrations[0].started": day("2026-11-16T10:21-06:00")},
        [("warns", "D3", "suspects[0].giving.started")],
    ),
    (
        "V9",
        {"administrations[0].started": day("2026-11-17")},
        [("warns", "D3", "suspects[0].giving.started")],
    ),
    ("V10", {"events[0].onset": day("2026-11")}, [("warns", "B3", "happening.onset")]),
    ("V10", {"events[0].onset": day("2026")}, [("warns", "B3", "happening.onset")]),
    (
        "V10",
        {**DEAD, "patient.deceased_on": day("2026-11")},
        [("warns", "B2", "happening.died_on")],
    ),
    (
        "V10",
        {"administrations[0].ended": day("2026-11")},
        [("warns", "D3", "suspects[0].giving.ended")],
    ),
    ("V10", {"lots[0].expires": day("2028-01")}, [("warns", "D6", "suspects[0].lot.expires")]),
    ("V10", {"report.reported_on": day("2026-11")}, [("warns", "B4", "report.reported_on")]),
    (
        "V10",
        {"patient.age": None, "patient.age_unit": None, "patient.birth_date": day("1990")},
        [("warns", "A2", "subject.birth_date")],
    ),
    (
        "V10",
        {"case.returned_on": day("2026-11"), "case.availability": Availability.RETURNED},
        [("warns", "C1", "case.returned_on")],
    ),
    ("V10", {"lots[0].bought_on": day("2026")}, [("warns", "D1", "suspects[0].lot.bought_on")]),
    (
        "V10",
        {"administrations[0].reduced_on": day("2026-11")},
        [("warns", "D3", "suspects[0].giving.reduced_on")],
    ),
    (
        "V10",
        {"case.device": Device(implanted=day("2026"), explanted=day("2026-02"))},
        [("warns", "E6a", "case.device.implanted"), ("warns", "E6b", "case.device.explanted")],
    ),
    (
        "V10",
        {"patient.medicines": (Medicine(started=day("2024-05"), ended=day("2027")),)},
        [("warns", "F1", "concomitants[0].started"), ("warns", "F1", "concomitants[0].ended")],
    ),
    (
        "V11",
        {"administrations[0].route": FormRoute.OTHER},
        [("blocks", "D2", "suspects[0].giving.route_text")],
    ),
    (
        "V11",
        {"administrations[0].frequency": Frequency.OTHER},
        [("blocks", "D2", "suspects[0].giving.frequency_text")],
    ),
    (
        "V11",
        {"administrations[0].frequency_text": "weekly"},
        [("blocks", "D2", "suspects[0].giving.frequency_text")],
    ),
    (
        "V12",
        {"administrations[0].dose_unit": None},
        [("blocks", "D2", "suspects[0].giving.dose_unit")],
    ),
    (
        "V12",
        {"administrations[0].duration": Decimal(2)},
        [("blocks", "D3", "suspects[0].giving.duration_unit")],
    ),
    (
        "V12",
        {"observations[0].unit": ReadingUnit.PERCENT},
        [("blocks", "A4", "subject.weight_unit")],
    ),
    ("V12", {"observations[0].unit": None}, [("blocks", "A4", "subject.weight_unit")]),
    ("V12", {"case.returned_on": day("2026-11-20")}, [("blocks", "C1", "case.returned_on")]),
    ("V16", {"events[0].seriousness": None}, [("warns", "B2", "events[0].seriousness")]),
    ("V16", {"events[0].assessed_by": None}, [("warns", "B2", "events[0].assessed_by")]),
    (
        "V16",
        {"events[0].seriousness": NullFlavor.NASK, "events[0].assessed_by": None},
        [("warns", "B2", "events[0].assessed_by")],
    ),
    ("V16", GONE, [("blocks", "B1", "case.types")]),
    ("V25", {"decisions": ()}, [("warns", "", "events[0].verbatim")]),
    ("V25", {"decisions[0].event_id": "other"}, [("warns", "", "events[0].verbatim")]),
    *(
        ("V25", {f"decisions[0].{name}": None}, [("warns", "", f"decisions[0].{name}")])
        for name in ("answer", "obligation", "reason", "decided_by", "at")
    ),
    *(
        ("V25", {"decisions[0].destinations": none}, [("warns", "", "decisions[0].destinations")])
        for none in (None, frozenset())
    ),
    ("V27", {"awareness": ()}, [("warns", "", "case.title")]),
    *(
        ("V27", {f"awareness[0].{name}": None}, [("warns", "", f"awareness[0].{name}")])
        for name in ("at", "who", "teller")
    ),
    ("V27", {"awareness[0].at": day("2026-11-16")}, [("warns", "", "awareness[0].at")]),
    (
        "V27",
        {"awareness[0].at": day("2026-11-15")},
        [("blocks", "", "awareness[0].at"), ("warns", "", "awareness[0].at")],
    ),
    (
        "V27",
        {"awareness[0].at": day("2026-11-16T16:20:30Z"), "awareness[0].teller": None},
        [("warns", "", "awareness[0].teller"), ("warns", "", "awareness[0].at")],
    ),
    (
        "V27",
        {"awareness[0].at": day("2026-11-16T10:19-06:00")},
        [("blocks", "", "awareness[0].at")],
    ),
]


@pytest.mark.parametrize(("code", "changes", "expected"), FAILING)
def test_a_broken_rule_says_how_grave_it_is_and_where(
    code: str, changes: Changes, expected: list[tuple[str, str, str]]
) -> None:
    assert said(code, changed(changes)) == expected


PASSING: list[tuple[str, Changes]] = [
    ("V1", {"case.types": frozenset(ReportType)}),
    ("V3", {"administrations": (), "case.device": Device(brand="B")}),
    ("V3", {"administrations": (), "case.device": Device(common_name="oximeter")}),
    ("V4", {"reporters[0].phone": None, "reporters[0].email": "a@b.org"}),
    ("V4", {"reporters[0].phone": None, "reporters[0].address": "1 Street"}),
    ("V5", {"patient.code": None, "case.involvement": PatientInvolvement.NONE}),
    ("V5", {"patient.code": "KC-2026-000031", "patient.name": "Al Zyx"}),
    ("V5", {"patient.code": "al-7", "patient.name": "Al Zyx"}),
    ("V5", {"patient.code": "P-1", "patient.record_number": NullFlavor.UNK}),
    ("V6", {"patient.age": None, "patient.age_unit": None}),
    ("V6", {"patient.birth_date": day("1980-02-03")}),
    ("V7", {"patient.age": Decimal("999.0")}),
    ("V8", {**DEAD, "patient.deceased_on": day("2026-11-16")}),
    ("V8", {**DEAD, "patient.deceased_on": day("2026-11")}),
    ("V8", {**DEAD, "patient.deceased_on": NullFlavor.UNK}),
    ("V8", {**DEAD, "patient.deceased_on": day("2026-11-16"), "events[0].onset": NullFlavor.UNK}),
    ("V8", {"events[0].seriousness": NullFlavor.UNK}),
    ("V9", {"report.reported_on": day("2026-11-23")}),
    ("V9", {"report.reported_on": None}),
    ("V9", {"events[0].onset": day("2026")}),
    ("V9", {"events[0].onset": NullFlavor.UNK, "report.reported_on": day("2020")}),
    ("V9", {"lots[0].expires": day("2036")}),
    ("V9", {"administrations[0].started": NullFlavor.UNK}),
    ("V10", {"events[0].onset": day("2026-11"), "case.narrative": "Dizzy in Nov-2026."}),
    ("V10", {"lots[0].expires": day("2027-06"), "case.narrative": "Expiry Jun-2027."}),
    ("V11", {"administrations[0].route": FormRoute.OTHER, "administrations[0].route_text": "x"}),
    ("V12", {"administrations[0].dose": NullFlavor.UNK, "administrations[0].dose_unit": None}),
    (
        "V12",
        {"case.returned_on": day("2026-11-20"), "case.availability": Availability.RETURNED},
    ),
    ("V16", {"events[0].seriousness": frozenset()}),
    ("V16", {**GONE, "case.types": frozenset({ReportType.ERROR})}),
    ("V16", {**GONE, "case.types": None}),
    ("V25", GONE),
    (
        "V25",
        {
            "decisions[0].answer": ReportDecision.NO_REPORT,
            "decisions[0].destinations": None,
        },
    ),
    ("V27", {"awareness[0].at": NullFlavor.UNK}),
    ("V27", {"awareness[0].at": day("2026-11-16T10:20-06:00")}),
    ("V27", {"events[0].onset": NullFlavor.UNK}),
]


@pytest.mark.parametrize(("code", "changes"), PASSING)
def test_what_a_rule_has_nothing_against_is_not_mentioned(code: str, changes: Changes) -> None:
    assert said(code, changed(changes)) == []


def test_age_and_date_of_birth_never_stand_together() -> None:
    case = replace(WHOLE, subject=replace(WHOLE.subject, birth_date=day("1980")))

    assert said("V6", case) == [("blocks", "A2", "subject.age")]


def test_only_a_date_too_early_or_late_is_named_among_many_readings() -> None:
    later = Observation(id="o", kind=ObservationKind.HEART_RATE, at=day("2027"))
    untimed = Observation(id="u", kind=ObservationKind.HEART_RATE)
    case = settle(replace(WHOLE, observations=(*WHOLE.observations, untimed, later)))

    assert said("V9", case) == [("blocks", "B6", "observations[2].at")]


@pytest.mark.parametrize("n", range(1, 13))
def test_rules_v1_to_v12_are_there(n: int) -> None:
    assert f"V{n}" in {rule.code for rule in ALL_RULES}


def test_every_rule_of_the_form_has_a_case_that_fails_and_one_that_passes() -> None:
    codes = {rule.code for rule in (*fda3500.RULES, *fda3500_dates.RULES)}

    assert {code for code, _, _ in FAILING} == codes
    # What passes for V2 is the complete case.
    assert {code for code, _ in PASSING} | {"V2"} == codes


@given(cases())
def test_any_case_can_be_checked(case: Case) -> None:
    found = find_problems(case, "fda3500", Context(today=TODAY))

    for finding in found:
        assert finding.text.endswith(".")
        assert finding.path.split(".")[0].split("[")[0] in Case.__dataclass_fields__
    ranks = [list(Severity).index(f.severity) for f in found]
    assert ranks == sorted(ranks)


def test_rules_of_another_destination_are_not_run() -> None:
    assert find_problems(Case(), "elsewhere", Context(today=TODAY)) == ()


TELLING: list[tuple[Changes, str]] = [
    ({"name": "Smith, John", "code": "SMITH-01"}, "name"),
    ({"name": "Li Wu", "code": "LI WU"}, "name"),
    ({"name": "Li Wu", "code": "wuli-7"}, "name"),
    ({"name": "John Smith", "code": "Smith_1990"}, "name"),
    ({"name": "John Smith", "code": "JOHNSMITH"}, "name"),
    ({"name": "José Núñez", "code": "NUNEZ-2"}, "name"),
    ({"name": "Ann Al-Jay", "code": "CASE-AL-JAY"}, "name"),
    ({"record_number": "MRN 778-812", "code": "x MRN778812"}, "name"),
    ({"record_number": "778812", "code": "P778812"}, "name"),
    ({"code": "19900314"}, "birth"),
    ({"code": "14Mar1990"}, "birth"),
    ({"code": "March 14, 90"}, "birth"),
    ({"code": "3/14/90"}, "birth"),
    ({"code": "14.3.1990"}, "birth"),
    ({"code": "p-140390"}, "birth"),
    ({"phone": "555 0100", "code": "P 5550100"}, "phone"),
    ({"phone": "518-555-0100", "code": "5185550100x"}, "phone"),
    ({"code": "123456789"}, "SSN"),
    ({"code": "123 45 6789"}, "SSN"),
]


@pytest.mark.parametrize(("parts", "word"), TELLING)
def test_a_code_that_tells_who_the_patient_is_is_refused(parts: Changes, word: str) -> None:
    patient = replace(WHOLE.patient, birth_date=day("1990-03-14"), **parts)
    case = settle(replace(WHOLE, patient=patient))
    texts = [f.text for f in find_problems(case, "fda3500", Context(today=TODAY)) if f.item == "A1"]

    assert any(word in text for text in texts)


@pytest.mark.parametrize(
    "parts",
    [
        {"record_number": "10", "code": "P-1001"},
        {"record_number": "10", "code": "P10"},
        {"record_number": "AB-10", "code": "P-10"},
        {"record_number": "--", "code": "P-1"},
        {"name": "Al B", "code": "albany-2"},
        {"phone": "100", "code": "P-1001"},
        {"code": "KC-2026-000314"},
        {"code": "P-3141990X", "birth_date": day("1990-03")},
        {"code": "P-1990", "birth_date": day("1990")},
    ],
)
def test_a_code_that_shares_letters_or_digits_by_chance_stays(parts: Changes) -> None:
    patient = replace(WHOLE.patient, **{"birth_date": day("1990-03-14"), **parts})

    assert said("V5", settle(replace(WHOLE, patient=patient))) == []


NEW_YORK = replace(WHOLE.clinic, time_zone="America/New_York")


def test_a_time_is_in_the_future_on_the_clock_of_the_clinic_only() -> None:
    late = replace(WHOLE.events[0], onset=day("2026-11-24T00:10Z"))
    case = replace(WHOLE, clinic=NEW_YORK, events=(late,))
    reported = replace(WHOLE.report, reported_on=day("2026-11-23"))

    assert said("V9", settle(replace(case, report=reported))) == []
    assert ("blocks", "B3", "events[0].onset") in said("V9", settle(replace(WHOLE, events=(late,))))


def test_a_time_that_has_come_is_not_in_the_future() -> None:
    case = changed({"events[0].ended": day("2026-11-24T00:10Z")})

    def ahead(now: dt.datetime) -> list[str]:
        found = find_problems(case, "fda3500", Context(today=TODAY, now=now))
        return [f.path for f in found if f.code == "V9"]

    midnight = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    assert ahead(midnight + dt.timedelta(minutes=10)) == []
    assert ahead(midnight) == ["events[0].ended"]


TWO_EVENTS = settle(
    replace(
        WHOLE,
        events=(*WHOLE.events, replace(WHOLE.events[0], id="two", onset=day("2026-11-17"))),
    )
)


def test_a_stated_date_may_not_lie_in_the_future_either() -> None:
    case = write(TWO_EVENTS, "happening.onset", day("2027-05-01"))

    assert ("blocks", "B3", "happening.onset") in said("V9", case)


def test_a_stated_value_is_named_while_the_records_say_otherwise() -> None:
    stated = write(TWO_EVENTS, "happening.onset", TWO_EVENTS.happening.onset)
    assert said("stated", stated) == []

    later = write(stated, "events[0].onset", day("2026-11-15"))

    assert said("stated", later) == [("warns", "B3", "happening.onset")]
    taken_back = write(later, "happening.onset", None)
    assert said("stated", taken_back) == []


def test_a_stated_value_that_no_record_gives_contradicts_nothing() -> None:
    case = write(changed({"observations": ()}), "subject.weight", Decimal(70))

    assert said("stated", case) == []


def test_a_stated_value_of_an_item_without_number_is_named_by_its_path() -> None:
    assert number_of("suspects[3].giving.reduced_on") == "D3"
    assert number_of("case.title") == ""


# ------------------------------------------------------------------ open items


def opened(changes: Changes) -> set[tuple[str, str]]:
    return {(item, path) for _severity, item, path in said("open", changed(changes))}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"patient.age": None}, {("A2", "subject.age")}),
        ({"patient.age": NullFlavor.UNK}, set()),
        ({"patient.age": None, "patient.birth_date": day("1980")}, set()),
        ({"patient.sex": None}, {("A3", "patient.sex")}),
        ({"observations": ()}, {("A4", "subject.weight")}),
        ({"patient.race": None}, {("A5", "patient.race")}),
        ({"patient.race": frozenset()}, set()),
        ({"patient.history": None}, {("B7", "happening.history")}),
        ({"patient.history": NullFlavor.UNK}, set()),
        ({"case.involvement": PatientInvolvement.NONE, "patient.sex": None}, set()),
        ({"case.involvement": PatientInvolvement.NONE, "administrations[0].dose": None}, set()),
        ({"events[0].onset": None}, {("B3", "happening.onset")}),
        ({"report.reported_on": None}, {("B4", "report.reported_on")}),
        ({"case.availability": None}, {("C1", "case.availability")}),
        ({"case.availability": NullFlavor.NA}, set()),
        ({"reporters[0].health_professional": None}, {("G2", "filer.health_professional")}),
        ({"reporters[0].health_professional": False}, set()),
        ({"reporters[0].occupation": None}, {("G3", "filer.occupation")}),
        ({"products[0].strength": None}, {("D1", "suspects[0].product.strength")}),
        ({"administrations[0].dose": None}, {("D2", "suspects[0].giving.dose")}),
        ({"administrations[0].dose": None, "administrations[0].dose_text": "some"}, set()),
        ({"administrations[0].started": None}, {("D3", "suspects[0].giving.started")}),
        ({"administrations[0].indication": None}, {("D4", "suspects[0].indication")}),
        ({"products[0].types": None}, {("D5", "suspects[0].product.types")}),
        ({"lots[0].expires": None}, {("D6", "suspects[0].lot.expires")}),
        ({"events[0].dechallenge": None}, {("D7", "suspects[0].abated")}),
        ({"events[0].rechallenge": None}, {("D8", "suspects[0].reappeared")}),
        ({"events[0].verbatim": None}, {("B5", "events[0].verbatim")}),
        (
            {"case.device": Device(brand="B")},
            {
                ("E2a", "case.device.procode"),
                ("E2b", "case.device.common_name"),
                ("E3", "case.device.maker"),
                ("E4", "case.device.model"),
                ("E4", "case.device.lot"),
                ("E4", "case.device.catalog"),
                ("E4", "case.device.expires"),
                ("E4", "case.device.serial"),
                ("E4", "case.device.udi"),
                ("E5", "case.device.operator"),
                ("E7a", "case.device.reprocessed"),
                ("E8", "case.device.serviced"),
            },
        ),
        (
            {"case.device": Device(model="M")},
            {
                ("E1", "case.device.brand"),
                ("E2a", "case.device.procode"),
                ("E2b", "case.device.common_name"),
                ("E3", "case.device.maker"),
                ("E4", "case.device.lot"),
                ("E4", "case.device.catalog"),
                ("E4", "case.device.expires"),
                ("E4", "case.device.serial"),
                ("E4", "case.device.udi"),
                ("E5", "case.device.operator"),
                ("E7a", "case.device.reprocessed"),
                ("E8", "case.device.serviced"),
            },
        ),
    ],
)
def test_an_item_without_answer_or_reason_is_named_once(
    changes: Changes, expected: set[tuple[str, str]]
) -> None:
    assert opened(changes) == expected


def test_each_suspect_and_each_event_is_asked_about_by_itself() -> None:
    case = settle(
        replace(
            WHOLE,
            products=(*WHOLE.products, Product(id="two", name="other")),
            lots=(*WHOLE.lots, Lot(id="lot-two", number="L2")),
            administrations=(
                *WHOLE.administrations,
                Administration(id="second", product_id="two", lot_id="lot-two"),
            ),
            events=(
                *WHOLE.events,
                Event(id="late", verbatim="nausea", dechallenge=Challenge.YES),
            ),
        )
    )

    found = {path for _severity, _item, path in said("open", case)}

    assert {p for p in found if p.startswith("events")} == {
        "events[1].outcome",
        "events[1].action_taken",
    }
    assert "suspects[1].product.ndc" in found
    # What one event answers is open for the other.
    assert {p for p in found if p.startswith("suspects[0]")} == {"suspects[0].reappeared"}
    assert said("D7", case) == [
        ("warns", "D7", "suspects[0].abated"),
        ("warns", "D7", "suspects[1].abated"),
    ]
    told = write(case, "suspects[0].abated", Challenge.YES)
    assert said("D7", told) == [("warns", "D7", "suspects[1].abated")]


# ------------------------------------------------------------------ items against their own rules


def test_an_entry_against_its_own_rule_blocks() -> None:
    case = changed({"patient.age": Decimal(131), "clinic.time_zone": "Mars/Olympus"})

    found = find_problems(case, "fda3500", Context(today=TODAY))

    assert [(f.code, f.path) for f in found if f.code == "item"] == [
        ("item", "clinic.time_zone"),
        ("item", "patient.age"),
    ]
    assert blocks(found)
    assert not blocks(tuple(f for f in found if f.severity is not Severity.BLOCKS))


def test_an_impossible_reading_blocks_until_it_is_struck_and_stays_as_it_was_read() -> None:
    wild = Observation(
        id="o",
        kind=ObservationKind.BLOOD_PRESSURE,
        systolic=Decimal(400),
        diastolic=Decimal(80),
        at=day("2026-11-16"),
    )
    struck = replace(wild, status=ObservationStatus.STRUCK, status_reason="Typed wrongly.")

    def found(reading: Observation) -> list[str]:
        case = settle(replace(WHOLE, observations=(*WHOLE.observations, reading)))
        return [path for _severity, _item, path in said("item", case)]

    assert found(wild) == ["observations[1].systolic"]
    assert found(struck) == []


def test_a_finding_names_no_value() -> None:
    case = changed({"patient.code": "Quokka@example.org", "patient.name": "Quokka"})
    texts: list[Finding] = list(find_problems(case, "fda3500", Context(today=TODAY)))

    assert texts
    assert not any("Quokka" in finding.text for finding in texts)


def test_the_unit_of_an_age_follows_it() -> None:
    assert WHOLE.subject.age_unit is AgeUnit.YEAR

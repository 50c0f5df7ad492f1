"""Copies that leave something out: what the Safe Harbor list names, or who reported."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain import copies
from aeapp.domain.case import Case, settle
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.safety import AgeUnit
from aeapp.domain.copies import (
    DROPPED,
    KEPT,
    NO_CODE,
    VERY_OLD,
    WITHHELD,
    Handling,
    deidentified,
    deidentified_file,
    for_maker,
    handling_of,
    still_tells,
    texts_of,
    without_letterhead,
)
from aeapp.domain.items import NullFlavor, Privacy, attributes_of
from aeapp.domain.records import ALL_RECORDS, CaseFile, Event, Note, Patient, Session
from aeapp.domain.records.device import Device
from aeapp.domain.values import PartialDate
from tests.exports.cases import full
from tests.exports.session_files import at, full_file
from tests.helpers.guards import SENTINEL


def told(text: str, **patient: object) -> Case:
    """Return a full case of a named patient with a text."""
    case = full(narrative=text)
    facts = {"name": f"Avery {SENTINEL}", "phone": "217 555 0142", "address": "12 Oak Lane"}
    known = replace(case.patient, **(facts | patient))  # type: ignore[arg-type]
    return settle(replace(case, patient=known))


# --- what becomes of an item


def test_each_name_of_the_lists_is_an_item_of_a_record() -> None:
    sections: dict[str, set[str]] = {}

    def walk(cls: type) -> None:
        attributes = attributes_of(cls)
        sections[cls.__name__] = {a.name for a in attributes if a.item is not None}
        for a in attributes:
            if a.is_section and a.type is not int:
                walk(a.type)

    for cls in (*ALL_RECORDS, Case):
        walk(cls)
    for name in KEPT | DROPPED:
        owner, _dot, item = name.partition(".")
        assert item in sections[owner], name
    assert not KEPT & DROPPED


def test_what_nobody_thought_of_is_withheld_or_becomes_a_year() -> None:
    found = {a.name: handling_of(Note, a) for a in attributes_of(Note) if a.item is not None}
    assert found["words"] is Handling.TEXT
    assert found["at"] is Handling.YEAR
    assert found["by"] is Handling.DROPPED
    assert found["kind"] is Handling.KEPT
    identifying = [
        a for a in attributes_of(Patient) if a.item and a.item.phi is Privacy.IDENTIFYING
    ]
    assert {handling_of(Patient, a) for a in identifying} == {Handling.DROPPED}
    numbers = {"number", "sender_number", "worldwide_number", "subject_number"}
    told = {handling_of(CaseFile, a) for a in attributes_of(CaseFile) if a.name in numbers}
    assert told == {Handling.DROPPED}


# --- de-identified


def test_a_copy_has_lost_the_list_and_kept_what_happened() -> None:
    case = told("Fainted.", birth_date=PartialDate(1985, 2, 3))
    copy, left = deidentified(case, texts_read=True)
    assert copy.subject.identifier == NO_CODE
    assert copy.subject.age == Decimal(41)
    assert copy.patient.name is NullFlavor.MSK
    assert copy.happening.onset == PartialDate(2026)
    assert copy.happening.seriousness == case.happening.seriousness
    assert copy.suspects[0].lot.expires == case.suspects[0].lot.expires
    assert copy.suspects[0].lot.bought_city is None
    assert copy.suspects[0].product.name == case.suspects[0].product.name
    assert (copy.filer.last_name, copy.clinic.name) == (NullFlavor.MSK, None)
    assert (copy.case.device.serial, copy.case.device.brand) == (
        None,
        "Invented Infusion Pump 3000",
    )
    assert copy.case.narrative == "Fainted."
    assert copy.digest.readings == () != case.digest.readings
    assert "dates: " in " ".join(left.lines())
    assert still_tells(case, copy) == ()
    assert still_tells(case, case) != ()


def test_readings_keep_their_minutes_from_the_dose_and_lose_the_clock() -> None:
    copy, _left = deidentified(told("x"), texts_read=True)
    rows = [row.text for row in copy.tests if row.text]
    assert "T+0 BP 128/68" in rows
    assert not [row for row in rows if ":" in row]
    laboratory = next(row for row in rows if row.startswith("Alanine"))
    assert laboratory == "Alanine aminotransferase in serum, fasting sample 38 U/L"
    withheld, _left = deidentified(told("x"), texts_read=False)
    assert WITHHELD in [row.text for row in withheld.tests]


def test_texts_that_nobody_read_are_withheld_and_empty_ones_stay_empty() -> None:
    case = told("Called Avery.")
    case = settle(replace(case, case=replace(case.case, test_comments=" ")))
    copy, left = deidentified(case, texts_read=False)
    assert copy.case.narrative == copy.happening.history == WITHHELD
    assert copy.case.test_comments == " "
    assert "texts that nobody read" in " ".join(left.lines())


@pytest.mark.parametrize(
    ("age", "unit", "shown"),
    [
        (Decimal(89), AgeUnit.YEAR, Decimal(89)),
        (Decimal(90), AgeUnit.YEAR, VERY_OLD),
        (Decimal(104), AgeUnit.YEAR, VERY_OLD),
        (Decimal(95), AgeUnit.DAY, Decimal(95)),
        (NullFlavor.UNK, None, NullFlavor.UNK),
    ],
)
def test_ages_over_89_years_are_told_as_90_or_older(
    age: Decimal | NullFlavor, unit: AgeUnit | None, shown: object
) -> None:
    copy, _left = deidentified(
        settle(Case(patient=Patient(age=age, age_unit=unit))), texts_read=True
    )
    assert copy.subject.age == copy.patient.age == shown


def test_a_name_goes_also_in_small_letters_and_by_its_halves() -> None:
    text = f"avery {SENTINEL.lower()}, {SENTINEL.partition('-')[0]}, was well."
    copy, left = deidentified(told(text), texts_read=True)
    for half in SENTINEL.split("-"):
        assert half.lower() not in (copy.case.narrative or "").lower() or len(half) < 4
    assert "was well." in (copy.case.narrative or "")
    assert any("name" in line for line in left.lines())


# --- papers of a session


def test_a_session_keeps_its_minutes_and_loses_its_day() -> None:
    file = full_file()
    copy, _left = deidentified_file(file, texts_read=True)
    zero = copy.zero
    assert zero is not None
    assert zero.utc() == dt.datetime(2026, 1, 1, 12, 0, tzinfo=dt.UTC)
    assert copy.minute(copy.session.ended) == file.minute(file.session.ended)
    assert (copy.clinic.time_zone, copy.entries, copy.as_of) == ("UTC", (), None)
    assert (copy.patient.age, copy.patient.age_unit) == (Decimal(46), AgeUnit.YEAR)
    assert copy.session.number is None
    words = " ".join(texts_of(copy))
    assert "Avery" not in words
    assert "Dana" not in words
    assert "Oxygen given" in words


def test_without_a_dose_times_become_years_and_the_age_is_as_told() -> None:
    old = Patient(age=Decimal(93), age_unit=AgeUnit.YEAR, birth_date=PartialDate(1933))
    session = Session(started=at(0), ended=PartialDate(2026, 11))
    copy, _left = deidentified_file(SessionFile(patient=old, session=session), texts_read=False)
    assert copy.session.started == copy.session.ended == PartialDate(2026)
    assert copy.patient.age == VERY_OLD
    # A date without a time cannot be moved with the dose.
    day = replace(
        full_file(), session=replace(full_file().session, planned=PartialDate(2026, 11, 3))
    )
    assert deidentified_file(day, texts_read=True)[0].session.planned == PartialDate(2026)


# --- for the manufacturer


@pytest.mark.parametrize("answer", [True, None])
def test_who_reported_is_left_out_unless_the_maker_may_be_told(answer: bool | None) -> None:
    case = full(narrative="Told by Example-Longname, who saw it. An example of care.")
    case = replace(
        case,
        reporters=(replace(case.filer, withhold_identity=answer),),
        clinic=replace(case.clinic, name="Larkspur", city="Albany", state="NY"),
        events=(replace(case.events[0], assessed_by="Dr Lee"),),
    )
    copy, left = for_maker(settle(case))
    assert copy.filer.last_name is copy.filer.email is NullFlavor.MSK
    assert (copy.clinic.name, copy.clinic.city, copy.events[0].assessed_by) == (None, None, None)
    assert copy.case.narrative == (
        "Told by [the name of somebody else withheld], who saw it. An example of care."
    )
    assert copy.subject.identifier == "KC-0031"
    assert copy.happening.onset == case.happening.onset
    assert len(left.lines()) == 2
    assert "Longname" not in " ".join(texts_of(copy))


def test_a_reporter_who_may_be_named_is_named() -> None:
    case = full()
    case = settle(replace(case, reporters=(replace(case.filer, withhold_identity=False),)))
    copy, left = for_maker(case)
    assert copy == case
    assert left.lines() == ()


def test_a_case_without_anybody_is_its_own_copy() -> None:
    empty = settle(Case())
    assert for_maker(empty)[0] == empty
    assert deidentified(empty, texts_read=True)[0].subject.identifier == NO_CODE
    assert list(texts_of(Event(verbatim="Nausea"))) == ["Nausea"]
    assert list(texts_of(Device())) == []
    assert copies.to_year(at(0)) == PartialDate(2026)


def test_a_part_of_a_paper_for_a_manufacturer_has_no_letterhead() -> None:
    left = copies.Left()
    clinic = full_file().clinic
    copy = without_letterhead(clinic, left)
    assert None not in (clinic.name, clinic.city, clinic.phone)
    assert (copy.name, copy.city, copy.phone) == (None, None, None)
    assert (copy.time_zone, copy.state) == (clinic.time_zone, clinic.state)
    assert left.counts.total() > 0

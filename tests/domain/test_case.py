"""A case: edits of a view reach the record it shows, or are kept as stated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain import lens
from aeapp.domain.case import (
    BRANCHES,
    Case,
    is_view,
    settle,
    source_of,
    split_by_record,
    write,
)
from aeapp.domain.codelists.clinic import PatientInvolvement
from aeapp.domain.codelists.safety import AgeUnit, Challenge, Race, Seriousness, Sex
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import CaseFile, Event, Patient, Product
from aeapp.domain.records.case import StatedValue
from tests.factories import cases, complete_case, day, entries

WHOLE = complete_case()


@given(cases(), st.data())
def test_an_edit_changes_the_item_it_is_made_at(case: Case, data: st.DataObject) -> None:
    # A new patient or reporter leaves with the last entry, a stored one does not.
    case = settle(_stored(case))
    path = data.draw(st.sampled_from(sorted(p for p in lens.paths(case) if not is_view(p))))
    value = data.draw(entries(spec_at(Case, path)))

    written = write(case, path, value)

    assert not lens.differs(lens.get(written, path), value)
    records = {p for p in lens.diff(case, written) if not is_view(p)}
    # The first word on a patient makes the patient, and the case names whom it made.
    assert records <= {path, *([] if case.patient.id else ["case.patient_id"])}
    assert settle(written) == written


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("patient.code", "patient.code"),
        ("subject.identifier", "patient.code"),
        ("suspects[0].product.name", "products[0].name"),
        ("suspects[0].lot.number", "lots[0].number"),
        ("suspects[0].giving.dose", "administrations[0].dose"),
        ("suspects[0].indication", "administrations[0].indication"),
        ("suspects[0].abated", "events[0].dechallenge"),
        ("suspects[0].reappeared", "events[0].rechallenge"),
        ("happening.seriousness", "events[0].seriousness"),
        ("happening.onset", "events[0].onset"),
        ("happening.died_on", "patient.deceased_on"),
        ("subject.age", "patient.age"),
        ("filer.phone", "reporters[0].phone"),
        ("subject.weight", None),
        ("happening.history", None),
        ("tests[0].text", None),
    ],
)
def test_a_view_knows_the_record_it_shows(path: str, target: str | None) -> None:
    assert source_of(WHOLE, path) == target


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("suspects[0].product.name", "esketamine"),
        ("suspects[0].abated", Challenge.NO),
        ("happening.seriousness", frozenset({Seriousness.DISABILITY})),
        ("subject.identifier", "P-2"),
        ("filer.last_name", "Other"),
    ],
)
def test_an_edit_of_a_view_goes_to_its_record(path: str, value: object) -> None:
    written = write(WHOLE, path, value)

    target = source_of(WHOLE, path)
    assert target is not None
    assert lens.get(written, target) == lens.get(written, path) == value
    assert written.case.stated == ()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("happening.history", "Told otherwise."),
        ("subject.weight", Decimal("70.5")),
    ],
)
def test_an_edit_of_a_computed_view_is_stated_until_it_is_taken_back(
    path: str, value: object
) -> None:
    written = write(WHOLE, path, value)

    assert lens.get(written, path) == value
    assert [s.path for s in written.case.stated] == [path]
    assert lens.get(settle(written), path) == value
    again = write(written, path, value)
    assert len(again.case.stated) == 1
    assert write(again, path, None) == WHOLE


def test_a_stated_date_a_reason_and_a_list_come_back_as_what_they_are() -> None:
    two = settle(replace(WHOLE, events=(*WHOLE.events, Event(id="two"))))

    dated = write(two, "happening.onset", day("2026-11-15T10:00:05-06:00"))
    unknown = write(two, "happening.onset", NullFlavor.UNK)
    serious = write(two, "happening.seriousness", frozenset({Seriousness.DEATH}))

    assert dated.happening.onset == day("2026-11-15T10:00:05-06:00")
    assert unknown.happening.onset is NullFlavor.UNK
    assert serious.happening.seriousness == {Seriousness.DEATH, Seriousness.OTHER}


def unassessed(*answers: frozenset[Seriousness] | NullFlavor | None) -> Case:
    events = tuple(Event(id=f"e{n}", seriousness=a) for n, a in enumerate(answers))
    patient = replace(WHOLE.patient, deceased_on=day("2026-11-20"))
    return settle(replace(WHOLE, patient=patient, events=events))


def test_none_of_the_criteria_can_be_stated_and_taken_back() -> None:
    open_ = unassessed(None, None)

    none = write(open_, "happening.seriousness", frozenset())

    assert none.happening.seriousness == frozenset()
    assert settle(none).happening.seriousness == frozenset()
    assert write(none, "happening.seriousness", None).happening.seriousness is None


@pytest.mark.parametrize(
    "stated", [frozenset(), frozenset({Seriousness.OTHER}), NullFlavor.NI], ids=str
)
def test_a_criterion_that_an_event_meets_is_never_stated_away(
    stated: frozenset[Seriousness] | NullFlavor,
) -> None:
    case = write(unassessed(None, None), "happening.seriousness", stated)

    later = write(case, "events[1].seriousness", frozenset({Seriousness.DEATH}))

    shown = later.happening.seriousness
    assert isinstance(shown, frozenset)
    assert Seriousness.DEATH in shown
    assert later.happening.died_on == day("2026-11-20")


def test_a_stated_death_shows_its_date() -> None:
    case = write(unassessed(None, None), "happening.seriousness", frozenset({Seriousness.DEATH}))

    assert case.happening.died_on == day("2026-11-20")


def test_no_name_can_be_stated_where_no_patient_was_reached() -> None:
    nobody = replace(WHOLE.case, involvement=PatientInvolvement.NONE)
    case = settle(replace(WHOLE, case=nobody))

    assert write(case, "subject.identifier", "Quokka").subject.identifier == "none"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (None, "x"),
        ("suspects[4].indication", "x"),
        ("subject.colour", "x"),
        ("subject.weight", "heavy"),
        ("subject.weight", None),
        ("subject.weight", " "),
        ("patient.code", "P-9"),
    ],
)
def test_a_statement_that_fits_nothing_is_kept_and_changes_nothing(
    path: str | None, value: str | None
) -> None:
    stated = (StatedValue(path=path, value=value),)
    case = settle(replace(WHOLE, case=replace(WHOLE.case, stated=stated)))

    assert case.case.stated == stated
    assert case.patient == WHOLE.patient
    assert case.subject == WHOLE.subject


def test_the_first_entry_in_section_g_makes_the_reporter() -> None:
    case = settle(Case(case=CaseFile(id="c")))

    written = write(case, "filer.last_name", "New")

    [reporter] = written.reporters
    assert (reporter.case_id, reporter.files, reporter.last_name) == ("c", True, "New")
    assert written.filer == reporter


def test_the_first_word_on_a_patient_makes_one_that_the_case_finds_again() -> None:
    case = settle(Case(case=CaseFile(id="c")))

    written = write(write(case, "subject.identifier", "P-77"), "patient.sex", Sex.MALE)

    assert written.patient.id == written.case.patient_id != ""
    assert (written.subject.identifier, written.patient.sex) == ("P-77", Sex.MALE)
    assert write(case, "patient.sex", None) == case


def test_taking_the_first_word_on_a_patient_back_leaves_no_patient() -> None:
    case = settle(Case(case=CaseFile(id="c")))
    written = write(write(case, "subject.identifier", "P-77"), "patient.sex", Sex.MALE)

    half = write(written, "patient.sex", None)
    assert half.patient.code == "P-77"
    assert half.patient.id == half.case.patient_id == written.patient.id

    assert write(half, "subject.identifier", None) == case
    case = replace(case, case=replace(case.case, version=1))
    assert (
        split_by_record(case, write(write(case, "patient.sex", Sex.MALE), "patient.sex", None))
        == []
    )


def test_a_patient_who_is_stored_or_linked_stays_although_nothing_is_written_any_more() -> None:
    written = write(settle(Case(case=CaseFile(id="c"))), "patient.sex", Sex.MALE)
    stored = replace(written, patient=replace(written.patient, version=1))
    linked = replace(written, events=(Event(id="e", patient_id=written.patient.id),))

    for case in (stored, linked):
        erased = write(case, "patient.sex", None)
        assert erased.patient.id == erased.case.patient_id == written.patient.id


def test_taking_the_first_entry_in_section_g_back_leaves_no_reporter() -> None:
    case = settle(Case(case=CaseFile(id="c")))
    written = write(write(case, "filer.last_name", "New"), "filer.first_name", "Ann")

    assert len(write(written, "filer.first_name", None).reporters) == 1
    assert write(write(written, "filer.first_name", None), "filer.last_name", None) == case


def test_only_records_that_differ_are_split_off() -> None:
    changed = lens.put(WHOLE, "patient.race", frozenset({Race.ASIAN}))
    changed = lens.put(changed, "events[0].verbatim", "dizzy")
    stored = _stored(WHOLE)

    pairs = split_by_record(stored, _stored(changed))

    assert [(before.KIND, after.KIND) for before, after in pairs] == [
        ("patient", "patient"),
        ("event", "event"),
    ]
    assert split_by_record(stored, stored) == []


def test_a_new_record_stands_beside_an_empty_one() -> None:
    stored = _stored(WHOLE)
    grown = replace(stored, products=(*stored.products, Product(id="new")))

    assert split_by_record(stored, grown) == [(Product(), Product(id="new"))]


def _stored(case: Case) -> Case:
    parts = {}
    for name in BRANCHES:
        value = getattr(case, name)
        many = isinstance(value, tuple)
        parts[name] = (
            tuple(replace(r, version=1) for r in value) if many else replace(value, version=1)
        )
    return replace(case, **parts)


def test_every_record_of_a_case_has_its_branch() -> None:
    assert BRANCHES["patient"] is Patient
    assert "subject" not in BRANCHES
    assert {"case", "report", "events", "decisions"} <= BRANCHES.keys()
    assert is_view("suspects[0].product.name")
    assert not is_view("products[0].name")


def test_an_age_typed_with_a_birth_date_is_stated() -> None:
    born = settle(replace(WHOLE, patient=replace(WHOLE.patient, birth_date=day("1986-02-03"))))

    written = write(born, "subject.age", Decimal(41))

    assert (written.subject.age, written.subject.age_unit) == (Decimal(41), AgeUnit.YEAR)
    assert written.patient.age == Decimal(40)

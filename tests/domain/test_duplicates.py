"""Two cases that look like one are told with what they share; what a clinic sees daily is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.duplicates import (
    LIKELY,
    POINTS,
    POSSIBLE,
    Field,
    Likeness,
    Traits,
    likeness,
    traits_of,
)
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Event, Lot, Patient, Product, Reporter
from aeapp.domain.records.coding import Coding
from aeapp.domain.values import PartialDate

F = Field


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


PATIENT = Patient(id="p1", code="P-0412", birth_date=day("1980-02-03"), sex=Sex.FEMALE)
EVENT = Event(verbatim="dissociation", onset=day("2026-11-16T10:20-05:00"))
PRODUCT = Product(name="Ketamine HCl", ndc="12345-678-90")
LOT = Lot(number="KT6B0417")
REPORTER = Reporter(
    last_name="Reyes", first_name="Dana", phone="+1 555 010 0100", email="d@x.example"
)


def traits(
    patient: Patient = PATIENT,
    event: Event = EVENT,
    product: Product = PRODUCT,
    lot: Lot = LOT,
    reporter: Reporter = REPORTER,
) -> Traits:
    return traits_of(patient, [event], [product], [lot], [reporter])


OTHER_RECORD = replace(PATIENT, id="p2")
SOMEBODY = Patient(id="p9", code="P-0077", birth_date=day("1971-05-06"), sex=Sex.FEMALE)
NAMELESS = Patient(id="p9", code="P-0077", sex=Sex.FEMALE)
HERS = Reporter(last_name="Vale", first_name="Robin")

# What differs from the case above, whether a person is asked to look, and by what.
TABLE = [
    ("the same once more", {}, "likely",
     {F.PATIENT, F.EVENT, F.ONSET, F.PRODUCT, F.LOT, F.REPORTER}),
    ("another reporter tells it", {"reporter": HERS}, "likely", {F.PATIENT, F.EVENT, F.ONSET}),
    ("in other words of the same event", {"event": replace(EVENT, verbatim="Floating")}, "likely",
     {F.PATIENT, F.EVENT, F.ONSET}),
    ("the patient was entered twice", {"patient": OTHER_RECORD}, "likely",
     {F.CODE, F.BIRTH, F.SEX, F.EVENT, F.ONSET}),
    ("another clinic gave another code", {"patient": replace(OTHER_RECORD, code="X-1")}, "possible",
     {F.BIRTH, F.SEX, F.EVENT, F.ONSET}),
    ("the onset was told a day later", {"event": replace(EVENT, onset=day("2026-11-17"))},
     "likely", {F.PATIENT, F.EVENT, F.NEAR_ONSET}),
    ("only the month of the onset is known", {"event": replace(EVENT, onset=day("2026-11"))},
     "possible", {F.PATIENT, F.EVENT, F.MAYBE_ONSET}),
    ("the onset is not known", {"event": replace(EVENT, onset=NullFlavor.UNK)}, "possible",
     {F.PATIENT, F.EVENT}),
    ("the same code and another sex", {
        "patient": Patient(id="p3", code="P-0412", sex=Sex.MALE)}, "possible",
     {F.CODE, F.EVENT, F.ONSET}),
    # Near misses.
    ("the same code of another clinic and another day", {
        "patient": Patient(id="p3", code="P-0412"),
        "event": replace(EVENT, onset=day("2026-12-01"))}, "",
     {F.CODE, F.EVENT}),
    ("the same event after the next session", {"event": replace(EVENT, onset=day("2026-11-19"))},
     "", {F.PATIENT, F.EVENT}),
    ("the same event in another month", {"event": replace(EVENT, onset=day("2026-10"))}, "",
     {F.PATIENT, F.EVENT}),
    ("another patient, the same day, drug, lot, event and nurse", {"patient": SOMEBODY}, "",
     {F.SEX, F.EVENT, F.ONSET, F.PRODUCT, F.LOT, F.REPORTER}),
    ("another patient of unknown birth", {"patient": NAMELESS, "reporter": HERS}, "",
     {F.SEX, F.EVENT, F.ONSET, F.PRODUCT, F.LOT}),
    ("a twin: born the same day, another code, event and drug", {
        "patient": replace(OTHER_RECORD, code="P-9"), "event": replace(EVENT, verbatim="rash"),
        "product": Product(name="Esketamine"), "lot": Lot(), "reporter": HERS}, "",
     {F.BIRTH, F.SEX, F.ONSET}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "level", "shared"), TABLE, ids=[t[0] for t in TABLE])
def test_cases_are_told_alike_by_what_they_share(
    what: str, changes: dict[str, object], level: str, shared: set[Field]
) -> None:
    found = likeness(traits(), traits(**changes))  # type: ignore[arg-type] # by name

    assert found == likeness(traits(**changes), traits())  # type: ignore[arg-type] # by name
    assert shared <= set(found.matched)
    assert found.score == sum(POINTS[f] for f in (*found.matched, *found.differing))
    told = "likely" if found.is_likely else "possible" if found.is_possible else ""
    assert (told, found.score) == (level, found.score)


def test_the_line_is_where_it_says() -> None:
    assert not Likeness(POSSIBLE - 1, (), ()).is_possible
    assert Likeness(POSSIBLE, (), ()).is_possible
    assert not Likeness(LIKELY - 1, (), ()).is_likely
    assert Likeness(LIKELY, (), ()).is_likely


def test_what_is_not_known_matches_nothing() -> None:
    unknown = traits_of(
        Patient(birth_date=NullFlavor.UNK, sex=NullFlavor.UNK, code=None),
        [Event(verbatim=None, onset=NullFlavor.UNK), Event(verbatim="x", struck_reason="wrong")],
        [Product(name=NullFlavor.UNK, ndc=NullFlavor.UNK), Product(name="x")],
        [Lot(number="unknown"), Lot(number=NullFlavor.ASKU), Lot(number="N/A")],
        [Reporter(last_name="Only", phone="555")],
    )

    assert unknown == Traits(events=((frozenset(), None),))
    assert likeness(unknown, unknown) == Likeness(0, (), ())
    assert likeness(Traits(), traits()) == Likeness(0, (), ())


def test_a_year_of_birth_is_shared_by_too_many_to_count() -> None:
    one = traits_of(Patient(birth_date=day("1980")), [])
    assert likeness(one, traits()).matched == ()


def test_the_most_alike_events_of_two_cases_count() -> None:
    several = traits_of(
        PATIENT,
        [Event(verbatim="rash", onset=day("2026-01-01")), EVENT, Event(verbatim="nausea")],
    )

    assert {F.EVENT, F.ONSET} <= set(likeness(several, traits()).matched)
    assert likeness(several, traits()).differing == ()


def test_codes_tell_that_events_are_the_same_whatever_their_words() -> None:
    coding = Coding(terminology=TerminologyName.MEDDRA, code="94000001")
    one = Event(verbatim="it rained", codings=(coding, Coding()))
    two = Event(verbatim="water from above", codings=(coding,))

    found = likeness(traits(event=one), traits(event=two))
    assert F.EVENT in found.matched
    assert F.EVENT not in likeness(traits(event=one), traits()).matched


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Product(name="Ketamine HCl"), Product(name="ketamine"), True),
        (Product(name="A", ndc="12345-678-90"), Product(name="B", ndc="1234567890"), True),
        (Product(name="Ketamine"), Product(name="Esketamine"), False),
    ],
)
def test_products_are_the_same_by_name_or_national_code(
    one: Product, other: Product, *, same: bool
) -> None:
    found = likeness(traits(product=one), traits(product=other))
    assert (F.PRODUCT in found.matched) is same


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Reporter(phone="(555) 010-0100"), True),
        (Reporter(email="D@X.example "), True),
        (Reporter(last_name="REYES", first_name="dana"), True),
        (Reporter(last_name="Reyes"), False),
    ],
)
def test_reporters_are_the_same_by_name_phone_or_mail(other: Reporter, *, same: bool) -> None:
    assert (F.REPORTER in likeness(traits(), traits(reporter=other)).matched) is same

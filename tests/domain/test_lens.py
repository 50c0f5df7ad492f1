"""Trees by path: what was put is got, and a difference names exactly what changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aeapp.domain import lens
from aeapp.domain.archive import Bundle
from aeapp.domain.case import Case
from aeapp.domain.codelists.countries import Country
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import Administration, Event, Lot, Patient
from aeapp.domain.records.device import Device
from aeapp.domain.records.patient import Medicine
from tests.factories import cases, entries


@given(cases(), st.data())
def test_what_was_put_is_got(case: Case, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(lens.paths(case))))
    value = data.draw(entries(spec_at(Case, path)))

    assert lens.get(lens.put(case, path, value), path) == value


@given(cases(), st.data())
def test_a_difference_names_exactly_what_changed(case: Case, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(lens.paths(case))))
    value = data.draw(entries(spec_at(Case, path)))
    before = lens.get(case, path)
    assume(lens.differs(before, value))

    assert lens.diff(case, lens.put(case, path, value)) == {path: (before, value)}


@given(cases(), st.data())
def test_carrying_a_difference_over_gives_the_other_tree(old: Case, data: st.DataObject) -> None:
    new = old
    for path in data.draw(st.lists(st.sampled_from(sorted(lens.paths(old))), max_size=4)):
        new = lens.put(new, path, data.draw(entries(spec_at(Case, path))))

    moved = old
    for path, (_before, after) in lens.diff(old, new).items():
        moved = lens.put(moved, path, after)

    assert moved == new


@given(cases())
def test_a_tree_does_not_differ_from_itself(case: Case) -> None:
    assert lens.diff(case, case) == {}
    assert all(spec_at(Case, path) for path in lens.paths(case))


@pytest.mark.parametrize(
    "path", ["colour", "patient.colour", "events[0].onset", "events[5]", "patient[0].code", "A b"]
)
def test_a_place_that_is_not_there_is_an_error(path: str) -> None:
    with pytest.raises(KeyError):
        lens.get(Case(), path)
    with pytest.raises(KeyError):
        lens.put(Case(), path, None)


def test_a_whole_member_of_a_repeat_may_be_put() -> None:
    case = Case(events=(Event(id="a"), Event(id="b")))

    changed = lens.put(case, "events[1]", Event(id="c"))

    assert [event.id for event in changed.events] == ["a", "c"]
    assert lens.get(changed, "events[1]").id == "c"


def test_a_member_that_only_one_side_has_shows_its_filled_items() -> None:
    one = Patient(medicines=(Medicine(name="a"),))
    two = Patient(medicines=(Medicine(name="a"), Medicine(name="b", dose="5 mg")))

    assert lens.diff(one, two) == {
        "medicines[1].name": (None, "b"),
        "medicines[1].dose": (None, "5 mg"),
    }
    assert lens.diff(two, one) == {
        "medicines[1].name": ("b", None),
        "medicines[1].dose": ("5 mg", None),
    }


def test_a_section_that_appears_shows_its_filled_items() -> None:
    assert lens.diff(None, Device(brand="B")) == {"brand": (None, "B")}
    assert lens.diff(Device(brand="B"), None) == {"brand": ("B", None)}


def test_a_link_counts_and_no_link_is_nothing() -> None:
    assert lens.diff(Lot(), Lot(product_id="p")) == {"product_id": (None, "p")}
    assert lens.diff(None, Administration()) == {}


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        (Decimal("1.0"), Decimal("1.00"), True),
        (Decimal("1.0"), Decimal("1.0"), False),
        (Decimal(1), None, True),
        ("", None, False),
        (None, NullFlavor.UNK, True),
        (frozenset(), None, True),
        (frozenset({"a"}), frozenset({"a"}), False),
        (NullFlavor.NA, "NA", True),
        (NullFlavor.NI, Country("NI"), True),
        (NullFlavor.NA, NullFlavor.NA, False),
    ],
)
def test_digits_and_kinds_of_nothing_make_a_difference(a: Any, b: Any, differ: bool) -> None:
    assert lens.differs(a, b) is differ
    assert lens.differs(b, a) is differ


def test_a_section_that_is_absent_has_no_paths() -> None:
    paths = set(lens.paths(Bundle()))

    assert "case.title" in paths
    assert not any(path.startswith("patient.") for path in paths)
    assert "patient.code" in set(lens.paths(Bundle(patient=Patient())))

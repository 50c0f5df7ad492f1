"""Value rules: each accepts what it should on both sides of its border, and says why not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.checks import USER_NAME, between, longest, pattern, time_zone, utf16_length
from aeapp.domain.findings import item_problem
from aeapp.domain.items import FieldSpec, Item, NullFlavor, spec_at
from aeapp.domain.records import Clinic, Patient


@pytest.mark.parametrize(
    ("value", "accepted"), [("0.1", False), ("0.2", True), ("650", True), ("650.1", False)]
)
def test_the_borders_of_a_range_are_inside(value: str, accepted: bool) -> None:
    problem = between("0.2", "650", "kg")(Decimal(value))

    assert problem == (None if accepted else "Expected 0.2 to 650 kg.")
    assert between("1", "2")(3) == "Expected 1 to 2."


def test_a_pattern_is_matched_as_a_whole() -> None:
    check = pattern("[a-z]{3}", "Use three letters.")

    assert check("abc") is None
    assert check("abcd") == "Use three letters."


@pytest.mark.parametrize(
    ("name", "accepted"),
    [("jane", True), ("j.d-o_e1", True), ("jd", False), ("Jane", False), ("a" * 33, False)],
)
def test_a_user_name_is_short_and_plain(name: str, accepted: bool) -> None:
    assert (USER_NAME(name) is None) is accepted


def test_length_is_counted_as_the_official_form_counts() -> None:
    assert utf16_length("a\nb") == 3
    assert utf16_length("😀") == 2
    assert longest(2)("😀") is None
    assert longest(1)("😀") == "Shorten to 1 characters; this has 2."


@pytest.mark.parametrize(
    ("zone", "accepted"),
    [
        ("America/Chicago", True),
        ("UTC", True),
        ("Mars/Olympus", False),
        ("../etc/passwd", False),
        ("", False),
        ("America", False),
        ("a" * 300, False),
    ],
)
def test_a_zone_is_one_of_the_database(zone: str, accepted: bool) -> None:
    assert (time_zone(zone) is None) is accepted


def test_an_entry_is_measured_against_its_item() -> None:
    code = spec_at(Patient, "code")

    assert item_problem(code, None) is None
    assert item_problem(spec_at(Patient, "name"), NullFlavor.UNK) is None
    assert item_problem(code, "x" * 50) is None
    assert item_problem(code, "x" * 51) == "Shorten to 50 characters."
    assert item_problem(spec_at(Patient, "age"), Decimal(131)) == "Expected 0 to 130."
    assert item_problem(spec_at(Clinic, "time_zone"), "UTC") is None


def test_the_first_broken_rule_is_told() -> None:
    checks = (pattern("a+", "Use a."), pattern("b+", "Use b."))
    spec = FieldSpec("x", str, str, Item("X", help="X.", source="A test", checks=checks))

    assert item_problem(spec, "c") == "Use a."
    assert item_problem(spec, "a") == "Use b."

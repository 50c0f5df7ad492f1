"""The hash of what a paper shows: the same for equal records, another for any other value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.fingerprints import fingerprint
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient, Session
from aeapp.domain.values import PartialDate


@dataclass(frozen=True, slots=True)
class Kept:
    """Something with a part that is kept for speed alone."""

    shown: str
    fast: int = field(default=0, compare=False)


SESSION = Session(id="s", number="S-1", route=SessionRoute.NASAL, started=PartialDate(2026, 11))


def test_equal_records_have_one_hash_of_64_digits() -> None:
    assert fingerprint(SESSION, Patient(id="p")) == fingerprint(replace(SESSION), Patient(id="p"))
    assert len(fingerprint()) == 64
    assert fingerprint(Kept("a", 1)) == fingerprint(Kept("a", 2))
    assert fingerprint(frozenset("abc"), {"b": 2, "a": 1}) == fingerprint(
        frozenset("cba"), {"a": 1, "b": 2}
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SESSION, replace(SESSION, number="S-2")),
        (SESSION, replace(SESSION, started=PartialDate(2026))),
        (SESSION, replace(SESSION, started=NullFlavor.UNK)),
        (None, ""),
        ("", ()),
        ("1", 1),
        ("1", Decimal(1)),
        (Decimal("1.0"), Decimal(1)),
        (Fraction(1, 2), 0.5),
        (True, "true"),
        (dt.date(2026, 1, 1), "2026-01-01"),
        (("a", ("b",)), ("a", "b")),
        ({"a": 1}, {"a": 2}),
        (frozenset({"a"}), ("a", "b")),
        (Patient(), Session()),
        (NullFlavor.UNK, NullFlavor.UNK.value),
    ],
)
def test_any_other_value_has_another_hash(one: Any, other: Any) -> None:
    assert fingerprint(one) != fingerprint(other)

"""Any record of any kind, for property tests."""

from __future__ import annotations

import string
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from aeapp.domain.items import Attribute, NullFlavor, Record, attributes_of
from aeapp.domain.records import ALL_RECORDS
from aeapp.domain.values import PartialDate
from aeapp.persistence.schema import UNIQUE

_FORBIDDEN = "\u202a\u202b\u202c\u202d\u202e\ufffe\uffff"

texts = st.text(
    st.one_of(
        st.sampled_from(string.printable[:95] + "\n\t"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=_FORBIDDEN),
    ),
    max_size=40,
)
decimals = st.builds(
    lambda sign, digits, places: Decimal((sign, tuple(digits), -places)),
    st.integers(0, 1),
    st.lists(st.integers(0, 9), min_size=1, max_size=18),
    st.integers(0, 12),
)


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """Draw a date of any precision, with and without a time and an offset."""
    year = draw(st.integers(2, 9998))
    parts = [
        draw(st.integers(1, 12)),
        draw(st.integers(1, 28)),
        draw(st.integers(0, 23)),
        draw(st.integers(0, 59)),
        draw(st.integers(0, 59)),
    ]
    known = draw(st.sampled_from([0, 1, 2, 4, 5]))
    offset = draw(st.none() | st.integers(-14 * 60, 14 * 60)) if known > 2 else None
    return PartialDate(year, *parts[:known], offset=offset)


def _value(a: Attribute) -> st.SearchStrategy[Any]:
    if a.type is frozenset:
        return st.frozensets(st.sampled_from(list(a.element)))
    simple = {
        str: texts,
        bool: st.booleans(),
        int: st.integers(1 - 10**15, 10**15 - 1),
        Decimal: decimals,
        PartialDate: dates(),
    }
    return simple[a.type] if a.type in simple else st.sampled_from(list(a.type))


def _attribute(a: Attribute) -> st.SearchStrategy[Any]:
    if a.link is not None:
        return st.just("")
    if a.is_section:
        one = sections(a.type)
        return st.lists(one, max_size=3).map(tuple) if a.repeated else one
    reasons = a.item.nulls if a.item else ()
    options = [st.none(), _value(a)]
    if reasons:
        options.append(st.sampled_from([NullFlavor(n) for n in reasons]))
    return st.one_of(options)


def sections(cls: type) -> st.SearchStrategy[Any]:
    """Return a strategy for one section or record class, its links empty."""
    unique = UNIQUE.get(getattr(cls, "KIND", ""), ())
    return st.builds(
        cls, **{a.name: _attribute(a) for a in attributes_of(cls) if a.name not in unique}
    )


records: st.SearchStrategy[Record] = st.one_of([sections(cls) for cls in ALL_RECORDS])

"""Cells of a listing: codes in words, reasons in words, nothing for what was not assessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import Seriousness, Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.listing_specs import SPECS, cell_of, row_of
from aeapp.domain.listings import ListingKind
from aeapp.domain.records import Administration, Event, Patient, Score
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, None), (7, 7), (Decimal("0.50"), Decimal("0.50")), ("text", "text"), (True, "Yes"),
     (NullFlavor.ASKU, "Asked but not told"), (PartialDate.from_iso("2026-11"), "2026-11"),
     (PartialDate.from_iso("2026-11-16T10:44-05:00"), "2026-11-16 10:44-05:00"),
     (frozenset(), "None of them"), (Severity.MILD, "1 Mild"), (ListingKind.LOTS, "lots")],
)  # fmt: skip
def test_a_value_as_a_cell(value: object, cell: object) -> None:
    assert cell_of(value) == cell


def cells(event: Event) -> dict[str, object]:
    spec = SPECS[ListingKind.EVENTS]
    joined = {"event": event, "patient": Patient(code="A"), "session": None, "case": None}
    return dict(zip((c.words for c in spec.columns), row_of(spec, joined, joined), strict=True))


def test_an_event_is_listed_by_its_code_and_says_what_nobody_answered() -> None:
    coding = Coding(terminology=TerminologyName.CTCAE, edition="6.0", code="1", term="Nausea")
    found = cells(Event(verbatim="queasy", codings=(coding,), seriousness=NullFlavor.UNK))

    assert (found["Term"], found["Event as told"]) == ("Nausea", "queasy")
    assert found["Terminology"] == "CTCAE 6.0"
    assert found["Serious"] == "Unknown"
    assert found["Session"] is None
    plain = cells(Event(verbatim="something else", seriousness=frozenset()))
    assert (plain["Term"], plain["Terminology"], plain["Serious"]) == (None, None, "No")
    serious = cells(Event(verbatim="nausea", seriousness=frozenset(Seriousness)))
    assert (serious["Term"], serious["Serious"]) == ("Nausea", "Yes")


def test_a_dose_without_product_has_no_amount_in_mg() -> None:
    spec = SPECS[ListingKind.EXPOSURE]
    joined = {"administration": Administration(dose=Decimal(4))}

    row = dict(zip((c.words for c in spec.columns), row_of(spec, joined, joined), strict=True))
    assert row["Milligrams"] is None
    assert row["Dose"] == 4


def test_every_column_of_every_listing_has_words() -> None:
    assert all(column.words for spec in SPECS.values() for column in spec.columns)


def test_a_filled_scale_tells_its_points_by_item() -> None:
    spec = SPECS[ListingKind.SCORES]
    score = Score(
        scale="phq-9",
        items=(ScoreItem(number=1, points=2), ScoreItem(number=2, points=NullFlavor.ASKU)),
        total=Decimal(2),
    )
    heads = [column.words for column in spec.columns]
    place = heads.index("Points by item")
    assert row_of(spec, {"score": score}, {"score": score})[place] == "1: 2; 2: Asked but not told"
    bare = Score(scale="phq-9", total=Decimal(9))
    assert row_of(spec, {"score": bare}, {"score": bare})[place] is None


def test_each_listing_has_words() -> None:
    assert ListingKind.LOTS.words
    assert len({kind.words for kind in ListingKind}) == len(ListingKind)

"""What an amendment is about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from aeapp.domain.chair.amendments import added_words, amended_ids, changed_words
from aeapp.domain.codelists.clinic import ObservationKind, ObservationStatus
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import NoteKind
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import Administration, Event, Note, Observation, Session
from aeapp.domain.values import PartialDate

AT = PartialDate(2026, 11, 23, 14, 40)
X = "x" * 79 + "…"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Observation(kind=ObservationKind.HEART_RATE, value=Decimal(96)), "Added: HR 96"),
        (Observation(value=Decimal(96)), "Added: 96"),
        (Observation(value=Decimal(96), at=AT), "Added: 96, 23-Nov-2026 14:40"),
        (Event(verbatim="Nausea"), "Added: Nausea"),
        (Event(verbatim="Nausea", onset=AT), "Added: Nausea, 23-Nov-2026 14:40"),
        (Administration(dose=Decimal(4), dose_unit=DoseUnit.MG), "Added: 4 mg"),
        (Note(words="Oxygen 2 L"), "Added: Oxygen 2 L"),
        (Note(), ""),
        (Session(), ""),
    ],
)
def test_what_was_added_reads_in_a_few_words(record: Record, words: str) -> None:
    assert added_words(record) == words


CHANGES: list[tuple[Record, dict[str, Any], str]] = [
    (
        Event(verbatim="Nausea", onset=AT, severity=Severity.MILD),
        {"severity": Severity.MODERATE, "onset": NullFlavor.UNK, "ended": AT},
        (
            "Nausea, 23-Nov-2026 14:40: Onset 23-Nov-2026 14:40 → Unknown; "
            "End nothing → 23-Nov-2026 14:40; Severity 1 Mild → 2 Moderate"
        ),
    ),
    (
        Administration(dose=Decimal(38), dose_unit=DoseUnit.MG, started=AT),
        {"dose": Decimal("36.5")},
        "38 mg, 23-Nov-2026 14:40: Dose 38 → 36.5",
    ),
    (
        Observation(kind=ObservationKind.HEART_RATE, value=Decimal(96), at=AT),
        {"status": ObservationStatus.STRUCK},
        "HR 96, 23-Nov-2026 14:40: Status nothing → Struck through",
    ),
    (Note(words="x" * 90, at=AT), {"words": "y"}, f"{X}, 23-Nov-2026 14:40: Words {X} → y"),
    (Event(seriousness=frozenset()), {"seriousness": None}, "Seriousness none of them → nothing"),
    (Session(), {"escort": "sister"}, "Escort (not told before)"),
    (Session(escort="JM"), {"escort": "sister"}, "Escort (told otherwise before)"),
]


@pytest.mark.parametrize(("before", "changes", "words"), CHANGES)
def test_a_change_names_its_entry_and_the_value_before_and_who_a_person_is_stays_in_the_trail(
    before: Record, changes: dict[str, Any], words: str
) -> None:
    assert changed_words(before, replace(before, **changes)) == words


def test_only_lines_of_amendments_make_what_they_link_to_amended() -> None:
    lines = (
        Note(kind=NoteKind.AMENDMENT, observation_id="o"),
        Note(kind=NoteKind.AMENDMENT, note_id="n"),
        Note(kind=NoteKind.AMENDMENT),
        Note(kind=NoteKind.NOTE, event_id="e"),
    )
    assert amended_ids(lines) == {"o", "n"}

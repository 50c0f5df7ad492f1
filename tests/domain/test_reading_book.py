"""The book answers as the plain functions do, whatever was added, changed or taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationSource,
    ObservationStatus,
)
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Observation, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals import book as books
from aeapp.domain.vitals.book import FlagBook, ReadingBook
from aeapp.domain.vitals.due import reading_sets
from aeapp.domain.vitals.own_time import EVER, own, span_of
from aeapp.domain.vitals.rows import latest, rows_of
from aeapp.domain.vitals.typing import COLUMNS
from aeapp.domain.vitals.watch import Watched, baseline_of, repeats
from aeapp.domain.vitals.watch_rules import DEFAULT_RULES

HR = ObservationKind.HEART_RATE
KINDS = (
    HR,
    ObservationKind.OXYGEN_SATURATION,
    ObservationKind.BLOOD_PRESSURE,
    ObservationKind.WEIGHT,
    None,
)
ZEROS = (None, PartialDate(2026, 11, 23, 14, 30, None, 0), PartialDate(2026, 11, 23, 14, 2, 20, 0))
SESSION = Session(started=PartialDate(2026, 11, 23, 14, 0, None, 0))


def times(*, loose: bool) -> st.SearchStrategy[PartialDate | NullFlavor | None]:
    clock = st.builds(
        lambda day, minute, second: PartialDate(2026, 11, day, 14, minute, second, 0),
        st.sampled_from([23, 23, 23, 22]),
        st.integers(0, 59),
        st.sampled_from([None, None, 30]),
    )
    others = st.sampled_from([None, NullFlavor.UNK, PartialDate(2026, 11, 23)])
    return st.one_of(clock, others) if loose else clock


def readings(*, loose: bool) -> st.SearchStrategy[Observation]:
    return st.builds(
        lambda kind, at, number, status, source: Observation(
            kind=kind,
            at=at,
            value=Decimal(number),
            systolic=Decimal(number),
            diastolic=Decimal(70),
            status=status,
            source=source,
        ),
        st.sampled_from(KINDS),
        times(loose=loose),
        st.integers(40, 220),
        st.sampled_from(list(ObservationStatus)),
        st.sampled_from([None, ObservationSource.MONITOR]),
    )


def numbered(found: Sequence[Observation]) -> list[Observation]:
    """Give ids in the order of entry, as the store does."""
    return [replace(r, id=f"{n:04d}") for n, r in enumerate(found)]


def answers_alike(book: ReadingBook, now: Sequence[Observation], zero: PartialDate | None) -> None:
    mine = own(now, SESSION, zero)
    assert book.rows(zero) == rows_of(now, COLUMNS, zero)
    assert book.sets(zero) == reading_sets(mine, zero)
    assert book.latest() == latest(mine)
    assert book.baseline(zero) == baseline_of(mine, zero)
    assert book.kinds == {r.kind for r in now if r.kind is not None}

    def asked(known: Sequence[Observation]) -> object:
        watched = Watched("p", "s", known, DEFAULT_RULES, zero)
        return sorted(repeats(watched), key=lambda r: sorted(r.kinds))

    assert asked(book.recent(zero)) == asked(mine)


@pytest.mark.parametrize("loose", [False, True])
@given(data=st.data())
def test_it_answers_as_the_plain_functions(loose: bool, data: st.DataObject) -> None:
    book, zero = ReadingBook(), data.draw(st.sampled_from(ZEROS))
    now = numbered(data.draw(st.lists(readings(loose=loose), max_size=12)))
    for _step in range(data.draw(st.integers(1, 4))):
        book.within(span_of(SESSION, zero))
        book.take(now)
        answers_alike(book, now, zero)
        zero = data.draw(st.sampled_from(ZEROS))
        if now and data.draw(st.booleans()):
            n = data.draw(st.integers(0, len(now) - 1))
            now[n] = replace(data.draw(readings(loose=loose)), id=now[n].id)
        elif now and data.draw(st.booleans()):
            now = now[:-1]
        else:
            now = numbered([*now, *data.draw(st.lists(readings(loose=loose), max_size=3))])


def rate(n: int, value: int = 80) -> Observation:
    at = PartialDate(2026, 11, 23, 14, n % 60, None, 0)
    return Observation(id=f"{n}", kind=HR, value=Decimal(value), at=at)


def test_many_changes_are_taken_in_from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "MANY", 1)
    book = ReadingBook()
    book.within(EVER)
    book.take([rate(1), rate(2)])
    changed = [rate(3), rate(4), rate(5)]
    book.take(changed)
    answers_alike(book, changed, None)


def test_a_flag_is_asked_once_for_a_reading_until_what_it_hangs_on_changes() -> None:
    asked: list[str] = []

    def flag(reading: Observation) -> str:
        asked.append(reading.id)
        return "over" if reading.value == Decimal(190) else ""

    book, low, high = FlagBook(), rate(1), rate(2, 190)
    assert book.of([low, high], flag, "rules") == {"2"}
    assert book.of([low, high, rate(3, 190)], flag, "rules") == {"2", "3"}
    assert asked == ["1", "2", "3"]
    struck = replace(high, status=ObservationStatus.STRUCK)
    assert book.of([low, struck], flag, "rules") == {"3"}
    assert book.of([low, high], flag, "others") == {"2"}
    assert asked == ["1", "2", "3", "1", "2"]

"""Who entered what of a session, grouped and signed shortly."""

from __future__ import annotations

import datetime as dt

import pytest

from aeapp.domain.chair.entries import Entrants, Made, Written, initials, together

AT = dt.datetime(2026, 11, 23, 14, 40, 5, tzinfo=dt.UTC)


def entry(seq: int, record_id: str, *, by: str = "Dana Reyes, RN", seconds: int = 0,
          action: str = "create", **more: object) -> Written:  # fmt: skip
    at = AT + dt.timedelta(seconds=seconds)
    return Written(seq, at, by, "nurse", "observation", record_id, action, **more)  # type: ignore[arg-type]


def test_the_same_of_one_minute_by_one_person_is_counted_and_the_order_stays() -> None:
    found = together(
        [
            entry(3, "b", seconds=20, action="update", reason="typing slip", items=("status",)),
            entry(1, "a"),
            entry(2, "b", seconds=10),
            entry(4, "c", by="Jo Kim", seconds=30),
        ]
    )
    minute = AT.replace(second=0)
    assert list(found) == [
        Made(minute, "Dana Reyes, RN", "observation", "create", "", (), 2),
        Made(minute, "Dana Reyes, RN", "observation", "update", "typing slip", ("status",), 1),
        Made(minute, "Jo Kim", "observation", "create", "", (), 1),
    ]


@pytest.mark.parametrize(
    ("names", "signs"),
    [
        (["Dana Reyes, RN", "Dana Reyes, RN"], ["DR"]),
        (["Dana Reyes", "Don Riley", "Di Ruiz"], ["DR", "DR2", "DR3"]),
        (["Cher", ""], ["C", "?"]),
        (["Ana Maria de Souza"], ["AS"]),
    ],
)
def test_names_have_short_signs_that_differ(names: list[str], signs: list[str]) -> None:
    assert list(initials(names).values()) == signs


def test_who_made_readings_is_told_by_their_first_entry_and_when_by_the_last_one() -> None:
    entrants = Entrants(
        [
            entry(1, "a"),
            entry(2, "b", by="Jo Kim", seconds=90),
            entry(3, "a", by="Jo Kim", seconds=400, action="update"),
        ]
    )
    assert entrants.who(["a"]) == ("DR", AT)
    assert entrants.who(["a", "b", "from a file"]) == ("DR, JK", AT + dt.timedelta(seconds=90))
    assert entrants.who(["from a file"]) == ("", None)

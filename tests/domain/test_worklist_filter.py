"""What a filter of the worklist lets through."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.codelists.worklist import Urgency
from aeapp.domain.records import SavedFilter
from aeapp.domain.worklist_filter import is_empty, lets_through, passing

TODAY = dt.date(2026, 11, 27)
NEED = Need(
    kind=NeedKind.REPORT,
    target="r1",
    what="Syncope after ketamine",
    detail="KC-2026-000001/3500/1",
    patient="P-0398",
    next_step="Needs outcome",
    owner="J. Kim",
    due=dt.date(2026, 11, 26),
    authority=Authority.LAW,
    rule="",
)
SOON = replace(NEED, due=dt.date(2026, 11, 30), waits_for="A. Other", owner="A. Other")
UNDATED = replace(NEED, due=None, authority=Authority.CLINIC, kind=NeedKind.DECISION)


@pytest.mark.parametrize(
    ("wanted", "through"),
    [
        (SavedFilter(), (True, True, True)),
        (SavedFilter(urgency=frozenset({Urgency.OVERDUE})), (True, False, False)),
        (SavedFilter(urgency=frozenset({Urgency.WEEK})), (False, True, False)),
        (SavedFilter(urgency=frozenset({Urgency.BLOCKED})), (False, True, False)),
        (SavedFilter(urgency=frozenset({Urgency.MINE})), (True, False, True)),
        (SavedFilter(urgency=frozenset({Urgency.MINE, Urgency.WEEK})), (False, False, False)),
        (SavedFilter(kinds=frozenset({NeedKind.DECISION, NeedKind.CALL})), (False, False, True)),
        (SavedFilter(authorities=frozenset({Authority.LAW})), (True, True, False)),
        # A line without a date was dated by nobody, whatever it carries.
        (SavedFilter(authorities=frozenset({Authority.CLINIC})), (False, False, False)),
        (SavedFilter(words="kim SYNCOPE"), (True, False, True)),
        (SavedFilter(words="p 0398 rash"), (False, False, False)),
    ],
)
def test_every_part_of_a_filter_must_hold(wanted: SavedFilter, through: tuple[bool, ...]) -> None:
    found = tuple(lets_through(wanted, need, TODAY, "J. Kim") for need in (NEED, SOON, UNDATED))
    assert found == through


def test_lines_that_pass_keep_their_order() -> None:
    late = SavedFilter(kinds=frozenset({NeedKind.REPORT}))
    assert passing(late, [SOON, UNDATED, NEED], TODAY, "") == (SOON, NEED)


def test_a_filter_is_empty_where_it_lets_all_through() -> None:
    assert is_empty(SavedFilter(name="All", words="  ", kinds=frozenset()))
    assert not is_empty(SavedFilter(words="x"))

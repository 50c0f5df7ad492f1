"""A recoding is put back weeks later: whole or not at all, and what stands in the way is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.coding import HowFound
from aeapp.domain.records import Event, Terminology
from aeapp.kernel.progress import CancelledError
from aeapp.services.app import App
from aeapp.services.past_recodings import (
    CodedSinceError,
    NoSuchRecodingError,
    UndoneAlreadyError,
)
from tests.helpers.clinic import practice_app
from tests.helpers.terminologies import distribution
from tests.services.test_coding import event, loaded, newer, stored_codes, trail_of


class StopsAt:
    def __init__(self, at: int) -> None:
        self._at = at

    def step(self, done: int, total: int, note: str) -> None:
        if done == self._at:
            raise CancelledError


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, role=Role.PRESCRIBER)
    yield app
    app.close()


@pytest.fixture
def release(app: App, tmp_path: Path) -> Terminology:
    return loaded(app, distribution(tmp_path / "MedAscii"))


def recode(app: App, release: Terminology) -> int:
    plan = app.coding.proposals(release.id)
    return app.coding.confirm(release, [(p, p.offers[0]) for p in plan.exact]).number


def now(app: App, told: Event) -> Event:
    with app.context.new_uow() as uow:
        found = uow.records.get("event", told.id)
    assert isinstance(found, Event)
    return found


def test_what_was_coded_together_is_put_back_later_and_what_was_said_since_stays(
    app: App, tmp_path: Path, release: Terminology
) -> None:
    coded_before, never = event(app, "rain in the chair"), event(app, "thunder fright")
    app.coding.code(coded_before, app.coding.search("persistent drizzle")[0].coded, HowFound.PICKED)
    latest = loaded(app, newer(tmp_path))
    number = recode(app, latest)
    app.events.add(now(app, never), treatment="a steadier chair")

    (past,) = app.recodings.all()
    assert (past.number, past.by, past.stands, len(past.lines)) == (number, "Dana Reyes", True, 2)
    assert (str(past.terminology), past.edition, past.release_id) == ("meddra", "92.0", latest.id)
    assert app.recodings.changed_since(number) == ()

    app.recodings.undo(number)

    assert stored_codes(app, coded_before.id) == [("meddra", "91.1", "94000001")]
    assert stored_codes(app, never.id) == []
    assert now(app, never).treatment == "a steadier chair"
    # Nothing is erased: code and its taking back are both in the trail.
    assert [told["reason"] for told in trail_of(app, never)] == [
        "", "recoded in bulk: meddra 92.0", "", "recoding in bulk taken back: meddra 92.0",
    ]  # fmt: skip
    (past,) = app.recodings.all()
    assert (past.stands, past.undone_by) == (False, "Dana Reyes")
    head = app.head()
    with pytest.raises(UndoneAlreadyError, match="undone by Dana Reyes"):
        app.recodings.undo(number)
    with pytest.raises(NoSuchRecodingError):
        app.recodings.undo(number + 99)
    assert app.head() == head
    # It can be coded again, which is another recoding.
    again = recode(app, latest)
    assert [p.number for p in app.recodings.all()] == [again, number]


def test_a_code_that_was_changed_since_stops_the_whole_and_its_event_is_named(
    app: App, release: Terminology
) -> None:
    told = [event(app, "thunder fright") for _n in range(7)]
    kept = event(app, "hyperwobble")
    number = recode(app, release)
    other = app.coding.search("persistent drizzle")[0]
    app.coding.code(now(app, told[0]), other.coded, HowFound.PICKED)
    head = app.head()

    with pytest.raises(CodedSinceError) as refused:
        app.recodings.undo(number)

    assert [e.event_id for e in refused.value.events] == [told[0].id]
    assert "The code of one event was changed since" in refused.value.message
    assert "thunder fright" in refused.value.message
    assert app.head() == head
    assert len(stored_codes(app, kept.id)) == 1

    for one in told[1:]:
        app.coding.uncode(now(app, one), release.name, "not that")  # type: ignore[arg-type]
    assert len(app.recodings.changed_since(number)) == 7
    with pytest.raises(CodedSinceError, match="and 2 more"):
        app.recodings.undo(number)


def test_stopped_half_way_nothing_is_put_back(app: App, release: Terminology) -> None:
    told = [event(app, "hyperwobble") for _n in range(3)]
    number = recode(app, release)
    head = app.head()

    with pytest.raises(CancelledError):
        app.recodings.undo(number, StopsAt(2))

    assert app.head() == head
    assert [len(stored_codes(app, one.id)) for one in told] == [1, 1, 1]

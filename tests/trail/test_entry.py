"""An entry says who, what, when, where and why, and its repr says none of it."""

from __future__ import annotations

import json

from aeapp.trail.canonical import canonical
from aeapp.trail.entry import Actor, Entry, TrailEntry, written
from tests.helpers.guards import SENTINEL

WHO = Actor(user_id="u", user_name="ann", name="Ann", role="nurse", workstation="ws-1")
CHANGE = Entry(
    action="update",
    at="2026-11-23T02:30:00.123456Z",
    mono=5,
    offset="-05:00",
    op="op-1",
    who=WHO,
    entity="session",
    entity_id="s-1",
    version=4,
    state="9c1f",
    reason="typing error",
    before={"chair": "1"},
    after={"chair": SENTINEL},
)


def test_a_change_is_written_in_canonical_form() -> None:
    text = CHANGE.payload(4711)
    content = json.loads(text)
    assert canonical(content) == text
    assert content == {
        "action": "update", "actor": "u", "after": {"chair": SENTINEL},
        "at": "2026-11-23T02:30:00.123456Z", "before": {"chair": "1"}, "entity": "session",
        "entity_id": "s-1", "mono": 5, "name": "Ann", "offset": "-05:00", "op": "op-1",
        "reason": "typing error", "role": "nurse", "seq": 4711, "state": "9c1f", "user": "ann",
        "v": 1, "version": 4, "ws": "ws-1",
    }  # fmt: skip


def test_what_is_not_there_is_left_out() -> None:
    note = Entry(action="login", at="x", mono=1, offset="+00:00", op="o", who=WHO)
    content = json.loads(note.payload(1))
    assert not {"entity", "entity_id", "state", "version", "before", "after", "data", "rows"} & set(
        content
    )


def test_an_import_lists_its_rows_and_a_note_its_data() -> None:
    entry = Entry(
        action="import", at="x", mono=1, offset="+00:00", op="o", who=WHO,
        rows=(("session", "s-1", 1, "ab"),), data={"count": 1},
    )  # fmt: skip
    content = json.loads(entry.payload(1))
    assert content["rows"] == [["session", "s-1", 1, "ab"]]
    assert content["data"] == {"count": 1}


def test_no_repr_shows_a_value() -> None:
    stored = TrailEntry(3, b"h", CHANGE.payload(3))
    assert SENTINEL not in repr(CHANGE) + repr(stored)
    assert stored.content["after"] == {"chair": SENTINEL}


def test_nothing_is_said_to_be_absent() -> None:
    assert written(None) == {"absent": True}
    assert written(value=False) is False
    assert written("") == ""

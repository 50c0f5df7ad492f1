"""One entry of the trail: who did what to which record, when, where and why.

Entries become text here; appending and storing them is persistence's business.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aeapp.trail.canonical import ABSENT, canonical

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, as they are at that moment.

    Attributes:
        user_id: Id of the account; never reused.
        user_name: Name typed at login.
        name: Printed name.
        role: Role held at that moment.
        workstation: Where it is done.
    """

    user_id: str
    user_name: str
    name: str
    role: str
    workstation: str


PROGRAM = Actor(
    user_id="program", user_name="program", name="AEApp", role="program", workstation=""
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entry:
    """One thing done. Its repr shows no values, because ``before`` and ``after`` hold them.

    Attributes:
        at: UTC, microseconds, as text.
        mono: Microseconds of the steady clock, to tell clock steps from waiting.
        offset: What the wall clock of the place was ahead of UTC, such as ``-05:00``.
        op: Made by the client, unique: a repeated request is recognised by it.
        version, state: Version of the record after the change, and hash of its stored rows.
        before, after: {path: JSON value}; a value that is not there is ``{"absent": true}``.
        data: What belongs to the action and is not a change of an item.
        rows: Of an import: [entity, id, version, state] of each row.
    """

    action: str
    at: str
    mono: int
    offset: str
    op: str
    who: Actor
    entity: str = ""
    entity_id: str = ""
    version: int = 0
    state: str = ""
    reason: str = ""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[tuple[str, str, int, str], ...] = ()

    def __repr__(self) -> str:
        return f"Entry({self.action} {self.entity} {self.entity_id})"

    def payload(self, seq: int) -> str:
        """Return the canonical text of the entry as number ``seq``."""
        out: dict[str, Any] = {
            "action": self.action,
            "actor": self.who.user_id,
            "at": self.at,
            "mono": self.mono,
            "name": self.who.name,
            "offset": self.offset,
            "op": self.op,
            "reason": self.reason,
            "role": self.who.role,
            "seq": seq,
            "user": self.who.user_name,
            "v": FORMAT,
            "ws": self.who.workstation,
        }
        if self.entity:
            out |= {"entity": self.entity, "entity_id": self.entity_id}
        if self.state:
            out |= {"state": self.state, "version": self.version}
            out |= {"before": dict(self.before), "after": dict(self.after)}
        if self.data:
            out["data"] = dict(self.data)
        if self.rows:
            out["rows"] = [list(row) for row in self.rows]
        return canonical(out)


@dataclass(frozen=True, slots=True, repr=False)
class TrailEntry:
    """One stored entry, to be shown."""

    seq: int
    h: bytes
    payload: str

    def __repr__(self) -> str:
        return f"TrailEntry({self.seq})"

    @property
    def content(self) -> dict[str, Any]:
        """Return the entry as read from its text."""
        out: dict[str, Any] = json.loads(self.payload)
        return out


def written(value: Any) -> Any:
    """Return a JSON value as ``before`` and ``after`` hold it: nothing is said, never left out."""
    return ABSENT if value is None else value

"""Lengthen and read the audit trail inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from aeapp.kernel.clock import Clock, rfc3339
from aeapp.kernel.ids import IdFactory
from aeapp.persistence import store
from aeapp.persistence.pulse import Pulse, Reading
from aeapp.persistence.schema import AUDIT
from aeapp.trail import chain
from aeapp.trail.chain import Head
from aeapp.trail.entry import PROGRAM, Actor, Entry, TrailEntry


class SqlTrail:
    """The trail as one transaction sees and lengthens it."""

    def __init__(
        self,
        run: store.Run,
        lock: Callable[[], None],
        *,
        clock: Clock,
        new_id: IdFactory,
        pulse: Pulse,
    ) -> None:
        self._run, self._lock = run, lock
        self._clock, self._new_id, self._pulse = clock, new_id, pulse
        self._found: tuple[Head, str] | None = None
        self._head: Head | None = None
        self._reading: Reading | None = None

    def note(
        self,
        action: str,
        *,
        who: Actor,
        entity: str = "",
        entity_id: str = "",
        data: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> Head:
        """Add an entry for something that changes no record; return the new head."""
        self._lock()
        self.append(
            action=action,
            who=who,
            entity=entity,
            entity_id=entity_id,
            data=dict(data or {}),
            reason=reason,
        )
        return self.head()

    def head(self) -> Head:
        """Return the newest entry's number and hash."""
        return self._head or store.read_head(self._run)[0]

    def of(self, entity: str, entity_id: str) -> list[TrailEntry]:
        """Return the entries of one record, oldest first."""
        return store.read_entries(self._run, entity, entity_id)

    def of_many(self, ids: Sequence[str]) -> list[TrailEntry]:
        """Return the entries of several records, oldest first."""
        return store.read_entries_of(self._run, ids)

    def by_action(self, action: str) -> list[TrailEntry]:
        """Return the entries of one action, oldest first."""
        return store.read_by_action(self._run, action)

    def head_of(self, records: Sequence[tuple[str, str]]) -> Head:
        """Return the newest entry that wrote any of ``records``."""
        return store.read_head_of(self._run, records)

    def newest(self, limit: int = 100) -> list[TrailEntry]:
        """Return the latest entries, newest first."""
        return store.read_newest(self._run, limit)

    def lines(self) -> Iterator[str]:
        """Yield the whole trail as JSON lines."""
        return store.read_lines(self._run)

    def found(self) -> Head:
        """Return the newest entry that was there before this transaction; behind the lock only."""
        if self._found is None:
            self._found = store.read_head(self._run)
        return self._found[0]

    def append(self, **parts: Any) -> int:
        """Add one entry behind the lock; return its number."""
        if self._head is None:
            head = self.found()
            self._head = self._note_clock_steps(head, self._found[1] if self._found else "")
        self._head = self._add(self._head, parts)
        return self._head.seq

    def keep(self) -> tuple[Head, Head] | None:
        """Return the heads a committed transaction found and reached, if it added any entry.

        The next transaction begins anew.
        """
        if self._reading is not None:
            self._pulse.keep(self._reading)
        found, head = self._found, self._head
        self.forget()
        return (found[0], head) if found and head else None

    def forget(self) -> None:
        """Begin anew after a transaction that came to nothing."""
        self._found = self._head = self._reading = None

    def _note_clock_steps(self, head: Head, last_at: str) -> Head:
        self._reading = self._pulse.read()
        step = self._pulse.step(self._reading, last_at)
        if step is None:
            return head
        return self._add(head, {"action": "clock.anomaly", "who": PROGRAM, "data": step})

    def _add(self, head: Head, parts: Mapping[str, Any]) -> Head:
        now = self._clock.now()
        entry = Entry(
            at=rfc3339(now),
            mono=int(self._clock.monotonic() * 1_000_000),
            offset=now.astimezone().isoformat()[-6:],
            op=self._new_id(),
            **parts,
        )
        link = chain.append(head, entry.payload(head.seq + 1))
        self._run(_INSERT_ENTRY, _entry_row(link, entry))
        return Head(link.seq, link.h)


_INSERT_ENTRY = sa.insert(AUDIT)


def _entry_row(link: chain.Link, entry: Entry) -> dict[str, Any]:
    return {
        "seq": link.seq,
        "prev": link.prev,
        "payload_hash": link.payload_hash,
        "h": link.h,
        "payload": link.payload,
        "op_id": entry.op,
        "actor": entry.who.user_id,
        "entity": entry.entity or None,
        "entity_id": entry.entity_id if entry.entity else None,
        "version": entry.version if entry.state else None,
        "action": entry.action,
        "at": entry.at,
    }

"""Who entered what of a session and when, as the trail has it; the values stay in the records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

CREATE = "create"


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """One entry of the trail that wrote a record of the session.

    Attributes:
        seq: Number of the entry.
        at: When it was made.
        by, role: Who made it, as they were then.
        kind, record_id: The record.
        action: ``create``, ``update`` or another word of the trail.
        items: Names of the items it changed; empty for a new record.
    """

    seq: int
    at: dt.datetime
    by: str
    role: str
    kind: str
    record_id: str
    action: str
    reason: str = ""
    items: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        """Tell whether it made the record."""
        return self.action == CREATE


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """Entries of one minute by one person that did the same."""

    at: dt.datetime
    by: str
    kind: str
    action: str
    reason: str
    items: tuple[str, ...]
    count: int


def together(entries: Iterable[Written]) -> Iterator[Made]:
    """Yield what was done, in the order it was done; the same of one minute is counted."""

    def key(one: Written) -> tuple[dt.datetime, str, str, str, str, tuple[str, ...]]:
        minute = one.at.replace(second=0, microsecond=0)
        return minute, one.by, one.kind, one.action, one.reason, one.items

    for facts, same in groupby(sorted(entries, key=lambda one: one.seq), key):
        yield Made(*facts, count=len(list(same)))


def initials(names: Iterable[str]) -> dict[str, str]:
    """Return short signs for names: ``Dana Reyes, RN`` is ``DR``; a second such is ``DR2``."""
    out: dict[str, str] = {}
    for name in names:
        if name in out:
            continue
        words = name.partition(",")[0].split()
        short = "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else "?"
        same = sum(1 for sign in out.values() if sign.rstrip("0123456789") == short)
        out[name] = f"{short}{same + 1}" if same else short
    return out


class Entrants:
    """Who made which record first, by short signs of their names."""

    def __init__(self, entries: Iterable[Written]) -> None:
        found = tuple(entries)
        self.signs = initials(entry.by for entry in found)
        self._first = {entry.record_id: entry for entry in reversed(found) if entry.is_first}

    def who(self, ids: Iterable[str]) -> tuple[str, dt.datetime | None]:
        """Return the signs of who made these records, and when the last of them was made.

        What came in with many others, as from a file, has nobody.
        """
        made = [self._first[record_id] for record_id in ids if record_id in self._first]
        signs = ", ".join(dict.fromkeys(self.signs[entry.by] for entry in made))
        return signs, max((entry.at for entry in made), default=None)

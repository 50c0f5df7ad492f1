"""What this program itself wrote or read last, so that the next save need not read it again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Generic, TypeVar

from aeapp.trail.chain import Head

T = TypeVar("T")
Key = tuple[str, str]

# Somebody works on one case and a few sessions at a time; it is no second copy of the clinic.
LIMIT = 64


class Known(Generic[T]):
    """The latest things written or read, by kind and id; threads share it.

    Each is kept with the number of the entry that wrote it. A row changes only together with a
    new entry, so the same number in the row means the same content. And as long as the newest
    entry of all is the one that this program added last, nobody wrote anything since, and what
    was kept since then holds without a look at its row: the hash of the entry says that the
    whole chain before it is the same. Who takes something from here compares inside the
    transaction, behind the lock.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, tuple[int, T, int]] = OrderedDict()
        self._head: Head | None = None
        # Counts how often somebody else's entries came between two of ours.
        self._stretch = 0

    def keep(self, written: Mapping[Key, tuple[int, T]], *, after: Head, head: Head) -> None:
        """Remember what a transaction wrote; call when it has been committed.

        Args:
            written: Each with the number of the entry that wrote it.
            after: The newest entry that the transaction found behind the lock.
            head: The newest entry that it added.
        """
        with self._lock:
            if after != self._head:
                self._stretch += 1
            self._head = head
            for key, (seq, value) in written.items():
                self._kept[key] = (seq, value, self._stretch)
                self._kept.move_to_end(key)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)

    def get(self, key: Key) -> tuple[int, T] | None:
        """Return what was kept last and the number of its entry, if it is remembered."""
        with self._lock:
            kept = self._kept.get(key)
            return None if kept is None else kept[:2]

    def standing(self, key: Key, head: Head) -> T | None:
        """Return what holds without a look at its row, where ``head`` is the newest entry."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or head != self._head or kept[2] != self._stretch:
                return None
            return kept[1]

    def clear(self) -> None:
        """Remember nothing; for the end."""
        with self._lock:
            self._kept.clear()

"""Identifiers: UUID version 7, which sort by the time they were made (RFC 9562)."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Callable

IdFactory = Callable[[], str]

_lock = threading.Lock()
_last: list[int] = [0, 0]
_COUNTER_LIMIT = 0xFFF


def new_id() -> str:
    """Return a new identifier; within a process each sorts after those before it."""
    with _lock:
        millis = max(time.time_ns() // 1_000_000, _last[0])
        count = _last[1] + 1 if millis == _last[0] else 0
        if count > _COUNTER_LIMIT:
            millis, count = millis + 1, 0
        _last[:] = [millis, count]
    tail = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return str(uuid.UUID(int=millis << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | tail))

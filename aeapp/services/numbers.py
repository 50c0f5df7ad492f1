"""The numbers people say: KC-2026-000031 for a case, S-2026-000412 for a session."""

from __future__ import annotations

import datetime as dt

from aeapp.services.ports import UnitOfWork

CASE = ("case", "KC")
SESSION = ("session", "S")


def next_number(uow: UnitOfWork, family: tuple[str, str], day: dt.date) -> str:
    """Return the number after the highest of this year; others wait until this unit ends."""
    kind, letters = family
    uow.lock()
    prefix = f"{letters}-{day.year}-"
    highest = uow.records.highest(kind, "number", prefix)
    count = int(highest[len(prefix) :]) if highest else 0
    return f"{prefix}{count + 1:06d}"

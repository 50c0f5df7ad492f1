"""The numbers people say: KC-2026-000031 for a case, S-2026-000412 for a session."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from aeapp.domain.items import Record
from aeapp.domain.numbers import means, without_ending
from aeapp.services.ports import UnitOfWork

CASE = ("case", "KC")
SESSION = ("session", "S")
# Six digits, more only when six are used up.
_COUNT = r"(\d{6}|[1-9]\d{6,17})"
# A file may not carry a count that leaves none for those after it.
_FOREIGN_COUNT = r"(\d{6}|[1-9]\d{6,8})"


def next_number(uow: UnitOfWork, family: tuple[str, str], day: dt.date) -> str:
    """Return the number after the highest of this year; others wait until this unit ends.

    What begins like a number and is none does not count.
    """
    kind, letters = family
    uow.lock()
    prefix = f"{letters}-{day.year}-"
    highest = uow.records.highest(kind, "number", prefix)
    count = _count(prefix, highest)
    if highest and count is None:
        # Something longer hides the highest number.
        count = max(_counts(prefix, _numbers(uow, kind, prefix)), default=0)
    return f"{prefix}{(count or 0) + 1:06d}"


def highest_of(family: tuple[str, str], year: int, numbers: Iterable[str]) -> int:
    """Return the highest count of a year among some numbers; 0 where none is of that year."""
    return max(_counts(f"{family[1]}-{year}-", numbers), default=0)


def looks_ours(family: tuple[str, str], number: str) -> bool:
    """Tell whether ``number`` begins like those of ``family``."""
    return re.match(rf"{family[1]}-\d{{4}}-", number, re.ASCII | re.IGNORECASE) is not None


def may_stay(family: tuple[str, str], number: str) -> bool:
    """Tell whether a number from elsewhere can stand beside ours: it is one, or looks unlike."""
    whole = rf"{family[1]}-\d{{4}}-{_FOREIGN_COUNT}"
    return not looks_ours(family, number) or re.fullmatch(whole, number, re.ASCII) is not None


def named(uow: UnitOfWork, kind: str, typed: str) -> tuple[Record, ...]:
    """Return the records that a person names by number.

    A number counts however it is written: its case, its dashes for slashes, and what the name of an
    exported file has behind it do not matter.
    """
    found = tuple(uow.records.find(kind, number=typed.strip()))
    longest = max(re.findall(r"[0-9A-Za-z]+", without_ending(typed)), key=len, default="")
    if found or not longest:
        return found
    likely = uow.records.query(kind, contains={"number": longest})
    return tuple(r for r in likely if means(typed, str(getattr(r, "number", ""))))


def _numbers(uow: UnitOfWork, kind: str, prefix: str) -> list[str]:
    found = uow.records.query(kind, contains={"number": prefix})
    return [str(getattr(record, "number", "")) for record in found]


def _counts(prefix: str, numbers: Iterable[str]) -> list[int]:
    return [count for number in numbers if (count := _count(prefix, number)) is not None]


def _count(prefix: str, number: str) -> int | None:
    match = re.fullmatch(re.escape(prefix) + _COUNT, number, re.ASCII)
    return int(match.group(1)) if match else None

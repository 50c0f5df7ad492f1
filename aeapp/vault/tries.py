"""Count wrong passwords, and say when the next one may be tried.

The counters are outside the part of the key file that the MAC covers, because a wrong
password does not open the MAC key. Whoever can write the file can reset them: they slow
down somebody at the login window, and nobody who carried the file away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from aeapp.vault.errors import VaultLockedOutError

Now = Callable[[], dt.datetime]

WAIT_AFTER = 5
LOCKED_AFTER = 10
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 15 * 60
KEPT_TIMES = 20
# One counter for every name nobody has; "?" cannot be a login name.
NOBODY = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTries:
    """Wrong tries for one login name since it was last opened.

    Attributes:
        failures: Tries that count towards the wait and the lock.
        since: When the running wait began.
        at: Times of the tries, oldest first, the newest twenty.
    """

    failures: int
    since: dt.datetime
    at: tuple[dt.datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """The part of the key file that changes without anybody's key.

    Attributes:
        serial: Grows with every writing, so that the newer of two copies is known.
        names: Counters by login name.
        repaired: Labels of copies that were found damaged and written anew.
    """

    serial: int = 0
    names: Mapping[str, NameTries] = field(default_factory=dict)
    repaired: tuple[str, ...] = ()


def utc(now: Now) -> dt.datetime:
    """Return the time in UTC; a clock without a zone is a mistake of the caller."""
    moment = now()
    if moment.tzinfo is None:
        msg = "the clock must return an aware datetime"
        raise ValueError(msg)
    return moment.astimezone(dt.UTC)


def count_try(tries: Tries, name: str, at: dt.datetime) -> Tries:
    """Return ``tries`` with one more for ``name``, written before the password is looked at.

    Counting first means that ending the program in the middle buys no free guess.
    """
    old = tries.names.get(name)
    failures = old.failures + 1 if old else 1
    times = ((*old.at, at) if old else (at,))[-KEPT_TIMES:]
    entry = NameTries(failures=failures, since=at, at=times)
    return _with_entry(tries, name, entry)


def forget_tries(tries: Tries, *opened: str) -> Tries:
    """Return ``tries`` without the counters of these names, after an opening."""
    names = {n: t for n, t in tries.names.items() if n not in opened}
    return Tries(serial=tries.serial + 1, names=names)


def release(tries: Tries, name: str) -> Tries:
    """Return ``tries`` with the lock of ``name`` taken off but its times kept for showing."""
    old = tries.names.get(name)
    return _with_entry(tries, name, replace(old, failures=0)) if old else tries


def restart_wait(tries: Tries, name: str, at: dt.datetime) -> Tries:
    """Return ``tries`` with the wait of ``name`` counted from ``at``.

    Needed when the clock was set back: otherwise a try made while it was a year ahead
    would keep its owner out for a year.
    """
    return _with_entry(tries, name, replace(tries.names[name], since=at))


def clock_went_back(tries: Tries, name: str, at: dt.datetime) -> bool:
    """Return whether ``name`` was tried at a time that has not come yet."""
    entry = tries.names.get(name)
    return entry is not None and at < entry.since


def refuse_if_waiting(tries: Tries, name: str, at: dt.datetime) -> None:
    """Raise ``VaultLockedOutError`` where ``name`` may not be tried now."""
    entry = tries.names.get(name)
    if entry is None or entry.failures < WAIT_AFTER:
        return
    if entry.failures >= LOCKED_AFTER:
        raise VaultLockedOutError(None)
    wait = dt.timedelta(seconds=wait_s(entry.failures))
    left = entry.since + wait - at
    if left > dt.timedelta(0):
        raise VaultLockedOutError(-(-left // dt.timedelta(seconds=1)))


def wait_s(failures: int) -> int:
    """Return the seconds to wait after so many wrong tries."""
    return int(min(FIRST_WAIT_S * 2 ** (failures - WAIT_AFTER), LONGEST_WAIT_S))


def _with_entry(tries: Tries, name: str, entry: NameTries) -> Tries:
    return replace(tries, serial=tries.serial + 1, names={**tries.names, name: entry})

"""Who got a version of a report before the newest one, and not the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aeapp.domain.codelists.clinic import Channel, Destination
from aeapp.domain.records import ReportVersion, Sending


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody who got the version before and has not got the newest one."""

    destination: Destination
    person: str
    version: int


def owed_in(versions: Sequence[ReportVersion], sendings: Sequence[Sending]) -> tuple[Owed, ...]:
    """Return who got a version before the newest one and not the newest one.

    Who was only called got no version, and is told of the next one as people decide.
    """
    newest = versions[-1].id if versions else ""
    numbers = {v.id: v.number or 0 for v in versions}
    out: dict[tuple[Destination, str], Owed] = {}
    for s in sendings:
        if s.report_version_id and s.destination and s.channel is not Channel.PHONE:
            key = (s.destination, (s.person or "").casefold())
            if s.report_version_id == newest:
                out = {k: o for k, o in out.items() if not _same(k, key)}
            else:
                out[key] = Owed(s.destination, s.person or "", numbers.get(s.report_version_id, 0))
    return tuple(out.values())


def _same(one: tuple[Destination, str], other: tuple[Destination, str]) -> bool:
    """Tell whether two entries went to one recipient; one without a name went to whoever reads."""
    return one[0] is other[0] and (one[1] == other[1] or not one[1] or not other[1])


__all__ = ["Owed", "owed_in"]

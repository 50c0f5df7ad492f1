"""Which time zone a new clinic gets: the one that is given, else the one of this computer."""

from __future__ import annotations

import os
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FILES = "zoneinfo"
LAST = "UTC"


@dataclass(frozen=True, slots=True)
class ChosenZone:
    """A zone and where its name comes from, in words that follow "Time zone X, "."""

    name: str
    source: str


def chosen_zone(
    given: str | None, *, environment: Mapping[str, str] | None = None, etc: Path = Path("/etc")
) -> ChosenZone:
    """Return the zone for a clinic that is being made; what is given is taken as it is."""
    if given:
        return ChosenZone(given, "as given with --zone")
    variables = os.environ if environment is None else environment
    for name, source in _own(variables, etc):
        if name != LAST and _exists(name):
            return ChosenZone(name, source)
    return ChosenZone(
        LAST, "because this computer names none: give --zone if the clinic is elsewhere"
    )


def _own(variables: Mapping[str, str], etc: Path) -> Iterator[tuple[str, str]]:
    yield variables.get("TZ", "").lstrip(":"), "from the variable TZ"
    yield _linked(etc / "localtime"), "from the settings of this computer"
    yield _read(etc / "timezone"), "from the settings of this computer"


def _linked(link: Path) -> str:
    """Return the zone whose file ``link`` stands for: what follows ``zoneinfo/``."""
    try:
        parts = link.readlink().parts
    except OSError:
        return ""
    return "/".join(parts[parts.index(_FILES) + 1 :]) if _FILES in parts else ""


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _exists(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)

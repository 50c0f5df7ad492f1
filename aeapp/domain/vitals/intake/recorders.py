"""Tables that recorders write: Vital Recorder (Device/Track), and the numerics of PhysioNet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import rejected
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import TRACKS, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock
from aeapp.domain.vitals.intake.tabular import (
    Cell,
    Sheet,
    TablePlan,
    grouped,
    left_out,
    names_in,
    place_of,
    separator_of,
)
from aeapp.domain.vitals.intake.units import own_unit
from aeapp.kernel.i18n import N_

VITAL_RECORDER, PHYSIONET = "Vital Recorder", "PhysioNet numerics"
_TIME, _SECONDS = "Time", "Time [s]"
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_Kind, _Source = ObservationKind, ObservationSource

# BIDMC and its like: the rate of the ECG, that of the oximeter, breaths by impedance.
_NUMERICS: dict[str, Measure] = {
    "HR": Measure(_Kind.HEART_RATE, _Source.ECG),
    "PULSE": Measure(_Kind.HEART_RATE, _Source.OXIMETER),
    "RESP": Measure(_Kind.RESPIRATORY_RATE, _Source.MONITOR),
    "SpO2": Measure(_Kind.OXYGEN_SATURATION, _Source.OXIMETER),
}


def group_of(device: str, track: str) -> str:
    """Return under what parts of one pressure stand: the device and the stem of the track."""
    return f"{device}/{track.split('_', maxsplit=1)[0]}"


def _track(name: str) -> tuple[Cell, Measure, str] | None:
    device, slash, track = name.rpartition("/")
    measure = TRACKS.get(track)
    if not slash or measure is None:
        return None
    return Cell(name, own_unit(measure.kind)), measure, group_of(device, track)


def _is_track(name: str) -> bool:
    return name == _TIME or "/" in name


def _is_numeric(name: str) -> bool:
    return name == _SECONDS or name in _NUMERICS


def _header_of(header: str, known: Callable[[str], bool]) -> list[str]:
    return names_in(header, separator_of(header, known))


def is_vital_recorder(header: str) -> bool:
    """Tell whether a header is Time and then tracks of devices."""
    names = _header_of(header, _is_track)
    return _TIME in names and any("/" in name for name in names)


def is_physionet(header: str) -> bool:
    """Tell whether a header is that of PhysioNet's numerics."""
    return _SECONDS in _header_of(header, _is_numeric)


def read_vital_recorder(source: str | bytes, terms: Terms) -> Parsed:
    """Return the readings of a table that Vital Recorder wrote.

    Raises:
        ImportRejected: It is none, or a row cannot be read.
    """
    sheet = Sheet.of(source, _is_track)
    if not is_vital_recorder(sheet.lines[0]):
        raise rejected(place_of(1), N_("This is no table of Vital Recorder: Time, then tracks."))
    tracks = {name: _track(name) for name in sheet.names if name != _TIME}
    gathering = Gathering(terms, VITAL_RECORDER)
    left_out(gathering, [name for name, known in tracks.items() if known is None])
    counted = _NUMBER.fullmatch(sheet.first_cell(_TIME)) is not None
    plan = TablePlan(
        quantities=grouped(known for known in tracks.values() if known is not None),
        time=(_TIME,),
        read_time=_seconds if counted else _iso,
        decimal_comma=sheet.separator != ",",
    )
    return sheet.read(gathering, terms.clock(), plan)


def read_physionet(source: str | bytes, terms: Terms) -> Parsed:
    """Return the readings of a table of numerics as PhysioNet publishes them.

    Raises:
        ImportRejected: It is none, or a row cannot be read.
    """
    sheet = Sheet.of(source, _is_numeric)
    if _SECONDS not in sheet.names:
        raise rejected(place_of(1), N_("This is no table of PhysioNet: there is no Time [s]."))
    gathering = Gathering(terms, PHYSIONET)
    left_out(gathering, [name for name in sheet.names if not _is_numeric(name)])
    plan = TablePlan(
        quantities=grouped(_numerics(sheet.names)),
        time=(_SECONDS,),
        read_time=_seconds,
        decimal_comma=sheet.separator != ",",
    )
    return sheet.read(gathering, terms.clock(), plan)


def _numerics(names: Sequence[str]) -> list[tuple[Cell, Measure, str]]:
    known = ((name, _NUMERICS[name]) for name in names if name in _NUMERICS)
    return [(Cell(name, own_unit(measure.kind)), measure, "") for name, measure in known]


def _iso(clock: DeviceClock, text: str, line: int) -> tuple[PartialDate, str]:
    return clock.iso(text, line)


def _seconds(clock: DeviceClock, text: str, _line: int) -> tuple[PartialDate, str]:
    return clock.seconds(text)

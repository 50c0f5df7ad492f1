"""Tables of home devices: Omron Connect (several tables in one file) and Withings (bp.csv).

They hold a long history, of which only the days around a session matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aeapp.domain.codelists.clinic import ObservationKind, ObservationSource
from aeapp.domain.rejection import rejected, text_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.gathering import Gathering, Parsed, Terms
from aeapp.domain.vitals.intake.measures import DIASTOLIC, SYSTOLIC, VALUE, Measure
from aeapp.domain.vitals.intake.moments import DeviceClock, TimeFormat
from aeapp.domain.vitals.intake.tabular import (
    NO_ROWS,
    NOTHING,
    Cell,
    Sheet,
    TablePlan,
    grouped,
    lines_of,
    names_in,
    place_of,
    refuse_too_many,
    separator_of,
)
from aeapp.domain.vitals.intake.units import own_unit, unit_for
from aeapp.kernel.i18n import N_, _

OMRON, WITHINGS = "Omron Connect", "Withings"
_Kind, _Source = ObservationKind, ObservationSource
_NAMED = re.compile(r"(Systolic|Diastolic|Pulse) \(([^)]{1,20})\)")
_OMRON: dict[str, Measure] = {
    "Systolic": Measure(_Kind.BLOOD_PRESSURE, _Source.CUFF, SYSTOLIC),
    "Diastolic": Measure(_Kind.BLOOD_PRESSURE, _Source.CUFF, DIASTOLIC),
    "Pulse": Measure(_Kind.HEART_RATE, _Source.CUFF, VALUE),
}
_WITHINGS: dict[str, Measure] = {
    "Systolic": _OMRON["Systolic"],
    "Diastolic": _OMRON["Diastolic"],
    "Heart rate": _OMRON["Pulse"],
}
_DATE, _TIME, _NOTES, _COMMENTS = "Date", "Time", "Notes", "Comments"
_OMRON_TIME = TimeFormat("%b %d %Y %H:%M")


# ------------------------------------------------------------------ Omron


def _is_omron_name(name: str) -> bool:
    return name in (_DATE, _TIME) or _NAMED.fullmatch(name) is not None


def is_omron(header: str) -> bool:
    """Tell whether a header is that of the pressures of Omron Connect."""
    names = names_in(header, separator_of(header, _is_omron_name))
    measured = {match[1] for name in names if (match := _NAMED.fullmatch(name))}
    return {_DATE, _TIME} <= {*names} and {"Systolic", "Diastolic"} <= measured


def read_omron(source: str | bytes, terms: Terms) -> Parsed:
    """Return the pressures and pulses of a file of Omron Connect; its other tables are named.

    Raises:
        ImportRejected: It is none, or a row cannot be read.
    """
    lines = lines_of(text_of(source))
    if not is_omron(lines[0]):
        raise rejected(place_of(1), N_("This is no table of pressures of Omron Connect."))
    separator = separator_of(lines[0], _is_omron_name)
    refuse_too_many(lines, separator)
    gathering = Gathering(terms, OMRON, history=True)
    clock = terms.clock(in_order=False)
    begin = 0
    while begin < len(lines):
        end = _next_table(lines, separator, begin)
        if is_omron(lines[begin]):
            _omron_table(lines[begin:end], separator, begin + 1).gather(
                gathering, clock, _omron_plan(lines[begin], separator)
            )
        else:
            text = _(
                N_("{place}: Another table begins here; it holds no pressures and was left out.")
            )
            gathering.remark(text.format(place=place_of(begin + 1)))
        begin = end
    return gathering.result(nothing=NO_ROWS)


def _omron_table(lines: Sequence[str], separator: str, first: int) -> Sheet:
    return Sheet(lines, separator, names_in(lines[0], separator), first)


def _omron_plan(header: str, separator: str) -> TablePlan:
    names = names_in(header, separator)
    return TablePlan(
        quantities=grouped(_omron_cells(names)),
        time=(_DATE, _TIME),
        read_time=_omron_time,
        remark=_NOTES if _NOTES in names else None,
        missing=NOTHING | {"-"},
        decimal_comma=separator != ",",
    )


def _next_table(lines: Sequence[str], separator: str, begin: int) -> int:
    for number, line in enumerate(lines[begin + 1 :], begin + 1):
        if names_in(line, separator)[0] == _DATE:
            return number
    return len(lines)


def _omron_cells(names: Sequence[str]) -> list[tuple[Cell, Measure, str]]:
    cells = []
    for name in names:
        if match := _NAMED.fullmatch(name):
            measure = _OMRON[match[1]]
            unit = unit_for(measure.kind, match[2])
            if unit is None:
                raise rejected(place_of(1), N_("A unit of the header is not known."))
            cells.append((Cell(name, unit, match[2]), measure, ""))
    return cells


def _omron_time(clock: DeviceClock, text: str, line: int) -> tuple[PartialDate, str]:
    wall, has_second = _OMRON_TIME.read(text.replace(",", ""))
    return clock.wall(wall, line, has_second=has_second)


# ------------------------------------------------------------------ Withings


def _is_withings_name(name: str) -> bool:
    return name == _DATE or name in _WITHINGS


def is_withings(header: str) -> bool:
    """Tell whether a header is that of the pressures of Withings."""
    names = {*names_in(header, separator_of(header, _is_withings_name))}
    return {_DATE, "Systolic", "Diastolic"} <= names


def read_withings(source: str | bytes, terms: Terms) -> Parsed:
    """Return the pressures and heart rates of Withings' bp.csv.

    Raises:
        ImportRejected: It is none, or a row cannot be read.
    """
    sheet = Sheet.of(source, _is_withings_name)
    if not is_withings(sheet.lines[0]):
        raise rejected(place_of(1), N_("This is no table of pressures of Withings."))
    cells = [
        (Cell(name, own_unit(_WITHINGS[name].kind)), _WITHINGS[name], "")
        for name in sheet.names
        if name in _WITHINGS
    ]
    plan = TablePlan(
        quantities=grouped(cells),
        time=(_DATE,),
        read_time=_iso,
        remark=_COMMENTS if _COMMENTS in sheet.names else None,
        decimal_comma=sheet.separator != ",",
    )
    return sheet.read(Gathering(terms, WITHINGS, history=True), terms.clock(in_order=False), plan)


def _iso(clock: DeviceClock, text: str, line: int) -> tuple[PartialDate, str]:
    return clock.iso(text, line)

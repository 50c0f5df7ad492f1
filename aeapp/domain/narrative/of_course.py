"""Sentences on the course: readings around an event, measures taken, ambulance, other tests."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from aeapp.domain.narrative.reading import Reader
from aeapp.domain.narrative.template import ZONE, Template, reads
from aeapp.domain.narrative.words import later, on, one_line, sentence
from aeapp.domain.values import PartialDate, instant_in_zone, zone_named
from aeapp.domain.vitals.rows import minute_words
from aeapp.domain.vitals.table import worded

# How long after the onset a reading still belongs to the event, where its end is not known.
AFTERWARDS = dt.timedelta(minutes=60)
# The rest of the readings stands in item B6 of the form, where all of them are.
MOST_TIMES = 6
_READ = (
    *("kind", "at", "value", "systolic", "diastolic", "mean"),
    *("unit", "test_name", "result", "status"),
)


def _first_dose(reader: Reader) -> PartialDate | None:
    zone, starts = zone_named(reader.case.clinic.time_zone), []
    for n, giving in enumerate(reader.case.administrations):
        if giving.is_suspect:
            reader.several(f"administrations[{n}]", ("role", "struck_reason"))
            at = reader.moment(f"administrations[{n}].started")
            instant = instant_in_zone(at, zone) if isinstance(at, PartialDate) else None
            if instant is not None:
                starts.append((instant, at))
    return min(starts, key=lambda pair: pair[0])[1] if starts else None


def readings(reader: Reader, head: str) -> str | None:
    """Tell the readings around an event: before the dose, before the onset, and from there on."""
    onset, ended = reader.moment(f"{head}.onset"), reader.moment(f"{head}.ended")
    zone = zone_named(reader.get(ZONE))
    begun = instant_in_zone(onset, zone) if isinstance(onset, PartialDate) else None
    if begun is None or not isinstance(onset, PartialDate):
        return None
    over = instant_in_zone(ended, zone) if isinstance(ended, PartialDate) else None
    dose = _first_dose(reader)
    dosed = instant_in_zone(dose, zone) if dose is not None else None
    instants = [at for at, _n in reader.case.digest.timed]
    times, more = _chosen(instants, begun, over or begun + AFTERWARDS, dosed)
    told = [_row(reader, at, dose, onset) for at in times]
    if not told:
        return None
    end = "; further readings: see item B6" if more else ""
    return sentence("Readings: " + "; ".join(told) + end)


def _chosen(
    instants: Sequence[dt.datetime],
    begun: dt.datetime,
    over: dt.datetime,
    dosed: dt.datetime | None,
) -> tuple[list[dt.datetime], bool]:
    """Return the times to tell of, and whether there were more of them."""
    found: list[dt.datetime] = []
    for limit in (dosed, begun):
        # On the day of the event only: what was read weeks before is no baseline of it.
        at = bisect_right(instants, limit) - 1 if limit is not None else -1
        if at >= 0 and begun - instants[at] < dt.timedelta(days=1):
            found.append(instants[at])
    low, high = bisect_left(instants, begun), bisect_right(instants, over)
    found = sorted({*found, *instants[low:high]})
    return found[:MOST_TIMES], len(found) > MOST_TIMES


def _instant(timed: tuple[dt.datetime, int]) -> dt.datetime:
    return timed[0]


def _row(reader: Reader, at: dt.datetime, dose: PartialDate | None, onset: PartialDate) -> str:
    timed = reader.case.digest.timed
    low, high = (side(timed, at, key=_instant) for side in (bisect_left, bisect_right))
    parts, moment = [], None
    for _at, n in timed[low:high]:
        reader.several(f"observations[{n}]", _READ)
        moment = reader.moment(f"observations[{n}].at")
        parts.append(worded(reader.case.observations[n]))
    when = later(moment, onset) if isinstance(moment, PartialDate) else ""
    minute = minute_words(dose, moment)
    return f"{when} ({minute}) {', '.join(parts)}" if minute else f"{when} {', '.join(parts)}"


def measure(reader: Reader, head: str) -> str | None:
    """Tell one measure that was taken."""
    at, words = reader.moment(f"{head}.at"), one_line(reader.get(f"{head}.words"))
    reader.several(head, ("kind", "struck_reason"))
    if not words:
        return None
    return sentence(f"{on(at)}: {words}" if isinstance(at, PartialDate) else f"Measure: {words}")


_STEPS = (
    ("ems_called", "an ambulance was called"),
    ("ems_arrived", "it arrived"),
    ("ems_left", "it left with the patient"),
)


def ambulance(reader: Reader, head: str) -> str | None:
    """Tell when an ambulance was called, came and left; the hospital is not named."""
    told, first = [], None
    for item, words in _STEPS:
        at = reader.moment(f"{head}.{item}")
        if isinstance(at, PartialDate):
            told.append(f"{words} {later(at, first)}")
            first = first or at
    return sentence(", ".join(told)) if told else None


def test(reader: Reader, head: str) -> str | None:
    """Tell one laboratory or other test with its range."""
    reader.several(head, _READ)
    n = int(head.partition("[")[2].rstrip("]"))
    words = worded(reader.case.observations[n])
    at = reader.moment(f"{head}.at")
    low, high = one_line(reader.get(f"{head}.low")), one_line(reader.get(f"{head}.high"))
    if not words:
        return None
    text = f"Test {on(at)}: {words}" if isinstance(at, PartialDate) else f"Test: {words}"
    return sentence(f"{text} (range {low or '?'} to {high or '?'})" if low or high else text)


READINGS = Template(
    "readings",
    reads("observations[]", *_READ)
    | reads("events[]", "onset", "ended")
    | reads("administrations[]", "started", "role", "struck_reason")
    | {ZONE},
    readings,
)
MEASURE = Template(
    "measure", reads("notes[]", "at", "words", "kind", "struck_reason") | {ZONE}, measure
)
AMBULANCE = Template("ambulance", reads("sessions[]", *(i for i, _w in _STEPS)) | {ZONE}, ambulance)
TEST = Template("test", reads("observations[]", *_READ, "low", "high") | {ZONE}, test)

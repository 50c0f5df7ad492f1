"""Rules for the dates of Form FDA 3500: in order, not in the future, and known to the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from aeapp.domain import lens
from aeapp.domain.case import Case, is_view, stated_places
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.findings import Context, Finding, facts_of
from aeapp.domain.items import NullFlavor, generic
from aeapp.domain.rules.entering import BLOCKS, WARNS, Rulebook, finding, number_of
from aeapp.domain.values import PartialDate, Precision, in_zone, zone_named
from aeapp.domain.vitals.digest import digest_of
from aeapp.kernel.i18n import N_

BOOK = Rulebook()
RULES = BOOK.rules
_rule, _dated_rule, _finding = BOOK.rule, BOOK.dated_rule, finding


@_rule("V8", "3500 B2")
def death(case: Case) -> Iterator[Finding]:
    """Ask for the date of death where the event was fatal, not before the event."""
    serious = case.happening.seriousness
    if not isinstance(serious, frozenset) or Seriousness.DEATH not in serious:
        return
    died, onset = case.patient.deceased_on, case.happening.onset
    if died is None:
        text = N_("Give the date of death, or why it is not known.")
        yield _finding("V8", BLOCKS, "B2", "patient.deceased_on", text)
    if not isinstance(died, PartialDate) or not isinstance(onset, PartialDate):
        return
    died = in_zone(died, zone_named(case.clinic.time_zone))
    if died.date_part().surely_before(onset.date_part()):
        text = N_("Correct the date of death: it lies before the event.")
        yield _finding("V8", BLOCKS, "B2", "patient.deceased_on", text)


_MAY_BE_AHEAD = ("expires",)


def _dates(case: Case, today: dt.date) -> Iterator[tuple[str, PartialDate]]:
    for path, value in facts_of(case):
        if isinstance(value, PartialDate) and path.rpartition(".")[2] not in _MAY_BE_AHEAD:
            yield path, value
    for path in stated_places(case):
        stated = lens.get(case, path)
        if isinstance(stated, PartialDate):
            yield path, stated
    last_day = digest_of(case).last_day
    if last_day is not None and last_day > today:
        for n, reading in enumerate(case.observations):
            if isinstance(reading.at, PartialDate):
                yield f"observations[{n}].at", reading.at


def _is_ahead(value: PartialDate, case: Case, context: Context) -> bool:
    instant = value.utc()
    if instant is not None and context.now is not None and instant <= context.now:
        return False
    return in_zone(value, zone_named(case.clinic.time_zone)).first_day() > context.today


@_dated_rule("V9", "3500 B3, B4, D3: dates in order and not in the future")
def dates(case: Case, context: Context) -> Iterator[Finding]:
    """Find dates in the future and dates that contradict each other."""
    for path, value in _dates(case, context.today):
        if _is_ahead(value, case, context):
            text = N_("Correct the date: it lies in the future.")
            yield _finding("V9", BLOCKS, _item_of(path), path, text)
    onset, reported = case.happening.onset, case.report.reported_on
    if not isinstance(onset, PartialDate):
        return
    if reported is not None and reported.surely_before(onset.date_part()):
        text = N_("Correct the date of this report: it lies before the event.")
        yield _finding("V9", BLOCKS, "B4", "report.reported_on", text)
    for n, suspect in enumerate(case.suspects):
        started = suspect.giving.started
        if isinstance(started, PartialDate) and onset.surely_before(started):
            text = N_("Check the start of therapy: it lies after the event.")
            yield _finding("V9", WARNS, "D3", f"suspects[{n}].giving.started", text)


_ITEM_OF = {
    "administrations[].ended": "D3",
    "administrations[].reduced_on": "D3",
    "administrations[].started": "D3",
    "case.device.explanted": "E6b",
    "case.device.implanted": "E6a",
    "case.occurred_on": "B3",
    "case.returned_on": "C1",
    "events[].onset": "B3",
    "lots[].bought_on": "D1",
    "observations[].at": "B6",
    "patient.birth_date": "A2",
    "patient.deceased_on": "B2",
    "patient.medicines[].ended": "F1",
    "patient.medicines[].started": "F1",
    "report.reported_on": "B4",
}


def _item_of(path: str) -> str:
    return number_of(path) if is_view(path) else _ITEM_OF.get(generic(path), "")


_FORM_DATES = (
    "subject.birth_date",
    "happening.died_on",
    "happening.onset",
    "report.reported_on",
    "case.returned_on",
    "case.device.implanted",
    "case.device.explanted",
)


def _form_dates(case: Case) -> Iterator[tuple[str, str, PartialDate | NullFlavor | None]]:
    for path in _FORM_DATES:
        yield _item_of(path), path, lens.get(case, path)
    for n in range(len(case.suspects)):
        for name in ("giving.started", "giving.ended", "giving.reduced_on"):
            yield "D3", f"suspects[{n}].{name}", lens.get(case, f"suspects[{n}].{name}")
        for item, name in (("D1", "lot.bought_on"), ("D6", "lot.expires")):
            yield item, f"suspects[{n}].{name}", lens.get(case, f"suspects[{n}].{name}")
    for n, medicine in enumerate(case.concomitants):
        yield "F1", f"concomitants[{n}].started", medicine.started
        yield "F1", f"concomitants[{n}].ended", medicine.ended


_ONLY_MONTH = N_("Say in the description that only month and year are known; it prints so.")
_ONLY_YEAR = N_("Say in the description that only the year is known; it prints so.")


@_rule("V10", "3500: official date cells take full dates only")
def partial_dates(case: Case) -> Iterator[Finding]:
    """Name dates known only to the month or year; the form's cell cannot hold them."""
    narrative = case.case.narrative or ""
    for item, path, value in _form_dates(case):
        if not isinstance(value, PartialDate) or value.is_full_day:
            continue
        if show_date(value) in narrative:
            continue
        text = _ONLY_MONTH if value.precision is Precision.MONTH else _ONLY_YEAR
        yield _finding("V10", WARNS, item, path, text)

"""Rules for the dates of Form FDA 3500: in order, not in the future, and known to the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from aeapp.domain import lens
from aeapp.domain.case import BRANCHES, VIEWS, Case, is_view
from aeapp.domain.codecs import show_date
from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.destinations import CODED, FDA_FORMS
from aeapp.domain.findings import Context, Finding, branch_facts
from aeapp.domain.items import NullFlavor, generic
from aeapp.domain.rules.entering import BLOCKS, WARNS, Rulebook, finding, number_of
from aeapp.domain.stating import stated_places
from aeapp.domain.values import PartialDate, Precision, in_zone, zone_named
from aeapp.domain.vitals.digest import digest_of
from aeapp.kernel.i18n import N_

BOOK = Rulebook(CODED)
RULES = BOOK.rules
_rule, _dated_rule, _finding = BOOK.rule, BOOK.dated_rule, finding


@_rule(
    "V8",
    "3500 B2",
    N_("A death has a date that is not before the event."),
    reads=(
        "happening",
        "patient.deceased_on",
        "clinic.time_zone",
    ),
)
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
_NOT_AHEAD = N_("Dates do not lie in the future.")
_SOURCE = "3500 B3, B4, D3: dates in order and not in the future"
Dates = Iterator[tuple[str, PartialDate]]


def _dates_in(branch: str) -> Callable[[Case, dt.date], Dates]:
    def found(case: Case, _today: dt.date) -> Dates:
        for path, value in branch_facts(case, branch):
            if isinstance(value, PartialDate) and path.rpartition(".")[2] not in _MAY_BE_AHEAD:
                yield path, value

    return found


def _stated_dates(case: Case, _today: dt.date) -> Dates:
    for path in stated_places(case):
        stated = lens.get(case, path)
        if isinstance(stated, PartialDate):
            yield path, stated


def _reading_dates(case: Case, today: dt.date) -> Dates:
    # There may be thousands; mostly the latest day says that none is ahead.
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


def _enter_ahead(dates: Callable[[Case, dt.date], Dates], *reads: str) -> None:
    """Enter V9 for one part of the case, so that a change elsewhere need not look at it again."""

    @_dated_rule("V9", _SOURCE, _NOT_AHEAD, reads=(*reads, "clinic.time_zone"))
    def ahead(case: Case, context: Context) -> Iterator[Finding]:
        for path, value in dates(case, context.today):
            if _is_ahead(value, case, context):
                text = N_("Correct the date: it lies in the future.")
                yield _finding("V9", BLOCKS, _item_of(path), path, text)


for _branch in BRANCHES:
    if _branch == "observations":
        _enter_ahead(_reading_dates, _branch)
    elif _branch not in ("labels", "clinic"):
        # Labels belong to the library; the profile of the clinic holds no dates.
        _enter_ahead(_dates_in(_branch), _branch)
_enter_ahead(_stated_dates, "case.stated", *VIEWS)


@_rule(
    "V9",
    _SOURCE,
    N_("The event, the report and the therapy are in order."),
    reads=("happening.onset", "report.reported_on", "suspects"),
)
def ordered(case: Case) -> Iterator[Finding]:
    """Find dates that contradict each other."""
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
    "case.further_devices[].explanted": "E6b",
    "case.further_devices[].implanted": "E6a",
    "case.occurred_on": "B3",
    "case.returned_on": "C1",
    "events[].onset": "B3",
    "lots[].bought_on": "D1",
    "observations[].at": "B6",
    "patient.birth_date": "A2",
    "patient.conditions[].ended": "B7",
    "patient.conditions[].started": "B7",
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
)


def _form_dates(case: Case) -> Iterator[tuple[str, str, PartialDate | NullFlavor | None]]:
    for path in _FORM_DATES:
        yield _item_of(path), path, lens.get(case, path)
    for path, device in case.case.devices.items():
        yield "E6a", f"{path}.implanted", device.implanted
        yield "E6b", f"{path}.explanted", device.explanted
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


@_rule(
    "V10",
    "3500: official date cells take full dates only",
    N_("Dates of the form are known to the day."),
    reads=(
        "case",
        "report.reported_on",
        "subject",
        "happening",
        "suspects",
        "concomitants",
    ),
    to=FDA_FORMS,
)
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

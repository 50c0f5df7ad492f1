"""Count the reporting clocks of an event: which run, until when, and what they wait for.

The day after day 0 is day 1. Hours run from the minute of recognition. Where a moment is known
only roughly, the earliest it can mean counts: too early is safe, too late is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aeapp.domain.clock_facts import (
    OF_EVENTS,
    ClockFacts,
    Question,
    Sent,
    bound,
    bound_as,
    open_questions,
)
from aeapp.domain.clock_rules import RULES, Binds, ClockRule, DayZero, Span, Unit
from aeapp.domain.codelists.clinic import Destination
from aeapp.domain.records import Clinic, Study
from aeapp.domain.values import PartialDate, in_zone
from aeapp.domain.workdays import business_days_after, is_business_day
from aeapp.kernel.i18n import N_, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The end of a span.

    Attributes:
        day: Last day in the clinic's zone.
        at: Last minute, for hours only.
        earliest: Day or time of the begin is not known exactly; the earliest possible was taken.
    """

    day: dt.date
    at: PartialDate | None = None
    earliest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """One clock of one event.

    Attributes:
        zero: Day 0, or the minute of recognition; None where nobody said it.
        counted: Until when; None without a day 0 or without a span.
        grace: Next work day, where guidance allows it; the strict date stays the date.
        waits_for: Questions without an answer; with any, the clock runs only if they say so.
        told: A telephone call after which the written report is still to follow.
        met: What met it; None while it runs.
        follow_up: Counts from new information after the first report.
    """

    rule: ClockRule
    span: Span | None
    zero: PartialDate | None
    counted: Counted | None = None
    grace: dt.date | None = None
    waits_for: tuple[Question, ...] = ()
    told: Sent | None = None
    met: Sent | None = None
    follow_up: bool = False

    @property
    def due(self) -> dt.date | None:
        """Return the last day, by the strict count."""
        return self.counted.day if self.counted else None

    @property
    def is_certain(self) -> bool:
        """Tell whether it runs whatever the open questions will answer."""
        return not self.waits_for

    @property
    def lacks_begin(self) -> bool:
        """Tell whether it runs although nobody said when the clinic learnt of the event."""
        return self.zero is None and self.rule.zero is DayZero.AWARENESS


# ------------------------------------------------------------------ counting


def count(span: Span, zero: PartialDate, zone: dt.tzinfo) -> Counted:
    """Return the end of ``span`` after ``zero``, on the clocks of ``zone``."""
    local = in_zone(zero, zone)
    day = local.first_day()
    if span.unit is Unit.HOURS:
        return _hours(span.count, local, zone)
    if span.unit is Unit.WORK_DAYS:
        end = business_days_after(day, span.count)
    else:
        end = day + dt.timedelta(days=span.count)
    return Counted(day=end, earliest=not zero.is_full_day)


def _hours(hours: int, local: PartialDate, zone: dt.tzinfo) -> Counted:
    begin = local.utc()
    if begin is None:
        wall = dt.datetime.combine(
            local.first_day(), dt.time(local.hour or 0, local.minute or 0), tzinfo=zone
        )
        begin = wall.astimezone(dt.UTC)
    end = (begin + dt.timedelta(hours=hours)).astimezone(zone)
    return Counted(day=end.date(), at=PartialDate.of(end), earliest=not local.has_time)


def grace_day(rule: ClockRule, due: dt.date) -> dt.date | None:
    """Return the next work day where guidance lets the date move; None where it stays."""
    if not rule.grace or is_business_day(due):
        return None
    return business_days_after(due, 1)


def span_of(rule: ClockRule, clinic: Clinic, study: Study | None = None) -> Span | None:
    """Return the span of a rule; the protocol's or the clinic's own where it is theirs to say."""
    if rule.binds is Binds.PARTNER and study is not None and study.protocol_hours:
        return Span(study.protocol_hours, Unit.HOURS)
    if rule.binds is Binds.VOLUNTARY and clinic.target_days:
        return Span(clinic.target_days)
    if rule.binds is Binds.PARTNER and clinic.protocol_hours:
        return Span(clinic.protocol_hours, Unit.HOURS)
    if rule.binds is Binds.STATE and clinic.state_hours:
        return Span(clinic.state_hours, Unit.HOURS)
    return rule.span


# ------------------------------------------------------------------ what runs


def clocks_of(facts: ClockFacts) -> tuple[RunningClock, ...]:
    """Return every clock of an event, those that were met included, in the order of the table.

    A person's decision not to report stops them all; the record of it says who and why. The
    clinic's own target stands only where no law names a date to FDA for certain.
    """
    if facts.dropped:
        return ()
    found = [clock for rule in RULES if rule.trigger in OF_EVENTS for clock in _of(rule, facts)]
    if any(_is_law_to_fda(clock) for clock in found):
        found = [c for c in found if c.rule.binds is not Binds.VOLUNTARY]
    return tuple(found)


def _is_law_to_fda(clock: RunningClock) -> bool:
    rule = clock.rule
    to_fda = Destination.FDA in rule.recipients and rule.binds is not Binds.VOLUNTARY
    return to_fda and clock.is_certain


def _of(rule: ClockRule, facts: ClockFacts) -> Iterator[RunningClock]:
    waits_for = open_questions(rule.trigger, bound(facts, rule.binds), facts)
    if waits_for is None:
        return
    zero = _zero(rule, facts)
    first = _clock(rule, span_of(rule, facts.clinic, facts.protocol), zero, facts)
    lines = _meeting(rule, facts, zero)
    told = next((s for s in lines if s.by_phone and not rule.by_phone), None)
    met = next((s for s in lines if rule.by_phone or not s.by_phone), None)
    yield replace(first, waits_for=waits_for, told=told, met=met)
    if met is not None and rule.follow_up is not None:
        yield from _follow_ups(rule, rule.follow_up, facts, met)


def _zero(rule: ClockRule, facts: ClockFacts) -> PartialDate | None:
    if rule.zero is DayZero.DETERMINATION:
        return facts.decision.at if facts.decision is not None else None
    return facts.learnt[0] if facts.learnt else None


def _clock(
    rule: ClockRule, span: Span | None, zero: PartialDate | None, facts: ClockFacts
) -> RunningClock:
    counted = count(span, zero, facts.zone) if span is not None and zero is not None else None
    grace = grace_day(rule, counted.day) if counted is not None else None
    return RunningClock(rule=rule, span=span, zero=zero, counted=counted, grace=grace)


def _meeting(rule: ClockRule, facts: ClockFacts, zero: PartialDate | None) -> Sequence[Sent]:
    """Return the lines of the log that tell a recipient of the rule, the earliest first."""
    lines = sorted((s for s in facts.sent if s.to in rule.recipients), key=lambda s: s.at)
    if zero is None or rule.zero is DayZero.DETERMINATION:
        return lines
    return [s for s in lines if not s.at.surely_before(zero)]


def _follow_ups(
    rule: ClockRule, span: Span, facts: ClockFacts, first: Sent
) -> Iterator[RunningClock]:
    for news in facts.learnt[1:]:
        if news.surely_before(first.at):
            continue
        later = [s for s in _meeting(rule, facts, news) if s is not first and not s.by_phone]
        clock = _clock(rule, span, news, facts)
        yield replace(clock, follow_up=True, met=later[0] if later else None)


def running(clocks: Sequence[RunningClock]) -> tuple[RunningClock, ...]:
    """Return the clocks that nothing has met, that which runs out first in front.

    One of which nobody knows when it began comes before all: it may be over.
    """
    return tuple(sorted((c for c in clocks if c.met is None), key=_urgency))


def _urgency(clock: RunningClock) -> tuple[dt.date, str]:
    if clock.lacks_begin and clock.span is not None:
        return (dt.date.min, clock.rule.id)
    at = clock.counted.at if clock.counted and clock.counted.at else None
    return (clock.due or dt.date.max, at.sort_key() if at else "~")


def annual_report_due(clinic: Clinic, reported: Sequence[PartialDate]) -> dt.date | None:
    """Return 1 January after the earliest year whose report is still owed; None where none is.

    A facility that sent none in a year owes no annual report for it. One that has not answered
    what kind of facility it is may owe it.
    """
    if bound_as(clinic, Binds.USER_FACILITY) is False:
        return None
    done = clinic.annual_report_for or 0
    owed = [year for at in reported if (year := at.first_day().year) > done]
    return dt.date(min(owed) + 1, 1, 1) if owed else None


# ------------------------------------------------------------------ in words

_UNITS = {
    Unit.HOURS: (N_("1 hour"), N_("{n} hours")),
    Unit.DAYS: (N_("1 calendar day"), N_("{n} calendar days")),
    Unit.WORK_DAYS: (N_("1 work day"), N_("{n} work days")),
}


def span_words(span: Span) -> str:
    """Return a span in words: ``10 work days``."""
    one, many = _UNITS[span.unit]
    return _(one) if span.count == 1 else _(many).format(n=span.count)


def due_words(rule: ClockRule, span: Span | None) -> str:
    """Return how long a rule gives: ``10 work days``, or that it names no time."""
    if rule.zero is DayZero.YEAR_END:
        return _("by 1 January")
    return span_words(span) if span is not None else _("no fixed time")


def clock_words(clock: RunningClock) -> str:
    """Return why the date is what it is: clause, span, conditions, rough begin, grace."""
    parts = [_(clock.rule.clause)]
    if clock.span is not None:
        parts.append(span_words(clock.span))
    parts += [_(question.words) for question in clock.waits_for]
    parts += _notes(clock)
    return ", ".join(parts)


def _notes(clock: RunningClock) -> Iterator[str]:
    if clock.lacks_begin:
        yield _("nobody said when it was learnt")
    if clock.counted is not None and clock.counted.earliest:
        yield _("counted from the earliest it can mean")
    if clock.follow_up:
        yield _("follow-up")
    if clock.told is not None:
        yield _("told by telephone, the written report follows")
    if clock.grace is not None:
        yield _("guidance allows {day}").format(
            day=f"{clock.grace:%a} {clock.grace.day} {clock.grace:%b}"
        )

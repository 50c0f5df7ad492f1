"""When the outcome of a pregnancy is asked for, in words and days; nothing is graded or assumed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from aeapp.domain.codecs import show
from aeapp.domain.items import NULL_LABELS, NullFlavor
from aeapp.domain.records import Pregnancy
from aeapp.domain.values import PartialDate
from aeapp.kernel.i18n import _

# From the first day of the last period to the expected day of birth (the customary count).
TERM_DAYS = 280
# So long before its day a line stands on Today.
AHEAD = dt.timedelta(days=14)
# Named by the label of esketamine alone; other ketamine has no such registry.
REGISTRY = "National Pregnancy Registry for Antidepressants, 1-844-405-6185"


@dataclass(frozen=True, slots=True)
class Asking:
    """On which day the outcome is asked for, and why then."""

    day: dt.date | None
    why: str


def asking(pregnancy: Pregnancy) -> Asking:
    """Return when the outcome is asked for: as set, else at term, else nobody can say."""
    if pregnancy.ask_on is not None:
        return Asking(pregnancy.ask_on.first_day(), _("day set by the clinic"))
    if isinstance(pregnancy.due_on, PartialDate):
        return Asking(pregnancy.due_on.last_day(), _("expected delivery"))
    if isinstance(pregnancy.last_period, PartialDate):
        day = pregnancy.last_period.last_day() + dt.timedelta(days=TERM_DAYS)
        return Asking(day, _("{n} days after the last period").format(n=TERM_DAYS))
    return Asking(None, _("no date known"))


def is_due(pregnancy: Pregnancy, today: dt.date) -> bool:
    """Tell whether its line stands on Today."""
    if not pregnancy.is_open:
        return False
    day = asking(pregnancy).day
    return day is None or day - today <= AHEAD


def pregnancy_words(pregnancy: Pregnancy) -> str:
    """Return a pregnancy in a line: exposure, dates, outcome; what nobody answered is said so."""
    parts = [
        _("given in it: {answer}").format(answer=_answer(pregnancy.exposed)),
        _("last period {day}").format(day=_answer(pregnancy.last_period)),
        _("expected {day}").format(day=_answer(pregnancy.due_on)),
        _("outcome {outcome}").format(outcome=_answer(pregnancy.outcome)),
    ]
    if pregnancy.outcome is not None and pregnancy.outcome_on is not None:
        parts.append(_answer(pregnancy.outcome_on))
    if pregnancy.child_affected is not None:
        parts.append(
            _("child has an event: {answer}").format(answer=_answer(pregnancy.child_affected))
        )
    return ", ".join(parts)


def _answer(value: object) -> str:
    if value is None:
        return _("not answered")
    return _(NULL_LABELS[value]) if isinstance(value, NullFlavor) else show(value)


def parent_words(pregnancy: Pregnancy, mother: str) -> str:
    """Return what a report of the child says of its mother: a code and the record's own words."""
    return _("Mother {code}: {words}").format(code=mother, words=pregnancy_words(pregnancy))

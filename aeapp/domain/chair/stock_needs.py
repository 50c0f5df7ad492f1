"""What a gap in the stock of a controlled product asks of somebody, with the days of the law."""

from __future__ import annotations

import datetime as dt

from aeapp.domain.chair.loss import (
    NOTICE_BUSINESS_DAYS,
    QUESTION,
    SOURCE,
    LossDates,
    Question,
    loss_dates,
    question_of,
)
from aeapp.domain.chair.needs import Authority, Need, NeedKind
from aeapp.domain.chair.stock import Gap, gap_words
from aeapp.domain.clock_rules import BY_ID
from aeapp.domain.items import as_text
from aeapp.domain.records import Lot, Product
from aeapp.domain.values import PartialDate
from aeapp.domain.workdays import business_days_after
from aeapp.kernel.i18n import N_, _

_WAITING = (Question.OPEN, Question.NOT_KNOWN)
NOTICE, FORM_106 = "dea-notice", "dea-106"
_STEPS = {NOTICE: N_("Send it"), FORM_106: N_("File it")}


def needs_of(product: Product, lot: Lot, gap: Gap) -> tuple[Need, ...]:
    """Return the question while nobody answered it, and what a loss still asks for."""
    question = question_of(gap, product)
    where = (product, lot, gap)
    if question in _WAITING:
        day = _seen_on(gap)
        due = None if day is None else business_days_after(day, NOTICE_BUSINESS_DAYS)
        return (_need(where, QUESTION, N_("Answer"), due=due, part="question"),)
    dates = loss_dates(gap.answer_on) if question is Question.LOSS else None
    if dates is None:
        return ()
    return tuple(
        _need(where, BY_ID[name].title, _STEPS[name], due=due, part=name)
        for name, due in _unmet(dates).items()
    )


def _seen_on(gap: Gap) -> dt.date | None:
    """Return the first day on which the gap could be seen.

    A notice counts from the discovery, which nobody has told yet: too early is safe.
    """
    at = gap.answer_on.at
    return at.first_day() if isinstance(at, PartialDate) else None


def _unmet(dates: LossDates) -> dict[str, dt.date]:
    found = {
        NOTICE: (dates.notice_by, dates.notice_on),
        FORM_106: (dates.form_106_by, dates.form_106_on),
    }
    return {part: by for part, (by, done) in found.items() if done is None}


def _need(
    where: tuple[Product, Lot, Gap], what: str, step: str, *, due: dt.date | None, part: str
) -> Need:
    product, lot, gap = where
    number = as_text(lot.number) or _("number not known")
    named = _("{product}, lot {number}").format(product=as_text(product.name), number=number)
    return Need(
        kind=NeedKind.STOCK,
        target=lot.id,
        what=_(what),
        detail=f"{named}: {gap_words(gap)}",
        patient="",
        next_step=_(step),
        owner=gap.answer_on.by or "",
        due=due,
        authority=Authority.LAW,
        rule=SOURCE,
        mark=f"{gap.answer_on.id}.{part}",
    )

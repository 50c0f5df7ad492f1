"""The question that a gap in the stock of a controlled product opens, and its two dates.

Whether it is a theft or a significant loss, a person answers; the dates count from the discovery,
not from the day of the loss.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from aeapp.domain.chair.amounts import converted, rounded
from aeapp.domain.chair.stock import Gap
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Product, StockMovement
from aeapp.domain.values import PartialDate
from aeapp.domain.workdays import business_days_after
from aeapp.kernel.i18n import N_, _

SOURCE = "21 CFR 1301.76(b)"
NOTICE_BUSINESS_DAYS = 1
FORM_106_DAYS = 45
# A gap by a rate has no end of decimals; what is kept of it is finer than any syringe.
PLACES = 6
QUESTION = N_("Is this a theft or a significant loss?")


class Question(StrEnum):
    """How the question stands."""

    NOT_ASKED = "not-asked"
    OPEN = "open"
    NOT_KNOWN = "not-known"
    NO_LOSS = "no-loss"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class LossDates:
    """The two dates of a loss, and the days on which they were met; None where not yet."""

    discovered: dt.date
    notice_by: dt.date
    form_106_by: dt.date
    notice_on: PartialDate | None
    form_106_on: PartialDate | None


def question_of(gap: Gap, product: Product) -> Question:
    """Return how the question stands; it is put for controlled products only.

    An answer is about the gap that a person saw: when it grows or shrinks, the question is put
    again.
    """
    answer = gap.answer_on.significant_loss
    if answer is None or gap.answer_on.answered_for != answered_for(gap, product):
        asked = product.controlled is True and gap.asks
        return Question.OPEN if asked else Question.NOT_ASKED
    if isinstance(answer, NullFlavor):
        return Question.NOT_KNOWN
    return Question.LOSS if answer else Question.NO_LOSS


def answered_for(gap: Gap, product: Product) -> Decimal | None:
    """Return how much a gap is in the unit of its movement; None where that cannot be said."""
    unit = gap.answer_on.unit or gap.unit
    if gap.missing is None:
        return None
    amount = converted(gap.missing, gap.unit, unit, product)
    return None if amount is None else rounded(amount, PLACES)


def loss_dates(movement: StockMovement) -> LossDates | None:
    """Return the dates of a loss; None where it is none, or nobody said when it was found.

    Of a discovery known to the month, the first day counts: too early is safe, too late is not.
    """
    if movement.significant_loss is not True or movement.discovered_on is None:
        return None
    day = movement.discovered_on.first_day()
    return LossDates(
        discovered=day,
        notice_by=business_days_after(day, NOTICE_BUSINESS_DAYS),
        form_106_by=day + dt.timedelta(days=FORM_106_DAYS),
        notice_on=movement.notice_on,
        form_106_on=movement.form_106_on,
    )


def late(by: dt.date, done: PartialDate | None, today: dt.date) -> bool:
    """Tell whether something is still to be done and its day is over."""
    return done is None and today > by


def question_words(question: Question) -> str:
    """Return how the question stands, in words."""
    return {
        Question.NOT_ASKED: "",
        Question.OPEN: _("not answered yet"),
        Question.NOT_KNOWN: _("not known yet"),
        Question.NO_LOSS: _("no theft or significant loss"),
        Question.LOSS: _("theft or significant loss"),
    }[question]

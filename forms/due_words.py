"""How a row of readings that is due is told: late is a fact, not a warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aeapp.domain.codelists.session import DueFrom
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.due import DueRow, DueState, next_due
from aeapp.domain.vitals.rows import A_DAY, minutes_between
from aeapp.kernel.i18n import _


def name_words(row: DueRow) -> str:
    """Return ``T+30``, or what the row is called."""
    if row.minute is not None and row.minute > 0:
        return f"T+{row.minute}"
    if row.counted_from is DueFrom.LEAVING:
        return _(row.words) if row.words else _("Leaving")
    if row.counted_from is DueFrom.INFUSION_END:
        return _(row.words) if row.words else _("End of drip")
    return _("Baseline")


def due_words(row: DueRow) -> str:
    """Return how far from its time a row was or is taken: ``due T+30, 1 min late``."""
    words = _("due {name}").format(name=name_words(row))
    if row.late >= A_DAY:
        # A session that nobody ended: its minutes say nothing any more.
        return words + ", " + _("{n} days late").format(n=row.late // A_DAY)
    if row.late > 0:
        return words + ", " + _("{n} min late").format(n=row.late)
    if row.late < 0:
        return words + ", " + _("{n} min early").format(n=-row.late)
    return words


def waiting_words(row: DueRow) -> str:
    """Return what stands beside a row that is not taken."""
    if row.state is DueState.MISSED:
        return _("no reading")
    if row.state is DueState.LATE:
        return due_words(row)
    if row.repeat:
        return _("repeat")
    if row.at is None and row.counted_from is DueFrom.LEAVING:
        return _("with the discharge list")
    if row.at is None and row.counted_from is DueFrom.INFUSION_END:
        return _("once the drip has ended")
    return _("scheduled") + (f", {_(row.words)}" if row.words else "")


def repeat_words(minutes: int) -> str:
    """Return the countdown of a repeat that is due in ``minutes``."""
    if minutes > 0:
        return _("Repeat in {n} min").format(n=minutes)
    return _("Repeat due now")


def said_of(row: DueRow | None, due: Sequence[DueRow], at: PartialDate) -> tuple[str, str]:
    """Return what is said beside readings of ``at``: words, and the pill of a repeat.

    Args:
        row: The due row that the readings would take; None for none.
        due: All rows that are due.
        at: The time of the readings.
    """
    if row is None:
        return _coming_words(due, at), ""
    minutes = minutes_between(at, row.at) if row.at else None
    if row.repeat:
        return "", repeat_words(minutes or 0)
    if minutes is not None and row.order > 0:
        return due_words(replace(row, late=-minutes)), ""
    return due_words(row), ""


def _coming_words(due: Sequence[DueRow], at: PartialDate) -> str:
    coming = next_due(due)
    minutes = None if coming is None or coming.at is None else minutes_between(at, coming.at)
    if coming is None or not minutes or minutes < 0:
        return ""
    return _("next {name} in {n} min").format(name=name_words(coming), n=minutes)

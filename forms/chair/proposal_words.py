"""A proposal in words: the finding, from when, its peak, and how many readings speak for it."""

from __future__ import annotations

from collections.abc import Sequence

from aeapp.domain.records import Observation, Proposal, WatchRule
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words, minutes_between
from aeapp.domain.vitals.typing import shown
from aeapp.domain.vitals.watch import peak
from aeapp.kernel.i18n import _


def finding_words(proposal: Proposal) -> str:
    """Return the finding, marked as a proposal."""
    return _("Proposed: {finding}").format(finding=_(proposal.term or ""))


def course_words(
    proposal: Proposal,
    seen: Sequence[Observation],
    rules: Sequence[WatchRule],
    zero: PartialDate | None,
) -> str:
    """Return ``from T+40, peak 182/106 at T+45, 2 readings 5 min apart``."""
    words = []
    if proposal.first is not None:
        begin = minute_words(zero, proposal.first) or _clock(proposal.first)
        words.append(_("from {minute}").format(minute=begin))
    rule = next((r for r in rules if r.code == proposal.rule), None)
    top = peak(seen, rule) if rule is not None else None
    if top is not None and isinstance(top.at, PartialDate):
        at = minute_words(zero, top.at) or _clock(top.at)
        words.append(_("peak {value} at {minute}").format(value=shown(top), minute=at))
    words.append(_count_words(proposal, seen))
    return ", ".join(words)


def _count_words(proposal: Proposal, seen: Sequence[Observation]) -> str:
    span = None
    if proposal.first is not None and proposal.last is not None:
        span = minutes_between(proposal.first, proposal.last)
    marked = len(proposal.readings) - len(seen)
    words = _("one reading") if len(seen) == 1 else _("{n} readings").format(n=len(seen))
    if span and len(seen) > 1:
        apart = _("{n} min apart") if len(seen) == 2 else _("over {n} min")  # noqa: PLR2004 - a pair
        words += " " + apart.format(n=span)
    if marked:
        words += ", " + _("{n} marked since").format(n=marked)
    return words


def _clock(at: PartialDate) -> str:
    return f"{at.hour or 0:02d}:{at.minute or 0:02d}"

"""What a filled scale says, in words."""

from __future__ import annotations

from decimal import Decimal

from aeapp.domain.codecs import show
from aeapp.domain.records import SafetyReview, Scale, Score
from aeapp.domain.scales.course import Change
from aeapp.domain.scales.scoring import span_of, unasked_of
from aeapp.kernel.i18n import N_, _
from aeapp.services.scales import Result

# Asked the same way wherever a score is struck through.
WHY_STRUCK = N_("Why does this score not count?")
STRUCK_BECAUSE = (N_("typed wrong"), N_("another patient's paper"), N_("typed twice"))


def name_of(scale: Scale) -> str:
    """Return the name people say."""
    return _(scale.name or scale.code or "")


def total_words(total: Decimal | None) -> str:
    """Return a total without zeros that say nothing; a dash for none."""
    return "–" if total is None else show(total)


def of_most(scale: Scale) -> str:
    """Return ``of 27``."""
    return _("of {most}").format(most=span_of(scale)[1])


def change_words(change: Change, baseline: Decimal | None) -> str:
    """Return ``-10 from 16, response, remission``: numbers and published rules, no judgement."""
    sign = "−" if change.points < 0 else "+" if change.points > 0 else "±"
    points = show(abs(change.points))
    words = [_("{change} from {baseline}").format(change=sign + points, baseline=show(baseline))]
    for there, said in (
        (change.response, _("response")),
        (change.partial and not change.response, _("part of a response")),
        (change.remission, _("remission")),
        (change.reliable_rise, _("reliable rise")),
        (change.notable_rise, _("notable rise")),
    ):
        words += [said] if there else []
    return ", ".join(words)


def result_words(result: Result) -> str:
    """Return ``PHQ-9 16, moderately severe, −4 from 20``."""
    words = [f"{name_of(result.scale)} {total_words(result.score.total)}"]
    words += [_(result.band)] if result.band else []
    if result.change is not None and result.baseline is not None:
        words.append(change_words(result.change, result.baseline.total))
    return ", ".join(words)


def unasked_words(scale: Scale, score: Score) -> str:
    """Return that an answer about safety is not known; empty where all are."""
    missing = unasked_of(scale, score)
    if not missing:
        return ""
    return _("Item {items} asks for safety and is not known: ask the patient.").format(
        items=", ".join(str(n) for n in missing)
    )


def review_words(review: SafetyReview | None) -> str:
    """Return how a safety strip stands; empty for none."""
    if review is None:
        return ""
    if review.void_reason:
        return _("safety: void")
    if review.done:
        return _("safety: {who} told").format(who=review.told or "")
    if review.handed_to:
        return _("safety: with {who}").format(who=review.handed_to)
    return _("safety: open")

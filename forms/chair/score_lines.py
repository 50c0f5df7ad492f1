"""The scales that were filled in a session, as lines among its notes."""

from __future__ import annotations

from collections.abc import Sequence

from aeapp.domain.chair.aldrete import SCALE as ALDRETE
from aeapp.domain.records import SafetyReview, Scale, Score
from aeapp.domain.scales.scoring import band_of
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.rows import minute_words
from aeapp.kernel.i18n import _
from forms.chair.note_lines import Entry
from forms.models.vitals import time_words
from forms.scales.words import name_of, of_most, review_words, total_words
from forms.session_work import SessionWork


def scores_in(work: SessionWork) -> tuple[Score, ...]:
    """Return the filled scales of a session; the score before leaving has a card of its own."""
    return tuple(score for score in work.room.scores if score.scale != ALDRETE)


def score_entries(work: SessionWork, amended: frozenset[str]) -> list[Entry]:
    """Return a line a filled scale, struck ones with their reason."""
    reviews = {review.score_id: review for review in work.room.reviews}
    return [
        _entry(score, work, reviews.get(score.id), late=score.id in amended)
        for score in scores_in(work)
    ]


def _entry(score: Score, work: SessionWork, review: SafetyReview | None, *, late: bool) -> Entry:
    at = score.at if isinstance(score.at, PartialDate) else None
    struck = score.struck_reason
    parts = (
        _("struck through: {reason}").format(reason=struck) if struck else "",
        _("scale"),
        _("amended") if late else "",
        score.by or score.typed_by or "",
        time_words(at),
        review_words(review),
    )
    order = f"{at.sort_key() if at else ''} {score.id or '~'}"
    minute = minute_words(work.zero, at) or time_words(at)
    second = ", ".join(part for part in parts if part)
    words = _words(score, work.loaded.scales)
    return Entry(order, minute, words, second, struck=bool(struck), record=score)


def _words(score: Score, scales: Sequence[Scale]) -> str:
    """Return ``PHQ-9 16 of 27, moderately severe``; one that nobody here knows by its code."""
    place = (score.scale, score.edition)
    scale = next((s for s in scales if (s.code, s.edition) == place), Scale(code=score.scale))
    words = [f"{name_of(scale)} {total_words(score.total)}"]
    if score.total is None and score.basis is not None:
        words.append(_(score.basis.words))
    elif scale.items:
        words[0] += f" {of_most(scale)}"
    band = band_of(scale, score.total)
    return ", ".join([*words, *([_(band.name)] if band is not None and band.name else [])])

"""The parts of the room for symptom scales: the card of entry and the safety strip."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aeapp.domain.records import SafetyReview
from aeapp.services.scales import Result
from forms.chair.part import Room
from forms.scales.entry_card import ScaleCard
from forms.scales.safety_strip import SafetyStrip
from forms.session_work import SessionWork


def make_scales(room: Room, parent: QWidget) -> ScaleCard:
    """Make the card that takes a scale."""
    card = ScaleCard(room.desk, parent)
    card.filled.connect(lambda result: _filled(room, result))
    card.answered.connect(lambda: room.go_to("safety"))
    card.left.connect(room.to_grid)
    return card


def ask_scales(room: Room, card: ScaleCard) -> None:
    """Show the card, also in a session that has ended: then it asks why."""
    if room.work is not None:
        session = room.work.room.session
        card.ask(session.patient_id, session.id, over=room.work.over)
        room.go_to("scales")


def _filled(room: Room, result: Result) -> None:
    """Show what was stored; an answer that asks for safety comes before anything else.

    Another session may be on the screen by now; the score stands in its own.
    """
    work = room.work_of(result.score.session_id)
    if work is None:
        return
    if work.over:
        # An amendment has its own line among the notes.
        work.reload()
    work.take_score(result.score, result.review)
    if result.review is not None and work is room.work:
        room.go_to("safety")


def make_safety(room: Room, parent: QWidget) -> SafetyStrip:
    """Make the strip that asks what an answer about safety asks."""
    strip = SafetyStrip(room.desk, parent)
    strip.stored.connect(lambda review: _answered(room, review))
    strip.left.connect(room.to_grid)
    return strip


def _answered(room: Room, review: SafetyReview) -> None:
    """Show what was answered in its own session; who is in another one is left there."""
    work = room.work_of(review.session_id)
    if work is not None:
        work.put("reviews", [review])
    if work is room.work:
        room.to_grid()


def show_safety(strip: SafetyStrip, work: SessionWork) -> None:
    """Show the oldest strip of the session that waits."""
    strip.show_reviews(work.room.reviews, work.room.session.prescriber or "")

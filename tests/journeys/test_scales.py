"""The nurse's journey with a scale from paper, and with an answer that asks for safety."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.scales import ScoreMode, ScorePhase, TotalBasis
from aeapp.domain.values import PartialDate
from aeapp.services.scales import Filled
from tests.helpers.clinic import PASSWORD
from tests.helpers.fields import pick_scale
from tests.helpers.walked import Bar
from tests.journeys.test_chair import Arrived, in_the_chair
from tests.journeys.walking import Walker


def before(walker: Walker, patient_id: str) -> None:
    """Store a PHQ-9 from before the first dose."""
    app = walker.app
    scale = app.scales.named("phq-9")
    day = PartialDate(2026, 11, 2)
    app.scales.fill(Filled(scale=scale, patient_id=patient_id, total=Decimal(20), at=day))


def test_w5_a_phq_9_from_paper_then_one_with_a_positive_item_9(
    walker: Walker, arrived: Arrived
) -> None:
    session = in_the_chair(walker)
    before(walker, session.patient_id)
    place = walker.place("session")
    card, strip = place.parts["scales"], place.parts["safety"]
    walker.press("F8")
    walker.settle()
    walker.start_counting()

    walker.type("211210110")
    assert card.total.text() == "9"
    assert card.meaning.text() == "of 27, mild, −11 from 20, response"
    walker.press("Enter")
    walker.settle()

    (score,) = walker.app.sessions.room(session.id).scores
    assert (score.total, score.basis) == (9, TotalBasis.ITEMS)
    assert (score.phase, score.points_of(9)) == (ScorePhase.DURING, 0)
    assert strip.isHidden()
    arrived("W5", "a PHQ-9 from paper", Bar(10))

    walker.start_counting()
    walker.type("211210111")
    walker.press("Enter")
    walker.settle()
    assert strip.isVisible()
    assert "item 9" in strip.cause.text()
    walker.type("111")
    walker.press("Enter")
    walker.settle()

    room = walker.app.sessions.room(session.id)
    (review,) = room.reviews
    assert review.done
    assert review.score_id == room.scores[-1].id
    assert all((review.told, review.asked, review.plan, review.at, review.by))
    assert strip.isHidden()
    arrived("W5", "a positive item 9 handled", Bar(16))


RIVER = """scale: river
source: invented for a test
alert 2: 1
points 1: 0-3
points 2: 0-3
licence: ours
title: The river
instruction: Think of the last two weeks.
answer 0: Not at all
answer 1: On some days
answer 2: On most days
answer 3: Every day
item 1: Was the water cold?
item 2: Did you fall in?
"""


def test_a_patient_fills_a_scale_on_the_screen_and_cannot_leave_it(
    qtbot: QtBot, walker: Walker, tmp_path: Path
) -> None:
    file = tmp_path / "river.txt"
    file.write_text(RIVER, encoding="utf-8")
    app, shell = walker.app, walker.program.shell
    app.scale_files.add(app.scale_files.read(file)[0])
    session = in_the_chair(walker)
    place = walker.place("session")
    card, strip = place.parts["scales"], place.parts["safety"]
    walker.press("F8")
    walker.settle()
    # No wording of a PHQ-9 is loaded, so no patient fills one here.
    assert not card.chair.isEnabled()
    pick_scale(qtbot, card, "river")
    card.chair.click()
    page = shell.findChild(QWidget, "patient_page")
    assert shell.at_gate

    walker.press("Space", "1")
    assert page.progress.text() == "2 of 2"
    page.back.click()
    walker.press("2")
    walker.press("Ctrl+K", "Ctrl+L", "F2")
    shell.close()
    assert shell.isVisible()
    assert shell.at_gate
    walker.press("3")
    walker.settle()
    assert "Somebody of the clinic" in page.words.text()
    (score,) = app.sessions.room(session.id).scores
    assert (score.mode, score.total, score.typed_by) == (ScoreMode.SCREEN, 3, None)
    assert [i.points for i in score.items] == [1, 2]

    page.staff.click()
    walker.type("not it")
    walker.press("Enter")
    walker.settle()
    assert shell.at_gate
    walker.type(PASSWORD)
    walker.press("Enter")
    walker.settle()
    assert not shell.at_gate
    walker.wait(strip.isVisible)
    assert "river item 2: 2" in strip.cause.text()
    strip.hand.click()
    walker.press("1")
    walker.settle()
    (review,) = app.sessions.room(session.id).reviews
    assert (review.handed_to, review.is_open) == (app.who.name, True)

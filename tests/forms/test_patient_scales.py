"""The scales in the chart of a patient: course, table, a new one, one struck through."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.records import Patient, SafetyReview
from aeapp.domain.scales.typing import read_typed
from aeapp.domain.values import PartialDate
from aeapp.services.scales import Filled
from forms.scales.patient_scales import ScalesOfPatient
from forms.scales.safety_strip import PLANS, SafetyStrip
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, a_patient, open_bench
from tests.helpers.fields import pick_scale


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_the_scales_of_a_patient_are_shown_filled_struck_and_asked_about(
    qtbot: QtBot, bench: Bench
) -> None:
    app, patient = bench.app, a_patient(bench.app)
    scale = app.scales.named("phq-9")
    items = read_typed(scale, "222222220").items
    first = Filled(scale=scale, patient_id=patient.id, items=items, at=PartialDate(2026, 11, 2))
    app.scales.fill(first)
    gad = app.scales.named("gad-7")
    app.scales.fill(Filled(scale=gad, patient_id=patient.id, total=Decimal(9)))
    part = ScalesOfPatient(bench.desk())
    qtbot.addWidget(part)
    for card in (part.card, part.strip):
        qtbot.addWidget(card)
    part.resize(700, 600)
    part.show()
    part.show_patient(patient)
    bench.settle(qtbot)
    assert [line.score.scale for line in part.list.lines] == ["gad-7"]
    part.show_scale("phq-9")
    assert part.chart.trend is not None
    assert "1 scores from 2026-11-02" in part.chart.accessibleDescription()

    part.ask()
    bench.settle(qtbot)
    for shown in (part, part.card, part.strip):
        assert_accessible(shown)
    pick_scale(qtbot, part.card, "phq-9")
    QTest.keyClicks(part.card.line, "4")
    assert "0 to 3 points, not 4" in part.card.note.text
    part.card.line.clear()
    QTest.keyClicks(part.card.line, "t9")
    assert "Item 9 asks for safety and is not known" in part.card.note.text
    part.card.line.clear()
    QTest.keyClicks(part.card.line, "111110001")
    QTest.keyClick(part.card.line, Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert [line.score.total for line in part.list.lines] == [6, 16]
    assert not part.strip.isHidden()
    (review,) = app.scales.of_patient(patient.id).reviews
    assert review.is_open

    part.list.table.selectRow(0)
    part.strike.click()
    QTest.keyClicks(part.reasons.words, "another patient")
    QTest.keyClick(part.reasons.words, Qt.Key.Key_Return)
    bench.settle(qtbot)
    (struck, kept) = part.list.lines
    assert (struck.score.struck_reason, kept.score.stands) == ("another patient", True)
    assert part.strip.isHidden()
    assert app.safety.open() == ()


def a_part(qtbot: QtBot, bench: Bench) -> ScalesOfPatient:
    """Return the scales of a chart, with its card and its strip shown by the test."""
    part = ScalesOfPatient(bench.desk())
    qtbot.addWidget(part)
    for card in (part.card, part.strip):
        qtbot.addWidget(card)
    part.resize(700, 600)
    part.show()
    return part


def test_what_is_typed_for_one_patient_is_never_stored_for_another(
    qtbot: QtBot, bench: Bench
) -> None:
    app = bench.app
    one, other = a_patient(app), a_patient(app, "P-0413", "Blair")
    part = a_part(qtbot, bench)
    card = part.card
    part.show_patient(one)
    part.ask()
    bench.settle(qtbot)
    QTest.keyClicks(card.line, "11111")
    QTest.keyClicks(card.at, "9:00")
    QTest.keyClicks(card.reason, "forgotten")
    part.ask()  # of the same patient: what is typed stays
    bench.settle(qtbot)
    assert card.line.text() == "11111"

    # Asked for one and at once for another.
    part.ask()
    part.show_patient(other)
    part.ask()
    assert [line.text() for line in (card.line, card.at, card.reason)] == ["", "", ""]
    assert card.total.text() == "–"
    bench.settle(qtbot)

    # Stored for one while another is on the screen: what is typed for that one stays.
    part.show_patient(one)
    part.ask()
    bench.settle(qtbot)
    QTest.keyClicks(card.line, "t9")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    part.show_patient(other)
    part.ask()
    QTest.keyClicks(card.line, "t4")
    bench.settle(qtbot)
    assert card.line.text() == "t4"
    assert [score.total for score in app.scales.of_patient(one.id).scores] == [9]
    assert app.scales.of_patient(other.id).scores == ()


def test_the_score_that_was_asked_about_is_struck_and_no_other(qtbot: QtBot, bench: Bench) -> None:
    app = bench.app
    one, other = a_patient(app), a_patient(app, "P-0413", "Blair")
    scale = app.scales.named("phq-9")
    for patient, total in ((one, 9), (one, 12), (other, 20)):
        app.scales.fill(Filled(scale=scale, patient_id=patient.id, total=Decimal(total)))
    part = a_part(qtbot, bench)
    part.show_patient(one)
    bench.settle(qtbot)

    def struck(patient_id: str) -> list[Decimal | None]:
        return [s.total for s in app.scales.of_patient(patient_id).scores if not s.stands]

    part.list.table.selectRow(0)
    asked = part.list.lines[0].score.total
    part.strike.click()
    part.list.table.selectRow(1)
    QTest.keyClicks(part.reasons.words, "typed twice")
    QTest.keyClick(part.reasons.words, Qt.Key.Key_Return)
    bench.settle(qtbot)
    assert struck(one.id) == [asked]

    # Asked in one chart: the question goes with the chart.
    part.list.table.selectRow(1)
    part.strike.click()
    part.show_patient(other)
    bench.settle(qtbot)
    assert part.reasons.isHidden()
    part.list.table.selectRow(0)
    part.reasons.answered.emit("typed wrong")
    bench.settle(qtbot)
    assert (len(struck(one.id)), struck(other.id)) == (1, [])


def test_an_answer_stored_late_shows_nothing_in_the_chart_of_another(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = a_patient(bench.app), a_patient(bench.app, "P-0413", "Blair")
    part = a_part(qtbot, bench)
    part.show_patient(one)
    part.ask()
    bench.settle(qtbot)
    QTest.keyClicks(part.card.line, "111110001")
    QTest.keyClick(part.card.line, Qt.Key.Key_Return)
    part.show_patient(other)
    shown: list[SafetyReview] = []
    monkeypatch.setattr(part.strip, "show_reviews", shown.extend)
    bench.settle(qtbot)
    assert shown == []
    assert len(bench.app.safety.open()) == 1


def reviewed(bench: Bench, patient: Patient) -> SafetyReview:
    """Return the strip that an answer of the patient opened."""
    scale = bench.app.scales.named("phq-9")
    items = read_typed(scale, "111110001").items
    review = bench.app.scales.fill(Filled(scale=scale, patient_id=patient.id, items=items)).review
    assert review is not None
    return review


def a_strip(qtbot: QtBot, bench: Bench) -> SafetyStrip:
    strip = SafetyStrip(bench.desk())
    qtbot.addWidget(strip)
    strip.show()
    qtbot.waitActive(strip).__enter__()
    return strip


def typed(strip: SafetyStrip) -> list[str]:
    return [line.text() for line in strip.lines.values()]


def test_esc_of_a_handing_over_leaves_what_was_typed(qtbot: QtBot, bench: Bench) -> None:
    strip = a_strip(qtbot, bench)
    strip.show_reviews([reviewed(bench, a_patient(bench.app))])
    bench.settle(qtbot)
    for name, words in (("told", "Dr Reed"), ("asked", "no plan"), ("at", "14:10")):
        strip.lines[name].setText(words)
    strip.hand.click()
    assert typed(strip) == ["", "no plan", "", "14:10"]
    QTest.keyClicks(strip.lines["told"], "Som")
    strip.hand.click()
    QTest.keyClick(strip.lines["told"], Qt.Key.Key_Escape)
    assert typed(strip) == ["Dr Reed", "no plan", "", "14:10"]
    assert strip.note.text == ""
    assert strip.lines["plan"].hasFocus()
    # A digit takes a sentence of the plan, no colleague.
    QTest.keyClick(strip.lines["plan"], "2")
    assert strip.lines["plan"].text() == PLANS[1]


def test_a_half_filled_strip_comes_back_as_it_was_left(qtbot: QtBot, bench: Bench) -> None:
    app, strip = bench.app, a_strip(qtbot, bench)
    one, other = (reviewed(bench, a_patient(app, code)) for code in ("P-1", "P-2"))
    strip.show_reviews([one])
    bench.settle(qtbot)
    strip.lines["told"].setText("Dr Reed")
    strip.lines["asked"].setText("no plan")
    strip.hand.click()  # who takes it over is not who was told
    strip.show_reviews([other])
    assert typed(strip) == [""] * 4
    strip.lines["told"].setText("Dr Moss")
    strip.show_reviews([])
    strip.show_reviews([one])
    assert typed(strip) == ["Dr Reed", "no plan", "", ""]

    # Recorded while another is on the screen: that one keeps what is typed for it.
    strip.lines["plan"].setText("stays")
    strip.record.click()
    strip.show_reviews([other])
    assert typed(strip) == ["Dr Moss", "", "", ""]
    bench.settle(qtbot)
    assert typed(strip) == ["Dr Moss", "", "", ""]
    assert [review.id for review in app.safety.open()] == [other.id]
    strip.show_reviews([one])
    assert typed(strip) == [""] * 4

"""The window writes a report as an electronic message, or says why it is held back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aeapp.services.schema_sets import SCHEMAS
from forms.dialogs.export import ExportStrip, Written
from forms.errors import ErrorCard
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.life import a_life


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


def test_what_would_be_refused_is_held_back_and_a_draft_says_that_it_is_one(
    qtbot: QtBot, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SCHEMAS, raising=False)
    life = a_life(tmp_path / "life")
    profile = life.app.profile
    profile.save(replace(profile.clinic(), sender_id="LARKSPUR", receiver_id="CENTRE"))
    ask = Answers()
    ask.path = tmp_path / "case.xml"
    strip = ExportStrip(life.app, bench.runners.documents, ask)
    qtbot.addWidget(strip)
    strip.resize(900, 300)
    strip.show()

    strip.start(life.report.case_id, life.report.id, "KC-1/3500/1", Written.MESSAGE)
    qtbot.waitUntil(lambda: strip.findChild(ErrorCard) is not None, timeout=20_000)
    card = strip.findChild(ErrorCard)
    said = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "the receiver would refuse this message" in said
    assert "E.i.2.1b" in said
    assert not ask.path.exists()

    with qtbot.waitSignal(strip.exported, timeout=20_000):
        strip.start(life.report.case_id, life.report.id, "KC-1/3500/1", Written.MESSAGE_DRAFT)
    assert "A draft: the receiver would refuse it." in strip.words.text()
    assert "Not checked against the ICH schema." in strip.words.text()
    assert b"MCCI_IN200100UV01" in ask.path.read_bytes()
    assert_accessible(strip)
    life.app.close()

"""Pictures of the life of a report: steps, signature, versions, differences; looked at."""

from __future__ import annotations

from dataclasses import replace

from aeapp.domain.codelists.clinic import Channel, Destination
from aeapp.domain.codelists.lifecycle import VersionNature
from aeapp.domain.lifecycle import Act
from aeapp.domain.values import PartialDate
from tests.helpers.life import ONLINE, Life
from tests.helpers.report_case import a_serious_report
from tests.visual.test_report import (  # noqa: F401 - fixtures
    bench,
    look,
    opened,
    pytestmark,
    room,
    session_theme,
    shoot,
)


def test_the_life_of_a_report(room, shoot, bench, qtbot) -> None:  # noqa: F811
    life = Life(bench.app, a_serious_report(bench.app), bench.clock)
    opened(room, bench, qtbot, life.report)
    room.page.show_versions()
    shoot("life-draft")
    life.send()
    life.send(
        replace(
            ONLINE, channel=Channel.FAX, destination=Destination.MANUFACTURER, person="M. Ortiz"
        )
    )
    life.app.questions.ask(
        life.report.id, "Has he recovered, and when?", "J. Kim", PartialDate(2026, 11, 27)
    )
    opened(room, bench, qtbot, life.report)
    shoot("life-sent")
    room.page.show_versions()
    room.page.versions.begin(Act.CORRECT)
    shoot("life-correcting")
    life.app.lifecycle.correct(life.report.id, VersionNature.FOLLOW_UP, "outcome is known")
    life.edit("case.narrative", "He fainted and has recovered.", "news")
    life.edit("patient.history", None, "told again")
    opened(room, bench, qtbot, life.report)
    room.page.form.go_to("case.narrative")
    shoot("life-painted")
    room.page.show_versions()
    room.page.versions.ask()
    bench.settle(qtbot)
    shoot("life-follow-up")
    room.page.versions.signing.ask("Dana Reyes")
    room.page.versions.question.hide()
    shoot("life-signing")

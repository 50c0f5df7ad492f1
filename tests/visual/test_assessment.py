"""Pictures of the Assessment page of a report; looked at, not compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.case import write
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.records import Administration, Product, Report
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate
from aeapp.services.assessing import NewLabel
from forms.remembered import Remembered
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.shell import Shell
from forms.theme import Mode, Theme
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import a_report, at, second_event

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
LOOKS = [("light", 100), ("dark", 100), ("light", 200)]
NO_WAIT = Delays(pause=0, longest=0, preview=0)
PLACES = ("Today", "Session", "Patients", "Reports", "Outcomes", "Library", "Clinic")
pytestmark = [
    pytest.mark.screens,
    pytest.mark.parametrize(("mode", "percent"), LOOKS, ids=[f"{m}-{p}" for m, p in LOOKS]),
]


@pytest.fixture(scope="session")
def session_theme(qapp) -> Theme:
    return Theme(qapp)


@pytest.fixture
def bench(qapp, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()


@pytest.fixture
def room(  # noqa: PLR0917 - each part of a look is a fixture
    session_theme: Theme, mode: str, percent: int, qtbot: QtBot, bench: Bench, tmp_path: Path
) -> ReportRoom:
    """Return the place in a window as people see it."""
    session_theme.set_mode(Mode(mode))
    session_theme.set_percent(percent)
    made = ReportRoom(bench.desk(), delays=NO_WAIT)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    shell = Shell(session_theme, Remembered(tmp_path / "window.ini"), now=bench.app.context.now)
    for name in PLACES:
        shell.add_place(name.lower(), name, name.lower(), lambda: made)
    shell.set_clinic("Larkspur Ketamine Clinic", bench.app.folder)
    shell.set_user("Dana Reyes", "Prescriber")
    qtbot.addWidget(shell)
    shell.resize(1440, 900)
    shell.show_place("reports")
    shell.show()
    qtbot.waitExposed(shell)
    shell.activateWindow()
    bench.settle(qtbot)
    return made


@pytest.fixture
def shoot(
    room: ReportRoom, mode: str, percent: int, qtbot: QtBot, bench: Bench
) -> Callable[[str], None]:
    def take(name: str) -> None:
        for _ in range(3):
            bench.settle(qtbot)
            QTest.qWait(0)
        SCREENS.mkdir(parents=True, exist_ok=True)
        assert room.window().grab().save(str(SCREENS / f"assessment-{name}-{mode}-{percent}.png"))
        assert_accessible(room)

    return take


def opened(room: ReportRoom, bench: Bench, qtbot: QtBot, report: Report) -> ReportPage:
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    bench.settle(qtbot)
    page = room.page
    assert page is not None
    page.show_assessment()
    return page


def keys(room: ReportRoom, pressed: str) -> None:
    for key in pressed:
        focus = room.window().focusWidget()
        QTest.keyClicks(focus, key)


def paused(bench: Bench) -> Report:
    """Store a report of an event for which the infusion was paused, and a label to compare."""
    report = a_report(bench.app, verbatim="Nausea")
    case = bench.app.cases.gather(report.case_id)
    change = DoseChange(at=at("14:33"), change=InfusionChange.PAUSE)
    after = write(case, "administrations[0].changes", (change,))
    after = write(after, "events[0].ended", at("14:58"))
    bench.app.cases.save(case, after)
    bench.app.assessing.enter_label(
        NewLabel(
            product_id=case.products[0].id,
            name="US prescribing information",
            reactions="Nausea; transient, in the first hours\nVomiting\nDiplopia",
            dated=PartialDate(2024, 10),
        )
    )
    return report


def test_open_and_answered(room, shoot, bench, qtbot) -> None:
    page = opened(room, bench, qtbot, paused(bench))
    shoot("open")
    keys(room, "N4")
    keys(room, "1P1")
    shoot("answered")
    page.assessment.rows["rechallenge"].focus()
    shoot("answered-low")
    page.assessment.rows["situations"].focus()
    shoot("situations")


def test_the_naranjo_scale_and_a_new_label(room, shoot, bench, qtbot) -> None:
    page = opened(room, bench, qtbot, paused(bench))
    page.assessment.open_naranjo()
    keys(room, "yyyu")
    shoot("naranjo-open")
    keys(room, "nuunny")
    page.assessment.naranjo.focus_open()
    shoot("naranjo")
    page.assessment.rows["expectedness"].act.click()
    shoot("label")


def test_several_events_and_products(room, shoot, bench, qtbot) -> None:
    report = a_report(bench.app, verbatim="Nausea")
    second_event(bench.app, report, "Blood pressure increased")
    case = bench.app.cases.gather(report.case_id)
    other = bench.app.sessions.save(Product(name="Spravato"))
    bench.app.sessions.give(
        case.sessions[0],
        Administration(product_id=other.id, role=DrugRole.SUSPECT, started=at("13:40")),
    )
    opened(room, bench, qtbot, report)
    keys(room, "HO")
    shoot("several")
    room.window().resize(820, 900)
    shoot("several-narrow")

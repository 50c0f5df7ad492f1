"""Pictures of the place of reports in its states; looked at, not compared.

build/screens holds them after ``make screens``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp.domain.case import write
from aeapp.domain.codelists.clinic import Asker, Channel, Role
from aeapp.domain.codelists.safety import Race, Sex
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Report, Request, Sending
from aeapp.domain.records.request import AskedFor
from aeapp.domain.values import PartialDate
from forms.dialogs.export import Written
from forms.remembered import Remembered
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.shell import Shell
from forms.theme import Mode, Theme
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import NARRATIVE, a_report, a_serious_report

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
LOOKS = [("light", 100), ("dark", 100), ("light", 200)]
NO_WAIT = Delays(pause=0, longest=0, preview=0)
PLACES = ("Today", "Session", "Patients", "Reports", "Outcomes", "Library", "Clinic")
pytestmark = [
    pytest.mark.screens,
    pytest.mark.parametrize(("mode", "percent"), LOOKS, ids=[f"{m}-{p}" for m, p in LOOKS]),
]
LONG = "Ketamine hydrochloride injection, preservative-free, from a compounding pharmacy " * 2


@pytest.fixture(scope="session")
def session_theme(qapp) -> Theme:
    return Theme(qapp)


@pytest.fixture
def bench(qapp, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path, role=Role.PRESCRIBER)
    yield made
    made.close()


@pytest.fixture
def look(session_theme: Theme, mode: str, percent: int) -> Theme:
    session_theme.set_mode(Mode(mode))
    session_theme.set_percent(percent)
    return session_theme


@pytest.fixture
def room(look: Theme, qtbot: QtBot, bench: Bench, tmp_path: Path) -> ReportRoom:
    """Return the place in a window as people see it."""
    made = ReportRoom(bench.desk(), delays=NO_WAIT)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    shell = Shell(look, Remembered(tmp_path / "window.ini"), now=bench.app.context.now)
    for name in PLACES:
        shell.add_place(name.lower(), name, name.lower(), lambda: made)
    shell.set_clinic("Larkspur Ketamine Clinic", bench.app.folder)
    shell.set_user("Dana Reyes", "Nurse")
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
        assert room.window().grab().save(str(SCREENS / f"report-{name}-{mode}-{percent}.png"))
        assert_accessible(room)

    return take


def opened(room: ReportRoom, bench: Bench, qtbot: QtBot, report: Report) -> None:
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    bench.settle(qtbot)


def test_the_worklist(room, shoot, bench, qtbot) -> None:
    shoot("list-empty")
    a_serious_report(bench.app)
    room.worklist.reload()
    bench.settle(qtbot)
    room.focus_first()
    shoot("list")


def test_a_report(room, shoot, bench, qtbot) -> None:
    opened(room, bench, qtbot, a_serious_report(bench.app))
    page = room.page
    page.form.go_to("happening.seriousness")
    shoot("event")
    page.form.go_to("patient.code" if page.form.entry("patient.code") else "subject.identifier")
    page.preview.turn(1)
    shoot("marked")
    for key in [p.key for p in page.form.pages]:
        page.form.show_page(key)
        shoot(f"page-{key}")
    page.walk(1)
    page.walk(1)
    shoot("finding")
    page._on_list()
    shoot("findings-list")


def test_readiness_for_other_destinations(room, shoot, bench, qtbot) -> None:
    opened(room, bench, qtbot, a_serious_report(bench.app))
    page = room.page
    page.head.destination.chosen.emit("ind")
    shoot("ready-ind")
    page.ready.score.toggle.click()
    shoot("ready-score")
    page.ready.score.toggle.click()
    page.ready.chosen.emit("fda3500")
    warning = next(f for f in page.list.model().findings if f.code == "V27")
    page.ready.show_finding(warning)
    page.ready.aside_asked.emit(warning)
    shoot("aside-asked")
    page.aside_strip._answer("checked, it is right")
    qtbot.waitUntil(lambda: any(f.aside for f in page.list.model().findings))
    page.ready.show_finding(next(f for f in page.list.model().findings if f.aside))
    shoot("aside-set")


def test_a_report_that_could_not_be_checked(room, shoot, bench, qtbot) -> None:
    opened(room, bench, qtbot, a_serious_report(bench.app))
    room.page._on_unchecked(KeyError())
    shoot("unchecked")
    room.page._on_list()
    shoot("unchecked-list")


def test_items_that_were_changed_elsewhere_too(room, shoot, bench, qtbot) -> None:
    report = a_serious_report(bench.app)
    opened(room, bench, qtbot, report)
    room.page.form.answer("patient.race", NullFlavor.ASKU)
    room.page.form.answer("patient.sex", NullFlavor.UNK)
    room.flush()
    bench.settle(qtbot)
    case = bench.app.cases.gather(report.case_id)
    theirs = write(case, "patient.race", frozenset({Race.WHITE, Race.ASIAN}))
    bench.app.cases.save(case, write(theirs, "patient.sex", Sex.FEMALE))
    room._open(report.id)
    bench.settle(qtbot)
    room.page.form.show_page("A")
    room.page.notice.acted.emit()
    shoot("conflict")


def test_help_and_keys(room, shoot, bench, qtbot) -> None:
    opened(room, bench, qtbot, a_serious_report(bench.app))
    room.page.form.go_to("filer.phone")
    QTest.keyClick(room.window().focusWidget(), Qt.Key.Key_F1)
    shoot("help")
    QTest.keyClick(
        room.window().focusWidget(), Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier
    )
    shoot("keys")
    QTest.keyClick(room.window().focusWidget(), Qt.Key.Key_Escape)
    QTest.keyClick(room.window().focusWidget(), Qt.Key.Key_Alt)
    shoot("menus")
    room.window().menus.go()


def test_an_empty_report(room, shoot, bench, qtbot) -> None:
    report = a_report(bench.app)
    case = bench.app.cases.gather(report.case_id)
    after = write(case, "case.types", None)
    after = write(after, "filer.last_name", None)
    after = write(after, "patient.code", None)
    bench.app.cases.save(case, after)
    opened(room, bench, qtbot, report)
    shoot("empty")


def test_the_longest_texts(room, shoot, bench, qtbot) -> None:
    report = a_serious_report(bench.app)
    case = bench.app.cases.gather(report.case_id)
    after = write(case, "case.narrative", "\n\n".join([NARRATIVE] * 30))
    after = write(after, "case.title", LONG)
    after = write(after, "suspects[0].product.name", LONG)
    bench.app.cases.save(case, after)
    opened(room, bench, qtbot, report)
    room.page.form.show_page("B")
    shoot("long-B")
    room.page.form.show_page("D1")
    shoot("long-D1")


def test_work_that_came_back_and_a_wrong_entry(room, shoot, bench, qtbot) -> None:
    report = a_serious_report(bench.app)
    opened(room, bench, qtbot, report)
    editor = room.page.form._editor
    editor.enter("happening.onset", "31 Feb 2026")
    editor.enter("patient.code", "P-0398-B")
    room.flush()
    bench.settle(qtbot)
    room._open(report.id)
    bench.settle(qtbot)
    room.page.form.show_page("B")
    shoot("restored")


def test_a_window_of_medium_width(room, shoot, bench, qtbot) -> None:
    opened(room, bench, qtbot, a_serious_report(bench.app))
    room.window().resize(1080, 760)
    room.page.form.show_page("G")
    shoot("medium")


def test_a_document_that_was_written(room, shoot, bench, qtbot, tmp_path) -> None:
    bench.ask = Answers(path=tmp_path / "KC-2026-000001-3500-1.pdf")
    again = ReportRoom(bench.desk(), delays=NO_WAIT)
    shell = room.window()
    shell.add_place("again", "Reports", "reports", lambda: again)
    shell.show_place("again")
    opened(again, bench, qtbot, a_serious_report(bench.app))
    with qtbot.waitSignal(again.page.export_strip.exported, timeout=20_000):
        again.page.exports.write(Written.PAGES)
    shoot("exported")


def test_the_log_of_sending(room, shoot, bench, qtbot) -> None:
    report = a_serious_report(bench.app)
    opened(room, bench, qtbot, report)
    room.page.show_log()
    bench.settle(qtbot)
    QTest.keyClicks(room.window().focusWidget(), "r1c")
    shoot("decide")
    QTest.keyClicks(room.window().focusWidget(), "2")
    QTest.keyClick(room.window().focusWidget(), Qt.Key.Key_Return)
    bench.settle(qtbot)
    now = bench.app.context.minute()
    call = Sending(channel=Channel.PHONE, at=now, person="M. Ortiz", reference="FD4711")
    bench.app.sending.record(report.id, call)
    asked = AskedFor(question="Course and outcome of the event")
    wished = Request(
        asker=Asker.FDA, number="FDA-12", wished=PartialDate(2026, 11, 30), questions=(asked,)
    )
    bench.app.sending.take(report.id, wished)
    room.page.log.refresh()
    room.page.show_log()
    shoot("log")
    room.page.log.ask(None)
    shoot("log-sending")
    room.page.log.form.hide()
    room.page.log.ask_request()
    shoot("log-request")

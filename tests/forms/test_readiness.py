"""The report says for each destination how ready it is, and a warning gives way to a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aeapp import formspecs
from aeapp.domain.case import Case
from aeapp.domain.case import settle as settled
from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.destinations import CIOMS, DESTINATIONS, FDA3500, IND
from aeapp.domain.findings import Context, Finding, Severity, find_problems
from aeapp.domain.records import CaseFile
from aeapp.domain.records.device import Device
from aeapp.domain.rules.assessing import OF_ASSESSMENT
from aeapp.services.app import App
from forms.findings_panel import FindingsStrip, Mending
from forms.form_plan import plan
from forms.form_state import places
from forms.life.page import MENDED_HERE
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from tests.domain import test_rules_destinations as by_destination
from tests.domain import test_rules_fda3500 as by_form
from tests.factories import TODAY
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_room import open_report_room, settle

FORM = formspecs.form("fda3500")


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> ReportRoom:
    """Return the place with a report that was opened and checked."""
    return open_report_room(qtbot, bench)


@pytest.fixture
def page(room: ReportRoom) -> ReportPage:
    """Return the report."""
    assert room.page is not None
    return room.page


def words(page: ReportPage, destination: str) -> str:
    """Return the words beside a destination."""
    return page.ready.lines.rows[destination].words.text()


def found(page: ReportPage, code: str) -> Finding:
    """Return the first finding with that number."""
    return next(f for f in page._findings if f.code == code)  # noqa: SLF001 - as it shows them


def press(page: ReportPage, key: Qt.Key) -> None:
    """Press a key on the finding that is shown."""
    page.ready.card.setFocus()
    QTest.keyClick(page.ready.card, key)


def test_each_destination_has_a_line_in_card_and_head(page: ReportPage) -> None:
    assert words(page, FDA3500).startswith("can go, ")
    assert words(page, "rems") == "does not apply"
    assert page.head.destination.count() == len(DESTINATIONS)
    assert page.head.destination.currentText() == f"Form FDA 3500: {words(page, FDA3500)}"
    assert "findings are shown" in page.ready.lines.rows[FDA3500].accessibleName()
    assert_accessible(page)


def test_another_destination_shows_its_own_findings_and_numbers(
    qtbot: QtBot, page: ReportPage
) -> None:
    QTest.mouseClick(page.ready.lines.rows[CIOMS], Qt.MouseButton.LeftButton)

    assert page.head.destination.currentData() == CIOMS
    shown = {f.shown for f in page._findings}  # noqa: SLF001 - as it shows them
    assert shown <= {"", *(n for n in (DESTINATIONS[CIOMS].numbers or {}).values() if n)}

    page.head.destination.setCurrentIndex(page.head.destination.findData(IND))
    page.head.destination.activated.emit(page.head.destination.currentIndex())

    assert found(page, "IN1").severity is Severity.BLOCKS
    assert "IND safety report" in page.strip.first[Severity.BLOCKS].text()
    page.go_to(found(page, "IN1"))
    assert page.places.current is page.assessment

    page.head.destination.chosen.emit("fda3500a-facility")
    # The rule is about the whole report; no item of the form is named.
    assert page.strip.first[Severity.BLOCKS].text() == "blocks 3500A, user facility: V17"


@pytest.mark.parametrize("path", sorted(MENDED_HERE))
def test_what_a_step_of_the_report_sets_is_mended_among_the_versions(
    page: ReportPage, path: str
) -> None:
    page.go_to(Finding(path=path, code="V31", severity=Severity.WARNS, text="Tell.", item=""))

    assert page.places.current is page.versions
    assert page.versions.hasFocus()


def test_a_narrow_line_names_an_item_by_its_number(qtbot: QtBot) -> None:
    strip = FindingsStrip("CIOMS I")
    qtbot.addWidget(strip)
    missing = Finding(path="x", code="V3", severity=Severity.BLOCKS, text="Tell.", item="B5")
    strip.show_findings((missing,), lambda _finding: Mending(name="Describe Event (B5)"))
    assert strip.first[Severity.BLOCKS].text() == "blocks CIOMS I: Describe Event (B5)"

    strip.show_width(80)

    assert strip.first[Severity.BLOCKS].text() == "blocks CIOMS I: B5"


def test_a_warning_is_set_aside_with_a_reason_and_warns_again(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    before = words(page, FDA3500)
    page.ready.show_finding(found(page, "V27"))
    press(page, Qt.Key.Key_S)
    assert page.aside_strip.isVisible()
    page.aside_strip.words.setText("told by telephone, see the call")
    QTest.keyClick(page.aside_strip.words, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: words(page, FDA3500) != before)
    note = found(page, "V27")
    assert (note.severity, note.aside) == (Severity.INFORMS, "told by telephone, see the call")

    page.ready.show_finding(note)
    assert "set aside" in page.ready.card.accessibleName()
    press(page, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: words(page, FDA3500) == before)

    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: words(page, FDA3500) != before)
    assert found(page, "V27").aside


def test_an_aside_is_stored_with_who_and_when_and_stands_in_the_trail(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    page.asides.ask(found(page, "V27"))
    page.aside_strip.answered.emit("checked")
    page._on_save()  # noqa: SLF001 - as the button does
    settle(bench, qtbot)

    case = stored(bench.app)
    (kept,) = case.case.asides
    assert (kept.rule, kept.reason, kept.by) == ("V27", "checked", bench.app.who.name)
    assert kept.at is not None
    with bench.app.context.new_uow() as uow:
        told = str(uow.trail.of("case", case.case.id)[-1].content)
    assert "checked" in told
    assert "V27" in told


def stored(app: App) -> Case:
    """Return the case as it is stored."""
    (line,) = app.cases.report_lines(app.cases.report_ids())
    return app.cases.gather(line.case_id, line.id)


def test_what_blocks_offers_no_way_to_be_set_aside(page: ReportPage) -> None:
    page.ready.chosen.emit(IND)
    page.ready.show_finding(found(page, "IN1"))

    press(page, Qt.Key.Key_S)

    assert page.aside_strip.isHidden()


def test_a_reason_for_a_warning_that_went_meanwhile_changes_nothing(page: ReportPage) -> None:
    page.asides.ask(found(page, "V27"))
    page._findings = ()  # noqa: SLF001 - as after a check

    page.aside_strip.answered.emit("late")

    assert page._work.case.case.asides == ()  # noqa: SLF001 - what the page edits


def test_the_completeness_score_says_what_is_missing_and_leads_there(page: ReportPage) -> None:
    score = page.ready.score
    assert score.missing.isHidden()

    score.toggle.click()
    assert score.missing.isVisible()
    score.go_asked.emit("events[0].outcome")

    assert page.form.current == "events"
    score.toggle.click()
    assert score.missing.isHidden()


FAILING = [
    *((code, by_form.changed(changes)) for code, changes, _ in by_form.FAILING),
    *(
        (code, by_destination.changed(to, changes))
        for code, to, changes, _ in by_destination.FAILING
        if to == FDA3500
    ),
]


@pytest.mark.parametrize(("code", "case"), FAILING)
def test_every_finding_of_the_form_has_a_place_where_it_is_mended(code: str, case: Case) -> None:
    pages = plan(FORM, case)
    where, buttons = places(case, pages), {k for p in pages for k in p.mends}

    for finding in find_problems(case, FDA3500, Context(today=TODAY)):
        if finding.code == code:
            assert (
                where.of(finding)
                or (finding.code, finding.path) in buttons
                or finding.code in OF_ASSESSMENT
                or finding.path in MENDED_HERE
            ), finding


@pytest.mark.parametrize(("device", "mended"), [(Device(), True), (Device(model="pump 7"), False)])
def test_a_case_without_product_and_device_is_mended_by_adding_a_product(
    device: Device, *, mended: bool
) -> None:
    # As a near miss is begun: an error that reached nobody.
    case = settled(Case(case=CaseFile(types=frozenset({ReportType.ERROR}), device=device)))

    mends = [key for page in plan(FORM, case) for key in page.mends]

    assert (("V3", "case.device.brand") in mends) is mended

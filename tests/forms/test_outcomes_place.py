"""The outcomes place: asked by keys, every figure with its people, printed within its bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.outcomes.ladder import Step
from aeapp.services.app import App
from forms.outcomes_place import OutcomesPlace
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.cohort import SERIOUS, event, keep, person, phq
from tests.helpers.desk import Bench, Keyboard, open_bench

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


def cohort(app: App) -> None:
    """Keep 30 people on an infusion, 24 with an outcome, and 6 on a spray."""
    drip = person(app, [f"D{n:02}" for n in range(30)], indication="Depression", prescriber="A")
    spray = person(app, [f"N{n}" for n in range(6)], route=SessionRoute.NASAL, prescriber="B")
    keep(
        app, [phq(patient, 0, 18, ninth=2 if n < 12 else 0) for n, (patient, _s) in enumerate(drip)]
    )
    keep(
        app,
        [
            phq(patient, 20, 8 if n < 15 else 17, ninth=0)
            for n, (patient, _s) in enumerate(drip[:24])
        ],
    )
    keep(app, [
        *(event(patient, session, "nausea", Severity.MILD) for patient, session in drip[:8]),
        *(event(patient, session, "dissociation", Severity.SEVERE) for patient, session in spray),
        event(*drip[0], "blood pressure increased", Severity.SEVERE, seriousness=SERIOUS),
    ])  # fmt: skip


def opened(qtbot: QtBot, bench: Bench) -> OutcomesPlace:
    """Return the place, shown and read."""
    place = OutcomesPlace(bench.desk())
    qtbot.addWidget(place)
    place.resize(1360, 900)
    place.show()
    with qtbot.waitActive(place):
        place.activateWindow()
    bench.settle(qtbot)
    return place


def test_the_quarter_is_seen_asked_and_printed_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path)
    cohort(bench.app)
    out = tmp_path / "quarter.pdf"
    bench.ask = Answers(path=out)
    place, keys = opened(qtbot, bench), Keyboard()

    assert [rung.count for rung in place.ladder.rows] == [36, 36, 30, 30, 24, 24]
    assert place.plot.rows[0].counts == "15 / 24"
    assert place.figures.warning.text() == "6 of 30 (20 %) have no outcome. Read the range too."
    assert "Response" in place.plot.accessibleDescription()
    assert_accessible(place)

    # Who stands behind a figure.
    place.plot.setFocus()
    keys.press(place.plot, DOWN)
    keys.press(place.plot, ENTER)
    bench.settle(qtbot)
    assert place.people.title.text() == "Remission: 0 people"
    keys.press(place.people.list, Qt.Key.Key_Escape)
    assert place.people.isHidden()

    # Narrowed to a route.
    place.question.route.setCurrentIndex(place.question.route.findData(SessionRoute.NASAL))
    bench.settle(qtbot)
    assert place.ladder.rows[0].count == 6
    assert place.harm.rows[0].term == "Dissociation"
    place.question.route.setCurrentIndex(0)
    keys.press(place, "q")
    bench.settle(qtbot)
    assert place._pages.currentIndex() == 2  # noqa: SLF001 - nobody in this quarter
    keys.press(place, "l")
    bench.settle(qtbot)

    # The page, then the file.
    with qtbot.waitSignal(place.preview.drawn, timeout=20_000):
        keys.press(place, (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_P))
    assert place.preview.pages == 2
    keys.press(place.write, ENTER)
    bench.settle(qtbot)
    assert out.is_file()
    assert "quarter.pdf, 2 pages" in place.strip.words.text()
    bench.settle(qtbot)
    bench.close()


def test_listings_are_written_and_reports_compared_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path)
    cohort(bench.app)
    bench.ask = Answers(path=tmp_path / "events")
    place, keys = opened(qtbot, bench), Keyboard()

    # The routes side by side, then a listing of the period, then products against terms.
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_B))
    bench.settle(qtbot)
    assert [(g.name, g.page.ladder.at(Step.COUNTED)) for g in place.groups.table.lines] == [
        ("IV infusion", 24), ("Nasal", 0),
    ]  # fmt: skip
    assert_accessible(place)
    keys.press(place, "4")
    bench.settle(qtbot)
    assert [group.name for group in place.groups.table.lines] == ["A", "B"]
    keys.press(place, Qt.Key.Key_Escape)
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_T))
    keys.press(place.tables.write, ENTER)
    bench.settle(qtbot)
    assert (tmp_path / "events.xlsx").is_file()
    assert place.tables.strip.words.text().startswith("Written: events.xlsx, ")
    keys.press(place.tables, Qt.Key.Key_Escape)
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_G))
    bench.settle(qtbot)
    assert place.signals.counted.text().startswith("14 cases, 3 pairs")
    assert_accessible(place)
    bench.ask.path = tmp_path / "set.csv"  # type: ignore[attr-defined]
    bench.ask.path.write_text("case,product,role,term\n1,X,PS,Rash\n", encoding="utf-8")
    keys.press(place, (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_R))
    bench.settle(qtbot)
    assert [pair.term for pair in place.signals.table.lines] == ["Rash"]
    keys.press(place.signals, Qt.Key.Key_Escape)
    bench.close()


def test_the_people_of_one_figure_are_never_mixed_with_those_of_another(
    qtbot: QtBot, tmp_path: Path
) -> None:
    bench = open_bench(tmp_path)
    cohort(bench.app)
    place = opened(qtbot, bench)
    people, everybody = place.people, sorted(bench.app.patients.ids())

    def shown() -> int:
        return people.list.count()

    people.show_people("First", everybody[:5])
    people.show_people("Second", everybody[5:8])
    bench.settle(qtbot)
    assert (people.title.text(), shown()) == ("Second: 3 people", 3)
    assert people.list.hasFocus()

    # The figures are others now.
    place.refresh()
    assert people.isHidden()
    assert place.plot.hasFocus()
    people.show_people("Third", everybody[:2])
    place.refresh()
    bench.settle(qtbot)
    assert (people.isHidden(), shown()) == (True, 0)
    bench.close()


def test_esc_goes_back_from_every_page_also_where_people_were_shown_before(
    qtbot: QtBot, tmp_path: Path
) -> None:
    bench = open_bench(tmp_path)
    cohort(bench.app)
    place, keys = opened(qtbot, bench), Keyboard()
    everybody = bench.app.patients.ids()
    figures = place._pages.currentWidget()  # noqa: SLF001 - what is on the screen
    for show in (place.show_tables, place.show_signals, place.show_paper):
        place.people.show_people("Some", everybody[:5])
        bench.settle(qtbot)
        show()
        bench.settle(qtbot)
        assert place.people.isHidden()
        keys.press(place, Qt.Key.Key_Escape)
        assert place._pages.currentWidget() is figures  # noqa: SLF001 - as above
    bench.close()


def test_what_came_on_record_since_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    bench = open_bench(tmp_path)
    cohort(bench.app)
    place = opened(qtbot, bench)
    chosen = place.question.prescriber
    chosen.setCurrentIndex(chosen.findData("B"))
    bench.settle(qtbot)
    assert chosen.findData("C") < 0

    person(bench.app, ["X1"], prescriber="C")
    place.refresh()
    bench.settle(qtbot)
    assert chosen.findData("C") > 0
    assert chosen.currentData() == "B"
    assert place.ladder.rows[0].count == 6
    bench.close()

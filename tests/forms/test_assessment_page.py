"""The Assessment page on a real clinic: one key an answer, and whose answer it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aeapp.domain.assessment.naranjo import POINTS
from aeapp.domain.case import Case, write
from aeapp.domain.codelists.assessment import (
    Causality,
    CausalityMethod,
    Expectedness,
    SpecialSituation,
)
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.codelists.safety import ActionTaken, Challenge, DrugRole, Outcome, Seriousness
from aeapp.domain.codelists.safety import Severity as Grade
from aeapp.domain.codelists.session import InfusionChange
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Assessment, Product, Report
from aeapp.domain.records.administration import DoseChange
from aeapp.domain.values import PartialDate
from aeapp.services.assessing import NewLabel
from forms.assessment.page import AssessmentPage
from forms.assessment.questions import QUESTIONS, after_press, options_of
from forms.report_page import ReportPage
from forms.report_room import ReportRoom
from forms.report_work import Delays
from forms.widgets.checks import NONE_OF_THESE
from tests.helpers.accessibility import assert_accessible
from tests.helpers.desk import Bench, open_bench
from tests.helpers.report_case import a_report, a_serious_report, at, second_event
from tests.helpers.report_room import settle
from tests.helpers.terminologies import ctcae_csv

NO_WAIT = Delays(pause=0, longest=0, preview=0)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qapp: object, tmp_path: Path) -> Iterator[Bench]:
    made = open_bench(tmp_path)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def report(bench: Bench) -> Report:
    """Store a report of an event for which the infusion was paused."""
    report = a_report(bench.app, verbatim="Nausea")
    case = bench.app.cases.gather(report.case_id)
    change = DoseChange(at=at("14:33"), change=InfusionChange.PAUSE)
    after = write(case, "administrations[0].changes", (change,))
    bench.app.cases.save(case, write(after, "events[0].ended", at("14:58")))
    return report


@pytest.fixture
def room(qtbot: QtBot, bench: Bench) -> ReportRoom:
    made = ReportRoom(bench.desk(), delays=NO_WAIT)
    qtbot.addWidget(made)
    bench.room_of_test = made  # type: ignore[attr-defined]  # Python alone keeps it alive
    made.resize(1440, 820)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def opened(qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report) -> ReportPage:
    with qtbot.waitSignal(room.shown):
        room.open_report(report.id)
    settle(bench, qtbot)
    assert room.page is not None
    return room.page


@pytest.fixture
def page(qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report) -> ReportPage:
    return opened(qtbot, bench, room, report)


@pytest.fixture
def asked(page: ReportPage) -> AssessmentPage:
    return page.assessment


def focus_of(page: QWidget) -> QWidget:
    focus = page.window().focusWidget()
    assert focus is not None
    return focus


def keys(page: QWidget, pressed: str) -> None:
    for key in pressed:
        QTest.keyClicks(focus_of(page), key)


def press(page: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(focus_of(page), key, modifier or Qt.KeyboardModifier.NoModifier)


def question_in_focus(page: ReportPage) -> str:
    focus = focus_of(page)
    rows = page.assessment.rows
    return next((name for name, row in rows.items() if row.isAncestorOf(focus)), "")


def case_of(page: ReportPage) -> Case:
    return page.form._editor.model  # noqa: SLF001 - what the editor holds is what is asked


def stored(bench: Bench, report: Report) -> Case:
    return bench.app.cases.gather(report.case_id, report.id)


# --- one key an answer


def test_a_report_whose_event_nobody_assessed_opens_on_the_assessment(page: ReportPage) -> None:
    assert page.places.current is page.assessment
    assert question_in_focus(page) == "seriousness"


def test_an_assessed_report_opens_on_the_form(qtbot: QtBot, bench: Bench, room: ReportRoom) -> None:
    page = opened(qtbot, bench, room, a_serious_report(bench.app))

    assert page.places.current is not page.assessment


def test_an_event_that_is_not_serious_is_assessed_with_five_keys(
    qtbot: QtBot, bench: Bench, page: ReportPage, report: Report
) -> None:
    keys(page, "N11P1")
    page._work.save()  # noqa: SLF001 - Ctrl+S does the same
    settle(bench, qtbot)

    case = stored(bench, report)
    (event,), (opinion,) = case.events, case.assessments
    assert event.seriousness == frozenset()
    assert event.assessed_by == "Dana Reyes"
    assert (event.action_taken, event.outcome) == (ActionTaken.WITHDRAWN, Outcome.RECOVERED)
    assert opinion.category is Causality.PROBABLE
    assert opinion.method is CausalityMethod.WHO_UMC
    assert opinion.expectedness is Expectedness.LISTED
    assert (opinion.assessor, opinion.assessor_role) == ("Dana Reyes", Role.NURSE)
    assert opinion.assessed_at == bench.app.context.minute()
    assert question_in_focus(page) == "dechallenge"


def test_several_criteria_are_ticked_and_enter_goes_on(page: ReportPage) -> None:
    keys(page, "OL")

    assert case_of(page).events[0].seriousness == {
        Seriousness.OTHER,
        Seriousness.LIFE_THREATENING,
    }
    assert question_in_focus(page) == "seriousness"
    press(page, Qt.Key.Key_Return)
    assert question_in_focus(page) == "action_taken"


def test_every_category_has_its_letter(page: ReportPage, asked: AssessmentPage) -> None:
    for letter, category in zip("CPOUNX", Causality, strict=True):
        asked.rows["category"].focus()
        keys(page, letter)
        assert case_of(page).assessments[0].category is category
        assert "All must hold" in asked.rows["category"].facts


def test_a_second_press_clears_the_answer_and_with_the_last_one_the_name(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["category"].focus()
    keys(page, "P")
    asked.rows["category"].focus()
    keys(page, "P")

    (opinion,) = case_of(page).assessments
    assert (opinion.category, opinion.method) == (None, None)
    assert (opinion.assessor, opinion.assessed_at) == (None, None)


def test_unknown_is_not_none_of_these(page: ReportPage) -> None:
    keys(page, "U")

    assert case_of(page).events[0].seriousness is NullFlavor.UNK
    assert page.assessment.rows["seriousness"].value is NullFlavor.UNK


def test_undo_takes_an_opinion_back_whole_and_redo_gives_it_again(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["category"].focus()
    keys(page, "P")
    press(page, Qt.Key.Key_Z, CONTROL)

    assert case_of(page).assessments == ()
    assert asked.rows["category"].value is None
    assert page.places.current is asked
    press(page, Qt.Key.Key_Y, CONTROL)
    assert case_of(page).assessments[0].category is Causality.PROBABLE


def test_undo_of_a_field_of_the_form_shows_the_form(page: ReportPage) -> None:
    page.form.answer("patient.race", NullFlavor.UNK)
    page.show_assessment()
    press(page, Qt.Key.Key_Z, CONTROL)

    assert case_of(page).patient.race is None
    assert page.places.current is not page.assessment


def test_undo_of_an_answer_shows_its_question(page: ReportPage, asked: AssessmentPage) -> None:
    keys(page, "N1")
    press(page, Qt.Key.Key_Z, CONTROL)

    assert case_of(page).events[0].action_taken is None
    assert question_in_focus(page) == "action_taken"


def test_an_opinion_survives_a_crash_with_its_undo(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, report: Report
) -> None:
    page.assessment.rows["category"].focus()
    keys(page, "P1")
    room.flush()
    settle(bench, qtbot)
    assert stored(bench, report).assessments == ()

    room._open(report.id)  # noqa: SLF001 - without leaving the page, as after a crash
    settle(bench, qtbot)
    again = room.page
    assert again is not None
    (opinion,) = case_of(again).assessments
    assert (opinion.category, opinion.expectedness) == (Causality.PROBABLE, Expectedness.LISTED)
    again._on_undo()  # noqa: SLF001 - the keys of the page before it may still be there
    assert case_of(again).assessments[0].expectedness is None


# --- what the records say


def test_severity_has_its_own_row_with_the_general_grades_and_does_not_make_it_serious(
    page: ReportPage, asked: AssessmentPage
) -> None:
    row = asked.rows["severity"]
    assert row.facts.startswith("Grade 2, in general: ")
    row.focus()
    # Once more clears it: then what all of them mean is read.
    keys(page, "2")
    assert "3  medically significant" in row.facts
    row.focus()
    keys(page, "3")

    assert case_of(page).events[0].severity is Grade.SEVERE
    assert row.facts.startswith("Grade 3, in general: medically significant")
    assert case_of(page).events[0].seriousness is None


def test_severity_shows_what_the_loaded_edition_says_of_the_event(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report, tmp_path: Path
) -> None:
    grades = tmp_path / "c.csv"
    grades.write_bytes(ctcae_csv().replace(b"Hypertension", b"Nausea"))
    terms = bench.app.terminologies
    terms.load(terms.plan(TerminologyName.CTCAE, grades))
    page = opened(qtbot, bench, room, report)
    settle(bench, qtbot)

    assert page.assessment.rows["severity"].facts == ""
    assert page.assessment.grades.texts()[0] == "Grade 2 says:"
    page.assessment.rows["severity"].focus()
    keys(page, "3")
    assert page.assessment.grades.texts() == ["Grade 3 says:", "CTCAE 7.5: Far up"]


def test_the_time_to_onset_is_there_to_the_minute(page: ReportPage, asked: AssessmentPage) -> None:
    assert "42 min from the last dose, 23-Nov-2026 13:50" in asked._onset.text()  # noqa: SLF001


def test_the_records_offer_the_challenges_and_a_person_takes_them(
    page: ReportPage, asked: AssessmentPage
) -> None:
    row = asked.rows["dechallenge"]
    assert row.value is None, "an offer is no answer"
    assert "The records say: Yes." in row.facts
    assert "paused, 23-Nov-2026 14:33" in row.facts
    row.focus()
    keys(page, "T")

    assert case_of(page).events[0].dechallenge is Challenge.YES
    assert question_in_focus(page) == "rechallenge"
    keys(page, "T")
    assert case_of(page).events[0].rechallenge is Challenge.NOT_APPLICABLE
    assert not row.take.isVisibleTo(row)


def test_what_a_person_states_stands_and_the_difference_is_said(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["dechallenge"].focus()
    keys(page, "N")

    assert case_of(page).events[0].dechallenge is Challenge.NO
    assert asked.rows["dechallenge"].note == "Stated here; the records say: Yes."


def test_a_dose_of_a_later_session_makes_it_a_rechallenge(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report
) -> None:
    case = stored(bench, report)
    later = bench.app.sessions.start(case.patient.id)
    bench.app.sessions.give(
        later, Administration(product_id=case.products[0].id, started=at("20:00"))
    )
    page = opened(qtbot, bench, room, report)

    facts = page.assessment.rows["rechallenge"].facts
    assert "The records say: No. The product was given again, 23-Nov-2026 20:00." in facts


# --- the label


def a_label(bench: Bench, product_id: str, reactions: str = "Nausea") -> None:
    bench.app.assessing.enter_label(
        NewLabel(
            product_id=product_id,
            name="US prescribing information",
            reactions=reactions,
            dated=PartialDate(2024, 10),
        )
    )


def test_the_label_offers_and_its_date_stays_with_the_answer(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report
) -> None:
    a_label(bench, stored(bench, report).products[0].id)
    page = opened(qtbot, bench, room, report)
    row = page.assessment.rows["expectedness"]
    assert row.facts == "US prescribing information, Oct-2024 lists “Nausea”."
    row.focus()
    keys(page, "T")

    (opinion,) = case_of(page).assessments
    assert opinion.expectedness is Expectedness.LISTED
    assert opinion.label == "US prescribing information, Oct-2024"
    row.focus()
    keys(page, "3")
    assert case_of(page).assessments[0].label is None


def test_a_label_in_other_words_offers_nothing(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report
) -> None:
    a_label(bench, stored(bench, report).products[0].id, "Queasy")
    row = opened(qtbot, bench, room, report).assessment.rows["expectedness"]

    assert "compare the two" in row.facts
    assert not row.take.isVisibleTo(row)


def test_a_label_is_entered_beside_the_questions(
    qtbot: QtBot, bench: Bench, page: ReportPage, asked: AssessmentPage
) -> None:
    assert asked.rows["expectedness"].facts == "No label of this product is stored."
    asked.rows["expectedness"].focus()
    keys(page, "J")
    card = asked.label_card
    assert card.isVisibleTo(page)
    QTest.keyClicks(focus_of(page), "Package insert")
    card.fields["dated"].entered.emit("Oct-2024")
    card.reactions.setPlainText("Vomiting\nNausea; at first")
    press(page, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    settle(bench, qtbot)

    assert not card.isVisibleTo(page)
    assert asked.rows["expectedness"].facts == (
        "Package insert, Oct-2024 lists “Nausea”. The label says: at first."
    )
    assert question_in_focus(page) == "expectedness"


def test_a_label_without_reactions_or_with_an_unreadable_date_stays_to_be_mended(
    qtbot: QtBot, bench: Bench, page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["expectedness"].act.click()  # type: ignore[union-attr]
    card = asked.label_card
    card.fields["dated"].entered.emit("Smarch 2024")
    card.save.click()
    assert card.note.text.startswith("Correct the date")
    card.fields["dated"].chosen.emit(None)
    card.save.click()
    settle(bench, qtbot)

    assert card.note.text.startswith("Name the label")
    assert card.isVisibleTo(page)
    assert bench.app.assessing.labels(case_of(page).products[0].id) == ()
    press(page, Qt.Key.Key_Escape)
    assert not card.isVisibleTo(page)


# --- Naranjo


def test_the_naranjo_scale_is_answered_key_by_key_with_points_and_sum(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["category"].focus()
    keys(page, "J")
    assert asked.naranjo.words == "No total yet: 0 of 10 answered"
    keys(page, "yyy")
    assert [asked.naranjo.points(q) for q in POINTS][:4] == ["+1", "+2", "+1", "–"]
    keys(page, "unuuuuy")

    assert asked.naranjo.words == "Total +7: Probable"
    assert case_of(page).assessments[0].category is None, "a sum decides nothing"
    keys(page, "T")
    (opinion,) = case_of(page).assessments
    assert (opinion.category, opinion.method) == (Causality.PROBABLE, CausalityMethod.NARANJO)
    assert question_in_focus(page) == "category"
    assert not asked.naranjo.isVisibleTo(page)


def test_a_cleared_answer_leaves_no_total_and_the_category_is_questioned(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.open_naranjo()
    keys(page, "yyyunuuuuyT")
    asked.open_naranjo()
    keys(page, "y")

    assert case_of(page).assessments[0].naranjo.q1 is None
    assert asked.naranjo.words == "No total yet: 9 of 10 answered"
    assert asked.rows["category"].note == "The Naranjo total is not complete any more."
    asked._answering.category_of_total(asked.pair)  # type: ignore[arg-type]  # noqa: SLF001
    assert case_of(page).assessments[0].category is Causality.PROBABLE


def test_escape_closes_the_scale_and_gives_the_question_back(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.open_naranjo()
    press(page, Qt.Key.Key_Escape)

    assert question_in_focus(page) == "category"
    assert not asked.naranjo.isVisibleTo(page)


# --- several people, events, products


def test_the_opinion_of_another_person_is_shown_and_never_changed(
    qtbot: QtBot, bench: Bench, room: ReportRoom, report: Report
) -> None:
    case = stored(bench, report)
    theirs = Assessment(
        id="theirs",
        case_id=case.case.id,
        event_id=case.events[0].id,
        product_id=case.products[0].id,
        category=Causality.UNLIKELY,
        method=CausalityMethod.WHO_UMC,
        expectedness=Expectedness.NOT_LISTED,
        label="Label of 2024",
        assessor="Another Person",
        assessor_role=Role.PRESCRIBER,
        assessed_at=at("15:00"),
    )
    bench.app.cases.save(case, replace(case, assessments=(theirs,)))
    page = opened(qtbot, bench, room, report)
    rows = page.assessment.rows

    assert rows["category"].value is None
    assert rows["category"].facts == (
        "Also: Unlikely. In the opinion of Another Person (Prescriber), "
        "23-Nov-2026 15:00, by WHO-UMC."
    )
    assert "Also, by Another Person: Not listed in the label, Label of 2024." in (
        rows["expectedness"].facts
    )
    rows["category"].focus()
    keys(page, "C")
    assert [a.category for a in case_of(page).assessments] == [
        Causality.UNLIKELY,
        Causality.CERTAIN,
    ]


@pytest.fixture
def two_by_two(bench: Bench, report: Report) -> Report:
    second_event(bench.app, report, "Blood pressure increased")
    other = bench.app.sessions.save(Product(name="Spravato"))
    bench.app.sessions.give(
        stored(bench, report).sessions[0],
        Administration(product_id=other.id, role=DrugRole.SUSPECT, started=at("13:40")),
    )
    return report


def test_each_pair_of_event_and_product_is_assessed_by_itself(
    qtbot: QtBot, bench: Bench, room: ReportRoom, two_by_two: Report
) -> None:
    page = opened(qtbot, bench, room, two_by_two)
    picker = page.assessment.picker
    assert [len(row.buttons) for row in picker.rows] == [2, 2]
    page.assessment.rows["category"].focus()
    keys(page, "P")
    picker.rows[1].buttons[1].click()
    settle(bench, qtbot)
    page.assessment.rows["category"].focus()
    keys(page, "U")

    case = case_of(page)
    pairs = {(a.event_id, a.product_id): a.category for a in case.assessments}
    first, second = (e.id for e in case.events)
    ketamine, spravato = (s.product.id for s in case.suspects)
    assert pairs == {(first, ketamine): Causality.PROBABLE, (second, spravato): Causality.UNLIKELY}
    texts = [b.text() for row in picker.rows for b in row.buttons]
    assert [text.rpartition(": ")[2] for text in texts] == ["Probable", "open", "open", "Unlikely"]


def test_what_was_read_of_one_product_is_never_offered_for_another(
    qtbot: QtBot, bench: Bench, room: ReportRoom, two_by_two: Report
) -> None:
    a_label(bench, stored(bench, two_by_two).products[0].id)
    page = opened(qtbot, bench, room, two_by_two)
    rows = page.assessment.rows
    assert "lists “Nausea”" in rows["expectedness"].facts
    page.assessment.picker.rows[0].buttons[1].click()

    # Nothing was waited for: the course of the other product is still being read.
    assert page.assessment._onset.text() == "The records are being read."  # noqa: SLF001
    assert rows["expectedness"].facts == ""
    assert not any(row.take.isVisibleTo(page) for row in rows.values())
    settle(bench, qtbot)
    assert rows["expectedness"].facts == "No label of this product is stored."


def test_with_several_products_the_records_offer_no_one_answer_for_all(
    qtbot: QtBot, bench: Bench, room: ReportRoom, two_by_two: Report
) -> None:
    row = opened(qtbot, bench, room, two_by_two).assessment.rows["dechallenge"]

    assert "The records say: Yes." in row.facts
    assert row.facts.endswith("The answer stands for every suspect product of the event.")
    assert not row.take.isVisibleTo(row)


def test_after_the_last_question_of_a_pair_the_next_open_pair_is_shown(
    qtbot: QtBot, bench: Bench, room: ReportRoom, two_by_two: Report
) -> None:
    page = opened(qtbot, bench, room, two_by_two)
    first = page.assessment.pair
    keys(page, "N11P1YA")

    second = page.assessment.pair
    assert first is not None and second is not None  # noqa: PT018
    assert (second.event.id, second.product.id) != (first.event.id, first.product.id)
    assert question_in_focus(page) == "category"


def test_a_case_without_a_product_asks_about_the_event_alone(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage
) -> None:
    editor = page.form._editor  # noqa: SLF001 - only a record without a suspect does this
    editor.set("administrations[0].role", DrugRole.TREATMENT)

    rows = page.assessment.rows
    assert not rows["category"].isVisibleTo(page)
    assert rows["outcome"].isVisibleTo(page)
    rows["seriousness"].focus()
    keys(page, "N11")
    assert question_in_focus(page) == "dechallenge"


# --- findings, places, looks


def finding(code: str, path: str) -> Finding:
    return Finding(path=path, code=code, severity=Severity.WARNS, text="Look.")


def test_a_finding_of_the_assessment_leads_to_its_question(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["category"].focus()
    keys(page, "P1")
    for code, path, question in (
        ("AS1", "events[0].stated_causality", "category"),
        ("AS2", "assessments[0].assessor", "category"),
        ("AS5", "assessments[0].label", "expectedness"),
        ("AS6", "events[0].outcome", "outcome"),
    ):
        page.go_to(finding("V1", "case.types"))
        assert page.places.current is not asked
        page.go_to(finding(code, path))
        assert page.places.current is asked
        assert question_in_focus(page) == question
    page.go_to(finding("item", "assessments[0].comment"))
    assert asked.grounds.words.hasFocus()
    page.go_to(finding("AS3", "assessments[0].naranjo.q2"))
    assert asked.naranjo.isVisibleTo(page)


def test_a_serious_event_is_asked_for_its_causality_by_f8(
    qtbot: QtBot, bench: Bench, page: ReportPage
) -> None:
    keys(page, "O")
    settle(bench, qtbot)
    assert [f.path for f in page._findings if f.code == "AS1"] == [  # noqa: SLF001
        "events[0].stated_causality"
    ]
    page.assessment.rows["category"].focus()
    keys(page, "P")
    settle(bench, qtbot)
    assert not [f for f in page._findings if f.code == "AS1"]  # noqa: SLF001


def test_control_tab_goes_round_all_tabs_of_a_report(page: ReportPage) -> None:
    press(page, Qt.Key.Key_Tab, CONTROL)
    assert page.places.current is page.versions
    press(page, Qt.Key.Key_Tab, CONTROL)
    assert page.places.current is page.timeline
    press(page, Qt.Key.Key_Tab, CONTROL)
    assert page.places.current not in (page.assessment, page.versions, page.timeline)
    press(page, Qt.Key.Key_Tab, CONTROL)
    assert page.places.current is page.assessment
    assert page.regions()[0] is page.assessment


def test_special_situations_are_ticked_and_an_error_asks_for_its_type(
    qtbot: QtBot, bench: Bench, page: ReportPage, asked: AssessmentPage
) -> None:
    asked.rows["situations"].focus()
    keys(page, "MW")
    settle(bench, qtbot)

    assert case_of(page).events[0].situations == {
        SpecialSituation.MEDICATION_ERROR,
        SpecialSituation.WRONG_ROUTE,
    }
    assert [f.item for f in page._findings if f.code == "AS7"] == ["B1"]  # noqa: SLF001


@pytest.mark.parametrize("width", [1440, 900, 560])
def test_it_is_accessible_at_every_width(
    qtbot: QtBot, bench: Bench, room: ReportRoom, page: ReportPage, width: int
) -> None:
    page.assessment.open_naranjo()
    room.resize(width, 820)
    settle(bench, qtbot)
    assert_accessible(room)
    page.assessment.rows["expectedness"].act.click()  # type: ignore[union-attr]
    settle(bench, qtbot)
    assert_accessible(room)


def test_each_question_has_answers_with_keys_of_their_own() -> None:
    for question in QUESTIONS:
        letters = [option.key for option in options_of(question.name)]
        assert all(letters)
        assert len(set(letters)) == len(letters)
        # T takes an offer and J opens what stands beside.
        assert question.many or not {"T", "J"} & set(letters)


def test_a_press_ticks_unticks_and_never_makes_a_silent_none() -> None:
    one = frozenset({Seriousness.OTHER})

    assert after_press(None, Seriousness.OTHER, many=True) == one
    assert after_press(one, Seriousness.OTHER, many=True) is None
    assert after_press(one, NONE_OF_THESE, many=True) == frozenset()
    assert after_press(frozenset(), NONE_OF_THESE, many=True) is None
    assert after_press(one, NullFlavor.UNK, many=True) is NullFlavor.UNK
    assert after_press(NullFlavor.UNK, NullFlavor.UNK, many=True) is None
    assert after_press(NullFlavor.UNK, Seriousness.OTHER, many=True) == one
    assert after_press(Outcome.FATAL, Outcome.FATAL, many=False) is None


def test_grounds_are_kept_when_the_field_is_left_or_the_report_stored(
    qtbot: QtBot, bench: Bench, page: ReportPage, asked: AssessmentPage, report: Report
) -> None:
    asked.grounds.words.setFocus()
    QTest.keyClicks(asked.grounds.words, "Settled once paused")
    asked.rows["category"].focus()
    (opinion,) = case_of(page).assessments
    assert (opinion.comment, opinion.assessor) == ("Settled once paused", "Dana Reyes")

    asked.grounds.words.setFocus()
    QTest.keyClicks(asked.grounds.words, "! ")
    press(page, Qt.Key.Key_S, CONTROL)
    settle(bench, qtbot)
    assert stored(bench, report).assessments[0].comment is not None
    assert "!" in (stored(bench, report).assessments[0].comment or "")


def test_grounds_that_cannot_be_stored_stay_in_sight(
    page: ReportPage, asked: AssessmentPage
) -> None:
    asked.grounds.words.setPlainText("turned \u202e round")
    asked.flush()
    assert "U+202E" in asked.grounds.note.text
    assert case_of(page).assessments == ()
    asked.grounds.words.setPlainText("turned round")
    asked.flush()
    assert asked.grounds.note.text == ""
    assert case_of(page).assessments[0].comment == "turned round"


def test_what_is_typed_stays_with_its_pair(
    qtbot: QtBot, bench: Bench, room: ReportRoom, two_by_two: Report
) -> None:
    page = opened(qtbot, bench, room, two_by_two)
    first = page.assessment.pair
    page.assessment.grounds.words.setPlainText("of the first")
    page.assessment.picker.rows[1].buttons[0].click()
    settle(bench, qtbot)

    assert first is not None
    (opinion,) = case_of(page).assessments
    assert (opinion.event_id, opinion.comment) == (first.event.id, "of the first")
    assert page.assessment.grounds.words.toPlainText() == ""

"""The form of a report: what is typed reaches the case, what is wrong stands under its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from aeapp import formspecs
from aeapp.domain.case import Case, settle, write
from aeapp.domain.case_parts import OTHER_NUMBER, add_decision
from aeapp.domain.codelists.clinic import MedicineRole
from aeapp.domain.codelists.safety import Availability, DrugRole, Outcome, Seriousness
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, CaseFile, Event, Patient, Product, Report
from aeapp.domain.records.beyond_forms import OtherNumber
from aeapp.domain.records.case import Device
from aeapp.domain.records.patient import Condition, Medicine
from aeapp.domain.values import PartialDate
from aeapp.editing.editor import Editor
from aeapp.services.app import App
from forms import form_beside
from forms.form_view import FormView
from forms.report_work import STRUCTURES
from tests.helpers.accessibility import assert_accessible
from tests.helpers.asking import Answers
from tests.helpers.clinic import practice_app
from tests.helpers.report_case import a_serious_report

FORM = formspecs.form("fda3500")
WHO = "Dana Reyes"


def blank(**changes: object) -> Case:
    facts: dict[str, object] = {
        "case": CaseFile(id="c-1", version=1),
        "report": Report(id="r-1", version=1, case_id="c-1"),
        "patient": Patient(id="p-1", version=1),
        "events": (Event(id="e-1", version=1, verbatim="Nausea"),),
    }
    return settle(Case(**(facts | changes)))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def views_are_gone() -> None:
    """Throw away what earlier tests closed: each theme change would restyle all of it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = practice_app(tmp_path)
    yield made
    made.close()


@pytest.fixture
def whole_case(app: App) -> Case:
    return app.cases.gather(a_serious_report(app).case_id)


def shown(qtbot: QtBot, case: Case, page: str = "B") -> FormView:
    editor = Editor(case, write, STRUCTURES)
    ids = iter(f"new-{n}" for n in range(100))
    view = FormView(editor, FORM, who=WHO, ids=lambda: next(ids))
    qtbot.addWidget(view)
    view.resize(760, 900)
    view.show_page(page)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    return view


@pytest.fixture
def view(qtbot: QtBot) -> FormView:
    return shown(qtbot, blank())


def field(view: FormView, path: str) -> QWidget:
    found = view.findChild(QWidget, path)
    assert found is not None, path
    return found


def line(view: FormView, path: str) -> QLineEdit:
    found = field(view, path).findChild(QLineEdit)
    assert found is not None
    return found


def type_into(view: FormView, path: str, text: str, *, leave: bool = True) -> None:
    view.go_to(path)
    focus = view.window().focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    if leave:
        QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Tab)


def model(view: FormView) -> Case:
    return view._editor.model  # noqa: SLF001 - the editor is the form's own


def press(view: FormView, path: str, letter: str) -> None:
    view.go_to(path)
    QTest.keyClicks(view.window().focusWidget(), letter)


# --- typing


def test_what_is_typed_reaches_the_case_and_the_record_behind_it(view: FormView) -> None:
    type_into(view, "subject.identifier", "P-1001")

    assert model(view).patient.code == "P-1001"
    assert line(view, "subject.identifier").text() == "P-1001"


def test_each_key_reaches_the_case_so_that_nothing_typed_can_be_lost(view: FormView) -> None:
    type_into(view, "case.narrative", "Felt si", leave=False)

    assert model(view).case.narrative == "Felt si"
    assert field(view, "case.narrative").findChild(QPlainTextEdit).toPlainText() == "Felt si"


def test_a_space_that_is_being_typed_is_not_taken_away(view: FormView) -> None:
    type_into(view, "subject.identifier", "P 10 ", leave=False)

    assert line(view, "subject.identifier").text() == "P 10 "
    assert model(view).patient.code == "P 10"


def test_a_weight_is_stated_where_no_reading_says_it(view: FormView) -> None:
    type_into(view, "subject.weight", "61.5")

    assert model(view).subject.weight == Decimal("61.5")
    assert model(view).case.stated[0].path == "subject.weight"
    assert view.note("subject.weight") == "Stated here in place of the computed value."


def test_text_that_cannot_be_read_stays_with_its_note_after_the_field_is_left(
    view: FormView,
) -> None:
    type_into(view, "subject.weight", "heavy", leave=False)
    assert "Expected" not in view.note("subject.weight")

    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Tab)

    assert line(view, "subject.weight").text() == "heavy"
    assert view.note("subject.weight") == "Expected a number such as 61.5."
    assert model(view).subject.weight is None


def test_a_date_that_cannot_be_read_stands_in_place_of_the_old_one(view: FormView) -> None:
    view._editor.set("events[0].onset", PartialDate.parse("2026-11-16"))  # noqa: SLF001
    view._editor.enter("happening.onset", "31 Feb 2026")  # noqa: SLF001

    edits = field(view, "happening.onset").findChildren(QLineEdit)
    assert " ".join(e.text() for e in edits if not e.isHidden()).strip() == "31 Feb 2026"
    assert view.note("happening.onset") == "The calendar has no such day."


def test_a_reason_stands_in_place_of_a_value(view: FormView) -> None:
    view.answer("patient.sex", NullFlavor.ASKU)

    assert model(view).patient.sex is NullFlavor.ASKU


# --- undo


def test_undo_takes_the_last_step_back_and_goes_to_its_field(view: FormView) -> None:
    type_into(view, "subject.identifier", "P-1001")
    view.show_page("C")
    press(view, "case.availability", "1")
    assert model(view).case.availability is Availability.YES

    view.undo()
    view.undo()

    assert model(view).patient.code is None
    assert view.current == "A"
    assert line(view, "subject.identifier").text() == ""
    view.redo()
    assert line(view, "subject.identifier").text() == "P-1001"


def test_two_visits_to_a_field_are_two_steps(view: FormView) -> None:
    type_into(view, "subject.identifier", "P")
    view.go_to("subject.identifier")
    line(view, "subject.identifier").setCursorPosition(1)
    QTest.keyClicks(line(view, "subject.identifier"), "X")
    QTest.keyClick(line(view, "subject.identifier"), Qt.Key.Key_Tab)

    view.undo()

    assert model(view).patient.code == "P"


def test_a_line_leaves_undo_to_the_form_and_a_text_keeps_its_own(view: FormView) -> None:
    taken: list[str] = []
    keys = QShortcut(QKeySequence("Ctrl+Z"), view)
    keys.activated.connect(lambda: taken.append("form"))
    control = Qt.KeyboardModifier.ControlModifier

    type_into(view, "case.narrative", "Sick", leave=False)
    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Z, control)
    assert taken == []
    assert model(view).case.narrative is None

    type_into(view, "subject.identifier", "P-1", leave=False)
    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Z, control)
    assert taken == ["form"]


# --- notes and counts


def test_a_finding_stands_under_its_field_and_marks_its_section(view: FormView) -> None:
    finding = Finding(
        path="patient.deceased_on", code="V8", severity=Severity.BLOCKS, text="Give it.", item="B2"
    )
    view.answer("happening.seriousness", frozenset({Seriousness.DEATH}))

    view.show_findings([finding])

    assert view.note("happening.died_on") == "Give it."
    marks = {line.key: line.mark for line in view.sections.lines}
    assert marks["B"] == "blocked"
    view.show_findings([])
    assert view.note("happening.died_on") == ""


def test_a_click_on_a_finding_leads_to_its_field(view: FormView) -> None:
    finding = Finding(
        path="reporters[0].last_name", code="V4", severity=Severity.BLOCKS, text="Give it."
    )
    entered: list[str] = []
    view.field_entered.connect(entered.append)

    assert view.go_to_finding(finding)

    assert view.current == "G"
    assert entered[-1] == "filer.last_name"


def test_a_finding_without_its_field_leads_to_the_item_of_its_number(view: FormView) -> None:
    finding = Finding(
        path="patient.birth_date", code="V6", severity=Severity.BLOCKS, text="Correct.", item="A2"
    )
    view._editor.set("patient.birth_date", PartialDate.parse("1990-01-01"))  # noqa: SLF001
    view._editor.set("events[0].onset", PartialDate.parse("2026-01-01"))  # noqa: SLF001

    assert view.go_to_finding(finding)
    assert view.current == "A"


def test_a_missing_decision_leads_to_the_button_that_takes_it(view: FormView) -> None:
    finding = Finding(
        path="events[0].verbatim", code="V25", severity=Severity.WARNS, text="Decide."
    )
    view.show_findings([finding])

    view.go_to_finding(finding)

    assert view.window().focusWidget().text() == "Decide"  # type: ignore[union-attr]
    assert view.note("events[0].verbatim") == ""


def test_no_page_is_called_complete_while_nobody_checked(qtbot: QtBot, whole_case: Case) -> None:
    view = shown(qtbot, whole_case)
    view.answer("patient.race", NullFlavor.ASKU)
    assert "ok" not in {line.mark for line in view.sections.lines}

    view.show_findings(())
    assert "ok" in {line.mark for line in view.sections.lines}
    view.show_unchecked()
    assert "ok" not in {line.mark for line in view.sections.lines}


def test_sections_count_what_is_answered_of_what_is_asked(qtbot: QtBot, whole_case: Case) -> None:
    view = shown(qtbot, whole_case)
    view.show_findings(())

    words = {line.key: line.words for line in view.sections.lines}
    assert words["A"] == "6 of 7"
    assert words["E"] == "not used"
    assert words["F"] == "2 rows"
    view.answer("patient.race", NullFlavor.ASKU)
    assert next(line.words for line in view.sections.lines if line.key == "A") == "7 of 7"
    assert next(line.mark for line in view.sections.lines if line.key == "A") == "ok"


def test_the_date_of_death_is_asked_only_where_death_is_ticked(view: FormView) -> None:
    assert field(view, "happening.died_on").isHidden()

    press(view, "happening.seriousness", "D")

    assert not field(view, "happening.died_on").isHidden()


def test_age_and_date_of_birth_do_not_stand_together(qtbot: QtBot, whole_case: Case) -> None:
    view = shown(qtbot, whole_case, "A")

    assert field(view, "subject.birth_date").isHidden()
    assert not field(view, "subject.age").isHidden()


# --- events


def test_none_of_these_is_an_answer_with_a_name(view: FormView) -> None:
    press(view, "happening.seriousness", "N")

    assert model(view).events[0].seriousness == frozenset()
    assert model(view).events[0].assessed_by == WHO


def test_who_assessed_it_is_not_put_in_place_of_somebody_else(qtbot: QtBot) -> None:
    event = Event(id="e-1", version=1, assessed_by="Dr Okafor")
    view = shown(qtbot, blank(events=(event,)))

    press(view, "happening.seriousness", "N")

    assert model(view).events[0].assessed_by == "Dr Okafor"


def test_the_assessment_takes_one_key_a_question(view: FormView) -> None:
    view.go_to("events[0].seriousness")
    for key in ("N", "4", "1"):
        QTest.keyClicks(view.window().focusWidget(), key)

    event = model(view).events[0]
    assert event.seriousness == frozenset()
    assert event.action_taken is not None
    assert event.outcome is Outcome.RECOVERED


def test_several_events_are_answered_one_by_one(qtbot: QtBot) -> None:
    events = (Event(id="e-1", version=1), Event(id="e-2", version=1))
    view = shown(qtbot, blank(events=events))

    assert view.note("happening.seriousness") == (
        "Several events: answer for each one under Events."
    )
    press(view, "happening.seriousness", "D")
    assert model(view).happening.seriousness is None
    view.answer("events[1].seriousness", frozenset({Seriousness.DISABILITY}))
    assert model(view).events[0].seriousness is None
    view.answer("events[0].seriousness", frozenset())
    assert model(view).happening.seriousness == frozenset({Seriousness.DISABILITY})


# --- parts


def test_a_product_is_added_with_a_page_of_its_own_and_undone(qtbot, whole_case) -> None:
    view = shown(qtbot, whole_case)

    view.add_product()

    assert view.current == "D2"
    type_into(view, "suspects[1].product.name", "Midazolam")
    assert model(view).products[-1].name == "Midazolam"
    view.undo()
    view.undo()
    assert [page.key for page in view.pages if page.letter == "D"] == ["D1"]
    assert view.current == "D1"


def test_a_first_product_takes_the_place_of_the_empty_page(view: FormView) -> None:
    view.show_page("D1")
    view.add_product()

    assert view.current == "D1"
    type_into(view, "suspects[0].product.name", "Ketamine")
    assert model(view).suspects[0].product.name == "Ketamine"


def test_a_medicine_is_added_as_a_row(qtbot: QtBot, view: FormView) -> None:
    page = view.show_page("F")
    qtbot.mouseClick(next(iter(page.adds.values())), Qt.MouseButton.LeftButton)

    QTest.keyClicks(view.window().focusWidget(), "Escitalopram")

    assert model(view).patient.medicines[0].name == "Escitalopram"


def test_a_decision_is_added_for_its_event(qtbot: QtBot, view: FormView) -> None:
    page = view.show_page("events")
    qtbot.mouseClick(next(iter(page.adds.values())), Qt.MouseButton.LeftButton)

    QTest.keyClicks(view.window().focusWidget(), "2")

    assert model(view).decisions[0].event_id == "e-1"
    assert model(view).decisions[0].answer is not None


def test_a_decision_is_read_and_not_offered_to_who_does_not_decide(whole_case: Case) -> None:
    whose = "Decide whether an event is reported: a prescriber or the compliance lead."

    undecided = form_beside.events_page(whole_case, whose)
    event_id = whole_case.events[0].id
    decided = form_beside.events_page(add_decision(whole_case, event_id, lambda: "d-1"), whose)

    assert undecided.mends == {}
    assert undecided.blocks[1].text == f"Not decided yet. {whose}"
    entries = {e.path: e.read_only for e in decided.entries()}
    assert entries["decisions[0].answer"] is True
    assert entries["events[0].seriousness"] is False


def test_a_medicine_given_in_the_session_is_only_shown(qtbot: QtBot, whole_case: Case) -> None:
    from aeapp.domain.codelists.safety import DrugRole  # noqa: PLC0415

    first = whole_case.administrations[0]
    given = replace(first, id="x", role=DrugRole.CONCOMITANT)
    case = settle(replace(whole_case, administrations=(first, given)))
    view = shown(qtbot, case, "F")

    assert line(view, "concomitants[2].name").isReadOnly()
    assert not line(view, "concomitants[0].name").isReadOnly()


def test_readings_stand_in_a_table_and_are_not_edited_here(qtbot, whole_case) -> None:
    view = shown(qtbot, whole_case)

    texts = [w.text() for w in view.findChildren(QWidget) if w.metaObject().className() == "Label"]
    assert "14:33 BP 84/52, HR 48" in [" ".join(t.split()) for t in texts] or any(
        "84/52" in t for t in texts
    )


# --- keyboard and screen reader


def test_control_and_arrows_walk_the_sections(view: FormView) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    view.go_to("case.narrative")

    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Down, control)
    assert view.current == "C"
    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Up, control)
    assert view.current == "B"


@pytest.mark.parametrize("key", ["A", "B", "C", "D1", "E", "F", "G", "events", "case", "message"])
def test_every_page_is_accessible(qtbot: QtBot, whole_case: Case, key: str) -> None:
    assert_accessible(shown(qtbot, whole_case, key))


def test_a_field_beside_another_is_named_in_full(qtbot: QtBot, whole_case: Case) -> None:
    view = shown(qtbot, whole_case, "D1")

    assert field(view, "suspects[0].giving.dose_unit").accessibleName() == (
        "D2 Dose or Amount, Unit"
    )


def test_a_page_is_made_when_it_is_first_shown(view: FormView) -> None:
    assert view.findChild(QWidget, "filer.last_name") is None

    view.show_page("G")

    assert view.findChild(QWidget, "filer.last_name") is not None


def test_what_changed_while_another_page_was_shown_is_there_on_return(view: FormView) -> None:
    view.show_page("A")
    view.show_page("G")
    view._editor.enter("patient.code", "P-77")  # noqa: SLF001 - as from another place

    view.show_page("A")

    assert line(view, "subject.identifier").text() == "P-77"


def test_what_a_message_alone_asks_has_a_page_of_its_own(qtbot: QtBot, whole_case: Case) -> None:
    coded = (Condition(name="migraine"),)
    past = (Medicine(name="sertraline", role=MedicineRole.PAST), Medicine(name="zolpidem"))
    patient = replace(whole_case.patient, conditions=coded, medicines=past)
    view = shown(qtbot, settle(replace(whole_case, patient=patient)), "message")

    view._built["message"].adds[OTHER_NUMBER].click()  # noqa: SLF001 - the button of the page
    QTest.keyClicks(view.window().focusWidget(), "Maker")
    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(view.window().focusWidget(), "M-7")
    QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Tab)
    type_into(view, "case.beyond.sender_comment", "Most likely.")
    type_into(view, "patient.conditions[0].meddra_code", "10027599")
    type_into(view, "patient.medicines[0].meddra_edition", "28.0")
    type_into(view, "filer.middle_name", "M.")

    case = model(view)
    assert case.case.other_numbers == (OtherNumber(source="Maker", number="M-7"),)
    assert case.case.beyond.sender_comment == "Most likely."
    assert case.patient.conditions[0].meddra_code == "10027599"
    assert case.patient.medicines[0].meddra_edition == "28.0"
    assert [reporter.middle_name for reporter in case.reporters if reporter.files] == ["M."]
    # What is not of the past has no codes of its own there.
    assert view.findChild(QWidget, "patient.medicines[1].meddra_edition") is None


def test_a_further_device_leaves_after_a_question_and_undo_brings_it_back(qtbot: QtBot) -> None:
    devices = (Device(brand="Pump"), Device(brand="Third"), Device())
    editor = Editor(blank(case=CaseFile(id="c-1", version=1, further_devices=devices)), write,
                    STRUCTURES)  # fmt: skip
    ask = Answers(yes=False)
    view = FormView(editor, FORM, who=WHO, ask=ask)
    qtbot.addWidget(view)

    def brands() -> list[object]:
        return [device.brand for device in editor.model.case.further_devices]

    view.show_page("E-4").adds["-device 2"].click()
    assert (brands(), ask.asked) == (["Pump", "Third"], [])
    page = view.show_page("E-2")
    assert_accessible(page)
    page.adds["-device 0"].click()
    assert brands() == ["Pump", "Third"]
    ask.yes = True
    editor.enter("case.further_devices[0].expires", "yesterday")
    page.adds["-device 0"].click()
    assert [question.act for question in ask.asked] == ["Remove", "Remove"]
    assert (brands(), dict(editor.unread)) == (["Third"], {})
    assert [p.key for p in view.pages if p.letter == "E"] == ["E", "E-2"]
    brand = view.show_page("E-2").fields["case.further_devices[0].brand"].findChild(QLineEdit)
    assert brand is not None
    assert brand.text() == "Third"

    view.undo()
    assert brands() == ["Pump", "Third"]
    view.redo()
    assert brands() == ["Third"]


def test_what_a_message_alone_asks_stands_at_the_end_and_is_not_counted(qtbot: QtBot) -> None:
    givings = tuple(
        Administration(id=f"a-{n}", version=1, product_id="p", lot_id="l") for n in range(2)
    )
    case = blank(products=(Product(id="p", version=1, name="ketamine"),), administrations=givings)
    view = shown(qtbot, case, "D1")
    counted = view.counts["D1"]
    page = view.show_page("D1")
    roles = [field.caption for path, field in page.fields.items() if path.endswith(".role")]
    assert roles == ["Role in the case, dose 1", "Role in the case, dose 2"]

    view.answer("administrations[0].role", DrugRole.INTERACTING)
    assert view.counts["D1"] == counted
    assert len(view._editor.model.suspects) == 1  # noqa: SLF001
    view.answer("administrations[1].role", DrugRole.NOT_GIVEN)
    # What was not given is a product of its own, and takes no dose with it.
    assert [s.is_given for s in view._editor.model.suspects] == [True, False]  # noqa: SLF001
    second = view.show_page("D2")
    assert "administrations[1].role" in second.fields
    assert_accessible(second)

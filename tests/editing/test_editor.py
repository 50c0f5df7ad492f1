"""The editor: what is typed, kept, taken back, saved and brought back after a restart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aeapp.domain import lens
from aeapp.domain.case import Case, is_view, settle, write
from aeapp.domain.codelists.safety import Sex
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.records import CaseFile, Event, Patient
from aeapp.domain.values import PartialDate
from aeapp.editing.editor import Editor, Step
from tests.factories import AWKWARD, day, entries

CODE, HISTORY, BORN = "patient.code", "patient.history", "patient.birth_date"
Journal = list[tuple[str, Step]]


def start() -> Case:
    return settle(
        Case(
            case=CaseFile(id="c", version=1, title="Dizzy"),
            patient=Patient(id="p", version=1),
            events=(Event(id="e", version=1),),
        )
    )


@pytest.fixture
def editor() -> Editor[Case]:
    return Editor(start(), write)


def journal_of(editor: Editor[Case]) -> Journal:
    steps: Journal = []
    editor.keep_journal(lambda kind, step: steps.append((kind, step)))
    return steps


# ------------------------------------------------------------------ typing


def test_typed_text_reaches_the_model_as_its_value(editor: Editor[Case]) -> None:
    assert editor.enter(BORN, "16-Nov-1986")

    assert editor.value(BORN) == PartialDate(1986, 11, 16)
    assert editor.text(BORN) == "16-Nov-1986"
    assert editor.problem(BORN) is None
    assert editor.spec(BORN).type is PartialDate


def test_what_cannot_be_read_stays_visible_and_never_reaches_the_model(
    editor: Editor[Case],
) -> None:
    editor.enter(BORN, "1986")

    assert not editor.enter(BORN, "31-Feb-1986")

    assert editor.value(BORN) == PartialDate(1986)
    assert editor.text(BORN) == "31-Feb-1986"
    assert editor.problem(BORN) == "The calendar has no such day."
    assert editor.unread == {BORN: "31-Feb-1986"}


def test_a_correction_takes_the_unreadable_text_away(editor: Editor[Case]) -> None:
    editor.enter(BORN, "31-Feb-1986")

    editor.enter(BORN, "1986")

    assert editor.text(BORN) == "1986"
    assert editor.problem(BORN) is None
    assert editor.unread == {}


def test_typing_the_old_value_again_takes_the_unreadable_text_away(editor: Editor[Case]) -> None:
    editor.enter(BORN, "1986")
    heard: list[frozenset[str]] = []
    editor.enter(BORN, "198x")
    editor.subscribe(heard.append)

    editor.enter(BORN, "1986")

    assert editor.text(BORN) == "1986"
    assert heard == [frozenset({BORN})]


def test_an_entry_against_its_rule_is_kept_and_named(editor: Editor[Case]) -> None:
    editor.enter("patient.age", "131")

    assert editor.value("patient.age") == Decimal(131)
    assert editor.problem("patient.age") == "Expected 0 to 130."


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_kept(editor: Editor[Case], text: str) -> None:
    assert editor.enter(HISTORY, text)
    assert editor.text(HISTORY) == text.replace("e\u0301", "é")


def test_control_characters_are_refused_and_stay_visible(editor: Editor[Case]) -> None:
    assert not editor.enter(HISTORY, "a\x00b")
    assert editor.text(HISTORY) == "a\x00b"
    assert editor.value(HISTORY) is None


def test_a_reason_is_picked_and_shows_no_text(editor: Editor[Case]) -> None:
    editor.set("patient.sex", NullFlavor.ASKU)
    assert (editor.value("patient.sex"), editor.text("patient.sex")) == (NullFlavor.ASKU, "")

    editor.set("patient.sex", Sex.FEMALE)
    assert editor.text("patient.sex") == "Female"

    editor.set("patient.sex", None)
    assert editor.model == editor.saved


def test_a_place_that_is_not_there_is_an_error(editor: Editor[Case]) -> None:
    with pytest.raises(KeyError):
        editor.enter("patient.colour", "red")
    with pytest.raises(KeyError):
        editor.set("events[7].verbatim", "x")
    assert not editor.can_undo


# ------------------------------------------------------------------ undo


def test_consecutive_edits_of_a_field_are_one_step(editor: Editor[Case]) -> None:
    for text in ("P", "P-", "P-1"):
        editor.enter(CODE, text)
    editor.enter(HISTORY, "none")

    assert editor.undo() == Step(HISTORY, None, "none")
    assert editor.value(CODE) == "P-1"
    assert editor.undo() == Step(CODE, None, "P-1")
    assert editor.model == editor.saved


def test_a_closed_step_is_not_typed_on(editor: Editor[Case]) -> None:
    steps = journal_of(editor)
    editor.enter(CODE, "P")
    editor.close_step()
    editor.close_step()
    editor.enter(CODE, "P-1")

    editor.undo()

    assert editor.value(CODE) == "P"
    assert [kind for kind, _ in steps] == ["edit", "close", "edit", "undo"]


def test_undo_and_redo_end_where_there_is_nothing_more(editor: Editor[Case]) -> None:
    assert (editor.can_undo, editor.can_redo) == (False, False)
    assert editor.undo() is None
    assert editor.redo() is None
    editor.enter(CODE, "P-1")
    assert (editor.can_undo, editor.can_redo) == (True, False)
    editor.undo()
    assert (editor.can_undo, editor.can_redo) == (False, True)


def test_a_new_edit_ends_what_could_be_done_again(editor: Editor[Case]) -> None:
    editor.enter(CODE, "P-1")
    editor.undo()
    editor.enter(HISTORY, "none")

    assert not editor.can_redo


def test_undo_takes_unreadable_text_of_its_field_away(editor: Editor[Case]) -> None:
    editor.enter(BORN, "1986")
    editor.enter(BORN, "198x")

    editor.undo()

    assert editor.text(BORN) == ""
    assert editor.problem(BORN) is None


def test_typing_after_undo_is_a_step_of_its_own(editor: Editor[Case]) -> None:
    editor.enter(CODE, "P-1")
    editor.enter(HISTORY, "none")
    editor.undo()
    editor.enter(CODE, "P-2")

    editor.undo()

    assert editor.value(CODE) == "P-1"


def test_undo_of_a_view_takes_its_record_back(editor: Editor[Case]) -> None:
    editor.set("happening.onset", day("2026-11-16"))
    assert editor.value("events[0].onset") == day("2026-11-16")

    editor.undo()

    assert editor.value("events[0].onset") is None


EDITABLE = sorted(p for p in lens.paths(start()) if not is_view(p))


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """Draw edits as (path, value); the path ``undo`` or ``redo`` travels, ``close`` ends a step."""
    paths = draw(st.lists(st.sampled_from(EDITABLE), min_size=1, max_size=3))
    moves = st.sampled_from(["undo", "redo", "close", *paths, *paths])
    return [
        (move, draw(entries(spec_at(Case, move))) if move in EDITABLE else None)
        for move in draw(st.lists(moves, max_size=15))
    ]


def perform(editor: Editor[Case], moves: list[tuple[str, Any]]) -> None:
    for move, value in moves:
        match move:
            case "undo":
                editor.undo()
            case "redo":
                editor.redo()
            case "close":
                editor.close_step()
            case _:
                editor.set(move, value)


@given(edits())
def test_taking_everything_back_gives_the_beginning_and_redo_the_end(
    moves: list[tuple[str, Any]],
) -> None:
    editor = Editor(start(), write)
    perform(editor, moves)
    while editor.redo():
        pass
    end = editor.model

    while editor.undo():
        pass
    assert editor.model == start()
    assert not editor.dirty
    while editor.redo():
        pass
    assert editor.model == end


@given(edits())
def test_a_journal_brings_everything_back_undo_included(moves: list[tuple[str, Any]]) -> None:
    before = Editor(start(), write)
    journal = journal_of(before)
    perform(before, moves)

    after = Editor(start(), write)
    after.replay(journal)

    assert after.model == before.model
    assert (after.can_undo, after.can_redo) == (before.can_undo, before.can_redo)
    while before.undo():
        after.undo()
        assert after.model == before.model
    assert not after.can_undo


# ------------------------------------------------------------------ saving


def test_an_editor_is_dirty_while_the_model_differs_from_what_was_saved(
    editor: Editor[Case],
) -> None:
    assert not editor.dirty
    editor.enter(CODE, "P-1")
    assert editor.dirty
    editor.enter(CODE, "")
    assert not editor.dirty


def test_what_is_typed_during_a_save_is_kept(editor: Editor[Case]) -> None:
    editor.enter(CODE, "P-1")
    handed = editor.hand_over()
    editor.enter(HISTORY, "none")
    stored = lens.put(handed, "patient.version", 2)

    editor.mark_saved(stored)

    assert editor.saved == stored
    assert (editor.value(CODE), editor.value(HISTORY)) == ("P-1", "none")
    assert editor.model.patient.version == 2
    assert editor.dirty
    assert {p for p in lens.diff(editor.saved, editor.model) if not is_view(p)} == {HISTORY}


def test_what_is_undone_during_a_save_stays_undone(editor: Editor[Case]) -> None:
    editor.enter(CODE, "P-1")
    handed = editor.hand_over()
    editor.undo()

    editor.mark_saved(handed)

    assert editor.value(CODE) is None
    assert editor.dirty


def test_a_save_without_typing_leaves_nothing_dirty_and_undo_in_reach(
    editor: Editor[Case],
) -> None:
    editor.enter(CODE, "P-1")

    editor.mark_saved(editor.hand_over())

    assert not editor.dirty
    editor.undo()
    assert editor.value(CODE) is None
    assert editor.dirty


def test_a_store_may_hand_back_what_nobody_asked_it_for(editor: Editor[Case]) -> None:
    editor.mark_saved(start())

    assert not editor.dirty


# ------------------------------------------------------------------ listeners and journal


def test_listeners_hear_the_paths_that_changed_until_they_leave(editor: Editor[Case]) -> None:
    heard: list[frozenset[str]] = []
    leave = editor.subscribe(heard.append)

    editor.enter(CODE, "P-1")
    editor.enter(CODE, "P-1")
    leave()
    editor.enter(CODE, "P-2")

    assert heard == [frozenset({CODE, "subject.identifier"})]


def test_a_listener_may_leave_while_it_is_told(editor: Editor[Case]) -> None:
    heard: list[str] = []

    def once(_changed: frozenset[str]) -> None:
        heard.append("once")
        leave()

    leave = editor.subscribe(once)
    editor.subscribe(lambda _changed: heard.append("always"))
    editor.enter(CODE, "P-1")
    editor.enter(CODE, "P-2")

    assert heard == ["once", "always", "always"]


def test_the_journal_hears_unreadable_text_and_that_it_is_gone(editor: Editor[Case]) -> None:
    steps = journal_of(editor)
    editor.enter(BORN, "198x")
    editor.enter(BORN, "")

    assert steps == [
        ("unread", Step(BORN, None, "198x")),
        ("unread", Step(BORN, None, "")),
    ]


def test_unreadable_text_comes_back_after_a_restart(editor: Editor[Case]) -> None:
    steps = journal_of(editor)
    editor.enter(BORN, "198x")
    after = Editor(start(), write)

    assert after.replay(steps) == 1

    assert after.text(BORN) == "198x"
    assert after.problem(BORN) is not None


def test_what_can_be_read_by_now_is_no_longer_unread() -> None:
    after = Editor(start(), write)

    after.replay([("unread", Step(CODE, None, "P-1")), ("unread", Step(CODE, None, ""))])

    assert after.unread == {}


def test_steps_of_a_record_that_is_gone_are_passed_over() -> None:
    after = Editor(start(), write)
    gone = ("edit", Step("events[4].verbatim", None, "x"))

    assert after.replay([gone, ("edit", Step(CODE, None, "P-1"))]) == 1
    assert after.value(CODE) == "P-1"


def test_a_journal_that_begins_with_undo_takes_that_step_back() -> None:
    after = Editor(lens.put(start(), CODE, "P-1"), write)

    after.replay([("undo", Step(CODE, None, "P-1"))])

    assert after.value(CODE) is None
    after.redo()
    assert after.value(CODE) == "P-1"


def test_a_replay_tells_once_that_everything_may_differ(editor: Editor[Case]) -> None:
    heard: list[frozenset[str]] = []
    editor.subscribe(heard.append)

    editor.replay([("edit", Step(CODE, None, "P-1")), ("edit", Step(CODE, "P-1", "P-2"))])

    assert heard == [frozenset({""})]
    editor.undo()
    assert editor.value(CODE) is None


def test_any_frozen_model_may_be_edited() -> None:
    plain = Editor(Patient(id="p"))

    plain.enter("code", "P-1")

    assert plain.model == Patient(id="p", code="P-1")

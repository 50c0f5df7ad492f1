"""Parts that are added and taken back, steps that are closed, text that cannot be read, saves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aeapp.domain.case import Case, settle, write
from aeapp.domain.case_parts import (
    CONCOMITANT,
    PARTS,
    SUSPECT,
    answered_at,
    name_of,
    path_of,
)
from aeapp.domain.codelists.safety import Challenge
from aeapp.domain.records import Administration, CaseFile, Event, Patient
from aeapp.editing.editor import Editor, Naming, Step, Structure

STRUCTURES = {name: Structure(part.add, part.remove) for name, part in PARTS.items()}
IDS = ["p-1", "l-1", "a-1"]
Kept = list[tuple[str, Step]]


def an_editor() -> Editor[Case]:
    case = Case(case=CaseFile(id="c-1", version=1), patient=Patient(id="x-1", version=1))
    return Editor(settle(case), write, STRUCTURES)


@pytest.fixture
def editor() -> Editor[Case]:
    return an_editor()


@pytest.fixture
def kept(editor: Editor[Case]) -> Kept:
    steps: Kept = []
    editor.keep_journal(lambda kind, step: steps.append((kind, step)))
    return steps


def stored(case: Case) -> Case:
    """Return ``case`` as a store would: every new record has its first version."""
    names = ("products", "lots", "administrations")
    raised = {n: tuple(replace(r, version=1) for r in getattr(case, n)) for n in names}
    return settle(replace(case, **raised))


def test_a_product_is_added_and_taken_back_as_one_step(editor: Editor[Case]) -> None:
    editor.perform(SUSPECT, IDS)
    assert len(editor.model.suspects) == 1

    editor.undo()
    assert editor.model == editor.saved

    editor.redo()
    assert [p.id for p in editor.model.products] == ["p-1"]


def test_listeners_hear_of_what_an_added_part_changed(editor: Editor[Case]) -> None:
    heard: list[frozenset[str]] = []
    editor.subscribe(heard.append)

    editor.perform(SUSPECT, IDS)

    assert SUSPECT in heard[0]
    assert "administrations[0].product_id" in heard[0]


def test_a_stored_product_stays_and_undo_goes_on_before_it(
    editor: Editor[Case], kept: Kept
) -> None:
    editor.enter("case.title", "Dizzy")
    editor.perform(SUSPECT, IDS)
    editor.mark_saved(stored(editor.hand_over()))

    editor.undo()

    assert len(editor.model.suspects) == 1
    assert editor.model.case.title is None
    assert [kind for kind, _ in kept][-2:] == ["kept", "undo"]
    assert editor.undo() is None


def test_a_journal_brings_parts_and_what_was_typed_in_them_back(
    editor: Editor[Case], kept: Kept
) -> None:
    editor.perform(SUSPECT, IDS)
    editor.enter("suspects[0].product.name", "Ketamine")
    editor.perform(CONCOMITANT, [])
    editor.undo()
    editor.redo()

    later = an_editor()
    later.replay(kept)

    assert later.model == editor.model
    later.undo()
    later.undo()
    later.undo()
    assert later.model == later.saved


def test_a_journal_knows_which_part_undo_passed_over(editor: Editor[Case], kept: Kept) -> None:
    editor.perform(SUSPECT, IDS)
    editor.mark_saved(stored(editor.hand_over()))
    base = editor.model
    del kept[:]
    editor.perform(CONCOMITANT, [])
    editor.undo()
    editor.undo()
    editor.enter("case.title", "Sick")

    later = Editor(base, write, STRUCTURES)
    later.replay(kept)

    assert later.model == editor.model


def test_a_medicine_with_a_name_is_not_taken_back_by_itself(editor: Editor[Case]) -> None:
    editor.perform(CONCOMITANT, [])
    named = write(editor.model, "concomitants[0].name", "Escitalopram")

    assert PARTS[CONCOMITANT].remove(named, []) is None


def test_what_is_typed_during_a_save_outlives_it(editor: Editor[Case]) -> None:
    editor.perform(SUSPECT, IDS)
    editor.enter("patient.birth_date", "1990-05-05")
    handed = editor.hand_over()
    editor.enter("case.title", "Dizzy")
    editor.perform(CONCOMITANT, [])
    editor.enter("concomitants[0].name", "Escitalopram")

    editor.mark_saved(stored(handed))

    assert editor.dirty
    assert editor.model.products[0].version == 1
    assert editor.model.case.title == "Dizzy"
    assert editor.model.concomitants[0].name == "Escitalopram"
    assert editor.model.case.stated == ()


def test_an_undo_during_a_save_outlives_it(editor: Editor[Case]) -> None:
    editor.enter("case.title", "Dizzy")
    handed = editor.hand_over()
    editor.undo()

    editor.mark_saved(handed)

    assert editor.model.case.title is None
    assert editor.dirty


def test_nothing_done_during_a_save_leaves_nothing_to_save(editor: Editor[Case]) -> None:
    editor.enter("case.title", "Dizzy")

    editor.mark_saved(editor.hand_over())

    assert not editor.dirty


def test_text_that_cannot_be_read_comes_back_with_the_journal(
    editor: Editor[Case], kept: Kept
) -> None:
    editor.enter("patient.birth_date", "31 Feb 1990")

    later = an_editor()
    later.replay(kept)

    assert later.unread == {"patient.birth_date": "31 Feb 1990"}
    assert later.problem("patient.birth_date") == editor.problem("patient.birth_date")
    assert not later.dirty


def test_text_that_was_given_up_does_not_come_back(editor: Editor[Case], kept: Kept) -> None:
    editor.enter("patient.birth_date", "31 Feb 1990")
    editor.enter("patient.birth_date", "")

    later = an_editor()
    later.replay(kept)

    assert later.unread == editor.unread == {}


def test_text_that_can_be_read_by_now_is_not_brought_back_as_wrong() -> None:
    later = an_editor()

    later.replay([("unread", Step("patient.birth_date", None, "28 Feb 1990"))])

    assert later.unread == {}


def test_a_closed_step_stays_apart_after_a_restart(editor: Editor[Case], kept: Kept) -> None:
    editor.enter("case.title", "Dizzy")
    editor.close_step()
    editor.close_step()
    editor.enter("case.title", "Dizzy and sick")

    later = an_editor()
    applied = later.replay(kept)
    later.undo()

    assert applied == 2
    assert later.model.case.title == "Dizzy"
    assert [kind for kind, _ in kept] == ["edit", "close", "edit"]


def test_a_step_of_a_record_that_is_gone_is_left_out() -> None:
    later = an_editor()

    assert later.replay([("edit", Step("events[4].note", None, "gone"))]) == 0


def test_an_undo_without_its_edit_still_counts() -> None:
    later = an_editor()

    later.replay([("undo", Step("case.title", "Before", "After"))])

    assert later.model.case.title == "Before"
    later.redo()
    assert later.model.case.title == "After"


# ------------------------------------------------------------------ places that shift


NAMING: Naming[Case] = Naming(name_of, path_of)
GIVINGS = (Administration(id="a", product_id="p"), Administration(id="b", product_id="q"))


def of_givings(*givings: Administration) -> Editor[Case]:
    case = Case(case=CaseFile(id="c-1"), events=(Event(id="e"),), administrations=givings)
    return Editor(settle(case), write, STRUCTURES, answered_at, NAMING)


def edited(kept: Kept) -> Editor[Case]:
    """Return an editor of two products after edits of the second, the journal in ``kept``."""
    editor = of_givings(*GIVINGS)
    editor.keep_journal(lambda kind, step: kept.append((kind, step)))
    editor.set("suspects[1].abated", Challenge.YES)
    editor.enter("suspects[1].giving.dose", "much")
    editor.enter("events[0].verbatim", "syncope")
    return editor


def test_a_journal_finds_its_product_where_it_stands_now() -> None:
    kept: Kept = []
    edited(kept)
    assert [s.path for k, s in kept if k != "close"] == [
        "suspects[@q/].abated",
        "suspects[@q/].giving.dose",
        "events[0].verbatim",
    ]
    later = of_givings(*GIVINGS[::-1])

    assert later.replay(kept) == 3

    assert [s.abated for s in later.model.suspects] == [Challenge.YES, None]
    assert later.unread == {"suspects[0].giving.dose": "much"}
    later.undo()
    step = later.undo()
    assert step is not None
    assert step.path == "suspects[0].abated"
    assert later.model.case.stated == ()


def test_a_journal_gives_nothing_of_a_product_that_is_gone_to_another() -> None:
    kept: Kept = []
    edited(kept).undo()
    later = of_givings(GIVINGS[0])

    later.replay(kept)

    assert later.model.suspects[0].abated is None
    assert not later.unread
    assert later.model.events[0].verbatim is None
    assert later.model.case.stated == ()

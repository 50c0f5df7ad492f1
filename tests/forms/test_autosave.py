"""When typing reaches the draft journal, and what happens when it cannot."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from aeapp.domain.case import Case, settle, write
from aeapp.editing.editor import Editor, Step
from aeapp.kernel.errors import KnownError
from forms.autosave import DELAY_MS, MOST_MS, Autosave
from forms.jobs import JobRunner

LONG_MS = 3_600_000


class Journal:
    """Keeps what it is given, or fails while it is told to."""

    def __init__(self) -> None:
        self.batches: list[list[tuple[str, Step]]] = []
        self.full = False
        self.gate = threading.Event()
        self.gate.set()

    def keep(self, steps: Sequence[tuple[str, Step]]) -> None:
        self.gate.wait(60)
        if self.full:
            raise KnownError("The disk is full.", remedy="Free some space.")
        self.batches.append(list(steps))

    @property
    def kept(self) -> list[tuple[str, Step]]:
        return [entry for batch in self.batches for entry in batch]


@pytest.fixture
def runner(qapp: object) -> Iterator[JobRunner]:
    made = JobRunner(1)
    yield made
    made.close(finish=True)


@pytest.fixture
def editor() -> Editor[Case]:
    return Editor(settle(Case()), write)


@pytest.fixture
def journal() -> Journal:
    return Journal()


def autosave(
    editor: Editor[Case], journal: Journal, runner: JobRunner, delay: int = 0, most: int = LONG_MS
) -> Autosave:
    return Autosave(editor, journal.keep, runner, runner, delay_ms=delay, most_ms=most)


def test_the_delays_are_half_a_second_and_two_seconds_at_most() -> None:
    assert (DELAY_MS, MOST_MS) == (500, 2000)


def test_a_pause_in_typing_keeps_what_was_typed(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner)

    with qtbot.waitSignal(saver.kept):
        editor.enter("case.narrative", "dizzy")

    assert journal.kept == [("edit", Step("case.narrative", None, "dizzy"))]
    assert not saver.waiting


def test_the_keys_of_a_word_are_one_entry(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner)

    with qtbot.waitSignal(saver.kept):
        for text in ("d", "di", "diz"):
            editor.enter("case.narrative", text)

    assert journal.kept == [("edit", Step("case.narrative", None, "diz"))]


def test_typing_without_a_pause_is_kept_at_the_latest_delay(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner, delay=LONG_MS, most=0)

    with qtbot.waitSignal(saver.kept):
        editor.enter("case.narrative", "d")

    assert len(journal.kept) == 1


def test_a_field_that_is_left_is_kept_at_once(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner, delay=LONG_MS)
    editor.enter("case.narrative", "d")
    assert journal.kept == []

    with qtbot.waitSignal(saver.kept):
        saver.flush()

    assert len(journal.kept) == 1


def test_what_is_typed_during_a_write_follows_it_in_order(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner)
    journal.gate.clear()
    editor.enter("case.narrative", "first")
    saver.flush()
    editor.close_step()
    editor.enter("case.narrative", "second")
    saver.flush()

    with qtbot.waitSignal(saver.kept):
        journal.gate.set()

    assert [step.after for kind, step in journal.kept if kind == "edit"] == ["first", "second"]
    assert len(journal.batches) == 2


def test_a_failure_is_told_once_and_nothing_is_lost(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner, delay=LONG_MS)
    told: list[object] = []
    saver.failed.connect(told.append)
    journal.full = True
    editor.enter("case.narrative", "one")
    for _ in range(3):
        saver.flush()
        qtbot.waitUntil(lambda: not runner.busy)

    assert len(told) == 1
    assert saver.waiting

    journal.full = False
    editor.close_step()
    editor.enter("case.title", "two")
    with qtbot.waitSignal(saver.kept):
        saver.flush()
    assert [s.after for kind, s in journal.kept if kind == "edit"] == ["one", "two"]


def test_a_failure_after_a_success_is_told_again(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner, delay=LONG_MS)
    told: list[object] = []
    saver.failed.connect(told.append)
    for full in (True, False, True):
        journal.full = full
        editor.enter("case.narrative", f"text {len(journal.batches)} {full}")
        saver.flush()
        qtbot.waitUntil(lambda: not runner.busy)

    assert len(told) == 2


def test_a_save_takes_what_waits_and_gives_it_back_if_it_fails(
    qtbot, editor, journal, runner
) -> None:
    saver = autosave(editor, journal, runner, delay=LONG_MS)
    editor.enter("case.narrative", "one")

    taken = saver.take()
    saver.flush()
    assert not saver.waiting

    with qtbot.waitSignal(saver.kept):
        saver.put_back(taken)
    assert [s.after for _, s in journal.kept] == ["one"]


def test_undo_and_text_that_cannot_be_read_are_kept_too(qtbot, editor, journal, runner) -> None:
    saver = autosave(editor, journal, runner, delay=LONG_MS)
    editor.enter("case.title", "one")
    editor.undo()
    editor.enter("patient.birth_date", "31 Feb")

    with qtbot.waitSignal(saver.kept):
        saver.flush()

    assert [kind for kind, _ in journal.kept] == ["edit", "undo", "unread"]

"""The row being typed is kept soon after the last key, and never in the place of a newer one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from forms.jobs import Runners
from forms.row_journal import RowJournal


class Disk:
    """Keeps rows; full while told so."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, dict[str, str]]] = []
        self.full = False
        self.tries = 0

    def keep(self, session_id: str, texts: Mapping[str, str]) -> None:
        self.tries += 1
        if self.full:
            raise OSError
        self.kept.append((session_id, dict(texts)))


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def runners(qapp: QObject) -> Runners:
    return Runners()


def journal_of(disk: Disk, runners: Runners, delay: int = 20, most: int = 60) -> RowJournal:
    return RowJournal(disk.keep, runners.store, delay_ms=delay, most_ms=most)


def test_only_the_last_text_is_kept(qtbot: QtBot, disk: Disk, runners: Runners) -> None:
    journal = journal_of(disk, runners)
    for text in ("1", "14", "142"):
        journal.take("s", {"bp": text})
    assert journal.waiting
    qtbot.waitUntil(lambda: bool(disk.kept))
    assert disk.kept == [("s", {"bp": "142"})]
    assert not journal.waiting


def test_typing_without_a_pause_is_kept_all_the_same(
    qtbot: QtBot, disk: Disk, runners: Runners
) -> None:
    journal, typed = journal_of(disk, runners, delay=10_000, most=30), []

    def press() -> bool:
        typed.append("1")
        journal.take("s", {"bp": "".join(typed)})
        return bool(disk.kept)

    qtbot.waitUntil(press)
    assert len(disk.kept[0][1]["bp"]) < len(typed)


def test_what_was_handed_over_is_not_kept_again(qtbot: QtBot, disk: Disk, runners: Runners) -> None:
    journal = journal_of(disk, runners)
    journal.take("s", {"bp": "142"})
    journal.drop()
    journal.flush()
    assert not runners.busy
    assert disk.kept == []


def test_the_rows_of_two_sessions_do_not_mix(qtbot: QtBot, disk: Disk, runners: Runners) -> None:
    journal = journal_of(disk, runners)
    journal.take("a", {"bp": "1"})
    journal.take("b", {"bp": "2"})
    journal.flush()
    qtbot.waitUntil(lambda: len(disk.kept) == 2)
    assert disk.kept == [("a", {"bp": "1"}), ("b", {"bp": "2"})]


def test_a_failure_is_told_once_and_tried_again(qtbot: QtBot, disk: Disk, runners: Runners) -> None:
    journal, told = journal_of(disk, runners), []
    journal.failed.connect(told.append)
    disk.full = True
    journal.take("s", {"bp": "142"})
    qtbot.waitUntil(lambda: disk.tries >= 2 and not runners.busy)
    assert [type(error) for error in told] == [OSError]
    disk.full = False
    qtbot.waitUntil(lambda: bool(disk.kept))
    assert disk.kept == [("s", {"bp": "142"})]


def test_an_old_row_does_not_come_back_when_keeping_failed(
    qtbot: QtBot, disk: Disk, runners: Runners
) -> None:
    for newer in (False, True):
        journal = journal_of(disk, runners, delay=10_000, most=10_000)
        disk.full = True
        journal.take("s", {"bp": "142"})
        journal.flush()
        if newer:
            journal.take("s", {"bp": "1429"})
        else:
            journal.drop()
        qtbot.waitUntil(lambda: not runners.busy)
        assert journal.waiting is newer
        disk.full = False
        journal.flush()
        qtbot.waitUntil(lambda: not runners.busy)
        assert disk.kept == ([("s", {"bp": "1429"})] if newer else [])

"""Cycles are collected on the GUI thread and nowhere else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from forms.garbage import Collector


class Knot:
    """Refers to itself; says on which thread it was untied."""

    threads: list[int] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Knot.threads.append(threading.get_ident())


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    Knot.threads.clear()
    gc.collect()
    made = Collector(every_ms=0)
    yield made
    made.stop()


def tie_many() -> None:
    for _n in range(20_000):
        Knot()


def test_a_thread_that_makes_cycles_does_not_collect_them(
    qtbot: QtBot, collector: Collector
) -> None:
    thread = threading.Thread(target=tie_many)
    thread.start()
    thread.join()
    assert Knot.threads == []
    qtbot.waitUntil(lambda: len(Knot.threads) == 20_000, timeout=10_000)
    assert set(Knot.threads) == {threading.main_thread().ident}


def test_what_is_kept_is_never_looked_at_again(collector: Collector) -> None:
    knot = Knot()
    before = gc.get_freeze_count()
    collector.keep_what_is_there()
    try:
        assert gc.get_freeze_count() > before
        del knot
        gc.collect()
        assert Knot.threads == []
    finally:
        gc.unfreeze()
        gc.collect()
    assert len(Knot.threads) == 1


def test_after_it_python_collects_as_before(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()

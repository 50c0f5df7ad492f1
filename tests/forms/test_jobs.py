from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QThread
from pytestqt.qtbot import QtBot

from aeapp.kernel.progress import Progress
from forms.jobs import Job, JobRunner, Runners

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner(1)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.busy)
    made.deleteLater()


def wait_idle(qtbot: QtBot, runner: JobRunner) -> None:
    qtbot.waitUntil(lambda: not runner.busy)


def test_the_work_runs_elsewhere_and_its_result_comes_back_here(qtbot, runner) -> None:
    here = threading.get_ident()
    seen: list[tuple[int, bool]] = []

    def done(worker: int) -> None:
        seen.append((worker, QThread.isMainThread()))

    runner.start(lambda progress: threading.get_ident(), on_done=done)
    wait_idle(qtbot, runner)
    ((worker, on_gui_thread),) = seen
    assert worker != here
    assert on_gui_thread


def test_a_failure_comes_back_whole(qtbot, runner) -> None:
    failures: list[BaseException] = []

    def work(progress: Progress) -> None:
        raise LookupError("nothing there")

    runner.start(work, on_done=failures.append, on_failed=failures.append)
    wait_idle(qtbot, runner)
    assert [type(f) for f in failures] == [LookupError]


def test_a_failure_nobody_wants_reaches_the_handler_of_uncaught_errors(qtbot, runner) -> None:
    def work(progress: Progress) -> None:
        raise LookupError("nobody listens")

    with qtbot.captureExceptions() as uncaught:
        runner.start(work)
        wait_idle(qtbot, runner)
    assert [kind for kind, _error, _trace in uncaught] == [LookupError]


def test_progress_reports_the_last_step_whatever_the_pace(qtbot, runner) -> None:
    steps: list[tuple[int, int, str]] = []

    def work(progress: Progress) -> None:
        for n in range(1, 1001):
            progress.step(n, 1000, "reading")

    runner.start(work, on_progress=lambda *step: steps.append(step))
    wait_idle(qtbot, runner)
    assert steps[-1] == (1000, 1000, "reading")
    assert len(steps) < 500  # each of them is shown no oftener than somebody can read


def test_a_cancelled_job_stops_at_its_next_step_and_has_no_result(qtbot, runner) -> None:
    begun, go_on = threading.Event(), threading.Event()
    ends: list[str] = []

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(60)
        progress.step(1, 2, "half")
        ends.append("went on")

    job = runner.start(
        work,
        on_done=lambda _result: ends.append("done"),
        on_cancelled=lambda: ends.append("cancelled"),
    )
    assert begun.wait(60)
    job.cancel()
    go_on.set()
    wait_idle(qtbot, runner)
    assert ends == ["cancelled"]


def test_a_job_cancelled_before_its_turn_never_starts(qtbot, runner) -> None:
    go_on = threading.Event()
    ends: list[str] = []
    runner.start(lambda progress: go_on.wait(60))
    second = runner.start(
        lambda progress: ends.append("started"), on_cancelled=lambda: ends.append("cancelled")
    )
    second.cancel()
    go_on.set()
    wait_idle(qtbot, runner)
    assert ends == ["cancelled"]


def test_one_thread_keeps_the_order_of_its_jobs(qtbot, runner) -> None:
    order: list[int] = []
    for n in range(200):
        runner.start(lambda progress, n=n: order.append(n))
    wait_idle(qtbot, runner)
    assert order == list(range(200))


def test_the_store_thread_stays_the_same(qtbot, runner) -> None:
    threads: set[int] = set()
    for _n in range(3):
        runner.start(lambda progress: threading.get_native_id(), on_done=threads.add)
        wait_idle(qtbot, runner)
    assert len(threads) == 1


def test_idle_is_said_once_all_jobs_are_over(qtbot, runner) -> None:
    with qtbot.waitSignal(runner.idle):
        for _n in range(20):
            runner.start(lambda progress: None)
    assert not runner.busy


def test_a_thousand_jobs_on_two_threads_all_answer(qtbot) -> None:
    runner = JobRunner(2)
    answers: list[int] = []
    for n in range(1000):
        runner.start(lambda progress, n=n: n, on_done=answers.append)
    qtbot.waitUntil(lambda: not runner.busy, timeout=20_000)
    assert sorted(answers) == list(range(1000))
    assert runner.close()


class Held:
    """Something that work and answers hold."""


def test_of_a_thousand_jobs_nothing_stays_behind(qtbot) -> None:
    """Neither what they held, nor their objects on either side of Qt, however they ended."""
    runner = JobRunner(2)
    held = [Held() for _n in range(1000)]
    watched = [weakref.ref(one) for one in held]

    def started(one: Held, n: int) -> None:
        def work(progress: Progress) -> tuple[Held, int]:
            if n % 3 == 0:
                raise LookupError(one)
            return one, n

        job = runner.start(
            work, on_done=lambda _r, one=one: None, on_failed=lambda _e, one=one: None
        )
        if n % 7 == 0:
            job.cancel()

    for n, one in enumerate(held):
        started(one, n)
    del one
    held.clear()
    qtbot.waitUntil(lambda: not runner.busy, timeout=20_000)
    qtbot.waitUntil(lambda: not runner.findChildren(QObject, options=DIRECT)[1:])
    gc.collect()
    assert [ref for ref in watched if ref() is not None] == []
    assert [o for o in gc.get_objects() if isinstance(o, Job)] == []
    assert runner.close()


def test_what_a_job_held_ends_on_the_thread_of_the_windows(qtbot) -> None:
    ended: list[int] = []
    runner = JobRunner(2)

    def started(n: int) -> None:
        one = Held()
        weakref.finalize(one, lambda: ended.append(threading.get_ident()))

        def work(progress: Progress) -> Held:
            if n % 2:
                raise LookupError(one)
            return one

        runner.start(work, on_failed=lambda _error: None)

    for n in range(300):
        started(n)
    qtbot.waitUntil(lambda: not runner.busy, timeout=20_000)
    gc.collect()
    assert len(ended) == 300
    assert set(ended) == {threading.get_ident()}
    assert runner.close()


def test_a_runner_may_end_with_the_answer_that_alone_held_it(qtbot) -> None:
    """As where a window owns its runner and only the work under way still holds the window."""
    runner = JobRunner(1)
    ended = weakref.ref(runner)
    window = Held()
    window.runner = runner
    runner.start(lambda _progress, w=window: None, on_done=lambda _r, w=window: None)
    del runner, window
    qtbot.waitUntil(lambda: ended() is None)


def test_closing_stops_readers_and_lets_writes_finish(qtbot) -> None:
    runners = Runners()
    begun, go_on = threading.Event(), threading.Event()
    ends: list[str] = []

    def read(progress: Progress) -> None:
        begun.set()
        while True:
            go_on.wait(0.01)
            progress.step(1, 2, "")

    runners.readers.start(read, on_cancelled=lambda: ends.append("reading stopped"))
    runners.store.start(lambda progress: go_on.wait(0.05), on_done=lambda _r: ends.append("first"))
    runners.store.start(lambda progress: None, on_done=lambda _r: ends.append("written"))
    assert begun.wait(60)
    assert runners.close()
    qtbot.waitUntil(lambda: not runners.busy)
    assert sorted(ends) == ["first", "reading stopped", "written"]


def test_work_that_does_not_stop_is_told_and_not_waited_for_for_ever(qtbot) -> None:
    runner = JobRunner(1)
    begun, go_on = threading.Event(), threading.Event()
    runner.start(lambda progress: (begun.set(), go_on.wait(60)))
    assert begun.wait(60)
    assert not runner.close(wait_ms=20)
    go_on.set()
    qtbot.waitUntil(lambda: not runner.busy)


def test_after_closing_no_work_begins(qtbot) -> None:
    runner = JobRunner(1)
    runner.close()
    ends: list[str] = []
    runner.start(
        lambda progress: ends.append("started"), on_cancelled=lambda: ends.append("cancelled")
    )
    qtbot.waitUntil(lambda: not runner.busy)
    assert ends == ["cancelled"]

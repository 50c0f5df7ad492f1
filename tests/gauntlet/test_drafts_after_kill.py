"""Typing survives the death of the process: kill, reopen, and the text and its undo are back."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aeapp.domain.case import write
from aeapp.domain.records import Patient
from aeapp.editing.editor import Editor
from aeapp.services.drafts import report_scope
from tests.helpers.clinic import PASSWORD, USER, cheap_clinics, practice_app

REPOSITORY = Path(__file__).resolve().parents[2]

# The child types sentence after sentence and says on standard output which one is kept.
CHILD = """
import sys
from aeapp.domain.case import write
from aeapp.editing.editor import Editor
from aeapp.services.drafts import report_scope
from tests.helpers.clinic import PASSWORD, USER, cheap_clinics

folder, report_id, case_id, begin = sys.argv[1:]
app = cheap_clinics().open(folder, USER, PASSWORD)
scope = report_scope(report_id)
editor = Editor(app.cases.gather(case_id, report_id), write)
editor.replay(app.drafts.steps(scope))
editor.keep_journal(lambda kind, step: app.drafts.keep(scope, kind, step))
for n in range(int(begin), 100000):
    editor.enter("case.narrative", f"sentence {n}")
    editor.close_step()
    print(n, flush=True)
"""


def type_until_killed(folder: Path, report_id: str, case_id: str, begin: int, after: float) -> int:
    """Return the last sentence the child said was kept before it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), report_id, case_id, str(begin)],
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
        env={**os.environ, "AEAPP_TEST_KDF": "1"},
        text=True,
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        timer = threading.Timer(after, child.send_signal, [signal.SIGKILL])
        timer.start()
        told = [first, *child.stdout.readlines()]
    timer.join()
    whole = [line for line in told if line.endswith("\n")]
    return int(whole[-1]) if whole and whole[0] else begin - 1


@pytest.mark.gauntlet
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a signal of POSIX systems")
def test_every_kept_sentence_is_back_after_a_kill(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    patient = app.patients.save(Patient(code="P-1"))
    event = app.sessions.catch_event(app.sessions.start(patient.id), "Nausea")
    report = app.cases.open_for_event(event)
    app.close()
    folder, rng, last = tmp_path / "larkspur.aeclinic", random.Random(7), -1

    for _ in range(25):
        last = type_until_killed(folder, report.id, report.case_id, last + 1, rng.random() * 0.3)
        again = cheap_clinics().open(str(folder), USER, PASSWORD)
        editor = Editor(again.cases.gather(report.case_id, report.id), write)
        editor.replay(again.drafts.steps(report_scope(report.id)))
        again.close()
        kept = int(editor.text("case.narrative").removeprefix("sentence "))
        # The newest may have been kept without its word having got out before the kill.
        assert kept in (last, last + 1)
        editor.undo()
        assert editor.text("case.narrative") == (f"sentence {kept - 1}" if kept else "")
        last = kept

    assert last > 0

"""What comes after a session, on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.records import Patient
from aeapp.services.app import App
from tests.e2e.conftest import Line
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics


@pytest.fixture
def within(clinic: Path) -> Callable[[Callable[[App], str]], str]:
    """Do something in the clinic between two commands."""

    def do(act: Callable[[App], str]) -> str:
        app = cheap_clinics(StillClock()).open(str(clinic), USER, PASSWORD)
        try:
            return act(app)
        finally:
            app.close()

    return do


def ended(app: App) -> str:
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=SessionRoute.NASAL)
    app.sessions.end(session, SessionEnd.AGAINST_ADVICE, "left")
    return session.number or ""


def test_sessions_are_listed_with_the_numbers_that_other_commands_take(
    line: Line, within: Callable[[Callable[[App], str]], str]
) -> None:
    assert line("session", "list").out == "No sessions yet.\n"
    number = within(ended)
    assert line("session", "list").out == (
        f"{number}  2026-11-23  P-1  Nasal  Left against advice  Ended\n"
    )
    [told] = json.loads(line("session", "list", "--only", "ended", "--json").out)
    assert told.pop("id")
    assert told == {
        "number": number,
        "day": "2026-11-23",
        "patient": "P-1",
        "route": "nasal",
        "phase": "against-advice",
        "state": "ended",
    }
    for asked in (("--only", "running"), ("--route", "im"), ("--patient", "P-1", "--route", "im")):
        assert line("session", "list", *asked).out == "No such session.\n"
    assert "No patient has this code" in line("session", "list", "--patient", "P-2").err
    assert line("session", "list", "--only", "asleep").code == 2
    assert "'session list' sessions" in line("session", "add", "KS-0", "--at", "2026-11-23 13:30",
                                             "--reason", "x", "--note", "y").err  # fmt: skip


def test_a_rems_form_is_listed_until_it_is_recorded_as_sent(
    line: Line, within: Callable[[Callable[[App], str]], str]
) -> None:
    assert "Every REMS form is recorded" in line("session", "rems").out
    number = within(ended)
    assert line("session", "rems").out == f"{number}  to be completed\n"
    sent = ("session", "rems-sent", number, "--channel", "fax", "--reference", "F-77")
    assert "found the content of this REMS form complete" in line(*sent).err

    within(lambda app: str(app.endings.complete_rems(app.sessions.by_number(number).id).id))
    waiting = json.loads(line("session", "rems", "--json").out)
    assert waiting == [{"session": number, "completed": True}]
    done = line(*sent, "--at", "2026-11-23 13:30")
    assert (done.code, done.out) == (0, f"Recorded the REMS form of {number} as sent.\n")
    assert json.loads(line("session", "rems", "--json").out) == []


def test_what_was_missed_is_added_one_thing_at_a_time(
    line: Line, within: Callable[[Callable[[App], str]], str]
) -> None:
    number = within(ended)
    add = ("session", "add", number, "--at", "2026-11-23 13:30", "--reason", "on paper")
    for said, error in (
        ((), "Say one thing that was missed."),
        (("--note", "late", "--event", "Nausea"), "Say one thing that was missed."),
        (("--bp", "142"), "Type both numbers"),
        (("--hr", "20", "--bp", "80/120"), "not above the lower one"),
    ):
        assert error in line(*add, *said).err
    assert "not said to the minute" in line(*add, "--note", "x", "--at", "2026-11-23").err
    for said in (
        ("--event", "Nausea", "--severity", "2"),
        ("--action", "Oxygen 2 L"),
        ("--note", "asleep"),
        ("--bp", "142/88", "--hr", "96"),
    ):
        assert line(*add, *said).code == 0
    assert json.loads(line(*add, "--note", "awake", "--json").out) == {"session": number}

    def told(app: App) -> str:
        room = app.sessions.room(app.sessions.by_number(number).id)
        assert [e.verbatim for e in room.events] == ["Nausea"]
        assert len(room.observations) == 2
        return "; ".join(n.words or "" for n in room.notes)

    words = within(told)
    # Which entry it is, with its time, and why it comes now.
    assert re.search(r"Oxygen 2 L; Added: Oxygen 2 L, \S+ \d\d:\d\d: on paper", words)
    assert re.search(r"Added: BP 142/88, \S+ \d\d:\d\d: on paper", words)

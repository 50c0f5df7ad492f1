"""What happens around the chair: a term that has no tile, the call on the next day, a transfer."""

from __future__ import annotations

from collections.abc import Callable

from aeapp.domain.codelists.clinic import SessionEnd, SessionRoute
from aeapp.domain.codelists.safety import Severity
from aeapp.domain.codelists.session import Answer
from aeapp.domain.records import Session
from aeapp.domain.values import PartialDate
from aeapp.services.endings import Ems
from forms.preview import PagePreview
from tests.helpers.desk import a_patient
from tests.helpers.walked import Bar
from tests.journeys.test_chair import in_the_chair
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]
DAY = 24 * 60


def on_the_day_after(walker: Walker) -> Session:
    """Show the day after a session, the focus on the first line that waits for somebody."""
    app = walker.app
    session = app.sessions.start(a_patient(app).id, route=SessionRoute.IV_PUSH)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    walker.clock.pass_minutes(DAY)
    today = walker.program.shell.show_place("today")
    today.refresh()
    walker.settle()
    today.table.setFocus()
    today.table.selectRow(0)
    walker.start_counting()
    return session


def test_w3_a_term_without_a_tile(walker: Walker, arrived: Arrived) -> None:
    session = in_the_chair(walker)

    walker.press("F4", "/")
    walker.type("ve")
    walker.press("Enter", "2", "Enter")
    walker.settle()

    (event,) = walker.app.sessions.room(session.id).events
    assert (event.verbatim, event.severity) == ("Vertigo", Severity.MODERATE)
    arrived("W3", "an event that has no tile, by two letters", Bar(7))


def test_w9_a_next_day_call(walker: Walker, arrived: Arrived) -> None:
    session = on_the_day_after(walker)

    walker.press("Enter")
    walker.settle()
    walker.press("Y", "1", "1", "1")
    walker.type("is fine")
    walker.press("Enter")
    walker.settle()

    (call,) = walker.app.sessions.room(session.id).calls
    assert (call.reached, call.words, call.by) == (Answer.YES, "is fine", walker.app.who.name)
    assert {call.well, call.slept, call.nothing_new} == {Answer.YES}
    assert walker.app.calls.due() == ()
    arrived("W9", "a next-day call that reached the patient", Bar(14))


def test_w9_nobody_reached(walker: Walker, arrived: Arrived) -> None:
    session = on_the_day_after(walker)

    walker.press("Enter")
    walker.settle()
    walker.press("N", "Enter")
    walker.settle()

    (call,) = walker.app.sessions.room(session.id).calls
    assert (call.reached, call.well, call.words) == (Answer.NO, None, None)
    assert [due.tries for due in walker.app.calls.due()] == [1]
    arrived("W9", "a try that reached nobody", Bar(14))


def test_w9_a_new_event_has_its_own_onset(walker: Walker, arrived: Arrived) -> None:
    session = on_the_day_after(walker)

    walker.press("Enter")
    walker.settle()
    walker.press("Y", "2", "1", "2")
    walker.type("hea")
    walker.press("Enter", "y", "Tab", "Enter")
    walker.settle()

    room = walker.app.sessions.room(session.id)
    (event,) = room.events
    assert (event.verbatim, event.onset) == ("Headache", PartialDate(2026, 11, 23))
    assert [c.nothing_new for c in room.calls] == [Answer.NO]
    arrived("W9", "a call with a new event", Bar(14))


def test_w11_the_handover_of_a_transfer(walker: Walker, arrived: Arrived) -> None:
    session = in_the_chair(walker)
    walker.app.endings.ems(session.id, Ems.CALLED)
    place = walker.place("session")
    place.refresh()
    walker.start_counting()

    walker.press("Ctrl+P")
    walker.settle()

    preview: PagePreview = place.parts["papers"].preview
    walker.wait(lambda: preview.pages == 1)
    assert place.parts["papers"].paper.value == "handover"
    arrived("W11", "the handover page, once the ambulance is called", Bar(6))

"""The prescriber's journey as far as the answers: from the list of reports to the last question."""

from __future__ import annotations

from collections.abc import Callable

from aeapp.domain.codelists.assessment import Causality, Expectedness
from aeapp.domain.codelists.safety import ActionTaken, Challenge, Outcome, Seriousness
from tests.helpers.report_case import a_report
from tests.helpers.walked import Bar
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]


def at_the_list(walker: Walker) -> str:
    """Bring a person to the list of reports, on the line of one that nobody assessed."""
    report = a_report(walker.app)
    walker.program.shell.show_place("reports")
    walker.settle()
    room = walker.place("reports")
    room.worklist.reload()
    walker.settle()
    room.focus_first()
    walker.start_counting()
    return report.case_id


def opened(walker: Walker) -> None:
    walker.press("Enter")
    walker.wait(lambda: walker.place("reports").page is not None)
    walker.settle()


def test_w7a_the_answers_of_an_event_that_is_not_serious(walker: Walker, arrived: Arrived) -> None:
    case_id = at_the_list(walker)
    opened(walker)
    walker.press("n", "1", "1", "p", "1", "Ctrl+S")
    walker.settle()

    case = walker.app.cases.gather(case_id)
    (event,), (opinion,) = case.events, case.assessments
    assert event.seriousness == frozenset()
    assert (event.action_taken, event.outcome) == (ActionTaken.WITHDRAWN, Outcome.RECOVERED)
    assert (opinion.category, opinion.expectedness) == (Causality.PROBABLE, Expectedness.LISTED)
    arrived("W7a", "the answers, from the list to stored", Bar(8))


def test_w7b_the_answers_of_a_serious_event(walker: Walker, arrived: Arrived) -> None:
    case_id = at_the_list(walker)
    opened(walker)
    walker.press("o", "l", "Enter", "4", "1", "p", "3", "t", "t", "Ctrl+S")
    walker.settle()

    case = walker.app.cases.gather(case_id)
    (event,), (opinion,) = case.events, case.assessments
    assert event.seriousness == {Seriousness.OTHER, Seriousness.LIFE_THREATENING}
    assert opinion.category is Causality.PROBABLE
    assert event.dechallenge is event.rechallenge is Challenge.NOT_APPLICABLE
    arrived("W7b", "the answers, from the list to stored", Bar(12))

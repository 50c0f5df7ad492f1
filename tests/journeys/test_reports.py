"""The prescriber's journeys to a signed report: of an event in the chair, of published cases.

The password counts as 15 keys, whatever the one of these tests is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from PySide6.QtTest import QTest

from aeapp.bootstrap import LocalClinics
from aeapp.domain.case import write
from aeapp.domain.codelists.assessment import Causality, Expectedness
from aeapp.domain.codelists.clinic import ReportState, Role
from aeapp.domain.codelists.safety import ActionTaken, Seriousness
from aeapp.domain.findings import Severity
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Report
from tests.helpers.asking import Answers
from tests.helpers.clinic import PASSWORD, StillClock, cheap_clinics, copied_clinic
from tests.helpers.report_case import NARRATIVE, a_report
from tests.helpers.walked import Bar
from tests.journeys.test_assessment import opened
from tests.journeys.walking import Walker

Arrived = Callable[[str, str, Bar], None]
CASES = Path(__file__).parents[1] / "data" / "cases"
PASSWORD_KEYS = 15
NOT_SERIOUS, SERIOUS = 32, 70
UNKNOWN = NullFlavor.UNK


def written(walker: Walker, out: Path) -> str:
    """Export the open report by its key, and return the words of the file."""
    assert isinstance(walker.program.ask, Answers)
    walker.program.ask.path = out
    walker.press("Ctrl+Enter")
    # The dialog of the system offers folder and name: one Enter.
    walker.keys += 1
    walker.wait(out.is_file)
    walker.settle()
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(out).pages)


@pytest.fixture
def clinics(tmp_path: Path, clock: StillClock) -> LocalClinics:
    """Let a prescriber log in."""
    copied_clinic(tmp_path, Role.PRESCRIBER)
    return cheap_clinics(clock)


def sign(walker: Walker, report_id: str) -> None:
    """Sign the open report with a fresh password; it means approval as it stands."""
    walker.press("Ctrl+Shift+S")
    walker.settle()
    QTest.keyClicks(walker.focus, PASSWORD)
    walker.keys += PASSWORD_KEYS
    walker.press("Enter")
    walker.settle()
    assert walker.app.lifecycle.standing(report_id).report.state is ReportState.READY


def blocking(walker: Walker, case_id: str) -> list[str]:
    """Return what keeps the stored case from being ready."""
    found = walker.app.cases.check(walker.app.cases.gather(case_id))
    return [f.code for f in found if f.severity is Severity.BLOCKS]


def at_the_newest(walker: Walker) -> None:
    """Bring a person to the list of reports, on its first line."""
    walker.program.shell.show_place("reports")
    room = walker.place("reports")
    room.worklist.reload()
    walker.settle()
    room.focus_first()
    walker.start_counting()


def described(walker: Walker) -> Report:
    """Bring a person to the report of an event in the chair that was described already."""
    report = a_report(walker.app)
    before = walker.app.cases.gather(report.case_id)
    walker.app.cases.save(before, write(before, "case.narrative", NARRATIVE))
    at_the_newest(walker)
    return report


def test_w7a_an_event_that_is_not_serious_to_the_written_report(
    walker: Walker, arrived: Arrived, tmp_path: Path
) -> None:
    report = described(walker)

    opened(walker)
    walker.press("n", "1", "1", "p", "1")
    sign(walker, report.id)
    words = written(walker, tmp_path / "out.pdf")

    (event,) = walker.app.cases.gather(report.case_id).events
    assert event.seriousness == frozenset()
    assert "DRAFT" not in words
    arrived("W7a", "from the list to the signed report", Bar(NOT_SERIOUS))


def test_w7b_a_serious_event_to_the_written_report(
    walker: Walker, arrived: Arrived, tmp_path: Path
) -> None:
    report = described(walker)

    opened(walker)
    walker.press("o", "l", "Enter", "4", "1", "p", "3", "t", "t")
    # The decision is a journey of its own (W12); who told, and race and ethnicity, are unknown.
    for steps in (2, 2):
        walker.press(*("F8",) * steps, "F9", "u")
        walker.settle()
    sign(walker, report.id)
    words = written(walker, tmp_path / "out.pdf")

    stored = walker.app.cases.gather(report.case_id)
    assert stored.happening.seriousness == {Seriousness.OTHER, Seriousness.LIFE_THREATENING}
    assert (stored.awareness[0].teller, stored.patient.race) == (UNKNOWN, UNKNOWN)
    assert "DRAFT" not in words
    arrived("W7b", "from the list to the signed report", Bar(SERIOUS))


@dataclass(frozen=True, slots=True)
class Published:
    """A published case and what the prescriber of the walk answers.

    What its source does not tell is answered as unknown; that no label is loaded, too.

    Attributes:
        answers: Keys of the questions, in their order.
    """

    name: str
    answers: tuple[str, ...]
    seriousness: frozenset[Seriousness] | NullFlavor
    action: ActionTaken | NullFlavor
    cause: Causality


PUBLISHED = (
    Published(
        "BUILD-1", ("o", "Enter", "u", "u", "x", "3", "u", "u"),
        frozenset({Seriousness.OTHER}), UNKNOWN, Causality.UNASSESSABLE,
    ),
    Published(
        "BUILD-2", ("u", "u", "u", "x", "3", "u", "u"),
        UNKNOWN, UNKNOWN, Causality.UNASSESSABLE,
    ),
    Published(
        "BUILD-3", ("n", "4", "u", "x", "3", "u", "u"),
        frozenset(), ActionTaken.UNCHANGED, Causality.UNASSESSABLE,
    ),
    Published(
        "BUILD-4", ("u", "u", "u", "p", "3", "u", "u"),
        UNKNOWN, UNKNOWN, Causality.PROBABLE,
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.name)
def test_w7_a_published_case_to_the_written_report(
    walker: Walker, arrived: Arrived, tmp_path: Path, case: Published
) -> None:
    done = walker.app.importing.import_case(CASES / f"{case.name}.json")
    file = walker.app.importing.case_by_number(done.case_number)
    assert file is not None
    assert blocking(walker, file.id) == ["V5", "V4"]
    at_the_newest(walker)

    opened(walker)
    walker.press(*case.answers)
    # What no publication tells blocks: the code of the patient, and who files.
    for told in ("P-1", "Reyes"):
        walker.press("F8")
        walker.type(told)
    (report_id,) = walker.app.cases.report_ids()
    sign(walker, report_id)
    words = written(walker, tmp_path / "out.pdf")

    stored = walker.app.cases.gather(file.id)
    (event,), (opinion,) = stored.events, stored.assessments
    assert (event.seriousness, event.action_taken) == (case.seriousness, case.action)
    assert (event.outcome, event.dechallenge, event.rechallenge) == (UNKNOWN,) * 3
    assert (opinion.category, opinion.expectedness) == (case.cause, Expectedness.NO_LABEL)
    assert (stored.patient.code, stored.filer.last_name) == ("P-1", "Reyes")
    assert blocking(walker, file.id) == []
    assert "DRAFT" not in words
    what = f"published case {case.name[-1]} to the signed report"
    # A case from outside lacks what the chair knows: also one that is not serious has findings to
    # mend, which is the walk of W7b.
    arrived("W7b", what, Bar(SERIOUS))

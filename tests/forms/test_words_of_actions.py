"""A person's own word for something finds the action in the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aeapp.bootstrap import LocalClinics
from aeapp.domain.codelists.clinic import Role
from aeapp.domain.lifecycle import Act
from aeapp.services.app import App
from forms.actions import rank
from forms.application import Program
from forms.window_actions import ON_REPORT, PAGES, STEPS
from tests.helpers.accessibility import assert_accessible
from tests.helpers.clinic import StillClock, cheap_clinics, copied_clinic
from tests.helpers.program import log_in, settle
from tests.helpers.report_case import a_serious_report

# What is typed, and what stands first or among the first for it.
WORDS = {
    "sent": "Record sending of the report",
    "send": "Record sending of the report",
    "submit": "Record sending of the report",
    "fax": "Record sending of the report",
    "acknowledge": "Record acknowledgement of the report",
    "ack": "Record acknowledgement of the report",
    "approve": "Approve the report",
    "sign": "Approve the report",
    "follow up": "Follow-up to what was sent",
    "followup": "Follow-up to what was sent",
    "correct": "Follow-up to what was sent",
    "amend": "Follow-up to what was sent",
    "nullify": "Follow-up to what was sent",
    "undo follow": "Take the further version back",
    "unblind": "Open the blind of a study drug",
    "phone": "Record a telephone call about the report",
    "request": "Request from outside",
    "inquiry": "Request from outside",
    "question": "Ask a colleague about the report",
    "assign": "Owner of the report",
    "review": "Hand the report to review",
    "void": "Void the report",
    "delete": "Void the report",
    "close": "Close the report",
    "unlock": "Unlock the report",
    "freeze": "Lock the report",
    "causality": "Assess the event",
    "serious": "Assess the event",
    "decision": "Decide on the event",
    "narrative": "To the narrative",
    "missing": "Next finding of the report",
    "history": "Versions of the report",
    "chronology": "Timeline of the report",
    "attach": "Files of the report",
    "print": "Pages of the report",
    "pdf": "Export the report",
    "xml": "Export as an electronic message",
    "redact": "Export a copy that leaves something out",
    "anonymize": "Export a copy that leaves something out",
    "batch": "Export all reports",
    "meddra": "Terminologies",
    "deadline": "Reporting clocks",
    "disclosure": "Export register",
    "audit": "Make an inspection pack",
    "inspector": "Make an inspection pack",
    "start": "New session",
    "register person": "New patient",
    "caught": "Near miss without a patient",
    "take in": "Import a case",
    "log out": "Lock",
    "overdue": "Go to Today",
    "vitals": "Go to Session",
    "inventory": "Go to Library",
    "settings": "Go to Clinic",
}
SHOWN = 4


@pytest.fixture
def clinics(tmp_path: Path, clock: StillClock) -> LocalClinics:
    """Let a prescriber log in."""
    copied_clinic(tmp_path, Role.PRESCRIBER)
    return cheap_clinics(clock)


def test_a_persons_word_finds_what_is_meant_and_says_why_not_now(
    program: Program, qtbot: QtBot
) -> None:
    log_in(qtbot, program)
    offers = program.shell.offers
    known = {action.title: action for action in offers.actions}
    for typed, title in WORDS.items():
        ranked = [(rank(a, typed), n, a.title) for n, a in enumerate(offers.actions)]
        fitting = sorted(line for line in ranked if line[0] is not None)
        assert title in [found for _rank, _n, found in fitting[:SHOWN]], (typed, fitting)
    listed = {title for _act, title, *_rest in STEPS}
    listed |= {title for _name, title, *_rest in ON_REPORT}
    listed |= {title for *_where, title, _words in PAGES}
    assert listed <= known.keys()

    # While no report is open, its actions say so and do nothing; then where it stands decides.
    assert known["Record sending of the report"].reason() == "open a report first"
    app = program.app
    assert isinstance(app, App)
    report = a_serious_report(app)
    program.show_report(report.id)
    settle(qtbot, program)
    assert known["Record acknowledgement of the report"].reason() == "not now: Draft"
    assert known["Versions of the report"].reason() == ""
    page = program.shell.place("reports").page  # type: ignore[union-attr]
    known["Record sending of the report"].run()
    assert page.log.form.isVisible()
    known["Ask a colleague about the report"].run()
    settle(qtbot, program)
    assert page.versions.question.isVisible()
    known["Record a telephone call about the report"].run()
    assert page.log.form.isVisible()
    assert not page.log.form.channels.isVisible()
    known["Timeline of the report"].run()
    settle(qtbot, program)
    assert "The clinic learnt of it" in page.timeline.text
    assert_accessible(page.timeline)
    assert page.timeline.text.index("Ketamine") < page.timeline.text.index("Syncope")
    # A signature that would be refused asks for no password.
    page.versions.blocking = 2
    page.versions.begin(Act.APPROVE)
    assert not page.versions.signing.isVisible()
    page.versions.blocking = 0
    known["Approve the report"].run()
    settle(qtbot, program)
    assert page.versions.signing.isVisible()
    known["Hand the report to review"].run()
    settle(qtbot, program)
    known["Open the blind of a study drug"].run()
    assert program.shell.current_place == "patients"

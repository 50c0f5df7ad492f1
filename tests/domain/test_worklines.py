"""A line of the worklist says what is done next, by whom, and until when by whose word."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from aeapp.domain.case import Case
from aeapp.domain.chair.needs import Authority, NeedKind
from aeapp.domain.clock_facts import ClockFacts, Sent
from aeapp.domain.codelists.clinic import (
    Asker,
    ClinicDuty,
    Destination,
    FacilityType,
    ReportState,
    RequestAnswer,
)
from aeapp.domain.codelists.safety import ActionTaken, Outcome, Seriousness
from aeapp.domain.findings import Finding, Severity
from aeapp.domain.records import Clinic, Event, Report, Request, Session
from aeapp.domain.records.question import Question, Try
from aeapp.domain.records.request import AskedFor
from aeapp.domain.values import PartialDate
from aeapp.domain.worklines import (
    Filed,
    Step,
    annual_need,
    clocks_by_report,
    copy_need,
    decision_need,
    older_need,
    open_clocks,
    question_need,
    report_needs,
    request_need,
    step_of,
    unopened_need,
)

LEARNT = PartialDate(2026, 11, 23, 14, 40, None, 0)
OFFICE = Clinic(facility=FacilityType.PHYSICIAN_OFFICE)
KIM = Session(id="s", prescriber="J. Kim", number="S-2026-000001")
ASSESSED = Event(
    id="e",
    session_id="s",
    verbatim="Syncope",
    seriousness=frozenset({Seriousness.OTHER}),
    outcome=Outcome.RECOVERED,
    action_taken=ActionTaken.UNCHANGED,
)
REPORT = Report(id="r", number="KC-2026-000031/3500/1", destination=Destination.FDA)
BLOCKS = Finding(path="case.title", code="V1", severity=Severity.BLOCKS, text="Give it.")
WARNS = Finding(path="case.title", code="V2", severity=Severity.WARNS, text="Look at it.")


def clocks(event: Event = ASSESSED, **facts: Any) -> Any:
    known: dict[str, Any] = {"clinic": OFFICE, "awareness": (LEARNT,)}
    return open_clocks([ClockFacts(event=event, **(known | facts))])


def filed(*reports: Report, **more: Any) -> Filed:
    step = Step("Do it", "Dana Reyes", "", 0)
    known: dict[str, Any] = {
        "title": "Syncope",
        "patient": "P-0398",
        "reports": reports,
        "clocks": clocks(),
        "steps": {r.id: step for r in reports if r.state is not ReportState.RECORDED_SENT},
    }
    return Filed(**(known | more))


# ------------------------------------------------------------------ steps


def test_what_the_prescriber_has_to_answer_comes_first_and_waits_for_that_person() -> None:
    case = Case(
        report=Report(owner="Dana Reyes"),
        sessions=(KIM,),
        events=(Event(session_id="s", seriousness=frozenset()),),
    )

    assert step_of(case, (BLOCKS, BLOCKS, WARNS)) == Step(
        "Needs outcome", "Dana Reyes", "J. Kim", 2
    )
    assert step_of(case, ()) == Step("Needs outcome", "Dana Reyes", "J. Kim", 1)


def test_an_event_without_a_session_waits_for_nobody_by_name() -> None:
    case = Case(events=(Event(),), sessions=(KIM,))

    assert step_of(case, ()) == Step("Needs seriousness", "", "", 1)


def test_then_comes_what_blocks_and_then_the_sending() -> None:
    case = Case(events=(ASSESSED,), sessions=(KIM,))

    assert step_of(case, (WARNS, BLOCKS)) == Step("Give it.", "J. Kim", "", 1)
    assert step_of(case, (WARNS,)) == Step("Send it, then record the sending", "J. Kim", "", 0)
    assert step_of(case, (), outdated=True).words == "Approve it again: it changed since"


# ------------------------------------------------------------------ reports


def test_a_report_has_its_clock_its_step_and_its_owner() -> None:
    (need,) = report_needs(filed(REPORT))

    assert (need.kind, need.target, need.opens) == (NeedKind.REPORT, "r", ("report", "r"))
    assert (need.due, need.authority) == (dt.date(2026, 12, 8), Authority.CLINIC)
    assert need.rule == ("Form FDA 3500 (voluntary), 15 calendar days, to FDA or the manufacturer")
    assert need.detail == "KC-2026-000031/3500/1"
    assert (need.next_step, need.owner, need.line) == ("Do it", "Dana Reyes", "report.r.voluntary")


def test_an_open_report_without_a_clock_is_listed_all_the_same() -> None:
    (need,) = report_needs(filed(REPORT, clocks=()))

    assert (need.due, need.rule, need.line) == (None, "", "report.r")


def test_a_report_that_went_out_and_has_no_clock_is_done() -> None:
    sent = Report(id="r", state=ReportState.RECORDED_SENT)

    assert report_needs(filed(sent, clocks=())) == []


def test_two_clocks_of_one_report_are_two_lines() -> None:
    duties = frozenset({ClinicDuty.IND_INVESTIGATOR, ClinicDuty.PARTNER})
    clinic = Clinic(facility=FacilityType.PHYSICIAN_OFFICE, duties=duties, protocol_hours=24)
    both = clocks(clinic=clinic, study=True)

    lines = report_needs(filed(REPORT, clocks=both))

    assert [n.mark for n in lines] == ["protocol", "ind-investigator"]
    assert lines[0].due_at == PartialDate(2026, 11, 24, 14, 40, None, 0)
    assert {n.target for n in lines} == {"r"}


def test_a_clock_of_a_case_without_any_report_has_no_line_here() -> None:
    assert report_needs(filed()) == []


def test_the_clock_goes_to_the_report_that_meets_it_and_is_open() -> None:
    sent = Report(id="a", destination=Destination.FDA, state=ReportState.RECORDED_SENT)
    other = Report(id="b", destination=Destination.REMS)

    lines = report_needs(filed(sent, other, REPORT))

    assert [(n.target, n.mark) for n in lines] == [("r", "voluntary"), ("b", "")]


def test_news_after_the_report_ask_for_a_follow_up_of_what_went_out() -> None:
    news = PartialDate(2026, 12, 4, 9, 0, None, 0)
    went = Sent(to=Destination.FDA, at=PartialDate(2026, 11, 30, 9, 0, None, 0))
    outsourcing = Clinic(facility=FacilityType.OUTSOURCING)
    sent = Report(
        id="r", destination=Destination.FDA, state=ReportState.RECORDED_SENT, owner="Dana Reyes"
    )

    (need,) = report_needs(
        filed(
            sent,
            clocks=clocks(clinic=outsourcing, listed=False, awareness=(LEARNT, news), sent=(went,)),
        )
    )

    assert (need.due, need.owner) == (dt.date(2026, 12, 19), "Dana Reyes")
    assert need.next_step == "Send a follow-up, then record it"
    assert need.mark == "503b-15.2026-12-04T09:00+00:00"


def test_after_a_call_the_written_report_is_the_next_step() -> None:
    call = Sent(to=Destination.FDA, at=LEARNT, by_phone=True)

    (need,) = report_needs(filed(REPORT, clocks=clocks(sent=(call,))))

    assert need.next_step == "Send the written report: Do it"


def test_without_an_awareness_the_next_step_is_to_say_it() -> None:
    (need,) = report_needs(filed(REPORT, clocks=clocks(awareness=())))

    assert need.lacks_begin
    assert need.next_step == "Say when the clinic learnt of it"


def test_each_rule_runs_once_a_case_for_the_event_that_is_due_first() -> None:
    later = PartialDate(2026, 11, 25, 9, 0, None, 0)
    facts = [ClockFacts(clinic=OFFICE, event=ASSESSED, awareness=(at,)) for at in (later, LEARNT)]

    (clock,) = open_clocks(facts)

    assert clock.zero == LEARNT


# ------------------------------------------------------------------ events


def test_an_event_that_nobody_assessed_waits_for_the_prescriber() -> None:
    event = Event(id="e", verbatim="Syncope")
    (clock,) = clocks(event)

    need = decision_need(event, KIM, "P-1", clock, ("session", "s"))

    assert (need.kind, need.next_step) == (NeedKind.DECISION, "Needs seriousness, then decide")
    assert (need.waits_for, need.owner, need.blockers) == ("J. Kim", "J. Kim", 1)
    assert "if serious" in need.rule
    assert need.detail == "Session S-2026-000001"


def test_an_assessed_event_is_to_be_decided() -> None:
    need = decision_need(ASSESSED, None, "P-1", None, ("patient", "p"))

    assert (need.next_step, need.waits_for, need.due) == ("Decide: report or not", "", None)
    assert need.detail == "no session"


def test_older_events_are_counted_in_one_line() -> None:
    assert older_need(12).what == "12 older events without a decision"


def test_a_decided_report_is_to_be_opened() -> None:
    (clock,) = clocks()

    need = unopened_need(ASSESSED, "P-1", clock, "J. Kim")

    assert (need.opens, need.next_step, need.owner) == (("event", "e"), "Open the report", "J. Kim")
    assert need.due == dt.date(2026, 12, 8)


# ------------------------------------------------------------------ requests


def test_the_date_of_a_request_is_a_wish() -> None:
    request = Request(
        id="q",
        report_id="r",
        asker=Asker.FDA,
        number="4711",
        wished=PartialDate(2026, 11, 30),
        questions=(
            AskedFor(question="a"),
            AskedFor(question="b"),
            AskedFor(question="c", answer=RequestAnswer.ANSWERED),
        ),
        by="Dana Reyes",
    )

    need = request_need(request, "Syncope", "P-1", "")

    assert (need.what, need.next_step) == ("Request of FDA 4711", "Answer 2 questions")
    assert (need.due, need.authority) == (dt.date(2026, 11, 30), Authority.WISH)
    assert (need.owner, need.opens) == ("Dana Reyes", ("report", "r"))


def test_a_request_without_a_date_or_questions_waits_to_be_read() -> None:
    request = Request(id="q")

    need = request_need(request, "", "", "J. Kim")

    assert request.is_open
    assert (need.what, need.next_step, need.due, need.rule) == (
        "Request of somebody",
        "Answer",
        None,
        "",
    )
    assert need.owner == "J. Kim"


@pytest.mark.parametrize(
    ("facility", "condition"),
    [(FacilityType.OUTPATIENT, ""), (FacilityType.UNSURE, ", if a device user facility")],
)
def test_the_annual_report_says_its_year_and_clause(facility: FacilityType, condition: str) -> None:
    need = annual_need(Clinic(id="c", facility=facility), dt.date(2027, 1, 1))
    assert need.line == "annual.c.2026"
    assert need.what == "Annual device report for 2026"
    assert need.rule == f"21 CFR 803.33{condition}, to FDA"
    assert (need.authority, need.due) == (Authority.LAW, dt.date(2027, 1, 1))


def test_a_clock_is_that_of_the_report_which_meets_it() -> None:
    (voluntary,) = clocks()
    sponsor = Report(id="s", destination=Destination.SPONSOR)
    assert clocks_by_report([voluntary], (sponsor, REPORT)) == {"r": (voluntary,)}
    # Where no report goes to whom the clock is about, it stands with the one there is.
    assert clocks_by_report([voluntary, voluntary], (sponsor,)) == {"s": (voluntary, voluntary)}
    assert clocks_by_report([voluntary], ()) == {}


def test_a_question_waits_for_the_one_who_was_asked() -> None:
    asked = Question(id="q", report_id="r", words="Which lot?", to="J. Kim", asked_by="Dana Reyes",
                     due=PartialDate(2026, 11, 30))  # fmt: skip
    need = question_need(asked, "Syncope", "P-0398")
    assert (need.target, need.what, need.detail) == ("q", "Which lot?", "Syncope")
    assert (need.owner, need.waits_for, need.due) == ("J. Kim", "J. Kim", dt.date(2026, 11, 30))
    assert (need.rule, need.opens) == ("asked by Dana Reyes", ("report", "r"))
    once = question_need(replace(asked, tries=(Try(),), due=None), "", "")
    twice = question_need(replace(asked, tries=(Try(), Try()), words=None), "Syncope", "")
    assert (once.detail, once.due) == ("1 try", None)
    assert (twice.detail, twice.what) == ("Syncope, 2 tries", "Question")
    assert asked.is_open
    assert not replace(asked, answer="X-1").is_open


def test_whoever_got_the_version_before_gets_the_newest() -> None:
    to, person = Destination.FDA, "Larkspur Pharma"
    need = copy_need(REPORT, to, person, 2, title="Syncope", patient="P-0398")
    assert (need.target, need.mark) == ("r", f"copy.{to.value}.{person}")
    assert need.next_step == f"Send version 2 to {to.words}, {person} too"
    assert copy_need(REPORT, to, "", 2, title="", patient="").mark == f"copy.{to.value}"

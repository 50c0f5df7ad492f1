"""The log of sending: what was said or sent, when, to whom; and what was asked from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import (
    Asker,
    Channel,
    Destination,
    ReportState,
    RequestAnswer,
    Role,
)
from aeapp.domain.codelists.lifecycle import NotThere
from aeapp.domain.records import Awareness, Report, Request, Sending
from aeapp.domain.records.request import AskedFor
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.sending import (
    QuestionAnsweredError,
    RequestIncompleteError,
    SendingIncompleteError,
    SendingRoleError,
    SentInFutureError,
    TimeDoubtedError,
    UnsignedError,
)
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.report_case import a_report

NOW = PartialDate(2026, 11, 23, 14, 40, None, -300)
CALL = Sending(channel=Channel.PHONE, at=NOW, person="M. Ortiz", reference="FDA-4711")
WRITTEN = Sending(
    channel=Channel.ONLINE, at=NOW, reference="ICSR-1", proof_lacks=NotThere.NONE_GIVEN
)
ASKED = Request(
    asker=Asker.FDA,
    number="FDA-12",
    wished=PartialDate(2026, 11, 30),
    questions=(AskedFor(question="Outcome?"), AskedFor(question="Lot?")),
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    app = practice_app(tmp_path, StillClock(), Role.PRESCRIBER)
    yield app
    app.close()


@pytest.fixture
def report(app: App) -> Report:
    return a_report(app)


def state(app: App, report: Report) -> ReportState | None:
    return app.cases.gather(report.case_id, report.id).report.state


def test_a_call_is_the_first_entry_and_the_written_report_follows(app: App, report: Report) -> None:
    call = app.sending.record(report.id, replace(CALL, words="Told of the syncope."))

    assert (call.report_id, call.case_id, call.by) == (report.id, report.case_id, app.who.name)
    assert call.destination is Destination.FDA
    assert state(app, report) is ReportState.DRAFT

    written = app.sending.record(report.id, WRITTEN, unsigned_because="posted already")

    assert app.sending.log_of(report.id).sendings == (call, written)
    assert state(app, report) is ReportState.RECORDED_SENT


@pytest.mark.parametrize(
    "line",
    [
        replace(CALL, channel=None),
        replace(CALL, at=None),
        replace(CALL, at=PartialDate(2026, 11, 23)),
        replace(CALL, person=" ", reference=None),
    ],
    ids=["no way", "no time", "no minute", "neither person nor number"],
)
def test_a_line_that_nobody_could_find_again_is_refused(
    app: App, report: Report, line: Sending
) -> None:
    with pytest.raises(SendingIncompleteError):
        app.sending.record(report.id, line)

    assert app.sending.log_of(report.id).sendings == ()


def test_nothing_is_recorded_before_it_was_sent(app: App, report: Report) -> None:
    with pytest.raises(SentInFutureError):
        app.sending.record(report.id, replace(WRITTEN, at=replace(NOW, minute=42)))

    assert state(app, report) is ReportState.DRAFT


def test_what_nobody_approved_is_recorded_with_the_reason_and_a_call_asks_none(
    app: App, report: Report
) -> None:
    assert app.sending.before(report.id).unsigned
    with pytest.raises(UnsignedError):
        app.sending.record(report.id, WRITTEN, unsigned_because=" ")
    assert state(app, report) is ReportState.DRAFT

    app.sending.record(report.id, CALL)
    app.sending.record(report.id, WRITTEN, unsigned_because="the portal closed at noon")

    (line,) = app.versions.lines(report.id)
    assert line.version.unsigned_because == "the portal closed at noon"
    assert not app.sending.before(report.id).unsigned


@pytest.mark.parametrize("line", [CALL, WRITTEN], ids=["call", "written"])
def test_a_time_before_the_clinic_knew_is_asked_about_and_its_reason_kept(
    app: App, report: Report, line: Sending
) -> None:
    app.sessions.save(Awareness(case_id=report.case_id, at=NOW))
    early = replace(line, at=replace(NOW, hour=9))

    with pytest.raises(TimeDoubtedError) as refused:
        app.sending.record(report.id, early, unsigned_because="posted")
    assert "before the clinic learnt of the event, 23-Nov-2026 14:40" in refused.value.message
    why = replace(early, at_because="the awareness was typed wrong")
    kept = app.sending.record(report.id, why, unsigned_because="posted")

    assert kept.at_because == "the awareness was typed wrong"


def test_a_reason_for_a_time_that_nobody_doubts_is_not_kept(app: App, report: Report) -> None:
    kept = app.sending.record(report.id, replace(CALL, at_because="no need"))
    assert kept.at_because is None


def test_a_nurse_records_a_call_and_is_told_who_records_the_written_report(
    tmp_path: Path,
) -> None:
    nurse = practice_app(tmp_path / "nurse", StillClock(), Role.NURSE)
    try:
        report = a_report(nurse)
        nurse.sending.record(report.id, CALL)
        assert not nurse.sending.may_record
        with pytest.raises(SendingRoleError) as refused:
            nurse.sending.record(report.id, WRITTEN)
        assert "a prescriber or the compliance lead" in refused.value.remedy
    finally:
        nurse.close()


def test_a_request_keeps_its_number_its_date_and_its_questions(app: App, report: Report) -> None:
    request = app.sending.take(report.id, ASKED)

    assert (request.number, request.wished) == ("FDA-12", PartialDate(2026, 11, 30))
    assert (request.received, request.by) == (NOW, app.who.name)
    assert request.is_open
    assert app.sending.log_of(report.id).requests == (request,)


def test_each_question_is_answered_or_not_available(app: App, report: Report) -> None:
    request = app.sending.take(report.id, ASKED)

    app.sending.answer(request, 0, RequestAnswer.ANSWERED, "Recovered.")
    done = app.sending.answer(request, 1, RequestAnswer.NOT_AVAILABLE)

    assert [q.answer for q in done.questions] == [
        RequestAnswer.ANSWERED,
        RequestAnswer.NOT_AVAILABLE,
    ]
    assert [q.words for q in done.questions] == ["Recovered.", None]
    assert {(q.at, q.by) for q in done.questions} == {(NOW, app.who.name)}
    assert not done.is_open


def test_answers_given_with_the_request_are_signed_as_well(app: App, report: Report) -> None:
    told = AskedFor(question="Lot?", answer=RequestAnswer.NOT_AVAILABLE)
    request = app.sending.take(report.id, replace(ASKED, questions=(told,)))

    assert (request.questions[0].by, request.questions[0].at) == (app.who.name, NOW)


@pytest.mark.parametrize("n", [0, 2], ids=["answered already", "no such question"])
def test_an_answer_is_not_given_twice(app: App, report: Report, n: int) -> None:
    request = app.sending.take(report.id, ASKED)
    app.sending.answer(request, 0, RequestAnswer.ANSWERED)

    with pytest.raises(QuestionAnsweredError):
        app.sending.answer(request, n, RequestAnswer.NOT_AVAILABLE)


def test_a_request_says_who_asks(app: App, report: Report) -> None:
    with pytest.raises(RequestIncompleteError):
        app.sending.take(report.id, replace(ASKED, asker=None))


def test_the_log_goes_with_the_case_to_another_clinic(
    app: App, report: Report, tmp_path: Path
) -> None:
    app.sending.record(report.id, CALL)
    app.sending.take(report.id, ASKED)
    out = tmp_path / "case.json"

    app.importing.export_case(report.case_id, out)

    written = json.loads(out.read_text())
    assert [line["reference"] for line in written["sendings"]] == ["FDA-4711"]
    assert [line["number"] for line in written["requests"]] == ["FDA-12"]
    (tmp_path / "other").mkdir()
    other = practice_app(tmp_path / "other", StillClock())
    try:
        other.importing.import_case(out)
        there = other.cases.report_by_number(
            other.cases.report_lines(other.cases.report_ids())[0].number
        )
        log = other.sending.log_of(there.id)
        assert [line.person for line in log.sendings] == ["M. Ortiz"]
        assert [q.question for q in log.requests[0].questions] == ["Outcome?", "Lot?"]
    finally:
        other.close()

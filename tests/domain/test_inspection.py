"""Which events belong to a period, and how their decisions are counted."""

from __future__ import annotations

import datetime as dt

import pytest

from aeapp.domain.codelists.clinic import ReportDecision
from aeapp.domain.inspection import Inspected, Period, SentReport, Span, Totals, belongs, totals
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import (
    Approval,
    Awareness,
    CaseFile,
    Decision,
    Event,
    Report,
    ReportVersion,
    Sending,
)
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError

AUTUMN = Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        (Span.LAST_QUARTER, "2026-11-27", "2026-07-01", "2026-09-30"),
        (Span.LAST_QUARTER, "2026-02-28", "2025-10-01", "2025-12-31"),
        (Span.THIS_QUARTER, "2026-11-27", "2026-10-01", "2026-12-31"),
        (Span.THIS_QUARTER, "2028-01-01", "2028-01-01", "2028-03-31"),
        (Span.LAST_YEAR, "2026-11-27", "2025-01-01", "2025-12-31"),
        (Span.THIS_YEAR, "2026-01-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_named_period_has_these_days(span: Span, today: str, first: str, last: str) -> None:
    found = span.period(dt.date.fromisoformat(today))
    assert (str(found.first), str(found.last)) == (first, last)
    assert span.words


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInputError):
        Period(dt.date(2026, 2, 1), dt.date(2026, 1, 31))


@pytest.mark.parametrize(
    ("at", "held"),
    [
        ("2026-10-01", True),
        ("2026-12-31T23:59-05:00", True),
        ("2026", True),  # known roughly: it may lie in it
        ("2026-09-30", False),
        ("2027-01-01", False),
    ],
)
def test_a_date_lies_in_a_period_as_soon_as_it_may(at: str, held: bool) -> None:
    assert AUTUMN.holds(day(at)) is held


@pytest.mark.parametrize("nothing", [None, NullFlavor.UNK])
def test_what_is_no_date_lies_in_no_period(nothing: object) -> None:
    assert not AUTUMN.holds(nothing)


IN, OUT = day("2026-11-23"), day("2026-05-01")


@pytest.mark.parametrize(
    ("onset", "learnt", "decided", "sent", "found"),
    [
        (IN, None, None, None, True),
        (OUT, IN, None, None, True),
        (OUT, OUT, IN, None, True),
        (OUT, OUT, OUT, IN, True),
        (OUT, OUT, OUT, OUT, False),
        (NullFlavor.UNK, None, None, None, None),
    ],
)
def test_an_event_belongs_to_a_period_by_any_of_its_dates(
    onset: object,
    learnt: PartialDate | None,
    decided: PartialDate | None,
    sent: PartialDate | None,
    found: bool | None,
) -> None:
    event = Event(onset=onset)  # type: ignore[arg-type]
    facts = [Awareness(at=learnt)] if learnt else []
    decisions = [Decision(at=decided)] if decided else []
    sendings = [Sending(at=sent)] if sent else []
    assert belongs(AUTUMN, event, facts, decisions, sendings) is found


def test_decisions_are_counted_and_a_version_of_two_events_counts_once() -> None:
    sent = SentReport(report=Report(), versions=(ReportVersion(id="v1"),))
    report, none = (Decision(answer=a) for a in (ReportDecision.REPORT, ReportDecision.NO_REPORT))
    events = (
        Inspected(event=Event(), decisions=(none, report), reports=(sent,)),
        Inspected(event=Event(), decisions=(report, none), reports=(sent,)),
        Inspected(event=Event()),
        Inspected(event=Event(), decisions=(Decision(),)),
        Inspected(event=Event(struck_reason="wrong patient"), decisions=(report,)),
    )
    assert totals(events) == Totals(
        events=4, reported=1, not_reported=1, undecided=2, struck=1, versions=1
    )


def test_events_are_ordered_by_when_they_were_learnt_else_entered_else_begun() -> None:
    unknown = Awareness(at=NullFlavor.UNK)
    ordered = [
        Inspected(event=Event(onset=day("2026-12-01")), learnt=(unknown, Awareness(at=OUT))),
        Inspected(event=Event(onset=OUT), entered=day("2026-06-01"), learnt=(unknown,)),
        Inspected(event=Event(onset=day("2026-07-01"))),
        Inspected(event=Event()),
    ]
    shuffled = [ordered[n] for n in (2, 0, 3, 1)]
    assert sorted(shuffled, key=lambda one: one.order) == ordered


def test_what_went_out_is_found_by_its_version() -> None:
    version = ReportVersion(id="v1", approval_id="a1")
    call, mail = Sending(reference="call"), Sending(report_version_id="v1")
    sent = SentReport(
        report=Report(),
        versions=(version,),
        sendings=(call, mail),
        approvals=(Approval(id="a0"), Approval(id="a1")),
    )
    assert sent.approval_of(version) == Approval(id="a1")
    assert sent.approval_of(ReportVersion(approval_id="")) is None
    assert sent.of_version(version) == (mail,)
    assert sent.without_version == (call,)
    assert sent.owed == ()


def test_an_event_without_a_case_has_no_case() -> None:
    assert Inspected(event=Event()).case_id == ""
    assert Inspected(event=Event(), file=CaseFile(id="c1")).case_id == "c1"

"""Clocks are counted to the day or the minute, and run for whom the table says, for nobody else."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import replace
from typing import Any

import pytest

from aeapp.domain.chair.needs import Authority
from aeapp.domain.clock_facts import OF_EVENTS, ClockFacts, Question, Sent, bound_as
from aeapp.domain.clock_left_out import LEFT_OUT
from aeapp.domain.clock_rules import (
    BY_ID,
    RULES,
    WITHOUT_RECORD,
    Binds,
    DayZero,
    Span,
    Trigger,
    Unit,
)
from aeapp.domain.clocks import (
    RunningClock,
    annual_report_due,
    clock_words,
    clocks_of,
    count,
    due_words,
    grace_day,
    running,
    span_of,
    span_words,
)
from aeapp.domain.codelists.clinic import (
    ClinicDuty,
    Destination,
    FacilityType,
    Obligation,
    ReportDecision,
)
from aeapp.domain.codelists.safety import Outcome, Seriousness
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Clinic, Decision, Event
from aeapp.domain.values import PartialDate

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
OFFICE = Clinic(facility=FacilityType.PHYSICIAN_OFFICE)
USER_FACILITY = Clinic(facility=FacilityType.OUTPATIENT)
OUTSOURCING = Clinic(facility=FacilityType.OUTSOURCING)
SERIOUS = frozenset({Seriousness.OTHER})
DISABLED = frozenset({Seriousness.DISABILITY})
STUDIED: dict[str, Any] = {"study": True, "listed": False, "suspected": True}
LEARNT = PartialDate(2026, 11, 23, 14, 40, None, -300)


def on(day: str) -> PartialDate:
    return PartialDate.parse(day)


def facts(clinic: Clinic = OFFICE, criteria: Any = SERIOUS, **more: Any) -> ClockFacts:
    known: dict[str, Any] = {"awareness": (LEARNT,), "zone": NEW_YORK}
    event = Event(seriousness=criteria, outcome=more.pop("outcome", None))
    return ClockFacts(clinic=clinic, event=event, **(known | more))


def ids(clocks: tuple[RunningClock, ...]) -> list[str]:
    return [clock.rule.id for clock in clocks]


def with_duty(*duties: ClinicDuty, **more: Any) -> Clinic:
    return Clinic(facility=FacilityType.PHYSICIAN_OFFICE, duties=frozenset(duties), **more)


# ------------------------------------------------------------------ counting


@pytest.mark.parametrize(
    ("zero", "days", "due"),
    [
        ("2026-11-23", 15, "2026-12-08"),
        ("2024-02-20", 15, "2024-03-06"),
        ("2023-02-20", 15, "2023-03-07"),
        ("2000-02-28", 1, "2000-02-29"),
        ("2100-02-28", 1, "2100-03-01"),
        ("2026-12-24", 15, "2027-01-08"),
        ("2026-12-31", 7, "2027-01-07"),
        ("2026-11-21", 7, "2026-11-28"),
    ],
    ids=[
        "an ordinary fortnight",
        "over the leap day",
        "over a February without one",
        "onto the leap day of a century that has one",
        "over the February of a century that has none",
        "over the turn of the year",
        "from the last day of the year",
        "from a Saturday to a Saturday: no day is left out",
    ],
)
def test_calendar_days_count_from_the_day_after_day_0(zero: str, days: int, due: str) -> None:
    assert count(Span(days), on(zero), NEW_YORK).day == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    ("zero", "due"),
    [
        ("2026-11-02", "2026-11-17"),
        ("2026-11-20", "2026-12-07"),
        ("2026-11-21", "2026-12-07"),
        ("2026-12-18", "2027-01-05"),
        ("2026-06-29", "2026-07-14"),
        ("2024-02-23", "2024-03-08"),
        ("2021-12-17", "2022-01-04"),
    ],
    ids=[
        "over Veterans Day",
        "over Thanksgiving",
        "from a Saturday over Thanksgiving",
        "over Christmas and New Year",
        "over 4 July that is observed on the Friday before",
        "over a leap day",
        "over New Year's Day that is observed in the year before",
    ],
)
def test_ten_work_days_leave_out_weekends_and_federal_holidays(zero: str, due: str) -> None:
    assert count(Span(10, Unit.WORK_DAYS), on(zero), NEW_YORK).day == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    ("zero", "due", "earliest"),
    [
        ("2026-11-23T14:40-05:00", "2026-11-24T14:40-05:00", False),
        ("2026-03-07T14:40-05:00", "2026-03-08T15:40-04:00", False),
        ("2026-10-31T14:40-04:00", "2026-11-01T13:40-05:00", False),
        ("2026-12-31T23:10-05:00", "2027-01-01T23:10-05:00", False),
        ("2026-11-24T04:00Z", "2026-11-24T23:00-05:00", False),
        ("2026-11-23", "2026-11-24T00:00-05:00", True),
        ("2026-11-23T14:40", "2026-11-24T14:40-05:00", False),
        ("2026-03-08", "2026-03-09T01:00-04:00", True),
    ],
    ids=[
        "an ordinary day",
        "the night in which an hour is left out",
        "the night in which an hour comes twice",
        "over the turn of the year",
        "a time of another zone",
        "no time known: the first minute of the day",
        "a clock whose zone is not known: the clinic's",
        "no time known on the day that lacks an hour",
    ],
)
def test_hours_are_hours_on_any_clock(zero: str, due: str, earliest: bool) -> None:
    end = count(Span(24, Unit.HOURS), on(zero), NEW_YORK)

    assert (end.at, end.earliest) == (on(due), earliest)
    assert end.day == on(due).first_day()


def test_the_day_of_awareness_is_that_of_the_clinic() -> None:
    # 02:30 in UTC is still the evening of the day before in New York.
    late = PartialDate.parse("2026-11-24T02:30Z")

    assert count(Span(15), late, NEW_YORK).day == dt.date(2026, 12, 8)
    assert count(Span(15), late, dt.UTC).day == dt.date(2026, 12, 9)


def test_an_awareness_known_to_the_month_counts_from_its_first_day_and_says_so() -> None:
    end = count(Span(15), PartialDate(2026, 11), NEW_YORK)

    assert (end.day, end.earliest) == (dt.date(2026, 11, 16), True)


@pytest.mark.parametrize(
    ("rule", "due", "grace"),
    [
        ("503b-15", "2026-12-05", "2026-12-07"),
        ("503b-15", "2026-11-26", "2026-11-27"),
        ("503b-15", "2026-12-08", None),
        ("ind-15", "2026-12-05", None),
        ("voluntary", "2026-12-05", None),
    ],
    ids=["Saturday", "Thanksgiving", "work day", "no guidance for an IND", "own target"],
)
def test_a_weekend_is_noted_where_guidance_allows_to_move(
    rule: str, due: str, grace: str | None
) -> None:
    day = grace_day(BY_ID[rule], dt.date.fromisoformat(due))

    assert day == (dt.date.fromisoformat(grace) if grace else None)


# ------------------------------------------------------------------ the table


def test_each_row_says_whom_it_binds_by_what_clause_and_to_whom() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.clause and rule.title and rule.to for rule in RULES)
    assert {rule.binds for rule in RULES} == set(Binds)
    assert {rule.trigger for rule in RULES} == set(Trigger)


def test_what_no_record_tells_starts_no_clock_of_an_event() -> None:
    started_elsewhere = {Trigger.DEVICE_REPORTED, Trigger.REMS_SESSION, Trigger.STOCK_LOSS}

    assert set(Trigger) == OF_EVENTS | WITHOUT_RECORD | started_elsewhere
    assert not OF_EVENTS & (WITHOUT_RECORD | started_elsewhere)


@pytest.mark.parametrize(
    ("rule", "span", "zero"),
    [
        ("voluntary", Span(15), DayZero.AWARENESS),
        ("503b-15", Span(15), DayZero.AWARENESS),
        ("mdr-death-fda", Span(10, Unit.WORK_DAYS), DayZero.AWARENESS),
        ("mdr-injury", Span(10, Unit.WORK_DAYS), DayZero.AWARENESS),
        ("ind-investigator", Span(1), DayZero.AWARENESS),
        ("ind-15", Span(15), DayZero.DETERMINATION),
        ("ind-7", Span(7), DayZero.AWARENESS),
        ("exempt-15", Span(15), DayZero.AWARENESS),
        ("exempt-7", Span(7), DayZero.AWARENESS),
        ("ide-10", Span(10, Unit.WORK_DAYS), DayZero.AWARENESS),
        ("rems-session", Span(7), DayZero.SESSION),
        ("dea-notice", Span(1, Unit.WORK_DAYS), DayZero.DISCOVERY),
        ("dea-106", Span(45), DayZero.DISCOVERY),
        ("hipaa-breach", Span(60), DayZero.DISCOVERY),
    ],
)
def test_spans_are_those_of_the_clauses(rule: str, span: Span, zero: DayZero) -> None:
    assert (BY_ID[rule].span, BY_ID[rule].zero) == (span, zero)


# Each row of the regulations that the reference lists: counted here, or left out by name.
@pytest.mark.parametrize(
    ("clause", "counted"),
    [
        ("Form FDA 3500 (voluntary)", "voluntary"),
        ("21 CFR 314.80(c)(1)(i), 314.98", None),
        ("21 CFR 314.80(c)(1)(ii)", None),
        ("21 CFR 314.80(c)(1)(iii), 310.305(c)(3)", None),
        ("21 CFR 314.80(c)(2)", None),
        ("21 CFR 310.305(c)(1)", "503b-15"),
        ("21 CFR 600.80", None),
        ("21 CFR 606.170", None),
        ("21 CFR 803.30(a)(1)", "mdr-death-fda mdr-death-maker"),
        ("21 CFR 803.30(a)(2)", "mdr-injury"),
        ("21 CFR 803.33", "mdr-annual"),
        ("21 CFR 803.40", None),
        ("21 CFR 803.50, 803.53", None),
        ("21 CFR 312.64(b)", "ind-investigator"),
        ("21 CFR 312.64(b), study endpoint", "ind-endpoint"),
        ("21 CFR 312.66", "ind-irb"),
        ("21 CFR 312.32(c)(1)", "ind-15"),
        ("21 CFR 312.32(c)(1)(ii)-(iv)", "ind-15-findings"),
        ("21 CFR 312.32(c)(2)", "ind-7"),
        ("21 CFR 320.31(d)(3)", "exempt-15 exempt-7"),
        ("SPRAVATO REMS, monitoring form", "rems-session"),
        ("SPRAVATO REMS, event learnt later", "rems-late"),
        ("State rule", "state"),
        ("21 CFR 1301.76(b)", "dea-notice dea-106"),
        ("45 CFR 164.404-408", "hipaa-breach"),
        ("21 CFR 812.150(a)(1)", "ide-10"),
        ("Study protocol or safety contract", "protocol"),
    ],
)
def test_every_clause_is_counted_or_left_out_with_its_reason(
    clause: str, counted: str | None
) -> None:
    ids_of_clause = " ".join(rule.id for rule in RULES if rule.clause == clause)
    (*left_out,) = (one for one in LEFT_OUT if one.clause == clause)
    assert ids_of_clause == (counted or "")
    assert len(left_out) == (counted is None)
    assert all(one.who and one.due and one.why.endswith(".") for one in left_out)


def test_no_row_is_missing_from_the_list_of_clauses() -> None:
    marks = test_every_clause_is_counted_or_left_out_with_its_reason.pytestmark
    listed = {clause for clause, _counted in marks[0].args[1]}
    assert {r.clause for r in RULES} | {one.clause for one in LEFT_OUT} == listed


@pytest.mark.parametrize(
    ("transferred", "criteria", "outcome", "certain"),
    [
        (True, None, None, True),
        (False, frozenset({Seriousness.HOSPITALIZATION}), None, True),
        (False, None, Outcome.FATAL, True),
        (False, None, None, False),
        (False, SERIOUS, None, None),
    ],
)
def test_a_state_s_rule_counts_its_own_hours_from_transfer_admission_or_death(
    transferred: bool, criteria: Any, outcome: Outcome | None, certain: bool | None
) -> None:
    clinic = with_duty(ClinicDuty.STATE, state_hours=24)
    known = facts(clinic, criteria, outcome=outcome, transferred=transferred)
    found = [clock for clock in clocks_of(known) if clock.rule.id == "state"]
    assert [clock.is_certain for clock in found] == ([] if certain is None else [certain])
    assert all(clock.due == dt.date(2026, 11, 24) for clock in found)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("mdr-injury", "10 work days"),
        ("mdr-annual", "by 1 January"),
        ("ind-irb", "no fixed time"),
    ],
)
def test_how_long_a_rule_gives_is_said_in_words(rule: str, words: str) -> None:
    assert due_words(BY_ID[rule], BY_ID[rule].span) == words


def test_without_the_state_s_hours_its_clock_names_no_date() -> None:
    state = facts(with_duty(ClinicDuty.STATE), None, transferred=True)
    (clock,) = (c for c in clocks_of(state) if c.rule.id == "state")
    assert (clock.due, clock.zero) == (None, LEARNT)
    assert "state" not in ids(clocks_of(facts(transferred=True)))


# What each row counts to, worked out by hand on the calendar, from four days: the day before a leap
# day, the eve of Thanksgiving, the Saturday before clocks go forward, and the last day of a year.
FROM = ("2024-02-28", "2026-11-25", "2026-03-07", "2026-12-31")
_15_DAYS = ("2024-03-14", "2026-12-10", "2026-03-22", "2027-01-15")
_7_DAYS = ("2024-03-06", "2026-12-02", "2026-03-14", "2027-01-07")
_1_DAY = ("2024-02-29", "2026-11-26", "2026-03-08", "2027-01-01")
_10_WORK_DAYS = ("2024-03-13", "2026-12-10", "2026-03-20", "2027-01-15")
ENDS: dict[str, tuple[str, ...]] = {
    "voluntary": _15_DAYS,
    "503b-15": _15_DAYS,
    "mdr-death-fda": _10_WORK_DAYS,
    "mdr-death-maker": _10_WORK_DAYS,
    "mdr-injury": _10_WORK_DAYS,
    "ind-investigator": _1_DAY,
    "ind-15": _15_DAYS,
    "ind-15-findings": _15_DAYS,
    "ind-7": _7_DAYS,
    "exempt-15": _15_DAYS,
    "exempt-7": _7_DAYS,
    "ide-10": _10_WORK_DAYS,
    # 24 hours by the clock, over the night that lacks one: an hour later on the wall.
    "protocol": (
        "2024-02-29T14:40-05:00", "2026-11-26T14:40-05:00", "2026-03-08T15:40-04:00",
        "2027-01-01T14:40-05:00",
    ),
    "state": (
        "2024-02-29T14:40-05:00", "2026-11-26T14:40-05:00", "2026-03-08T15:40-04:00",
        "2027-01-01T14:40-05:00",
    ),
    "rems-session": _7_DAYS,
    "dea-notice": ("2024-02-29", "2026-11-27", "2026-03-09", "2027-01-04"),
    "dea-106": ("2024-04-13", "2027-01-09", "2026-04-21", "2027-02-14"),
    "hipaa-breach": ("2024-04-28", "2027-01-24", "2026-05-06", "2027-03-01"),
}  # fmt: skip
# These name no time: as the protocol, the IRB or the REMS says; or by 1 January, tested below.
NO_SPAN = {"ind-endpoint", "ind-irb", "rems-late", "mdr-annual"}


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_each_row_ends_where_the_calendar_says(rule: str) -> None:
    own = Clinic(protocol_hours=24, state_hours=24)
    span = span_of(BY_ID[rule], own)
    if rule in NO_SPAN:
        assert span is None or BY_ID[rule].zero is DayZero.YEAR_END
        return
    assert span is not None
    for day, end in zip(FROM, ENDS[rule], strict=True):
        learnt = PartialDate.parse(f"{day}T14:40-05:00")
        counted = count(span, learnt, NEW_YORK)
        hours = counted.at if counted.at is not None else counted.day.isoformat()
        assert str(hours.iso() if isinstance(hours, PartialDate) else hours) == end


# Each row that an event starts, with a clinic and facts that start it.
STARTED: dict[str, tuple[Clinic, dict[str, Any]]] = {
    "voluntary": (OFFICE, {}),
    "503b-15": (OUTSOURCING, {"listed": False}),
    "mdr-death-fda": (USER_FACILITY, {"device": True, "outcome": Outcome.FATAL}),
    "mdr-death-maker": (USER_FACILITY, {"device": True, "outcome": Outcome.FATAL}),
    "mdr-injury": (USER_FACILITY, {"device": True, "criteria": DISABLED}),
    "ind-investigator": (with_duty(ClinicDuty.IND_INVESTIGATOR), {"study": True}),
    "ind-15": (with_duty(ClinicDuty.SPONSOR_INVESTIGATOR), STUDIED),
    "ind-7": (with_duty(ClinicDuty.SPONSOR_INVESTIGATOR), STUDIED | {"outcome": Outcome.FATAL}),
    "exempt-15": (with_duty(ClinicDuty.EXEMPT_STUDY), {"study": True}),
    "exempt-7": (
        with_duty(ClinicDuty.EXEMPT_STUDY), {"study": True, "outcome": Outcome.FATAL},
    ),
    "ide-10": (with_duty(ClinicDuty.IDE_INVESTIGATOR), STUDIED | {"device": True}),
    "protocol": (with_duty(ClinicDuty.PARTNER, protocol_hours=24), {"study": True}),
    "rems-late": (
        with_duty(ClinicDuty.REMS_SITE), {"rems_done": PartialDate.parse("2026-11-01")},
    ),
    "state": (with_duty(ClinicDuty.STATE, state_hours=24), {"transferred": True}),
}  # fmt: skip


def test_every_row_that_an_event_starts_is_in_the_table_of_late_awareness() -> None:
    assert set(STARTED) == {rule.id for rule in RULES if rule.trigger in OF_EVENTS}
    assert set(ENDS) | NO_SPAN == set(BY_ID)


@pytest.mark.parametrize("rule", STARTED)
def test_an_event_that_is_learnt_of_months_later_counts_from_the_awareness(rule: str) -> None:
    clinic, more = STARTED[rule]
    told = dict(more)
    event = Event(
        seriousness=told.pop("criteria", SERIOUS),
        outcome=told.pop("outcome", None),
        onset=on("2026-02-03T09:00-05:00"),
    )
    # The sponsor counts from its own determination, which is later still.
    decided = Decision(answer=ReportDecision.REPORT, at=on("2026-11-25T14:40-05:00"))
    known = ClockFacts(
        clinic=clinic,
        event=event,
        awareness=(on("2026-11-25T14:40-05:00"),),
        decision=decided,
        zone=NEW_YORK,
        **told,
    )

    (clock,) = (c for c in clocks_of(known) if c.rule.id == rule)

    if rule == "rems-late":
        assert (clock.due, clock.zero) == (None, on("2026-11-25T14:40-05:00"))
    else:
        end = ENDS[rule][1]
        at = clock.counted.at if clock.counted is not None else None
        assert (at.iso() if at is not None else str(clock.due)) == end


def test_only_the_clinic_s_own_target_is_called_that() -> None:
    own = [rule.id for rule in RULES if rule.authority is Authority.CLINIC]

    assert own == ["voluntary"]


# ------------------------------------------------------------------ whom it binds


def test_the_kind_of_facility_switches_the_device_rules_on() -> None:
    answers = {kind: bound_as(Clinic(facility=kind), Binds.USER_FACILITY) for kind in FacilityType}

    assert answers == {
        FacilityType.PHYSICIAN_OFFICE: False,
        FacilityType.OUTPATIENT: True,
        FacilityType.USER_FACILITY: True,
        FacilityType.OUTSOURCING: False,
        FacilityType.UNSURE: None,
    }
    assert bound_as(Clinic(), Binds.USER_FACILITY) is None


@pytest.mark.parametrize("duty", list(ClinicDuty))
def test_each_duty_of_the_profile_binds_as_itself(duty: ClinicDuty) -> None:
    assert bound_as(with_duty(duty), Binds(duty.value)) is True
    assert bound_as(OFFICE, Binds(duty.value)) is False


def test_an_office_has_its_own_target_and_no_law() -> None:
    (clock,) = clocks_of(facts())

    assert (clock.rule.id, clock.due) == ("voluntary", dt.date(2026, 12, 8))
    assert clock.rule.authority is Authority.CLINIC
    assert clock.is_certain
    assert clock_words(clock) == "Form FDA 3500 (voluntary), 15 calendar days"


def test_a_clinic_may_set_itself_another_target() -> None:
    (clock,) = clocks_of(facts(Clinic(facility=FacilityType.PHYSICIAN_OFFICE, target_days=5)))

    assert clock.due == dt.date(2026, 11, 28)


def test_an_event_that_is_not_serious_has_no_clock() -> None:
    assert clocks_of(facts(criteria=frozenset())) == ()


@pytest.mark.parametrize("unanswered", [None, NullFlavor.UNK])
def test_without_an_answer_the_clock_runs_on_condition(unanswered: object) -> None:
    (clock,) = clocks_of(facts(criteria=unanswered))

    assert clock.waits_for == (Question.SERIOUS,)
    assert not clock.is_certain
    assert clock_words(clock).endswith("if serious")


def test_a_fatal_outcome_is_serious_before_anybody_ticked_it() -> None:
    device = facts(USER_FACILITY, None, outcome=Outcome.FATAL, device=True)

    assert ids(clocks_of(facts(criteria=None, outcome=Outcome.FATAL))) == ["voluntary"]
    assert ids(clocks_of(device)) == ["mdr-death-fda", "mdr-death-maker"]
    assert all(clock.is_certain for clock in clocks_of(device))


# ------------------------------------------------------------------ devices


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (Seriousness.DEATH, ["mdr-death-fda", "mdr-death-maker"]),
        (Seriousness.LIFE_THREATENING, ["mdr-injury"]),
        (Seriousness.DISABILITY, ["mdr-injury"]),
        (Seriousness.INTERVENTION, ["mdr-injury"]),
        (Seriousness.HOSPITALIZATION, ["voluntary"]),
        (Seriousness.OTHER, ["voluntary"]),
    ],
)
def test_a_device_clock_asks_for_death_or_serious_injury(
    criterion: Seriousness, expected: list[str]
) -> None:
    clocks = clocks_of(facts(USER_FACILITY, frozenset({criterion}), device=True))

    assert ids(clocks) == expected
    if expected != ["voluntary"]:
        # Ten work days over Thanksgiving.
        assert {clock.due for clock in clocks} == {dt.date(2026, 12, 8)}


def test_no_device_no_device_clock() -> None:
    death = frozenset({Seriousness.DEATH})

    assert ids(clocks_of(facts(USER_FACILITY, death))) == ["voluntary"]
    assert ids(clocks_of(facts(OFFICE, death, device=True))) == ["voluntary"]


def test_a_clinic_that_is_not_sure_sees_the_clock_on_condition_beside_its_own() -> None:
    unsure = Clinic(facility=FacilityType.UNSURE)
    clocks = clocks_of(facts(unsure, frozenset({Seriousness.DEATH}), device=True))

    assert ids(clocks) == ["voluntary", "mdr-death-fda", "mdr-death-maker"]
    assert clocks[1].waits_for == (Question.FACILITY,)


def test_the_annual_report_follows_a_year_with_device_reports() -> None:
    reported = [on("2026-03-01"), on("2026-11-02T10:00-05:00")]

    assert annual_report_due(USER_FACILITY, reported) == dt.date(2027, 1, 1)
    assert annual_report_due(USER_FACILITY, []) is None
    assert annual_report_due(OFFICE, reported) is None
    # The earliest year that is owed goes first; what was sent is owed no more.
    late = replace(USER_FACILITY, annual_report_for=2024)
    assert annual_report_due(late, [on("2024-05"), *reported, on("2025-01-01")]) == dt.date(
        2026, 1, 1
    )
    assert annual_report_due(replace(late, annual_report_for=2026), reported) is None


# ------------------------------------------------------------------ outsourcing


def test_an_outsourcing_facility_has_fifteen_days_for_what_is_not_listed() -> None:
    (unlisted,) = clocks_of(facts(OUTSOURCING, listed=False))
    open_ = clocks_of(facts(OUTSOURCING))

    assert (unlisted.rule.id, unlisted.due) == ("503b-15", dt.date(2026, 12, 8))
    assert ids(clocks_of(facts(OUTSOURCING, listed=True))) == ["voluntary"]
    assert ids(open_) == ["voluntary", "503b-15"]
    assert open_[1].waits_for == (Question.LISTED,)


def test_a_strict_date_on_a_saturday_stays_and_the_grace_is_noted() -> None:
    (clock,) = clocks_of(facts(OUTSOURCING, listed=False, awareness=(on("2026-11-20"),)))

    assert (clock.due, clock.grace) == (dt.date(2026, 12, 5), dt.date(2026, 12, 7))
    assert "guidance allows Mon 7 Dec" in clock_words(clock)


def test_news_after_the_report_start_a_clock_of_their_own() -> None:
    sent = Sent(to=Destination.FDA, at=on("2026-11-30T10:00-05:00"))
    news, later = on("2026-12-04T09:00-05:00"), on("2026-11-24T09:00-05:00")
    told = facts(OUTSOURCING, listed=False, awareness=(news, LEARNT, later), sent=(sent,))

    first, follow_up = clocks_of(told)

    assert (first.met, first.follow_up) == (sent, False)
    assert (follow_up.zero, follow_up.due, follow_up.met) == (news, dt.date(2026, 12, 19), None)
    assert clock_words(follow_up).startswith("21 CFR 310.305(c)(1), 15 calendar days, follow-up")


def test_a_second_report_meets_the_follow_up() -> None:
    sent = Sent(to=Destination.FDA, at=on("2026-11-30T10:00-05:00"))
    again = Sent(to=Destination.FDA, at=on("2026-12-10T10:00-05:00"))
    news = on("2026-12-04T09:00-05:00")
    told = facts(OUTSOURCING, listed=False, awareness=(LEARNT, news), sent=(again, sent))

    assert [clock.met for clock in clocks_of(told)] == [sent, again]
    assert running(clocks_of(told)) == ()


# ------------------------------------------------------------------ studies

INVESTIGATOR = with_duty(ClinicDuty.IND_INVESTIGATOR)
SPONSOR = with_duty(ClinicDuty.SPONSOR_INVESTIGATOR)


def to(*destinations: Destination) -> Decision:
    return Decision(
        answer=ReportDecision.REPORT,
        destinations=frozenset(destinations),
        obligation=Obligation.DUTY,
        at=on("2026-11-25T09:00-05:00"),
    )


def test_an_investigator_tells_the_sponsor_within_a_day_and_sends_no_3500() -> None:
    clocks = clocks_of(facts(INVESTIGATOR, study=True))

    assert ids(clocks) == ["ind-investigator"]
    assert clocks[0].due == dt.date(2026, 11, 24)


def test_while_nobody_said_whether_it_is_a_study_case_both_may_run() -> None:
    clocks = clocks_of(facts(INVESTIGATOR))

    assert ids(clocks) == ["voluntary", "ind-investigator"]
    assert clocks[1].waits_for == (Question.STUDY,)


def test_a_decision_for_the_sponsor_says_that_it_is_a_study_case() -> None:
    told = clocks_of(facts(INVESTIGATOR, decision=to(Destination.SPONSOR)))
    other = clocks_of(facts(INVESTIGATOR, decision=to(Destination.FDA)))

    assert ids(told) == ["ind-investigator"]
    assert ids(other) == ["voluntary"]


def test_a_call_meets_what_asks_for_first_information() -> None:
    call = Sent(to=Destination.SPONSOR, at=on("2026-11-23T15:00-05:00"), by_phone=True)
    (clock,) = clocks_of(facts(INVESTIGATOR, study=True, sent=(call,)))

    assert (clock.met, clock.told) == (call, None)


def test_hours_by_protocol_run_from_the_minute_of_recognition() -> None:
    partner = with_duty(ClinicDuty.PARTNER, protocol_hours=24)
    (clock,) = clocks_of(facts(partner, study=True))

    assert clock.counted is not None
    assert clock.counted.at == on("2026-11-24T14:40-05:00")
    assert clock.rule.authority is Authority.PROTOCOL
    assert "24 hours" in clock_words(clock)


def test_a_protocol_without_hours_in_the_profile_has_no_date() -> None:
    (clock,) = clocks_of(facts(with_duty(ClinicDuty.PARTNER), study=True))

    assert (clock.span, clock.due) == (None, None)
    assert clock_words(clock) == "Study protocol or safety contract"


def test_a_sponsor_counts_fifteen_days_from_the_determination_and_seven_from_receipt() -> None:
    fatal = frozenset({Seriousness.LIFE_THREATENING})
    known: dict[str, Any] = {"study": True, "listed": False, "suspected": True}
    clocks = clocks_of(facts(SPONSOR, fatal, decision=to(Destination.FDA), **known))

    assert [(c.rule.id, c.due) for c in clocks] == [
        ("ind-15", dt.date(2026, 12, 10)),
        ("ind-7", dt.date(2026, 11, 30)),
    ]
    undetermined = clocks_of(facts(SPONSOR, SERIOUS, **known))
    assert [(c.rule.id, c.due, c.lacks_begin) for c in undetermined] == [("ind-15", None, False)]


def test_a_sponsor_sees_which_answers_are_open() -> None:
    clocks = {c.rule.id: c.waits_for for c in clocks_of(facts(SPONSOR, study=True, criteria=None))}

    assert clocks["ind-7"] == (Question.SERIOUS, Question.LISTED, Question.SUSPECTED)


def test_exempt_studies_and_device_studies_have_their_own() -> None:
    exempt = with_duty(ClinicDuty.EXEMPT_STUDY)
    death = frozenset({Seriousness.DEATH})
    ide = facts(
        with_duty(ClinicDuty.IDE_INVESTIGATOR),
        study=True,
        listed=False,
        suspected=True,
        device=True,
    )

    assert ids(clocks_of(facts(exempt, study=True))) == ["exempt-15"]
    assert ids(clocks_of(facts(exempt, death, study=True))) == ["exempt-15", "exempt-7"]
    assert ids(clocks_of(ide)) == ["ide-10"]


# ------------------------------------------------------------------ REMS


def test_a_serious_event_learnt_after_the_form_is_a_new_report_to_the_rems() -> None:
    site = with_duty(ClinicDuty.REMS_SITE)
    before, after = on("2026-11-20T10:00-05:00"), on("2026-11-24T10:00-05:00")

    assert ids(clocks_of(facts(site, rems_done=before))) == ["voluntary", "rems-late"]
    assert ids(clocks_of(facts(site, rems_done=after))) == ["voluntary"]
    assert ids(clocks_of(facts(site))) == ["voluntary"]


# ------------------------------------------------------------------ awareness and sending


def test_late_awareness_starts_the_clock_and_not_the_event() -> None:
    event = Event(seriousness=SERIOUS, onset=on("2026-09-01T10:00-04:00"))
    late = ClockFacts(clinic=OFFICE, event=event, awareness=(LEARNT,), zone=NEW_YORK)

    assert clocks_of(late)[0].due == dt.date(2026, 12, 8)


def test_the_earliest_awareness_counts_and_an_unknown_one_beside_it_does_not_hinder() -> None:
    aware = (LEARNT, NullFlavor.UNK, on("2026-11-22"))

    assert clocks_of(facts(awareness=aware))[0].due == dt.date(2026, 12, 7)


@pytest.mark.parametrize("aware", [(), (None,), (NullFlavor.UNK,)])
def test_a_clock_whose_begin_nobody_said_stands_first(aware: tuple[Any, ...]) -> None:
    unknown = clocks_of(facts(awareness=aware))[0]
    known = clocks_of(facts())[0]

    assert (unknown.due, unknown.lacks_begin) == (None, True)
    assert running([known, unknown]) == (unknown, known)
    assert "nobody said when it was learnt" in clock_words(unknown)


def test_a_rough_awareness_is_said_beside_the_date() -> None:
    clock = clocks_of(facts(awareness=(PartialDate(2026, 11),)))[0]

    assert "counted from the earliest it can mean" in clock_words(clock)


def test_a_call_to_fda_is_a_first_word_and_the_written_report_follows() -> None:
    call = Sent(to=Destination.FDA, at=on("2026-11-24T10:05-05:00"), by_phone=True)
    (clock,) = clocks_of(facts(sent=(call,)))

    assert (clock.told, clock.met) == (call, None)
    assert "told by telephone, the written report follows" in clock_words(clock)
    assert running((clock,)) == (clock,)


@pytest.mark.parametrize(
    ("to_whom", "at", "met"),
    [
        (Destination.FDA, "2026-11-24T10:05-05:00", True),
        (Destination.MANUFACTURER, "2026-11-23T14:40-05:00", True),
        (Destination.SPONSOR, "2026-11-24T10:05-05:00", False),
        (Destination.FDA, "2026-11-20T10:05-05:00", False),
    ],
    ids=["FDA", "maker, in the very minute", "somebody else", "before the clinic knew of it"],
)
def test_what_was_sent_to_a_recipient_of_the_rule_meets_it(
    to_whom: Destination, at: str, met: bool
) -> None:
    (clock,) = clocks_of(facts(sent=(Sent(to=to_whom, at=on(at)),)))

    assert (clock.met is not None) is met


def test_a_decision_not_to_report_stops_the_clocks() -> None:
    dropped = Decision(answer=ReportDecision.NO_REPORT)

    assert clocks_of(facts(decision=dropped)) == ()
    assert ids(clocks_of(facts(decision=Decision()))) == ["voluntary"]


def test_a_report_to_others_alone_has_no_target_to_fda() -> None:
    assert clocks_of(facts(decision=to(Destination.REMS))) == ()


def test_hours_run_out_before_days_of_the_same_date() -> None:
    both = with_duty(ClinicDuty.PARTNER, ClinicDuty.IND_INVESTIGATOR, protocol_hours=24)

    assert ids(running(clocks_of(facts(both, study=True)))) == ["protocol", "ind-investigator"]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(1), "1 calendar day"),
        (Span(10, Unit.WORK_DAYS), "10 work days"),
        (Span(24, Unit.HOURS), "24 hours"),
        (Span(1, Unit.HOURS), "1 hour"),
    ],
)
def test_a_span_says_what_it_counts(span: Span, words: str) -> None:
    assert span_words(span) == words


def test_each_question_has_words() -> None:
    assert all(question.words.startswith("if ") for question in Question)

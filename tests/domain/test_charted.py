"""What the chart shows of a session on record."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from aeapp.domain.chair.charted import Live, chart_of, numbered
from aeapp.domain.chair.session_file import SessionFile
from aeapp.domain.codelists.clinic import ObservationKind, RateUnit
from aeapp.domain.codelists.routes import FormRoute
from aeapp.domain.codelists.safety import Outcome
from aeapp.domain.codelists.session import DueFrom, ProposalState
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Product, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.chart_data import DoseKind, DueMark
from aeapp.domain.vitals.due import DueRow, DueState, ReadingSet
from tests.exports.session_files import at, full_file, row


def test_doses_have_the_shape_of_what_they_are() -> None:
    doses = chart_of(full_file()).doses
    assert [(d.minute_from, d.minute_to, d.kind) for d in doses] == [
        (0, None, DoseKind.DEVICE),
        (5, None, DoseKind.DEVICE),
        (52, None, DoseKind.RESCUE),
    ]
    assert doses[2].words == "Labetalol 5 mg/mL 10 mg"


def test_an_infusion_lasts_and_one_that_runs_has_no_end() -> None:
    drip = Administration(started=at(0), ended=at(40))
    running = Administration(started=at(1), rate=Decimal(1), rate_unit=RateUnit.MG_PER_MIN)
    push = Administration(started=at(2), ended=at(2))
    later = Administration(started=NullFlavor.UNK)
    doses = chart_of(SessionFile(administrations=(drip, running, push, later))).doses
    assert [(d.minute_from, d.minute_to, d.kind) for d in doses] == [
        (0, 40, DoseKind.INFUSION),
        (1, None, DoseKind.INFUSION),
        (2, None, DoseKind.BOLUS),
    ]
    assert doses[0].words == ""


def test_what_is_held_in_the_mouth_or_sprayed_has_no_length() -> None:
    held = Administration(started=at(0), ended=at(10), route=FormRoute.SUBLINGUAL)
    spray = Administration(started=at(1), ended=at(2), route=FormRoute.NASAL)
    slip = Administration(started=at(3), struck_reason="undone")
    doses = chart_of(SessionFile(administrations=(held, spray, slip))).doses
    assert [(d.minute_from, d.minute_to, d.kind) for d in doses] == [
        (0, None, DoseKind.BOLUS),
        (1, None, DoseKind.DEVICE),
    ]


def test_a_drip_on_paper_ends_by_time_where_something_later_is_on_record() -> None:
    drip = Administration(
        started=at(0),
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        over_minutes=Decimal(40),
        route=FormRoute.INTRAVENOUS_DRIP,
    )
    file = SessionFile(administrations=(drip,))
    assert chart_of(file).doses[0].minute_to is None
    later = replace(file, observations=row(45, 150, 90))
    assert chart_of(later).doses[0].minute_to == 40
    assert chart_of(replace(file, as_of=at(45))).doses[0].minute_to == 40
    ended = replace(file, session=Session(ended=at(50)))
    assert chart_of(ended).doses[0].minute_to == 40
    untimed = Administration(started=NullFlavor.UNK)
    assert chart_of(SessionFile(administrations=(untimed,))).doses == ()


def test_on_the_screen_it_goes_up_to_now_and_shows_what_is_due_and_prepared() -> None:
    drip = Administration(
        dose=Decimal(38),
        dose_unit=DoseUnit.MG,
        over_minutes=Decimal(40),
        route=FormRoute.INTRAVENOUS_DRIP,
    )
    due = (
        DueRow(minute=15, at=at(15), words="", kinds=frozenset()),
        DueRow(minute=None, at=None, words="", kinds=frozenset(), counted_from=DueFrom.LEAVING),
    )
    live = Live(now=at(20), due=due, limits=(), prepared=(drip, Product(name="Ketamine")))
    before = chart_of(SessionFile(), live)
    assert [(d.words, d.minute_to, d.planned) for d in before.doses] == [
        ("planned: Ketamine 38 mg, over 40 min", 40, True)
    ]
    running = SessionFile(administrations=(replace(drip, started=at(0)),))
    data = chart_of(running, live)
    assert [(d.minute_to, d.planned) for d in data.doses] == [(None, False)]
    assert (data.now, data.limits, data.flagged) == (at(20), (), frozenset())
    assert data.due == (DueMark(15, DueState.COMING),)
    over = chart_of(running, replace(live, over=True))
    assert over.now is None


def test_a_proposal_goes_up_to_now_while_the_session_runs() -> None:
    file = full_file()
    open_ = replace(file.proposals[0], state=ProposalState.OPEN)
    marks = chart_of(replace(file, proposals=(open_,)), Live(now=at(60))).events
    assert [(m.minute_from, m.minute_to) for m in marks if m.proposed] == [(45, None)]


def test_a_row_that_was_taken_stands_at_its_own_minute() -> None:
    taken = ReadingSet(at(16), 16, ())
    row = DueRow(
        minute=15,
        at=at(15),
        words="",
        kinds=frozenset(),
        state=DueState.TAKEN,
        taken=taken,
    )
    assert chart_of(SessionFile(), Live(now=at(20), due=(row,))).due == (
        DueMark(16, DueState.TAKEN),
    )


def test_events_are_numbered_as_listed_and_struck_ones_are_left_out() -> None:
    file = full_file()
    marks = chart_of(file).events
    assert [(m.number, m.words, m.minute_from, m.minute_to) for m in marks] == [
        (1, "Dissociation", 12, 55),
        (2, "Chest pain", 48, None),
    ]
    assert [e.id for e in numbered(file.events)] == ["e1", "e2"]


@pytest.mark.parametrize(
    ("facts", "goes_on"),
    [
        ({}, True),
        ({"outcome": Outcome.RECOVERING}, True),
        ({"outcome": Outcome.RECOVERED}, False),
        ({"ended": NullFlavor.UNK}, False),
        ({"ended": PartialDate(2026, 11, 23, 15, 0, None, -300)}, False),
    ],
)
def test_an_event_goes_on_until_somebody_says_otherwise(
    facts: dict[str, object], goes_on: bool
) -> None:
    file = full_file()
    (first, second) = numbered(file.events)
    changed = replace(second, **facts)
    marks = chart_of(replace(file, events=(first, changed))).events
    assert [m.goes_on for m in marks] == [False, goes_on]


def test_an_event_without_a_time_keeps_its_number_and_has_no_mark() -> None:
    undated = Event(id="e0", verbatim="Nausea", onset=NullFlavor.UNK)
    file = full_file()
    marks = chart_of(replace(file, events=(*file.events, undated))).events
    assert [m.number for m in marks] == [2, 3]


def test_only_open_proposals_are_marked() -> None:
    file = full_file()
    (decided,) = file.proposals
    open_ = replace(decided, state=ProposalState.OPEN)
    undated = replace(open_, first=None)
    marks = chart_of(replace(file, proposals=(decided, open_, undated))).events
    assert [(m.words, m.minute_from, m.minute_to) for m in marks if m.proposed] == [
        ("Blood pressure increased", 45, 50)
    ]


def test_the_baseline_is_the_last_pressure_before_the_dose() -> None:
    file = full_file()
    baseline = chart_of(file).baseline
    assert baseline is not None
    assert baseline.id == "bp-5"
    assert chart_of(replace(file, administrations=())).baseline is None
    assert chart_of(file).zone == "America/New_York"


def test_a_baseline_that_is_at_hand_is_not_looked_for_again() -> None:
    file = full_file()
    kept = {ObservationKind.BLOOD_PRESSURE: None, ObservationKind.HEART_RATE: None}
    assert chart_of(file, Live(now=at(60), baseline=kept)).baseline is None
    assert chart_of(file, Live(now=at(60))).baseline is not None

"""How sessions end, and what may still change then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.chair.aldrete import score_of
from aeapp.domain.chair.discharge import Lack
from aeapp.domain.chair.protocols import protocol_for, questions_in
from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
)
from aeapp.domain.codelists.session import Answer, CheckKind, NotAnEvent, NoteKind
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Note, Observation, Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.services.app import App
from aeapp.services.closing import AmendmentReasonError, SessionOverError
from aeapp.services.endings import (
    Ems,
    Ending,
    Leaving,
    NotReadyError,
    TransferFactsError,
    WhyNowError,
)
from aeapp.services.gate import Answered
from aeapp.services.sessions import ReasonMissingError
from tests.helpers.clinic import StillClock, practice_app

LEAVING = Leaving(escort="JM", ready_minute=80)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


@pytest.fixture
def session(app: App) -> Session:
    return begun(app, SessionRoute.IM)


def begun(app: App, route: SessionRoute | None) -> Session:
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=route)
    app.sessions.give(session, Administration(started=app.context.minute()))
    return session


def answer_all(app: App, session: Session) -> None:
    protocol = protocol_for((), SessionRoute.IM)
    assert protocol is not None
    for question in questions_in(protocol, CheckKind.DISCHARGE):
        app.gate.answer(session.id, question, Answered(answer=Answer.YES))


def test_a_patient_who_meets_the_list_goes_home(
    app: App, session: Session, clock: StillClock
) -> None:
    answer_all(app, session)
    app.endings.rate(session.id, score_of("22221").items)
    clock.pass_minutes(90)

    ended = app.endings.discharge(session.id, LEAVING)

    assert (ended.ending, ended.escort, ended.ready_minute) == (SessionEnd.DISCHARGED, "JM", 80)
    assert ended.ended == app.context.minute()
    assert ended.override_reason is None
    (score,) = app.sessions.room(session.id).scores
    assert (len(score.items), score.by) == (5, "Dana Reyes")


def test_leaving_too_early_takes_a_reason_and_keeps_it(
    app: App, session: Session, clock: StillClock
) -> None:
    answer_all(app, session)
    app.endings.rate(session.id, score_of("22200").items)
    clock.pass_minutes(60)

    with pytest.raises(WhyNowError) as refused:
        app.endings.discharge(session.id, LEAVING)
    ended = app.endings.discharge(session.id, replace(LEAVING, override_reason=" bus goes "))

    assert refused.value.lacks == (Lack.LOW_SCORE, Lack.MINIMUM)
    assert ended.override_reason == "bus goes"


def test_what_was_not_asked_is_no_matter_of_a_reason(app: App, session: Session) -> None:
    with pytest.raises(NotReadyError) as refused:
        app.endings.discharge(session.id, replace(LEAVING, override_reason="in a hurry"))

    assert refused.value.lacks == (Lack.LIST, Lack.SCORE)
    assert app.sessions.room(session.id).session.ending is None


def test_the_minimum_of_the_day_holds_against_the_protocol_of_now(
    app: App, session: Session, clock: StillClock
) -> None:
    answer_all(app, session)
    app.endings.rate(session.id, score_of("22222").items)
    shorter = app.sessions.save(replace(session, minimum_minutes=30))
    clock.pass_minutes(30)

    assert app.endings.discharge(shorter.id, LEAVING).ending is SessionEnd.DISCHARGED


def test_a_session_without_a_route_was_asked_nothing_and_is_not_discharged(app: App) -> None:
    session = begun(app, None)

    with pytest.raises(NotReadyError) as refused:
        app.endings.discharge(session.id, replace(LEAVING, override_reason="has a flight"))

    assert refused.value.lacks == (Lack.ROUTE,)


def test_a_dose_without_a_clock_time_does_not_shorten_the_stay(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    app.sessions.give(session, Administration(started=app.context.minute().date_part()))
    answer_all(app, session)
    app.endings.rate(session.id, score_of("22222").items)

    with pytest.raises(WhyNowError) as refused:
        app.endings.discharge(session.id, LEAVING)

    assert refused.value.lacks == (Lack.DOSE_TIME,)
    why = replace(LEAVING, override_reason="told at the door")
    assert app.endings.discharge(session.id, why).override_reason == "told at the door"


def test_an_open_proposal_asks_why_the_patient_leaves_now(
    app: App, session: Session, clock: StillClock
) -> None:
    for minutes in (5, 5):
        clock.pass_minutes(minutes)
        reading = Observation(kind=ObservationKind.HEART_RATE, value=Decimal(150))
        app.sessions.log_readings(session, [reading])
    clock.pass_minutes(240)
    answer_all(app, session)
    app.endings.rate(session.id, score_of("22222").items)

    with pytest.raises(WhyNowError) as refused:
        app.endings.discharge(session.id, LEAVING)

    assert refused.value.lacks == (Lack.PROPOSAL,)
    (proposal,) = app.watching.of_session(session.id)
    app.watching.dismiss(proposal, NotAnEvent.CUFF)
    assert app.endings.discharge(session.id, LEAVING).override_reason is None


TRANSFER = Ending(how=SessionEnd.TRANSFERRED, why="chest pain", to="County ED", by="Medic 7")
ENDINGS: list[tuple[Ending, dict[str, Any]]] = [
    (
        Ending(how=SessionEnd.AGAINST_ADVICE, why="has a flight", escort="brother"),
        {"ending_reason": "has a flight", "escort": "brother"},
    ),
    (
        Ending(how=SessionEnd.TRANSFERRED, why="chest pain", to="County ED", by="Medic 7"),
        {
            "ending_reason": "chest pain",
            "transferred_to": "County ED",
            "transferred_by": "Medic 7",
            "transfer_unknown": None,
        },
    ),
    (
        replace(TRANSFER, to=NullFlavor.UNK, why=NullFlavor.UNK, unknown="crew left at once"),
        {
            "transferred_to": NullFlavor.UNK,
            "ending_reason": NullFlavor.UNK,
            "transfer_unknown": "crew left at once",
        },
    ),
    (Ending(how=SessionEnd.ABORTED, why="panic"), {"ending_reason": "panic"}),
]


@pytest.mark.parametrize(("ending", "facts"), ENDINGS, ids=lambda e: "")
def test_other_endings_keep_their_two_facts(
    app: App, session: Session, ending: Ending, facts: dict[str, Any]
) -> None:
    ended = app.endings.end(session.id, ending)

    assert ended.ending is ending.how
    assert ended.ended == app.context.minute()
    assert {name: getattr(ended, name) for name in facts} == facts


@pytest.mark.parametrize("how", [SessionEnd.AGAINST_ADVICE, SessionEnd.ABORTED, SessionEnd.DIED])
def test_an_ending_without_a_reason_is_refused(app: App, session: Session, how: SessionEnd) -> None:
    with pytest.raises(ReasonMissingError):
        app.endings.end(session.id, Ending(how=how, why="  "))


@pytest.mark.parametrize(
    "lacks",
    [
        {"to": None},
        {"by": " "},
        {"why": None},
        {"to": NullFlavor.UNK},
        {"at": PartialDate(2026, 11, 23)},
    ],
)
def test_a_transfer_without_its_facts_is_refused(
    app: App, session: Session, lacks: dict[str, Any]
) -> None:
    with pytest.raises(TransferFactsError):
        app.endings.end(session.id, replace(TRANSFER, **lacks))


def test_a_death_sets_the_date_of_the_patient_once(app: App, session: Session) -> None:
    died = PartialDate(2026, 11, 23, 15, 10, None, -300)
    ended = app.endings.end(session.id, Ending(how=SessionEnd.DIED, why="arrest", at=died))

    assert ended.ended == died
    assert app.patients.get(session.patient_id).deceased_on == PartialDate(2026, 11, 23)


def test_a_date_of_death_that_is_recorded_stays(app: App, session: Session) -> None:
    known = replace(app.patients.get(session.patient_id), deceased_on=PartialDate(2026, 11, 22))
    app.patients.save(known)

    app.endings.end(session.id, Ending(how=SessionEnd.DIED, why="arrest"))

    assert app.patients.get(session.patient_id).deceased_on == PartialDate(2026, 11, 22)


def test_the_ambulance_has_three_times_and_the_first_of_each_stays(
    app: App, session: Session, clock: StillClock
) -> None:
    called = app.context.minute()
    app.endings.ems(session.id, Ems.CALLED)
    clock.pass_minutes(8)
    app.endings.ems(session.id, Ems.CALLED)
    app.endings.ems(session.id, Ems.ARRIVED)
    clock.pass_minutes(6)
    left = app.context.minute()
    app.endings.ems(session.id, Ems.LEFT)
    clock.pass_minutes(5)

    ended = app.endings.end(session.id, TRANSFER)

    assert (ended.ems_called, ended.ems_left, ended.ended) == (called, left, left)
    assert ended.ems_arrived is not None
    assert ended.ems_arrived.minute == 48


def test_the_rems_form_may_be_completed_after_the_end(app: App, session: Session) -> None:
    app.sessions.end(session, SessionEnd.DISCHARGED)

    done = app.endings.complete_rems(session.id)

    assert (done.rems_completed, done.rems_completed_by) == (app.context.minute(), "Dana Reyes")
    assert done.medicine_classes is NullFlavor.NASK
    app.endings.state_classes(session.id, frozenset())
    assert app.endings.complete_rems(session.id).medicine_classes == frozenset()


# --- closed


def a_rate(session: Session, **more: Any) -> Observation:
    return Observation(
        session_id=session.id,
        patient_id=session.patient_id,
        kind=ObservationKind.HEART_RATE,
        value=Decimal(72),
        **more,
    )


def notes(app: App, session: Session) -> list[tuple[NoteKind | None, str | None, str | None]]:
    return [(n.kind, n.words, n.by) for n in app.sessions.room(session.id).notes]


def test_a_closed_session_refuses_every_plain_write(app: App, session: Session) -> None:
    ended = app.sessions.end(session, SessionEnd.ABORTED, "panic")

    with pytest.raises(SessionOverError):
        app.sessions.save(replace(ended, chair="Chair 9"))
    with pytest.raises(SessionOverError):
        app.sessions.save(a_rate(ended))
    with pytest.raises(SessionOverError):
        app.sessions.catch_event(ended, "Nausea")
    with pytest.raises(SessionOverError):
        app.endings.rate(ended.id, ())
    with pytest.raises(SessionOverError):
        app.endings.end(ended.id, Ending(how=SessionEnd.ABORTED, why="again"))
    with pytest.raises(SessionOverError):
        app.endings.discharge(ended.id, LEAVING)


def test_a_later_change_is_an_amendment_with_its_reason(app: App, session: Session) -> None:
    ended = app.sessions.end(session, SessionEnd.ABORTED, "panic")

    amended = app.endings.amend(replace(ended, escort="sister", chair="Chair 2"), " told later ")

    assert (amended.escort, amended.version) == ("sister", ended.version + 1)
    assert notes(app, session) == [
        (
            NoteKind.AMENDMENT,
            "Escort (not told before); Chair nothing → Chair 2: told later",
            "Dana Reyes",
        )
    ]
    with app.context.new_uow() as uow:
        assert uow.trail.of("session", ended.id)[-1].content["reason"] == "told later"


def test_a_time_of_the_ambulance_after_the_end_is_an_amendment(
    app: App, session: Session, clock: StillClock
) -> None:
    app.endings.ems(session.id, Ems.CALLED)
    app.endings.end(session.id, TRANSFER)
    clock.pass_minutes(4)

    left = app.endings.ems(session.id, Ems.LEFT)

    assert left.ems_left == app.context.minute()
    assert notes(app, session) == [
        (
            NoteKind.AMENDMENT,
            (
                "Ambulance left nothing → 23-Nov-2026 14:44: "
                "time of the ambulance, after the end of the session"
            ),
            "Dana Reyes",
        )
    ]
    clock.pass_minutes(4)
    assert app.endings.ems(session.id, Ems.LEFT) == left


def test_a_late_reading_is_an_amendment_too(app: App, session: Session) -> None:
    ended = app.sessions.end(session, SessionEnd.DISCHARGED)

    app.endings.amend(a_rate(ended, at=session.started), "from the paper sheet")

    assert [r.value for r in app.sessions.room(session.id).observations] == [Decimal(72)]
    assert notes(app, session) == [
        (NoteKind.AMENDMENT, "Added: HR 72, 23-Nov-2026 14:40: from the paper sheet", "Dana Reyes")
    ]


STRUCK = (
    "HR 72, 23-Nov-2026 14:40: Status Valid → Struck through; "
    "Reason of the status nothing → wrong patient: wrong patient"
)


def test_striking_a_reading_after_the_end_leaves_an_amendment(app: App, session: Session) -> None:
    (reading,) = app.sessions.log_readings(session, [a_rate(session)])
    app.sessions.end(session, SessionEnd.DISCHARGED)

    app.sessions.set_statuses((reading,), ObservationStatus.STRUCK, "wrong patient")

    assert notes(app, session) == [
        (
            NoteKind.AMENDMENT,
            STRUCK,
            "Dana Reyes",
        )
    ]


def test_an_amendment_without_a_reason_is_refused(app: App, session: Session) -> None:
    ended = app.sessions.end(session, SessionEnd.DISCHARGED)

    with pytest.raises(AmendmentReasonError):
        app.endings.amend(replace(ended, escort="sister"), "  ")
    assert notes(app, session) == []


def test_a_line_of_another_kind_is_no_amendment(app: App, session: Session) -> None:
    app.sessions.save(Note(session_id=session.id, kind=NoteKind.NOTE, words="calm"))

    assert notes(app, session) == [(NoteKind.NOTE, "calm", None)]

"""Proposals stored with their readings, and decided on by people alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import (
    ObservationKind,
    ObservationStatus,
    SessionEnd,
    SessionRoute,
    Setting,
)
from aeapp.domain.codelists.safety import DrugRole
from aeapp.domain.codelists.session import NotAnEvent, NoteKind, ProposalState
from aeapp.domain.records import (
    Administration,
    Observation,
    Patient,
    Product,
    Proposal,
    Protocol,
    Session,
    WatchRule,
)
from aeapp.domain.records.protocol import DueReading
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.watch_rules import DEFAULT_RULES
from aeapp.kernel.errors import BadInputError
from aeapp.persistence.uow import SqlUnitOfWork
from aeapp.services.app import App
from aeapp.services.dosing import NewDose
from aeapp.services.watching import DecidedError, OtherSessionError, StruckEventError
from tests.helpers.clinic import StillClock, practice_app

BP = ObservationKind.BLOOD_PRESSURE
RULES = {rule.code: rule for rule in DEFAULT_RULES}


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
    patient = app.patients.save(Patient(code="P-1"))
    session = app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION)
    app.sessions.give(session, Administration(started=at(0)))
    return session


def at(minute: int) -> PartialDate:
    return PartialDate(2026, 11, 23, 13 + (50 + minute) // 60, (50 + minute) % 60, None, -300)


def log(app: App, session: Session, minute: int, upper: int) -> Observation:
    reading = Observation(kind=BP, systolic=Decimal(upper), diastolic=Decimal(80))
    return app.sessions.log_readings(session, [reading], at(minute))[0]


def proposed(app: App, session: Session) -> Proposal:
    log(app, session, 40, 182)
    log(app, session, 45, 186)
    (proposal,) = app.watching.of_session(session.id)
    return proposal


def test_the_second_reading_stores_the_proposal_with_its_entry(app: App, session: Session) -> None:
    log(app, session, 40, 182)
    assert app.watching.of_session(session.id) == ()
    log(app, session, 45, 186)
    (proposal,) = app.sessions.room(session.id).proposals
    assert (proposal.state, proposal.term, proposal.first) == (
        ProposalState.OPEN,
        "Blood pressure increased",
        at(40),
    )
    assert proposal.session_id == session.id
    assert app.sessions.room(session.id).events == ()
    with app.context.new_uow() as uow:
        (entry,) = uow.trail.of("proposal", proposal.id)
    assert entry.content["reason"] == "vitals watch"


def test_a_proposal_that_cannot_be_stored_takes_its_readings_with_it(
    app: App, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(app, session, 40, 182)
    real = SqlUnitOfWork.save

    def dies(uow: SqlUnitOfWork, record: object, **options: object) -> object:
        if isinstance(record, Proposal):
            raise OSError("no space left")
        return real(uow, record, **options)  # type: ignore[arg-type,type-var]

    monkeypatch.setattr(SqlUnitOfWork, "save", dies)
    with pytest.raises(OSError, match="no space left"):
        log(app, session, 45, 186)
    monkeypatch.undo()
    assert len(app.sessions.room(session.id).observations) == 1
    # The next reading finds the episode all the same.
    log(app, session, 46, 186)
    assert len(app.watching.of_session(session.id)) == 1


def test_a_third_reading_extends_the_same_record(app: App, session: Session) -> None:
    first = proposed(app, session)
    log(app, session, 50, 190)
    (more,) = app.watching.of_session(session.id)
    assert (more.id, more.version, len(more.readings)) == (first.id, first.version + 1, 3)


def test_a_reading_that_counts_again_is_evidence_again(app: App, session: Session) -> None:
    log(app, session, 40, 182)
    second = log(app, session, 45, 150)
    third = log(app, session, 50, 186)
    assert app.watching.of_session(session.id) == ()
    (struck,) = app.sessions.set_statuses((second,), ObservationStatus.STRUCK, "Typing slip")
    assert len(app.watching.of_session(session.id)) == 1
    app.sessions.set_statuses((struck,), ObservationStatus.VALID, "Looked at again")
    app.sessions.set_statuses((third,), ObservationStatus.ARTEFACT, "Movement")
    (proposal,) = app.watching.of_session(session.id)
    assert proposal.state is ProposalState.OPEN


def test_a_proposal_goes_with_its_last_reading_and_comes_anew_with_it(
    app: App, session: Session
) -> None:
    first, second = log(app, session, 40, 182), log(app, session, 45, 186)
    app.sessions.set_statuses((first,), ObservationStatus.ARTEFACT, "Movement")
    (proposal,) = app.watching.of_session(session.id)
    assert proposal.state is ProposalState.OPEN
    (struck,) = app.sessions.set_statuses((second,), ObservationStatus.STRUCK, "undone")
    (proposal,) = app.watching.of_session(session.id)
    assert (proposal.state, proposal.decided_by) == (ProposalState.WITHDRAWN, "Dana Reyes")
    with pytest.raises(DecidedError):
        app.watching.accept(proposal)

    app.sessions.set_statuses((struck,), ObservationStatus.VALID, "Looked at again")
    log(app, session, 50, 190)
    old, new = app.watching.of_session(session.id)
    assert (old.state, new.state) == (ProposalState.WITHDRAWN, ProposalState.OPEN)


def test_accepting_makes_an_event_without_a_grade(app: App, session: Session) -> None:
    proposal = proposed(app, session)
    decided, event = app.watching.accept(proposal)
    (stored,) = app.sessions.room(session.id).events
    assert stored == event
    assert (event.verbatim, event.onset, event.patient_id) == (
        "Blood pressure increased",
        at(40),
        session.patient_id,
    )
    assert (event.severity, event.seriousness, event.outcome, event.ended) == (None,) * 4
    assert app.watching.of_session(session.id) == (decided,)
    assert (decided.state, decided.event_id) == (ProposalState.ACCEPTED, event.id)
    assert (decided.decided_by, decided.decided_at) == ("Dana Reyes", app.context.minute())


def test_an_accepted_proposal_that_grew_meanwhile_is_taken_as_it_is_now(
    app: App, session: Session
) -> None:
    old = proposed(app, session)
    log(app, session, 50, 190)
    decided, _event = app.watching.accept(old)
    assert len(decided.readings) == 3


def test_merging_links_an_event_of_the_same_session(app: App, session: Session) -> None:
    proposal = proposed(app, session)
    event = app.sessions.catch_event(session, "Headache")
    decided = app.watching.merge(proposal, event)
    assert (decided.state, decided.event_id) == (ProposalState.MERGED, event.id)
    assert app.sessions.room(session.id).events == (event,)


def test_an_event_of_another_session_is_refused(app: App, session: Session) -> None:
    proposal = proposed(app, session)
    other = app.sessions.catch_event(app.sessions.start(session.patient_id), "Headache")
    with pytest.raises(OtherSessionError):
        app.watching.merge(proposal, other)
    assert app.watching.of_session(session.id) == (proposal,)


def test_a_struck_event_takes_no_proposal(app: App, session: Session) -> None:
    proposal = proposed(app, session)
    struck = app.events.strike(app.sessions.catch_event(session, "Headache"), "wrong patient")
    with pytest.raises(StruckEventError):
        app.watching.merge(proposal, struck)
    assert app.watching.of_session(session.id) == (proposal,)


def test_a_dismissed_proposal_stays_with_its_reason(app: App, session: Session) -> None:
    proposal = proposed(app, session)
    decided = app.watching.dismiss(proposal, NotAnEvent.CUFF)
    assert (decided.state, decided.reason) == (ProposalState.DISMISSED, NotAnEvent.CUFF)
    assert app.sessions.room(session.id).events == ()
    log(app, session, 50, 190)
    assert app.watching.of_session(session.id) == (decided,)
    log(app, session, 55, 140)
    log(app, session, 60, 190)
    log(app, session, 65, 190)
    assert len(app.watching.of_session(session.id)) == 2


def test_nobody_decides_twice(app: App, session: Session) -> None:
    proposal = proposed(app, session)
    event = app.sessions.catch_event(session, "Headache")
    app.watching.dismiss(proposal, NotAnEvent.ARTEFACT)
    for decide in (
        lambda: app.watching.accept(proposal),
        lambda: app.watching.merge(proposal, event),
        lambda: app.watching.dismiss(proposal, NotAnEvent.CUFF),
    ):
        with pytest.raises(DecidedError):
            decide()
    assert app.sessions.room(session.id).events == (event,)


def test_a_premedication_and_a_rescue_medicine_do_not_move_the_zero(app: App) -> None:
    patient = app.patients.save(Patient(code="P-9"))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    for minute, role in ((-20, DrugRole.CONCOMITANT), (-8, DrugRole.TREATMENT)):
        app.sessions.give(session, Administration(started=at(minute), role=role))
    for minute in (-6, -3):
        log(app, session, minute, 190)
    assert app.watching.of_session(session.id) == ()
    app.sessions.give(session, Administration(started=at(0)))
    log(app, session, 5, 182)
    assert app.watching.of_session(session.id) == ()


# --- rules


def test_the_clinics_own_rule_wins_and_can_go_back(app: App, session: Session) -> None:
    own = app.watching.save_rule(replace(RULES["systolic-high"], limit=Decimal(200)))
    proposed_not = [log(app, session, 40, 182), log(app, session, 45, 186)]
    assert proposed_not
    assert app.watching.of_session(session.id) == ()
    line = next(n for n in app.watching.lines() if n.rule.code == "systolic-high")
    assert (line.rule, line.changed, line.has_default) == (own, True, True)
    back = app.watching.save_rule(replace(RULES["systolic-high"], id=own.id, version=own.version))
    assert (back.limit, back.version) == (Decimal(180), 2)
    line = next(n for n in app.watching.lines() if n.rule.code == "systolic-high")
    assert not line.changed
    log(app, session, 50, 186)
    assert len(app.watching.of_session(session.id)) == 1


def test_a_rule_saved_twice_from_the_default_is_one_rule(app: App) -> None:
    app.watching.save_rule(replace(RULES["sedation"], active=False))
    app.watching.save_rule(replace(RULES["sedation"], limit=Decimal(4)))
    found = [r for r in app.watching.rules() if r.code == "sedation"]
    assert [(r.limit, r.version) for r in found] == [(Decimal(4), 2)]


def test_a_figure_that_cannot_be_right_is_refused(app: App) -> None:
    with pytest.raises(BadInputError, match="Expected 0 to 1000"):
        app.watching.save_rule(replace(RULES["sedation"], limit=Decimal(4000)))
    assert app.watching.rules() == DEFAULT_RULES


def test_a_rule_of_another_route_does_not_watch(app: App, session: Session) -> None:
    for rule in DEFAULT_RULES:
        app.watching.save_rule(replace(rule, routes=frozenset((SessionRoute.NASAL,))))
    log(app, session, 40, 182)
    log(app, session, 45, 186)
    assert app.watching.of_session(session.id) == ()


def test_what_was_made_of_a_rules_proposals_is_counted(
    app: App, session: Session, clock: StillClock
) -> None:
    app.watching.dismiss(proposed(app, session), NotAnEvent.CUFF)
    log(app, session, 50, 140)
    log(app, session, 55, 190)
    log(app, session, 60, 190)
    app.watching.accept(app.watching.of_session(session.id)[1])
    second = app.sessions.start(session.patient_id)
    app.sessions.give(second, Administration(started=at(0)))
    merged = proposed(app, second)
    app.watching.merge(merged, app.sessions.catch_event(second, "Headache"))
    third = app.sessions.start(session.patient_id)
    app.sessions.give(third, Administration(started=at(0)))
    proposed(app, third)
    line = next(n for n in app.watching.lines() if n.rule.code == "systolic-high")
    assert (line.accepted, line.merged, line.dismissed, line.open) == (1, 1, 1, 1)
    assert line.proposed == 4
    tomorrow = dt.date(2026, 11, 24)
    assert sum(n.proposed for n in app.watching.lines(since=tomorrow)) == 0
    own = app.watching.save_rule(WatchRule(code="ours"))
    line = app.watching.lines()[-1]
    assert (line.rule, line.changed, line.has_default, line.proposed) == (own, True, False, 0)


def test_the_schedule_is_that_of_the_sessions_protocol(app: App, session: Session) -> None:
    assert [row.minute for row in app.watching.schedule(session)] == [0, 15, 30, 45, 60, 90]
    rows = (DueReading(minute=20),)
    own = Protocol(name="IV", route=SessionRoute.IV_INFUSION, setting=Setting.CLINIC, due=rows)
    app.protocols.save(own)
    assert app.watching.schedule(session) == rows
    assert app.watching.schedule(app.sessions.start(session.patient_id)) == ()


def test_a_proposal_may_be_accepted_after_the_session_as_an_amendment(
    app: App, session: Session
) -> None:
    proposal = proposed(app, session)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    _decided, event = app.watching.accept(proposal)
    room = app.sessions.room(session.id)
    assert room.events == (event,)
    assert [note.kind for note in room.notes] == [NoteKind.AMENDMENT]


@pytest.mark.parametrize("decision", ["merged", "dismissed"])
def test_a_proposal_decided_after_the_session_is_an_amendment(
    app: App, session: Session, decision: str
) -> None:
    event = app.sessions.catch_event(session, "Palpitations")
    proposal = proposed(app, session)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    if decision == "merged":
        app.watching.merge(proposal, event)
    else:
        app.watching.dismiss(proposal, NotAnEvent.ARTEFACT)
    (note,) = app.sessions.room(session.id).notes
    assert note.kind is NoteKind.AMENDMENT
    assert (note.words or "").endswith(f"a proposed event was {decision} after the session")


# --- whole files


def test_an_import_proposes_within_its_own_unit_and_decides_nothing(
    app: App, session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "monitor.csv"
    rows = [f"2026-11-23 14:{m:02d}:00,{140 if 10 <= m < 20 else 80}" for m in range(40)]
    file.write_text("\n".join(("Time,HR", *rows)) + "\n")
    app.importing.import_vitals(file, session, apply=False)
    assert app.watching.of_session(session.id) == ()
    app.importing.import_vitals(file, session, apply=True)
    (proposal,) = app.watching.of_session(session.id)
    assert (proposal.term, len(proposal.readings)) == ("Heart rate increased", 10)
    assert app.sessions.room(session.id).events == ()
    app.importing.import_vitals(file, session, apply=True)
    assert app.watching.of_session(session.id) == (proposal,)


def test_a_dose_whose_time_is_corrected_is_looked_at_again(app: App) -> None:
    patient = app.patients.save(Patient(code="P-9"))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    dose = app.sessions.give(session, Administration(started=at(50)))
    log(app, session, 40, 190)
    log(app, session, 45, 190)
    assert app.watching.of_session(session.id) == ()
    app.sessions.save(replace(dose, started=at(42)), reason="read off the pump")
    assert app.watching.of_session(session.id) == ()
    over = app.sessions.end(session, SessionEnd.ABORTED, "stopped")
    (dose,) = app.sessions.room(over.id).administrations
    app.endings.amend(replace(dose, started=at(0)), "read off the pump")
    (proposal,) = app.watching.of_session(session.id)
    assert (proposal.first, proposal.last) == (at(40), at(45))


def test_a_session_without_a_dose_proposes_nothing_until_there_is_one(app: App) -> None:
    patient = app.patients.save(Patient(code="P-9"))
    session = app.sessions.start(patient.id, route=SessionRoute.IM)
    log(app, session, 40, 190)
    log(app, session, 45, 190)
    assert app.watching.of_session(session.id) == ()
    dose = NewDose(product=Product(name="X"), lot=None, giving=Administration(started=at(0)))
    app.dosing.give(session, dose)
    (proposal,) = app.watching.of_session(session.id)
    assert (proposal.first, proposal.last) == (at(40), at(45))


RECORDED = Path(__file__).parents[3] / "shared" / "data" / "vitals" / "icu-numerics-1min-s00001.csv"


def test_the_recorded_file_proposes_once_a_finding_and_records_no_event(app: App) -> None:
    if not RECORDED.is_file():
        pytest.skip("the recorded monitor file is not beside the repository")
    begin = RECORDED.read_text().splitlines()[1].split(",")[0]
    first = PartialDate.of(dt.datetime.fromisoformat(begin).replace(tzinfo=app.context.zone))
    patient = app.patients.save(Patient(code="P-9"))
    session = app.sessions.start(patient.id, route=SessionRoute.IV_INFUSION, started=first)
    app.sessions.give(session, Administration(started=first))
    app.importing.import_vitals(RECORDED, session, apply=True)
    proposals = app.watching.of_session(session.id)
    assert proposals
    assert len({p.term for p in proposals}) == len(proposals)
    assert {p.state for p in proposals} == {ProposalState.OPEN}
    assert app.sessions.room(session.id).events == ()

"""Filling scales in a real clinic: stored, in the trail, in the case file; safety; the schedule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.chair.needs import NeedKind, is_overdue
from aeapp.domain.codelists.clinic import SessionEnd
from aeapp.domain.codelists.scales import ScoreMode, ScorePhase, TotalBasis
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Administration, Event, Patient, SafetyReview, Session
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.scales import schedule
from aeapp.domain.scales.typing import read_typed
from aeapp.domain.scales.wording import wording_for
from aeapp.domain.values import PartialDate
from aeapp.services import scale_schedules
from aeapp.services.app import App
from aeapp.services.closing import AmendmentReasonError
from aeapp.services.endings import Ending, Leaving, NotReadyError
from aeapp.services.safety import (
    NobodyNamedError,
    SafetyDoneError,
    SafetyIncompleteError,
    SafetyOpenError,
)
from aeapp.services.scale_files import EditionTakenError
from aeapp.services.scales import (
    Filled,
    ImpossibleScoreError,
    NothingFilledError,
    Result,
    StruckAlreadyError,
    UnknownScaleError,
)
from aeapp.services.sessions import ReasonMissingError
from tests.helpers.clinic import StillClock, practice_app

DAY = 24 * 60
RIVER = "scale: river\nsource: a test\npoints 1: 0-1\npoints 2: 0-1\n"
WORDS = "licence: ours\nitem 1: Wet?\nitem 2: Cold?\nanswer 0: no\nanswer 1: yes\n"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def app(tmp_path: Path, clock: StillClock) -> Iterator[App]:
    app = practice_app(tmp_path, clock)
    yield app
    app.close()


@pytest.fixture
def patient(app: App) -> Patient:
    return app.patients.save(Patient(code="P-1"))


def fill(app: App, patient_id: str, signs: str, session: str = "", **more: object) -> Result:
    scale = app.scales.named(str(more.pop("scale", "phq-9")))
    typed = read_typed(scale, signs)
    assert not typed.problem
    filled = Filled(scale=scale, patient_id=patient_id, session_id=session, items=typed.items)
    return app.scales.fill(replace(filled, total=typed.total, **more))


def dosed(app: App, patient: Patient) -> Session:
    session = app.sessions.start(patient.id)
    app.sessions.give(session, Administration(started=app.context.minute(), dose=Decimal(1)))
    return session


def test_a_scale_is_stored_with_its_total_in_the_trail_and_in_the_case_file(
    app: App, patient: Patient
) -> None:
    first = fill(app, patient.id, "333333330", at=PartialDate(2026, 11, 2))
    assert (first.band, first.change, first.review) == ("severe", None, None)
    session = dosed(app, patient)
    result = fill(app, patient.id, "11111111r", session.id)

    score = result.score
    assert (score.scale, score.edition, score.total) == ("phq-9", "1", None)
    assert score.basis is TotalBasis.MISSING
    assert score.points_of(9) is NullFlavor.ASKU
    assert (score.phase, score.mode) == (ScorePhase.DURING, ScoreMode.PAPER)
    assert score.typed_by == app.who.name
    again = fill(app, patient.id, "111111110", session.id)
    assert again.change is not None
    assert (again.change.points, again.change.response) == (-16, True)

    with app.context.new_uow() as uow:
        (entry,) = uow.trail.of("score", score.id)
        assert entry.content["entity"] == "score"
    event = app.sessions.save(Event(patient_id=patient.id, session_id=session.id, verbatim="Sad"))
    report = app.cases.open_for_event(event)
    case = json.loads(app.importing.export_case(report.case_id))
    assert {s["total"] for s in case["scores"] if "total" in s} == {"8"}
    assert len(case["scores"]) == 2


def test_what_cannot_be_is_refused(app: App, patient: Patient) -> None:
    gad = app.scales.named("GAD7")
    for wrong in (
        Filled(scale=gad, patient_id=patient.id, total=Decimal(24)),
        Filled(
            scale=gad, patient_id=patient.id, total=Decimal(3), items=read_typed(gad, "1").items
        ),
        replace(
            Filled(scale=gad, patient_id=patient.id),
            items=(replace(read_typed(gad, "1").items[0], points=4),),
        ),
    ):
        with pytest.raises(ImpossibleScoreError):
            app.scales.fill(wrong)
    with pytest.raises(NothingFilledError):
        fill(app, patient.id, "---")
    with pytest.raises(UnknownScaleError) as unknown:
        app.scales.named("hamilton")
    # A window has no command line.
    assert "scale list" not in unknown.value.remedy
    assert "scale list" in unknown.value.option
    assert app.scales.of_patient(patient.id).scores == ()


def test_a_positive_item_9_waits_on_the_list_until_it_is_filled(
    app: App, patient: Patient, clock: StillClock
) -> None:
    session = dosed(app, patient)
    review = fill(app, patient.id, "000000002", session.id).review
    assert review is not None
    assert "item 9 Self-harm: 2" in (review.cause or "")
    (need,) = [n for n in app.board.day().needs if n.kind is NeedKind.SAFETY]
    assert (need.patient, need.opens) == ("P-1", ("session", session.id))
    with pytest.raises(SafetyOpenError):
        app.endings.end(session.id, Ending(how=SessionEnd.AGAINST_ADVICE, why="leaves"))
    with pytest.raises(NotReadyError):
        app.endings.discharge(session.id, Leaving(escort="J"))
    with pytest.raises(SafetyIncompleteError):
        app.safety.fill(review.id, told="Dr. R", asked=" ", plan="stays")
    with pytest.raises(NobodyNamedError):
        app.safety.hand_over(review.id, " ")

    handed = app.safety.hand_over(review.id, "Dr. R")
    assert (handed.is_open, handed.handed_by) == (True, app.who.name)
    app.endings.end(session.id, Ending(how=SessionEnd.AGAINST_ADVICE, why="leaves"))
    clock.pass_minutes(DAY)
    (need,) = [n for n in app.worklist.needs() if n.kind is NeedKind.SAFETY]
    assert (need.owner, is_overdue(need, app.context.today())) == ("Dr. R", True)

    done = app.safety.fill(review.id, told="Dr. R", asked="plan, means", plan="called")
    assert (done.done, done.at, done.by) == (True, app.context.minute(), app.who.name)
    assert app.safety.open() == ()
    with pytest.raises(SafetyDoneError):
        app.safety.hand_over(review.id, "Dr. S")
    assert app.safety.of_session(session.id) == (done,)
    assert app.safety.colleagues() == (app.who.name,)


def test_nothing_stands_before_an_ambulance(app: App, patient: Patient) -> None:
    session = dosed(app, patient)
    fill(app, patient.id, "000000001", session.id)
    app.endings.end(
        session.id, Ending(how=SessionEnd.TRANSFERRED, why="faint", to="General", by="Ambulance 3")
    )
    assert len(app.safety.open()) == 1


def test_a_score_is_struck_through_and_never_erased(app: App, patient: Patient) -> None:
    session = dosed(app, patient)
    score = fill(app, patient.id, "000000001", session.id).score
    with pytest.raises(ReasonMissingError):
        app.scales.strike(score, " ")
    struck = app.scales.strike(score, "other patient")
    known = app.scales.of_patient(patient.id)
    assert known.scores == (struck,)
    assert known.results("phq-9") == ()
    assert [(r.is_open, r.void_reason) for r in known.reviews] == [(False, "other patient")]
    with pytest.raises(StruckAlreadyError):
        app.scales.strike(struck, "again")


def test_a_session_that_has_ended_takes_a_scale_only_as_an_amendment(
    app: App, patient: Patient
) -> None:
    session = dosed(app, patient)
    app.sessions.end(session, SessionEnd.DISCHARGED)
    with pytest.raises(AmendmentReasonError):
        fill(app, patient.id, "000000000", session.id)
    late = fill(app, patient.id, "000000000", session.id, reason="found the paper").score
    assert late.phase is ScorePhase.LATER
    app.scales.strike(late, "typed twice")
    notes = app.sessions.room(session.id).notes
    assert notes[0].words == "found the paper"


def test_the_clinics_figures_take_the_place_of_the_default(app: App, patient: Patient) -> None:
    own = app.scales.save(replace(app.scales.named("sbq-r"), alert_total=8), reason="psychiatric")
    assert fill(app, patient.id, "2230", scale="sbq-r").review is None
    assert fill(app, patient.id, "2330", scale="sbq-r").review is not None
    again = app.scales.save(replace(own, id="", version=0, alert_total=7))
    assert (again.id, again.version) == (own.id, 2)


def test_a_scale_and_its_wording_are_added_by_a_file(app: App, tmp_path: Path) -> None:
    file = tmp_path / "river.txt"
    file.write_text(RIVER + WORDS, encoding="utf-8")
    read, planned = app.scale_files.read(file)
    assert (planned.applied, planned.defines, planned.words) == (False, True, 2)
    assert [s.code for s in app.scales.scales()].count("river") == 0
    assert app.scale_files.add(read).applied
    scale = app.scales.named("river")
    wording = wording_for(scale, app.scales.wordings())
    assert wording is not None
    assert (wording.file_name, wording.loaded_by) == ("river.txt", app.who.name)
    # The same file again adds a wording, and no second scale.
    app.scale_files.add(app.scale_files.read(file)[0])
    assert [s.code for s in app.scales.scales()].count("river") == 1
    file.write_text(RIVER + "alert 1: 1\n", encoding="utf-8")
    app.scale_files.add(app.scale_files.read(file)[0])
    assert app.scales.named("river").items[0].alert_from == 1
    file.write_text(RIVER.replace("0-1", "0-2"), encoding="utf-8")
    with pytest.raises(EditionTakenError):
        app.scale_files.read(file)
    with pytest.raises(ReasonMissingError):
        app.scales.withdraw_wording(wording, " ")
    for one in [w for w in app.scales.wordings() if w.id]:
        app.scales.withdraw_wording(one, "licence ended")
    assert wording_for(scale, app.scales.wordings()) is None


def test_a_table_is_taken_in_whole_or_not_at_all_and_none_twice(
    app: App, patient: Patient, tmp_path: Path
) -> None:
    file = tmp_path / "filled.csv"
    head = "patient,date," + ",".join(f"q{n}" for n in range(1, 10))
    rows = ["P-1,2026-11-20,0,0,0,0,0,0,0,0,2", "P-9,2025-01-02,1,1,1,1,1,1,1,1,1"]
    file.write_text("\n".join([head, *rows]), encoding="utf-8")
    phq = app.scales.named("phq-9")
    with pytest.raises(ImportRejected) as caught:
        app.scale_files.apply(app.scale_files.plan(file, phq))
    assert "line 3" in str(caught.value)

    plan = app.scale_files.plan(file, phq, new_patients=True)
    dry = app.scale_files.apply(plan, apply=False)
    assert (dry.taken, dry.new_patients, dry.reviews, dry.applied) == (2, 1, 1, False)
    assert app.scales.of_patient(patient.id).scores == ()
    done = app.scale_files.apply(plan)
    assert json.loads(json.dumps(done.as_json()))["tally"]["mean"] == "5.5000"
    (score,) = app.scales.of_patient(patient.id).scores
    assert (score.total, score.mode) == (2, ScoreMode.IMPORTED)
    # An answer of last year opens nothing; that of last week does.
    assert [r.score_id for r in app.safety.open()] == [score.id]
    again = app.scale_files.apply(app.scale_files.plan(file, phq))
    assert (again.taken, again.already_here) == (0, 2)
    app.patients.save(Patient(code="P-1"))
    with pytest.raises(ImportRejected):
        app.scale_files.apply(app.scale_files.plan(file, phq))


def test_undated_scores_are_told_apart_by_their_answers(
    app: App, patient: Patient, tmp_path: Path
) -> None:
    file, phq = tmp_path / "filled.csv", app.scales.named("phq-9")

    def taken(*rows: str) -> tuple[int, int]:
        file.write_text("\n".join(["patient,total,q1,q2", *rows]), encoding="utf-8")
        done = app.scale_files.apply(app.scale_files.plan(file, phq))
        return done.taken, done.already_here

    rows = ("P-1,5,,", "P-1,7,,", "P-1,,1,2", "P-1,,2,1")
    assert [taken(row) for row in rows] == [(1, 0)] * 4
    assert [taken(row) for row in rows] == [(0, 1)] * 4
    assert len(app.scales.of_patient(patient.id).scores) == 4


def test_the_usual_schedules_are_put_in_use_with_the_figures_of_the_clinic(app: App) -> None:
    assert not any(line.active for line in app.schedules.lines())
    line = next(s for s in app.schedules.lines() if s.scale == "phq-9")
    app.schedules.save(replace(line, every=1))
    assert [s.scale for s in app.schedules.use_usual()] == [s.scale for s in schedule.DEFAULTS]
    lines = {s.scale: s for s in app.schedules.lines()}
    assert all(one.active for one in lines.values())
    assert (lines["phq-9"].every, lines["gad-7"].every) == (1, 4)
    assert app.schedules.use_usual() == ()


def test_a_scale_falls_due_by_the_clinics_schedule(
    app: App, patient: Patient, clock: StillClock
) -> None:
    line = next(s for s in app.schedules.lines() if s.scale == "phq-9")
    dosed(app, patient)
    assert app.schedules.due() == ()
    saved = app.schedules.save(replace(line, active=True, every=1))
    assert app.schedules.save(replace(line, active=True, every=2)).id == saved.id
    clock.pass_minutes(7 * DAY)
    dosed(app, patient)
    (due,) = app.schedules.due()
    assert (due.patient.id, due.due.scale) == (patient.id, "phq-9")
    (need,) = [n for n in app.worklist.needs() if n.kind is NeedKind.SCALE]
    assert (need.what, need.due) == ("PHQ-9 due", app.context.today())
    assert [d.scale for d in app.schedules.due_for(patient.id)] == ["phq-9"]
    fill(app, patient.id, "000000000")
    assert app.schedules.due() == ()
    app.patients.save(replace(patient, deceased_on=PartialDate(2026, 11, 24)))
    assert app.schedules.due() == ()


def test_a_session_of_which_only_the_month_is_known_hides_no_other(
    app: App, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale_schedules, "_PAGE", 1)
    line = next(s for s in app.schedules.lines() if s.scale == "phq-9")
    app.schedules.save(replace(line, active=True, every=1))
    for day in (1, 8):
        app.sessions.start(patient.id, started=PartialDate(2026, 11, day))
    other = app.patients.save(Patient(code="P-2"))
    app.sessions.start(other.id, started=PartialDate(2026, 12))

    assert [d.patient.code for d in app.schedules.due()] == ["P-1"]


def test_a_strip_without_a_session_opens_the_chart_of_the_patient(
    app: App, patient: Patient
) -> None:
    review = fill(app, patient.id, "000000001").review
    assert isinstance(review, SafetyReview)
    (need,) = [n for n in app.worklist.needs() if n.kind is NeedKind.SAFETY]
    assert need.opens == ("patient", patient.id)

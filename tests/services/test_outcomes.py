"""The outcomes page from stored records: every count known beforehand, nothing dropped silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.coding import TerminologyName, TermLevel
from aeapp.domain.codelists.safety import ActionTaken, DrugRole, Severity
from aeapp.domain.codelists.scales import ScorePhase
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.listings import ListingKind, TableFormat
from aeapp.domain.outcomes.change import Kind
from aeapp.domain.outcomes.comparison import By
from aeapp.domain.outcomes.figures import Proportion
from aeapp.domain.outcomes.ladder import Loss, Step
from aeapp.domain.outcomes.page import Asked, OutcomesPage, span_of
from aeapp.domain.records import (
    Administration,
    Event,
    Patient,
    Score,
    Session,
    TermBlock,
    Terminology,
)
from aeapp.domain.records.coding import Coding
from aeapp.domain.records.terminology import TermEntry
from aeapp.domain.scales.catalogue import DEFAULTS, scale_named
from aeapp.domain.values import PartialDate
from aeapp.kernel.progress import CancelledError, NoProgress
from aeapp.services.app import App
from aeapp.services.listings import Wanted
from aeapp.services.outcome_rows import Reading
from aeapp.services.outcomes import NoPeriodError
from aeapp.services.scales import UnknownScaleError
from aeapp.services.tabulating import given, sessions_with_dose, tabulated
from tests.helpers.clinic import StillClock, practice_app
from tests.helpers.cohort import FIRST, LAST, SERIOUS, day, event, keep, person, phq

ASKED = Asked(first=FIRST, last=LAST)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Return a clinic with 30 people on an infusion and 10 on a spray."""
    made = practice_app(tmp_path_factory.mktemp("clinic"), StillClock())
    drip = person(made, [f"D{n}" for n in range(30)], indication="Depression", prescriber="A")
    spray = person(made, [f"N{n}" for n in range(10)], route=SessionRoute.NASAL, prescriber="B")
    scores: list[Score] = []
    for n, (patient, _session) in enumerate(drip):
        scores.append(phq(patient, 0, 18, ninth=2 if n < 12 else 0))
        if n < 24:  # six are not seen again
            scores.append(phq(patient, 20, 8 if n < 15 else 17, ninth=0 if n < 9 else 2))
    scores += [phq(patient, 0, 4) for patient, _session in spray]
    struck = phq(drip[0][0], 25, 27)
    keep(made, [
        *scores,
        # Long before and long after: they tell nothing of a course of these months.
        phq(drip[3][0], -200, 27, ninth=3),
        phq(drip[3][0], 300, 0, ninth=3),
        Score(**{f: getattr(struck, f) for f in ("patient_id", "scale", "edition", "at", "total")},
              struck_reason="another patient's sheet"),
        Score(patient_id=drip[1][0], scale="phq-9", edition="0", total=Decimal(1),
              at=PartialDate.of(date(2026, 7, 22))),
        Score(patient_id=drip[2][0], scale="phq-9", edition="1", total=Decimal(1),
              at=PartialDate(2026, 7)),
    ])  # fmt: skip
    keep(made, [
        *(event(patient, session, "nausea", Severity.MILD) for patient, session in drip[:6]),
        event(*drip[0], "blood pressure increased", Severity.SEVERE, seriousness=SERIOUS),
        event(*drip[1], "dizziness", Severity.MODERATE, action_taken=ActionTaken.WITHDRAWN),
        event(drip[2][0], "", "headache", Severity.MILD),
        event(*spray[0], "vertigo", Severity.MILD, struck_reason="told twice"),
    ])  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(app: App) -> OutcomesPage:
    return app.outcomes.page(ASKED)


def test_who_is_counted(page: OutcomesPage) -> None:
    assert [page.ladder.at(step) for step in Step] == [40, 40, 40, 30, 24, 24]
    assert page.ladder.lost(Loss.BELOW_THRESHOLD) == 10
    assert page.ladder.missing == 6


def test_what_became_of_them(page: OutcomesPage) -> None:
    figures = {figure.kind: figure.counted for figure in page.figures}

    assert figures[Kind.RESPONSE] == Proportion(15, 24)
    assert figures[Kind.REMISSION] == Proportion(0, 24)
    assert figures[Kind.DETERIORATION] == Proportion(0, 24)
    assert page.ideation is not None
    assert page.ideation.any_decrease == Proportion(9, 12)
    assert page.ideation.newly == Proportion(12, 12)


def test_what_is_in_no_figure_is_counted(page: OutcomesPage) -> None:
    left = page.left_out

    assert (left.undated_scores, left.other_editions) == (1, 1)
    assert (left.undated_doses, left.undated_events) == (0, 0)


def test_scores_of_other_years_are_counted_and_not_held(app: App, page: OutcomesPage) -> None:
    first, last = span_of(ASKED)
    assert (first, last) == (FIRST - timedelta(days=30), LAST + timedelta(days=31))
    scale = scale_named(DEFAULTS, "phq-9")
    assert scale is not None
    with app.context.new_uow() as uow:
        found = Reading(uow, ASKED, scale, NoProgress()).gathered()

    held = [one for some in found.scores.values() for one in some]
    assert (len(held), sum(found.far_scores.values())) == (64, 2)
    assert all(first <= one.on <= last for one in held)
    assert page.scores == 66


def test_what_happened(page: OutcomesPage) -> None:
    harm = page.harm

    assert (harm.exposure.sessions, harm.exposure.patients) == (40, 40)
    assert harm.exposure.milligrams == 1600
    assert next((row.term, row.events) for row in harm.rows) == ("Nausea", 6)
    assert "Vertigo" not in {row.term for row in harm.rows}
    assert len(harm.serious) == 1
    assert harm.not_assessed == 8
    assert harm.stopped == Proportion(1, 40)
    assert {row.term: row.outside for row in harm.rows}["Headache"] == 1
    (month,) = page.pressure.points
    assert (month.label, month.found) == ("2026-07", Proportion(1, 40))


@pytest.mark.parametrize(
    ("choice", "treated", "events"),
    [({"routes": frozenset({SessionRoute.NASAL})}, 10, 0),
     ({"prescribers": frozenset({"A"})}, 30, 9),
     ({"indications": frozenset({"Depression"}), "prescribers": frozenset({"B"})}, 0, 0),
     ({"substances": frozenset({"ketamine"})}, 40, 9),
     ({"substances": frozenset({"esketamine"})}, 0, 0),
     ({"first": date(2026, 8, 1)}, 0, 0)],
)  # fmt: skip
def test_only_some_are_looked_at(app: App, choice: dict, treated: int, events: int) -> None:
    found = app.outcomes.page(Asked(**({"first": FIRST, "last": LAST} | choice)))

    assert found.ladder.at(Step.TREATED) == treated
    assert len(found.harm.events) == events


def test_a_threshold_and_a_window_can_be_asked_for(app: App) -> None:
    asked = Asked(first=FIRST, last=LAST, threshold=Decimal(4), window=(21, 40))

    found = app.outcomes.page(asked)
    assert found.ladder.at(Step.THRESHOLD) == 40
    assert found.ladder.at(Step.COUNTED) == 0


def test_another_scale_has_nobody_and_asks_nothing_of_thoughts(app: App) -> None:
    found = app.outcomes.page(Asked(first=FIRST, last=LAST, scale="GAD-7"))

    assert found.ladder.at(Step.BASELINE) == 0
    assert found.ideation is None


def test_what_can_be_asked_for_is_what_is_on_record(app: App) -> None:
    choices = app.outcomes.choices()

    assert choices.routes == (SessionRoute.IV_INFUSION, SessionRoute.NASAL)
    assert choices.substances == ("ketamine",)
    assert (choices.indications, choices.prescribers) == (("Depression",), ("A", "B"))


def test_a_question_without_sense_is_refused(app: App) -> None:
    with pytest.raises(UnknownScaleError):
        app.outcomes.page(Asked(first=FIRST, last=LAST, scale="no such"))
    with pytest.raises(NoPeriodError):
        app.outcomes.page(Asked(first=LAST, last=FIRST))


def test_the_work_can_be_stopped(app: App) -> None:
    class Stopped:
        def step(self, _done: int, _total: int, _note: str) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        app.outcomes.page(ASKED, Stopped())


def test_the_page_is_written_and_stands_in_the_register(app: App, tmp_path: Path) -> None:
    done = app.outcomes.export(ASKED, tmp_path / "quarter.pdf")

    assert done.pages >= 2
    line = app.register.lines()[0]
    assert (line.what, line.sha256) == ("outcomes", done.sha256)


def test_a_changed_figure_is_another_version_and_the_same_figures_are_the_same(
    tmp_path: Path,
) -> None:
    """Whichever copy it is, and each question by itself."""
    app = practice_app(tmp_path, StillClock())
    person(app, ["C1", "C2"])

    def version(asked: Asked, *, shared: bool = True) -> int:
        app.outcomes.export(asked, tmp_path / "v.pdf", shared=shared, overwrite=True)
        with app.context.new_uow() as uow:
            return int(uow.trail.by_action("export")[-1].content["data"]["version"])

    nasal = replace(ASKED, routes=frozenset({SessionRoute.NASAL}))
    assert [version(ASKED), version(ASKED, shared=False), version(nasal)] == [1, 1, 1]
    person(app, ["C3"])
    assert [version(ASKED), version(nasal), version(ASKED, shared=False)] == [2, 1, 2]
    app.close()


def test_the_paper_can_be_drawn_without_writing(app: App) -> None:
    before = len(app.register.lines())

    assert app.outcomes.render(ASKED, shared=False).content.startswith(b"%PDF-1.")
    assert len(app.register.lines()) == before


def test_events_are_tabulated_by_the_class_of_their_code(app: App) -> None:
    release = keep(app, [Terminology(name=TerminologyName.CTCAE, edition="9.9", current=True)])[0]
    entry = TermEntry(code="7", term="Odd feeling", level=TermLevel.EVENT, soc="Nervous system")
    keep(app, [TermBlock(terminology_id=release.id, number=1, entries=(entry,))])
    coding = Coding(terminology=TerminologyName.CTCAE, edition="9.9", code="7", term="Odd feeling")
    patient = keep(app, [Patient(code="T1")])[0]
    keep(app, [
        event(patient.id, "", "odd", Severity.MILD, codings=(coding,)),
        Event(patient_id=patient.id, verbatim="later", onset=PartialDate(2027, 1, 1)),
        Event(patient_id=patient.id, verbatim="mistake", struck_reason="told twice"),
    ])  # fmt: skip

    with app.context.new_uow() as uow:
        found = list(tabulated(uow, FIRST, LAST))
        sessions = sessions_with_dose(uow, FIRST, LAST)
    (odd,) = [one for one in found if one.term == "Odd feeling"]
    assert (odd.soc, odd.within, odd.grade, odd.serious) == ("Nervous system", True, 1, None)
    assert len(found) == 10
    assert len(sessions) == 40


def test_a_listing_of_a_period_leaves_other_days_out(app: App, tmp_path: Path) -> None:
    def rows(first: date | None, last: date | None) -> int:
        out = tmp_path / "sessions.csv"
        wanted = Wanted(ListingKind.SESSIONS, first, last, identified=True)
        app.listings.export(wanted, TableFormat.CSV, out, overwrite=True)
        return len(out.read_text(encoding="utf-8-sig").splitlines()) - 1

    assert rows(None, None) == 40
    assert rows(date(2026, 7, 2), None) == 0
    assert rows(None, date(2026, 6, 30)) == 0
    assert rows(FIRST, FIRST) == 40


def test_exposure_is_counted_by_product_and_route(app: App, tmp_path: Path) -> None:
    out = tmp_path / "given.csv"
    app.listings.export(Wanted(ListingKind.GIVEN, FIRST, LAST), TableFormat.CSV, out)
    head, row = out.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("Product,Route,Doses in the period")
    assert row == "ketamine,not recorded,40,40,40,1600,0,40,40,40,1600,0"
    with app.context.new_uow() as uow:
        later = list(given(uow, LAST, LAST))
        assert not any(one.within for one in later)
        assert list(given(uow, None, FIRST - timedelta(days=1))) == []


def test_groups_stand_side_by_side(app: App) -> None:
    groups = app.outcomes.compared(ASKED, By.ROUTE)
    assert [(g.name, g.page.ladder.at(Step.TREATED)) for g in groups] == [
        ("IV infusion", 30), ("Nasal", 10),
    ]  # fmt: skip
    with pytest.raises(NoPeriodError):
        app.outcomes.compared(replace(ASKED, last=date(2026, 1, 1)), By.ROUTE)


def test_a_coded_pressure_event_stays_one_and_a_later_score_is_no_start(tmp_path: Path) -> None:
    app = practice_app(tmp_path, StillClock())
    people = person(app, ["C1", "C2"])
    coded = Coding(terminology=TerminologyName.CTCAE, edition="6.0", code="1", term="Hypertension")
    words = event(*people[0], "blood pressure increased", Severity.SEVERE, codings=(coded,))
    keep(app, [
        words,
        replace(phq(people[0][0], 0, 18), phase=ScorePhase.BEFORE),
        replace(phq(people[0][0], 0, 3), phase=ScorePhase.LATER),
        phq(people[0][0], 20, 9),
        replace(phq(people[1][0], 0, 3), phase=ScorePhase.DURING),
        phq(people[1][0], 20, 9),
    ])  # fmt: skip
    page = app.outcomes.page(ASKED)
    app.close()

    (month,) = page.pressure.points
    assert month.found == Proportion(1, 2)
    assert page.ladder.at(Step.BASELINE) == 1
    assert page.figures[0].counted == Proportion(1, 1)


def test_what_was_given_beside_makes_no_session_of_the_table(tmp_path: Path) -> None:
    app = practice_app(tmp_path, StillClock())
    ((patient, session),) = person(app, ["B1"])
    rescue = Session(patient_id=patient, number="S-B", started=day(1))
    keep(app, [rescue, Administration(
        patient_id=patient, session_id=rescue.id, started=day(1), dose=Decimal(4),
        dose_unit=DoseUnit.MG, role=DrugRole.CONCOMITANT,
    )])  # fmt: skip
    with app.context.new_uow() as uow:
        assert sessions_with_dose(uow, FIRST, LAST) == {session}
    app.close()

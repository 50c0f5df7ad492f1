"""The kill laboratory: a short run, and everything it looks for found where there is some."""

import json
import os
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from aeapp.domain.records import Awareness, CaseFile, Patient
from aeapp.editing.editor import Step
from aeapp.services.app import App
from aeapp.vault import open_vault
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics, practice_app
from tests.helpers.tamper import with_a_tool
from tools import crashlab
from tools.crashlab import lives
from tools.crashlab_clerk import DRAFT, Clerk, Write
from tools.crashlab_ledger import Ledger, compare

posix = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are of POSIX systems")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with closing(practice_app(tmp_path)) as app:
        yield app


def found(app: App, ledger: Ledger | None = None) -> list[str]:
    return [problem.what for problem in compare(app, ledger or Ledger())]


def tampered(folder: Path, sql: str, *values: object) -> App:
    """Change the closed clinic of ``folder`` behind the program's back and open it again."""
    vault = open_vault(folder, user_name=USER, password=PASSWORD, now=StillClock().now)
    with with_a_tool(folder, vault.database_key()) as base:
        base.execute(sql, values)
    return cheap_clinics().open(str(folder), USER, PASSWORD)


# ------------------------------------------------------------------ kills


@posix
def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    seed = random.SystemRandom().getrandbits(32)

    figures = crashlab.run(tmp_path, kills=10, seed=seed)

    said = "\n".join(figures.lines())
    assert figures.ok, said
    assert figures.kills == 10, said
    assert figures.saves >= 10, said


@posix
def test_a_program_that_acknowledges_too_early_fails(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["kill", "--kills", "40", "--seed", "1", "--mutate", "early-acknowledgement", "--json"]

    code = crashlab.main(words)

    figures = json.loads(capsys.readouterr().out)
    assert code == 1
    assert "lost" in figures["problems"]
    assert figures["kills"] < 40
    assert figures["seed"] == 1


def test_the_seed_fixes_how_long_children_live() -> None:
    assert list(lives(random.Random(5), 50)) == list(lives(random.Random(5), 50))
    assert list(lives(random.Random(5), 50)) != list(lives(random.Random(6), 50))


def test_some_kills_hit_the_opening_and_never_the_first_one() -> None:
    many = [list(lives(random.Random(seed), 20)) for seed in range(20)]

    assert all(plan[0].units is not None for plan in many)
    assert any(life.units is None for plan in many for life in plan)


# ------------------------------------------------------------------ the clerk


def test_the_clerk_writes_what_was_announced(app: App) -> None:
    ledger, names = Ledger(), set()
    units = Clerk(app, random.Random(1)).units()

    for _ in range(150):
        unit = next(units)
        stored = list(unit.save())
        assert set(unit.writes) <= set(stored)
        ledger.promise(tuple(stored))
        names |= {write.kind for write in stored}

    assert names >= {"patient", "session", "observation", "event", "case", "report", DRAFT}
    assert list(compare(app, ledger)) == []


# ------------------------------------------------------------------ what is looked for


def test_an_acknowledged_record_that_is_not_there_is_lost(app: App) -> None:
    assert found(app, Ledger(promised={("patient", "x"): 1})) == ["lost"]


def test_an_acknowledged_version_that_is_not_there_is_lost(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))

    assert found(app, Ledger(promised={("patient", patient.id): 1})) == []
    assert found(app, Ledger(promised={("patient", patient.id): 2})) == ["lost"]


def test_a_newer_version_than_the_acknowledged_one_will_do(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    app.patients.save(replace(patient, code="P-2"))

    assert found(app, Ledger(promised={("patient", patient.id): 1})) == []


def test_an_acknowledged_step_of_a_draft_that_is_not_there_is_lost(app: App) -> None:
    app.drafts.keep("s", "enter", Step("case.narrative", None, "words"))

    assert found(app, Ledger(promised={(DRAFT, "s"): 1})) == []
    assert found(app, Ledger(promised={(DRAFT, "s"): 2})) == ["lost"]


def test_a_unit_of_which_one_record_is_there_is_half(app: App) -> None:
    first = app.patients.save(Patient(code="P-1"))
    second = app.patients.save(Patient(code="P-2"))
    there = [Write("patient", p.id, 0, 1) for p in (first, second)]
    missing = Write("patient", "x", 0, 1)

    assert found(app, Ledger(begun=[(there[0], missing)])) == ["half"]
    assert found(app, Ledger(begun=[tuple(there)])) == []
    assert found(app, Ledger(begun=[(missing,)])) == []


def test_steps_of_which_some_are_there_are_half(app: App) -> None:
    app.drafts.keep("s", "enter", Step("case.narrative", None, "words"))

    assert found(app, Ledger(begun=[(Write(DRAFT, "s", 0, 2),)])) == ["half"]
    assert found(app, Ledger(begun=[(Write(DRAFT, "s", 1, 2),)])) == []


def test_units_that_were_stored_and_not_acknowledged_are_counted(app: App) -> None:
    patient = app.patients.save(Patient(code="P-1"))
    begun = [(Write("patient", patient.id, 0, 1),), (Write("patient", "x", 0, 1),), ()]
    ledger = Ledger(begun=begun)

    assert found(app, ledger) == []
    assert ledger.landed == 1


def test_a_case_without_its_people_is_half(app: App) -> None:
    with app.context.new_uow() as uow:
        uow.save(CaseFile(number="KC-2026-000001"), who=app.who)
        uow.commit()

    assert found(app) == ["half"]


def test_a_part_of_no_case_is_half(app: App) -> None:
    event = app.sessions.catch_event(
        app.sessions.start(app.patients.save(Patient(code="P-1")).id), "Nausea"
    )
    report = app.cases.open_for_event(event)
    assert found(app) == []

    with app.context.new_uow() as uow:
        uow.save(Awareness(case_id=report.case_id), who=app.who)
        uow.commit()

    assert found(app) == ["half"]


def test_a_version_that_the_trail_does_not_know_is_without_entry(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    patient = app.patients.save(Patient(code="P-1"))
    app.close()

    sql = "UPDATE patient SET version = 2 WHERE id = ?"
    with closing(tampered(tmp_path / "larkspur.aeclinic", sql, patient.id)) as again:
        assert found(again) == ["without entry"]


def test_an_entry_whose_record_is_gone_is_without_record(tmp_path: Path) -> None:
    app = practice_app(tmp_path)
    patient = app.patients.save(Patient(code="P-1"))
    app.close()

    sql = "DELETE FROM patient WHERE id = ?"
    with closing(tampered(tmp_path / "larkspur.aeclinic", sql, patient.id)) as again:
        assert found(again) == ["without record"]

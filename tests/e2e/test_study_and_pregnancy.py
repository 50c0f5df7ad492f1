"""Studies, pregnancies and near misses on the command line: the blind holds, nothing is assumed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from aeapp.domain.codelists.clinic import SessionRoute
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.records import Administration, Patient
from aeapp.services.dosing import NewDose
from tests.e2e.conftest import Line
from tests.helpers.clinic import PASSWORD, USER, StillClock, cheap_clinics

SECRET = "esketamine 84 mg arm"


def given_study_drug(clinic: Path) -> None:
    app = cheap_clinics(StillClock()).open(str(clinic), USER, PASSWORD)
    try:
        patient = app.patients.save(Patient(code="P-1"))
        session = app.sessions.start(patient.id, route=SessionRoute.NASAL)
        (shelf,) = app.stock.shelves()
        giving = Administration(
            dose=Decimal(1), dose_unit=DoseUnit.ML, started=app.context.minute()
        )
        app.dosing.give(session, NewDose(product=shelf.product, lot=None, giving=giving))
    finally:
        app.close()


def test_a_blind_is_opened_by_a_role_with_a_password_and_seen_by_no_list(
    line: Line, tmp_path: Path
) -> None:
    made = line(
        "new", "--name", "Larkspur", "--person", "Dana Reyes", "--role", "prescriber",
        "--zone", "America/Chicago",
    )  # fmt: skip
    assert made.code == 0, made.err
    assert "No study" in line("study", "list").out
    study = ("study", "add", "K-101", "--sponsor", "Invented Sponsor", "--blinded", "yes")
    assert line(*study, "--hours", "0").code == 2
    assert "--duty: Choose one" in line(*study, "--duty", "nobody").err
    assert line(*study, "--hours", "24", "--duty", "ind-investigator").code == 0
    taken = line(*study)
    assert (taken.code, "already" in taken.err) == (1, True)
    assert "24" in line("study", "list").out
    assert json.loads(line("study", "list", "--json").out)[0]["sponsor"] == "Invented Sponsor"
    given_study_drug(tmp_path / "larkspur.aeclinic")
    opening = ("study", "unblind", "P-1", "--reason", "airway at risk", "--shown", SECRET)
    assert line(*opening, "--study", "K-9").code == 2
    assert "not opened" in line("study", "openings", "P-1").out

    done = line(*opening, "--study", "K-101")

    assert (done.code, SECRET in done.out) == (0, False)
    listed = line("study", "openings", "P-1").out
    assert "airway at risk" in listed
    assert SECRET not in listed + line("study", "openings", "P-1", "--json").out
    assert line("study", "look", "P-1", "--number", "2").code == 2
    assert line("study", "look", "P-1").out.strip() == SECRET
    assert json.loads(line("study", "look", "P-1", "--json").out) == {"shown": SECRET}
    assert line("verify").code == 0


def test_a_nurse_may_not_open_a_blind(line: Line, clinic: Path) -> None:
    line("study", "add", "K-101", "--blinded", "yes")
    given_study_drug(clinic)

    refused = line(
        "study", "unblind", "P-1", "--study", "K-101", "--reason", "why", "--shown", SECRET
    )

    assert (refused.code, "prescriber" in refused.err) == (1, True)


def test_a_pregnancy_is_followed_to_its_outcome_and_the_child_has_a_report_of_its_own(
    line: Line, clinic: Path
) -> None:
    a_patient(clinic)
    assert "No pregnancy" in line("pregnancy", "list", "P-1").out
    assert line("pregnancy", "list", "P-2").code == 1
    assert line("pregnancy", "answer", "P-1", "--outcome", "live-birth").code == 2
    added = line("pregnancy", "add", "P-1", "--exposed", "UNK", "--last-period", "2026-01")
    assert "given in it: Unknown" in added.out
    assert "to be asked 2026-11-07" in line("pregnancy", "list", "P-1").out
    assert any("Pregnancy" in said for said in line("report", "waiting").out.splitlines())
    assert line("pregnancy", "answer", "P-1").code == 2
    assert line("pregnancy", "child", "P-1", "--event", "low weight").code == 1

    assert line("pregnancy", "answer", "P-1", "--outcome", "live-birth", "--outcome-on",
                "2026-11-20", "--child-affected", "yes").code == 0  # fmt: skip
    changed = ("pregnancy", "answer", "P-1", "--outcome-on", "2026-11-21")
    assert "--reason" in line(*changed).err
    assert line(*changed, "--reason", "told again").code == 0
    facts = json.loads(line("pregnancy", "list", "P-1", "--json").out)[0]
    assert (facts["outcome_on"], facts["open"], facts["ask"]) == ("2026-11-21", False, None)
    assert "of the child is open" in line("pregnancy", "child", "P-1", "--event", "low weight").out
    assert "P-1-C1" in line("report", "list").out


def test_what_was_written_down_is_answered_as_json(line: Line, tmp_path: Path) -> None:
    made = line(
        "new", "--name", "Larkspur", "--person", "Dana Reyes", "--role", "prescriber",
        "--zone", "America/Chicago",
    )  # fmt: skip
    assert made.code == 0, made.err

    def told(*words: str) -> dict[str, Any]:
        done = line(*words, "--json")
        assert done.code == 0, done.err
        answer: dict[str, Any] = json.loads(done.out)
        return answer

    study = told("study", "add", "K-101", "--sponsor", "Invented Sponsor", "--blinded", "yes")
    assert [study] == json.loads(line("study", "list", "--json").out)
    given_study_drug(tmp_path / "larkspur.aeclinic")
    opening = ("study", "unblind", "P-1", "--study", "K-101", "--shown", SECRET)
    assert told(*opening, "--reason", "airway at risk")["number"] == 1
    second = told(*opening, "--reason", "asked again")
    assert (second["number"], second["reason"], SECRET in str(second)) == (2, "asked again", False)

    added = told("pregnancy", "add", "P-1", "--last-period", "2026-01")
    assert (added["last_period"], added["open"], added["registry"]) == ("2026-01", True, None)
    answered = told("pregnancy", "answer", "P-1", "--outcome", "live-birth",
                    "--outcome-on", "2026-11-20", "--child-affected", "yes")  # fmt: skip
    assert (answered["outcome_on"], answered["open"]) == ("2026-11-20", False)
    child = told("pregnancy", "child", "P-1", "--event", "low weight")
    assert child["report"] in line("report", "list").out


def a_patient(clinic: Path) -> None:
    app = cheap_clinics(StillClock()).open(str(clinic), USER, PASSWORD)
    app.patients.save(Patient(code="P-1"))
    app.close()


def test_a_near_miss_has_a_report_without_a_patient(line: Line, clinic: Path) -> None:
    said = line("case", "near-miss", "Wrong strength drawn up", "--json")

    number = json.loads(said.out)["report"]
    found = line("report", "check", number, "--for", "fda3500").out
    assert "A1" not in found
    assert "A2" not in found
    assert line("case", "near-miss", "Wrong dose drawn up").out.startswith("Report ")


def test_cases_that_look_alike_are_named_with_score_and_fields(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    tree = {
        "format": "aeapp-case/1",
        "patient": {"id": "p", "code": "X-9", "birth_date": "1980-02-03", "sex": "2"},
        "case": {"id": "c", "patient_id": "p"},
        "events": [{"id": "e", "case_id": "c", "patient_id": "p", "verbatim": "floating",
                    "onset": "2026-11-16"}],
    }  # fmt: skip
    (tmp_path / "c.json").write_text(json.dumps(tree))
    for answer in ((), ("--patient", "new")):
        assert line("case", "import", str(tmp_path / "c.json"), *answer).code == 0

    said = line("case", "alike", "KC-2026-000001")
    assert "KC-2026-000002" in said.out
    assert "patient code" in said.out
    (found,) = json.loads(line("case", "alike", "KC-2026-000002", "--json").out)
    assert (found["case"], "onset" in found["matched"]) == ("KC-2026-000001", True)
    assert line("case", "alike", "KC-2026-000009").code == 1
    number = json.loads(line("case", "near-miss", "Wrong dose drawn up", "--json").out)["report"]
    assert "No other case" in line("case", "alike", number.partition("/")[0]).out

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.e2e.conftest import Line
from tests.helpers.tools import lacking

CASES = Path(__file__).parent.parent / "data" / "cases"
ICU = Path(__file__).parents[2].parent / "shared/data/vitals/icu-numerics-1min-s00001.csv"
ALL = sorted(path.stem for path in CASES.glob("*.json"))


def test_a_new_clinic_is_whole(line: Line, clinic: Path) -> None:
    answer = line("doctor")

    assert answer.code == 0
    assert "BAD" not in answer.out
    names = {path.name for path in clinic.iterdir()}
    assert {"clinic.db", "clinic.vault.a", "clinic.vault.b"} <= names


def test_the_password_leaves_the_environment(line: Line, clinic: Path) -> None:
    line("report", "list")

    assert "AEAPP_PASSWORD" not in os.environ


@pytest.mark.parametrize("name", ALL)
def test_an_incomplete_case_is_taken_in_checked_and_printed(
    line: Line, clinic: Path, tmp_path: Path, name: str
) -> None:
    done = line("case", "import", str(CASES / f"{name}.json"), "--json")
    assert done.code == 0, done.err
    number = json.loads(done.out)["case"]

    checked = line("report", "check", number, "--json")
    findings = json.loads(checked.out)
    assert checked.code == any(f["severity"] == "blocks" for f in findings)
    assert all(f["text"] and f["code"] for f in findings)

    pdf = tmp_path / f"{name}.pdf"
    exported = line("report", "export", number, "--as", "fda3500", "--out", str(pdf))
    assert exported.code == 0, exported.err
    assert pdf.read_bytes().startswith(b"%PDF-1.")


@pytest.mark.parametrize("name", ALL)
def test_a_case_given_out_and_taken_in_elsewhere_is_the_same(
    line: Line, clinic: Path, tmp_path: Path, name: str
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{name}.json"), "--json").out)["case"]
    out = tmp_path / "out.json"
    assert line("case", "export", number, "--out", str(out)).code == 0

    first = json.loads((CASES / f"{name}.json").read_text())
    again = json.loads(out.read_text())

    assert again["case"].get("narrative") == first["case"].get("narrative")
    assert len(again.get("events", [])) == len(first.get("events", []))
    for mine, theirs in zip(first.get("events", []), again.get("events", []), strict=True):
        facts = {k: v for k, v in mine.items() if k != "id" and not k.endswith("_id")}
        assert {k: theirs.get(k) for k in facts} == facts


def test_a_case_of_the_same_number_is_not_taken_in_twice(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    out = tmp_path / "out.json"
    line("case", "export", number, "--out", str(out))

    answer = line("case", "import", str(out))

    assert answer.code == 1
    assert "already in this clinic" in answer.err


def test_a_dry_run_changes_nothing(line: Line, clinic: Path) -> None:
    answer = line("case", "import", str(CASES / f"{ALL[0]}.json"), "--dry-run")

    assert answer.out.startswith("Would import case KC-")
    assert line("report", "list").out == "No reports yet.\n"


def test_a_patient_code_known_with_other_facts_is_a_question(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("patient"))
    case = json.loads(source.read_text())
    case["patient"] = {"id": case["patient"]["id"], "code": "P-77", "sex": "1"}
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text(json.dumps(case))
    case["patient"]["sex"] = "2"
    second.write_text(json.dumps(case))
    assert line("case", "import", str(first)).code == 0

    refused = line("case", "import", str(second))
    assert refused.code == 1
    assert "sex" in refused.err

    assert line("case", "import", str(second), "--patient", "known").code == 0
    assert line("case", "import", str(second), "--patient", "new").code == 0
    alike = line("case", "import", str(second), "--patient", "file")
    assert alike.code == 1
    assert "Several patients here" in alike.err


def test_a_number_that_was_not_kept_is_told(line: Line, clinic: Path, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text('{"format": "aeapp-case/1", "case": {"id": "c", "number": "KC-2026-31"}}')

    told = line("case", "import", str(file))
    assert told.out.startswith("Imported case KC-2026-000001, report KC-2026-000001/3500/1:")
    assert "The case number of the file is malformed" in told.out

    again = json.loads(line("case", "import", str(file), "--json").out)
    assert again["case"] == "KC-2026-000002"
    assert len(again["notes"]) == 1


def test_readings_of_a_monitor_come_in_once(line: Line, clinic: Path, tmp_path: Path) -> None:
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    line("case", "import", str(source))
    file = tmp_path / "monitor.csv"
    file.write_text(
        "Time,HR,ABPSys,ABPDias,ABPMean,PULSE,RESP,SpO2,NBPSys,NBPDias,NBPMean\n"
        "2026-09-03 10:00:00,72.0,0.0,0.0,0.0,71.0,14.0,0.0,142,88,106\n"
    )
    words = ("import", "vitals", str(file), "--session", "S-2026-000001")

    planned = line(*words)
    assert planned.code == 0, planned.err
    assert "Nothing was changed" in planned.out

    first = json.loads(line(*words, "--other-day", "--apply", "--json").out)
    again = json.loads(line(*words, "--other-day", "--apply", "--json").out)
    assert (first["observations"], first["already_here"]) == (4, 0)
    assert again["already_here"] == again["observations"]
    assert line("doctor").code == 0


def test_the_whole_icu_record_becomes_observations(line: Line, clinic: Path) -> None:
    if not ICU.is_file():
        lacking("the real monitor file is not beside the repository")
    source = next(p for p in CASES.glob("*.json") if json.loads(p.read_text()).get("sessions"))
    line("case", "import", str(source))

    done = json.loads(
        line(
            "import",
            "vitals",
            str(ICU),
            "--session",
            "S-2026-000001",
            "--other-day",
            "--apply",
            "--json",
        ).out
    )

    assert done["rows"] == 1936
    assert done["observations"] > 0
    assert line("doctor").code == 0


def test_verify_tells_an_export_from_a_changed_copy(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    line("report", "export", number, "--out", str(good))
    bad.write_bytes(good.read_bytes() + b"\n")

    assert line("verify", str(good)).code == 0
    answer = line("verify", str(good), str(bad))
    assert answer.code == 1
    assert "not as exported" in answer.out


def test_verify_knows_a_case_that_was_given_out(line: Line, clinic: Path, tmp_path: Path) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    file, shown = tmp_path / "file.json", tmp_path / "shown.json"
    assert line("case", "export", number, "--out", str(file)).code == 0
    shown.write_text(line("case", "export", number).out, encoding="utf-8", newline="\n")

    assert line("verify", str(file), str(shown)).code == 0
    file.write_bytes(file.read_bytes() + b" ")
    assert line("verify", str(file)).code == 1


def test_the_same_version_prints_the_same_bytes(line: Line, clinic: Path, tmp_path: Path) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{ALL[0]}.json"), "--json").out)["case"]
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    line("report", "export", number, "--out", str(one))
    line("report", "export", number, "--out", str(two))

    assert one.read_bytes() == two.read_bytes()

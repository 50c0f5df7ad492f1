"""Terminologies taken in on the command line: a dry run first, then whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Line
from tests.helpers.terminologies import SMALL, ctcae_csv, distribution, workbook, zipped


def test_a_dry_run_says_what_it_would_load_and_changes_nothing(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    folder = str(distribution(tmp_path / "m"))

    said = line("import", "meddra", folder)

    assert said.code == 0
    assert said.out.splitlines() == [
        "Would load MedDRA 91.1, 12 terms.",
        "  7 Lowest level term",
        "  3 Preferred term",
        "  2 System organ class",
        "  1 no longer current; never offered first",
        "Nothing was changed. Add --apply to do it.",
    ]
    assert json.loads(line("import", "meddra", folder, "--json").out)["loaded_already"] is False


def test_a_release_is_loaded_once(line: Line, clinic: Path, tmp_path: Path) -> None:
    archive = str(zipped(distribution(tmp_path / "m"), tmp_path / "m.zip"))

    assert line("import", "meddra", archive, "--apply").out.startswith("Loaded MedDRA 91.1")

    assert "loaded already" in line("import", "meddra", archive).out
    again = line("import", "meddra", archive, "--apply")
    assert (again.code, again.out) == (1, "")
    assert "loaded already" in again.err
    assert line("doctor").code == 0


def test_a_workbook_of_grades_is_loaded_and_an_older_one_rests(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    path = tmp_path / "grades.xlsx"
    workbook(path)
    older = tmp_path / "older.csv"
    older.write_bytes(ctcae_csv().replace(b"v7.5", b"Z"))

    assert json.loads(line("import", "ctcae", str(path), "--apply", "--json").out) | {
        "sha256": ""
    } == {
        "terminology": "CTCAE",
        "edition": "7.5",
        "meddra_edition": "",
        "language": "English",
        "counts": {"Term": 2, "Other, specify": 1},
        "retired": 0,
        "sha256": "",
        "becomes_current": True,
        "loaded_already": False,
        "applied": True,
    }
    unnamed = line("import", "ctcae", str(older))
    assert (unnamed.code, "--edition" in unnamed.err) == (2, True)
    said = line("import", "ctcae", str(older), "--edition", "5.0")
    assert "  codes of MedDRA 20.1" in said.out
    assert "a newer version stays" in said.out


@pytest.mark.parametrize("kind", ["meddra", "ctcae"])
def test_what_cannot_be_read_is_refused_by_place_without_a_traceback(
    line: Line, clinic: Path, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "no.bin").write_bytes(b"\xff\x00")

    wrong = line("import", kind, str(tmp_path / "no.bin"), "--apply")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Traceback" not in wrong.err
    assert line("import", kind, str(tmp_path / "none"), "--apply").code == 2


def test_every_wrong_line_is_listed(line: Line, clinic: Path, tmp_path: Path) -> None:
    bad = SMALL["llt.asc"].replace("$Y$$", "$?$$")

    said = line("import", "meddra", str(distribution(tmp_path / "m", {"llt.asc": bad})))

    assert said.code == 2
    assert said.err.count("llt.asc line") >= 6


def test_many_events_are_coded_at_once_the_sure_ones_alone(
    line: Line, prescribers_clinic: Path, tmp_path: Path
) -> None:
    assert "own list" in line("terms", "list").out
    assert line("terms", "recode", "meddra").code == 1
    line("import", "meddra", str(distribution(tmp_path / "m")), "--apply")
    events = [
        {"id": f"e{n}", "verbatim": words}
        for n, words in enumerate(("Thunder fright", "hyperwoble", "felt like rain"))
    ]
    case = {"format": "aeapp-case/1", "case": {"id": "c"}, "events": events}
    (tmp_path / "c.json").write_text(json.dumps(case))
    assert line("case", "import", str(tmp_path / "c.json")).code == 0

    said = line("terms", "recode", "meddra")
    assert said.out.splitlines()[0] == (
        "MedDRA 91.1: 1 with the same words, 1 to look at, 1 without a proposal, 0 coded already."
    )
    assert said.out.splitlines()[-1] == "Nothing was changed. Add --apply to code 1 events."
    listed = json.loads(line("terms", "recode", "meddra", "--json").out)
    (guess,) = (e for e in listed["events"] if e["group"] == "to look at")
    assert [o["how"] for o in guess["offers"]] == ["typo"]
    named = f"{guess['event']}={guess['offers'][0]['code']}"
    assert line("terms", "recode", "meddra", "--accept", "x=1", "--apply").code == 2

    done = line("terms", "recode", "meddra", "--accept", named, "--apply")

    told, way_back = done.out.splitlines()[-2:]
    assert told.startswith("Coded 2 events.")
    number = way_back.split()[-2]
    assert way_back.endswith(f"terms undo {number} --apply")
    again = line("terms", "recode", "meddra")
    assert "0 to look at, 1 without a proposal, 2 coded already" in again.out
    assert "without a person" in again.out
    assert line("terms", "recode", "meddra", "--apply").code == 1
    assert "in use" in line("terms", "list").out

    (past,) = json.loads(line("terms", "recodings", "--json").out)
    assert (str(past["number"]), past["events"], past["undone_by"]) == (number, 2, None)
    assert "Add --apply to put 2 events back" in line("terms", "undo", number).out
    assert line("terms", "undo", number, "--apply").out.startswith("2 events have again")
    assert "undone 2026-11-23" in line("terms", "recodings").out
    assert line("terms", "undo", number, "--apply").code == 1
    assert line("terms", "undo", "999999").code == 1
    assert "1 with the same words" in line("terms", "recode", "meddra").out
    assert line("verify").code == 0

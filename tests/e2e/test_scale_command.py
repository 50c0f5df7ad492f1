"""Scales on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"
RIVER = """scale: river
name: River
source: invented for a test
points 1: 0-1
alert 1: 1
licence: ours
item 1: Wet?
answer 0: no
answer 1: yes
"""


def test_a_scale_is_added_filled_and_listed(line: Line, clinic: Path, tmp_path: Path) -> None:
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    file = tmp_path / "river.txt"
    file.write_text(RIVER, encoding="utf-8")
    planned = line("scale", "add", str(file))
    assert "Would add the scale river" in planned.out
    assert json.loads(line("scale", "add", str(file), "--apply", "--json").out)["applied"]
    assert "Every schedule is off" in line("scale", "schedule").out
    on = json.loads(line("scale", "schedule", "--usual", "--json").out)
    assert {s["scale"]: s["on"] for s in on}["phq-9"] is True
    assert "phq-9  on  before the first dose, every 2 sessions" in line("scale", "schedule").out
    listed = json.loads(line("scale", "list", "--json").out)
    assert {s["code"]: s["wording"] for s in listed}["river"] is True
    assert "phq-9  1  PHQ-9, 10 items, 0 to 27, no wording" in line("scale", "list").out

    patient = json.loads((CASES / "P1.json").read_text(encoding="utf-8"))["patient"]["code"]
    told = line("score", "add", "river", "1", "--patient", patient)
    assert "River: 1" in told.out
    assert "Somebody has to be told" in told.out
    day = ("--at", "2026-11-02", "--patient", patient)
    first = json.loads(line("score", "add", "phq9", "t20", *day, "--json").out)
    assert (first["total"], first["band"], first["basis"]) == ("20", "severe", "stated")
    assert (
        "Item 9 asks for safety and is not known"
        in line("score", "add", "phq9", "t2", "--patient", patient).out
    )
    gone = line("scale", "withdraw", "river", "--reason", "licence ended", "--json")
    assert json.loads(gone.out)["withdrawn"] == 1
    wrong = line("score", "add", "gad-7", "t24", "--patient", patient)
    assert wrong.code == 2
    assert "24 is not possible" in wrong.err
    nobody = line("score", "add", "gad-7", "t2", "--patient", "NOPE")
    assert (nobody.code, "No patient has this code" in nobody.err) == (1, True)
    unsaid = line("score", "add", "gad-7", "t2")
    assert (unsaid.code, "whose score" in unsaid.err) == (2, True)


def test_a_table_is_planned_before_it_is_taken(line: Line, clinic: Path, tmp_path: Path) -> None:
    file = tmp_path / "filled.csv"
    file.write_text("patient,total,colour\nA,3,red\nB,30,blue\n", encoding="utf-8")
    words = ("import", "scales", str(file), "--scale", "phq-9")
    refused = line(*words, "--apply", "--new-patients")
    assert refused.code == 2
    assert "line 3: PHQ-9 goes from 0 to 27" in refused.err
    file.write_text("patient,total,colour\nA,3,red\nB,,blue\n", encoding="utf-8")
    told = line(*words, "--new-patients")
    assert "Would import 1 scores of phq-9 from 2 rows." in told.out
    assert "columns left out: colour" in told.out
    done = json.loads(line(*words, "--new-patients", "--apply", "--json").out)
    assert (done["applied"], done["taken"], done["new_patients"]) == (True, 1, 1)

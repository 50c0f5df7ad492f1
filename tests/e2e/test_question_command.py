"""Questions to colleagues by command, and numbers as the names of files have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Line
from tests.helpers.life import a_life


@pytest.fixture
def number(tmp_path: Path) -> str:
    """Return the number of a report in the clinic of ``line``."""
    life = a_life(tmp_path)
    life.app.close()
    return str(life.report.number)


def test_a_question_is_asked_tried_answered_and_listed(line: Line, number: str) -> None:
    # Everywhere an ID is taken, the name of an exported file names the same report.
    file = f"{number.replace('/', '-')}-official.pdf"
    assert "No question is open." in line("question", "list").out
    assert "Nobody was asked." in line("question", "list", number).out
    asked = line("question", "ask", file, "--of", "J. Kim", "--words", "Outcome?",
                 "--due", "2026-12-01")  # fmt: skip
    assert asked.code == 0, asked.err
    assert f"{number}  1  Outcome?  of J. Kim, by 01-Dec-2026; open" in asked.out
    assert "staff list, which has: Dana Reyes" in asked.out
    assert "Outcome?" in line("report", "waiting", "--kind", "question").out
    reminded = line("report", "waiting", "--kind", "question", "--remind").out
    assert "Reminded J. Kim: " in reminded
    undated = line("question", "ask", number, "--of", "Dana Reyes", "--words", "Lot?",
                   "--due", "2026-12")  # fmt: skip
    assert (undated.code, "by which day" in undated.err) == (1, True)
    tried = json.loads(line("question", "try", file, "1", "--words", "No answer.", "--json").out)
    assert [t["words"] for t in tried["tries"]] == ["No answer."]
    assert line("question", "answer", number, "2", "--words", "x").code == 1
    done = line("question", "answer", number, "1", "--words", "Recovered.")
    assert "answered by Dana Reyes: Recovered., tried again once" in done.out
    twice = line("question", "answer", number, "1", "--words", "Again.")
    assert (twice.code, "has an answer already" in twice.err) == (1, True)
    assert "No question is open." in line("question", "list").out
    (told,) = json.loads(line("question", "list", number, "--json").out)
    assert (told["answer"], told["due"]) == ("Recovered.", "2026-12-01")


def test_a_number_is_known_however_it_is_written(line: Line, number: str, tmp_path: Path) -> None:
    case = number.partition("/")[0]
    for typed in (number.lower(), number.replace("/", "-"), f"{case.lower()} "):
        checked = line("report", "check", typed)
        assert "Form FDA 3500" in checked.out, checked.err
    out = tmp_path / "case.json"
    assert line("case", "export", f"{case}.json", "--out", str(out)).code == 0
    assert line("attach", "list", "s-2026-000001-handover.pdf").code == 0
    unknown = line("report", "check", number.replace("/1", "/9"))
    assert (unknown.code, "no entry with that number" in unknown.err) == (1, True)


def test_a_call_has_its_words_and_a_request_its_questions(line: Line, number: str) -> None:
    told = line("report", "submit", number, "--channel", "phone", "--person", "M. Ortiz",
                "--words", "Told of the syncope.")  # fmt: skip
    assert told.code == 0, told.err
    assert "Nobody has asked." in line("request", "list", number).out
    taken = line("request", "take", number, "--from", "fda", "--number", "FDA-12",
                 "--wished", "2026-11-30", "--question", "Which lot?",
                 "--question", "Outcome?")  # fmt: skip
    assert "FDA, FDA-12, received 23-Nov-2026 14:40, wished by 30-Nov-2026" in taken.out, taken.err
    assert "  2  Outcome?  open" in taken.out
    assert "FDA" in line("report", "waiting", "--kind", "request").out
    assert line("request", "take", number, "--from", "nobody").code == 2
    line("request", "answer", number, "1", "--words", "Lot 4711.")
    done = json.loads(line("request", "answer", number, "2", "--not-available", "--json").out)
    assert [q["answer"] for q in done[0]["questions"]] == ["answered", "not-available"]
    assert line("request", "answer", number, "1").code == 1
    assert line("request", "answer", number, "3").code == 1
    assert line("report", "waiting", "--kind", "request").out.strip().startswith("Nothing")

"""Acknowledgements on the command line: kept with their report, in plain words, moving nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Line
from tests.formspecs.acknowledgement_samples import answer, numbers_of

CASES = Path(__file__).parent.parent / "data" / "cases"
WHO = ("--sender", "LARKSPUR", "--receiver", "TESTCENTRE", "--draft")
NUMBER = "KC-2026-000001"


@pytest.fixture
def sent(line: Line, clinic: Path, tmp_path: Path) -> str:
    """A message that was written here."""
    assert clinic.is_dir()
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    out = tmp_path / "case.xml"
    line("message", "export", NUMBER, *WHO, "--out", str(out))
    return out.read_text(encoding="utf-8")


def test_an_acknowledgement_finds_its_report_and_moves_nothing(
    line: Line, sent: str, tmp_path: Path
) -> None:
    words = "1: Patient Ethnicity Code (FDA.D.12) must be provided; 2: E.i.7 is Mandator..."
    file = tmp_path / "one.ack"
    file.write_text(answer(sent, verdict="CR", words=words), encoding="utf-8")
    before = json.loads(line("report", "list", "--json").out)

    told = line("message", "acknowledgement", str(file))
    assert told.code == 0, told.err
    assert "Rejected: the receiver did not take this case." in told.out
    assert "E.i.7 is Mandator... [E.i.7: Outcome of Reaction" in told.out
    assert "(cut off by the receiver)" in told.out
    assert json.loads(line("report", "list", "--json").out) == before
    twice = line("message", "acknowledgement", str(file))
    assert twice.code == 1
    assert "kept here already" in twice.err


def test_an_answer_by_two_numbers_or_by_none_finds_it_too(
    line: Line, sent: str, tmp_path: Path
) -> None:
    own = numbers_of(sent)[1]
    for n, number in enumerate((f"21ec1492-3aea {own}", "")):
        file = tmp_path / f"{n}.ack"
        file.write_text(answer(sent, number=number), encoding="utf-8")
        kept = json.loads(line("message", "acknowledgement", str(file), "--json").out)["kept"]
        assert [one["case"] for one in kept] == [NUMBER]
        assert kept[0]["lines"] == ["Accepted."]


def test_what_was_not_written_here_is_told_so(line: Line, sent: str, tmp_path: Path) -> None:
    file = tmp_path / "other.ack"
    file.write_text(answer(sent, batch="THEIRS-1", number="US-OTHER-1"), encoding="utf-8")

    told = line("message", "acknowledgement", str(file))
    assert told.code == 1
    assert "acknowledgement of batch THEIRS-1 fits no message" in told.err
    wrong = line("message", "acknowledgement", str(tmp_path / "case.xml"))
    assert wrong.code == 2
    assert "'case import' reads it" in wrong.err
    swapped = line("case", "import", str(file))
    assert swapped.code == 2
    assert "'message acknowledgement' reads it" in swapped.err

"""Messages on the command line: anybody's case taken in, planned first, known ones as news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aeapp.readers.e2b import read_nodes
from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"
WHO = ("--sender", "LARKSPUR", "--receiver", "TESTCENTRE", "--draft")
NUMBER = "KC-2026-000001"


@pytest.fixture
def message(line: Line, clinic: Path, tmp_path: Path) -> Path:
    """A case of this clinic as a message."""
    assert clinic.is_dir()
    out = tmp_path / "case.xml"
    assert line("case", "import", str(CASES / "P1.json")).code == 0
    line("message", "export", NUMBER, *WHO, "--out", str(out))
    return out


def test_a_message_from_elsewhere_becomes_a_case_with_what_is_left(
    line: Line, clinic: Path, message: Path, tmp_path: Path
) -> None:
    words = message.read_text(encoding="utf-8").replace("KC2026000001", "X77")
    theirs = tmp_path / "theirs.xml"
    theirs.write_text(words, encoding="utf-8")

    plan = line("case", "import", str(theirs), "--dry-run")
    assert plan.code == 0, plan.err
    assert "Would import case KC-2026-000002" in plan.out
    assert "C.3.1 Sender Type: 3" in plan.out
    assert len(json.loads(line("report", "list", "--json").out)) == 1
    done = json.loads(line("case", "import", str(theirs), "--json").out)["cases"]
    assert done[0]["case"] == "KC-2026-000002"
    assert done[0]["records"]["event"] == 3
    kept = json.loads(line("attach", "list", "KC-2026-000002", "--json").out)
    assert [one["media"] for one in kept] == ["application/xml", "text/plain; charset=utf-8"]
    out = tmp_path / "again.xml"
    assert line("attach", "get", "KC-2026-000002", kept[0]["sha256"], "--out", str(out)).code == 0
    assert out.read_bytes() == theirs.read_bytes()
    # It keeps the number of the whole world in what is sent from here.
    line("message", "export", "KC-2026-000002", *WHO, "--out", str(tmp_path / "sent.xml"))
    assert b"X77" in (tmp_path / "sent.xml").read_bytes()

    twice = line("case", "import", str(theirs))
    assert twice.code == 1
    assert "already in this clinic" in twice.err
    assert clinic.is_dir()


def test_a_message_of_a_known_case_is_news_of_it(line: Line, message: Path, tmp_path: Path) -> None:
    words = message.read_text(encoding="utf-8").replace("nausea", "severe nausea")
    news = tmp_path / "news.xml"
    news.write_text(words, encoding="utf-8")

    assert line("case", "import", str(news)).code == 1
    plan = line("case", "import", str(news), "--case", "follow-up", "--dry-run")
    assert plan.code == 0, plan.err
    assert "Would import news of case KC-2026-000001" in plan.out
    assert "severe nausea" in plan.out
    done = json.loads(
        line("case", "import", str(news), "--case", "follow-up", "--json").out
    )["cases"][0]  # fmt: skip
    assert done["records"] == {"event": 1}
    assert done["patient"] == "known"
    assert "The narrative here stays; write into it what the news are." in done["notes"]


def test_a_batch_is_taken_whole_and_each_case_keeps_its_own_message(
    line: Line, message: Path, tmp_path: Path
) -> None:
    root = read_nodes(message.read_bytes())
    text = message.read_text(encoding="utf-8")
    at, end = text.index("<PORR_IN049016UV"), text.index("</PORR_IN049016UV>") + 18
    one = text[at:end]
    first, second = one.replace("KC2026000001", "A1"), one.replace("KC2026000001", "B2")
    both = tmp_path / "both.xml"
    both.write_text(text[:at] + first + second + text[end:], encoding="utf-8")
    assert root.named("PORR_IN049016UV")

    told = json.loads(line("case", "import", str(both), "--json").out)["cases"]
    assert [one["case"] for one in told] == ["KC-2026-000002", "KC-2026-000003"]
    kept = json.loads(line("attach", "list", "KC-2026-000002", "--json").out)[0]
    out = tmp_path / "own.xml"
    line("attach", "get", "KC-2026-000002", kept["sha256"], "--out", str(out))
    assert b"A1" in out.read_bytes()
    assert b"B2" not in out.read_bytes()
    # One of a batch that is here already keeps the whole out, until somebody says what it is.
    third = both.with_name("third.xml")
    third.write_text(text[:at] + first + one.replace("KC2026000001", "C3") + text[end:], "utf-8")
    assert line("case", "import", str(third)).code == 1
    assert len(json.loads(line("report", "list", "--json").out)) == 3
    mixed = json.loads(line("case", "import", str(third), "--case", "follow-up", "--json").out)
    assert [one["case"] for one in mixed["cases"]] == ["KC-2026-000002", "KC-2026-000004"]

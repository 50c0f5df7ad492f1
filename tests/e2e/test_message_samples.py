"""Every sample that lies beside the project, by command: checked, planned, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Line

SHARED = Path(__file__).parents[3] / "shared"
SAMPLES = sorted(
    file
    for folder in (SHARED / "e2b" / "instances", SHARED / "data" / "e2b")
    for file in folder.rglob("*")
    if file.is_file()
)
# What is said of a file that holds no case for us; its end, or its whole name, says what it is.
REFUSED = {
    ".ack": ("is an acknowledgement of a message", "Read it in the log of sending"),
    "FAERS_EXAMPLE_R2.xml": ("is of E2B(R2)", "Ask its sender for the same message in E2B(R3)"),
    ".txt": ("is no ", "nothing was taken from this"),
}


@pytest.mark.usefixtures("clinic")
@pytest.mark.skipif(not SAMPLES, reason="the sample messages are not on this machine")
def test_every_sample_is_planned_or_refused_in_words(line: Line) -> None:
    for file in SAMPLES:
        said = REFUSED.get(file.name) or REFUSED.get(file.suffix)
        checked = line("message", "check", str(file), "--json")
        planned = line("case", "import", str(file), "--dry-run", "--json")
        if said is not None:
            for told in (checked, planned):
                assert told.code == 2, file.name
                assert all(words in told.err for words in said), (file.name, told.err)
        else:
            assert json.loads(checked.out)["messages"] == 1, checked.err
            (case,) = json.loads(planned.out)["cases"]
            assert case["records"]["event"] >= 1, file.name
            assert case["records"]["reporter"] >= 1, file.name

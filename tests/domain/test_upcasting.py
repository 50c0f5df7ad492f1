"""Files of older formats are read: step by step to the newest, each old format kept as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain import archive, upcasting
from aeapp.domain.archive import FORMAT, FORMAT_NUMBER, Bundle, dumps, loads
from aeapp.domain.items import attributes_of
from aeapp.domain.rejection import ImportRejected, NewerFormat

FORMATS = Path(__file__).parent.parent / "data" / "formats"


def kept(number: int) -> str:
    """Return the file of a format, as a program of that time wrote it; it is never changed."""
    return (FORMATS / f"case-{number}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", range(1, FORMAT_NUMBER + 1))
def test_a_file_of_every_format_there_was_is_kept_and_read(number: int) -> None:
    bundle = loads(kept(number))

    assert all(getattr(bundle, a.name) for a in attributes_of(Bundle))
    written = json.loads(dumps(bundle))
    assert written["format"] == FORMAT
    # Nothing of it is lost on the way to the newest format.
    assert json.loads(dumps(loads(dumps(bundle)))) == written


def test_the_file_of_format_1_is_read_word_for_word() -> None:
    tree = json.loads(dumps(loads(kept(1))))
    before = json.loads(kept(1))

    if FORMAT_NUMBER == 1:
        assert tree == before
    assert tree["events"][0]["verbatim"] == before["events"][0]["verbatim"]


@pytest.mark.parametrize(
    ("text", "papers"), [("A. One.\n\n B. Two. \n", ["A. One.", "B. Two."]), (" ", [])]
)
def test_papers_that_stood_as_lines_are_read(text: str, papers: list[str]) -> None:
    tree = json.loads(kept(1))
    tree["case"]["literature"] = text
    assert [paper.reference for paper in loads(json.dumps(tree)).case.literature] == papers


def test_there_is_a_step_from_every_older_format() -> None:
    assert set(upcasting.STEPS) == set(range(1, FORMAT_NUMBER))


def test_a_file_of_format_1_runs_through_every_step_to_a_later_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when 2 has called the words of an event ``told`` and 3 moved them back."""
    ran: list[int] = []

    def to_2(tree: dict[str, Any]) -> None:
        ran.append(1)
        for event in tree["events"]:
            event["told"] = event.pop("verbatim")

    def to_3(tree: dict[str, Any]) -> None:
        ran.append(2)
        for event in tree["events"]:
            event["verbatim"] = event.pop("told").upper()

    monkeypatch.setattr(archive, "FORMAT_NUMBER", 3)
    steps = {1: to_2, 2: to_3}
    monkeypatch.setattr(
        archive,
        "upcast",
        lambda tree, number, newest: upcasting.upcast(tree, number, newest, steps),
    )

    assert loads(kept(1)).events[0].verbatim == "WORDS"
    assert ran == [1, 2]
    second = kept(1).replace("aeapp-case/1", "aeapp-case/2").replace('"verbatim"', '"told"')
    assert loads(second).events[0].verbatim == "WORDS"
    assert ran == [1, 2, 2]
    third = kept(1).replace("aeapp-case/1", "aeapp-case/3")
    assert loads(third).events[0].verbatim == "Words"
    with pytest.raises(NewerFormat):
        loads(kept(1).replace("aeapp-case/1", "aeapp-case/4"))


def test_a_key_that_stands_twice_is_still_seen_after_a_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "FORMAT_NUMBER", 2)
    monkeypatch.setattr(archive, "upcast", lambda tree, _number, _newest: tree.pop("patient"))
    double = '{"format":"aeapp-case/1","patient":{},"case":{"id":"c","title":"a","title":"b"}}'

    with pytest.raises(ImportRejected, match="twice"):
        loads(double)

"""A report as a copy for the archive, and the case taken in from it elsewhere."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path

import pikepdf
import pytest

from tests.e2e.conftest import Line
from tests.exports.reading import page_texts, words
from tests.helpers.pdf_rules import faults

CASES = Path(__file__).parent.parent / "data" / "cases"
# What a clinic gives a case of its own when it takes one in.
OF_THE_CLINIC = {"id", "number", "clinic", "practice", "time_zone"}


def archive(line: Line, number: str, out: Path) -> bytes:
    done = line("report", "export", number, "--copy", "archive", "--out", str(out))
    assert done.code == 0, done.err
    return out.read_bytes()


def inside(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.Root.AF[0].EF.F.read_bytes()


def facts(tree: object, names: dict[str, str]) -> object:
    """Return a case with its links by order of appearance instead of by id."""
    if isinstance(tree, dict):
        return {key: facts(value, names) for key, value in tree.items() if key != "number"}
    if isinstance(tree, list):
        return [facts(value, names) for value in tree]
    if isinstance(tree, str) and re.fullmatch(r"[0-9a-f-]{32,36}|[0-9A-HJKMNP-TV-Z]{26}", tree):
        return names.setdefault(tree, f"#{len(names)}")
    return tree


@pytest.mark.parametrize("name", ["BUILD-1", "P3", "P6"])
def test_a_case_taken_in_from_an_archive_is_the_same_there(
    line: Line, clinic: Path, tmp_path: Path, name: str
) -> None:
    number = json.loads(line("case", "import", str(CASES / f"{name}.json"), "--json").out)["case"]
    first = archive(line, number, tmp_path / "first.pdf")
    assert faults(first) == []
    assert archive(line, number, tmp_path / "again.pdf") == first
    content = inside(first)
    foot = words(page_texts(first)[-1])
    assert f"record {hashlib.sha256(content).hexdigest()[:16]}" in foot

    clinic.rename(tmp_path / "elsewhere")
    made = line("new", "--name", "Other", "--person", "Dana Reyes", "--role", "nurse")
    assert made.code == 0, made.err
    taken = line("case", "import", str(tmp_path / "first.pdf"), "--json")
    assert taken.code == 0, taken.err
    second = inside(archive(line, json.loads(taken.out)["case"], tmp_path / "second.pdf"))

    mine, theirs = json.loads(content), json.loads(second)
    for tree in (mine, theirs):
        tree.pop("clinic", None)
    assert facts(theirs, {}) == facts(mine, {})


def test_a_pdf_that_holds_no_case_is_refused_by_name(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    number = json.loads(line("case", "import", str(CASES / "P3.json"), "--json").out)["case"]
    sent = tmp_path / "sent.pdf"
    assert line("report", "export", number, "--out", str(sent)).code == 0
    assert b"EmbeddedFile" not in sent.read_bytes()
    assert sent.read_bytes().startswith(b"%PDF-1.7")

    answer = line("case", "import", str(sent))

    assert answer.code == 1
    assert "no copy for the archive" in answer.err
    assert "--copy archive" in answer.err


def test_only_pages_of_our_own_have_a_copy_for_the_archive(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    for more in (["--as", "fda3500-official"], ["--version", "1"]):
        answer = line(
            "report", "export", "1", "--copy", "archive", "--out", str(tmp_path / "x"), *more
        )
        assert answer.code == 2
        assert "--copy" in answer.err


def test_cioms_and_papers_of_a_session_have_one_too(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    taken = json.loads(line("case", "import", str(CASES / "P3.json"), "--json").out)
    opened = line("report", "open", taken["case"], "--for", "cioms1")
    assert opened.code == 0, opened.err
    for number, form in ((taken["case"], "cioms1"), (taken["sessions"][0], "session")):
        out = tmp_path / f"{form}.pdf"
        done = line(
            "report", "export", number, "--as", form, "--copy", "archive", "--out", str(out)
        )
        assert done.code == 0, done.err
        assert faults(out.read_bytes()) == []
        assert json.loads(inside(out.read_bytes()))["case"]["number"] == taken["case"]

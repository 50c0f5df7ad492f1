"""The official form by commands: brought once, filled, verified; refused where it is not known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from aeapp.formspecs import form
from tests.conftest import REPOSITORY
from tests.e2e.conftest import Line
from tests.exports.official_blank import blank
from tests.helpers.clinic import PASSWORD, USER
from tests.helpers.life import a_life

FORM = form("fda3500")


@pytest.fixture
def number(tmp_path: Path) -> str:
    """Return the number of a report that nothing blocks, in the clinic of ``line``."""
    life = a_life(tmp_path)
    life.app.close()
    return str(life.report.number)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "blank.pdf"
    path.write_bytes(blank(FORM))
    return path


def test_a_report_is_written_on_the_form_that_was_brought(
    line: Line, number: str, file: Path, tmp_path: Path
) -> None:
    assert "not here: get the blank PDF" in line("form", "list").out
    out = tmp_path / "filled.pdf"
    words = ("report", "export", number, "--as", "fda3500-official", "--out", str(out))
    early = line(*words)
    assert early.code != 0
    assert "not in the clinic yet" in early.err
    assert not out.exists()

    assert "Kept Form FDA 3500 (09/2025)" in line("form", "add", str(file)).out
    assert "here since" in line("form", "list").out
    done = line(*words)
    assert (done.code, done.err) == (0, "")
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) >= FORM.pages
        assert "/XFA" not in pdf.Root.AcroForm
    verified = line("verify", str(out))
    assert verified.code == 0, verified.out


def test_the_same_file_is_kept_once(line: Line, number: str, file: Path) -> None:
    first = json.loads(line("form", "add", str(file), "--json").out)
    assert json.loads(line("form", "add", str(file), "--json").out) == first
    known = json.loads(line("form", "list", "--json").out)
    assert [one["sha256"] for one in known if one["sha256"]] == [first["sha256"]]
    assert "contents as kept" in line("doctor").out


def test_a_file_that_is_not_known_is_refused_and_not_kept(
    line: Line, number: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(blank(FORM, more="topmostSubform[0].Shoe[0]"))
    refused = line("form", "add", str(other))
    assert refused.code != 0
    assert "1 more fields, such as Shoe[0]" in refused.err
    assert "not here" in line("form", "list").out


def test_the_official_file_that_was_sent_comes_back_to_the_byte(
    line: Line, number: str, file: Path, tmp_path: Path
) -> None:
    line("form", "add", str(file))
    sent = line("report", "submit", number, "--channel", "mail", "--as", "official",
                "--no-reference", "none-given", "--no-proof", "awaited",
                "--unsigned", "signed on paper")  # fmt: skip
    assert sent.code == 0, sent.err
    told = line("report", "versions", number).out
    assert "no number: The recipient gives none, on the official form, no proof: Still to" in told
    assert "fda3500-2025-09-official.pdf" in told
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"

    version = ("report", "export", number, "--version", "1", "--out", str(one))
    refused = line(*version, "--as", "fda3500")
    assert (refused.code, "not go out as that document" in refused.err) == (1, True)
    assert line(*version, "--as", "fda3500-official").code == 0
    again = line("report", "versions", number, "--redraw", "1", "--out", str(two))
    assert (again.code, "byte for byte" in again.out) == (0, True), again.out
    assert one.read_bytes() == two.read_bytes()


def test_a_reader_that_has_read_enough_gets_no_error(tmp_path: Path) -> None:
    a_life(tmp_path).app.close()
    words = [sys.executable, str(REPOSITORY / "main.py"), "form", "list", "--user", USER,
             "--clinic", str(tmp_path / "larkspur.aeclinic")]  # fmt: skip
    listing = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"AEAPP_PASSWORD": PASSWORD},
    )
    assert listing.stdout is not None
    listing.stdout.close()
    assert listing.stderr is not None
    assert (listing.stderr.read(), listing.wait(600)) == (b"", 0)
    listing.stderr.close()

"""Files attached by command are listed, verified, written out again; programs are refused."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Line

CASES = Path(__file__).parent.parent / "data" / "cases"
PDF = b"%PDF-1.7\n% invented\n%%EOF\n"


def test_a_file_goes_in_is_verified_and_comes_out_the_same(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    file = sorted(CASES.glob("*.json"))[0]
    number = json.loads(line("case", "import", str(file), "--json").out)["case"]
    lab = tmp_path / "lab.pdf"
    lab.write_bytes(PDF)

    added = line("attach", "add", number, str(lab), "--title", "Laboratory", "--json")
    assert added.code == 0, added.err
    key = json.loads(added.out)["sha256"]
    listed = line("attach", "list", number)
    assert key[:16] in listed.out
    assert "Laboratory" in listed.out
    (told,) = json.loads(line("attach", "list", number, "--json").out)
    assert told["size"] == len(PDF)

    out = tmp_path / "out.pdf"
    assert line("attach", "get", number, key[:8], "--out", str(out)).code == 0
    assert out.read_bytes() == PDF
    verified = line("verify", str(out))
    assert verified.code == 0, verified.out
    assert "files: 1 contents as kept" in verified.out
    assert f"out.pdf: an attachment of {number}, unchanged" in verified.out
    assert "Laboratory" not in verified.out
    out.write_bytes(PDF + b"%")
    verified = line("verify", str(out))
    assert (verified.code, "no attachment of it" in verified.out) == (1, True)
    assert "search: " in line("doctor").out


def test_what_may_not_be_attached_is_refused_in_a_sentence(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    file = sorted(CASES.glob("*.json"))[0]
    number = json.loads(line("case", "import", str(file), "--json").out)["case"]
    bad = tmp_path / "invoice.pdf"
    bad.write_bytes(b"MZ\x90\x00")
    refused = line("attach", "add", number, str(bad))
    assert refused.code in {1, 3}
    assert "program" in refused.err
    assert "Traceback" not in refused.err
    unknown = line("attach", "list", "KC-1900-000001")
    assert unknown.code != 0
    assert line("attach", "get", number, "ffff", "--out", str(tmp_path / "x")).code != 0

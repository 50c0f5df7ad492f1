"""Bad input gets one sentence and one remedy, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from aeapp.vault.document import canonical
from tests.e2e.conftest import Answer, Line

CASES = Path(__file__).parent.parent / "data" / "cases"


def head_of(line: Line) -> str:
    chain = [h for h in json.loads(line("doctor", "--json").out) if h["name"] == "records"]
    return str(chain[0]["detail"])


def assert_told(answer: Answer, code: int, words: str) -> None:
    """One sentence that holds ``words``, one remedy, no traceback."""
    assert answer.code == code, (answer.code, answer.err)
    assert words in answer.err
    sentence, remedy = answer.err.strip().split("\n")[:2]
    assert answer.err.count(sentence) == 1, "told once"
    assert sentence.endswith(".")
    assert remedy.endswith(".")
    assert "Traceback" not in answer.err


def test_a_wrong_password(line: Line, clinic: Path) -> None:
    answer = line("report", "list", password="four loud crows on the road")

    assert_told(answer, 3, "password is wrong")


def test_a_folder_that_is_not_a_clinic(line: Line, tmp_path: Path) -> None:
    (tmp_path / "larkspur.aeclinic").mkdir()

    assert_told(line("report", "list"), 3, "")


def test_a_database_that_is_not_ours(line: Line, clinic: Path) -> None:
    (clinic / "clinic.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)

    assert_told(line("report", "list"), 3, "")


def test_a_file_is_not_a_clinic(line: Line, tmp_path: Path) -> None:
    (tmp_path / "larkspur.aeclinic").write_text("a letter")

    assert_told(line("report", "list"), 3, "no clinic")


@pytest.mark.parametrize(("whole", "words"), [(True, "newer version"), (False, "altered")])
def test_a_newer_key_file(line: Line, clinic: Path, whole: bool, words: str) -> None:
    for name in ("clinic.vault.a", "clinic.vault.b"):
        tree = json.loads((clinic / name).read_bytes()) | {"format": 99}
        if whole:
            tree["sha256"] = hashlib.sha256(
                canonical({key: value for key, value in tree.items() if key != "sha256"})
            ).hexdigest()
        (clinic / name).write_bytes(canonical(tree))

    assert_told(line("report", "list"), 3, words)


def broken(tmp_path: Path, text: str, name: str = "broken.json") -> str:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"format": "aeapp-case/1", "case": {"id": "c", "colour": "x"}}', "case.colour"),
        ('{"format": "aeapp-case/1", "case": {"id": "c", "occurred_on": "2026-02-31"}}',
         "case.occurred_on"),
        ('{"format": "aeapp-case/1", "case": {"id": "c", "id": "d"}}', "case"),
        ('{"format": "aeapp-case/99", "case": {"id": "c"}}', ""),
        ('{"format": "aeapp-case/1", ', ""),
        ("[" * 5000, ""),
        ('{"format": "aeapp-case/1", "case": {"id": "c", "title": "a\\u0000b"}}', "case.title"),
        ('{"format": "aeapp-case/1", "case": {"id": "c"}, "events": [{"id": "e", "onset": NaN}]}',
         ""),
    ],
)  # fmt: skip
def test_a_broken_case_file_is_refused_whole(
    line: Line, clinic: Path, tmp_path: Path, text: str, named: str
) -> None:
    before = head_of(line)

    answer = line("case", "import", broken(tmp_path, text))

    assert_told(answer, 2, named)
    assert head_of(line) == before


def test_a_broken_table_names_the_line(line: Line, clinic: Path, tmp_path: Path) -> None:
    line("case", "import", str(next(CASES.glob("P1*.json"))))
    before = head_of(line)
    text = (
        "Time,HR,ABPSys,ABPDias,ABPMean,PULSE,RESP,SpO2,NBPSys,NBPDias,NBPMean\n"
        "2026-09-03 10:00:00,72,,,,71,14,97,,,\n"
        "yesterday,72,,,,71,14,97,,,\n"
    )
    path = broken(tmp_path, text, "monitor.csv")

    answer = line("import", "vitals", path, "--session", "S-2026-000001", "--apply")

    assert_told(answer, 2, "3")
    assert head_of(line) == before


def test_any_text_comes_through_to_the_page(line: Line, clinic: Path, tmp_path: Path) -> None:
    import pypdf  # noqa: PLC0415 - only here

    story = "He felt <b>sick</b> & dizzy; 李小龙 was told. ཀ done."
    case = {"format": "aeapp-case/1", "case": {"id": "c", "narrative": story}}
    done = line("case", "import", broken(tmp_path, json.dumps(case)), "--json")
    number = json.loads(done.out)["case"]
    pdf = tmp_path / "out.pdf"

    assert line("report", "export", number, "--out", str(pdf)).code == 0

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    assert "<b>sick</b> & dizzy" in text
    assert "[U+0F40]" in text
    assert "李" in text or "[U+674E]" in text
    exported = json.loads(line("case", "export", number).out)
    assert exported["case"]["narrative"] == story


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
def test_a_place_that_cannot_be_written(line: Line, clinic: Path, tmp_path: Path) -> None:
    done = line("case", "import", str(next(CASES.glob("P1*.json"))), "--json")
    number = json.loads(done.out)["case"]

    answer = line("report", "export", number, "--out", str(tmp_path / "missing" / "x.pdf"))

    assert_told(answer, 2, "no such file or folder")


def test_a_full_disk_writes_nothing_under_the_final_name(
    line: Line, clinic: Path, tmp_path: Path
) -> None:
    full = Path("/dev/full")
    if not full.exists() or not shutil.which("mount"):
        pytest.skip("this system has no full device")
    done = line("case", "import", str(next(CASES.glob("P1*.json"))), "--json")
    number = json.loads(done.out)["case"]

    answer = line("report", "export", number, "--out", "/dev/full/x.pdf")

    assert answer.code == 2
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "words",
    [("report", "export", "KC-2026-000001"), ("import", "vitals", "x.csv"), ("demo",)],
)
def test_what_is_missing_is_named(line: Line, clinic: Path, words: tuple[str, ...]) -> None:
    answer = line(*words)

    assert_told(answer, 2, "needs --")


def test_a_number_nobody_has(line: Line, clinic: Path) -> None:
    assert_told(line("report", "check", "KC-1999-000001"), 1, "no entry with that number")

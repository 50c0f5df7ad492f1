"""Files that terms are loaded from: whole, or refused by place; never unpacked without a limit."""

from __future__ import annotations

import datetime as dt
import errno
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from aeapp.domain.codelists.coding import TerminologyName
from aeapp.domain.records.terminology import TermEntry
from aeapp.domain.rejection import ImportRejected, Problem
from aeapp.kernel.files import FileMissingError, PlaceRefusedError
from aeapp.readers import terminologies, workbook
from aeapp.readers.archives import names_in
from aeapp.readers.late import LateTerminologies
from aeapp.readers.terminologies import TerminologyFiles
from aeapp.readers.workbook import sheets_of
from tests.helpers.hostile import damaged
from tests.helpers.terminologies import SMALL, ctcae_csv, distribution, zipped
from tests.helpers.terminologies import workbook as make_workbook

CTCAE, MEDDRA = TerminologyName.CTCAE, TerminologyName.MEDDRA
FILES = TerminologyFiles()
# A workbook says when it was made, so that two are never the same.
_FILE = io.BytesIO()
make_workbook(_FILE)
SAMPLE = _FILE.getvalue()
PATIENCE = settings(deadline=dt.timedelta(seconds=5), max_examples=60)


def refused(name: TerminologyName, path: Path) -> str:
    with pytest.raises(ImportRejected) as caught:
        FILES.read(name, path)
    assert all(problem.path and problem.text for problem in caught.value.problems)
    return str(caught.value)


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def with_member(source: Path, target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(source) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return packed(target, members | {name: content})


def test_places_in_a_workbook_are_its_tables_and_rows(tmp_path: Path) -> None:
    path = make_workbook(tmp_path / "g.xlsx", rows=(("9x", "Soc", "Term", "a", *("",) * 7),))

    assert "CTCAE v7.5 Clean Copy row 3: The code is not digits alone." in refused(CTCAE, path)


@pytest.mark.parametrize(
    "grammar", [b"<!DOCTYPE a>", b"<!ENTITY a 'b'>", b" " * 65_530 + b"<!DOCTYPE a>"]
)
def test_a_workbook_with_a_grammar_is_refused(tmp_path: Path, grammar: bytes) -> None:
    path = make_workbook(tmp_path / "g.xlsx")
    bad = with_member(path, tmp_path / "bad.xlsx", "xl/sharedStrings.xml", grammar + b"<sst/>")

    assert "XML grammar" in refused(CTCAE, bad)


def test_a_workbook_in_two_bytes_a_letter_is_refused(tmp_path: Path) -> None:
    path = make_workbook(tmp_path / "g.xlsx")
    wide = "<!DOCTYPE a><sst/>".encode("utf-16")
    bad = with_member(path, tmp_path / "bad.xlsx", "xl/sharedStrings.xml", wide)

    assert "XML grammar" in refused(CTCAE, bad)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = make_workbook(tmp_path / "g.xlsx")
    bad = with_member(path, tmp_path / "bad.xlsx", "xl/media/a.bin", b"\0" * 5_000_000)

    assert "unpacks to more" in refused(CTCAE, bad)


def test_tables_and_rows_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_workbook(tmp_path / "g.xlsx")
    assert sheets_of(path)[1].rows[2][1][0] == "90100001"
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    assert "more than 20,000 rows" in refused(CTCAE, path)
    monkeypatch.setattr(workbook, "MAX_SHEETS", 1)
    assert "more than 50 tables" in refused(CTCAE, path)
    monkeypatch.setattr(workbook, "MAX_PACKED", 100)
    assert "larger than 0 MB" in refused(CTCAE, path)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    refused(CTCAE, packed(tmp_path / "a.xlsx", {"a.txt": b"x"}))
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert "broken archive" in refused(CTCAE, tmp_path / "b.xlsx")


def test_cells_are_the_values_stored_and_never_formulas(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["=1+1", 3, None, True])
    book.save(tmp_path / "f.xlsx")

    assert sheets_of(tmp_path / "f.xlsx")[0].rows[0][1] == ("", "3", "", "True")


def test_what_is_not_there_or_not_allowed_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "no.xlsx", tmp_path / "no"):
        for name in (CTCAE, MEDDRA):
            with pytest.raises(FileMissingError):
                FILES.read(name, path)
    with pytest.raises(FileMissingError):
        sheets_of(tmp_path / "no.xlsx")
    with pytest.raises(FileMissingError):
        names_in(tmp_path / "no.zip")


def test_a_folder_that_may_not_be_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = distribution(tmp_path / "m")

    def refuse(_path: Path) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(PlaceRefusedError):
        FILES.read(MEDDRA, folder)


def test_a_part_of_a_distribution_is_refused_by_the_names_of_what_is_missing(
    tmp_path: Path,
) -> None:
    folder = distribution(tmp_path / "m", {"llt.asc": None, "intl_ord.asc": None})

    assert "missing: llt.asc, intl_ord.asc" in refused(MEDDRA, folder)
    archive = zipped(folder, tmp_path / "m.zip")
    assert "missing: llt.asc, intl_ord.asc" in refused(MEDDRA, archive)


def test_names_of_files_may_be_in_capitals(tmp_path: Path) -> None:
    small = distribution(tmp_path / "m")
    large = tmp_path / "LARGE"
    large.mkdir()
    for file in small.iterdir():
        (large / file.name.upper()).write_bytes(file.read_bytes())

    assert FILES.read(MEDDRA, large) == FILES.read(MEDDRA, small)
    assert FILES.read(MEDDRA, zipped(large, tmp_path / "l.zip")) == FILES.read(MEDDRA, small)


def test_a_file_that_is_no_archive_is_no_distribution(tmp_path: Path) -> None:
    (tmp_path / "llt.asc").write_text(SMALL["llt.asc"])

    assert "neither a folder nor a zip" in refused(MEDDRA, tmp_path / "llt.asc")


def test_a_file_of_an_archive_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zipped(distribution(tmp_path / "m"), tmp_path / "m.zip")
    monkeypatch.setattr(terminologies, "MAX_FILE", 100)

    assert "pt.asc: The file is larger" in refused(MEDDRA, archive)


@PATIENCE
@given(st.data())
def test_a_damaged_workbook_is_taken_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    taken_or_refused(CTCAE, tmp_path / "g.xlsx", data.draw(damaged(SAMPLE)))


@PATIENCE
@given(st.data())
def test_a_damaged_table_is_taken_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    taken_or_refused(CTCAE, tmp_path / "g.csv", data.draw(damaged(ctcae_csv())))


@PATIENCE
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_a_damaged_distribution_is_taken_or_refused(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    folder = distribution(tmp_path / "m")
    taken_or_refused(MEDDRA, folder / name, data.draw(damaged(SMALL[name].encode())), folder)


def taken_or_refused(
    name: TerminologyName, path: Path, content: bytes, whole: Path | None = None
) -> None:
    path.write_bytes(content)
    problems: tuple[Problem, ...] = ()
    entries: tuple[TermEntry, ...] = ()
    try:
        entries = FILES.read(name, whole or path)[0].entries
    except ImportRejected as refusal:
        problems = refusal.problems
    assert bool(entries) is not bool(problems)
    assert all(problem.path and problem.text for problem in problems)
    assert all(e.code and e.term and e.level for e in entries)


def test_the_reader_that_loads_its_library_late_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(ctcae_csv())

    assert LateTerminologies().read(CTCAE, path) == FILES.read(CTCAE, path)

"""Files are written whole or not at all, and none that is there goes without a word."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from aeapp.kernel.files import (
    DiskFullError,
    FileInUseError,
    FileMissingError,
    FileThereError,
    FileTroubleError,
    NameTooLongError,
    PlaceRefusedError,
    is_there,
    make_folder,
    prepared,
    trouble,
    write_whole,
)


def test_a_file_that_came_while_ours_was_made_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"

    with prepared(out, b"ours") as file:
        out.write_bytes(b"theirs")
        with pytest.raises(FileThereError):
            file.finish()

    assert out.read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_that_is_there_is_replaced_where_that_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"old")

    with prepared(out, b"new", overwrite=True) as file:
        file.finish()
    assert out.read_bytes() == b"new"
    write_whole(out, b"newer")
    assert out.read_bytes() == b"newer"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert not is_there(tmp_path)
    assert not is_there(tmp_path / "none")


@pytest.mark.parametrize(
    ("code", "kind", "says", "do"),
    [
        (errno.ENOSPC, DiskFullError, "disk is full", "another drive"),
        (errno.EDQUOT, DiskFullError, "disk is full", "another drive"),
        (errno.EROFS, PlaceRefusedError, "can only be read", "on another drive"),
        (errno.EACCES, PlaceRefusedError, "your account", "another folder"),
        (errno.ETXTBSY, FileInUseError, "Another program has this file open", "Close it there"),
        (errno.ENAMETOOLONG, NameTooLongError, "too long", "shorter name"),
        (errno.ENOENT, FileMissingError, "no such file or folder", "Check the path"),
        (errno.EISDIR, FileMissingError, "where a file is needed", "Name a file"),
        (errno.EEXIST, PlaceRefusedError, "where a folder is needed", "another folder"),
        (errno.EIO, FileTroubleError, "did not answer", "connected"),
    ],
)
def test_each_cause_says_what_happened_and_what_to_do(
    code: int, kind: type[FileTroubleError], says: str, do: str
) -> None:
    told = trouble(OSError(code, "words of the system"))
    assert type(told) is kind
    assert says in told.message
    assert do in told.remedy


def test_what_windows_says_means_the_same() -> None:
    for code, kind in ((32, FileInUseError), (206, NameTooLongError)):
        error = PermissionError(errno.EACCES, "no")
        vars(error)["winerror"] = code
        assert type(trouble(error)) is kind


def test_a_file_that_another_program_holds_is_named_as_the_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileInUseError, match="open in another program"):
        write_whole(out, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["out.pdf"]


def test_the_longest_name_a_drive_takes_is_written_and_a_longer_one_told(tmp_path: Path) -> None:
    write_whole(tmp_path / f"{'a' * 251}.pdf", b"x")
    with pytest.raises(NameTooLongError):
        write_whole(tmp_path / f"{'a' * 300}.pdf", b"x")


def test_a_folder_is_made_unless_a_file_or_a_clinic_is_in_the_way(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_bytes(b"x")
    for wrong in (tmp_path / "file", tmp_path / "x.aeclinic" / "out"):
        with pytest.raises(PlaceRefusedError):
            make_folder(wrong)

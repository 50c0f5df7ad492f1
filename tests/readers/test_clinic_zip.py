"""The ZIP of a clinic: a closed list of names, bounded, every hash proved, no path followed."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aeapp.domain.rejection import ImportRejected, NewerFormat
from aeapp.kernel.files import FileTroubleError
from aeapp.readers import clinic_zip
from exports.clinic_zip import ClinicZip
from tests.helpers.hostile import damaged

LINE = b'{"id":"p","version":1}\n'
CONTENT = b"a picture"
KEY, OTHER = hashlib.sha256(CONTENT).hexdigest(), hashlib.sha256(b"another").hexdigest()
FORMAT = {"format": "aeapp-clinic/1"}


def packed(**facts: Any) -> bytes:
    """Return a good archive: two patients, one content, one table."""
    buffer = io.BytesIO()
    pack = ClinicZip(buffer)
    pack.add("README.txt", [b"words"])
    pack.add("records/patient.jsonl", [LINE, LINE], rows=2)
    pack.add("tables/patient.csv", pack.table(["id", "note"], [["p", "=1+1"]]))
    pack.add(f"files/{KEY}", [CONTENT])
    pack.finish({**FORMAT, **facts})
    pack.close()
    return buffer.getvalue()


def repacked(change: Callable[[dict[str, bytes]], object], *, stated: bool = False) -> bytes:
    """Return the good archive with its files changed; the manifest goes along if ``stated``."""
    with zipfile.ZipFile(io.BytesIO(packed())) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    change(files)
    if stated:
        tree = json.loads(files["manifest.json"])
        tree["files"] = [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
             "rows": content.count(b"\n")}
            for name, content in files.items()
            if name != "manifest.json" and not name.startswith("files/")
        ]  # fmt: skip
        files["manifest.json"] = json.dumps(tree).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return buffer.getvalue()


def read(content: bytes, folder: Path) -> dict[str, Any]:
    """Return everything of an archive, every hash proved."""
    path = folder / "whole.zip"
    path.write_bytes(content)
    with clinic_zip.opened(path) as archive:
        for name in archive.names():
            archive.prove(name)
        return {
            "counts": archive.counts(),
            "lines": [line for kind in archive.counts() for line in archive.lines(kind)],
            "contents": [archive.content(key) for key in archive.contents()],
            "sha256": archive.sha256,
        }


def refused(content: bytes, folder: Path) -> str:
    with pytest.raises(ImportRejected) as refusal:
        read(content, folder)
    return refusal.value.problems[0].text


def test_what_was_packed_is_read_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    found = read(packed(), tmp_path)

    assert found["counts"] == {"patient": 2}
    assert found["lines"] == [(1, LINE.decode()[:-1]), (2, LINE.decode()[:-1])]
    assert found["contents"] == [CONTENT]
    with zipfile.ZipFile(tmp_path / "whole.zip") as pack:
        assert pack.read("tables/patient.csv") == b"\xef\xbb\xbfid,note\r\np,'=1+1\r\n"
    assert packed() == packed()


def _set(name: str, content: bytes) -> Callable[[dict[str, bytes]], object]:
    return lambda files: files.__setitem__(name, content)


def _manifest(**facts: Any) -> Callable[[dict[str, bytes]], object]:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | facts).encode()

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set("records/patient.jsonl", LINE + LINE.replace(b"p", b"q")), "was changed"),
        (_set("records/patient.jsonl", LINE), "not those that manifest.json lists"),
        (_set("../evil.txt", b"x"), "no clinic gives out"),
        (_set("/etc/passwd", b"x"), "no clinic gives out"),
        (_set("records/unheard.jsonl", b"x"), "no clinic gives out"),
        (_set("files/../x", b"x"), "no clinic gives out"),
        (_set("records\\patient.jsonl", b"x"), "no clinic gives out"),
        (_set("tables/event.csv", b"x"), "not those that manifest.json lists"),
        (_set(f"files/{OTHER}", b"another"), "not those that manifest.json lists"),
        (_set(f"files/{KEY}", b"another"), "not what its name says"),
        (lambda files: files.pop(f"files/{KEY}"), "not those that manifest.json lists"),
        (_manifest(contents_sha256=None), "not those that manifest.json lists"),
        (lambda files: files.pop("tables/patient.csv"), "not those that manifest.json lists"),
        (lambda files: files.pop("manifest.json"), "has no manifest"),
        (_set("manifest.json", b"{"), "structure of the file is broken"),
        (_set("manifest.json", b"[]"), "holds no object"),
        (_manifest(format="other/1"), "does not name the format"),
        (_manifest(format=7), "does not name the format"),
        (_manifest(files="none"), "not those that manifest.json lists"),
        (_manifest(files=["x"]), "does not say of each file"),
        (_manifest(files=[{"name": "x", "sha256": "y", "size": "1"}]), "does not say of each"),
    ],
)
def test_an_archive_that_is_not_as_stated_is_refused(
    change: Callable[[dict[str, bytes]], object], says: str, tmp_path: Path
) -> None:
    assert says in refused(repacked(change), tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("records/patient.jsonl", LINE + LINE[:-1], "does not have the lines"),
        ("records/patient.jsonl", b"\xff\n", "not UTF-8"),
        (f"files/{KEY}", b"another", "not what its name says"),
    ],
)
def test_what_is_stated_rightly_and_wrong_all_the_same_is_refused(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    assert says in refused(repacked(_set(name, content), stated=True), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = repacked(_set("records/patient.jsonl", b"0" * 30_000_000), stated=True)

    assert len(bomb) < 100_000
    assert "unpacks to more" in refused(bomb, tmp_path)


@pytest.mark.parametrize(
    ("limit", "least", "says"),
    [
        ("MAX_LINE", 5, "longer than this program takes"),
        ("MAX_CONTENT", 5, "larger than this program takes"),
        ("MAX_MANIFEST", 5, "larger than this program takes"),
        ("MAX_PACKED", 5, "is larger than 0 MB"),
        ("MAX_UNPACKED", 5, "unpacks to more"),
        ("MAX_MEMBERS", 2, "more than 2 files"),
        ("_MAX_DIRECTORY", 5, "files"),
    ],
)
def test_every_size_has_its_bound(
    limit: str, least: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(packed(), tmp_path)
    monkeypatch.setattr(clinic_zip, limit, least)
    long = repacked(_set("records/patient.jsonl", LINE + b"x" * 9), stated=True)

    assert says in refused(long if limit == "MAX_LINE" else packed(), tmp_path)


def test_a_long_count_does_not_hide_behind_a_short_one(tmp_path: Path) -> None:
    whole = packed()
    at = whole.rfind(b"PK\x05\x06")
    size, start = struct.unpack("<LL", whole[at + 12 : at + 20])
    for members, directory, says in ((5, size, ""), (10**6, size, "files"), (5, 10**9, "files")):
        long_end = struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, members, members, directory, start
        )
        pointer = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
        content = whole[:at] + long_end + pointer + whole[at:]
        if says:
            assert says in refused(content, tmp_path)
        else:
            assert read(content, tmp_path)["contents"] == [CONTENT]


def test_contents_are_more_than_a_short_archive_counts(tmp_path: Path) -> None:
    """From 65,536 files on, the record at the end of a ZIP is another one."""
    path, count = tmp_path / "many.zip", 66_000
    keys = sorted(hashlib.sha256(b"%d" % n).hexdigest() for n in range(count))
    with path.open("wb") as file:
        pack = ClinicZip(file)
        # Read as it is, each would have to be what its name says: one is looked at.
        for key in (KEY, *keys):
            pack.add(f"files/{key}", [CONTENT])
        pack.finish(FORMAT)
        pack.close()
    with clinic_zip.opened(path) as archive:
        assert len(archive.contents()) == count + 1
        assert archive.content(KEY) == CONTENT
        with pytest.raises(ImportRejected, match="not what its name says"):
            archive.prove(f"files/{keys[0]}")


def test_contents_that_are_listed_one_by_one_are_read_too(tmp_path: Path) -> None:
    def listed(files: dict[str, bytes]) -> None:
        tree = json.loads(files["manifest.json"])
        del tree["contents_sha256"]
        tree["files"].append({"name": f"files/{KEY}", "size": len(CONTENT), "sha256": KEY})
        files["manifest.json"] = json.dumps(tree).encode()

    assert read(repacked(listed), tmp_path)["contents"] == [CONTENT]


def test_doubled_names_and_passwords_are_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO(packed())
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(buffer, "a") as pack,
    ):
        pack.writestr("README.txt", b"again")
    assert "no clinic gives out" in refused(buffer.getvalue(), tmp_path)

    locked = bytearray(packed())
    at = locked.find(b"PK\x01\x02")
    struct.pack_into("<H", locked, at + 8, 1)
    assert "password" in refused(bytes(locked), tmp_path)


def test_a_later_format_says_that_the_program_needs_an_update(tmp_path: Path) -> None:
    with pytest.raises(NewerFormat):
        read(packed(format="aeapp-clinic/2"), tmp_path)


def test_a_file_that_is_not_there_or_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError), clinic_zip.opened(tmp_path / "none.zip"):
        pass
    assert "no ZIP archive" in refused(b"no archive at all", tmp_path)
    assert "broken archive" in refused(b"PK and cut off", tmp_path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_archive_is_read_as_it_was_or_refused(
    data: st.DataObject, tmp_path: Path
) -> None:
    whole = packed()
    content = data.draw(damaged(whole))
    try:
        found = read(content, tmp_path)
    except ImportRejected:
        return
    assert found["lines"] == [(1, LINE.decode()[:-1]), (2, LINE.decode()[:-1])]
    assert found["contents"] == [CONTENT]

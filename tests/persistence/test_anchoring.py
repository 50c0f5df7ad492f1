"""Heads are remembered outside the database, and a database that forgot is not opened."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aeapp.domain import lens
from aeapp.domain.codecs import to_json
from aeapp.domain.records import BY_KIND, Patient, Session
from aeapp.persistence import errors
from aeapp.persistence.columns import layout_of
from aeapp.persistence.database import Database, create_database, open_database
from aeapp.trail import anchors
from aeapp.trail.anchors import Signer
from tests.helpers.clinic import StillClock
from tests.helpers.tamper import chain_anew, with_a_tool
from tests.persistence.conftest import KEY, NURSE
from tests.persistence.records import sections


def _sign(message: bytes) -> bytes:
    return hashlib.sha256(b"key" + message).digest()


SIGNER = Signer(key_id="k-1", sign=_sign, verify=lambda _key, message, sig: sig == _sign(message))


def work(database: Database, count: int) -> None:
    for _ in range(count):
        with database.new_uow() as uow:
            uow.save(Session(), who=NURSE)
            uow.commit()


def seqs(folder: Path) -> list[int]:
    return [a.seq for a in anchors.read(folder / "anchors.jsonl")]


def test_a_head_is_remembered_every_hundred_entries_on_demand_and_at_the_end(folder: Path) -> None:
    database = create_database(folder, KEY, signer=SIGNER)
    work(database, 210)
    assert seqs(folder) == [100, 200]
    assert database.anchor() is not None
    assert database.anchor() is None
    work(database, 1)
    database.close()
    assert seqs(folder) == [100, 200, 211, 212]


def test_a_head_is_remembered_after_a_quarter_of_an_hour_with_new_entries(folder: Path) -> None:
    clock = StillClock()
    database = create_database(folder, KEY, clock=clock)
    work(database, 2)
    clock.pass_minutes(13)
    database.anchor_when_due()
    work(database, 1)
    assert seqs(folder) == []

    clock.pass_minutes(1)
    database.anchor_when_due()
    assert seqs(folder) == [4]
    clock.pass_minutes(60)
    database.anchor_when_due()
    assert seqs(folder) == [4]
    work(database, 1)
    clock.pass_minutes(14)
    work(database, 1)
    assert seqs(folder) == [4, 6]
    database.close()
    assert seqs(folder) == [4, 6]


def test_entries_of_before_a_kill_are_anchored_in_time_after_opening(folder: Path) -> None:
    clock = StillClock()
    database = create_database(folder, KEY, clock=clock)
    work(database, 3)
    database.abandon()
    database = open_database(folder, KEY, clock=clock)

    database.anchor_when_due()
    clock.pass_minutes(14)
    database.anchor_when_due()

    assert seqs(folder) == [4]
    database.close()


def test_an_anchor_that_is_due_and_cannot_be_written_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = StillClock()
    database = create_database(folder, KEY, clock=clock)
    work(database, 1)
    clock.pass_minutes(14)
    with monkeypatch.context() as patch:
        patch.setattr(anchors, "append", _no_room)
        database.anchor_when_due()
        assert seqs(folder) == []
    database.anchor_when_due()
    assert seqs(folder) == [2]
    database.close()


def test_opening_again_goes_on_from_the_newest(folder: Path) -> None:
    create_database(folder, KEY).close()
    database = open_database(folder, KEY)
    work(database, 98)
    assert seqs(folder) == [1]
    work(database, 2)
    assert seqs(folder) == [1, 101]
    database.close()


def test_a_save_is_a_save_even_if_its_anchor_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = create_database(folder, KEY)
    with monkeypatch.context() as patch:
        patch.setattr(anchors, "append", _no_room)
        work(database, 105)
        assert seqs(folder) == []
        with pytest.raises(errors.DiskFullError):
            database.anchor()
    work(database, 1)
    assert seqs(folder) == [107]
    with database.new_uow() as uow:
        assert uow.records.count("session") == 106
    database.close()


def _no_room(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, "no room")


def test_each_anchor_is_in_the_database_too(folder: Path) -> None:
    database = create_database(folder, KEY, signer=SIGNER)
    work(database, 3)
    database.close()
    with with_a_tool(folder, KEY) as base:
        rows = base.execute("SELECT seq, kind, key_id FROM anchor").fetchall()
    assert rows == [(4, "close", "k-1")]


@pytest.fixture
def anchored(folder: Path) -> Path:
    database = create_database(folder, KEY, signer=SIGNER)
    work(database, 5)
    database.anchor()
    work(database, 5)
    database.close()
    return folder


def cut(folder: Path) -> None:
    with with_a_tool(folder, KEY) as base:
        base.execute("DELETE FROM audit WHERE seq > 8")


def anew(folder: Path) -> None:
    with with_a_tool(folder, KEY) as base:
        chain_anew(base, 9, lambda n, text: text.replace("nurse", "nurso"))


def forge(folder: Path) -> None:
    file = folder / "anchors.jsonl"
    lines = file.read_text().splitlines()
    last = json.loads(lines[-1]) | {"at": "2020-01-01T00:00:00.000000Z"}
    file.write_text("\n".join([*lines[:-1], json.dumps(last)]) + "\n")


def swap_install(folder: Path) -> None:
    file = folder / "anchors.jsonl"
    last = json.loads(file.read_text().splitlines()[-1]) | {"install": "other", "sig": ""}
    file.write_text(json.dumps(last) + "\n")


@pytest.mark.parametrize("deed", [cut, anew, forge, swap_install])
def test_a_trail_that_forgot_its_anchor_is_not_opened(anchored: Path, deed: object) -> None:
    open_database(anchored, KEY, signer=SIGNER).close()
    deed(anchored)  # type: ignore[operator]
    with pytest.raises(errors.TrailBrokenError):
        open_database(anchored, KEY, signer=SIGNER)


def test_entries_after_the_newest_anchor_are_followed_at_opening(anchored: Path) -> None:
    database = open_database(anchored, KEY, signer=SIGNER)
    work(database, 3)
    database.abandon()
    with with_a_tool(anchored, KEY) as base:
        base.execute("UPDATE audit SET payload = replace(payload, 'nurse', 'nurso') WHERE seq = 13")
    with pytest.raises(errors.TrailBrokenError):
        open_database(anchored, KEY, signer=SIGNER)


def test_anchors_may_lie_elsewhere(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "anchors.jsonl"
    elsewhere.parent.mkdir()
    database = create_database(folder, KEY, anchor_file=elsewhere)
    database.close()
    assert elsewhere.exists()
    assert not (folder / "anchors.jsonl").exists()


# ------------------------------------------------------------------ the report


def check(database: Database) -> dict[str, bool]:
    return {c.name: c.ok for c in database.report().checks}


ALL_GOOD = {
    "settings": True, "pages": True, "structure": True, "links": True, "schema": True,
    "chain": True, "anchors": True, "entries": True, "records": True, "search": True, "files": True,
}  # fmt: skip


def edit(folder: Path, words: str) -> None:
    with with_a_tool(folder, KEY) as base:
        base.execute(words)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("UPDATE session SET chair = 'x' WHERE id = (SELECT max(id) FROM session)", {"records"}),
        ("DELETE FROM session WHERE id = (SELECT max(id) FROM session)", {"records", "search"}),
        ("INSERT INTO session (id, version, audit_seq) VALUES ('x', 1, 1)", {"records", "search"}),
        (
            "UPDATE audit SET payload = replace(payload, 'nurse', 'nurso') WHERE seq = 3",
            # Behind the break nothing is known, so nothing can be held against an anchor.
            {"chain", "anchors"},
        ),
        ("UPDATE session SET patient_id = 'nobody'", {"records", "links"}),
        ("CREATE TABLE x (y)", {"schema"}),
    ],
)
def test_the_report_names_what_is_wrong(anchored: Path, words: str, wrong: set[str]) -> None:
    database = open_database(anchored, KEY, signer=SIGNER)
    assert check(database) == ALL_GOOD
    edit(anchored, words)
    found = database.report()
    assert {c.name for c in found.checks if not c.ok} == wrong
    assert not found.ok
    database.abandon()


def test_the_report_notices_forged_and_foreign_anchors(anchored: Path) -> None:
    database = open_database(anchored, KEY, signer=SIGNER)
    kept = (anchored / "anchors.jsonl").read_text()
    for deed in (forge, swap_install):
        deed(anchored)
        assert check(database) == ALL_GOOD | {"anchors": False}
        (anchored / "anchors.jsonl").write_text(kept)
    database.close()


def test_the_report_of_a_damaged_file_says_so_without_writing(anchored: Path) -> None:
    database = open_database(anchored, KEY, signer=SIGNER)
    size = (anchored / "clinic.db").stat().st_size
    with (anchored / "clinic.db").open("r+b") as file:
        file.seek(size - 3000)
        file.write(b"damage")
    assert check(database)["pages"] is False
    database.abandon()


# ------------------------------------------------------------------ the trail is complete


@settings(max_examples=15)
@given(data=st.data())
def test_replaying_the_trail_rebuilds_every_state(
    empty_folder: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """S-09 b: what the entries say, entry by entry, is what is stored."""
    folder = tmp_path_factory.mktemp("replay") / "r.aeclinic"
    shutil.copytree(empty_folder, folder)
    database = open_database(folder, KEY)
    record = Patient(id="p")
    for _ in range(data.draw(st.integers(1, 5))):
        drawn = data.draw(sections(Patient))
        with database.new_uow() as uow:
            record = uow.save(
                dataclasses.replace(drawn, id="p", version=record.version), who=NURSE, reason="x"
            )
            uow.commit()
    with database.new_uow() as uow:
        entries = [e.content for e in uow.trail.of("patient", "p")]
        stored = uow.records.get("patient", "p")
    database.close()
    told: dict[str, object] = {}
    for content in entries:
        for path, value in content["before"].items():
            assert told.get(path, {"absent": True}) == value
        told |= content["after"]
    told = {path: value for path, value in told.items() if value != {"absent": True}}
    shown = {path: to_json(value) for path, value in _values(stored)}
    assert told == {path: value for path, value in shown.items() if value not in (None, "")}
    assert layout_of(BY_KIND["patient"]).table == "patient"


def _values(record: Patient) -> list[tuple[str, object]]:
    return [(path, lens.get(record, path)) for path in lens.paths(record)]

"""A whole clinic out and in: record by record equal, into an empty clinic only, all or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.codelists.clinic import Role
from aeapp.domain.items import Attribute, NullFlavor, Record, attributes_of
from aeapp.domain.records import ALL_RECORDS, Clinic, Patient, Reporter, Staff
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.values import PartialDate
from aeapp.kernel.files import FileThereError
from aeapp.kernel.progress import CancelledError, NoProgress
from aeapp.services import clinic_copy
from aeapp.services.app import App
from aeapp.services.clinic_copy import CopyRoleError
from aeapp.services.clinic_intake import NotEmptyError, OtherPersonError, changes_of
from tests.helpers.clinic import StillClock, cheap_clinics, new_clinic, practice_app
from tests.helpers.cohort import keep
from tests.helpers.guards import SENTINEL

CONTENT = b"a picture of a strip"
KEY = hashlib.sha256(CONTENT).hexdigest()
# Text that a spreadsheet would run, with blanks and a line that a careless reader would clean.
TEXT = f"=1+1 {SENTINEL}\n é  "
_SIMPLE: dict[type, Any] = {
    str: TEXT,
    bool: False,
    int: 7,
    Decimal: Decimal("61.50"),
    PartialDate: PartialDate.parse("2026-11-16T10:44:07-05:00"),
}


def value(a: Attribute, known: dict[str, str]) -> Any:
    """Return something for an attribute: every list has members, every link that can be has one."""
    if a.link is not None:
        return known.get(a.link.kind, "")
    if a.is_section:
        one = a.type(**{b.name: value(b, known) for b in attributes_of(a.type)})
        return (one, replace(one)) if a.repeated else one
    if a.name.endswith("sha256"):
        return KEY
    if a.type is frozenset:
        return frozenset(list(a.element)[:2])
    if a.item is not None and a.item.nulls and a.name in ("ended", "phone", "dose"):
        return a.item.nulls[0]
    return _SIMPLE[a.type] if a.type in _SIMPLE else next(iter(a.type))


def filled(app: App) -> list[Record]:
    """Store one record of every kind with every item answered; links to those before."""
    known: dict[str, str] = {}
    with app.context.new_uow() as uow:
        assert uow.blobs.put(CONTENT) == KEY
        for cls in ALL_RECORDS:
            facts = {a.name: value(a, known) for a in attributes_of(cls)}
            if cls is Staff:
                facts["user_name"] = "another"
            if cls is Clinic:
                # There is one, made with the clinic itself.
                (here,) = uow.records.query("clinic")
                saved = uow.save(replace(here, name=TEXT), who=app.context.who)
            else:
                saved = uow.save(cls(**facts), who=app.context.who)
            known[cls.KIND] = saved.id
        uow.commit()
    return everything(app)


def everything(app: App) -> list[Record]:
    with app.context.new_uow() as uow:
        return [one for cls in ALL_RECORDS for page in uow.records.walk(cls.KIND) for one in page]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[App]:
    folder = tmp_path / "one"
    folder.mkdir()
    app = practice_app(folder, role=Role.ADMIN)
    yield app
    app.close()


def test_a_clinic_goes_out_and_into_an_empty_one_record_by_record(
    clinic: App, tmp_path: Path
) -> None:
    with clinic.context.new_uow() as uow:
        first = uow.save(Patient(code="P-1"), who=clinic.context.who)
        uow.save(replace(first, code="P-2"), who=clinic.context.who)
        uow.commit()
    there = filled(clinic)
    out = tmp_path / "whole.zip"
    given = clinic.clinic_copy.export(out)
    assert sum(given.counts.values()) == len(there)
    assert {cls.KIND for cls in ALL_RECORDS} == set(given.counts)
    _is_as_it_says(out, there)
    assert "clinic" in {line.what for line in clinic.register.lines()}

    # Made by somebody else, in whose trail everything begins anew.
    clock = StillClock(dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    clinics = cheap_clinics(clock)
    (tmp_path / "two").mkdir()
    empty = clinics.create(new_clinic(tmp_path / "two", user_name="boss", display_name="Bo Ss"))
    try:
        planned = empty.clinic_copy.plan(out)
        assert (planned.applied, planned.counts) == (False, given.counts)
        assert len(everything(empty)) == 2
        assert empty.clinic_copy.is_empty
        done = empty.clinic_copy.take_in(out)
        assert (done.applied, done.contents, done.notes) == (True, 1, planned.notes)
        name, accounts = done.notes
        assert name.endswith("America/New_York.")
        assert "Dana Reyes cannot log in here" in accounts
        assert not empty.clinic_copy.is_empty
        # The same is told with no clinic open.
        seen = clinics.look_into(out, NoProgress())
        assert (seen.counts, seen.notes, seen.applied) == (given.counts, (), False)
        assert seen.people["dana.reyes"] == "Dana Reyes"

        here = {one.id: one for one in everything(empty)}
        told = [one for one in there if not isinstance(one, Clinic)]
        assert all(here[one.id] == replace(one, version=1) for one in told)
        (own,) = (one for one in here.values() if isinstance(one, Clinic))
        (theirs,) = (one for one in there if isinstance(one, Clinic))
        assert own == replace(theirs, id=own.id, version=own.version)
        # The clinic of the file took the place of the one here; who took it in is one more.
        assert len(here) == len(there) + 1
        with empty.context.new_uow() as uow:
            assert uow.blobs.proven(KEY) == CONTENT
        health = clinics.health(empty)
        assert {line.name for line in health.lines if not line.good} == set()
        with pytest.raises(NotEmptyError):
            empty.clinic_copy.take_in(out)
    finally:
        empty.close()


def _is_as_it_says(out: Path, there: list[Record]) -> None:
    with zipfile.ZipFile(out) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        for one in manifest["files"]:
            content = pack.read(one["name"])
            assert hashlib.sha256(content).hexdigest() == one["sha256"]
            if one["name"].endswith(".jsonl"):
                assert content.count(b"\n") == one["rows"]
        assert sum(manifest["records"].values()) == len(there)
        assert any("Keys, passwords" in told for told in manifest["does_not_travel"])
        rows = list(
            csv.DictReader(io.StringIO(pack.read("tables/patient.csv").decode("utf-8-sig")))
        )
        assert rows[-1]["history"].startswith("'=1+1")
        assert rows[-1]["phone"] == f"[{NullFlavor.UNK.value}]"
        lines = [json.loads(line) for line in pack.read("records/patient.jsonl").splitlines()]
        assert [line["version"] for line in lines] == [2, 1]
        readme = pack.read("README.txt").decode()
    assert "not encrypted" in readme
    assert "The audit trail" in readme


def test_the_entry_of_who_takes_it_in_stays_and_links_go_to_it(clinic: App, tmp_path: Path) -> None:
    with clinic.context.new_uow() as uow:
        (own,) = uow.records.query("staff")
    keep(clinic, [Reporter(last_name="Doe", staff_id=own.id)])
    out = tmp_path / "whole.zip"
    clinic.clinic_copy.export(out)
    clinics = cheap_clinics(StillClock(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)))

    for number, name in enumerate(("Dana Reyes", "Somebody Else")):
        folder = tmp_path / str(number)
        folder.mkdir()
        empty = clinics.create(new_clinic(folder, display_name=name))
        try:
            if number:
                with pytest.raises(OtherPersonError):
                    empty.clinic_copy.plan(out)
                continue
            (note,) = empty.clinic_copy.take_in(out).notes
            assert "stays as it was made here" in note
            with empty.context.new_uow() as uow:
                (here,) = uow.records.query("staff")
                (reporter,) = uow.records.query("reporter")
            assert isinstance(reporter, Reporter)
            assert (reporter.staff_id, here.id == own.id) == (here.id, False)
        finally:
            empty.close()


@pytest.mark.parametrize(
    ("theirs", "ours", "told"),
    [(True, False, "becomes a practice clinic"), (False, True, "no practice")],
)
def test_it_is_told_where_an_import_makes_a_practice_clinic_or_ends_one(
    theirs: bool, ours: bool, told: str, tmp_path: Path
) -> None:
    out = tmp_path / "whole.zip"
    clinics = cheap_clinics(StillClock(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)))
    for name, practice in (("theirs", theirs), ("ours", ours)):
        (tmp_path / name).mkdir()
        wanted = new_clinic(tmp_path / name, user_name=name, role=Role.ADMIN)
        wanted = replace(wanted, clinic=replace(wanted.clinic, practice=practice))
        app = clinics.create(wanted)
        try:
            if name == "theirs":
                assert app.clinic_copy.export(out).notes == ()
                continue
            assert told in " ".join(app.clinic_copy.plan(out).notes)
            assert told in " ".join(app.clinic_copy.take_in(out).notes)
        finally:
            app.close()


def test_a_file_that_is_not_taken_in_again_says_so(
    clinic: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clinic_copy, "MAX_MEMBERS", 1000)
    with clinic.context.new_uow() as uow:
        uow.blobs.put(CONTENT)
        uow.commit()
    (note,) = clinic.clinic_copy.export(tmp_path / "whole.zip").notes
    assert "larger than this program takes in again" in note


def test_a_content_that_packs_well_is_no_bomb(clinic: App, tmp_path: Path) -> None:
    with clinic.context.new_uow() as uow:
        uow.blobs.put(bytes(2_000_000))
        uow.commit()
    out = tmp_path / "whole.zip"
    clinic.clinic_copy.export(out)
    (tmp_path / "two").mkdir()
    empty = practice_app(tmp_path / "two")
    try:
        assert empty.clinic_copy.plan(out).contents == 1
    finally:
        empty.close()


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        (None, True, "this clinic becomes a practice clinic"),
        (True, None, "its people are real"),
        (True, True, "as this one is"),
        (None, None, ""),
        (None, False, ""),
    ],
)
def test_invented_people_never_come_in_unsaid(
    here: bool | None, there: bool | None, told: str
) -> None:
    mine, theirs = (Clinic(name="A", practice=practice) for practice in (here, there))

    sentences = " ".join(changes_of(mine, theirs))

    assert told in sentences
    assert bool(told) == bool(sentences)
    assert "settings become those of the file: B" in " ".join(
        changes_of(mine, replace(theirs, name="B"))
    )


class _Stopping:
    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int, total: int, note: str) -> None:
        assert 0 <= done <= total
        self.left -= 1
        if self.left < 0:
            raise CancelledError


def test_stopped_or_refused_it_leaves_nothing(clinic: App, tmp_path: Path) -> None:
    keep(clinic, [Patient(code=f"P-{n}") for n in range(3)])
    out = tmp_path / "whole.zip"
    with pytest.raises(CancelledError):
        clinic.clinic_copy.export(out, progress=_Stopping(3))
    assert list(tmp_path.glob("*.zip")) + list(tmp_path.glob(".aeapp*")) == []
    clinic.clinic_copy.export(out, progress=_Stopping(1000))
    with pytest.raises(FileThereError):
        clinic.clinic_copy.export(out)

    spoilt = tmp_path / "spoilt.zip"
    _spoil(out, spoilt)
    (tmp_path / "two").mkdir()
    empty = practice_app(tmp_path / "two")
    try:
        with pytest.raises(CopyRoleError):
            empty.clinic_copy.export(tmp_path / "nurse.zip")
        with pytest.raises(ImportRejected, match="was changed"):
            empty.clinic_copy.take_in(spoilt)
        with pytest.raises(CancelledError):
            empty.clinic_copy.take_in(out, progress=_Stopping(11))
        assert len(everything(empty)) == 2
    finally:
        empty.close()


def _spoil(whole: Path, spoilt: Path) -> None:
    with zipfile.ZipFile(whole) as pack, zipfile.ZipFile(spoilt, "w") as other:
        for name in pack.namelist():
            content = pack.read(name)
            other.writestr(name, content.replace(b'"P-1"', b'"P-7"'))

"""The schema set that the clinic pointed at: tried, kept by its hash, told when it is another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aeapp.domain.codelists.lifecycle import SentAs
from aeapp.formspecs.e2b_r3.checking import Profile
from aeapp.readers.schema_sets import NoSchemaError, UnfitSchemaError
from aeapp.services import message_check
from aeapp.services.message_batch import BatchOrder
from aeapp.services.message_drawing import UNCHECKED, MessageWish
from aeapp.services.schema_sets import SCHEMAS
from tests.helpers.life import ONLINE, Life, a_life
from tests.helpers.schema_sets import FILES, TYPES, as_folder, as_zip

DRAFT = MessageWish(draft=True, sender="LARKSPUR", receiver="CENTRE")
MARK = f"<!-- {UNCHECKED} -->".encode()


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Life]:
    monkeypatch.delenv(SCHEMAS, raising=False)
    life = a_life(tmp_path / "life")
    yield life
    life.app.close()


def exported(life: Life, out: Path, schemas: Path | None = None) -> tuple[tuple[str, ...], Any]:
    """Export the report; return what was told, and what the trail says."""
    app, report = life.app, life.report
    done, _checked = app.messages.export(
        report.case_id, out, DRAFT, report_id=report.id, schemas=schemas, overwrite=True
    )
    with app.context.new_uow() as uow:
        told = uow.trail.of("report", report.id)[-1].content["data"]
    return done.notes, told


def test_file_screen_and_trail_say_whether_a_message_was_held_against_a_set(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, out, packed = life.app, tmp_path / "case.xml", as_zip(tmp_path / "set.zip")
    notes, trail = exported(life, out)
    assert "Not checked against the ICH schema." in notes
    assert (trail["schema"], out.read_bytes().count(MARK)) == ("not checked", 1)

    known = app.schema_sets.register(packed)
    assert app.schema_sets.register(packed) == known
    assert (known.path, known.files, known.by) == (str(packed), 2, app.who.name)
    notes, trail = exported(life, out)
    assert "Valid by the ICH schema." in notes
    assert (trail["schema"], MARK in out.read_bytes()) == (known.sha256, False)
    assert "schema_registered" not in trail

    as_zip(packed, FILES | {"coreschemas/types.xsd": TYPES + "\n"})
    notes, trail = exported(life, out)
    assert notes[1] == "Valid by the ICH schema."
    assert notes[2].startswith("The schema set was changed since it was registered on ")
    assert (trail["schema_registered"], trail["schema"] != known.sha256) == (known.sha256, True)
    assert app.schema_sets.state().told == notes[2]

    packed.unlink()
    notes, trail = exported(life, out)
    assert notes[1:3] == (
        "Not checked against the ICH schema.",
        f"The registered schema set is not at {packed}.",
    )
    assert (trail["schema"], MARK in out.read_bytes()) == ("not checked", True)

    folder = as_folder(tmp_path / "set")
    notes, trail = exported(life, out, folder)
    assert (notes[1], trail["schema"]) == ("Valid by the ICH schema.", known.sha256)
    monkeypatch.setenv(SCHEMAS, str(folder))
    assert exported(life, out)[1]["schema"] == known.sha256


def test_another_set_replaces_the_first_and_none_is_forgotten_twice(
    life: Life, tmp_path: Path
) -> None:
    sets = life.app.schema_sets
    assert sets.state().registered is None
    assert not sets.forget()
    first = sets.register(as_zip(tmp_path / "set.zip"))
    second = sets.register(as_folder(tmp_path / "set"))

    assert first.sha256 == second.sha256
    assert sets.state().registered == second
    with life.app.context.new_uow() as uow:
        struck = uow.records.get("schema_set", first.id)
        assert uow.trail.of("schema_set", first.id)
    assert getattr(struck, "struck_reason", None) == "another one was registered"
    assert sets.forget()
    assert sets.state().registered is None


def test_what_is_no_set_is_not_registered(life: Life, tmp_path: Path) -> None:
    sets = life.app.schema_sets
    with pytest.raises(NoSchemaError):
        sets.register(tmp_path)
    with pytest.raises(UnfitSchemaError):
        sets.register(as_zip(tmp_path / "a.zip", {**FILES, "coreschemas/types.xsd": "no XML"}))
    assert sets.state().registered is None


def test_a_batch_is_held_against_the_registered_set(life: Life, tmp_path: Path) -> None:
    app, report, out = life.app, life.report, tmp_path / "batch.xml"
    order = BatchOrder(((report.case_id, report.id),) * 2, DRAFT)
    done = app.message_batches.export(order, out)
    assert (done.schema, out.read_bytes().count(MARK)) == ("", 1)

    place = as_folder(tmp_path / "set")
    known = app.schema_sets.register(place)
    done = app.message_batches.export(order, tmp_path / "second.xml")
    assert (done.schema, done.told) == (known.sha256, "")
    assert MARK not in (tmp_path / "second.xml").read_bytes()
    as_folder(place, {"coreschemas/more.xsd": TYPES})
    done = app.message_batches.export(order, tmp_path / "third.xml")
    assert done.told.startswith("The schema set was changed")
    assert app.messages.check(out, Profile.ICH).told == done.told


def test_a_long_file_is_checked_message_by_message(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, report, out = life.app, life.report, tmp_path / "batch.xml"
    order = BatchOrder(((report.case_id, report.id),) * 3, DRAFT)
    app.message_batches.export(order, out)
    whole = app.messages.check(out, Profile.FDA_POSTMARKET)
    monkeypatch.setattr(message_check, "LIMIT", 1000)
    long = app.messages.check(out, Profile.FDA_POSTMARKET)

    assert sorted(long.findings, key=str) == sorted(whole.findings, key=str)
    assert (long.messages, whole.messages, long.refused, long.more) == (3, 3, True, 0)
    assert (long.batch.values, long.batch.messages) == (whole.batch.values, [])
    monkeypatch.setattr(message_check, "MOST_FINDINGS", 2)
    app.schema_sets.register(as_zip(tmp_path / "set.zip"))
    some = app.messages.check(out, Profile.FDA_POSTMARKET)
    assert (len(some.findings), some.more) == (2, len(whole.findings) - 2)
    assert (some.refused, some.schema and some.schema.errors) == (True, ())
    monkeypatch.setattr(message_check, "MOST_FINDINGS", 0)
    assert app.messages.check(out, Profile.ICH).refused


def test_what_was_held_against_a_set_is_kept_as_sent_to_the_byte(
    life: Life, tmp_path: Path
) -> None:
    app, report, out = life.app, life.report, tmp_path / "case.xml"
    app.schema_sets.register(as_zip(tmp_path / "set.zip"))
    life.approve()
    exported(life, out)
    life.clock.pass_minutes(60)
    life.send(replace(ONLINE, document=SentAs.MESSAGE))

    app.versions.export(report.id, 1, tmp_path / "kept.xml", sent_as=SentAs.MESSAGE)
    assert (tmp_path / "kept.xml").read_bytes() == out.read_bytes()
    assert app.versions.drawn_again(report.id, 1) == out.read_bytes()

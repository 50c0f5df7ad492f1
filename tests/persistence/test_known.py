"""A save does not read again what this program wrote, and never believes it without a look."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import sqlalchemy as sa

from aeapp.domain.items import Record
from aeapp.domain.records import Session, Staff
from aeapp.persistence.database import Database, open_database
from aeapp.persistence.known import Known
from aeapp.services.ports import ChangedElsewhereError
from aeapp.trail.chain import Head
from tests.persistence.conftest import KEY, NURSE, HeldClock


def saved(database: Database, record: Record) -> Record:
    with database.new_uow() as uow:
        new = uow.save(record, who=NURSE)
        uow.commit()
    return new


def last_entry(database: Database, record: Record) -> dict[str, object]:
    with database.new_uow() as uow:
        return uow.trail.of(record.KIND, record.id)[-1].content


def statements_of(database: Database, record: Record) -> tuple[Record, list[str]]:
    """Return the record as saved, and what was asked to save it."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    engine = database._place.engine  # noqa: SLF001 - what reaches the driver is what is tested
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        return saved(database, record), asked
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def reads_of(asked: list[str]) -> list[str]:
    reads = [s for s in asked if s.startswith("SELECT") and "FROM staff" in s]
    return [s.split("\n")[0].strip() for s in reads]


def test_the_second_save_reads_nothing_while_nobody_else_writes(sqlite: Database) -> None:
    # A kind that search does not look through: its words would be read as well.
    new = saved(sqlite, Staff(name="Quokka-Zyx"))
    _new, asked = statements_of(sqlite, dataclasses.replace(new, name="Quokka-Zyx 2"))
    assert reads_of(asked) == []


def test_after_somebody_elses_entry_it_asks_for_the_number_of_its_own_only(
    sqlite: Database, folder: Path, clock: HeldClock
) -> None:
    new = saved(sqlite, Staff(name="Quokka-Zyx"))
    other = open_database(folder, KEY, clock=clock)
    saved(other, Session(chair="2"))
    saved(sqlite, Session(chair="1"))  # Ours is the newest entry again, yet theirs came between.
    _new, asked = statements_of(sqlite, dataclasses.replace(new, name="Quokka-Zyx 2"))
    other.close()
    assert reads_of(asked) == ["SELECT staff.audit_seq"]


def test_what_is_locked_is_read_once_and_again_after_somebody_elses_entry(
    sqlite: Database, folder: Path, clock: HeldClock
) -> None:
    mine = saved(sqlite, Staff(name="Quokka-Zyx"))
    other = open_database(folder, KEY, clock=clock)

    def seen() -> str | None:
        with other.new_uow() as uow:
            found = uow.current("staff", mine.id)
            uow.trail.note("test", who=NURSE)
            uow.commit()
        assert isinstance(found, Staff)
        return found.name

    assert [seen(), seen()] == ["Quokka-Zyx", "Quokka-Zyx"]
    mine = saved(sqlite, dataclasses.replace(mine, name="Quokka-Zyx 2"))
    assert [seen(), seen()] == ["Quokka-Zyx 2", "Quokka-Zyx 2"]
    with other.new_uow() as uow:
        assert uow.current("staff", "nobody") is None
    other.close()


def test_what_another_program_wrote_meanwhile_is_read(
    sqlite: Database, folder: Path, clock: HeldClock
) -> None:
    mine = saved(sqlite, Session(chair="1", number="S-1"))
    other = open_database(folder, KEY, clock=clock)
    theirs = saved(other, dataclasses.replace(mine, chair="2"))
    other.close()
    with sqlite.new_uow() as uow, pytest.raises(ChangedElsewhereError) as caught:
        uow.save(dataclasses.replace(mine, chair="3"), who=NURSE)
    assert caught.value.paths == ("chair",)
    saved(sqlite, dataclasses.replace(theirs, chair="4"))
    entry = last_entry(sqlite, mine)
    assert entry["before"] == {"chair": "2"}
    assert entry["after"] == {"chair": "4"}


def test_a_save_that_was_not_committed_is_not_remembered(sqlite: Database) -> None:
    first = saved(sqlite, Session(chair="1"))
    with sqlite.new_uow() as uow:
        uow.save(dataclasses.replace(first, chair="2"), who=NURSE)
    saved(sqlite, dataclasses.replace(first, chair="3"))
    assert last_entry(sqlite, first)["before"] == {"chair": "1"}


def test_two_saves_in_one_transaction_follow_each_other(sqlite: Database) -> None:
    first = saved(sqlite, Session(chair="1"))
    with sqlite.new_uow() as uow:
        second = uow.save(dataclasses.replace(first, chair="2"), who=NURSE)
        uow.save(dataclasses.replace(second, chair="3"), who=NURSE)
        uow.commit()
    assert last_entry(sqlite, first)["before"] == {"chair": "2"}


def at(seq: int) -> Head:
    return Head(seq, bytes([seq]))


def test_only_the_latest_are_remembered_and_none_at_the_end() -> None:
    known: Known[str] = Known(limit=2)
    for n in range(3):
        known.keep({("patient", str(n)): (n, f"row {n}")}, after=at(n), head=at(n + 1))
    known.keep({("patient", "1"): (7, "row 1 anew")}, after=at(3), head=at(7))
    known.keep({("patient", "3"): (8, "row 3")}, after=at(7), head=at(8))
    assert known.get(("patient", "1")) == (7, "row 1 anew")
    assert [n for n in "0123" if known.get(("patient", n)) is not None] == ["1", "3"]
    known.clear()
    assert known.get(("patient", "1")) is None


def test_what_is_kept_stands_only_while_no_entry_of_somebody_else_came_between() -> None:
    known: Known[str] = Known()
    first, second = ("patient", "1"), ("patient", "2")
    known.keep({first: (5, "one")}, after=at(4), head=at(5))
    known.keep({second: (6, "two")}, after=at(5), head=at(6))
    assert (known.standing(first, at(6)), known.standing(second, at(6))) == ("one", "two")
    assert known.standing(("patient", "3"), at(6)) is None
    assert known.standing(first, Head(6, b"of another file")) is None
    assert known.standing(first, at(7)) is None  # Entry 7 is somebody else's.
    known.keep({second: (8, "two anew")}, after=at(7), head=at(8))
    assert (known.standing(first, at(8)), known.standing(second, at(8))) == (None, "two anew")
    assert known.get(first) == (5, "one")


def test_saves_one_after_the_other_use_one_connection(sqlite: Database) -> None:
    """Another one would have to read every page anew that the first has changed."""
    made: list[object] = []
    pool = sqlite._place.engine.pool  # noqa: SLF001 - no other sign of it
    sa.event.listen(pool, "checkout", lambda driver, _record, _proxy: made.append(driver))
    with sqlite.new_uow() as one, sqlite.new_uow() as other:
        one.records.count("patient")
        other.records.count("patient")
    assert len(set(map(id, made))) == 2
    made.clear()
    for n in range(4):
        saved(sqlite, Session(chair=str(n)))
    assert len(set(map(id, made))) == 1

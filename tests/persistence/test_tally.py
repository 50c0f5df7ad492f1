"""Counting what links to records, without reading it, on both databases."""

from __future__ import annotations

import sqlalchemy as sa

from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.persistence.database import Database
from tests.persistence.conftest import NURSE


def patients(database: Database, *names: str) -> list[str]:
    with database.new_uow() as uow:
        made = [uow.save(Patient(name=name), who=NURSE).id for name in names]
        uow.commit()
    return made


def begin(database: Database, patient_id: str, *starts: str | None) -> None:
    with database.new_uow() as uow:
        for start in starts:
            at = None if start is None else PartialDate.parse(start)
            uow.save(Session(patient_id=patient_id, started=at), who=NURSE)
        uow.commit()


def tally(database: Database, *ids: str) -> dict[str, tuple[int, object]]:
    with database.new_uow() as uow:
        return uow.records.tally("session", "patient_id", ids, "started")


def test_each_id_has_its_count_and_its_latest_date_by_time_not_by_wall_clock(
    database: Database,
) -> None:
    one, other = patients(database, "A", "B")
    begin(database, one, "2026-11-16T23:30-05:00", "2026-11-17T03:00+01:00", "2026-11-15")
    begin(database, other, "2026-11-20T09:00-05:00")
    assert tally(database, one, other) == {
        one: (3, PartialDate.parse("2026-11-16T23:30-05:00")),
        other: (1, PartialDate.parse("2026-11-20T09:00-05:00")),
    }


def test_an_id_without_records_is_left_out_and_so_are_others_than_those_asked_for(
    database: Database,
) -> None:
    one, other, nobody = patients(database, "A", "B", "C")
    begin(database, one, "2026-11-16")
    begin(database, other, "2026-11-17")
    assert set(tally(database, one, nobody)) == {one}
    assert tally(database) == {}


def test_a_record_without_a_date_counts_and_gives_none(database: Database) -> None:
    (one,) = patients(database, "A")
    begin(database, one, None)
    with database.new_uow() as uow:
        uow.save(Session(patient_id=one, started=NullFlavor.UNK), who=NURSE)
        uow.commit()
    assert tally(database, one) == {one: (2, None)}


def test_a_page_of_patients_costs_one_query_however_many_sessions_they_had(
    database: Database,
) -> None:
    ids = patients(database, "A", "B", "C")
    for patient_id in ids:
        begin(database, patient_id, *["2026-11-16"] * 4)
    asked: list[str] = []

    def note(_c: object, _k: object, sql: str, *_more: object) -> None:
        if sql.startswith("SELECT"):
            asked.append(sql)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        found = tally(database, *ids)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert {count for count, _latest in found.values()} == {4}
    assert len(asked) == 1


def test_what_nothing_links_to_is_found_without_reading_it(database: Database) -> None:
    one, other, third = patients(database, "A", "B", "C")
    begin(database, other, "2026-11-16")

    with database.new_uow() as uow:
        assert uow.records.unlinked("patient", "session", "patient_id") == [one, third]
        named = uow.records.unlinked("patient", "session", "patient_id", where={"name": "C"})
    assert named == [third]

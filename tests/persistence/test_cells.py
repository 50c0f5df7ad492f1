"""Some items of many records, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from aeapp.domain.codelists.safety import Sex
from aeapp.domain.items import NullFlavor
from aeapp.domain.records import Patient, Score
from aeapp.domain.records.score import ScoreItem
from aeapp.domain.values import PartialDate
from aeapp.persistence.database import Database
from aeapp.persistence.errors import StoreError
from tests.persistence.conftest import NURSE

DAY = PartialDate.from_iso("2026-11")


@pytest.fixture
def ids(database: Database) -> list[str]:
    with database.new_uow() as uow:
        patients = [
            uow.save(Patient(code="A", sex=Sex.FEMALE), who=NURSE),
            uow.save(Patient(code="B", sex=NullFlavor.UNK), who=NURSE),
            uow.save(Patient(code="C"), who=NURSE),
        ]
        items = tuple(ScoreItem(number=n, points=p) for n, p in ((1, 3), (9, 0), (2, None)))
        for scale in ("PHQ-9", "GAD-7", "PHQ-9"):
            score = Score(patient_id=patients[0].id, scale=scale, at=DAY, items=items)
            uow.save(score, who=NURSE)
        uow.commit()
    return [patient.id for patient in patients]


def cells(database: Database, *asked: object, **how: object) -> list[tuple]:
    with database.new_uow() as uow:
        return list(uow.records.cells(*asked, **how))


def test_items_come_as_values_or_reasons(database: Database, ids: list[str]) -> None:
    found = cells(database, "patient", ["code", "sex"])

    assert found == [
        (ids[0], "A", Sex.FEMALE), (ids[1], "B", NullFlavor.UNK), (ids[2], "C", None),
    ]  # fmt: skip


def test_records_are_chosen_by_one_value_or_several(database: Database, ids: list[str]) -> None:
    asked = ["patient_id", "at"]

    assert len(cells(database, "score", asked, where={"scale": ("PHQ-9", "GAD-7")})) == 3
    (found,) = cells(database, "score", asked, where={"scale": "GAD-7"})
    assert found[1:] == (ids[0], DAY)


@pytest.mark.usefixtures("ids")
def test_members_come_with_the_id_of_their_record(database: Database) -> None:
    scores = [row[0] for row in cells(database, "score", [])]
    ninth = cells(database, "score", ["points"], members="items", where={"number": 9})
    every = cells(database, "score", ["number", "points"], members="items")

    assert ninth == [(score, 0) for score in scores]
    assert every[:3] == [(scores[0], 1, 3), (scores[0], 9, 0), (scores[0], 2, None)]


def test_a_name_that_is_no_item_is_a_mistake_of_the_program(database: Database) -> None:
    with pytest.raises(KeyError):
        cells(database, "patient", ["no such"])


def test_as_they_lie_it_is_the_same_in_another_order(database: Database, ids: list[str]) -> None:
    (in_order, as_they_lie) = (
        cells(database, "patient", ["code"], in_order=order) for order in (True, False)
    )
    assert sorted(as_they_lie) == in_order
    assert [row[0] for row in in_order] == ids


def test_as_they_lie_rows_are_read_while_they_are_asked_for(
    database: Database, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aeapp.persistence.uow.PARTITION", 1)
    with database.new_uow() as uow:
        rows = uow.records.cells("patient", ["code"], in_order=False)
        first = next(rows)
        # Others are asked meanwhile; what is left is still there.
        assert uow.records.count("patient") == 3
        assert sorted(row[0] for row in (first, *rows)) == ids
        uow.save(Patient(code="D"), who=NURSE)
        uow.commit()


def test_what_goes_wrong_while_rows_are_read_is_told_like_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aeapp.persistence.uow.PARTITION", 1)
    # The least number has no positive: it is found out when its row is reached.
    numbers = sa.text("(SELECT 1 AS x UNION ALL SELECT -9223372036854775807 - 1) AS numbers")
    with database.new_uow() as uow:
        asked = sa.select(sa.func.abs(sa.literal_column("x"))).select_from(numbers)
        rows = uow._stream(asked)  # noqa: SLF001 - no item of a record goes wrong by itself
        with pytest.raises(StoreError):
            list(rows)

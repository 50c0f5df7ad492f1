"""What search looks through follows the records, on both databases, before anyone can miss it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from aeapp.domain.codelists.safety import Seriousness
from aeapp.domain.finding.question import Answer, Question
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import (
    Administration,
    CaseFile,
    Event,
    Lot,
    Note,
    Observation,
    Patient,
    Product,
    Report,
    Session,
)
from aeapp.domain.values import PartialDate
from aeapp.persistence import connect
from aeapp.persistence.database import Database
from aeapp.persistence.finding import MOST_DUE
from aeapp.persistence.schema import SEARCH, SEARCH_DUE
from tests.persistence.conftest import NURSE


def save(database: Database, *records: Record) -> list[Any]:
    with database.new_uow() as uow:
        stored = [uow.save(record, who=NURSE) for record in records]
        uow.commit()
    return stored


def find(database: Database, words: str = "", **facts: Any) -> Answer:
    with database.new_uow() as uow:
        answer = uow.finding.find(Question(words=words, **facts))
        uow.commit()
    return answer


def ids(database: Database, words: str = "", **facts: Any) -> list[str]:
    return [hit.id for hit in find(database, words, **facts).hits]


def wrong(database: Database) -> int:
    caught_up(database)
    with database.new_uow() as uow:
        return uow.finding.wrong()


def caught_up(database: Database) -> Database:
    with database.new_uow() as uow:
        uow.finding.catch_up()
        uow.commit()
    return database


def due(database: Database) -> int:
    with database.new_uow() as uow:
        return len(uow._run(sa.select(SEARCH_DUE)).all())  # noqa: SLF001


def documents(database: Database) -> int:
    with database.new_uow() as uow:
        return len(uow._run(sa.select(SEARCH)).all())  # noqa: SLF001


@pytest.fixture
def told(database: Database) -> Database:
    """Give a clinic with two patients, of whom one had an event that is reported."""
    save(
        database,
        Patient(id="p1", name="Zoë Müller", code="P-0412", record_number="MRN 77-12"),
        Patient(id="p2", name="Avery Sample", code="P-0500"),
        Product(id="k", name="Ketamine", maker="Larkspur"),
        Product(id="m", name="Midazolam"),
        Lot(id="lot", product_id="k", number="LX-99"),
        Session(id="s1", patient_id="p1", number="KS-1", started=PartialDate.parse("2026-11-16")),
        Session(id="s2", patient_id="p2", number="KS-2", planned=PartialDate.parse("2026-12-01")),
        Administration(id="a", patient_id="p1", session_id="s1", product_id="k", lot_id="lot"),
        Note(patient_id="p1", session_id="s1", words="Asked for water"),
        CaseFile(id="c", patient_id="p1", number="KC-2026-000031", narrative="She slept."),
        Event(
            id="e",
            patient_id="p1",
            session_id="s1",
            case_id="c",
            verbatim="Vomited twice",
            onset=PartialDate.parse("2026-11-16T10:44-05:00"),
        ),
        Report(id="r", case_id="c", number="KC-2026-000031/3500/1"),
    )
    return database


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zoe", ["p1", "s1", "e", "r"]),
        ("mull", ["p1", "s1", "e", "r"]),
        ("p-0412", ["p1", "s1", "e", "r"]),
        ("0412", ["p1", "s1", "e", "r"]),
        ("mrn 77-12", ["p1", "s1", "e", "r"]),
        ("vomit", ["e", "r"]),
        ("vomit zoe", ["e", "r"]),
        ("vomit avery", []),
        ("slept", ["r"]),
        ("KC-2026-000031", ["r"]),
        ("water", ["s1"]),
        ("lx-99", ["s1"]),
        ("ketam larkspur", ["s1"]),
        ("midazolam", []),
        ("'; DROP TABLE patient --", []),
        ('"', []),
        ("a* OR b* NOT", []),
    ],
)
def test_places_are_found_by_their_words(told: Database, words: str, found: list[str]) -> None:
    hits = ids(told, words)
    assert sorted(hits) == sorted(found)
    assert wrong(told) == 0


def test_a_patient_stands_before_what_the_patient_had(told: Database) -> None:
    assert ids(told, "muller")[0] == "p1"


def test_facts_narrow_and_are_counted(told: Database) -> None:
    answer = find(told, "zoe")
    assert answer.counts["kinds"] == {"patient": 1, "session": 1, "event": 1, "report": 1}
    assert answer.counts["serious"] == {"unassessed": 2}
    assert ids(told, "zoe", kinds=("event",)) == ["e"]
    assert ids(told, states=("planned",)) == ["s2"]
    assert ids(told, states=("planned", "running")) == ["s2", "s1"]
    assert ids(told, products=("k",)) == ["s1"]
    assert ids(told, serious=("serious",)) == []
    assert ids(told, since=PartialDate(2026, 11, 17)) == ["s2"]
    assert sorted(ids(told, until=PartialDate(2026, 11, 16))) == ["e", "s1"]


def test_a_name_with_a_slip_is_found_and_the_slip_is_told(told: Database) -> None:
    answer = find(told, "averi")
    assert answer.instead == (("averi", "avery"),)
    assert {hit.id for hit in answer.hits} == {"p2", "s2"}
    assert find(told, "averi vomited").instead == ()


def test_of_too_many_the_newest_are_looked_at_and_that_is_told(told: Database) -> None:
    with told.new_uow() as uow:
        uow.save(Patient(id="p3", name="Zoe Younger"), who=NURSE)
        uow.commit()
    with told.new_uow() as uow:
        answer = uow.finding.find(Question(words="zoe"), most=4)
    assert answer.more
    assert sorted(hit.id for hit in answer.hits) == ["e", "p3", "r", "s1"]
    assert answer.counts["kinds"]["patient"] == 2
    assert not find(told, "zoe").more
    dated = Question(words="mull", since=PartialDate(2026), kinds=("event",))
    save(told, Event(patient_id="p1", onset=PartialDate(2026, 11, 1)))
    save(told, Event(patient_id="p1"))
    with told.new_uow() as uow:
        assert uow.finding.find(dated, most=1).counts["kinds"] == {"event": 2}


@pytest.mark.parametrize(
    ("of", "change", "words", "found"),
    [
        (("patient", "p1"), {"name": "Quentin Day"}, "quentin", ["p1", "s1", "e", "r"]),
        (("event", "e"), {"verbatim": "Hiccups"}, "hiccups", ["e", "r"]),
        (("event", "e"), {"struck_reason": "wrong patient"}, "vomited", ["e", "r"]),
        (("case", "c"), {"narrative": "She woke."}, "woke", ["r"]),
        (("lot", "lot"), {"number": "QQ-1"}, "qq1", ["s1"]),
        (("product", "k"), {"name": "Esketamine"}, "esketamine", ["s1"]),
        (("administration", "a"), {"product_id": "m", "lot_id": ""}, "midazolam", ["s1"]),
        (("administration", "a"), {"session_id": "s2"}, "ketamine", ["s2"]),
        (("event", "e"), {"case_id": ""}, "vomited", ["e"]),
        (("event", "e"), {"seriousness": frozenset({Seriousness.DEATH})}, "vomited", ["e", "r"]),
        (("event", "e"), {"seriousness": NullFlavor.UNK}, "vomited", ["e", "r"]),
        (("session", "s1"), {"ended": PartialDate(2026, 11, 16)}, "water", ["s1"]),
        (("session", "s1"), {"patient_id": "p2"}, "avery", ["p2", "s1", "s2"]),
    ],
)
def test_a_change_of_any_source_reaches_every_place(
    told: Database, of: tuple[str, str], change: dict[str, Any], words: str, found: list[str]
) -> None:
    with told.new_uow() as uow:
        record = uow.records.get(*of)
    save(told, replace(record, **change))
    assert sorted(ids(told, words)) == sorted(found)
    assert wrong(told) == 0
    assert {c.name: c.ok for c in told.report().checks}["search"]


def test_what_is_not_committed_is_not_found(told: Database) -> None:
    with told.new_uow() as uow:
        uow.save(Patient(name="Nobody"), who=NURSE)
    assert ids(told, "nobody") == []
    assert wrong(told) == 0


def test_an_import_is_found_like_what_was_typed(told: Database) -> None:
    with told.new_uow() as uow:
        many = [Patient(name=f"Imported {n}") for n in range(3)]
        uow.save_bulk(many, who=NURSE, reason="import")
        uow.commit()
    assert len(ids(told, "imported")) == 3


def test_a_reading_costs_the_index_nothing(told: Database) -> None:
    with told.new_uow() as uow:
        stored = uow.save(Observation(patient_id="p1", session_id="s1"), who=NURSE)
        uow.save(replace(stored, at=PartialDate(2026, 11, 16)), who=NURSE)
        assert not uow.finding._touched  # noqa: SLF001 - what it would have to write
        uow.commit()


def test_a_save_leaves_its_documents_to_the_next_search(database: Database) -> None:
    save(database, Patient(id="p", name="Avery Sample"), Patient(id="q", name="Blake Tester"))
    save(database, replace(Patient(id="p", name="Avery Sample"), version=1, code="P-0001"))
    assert (due(database), documents(database)) == (2, 0)
    assert {c.name: c.ok for c in database.report().checks}["search"], "what waits is not wrong"
    assert ids(database, "p-0001") == ["p"]
    assert (due(database), documents(database)) == (0, 2)


def test_a_search_that_is_not_committed_leaves_the_documents_due(database: Database) -> None:
    save(database, Patient(id="p", name="Avery Sample"))
    with database.new_uow() as uow:
        assert [hit.id for hit in uow.finding.find(Question(words="avery")).hits] == ["p"]
    assert due(database) == 1


def test_an_import_of_many_makes_its_documents_itself(database: Database) -> None:
    with database.new_uow() as uow:
        many = [Patient(name=f"Imported {n}") for n in range(MOST_DUE + 1)]
        uow.save_bulk(many, who=NURSE, reason="import")
        uow.commit()
    assert (due(database), documents(database)) == (0, MOST_DUE + 1)


def test_the_end_makes_what_is_due(sqlite: Database) -> None:
    save(sqlite, Patient(id="p", name="Avery Sample"))
    sqlite._catch_up_search()  # noqa: SLF001 - what close() does last
    assert (due(sqlite), documents(sqlite)) == (0, 1)


def test_an_index_that_left_the_records_is_told_and_made_anew(told: Database) -> None:
    with caught_up(told).new_uow() as uow:
        uow.lock()
        uow._run(sa.update(SEARCH).where(SEARCH.c.record_id == "e").values(title="Forged"))  # noqa: SLF001
        uow._run(sa.delete(SEARCH).where(SEARCH.c.record_id == "s2"))  # noqa: SLF001
        row = {"id": 999, "kind": "event", "record_id": "ghost", "title": "Ghost", "words": "ghost"}
        rest = dict.fromkeys(("second", "happened", "state", "serious", "products"), "")
        uow._run(sa.insert(SEARCH), row | rest)  # noqa: SLF001
        uow.commit()
    assert wrong(told) == 3
    check = next(c for c in told.report().checks if c.name == "search")
    assert not check.ok
    assert check.detail.startswith("3 places")
    told.mend_search()
    assert wrong(told) == 0
    assert ids(told, "ghost") == []
    assert {c.name: c.ok for c in told.report().checks}["search"]


def test_an_index_that_left_its_documents_is_told(sqlite: Database) -> None:
    save(sqlite, Patient(id="p", name="Avery Sample"))
    with caught_up(sqlite).new_uow() as uow:
        uow.lock()
        old = uow._run(sa.select(SEARCH)).first()  # noqa: SLF001
        uow.finding._leave(old)  # noqa: SLF001 - the index forgets, the document stays
        uow.commit()
    assert ids(sqlite, "avery") == []
    check = next(c for c in sqlite.report().checks if c.name == "search")
    assert not check.ok
    sqlite.mend_search()
    assert ids(sqlite, "avery") == ["p"]


def test_looking_over_writes_nothing(told: Database) -> None:
    before = caught_up(told).head()
    with connect.reading(told._place.engine) as connection:  # noqa: SLF001
        rows = connection.execute(sa.select(SEARCH).order_by(SEARCH.c.id)).all()
    told.report()
    with connect.reading(told._place.engine) as connection:  # noqa: SLF001
        assert connection.execute(sa.select(SEARCH).order_by(SEARCH.c.id)).all() == rows
    assert told.head() == before


def test_how_many_places_a_save_reaches_is_counted_on_both_databases(database: Database) -> None:
    save(database, Patient(id="p", name="Avery Sample"))
    save(database, *(Session(id=f"s{n}", patient_id="p") for n in range(3)))
    caught_up(database)
    with database.new_uow() as uow:
        stored = uow.records.get("patient", "p")
        uow.save(replace(stored, name="Avery Newname"), who=NURSE)  # type: ignore[call-arg]
        assert uow.finding._linked == 3  # noqa: SLF001 - what decides who makes the documents
        uow.commit()
    assert due(database) == 4

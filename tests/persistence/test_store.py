"""What the unit of work promises, on both databases."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

import pytest
from hypothesis import given

from aeapp.domain.codelists.safety import ReportType
from aeapp.domain.items import NullFlavor, Record
from aeapp.domain.records import (
    ALL_RECORDS,
    Administration,
    CaseFile,
    Event,
    Observation,
    Patient,
    Session,
    Staff,
)
from aeapp.domain.records.case import Device, StatedValue
from aeapp.domain.records.patient import Medicine
from aeapp.domain.values import PartialDate
from aeapp.kernel.errors import BadInputError
from aeapp.persistence.database import Database
from aeapp.persistence.errors import DanglingLinkError
from aeapp.services.ports import ChangedElsewhereError, NotFoundError, TakenError
from tests.helpers.guards import SENTINEL
from tests.persistence.conftest import NURSE, HeldClock
from tests.persistence.records import records


def saved(database: Database, *some: Record, reason: str = "") -> list[Record]:
    with database.new_uow() as uow:
        out = [uow.save(record, who=NURSE, reason=reason) for record in some]
        uow.commit()
    return out


def stored(database: Database, record: Record) -> Record:
    with database.new_uow() as uow:
        return uow.records.get(record.KIND, record.id)


@given(record=records)
def test_any_record_of_any_kind_comes_back_equal(database: Database, record: Record) -> None:
    (new,) = saved(database, record)
    back = stored(database, new)
    assert back == new == dataclasses.replace(record, id=new.id, version=1)
    for a in dataclasses.fields(back):
        value, expected = getattr(back, a.name), getattr(new, a.name)
        assert type(value) is type(expected)
        if isinstance(value, Decimal):
            assert value.as_tuple() == expected.as_tuple()


@given(first=records, second=records)
def test_what_was_entered_last_comes_back(
    database: Database, first: Record, second: Record
) -> None:
    if type(first) is not type(second):
        first = type(second)()
    (one,) = saved(database, first)
    (two,) = saved(database, dataclasses.replace(second, id=one.id, version=1))
    assert stored(database, two) == two or two.version == 1


def test_every_kind_of_record_is_stored(database: Database) -> None:
    for cls in ALL_RECORDS:
        (new,) = saved(database, cls())
        assert stored(database, new) == new


def test_three_kinds_of_nothing_stay_apart(database: Database) -> None:
    cases = [
        CaseFile(types=None),
        CaseFile(types=frozenset()),
        CaseFile(availability=NullFlavor.NA),
        CaseFile(types=frozenset({ReportType.ADVERSE_EVENT})),
    ]
    for case in saved(database, *cases):
        assert stored(database, case) == case


def test_sections_and_repeats_come_back_in_order(database: Database) -> None:
    case = CaseFile(
        device=Device(brand="Pump", expires=PartialDate(2027, 3)),
        stated=(StatedValue(path="a", value="1"), StatedValue(path="b", value="2")),
    )
    (new,) = saved(database, case)
    shorter = dataclasses.replace(new, stated=(new.stated[1],))
    (newer,) = saved(database, shorter)
    assert stored(database, newer).stated == (StatedValue(path="b", value="2"),)
    assert stored(database, newer).device.brand == "Pump"


def test_a_save_adds_one_entry_with_both_values(database: Database) -> None:
    (new,) = saved(database, Session(chair="1"))
    saved(database, dataclasses.replace(new, chair="2"), reason="typing error")
    with database.new_uow() as uow:
        first, second = (entry.content for entry in uow.trail.of("session", new.id))
    assert first["action"] == "create"
    assert first["after"] == {"chair": "1"}
    assert second["action"] == "update"
    assert second["before"] == {"chair": "1"}
    assert second["after"] == {"chair": "2"}
    assert second["reason"] == "typing error"
    assert second["name"] == "Jane Doe, RN"
    assert second["role"] == "nurse"
    assert second["ws"] == "ws-3"
    assert second["version"] == 2
    assert second["at"] == "2026-11-23T02:30:00.123456Z"


def test_a_value_taken_away_is_said_to_be_absent(database: Database) -> None:
    (new,) = saved(database, Session(chair="1"))
    saved(database, dataclasses.replace(new, chair=None))
    with database.new_uow() as uow:
        content = uow.trail.of("session", new.id)[-1].content
    assert content["after"] == {"chair": {"absent": True}}


def test_an_unchanged_record_writes_nothing(database: Database) -> None:
    (new,) = saved(database, Session(chair="1"))
    head = database.head()
    assert saved(database, new) == [new]
    assert database.head() == head


def test_leaving_without_commit_undoes_everything(database: Database) -> None:
    head = database.head()
    with database.new_uow() as uow:
        uow.save(Session(), who=NURSE)
        uow.drafts.append("u", "s", "edit", "x")
    with database.new_uow() as uow:
        assert uow.records.count("session") == 0
        assert uow.drafts.read("u", "s") == []
    assert database.head() == head


def test_nobody_overwrites_unseen(database: Database) -> None:
    (new,) = saved(database, Session(chair="1", number="S-1"))
    saved(database, dataclasses.replace(new, chair="2"))
    with database.new_uow() as uow, pytest.raises(ChangedElsewhereError) as caught:
        uow.save(dataclasses.replace(new, chair="3"), who=NURSE)
    assert caught.value.paths == ("chair",)
    assert caught.value.who == "Jane Doe, RN"
    assert caught.value.at == "2026-11-23T02:30:00.123456Z"


def test_an_id_that_was_never_saved_is_not_found(database: Database) -> None:
    with database.new_uow() as uow:
        with pytest.raises(NotFoundError):
            uow.records.get("session", "nobody")
        with pytest.raises(NotFoundError):
            uow.save(Session(id="nobody", version=3), who=NURSE)


def test_a_new_record_keeps_the_id_it_was_given(database: Database) -> None:
    (new,) = saved(database, Patient(id="p-1"))
    assert (new.id, new.version) == ("p-1", 1)


def test_a_second_new_record_with_the_same_id_is_refused(database: Database) -> None:
    saved(database, Patient(id="p-1", code="A"))
    with database.new_uow() as uow, pytest.raises(ChangedElsewhereError):
        uow.save(Patient(id="p-1", code="B"), who=NURSE)


def test_a_number_belongs_to_one_case(database: Database) -> None:
    saved(database, CaseFile(number="KC-2026-000001"))
    with database.new_uow() as uow, pytest.raises(TakenError):
        uow.save(CaseFile(number="KC-2026-000001"), who=NURSE)
    saved(
        database, CaseFile(number="KC-2026-000002"), Staff(user_name="ann"), CaseFile(), CaseFile()
    )


def test_a_link_to_nothing_is_refused_when_committed(database: Database) -> None:
    with database.new_uow() as uow:
        uow.save(Session(patient_id="nobody"), who=NURSE)
        with pytest.raises(DanglingLinkError):
            uow.commit()
    with database.new_uow() as uow:
        assert uow.records.count("session") == 0


def test_a_record_may_be_saved_before_the_one_it_points_to(database: Database) -> None:
    saved(database, Session(patient_id="p-1"), Patient(id="p-1"))
    with database.new_uow() as uow:
        assert [s.patient_id for s in uow.records.find("session")] == ["p-1"]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\u202eb", "\x07"])
def test_characters_no_database_keeps_are_refused(database: Database, text: str) -> None:
    with database.new_uow() as uow, pytest.raises(BadInputError):
        uow.save(Session(note=text), who=NURSE)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_refused(database: Database, number: str) -> None:
    with database.new_uow() as uow, pytest.raises(BadInputError):
        uow.save(Observation(value=Decimal(number)), who=NURSE)


def test_a_reason_where_none_is_taken_is_refused(database: Database) -> None:
    with database.new_uow() as uow, pytest.raises(BadInputError):
        uow.save(Session(chair=NullFlavor.UNK), who=NURSE)  # type: ignore[arg-type]


def test_a_value_of_a_wrong_type_is_a_bug_and_says_no_value(database: Database) -> None:
    with database.new_uow() as uow, pytest.raises(TypeError) as caught:
        uow.save(Observation(value=61.5), who=NURSE)  # type: ignore[arg-type]
    assert "61" not in str(caught.value)


# ------------------------------------------------------------------ looking for records


@pytest.fixture
def patients(database: Database) -> list[Record]:
    some = [
        Patient(code="A", name="Müller", age=Decimal("61.50"), birth_date=PartialDate(1960, 2)),
        Patient(code="B", name="muñoz", age=Decimal(9), birth_date=NullFlavor.UNK),
        Patient(code="C", name=NullFlavor.MSK, birth_date=PartialDate(1960)),
        Patient(code="D", age=Decimal("100.0"), birth_date=PartialDate(1959, 12, 31)),
    ]
    return saved(database, *some)


def codes(found: list[Record]) -> str:
    return "".join(record.code or "" for record in found)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, "ABCD"),
        ({"code": "B"}, "B"),
        ({"code": ["D", "A"]}, "AD"),
        ({"code": []}, ""),
        ({"name": NullFlavor.MSK}, "C"),
        ({"name": None}, "D"),
        ({"birth_date": PartialDate(1960)}, "C"),
        ({"age": Decimal("61.50")}, "A"),
        ({"code": "A", "name": "Müller"}, "A"),
        ({"code": "A", "name": "muñoz"}, ""),
    ],
)
def test_records_are_found_by_their_items(
    database: Database, patients: list[Record], where: dict[str, object], expected: str
) -> None:
    with database.new_uow() as uow:
        assert codes(uow.records.query("patient", where=where)) == expected
        assert uow.records.count("patient", where=where) == len(expected)
        assert uow.records.find("patient", **where) == uow.records.query("patient", where=where)


@pytest.mark.parametrize(
    ("contains", "expected"),
    [("MÜ", "A"), ("mu", "B"), ("ller", "A"), ("ÑO", "B"), ("%", ""), ("_", ""), ("'", "")],
)
def test_a_search_disregards_case_and_takes_signs_literally(
    database: Database, patients: list[Record], contains: str, expected: str
) -> None:
    with database.new_uow() as uow:
        assert codes(uow.records.query("patient", contains={"name": contains})) == expected


@pytest.mark.parametrize(
    ("order", "descending", "expected"),
    [
        (("age",), False, "CBAD"),
        (("age",), True, "DABC"),
        (("birth_date",), False, "BDCA"),
        (("code",), True, "DCBA"),
    ],
)
def test_numbers_and_dates_sort_as_such(
    database: Database,
    patients: list[Record],
    order: tuple[str, ...],
    descending: bool,
    expected: str,
) -> None:
    with database.new_uow() as uow:
        found = uow.records.query("patient", order_by=order, descending=descending)
        assert codes(found) == expected
        ids = uow.records.ids("patient", order_by=order, descending=descending, limit=2, offset=1)
        assert ids == [r.id for r in found[1:3]]


def test_names_that_are_no_items_are_refused(database: Database) -> None:
    with database.new_uow() as uow:
        for bad in ("audit_seq", "name; DROP TABLE audit", "medicines[0].name", "version"):
            with pytest.raises(KeyError):
                uow.records.query("patient", where={bad: "x"})
            with pytest.raises(KeyError):
                uow.records.ids("patient", order_by=[bad])
            with pytest.raises(KeyError):
                uow.records.query("patient", contains={bad: "x"})


def test_many_keeps_the_order_asked_for(database: Database, patients: list[Record]) -> None:
    ids = [patients[2].id, "nobody", patients[0].id]
    with database.new_uow() as uow:
        assert codes(uow.records.many("patient", ids)) == "CA"


def test_the_highest_number_is_the_longest_then_the_greatest(database: Database) -> None:
    numbers = ["KC-2026-99", "KC-2026-100", "KC-2025-999", "KC-2026-098"]
    saved(database, *(CaseFile(number=n) for n in numbers))
    with database.new_uow() as uow:
        assert uow.records.highest("case", "number", "KC-2026-") == "KC-2026-100"
        assert uow.records.highest("case", "number", "KC-20_6-") == ""


# ------------------------------------------------------------------ imports


def test_an_import_shares_an_entry_a_thousand_rows(database: Database) -> None:
    head = database.head()
    some = [
        Patient(code=str(n), medicines=(Medicine(name=f"M{n}"),) if n % 2 else ())
        for n in range(1001)
    ]
    with database.new_uow() as uow:
        out = uow.save_bulk(some, who=NURSE, reason="first import")
        uow.commit()
    assert database.head().seq == head.seq + 2
    with database.new_uow() as uow:
        assert uow.records.many("patient", [r.id for r in out]) == out
        entries = uow.trail.of("patient", out[3].id)
    rows = {row[1]: row for row in entries[0].content["rows"]}
    assert rows[out[3].id][:3] == ["patient", out[3].id, 1]
    assert database.report().ok


def test_an_import_of_what_is_there_gets_entries_of_its_own(database: Database) -> None:
    (old,) = saved(database, Patient(code="A"))
    both = [Patient(code="B"), dataclasses.replace(old, code="A2"), Patient(code="C")]
    with database.new_uow() as uow:
        out = uow.save_bulk(both, who=NURSE, reason="again")
        uow.commit()
    assert [(r.code, r.version) for r in out] == [("B", 1), ("A2", 2), ("C", 1)]
    with database.new_uow() as uow:
        assert uow.trail.of("patient", old.id)[-1].content["before"] == {"code": "A"}


def test_imported_records_can_be_changed_afterwards(database: Database) -> None:
    with database.new_uow() as uow:
        (new,) = uow.save_bulk([Patient(code="A")], who=NURSE, reason="import")
        uow.commit()
    saved(database, dataclasses.replace(new, code="B"))
    with database.new_uow() as uow:
        assert [e.content["action"] for e in uow.trail.of("patient", new.id)] == [
            "import",
            "update",
        ]


# ------------------------------------------------------------------ drafts and notes


def test_drafts_come_back_to_their_user_alone(database: Database) -> None:
    with database.new_uow() as uow:
        assert uow.drafts.append("u1", "case/1", "enter", SENTINEL) == 1
        assert uow.drafts.append("u1", "case/1", "enter", "b") == 2
        uow.drafts.append("u1", "case/2", "enter", "c")
        uow.drafts.append("u2", "case/1", "enter", "d")
        uow.commit()
    with database.new_uow() as uow:
        assert [(d.n, d.payload) for d in uow.drafts.read("u1", "case/1")] == [
            (1, SENTINEL),
            (2, "b"),
        ]
        assert SENTINEL not in repr(uow.drafts.read("u1", "case/1"))
        assert uow.drafts.scopes("u1") == ["case/1", "case/2"]
        uow.drafts.clear("u1", "case/1")
        uow.commit()
    with database.new_uow() as uow:
        assert uow.drafts.scopes("u1") == ["case/2"]
        assert uow.drafts.scopes("u2") == ["case/1"]


def test_a_note_changes_no_record_and_is_an_entry(database: Database) -> None:
    with database.new_uow() as uow:
        head = uow.trail.note("export", who=NURSE, entity="case", entity_id="c", data={"n": 2})
        uow.commit()
    assert database.head() == head
    with database.new_uow() as uow:
        newest = uow.trail.newest(1)[0]
    assert newest.h == head.h
    assert newest.content["data"] == {"n": 2}
    assert "state" not in newest.content


def test_entries_are_found_by_action(database: Database) -> None:
    with database.new_uow() as uow:
        first = uow.trail.note("export", who=NURSE, data={"n": 1})
        uow.trail.note("print", who=NURSE)
        last = uow.trail.note("export", who=NURSE, data={"n": 2})
        uow.commit()
    with database.new_uow() as uow:
        assert [e.h for e in uow.trail.by_action("export")] == [first.h, last.h]
        assert uow.trail.by_action("nothing") == []


def test_printed_records_name_the_entry_that_wrote_them_last(database: Database) -> None:
    one, two = saved(database, Session(), Patient())
    with database.new_uow() as uow:
        wrote = uow.trail.head()
        shown = [("session", one.id), ("patient", two.id)]
        assert uow.trail.head_of(shown) == wrote
    saved(database, Session())
    with database.new_uow() as uow:
        assert uow.trail.head_of(shown) == wrote != uow.trail.head()
        assert uow.trail.head_of([]) == uow.trail.head()
        before = uow.trail.head_of(shown[:1])
    assert before.seq == wrote.seq - 1


def test_the_trail_reads_as_lines_that_name_their_head(database: Database) -> None:
    saved(database, Session(), Event())
    with database.new_uow() as uow:
        first, *rest = [json.loads(line) for line in uow.trail.lines()]
    assert first["h"] == database.head().h.hex() == rest[-1]["h"]
    assert [line["seq"] for line in rest] == list(range(1, first["seq"] + 1))


# ------------------------------------------------------------------ clocks


@pytest.mark.parametrize("seconds", [-1, -3600, -86400 * 3650, 3600, 86400, 86400 * 3650])
def test_a_step_of_the_clock_is_an_entry(
    database: Database, clock: HeldClock, seconds: int
) -> None:
    saved(database, Session())
    clock.put(seconds)
    saved(database, Session())
    with database.new_uow() as uow:
        actions = [e.content["action"] for e in uow.trail.newest(2)]
        step = uow.trail.newest(2)[1].content["data"]
    assert actions == ["create", "clock.anomaly"]
    assert step["step_ms"] == seconds * 1000
    assert database.report().ok


def test_waiting_is_no_step_of_the_clock(database: Database, clock: HeldClock) -> None:
    saved(database, Session())
    clock.wait(86400)
    saved(database, Session())
    with database.new_uow() as uow:
        assert [e.content["action"] for e in uow.trail.newest(2)] == ["create", "create"]


def test_a_step_is_noted_even_if_the_first_save_after_it_fails(
    database: Database, clock: HeldClock
) -> None:
    saved(database, Session())
    clock.put(-60)
    with database.new_uow() as uow:
        uow.save(Session(), who=NURSE)
    saved(database, Session())
    with database.new_uow() as uow:
        assert [e.content["action"] for e in uow.trail.newest(2)] == ["create", "clock.anomaly"]


def test_records_of_each_other_are_found_by_link(database: Database) -> None:
    (patient,) = saved(database, Patient())
    saved(database, Administration(patient_id=patient.id), Administration())
    with database.new_uow() as uow:
        assert len(uow.records.find("administration", patient_id=patient.id)) == 1
        assert len(uow.records.find("administration", patient_id="")) == 1

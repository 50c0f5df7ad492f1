"""The tables: derived, strict, without types that round, and all of them in a golden file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from aeapp.domain.items import Item, Record, Section, attributes_of
from aeapp.domain.records import ALL_RECORDS
from aeapp.domain.values import PartialDate
from aeapp.persistence import describe, schema, triggers, uow
from aeapp.persistence.columns import date_cell, date_value, layout_of, set_cell
from aeapp.persistence.database import Database

DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}


def statements(dialect: str) -> str:
    code = [t.sql for t in triggers.triggers_for(dialect)]
    lines = (";\n\n".join([*schema.ddl(DIALECTS[dialect]), *code]) + ";\n").splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.golden
@pytest.mark.parametrize(
    ("dialect", "name"), [("sqlite", "schema.sql"), ("postgresql", "schema.postgresql.sql")]
)
def test_the_schema_is_the_golden_one(
    dialect: str, name: str, golden: Callable[[str, str], None]
) -> None:
    golden(name, statements(dialect))


def test_sqlite_need_not_copy_pages_to_take_back_half_of_a_row() -> None:
    """It would, and many times slower, if a trigger might abort or call a function."""
    inline = {"coalesce", "max"}
    for trigger in triggers.triggers_for("sqlite"):
        if trigger.table != "audit":
            assert "ABORT" not in trigger.sql
            calls = set(re.findall(r"\b([a-z_]+)\(", trigger.sql))
            assert calls <= inline, (trigger.name, calls)
    for statement in (*uow._INSERT.values(), *uow._UPDATE.values()):  # noqa: SLF001 - inside
        assert " OR FAIL " in str(statement.compile(dialect=DIALECTS["sqlite"]))
        assert " OR FAIL " not in str(statement.compile(dialect=DIALECTS["postgresql"]))


def test_no_column_rounds_or_drops_a_zone() -> None:
    for table in schema.METADATA.sorted_tables:
        for column in table.columns:
            allowed = sa.Text | sa.Integer | sa.LargeBinary
            if table is not schema.REVISION:
                assert isinstance(column.type, allowed), f"{table.name}.{column.name}"


def test_every_table_is_strict_but_the_one_of_alembic() -> None:
    loose = [
        t.name for t in schema.METADATA.sorted_tables if not t.dialect_options["sqlite"]["strict"]
    ]
    assert loose == ["alembic_version"]


def test_every_item_has_one_column_and_no_name_is_used_twice() -> None:
    for cls in ALL_RECORDS:
        record = schema.RECORDS[cls.KIND]
        for table in (record.table, *record.lines):
            names = [c.name for c in table.columns]
            assert len(names) == len(set(names))
        for path, column in record.layout.by_path.items():
            assert column.name == path.replace(".", "_")
            assert column.name in record.table.columns


def test_every_link_is_a_foreign_key_with_an_index() -> None:
    for cls in ALL_RECORDS:
        table = schema.RECORDS[cls.KIND].table
        indexed = {next(iter(i.columns)).name for i in table.indexes}
        for a in attributes_of(cls):
            if a.link is not None:
                (key,) = table.columns[a.name].foreign_keys
                assert key.deferrable
                assert a.name in indexed


def test_codes_of_check_all_items_hold_no_space() -> None:
    for cls in ALL_RECORDS:
        for a in attributes_of(cls):
            if a.type is frozenset:
                for member in a.element:
                    assert " " not in member.value
                    assert set_cell(frozenset({member})) == member.value


def test_a_new_database_looks_as_it_should(database: Database) -> None:
    assert {c.name: c.ok for c in database.report().checks}["schema"]


def test_a_new_file_holds_the_statements_to_the_letter(sqlite: Database) -> None:
    with sqlite._place.engine.connect() as connection:  # noqa: SLF001 - looked at from inside
        assert describe.is_verbatim(connection)
        assert describe.actual(connection) == describe.expected(connection.dialect)


def test_names_of_tables_do_not_collide() -> None:
    names = [t.name for t in schema.METADATA.sorted_tables]
    assert len(names) == len(set(names))
    assert "case" not in names


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Inner(Section):
    """A member of a repeat."""

    x: Annotated[str | None, Item("x", help="x", source="x")] = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Outer(Section):
    """A section with a repeat inside."""

    inner: tuple[Inner, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TooDeep(Record):
    """A record whose repeat would have no table."""

    outer: tuple[Outer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Rounds(Record):
    """A record with a type that has no column."""

    weight: Annotated[float | None, Item("x", help="x", source="x")] = None


@pytest.mark.parametrize("cls", [TooDeep, Rounds])
def test_what_has_no_place_in_a_table_is_refused_when_the_program_starts(
    cls: type[Record],
) -> None:
    with pytest.raises(TypeError):
        layout_of(cls)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026", "2026-01"),
        ("2026-11", "2026-11-01"),
        ("2026-11-16", "2026-11-16T00:00"),
        ("2026-11-16T10:44-05:00", "2026-11-16T16:00Z"),
        ("2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"),
        ("2026-11-16T10:44-05:00", "2026-11-16T10:44:01-05:00"),
        ("2026-11-16T23:30-05:00", "2026-11-17T04:31Z"),
    ],
)
def test_dates_sort_as_text_in_time_order(earlier: str, later: str) -> None:
    one, two = PartialDate.parse(earlier), PartialDate.parse(later)
    assert date_cell(one) < date_cell(two)
    assert (date_value(date_cell(one)), date_value(date_cell(two))) == (one, two)


def test_a_description_tells_schemas_apart() -> None:
    one, two = (describe.expected(DIALECTS[name]) for name in ("sqlite", "postgresql"))
    assert describe.fingerprint(one) != describe.fingerprint(two)
    assert describe.fingerprint(one) == describe.fingerprint(describe.expected(DIALECTS["sqlite"]))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Counted(Record):
    """A record with a whole number, which none of ours has yet."""

    KIND = "counted"

    doses: Annotated[int | None, Item("x", help="x", source="x")] = None


@pytest.mark.parametrize("number", [0, -3, 10**15])
def test_whole_numbers_are_stored_as_such(number: int) -> None:
    layout = layout_of(Counted)
    row = layout.row(Counted(doses=number))
    assert row["doses"] == number
    assert layout.record(row, {}) == Counted(doses=number)
    with pytest.raises(TypeError):
        layout.row(Counted(doses=True))


def test_a_code_of_no_list_is_a_bug(database: Database) -> None:
    with pytest.raises(TypeError):
        set_cell(frozenset({"plain"}))

"""Mappings of columns that a clinic keeps, and files looked at while one is made.

A kept mapping reads every later file with the same header; what it gives is planned like any other.
Those of readings and those of each kind of table of records are kept apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aeapp.domain.records import ColumnMapping
from aeapp.domain.rejection import ImportRejected
from aeapp.domain.tables.record_map import RecordMap, TableKind, record_map
from aeapp.domain.vitals.intake.column_map import (
    ColumnMap,
    column_map,
    header_names,
)
from aeapp.domain.vitals.intake.mapping import SEPARATOR_NAMES, MappingReader, mapping_tree
from aeapp.domain.vitals.intake.table_look import TableLook, look_at, print_of
from aeapp.kernel.errors import RefusedError
from aeapp.kernel.i18n import N_, _
from aeapp.services.context import WorkContext
from aeapp.services.ports import UnitOfWork
from aeapp.services.sessions import of_kind


class NoSuchMappingError(RefusedError):
    """A mapping was named that the clinic does not keep."""

    code = "columns.unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("The clinic keeps no mapping of that name."),
            remedy=N_("Choose one of the mappings that are kept."),
            option=N_("import columns lists them."),
        )


def kept_mappings(uow: UnitOfWork, kind: TableKind | None = None) -> tuple[ColumnMapping, ...]:
    """Return the mappings in use, by name: those of readings, or of a kind of table."""
    where = {"struck_reason": None, "table": kind.value if kind else None}
    found = uow.records.query("column_mapping", where=where, order_by=["name"])
    return of_kind(ColumnMapping, found)


def all_mappings(uow: UnitOfWork) -> tuple[ColumnMapping, ...]:
    """Return every mapping in use, those of readings first."""
    return tuple(one for kind in (None, *TableKind) for one in kept_mappings(uow, kind))


def mapping_for(kept: Sequence[ColumnMapping], head: bytes) -> ColumnMapping | None:
    """Return the kept mapping whose header a file has; None where there is none.

    One that cannot be read stands in nobody's way; ``unreadable`` names it.
    """
    lines = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()
    return next((one for one in kept if _fits(one, lines)), None)


def unreadable(kept: Sequence[ColumnMapping]) -> tuple[str, ...]:
    """Return a sentence for each kept mapping that is none, as of a later program."""
    text = _(N_("The kept mapping {name} cannot be read here, so it was not tried."))
    return tuple(text.format(name=one.name) for one in kept if _columns_of(one) is None)


def _columns_of(kept: ColumnMapping) -> ColumnMap | RecordMap | None:
    try:
        return _read(kept.mapping or "", TableKind(kept.table) if kept.table else None)
    except ImportRejected:
        return None


def _fits(kept: ColumnMapping, lines: Sequence[str]) -> bool:
    columns = _columns_of(kept)
    if columns is None:
        return False
    at = columns.header_line - 1
    names = header_names(lines[at], columns.separator) if at < len(lines) else []
    return print_of(_separator_name(columns), names) == kept.header


def _read(text: str, kind: TableKind | None) -> ColumnMap | RecordMap:
    return column_map(text) if kind is None else record_map(text, kind)


def _separator_name(columns: ColumnMap | RecordMap) -> str:
    return next(name for name, sign in SEPARATOR_NAMES.items() if sign == columns.separator)


def keep_mapping(
    context: WorkContext, look: TableLook, text: str, kind: TableKind | None = None
) -> ColumnMapping:
    """Keep a mapping for the header of a file; the one before for that header is changed.

    Raises:
        ImportRejected: It is no mapping.
    """
    _read(text, kind)
    name = MappingReader(mapping_tree(text)).name()
    with context.new_uow() as uow:
        uow.lock()
        known = {one.header: one for one in kept_mappings(uow, kind)}
        header, table = look.print_of_header, kind.value if kind else None
        before = known.get(header, ColumnMapping(header=header, table=table))
        wanted = replace(before, name=name, mapping=text)
        if wanted == before:
            return before
        stored = uow.save(wanted, who=context.who)
        uow.commit()
    return stored


def drop_mapping(context: WorkContext, name: str) -> None:
    """Use a kept mapping no more.

    Raises:
        NoSuchMappingError: There is none of that name.
    """
    with context.new_uow() as uow:
        uow.lock()
        found = [one for one in all_mappings(uow) if one.name == name.strip()]
        if not found:
            raise NoSuchMappingError
        for one in found:
            uow.save(replace(one, struck_reason="no longer wanted"), who=context.who)
        uow.commit()


def look_of(
    content: bytes, kept: Sequence[ColumnMapping], kind: TableKind | None = None
) -> tuple[TableLook, str]:
    """Return what a table looks like, and the text of its kept mapping; empty for none.

    Raises:
        ImportRejected: It is no table.
    """
    known = mapping_for(kept, content)
    if known is None:
        return look_at(content), ""
    text = known.mapping or ""
    columns = _read(text, kind)
    return look_at(content, _separator_name(columns), columns.header_line), text


__all__ = [
    "NoSuchMappingError",
    "all_mappings",
    "drop_mapping",
    "keep_mapping",
    "kept_mappings",
    "look_of",
    "mapping_for",
    "unreadable",
]

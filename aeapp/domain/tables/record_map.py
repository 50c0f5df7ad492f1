"""What the columns of a table of records are: said by a mapping, or by their own names.

The mapping is the file that tables of readings have, with ``table`` and with items in place of
quantities::

    {"format": "aeapp-columns/1", "name": "Our record system", "table": "patients",
     "separator": "semicolon", "missing": ["n/a"],
     "columns": [{"column": "Chart", "item": "record_number"},
                 {"column": "Born", "item": "birth_date", "format": "%m/%d/%Y"},
                 {"column": "Gender", "item": "sex",
                  "values": {"M": "1", "F": "2", "?": {"unknown": "UNK"}}}]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from aeapp.domain.codecs import from_json
from aeapp.domain.items import FieldSpec, specs_of
from aeapp.domain.records import Patient, Session
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.mapping import MAX_COLUMNS, MappingReader, mapping_tree
from aeapp.domain.vitals.intake.moments import DateFormat
from aeapp.domain.vitals.intake.strict_json import Digits
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

_KEYS = frozenset(
    {"format", "name", "table", "separator", "decimal", "header_line", "missing", "columns"}
)
_COLUMN_KEYS = frozenset({"column", "item", "format", "values"})
# Whose a row is: by the code for reports, or by the number of the chart.
PATIENT, RECORD = "patient", "patient.record_number"
DATE, TOTAL = "date", "total"
# What is written into a table for a person to mend, and read over when it comes back.
PROBLEM = "problem"
_SCORE_ITEM = re.compile(r"item\.[1-9][0-9]{0,2}", re.ASCII)


class TableKind(StrEnum):
    """What a row of a table is."""

    PATIENTS = "patients"
    SESSIONS = "sessions"
    SCORES = "scores"


def _own(cls: type) -> dict[str, FieldSpec]:
    return {
        path: spec for path, spec in specs_of(cls).items() if "." not in path and "[" not in path
    }


SPECS: dict[TableKind, dict[str, FieldSpec]] = {
    TableKind.PATIENTS: _own(Patient),
    TableKind.SESSIONS: _own(Session),
    TableKind.SCORES: {},
}
_ALSO = {
    TableKind.PATIENTS: frozenset[str](),
    TableKind.SESSIONS: frozenset({PATIENT, RECORD}),
    TableKind.SCORES: frozenset({PATIENT, DATE, TOTAL}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedColumn:
    """One column and the item it holds.

    Attributes:
        values: What a cell means, in the JSON of the item, by the cell without regard to case.
        format: How its dates are written; None for ours.
    """

    column: str
    item: str
    values: Mapping[str, Any] = field(default_factory=dict)
    format: DateFormat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMap:
    """What the columns of a table are."""

    kind: TableKind
    separator: str
    decimal_comma: bool = False
    header_line: int = 1
    missing: frozenset[str] = frozenset()
    columns: tuple[MappedColumn, ...] = ()


def is_item(kind: TableKind, name: str) -> bool:
    """Tell whether a row of a kind can hold an item of that name."""
    if name in SPECS[kind] or name in _ALSO[kind]:
        return True
    return kind is TableKind.SCORES and _SCORE_ITEM.fullmatch(name) is not None


def record_map(source: str | bytes, kind: TableKind) -> RecordMap:
    """Return the mapping that a JSON file holds.

    Raises:
        ImportRejected: It is none of such a table; every mistake is named by its path.
    """
    return _Reader(mapping_tree(source)).map(kind)


def by_names(kind: TableKind, names: Sequence[str], separator: str) -> RecordMap:
    """Return the mapping of a table whose columns are called like items, or like their labels."""
    known = {_plain(name): name for name in (*SPECS[kind], *_ALSO[kind])}
    known |= {_plain(_(spec.item.label)): name for name, spec in SPECS[kind].items()}
    columns = (
        MappedColumn(column=name, item=known[_plain(name)])
        for name in names
        if _plain(name) in known
    )
    return RecordMap(kind=kind, separator=separator, columns=tuple(columns))


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


class _Reader(MappingReader):
    """Reads the mapping of a table of records."""

    def map(self, kind: TableKind) -> RecordMap:
        """Return the mapping, or refuse it with all its problems."""
        self.keys(self.tree, _KEYS, "")
        self.name()
        if self.tree.get("table") != kind.value:
            text = _(N_('{path} is not "{kind}".')).replace("{kind}", kind.value)
            self.problems.add("table", text)
        found = RecordMap(
            kind=kind,
            separator=self.separator(),
            decimal_comma=self.decimal_comma(),
            header_line=self.header_line(),
            missing=self.missing(),
            columns=tuple(self._columns(kind)),
        )
        self.problems.raise_if_any()
        return found

    def _columns(self, kind: TableKind) -> Iterator[MappedColumn]:
        given = self.tree.get("columns")
        if not isinstance(given, list) or not 0 < len(given) <= MAX_COLUMNS:
            self.problems.add("columns", N_("{path} is missing or no list of 1 to 200 columns."))
            return
        taken: set[str] = set()
        for n, member in enumerate(given):
            path = f"columns[{n}]"
            one = self._column(self.dict(member, path), path, kind)
            if one.item in taken:
                self.problems.add(path, N_("{path} holds what another column holds."))
            taken.add(one.item)
            yield one

    def _column(self, given: dict[str, Any], path: str, kind: TableKind) -> MappedColumn:
        self.keys(given, _COLUMN_KEYS, path)
        column = self.text(given.get("column"), f"{path}.column")
        item = self.text(given.get("item"), f"{path}.item")
        if item and not is_item(kind, item):
            choices = ", ".join((*SPECS[kind], *sorted(_ALSO[kind])))
            text = _(N_("{path} is none of: {choices}.")).replace("{choices}", choices)
            self.problems.add(f"{path}.item", text)
        spec = SPECS[kind].get(item)
        return MappedColumn(
            column=column,
            item=item,
            values=self._values(given.get("values", {}), f"{path}.values", spec),
            format=self._format(given.get("format"), f"{path}.format", item, spec),
        )

    def _values(self, given: Any, path: str, spec: FieldSpec | None) -> dict[str, Any]:
        found = {}
        for cell, raw in self.dict(given, path).items():
            value = str(raw) if isinstance(raw, Digits) else raw
            if spec is not None:
                try:
                    value = from_json(spec, value)
                except BadInputError as error:
                    self.problems.add(path, error.message)
            elif not isinstance(value, str):
                self.problems.add(path, N_("{path} holds what is no text."))
            found[cell.strip().casefold()] = value
        return found

    def _format(
        self, given: Any, path: str, item: str, spec: FieldSpec | None
    ) -> DateFormat | None:
        if given is None:
            return None
        if item != DATE and (spec is None or spec.type is not PartialDate):
            self.problems.add(path, N_("{path} is said of an item that is no date."))
            return None
        text = self.text(given, path) or "%Y-%m-%d"
        if "%y" in text and item in SPECS[TableKind.PATIENTS]:
            # With a time of day behind it, too: 86 would become 2086.
            self.problems.add(path, N_("{path} needs %Y: nobody could tell the century."))
            return None
        try:
            return DateFormat(text)
        except ClockError as error:
            self.problems.add(path, str(error))
            return None

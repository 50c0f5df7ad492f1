"""A mapping of a table of records while a person makes it: what each column holds, what lacks.

Names that say what they hold give a proposal; a person sees and changes it. How a day is written is
tried on the first rows: one way that alone fits is taken, of several a person says which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from aeapp.domain.codecs import read
from aeapp.domain.codelists import label
from aeapp.domain.items import NULL_LABELS, FieldSpec, spec_at
from aeapp.domain.records import Patient, Scale
from aeapp.domain.scales.score_table import column_of
from aeapp.domain.tables.record_map import (
    DATE,
    PATIENT,
    RECORD,
    SPECS,
    TOTAL,
    TableKind,
    by_names,
    record_map,
)
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.mapping import FORMAT
from aeapp.domain.vitals.intake.moments import DateFormat
from aeapp.domain.vitals.intake.strict_json import parsed
from aeapp.domain.vitals.intake.table_look import TableLook
from aeapp.domain.vitals.wall_clock import ClockError
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

NOT_TAKEN = ""
# How the days of a column are written is still to be said.
UNSAID = "?"
_OURS = ""
_WORDS = {
    PATIENT: N_("Patient, by the code for reports"),
    RECORD: N_("Patient, by the record number"),
    DATE: N_("Date"),
    TOTAL: N_("Total"),
}
_DAYS = (
    *("%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%Y", "%m-%d-%Y", "%d-%m-%Y"),
    *("%b %d, %Y", "%b %d %Y", "%d %b %Y", "%d-%b-%Y"),
)
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
DATE_FORMATS: tuple[str, ...] = tuple(day + clock for day in _DAYS for clock in _CLOCKS)


@dataclass(frozen=True, slots=True)
class DateWay:
    """One way in which the days of a column may be written.

    Attributes:
        form: As a mapping names it; empty for the way this program reads by itself.
        first: The first of them, read so.
    """

    form: str
    first: PartialDate


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell may mean.

    Attributes:
        words: As people say it.
        raw: In the JSON of the case format.
    """

    words: str
    raw: Any


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecordDraft:
    """What a person has said of the columns so far.

    Attributes:
        items: {name of a column: item}; ``NOT_TAKEN`` for one that is left out.
        formats: {name of a column: how its days are written}, ``UNSAID`` while nobody said.
        values: {name of a column: {cell: what it means}}.
    """

    kind: TableKind
    name: str = ""
    separator: str = "comma"
    decimal: str = "."
    header_line: int = 1
    missing: tuple[str, ...] = ()
    items: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def item_of(self, name: str) -> str:
        """Return what a column holds."""
        return self.items.get(name, NOT_TAKEN)

    def with_item(self, name: str, item: str, look: TableLook) -> RecordDraft:
        """Return the draft with another item in a column; how its days are written is tried."""
        values = {one: told for one, told in self.values.items() if one != name}
        changed = replace(self, items={**self.items, name: item}, values=values)
        return changed.with_format(name, _form_of(self.kind, item, look.cells_of(name)))

    def with_format(self, name: str, form: str) -> RecordDraft:
        """Return the draft with another way in which the days of a column are written."""
        return replace(self, formats={**self.formats, name: form})

    def with_value(self, name: str, cell: str, raw: Any) -> RecordDraft:
        """Return the draft with what a cell of a column means."""
        told = {**self.values.get(name, {}), cell: raw}
        return replace(self, values={**self.values, name: told})

    def fitted(self, look: TableLook) -> RecordDraft:
        """Return the draft for a table: what it says of names that the table has."""
        return replace(
            self,
            separator=look.separator,
            header_line=look.header_line,
            items={name: self.item_of(name) for name in look.usable},
        )

    def recut(self, fresh: RecordDraft) -> RecordDraft:
        """Return the draft for the same file cut otherwise: what was said stays where it can.

        Args:
            fresh: What the names of the file as it is cut now say of themselves.
        """
        return replace(
            fresh,
            name=self.name,
            missing=tuple(dict.fromkeys((*self.missing, *fresh.missing))),
            items={name: self.items.get(name, item) for name, item in fresh.items.items()},
            formats={**fresh.formats, **self.formats},
            values=self.values,
        )

    def lacks(self) -> tuple[str, ...]:
        """Return a sentence for each thing that stands between this draft and a mapping."""
        return tuple(self._lacks())

    def _lacks(self) -> Iterator[str]:
        taken = {name: item for name, item in self.items.items() if item}
        if not taken:
            yield _("Say of one column at least what it holds.")
        elif not _TELLS[self.kind] & {*taken.values()}:
            yield _(_WHOSE[self.kind])
        seen: dict[str, str] = {}
        for name, item in taken.items():
            other = seen.setdefault(item, name)
            if other != name:
                words = _('"{one}" and "{other}" are both {item}: change one.')
                yield words.format(one=other, other=name, item=item_words(self.kind, item))
            if self.formats.get(name) == UNSAID:
                yield _('Say how the days of "{name}" are written.').format(name=name)
        if self.decimal == "," and self.separator == "comma":
            yield _("A comma cannot part columns and decimals both.")

    def text(self) -> str:
        """Return the mapping as the file that the command takes, too."""
        tree: dict[str, Any] = {
            "format": FORMAT,
            "name": self.name.strip() or _("Mapped table"),
            "table": self.kind.value,
            "separator": self.separator,
            "decimal": self.decimal,
            "header_line": self.header_line,
        }
        if self.missing:
            tree["missing"] = list(self.missing)
        tree["columns"] = [self._column(name, item) for name, item in self.items.items() if item]
        return json.dumps(tree, ensure_ascii=False, indent=1)

    def _column(self, name: str, item: str) -> dict[str, Any]:
        column: dict[str, Any] = {"column": name, "item": item}
        if is_dated(self.kind, item) and self.formats.get(name, _OURS) not in (_OURS, UNSAID):
            column["format"] = self.formats[name]
        if self.values.get(name):
            column["values"] = dict(self.values[name])
        return column


# Items of which one says what a row is of, and the sentence where none is taken.
_TELLS = {
    TableKind.PATIENTS: {"code", "record_number"},
    TableKind.SESSIONS: {PATIENT, RECORD},
    TableKind.SCORES: {PATIENT},
}
_WHOSE = {
    TableKind.PATIENTS: N_("Say which column is the code for reports or the record number."),
    TableKind.SESSIONS: N_("Say which column tells the patient."),
    TableKind.SCORES: N_("Say which column tells the patient."),
}


def items_of(kind: TableKind, scale: Scale | None = None) -> tuple[str, ...]:
    """Return what a column may hold; of scores the items of their scale."""
    if kind is TableKind.SCORES:
        numbers = (one.number for one in scale.items) if scale else ()
        return (PATIENT, DATE, TOTAL, *(f"item.{number}" for number in numbers))
    whose = (PATIENT, RECORD) if kind is TableKind.SESSIONS else ()
    return (*whose, *SPECS[kind])


def item_words(kind: TableKind, item: str) -> str:
    """Return what a column holds, as people say it."""
    spec = SPECS[kind].get(item)
    if spec is not None:
        return _(spec.item.label)
    if item in _WORDS:
        return _(_WORDS[item])
    return _("Item {n}").format(n=item.partition(".")[2]) if item else _("not taken")


def is_dated(kind: TableKind, item: str) -> bool:
    """Tell whether a column of an item holds days."""
    spec = SPECS[kind].get(item)
    return item == DATE or (spec is not None and spec.type is PartialDate)


def meanings_of(kind: TableKind, item: str) -> tuple[Meaning, ...]:
    """Return what a cell of an item may mean; none where it is no choice."""
    spec = SPECS[kind].get(item)
    return () if spec is None else tuple(_meanings(spec))


def _meanings(spec: FieldSpec) -> Iterator[Meaning]:
    several = spec.type is frozenset
    kind: Any = spec.element if several else spec.type
    if kind is bool:
        yield Meaning(words=_("Yes"), raw=True)
        yield Meaning(words=_("No"), raw=False)
    elif isinstance(kind, type) and issubclass(kind, StrEnum):
        for member in kind:
            raw = [member.value] if several else member.value
            yield Meaning(words=_(label(member)), raw=raw)
    else:
        return
    for reason in spec.nulls:
        yield Meaning(words=_(NULL_LABELS[reason]), raw={"unknown": reason.value})


def draft_of_records(text: str, kind: TableKind) -> RecordDraft:
    """Return the draft that a mapping was made of.

    Raises:
        ImportRejected: It is no mapping of such a table.
    """
    record_map(text, kind)
    tree = parsed(text)
    columns = tree["columns"]
    return RecordDraft(
        kind=kind,
        name=tree["name"],
        separator=tree.get("separator", "comma"),
        decimal=tree.get("decimal", "."),
        header_line=int(tree.get("header_line", 1)),
        missing=tuple(tree.get("missing", ())),
        items={one["column"]: one["item"] for one in columns},
        formats={one["column"]: one["format"] for one in columns if "format" in one},
        values={one["column"]: one["values"] for one in columns if "values" in one},
    )


def proposed_records(look: TableLook, kind: TableKind, scale: Scale | None = None) -> RecordDraft:
    """Return what the names of a table say of themselves; the rest is not taken."""
    known = {one.column: one.item for one in by_names(kind, look.usable, ",").columns}
    if scale is not None:
        found = ((name, column_of(name, scale)) for name in look.usable)
        known = {name: item for name, item in found if item}
    items: dict[str, str] = {}
    for name in look.usable:
        item = known.get(name, NOT_TAKEN)
        # The second of two columns of one name's meaning is for a person to tell.
        items[name] = NOT_TAKEN if item in items.values() else item
    draft = RecordDraft(
        kind=kind,
        separator=look.separator,
        decimal=look.decimal,
        header_line=look.header_line,
        missing=look.missing,
        items=items,
    )
    forms = {name: _form_of(kind, item, look.cells_of(name)) for name, item in items.items()}
    return replace(draft, formats=forms)


def _form_of(kind: TableKind, item: str, cells: Sequence[str]) -> str:
    """Return the one way in which days are written; ours where none fits: each row says why."""
    if not is_dated(kind, item):
        return _OURS
    ways = date_ways(kind, cells)
    return (ways[0].form if len(ways) == 1 else UNSAID) if ways else _OURS


def date_ways(kind: TableKind, cells: Sequence[str]) -> tuple[DateWay, ...]:
    """Return the ways that fit the first days of a column; none where there are no days."""
    texts = [text for cell in cells if (text := cell.strip())]
    if not texts:
        return ()
    try:
        first, *_others = [_own(kind, text) for text in texts]
    except (BadInputError, ValueError):
        found = ((form, _read_so(form, texts)) for form in DATE_FORMATS)
        return tuple(DateWay(form, days[0]) for form, days in found if days)
    return (DateWay(_OURS, first),)


def _own(kind: TableKind, text: str) -> PartialDate:
    """Return a day as a table without a mapping gives it; one of scores is read by its own reader.

    Raises:
        BadInputError: It is none.
        ValueError: Likewise.
    """
    if kind is TableKind.SCORES:
        return PartialDate.parse(text)
    day: PartialDate = read(spec_at(Patient, "birth_date"), text)
    return day


def _read_so(form: str, texts: Sequence[str]) -> list[PartialDate]:
    """Return the days as one way reads them; none where it does not fit them all."""
    try:
        return [_format(form).date(text) for text in texts]
    except ClockError:
        return []


@lru_cache(maxsize=128)
def _format(form: str) -> DateFormat:
    return DateFormat(form)

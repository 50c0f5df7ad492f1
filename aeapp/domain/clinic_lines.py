"""One record as one line of JSON, and back, for a whole clinic that goes out and comes in.

Unlike the case format, which joins what belongs to a case and drops what belongs to a clinic, a
line has everything of a record: its id, its version, every link, texts as they are stored. A line
is read strictly, and nothing in it is cleaned or filled in: what comes back is what went out.

The same record as rows of tables, for spreadsheets and statistics, is told here too; nobody reads
those back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from aeapp.domain.codecs import clean_text, from_json, to_json
from aeapp.domain.items import (
    Attribute,
    FieldSpec,
    Kind,
    NullFlavor,
    Record,
    Section,
    attributes_of,
)
from aeapp.domain.listings import Cell
from aeapp.domain.rejection import rejected
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.i18n import N_, _

FORMAT_NUMBER = 1
FORMAT = f"aeapp-clinic/{FORMAT_NUMBER}"
# As long as the longest record may be; a term block has thousands of entries.
MAX_LINE = 32_000_000
# What is taken in again: each file of an archive takes memory while it is open.
MAX_MEMBERS = 400_000
MAX_PACKED = 20_000_000_000
# Where the manifest has the one hash of the names of all contents.
CONTENTS_SHA256 = "contents_sha256"
_ID_LENGTH = 100

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Section)


def hash_of_keys(keys: Iterable[str]) -> str:
    """Return one hash for the hashes of many contents, in whatever order they come."""
    digest = hashlib.sha256()
    for key in sorted(keys):
        digest.update(f"{key}\n".encode())
    return digest.hexdigest()


# ------------------------------------------------------------------ writing


def line_of(record: Record) -> str:
    """Return ``record`` as one line, without its line feed."""
    tree = {"id": record.id, "version": record.version, **_tree(record)}
    return json.dumps(tree, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _tree(section: Section) -> dict[str, Any]:
    told = ((a.name, _told(a, getattr(section, a.name))) for a in attributes_of(type(section)))
    return {name: value for name, value in told if value is not None}


def _told(a: Attribute, value: Any) -> Any:
    """Return what a line says of one attribute; None where it says nothing."""
    if a.item is not None:
        # Most of a record is not answered; the rest is mostly plain text.
        return value if value is None or type(value) is str else to_json(value)
    if a.link is not None:
        return value or None
    if a.repeated:
        return [_tree(member) for member in value] or None
    return _tree(value) or None


# ------------------------------------------------------------------ reading


def record_of(cls: type[R], line: str, place: str) -> R:
    """Return the record of one line, without the version it had where it comes from.

    Args:
        cls: What it is a record of.
        line: The text.
        place: Where the line stands, for the refusal.

    Raises:
        ImportRejected: It is no such record.
    """
    tree = _parsed(line, place)
    identity = tree.pop("id", None)
    version = tree.pop("version", None)
    if not isinstance(identity, str) or not identity or not _is_id(identity):
        raise rejected(place, N_("The record has no id."))
    if type(version) is not int or version < 1:
        raise rejected(place, N_("The record has no version."))
    return _record(cls, identity, _values(cls, tree, place))


def _is_id(text: str) -> bool:
    # What is made here has plain letters and digits; half a character could not even be stored.
    return len(text) <= _ID_LENGTH and text.isascii() and text.isprintable()


def _record(cls: type[R], identity: str, values: dict[str, Any]) -> R:
    return cls(id=identity, **values)


def _parsed(line: str, place: str) -> dict[str, Any]:
    try:
        tree = json.loads(
            line,
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_float=_refuse,
        )
    except (ValueError, RecursionError):
        raise rejected(place, N_("The line is no JSON that this program writes.")) from None
    if not isinstance(tree, dict):
        raise rejected(place, N_("The line holds no object."))
    return tree


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        raise ValueError
    return tree


def _refuse(_text: str) -> Any:
    raise ValueError


def _values(cls: Kind, tree: dict[str, Any], place: str) -> dict[str, Any]:
    known = {a.name: a for a in attributes_of(cls)}
    if not tree.keys() <= known.keys():
        raise rejected(place, N_("The record has a key that this program does not know."))
    return {name: _value(known[name], raw, place) for name, raw in tree.items()}


def _value(a: Attribute, raw: Any, place: str) -> Any:
    if a.item is not None:
        return _item(FieldSpec(a.name, a.type, a.element, a.item), raw, place)
    if a.link is not None:
        if not isinstance(raw, str) or not _is_id(raw):
            raise _bad(a, place)
        return raw
    if a.repeated:
        if not isinstance(raw, list):
            raise _bad(a, place)
        return tuple(_section(a.type, member, place) for member in raw)
    return _section(a.type, raw, place)


def _section(cls: type[S], raw: Any, place: str) -> S:
    if not isinstance(raw, dict):
        raise rejected(place, N_("A part of the record is no object."))
    return cls(**_values(cls, raw, place))


def _item(spec: FieldSpec, raw: Any, place: str) -> Any:
    if spec.type is str and isinstance(raw, str):
        return _text(spec, raw, place)
    try:
        return from_json(spec, raw)
    except BadInputError as error:
        raise rejected(f"{place}, {spec.name}", error.message) from None


def _text(spec: FieldSpec, raw: str, place: str) -> str:
    """Return a text as it stands: to clean it here would change a record that was signed."""
    try:
        clean_text(raw)
    except BadInputError as error:
        raise rejected(f"{place}, {spec.name}", error.message) from None
    return raw


def _bad(a: Attribute, place: str) -> Exception:
    return rejected(f"{place}, {a.name}", N_("This is not what this program writes here."))


# ------------------------------------------------------------------ tables


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a kind of record: the record's own, or that of one of its lists.

    Attributes:
        name: ``patient``, or ``patient.medicines``.
        list: Name of the list; empty for the record's own table.
        columns: Head.
    """

    name: str
    list: str
    columns: tuple[str, ...]


def tables_of(cls: type[Record]) -> tuple[Table, ...]:
    """Return the tables of a kind of record."""
    lists = [a for a in attributes_of(cls) if a.is_section and a.repeated]
    return (
        Table(cls.KIND, "", ("id", "version", *_columns(cls))),
        *(
            Table(f"{cls.KIND}.{a.name}", a.name, (f"{cls.KIND}_id", "line", *_columns(a.type)))
            for a in lists
        ),
    )


def rows_of(table: Table, record: Record) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a record in one of its tables."""
    if not table.list:
        yield record.id, record.version, *_cells(record)
        return
    for number, member in enumerate(getattr(record, table.list), 1):
        yield record.id, number, *_cells(member)


def _columns(cls: Kind, before: str = "") -> Iterator[str]:
    for a in attributes_of(cls):
        if not a.is_section:
            yield before + a.name
        elif not a.repeated:
            yield from _columns(a.type, f"{before}{a.name}.")


def _cells(section: Section) -> Iterator[Cell]:
    for a in attributes_of(type(section)):
        value = getattr(section, a.name)
        if not a.is_section:
            yield _cell(value)
        elif not a.repeated:
            yield from _cells(value)


def _cell(value: Any) -> Cell:
    """Return a value as a cell: a reason by its code in brackets, several codes with blanks."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, NullFlavor):
        return f"[{value.value}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    told = to_json(value)
    if isinstance(told, list):
        return " ".join(told) if told else _(N_("[none]"))
    return told if isinstance(told, int) else str(told)

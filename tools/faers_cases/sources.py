"""The two shapes in which FDA publishes reports, read into lines of named values."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aeapp.domain.codecs import clean_text
from aeapp.kernel.errors import BadInputError

TABLES = ("DEMO", "DRUG", "REAC", "OUTC", "INDI", "THER", "RPSR")
_FILE = re.compile(rf"({'|'.join(TABLES)})(\d\d)Q([1-4])\.txt", re.IGNORECASE)


class SourceError(Exception):
    """The source cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, or one object of an event, without its empty values.

    Attributes:
        table: Which table it is a row of.
        cells: Name of each field and its value, as they stand in the source.
        names: Ids of the records it is about, by what it calls them; filled in by ``making``.
    """

    table: str
    cells: tuple[tuple[str, str], ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return the value of a field; empty where it has none."""
        return next((value for key, value in self.cells if key == name), "")


@dataclass(frozen=True, slots=True)
class Source:
    """One report as published.

    Attributes:
        number: By which its publisher names this version of the report.
    """

    number: str
    lines: tuple[Line, ...]

    def of(self, table: str) -> list[Line]:
        """Return the lines of one table in their order."""
        return [line for line in self.lines if line.table == table]


# ------------------------------------------------------------------ the quarter


def quarter(folder: Path) -> list[Source]:
    """Return the reports of the quarter in ``folder``, in the order of its DEMO file.

    Raises:
        SourceError: A file is missing, doubled or torn, or a row belongs to no report.
    """
    files = _files(folder)
    lines: dict[str, list[Line]] = {}
    for table in TABLES:
        for where, line in _rows(table, files[table]):
            number = line.get("primaryid")
            if table == "DEMO":
                if not number or number in lines:
                    msg = f"{where}: the report has no number of its own."
                    raise SourceError(msg)
                lines[number] = []
            if number not in lines:
                msg = f"{where}: no report of the DEMO file has this number."
                raise SourceError(msg)
            lines[number].append(line)
    return [Source(number, tuple(own)) for number, own in lines.items()]


def _files(folder: Path) -> dict[str, Path]:
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        if match := _FILE.fullmatch(path.name):
            found[match[1].upper()].append(path)
    if wrong := [table for table in TABLES if len(found[table]) != 1]:
        msg = f"The folder must hold one file each of a quarter; see {', '.join(wrong)}."
        raise SourceError(msg)
    return {table: paths[0] for table, paths in found.items()}


def _rows(table: str, path: Path) -> Iterator[tuple[str, Line]]:
    # Only the line feed ends a row: splitlines() also splits at characters inside a value.
    rows = _text(path).removesuffix("\n").split("\n")
    head = [name.strip().lower() for name in rows[0].split("$")]
    for n, row in enumerate(rows[1:], start=2):
        cells = row.split("$")
        where = f"{path.name}, line {n}"
        if len(cells) != len(head):
            msg = f"{where}: {len(cells)} fields instead of {len(head)}."
            raise SourceError(msg)
        try:
            clean_text(row)
        except BadInputError as error:
            msg = f"{where}: {error.message}"
            raise SourceError(msg) from None
        yield where, Line(table, _filled(zip(head, cells, strict=True)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8 first."
        raise SourceError(msg) from None


# ------------------------------------------------------------------ the events


def events(path: Path) -> list[Source]:
    """Return the reports of an openFDA file: one event, a list of them, or an answer of the API.

    Raises:
        SourceError: It holds no such events, or one without a number of its own.
    """
    try:
        raw = json.loads(_text(path))
    except json.JSONDecodeError as error:
        msg = f"{path.name}, line {error.lineno}: this is no JSON."
        raise SourceError(msg) from None
    if isinstance(raw, dict):
        raw = raw.get("results", [raw])
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        msg = f"{path.name} holds no events."
        raise SourceError(msg)
    found = [_event(one) for one in raw]
    numbers = [source.number for source in found]
    if "" in numbers or len(set(numbers)) < len(numbers):
        msg = f"{path.name}: a report has no number of its own."
        raise SourceError(msg)
    return found


def _event(raw: dict[str, Any]) -> Source:
    patient: dict[str, Any] = {}
    if isinstance(raw.get("patient"), dict):
        patient = dict(raw["patient"])
        raw = raw | {"patient": patient}
    drugs, reactions = (_objects(patient, name) for name in ("drug", "reaction"))
    lines = [Line("event", _filled(_leaves(raw, "")))]
    lines += [Line("drug", _filled(_leaves(one, ""))) for one in drugs]
    lines += [Line("reaction", _filled(_leaves(one, ""))) for one in reactions]
    return Source(lines[0].get("safetyreportid"), tuple(lines))


def _objects(patient: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Take the objects of a list out of ``patient``; what has another shape stays in it."""
    found = patient.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return []
    del patient[name]
    return found


def _leaves(raw: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(raw, dict):
        for name, value in raw.items():
            yield from _leaves(value, f"{path}.{name}" if path else name)
    elif isinstance(raw, list):
        for value in raw:
            yield from _leaves(value, f"{path}[]")
    elif raw is not None:
        yield path, raw if isinstance(raw, str) else json.dumps(raw)


def _filled(cells: Any) -> tuple[tuple[str, str], ...]:
    """Return the cells that hold something, in the form in which a case file keeps text."""
    tidy = ((name, unicodedata.normalize("NFC", text).strip()) for name, text in cells)
    return tuple((name, text) for name, text in tidy if text)

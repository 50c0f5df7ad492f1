"""Compose the entry of a cell from several items of a case, as the pattern of the cell says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from aeapp.domain import lens
from aeapp.domain.case import Case
from aeapp.domain.codelists import label
from aeapp.domain.codelists.units import DoseUnit
from aeapp.domain.items import NullFlavor, spec_at
from aeapp.domain.values import PartialDate
from aeapp.formspecs.model import BOXED, Cell, Kind, placed
from exports import text

_HOLE = re.compile(r"\{(\d+)\}")
_OTHER = "Other"

Values = Sequence[tuple[str, Any]]


def values_of(case: Case, cell: Cell, members: Mapping[str, tuple[int, ...]]) -> Values:
    """Return label and value of each item of a cell, its own first."""
    out: list[tuple[str, Any]] = []
    for path in (cell.path, *cell.joins):
        place = placed(path, members)
        value = None if place is None else lens.get(case, place)
        out.append((spec_at(Case, path).item.label, value))
    return out


def composed(cell: Cell, values: Values) -> str:
    """Return the pieces of the pattern of which something is known."""
    paths = (cell.path, *cell.joins)
    words = [_word(value) for _label, value in values]
    for n, path in enumerate(paths):
        # "Other" says nothing beside the words that say which.
        if words[n] == _OTHER and f"{path}_text" in paths and words[paths.index(f"{path}_text")]:
            words[n] = ""
    pieces = [_filled(piece, words) for piece in cell.pattern]
    return ("\n" if cell.kind is Kind.LONG else ", ").join(piece for piece in pieces if piece)


def _word(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(label(member) for member in sorted(value))
    if isinstance(value, PartialDate):
        return text.short_date(value)
    return value.symbol if isinstance(value, DoseUnit) else text.printed(value)


def _filled(piece: str, words: Sequence[str]) -> str:
    holes = [int(number) for number in _HOLE.findall(piece)]
    if not any(words[n] for n in holes):
        return ""
    return re.sub(r"  +", " ", _HOLE.sub(lambda found: words[int(found[1])], piece)).strip()


def without_box(value: Any, known: Iterable[str]) -> str:
    """Return in words what was answered and has no box on the form."""
    members = value if isinstance(value, frozenset) else {value}
    missing = [
        m
        for m in members
        if isinstance(m, StrEnum) and not isinstance(m, NullFlavor) and m.value not in known
    ]
    return "; ".join(label(member) for member in sorted(missing))


def row_words(case: Case, row: Sequence[Cell], member: int) -> str:
    """Return in words what the cells of one row would say of another member of its list."""
    said = []
    for cell in row:
        name = f"[{member}]"
        moved = replace(
            cell,
            path=cell.path.replace("[0]", name),
            joins=tuple(path.replace("[0]", name) for path in cell.joins),
        )
        values = values_of(case, moved, {})
        words = composed(moved, values) if cell.pattern else _word(values[0][1])
        if cell.kind in BOXED and words:
            codes = text.codes(values[0][1])
            words = ", ".join(o.label for o in cell.options if o.code in codes) or words
        if words:
            said.append(f"{cell.number} {cell.caption}: {words}")
    return f"#{member + 1} " + "; ".join(said)

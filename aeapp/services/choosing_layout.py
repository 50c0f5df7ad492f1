"""Which layout a file is read by: one that a person names, one its content tells, or a mapping."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from aeapp.domain.records import ColumnMapping
from aeapp.domain.rejection import ImportRejected, Problem
from aeapp.domain.values import PartialDate
from aeapp.domain.vitals.intake.column_map import column_map, read_mapped
from aeapp.domain.vitals.intake.gathering import Parsed, Terms
from aeapp.domain.vitals.intake.layouts import COLUMNS, HEAD, LAYOUTS, Layout
from aeapp.kernel.errors import BadInputError
from aeapp.kernel.files import read_head, read_whole
from aeapp.kernel.i18n import N_, _
from aeapp.services.column_mappings import mapping_for, unreadable
from aeapp.services.ports import VitalsReader

LIMIT = 25 * 1024 * 1024
LONGEST_MAP = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person says about a file.

    Attributes:
        layout: Name of the layout; empty where its content tells.
        columns: File with a mapping of columns.
        mapping: A mapping of columns itself, as the text of such a file.
        shift: What is added to every time, because the device's clock was wrong.
        zone: Zone of the device's clock; None for the clinic's.
        start: When the recording began, for files that only count from there.
        other_day: The readings belong to the session although they lie on other days.
        same_patient: The file is of the patient of the chart, as a person says.
    """

    layout: str = ""
    columns: Path | None = None
    mapping: str = ""
    shift: dt.timedelta = dt.timedelta()
    zone: zoneinfo.ZoneInfo | None = None
    start: PartialDate | None = None
    other_day: bool = False
    same_patient: bool = False


PLAIN = Wishes()


class UnknownLayoutError(BadInputError):
    """A layout was named that there is not, or columns without their mapping."""

    code: ClassVar[str] = "import.layout"

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(
            N_("There is no layout of that name."),
            remedy=_("Known layouts are: {names}.").format(names=", ".join(known)),
        )


class UnknownContentError(ImportRejected):
    """No layout knows the file; a person can say what its columns are."""

    def __init__(self, unread: Sequence[str] = ()) -> None:
        text = _("The file is of no layout that this program knows by its content.")
        path = _("The file")
        super().__init__(
            [Problem(path, sentence) for sentence in (text, *unread)],
            remedy=N_("Name its layout, or say what its columns are."),
            option=N_("--columns gives the mapping."),
        )


def vitals_layouts(readers: Sequence[VitalsReader]) -> tuple[tuple[str, str], ...]:
    """Return name and title of each layout."""
    mapped = (COLUMNS, N_("Any table, by a mapping of its columns"))
    layouts: tuple[Layout | VitalsReader, ...] = (*LAYOUTS, *readers)
    return (*((one.name, one.title) for one in layouts), mapped)


def read_file(
    readers: Sequence[VitalsReader],
    path: Path,
    terms: Terms,
    wishes: Wishes,
    kept: Sequence[ColumnMapping],
) -> tuple[str, str, Parsed]:
    """Return the layout of a file, how it was known, and what was read.

    Raises:
        ImportRejected: The file cannot be read, or no layout knows it.
        UnknownLayoutError: The layout named is none.
    """
    if wishes.columns is not None or wishes.mapping or wishes.layout == COLUMNS:
        text = _mapping(wishes, readers, path, kept)
        return _read_mapped(path, terms, text, _("its columns were mapped"))
    layouts: tuple[Layout | VitalsReader, ...] = (*LAYOUTS, *readers)
    if wishes.layout:
        chosen = next((one for one in layouts if one.name == wishes.layout), None)
        why = _("you named it")
    else:
        head = read_head(path, HEAD)
        chosen = next((one for one in layouts if one.recognise(head)), None)
        why = _(chosen.sign) if chosen else ""
        if chosen is None and (known := mapping_for(kept, head)) is not None:
            why = _("its header is that of the kept mapping {name}").format(name=known.name)
            layout, why, parsed = _read_mapped(path, terms, known.mapping or "", why)
            return layout, why, replace(parsed, notes=(*unreadable(kept), *parsed.notes))
    if chosen is None and wishes.layout:
        raise UnknownLayoutError([name for name, _title in vitals_layouts(readers)])
    if chosen is None:
        raise UnknownContentError(unreadable(kept))
    if isinstance(chosen, Layout):
        return chosen.name, why, chosen.read(read_whole(path, LIMIT), terms)
    return chosen.name, why, chosen.read(path, terms)


def _read_mapped(
    path: Path, terms: Terms, mapping: str | bytes, why: str
) -> tuple[str, str, Parsed]:
    return COLUMNS, why, read_mapped(read_whole(path, LIMIT), terms, column_map(mapping))


def _mapping(
    wishes: Wishes, readers: Sequence[VitalsReader], path: Path, kept: Sequence[ColumnMapping]
) -> str | bytes:
    """Return the mapping that was given, or the one that is kept for the header of the file."""
    if wishes.layout not in ("", COLUMNS):
        raise UnknownLayoutError([name for name, _title in vitals_layouts(readers)])
    if wishes.mapping:
        return wishes.mapping
    if wishes.columns is not None:
        return read_whole(wishes.columns, LONGEST_MAP)
    known = mapping_for(kept, read_head(path, HEAD))
    if known is None:
        raise UnknownContentError(unreadable(kept))
    return known.mapping or ""

"""Official fillable files: which field takes which place of a form, and how an edition is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aeapp.formspecs.fda3500_2025_09 import official as fda3500_2025_09
from aeapp.formspecs.fda3500a_2025_09 import official as fda3500a_2025_09
from aeapp.formspecs.model import Cell, Option


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFile:
    """One edition of an official fillable file.

    Attributes:
        form: Key of the form's edition.
        title: As a person knows it.
        fields: Path of a cell, with ``=code`` for one box and ``@n`` for its n-th further
            rectangle, -> full name of the field.
        not_for_the_case: Fields of the authority's own, counters and buttons.
    """

    form: str
    title: str
    fields: Mapping[str, str]
    not_for_the_case: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all fields: what an edition is known by."""
        return frozenset(self.fields.values()) | self.not_for_the_case

    def field(self, cell: Cell, option: Option | None = None, room: int = 0) -> str:
        """Return the field of a cell, of one of its boxes, or of its further rectangle."""
        if room:
            return self.fields[f"{cell.path}@{room}"]
        return self.fields[cell.path if option is None else f"{cell.path}={option.code}"]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a file differs from the edition that it is most like.

    Attributes:
        missing, added: Names of fields that it lacks, and that the edition lacks.
    """

    like: OfficialFile
    missing: tuple[str, ...]
    added: tuple[str, ...]


def _named(top: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{top}.{name}" for name in names)


OFFICIAL: tuple[OfficialFile, ...] = (
    OfficialFile(
        form="fda3500-2025-09",
        title="Form FDA 3500 (09/2025)",
        fields={
            place: f"{fda3500_2025_09.TOP}.{name}" for place, name in fda3500_2025_09.FIELDS.items()
        },
        not_for_the_case=_named(fda3500_2025_09.TOP, fda3500_2025_09.NOT_FOR_THE_CASE),
    ),
    OfficialFile(
        form="fda3500a-2025-09",
        title="Form FDA 3500A (09/2025)",
        fields={
            place: f"{fda3500a_2025_09.TOP}.{name}"
            for place, name in fda3500a_2025_09.FIELDS.items()
        },
        not_for_the_case=_named(fda3500a_2025_09.TOP, fda3500a_2025_09.NOT_FOR_THE_CASE),
    ),
)


def recognise(names: frozenset[str]) -> OfficialFile | Difference:
    """Return the edition whose fields have these names, or how they differ from the nearest."""
    nearest = min(OFFICIAL, key=lambda one: len(one.names ^ names))
    if nearest.names == names:
        return nearest
    return Difference(
        nearest, tuple(sorted(nearest.names - names)), tuple(sorted(names - nearest.names))
    )


def official(form: str) -> OfficialFile | None:
    """Return the official file of a form's edition, if there is one."""
    return next((one for one in OFFICIAL if one.form == form), None)
